"""A lawyer's own text of a clause: a copy reads as the library's, and what it no longer says is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from docgen.document import Ref
from docgen.model import apply_patch
from docgen.service import Draft, Service
from docgen.web.actions import wording
from tests.conftest import SAMPLES, blocks_of, sample_id, whole

OWN = [path for path in SAMPLES if path.parent.name != "cover_list"]


@pytest.mark.parametrize("path", OWN, ids=sample_id)
def test_every_clause_copied_and_not_edited_reads_as_before(
    path: Path, draft: Callable[..., Draft], service: Service
) -> None:
    order = whole(path)
    before = draft(order)
    for one in before.decisions:
        if one.included and one.id in service.library.clauses:
            replaced(order, one.id, wording(before.document, one.id))
    assert all(order["clauses"]["replace"].values())
    after = draft(order)
    assert service.write(after, "txt") == service.write(before, "txt")
    assert (after.numbers, references(after)) == (before.numbers, references(before))
    assert stale(after) == []


def references(made: Draft) -> list[str]:
    lines = [inline for block in blocks_of(made.document) for inline in getattr(block, "inlines", ())]
    return [one.target for one in lines if isinstance(one, Ref)]


def replaced(order: Any, clause: str, text: str) -> Any:
    order.setdefault("clauses", {}).setdefault("replace", {})[clause] = text
    return order


def stale(made: Draft) -> list[Any]:
    return [one for one in made.warnings if one.code == "replaced_value"]


def test_a_figure_that_changed_after_the_copy_is_told_once(draft: Callable[..., Draft], order: Any) -> None:
    asked = order("budget_fixed")
    replaced(asked, "fee_amount", wording(draft(asked).document, "fee_amount"))
    asked["matter"]["services"][0]["price"] = 140000
    asked["matter"]["fee"]["amount"] = 200000
    (told,) = stale(draft(asked))
    assert told.where == "/clauses/replace/fee_amount"
    assert told.message.startswith(
        "в своём тексте пункта нет того, что сказано в заказе: 200 000 (двести тысяч) рублей 00 копеек"
    )
    assert told.hint == "сверьте текст пункта с заказом или верните текст библиотеки"
    (cure,) = told.cures
    assert cure.title == "Вернуть текст библиотеки"
    assert stale(draft(apply_patch(asked, cure.patch))) == []


@pytest.mark.parametrize("words", ["180 000 руб.", "180\u00a0000 (сто восемьдесят тысяч) рублей", "180000,00 рублей"])
def test_a_sum_may_be_written_otherwise(words: str, draft: Callable[..., Draft], order: Any) -> None:
    asked = replaced(order("budget_fixed"), "fee_amount", f"Услуги стоят {words}, из них НДС 32 459 руб. 01 коп.")
    assert stale(draft(asked)) == []
    assert stale(draft(replaced(asked, "fee_amount", "Услуги стоят 18 000 руб., НДС 32 459,01 руб.")))


def test_days_that_the_library_proposes_are_the_lawyers_to_change(draft: Callable[..., Draft], order: Any) -> None:
    asked = replaced(order("company_stages"), "attendance", "О заседании Исполнитель извещает за 7 рабочих дней.")
    assert stale(draft(asked)) == []
    asked["clauses"].setdefault("parameters", {})["attendance"] = {"attendance_days": 4}
    assert [one.message.rpartition(": ")[2] for one in stale(draft(asked))] == ["4 рабочих дня"]


def test_points_of_an_own_text_are_sub_clauses(said: Callable[[Any], str], order: Any) -> None:
    asked = replaced(order("company_stages"), "attendance", "Исполнитель:\n- извещает;\n  - участвует в нём.")
    asked["clauses"]["add"] = [{"after": "attendance", "text": "Заказчик:\n- является;\n- молчит.\n\nИ всё."}]
    text = said(asked)
    assert re.search(r"(\d+\.\d+)\. Исполнитель:\n +\1\.1\. извещает;\n +\1\.2\. участвует в нём\.\n", text)
    assert re.search(r"(\d+\.\d+)\. Заказчик:\n +\1\.1\. является;\n +\1\.2\. молчит\.\n\d+\.\d+\. И всё\.\n", text)
