"""A fact left open on purpose: the value that stands in an order where a hand will write."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class Blank:
    """An open fact; ``pointer`` is where it stands in the order."""

    pointer: str

    def __bool__(self) -> bool:
        """Refuse to choose: nobody knows yet what will be written there."""
        raise TypeError(f"a condition on a blank: {self.pointer}")


def has_blank(value: object) -> bool:
    """Tell whether a validated order, or any part of it, holds a blank.

    >>> has_blank([{"number": Blank("/number")}]), has_blank([{"number": "5"}])
    (True, False)
    """
    if isinstance(value, BaseModel):
        return any(has_blank(getattr(value, name)) for name in type(value).model_fields)
    if isinstance(value, dict):
        return any(map(has_blank, value.values()))
    if isinstance(value, list | tuple):
        return any(map(has_blank, value))
    return isinstance(value, Blank)
