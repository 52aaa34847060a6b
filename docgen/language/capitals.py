"""A text that begins a sentence → the same text inside one: «Взыскание долга» → «взыскание долга»."""

from __future__ import annotations

import re

from docgen.language.dictionary import is_known, readings

_PROPER = ("Surn", "Name", "Patr", "Geox", "Orgn", "Trad", "Abbr")


def small_start(text: str) -> str:
    """Return the text with a small first letter where its first word is surely a common one, else as it is.

    Abbreviations, numbers of cases, surnames, places and words that the dictionary does not know keep their capital.

    >>> small_start("Взыскание долга"), small_start("Росреестр внёс запись"), small_start("Иванов И. И. признал долг")
    ('взыскание долга', 'Росреестр внёс запись', 'Иванов И. И. признал долг')
    """
    word = re.match(r"[А-ЯЁ][а-яё]*(?![\w.-])", text)
    if word is None or not _is_common(word.group()):
        return text
    return text[0].lower() + text[1:]


def _is_common(word: str) -> bool:
    known = [reading for reading in readings(word) if is_known(reading)]
    return bool(known) and not any(mark in reading.tag for reading in known for mark in _PROPER)
