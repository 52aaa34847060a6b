"""Tables and parties' blocks of the tree in, Word tables of fixed widths out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from lxml import etree

from docgen.document import Column, Entry, Inlines, Parties, Side, Signature, Table, Text
from docgen.render.layout import SEAL, on_one_page, rows_of_two, signature_rows, signed, spans
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
        """Return the parties' block: of every pair requisites in one row, signatures in the next, all on one page."""
        pairs = list(rows_of_two(parties.sides))
        bound = len(pairs) - 1 if on_one_page(parties) else 0
        rows = [row for place, pair in enumerate(pairs) for row in self._pair(pair, place < bound)]
        return _table(self._style(parties.role), [self._width // 2] * 2, rows, "")

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

    def _pair(self, sides: Sequence[Side], keep: bool) -> Iterator[etree._Element]:
        signatures = list(signature_rows(sides))
        yield self._beside([self._requisites(side, keep or bool(signatures)) for side in sides])
        for place, row in enumerate(signatures, start=1):
            yield from self._signatures(row, keep or place < len(signatures))

    def _beside(self, cells: Sequence[Sequence[etree._Element]], *, bottom: bool = False) -> etree._Element:
        both = [*cells, [self._text("requisite", (), False)]][:2]
        return _row([self._width // 2] * 2, [(1, cell) for cell in both], bottom=bottom)

    def _requisites(self, side: Side, keep: bool) -> list[etree._Element]:
        return [self._text("party", side.heading, keep), *(self._entry(entry, keep) for entry in side.entries)]

    def _entry(self, entry: Entry, keep: bool) -> etree._Element:
        if not entry.label:
            return self._text("requisite_line", entry.inlines, keep)
        label = self._words.runs((Text(f"{entry.label} "),))  # the space keeps a long label off its value
        content = [*label, w("r", w("tab")), *self._words.runs(entry.inlines)]
        return paragraph(self._style("requisite"), content, *([w("keepNext")] if keep else []))

    def _signatures(self, row: Sequence[Signature | None], keep: bool) -> Iterator[etree._Element]:
        """Yield rows of positions, lines and seals, so that lines stand at one height whatever takes two lines."""
        sealed = any(one and one.seal for one in row)
        positions = [self._text("signature_position", one.position if one else (), True) for one in row]
        yield self._beside([[position] for position in positions], bottom=True)
        yield self._beside([self._signed(one, keep or sealed) for one in row])
        if sealed:
            seals = [(Text(SEAL),) if one and one.seal else () for one in row]
            yield self._beside([[self._text("seal", seal, keep)] for seal in seals])

    def _signed(self, signature: Signature | None, keep: bool) -> list[etree._Element]:
        """Return the line to sign on, or the words that stand instead of it and the name under them."""
        if signature and signature.electronic:
            return [self._text("requisite_line", part, keep) for part in (signature.electronic, signature.name)]
        return [self._line(signature, keep)]

    def _line(self, signature: Signature | None, keep: bool) -> etree._Element:
        content = [w("r", w("tab")), *self._words.runs((Text("\u00a0"), *signed(signature.name)))] if signature else []
        return paragraph(self._style("signature"), content, *([w("keepNext")] if keep else []))


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
