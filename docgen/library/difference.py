"""Two libraries in, what changed between them out: clause by clause, then phrases, terms, advice, kinds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from docgen.library.load import Library

SHELVES = {
    "clauses": "пункт",
    "phrases": "оборот",
    "terms": "термин",
    "advice": "совет",
    "norms": "норма",
    "kinds": "вид документа",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing of the library that is new, gone or changed, and (for a change) its parts: where, before, after."""

    shelf: str
    id: str
    way: str
    changes: tuple[tuple[str, str, str], ...] = ()

    def lines(self) -> Iterator[str]:
        """Yield the lines that tell it."""
        mark = {"added": "+", "removed": "−", "changed": "~"}[self.way]
        yield f"{mark} {SHELVES[self.shelf]} {self.id}"
        for where, before, after in self.changes:
            yield f"    {where}: {_told(before, after)}"


def differences(before: Library, after: Library) -> tuple[Difference, ...]:
    """Return everything that differs, in the order of the shelves and of ids."""
    return tuple(found for shelf in SHELVES for found in _shelf(shelf, getattr(before, shelf), getattr(after, shelf)))


def _shelf(shelf: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    for identifier in sorted({*before, *after}):
        if identifier not in after:
            yield Difference(shelf, identifier, "removed")
        elif identifier not in before:
            yield Difference(shelf, identifier, "added")
        elif changes := tuple(_changes(before[identifier].spec, after[identifier].spec)):
            yield Difference(shelf, identifier, "changed", changes)


def _changes(before: Any, after: Any) -> Iterator[tuple[str, str, str]]:
    old, new = (dict(_flat(spec.model_dump(by_alias=True), "")) for spec in (before, after))
    for where in dict.fromkeys([*old, *new]):
        if old.get(where) != new.get(where):
            yield where, old.get(where, ""), new.get(where, "")


def _flat(value: Any, where: str) -> Iterator[tuple[str, str]]:
    """Yield (path, value as text) of everything that is given."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _flat(inner, f"{where}.{name}" if where else str(name))
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from _flat(inner, f"{where}[{index}]")
    elif value is not None:
        yield where, str(value)


def _told(before: str, after: str) -> str:
    """Return a change in words: a short one as before → after, a text with only what differs marked.

    >>> _told("Срок — три дня.", "Срок — пять дней.")
    'Срок — [−три дня−] [+пять дней+].'
    """
    if not before or not after:
        return f"[+{after}+]" if after else f"[−{before}−]"
    old, new = (re.findall(r"\w+|\s+|[^\w\s]+", text) for text in (before.strip(), after.strip()))
    parts = [_part(way, old[a:b], new[c:d]) for way, a, b, c, d in _joined(old, new)]
    return "".join(parts)


def _joined(old: list[str], new: list[str]) -> list[tuple[str, int, int, int, int]]:
    """Return the steps from old to new; words that only a space parts are one change."""
    steps: list[tuple[str, int, int, int, int]] = []
    for way, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        space = way == "equal" and not "".join(old[a:b]).strip() and len(steps) > 0
        if steps and steps[-1][0] == "change" and (way != "equal" or (space and b < len(old))):
            steps[-1] = ("change", steps[-1][1], b, steps[-1][3], d)
        else:
            steps.append(("equal" if way == "equal" else "change", a, b, c, d))
    return steps


def _part(way: str, old: list[str], new: list[str]) -> str:
    if way == "equal":
        text = "".join(old)
        return text if len(text) < 90 else f"{text[:40]}…{text[-40:]}"
    gone, come = "".join(old).strip(), "".join(new).strip()
    marks = [f"[−{gone}−]" if gone else "", f"[+{come}+]" if come else ""]
    return " ".join(filter(None, marks))
