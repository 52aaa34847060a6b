"""The letterhead: the firm's own papers open with it, on page one only; without one nothing stands there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from docgen.document import Paragraph
from docgen.service import Draft, Service
from tests.conftest import blocks_of
from tests.render.files import W, Word, page, pdf_words, through_libreoffice

Drafted = Callable[..., Draft]
RIGHT = 552.7  # the right margin in points
LINES = [
    "Юридическая фирма «Лекс Урал»",
    "620014, г. Екатеринбург, ул. Хохрякова, д. 10, офис 412",
    "+7 (343) 000-14-12 · office@lexural.example",
    "lexural.example · понедельник — пятница, с 9 до 18 часов",
]


def head(made: Draft) -> list[str]:
    """Return the lines of a document's letterhead, with plain spaces."""
    return [
        "".join(getattr(inline, "text", "") for inline in block.inlines).replace("\u00a0", " ")
        for block in blocks_of(made.document)
        if isinstance(block, Paragraph) and block.role == "letterhead"
    ]


def sites(pdf: bytes) -> list[Word]:
    return [word for word in pdf_words(pdf) if word.text == "lexural.example"]


@pytest.mark.parametrize("stem", ["stages_invoice", "hourly_january"])
def test_an_invoice_and_a_report_open_with_it(stem: str, order: Any, draft: Drafted) -> None:
    made = draft(order(stem))
    assert head(made) == LINES
    assert [getattr(block, "role", "") for block in made.document.blocks[:5]] == ["letterhead"] * 4 + ["title"]


@pytest.mark.parametrize("stem", ["month_invoice", "instance_invoice"])
def test_a_firm_without_one_prints_none(stem: str, order: Any, draft: Drafted) -> None:
    assert head(draft(order(stem))) == []


@pytest.mark.parametrize("stem", ["month", "settled", "company_courts", "company_stages"])
def test_papers_of_both_parties_or_of_the_client_bear_none(stem: str, order: Any, draft: Drafted) -> None:
    assert head(draft(order(stem))) == []


def test_site_and_hours_are_printed_as_far_as_they_are_known(order: Any, draft: Drafted) -> None:
    asked = order("month_invoice")
    firm = asked["based_on"]
    while "firm" not in firm.get("matter", {}):
        firm = firm["based_on"]
    firm = firm["matter"]["firm"]
    firm["letterhead"] = {"lines": ["Юрист Рогов"]}
    assert head(draft(asked)) == ["Юрист Рогов"]
    firm["hours"] = "по будням с 10 до 18"
    assert head(draft(asked)) == ["Юрист Рогов", "По будням с 10 до 18"]
    firm["site"] = "rogov.example"
    assert head(draft(asked)) == ["Юрист Рогов", "rogov.example · по будням с 10 до 18"]


def test_it_stands_on_page_one_only_in_both_formats(
    order: Any, draft: Drafted, service: Service, tmp_path: Path
) -> None:
    made = draft(order("hourly_january"))
    ours, word = service.write(made, "pdf"), service.write(made, "docx")
    for pdf in (ours, through_libreoffice({"report": word}, tmp_path)["report"]):
        assert max(one.page for one in pdf_words(pdf)) > 0
        assert [one.page for one in sites(pdf)] == [0]
        last = [one for one in pdf_words(pdf) if one.page == 0 and abs(one.top - sites(pdf)[0].top) < 1]
        assert abs(max(one.right for one in last) - RIGHT) < 1
        assert max(one.top for one in last) < min(one.top for one in pdf_words(pdf) if one.text == "ОТЧЁТ")
    styles = [style.get(f"{W}val") for style in page(word).iter(f"{W}pStyle")]
    assert styles[:5] == ["Letterhead"] * 4 + ["Title"]
    assert styles.count("Letterhead") == 4
