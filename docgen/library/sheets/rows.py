"""Rows of cells in, records as an order has them or every mistake with its cell out: files and pasted text alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from pydantic import ValidationError

from docgen.errors import Problem
from docgen.library.sheets.cells import Cell, Value, named, sameness, tidy
from docgen.library.sheets.tables import Column, Table, first_titles
from docgen.library.spelling import closest
from docgen.model import JsonObject, pointer_join
from docgen.model.finding import Finding
from docgen.model.messages import Words, findings_of
from docgen.model.text import Tidied, show

MAX_ROWS = 10_000
MAX_COLUMNS = 50

Row: TypeAlias = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Grid:
    """Where cells stand: ``before`` is what their coordinates follow, a file's and a sheet's name or nothing."""

    before: str = ""

    def where(self, row: int, column: int) -> str:
        """Return the place of a cell, both counted from 0, as spreadsheets write it.

        >>> Grid("data.xlsx:Время!").where(4, 27)
        'data.xlsx:Время!AB5'
        """
        return f"{self.before}{_letters(column)}{row + 1}"

    def problem(self, row: int, column: int, words: Words) -> Problem:
        """Return a mistake of a cell."""
        return Problem(self.where(row, column), *words)


def _letters(column: int) -> str:
    rest, last = divmod(column, 26)
    return (_letters(rest - 1) if rest else "") + chr(ord("A") + last)


@dataclass(slots=True)
class Reading:
    """The records of a list, what is wrong, and the cell that each value of a record came from."""

    records: list[JsonObject] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)
    """Places by the pointer of a value in the matter: ``/time/3/minutes`` stands in ``time.csv:C5``."""


def has_header(row: Row, table: Table) -> bool:
    """Tell whether a row is a header: at least half of its cells are titles of the list's columns."""
    cells = [cell for cell in map(tidy, row) if cell is not None]
    known = [cell for cell in cells if isinstance(cell, str) and sameness(cell) in table.by_title]
    return bool(known) and 2 * len(known) >= len(cells)


def read_rows(rows: Iterable[Row], table: Table, grid: Grid, *, header: bool = True) -> Reading:
    """Return the records of a list's rows and everything that is wrong with them.

    With a ``header`` the first row tells the columns by their titles; without one they come in the table's order,
    those with a unit of their own left out. Empty rows are passed over. Each record is checked by its own model, so
    that a mistake of its values is told at its cell, together with all others.
    """
    tidied = [tuple(map(tidy, row)) for row in rows]
    reader = _Rows(tidied, table, grid)
    if reader.fits(MAX_ROWS + header):
        reader.read(header)
    return reader.reading


