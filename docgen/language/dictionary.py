"""Words → their dictionary readings (pymorphy3, loaded once), and endings moved onto words as typed."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

VOWELS = frozenset("аеёиоуыэюя")


@cache
def _analyzer() -> Any:
    import pymorphy3  # loaded by those who need it: 200 ms and 15 MB

    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=4096)
def readings(word: str) -> tuple[Any, ...]:
    """Return pymorphy3's parses of a word, most probable first; guesses for a word it does not know."""
    return tuple(_analyzer().parse(word.lower()))


def is_known(reading: Any) -> bool:
    """Return whether a reading stands in the dictionary, not made up from the ending of an unknown word."""
    return [type(method[0]).__name__ for method in reading.methods_stack] == ["DictionaryAnalyzer"]


def known(word: str) -> bool:
    """Return whether the dictionary has the word itself (ё may be typed as е).

    >>> known("директор"), known("продактолог")
    (True, False)
    """
    return any(map(is_known, readings(word)))


def knows(word: str, grammeme: str) -> bool:
    """Return whether the dictionary has the word with that grammeme of OpenCorpora: "ADJF", "Surn".

    >>> knows("долгий", "ADJF"), knows("макогоний", "ADJF")
    (True, False)
    """
    return any(grammeme in reading.tag and is_known(reading) for reading in readings(word))


def graft(typed: str, lemma: str, form: str) -> str:
    """Return ``typed`` with the change of ending that leads from ``lemma`` to ``form``; capitals and ё stay.

    >>> graft("ДИРЕКТОР", "директор", "директора"), graft("партнер", "партнёр", "партнёра")
    ('ДИРЕКТОРА', 'партнера')
    """
    kept = 0
    for ours, theirs in zip(lemma, form, strict=False):
        if ours != theirs:
            break
        kept += 1
    changed = extend(typed, len(lemma) - kept, form[kept:])
    return changed if kept or not typed[:1].isupper() else changed[:1].upper() + changed[1:]


def extend(typed: str, cut: int, ending: str) -> str:
    """Return ``typed`` without its last ``cut`` letters and with ``ending``, in capitals if it is in capitals."""
    stem = typed[: len(typed) - cut]
    return stem + (ending.upper() if len(typed) > 1 and typed.isupper() else ending)


def syllables(word: str) -> int:
    """Return the number of vowels.

    >>> syllables("Соловей")
    3
    """
    return sum(letter in VOWELS for letter in word.lower())
