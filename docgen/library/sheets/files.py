"""Spreadsheet files in, the lists of a matter's data out, or every mistake of all of them with file and cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from docgen.errors import LibraryInvalid, OrderInvalid, Problem
from docgen.library.load import load_table
from docgen.library.sheets.check import sheet_problems
from docgen.library.sheets.rows import Grid, Reading, Row, has_header, read_rows
from docgen.library.sheets.tables import Sheets, Table
from docgen.library.sheets.text_file import read_csv, split
from docgen.library.sheets.workbook import OLE, ZIP, Sheet, read_workbook
from docgen.library.spelling import perhaps
from docgen.model import JsonObject
from docgen.model.text import show

MAX_BYTES = 5 * 1024 * 1024
WORKBOOKS = (".xlsx", ".xlsm", ".xls")


class Imported(NamedTuple):
    """The lists by name, the warnings, and the cell of each value by its pointer in the matter."""

    lists: dict[str, list[JsonObject]]
    warnings: tuple[Problem, ...]
    cells: dict[str, str]


def load_sheets(folder: Path) -> Sheets:
    """Return the table of columns of a library folder. Raises LibraryInvalid."""
    library = load_table(folder, "sheets")
    if library.sheets is None:
        message, hint = "нет таблицы столбцов (ключ sheets)", "верните файл clauses/sheets.yaml"
        raise LibraryInvalid([Problem("clauses/sheets.yaml:1", "missing_table", message, hint)])
    if problems := list(sheet_problems(library.sheets)):
        raise LibraryInvalid(problems)
    return Sheets.of(library.sheets.spec)


def read_files(paths: Iterable[Path], sheets: Sheets, name: str | None = None) -> Imported:
    """Return the lists that files hold, each list in one of them. Raises OrderInvalid with every mistake of all files.

    The sheets of a workbook and the stem of a CSV file name their lists; ``name`` does so for a CSV file of another
    name or a workbook with one sheet. Mistakes stand at ``time.csv:C5`` or ``data.xlsx:Время!C5``.
    """
    gathering = _Gathering(sheets)
    for path in paths:
        try:
            gathering.take(_bytes(path), str(path), name)
        except OrderInvalid as error:
            gathering.problems += error.problems
    return gathering.result()


def read_content(content: bytes, file: str, sheets: Sheets, name: str | None = None) -> Imported:
    """Return the lists of a file that has been read; ``file`` is its name. Raises OrderInvalid."""
    gathering = _Gathering(sheets)
    gathering.take(content, file, name)
    return gathering.result()


def read_pasted(text: str, table: Table) -> Reading:
    """Return the reading of cells copied from a spreadsheet: rows of tab-separated cells, with a header or without."""
    rows = split(text, "\t", "")
    first = next((row for row in rows if any(row)), ())
    return read_rows(rows, table, Grid(), header=has_header(first, table))


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        hint = "проверьте путь и права доступа"
        raise OrderInvalid([Problem(str(path), "unreadable", "файл не читается", hint)]) from error


@dataclass(slots=True)
class _Gathering:
    """The lists of several files, and where each was."""

    sheets: Sheets
    lists: dict[str, list[JsonObject]] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    warnings: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def result(self) -> Imported:
        """Return what was gathered, or refuse with everything that is wrong."""
        if self.problems:
            raise OrderInvalid(self.problems)
        return Imported(self.lists, tuple(self.warnings), self.cells)

    def take(self, content: bytes, file: str, name: str | None) -> None:
        """Take in one file. Raises OrderInvalid for one that is no spreadsheet."""
        if len(content) > MAX_BYTES:
            message = f"файл больше {MAX_BYTES // 2**20} МБ"
            raise OrderInvalid([Problem(file, "too_large", message, "оставьте в нём только данные дела")])
        if content.startswith((ZIP, OLE)) or Path(file).suffix.lower() in WORKBOOKS:
            self.take_workbook(read_workbook(content, file), file, name)
        else:
            self.take_csv(content, file, name)

    def take_csv(self, content: bytes, file: str, name: str | None) -> None:
        table = self.table(name or Path(file).stem, file, "назовите список параметром --list или именем файла")
        if table is None:
            return
        rows, warnings = read_csv(content, file, self.sheets.knows_title)
        self.warnings += warnings
        self.take_rows(rows, table, file, Grid(f"{file}:"))

    def take_workbook(self, found: tuple[Sheet, ...], file: str, name: str | None) -> None:
        if not found:
            hint = f"впишите данные на листы: {self.sheets.names()}"
            self.problems.append(Problem(file, "empty", "книга пуста", hint))
        if name is not None and len(found) > 1:
            message, hint = "в книге несколько листов, а список назван один", "уберите --list: списки называют листы"
            raise OrderInvalid([Problem(file, "several_sheets", message, hint)])
        for sheet in found:
            self.take_sheet(sheet, f"{file}:{show(sheet.title)}", name)

    def take_sheet(self, sheet: Sheet, source: str, name: str | None) -> None:
        grid, own = Grid(f"{source}!"), self.sheets.named(sheet.title)
        self.problems += [grid.problem(*slip) for slip in sheet.slips]
        table = self.table(name or sheet.title, grid.where(0, 0), "переименуйте лист или удалите его")
        if name is not None and own is not None and own is not table:
            message = f"лист «{show(sheet.title)}» — это список {own.name}"
            self.problems.append(Problem(grid.where(0, 0), "unknown_list", message, "уберите --list"))
        elif table is not None:
            self.take_rows(sheet.rows, table, source, grid)

    def table(self, name: str, where: str, cure: str) -> Table | None:
        """Return the list of a name; an unknown one is told."""
        if (table := self.sheets.named(name)) is not None:
            return table
        known = [*self.sheets.tables, *(title for one in self.sheets.tables.values() for title in one.sheets)]
        hint = perhaps(name, known, f"{cure}; списки: {self.sheets.names()}")
        self.problems.append(Problem(where, "unknown_list", f"списка «{show(name)}» нет", hint))
        return None

    def take_rows(self, rows: Iterable[Row], table: Table, source: str, grid: Grid) -> None:
        if table.name in self.sources:
            message = f"список {table.name} уже взят: {self.sources[table.name]}"
            self.problems.append(Problem(grid.where(0, 0), "same_list", message, "соберите его в одном месте"))
        self.sources.setdefault(table.name, source)
        reading = read_rows(rows, table, grid)
        self.problems += reading.problems
        self.lists.setdefault(table.name, reading.records)
        self.cells |= reading.cells


__all__ = ["Imported", "load_sheets", "read_content", "read_files", "read_pasted"]
