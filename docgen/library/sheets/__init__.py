"""Spreadsheets in, the data of a matter out: time, costs, payments, acts, events, documents handed over."""

from docgen.library.sheets.files import Imported, load_sheets, read_content, read_files, read_pasted
from docgen.library.sheets.rows import Grid, Reading, has_header, read_rows
from docgen.library.sheets.tables import Column, Sheets, Table

__all__ = [
    "Column",
    "Grid",
    "Imported",
    "Reading",
    "Sheets",
    "Table",
    "has_header",
    "load_sheets",
    "read_content",
    "read_files",
    "read_pasted",
    "read_rows",
]
