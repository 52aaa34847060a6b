"""Bytes of an XLSX workbook in, its sheets as rows of cells out; what has no plain value is told at its cell."""

from __future__ import annotations

import io
import math
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from docgen.errors import OrderInvalid, Problem
from docgen.library.sheets.cells import Cell
from docgen.library.sheets.rows import MAX_COLUMNS, Row
from docgen.model.messages import Words

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as WorkbookCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MAX_UNPACKED = 50 * 1024 * 1024
MAX_CELLS = 500_000
ZIP = b"PK"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_AS_TYPED = ("General", "0", "@")
_SAVE_CURE = "откройте его и сохраните заново как «Книга Excel (.xlsx)»"

Slip = tuple[int, int, Words]
"""A mistake of a sheet itself: the row and the column, from 0, and the words."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, its rows up to the last filled one, what is wrong with it apart from its values."""

    title: str
    rows: tuple[Row, ...]
    slips: tuple[Slip, ...]


def read_workbook(content: bytes, file: str) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook that have something in them. Raises OrderInvalid for what is no workbook."""
    check_package(content, file)
    formulas = {sheet.title: frozenset(_formulas(sheet)) for sheet in _opened(content, file, False).worksheets}
    sheets = [_sheet(one, formulas.get(one.title, frozenset())) for one in _opened(content, file, True).worksheets]
    return tuple(sheet for sheet in sheets if sheet.rows or sheet.slips)


# --- the package -----------------------------------------------------------------------------


def check_package(content: bytes, file: str) -> None:
    """Refuse what is no XLSX or would unpack into too much, before anything is unpacked."""
    if content.startswith(OLE):
        raise _refusal(file, "old_format", *_ole(content))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_parts(package, file)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise _broken(file) from error


def _check_parts(package: zipfile.ZipFile, file: str) -> None:
    parts = package.infolist()
    # A part never unpacks into more than its header says, so the headers bound the whole.
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        message = f"в распакованном виде больше {MAX_UNPACKED // 2**20} МБ"
        raise _refusal(file, "too_large", message, "оставьте в книге только данные дела")
    if "xl/workbook.xml" not in package.namelist():
        raise _refusal(file, "no_workbook", "это не книга XLSX", _SAVE_CURE)
    if sum(len(_CELL.findall(package.read(part))) for part in parts) > MAX_CELLS:
        message, hint = f"в книге больше {MAX_CELLS} ячеек", "удалите пустые строки и столбцы с оформлением"
        raise _refusal(file, "too_large", message, hint)


def _ole(content: bytes) -> tuple[str, str]:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "книга защищена паролем", "снимите пароль и сохраните её заново"
    return "это старый формат Excel (.xls)", _SAVE_CURE


def _broken(file: str) -> OrderInvalid:
    return _refusal(file, "broken", "файл повреждён: книга не читается", _SAVE_CURE)


def _refusal(file: str, code: str, message: str, hint: str) -> OrderInvalid:
    return OrderInvalid([Problem(file, code, message, hint)])


def _opened(content: bytes, file: str, values: bool) -> Workbook:
    """Return the workbook with the cached values of its formulas, or with the formulas themselves."""
    from openpyxl import load_workbook  # heavy: not for CSV

    try:
        with warnings.catch_warnings():  # of what it does not keep: charts, validation lists, styles
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(content), data_only=values, keep_links=False)
    except Exception as error:  # a broken workbook breaks openpyxl anywhere, with any exception
        raise _broken(file) from error


# --- a sheet ---------------------------------------------------------------------------------


def _cells(sheet: Worksheet) -> Iterable[tuple[tuple[int, int], Any]]:
    """Return the cells that the file has, sparsely: openpyxl's own rows make a million cells of one far one."""
    return sheet._cells.items()


def _formulas(sheet: Worksheet) -> Iterator[tuple[int, int]]:
    return (place for place, cell in _cells(sheet) if getattr(cell, "data_type", "") == "f")


