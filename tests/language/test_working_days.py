"""Working days by the official calendar, terms by articles 191-194 of the Civil Code, unknown years refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from docgen.config import bundled_library
from docgen.language.working_days import NoCalendar, Unit, deadline, is_working_day
from docgen.library import load_calendar

YEARS = load_calendar(bundled_library())


def days(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_a_year_has_its_official_number_of_working_days(year: int) -> None:
    assert sum(is_working_day(day, YEARS) for day in days(year)) == 247


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2025-05-02", False),
        ("2025-11-01", True),
        ("2025-12-31", False),
        ("2026-01-09", False),
        ("2026-01-12", True),
        ("2026-03-09", False),
        ("2026-05-11", False),
        ("2026-12-31", False),
        ("2027-02-20", True),
        ("2027-02-22", False),
        ("2027-11-05", False),
    ],
)
def test_transferred_days_are_known(day: str, works: bool) -> None:
    assert is_working_day(date.fromisoformat(day), YEARS) is works


@pytest.mark.parametrize(
    ("start", "length", "unit", "last"),
    [
        ("2026-11-25", 1, "working_day", "2026-11-26"),  # the day of the event does not count (191)
        ("2026-11-27", 1, "working_day", "2026-11-30"),
        ("2026-12-29", 3, "working_day", "2027-01-12"),  # over the New Year's holidays
        ("2026-12-30", 10, "calendar_day", "2027-01-11"),  # ends on a holiday: the next working day (193)
        ("2026-11-25", 10, "calendar_day", "2026-12-07"),  # ends on a Saturday
        ("2026-11-25", 1, "week", "2026-12-02"),
        ("2026-01-30", 1, "month", "2026-03-02"),  # 28 February is a Saturday (192 п. 3, 193)
        ("2026-08-31", 1, "month", "2026-09-30"),
        ("2025-11-25", 1, "year", "2026-11-25"),
        ("2026-06-11", 2, "month", "2026-08-11"),
    ],
)
def test_a_term_ends_as_the_code_says(start: str, length: int, unit: Unit, last: str) -> None:
    assert deadline(date.fromisoformat(start), length, unit, YEARS) == date.fromisoformat(last)


@pytest.mark.parametrize("unit", ["working_day", "calendar_day", "week", "month", "year"])
def test_a_year_without_an_official_calendar_is_refused(unit: Unit) -> None:
    with pytest.raises(NoCalendar, match=r"2028 год.*clauses/calendar\.yaml"):
        deadline(date(2027, 12, 31), 15 if unit.endswith("day") else 1, unit, YEARS)


def test_a_year_taken_out_of_the_table_is_refused_too() -> None:
    with pytest.raises(NoCalendar, match="2026 год"):
        is_working_day(date(2026, 11, 25), YEARS - {2026})


@pytest.mark.parametrize("length", [0, -1])
def test_an_empty_term_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="не меньше единицы"):
        deadline(date(2026, 11, 25), length, "working_day", YEARS)


def test_every_term_ends_on_a_working_day_and_never_early() -> None:
    units: tuple[Unit, ...] = ("working_day", "calendar_day", "week", "month")
    for start in days(2026):
        for unit in units:
            last = deadline(start, 1, unit, YEARS)
            assert is_working_day(last, YEARS)
            assert last > start
