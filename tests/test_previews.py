"""The preview of an unfinished order: its page is there, what is not known is a blank, and no blank is asserted."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from docgen.model import scan_json
from docgen.service import Service
from tests.conftest import ROOT, dumped

Show = Callable[[Any], str]
BLANK = "_" * 16


@pytest.fixture
def shown(service: Service) -> Show:
    """Give the text of an order's preview, with plain spaces; the order must be one that no draft is made of."""

    def text(order: Any) -> str:
        preview = service.preview(scan_json(dumped(order))[0], firm=ROOT / "samples" / "firm.yaml")
        assert preview.problems
        assert preview.draft is not None
        made = service.write(preview.draft, "txt").decode().replace("\u00a0", " ")
        assert not re.search("object at|None|docgen", made)
        return made

    return text


def without(order: Any, *names: str) -> Any:
    for name in names:
        del order["facts"][name]
    return order


def test_a_passage_that_hangs_on_a_blank_asserts_nothing(shown: Show, order: Any) -> None:
    for absent in (("rendered", "paid"), ("rendered",), ("paid",)):
        text = shown(without(order("consumer_refund"), *absent))
        assert f"\n3. {BLANK}\n" in text
        assert not re.search("Долгов по вознаграждению|доплачивает|возвращает [^.]*неотработанную", text)


@pytest.mark.parametrize(
    ("stem", "absent"),
    [
        ("three_stages", ["number"]),
        ("three_stages", ["stages"]),
        ("company_hourly", ["start"]),
        ("company_hourly", ["until"]),
        ("month", ["start", "until"]),
        ("consumer_services", ["rendered_on"]),
        ("hourly_january", ["start"]),
        ("hourly_january", ["until"]),
        ("debt", ["start"]),
        ("debt", ["until"]),
        ("debt", ["start", "until"]),
        ("company_courts", ["forums"]),
    ],
)
def test_a_document_without_some_facts_is_shown(stem: str, absent: list[str], shown: Show, order: Any) -> None:
    text = shown(without(order(stem), *absent))
    assert "«____» __________ 20__ г." in text or "____" in text
    assert not re.search(r"уплачено 0,00|Всего по акту: 0 ", text)


def test_the_period_of_an_act_is_a_place_to_fill(shown: Show, order: Any) -> None:
    day = "«____» __________ 20__ г."
    assert f"оказаны с {day} по {day}" in shown(without(order("company_hourly"), "start", "until"))


def test_the_lines_of_an_act_are_shown_without_its_day(shown: Show, order: Any) -> None:
    text = shown(without(order("consumer_services"), "rendered_on"))
    assert "оказаны по ________________ включительно" in text
    assert "\n2 | " in text


def test_a_supplementary_agreement_is_shown_with_its_new_fee_half_typed(shown: Show, order: Any) -> None:
    asked = order("fee_and_term")
    del asked["matter"]["fee"]["amount"]
    assert "Дополнительное соглашение" in shown(asked)


def test_an_agreement_without_services_yet_is_shown(shown: Show, order: Any) -> None:
    asked = order("company_stages")
    asked["matter"]["services"] = []
    assert "1.2.1. ____" in shown(asked)


def test_an_empty_list_of_forums_is_shown(shown: Show, order: Any) -> None:
    asked = order("company_courts")
    asked["facts"]["forums"] = []
    assert "уполномочивает" in shown(asked)


@pytest.mark.parametrize("stem", ["company_hourly", "hourly_january"])
def test_one_strange_name_among_the_time_takes_no_page_away(stem: str, shown: Show, order: Any) -> None:
    asked = order(stem)
    matter_of(asked, "time")["time"][0]["who"] = "Никто Никтоевич"
    shown(asked)


def test_a_row_that_is_only_begun_takes_no_page_away(shown: Show, order: Any, service: Service) -> None:
    asked = order("hourly_january")
    whole = shown(without(order("hourly_january"), "number"))
    matter_of(asked, "events")["events"].append({})
    assert shown(without(asked, "number")) == whole


def test_warnings_of_rows_that_have_moved_are_not_told(service: Service, order: Any) -> None:
    asked = order("hourly_january")
    time = matter_of(asked, "time")["time"]
    time[:0] = [{}]
    preview = service.preview(scan_json(dumped(asked))[0], firm=ROOT / "samples" / "firm.yaml")
    assert preview.draft is not None
    assert not [one for one in preview.draft.warnings if one.where.startswith("/matter/time/")]


def matter_of(order: Any, part: str) -> Any:
    """Return the matter of the chain that has a part."""
    matter = order.get("matter") or {}
    return matter if part in matter else matter_of(order["based_on"], part)
