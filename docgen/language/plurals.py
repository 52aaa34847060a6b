"""A number and a noun → «3 рабочих дня», in any case."""

from __future__ import annotations

from docgen.language.forms import NBSP, Case
from docgen.language.nouns import noun as paradigm
from docgen.language.numbers import agree, cardinal, group


def count(n: int, noun: str, case: Case = "nomn", digits: bool = True) -> str:
    """Return the number (digits or words), a no-break space and the agreeing form of ``noun``.

    ``noun`` is in the nominative singular and may have an adjective; an unknown one raises ValueError.

    >>> count(3, "рабочий день", "gent").replace(NBSP, " ")
    '3 рабочих дней'
    >>> count(1, "неделя", "accs", digits=False).replace(NBSP, " ")
    'одну неделю'
    """
    found = paradigm(noun)
    if n < 0:
        raise ValueError(f"отрицательное количество: {n}")
    word_case: Case = "gent" if found.animate and case == "accs" and 1 <= n <= 4 else case
    number = group(n) if digits else cardinal(n, word_case, found.gender)
    return f"{number}{NBSP}{agree(n, case, found)}"