class _Rows:
    """One list on its way from cells to records."""

    def __init__(self, rows: Sequence[Row], table: Table, grid: Grid) -> None:
        self.rows, self.table, self.grid = rows, table, grid
        self.reading = Reading()
        self.places: dict[str, list[tuple[int, Column]]] = {}

    def note(self, row: int, column: int, words: Words) -> None:
        self.reading.problems.append(self.grid.problem(row, column, words))

    # --- bounds

    def fits(self, most: int) -> bool:
        """Tell whether there are not too many columns and no more than so many rows."""
        filled = [index for index, row in enumerate(self.rows) if _is_filled(row)]
        wide = next((index for index in filled if _width(self.rows[index]) > MAX_COLUMNS), None)
        if wide is not None:
            words = Words("too_large", f"больше {MAX_COLUMNS} столбцов", "уберите лишние столбцы")
            self.note(wide, MAX_COLUMNS, words)
        if len(filled) > most:
            words = Words("too_large", f"больше {MAX_ROWS} строк", "оставьте в списке только это дело и этот период")
            self.note(filled[most], 0, words)
        return not self.reading.problems

    # --- the header

    def read(self, header: bool) -> None:
        """Read the header and everything below it."""
        columns = self.titled() if header else self.ordered()
        if columns is None:
            return
        for index, column in enumerate(columns):
            if column is not None:
                self.places.setdefault(column.field, []).append((index, column))
        self.tell_stray(columns, header)
        for number, row in enumerate(self.rows):
            if _is_filled(row) and (number or not header):
                self.record(number, row)

    def titled(self) -> list[Column | None] | None:
        """Return the column of each title of the first row, or None when it is no header."""
        head = self.rows[0] if self.rows else ()
        if not any(isinstance(cell, str) and sameness(cell) in self.table.by_title for cell in head):
            hint = f"впишите их: {first_titles(self.table.ordered())}"
            self.note(0, 0, Words("no_header", "в первой строке нет названий столбцов", hint))
            return None
        columns: list[Column | None] = []
        meant: set[str] = set()
        for index, cell in enumerate(head):
            columns.append(self.column(index, cell, columns, meant))
        if not any(isinstance(cell, Words) for cell in head):
            self.tell_missing({column.field for column in columns if column} | meant, _width(head))
        return columns

    def ordered(self) -> list[Column | None]:
        """Return the columns of the table's order, as many as the rows have."""
        columns, width = self.table.ordered(), max(map(_width, self.rows), default=0)
        if width:
            self.tell_missing({column.field for column in columns[:width]}, width)
        return list(columns[:width])

    def column(self, index: int, cell: Cell, before: list[Column | None], meant: set[str]) -> Column | None:
        """Return the column of a title; what is wrong with it is told, the field it was meant for is kept."""
        if cell is None:
            return None
        if isinstance(cell, Words):
            self.note(0, index, cell)
            return None
        known = self.table.by_title.get(sameness(cell)) if isinstance(cell, str) else None
        if known is None:
            self.note(0, index, self.unknown(cell, before, meant))
        elif known in before:
            words = Words("duplicate_column", f"столбец «{known.title}» уже есть", "оставьте один из них")
            self.note(0, index, words)
            return None
        return known

    def unknown(self, cell: Cell, before: list[Column | None], meant: set[str]) -> Words:
        titles = {title: column for title, column in self.table.by_title.items() if column not in before}
        near = closest(sameness(cell), titles) if isinstance(cell, str) else ""
        if near:
            meant.add(titles[near].field)
        hint = f"возможно, «{_written(near, titles[near])}»?" if near else f"есть: {first_titles(self.table.columns)}"
        return Words("unknown_column", f"столбец {named(cell)} неизвестен", hint)

    def tell_missing(self, given: set[str], width: int) -> None:
        """Tell the required columns that are absent, in the cells where they might stand."""
        lacking = [column for column in self.table.columns if column.required and column.field not in given]
        first = next((number for number, row in enumerate(self.rows) if _is_filled(row)), 0)
        for index, name in enumerate(dict.fromkeys(column.field for column in lacking)):
            titles = " или ".join(f"«{column.title}»" for column in lacking if column.field == name)
            self.note(first, width + index, Words("missing_column", f"нет столбца {titles}", "добавьте его"))

    def tell_stray(self, columns: list[Column | None], header: bool) -> None:
        """Tell the columns that have values but no title."""
        head = self.rows[0] if self.rows and header else ()
        for index in range(max(map(_width, self.rows), default=0)):
            untitled = index >= len(columns) or (columns[index] is None and _at(head, index) is None)
            filled = next((number for number, row in enumerate(self.rows) if _at(row, index) is not None), None)
            if untitled and filled is not None:
                where = 0 if header else filled
                message = f"у столбца нет названия, а в строке {filled + 1} он заполнен"
                hint = "назовите столбец или очистите его; значение с разделителем возьмите в кавычки"
                self.note(where, index, Words("untitled_column", message, hint))

    # --- records

    def record(self, number: int, row: Row) -> None:
        """Read a row."""
        if (total := self.total(row)) is not None:
            message = f"строка итогов «{show(str(row[total]))}»"
            self.note(number, total, Words("total_row", message, "удалите её: итоги docgen считает сам"))
            return
        record: JsonObject = {}
        cells: dict[str, int] = {}
        for name, places in self.places.items():
            found = self.value(number, row, places)
            if found is not None:
                cells[name], record[name] = found
        for name, words in _mistakes(record, self.table):
            self.note(number, cells[name], words)
        self.keep(number, record, cells)

    def keep(self, number: int, record: JsonObject, cells: Mapping[str, int]) -> None:
        index = len(self.reading.records)
        self.reading.records.append(record)
        for name, column in cells.items():
            self.reading.cells[pointer_join(self.table.name, index, name)] = self.grid.where(number, column)

    def total(self, row: Row) -> int | None:
        """Return the cell that makes a row one of totals: none of them has all that a record must have."""
        titles = [index for index, cell in enumerate(row) if isinstance(cell, str) and self.table.is_total(cell)]
        required = [places for places in self.places.values() if places[0][1].required]
        whole = all(any(self.holds(row, index, column) for index, column in places) for places in required)
        return titles[0] if titles and not whole else None

    def holds(self, row: Row, index: int, column: Column) -> bool:
        """Tell whether a required value stands in a cell: a word of totals is one only where texts stand."""
        cell = _at(row, index)
        if isinstance(cell, str) and self.table.is_total(cell):
            return not isinstance(column.read(cell), Words)
        return cell is not None

    def value(self, number: int, row: Row, places: list[tuple[int, Column]]) -> tuple[int, Value] | None:
        """Return the value of a field and its cell, or None when it is absent or wrong."""
        filled = [(index, column) for index, column in places if _at(row, index) is not None]
        if len(filled) > 1:
            titles = " и ".join(f"«{column.title}»" for _, column in filled)
            words = Words("filled_twice", f"заполнены сразу {titles}", "оставьте одно из значений")
            self.note(number, filled[1][0], words)
            return None
        if not filled:
            self.tell_empty(number, places)
            return None
        index, column = filled[0]
        cell = row[index]
        value = cell if isinstance(cell, Words) else column.read(cell)
        if isinstance(value, Words):
            self.note(number, index, _labelled(column, value) if value is not cell else value)
            return None
        return index, value

    def tell_empty(self, number: int, places: list[tuple[int, Column]]) -> None:
        index, column = places[0]
        if column.required:
            self.note(number, index, _labelled(column, Words("required", "не указано", "заполните ячейку")))


def _labelled(column: Column, words: Words) -> Words:
    return words._replace(message=f"{column.label}: {words.message}")


def _mistakes(record: JsonObject, table: Table) -> Iterator[tuple[str, Words]]:
    """Yield what the list's own model says against the values of a record, one mistake a field."""
    tidied = Tidied(record)
    told: set[str] = set()
    for finding in (*tidied.findings, *_errors(tidied, table)):
        name = str(finding.path[0])
        if name in record and name not in told:
            told.add(name)
            yield name, Words(finding.code, finding.message, finding.hint)


def _errors(tidied: Tidied, table: Table) -> list[Finding]:
    try:
        table.model.model_validate(tidied.tree)
    except ValidationError as error:
        return findings_of(error, table.model)
    return []


def _written(title: str, column: Column) -> str:
    """Return a title as the table writes it."""
    return next((one for one in column.titles if sameness(one) == title), title)


def _at(row: Row, index: int) -> Cell:
    return row[index] if index < len(row) else None


def _width(row: Row) -> int:
    return next((index + 1 for index in reversed(range(len(row))) if row[index] is not None), 0)


def _is_filled(row: Row) -> bool:
    return _width(row) > 0
