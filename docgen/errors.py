"""The user's mistakes in, one family of exceptions out: each carries every problem at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from traceback import extract_tb


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake (or warning): where it is, a stable code, what is wrong, how to mend it.

    ``where`` is a JSON Pointer into what the user sent (``/matter/clients/0/inn``) or ``file:line``
    in the library (``clauses/fees.yaml:14``). ``message`` and ``hint`` are Russian.
    """

    where: str
    code: str
    message: str
    hint: str = ""

    def line(self) -> str:
        """Return the problem as one line for a terminal.

        >>> Problem("/matter/number", "required", "не указан номер", "добавьте number").line()
        '/matter/number: не указан номер; добавьте number [required]'
        """
        cure = f"; {self.hint}" if self.hint else ""
        return f"{self.where}: {self.message}{cure} [{self.code}]"

    def as_dict(self) -> dict[str, str]:
        """Return the shape that every edge prints: where, code, message, hint."""
        return {"where": self.where, "code": self.code, "message": self.message, "hint": self.hint}


class DocgenError(Exception):
    """The user's mistakes; everything that is not a DocgenError is a bug."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
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
