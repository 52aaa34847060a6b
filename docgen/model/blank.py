"""A fact left open on purpose: the value that stands in an order where a hand will write."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Blank:
    """An open fact; ``pointer`` is where it stands in the order."""

    pointer: str

    def __bool__(self) -> bool:
        """Refuse to choose: nobody knows yet what will be written there."""
        raise TypeError(f"a condition on a blank: {self.pointer}")
