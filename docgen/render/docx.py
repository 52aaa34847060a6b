"""The tree and the Word shell in, a DOCX out: Word's own numbering, live references, named styles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import assert_never

from lxml import etree

from docgen.document import Annex, Block, Clause, Document, Heading, Inlines, Pair, Paragraph, Parties, QrCode, Table
from docgen.render.failure import RenderError
from docgen.render.layout import ANNEX, kept_with_parties, plain, referred
from docgen.render.package import core_properties, zipped
from docgen.render.pictures import picture, pictured
from docgen.render.qr import png
from docgen.render.shell import BODY, DOCUMENT, FOOT, filled
from docgen.render.styles import list_numbers, shell_broken, style_ids, style_name
from docgen.render.wordml import WORD, Words, attribute, child, children, field, paragraph, run, w
from docgen.render.wordtables import Tables

NUMBERING = "word/numbering.xml"
STYLES = "word/styles.xml"
QR_SIDE = 45  # mm, as print.css has it


def write(document: Document, look: Path) -> bytes:
    """Return the document as a Word file: the look's shell with the body, the foot and the properties in it."""
    shell = filled(look, draft=document.draft)
    page = etree.fromstring(shell[DOCUMENT])
    body = _Body(document, shell[STYLES], etree.fromstring(shell[NUMBERING]), _text_width(page))
    _replace_marker(look, page, body.blocks(document.blocks))
    parts = dict(shell)
    parts |= {name: _with_foot(part, document.foot) for name, part in shell.items() if FOOT.encode() in part}
    parts[DOCUMENT] = _serialised(page)
    parts[NUMBERING] = _serialised(body.numbering)
    parts |= pictured(parts, body.pictures)
    parts["docProps/core.xml"] = core_properties(document)
    return zipped(parts)


class _Body:
    """Turns blocks into paragraphs and tables, starting a list of numbers for every annex.

    The body's sections belong to the list of their styles; a body of points, without sections, has a list of its own.
    """

    def __init__(self, document: Document, styles: bytes, numbering: etree._Element, width: int) -> None:
        self.numbering = numbering
        self._styles = style_ids(styles)
        self._lists = list_numbers(styles)
        self._words = Words(referred(document))
        self._tables = Tables(self._words, self._style, width)
        self._list = 0  # the annex's or the points' own list of numbers; 0 is the list that the styles belong to
        self._annexed = False
        self.pictures: list[bytes] = []
        self._pointed = any(isinstance(block, Clause) and block.level == 1 for block in document.blocks)

    def blocks(self, blocks: Sequence[Block]) -> Iterator[etree._Element]:
        kept = kept_with_parties(blocks)
        for place, block in enumerate(blocks):
            yield from self._block(block, place in kept)

    def _style(self, role: str) -> str:
        name = style_name(role)
        if name not in self._styles:
            raise RenderError(f"the Word shell has no style {name!r} for the role {role}")
        return self._styles[name]

    def _block(self, block: Block, keep: bool) -> Iterator[etree._Element]:
        marks = [w("keepNext")] if keep else []
        match block:
            case Paragraph():
                yield paragraph(self._style(block.role), self._words.runs(block.inlines), *marks)
            case Pair():
                yield self._pair(block, marks)
            case Heading():
                yield self._numbered(block, 1, marks)
            case Clause():
                yield self._numbered(block, block.level, marks)
            case Table():
                yield from self._table(block, keep)
            case Parties():
                yield self._tables.parties(block)
                yield paragraph(self._style("table_end"), ())
            case QrCode():
                yield from self._qr(block, marks)
            case Annex():
                yield from self._annex(block)
            case _:
                assert_never(block)

    def _pair(self, pair: Pair, marks: list[etree._Element]) -> etree._Element:
        content = [*self._words.runs(pair.left), w("r", w("tab")), *self._words.runs(pair.right)]
        return paragraph(self._style(pair.role), content, *marks)

    def _numbered(self, block: Heading | Clause, level: int, marks: list[etree._Element]) -> etree._Element:
        marks = [*marks, *self._membership(level)]
        if self._annexed and isinstance(block, Heading):
            marks.append(w("outlineLvl", val=1))
        content = self._words.bookmarked(block.id, self._words.runs(block.inlines))
        return paragraph(self._style(block.role), content, *marks)

    def _membership(self, level: int) -> list[etree._Element]:
        """Return the list a paragraph belongs to, unless its style says so by itself."""
        if not self._annexed and not self._pointed:
            return []
        self._list = self._list or self._new_list()
        return [w("numPr", w("ilvl", val=level - 1), w("numId", val=self._list))]

    def _qr(self, code: QrCode, marks: list[etree._Element]) -> Iterator[etree._Element]:
        self.pictures.append(png(code.payload))
        image = picture(len(self.pictures), plain(code.label), QR_SIDE)
        yield paragraph(self._style(code.role), [image], w("keepNext"))
        yield paragraph(self._style(code.role), self._words.runs(code.label), *marks)

    def _table(self, table: Table, keep: bool) -> Iterator[etree._Element]:
        role = "caption" if table.caption else "table_start"
        yield paragraph(self._style(role), [run(table.caption)] if table.caption else ())
        yield self._tables.table(table, keep=keep)
        yield paragraph(self._style("table_end"), (), *([w("keepNext")] if keep else []))

    def _annex(self, annex: Annex) -> Iterator[etree._Element]:
        self._annexed, self._list = True, 0
        number = self._words.bookmarked(annex.id, field(r"SEQ Annex \* ARABIC", annex.number))
        yield paragraph(self._style("annex"), [run(ANNEX), *number])
        yield from self._line("annex_label", annex.label)
        yield from self._line("annex_title", annex.title)
        yield from self.blocks(annex.blocks)
        self._annexed = False

    def _line(self, role: str, inlines: Inlines) -> Iterator[etree._Element]:
        if inlines:
            yield paragraph(self._style(role), self._words.runs(inlines))

    def _new_list(self) -> int:
        """Return a new list of the look of annexes, whose numbers begin again at 1."""
        lists = {attribute(num, "numId"): num for num in children(self.numbering, "num")}
        number = 1 + max(int(known) for known in lists)
        of_annexes = lists[self._lists[self._style("point")]]
        abstract = w("abstractNumId", val=attribute(child(of_annexes, "abstractNumId"), "val"))
        restart = w("lvlOverride", w("startOverride", val=1), ilvl=0)
        self.numbering.append(w("num", abstract, restart, numId=number))
        return number


def _text_width(page: etree._Element) -> int:
    """Return the width between the margins of the shell's page."""
    section = child(child(page, "body"), "sectPr")
    size, margins = child(section, "pgSz"), child(section, "pgMar")
    return int(attribute(size, "w")) - int(attribute(margins, "left")) - int(attribute(margins, "right"))


def _replace_marker(look: Path, page: etree._Element, content: Iterator[etree._Element]) -> None:
    body = child(page, "body")
    marks = [mark for mark in children(body, "p") if BODY in str(mark.xpath("string()"))]
    if len(marks) != 1:
        raise shell_broken(look, "в тексте нужен ровно один абзац {{ body }}")
    for element in content:
        marks[0].addprevious(element)
    body.remove(marks[0])


def _with_foot(part: bytes, foot: str) -> bytes:
    root = etree.fromstring(part)
    for text in root.iterfind(f".//{{{WORD}}}t"):
        if text.text and FOOT in text.text:
            text.text = text.text.replace(FOOT, foot)
    return _serialised(root)


def _serialised(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
