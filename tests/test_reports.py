"""Progress reports: figures recomputed from the order, long tables whole over pages."""

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
from tests.test_acts import figures, lines_of

Drafted = Callable[..., Draft]
MANY = 500


@pytest.fixture
def report() -> Callable[[str], Any]:
    return lambda stem: whole(ROOT / "samples" / "progress_report" / f"{stem}.json")


@pytest.mark.parametrize("stem", ["hourly_january", "stages_first"])
def test_the_figures_are_those_of_the_order(stem: str, report: Any, said: Any) -> None:
    asked = report(stem)
    text, total = said(asked), sum(lines_of(asked), Decimal(0))
    paid = sum((Decimal(one["amount"]) for one in asked["matter"]["payments"] if one["purpose"] == "fee"), Decimal(0))
    assert f"Итого |  |  |  |  | {figures(total)}\n" in text
    assert f"уплачено {figures(paid)} руб., оказано услуг на {figures(total)} руб." in text
    left, owed = paid - total, total - paid
    assert (f"Остаток аванса — {figures(left)} руб." if left > 0 else f"Не оплачено — {figures(owed)} руб.") in text


def test_expenses_and_agency_payments_stand_apart(report: Any, said: Any) -> None:
    text = said(report("hourly_january"))
    own, agency = text.split("Расходы исполнителя\n")[1].split("Платежи от имени и за счёт клиента\n")
    assert "Проезд в суд" in own
    assert "пошлина" not in own
    assert "пошлина" in agency.split("5. ")[0]


def test_only_the_period_is_reported(report: Any, said: Any) -> None:
    asked = report("hourly_january")
    for name in ("time", "costs", "events", "handed"):
        asked["matter"][name].append({**asked["matter"][name][0], "on": "2027-02-01"})
    later = said(asked)
    assert later == said(report("hourly_january"))


def test_a_month_without_work_is_told_without_a_fee(report: Any, said: Any) -> None:
    asked = report("hourly_january")
    asked["matter"]["time"] = []
    assert "За отчётный период вознаграждение к оплате не предъявляется." in said(asked)


def test_five_hundred_entries_keep_their_table_whole(
    report: Any, draft: Drafted, service: Service, tmp_path: Path
) -> None:
    asked = report("hourly_january")
    entry = asked["matter"]["time"][0]
    asked["matter"]["time"] = [
        {**entry, "minutes": 1, "on": f"2027-01-{1 + place % 31:02}", "what": f"Действие-{place}"}
        for place in range(MANY)
    ]
    asked["based_on"]["matter"]["fee"]["cap"] = 9999999
    made = draft(asked)
    word = through_libreoffice({"word": service.write(made, "docx")}, tmp_path)["word"]
    for pdf in (service.write(made, "pdf"), word):
        pages = pdf_text(pdf, "-layout").split("\f")
        with_rows = [page for page in pages if "Действие-" in page]
        found = [row for page in with_rows for row in re.findall(r"Действие-\d+", page)]
        assert len(found) == MANY
        assert len(set(found)) == MANY
        assert len(with_rows) > 10
        assert all(re.search(r"Дата +Кто +Что сделано +Время", page) for page in with_rows)
