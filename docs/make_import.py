"""The library's table of columns in, docs/import.md out: which sheets and columns the data of a matter may stand in.

Run it after a change of ``clauses/sheets.yaml``: ``python docs/make_import.py``; a test compares.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docgen.config import bundled_library
from docgen.library import SheetColumnSpec, SheetSpec, SheetsSpec, load_table
from docgen.model.work import DATA

HEAD = """# The data of a matter from a spreadsheet

Time, costs, payments, acts, events and documents handed over (see [papers.md](papers.md)) are kept in spreadsheets.
`docgen import` reads CSV files and XLSX workbooks and prints the lists that a `matter` takes:

```sh
docgen import november.xlsx              # the sheets name the lists
docgen import time.csv Платежи.csv       # the files' names do
docgen import export.csv --list Время    # or the option does
```

`Время.csv`, as Excel saves it:

```csv
Дата;Кто;Минут;Часов;Что сделано;Услуга
08.02.2027;Орлова А. В.;90;;Анализ договора поставки;1
09.02.2027;Орлова А. В.;;1:30;Подготовка претензии;
10.02.2027;Климов П. С.;;0,5;"Переговоры с поставщиком; протокол";2
```

What is not certain is refused, and every mistake is told at once, at its cell: `Время.csv:C5`, `data.xlsx:Расходы!E2`.

- **The first row** holds the titles below, in any order; case, ё/е and spare spaces make no difference, and a field's
  own name (`on`) is a title too. An unknown, doubled or missing column is refused. Empty rows are passed over; a row of
  totals is refused.
- **Days**: `22.11.2026`, `2026-11-22` or a real date. **Sums**: `1 234,56`, `1234.56`, `1 234,56 руб.`, not `1.234,56`.
- **Time**: whole minutes, or in the column of hours `1,5`, `1:35`, `1 ч 35 мин` that make whole minutes; one of the two
  columns is enough, and a row fills one of them.
- **CSV** is UTF-8, or (with a warning) Windows-1251; the delimiter is `;`, `,` or a tab.
- **XLSX**: a formula counts by the value that it was saved with; one without a value, merged cells and hidden rows,
  columns and sheets with something in them are refused. A text (a payment's number) that Excel has turned into a date
  or a number shown otherwise is refused: only the text format keeps it.
- **Limits**: 5 MB a file, 50 MB unpacked, 10,000 rows a list, 50 columns.

The titles and words are the library's own, `clauses/sheets.yaml`, and `docgen check` watches that every field has a
title and every value a word. The first title is the canonical one; what is **bold** is required. This page is made by
`docs/make_import.py`; a test compares.
"""


def page(spec: SheetsSpec) -> str:
    """Return the whole page."""
    return "\n".join([HEAD, *(line for name, sheet in spec.lists.items() for line in _list(name, sheet))])


def _list(name: str, sheet: SheetSpec) -> Iterator[str]:
    yield f"## `{name}`: {', '.join(sheet.sheets)}\n"
    yield "| column | other titles | field | words |"
    yield "|---|---|---|---|"
    for column in sheet.columns:
        yield f"| {' | '.join(_cells(name, column))} |"
    yield ""


def _cells(name: str, column: SheetColumnSpec) -> Iterator[str]:
    required = DATA[name].model_fields[column.field].is_required()
    yield f"**{column.titles[0]}**" if required else column.titles[0]
    yield "; ".join(column.titles[1:])
    yield f"`{column.field}`" + (", in hours" if column.unit else "")
    yield "<br>".join(f"`{value}`: {', '.join(words)}" for value, words in column.words.items())


if __name__ == "__main__":
    placed = load_table(bundled_library(), "sheets").sheets
    assert placed is not None, "the library has no table of columns"
    Path(__file__).with_name("import.md").write_text(page(placed.spec), encoding="utf-8")
