"""A day and a period in, the last day of the term out: Civil Code, articles 191-194, by the official calendar."""

from __future__ import annotations

import calendar
from collections.abc import Container
from datetime import date, timedelta
from functools import cache
from typing import Any, Literal

Unit = Literal["working_day", "calendar_day", "week", "month", "year"]


class NoCalendar(ValueError):
    """A day of a year whose transfers of days off are not published yet (or not in our table)."""


def is_working_day(day: date, years: Container[int]) -> bool:
    """Tell whether a day is a working one by the five-day calendar; ``years`` are those with an official calendar.

    >>> is_working_day(date(2025, 11, 1), {2025}), is_working_day(date(2026, 5, 11), {2026})
    (True, False)
    """
    if day.year not in years:
        message = f"на {day.year} год нет официального производственного календаря, рабочие дни не считаются"
        raise NoCalendar(f"{message}; укажите срок датой или дополните clauses/calendar.yaml")
    return bool(_russia().is_working_day(day))


def deadline(start: date, length: int, unit: Unit, years: Container[int]) -> date:
    """Return the last day of a term that is counted from an event on ``start``.

    The term begins on the next day (article 191). Weeks, months and years end on the same day of the week or month,
    or on the month's last day (article 192). A term that ends on a day off ends on the next working day (article 193).
    ValueError for an empty term; NoCalendar where the answer needs a year that ``years`` do not have.

    >>> years = {2025, 2026, 2027}
    >>> str(deadline(date(2026, 12, 30), 5, "working_day", years))
    '2027-01-15'
    >>> str(deadline(date(2026, 1, 31), 1, "month", years)), str(deadline(date(2026, 4, 26), 5, "calendar_day", years))
    ('2026-03-02', '2026-05-04')
    """
    if length < 1:
        raise ValueError(f"срок должен быть не меньше единицы, а здесь {length}")
    try:
        return _ending(start, length, unit, years)
    except OverflowError as error:
        raise ValueError("срок кончается за пределами календаря") from error


def _ending(start: date, length: int, unit: Unit, years: Container[int]) -> date:
    match unit:
        case "working_day":
            return _after_working_days(start, length, years)
        case "calendar_day":
            day = start + timedelta(days=length)
        case "week":
            day = start + timedelta(weeks=length)
        case "month":
            day = after_months(start, length)
        case "year":
            day = after_months(start, 12 * length)
    return day if is_working_day(day, years) else _after_working_days(day, 1, years)


def _after_working_days(start: date, count: int, years: Container[int]) -> date:
    day = start
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, years)
    return day


def after_months(start: date, count: int) -> date:
    """Return the same day so many months later, or the last of that month. Raises OverflowError after year 9999.

    >>> after_months(date(2026, 11, 30), 3)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    if year > date.max.year:
        raise OverflowError
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


@cache
def _russia() -> Any:
    import holidays  # loaded by those who need it

    return holidays.country_holidays("RU")
