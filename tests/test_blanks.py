"""Blanks: shown as rules where they are allowed, problems where they are not, never nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from docgen.document import Blank, Clause
from docgen.errors import OrderInvalid
from docgen.service import Draft, Service
from tests.conftest import blocks_of
from tests.test_selection import inlines


def blanks_of(draft: Draft) -> set[str]:
    return {
        inline.source for block in blocks_of(draft.document) for inline in inlines(block) if isinstance(inline, Blank)
    }


def test_a_blank_prints_a_rule_in_every_format_and_makes_a_draft(
    draft: Callable[..., Draft], service: Service, order: Any
) -> None:
    changed = order("consumer_advance")
    changed["matter"]["number"] = None
    changed["matter"]["clients"][0]["passport"]["number"] = None
    made = draft(changed, blanks=True)
    assert made.document.draft
    assert "/matter/clients/0/passport/number" in blanks_of(made)
    assert "№\u00a0________" in service.write(made, "txt").decode()
    assert "________" in service.write(made, "html").decode()


def test_a_sum_with_a_blank_is_blank(draft: Callable[..., Draft], service: Service, order: Any) -> None:
    changed = order("company_stages")
    changed["matter"]["fee"]["stages"][0]["amount"] = None
    made = draft(changed, blanks=True)
    assert "/matter/fee/stages/0/amount" in blanks_of(made)
    assert "Итого |  |  | ________" in service.write(made, "txt").decode()


def test_without_blanks_each_open_fact_is_a_problem_at_its_own_place(draft: Callable[..., Draft], order: Any) -> None:
    changed = order("consumer_advance")
    changed["matter"]["number"] = None
    del changed["matter"]["place"]
    with pytest.raises(OrderInvalid) as raised:
        draft(changed)
    assert [(one.where, one.code) for one in raised.value.problems] == [
        ("/matter/number", "required"),
        ("/matter/place", "required"),
    ]


def test_a_condition_on_a_blank_is_a_problem_even_with_blanks(draft: Callable[..., Draft], order: Any) -> None:
    changed = order("consumer_advance")
    changed["matter"]["purpose"] = None
    with pytest.raises(OrderInvalid) as raised:
        draft(changed, blanks=True)
    assert [one.where for one in raised.value.problems] == ["/matter/purpose"]


def test_a_clean_order_is_no_draft_until_it_says_so(draft: Callable[..., Draft], order: Any) -> None:
    changed = order("consumer_advance")
    assert not draft(changed).document.draft
    assert draft({**changed, "draft": True}).document.draft


def test_kopecks_of_a_very_large_price_are_kept(service: Service, order: Any) -> None:
    from tests.conftest import ROOT, dumped

    changed = order("consumer_advance")
    changed["matter"]["services"] = [{"action": "Консультация", "price": "PRICE"}]
    changed["matter"]["fee"] = {"model": "fixed", "amount": "PRICE", "balance_days": 5}
    source = dumped(changed).replace(b'"PRICE"', b"999999999999999.99")
    made = service.draft(source, firm=ROOT / "samples" / "firm.yaml")
    text = service.write(made, "txt").decode().replace("\u00a0", " ")
    assert "999 999 999 999 999,99" in text
    assert "рублей 99 копеек" in text


def test_every_value_of_the_document_says_where_it_came_from(
    draft: Callable[..., Draft], service: Service, order: Any
) -> None:
    made = draft(order("company_stages"))
    explanation = service.explain(made)
    assert {value.source for value in explanation.values} >= {
        "/matter/clients/0/name",
        "/clauses/parameters/written_answers/answer_days",
    }
    assert any(value.source.startswith("firm.yaml:") for value in explanation.values)
    assert any(value.source.startswith("clauses/") for value in explanation.values)
    decided = {decision.id: decision for _, decision in explanation.decisions}
    assert decided.keys() >= {block.clause for block in blocks_of(made.document) if isinstance(block, Clause)}
    assert all(decision.reason for decision in decided.values())
