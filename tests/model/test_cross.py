"""Facts that contradict each other are told at the fact to mend, whatever else is wrong beside them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel

from docgen.errors import Operation, OrderInvalid, Problem
from docgen.model import Order, apply_patch, parse_order

Raw = dict[str, Any]
Parsed = Callable[..., Order]
Problems = Callable[..., list[tuple[str, str]]]


def test_a_wrong_inn_does_not_hide_that_stages_do_not_sum(order: Raw, problems: Problems) -> None:
    order["matter"]["clients"][0]["inn"] = "1"
    order["matter"]["fee"]["stages"][0]["amount"] = 1
    assert problems(order) == [("/matter/clients/0/inn", "length"), ("/matter/fee/amount", "stages_sum")]


def test_a_wrong_stage_is_no_wrong_sum(order: Raw, problems: Problems) -> None:
    order["matter"]["fee"]["stages"][0]["amount"] = "60000"
    assert problems(order) == [("/matter/fee/stages/0/amount", "type")]


@pytest.mark.parametrize(
    ("signed", "effective", "right"), [("22", "22", True), ("22", "23", True), ("22", "21", False)]
)
def test_the_agreement_is_in_force_from_its_signing_at_the_earliest(
    order: Raw, parsed: Parsed, problems: Problems, signed: str, effective: str, right: bool
) -> None:
    order["matter"] |= {"signed_on": f"2026-11-{signed}", "effective_on": f"2026-11-{effective}"}
    if right:
        assert parsed(order).matter.effective_on
    else:
        assert problems(order) == [("/matter/effective_on", "effective_before_signed")]


@pytest.mark.parametrize(
    ("until", "where"),
    [
        ({"kind": "date", "on": "2026-11-21"}, "on"),
        ({"kind": "event", "event": "решение", "long_stop": "2026-11-21"}, "long_stop"),
    ],
)
def test_a_term_ends_after_it_begins(order: Raw, problems: Problems, until: Raw, where: str) -> None:
    order["matter"]["term"]["until"] = until
    assert problems(order) == [(f"/matter/term/until/{where}", "term_order")]


def test_prices_of_services_sum_to_the_fee_when_all_are_given(order: Raw, parsed: Parsed, problems: Problems) -> None:
    order["matter"]["services"][0]["price"] = 60001
    assert problems(order) == [("/matter/fee/amount", "services_sum")]
    del order["matter"]["services"][0]["price"]
    assert parsed(order).matter.services[0].price is None


def test_an_advance_is_no_more_than_the_fee(order: Raw, parsed: Parsed, problems: Problems) -> None:
    order["matter"]["fee"]["advance"]["amount"] = 150000
    assert parsed(order)
    order["matter"]["fee"]["advance"]["amount"] = 150001
    assert problems(order) == [("/matter/fee/advance/amount", "advance_over_amount")]


# --- several clients -------------------------------------------------------------------------


@pytest.fixture
def two(order: Raw, parties: dict[str, Raw]) -> Raw:
    order["matter"]["clients"] = [parties["company"], parties["entrepreneur"]]
    order["matter"]["obligation"] = "joint"
    return order


def test_several_clients_need_an_obligation(two: Raw, parsed: Parsed, problems: Problems) -> None:
    assert parsed(two).matter.obligation == "joint"
    del two["matter"]["obligation"]
    assert problems(two) == [("/matter/obligation", "required")]
    two["matter"]["clients"][0]["share"] = 50
    assert problems(two) == [("/matter/obligation", "required")]


def test_a_wrong_obligation_is_asked_for_once(two: Raw, problems: Problems) -> None:
    two["matter"]["obligation"] = "shared"
    two["matter"]["clients"][0]["share"] = 50
    assert problems(two) == [("/matter/obligation", "choice")]


def test_a_single_client_has_no_obligation_and_no_share(order: Raw, problems: Problems) -> None:
    order["matter"]["obligation"] = "shares"
    assert problems(order) == [("/matter/obligation", "obligation_unexpected")]
    del order["matter"]["obligation"]
    order["matter"]["clients"][0]["share"] = 100
    assert problems(order) == [("/matter/clients/0/share", "share_unexpected")]


def test_joint_clients_have_no_shares(two: Raw, problems: Problems) -> None:
    two["matter"]["clients"][1]["share"] = 50
    assert problems(two) == [("/matter/clients/1/share", "share_unexpected")]


def test_shares_sum_to_a_hundred(two: Raw, parsed: Parsed, problems: Problems) -> None:
    two["matter"]["obligation"] = "shares"
    two["matter"]["clients"][0]["share"] = 60
    assert problems(two) == [("/matter/clients/1/share", "required")]
    two["matter"]["clients"][1]["share"] = 41
    assert problems(two) == [("/matter/clients", "shares_sum")]
    two["matter"]["clients"][1]["share"] = 40
    assert parsed(two)


# --- who is who ------------------------------------------------------------------------------


def test_a_consumer_is_a_human_being(order: Raw, parties: dict[str, Raw], parsed: Parsed, problems: Problems) -> None:
    order["matter"]["purpose"] = "consumer"
    assert problems(order) == [("/matter/purpose", "purpose_consumer")]
    order["matter"]["clients"] = [parties["individual"], parties["entrepreneur"]]
    order["matter"]["obligation"] = "joint"
    assert problems(order) == [("/matter/purpose", "purpose_consumer")]
    order["matter"]["clients"] = [parties["individual"], parties["self_employed"]]
    assert parsed(order)


def test_a_client_is_named_once(two: Raw, problems: Problems) -> None:
    two["matter"]["clients"].append(two["matter"]["clients"][0])
    assert problems(two) == [("/matter/clients/2/inn", "duplicate_client")]


def test_the_firm_is_not_its_own_client(order: Raw, firm: Raw, problems: Problems) -> None:
    order["matter"]["clients"][0]["inn"] = firm["inn"]
    assert problems(order) == [("/matter/clients/0/inn", "firm_is_client")]


@pytest.mark.parametrize(("side", "code"), [("clients", "opponent_is_client"), ("firm", "opponent_is_firm")])
def test_an_opponent_is_nobody_of_ours(order: Raw, problems: Problems, side: str, code: str) -> None:
    ours = order["matter"]["firm"] if side == "firm" else order["matter"]["clients"][0]
    order["matter"]["opponents"] = [{"kind": "company", "name": "ООО «Луч»", "inn": ours["inn"]}]
    assert problems(order) == [("/matter/opponents/0/inn", code)]


@pytest.mark.parametrize(
    ("born", "signed", "day", "minor"),
    [
        ("2008-11-22", None, None, False),
        ("2008-11-23", None, None, True),
        ("2008-11-23", "2026-11-23", None, False),
        ("2008-11-23", None, date(2026, 11, 23), False),
        ("2010-01-01", None, None, True),
    ],
)
def test_a_minor_needs_a_representative(
    order: Raw,
    parties: dict[str, Raw],
    parsed: Parsed,
    problems: Problems,
    born: str,
    signed: str | None,
    day: date | None,
    minor: bool,
) -> None:
    child = parties["individual"] | {"birth_date": born}
    order["matter"]["clients"] = [child]
    if signed:
        order["matter"]["signed_on"] = signed
    if minor:
        assert problems(order, day=day) == [("/matter/clients/0/representative", "required")]
        child["representative"] = {
            "name": "Лебедева Анна Ивановна",
            "relation": "mother",
            "passport": parties["individual"]["passport"],
        }
    assert parsed(order, day=day)


def test_age_is_not_judged_on_an_unknown_day(order: Raw, parties: dict[str, Raw], parsed: Parsed) -> None:
    del order["date"]
    order["matter"]["clients"] = [parties["individual"] | {"birth_date": "2010-01-01"}]
    assert parsed(order)


# --- signing, accounts, tax, clauses ---------------------------------------------------------


@pytest.mark.parametrize(
    ("basis", "absent"),
    [
        ({"kind": "power_of_attorney", "number": "5"}, "on"),
        ({"kind": "court_order", "on": "2026-01-15"}, "court"),
        ({"kind": "other"}, "text"),
        ({"kind": "charter"}, ""),
        ({"kind": "law"}, ""),
        ({"kind": "power_of_attorney", "on": "2026-01-15"}, ""),
        ({"kind": "other", "text": "решения единственного участника"}, ""),
    ],
)
def test_a_basis_names_what_it_needs(order: Raw, parsed: Parsed, problems: Problems, basis: Raw, absent: str) -> None:
    order["matter"]["clients"][0]["signatories"][0]["basis"] = basis
    if absent:
        assert problems(order) == [(f"/matter/clients/0/signatories/0/basis/{absent}", "required")]
    else:
        assert parsed(order)


@pytest.mark.parametrize(
    ("change", "where", "code"),
    [
        ({"account": "40702810316540001235"}, "account", "account_key"),
        ({"account": "4070281031654000123"}, "account", "length"),
        ({"correspondent": "30101810500000000675"}, "correspondent", "correspondent_bik"),
        ({"correspondent": "30101810600000000674"}, "correspondent", "correspondent_key"),
        ({"correspondent": "40702810316540001234"}, "correspondent", "prefix"),
        ({"bik": "146577674"}, "bik", "prefix"),
    ],
)
def test_an_account_agrees_with_its_bank(order: Raw, problems: Problems, change: Raw, where: str, code: str) -> None:
    order["matter"]["firm"]["accounts"][0] |= change
    assert problems(order) == [(f"/matter/firm/accounts/0/{where}", code)]


def test_a_treasury_account_needs_no_key_and_no_correspondent(
    order: Raw, parties: dict[str, Raw], parsed: Parsed
) -> None:
    account = {"bank": "УФК", "bik": "016577551", "account": "03224643650000006200"}
    order["matter"]["clients"] = [parties["budget_institution"] | {"accounts": [account]}]
    assert parsed(order)


@pytest.mark.parametrize("second", ["2025-01-01", "2024-06-01"])
def test_tax_entries_go_by_dates(order: Raw, problems: Problems, second: str) -> None:
    order["matter"]["firm"]["tax"].append({"from": second, "profile": "simple"})
    assert problems(order) == [("/matter/firm/tax/1/from", "tax_order")]


def test_a_tax_entry_is_in_force_on_the_documents_day(order: Raw, parsed: Parsed, problems: Problems) -> None:
    order["matter"]["firm"]["tax"] = [{"from": "2026-11-23", "profile": "general"}]
    assert problems(order) == [("/matter/firm/tax", "no_tax_in_force")]
    assert parsed(order, day=date(2026, 11, 23))


def test_choices_of_clauses_do_not_contradict(order: Raw, problems: Problems) -> None:
    order["clauses"] = {"omit": ["fee", "term", "fee"], "choose": {"term": "long"}, "replace": {"term": "Иначе."}}
    assert problems(order) == [
        ("/clauses/choose/term", "contradiction"),
        ("/clauses/omit/2", "duplicate"),
        ("/clauses/replace/term", "contradiction"),
    ]


def test_an_email_channel_has_an_email_address(order: Raw, problems: Problems) -> None:
    order["matter"]["channels"][0]["address"] = "по почте"
    assert problems(order) == [("/matter/channels/0/address", "email")]


# --- what mends the order --------------------------------------------------------------------

@pytest.mark.parametrize(
    ("changes", "code", "patch"),
    [
        ({"fee": {"stages": [{}, {"amount": 90001}]}}, "stages_sum", ()),  # the services make another sum
        ({"fee": {"amount": 140001}}, "stages_sum", (("replace", "/matter/fee/amount", 150000),)),
        ({"fee": {"amount": 140001}}, "services_sum", (("replace", "/matter/fee/amount", 150000),)),
        ({"fee": {"advance": {"amount": 150001}}}, "advance_over_amount", ()),
        ({"obligation": "joint"}, "obligation_unexpected", (("remove", "/matter/obligation", None),)),
        ({"clients": [{"share": 100}]}, "share_unexpected", (("remove", "/matter/clients/0/share", None),)),
        ({"purpose": "consumer"}, "purpose_consumer", (("replace", "/matter/purpose", "business"),)),
        ({"place": 7}, "type", (("replace", "/matter/place", "7"),)),
        ({"purpose": True}, "choice", ()),
        ({"place": True}, "type", ()),
        (
            {"expenses": {"mode": "client_direct", "deposit": 5000}},
            "contradiction",
            (("remove", "/matter/expenses/deposit", None),),
        ),
    ],
)
def test_a_mistake_with_one_cure_carries_it(order: Raw, changes: Raw, code: str, patch: tuple[Any, ...]) -> None:
    _change(order["matter"], changes)
    problem = _problem(order, code)
    assert [cure.patch for cure in problem.cures] == ([tuple(Operation(*step) for step in patch)] if patch else [])
    if patch:
        cured = apply_patch(order, problem.cures[0].patch)
        assert code not in {one.code for one in _refusal(cured)}


def test_time_over_hours_that_have_no_limit_goes(order: Raw) -> None:
    order["matter"]["fee"] = {"model": "subscription", "amount": 50000, "pay_day": 5, "over_rate": 9000}
    assert _problem(order, "contradiction").cures[0].patch == (Operation("remove", "/matter/fee/over_rate"),)


def test_a_clause_left_out_twice_is_left_out_once(order: Raw) -> None:
    order["clauses"] = {"omit": ["reports", "reports"]}
    problem = _problem(order, "duplicate")
    assert apply_patch(order, problem.cures[0].patch)["clauses"] == {"omit": ["reports"]}


def _change(node: Any, changes: Any) -> None:
    """Put the changes into the node: objects into objects, rows into rows."""
    for key, value in changes.items() if isinstance(changes, dict) else enumerate(changes):
        inside = key in node if isinstance(node, dict) else True
        if inside and isinstance(value, dict | list):
            _change(node[key], value)
        else:
            node[key] = value


def _refusal(order: Raw) -> tuple[Problem, ...]:
    try:
        parse_order(order, BaseModel, blanks=False)
    except OrderInvalid as error:
        return error.problems
    return ()


def _problem(order: Raw, code: str) -> Problem:
    (problem,) = [one for one in _refusal(order) if one.code == code]
    return problem
