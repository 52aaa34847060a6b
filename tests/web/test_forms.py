"""Forms: every kind has one without code; what is typed becomes the order, what is not typed stays as it was."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from docgen.config import Settings
from docgen.model import JsonObject, read_json, scan_json, write_json
from docgen.service import Service, with_base
from docgen.web.fields import Control
from docgen.web.forms import Form, form_of
from docgen.web.pages import Desk, settle_choices
from docgen.web.posted import apply
from tests.conftest import ROOT, SAMPLES, sample_id


@pytest.fixture(scope="module")
def desk(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    settings = Settings(firm=ROOT / "samples" / "firm.yaml", data=tmp_path_factory.mktemp("data"))
    return Desk(service, settings)


def opened(desk: Desk, path: Path) -> JsonObject:
    raw, slips = with_base(*scan_json(path.read_bytes()), path.parent)
    assert slips == ()
    return desk.opened(raw)


def form(desk: Desk, raw: JsonObject) -> Form:
    return form_of(desk.service, raw, desk.preview(raw), desk.firm())


def as_a_browser_sends(controls: list[Control]) -> MultiDict[str, str]:
    """Return what a browser would send for controls that nobody has touched."""
    sent: MultiDict[str, str] = MultiDict()
    for control in controls:
        match control.sort:
            case "boolean":
                if control.value:
                    sent.add(control.name, "1")
            case "choices":
                for value, _ in control.options:  # as they stand on the page, not as the order has them
                    if value in control.value:
                        sent.add(control.name, value)
            case _:
                sent.add(control.name, str(control.value))
    return sent


@pytest.mark.parametrize("path", SAMPLES, ids=sample_id)
def test_a_form_that_nobody_touched_changes_nothing(path: Path, desk: Desk) -> None:
    raw = opened(desk, path)
    controls = list(form(desk, raw).controls())
    sent = copy.deepcopy(raw)
    assert apply(sent, controls, as_a_browser_sends(controls)) == ()
    settle_choices(sent)
    assert read_json(write_json(sent)) == read_json(write_json(raw))


@pytest.mark.parametrize("path", SAMPLES, ids=sample_id)
def test_an_opened_sample_reads_as_the_sample(path: Path, desk: Desk, draft: Any) -> None:
    raw = opened(desk, path)
    shown = desk.service.preview(raw, firm=desk.settings.firm)
    assert shown.problems == ()
    assert shown.draft is not None
    assert shown.draft.document == draft(with_base(*scan_json(path.read_bytes()), path.parent)[0]).document


def test_every_control_has_a_name_of_its_own(desk: Desk) -> None:
    for path in SAMPLES:
        names = [control.name for control in form(desk, opened(desk, path)).controls()]
        assert len(names) == len(set(names)), path


@pytest.mark.parametrize("path", SAMPLES, ids=sample_id)
def test_the_page_on_the_screen_has_the_words_of_the_file(path: Path, desk: Desk, drafted: Any) -> None:
    """Soft hyphens in long words are all that the screen adds; a browser knows no Russian ones."""
    made = drafted(path)
    words = [re.sub("<[^>]*>", "", page) for page in (desk.service.page(made), body(desk.service.write(made, "html")))]
    assert words[0].replace("\u00ad", "").split() == words[1].split()
    assert "\u00ad" in words[0]
    assert "\u00ad" not in words[1]
    inside = re.findall('class="value[^>]*>([^<]*)<', desk.service.page(made))
    assert inside
    assert not any("\u00ad" in value for value in inside)


def body(page: bytes) -> str:
    return page.decode().partition("<main>")[2].partition("</main>")[0]
