"""Words and blocks of the tree in, elements of WordprocessingML out.

Elements are built, never written as text, so nothing that a document says can become markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from lxml import etree

from docgen.document import Annex, Blank, Inline, Inlines, Ref, Strong, Text, Value, anchor
from docgen.render.failure import RenderError
from docgen.render.layout import Target

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
NAMESPACES = {"w": WORD}


def w(tag: str, *children: etree._Element, **attributes: str | int) -> etree._Element:
    """Return an element of the w: namespace.

    >>> etree.tostring(w("jc", val="left")).decode()
    '<w:jc xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:val="left"/>'
    """
    element = etree.Element(f"{{{WORD}}}{tag}", nsmap=NAMESPACES)
    for name, value in attributes.items():
        element.set(f"{{{WORD}}}{name}", str(value))
    element.extend(children)
    return element


def children(element: etree._Element, tag: str) -> list[etree._Element]:
    """Return the children of a w: name."""
    return element.findall(f"{{{WORD}}}{tag}")


def child(element: etree._Element, tag: str) -> etree._Element:
    """Return the first child of a w: name; a Word file without it is not one that we can fill."""
    found = element.find(f"{{{WORD}}}{tag}")
    if found is None:
        raise RenderError(f"the Word shell has no {tag} in {element.tag}")
    return found


def attribute(element: etree._Element, name: str) -> str:
    """Return an attribute of the w: namespace that must be there."""
    return str(element.attrib[f"{{{WORD}}}{name}"])


def words(tag: str, text: str) -> etree._Element:
    """Return a text element that keeps every space."""
    element = w(tag)
    element.text = text
    element.set(SPACE, "preserve")
    return element


def paragraph(style: str, content: Iterable[etree._Element], *properties: etree._Element) -> etree._Element:
    """Return a paragraph of a style id; properties come in the order of the schema."""
    return w("p", w("pPr", w("pStyle", val=style), *properties), *content)


class Words:
    """Turns inlines into runs; a reference becomes a live field to the bookmark of its target."""

    def __init__(self, targets: dict[str, Target]) -> None:
        self._targets = targets
        self._bookmarks = {name: number for number, name in enumerate(targets, start=1)}

    def runs(self, inlines: Inlines, *, bold: bool | None = None) -> Iterator[etree._Element]:
        """Yield the runs of inlines."""
        for inline in inlines:
            yield from self._inline(inline, bold)

    def _inline(self, inline: Inline, bold: bool | None) -> Iterator[etree._Element]:
        match inline:
            case Text():
                yield run(inline.text, bold=bold)
            case Value():
                yield run(inline.text, bold=bold, verbatim=True)
            case Blank():
                yield run(inline.text, bold=False, verbatim=True)
            case Ref():
                how = "" if isinstance(self._targets[inline.target], Annex) else r"\w "
                yield from field(rf"REF {anchor(inline.target)} {how}\h", inline.number, bold=bold)
            case Strong():
                yield from self.runs(inline.children, bold=True)
            case _:
                assert_never(inline)

    def bookmarked(self, identifier: str, content: Iterable[etree._Element]) -> Iterator[etree._Element]:
        """Yield the content, inside a bookmark when something in the document refers to it."""
        number = self._bookmarks.get(identifier)
        if number is not None:
            yield w("bookmarkStart", id=number, name=anchor(identifier))
        yield from content
        if number is not None:
            yield w("bookmarkEnd", id=number)


def run(text: str, *, bold: bool | None = None, verbatim: bool = False) -> etree._Element:
    """Return a run; a line feed in the text is a line break; ``bold`` that is not told is the style's.

    A verbatim run is a value: ``noProof`` keeps Word, and no language LibreOffice, from hyphenating it (and from
    underlining a surname), and no capitals of a title's style change its letters.
    """
    content: list[etree._Element] = []
    for line in text.split("\n"):
        content += [w("br")] if content else []
        content += [words("t", line)]
    return w("r", *_properties(bold, verbatim), *content)


def field(instruction: str, result: str, *, bold: bool | None = None) -> Iterator[etree._Element]:
    """Yield a complex field with its result, so that Word has nothing to ask on opening."""
    for content in (
        w("fldChar", fldCharType="begin"),
        words("instrText", f" {instruction} "),
        w("fldChar", fldCharType="separate"),
        words("t", result),
        w("fldChar", fldCharType="end"),
    ):
        yield w("r", *_properties(bold, False), content)


def _properties(bold: bool | None, verbatim: bool) -> list[etree._Element]:
    off = {} if bold else {"val": 0}
    marks = [] if bold is None else [w("b", **off), w("bCs", **off)]
    marks += [w("caps", val=0), w("noProof"), w("lang", val="x-none")] if verbatim else []
    return [w("rPr", *marks)] if marks else []
