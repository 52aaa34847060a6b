"""A place and what is wrong there, before it becomes a Problem with a JSON Pointer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docgen.errors import Cure, Operation, Problem
from docgen.model.walk import Path, pointer_join


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake by its path.

    ``lost`` is the part that may not be read further (the place itself, if not said). ``fillable`` marks a value
    that is absent and may become a blank. ``instead`` is the field that an unknown key was probably meant to be.
    ``patch`` does what the hint says.
    """

    path: Path
    code: str
    message: str
    hint: str = ""
    lost: Path | None = None
    fillable: bool = False
    instead: Path | None = None
    patch: tuple[Operation, ...] = ()

    def problem(self) -> Problem:
        """Return the finding as users see it."""
        cures = (Cure(self.patch),) if self.patch else ()
        return Problem(pointer_join(*self.path), self.code, self.message, self.hint, cures)

    def unreadable(self) -> tuple[Path, ...]:
        """Return the paths that no later check may rely on."""
        lost = self.path if self.lost is None else self.lost
        return (lost,) if self.instead is None else (lost, self.instead)


def removed(path: Path) -> tuple[Operation, ...]:
    """Return the patch that takes away what stands at a path."""
    return (Operation("remove", pointer_join(*path)),)


def put(path: Path, value: Any) -> tuple[Operation, ...]:
    """Return the patch that puts a value in the place of what stands at a path."""
    return (Operation("replace", pointer_join(*path), value),)
