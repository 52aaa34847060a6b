"""Files, warnings and problems in, lines for people or one JSON object and an exit code out."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from typing import Any

from docgen.errors import DocgenError, LibraryInvalid, OrderInvalid, Problem, RenderFailed, SettingsInvalid, UnknownName

FINE, BUG, MISTAKES = 0, 1, 2
EXIT_CODES: dict[type[DocgenError], int] = {
    LibraryInvalid: MISTAKES,
    OrderInvalid: MISTAKES,
    RenderFailed: MISTAKES,
    SettingsInvalid: MISTAKES,
    UnknownName: MISTAKES,
}


@dataclass
class Report:
    """Files, warnings and problems of one run, told on stdout and stderr as lines or as one JSON object."""

    as_json: bool
    debug: bool = False
    several: bool = False
    order: str = ""
    files: list[str] = field(default_factory=list)
    warnings: list[tuple[str, Problem]] = field(default_factory=list)
    problems: list[tuple[str, Problem]] = field(default_factory=list)
    code: int = FINE

    def refuse(self, error: DocgenError) -> None:
        """Take in the user's mistakes."""
        self.problems += [(self.order, problem) for problem in error.problems]
        self.code = max(self.code, EXIT_CODES[type(error)])

    def confess(self, bug: Exception) -> None:
        """Take in a bug: a short message, the trace only with ``DOCGEN_DEBUG=1``."""
        if self.debug:
            sys.excepthook(type(bug), bug, bug.__traceback__)
        message = f"ошибка самого docgen: {type(bug).__name__}"
        hint = "сообщите разработчикам; DOCGEN_DEBUG=1 покажет след вызовов"
        self.problems.append((self.order, Problem(self.order or "docgen", "bug", message, hint)))
        self.code = BUG

    def close(self) -> int:
        """Tell everything; return the exit code."""
        progress()
        if self.as_json:
            told = {"files": self.files, "warnings": self._records(self.warnings)}
            print(json.dumps({**told, "problems": self._records(self.problems)}, ensure_ascii=False, indent=2))
        else:
            self._lines()
        return self.code

    def _records(self, problems: list[tuple[str, Problem]]) -> list[dict[str, Any]]:
        return [({"order": order} if self.several else {}) | problem.as_dict() for order, problem in problems]

    def _lines(self) -> None:
        for file in self.files:
            print(printable(file))
        for mark, problems in (("предупреждение: ", self.warnings), ("", self.problems)):
            for order, problem in problems:
                prefix = f"{order}: " if self.several and order else ""
                print(printable(f"{mark}{prefix}{problem.line()}"), file=sys.stderr)


def printable(text: str) -> str:
    r"""Return the text as one line that cannot steer a terminal.

    >>> printable("ООО «А»\x1b[2J")
    'ООО «А»\\x1b[2J'
    """
    return "".join(c if c.isprintable() or c == "\u00a0" else ascii(c)[1:-1] for c in text)


def progress(text: str = "") -> None:
    """Show what is being done on a terminal; nothing in a pipe."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{printable(text)[:78]}", end="", file=sys.stderr, flush=True)
