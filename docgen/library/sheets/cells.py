"""A cell of a spreadsheet in, the value that an order has there or the words of the mistake out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from docgen.library.spelling import closest
from docgen.model.messages import Words
from docgen.model.text import show

Cell: TypeAlias = str | int | Decimal | bool | date | datetime | time | timedelta | Words | None
"""What a file has in a cell. An int looks like its digits, a Decimal may be shown otherwise; Words are a mistake
that the file itself has there (a formula without a value)."""

Value: TypeAlias = str | int | Decimal
CellReader: TypeAlias = Callable[[Cell], Value | Words]

_HUGE = 10**15
_TEXT_CURE = "задайте ячейке текстовый формат и впишите значение заново"


def sameness(text: str) -> str:
    """Return a title or a word without what makes no difference: case, ё, outer and doubled spaces.

    >>> sameness("  Учёт   ВРЕМЕНИ ")
    'учет времени'
    """
    return " ".join(unicodedata.normalize("NFC", text).lower().replace("ё", "е").split())


def tidy(cell: Cell) -> Cell:
    """Return the cell without outer spaces; nothing but spaces is nothing."""
    return (cell.strip() or None) if isinstance(cell, str) else cell


def named(cell: Cell) -> str:
    """Return in Russian what stands in a cell."""
    kinds: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (bool, "ИСТИНА или ЛОЖЬ"),
        ((datetime, date), "дата"),
        ((time, timedelta), "время"),
        ((int, Decimal), "число"),
    )
    if isinstance(cell, str):
        return f"«{show(cell)}»"
    return next(name for kind, name in kinds if isinstance(cell, kind))


def _wrong(needed: str, cell: Cell, hint: str) -> Words:
    return Words("type", f"{needed}, а здесь {named(cell)}", hint)


# --- days ------------------------------------------------------------------------------------

_RUSSIAN_DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})(?:\s?г\.?)?")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def read_day(cell: Cell) -> str | Words:
    """Return the ISO string of a day.

    >>> read_day("5.03.2026"), read_day("2026-03-05"), read_day(datetime(2026, 3, 5))
    ('2026-03-05', '2026-03-05', '2026-03-05')
    """
    if isinstance(cell, datetime):
        return _without_time(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        return _typed_day(cell)
    return _wrong("нужна дата", cell, "задайте ячейке формат даты или впишите 22.11.2026")


def _without_time(cell: datetime) -> str | Words:
    if cell.time() != time():
        message = f"кроме даты, в ячейке есть время {cell.time().isoformat('seconds')}"
        return Words("date", message, "оставьте одну дату: 22.11.2026")
    return cell.date().isoformat()


def _typed_day(text: str) -> str | Words:
    russian, iso = _RUSSIAN_DAY.fullmatch(text), _ISO_DAY.fullmatch(text)
    if russian:
        day, month, year = map(int, russian.groups())
    elif iso:
        year, month, day = map(int, iso.groups())
    else:
        return Words("date", f"«{show(text)}» — не дата", "впишите день, месяц и год: 22.11.2026")
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return Words("date", f"«{show(text)}»: такого дня нет в календаре", "проверьте месяц и число")


# --- sums and whole numbers ------------------------------------------------------------------

_CURRENCY = re.compile(r"\s*(?:руб(?:\.|лей|ля|ль)?|р\.?|₽)$", re.IGNORECASE)
_SUM = re.compile(r"[-−]?(?:[0-9]{1,3}(?:\s[0-9]{3})+|[0-9]+)(?:[.,]([0-9]+))?")
_SUM_CURE = "впишите так: 1234,56"


def read_money(cell: Cell) -> int | Decimal | Words:
    r"""Return a sum in roubles, whole ones as int.

    >>> read_money("1 234,56"), read_money("1\u00a0000\u00a0руб."), read_money(Decimal("0.5"))
    (Decimal('1234.56'), 1000, Decimal('0.5'))
    >>> read_money("1.234,56").message
    '«1.234,56»: и точка, и запятая'
    """
    if isinstance(cell, str):
        return _typed_money(cell)
    if isinstance(cell, bool) or not isinstance(cell, int | Decimal):
        return _wrong("нужна сумма числом", cell, _SUM_CURE)
    return _exact(Decimal(cell), format(cell, "f") if isinstance(cell, Decimal) else str(cell))


def _typed_money(text: str) -> int | Decimal | Words:
    bare = _CURRENCY.sub("", text)
    if "." in bare and "," in bare:
        message = f"«{show(text)}»: и точка, и запятая"
        return Words("number", message, f"непонятно, что отделяет копейки; {_SUM_CURE}")
    if not _SUM.fullmatch(bare):
        return _wrong("нужна сумма числом", text, _SUM_CURE)
    return _exact(Decimal("".join(bare.split()).replace(",", ".").replace("−", "-")), text)


def _exact(amount: Decimal, shown: str) -> int | Decimal | Words:
    if abs(amount) > _HUGE:
        return Words("too_big", "сумма больше 10 в 15-й степени рублей", "проверьте число знаков")
    if amount != round(amount, 2):
        hint = f"округлите до копеек; тысячи отделяйте пробелом; {_SUM_CURE}"
        return Words("kopecks", f"«{show(shown)}»: больше двух знаков после запятой", hint)
    return int(amount) if amount == int(amount) else amount


def read_whole(cell: Cell) -> int | Words:
    """Return a whole number.

    >>> read_whole("1 000"), read_whole(Decimal("90.0")), read_whole("1,5").hint
    (1000, 90, 'впишите целое число')
    """
    if isinstance(cell, time | timedelta) or (isinstance(cell, str) and _CLOCK.fullmatch(cell)):
        return _wrong("нужно целое число", cell, "часы и минуты впишите в столбец «Часов»")
    if isinstance(cell, str) and _WHOLE.fullmatch(cell):
        cell = int("".join(cell.split()).replace("−", "-"))
    if isinstance(cell, bool) or not isinstance(cell, int | Decimal):
        return _wrong("нужно целое число", cell, "впишите целое число")
    number = Decimal(cell)
    if abs(number) > _HUGE:
        return Words("out_of_bounds", "число слишком велико", "исправьте число")
    if number != int(number):
        return Words("type", f"нужно целое число, а здесь {_comma(number)}", "впишите целое число")
    return int(number)


_WHOLE = re.compile(r"[-−]?(?:[0-9]{1,3}(?:\s[0-9]{3})+|[0-9]{1,15})")

# --- hours -----------------------------------------------------------------------------------

_CLOCK = re.compile(r"([0-9]{1,3}):([0-5][0-9])(?::00)?")
_HOUR_WORD, _MINUTE_WORD = r"ч(?:\.|ас(?:а|ов)?)?", r"м(?:\.|ин(?:\.|ут[аы]?)?)?"
_HOURS = re.compile(rf"([0-9]{{1,3}}(?:[.,][0-9]{{1,6}})?)\s*(?:{_HOUR_WORD})?")
_SPOKEN = re.compile(rf"([0-9]{{1,3}})\s*{_HOUR_WORD}\s*([0-5]?[0-9])\s*{_MINUTE_WORD}")
_MINUTES = re.compile(rf"([0-9]{{1,4}})\s*{_MINUTE_WORD}")
_HOURS_CURE = "впишите 1,5 или 1:30 или 1 ч 30 мин"


def read_hours(cell: Cell) -> int | Words:
    """Return the whole minutes of a time told in hours.

    >>> [read_hours(text) for text in ("1,5", "1:35", "1 ч 35 мин", "2 часа", "40 мин.")]
    [90, 95, 95, 120, 40]
    >>> read_hours("1,33").message
    '«1,33» — не целое число минут'
    """
    if isinstance(cell, str):
        minutes = _typed_hours(cell)
    elif isinstance(cell, bool) or not isinstance(cell, int | Decimal | time | timedelta):
        minutes = None
    else:
        minutes = _measured(cell)
    if minutes is None:
        return _wrong("нужно время в часах", cell, _HOURS_CURE)
    if minutes > _HUGE:
        return Words("out_of_bounds", "число слишком велико", "исправьте число")
    if minutes.denominator != 1:
        shown = named(cell) if isinstance(cell, str) else f"«{_comma(cell)}»"
        return Words("minutes", f"{shown} — не целое число минут", f"{_HOURS_CURE} или минуты в столбце «Минут»")
    return int(minutes)


def _typed_hours(text: str) -> Fraction | None:
    if whole := _CLOCK.fullmatch(text) or _SPOKEN.fullmatch(text):
        return Fraction(int(whole[1]) * 60 + int(whole[2]))
    if minutes := _MINUTES.fullmatch(text):
        return Fraction(minutes[1])
    hours = _HOURS.fullmatch(text)
    return Fraction(hours[1].replace(",", ".")) * 60 if hours else None


def _measured(cell: int | Decimal | time | timedelta) -> Fraction:
    if isinstance(cell, int | Decimal):
        return Fraction(cell) * 60
    span = cell if isinstance(cell, timedelta) else datetime.combine(date.min, cell) - datetime.min
    return Fraction(span // timedelta(microseconds=1), 60_000_000)


def _comma(cell: Cell) -> str:
    return format(cell, "f").replace(".", ",") if isinstance(cell, Decimal) else str(cell)


# --- texts and words -------------------------------------------------------------------------


def read_text(cell: Cell) -> str | Words:
    """Return a text; a number that looks like its digits is one too."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int) and not isinstance(cell, bool):
        return str(cell)
    return _wrong("нужен текст", cell, _TEXT_CURE)


def word_reader(values: Mapping[str, str], choices: tuple[str, ...]) -> CellReader:
    """Return the reader of a word of an enumeration: ``values`` by word, ``choices`` to tell.

    >>> word_reader({"свой": "own"}, ("свой",))("Свой ")
    'own'
    """

    def read(cell: Cell) -> Value | Words:
        if not isinstance(cell, str):
            return _wrong("нужно слово", cell, _one_of(choices))
        if value := values.get(sameness(cell)):
            return value
        near = closest(sameness(cell), values)
        hint = f"возможно, {near}?" if near else _one_of(choices)
        return Words("choice", f"«{show(cell)}» не подходит", hint)

    return read


def _one_of(choices: tuple[str, ...]) -> str:
    return "годится: " + ", ".join(choices)
