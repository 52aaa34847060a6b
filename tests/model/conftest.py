"""A plain valid order, fresh for every test, and short ways to spoil it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field

from docgen.errors import OrderInvalid
from docgen.model import (
    Blankable,
    Boolean,
    Date,
    Integer,
    Line,
    Lines,
    Money,
    Number,
    Order,
    Part,
    parse_order,
)


class Facts(Part):
    """The facts of an invented kind: one of each type."""

    copies: Blankable[Annotated[Integer, Field(ge=1, le=10)]] = Field(default=2, title="Экземпляры")
    note: Blankable[Line] | None = Field(default=None, title="Примечание")
    story: Blankable[Lines] | None = Field(default=None, title="Обстоятельства")
    limit: Blankable[Annotated[Money, Field(le=1000)]] | None = Field(default=None, title="Предел")
    rate: Blankable[Number] | None = Field(default=None, title="Ставка")
    since: Blankable[Date] | None = Field(default=None, title="Начиная с")
    urgent: Boolean = Field(default=False, title="Срочно")
    form: Literal["short", "full"] | None = Field(default=None, title="Форма")


ACCOUNT = {
    "bank": "Уральский банк ПАО Сбербанк",
    "bik": "046577674",
    "account": "40702810316540001234",
    "correspondent": "30101810500000000674",
}
PASSPORT = {
    "series": "65 10",
    "number": "123456",
    "issued_by": "Отделом УФМС России по Свердловской области",
    "issued_on": "2010-05-20",
    "code": "660-001",
}
SIGNATORY = {"name": "Ветров Пётр Ильич", "position": "генеральный директор", "basis": {"kind": "charter"}}
ADDRESS = {"address": "620014, г. Екатеринбург, ул. Малышева, д. 1"}
COMPANY = {
    "kind": "company",
    "name": "Общество с ограниченной ответственностью «Вектор»",
    "short_name": "ООО «Вектор»",
    **ADDRESS,
    "inn": "7705123406",
    "kpp": "770501001",
    "ogrn": "1207700123454",
    "signatories": [SIGNATORY],
}
PARTIES: dict[str, dict[str, Any]] = {
    "company": COMPANY,
    "budget_institution": {
        **COMPANY,
        "kind": "budget_institution",
        "treasury": {
            "account": "03224643650000006200",
            "personal_account": "23905000010",
            "bank": "УФК по Свердловской области",
            "bik": "016577551",
        },
    },
    "foreign_company": {
        "kind": "foreign_company",
        "name": "Northern Lights Trading LLC",
        "short_name": "Northern Lights",
        **ADDRESS,
        "country": "Республика Казахстан",
        "registration_number": "BIN-1",
        "active_in_russia": False,
        "signatories": [SIGNATORY],
    },
    "entrepreneur": {
        "kind": "entrepreneur",
        "name": "Орлов Иван Петрович",
        **ADDRESS,
        "inn": "660123456729",
        "ogrnip": "319665800123454",
    },
    "self_employed": {
        "kind": "self_employed",
        "name": "Орлова Анна Петровна",
        **ADDRESS,
        "inn": "771234567859",
    },
    "individual": {
        "kind": "individual",
        "name": "Лебедева Мария Олеговна",
        **ADDRESS,
        "birth_date": "1985-03-14",
        "passport": PASSPORT,
        "snils": "112-233-445 95",
    },
}
FIRM = {
    "kind": "company",
    "name": "Общество с ограниченной ответственностью «Право и дело»",
    "short_name": "ООО «Право и дело»",
    **ADDRESS,
    "inn": "6678123459",
    "kpp": "667801001",
    "ogrn": "1156678123458",
    "signatories": [SIGNATORY],
    "accounts": [ACCOUNT],
    "tax": [{"from": "2025-01-01", "profile": "general"}],
    "specialists": [{"name": "Карпов Илья Дмитриевич", "position": "юрист"}],
}
ORDER: dict[str, Any] = {
    "schema": 1,
    "kind": "services_agreement",
    "date": "2026-11-22",
    "matter": {
        "number": "15/26",
        "place": "г. Екатеринбург",
        "purpose": "business",
        "firm": FIRM,
        "clients": [COMPANY],
        "services": [{"action": "подготовка иска", "price": 60000}, {"action": "участие в деле", "price": 90000}],
        "fee": {
            "model": "stages",
            "amount": 150000,
            "stages": [
                {
                    "title": "Иск",
                    "event": "подача иска",
                    "event_kind": "own_action",
                    "amount": 60000,
                    "days": 5,
                },
                {
                    "title": "Суд",
                    "event": "решение суда",
                    "event_kind": "third_party_act",
                    "amount": 90000,
                    "days": 5,
                },
            ],
            "advance": {"amount": 30000, "days": 3},
        },
        "term": {
            "from": "2026-11-22",
            "until": {"kind": "event", "event": "решение суда", "long_stop": "2027-11-22"},
        },
        "channels": [{"kind": "email", "side": "firm", "address": "office@pravo.example"}],
    },
}

Given = tuple[str, str]


def apart(fields: dict[str, Any]) -> dict[str, Any]:
    """Return a copy in which no two places share an object."""
    copy: dict[str, Any] = json.loads(json.dumps(fields))
    return copy


@pytest.fixture
def order() -> dict[str, Any]:
    """Return a valid order that a test may spoil."""
    return apart(ORDER)


@pytest.fixture
def parties() -> dict[str, dict[str, Any]]:
    """Return a valid party of every kind."""
    return apart(PARTIES)


@pytest.fixture
def firm() -> dict[str, Any]:
    """Return a valid firm."""
    return apart(FIRM)


@pytest.fixture
def parsed() -> Callable[..., Order]:
    """Return a function: raw order to Order, without warnings."""

    def parse(raw: dict[str, Any], *, blanks: bool = False, firm: Any = None, day: date | None = None) -> Order:
        made, warnings = parse_order(raw, Facts, blanks=blanks, firm=firm, day=day)
        assert warnings == ()
        return made

    return parse


@pytest.fixture
def problems() -> Callable[..., list[Given]]:
    """Return a function: raw order to the (pointer, code) of each problem; every message is checked to be Russian."""

    def refuse(raw: dict[str, Any], *, blanks: bool = False, firm: Any = None, day: date | None = None) -> list[Given]:
        with pytest.raises(OrderInvalid) as caught:
            parse_order(raw, Facts, blanks=blanks, firm=firm, day=day)
        for problem in caught.value.problems:
            assert any("а" <= letter <= "я" for letter in problem.message), problem
            assert problem.hint, problem
        return [(problem.where, problem.code) for problem in caught.value.problems]

    return refuse
