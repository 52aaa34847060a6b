"""The tree and the look's document.html in, one standalone page out (also what the PDF is made from)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pyphen
from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from docgen.document import (
    Annex,
    Blank,
    Clause,
    Document,
    Heading,
    Pair,
    Paragraph,
    Parties,
    QrCode,
    Ref,
    Strong,
    Table,
    Text,
    Value,
    anchor,
)
from docgen.render import layout, qr

SPACED = re.compile("  |(?<=\n) | (?=\n)")
ABBREVIATION = "[^ \u00a0]*[A-ZА-ЯЁ]{2}[^ \u00a0]*"
LONG_WORD = "[^ \u00a0]*\\w{6}[^ \u00a0]*"  # print.css hyphenates words of six letters and more
LONG = re.compile("[а-яё]{6,}", re.IGNORECASE)
WHOLE = re.compile(f"({ABBREVIATION})")
WHOLE_OR_LAST = re.compile(f"({ABBREVIATION}|{LONG_WORD}$)")
NODES = (Text, Value, Blank, Ref, Strong, Paragraph, Pair, Heading, Clause, Table, Parties, QrCode, Annex)


def write(document: Document, look: Path) -> bytes:
    """Return the page as UTF-8; numbers and references are its text, so that nothing has to count them again."""
    layout.referred(document)
    template = _environment(look).get_template("document.html")
    # The look's own file: no word of the document is in it.
    style = Markup((look / "print.css").read_text(encoding="utf-8"))
    return template.render(document=document, locale=layout.locale(document), style=style, marked=False).encode()


def marked(document: Document, look: Path) -> str:
    """Return the blocks for a page of ours: values with their sources, clauses with their ids, special terms marked."""
    layout.referred(document)
    return _environment(look).get_template("document.html").render(document=document, marked=True)


@lru_cache(maxsize=8)
def _environment(look: Path) -> SandboxedEnvironment:
    """Return templates that see the tree's nodes, a test for each of them, and no other name than these."""
    environment = SandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, loader=FileSystemLoader(look)
    )
    for node in NODES:
        environment.tests[node.__name__.lower()] = _is(node)
    environment.tests["spaced"] = SPACED.search  # what a page would fold
    environment.tests["on_one_page"] = layout.on_one_page
    environment.filters |= {
        "anchor": anchor,
        "apart": _apart,
        "css_class": lambda role: role.replace("_", "-"),
        "kept_with_parties": layout.kept_with_parties,
        "plain": layout.plain,
        "printed": layout.printed,
        "qr_url": qr.svg_url,
        "rows_of_two": layout.rows_of_two,
        "shares": _shares,
        "signature_rows": layout.signature_rows,
        "signed": layout.signed,
        "spans": layout.spans,
        "unbroken": _unbroken,
    }
    environment.globals |= {"ANNEX": layout.ANNEX, "DRAFT": layout.DRAFT, "SEAL": layout.SEAL}
    return environment


def _is(node: type) -> Callable[[object], bool]:
    return lambda value: isinstance(value, node)


def _unbroken(text: str, last: bool, marked: bool) -> Markup:
    """Return words in which no abbreviation is hyphenated, nor, in the last words of a paragraph, the last one.

    A browser has no dictionary of Russian hyphens, so for a page of ours (``marked``) the places are put in here.
    """
    pieces = (WHOLE_OR_LAST if last else WHOLE).split(text)
    whole = Markup('<span class="whole">{}</span>')
    if marked:
        pieces[::2] = [LONG.sub(_hyphenated, piece) for piece in pieces[::2]]
    return Markup().join(whole.format(piece) if place % 2 else _held(piece) for place, piece in enumerate(pieces))


def _hyphenated(word: re.Match[str]) -> str:
    return _word_hyphenated(word[0])


@lru_cache(maxsize=20_000)
def _word_hyphenated(word: str) -> str:
    """Return a word with soft hyphens; WeasyPrint takes them from the same dictionary."""
    return str(_hyphens().inserted(word, "\u00ad"))


@lru_cache(maxsize=1)
def _hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="ru_RU", left=3, right=3)


def _held(text: str) -> Markup:
    """Return words with their last space in an element of its own: the place to break at when what follows is too long.

    WeasyPrint 70 would else break the whole text anew and far too early, be it that the text ends in a space or that
    its last words hold to what follows («в», «№», «(»).
    """
    before, space, after = text.rpartition(" ")
    return escape(before) + Markup("<span> </span>") * len(space) + escape(after)


def _apart(value: str) -> Markup:
    """Return a value in one piece, but for a space at its end, which stands apart as in `_held`."""
    words = value.removesuffix(" ")
    return escape(words) + Markup("<span> </span>") * (len(value) - len(words))


def _shares(table: Table) -> list[str]:
    """Return the width of every column as a share of the table's."""
    whole = sum(column.width for column in table.columns)
    return [f"{100 * column.width / whole:.3f}%" for column in table.columns]
