"""A document as signed and as revised in, what a supplementary agreement says of the difference out.

Clauses are compared by id and words, not by number, so that a clause that only moved is no amendment. Every number
cited is that of the signed text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from docgen.document import (
    Annex,
    Block,
    Clause,
    Document,
    Entry,
    Heading,
    Inline,
    Inlines,
    Paragraph,
    Parties,
    Ref,
    Strong,
    Table,
    Text,
)

Way = Literal[
    "replaced", "removed", "added", "preamble", "requisites", "annex_replaced", "annex_removed", "annex_added"
]


@dataclass(frozen=True, slots=True)
class Amendment:
    """One difference: what happened, the numbers cited (of clauses, a section or an annex), the new words."""

    way: Way
    numbers: tuple[str, ...]
    words: tuple[Inlines, ...] = ()
    annex: Annex | None = None
    side: int = 0


def amendments(signed: Document, revised: Document) -> tuple[Amendment, ...]:
    """Return the differences between a signed document and its revision, in the order of the text."""
    numbers = dict(_numbers(signed.blocks))
    return (
        *_preamble(signed, revised, numbers),
        *_clauses(signed.blocks, revised.blocks, numbers),
        *_requisites(signed, revised),
        *_annexes(signed, revised, numbers),
    )


def _numbers(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        if isinstance(block, Heading | Clause | Annex) and block.id:
            yield block.id, block.number
        if isinstance(block, Annex):
            yield from _numbers(block.blocks)


# --- words -----------------------------------------------------------------------------------


def _spoken(inlines: Inlines) -> str:
    """Return the words of inlines for comparison; a reference is its target, whatever its number."""
    return "".join(_word(inline) for inline in inlines)


def _word(inline: Inline) -> str:
    match inline:
        case Ref(target):
            return f"\ue000{target}\ue001"
        case Strong(children):
            return _spoken(children)
        case _:
            return inline.text


def fixed(inlines: Inlines, numbers: Mapping[str, str]) -> Inlines:
    """Return inlines in which references are plain numbers of the signed text: they point outside this document."""
    return tuple(_fixed(inline, numbers) for inline in inlines)


def _fixed(inline: Inline, numbers: Mapping[str, str]) -> Inline:
    match inline:
        case Ref(target, number):
            return Text(numbers.get(target, number))
        case Strong(children):
            return Strong(fixed(children, numbers))
        case _:
            return inline


def _fixed_block(block: Block, numbers: Mapping[str, str]) -> Block:
    match block:
        case Paragraph() | Heading():
            return replace(block, inlines=fixed(block.inlines, numbers))
        case Clause():
            return replace(block, id="", inlines=fixed(block.inlines, numbers))
        case Table():
            rows, totals = (_fixed_rows(part, numbers) for part in (block.rows, block.totals))
            return replace(block, rows=rows, totals=totals)
        case _:
            return block


def _fixed_rows(rows: tuple[tuple[Inlines, ...], ...], numbers: Mapping[str, str]) -> tuple[tuple[Inlines, ...], ...]:
    return tuple(tuple(fixed(cell, numbers) for cell in row) for row in rows)


# --- the body --------------------------------------------------------------------------------


def _preamble(signed: Document, revised: Document, numbers: Mapping[str, str]) -> Iterator[Amendment]:
    before, after = (_paragraphs(document, "preamble") for document in (signed, revised))
    if [_spoken(each) for each in before] != [_spoken(each) for each in after]:
        yield Amendment("preamble", (), tuple(fixed(each, numbers) for each in after))


def _paragraphs(document: Document, role: str) -> list[Inlines]:
    return [block.inlines for block in document.blocks if isinstance(block, Paragraph) and block.role == role]


def _clauses(signed: Iterable[Block], revised: Iterable[Block], numbers: Mapping[str, str]) -> Iterator[Amendment]:
    before, after = _grouped(signed), _grouped(revised)
    for name, (section, clauses) in after.items():
        words = _printed(clauses, numbers)
        if name not in before:
            yield Amendment("added", (numbers.get(section, ""),), words)
            continue
        old, new = _differing(before[name][1], clauses)
        if old or new:
            yield Amendment("replaced", _cited(old), _renumbered(old, new, numbers))
    for name, (_, clauses) in before.items():
        if name not in after:
            yield Amendment("removed", _cited(clauses))


def _differing(old: list[Clause], new: list[Clause]) -> tuple[list[Clause], list[Clause]]:
    """Return what differs of a clause: the paragraphs, if there are as many as there were; else the whole clause."""
    before, after = _paragraphed(old), _paragraphed(new)
    if len(before) != len(after):
        return old, new
    unlike = [pair for pair in zip(before, after, strict=True) if _words_of(pair[0]) != _words_of(pair[1])]
    return [one for was, _ in unlike for one in was], [one for _, now in unlike for one in now]


def _paragraphed(clauses: list[Clause]) -> list[list[Clause]]:
    """Return the paragraphs of a clause, each with its sub-clauses."""
    found: list[list[Clause]] = []
    for one in clauses:
        if one.level < 3 or not found:
            found.append([])
        found[-1].append(one)
    return found


def _words_of(clauses: list[Clause]) -> list[str]:
    return [_spoken(one.inlines) for one in clauses]


def _grouped(blocks: Iterable[Block]) -> dict[str, tuple[str, list[Clause]]]:
    """Return the paragraphs of every clause of the body, with the id of its section."""
    found: dict[str, tuple[str, list[Clause]]] = {}
    section = ""
    for block in blocks:
        if isinstance(block, Heading):
            section = block.id
        elif isinstance(block, Clause):
            found.setdefault(block.clause, (section, []))[1].append(block)
    return found


def _cited(clauses: list[Clause]) -> tuple[str, ...]:
    """Return the numbers of the paragraphs; sub-clauses go with theirs."""
    return tuple(one.number for one in clauses if one.level < 3)


def _printed(clauses: list[Clause], numbers: Mapping[str, str]) -> tuple[Inlines, ...]:
    """Return the words of clauses, sub-clauses marked with dashes, without numbers."""
    marks = {1: "", 2: "", 3: "— "}
    return tuple((Text(marks[one.level]), *fixed(one.inlines, numbers)) for one in clauses)


def _renumbered(old: list[Clause], new: list[Clause], numbers: Mapping[str, str]) -> tuple[Inlines, ...]:
    """Return the new words under the old numbers; a paragraph more than there were goes on from the last number."""
    shown: list[Inlines] = []
    cited = list(_cited(old))
    place = point = -1
    for one in new:
        if one.level < 3:
            place, point = place + 1, 0
            number = cited[place] if place < len(cited) else f"{cited[-1]}({place - len(cited) + 2})"
        else:
            point += 1
            number = f"{cited[min(place, len(cited) - 1)]}.{point}"
        shown.append((Text(f"{number}.\u00a0"), *fixed(one.inlines, numbers)))
    return tuple(shown)


# --- requisites and annexes ------------------------------------------------------------------


def _requisites(signed: Document, revised: Document) -> Iterator[Amendment]:
    before, after = (_sides(document) for document in (signed, revised))
    for index, side in enumerate(after):
        old = before[index] if index < len(before) else None
        if old is None or [(e.label, _spoken(e.inlines)) for e in old] != [(e.label, _spoken(e.inlines)) for e in side]:
            words = tuple((Text(f"{entry.label}: " if entry.label else ""), *entry.inlines) for entry in side)
            yield Amendment("requisites", (), words, side=index)


def _sides(document: Document) -> list[tuple[Entry, ...]]:
    blocks = [block for block in document.blocks if isinstance(block, Parties)]
    return [side.entries for block in blocks for side in block.sides]


def _annexes(signed: Document, revised: Document, numbers: Mapping[str, str]) -> Iterator[Amendment]:
    before, after = (
        {block.id: block for block in document.blocks if isinstance(block, Annex)} for document in (signed, revised)
    )
    for name, annex in after.items():
        if name not in before:
            yield Amendment("annex_added", (), annex=_whole(annex, numbers))
        elif _annex_words(before[name]) != _annex_words(annex):
            yield Amendment("annex_replaced", (before[name].number,), annex=_whole(annex, numbers))
    for name, annex in before.items():
        if name not in after:
            yield Amendment("annex_removed", (annex.number,))


def _whole(annex: Annex, numbers: Mapping[str, str]) -> Annex:
    return replace(annex, blocks=tuple(_fixed_block(block, numbers) for block in annex.blocks))


def _annex_words(annex: Annex) -> list[str]:
    return [_spoken(annex.title), *(_block_words(block) for block in annex.blocks)]


def _block_words(block: Block) -> str:
    match block:
        case Table():
            return "|".join(_spoken(cell) for row in (*block.rows, *block.totals) for cell in row)
        case Paragraph() | Heading() | Clause():
            return _spoken(block.inlines)
        case _:
            return ""
