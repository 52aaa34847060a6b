"""Blocks without numbers in, the same blocks numbered and every reference resolved out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from docgen.document import (
    Annex,
    Block,
    Clause,
    Entry,
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
)

Blocks = tuple[Block, ...]


@dataclass(slots=True)
class _Counter:
    """The running numbers of one part: sections, clauses, sub-clauses; an annex starts its own."""

    section: int = 0
    clause: int = 0
    point: int = 0

    def heading(self) -> str:
        self.section, self.clause, self.point = self.section + 1, 0, 0
        return str(self.section)

    def next(self, level: int) -> str:
        if level == 1:
            return self.heading()
        if level == 2:
            self.clause, self.point = self.clause + 1, 0
            return f"{self.section}.{self.clause}"
        self.point += 1
        above = f"{self.section}.{self.clause}" if self.clause else str(self.section)
        return f"{above}.{self.point}"


@dataclass(slots=True)
class _Numbers:
    annexes: int = 0
    by_id: dict[str, str] = field(default_factory=dict)


def number(blocks: Blocks) -> tuple[Blocks, dict[str, str]]:
    """Return the blocks with their numbers, references filled in, and the number of every id.

    >>> numbered, numbers = number((Heading("fee", "", ()), Clause("sum", "sum", 2, "", (Ref("fee"),))))
    >>> numbers["sum"], numbered[1].inlines[0].number
    ('1.1', '1')
    """
    numbers = _Numbers()
    numbered = _numbered(blocks, _Counter(), numbers)
    return tuple(_resolved(block, numbers.by_id) for block in numbered), numbers.by_id


def _numbered(blocks: Blocks, counter: _Counter, numbers: _Numbers) -> Blocks:
    return tuple(_numbered_block(block, counter, numbers) for block in blocks)


def _numbered_block(block: Block, counter: _Counter, numbers: _Numbers) -> Block:
    match block:
        case Heading():
            block = replace(block, number=counter.heading())
            numbers.by_id[block.id] = block.number
        case Clause():
            block = replace(block, number=counter.next(block.level))
            if block.id:
                numbers.by_id[block.id] = block.number
        case Annex():
            numbers.annexes += 1
            numbers.by_id[block.id] = str(numbers.annexes)
            block = replace(block, number=str(numbers.annexes), blocks=_numbered(block.blocks, _Counter(), numbers))
        case _:
            pass
    return block


# --- references ------------------------------------------------------------------------------


def _resolved(block: Block, numbers: dict[str, str]) -> Block:
    def over(inlines: Inlines) -> Inlines:
        return tuple(_resolved_inline(inline, numbers) for inline in inlines)

    match block:
        case Paragraph() | Heading() | Clause():
            return replace(block, inlines=over(block.inlines))
        case Pair():
            return replace(block, left=over(block.left), right=over(block.right))
        case Table():
            return _resolved_table(block, over)
        case Parties():
            return replace(block, sides=tuple(_resolved_side(side, over) for side in block.sides))
        case QrCode():
            return replace(block, label=over(block.label))
        case Annex():
            inner = tuple(_resolved(inside, numbers) for inside in block.blocks)
            return replace(block, label=over(block.label), title=over(block.title), blocks=inner)


def _resolved_table(table: Table, over: Callable[[Inlines], Inlines]) -> Table:
    return replace(
        table,
        columns=tuple(replace(column, title=over(column.title)) for column in table.columns),
        rows=tuple(tuple(over(cell) for cell in row) for row in table.rows),
        totals=tuple(tuple(over(cell) for cell in row) for row in table.totals),
    )


def _resolved_side(side: Side, over: Callable[[Inlines], Inlines]) -> Side:
    entries = tuple(Entry(entry.label, over(entry.inlines)) for entry in side.entries)
    signatures = tuple(
        Signature(over(one.position), over(one.name), one.seal, over(one.electronic)) for one in side.signatures
    )
    return Side(over(side.heading), entries, signatures)


def _resolved_inline(inline: Inline, numbers: dict[str, str]) -> Inline:
    match inline:
        case Ref(target):
            return Ref(target, numbers[target])
        case Strong(children):
            return Strong(tuple(_resolved_inline(child, numbers) for child in children))
        case _:
            return inline
