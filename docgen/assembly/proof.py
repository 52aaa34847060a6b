"""A document and its decisions in, the proof sheet out: why each clause stands, where each value came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from docgen.assembly.selection import Decision
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
    Strong,
    Table,
    Value,
)


@dataclass(frozen=True, slots=True)
class Stated:
    """One value of a document: where it stands, its words, where they came from."""

    place: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """The proof sheet: which clauses are in or out and why, and every value with its source."""

    title: str
    decisions: tuple[tuple[str, Decision], ...]
    values: tuple[Stated, ...]

    def __str__(self) -> str:
        decisions = [_decision_line(number, decision) for number, decision in self.decisions]
        values = [f"{value.place}\t{value.text}\t← {value.source}" for value in self.values]
        return "\n".join([self.title, "", "Состав", *decisions, "", "Значения", *values])


def explain(document: Document, decisions: Iterable[Decision], numbers: Mapping[str, str]) -> Explanation:
    """Return why each clause of a document stands or not, and where each of its values came from."""
    stated = tuple(Stated(place, _shown(value), value.source) for place, value in _values(document.blocks, ""))
    decided = tuple((numbers.get(decision.id, ""), decision) for decision in decisions)
    return Explanation(f"{document.title} · {document.foot} · {document.day}", decided, stated)


def _decision_line(number: str, decision: Decision) -> str:
    mark = "+" if decision.included else "−"
    wording = " ".join(part for part in (decision.variant, decision.edition) if part)
    name = f"{decision.id} ({wording})" if wording else decision.id
    place = f" [{decision.where}]" if decision.where else ""
    return f"{mark} {number:<5} {name}: {decision.reason}{place}"


def _shown(value: Value | Blank) -> str:
    return value.text.replace("\n", " / ") if isinstance(value, Value) else "(пропуск)"


def _values(blocks: Iterable[Block], place: str) -> Iterator[tuple[str, Value | Blank]]:
    for block in blocks:
        match block:
            case Annex():
                annex = f"Приложение {block.number}"
                yield from _each(annex, block.label + block.title)
                yield from _values(block.blocks, f"{annex}, ")
            case Clause() | Heading():
                yield from _each(f"{place}{block.number}", block.inlines)
            case Paragraph():
                yield from _each(f"{place}{block.role}", block.inlines)
            case Pair():
                yield from _each(f"{place}{block.role}", block.left + block.right)
            case Table():
                yield from _each(f"{place}{block.role}", _cells(block))
            case Parties():
                yield from _each(f"{place}{block.role}", _party_inlines(block))


def _cells(table: Table) -> Inlines:
    return tuple(inline for row in (*table.rows, *table.totals) for cell in row for inline in cell)


def _party_inlines(parties: Parties) -> Inlines:
    found: list[Inline] = []
    for side in parties.sides:
        for entry in side.entries:
            found.extend(entry.inlines)
        for signature in side.signatures:
            found.extend(signature.position + signature.name + signature.electronic)
    return tuple(found)


def _each(place: str, inlines: Inlines) -> Iterator[tuple[str, Value | Blank]]:
    for inline in inlines:
        if isinstance(inline, Value | Blank):
            yield place, inline
        elif isinstance(inline, Strong):
            yield from _each(place, inline.children)
