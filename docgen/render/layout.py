"""The tree in, what every format's page needs of it out: printed numbers, targets, spans, rows of two sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from docgen.document import (
    Annex,
    Blank,
    Block,
    Clause,
    Document,
    Heading,
    Inline,
    Inlines,
    Pair,
    Paragraph,
    Parties,
    QrCode,
    Ref,
    Side,
    Signature,
    Strong,
    Table,
    Text,
    Value,
)
from docgen.render.failure import RenderError

DRAFT = "ПРОЕКТ"
ANNEX = "Приложение №\u00a0"
SEAL = "М.П."
SIGNED_BLANK = 24  # underscores that half a page holds after a line to sign on
SIDES_ON_A_PAGE = 4  # more sides than that may take more than a page with their signatures
TEXT_LOCALES = {"ru": "ru-RU"}

Target = Heading | Clause | Annex


def locale(document: Document) -> str:
    """Return the language of the document as files name it: ru-RU."""
    return TEXT_LOCALES[document.language]


def printed(node: Heading | Clause) -> str:
    """Return a number as it stands before its text.

    >>> printed(Heading("fee", "4", ()))
    '4.'
    """
    return f"{node.number}."


def plain(inlines: Inlines) -> str:
    """Return the words of inlines without any marks.

    >>> plain((Text("пункт "), Strong((Ref("fee", "4.1"),))))
    'пункт 4.1'
    """
    return "".join(_words(inline) for inline in inlines)


def _words(inline: Inline) -> str:
    match inline:
        case Text() | Value() | Blank():
            return inline.text
        case Ref():
            return inline.number
        case Strong():
            return plain(inline.children)
        case _:
            assert_never(inline)


def spans(row: Sequence[Inlines]) -> Iterator[tuple[int, int, Inlines]]:
    """Yield column, span and content of a totals row: the first non-empty cell spans the empty ones after it.

    >>> total, due = (Text("Итого"),), (Text("5"),)
    >>> [(column, span) for column, span, _ in spans(((), total, (), due, ()))]
    [(0, 1), (1, 2), (3, 1), (4, 1)]
    """
    first = next((column for column, cell in enumerate(row) if cell), len(row))
    last = next((column for column, cell in enumerate(row) if cell and column > first), len(row))
    for column, cell in enumerate(row):
        if not first < column < last:
            yield column, last - first if column == first else 1, cell


def rows_of_two(sides: Sequence[Side]) -> Iterator[tuple[Side, ...]]:
    """Yield the sides of a parties' block two in a row; the last row may have one."""
    for start in range(0, len(sides), 2):
        yield tuple(sides[start : start + 2])


def signed(name: Inlines) -> Inlines:
    """Return the name after a line to sign on, its blank no longer than half a page holds there.

    >>> plain(signed((Blank("_" * 33, "/name"),))) == "_" * 24
    True
    """
    return tuple(replace(one, text=one.text[:SIGNED_BLANK]) if isinstance(one, Blank) else one for one in name)


def on_one_page(parties: Parties) -> bool:
    """Tell whether the pairs of sides stay together on a page, or may be parted from each other."""
    return len(parties.sides) <= SIDES_ON_A_PAGE


def signature_rows(sides: Sequence[Side]) -> Iterator[tuple[Signature | None, ...]]:
    """Yield signatures that stand beside each other: the first of every side, then the second, and so on."""
    for index in range(max(len(side.signatures) for side in sides)):
        yield tuple(side.signatures[index] if index < len(side.signatures) else None for side in sides)


def targets(blocks: Sequence[Block]) -> dict[str, Target]:
    """Return what may be referred to, by id, annexes and their contents included."""
    found: dict[str, Target] = {}
    for block in blocks:
        if isinstance(block, Heading | Clause | Annex) and block.id:
            if block.id in found:
                raise RenderError(f"two targets bear the id {block.id}")
            found[block.id] = block
        if isinstance(block, Annex):
            found |= targets(block.blocks)
    return found


def referred(document: Document) -> dict[str, Target]:
    """Return the targets that the document refers to, in the order of first mention; each must exist."""
    known = targets(document.blocks)
    names = dict.fromkeys(ref.target for ref in _refs(document.blocks))
    if lost := [name for name in names if name not in known]:
        raise RenderError(f"references to nowhere: {', '.join(lost)}")
    return {name: known[name] for name in names}


def kept_with_parties(blocks: Sequence[Block]) -> set[int]:
    """Return the places of blocks that share a page with the parties' block after them.

    The block before it, and, when that one is only a heading, the one before the heading too.
    """
    kept: set[int] = set()
    for place, block in enumerate(blocks):
        if not isinstance(block, Parties):
            continue
        for before in range(place - 1, -1, -1):
            kept.add(before)
            if not is_heading(blocks[before]):
                break
    return kept


def is_heading(block: Block) -> bool:
    """Tell whether a block only announces what follows it."""
    return isinstance(block, Heading) or (isinstance(block, Paragraph) and block.role == "parties_heading")


def _refs(blocks: Sequence[Block]) -> Iterator[Ref]:
    for block in blocks:
        if isinstance(block, Annex):
            yield from _refs(block.blocks)
        for inlines in contents(block):
            yield from _refs_within(inlines)


def _refs_within(inlines: Inlines) -> Iterator[Ref]:
    for inline in inlines:
        if isinstance(inline, Ref):
            yield inline
        elif isinstance(inline, Strong):
            yield from _refs_within(inline.children)


def contents(block: Block) -> Iterator[Inlines]:
    """Yield every run of words that a block itself holds (an annex's own blocks aside)."""
    match block:
        case Paragraph() | Heading() | Clause():
            yield block.inlines
        case Pair():
            yield from (block.left, block.right)
        case Table():
            yield from (column.title for column in block.columns)
            yield from (cell for row in (*block.rows, *block.totals) for cell in row)
        case Parties():
            for side in block.sides:
                yield side.heading
                yield from (entry.inlines for entry in side.entries)
                for signature in side.signatures:
                    yield from (signature.position, signature.electronic, signature.name)
        case QrCode():
            yield block.label
        case Annex():
            yield from (block.label, block.title)
        case _:
            assert_never(block)
