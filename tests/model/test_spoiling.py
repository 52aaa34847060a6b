"""Whatever stands at any one place of an order, the answer is an Order or problems at that place."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from docgen.errors import OrderInvalid
from docgen.model import Part, parse_order

Raw = dict[str, Any]
JUNK: list[Any] = [None, True, Decimal("-0.5"), "x", "", "я" * 6000, [None], {}, {"kind": "x"}, 10**20]

# What a right value of another kind may contradict elsewhere.
CONTRADICTIONS = {
    "stages_sum",
    "services_sum",
    "advance_over_amount",
    "correspondent_bik",
    "account_key",
    "no_tax_in_force",
    "term_order",
    "obligation_unexpected",
}


class Facts(Part):
    copies: int


def places(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if path:
        yield path
    for key, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield from places(value, (*path, key))


def spoiled(node: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    copy = dict(node) if isinstance(node, dict) else list(node)
    copy[path[0]] = spoiled(node[path[0]], path[1:], value)
    return copy


def full(order: Raw, parties: dict[str, Raw]) -> Raw:
    matter = order["matter"]
    matter |= {
        "clients": [{**party, "share": 20} for kind, party in parties.items() if kind != "company"],
        "obligation": "shares",
        "payer": parties["company"] | {"inn": "7707083893"},
        "opponents": [{"kind": "company", "name": "ООО «Луч»", "inn": "7736050003"}],
        "court": {"name": "Арбитражный суд", "instance": "first"},
        "expenses": {"mode": "via_firm", "deposit": 100},
    }
    matter["services"][0]["due"] = {"kind": "period", "days": 5, "unit": "month", "from": "со дня аванса"}
    clauses = {"omit": ["a"], "choose": {"b": "c"}, "parameters": {"d": {"e": 1}}, "replace": {"f": "г"}}
    return order | {"facts": {"copies": 2}, "clauses": clauses | {"add": [{"after": "g", "text": "д"}]}}


@pytest.mark.parametrize(("junk", "blanks"), [*((junk, False) for junk in JUNK), (None, True)])
def test_junk_is_refused_where_it_stands_and_nowhere_else(
    order: Raw, parties: dict[str, Raw], junk: Any, blanks: bool
) -> None:
    whole = full(order, parties)
    parse_order(whole, Facts, blanks=blanks)
    for path in places(whole):
        pointer = "".join(f"/{step}" for step in path)
        for problem in refusals(spoiled(whole, path, junk), blanks):
            assert any("а" <= letter <= "я" for letter in problem.message), problem
            near = problem.where == pointer or problem.where.startswith(pointer + "/")
            assert near or problem.code in CONTRADICTIONS | {"required", "shares_sum", "unknown_key"}, problem
            assert near or problem.code != "unknown_key" or path[-1] in ("kind", "model"), problem


def refusals(raw: Raw, blanks: bool) -> tuple[Any, ...]:
    try:
        parse_order(raw, Facts, blanks=blanks)
    except OrderInvalid as error:
        return error.problems
    return ()
