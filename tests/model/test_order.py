"""An order becomes an Order, or every mistake in it is told once, where it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from docgen.errors import OrderInvalid
from docgen.model import Blank, Order, Part, leaves, parse_order, pointer_join
from docgen.model.order import FixedFee, StagedFee

Raw = dict[str, Any]
Parsed = Callable[..., Order]
Problems = Callable[..., list[tuple[str, str]]]


def put(raw: Any, pointer: str, value: Any) -> None:
    *steps, last = [int(step) if step.isdigit() else step for step in pointer.split("/")[1:]]
    for step in steps:
        raw = raw[step]
    raw[last] = value


def drop(raw: Any, pointer: str) -> None:
    *steps, last = [int(step) if step.isdigit() else step for step in pointer.split("/")[1:]]
    for step in steps:
        raw = raw[step]
    del raw[last]


def test_a_right_order_is_read_whole(order: Raw, parsed: Parsed) -> None:
    made = parsed(order)
    assert made.matter.number == "15/26"
    assert made.date == date(2026, 11, 22)
    assert isinstance(made.matter.fee, FixedFee | StagedFee)
    assert made.matter.fee.amount == Decimal("150000.00")
    assert made.matter.clients[0].name == "Общество с ограниченной ответственностью «Вектор»"
    assert made.facts.copies == 2  # type: ignore[attr-defined]


def test_an_order_is_frozen(order: Raw, parsed: Parsed) -> None:
    with pytest.raises(ValueError, match="frozen"):
        parsed(order).matter.number = "1"  # type: ignore[misc]


def test_leaves_point_to_what_was_sent(order: Raw, parsed: Parsed) -> None:
    found = dict(leaves(parsed(order)))
    assert found["/matter/term/from"] == date(2026, 11, 22)
    assert found["/matter/fee/stages/1/amount"] == Decimal(90000)
    assert found["/schema"] == 1
    assert "/matter/court" not in found


def test_ten_mistakes_give_ten_problems(order: Raw, problems: Problems) -> None:
    put(order, "/matter/clients/0/inn", "7705123407")  # 1: control digit, in the same client as 2 and 3
    managing = {"name": "УК", "short_name": "УК", "inn": "6658012341", "ogrn": "1026605432105"}
    order["matter"]["clients"][0]["managing"] = {
        **managing,
        "contract": {"number": "1", "on": "2025-02-30"},  # 2: no such day
        "signatories": order["matter"]["clients"][0]["signatories"],  # 3: cross-field, both given
    }
    put(order, "/matter/fee/stages/0/title", "")  # 4: in the same fee as 5 and 6
    put(order, "/matter/fee/stages/1/amount", 80000)  # 5: cross-field, stages do not sum
    put(order, "/matter/fee/advance/amount", 200000)  # 6: cross-field, advance over the amount
    put(order, "/matter/firm/accounts/0/account", "40702810316540001235")  # 7: cross-field, key against БИК
    put(order, "/matter/firm/accounts/0/bank", 5)  # 8: in the same account
    put(order, "/matter/signed_on", "2026-11-22")
    put(order, "/matter/effective_on", "2026-11-01")  # 9: cross-field
    put(order, "/matter/plase", "г. Пермь")  # 10: no such field
    assert problems(order) == [
        ("/matter/clients/0/inn", "check_digit"),
        ("/matter/clients/0/managing", "exclusive"),
        ("/matter/clients/0/managing/contract/on", "date"),
        ("/matter/effective_on", "effective_before_signed"),
        ("/matter/fee/advance/amount", "advance_over_amount"),
        ("/matter/fee/amount", "stages_sum"),
        ("/matter/fee/stages/0/title", "empty"),
        ("/matter/firm/accounts/0/account", "account_key"),
        ("/matter/firm/accounts/0/bank", "type"),
        ("/matter/plase", "unknown_key"),
    ]


# --- fields ----------------------------------------------------------------------------------

MISTAKES: list[tuple[str, Any, str]] = [
    ("/schema", 2, "choice"),
    ("/schema", "1", "choice"),
    ("/kind", "Договор", "identifier"),
    ("/language", "en", "choice"),
    ("/draft", "yes", "type"),
    ("/draft", 1, "type"),
    ("/date", "22.11.2026", "date"),
    ("/date", "2026-02-30", "date"),
    ("/date", "2026-11-22T00:00:00", "date"),
    ("/date", "0206-11-22", "date"),
    ("/date", 20261122, "type"),
    ("/matter", [], "type"),
    ("/matter/number", 15, "type"),
    ("/matter/number", "", "empty"),
    ("/matter/number", " 15", "outer_spaces"),
    ("/matter/number", "1\n5", "line_break"),
    ("/matter/number", "5" * 501, "too_long"),
    ("/matter/purpose", "busines", "choice"),
    ("/matter/clients", [], "too_few"),
    ("/matter/clients", {}, "type"),
    ("/matter/clients/0", "ООО", "type"),
    ("/matter/clients/0/email", "почта", "email"),
    ("/matter/clients/0/phone", "позвоните", "phone"),
    ("/matter/clients/0/seal", None, "required"),
    ("/matter/services/0/price", {"amount": 100}, "type"),
    ("/matter/services/0/price", "100", "type"),
    ("/matter/services/0/price", True, "type"),
    ("/matter/services/0/price", -1, "negative"),
    ("/matter/services/0/price", Decimal("0.001"), "kopecks"),
    ("/matter/services/0/price", Decimal("1000000000000000.01"), "too_big"),
    ("/matter/services/0/action", "а" * 5001, "too_long"),
    ("/matter/fee/stages", {}, "type"),
    ("/matter/fee/stages/0/days", 0, "out_of_bounds"),
    ("/matter/fee/stages/0/days", Decimal("2.5"), "type"),
    ("/matter/fee/stages/0/days", "5", "type"),
    ("/matter/fee/balance_days", 5, "unknown_key"),
    ("/matter/firm/specialists/0/name", "Карпов И. Д.", "full_name"),
    ("/matter/firm/specialists/0/name", "Карпов", "full_name"),
    ("/matter/firm/specialists/0/experience_years", 101, "out_of_bounds"),
    ("/matter/firm/accounts", [], "too_few"),
    ("/matter/firm/tax/0/profile", "ОСНО", "identifier"),
    ("/facts", {"copies": 11}, "out_of_bounds"),
    ("/facts", {"limit": 1001}, "out_of_bounds"),
    ("/facts", {"form": "long"}, "choice"),
    ("/facts", {"rate": "1"}, "type"),
    ("/facts", {"since": "вчера"}, "date"),
    ("/facts", {"urgent": "да"}, "type"),
    ("/facts", [], "type"),
    ("/clauses", {"choose": []}, "type"),
    ("/clauses", {"omit": ["Предмет"]}, "identifier"),
    ("/clauses", {"choose": {"Bad Id": "x"}}, "identifier"),
    ("/clauses", {"parameters": {"fee": {"days": [1]}}}, "type"),
    ("/clauses", {"parameters": {"fee": {"days": None}}}, "required"),
]


@pytest.mark.parametrize(("pointer", "value", "code"), MISTAKES)
def test_one_wrong_field_is_one_problem(order: Raw, problems: Problems, pointer: str, value: Any, code: str) -> None:
    put(order, pointer, value)
    found = problems(order)
    assert [kind for _, kind in found] == [code]
    ((where, _),) = found
    assert where.startswith(pointer)


@pytest.mark.parametrize(
    ("clauses", "where"),
    [
        ({"choose": []}, "/clauses/choose"),
        ({"omit": ["Предмет"]}, "/clauses/omit/0"),
        ({"choose": {"Bad~/Id": "x"}}, "/clauses/choose/Bad~0~1Id"),
        ({"choose": {"fee": 5}}, "/clauses/choose/fee"),
        ({"parameters": {"fee": {"days": [1]}}}, "/clauses/parameters/fee/days"),
        ({"parameters": {"fee": {"Дни": 1}}}, "/clauses/parameters/fee/Дни"),
        ({"replace": {"fee": ""}}, "/clauses/replace/fee"),
        ({"add": [{"after": "fee"}]}, "/clauses/add/0/text"),
    ],
)
def test_a_mistake_in_the_choice_of_clauses_is_found(order: Raw, problems: Problems, clauses: Raw, where: str) -> None:
    order["clauses"] = clauses
    assert [found for found, _ in problems(order)] == [where]


@pytest.mark.parametrize(
    "pointer",
    [
        "/schema",
        "/kind",
        "/matter",
        "/matter/number",
        "/matter/firm",
        "/matter/clients",
        "/matter/clients/0/kind",
        "/matter/clients/0/inn",
        "/matter/clients/0/signatories",
        "/matter/clients/0/signatories/0/basis/kind",
        "/matter/fee/model",
        "/matter/fee/amount",
        "/matter/fee/stages/0/event_kind",
        "/matter/firm/accounts/0/correspondent",
        "/matter/firm/tax/0/from",
        "/matter/term/until/kind",
        "/matter/term/until/long_stop",
        "/matter/channels/0/address",
    ],
)
def test_what_is_absent_is_asked_for_where_it_should_stand(order: Raw, problems: Problems, pointer: str) -> None:
    drop(order, pointer)
    assert problems(order) == [(pointer, "required")]


@pytest.mark.parametrize("pointer", ["/matter/clients/0/kind", "/matter/fee/model", "/matter/term/until/kind"])
@pytest.mark.parametrize("value", ["nothing", 5, None, [], {}])
def test_an_unknown_kind_is_one_problem(order: Raw, problems: Problems, pointer: str, value: Any) -> None:
    put(order, pointer, value)
    assert problems(order) == [(pointer, "required" if value is None else "choice")]


def test_a_mistyped_kind_is_guessed(order: Raw) -> None:
    put(order, "/matter/clients/0/kind", "compny")
    with pytest.raises(OrderInvalid, match=r"возможно, company\?"):
        parse_order(order, Part, blanks=False)


@pytest.mark.parametrize(
    ("pointer", "typo"),
    [
        ("/matter/number", "nunber"),
        ("/matter/clients/0/kind", "knid"),
        ("/matter/clients/0/signatories", "signatorys"),
        ("/matter/fee/amount", "amuont"),
    ],
)
def test_a_mistyped_name_of_a_field_is_one_problem(order: Raw, problems: Problems, pointer: str, typo: str) -> None:
    target = pointer.rsplit("/", 1)
    parent = order
    for step in target[0].split("/")[1:]:
        parent = parent[int(step)] if step.isdigit() else parent[step]  # type: ignore[index]
    parent[typo] = parent.pop(target[1])
    assert problems(order) == [(f"{target[0]}/{typo}", "unknown_key")]


def test_a_key_with_slashes_is_escaped_in_the_pointer(order: Raw, problems: Problems) -> None:
    order["matter"]["a/b~c"] = 1
    assert problems(order) == [("/matter/a~1b~0c", "unknown_key")]


def test_the_name_of_a_unions_kind_may_be_a_key(order: Raw, problems: Problems) -> None:
    order["matter"]["clients"][0]["company"] = {"company": 1}
    assert problems(order) == [("/matter/clients/0/company", "unknown_key")]


def test_a_null_inside_an_unknown_field_is_no_second_problem(order: Raw, problems: Problems) -> None:
    order["matter"]["colour"] = {"name": None}
    assert problems(order) == [("/matter/colour", "unknown_key")]


def test_pointers_join() -> None:
    assert pointer_join("a/b", 0, "~") == "/a~1b/0/~0"


# --- the firm --------------------------------------------------------------------------------


def test_the_firms_profile_stands_in_for_the_orders(order: Raw, firm: Raw, parsed: Parsed) -> None:
    del order["matter"]["firm"]
    assert parsed(order, firm=firm).matter.firm.name == firm["name"]


def test_the_orders_own_firm_is_used_whole(order: Raw, firm: Raw, problems: Problems) -> None:
    order["matter"]["firm"] = {"kind": "company"}
    found = problems(order, firm=firm)
    assert ("/matter/firm/inn", "required") in found


def test_days_of_a_yaml_profile_are_days(order: Raw, firm: Raw, parsed: Parsed) -> None:
    del order["matter"]["firm"]
    firm["tax"][0]["from"] = date(2025, 1, 1)
    assert parsed(order, firm=firm).matter.firm.tax[0].from_ == date(2025, 1, 1)


def test_problems_of_the_profile_point_into_the_matter(order: Raw, firm: Raw, problems: Problems) -> None:
    del order["matter"]["firm"]
    firm["inn"] = "6678123458"
    assert problems(order, firm=firm) == [("/matter/firm/inn", "check_digit")]


def test_a_missing_firm_is_one_problem_with_a_cure(order: Raw) -> None:
    del order["matter"]["firm"]
    with pytest.raises(OrderInvalid) as caught:
        parse_order(order, Part, blanks=False)
    (problem,) = caught.value.problems
    assert (problem.where, problem.code) == ("/matter/firm", "required")
    assert "DOCGEN_FIRM" in problem.hint


# --- blanks ----------------------------------------------------------------------------------


def test_open_facts_become_blanks_with_their_places(order: Raw, parsed: Parsed) -> None:
    put(order, "/matter/number", None)
    drop(order, "/matter/place")
    put(order, "/matter/fee/stages/0/amount", None)
    put(order, "/matter/clients/0/email", None)
    drop(order, "/matter/firm/accounts/0/correspondent")
    put(order, "/facts", {"copies": None})
    made = parsed(order, blanks=True)
    assert {value for _, value in leaves(made) if isinstance(value, Blank)} == {
        Blank("/matter/number"),
        Blank("/matter/place"),
        Blank("/matter/fee/stages/0/amount"),
        Blank("/matter/clients/0/email"),
        Blank("/matter/firm/accounts/0/correspondent"),
        Blank("/facts/copies"),
    }
    assert all(value.pointer == pointer for pointer, value in leaves(made) if isinstance(value, Blank))


@pytest.mark.parametrize("pointer", ["/matter/number", "/matter/clients/0/inn", "/matter/clients/0/email"])
def test_a_null_is_a_missing_fact_without_blanks(order: Raw, problems: Problems, pointer: str) -> None:
    put(order, pointer, None)
    assert problems(order) == [(pointer, "required")]


@pytest.mark.parametrize(
    "pointer",
    [
        "/schema",
        "/date",
        "/matter",
        "/matter/purpose",
        "/matter/clients",
        "/matter/clients/0",
        "/matter/clients/0/kind",
        "/matter/clients/0/signatories/0/basis/kind",
        "/matter/fee/model",
        "/matter/firm/seal",
        "/matter/court",
        "/clauses",
    ],
)
def test_what_the_document_depends_on_cannot_be_blank(order: Raw, problems: Problems, pointer: str) -> None:
    put(order, pointer, None)
    assert problems(order, blanks=True) == [(pointer, "blank")]
    assert problems(order) == [(pointer, "required")]


@pytest.mark.parametrize("pointer", ["/matter/purpose", "/matter/services", "/matter/clients/0/signatories"])
def test_what_the_document_depends_on_is_asked_for_even_with_blanks(
    order: Raw, problems: Problems, pointer: str
) -> None:
    drop(order, pointer)
    assert problems(order, blanks=True) == [(pointer, "required")]


def test_checks_pass_over_blanks(order: Raw, parsed: Parsed) -> None:
    for pointer in ("/matter/fee/amount", "/matter/clients/0/inn", "/matter/term/until/long_stop"):
        put(order, pointer, None)
    fee = parsed(order, blanks=True).matter.fee
    assert isinstance(fee, FixedFee | StagedFee)
    assert fee.amount == Blank("/matter/fee/amount")


def test_a_blank_is_no_condition() -> None:
    with pytest.raises(TypeError, match="/matter/number"):
        bool(Blank("/matter/number"))
