"""A number and a noun → «3 рабочих дня», in any case."""

from __future__ import annotations

from docgen.language.forms import CASES, NBSP, Case
from docgen.language.nouns import noun as paradigm
from docgen.language.numbers import Noun, agree, cardinal, group

_ONES = ("одни", "одних", "одним", "одни", "одними", "одних")
_COLLECTIVE = {2: "двое", 3: "трое", 4: "четверо"}


def count(n: int, noun: str, case: Case = "nomn", digits: bool = True) -> str:
    """Return the number (digits or words), a no-break space and the agreeing form of ``noun``.

    ``noun`` is in the nominative singular (but «сутки») and may have an adjective; an unknown one raises ValueError.

    >>> count(3, "рабочий день", "gent").replace(NBSP, " ")
    '3 рабочих дней'
    >>> count(1, "неделя", "accs", digits=False).replace(NBSP, " ")
    'одну неделю'
    """
    found = paradigm(noun)
    if n < 0:
        raise ValueError(f"отрицательное количество: {n}")
    number = group(n) if digits else _collective(n, case) if found.collective else _words(n, case, found)
    return f"{number}{NBSP}{agree(n, case, found)}"


def _words(n: int, case: Case, found: Noun) -> str:
    """Return the number in words; of the living, the accusative is «двух» and (of men) «одного», «двадцать одного»."""
    if not found.animate or case != "accs":
        return cardinal(n, case, found.gender)
    if 2 <= n <= 4:
        return cardinal(n, "gent", found.gender)
    words = cardinal(n, case, found.gender)
    return words.removesuffix("один") + "одного" if words.endswith("один") else words


def _collective(n: int, case: Case) -> str:
    """Return the number of a noun without a singular: «одни», «двое»; «двадцать двое» is not said: ValueError."""
    words, last = cardinal(n, case), n % 10 if n % 100 not in (11, 12, 13, 14) else 0
    if last == 1:
        return " ".join([*words.split()[:-1], _ONES[CASES.index(case)]])
    if last not in _COLLECTIVE or case not in ("nomn", "accs"):
        return words
    if n > 4:
        raise ValueError(f"число {n} словами не сочетается с существительным без единственного числа: пишите цифрами")
    return _COLLECTIVE[n]
