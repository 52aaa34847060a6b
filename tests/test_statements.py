"""Reconciliation statements: turnovers and balance recomputed from the order, long tables whole over pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from docgen.service import Draft, Service
from tests.conftest import ROOT, whole
from tests.render.files import pdf_text, through_libreoffice
from tests.test_acts import figures

Drafted = Callable[..., Draft]
MANY = 300


@pytest.fixture
def statement() -> Callable[[str], Any]:
    return lambda stem: whole(ROOT / "samples" / "reconciliation_statement" / f"{stem}.json")


def total(rows: Any, start: str, until: str) -> Decimal:
    return sum((Decimal(str(one["amount"])) for one in rows if start <= one["on"] <= until), Decimal(0))


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        ("debt", "задолженность Заказчика перед Исполнителем"),
        ("advance_left", "задолженность Исполнителя перед Заказчиком (неотработанный аванс)"),
        ("settled", "задолженности нет."),
    ],
)
def test_turnovers_and_balance_are_those_of_the_order(stem: str, words: str, statement: Any, said: Any) -> None:
    asked = statement(stem)
    matter, facts, text = asked["matter"], asked["facts"], said(asked)
    span = (facts["start"], facts["until"])
    debit = total(matter["acts"], *span)
    credit = total([one for one in matter["payments"] if one["purpose"] == "fee"], *span)
    opening = Decimal(facts.get("opening", 0)) * (-1 if facts.get("opening_in_favour") == "client" else 1)
    closing = opening + debit - credit
    assert f"Обороты за период |  | {figures(debit)} | {figures(credit)} |" in text
    row = f"| {figures(closing)} |  |" if closing >= 0 else f"|  | {figures(-closing)} |"
    assert re.search(rf"Сальдо на [\d.]+ \|  {re.escape(row)}", text)
    assert words in text


def test_the_opening_balance_comes_first(statement: Any, said: Any) -> None:
    lines = said(statement("advance_left")).split("Расчёты за услуги, руб.\n")[1].splitlines()
    assert lines[1] == "01.01.2027 | Сальдо на начало периода |  | 150 000,00 |  | "


def test_money_for_the_clients_payments_stands_apart(statement: Any, said: Any) -> None:
    services, agency = said(statement("debt")).split("Деньги на платежи третьим лицам, руб.\n")
    assert "пошлина" not in services
    assert "остаток у Исполнителя — 1 150 (одна тысяча сто пятьдесят) рублей 00 копеек" in agency


def test_three_hundred_lines_keep_their_table_whole(
    statement: Any, draft: Drafted, service: Service, tmp_path: Path
) -> None:
    asked = statement("debt")
    asked["matter"]["acts"] = [
        {"on": f"2027-0{1 + place % 3}-{1 + place % 28:02}", "number": f"N{place}", "amount": 1000}
        for place in range(MANY)
    ]
    made = draft(asked)
    word = through_libreoffice({"word": service.write(made, "docx")}, tmp_path)["word"]
    for pdf in (service.write(made, "pdf"), word):
        pages = [page for page in pdf_text(pdf, "-layout").split("\f") if "Акт № N" in page]
        found = [row for page in pages for row in re.findall(r"Акт № (N\d+)", page)]
        assert sorted(found) == sorted(f"N{place}" for place in range(MANY))
        assert all(re.search(r"Дата +Документ", page) for page in pages)
        assert len(pages) > 5
        assert "Обороты за период" in pages[-1]
        assert "Акт № N" in pages[-1].split("Обороты за период")[0]  # totals never stand without a row
