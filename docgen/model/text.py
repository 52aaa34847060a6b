"""A raw order in, the same order with clean texts out: what cannot be printed is refused, never stripped."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from docgen.model.blank import Blank
from docgen.model.finding import Finding
from docgen.model.walk import JsonObject, Path, pointer_join

NARROW_SPACES = {"\u202f": "\u00a0", "\u2009": "\u00a0"}
_NARROW = str.maketrans(NARROW_SPACES)
_OPAQUE = ("\ue000", "\ue001")
_SHOWN = 60

_BAD_KINDS = {
    "Cc": "управляющий символ",
    "Cf": "невидимый символ",
    "Cs": "половина суррогатной пары",
    "Zl": "разделитель строк",
    "Zp": "разделитель абзацев",
}


def bad_character(char: str) -> str:
    r"""Return what is wrong with the character, or "" if it may be printed.

    >>> bad_character("\u200e"), bad_character("я"), bad_character("\n")
    ('невидимый символ', '', '')
    """
    if char == "\n":
        return ""
    if char in _OPAQUE:
        return "служебный символ"
    if _is_noncharacter(ord(char)):
        return "код, который не обозначает символа"
    return _BAD_KINDS.get(unicodedata.category(char), "")


def _is_noncharacter(code: int) -> bool:
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE


def is_clean(text: str) -> bool:
    """Tell whether every character of the text is allowed."""
    return (text.isascii() and text.isprintable()) or not any(map(bad_character, text))


def show(text: str) -> str:
    r"""Return the text short and safe to print: what cannot be printed becomes U+XXXX.

    >>> show("a\u202eb")
    'aU+202Eb'
    """
    short = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    return "".join(f"U+{ord(char):04X}" if char == "\n" or bad_character(char) else char for char in short)


def strings(raw: object, path: Path = ()) -> Iterator[tuple[str, str]]:
    """Yield (pointer, text) of every text of a raw order that a font must show.

    A text with a character that is refused anyway is passed over: one mistake, one problem.

    >>> list(strings({"place": "Пермь", "lines": ["а", "б"]}))
    [('/place', 'Пермь'), ('/lines/0', 'а'), ('/lines/1', 'б')]
    """
    if isinstance(raw, str):
        if is_clean(text := plain(raw)):
            yield pointer_join(*path), text
    elif isinstance(raw, Mapping):
        for key, value in raw.items():
            if is_clean(key):
                yield from strings(value, (*path, key))
    elif isinstance(raw, Sequence):
        for index, value in enumerate(raw):
            yield from strings(value, (*path, index))


def plain(text: str) -> str:
    """Return the text with line feeds for line ends and no-break spaces for narrow ones."""
    return text.replace("\r\n", "\n").translate(_NARROW)


class Tidied:
    """A raw order with clean texts and a Blank for every null, and what was noticed on the way."""

    def __init__(self, raw: JsonObject) -> None:
        self.findings: list[Finding] = []
        self.warnings: list[Finding] = []
        self.blanks: list[Path] = []
        self.tree = self._tidy(raw, ())

    def _tidy(self, node: object, path: Path) -> object:
        if isinstance(node, str):
            return self._text(node, path)
        if isinstance(node, Mapping):
            clean = {key: value for key, value in node.items() if self._accepts_key(key, path)}
            return {key: self._tidy(value, (*path, key)) for key, value in clean.items()}
        if isinstance(node, Sequence):
            return [self._tidy(value, (*path, index)) for index, value in enumerate(node)]
        if node is None:
            self.blanks.append(path)
            return Blank(pointer_join(*path))
        return node

    def _accepts_key(self, key: str, path: Path) -> bool:
        if is_clean(key):
            return True
        # A pointer with such a key could not be printed, so the problem points to the object that holds it.
        message = f"в имени поля «{show(key)}» недопустимый символ"
        meant = "".join(char for char in key if char != "\n" and not bad_character(char))
        lost, instead = (*path, key), (*path, meant)
        cure = "переименуйте поле или удалите его"
        self.findings.append(Finding(path, "character", message, cure, lost=lost, instead=instead))
        return False

    def _text(self, text: str, path: Path) -> str | Blank:
        clean = plain(text)
        if not is_clean(clean):
            self.findings.append(_bad_text(clean, path))
            return Blank(pointer_join(*path))  # told once: no other rule is asked about it
        if any(space in text for space in NARROW_SPACES):
            message = "узкий пробел заменён обычным неразрывным"
            self.warnings.append(Finding(path, "space_replaced", message, "впишите неразрывный пробел"))
        return clean


def _bad_text(text: str, path: Path) -> Finding:
    place, char = next((place, char) for place, char in enumerate(text, 1) if bad_character(char))
    message = f"недопустимый символ U+{ord(char):04X} ({bad_character(char)}), по счёту {place}-й"
    return Finding(path, "character", message, "удалите его: он не печатается")
