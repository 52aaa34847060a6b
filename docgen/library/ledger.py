"""Names defined, used and missed in one area in, the problems that are really one misspelt definition told once out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from docgen.errors import Problem
from docgen.library.spelling import closest, likeness
from docgen.library.templates import Name, Reading

MANY = 3
"""So many places rather miss one definition than share one slip of the pen."""


@dataclass(slots=True)
class Ledger:
    """An area of names: a clause, a phrase, a table, a kind, the library; what it cannot settle goes to ``outer``."""

    outer: Ledger | None = None
    defined: dict[Name, str] = field(default_factory=dict)
    used: set[Name] = field(default_factory=set)
    missed: dict[Name, set[Problem]] = field(default_factory=dict)
    told: set[Name] = field(default_factory=set)
    """Definitions whose name was told to be wrong: what misses them needs no word more."""

    def define(self, sort: str, name: str, where: str) -> None:
        """Note that a name is defined at a place."""
        self.defined.setdefault((sort, name), where)

    def miss(self, name: Name, problem: Problem) -> None:
        """Note a problem that is about a name nobody defines."""
        self.missed.setdefault(name, set()).add(problem)

    def take(self, reading: Reading) -> list[Problem]:
        """Note what a text uses and misses; return its other problems."""
        self.used |= reading.used
        for name, problem in reading.missed:
            self.miss(name, problem)
        about_names = {problem for _, problem in reading.missed}
        return [problem for problem in reading.problems if problem not in about_names]

    def close(self) -> list[Problem]:
        """Return the problems that this area settles; the rest goes to the outer area, or comes back too."""
        told: list[Problem] = []
        for name, problems in list(self.missed.items()):
            guilty = self._guilty(name, problems)
            if guilty is not None:
                self.used.add(guilty)
                del self.missed[name]
                if guilty not in self.told:
                    told.append(_at_definition(guilty, name, self.defined[guilty], problems))
        if self.outer is None:
            return [*told, *(problem for problems in self.missed.values() for problem in problems)]
        self.outer.used |= self.used
        for name, problems in self.missed.items():
            for problem in problems:
                self.outer.miss(name, problem)
        return told

    def _guilty(self, name: Name, problems: set[Problem]) -> Name | None:
        """Return the definition that a name missed in several places must have been meant by."""
        places = len({problem.where for problem in problems})
        idle = [other for sort, other in set(self.defined) - self.used if sort == name[0]]
        near = closest(name[1], idle) or self._only(name[0], idle)
        if (name[0], near) in self.told:
            return name[0], near
        if places < 2 or not near:
            return None
        busy = closest(name[1], [other for sort, other in set(self.defined) & self.used if sort == name[0]])
        surely = places >= MANY or idle == [near] or likeness(name[1], near) > likeness(name[1], busy)
        return (name[0], near) if surely else None

    def _only(self, sort: str, idle: list[str]) -> str:
        """Return the one idle definition of an area that misses one name, however unlike they are."""
        missed = [name for name in self.missed if name[0] == sort]
        return idle[0] if len(self.defined) == len(idle) == len(missed) == 1 else ""


def _at_definition(guilty: Name, name: Name, where: str, problems: set[Problem]) -> Problem:
    code = min(problem.code for problem in problems)
    message = f"{guilty[1]} нигде не используется, а {name[1]} не определено (мест: {len(_places(problems))})"
    return Problem(where, code, message, f"возможно, {name[1]}?")


def _places(problems: set[Problem]) -> set[str]:
    return {problem.where for problem in problems}


def once(problems: list[Problem]) -> Iterator[Problem]:
    """Yield each problem once: its cure may differ by kind of document, the mistake is the same."""
    seen: set[tuple[str, str, str]] = set()
    for problem in sorted(problems):
        key = (problem.where, problem.code, problem.message)
        if key not in seen:
            seen.add(key)
            yield problem
