"""The document tree: what assembly makes and every writer turns into one format.

A dozen node types in all, frozen and closed: a writer matches ``Block`` and ``Inline`` exhaustively and ends
in ``assert_never``. Nodes carry a role ("preamble"), never a style; the look says how a role looks.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Literal

# --- inlines ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Words of the library, typography already applied (U+00A0 is the only special space)."""

    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """A word that came from outside: printed to the letter, never hyphenated, ``\\n`` is a line break.

    ``source`` tells where it came from: a JSON Pointer into the order, ``firm.yaml:12``,
    ``clauses/rules.yaml:40`` (a default) or a calculation's name.
    """

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Blank:
    """A fact left open on purpose: a rule that a hand can fill in; ``text`` is its underscores."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Ref:
    """A live reference to the Heading, Clause or Annex ``target``; ``number`` is what it prints."""

    target: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Strong:
    """Bold words: a party's name or a defined term where it is defined."""

    children: tuple[Inline, ...]


Inline = Text | Value | Blank | Ref | Strong
Inlines = tuple[Inline, ...]

# --- blocks ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Unnumbered text; ``role``: title, number, preamble, body, note, parties_heading …

    ``clause`` names the library clause that it was made from, if it is one's.
    """

    role: str
    inlines: Inlines
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts on one line, left and right: place and date."""

    role: str
    left: Inlines
    right: Inlines


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered section heading (level 1): ``number`` is "4"; printed "4."."""

    id: str
    number: str
    inlines: Inlines
    role: str = "section"


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered paragraph: level 1 only in an annex without sections, 2 is "4.1", 3 is "4.1.2".

    ``clause`` names the library clause it was made from (several paragraphs may share one); ``id`` is set on
    those that may be referred to. ``deviation`` marks a special term; it is never printed in a file that leaves.
    """

    id: str
    clause: str
    level: Literal[1, 2, 3]
    number: str
    inlines: Inlines
    deviation: bool = False

    @property
    def role(self) -> str:
        """The role by level: a point of an annex, a clause, a sub-clause."""
        return {1: "point", 2: "clause", 3: "subclause"}[self.level]


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: head text, how its cells align, share of the width in percent."""

    title: Inlines
    align: Literal["left", "center", "right"]
    width: int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under a head that repeats; ``totals`` rows stay with the last row.

    A totals row may leave cells empty: its first non-empty cell spans the empty cells that follow it.
    """

    role: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    totals: tuple[tuple[Inlines, ...], ...] = ()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One requisite: a label ("ИНН") and its value."""

    label: str
    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Signature:
    """A line to sign on: position above it (may be empty), initials and surname after it, place for a seal.

    ``electronic`` are the words that stand instead of the line where nobody signs by hand; the name is under them.
    """

    position: Inlines
    name: Inlines
    seal: bool
    electronic: Inlines = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One party of the parties' block: its heading («Исполнитель»), requisites and signatures."""

    heading: Inlines
    entries: tuple[Entry, ...]
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Parties:
    """The parties' block: sides two in a row; requisites in one table row, signatures in the next, never split.

    With no entries in any side it is the short block that ends an annex.
    """

    role: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code that a phone reads ``payload`` from; ``label`` stands under it and says what it is for."""

    role: str
    payload: str
    label: Inlines


@dataclass(frozen=True, slots=True)
class Annex:
    """A numbered annex on a new page; numbering of clauses starts again inside it.

    ``label`` is what follows «Приложение № N» on the lines below it: «к договору от … № …».
    """

    id: str
    number: str
    label: Inlines
    title: Inlines
    blocks: tuple[Block, ...]


Block = Paragraph | Pair | Heading | Clause | Table | Parties | QrCode | Annex


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document: its properties, the running foot and the blocks.

    ``title`` and ``subject`` go into the file's properties, ``foot`` into the running foot
    («Договор № 15-26»); ``day`` is the document's own date and the only date a file carries.
    """

    title: str
    subject: str
    author: str
    language: str
    foot: str
    day: date
    draft: bool
    blocks: tuple[Block, ...]


def anchor(identifier: str) -> str:
    """Return the opaque name a file uses for a target, so that no file tells a clause's id.

    >>> anchor("fee") == anchor("fee") and len(anchor("fee")) == 14
    True
    """
    return "_c" + hashlib.sha256(identifier.encode()).hexdigest()[:12]
