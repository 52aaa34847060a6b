"""Every kind of party is read with its own requisites, and its own mistakes are told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from docgen.model import Order, Part, parse_order

Raw = dict[str, Any]
Parsed = Callable[..., Order]
Problems = Callable[..., list[tuple[str, str]]]

KINDS = ["company", "budget_institution", "foreign_company", "entrepreneur", "self_employed", "individual"]
ABSENT = object()

ADVOCATE = {
    "kind": "advocate",
    "name": "Белова Ольга Сергеевна",
    "address": "620014, г. Екатеринбург, ул. Малышева, д. 1",
    "registry_number": "66/1234",
    "chamber": "Адвокатская палата Свердловской области",
    "bar_body": {"kind": "college", "name": "Коллегия адвокатов «Довод»", "inn": "6658012341"},
    "accounts": [
        {
            "bank": "Уральский банк ПАО Сбербанк",
            "bik": "046577674",
            "account": "40703810616540001234",
            "correspondent": "30101810500000000674",
        }
    ],
    "tax": [{"from": "2025-01-01", "profile": "advocate"}],
    "specialists": [],
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", ["payer", "beneficiary"])
def test_every_kind_may_pay_or_benefit(
    order: Raw, parties: dict[str, Raw], parsed: Parsed, kind: str, role: str
) -> None:
    order["matter"][role] = parties[kind]
    assert getattr(parsed(order).matter, role).kind == kind


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_may_be_a_client(order: Raw, parties: dict[str, Raw], parsed: Parsed, kind: str) -> None:
    order["matter"]["clients"] = [parties[kind]]
    assert parsed(order).matter.clients[0].kind == kind


WRONG: list[tuple[str, str, Any, str]] = [
    ("company", "inn", "770512340", "length"),
    ("company", "inn", "660123456729", "length"),
    ("company", "kpp", "77", "kpp"),
    ("company", "ogrn", "1207700123455", "check_digit"),
    ("company", "ogrnip", "319665800123454", "unknown_key"),
    ("company", "short_name", ABSENT, "required"),
    ("company", "signatories", [], "too_few"),
    ("company", "managing", {}, "required"),
    ("budget_institution", "treasury", ABSENT, "required"),
    ("budget_institution", "treasury", {"account": "40"}, "length"),
    ("foreign_company", "active_in_russia", "нет", "type"),
    ("foreign_company", "country", ABSENT, "required"),
    ("foreign_company", "signatories", ABSENT, "required"),
    ("foreign_company", "inn", "7707083893", "unknown_key"),
    ("entrepreneur", "inn", "7705123406", "length"),
    ("entrepreneur", "ogrnip", "319665800123455", "check_digit"),
    ("entrepreneur", "name", "ИП Орлов Иван Петрович", "name_prefix"),
    ("entrepreneur", "registered_on", "2019", "date"),
    ("self_employed", "inn", ABSENT, "required"),
    ("self_employed", "birth_date", "14.03.1985", "date"),
    ("individual", "passport", ABSENT, "required"),
    ("individual", "birth_date", ABSENT, "required"),
    ("individual", "snils", "112-233-445 96", "check_digit"),
    ("individual", "sex", "ж", "choice"),
    ("individual", "name_forms", {"gen": "Лебедевой"}, "unknown_key"),
    ("individual", "share", 0, "out_of_bounds"),
    ("individual", "representative", {"relation": "aunt"}, "choice"),
]


@pytest.mark.parametrize(("kind", "field", "value", "code"), WRONG)
def test_each_kind_has_its_own_mistakes(
    order: Raw, parties: dict[str, Raw], problems: Problems, kind: str, field: str, value: Any, code: str
) -> None:
    client = parties[kind]
    if value is ABSENT:
        del client[field]
    else:
        client[field] = value
    order["matter"]["clients"] = [client]
    found = problems(order)
    assert code in [kind for _, kind in found]
    assert all(where.startswith(f"/matter/clients/0/{field}") for where, kind in found if kind != "exclusive")
    assert len(found) == 1 or isinstance(value, dict)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("series", "4510", "passport"),
        ("number", "12345", "passport"),
        ("issued_on", "2010-13-01", "date"),
        ("code", "660001", "passport"),
        ("issued_by", "", "empty"),
    ],
)
def test_a_passport_is_checked_by_its_form(
    order: Raw, parties: dict[str, Raw], problems: Problems, field: str, value: str, code: str
) -> None:
    parties["individual"]["passport"][field] = value
    order["matter"]["clients"] = [parties["individual"]]
    assert problems(order) == [(f"/matter/clients/0/passport/{field}", code)]


def test_an_advocate_is_a_firm(order: Raw, parsed: Parsed) -> None:
    order["matter"]["firm"] = ADVOCATE
    assert parsed(order).matter.firm.kind == "advocate"


def test_an_advocate_without_a_bar_body_is_refused(order: Raw, problems: Problems) -> None:
    order["matter"]["firm"] = {key: value for key, value in ADVOCATE.items() if key != "bar_body"}
    assert problems(order) == [("/matter/firm/bar_body", "required")]


@pytest.mark.parametrize("kind", ["company", "entrepreneur", "self_employed"])
def test_other_kinds_of_firm(order: Raw, parties: dict[str, Raw], parsed: Parsed, firm: Raw, kind: str) -> None:
    own = {name: firm[name] for name in ("tax", "specialists")}
    bank = {"bank": "АО «ТБанк»", "bik": "044525974", "correspondent": "30101810145250000974"}
    accounts = {
        "company": firm["accounts"],
        "entrepreneur": [{**bank, "account": "40802810170000012345"}],
        "self_employed": [{**bank, "account": "40817810100000004321"}],
    }
    order["matter"]["firm"] = parties[kind] | own | {"accounts": accounts[kind], "site": "pravo.example"}
    order["matter"]["clients"] = [parties["individual"]]
    assert parsed(order).matter.firm.kind == kind


@pytest.mark.parametrize("kind", ["budget_institution", "foreign_company", "individual"])
def test_what_cannot_be_a_firm(order: Raw, parties: dict[str, Raw], problems: Problems, kind: str) -> None:
    order["matter"]["firm"] = parties[kind]
    assert problems(order) == [("/matter/firm/kind", "choice")]


def test_a_firm_has_an_account_and_a_tax_profile(order: Raw, problems: Problems) -> None:
    order["matter"]["firm"] |= {"accounts": [], "tax": []}
    assert problems(order) == [("/matter/firm/accounts", "too_few"), ("/matter/firm/tax", "too_few")]


def test_a_managing_company_signs_through_its_own_people(order: Raw, parties: dict[str, Raw], parsed: Parsed) -> None:
    company = parties["company"]
    company["managing"] = {
        "name": "Общество с ограниченной ответственностью «Управление»",
        "short_name": "ООО «Управление»",
        "inn": "6658012341",
        "ogrn": "1026605432105",
        "contract": {"number": "7", "on": "2025-02-03"},
        "signatories": company.pop("signatories"),
    }
    order["matter"]["clients"] = [company]
    assert parsed(order).matter.clients[0].managing.signatories[0].position == "генеральный директор"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("kind", "opponent", "found"),
    [
        ("company", {"inn": "660123456729"}, [("/matter/opponents/0/inn", "length")]),
        ("company", {"inn": "7736050003", "ogrn": "1027700070518"}, []),
        ("entrepreneur", {"inn": "7736050003"}, [("/matter/opponents/0/inn", "length")]),
        ("entrepreneur", {"inn": "500100732259", "ogrn": "304500116000157"}, []),
        ("individual", {"ogrn": "304500116000157"}, [("/matter/opponents/0/ogrn", "unknown_key")]),
        ("other", {"inn": "500100732259", "ogrn": "BIN 1"}, []),
    ],
)
def test_an_opponents_numbers_are_those_of_its_kind(
    order: Raw, parsed: Parsed, problems: Problems, kind: str, opponent: Raw, found: list[tuple[str, str]]
) -> None:
    order["matter"]["opponents"] = [{"kind": kind, "name": "Некто", **opponent}]
    if found:
        assert problems(order) == found
    else:
        assert parsed(order).matter.opponents[0].kind == kind


@pytest.mark.parametrize(
    ("kind", "accounts", "warned"),
    [
        ("individual", [("044525225", "40817810699910004321", "30101810400000000225")], False),
        ("company", [("044525225", "40817810699910004321", "30101810400000000225")], True),
    ],
)
def test_an_unusual_account_is_a_warning(
    order: Raw, parties: dict[str, Raw], kind: str, accounts: list[tuple[str, str, str]], warned: bool
) -> None:
    names = ("bik", "account", "correspondent")
    parties[kind]["accounts"] = [{"bank": "ПАО Сбербанк", **dict(zip(names, row, strict=True))} for row in accounts]
    order["matter"]["clients"] = [parties[kind]]
    _, warnings = parse_order(order, Part, blanks=False)
    expected = [("/matter/clients/0/accounts/0/account", "account_prefix")] if warned else []
    assert [(warning.where, warning.code) for warning in warnings] == expected
