"""A validated order in, plain data that knows where each word came from out: all that a clause text may see.

The sandbox never sees a pydantic object (``model_copy`` would be callable); it sees records, tuples and leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from docgen.model import Blank

Relabel = Callable[[str], str]
MakesBlank = Callable[[str, str], "Blanked"]


class BlankCondition(Exception):
    """A condition asked what a blank is; carries the blank's pointer."""


class UnknownCondition(BlankCondition):
    """Something asked for a value that a mistake of the order, told already, keeps from being computed."""


class TextLeaf(str):
    """A word of the order, with its source."""

    source: str


class IntLeaf(int):
    """A whole number of the order, with its source."""

    source: str


class DecimalLeaf(Decimal):
    """A decimal of the order, with its source."""

    source: str


class DateLeaf(date):
    """A day of the order, with its source."""

    source: str


RULE = 16
RULES = {
    "name": 33, "address": 60, "postal_address": 60, "bank": 33, "issued_by": 50, "email": 24, "deliverable": 33,
    "action": 50, "task": 60, "event": 40, "position": 24, "institution": 33, "chamber": 33, "text": 24, "court": 33,
}  # fmt: skip
"""How many underscores a blank of a field takes: a name 70 mm, an address a line; others RULE."""


class Missing:
    """An optional fact that was not given: false in a condition, a problem when printed."""

    def __init__(self, source: str) -> None:
        self.source = source

    def __bool__(self) -> bool:
        return False

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __getattr__(self, name: str) -> Missing:
        if name.startswith("_"):
            raise AttributeError(name)
        return Missing(f"{self.source}/{name}")


class Blanked:
    """A fact left blank: it may be printed (as a rule), not compared."""

    def __init__(self, source: str, text: str = "") -> None:
        self.source = source
        self.text = text

    def __str__(self) -> str:
        return self.text or "_" * RULE

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        raise BlankCondition(self.source)

    __hash__ = None  # type: ignore[assignment]

    def __lt__(self, other: object) -> bool:
        raise BlankCondition(self.source)

    __gt__ = __le__ = __ge__ = __lt__


@dataclass(slots=True)
class Doubts:
    """What a preview does when a blank is asked what it is: a calculation goes no further, a text notes the blank."""

    calculating: bool = False
    noted: str = ""

    def ask(self, source: str) -> bool:
        """Note the blank and return False, so that the rest can be shown. Raises BlankCondition in a calculation."""
        if self.calculating:
            raise BlankCondition(source)
        self.noted = source
        return False


class OpenBlank(Blanked):
    """A blank of a preview: a passage of a text that asks what it is stands as a blank itself."""

    def __init__(self, doubts: Doubts, source: str, text: str = "") -> None:
        super().__init__(source, text)
        self.doubts = doubts

    def __eq__(self, other: object) -> bool:
        return self.doubts.ask(self.source)

    __hash__ = None

    def __lt__(self, other: object) -> bool:
        return self.doubts.ask(self.source)

    __gt__ = __le__ = __ge__ = __lt__


class Hollow(OpenBlank):
    """A value of a preview that cannot be computed yet: all that is in it is blank, and nobody knows whether it is."""

    def __bool__(self) -> bool:
        return self.doubts.ask(self.source)

    def __iter__(self) -> Iterator[Any]:
        self.doubts.ask(self.source)
        return iter(())

    def __getitem__(self, index: Any) -> Hollow:
        return self

    def __getattr__(self, name: str) -> Hollow:
        if name.startswith("_"):
            raise AttributeError(name)
        return Hollow(self.doubts, self.source)


class Unknown(Blanked):
    """A value that cannot be computed for a mistake of the order: whatever asks anything of it is passed over."""

    def __bool__(self) -> bool:
        raise UnknownCondition(self.source)

    def __iter__(self) -> Iterator[Any]:
        raise UnknownCondition(self.source)

    def __contains__(self, item: object) -> bool:
        raise UnknownCondition(self.source)

    def __getitem__(self, index: Any) -> Any:
        raise UnknownCondition(self.source)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        raise UnknownCondition(self.source)

    def __eq__(self, other: object) -> bool:
        raise UnknownCondition(self.source)

    __hash__ = None

    def __lt__(self, other: object) -> bool:
        raise UnknownCondition(self.source)

    __gt__ = __le__ = __ge__ = __lt__


class Record:
    """Named facts; a name that its union's other members have is Missing here."""

    __slots__ = ("_facts", "source")

    def __init__(self, facts: dict[str, Any], source: str) -> None:
        self._facts = facts
        self.source = source

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self._facts[name]
        except KeyError:
            return Missing(f"{self.source}/{name}")

    def names(self) -> tuple[str, ...]:
        """Return the names of the facts."""
        return tuple(self._facts)


def replaced(record: Record, source: str = "", **facts: Any) -> Record:
    """Return a record with other values of some of its facts and, if given, another source."""
    return Record({**record._facts, **facts}, source or record.source)


class Rows(tuple[Any, ...]):
    """A list of facts; a row that is not there is Missing, so that ``rows[1]`` asks whether there are two."""

    source: str = ""

    def __getitem__(self, index: Any) -> Any:
        try:
            return super().__getitem__(index)
        except IndexError:
            return Missing(f"{self.source}/{index}")


Leaf = TextLeaf | IntLeaf | DecimalLeaf | DateLeaf


def leaf(value: str | int | Decimal | date, source: str) -> Leaf:
    """Return the value with its source.

    >>> leaf(5, "/matter/fee/balance_days").source
    '/matter/fee/balance_days'
    """
    made: Leaf
    if isinstance(value, date):
        made = DateLeaf(value.year, value.month, value.day)
    elif isinstance(value, Decimal):
        made = DecimalLeaf(value)
    elif isinstance(value, int):
        made = IntLeaf(value)
    else:
        made = TextLeaf(value)
    made.source = source
    return made


def traced(value: Any, pointer: str, relabel: Relabel, blank: MakesBlank = Blanked) -> Any:
    """Return a validated value as records, tuples and leaves; ``relabel`` turns pointers into sources."""
    if value is None:
        return Missing(relabel(pointer))
    if isinstance(value, Blank):
        return blank(relabel(pointer), "_" * RULES.get(pointer.rpartition("/")[2], RULE))
    if isinstance(value, bool):
        return value
    if isinstance(value, BaseModel):
        return _record(value, pointer, relabel, blank)
    if isinstance(value, list | tuple):
        rows = Rows(traced(item, f"{pointer}/{index}", relabel, blank) for index, item in enumerate(value))
        rows.source = relabel(pointer)
        return rows
    if isinstance(value, dict):
        facts = {key: traced(item, f"{pointer}/{key}", relabel, blank) for key, item in value.items()}
        return Record(facts, relabel(pointer))
    return leaf(value, relabel(pointer))


def _record(model: BaseModel, pointer: str, relabel: Relabel, blank: MakesBlank) -> Record:
    facts = {}
    for name, info in type(model).model_fields.items():
        key = info.alias or name
        facts[key] = traced(getattr(model, name), f"{pointer}/{key}", relabel, blank)
    return Record(facts, relabel(pointer))
