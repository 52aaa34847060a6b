"""Tables and parties' blocks of the tree in, Word tables of fixed widths out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from lxml import etree

from docgen.document import Column, Entry, Inlines, Parties, Side, Signature, Table, Text
from docgen.render.layout import SEAL, rows_of_two, signature_rows, spans
from docgen.render.wordml import Words, paragraph, w

StyleId = Callable[[str], str]
Cell = tuple[int, Sequence[etree._Element]]  # how many columns it spans, its paragraphs


class Tables:
    """Lays tables out over the width of the page's text, in twentieths of a point."""

    def __init__(self, words: Words, style: StyleId, width: int) -> None:
        self._words = words
        self._style = style
        self._width = width

    def table(self, table: Table, *, keep: bool) -> etree._Element:
        """Return a table: the head repeats, rows stay whole, totals stay with the last row."""
        shares = sum(column.width for column in table.columns)
        grid = [self._width * column.width // shares for column in table.columns]
        head = _row(grid, self._cells(table.columns, [c.title for c in table.columns], "table_head", True), head=True)
        bound = len(table.rows) - 1 if table.totals or keep else len(table.rows)
        rows = [
            _row(grid, self._cells(table.columns, row, "table_cell", place == bound))
            for place, row in enumerate(table.rows)
        ]
        last = len(table.totals) - 1
        totals = [
            _row(grid, self._totals(table.columns, row, place < last or keep), ruled=place == 0)
            for place, row in enumerate(table.totals)
        ]
        return _table(self._style(table.role), grid, [head, *rows, *totals], table.caption)

    def parties(self, parties: Parties) -> etree._Element:
        """Return the parties' block: requisites in one row, signatures in the next, both on one page."""
        half = self._width // 2
        rows: list[etree._Element] = []
        for sides in rows_of_two(parties.sides):
            signatures = list(signature_rows(sides))
            rows += [_row([half, half], self._beside([self._requisites(side, bool(signatures)) for side in sides]))]
            for place, row in enumerate(signatures, start=1):
                sealed = any(signature and signature.seal for signature in row)
                keep = place < len(signatures)
                cells = [self._signature(signature, sealed, keep) for signature in row]
                rows += [_row([half, half], self._beside(cells), bottom=True)]
        return _table(self._style(parties.role), [half, half], rows, "")

    def _text(self, role: str, inlines: Inlines, keep: bool, align: str = "") -> etree._Element:
        marks = ([w("keepNext")] if keep else []) + ([w("jc", val=align)] if align else [])
        return paragraph(self._style(role), self._words.runs(inlines), *marks)

    def _cells(self, columns: Sequence[Column], row: Sequence[Inlines], role: str, keep: bool) -> Iterator[Cell]:
        for column, cell in zip(columns, row, strict=True):
            yield 1, [self._text(role, cell, keep, column.align)]

    def _totals(self, columns: Sequence[Column], row: Sequence[Inlines], keep: bool) -> Iterator[Cell]:
        for place, span, cell in spans(row):
            align = columns[place].align if span == 1 else "left"
            yield span, [self._text("table_total", cell, keep, align)]

    def _beside(self, cells: Sequence[Sequence[etree._Element]]) -> Iterator[Cell]:
        for cell in cells:
            yield 1, cell
        if len(cells) == 1:
            yield 1, [self._text("requisite", (), False)]

    def _requisites(self, side: Side, keep: bool) -> list[etree._Element]:
        return [self._text("party", side.heading, keep), *(self._entry(entry, keep) for entry in side.entries)]

    def _entry(self, entry: Entry, keep: bool) -> etree._Element:
        label = (Text(f"{entry.label}: "),) if entry.label else ()
        return self._text("requisite", (*label, *entry.inlines), keep)

    def _signature(self, signature: Signature | None, sealed: bool, keep: bool) -> list[etree._Element]:
        if signature is None:
            return [self._text("requisite", (), keep)]
        line = [w("r", w("tab")), *self._words.runs((Text("\u00a0"), *signature.name))]
        marks = [w("keepNext")] if keep else []
        lines = [
            self._text("signature_position", signature.position, keep),
            paragraph(self._style("signature"), line, *marks),
        ]
        # The place for a seal is kept on both sides, so that the lines stand at one height.
        seal = (Text(SEAL),) if signature.seal else ()
        return [*lines, self._text("seal", seal, keep)] if sealed else lines


def _table(style: str, grid: Sequence[int], rows: Iterable[etree._Element], caption: str) -> etree._Element:
    properties = w(
        "tblPr",
        w("tblStyle", val=style),
        w("tblW", w=sum(grid), type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblLook", val="0420", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=0, noVBand=1),
        *([w("tblCaption", val=caption)] if caption else []),
    )
    return w("tbl", properties, w("tblGrid", *(w("gridCol", w=width) for width in grid)), *rows)


def _row(
    grid: Sequence[int], cells: Iterable[Cell], *, head: bool = False, ruled: bool = False, bottom: bool = False
) -> etree._Element:
    row = w("tr", w("trPr", w("cantSplit"), *([w("tblHeader")] if head else [])))
    column = 0
    for span, paragraphs in cells:
        properties = w("tcPr", w("tcW", w=sum(grid[column : column + span]), type="dxa"))
        properties.extend([w("gridSpan", val=span)] if span > 1 else [])
        properties.extend([w("tcBorders", w("top", val="single", sz=4, space=0, color="auto"))] if ruled else [])
        properties.extend([w("vAlign", val="bottom")] if bottom or head else [])
        row.append(w("tc", properties, *paragraphs))
        column += span
    return row
