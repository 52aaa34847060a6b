"""Bytes of a CSV file or a pasted text in, rows of cells out; the encoding and the delimiter are found, not assumed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from docgen.errors import OrderInvalid, Problem
from docgen.library.sheets.rows import Row

DELIMITERS = (";", ",", "\t")
_CSV_CURE = "сохраните файл заново: «CSV UTF-8»"


def read_csv(content: bytes, file: str, knows_title: Callable[[str], bool]) -> tuple[list[Row], tuple[Problem, ...]]:
    """Return the rows of a CSV file and the warnings.

    ``knows_title`` tells the titles of columns: the delimiter is the one that finds most of them in the first row.
    Raises OrderInvalid.
    """
    text, warnings = _decoded(content, file)
    found = {mark: sum(map(knows_title, _first_row(text, mark))) for mark in DELIMITERS}
    return split(text, max(DELIMITERS, key=lambda mark: found[mark]), file), warnings


def split(text: str, delimiter: str, file: str) -> list[Row]:
    """Return the rows of a delimited text, the quotes of its cells taken off. Raises OrderInvalid."""
    rows: list[Row] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            rows.append(row)
    except csv.Error as error:
        where = f"{file}:A{len(rows) + 1}" if file else f"A{len(rows) + 1}"
        raise OrderInvalid([Problem(where, "csv", *_reason(str(error)))]) from error
    return rows


def _reason(said: str) -> tuple[str, str]:
    if "field limit" in said:
        limit = csv.field_size_limit()
        return f"в строке ячейка длиннее {limit} знаков", "сократите текст; проверьте, закрыта ли кавычка"
    if "unexpected end" in said:
        return "в строке не закрыта кавычка", "закройте её; кавычка внутри ячейки пишется дважды: \"\""
    return "в строке кавычка стоит не на месте", "кавычки берут ячейку целиком, а внутри неё пишутся дважды: \"\""


def _first_row(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return []


def _decoded(content: bytes, file: str) -> tuple[str, tuple[Problem, ...]]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:4]:
        raise OrderInvalid([Problem(file, "encoding", "файл записан в UTF-16 или UTF-32", _CSV_CURE)])
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("cp1251")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"строка {line}: это не UTF-8 и не Windows-1251"
        raise OrderInvalid([Problem(file, "encoding", message, _CSV_CURE)]) from None
    return text, (Problem(file, "encoding", "файл не в UTF-8: прочитан как Windows-1251", _CSV_CURE),)
