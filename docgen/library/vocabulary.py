"""What texts may call: filters and functions, what each takes and what it gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from docgen.library.shapes import ANY, Shape


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: its shape, or the words it may be, or the argument whose rows it names a field of."""

    name: str
    shape: Shape = ANY
    words: tuple[str, ...] = ()
    field_of: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A filter or a function: the shape it gives, what it takes, and (a filter) the shape it stands on."""

    gives: Shape
    takes: tuple[Argument, ...] = ()
    on: Shape = ANY


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Filters and functions by name."""

    filters: Mapping[str, Call]
    functions: Mapping[str, Call]
    advice: Mapping[str, Call] = field(default_factory=dict)
    """What only rules of advice may call."""

    def of_advice(self) -> Vocabulary:
        """Return what rules of advice may call."""
        return Vocabulary(self.filters, {**self.functions, **self.advice})
