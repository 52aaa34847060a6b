"""The words that the whole room speaks: cases, sexes, and a declined form that says how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Case = Literal["nomn", "gent", "datv", "accs", "ablt", "loct"]
Sex = Literal["m", "f"]
Gender = Literal["m", "f", "n"]

CASES: tuple[Case, ...] = get_args(Case)
NBSP = "\u00a0"


def listed(text: str) -> frozenset[str]:
    """Return the words of a text as a set: how the tables of this room write their lists.

    >>> sorted(listed("сан сент"))
    ['сан', 'сент']
    """
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Form:
    """A declined text; ``certain`` is False when a person should look at it, and ``note`` says why (Russian)."""

    text: str
    certain: bool = True
    note: str = ""
