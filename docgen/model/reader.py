"""A raw order and what is wrong in it in, the facts that may be relied on out: the eyes of the cross-field checks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from docgen.model.blank import Blank
from docgen.model.walk import Path

_UNKNOWN = object()


class Known:
    """A part of a raw order. What is absent, blank or wrong is None, so a check simply passes it over.

    >>> fee = Known({"amount": 100, "advance": {"amount": -1}}, lost=frozenset({("advance", "amount")}))
    >>> fee["amount"].number, fee["advance"]["amount"].number, fee["advance"]["amount"].given
    (Decimal('100'), None, True)
    """

    __slots__ = ("_lost", "_value", "given", "path")

    def __init__(self, value: Any, path: Path = (), lost: frozenset[Path] = frozenset(), given: bool = True) -> None:
        self.path = path
        self.given = given or path in lost
        self._lost = lost
        self._value = _UNKNOWN if path in lost else value

    def __getitem__(self, key: str) -> Known:
        """Return the field; it is ``given`` when the user sent anything at all there."""
        fields = self._value if isinstance(self._value, dict) else {}
        given = key in fields or self._value is _UNKNOWN
        value = fields.get(key) if self._value is not _UNKNOWN else _UNKNOWN
        return Known(value, (*self.path, key), self._lost, given)

    def __iter__(self) -> Iterator[Known]:
        """Yield the elements of a list."""
        for index, value in enumerate(self._value if isinstance(self._value, list) else ()):
            yield Known(value, (*self.path, index), self._lost)

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of the fields of an object."""
        return tuple(self._value) if isinstance(self._value, dict) else ()

    @property
    def text(self) -> str | None:
        """The text, if it is known."""
        return self._value if isinstance(self._value, str) else None

    @property
    def number(self) -> Decimal | None:
        """The sum or number, if it is known."""
        return Decimal(self._value) if isinstance(self._value, int | Decimal) else None

    @property
    def day(self) -> date | None:
        """The day, if it is known."""
        if isinstance(self._value, date):
            return self._value
        return date.fromisoformat(self._value) if isinstance(self._value, str) else None

    @property
    def blank(self) -> bool:
        """Whether it is left open on purpose."""
        return isinstance(self._value, Blank)
