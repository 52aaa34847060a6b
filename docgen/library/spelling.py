"""A name that is not known in, the known name that was probably meant out."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def closest(name: str, candidates: Iterable[str], cutoff: float = 0.7) -> str:
    """Return the nearest of the other known names, or an empty string."""
    found = difflib.get_close_matches(name, [one for one in candidates if one != name], n=1, cutoff=cutoff)
    return found[0] if found else ""


def likeness(name: str, other: str) -> float:
    """Return how much one name looks like another: from 0 to 1."""
    return difflib.SequenceMatcher(None, other, name).ratio() if other else 0.0


def perhaps(name: str, candidates: Iterable[str], otherwise: str = "проверьте имя") -> str:
    """Return the hint «возможно, …?» for a name that is nearly right."""
    near = closest(name, candidates)
    return f"возможно, {near}?" if near else otherwise
