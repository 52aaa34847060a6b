"""A page laid out by WeasyPrint in, the same page without a third hyphenated line in a row out.

CSS has a limit for that (hyphenate-limit-lines), which WeasyPrint 70 does not know. So the word that would end the
third line is kept whole in the page's own tree, and the page is laid out again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from weasyprint.formatting_structure.boxes import LineBox, TextBox

HYPHEN = "\u2010"
IN_A_ROW = 2
LAYOUTS = 5  # a word kept whole moves the lines after it, so that another may have to follow
LETTER = 7.5  # the width of a letter on average, and the widest gap beside a space, in pixels
WIDEST_GAP = 8
WORD = re.compile("[^ \u00a0]*")
WORDS_END = re.compile("[^ ]*$")  # with what a no-break space holds to it


def tempered(lay_out: Callable[[], Any]) -> Any:
    """Return what ``lay_out`` makes of a page; words of the page's tree that it breaks too often are kept whole."""
    for _ in range(LAYOUTS):
        laid = lay_out()
        kept = [_keep_whole(end, start) for end, start in _broken(laid)]
        if not any(kept):
            break
    return laid


def _broken(laid: Any) -> Iterator[tuple[Any, Any]]:
    """Yield both texts of the first word of every paragraph that ends one hyphenated line too many."""
    for lines in _paragraphs(laid):
        in_a_row = 0
        for line, (start, *_) in pairwise(lines):
            in_a_row = in_a_row + 1 if line[-1].text.endswith(HYPHEN) else 0
            if in_a_row > IN_A_ROW and not _would_gape(line):
                yield line[-1], start
                break


def _would_gape(line: list[Any]) -> bool:
    """Tell whether a line without the word begun at its end would have wider gaps than a third hyphen is worth."""
    begun = WORDS_END.search(line[-1].text.removesuffix(HYPHEN))
    spaces = sum(text.text.count(" ") + text.text.count("\u00a0") for text in line) - 1
    width = len(begun[0]) * LETTER if begun else 0
    return bool(line[-1].justification_spacing + width / max(spaces, 1) > WIDEST_GAP)


def _paragraphs(laid: Any) -> list[list[list[Any]]]:
    """Return the lines of every paragraph, over pages, each as its texts."""
    found: dict[Any, list[list[Any]]] = {}
    for page in laid.pages:
        for box in page._page_box.descendants():
            if isinstance(box, LineBox) and (texts := [one for one in box.descendants() if isinstance(one, TextBox)]):
                found.setdefault(box.element, []).append(texts)
    return list(found.values())


def _keep_whole(end: Any, start: Any) -> bool:
    """Put the word that begins in one text and ends in another into a span that no hyphen breaks."""
    line, rest = end.text.removesuffix(HYPHEN), WORD.match(start.text)
    begun = WORDS_END.search(line)
    assert rest is not None
    assert begun is not None
    word = begun[0] + rest[0]
    for place, text in enumerate(_strings(end.element)):
        if (found := text.find(line + rest[0])) >= 0:
            _part(end.element, place, text, found + begun.start(), word)
            return True
    return False


def _strings(element: Any) -> list[str]:
    """Return the text before the first child of an element and the texts after each of its children."""
    return [element.text or "", *(child.tail or "" for child in element)]


def _part(element: Any, place: int, text: str, start: int, word: str) -> None:
    """Part one of an element's strings in three: before the word, the word, after it."""
    before = text[:start].removesuffix(" ")
    space, whole = (element.makeelement("span", {"class": name}) for name in ("", "whole"))
    space.text, whole.text, whole.tail = text[len(before):start], word, text[start + len(word):]
    element[place:place] = [space, whole] if space.text else [whole]
    if place:
        element[place - 1].tail = before
    else:
        element.text = before
