"""Integers → Russian number words in any case and gender, and the noun form that goes with a number."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.language.forms import CASES, NBSP, Case, Gender

LIMIT = 10**15
# num2words was checked against an independent module for masculine cardinals (animate=False) and for
# ordinals from 1 to 3000; genders of compound numbers and greater ordinals are made here.
_GENDERED: dict[str, dict[Gender, tuple[str, ...]]] = {
    "1": {
        "f": ("одна", "одной", "одной", "одну", "одной", "одной"),
        "n": ("одно", "одного", "одному", "одно", "одним", "одном"),
    },
    "2": {"f": ("две", "двух", "двум", "две", "двумя", "двух")},
}


@dataclass(frozen=True, slots=True)
class Noun:
    """A countable noun: its gender, six singular forms, six plural ones, and what stands after 2-4 and after 5.

    ``animate`` nouns take the genitive as accusative after two, three, four: «двух человек»; ``collective`` ones
    have no singular (its forms are the plural's) and take «одни», «двое», «трое», «четверо»: «двое суток».
    """

    gender: Gender
    singular: tuple[str, ...]
    plural: tuple[str, ...]
    few: str
    many: str
    animate: bool = False
    collective: bool = False


def group(n: int) -> str:
    """Return the digits of ``n`` in groups of three with no-break spaces.

    >>> group(1234567).replace(NBSP, "_")
    '1_234_567'
    """
    return f"{n:,}".replace(",", NBSP)


def cardinal(n: int, case: Case = "nomn", gender: Gender = "m") -> str:
    """Return ``n`` (0 … 10^15) in words; the accusative is the inanimate one.

    >>> cardinal(22, "gent"), cardinal(21, "accs", "f")
    ('двадцати двух', 'двадцать одну')
    """
    _checked(n)
    words = _num2words(n, case=_letter(case), gender="m", animate=False)
    forms = _GENDERED.get(str(n % 10), {}).get(gender)
    if forms is None or n % 100 in (11, 12):
        return words
    return " ".join([*words.split()[:-1], forms[CASES.index(case)]])


def ordinal(n: int, case: Case = "nomn", gender: Gender = "m") -> str:
    """Return the ordinal of ``n`` in words; whole thousands above a million are refused with ValueError.

    >>> ordinal(1940, "gent")
    'одна тысяча девятьсот сорокового'
    >>> ordinal(3, "nomn", "n")
    'третье'
    >>> ordinal(25_000, "loct", "f")
    'двадцатипятитысячной'
    """
    _checked(n)
    thousands, rest = divmod(n, 1000)
    if n == 0 or (rest == 0 and n > 10**6):
        raise ValueError(f"порядковое числительное для {n} не поддерживается")
    if rest == 0 and n > 3000:
        return _thousandth(thousands, case, gender)
    tail = _num2words(rest or n, to="ordinal", case=_letter(case), gender=gender, animate=False)
    return f"{cardinal(thousands * 1000)} {tail}" if thousands and rest else tail


def number_range(start: int, end: int) -> str:
    """Return «5–7», with an en dash; one number when both are the same, ValueError when they go down.

    >>> number_range(5, 7)
    '5–7'
    """
    if not 0 <= start <= end:
        raise ValueError(f"нет промежутка от {start} до {end}")
    return group(start) if start == end else f"{group(start)}–{group(end)}"


def agree(n: int, case: Case, noun: Noun) -> str:
    """Return the form of ``noun`` that stands after the number ``n`` in the given case.

    Numbers that end in 000 (and zero) govern the genitive plural in every case.
    """
    if n % 1000 == 0:
        return noun.many
    if n % 10 == 1 and n % 100 != 11:
        return noun.singular[CASES.index(case)]
    if case not in ("nomn", "accs"):
        return noun.plural[CASES.index(case)]
    if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14):
        return noun.many if noun.animate and case == "accs" and n < 5 else noun.few
    return noun.many


# Words that do not enter a compound in the genitive: «стотысячный», «двадцатиоднотысячный».
_JOINED = {"одного": "одно", "ста": "сто", "девяноста": "девяносто"}


def _thousandth(thousands: int, case: Case, gender: Gender) -> str:
    """Return «пятитысячный»: the number of thousands in the genitive, in one word; of a thousand, «миллионный»."""
    ending = _num2words(2000, to="ordinal", case=_letter(case), gender=gender, animate=False).removeprefix("двухтысячн")
    if thousands == 1000:
        return f"миллионн{ending}"
    return "".join(_JOINED.get(word, word) for word in cardinal(thousands, "gent").split()) + f"тысячн{ending}"


def _checked(n: int) -> None:
    if not 0 <= n <= LIMIT:
        raise ValueError(f"число {n} вне пределов от 0 до {group(LIMIT)}")


def _letter(case: Case) -> str:
    return {"nomn": "n", "gent": "g", "datv": "d", "accs": "a", "ablt": "i", "loct": "p"}[case]


def _num2words(n: int, **options: str | bool) -> str:
    from num2words import num2words  # loaded by those who need it: 20 ms

    return str(num2words(n, lang="ru", **options))
