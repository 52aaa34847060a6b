"""An organisation's name in, the grammatical gender of its head noun out."""

from __future__ import annotations

import re
from typing import Literal

_ENDINGS: tuple[tuple[str, Literal["m", "f", "n"]], ...] = (
    ("(?:ое|ее|о|е|ие)", "n"),
    ("(?:ая|яя|а|я)", "f"),
    ("[бвгджзйклмнпрстфхцчшщь]|ый|ий", "m"),
)


def organisation_gender(name: str) -> Literal["m", "f", "n"]:
    """Return the gender by the first word: an adjective or a noun shows it; a short form (ООО) stands for «общество».

    >>> names = ("Публичное акционерное общество «А»", "Коллегия адвокатов", "Фонд", "ООО")
    >>> [organisation_gender(name) for name in names]
    ['n', 'f', 'm', 'n']

    A foreign name in Latin letters is taken as «компания».
    """
    word = re.split(r"[\s«\"(]", name.strip(), maxsplit=1)[0]
    if re.fullmatch("[А-ЯЁ]+", word) and len(word) < 6:
        return "n"
    for ending, gender in _ENDINGS:
        if re.search(f"{ending}$", word.lower()):
            return gender
    return "f"
