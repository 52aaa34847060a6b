"""The user's mistakes in, one family of exceptions out: each carries every problem at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from traceback import extract_tb
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Operation:
    """One step of a JSON Patch (RFC 6902): what to do at a place of the order; a removal has no value."""

    op: Literal["add", "remove", "replace"]
    path: str
    value: Any = None

    def as_dict(self) -> dict[str, Any]:
        """Return the step as RFC 6902 writes it, every number as the json module writes it digit by digit.

        Raises ValueError for a sum too long for that.

        >>> Operation("add", "/matter/fee/amount", Decimal("150000.50")).as_dict()
        {'op': 'add', 'path': '/matter/fee/amount', 'value': 150000.5}
        """
        step: dict[str, Any] = {"op": self.op, "path": self.path}
        return step if self.op == "remove" else {**step, "value": _exact(self.value)}


def _exact(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _exact(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_exact(one) for one in value]
    if not isinstance(value, Decimal):
        return value
    if value == value.to_integral_value():
        return int(value)
    if Decimal(repr(float(value))) != value:
        raise ValueError(f"{value} is longer than a float")
    return float(value)


@dataclass(frozen=True, slots=True)
class Cure:
    """One way to mend an order: a patch of it, and what a button that carries it out says (Russian)."""

    patch: tuple[Operation, ...]
    title: str = "Исправить"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake (or warning): where it is, a stable code, what is wrong, how to mend it.

    ``where`` is a JSON Pointer into what the user sent (``/matter/clients/0/inn``) or ``file:line``
    in the library (``clauses/fees.yaml:14``). ``message`` and ``hint`` are Russian. ``cures`` do to the order what
    the hint says, where mechanical steps do it: one, or several to choose from; two problems that differ in them alone
    are one.
    """

    where: str
    code: str
    message: str
    hint: str = ""
    cures: tuple[Cure, ...] = field(default=(), compare=False)

    def line(self) -> str:
        """Return the problem as one line for a terminal.

        >>> Problem("/matter/number", "required", "не указан номер", "добавьте number").line()
        '/matter/number: не указан номер; добавьте number [required]'
        """
        cure = f"; {self.hint}" if self.hint else ""
        return f"{self.where}: {self.message}{cure} [{self.code}]"

    def as_dict(self) -> dict[str, Any]:
        """Return the shape that every edge prints: where, code, message, hint and, if there are such, the cures."""
        told = {"where": self.where, "code": self.code, "message": self.message, "hint": self.hint}
        cures = []
        for cure in self.cures:
            with suppress(ValueError):  # better none than one that changes a sum
                cures.append({"title": cure.title, "patch": [step.as_dict() for step in cure.patch]})
        return {**told, "cures": cures} if cures else told

    def curable(self, allowed: Callable[[tuple[Operation, ...]], bool]) -> Problem:
        """Return the problem with the cures whose patch is allowed."""
        return replace(self, cures=tuple(cure for cure in self.cures if allowed(cure.patch))) if self.cures else self

    def moved(self, relabel: Callable[[str], str]) -> Problem:
        """Return the problem with the places that ``relabel`` gives; without cures of what is not in the order.

        >>> cure = Cure((Operation("remove", "/matter/purpose"),))
        >>> problem = Problem("/matter/purpose", "purpose", "…", cures=(cure,))
        >>> problem.moved(lambda pointer: f"/based_on{pointer}").cures[0].patch[0].path
        '/based_on/matter/purpose'
        >>> problem.moved(lambda pointer: "firm.yaml:12").cures
        ()
        """
        cures = tuple(
            replace(cure, patch=tuple(replace(step, path=relabel(step.path)) for step in cure.patch))
            for cure in self.cures
        )
        made = replace(self, where=relabel(self.where), cures=cures)
        return made.curable(lambda patch: all(step.path.startswith("/") for step in patch))


def each_once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems sorted, each once; of two that say the same the one with cures stays.

    >>> bare = Problem("/date", "date", "…")
    >>> mended = Problem("/date", "date", "…", cures=(Cure((Operation("remove", "/date"),)),))
    >>> each_once([bare, mended])[0].cures[0].patch
    (Operation(op='remove', path='/date', value=None),)
    """
    return tuple(sorted(dict.fromkeys(sorted(problems, key=lambda one: not one.cures))))


class DocgenError(Exception):
    """The user's mistakes; everything that is not a DocgenError is a bug."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = each_once(problems)
        super().__init__("\n".join(problem.line() for problem in self.problems))


class OrderInvalid(DocgenError):
    """The order (or the firm's profile in it) cannot be carried out as it stands.

    ``read`` is what was read of an order whose facts are right in themselves: later papers may still look at it.
    """

    read: object = None


class LibraryInvalid(DocgenError):
    """The clause library, a kind or the look is broken."""


class SettingsInvalid(DocgenError):
    """A setting, an option or a path cannot be used."""


class UnknownName(DocgenError):
    """A kind or a format of that name does not exist."""


class RenderFailed(DocgenError):
    """A document was not written: it took too long or too much memory, or its renderer crashed."""


def trace(error: BaseException) -> str:
    """Return an exception's name and where it happened, without its message, which may quote somebody's data."""
    steps = " < ".join(f"{step.filename}:{step.lineno}" for step in reversed(extract_tb(error.__traceback__)))
    return f"{type(error).__name__} {steps}"
