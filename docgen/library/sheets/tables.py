"""The library's table of columns in, what a reader of rows needs out: lists by name, columns by title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from docgen.library.schema import SheetColumnSpec, SheetSpec, SheetsSpec
from docgen.library.shapes import Scalar, shape_of
from docgen.library.sheets.cells import (
    CellReader,
    read_day,
    read_hours,
    read_money,
    read_text,
    read_whole,
    sameness,
    word_reader,
)
from docgen.model import Part
from docgen.model.work import DATA

_READERS: Mapping[str, CellReader] = {
    "date": read_day,
    "decimal": read_money,
    "integer": read_whole,
    "text": read_text,
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field it fills, its titles, how its cells are read; an alternate one has another unit."""

    field: str
    label: str
    titles: tuple[str, ...]
    read: CellReader
    required: bool
    alternate: bool

    @property
    def title(self) -> str:
        """The canonical title."""
        return self.titles[0]


@dataclass(frozen=True)
class Table:
    """A list of the matter's data as a spreadsheet has it."""

    name: str
    model: type[Part]
    sheets: tuple[str, ...]
    columns: tuple[Column, ...]
    totals: tuple[str, ...]

    @cached_property
    def by_title(self) -> Mapping[str, Column]:
        """The columns by every title that is understood."""
        return {sameness(title): column for column in self.columns for title in _titles(column)}

    def is_total(self, text: str) -> bool:
        """Tell whether a cell begins a row of totals."""
        first = sameness(text).partition(" ")[0].rstrip(":.,")
        return first in {sameness(word) for word in self.totals}

    def ordered(self) -> tuple[Column, ...]:
        """Return the columns as they come without a header."""
        return tuple(column for column in self.columns if not column.alternate)


def _titles(column: Column) -> Iterator[str]:
    yield from column.titles
    if not column.alternate:
        yield column.field


@dataclass(frozen=True)
class Sheets:
    """All lists of the matter's data."""

    tables: Mapping[str, Table]

    @classmethod
    def of(cls, spec: SheetsSpec) -> Sheets:
        """Return the lists of a whole table."""
        return cls({name: _table(name, DATA[name], sheet, spec.totals) for name, sheet in spec.lists.items()})

    def named(self, name: str) -> Table | None:
        """Return the list of a name: its own or that of a sheet."""
        meant = sameness(name)
        tables = self.tables.values()
        return next((table for table in tables if meant in {table.name, *map(sameness, table.sheets)}), None)

    def names(self) -> str:
        """Return the names to choose from, in one line."""
        return ", ".join(f"{name} («{table.sheets[0]}»)" for name, table in self.tables.items())

    def knows_title(self, title: str) -> bool:
        """Tell whether some list has a column of that title."""
        return any(sameness(title) in table.by_title for table in self.tables.values())


def _table(name: str, model: type[Part], spec: SheetSpec, totals: tuple[str, ...]) -> Table:
    return Table(name, model, spec.sheets, tuple(_column(model, column) for column in spec.columns), totals)


def _column(model: type[Part], spec: SheetColumnSpec) -> Column:
    info = model.model_fields[spec.field]
    reader = _reader(shape_of(info.annotation), spec)
    alternate = spec.unit is not None
    return Column(spec.field, info.title or "", spec.titles, reader, info.is_required(), alternate)


def _reader(shape: object, spec: SheetColumnSpec) -> CellReader:
    assert isinstance(shape, Scalar), f"{spec.field} is no single value"
    if shape.choices:
        values = {sameness(word): value for value, words in spec.words.items() for word in (value, *words)}
        return word_reader(values, tuple(words[0] for words in spec.words.values()))
    return read_hours if spec.unit == "hours" else _READERS[shape.kind]


def first_titles(columns: Iterable[Column]) -> str:
    """Return the canonical titles in one line."""
    return ", ".join(f"«{column.title}»" for column in columns)
