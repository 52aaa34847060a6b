"""Cells become what an order has, or are refused: never guessed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from docgen.library.sheets.cells import read_day, read_hours, read_money, read_text, read_whole
from docgen.model.messages import Words


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("22.11.2026", "2026-11-22"),
        ("1.2.2026", "2026-02-01"),
        ("22.11.2026 г.", "2026-11-22"),
        ("2026-11-22", "2026-11-22"),
        (date(2026, 11, 22), "2026-11-22"),
        (datetime(2026, 11, 22), "2026-11-22"),
    ],
)
def test_a_day_may_be_written_in_these_ways(cell: Any, day: str) -> None:
    assert read_day(cell) == day


@pytest.mark.parametrize(
    "cell",
    [
        *("22.11.26", "22/11/2026", "11.22.2026", "31.02.2026", "2026-11-22 00:00:00", "ноябрь", "0.0.0000"),
        *(46348, True, datetime(2026, 11, 22, 9, 30), time(1, 30), Decimal("46348.5")),
    ],
)
def test_what_is_no_day_is_refused(cell: Any) -> None:
    assert isinstance(read_day(cell), Words)


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1 234,56", "1234.56"),
        ("1\u00a0234,56", "1234.56"),
        ("1\u202f234\u2009567,5", "1234567.5"),
        ("1234.56", "1234.56"),
        ("1234", "1234"),
        ("0,10", "0.1"),
        ("150 000 руб.", "150000"),
        ("150 000,00 РУБ", "150000"),
        ("150р.", "150"),
        ("−5", "-5"),
        (90000, "90000"),
        (Decimal(repr(0.1)), "0.1"),
        (Decimal(repr(1234.56)), "1234.56"),
        (Decimal("9e4"), "90000"),
    ],
)
def test_a_sum_may_be_written_in_these_ways(cell: Any, amount: str) -> None:
    assert read_money(cell) == Decimal(amount)


@pytest.mark.parametrize("cell", ["150 000", 150000, "150000,00", Decimal("150000.0")])
def test_a_whole_sum_is_an_int(cell: Any) -> None:
    assert type(read_money(cell)) is int


@pytest.mark.parametrize(
    "cell",
    [
        *("1.234,56", "1,234.56", "1,234", "1.234", "1,234,567", "12 34", "1 2345", "5 тыс.", "100 руб. 50 коп."),
        *("сто", "1e5", "٣", "(5)", "1,", ",5", "=1+1", "10" * 20, True, date(2026, 1, 1)),
        *(Decimal(repr(0.1 + 0.2)), Decimal("1e300"), Decimal("1e-300")),
    ],
)
def test_what_is_no_sum_is_refused(cell: Any) -> None:
    assert isinstance(read_money(cell), Words)


@pytest.mark.parametrize(("cell", "number"), [("90", 90), (90, 90), (Decimal("90.0"), 90), ("1 000", 1000)])
def test_a_whole_number_may_be_written_in_these_ways(cell: Any, number: int) -> None:
    assert read_whole(cell) == number


@pytest.mark.parametrize(
    "cell",
    ["1,5", "90,0", "1:30", "полтора", "9" * 5000, int("9" * 40), Decimal("1e40"), Decimal("1.5"), True, time(1, 30)],
)
def test_what_is_no_whole_number_is_refused(cell: Any) -> None:
    assert isinstance(read_whole(cell), Words)


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        ("1,5", 90),
        ("1.5", 90),
        ("2", 120),
        ("0,1", 6),
        ("0,05", 3),
        ("1:35", 95),
        ("01:35:00", 95),
        ("10:00", 600),
        ("1 ч 35 мин", 95),
        ("1ч35м", 95),
        ("1 ч. 5 мин.", 65),
        ("1 час 35 минут", 95),
        ("2 часа", 120),
        ("1,5 ч", 90),
        ("35 мин", 35),
        (2, 120),
        (Decimal(repr(1.1)), 66),
        (Decimal(repr(0.35)), 21),
        (time(1, 35), 95),
        (timedelta(hours=26), 1560),
    ],
)
def test_hours_become_whole_minutes(cell: Any, minutes: int) -> None:
    assert read_hours(cell) == minutes


@pytest.mark.parametrize(
    "cell",
    [
        *("1,33", "1:60", "1:5", "1:35:20", "1 ч 90 мин", "полтора часа", "1.234,5", "-1", "1-2", ""),
        *(True, Decimal("1.33"), Decimal("1e300"), time(1, 35, 20), datetime(2026, 1, 1, 1, 35)),
    ],
)
def test_hours_that_are_no_whole_minutes_are_refused(cell: Any) -> None:
    assert isinstance(read_hours(cell), Words)


def test_a_text_is_kept_and_a_number_shown_otherwise_is_not_guessed() -> None:
    assert read_text("=cmd|' /C calc'!A0") == "=cmd|' /C calc'!A0"
    assert read_text(318) == "318"
    for cell in (Decimal("1.1"), Decimal("318"), date(2026, 1, 2), True):
        assert isinstance(read_text(cell), Words)
