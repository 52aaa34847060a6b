"""What the tests of spreadsheets share: the library's own table of columns and the making of workbooks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from docgen.errors import OrderInvalid
from docgen.library.sheets import Imported, Sheets, load_sheets, read_content
from tests.conftest import ROOT

Rows = Sequence[Sequence[Any]]


def workbook(sheets: Mapping[str, Rows]) -> Workbook:
    """Return a workbook with these rows; a text is a text, whatever it begins with."""
    book = Workbook()
    del book["Sheet"]
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for number, row in enumerate(rows, 1):
            for index, value in enumerate(row, 1):
                cell = sheet.cell(number, index, None if isinstance(value, str) else value)
                if isinstance(value, str):
                    cell.value, cell.data_type = value, "s"
    return book


def saved(book: Workbook) -> bytes:
    """Return a workbook's bytes."""
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def xlsx(**sheets: Rows) -> bytes:
    """Return the bytes of a workbook with these sheets."""
    return saved(workbook(sheets))


@pytest.fixture(scope="session")
def sheets() -> Sheets:
    return load_sheets(ROOT)


Reader = Callable[..., Imported]
Refusals = Callable[..., dict[str, str]]


@pytest.fixture(scope="session")
def read(sheets: Sheets) -> Reader:
    """Read a file's bytes (a text is UTF-8) under a name."""

    def read(content: bytes | str, file: str = "time.csv", name: str | None = None) -> Imported:
        return read_content(content.encode() if isinstance(content, str) else content, file, sheets, name)

    return read


@pytest.fixture(scope="session")
def refused(read: Reader) -> Refusals:
    """Give the code of every mistake of a file by its place; two at one place are joined."""

    def refused(*arguments: Any) -> dict[str, str]:
        with pytest.raises(OrderInvalid) as raised:
            read(*arguments)
        return told((one.where, one.code) for one in raised.value.problems)

    return refused


def told(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return codes by place."""
    found: dict[str, str] = {}
    for where, code in pairs:
        found[where] = f"{found[where]} {code}" if where in found else code
    return found
