"""Clause choices that would break a document: refused at once, where and why, never a crash, never a gap."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from docgen.document import Blank, Pair
from docgen.errors import OrderInvalid
from docgen.service import Draft, Service
from tests.conftest import ROOT, blocks_of, dumped
from tests.test_selection import inlines

Refused = Callable[[Any], set[tuple[str, str]]]


@pytest.fixture
def refused(draft: Callable[..., Draft]) -> Refused:
    def problems(order: Any) -> set[tuple[str, str]]:
        with pytest.raises(OrderInvalid) as raised:
            draft(order)
        assert all(problem.message and problem.hint for problem in raised.value.problems)
        return {(problem.where, problem.code) for problem in raised.value.problems}

    return problems


def with_choices(order: Any, **choices: Any) -> Any:
    order["clauses"] = choices
    return order


def test_what_holds_required_clauses_may_not_be_left_out(refused: Refused, order: Any) -> None:
    changed = with_choices(order("company_stages"), omit=["sec_fee", "annex_price", "sec_term"])
    assert refused(changed) == {(f"/clauses/omit/{index}", "required_clause") for index in range(3)}


def test_what_is_not_numbered_is_no_target_and_no_neighbour(refused: Refused, order: Any) -> None:
    terms = [{"after": "preamble", "text": "Слово."}, {"after": "subject", "text": "См. {{ ref('preamble') }}."}]
    assert refused(with_choices(order("company_stages"), add=terms)) == {
        ("/clauses/add/0/after", "not_numbered"),
        ("/clauses/add/1/text", "reference_to_nowhere"),
    }


def test_a_term_follows_a_clause_and_not_a_section_or_an_annex(refused: Refused, order: Any) -> None:
    terms = [{"after": "sec_fee", "text": "Слово."}, {"after": "annex_specialists", "text": "Слово."}]
    changed = with_choices(order("company_stages"), add=terms, replace={"sec_final": "Слово."}, choose={"sec_fee": "x"})
    assert refused(changed) == {
        ("/clauses/add/0/after", "not_a_clause"),
        ("/clauses/add/1/after", "not_a_clause"),
        ("/clauses/replace/sec_final", "not_a_clause"),
        ("/clauses/choose/sec_fee", "not_a_clause"),
    }


def test_a_reference_to_what_the_order_leaves_out_is_told_with_the_other_mistakes(refused: Refused, order: Any) -> None:
    changed = with_choices(
        order("company_stages"), omit=["data_processing"], replace={"attendance": "См. {{ ref('data_processing') }}."}
    )
    changed["matter"]["number"] = 5
    assert refused(changed) == {
        ("/clauses/replace/attendance", "reference_to_nowhere"),
        ("/matter/number", "type"),
    }


def test_a_bad_key_hides_no_other_mistake_of_its_part(refused: Refused, order: Any) -> None:
    changed = with_choices(
        order("company_stages"),
        parameters={"a/b": {}, "refusal": {"hour_rate": "x", "notice_days": 500}},
        choose={"travel/": "standard", "travel": "zz"},
    )
    assert refused(changed) == {
        ("/clauses/choose/travel", "unknown_variant"),
        ("/clauses/choose/travel~1", "identifier"),
        ("/clauses/parameters/a~1b", "identifier"),
        ("/clauses/parameters/refusal/hour_rate", "wrong_type"),
        ("/clauses/parameters/refusal/notice_days", "out_of_bounds"),
    }


def test_a_parameter_left_blank_is_a_rule_to_write_on(
    draft: Callable[..., Draft], service: Service, order: Any
) -> None:
    changed = with_choices(order("company_stages"), parameters={"reports": {"report_days": None}})
    made = draft(changed, blanks=True)
    assert "в течение ________________ со дня получения запроса" in service.write(made, "txt").decode().replace(
        "\xa0", " "
    )
    with pytest.raises(OrderInvalid) as raised:
        draft(changed)
    assert [problem.where for problem in raised.value.problems] == ["/clauses/parameters/reports/report_days"]


def plain_text(made: Draft, service: Service) -> str:
    return service.write(made, "txt").decode().replace("\u00a0", " ")


@pytest.mark.parametrize("text", ["", "   ", " x", "a\nb", "x" * 600])
def test_a_parameter_of_words_obeys_the_rules_of_a_line(text: str, refused: Refused, order: Any) -> None:
    changed = with_choices(order("company_stages"), parameters={"channels": {"time_zone": text}})
    assert {where for where, _ in refused(changed)} == {"/clauses/parameters/channels/time_zone"}


@pytest.mark.parametrize(
    "written", ["{{ ref('fee_payment') }}", '{{ref("fee_payment")}}', "{{  ref( 'fee_payment' )  }}"]
)
def test_a_reference_may_be_written_with_any_quotes_and_spaces(
    written: str, draft: Callable[..., Draft], service: Service, order: Any
) -> None:
    changed = with_choices(order("company_stages"), add=[{"after": "subject", "text": f"По пункту {written}."}])
    made = draft(changed)
    assert f"По пункту {made.numbers['fee_payment']}." in service.write(made, "txt").decode()


def test_an_unknown_kind_hides_no_other_mistake(refused: Refused, order: Any) -> None:
    changed = order("company_stages")
    changed["kind"] = "services_agrement"
    changed["matter"]["number"] = 5
    changed["matter"]["clients"][0]["inn"] = "7707083894"
    changed["facts"] = {"whatever": 1}
    assert refused(changed) == {
        ("/kind", "unknown_kind"),
        ("/matter/number", "type"),
        ("/matter/clients/0/inn", "check_digit"),
    }


@pytest.mark.parametrize("version", [True, 2, "1", None])
def test_the_version_is_the_number_one(version: object, refused: Refused, order: Any) -> None:
    changed = order("company_stages")
    changed["schema"] = version
    assert {where for where, _ in refused(changed)} == {"/schema"}


def test_every_fact_left_blank_is_shown_or_refused(service: Service, order: Any) -> None:
    silent = set()
    for stem in ("company_stages", "consumer_advance", "advocate_two_clients"):
        usual = rules(service.draft(dumped(order(stem)), firm=ROOT / "samples/firm.yaml"))
        for path in leaves(order(stem)):
            changed = order(stem)
            node = changed
            for step in path[:-1]:
                node = node[step]
            node[path[-1]] = None
            try:
                made = service.draft(dumped(changed), firm=ROOT / "samples/firm.yaml", blanks=True)
            except OrderInvalid:
                continue
            assert made.document.draft, (stem, path)
            if rules(made) == usual:
                silent.add(path[1:] if path[0] == "matter" else path)
    # No agreement prints the day of signing (its date stands at its head) and the head, who signs powers of attorney.
    assert silent == {("signed_on",), ("clients", 0, "head", "name"), ("clients", 0, "head", "position")}


def rules(made: Draft) -> int:
    """Count the rules that a hand fills in (signature lines are none of the tree's blanks)."""
    pairs = [block for block in blocks_of(made.document) if isinstance(block, Pair)]
    words = [value for block in blocks_of(made.document) for value in inlines(block)]
    return sum(
        isinstance(value, Blank) for value in (*words, *(side for pair in pairs for side in pair.left + pair.right))
    )


def leaves(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(node, dict):
        return [leaf for key, value in node.items() for leaf in leaves(value, (*path, key))]
    if isinstance(node, list):
        return [leaf for index, value in enumerate(node) for leaf in leaves(value, (*path, index))]
    return [path]
