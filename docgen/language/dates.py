"""A date → «3 марта 2026 года», «03» марта 2026 г., 03.03.2026, or words as notaries write them."""

from __future__ import annotations

from datetime import date
from typing import Literal

from docgen.language.forms import NBSP
from docgen.language.numbers import ordinal

DateStyle = Literal["long", "long_g", "short", "quoted", "words_nom", "words_gent"]
MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip


def date_text(day: date, style: DateStyle) -> str:
    """Return the date in one of the styles of Russian documents.

    ``long`` ends in «года» and is for running text, ``long_g`` in «г.» and is for headings, ``short`` is in
    digits; ``words_nom`` and ``words_gent`` are in words.

    >>> date_text(date(2026, 3, 3), "long_g").replace(NBSP, " ")
    '3 марта 2026 г.'
    >>> date_text(date(2026, 3, 3), "words_gent")
    'третьего марта две тысячи двадцать шестого года'
    """
    month = MONTHS[day.month - 1]
    match style:
        case "long":
            return f"{day.day}{NBSP}{month} {day.year}{NBSP}года"
        case "long_g":
            return f"{day.day}{NBSP}{month} {day.year}{NBSP}г."
        case "short":
            return f"{day.day:02d}.{day.month:02d}.{day.year:04d}"
        case "quoted":
            return f"«{day.day:02d}»{NBSP}{month} {day.year}{NBSP}г."
        case "words_nom":
            return f"{ordinal(day.day, 'nomn', 'n')} {month} {ordinal(day.year, 'gent')} года"
        case "words_gent":
            return f"{ordinal(day.day, 'gent', 'n')} {month} {ordinal(day.year, 'gent')} года"


def period(start: date, end: date) -> str:
    """Return the days from ``start`` to ``end`` for running text: what both dates share is said once.

    One and the same day is that day; ValueError when the end comes before the start.

    >>> period(date(2026, 10, 1), date(2026, 10, 31)).replace(NBSP, " ")
    'с 1 по 31 октября 2026 года'
    >>> period(date(2026, 12, 15), date(2027, 1, 14)).replace(NBSP, " ")
    'с 15 декабря 2026 года по 14 января 2027 года'
    """
    if start > end:
        raise ValueError(f"конец периода {end:%d.%m.%Y} раньше начала {start:%d.%m.%Y}")
    if start == end:
        return date_text(start, "long")
    first = f"{start.day}"
    if start.year != end.year:
        first = date_text(start, "long")
    elif start.month != end.month:
        first = f"{start.day}{NBSP}{MONTHS[start.month - 1]}"
    return f"с{NBSP}{first} по{NBSP}{date_text(end, 'long')}"
