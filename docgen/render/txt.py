"""The tree in, plain UTF-8 text out: one paragraph a line, numbers included, rows of tables with bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import assert_never

from docgen.document import (
    Annex,
    Block,
    Clause,
    Document,
    Heading,
    Pair,
    Paragraph,
    Parties,
    QrCode,
    Side,
    Signature,
    Table,
)
from docgen.render.layout import ANNEX, DRAFT, SEAL, plain, printed, referred, signed

RULE = "-" * 72
SIGNATURE_LINE = "_" * 20


def write(document: Document, look: Path) -> bytes:
    """Return the document as text that ends in one line end; ``look`` does not matter to text."""
    referred(document)  # a reference to nowhere is refused here as in every other format
    lines = [DRAFT, "", *_blocks(document.blocks)] if document.draft else [*_blocks(document.blocks)]
    return ("\n".join(lines).strip("\n") + "\n").encode()


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield from (plain(block.inlines), "")
        case Pair():
            yield from (f"{plain(block.left)}        {plain(block.right)}", "")
        case Heading():
            yield from ("", f"{printed(block)} {plain(block.inlines)}", "")
        case Clause():
            yield f"{'    ' * (block.level == 3)}{printed(block)} {plain(block.inlines)}"
        case Table():
            yield from _table(block)
        case Parties():
            yield from _parties(block)
        case QrCode():
            yield from (block.payload, plain(block.label), "")
        case Annex():
            yield from _annex(block)
        case _:
            assert_never(block)


def _table(table: Table) -> Iterator[str]:
    heads = tuple(column.title for column in table.columns)
    yield ""
    if table.caption:
        yield table.caption
    for row in (heads, *table.rows, *table.totals):
        yield " | ".join(plain(cell) for cell in row)
    yield ""


def _parties(parties: Parties) -> Iterator[str]:
    for side in parties.sides:
        yield from ("", *_side(side))
    yield ""


def _side(side: Side) -> Iterator[str]:
    yield plain(side.heading)
    for entry in side.entries:
        yield f"{entry.label}: {plain(entry.inlines)}" if entry.label else plain(entry.inlines)
    for signature in side.signatures:
        yield from ("", *_signature(signature))


def _signature(signature: Signature) -> Iterator[str]:
    if signature.position:
        yield plain(signature.position)
    if signature.electronic:
        yield from (plain(signature.electronic), plain(signature.name))
    else:
        yield f"{SIGNATURE_LINE} {plain(signed(signature.name))}"
    if signature.seal:
        yield SEAL


def _annex(annex: Annex) -> Iterator[str]:
    yield from ("", RULE, "", f"{ANNEX}{annex.number}")
    if annex.label:
        yield plain(annex.label)
    yield ""
    if annex.title:
        yield from (plain(annex.title), "")
    yield from _blocks(annex.blocks)