def _sheet(sheet: Worksheet, formulas: frozenset[tuple[int, int]]) -> Sheet:
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in _cells(sheet):
        value = _value(cell, (row, column) in formulas)
        if value is not None:
            rows.setdefault(row - 1, {})[column - 1] = value
    _fill_down(sheet, rows)
    last = max(rows, default=-1)
    slips = (*_merged(sheet), *_hidden_sheet(sheet), *_hidden_rows(sheet, rows), *_hidden_columns(sheet, rows))
    return Sheet(sheet.title, tuple(_dense(rows.get(row, {})) for row in range(last + 1)), slips if rows else ())


def _dense(cells: dict[int, Cell]) -> Row:
    """Return a row up to its last cell; what is too far out stands as one cell too many."""
    last = max(cells, default=-1)
    row = tuple(cells.get(column) for column in range(min(last + 1, MAX_COLUMNS)))
    return row if last < MAX_COLUMNS else (*row, cells[last])


def _merged(sheet: Worksheet) -> Iterator[Slip]:
    for area in sheet.merged_cells.ranges:
        message, hint = f"ячейки {area.coord} объединены", "отмените объединение и впишите значение в каждую строку"
        yield area.min_row - 1, area.min_col - 1, Words("merged", message, hint)


def _fill_down(sheet: Worksheet, rows: dict[int, dict[int, Cell]]) -> None:
    """Let the cells of a merged area have its value: told once, it is not also told as absent from each row."""
    for area in sheet.merged_cells.ranges:
        value = rows.get(area.min_row - 1, {}).get(area.min_col - 1)
        for row in range(area.min_row, area.max_row) if value is not None else ():
            if row in rows:
                rows[row].setdefault(area.min_col - 1, value)


_SHOW = "покажите и проверьте, а лишнее удалите"


def _hidden_sheet(sheet: Worksheet) -> Iterator[Slip]:
    if sheet.sheet_state != "visible":
        yield 0, 0, Words("hidden", "лист скрыт", _SHOW)


def _hidden_rows(sheet: Worksheet, rows: dict[int, dict[int, Cell]]) -> Iterator[Slip]:
    dimensions = sheet.row_dimensions
    hidden = [row for row in sorted(rows) if row + 1 in dimensions and dimensions[row + 1].hidden]
    for first, last in _runs(hidden):
        what = f"строка {first + 1} скрыта" if first == last else f"строки {first + 1}–{last + 1} скрыты"
        yield first, 0, Words("hidden", what, _SHOW)


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each unbroken run of sorted numbers.

    >>> list(_runs([1, 2, 3, 7]))
    [(1, 3), (7, 7)]
    """
    known = set(numbers)
    firsts = (number for number in numbers if number - 1 not in known)
    lasts = (number for number in numbers if number + 1 not in known)
    return zip(firsts, lasts, strict=True)


def _hidden_columns(sheet: Worksheet, rows: dict[int, dict[int, Cell]]) -> Iterator[Slip]:
    filled = {column for cells in rows.values() for column in cells}
    for dimension in sheet.column_dimensions.values():
        for column in sorted(filled):
            if dimension.hidden and (dimension.min or 0) <= column + 1 <= (dimension.max or 0):
                yield 0, column, Words("hidden", "столбец скрыт", _SHOW)


# --- a cell ----------------------------------------------------------------------------------


def _value(cell: WorkbookCell, formula: bool) -> Cell:
    """Return what a cell holds; a float becomes the Decimal of its shortest notation."""
    value: Any = cell.value
    if formula and value is None:
        message, hint = "формула без значения", "откройте книгу в Excel и сохраните или замените формулу значением"
        return Words("formula", message, hint)
    if cell.data_type == "e":
        return Words("formula", f"в ячейке ошибка {value}", "исправьте формулу или впишите значение")
    if isinstance(value, float) and not math.isfinite(value):
        return Words("number", "такого числа нет", "впишите обычное число")
    if isinstance(value, float) or (type(value) is int and cell.number_format not in _AS_TYPED):
        return Decimal(repr(value))  # what is shown may differ: 00318, 1,10
    return _text(value) if isinstance(value, str) else _known(value)


def _text(value: str) -> str:
    # Excel writes a carriage return inside a cell as _x000D_ (ECMA-376, ST_Xstring)
    return value.replace("_x000D_\n", "\n").replace("_x000D_", "\n")


def _known(value: Any) -> Cell:
    known = int | bool | datetime | date | time | timedelta | None
    assert isinstance(value, known), f"a workbook gave {type(value)}"
    return value
