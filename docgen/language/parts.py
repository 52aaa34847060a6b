"""A full name → its words with their roles: surname, first name, patronymic, «Гейдар оглы», or kept as it is."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from docgen.language.dictionary import known, readings, syllables
from docgen.language.forms import listed

Role = Literal["surname", "first", "middle", "kin", "kept"]

MALE_KIN = frozenset({"оглы", "оглу", "углы", "улы", "уулу", "угли"})
FEMALE_KIN = frozenset({"кызы", "гызы", "кизи", "кыз", "гизи"})
KIN = MALE_KIN | FEMALE_KIN
PARTICLES = listed(
    "аль эль ван фон де дер ден ди да дель делла дю ла ле лос дос бен ибн бин бинт абу мак сан сен сент тер о"
)
# The commonest family names of China, Korea and Vietnam: with no patronymic only the last word declines.
ASIAN = listed(
    """ван ли чжан лю чэнь ян хуан чжао у чжоу сюй сунь ма чжу ху го хэ линь гао лян дэн мао дун фэн цай цзян чан
    сыту си вэнь ло хань пэн цао цзэн сяо тянь пань юань юй яо лу ким пак цой чой лим юн чхве чон кан чо син сон хван
    нгуен ле фам хоанг фан ву во данг буй до хо нго зыонг динь лай мун но"""
)
MALE_PATRONYMIC = re.compile(r"(?:[иы]ч)$")
FEMALE_PATRONYMIC = re.compile(r"(?:вна|чна|шна)$")
SURE_PATRONYMIC = re.compile(r"(?:ович|евич|овна|евна|ична|инишна)$")
INITIALS = re.compile(r"(?:[А-ЯЁ]\.(?:-?[А-ЯЁ]\.)*|[А-ЯЁ])")
CYRILLIC = re.compile(r"[а-яё]+(?:[-'’][а-яё]+)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name as typed, the role it plays, and the space after it."""

    text: str
    role: Role
    space: str


@dataclass(frozen=True, slots=True)
class Parts:
    """The words of a name; ``doubt`` tells (in Russian) why the roles may be wrong; ``compound`` is Asian."""

    words: tuple[Word, ...]
    doubt: str = ""
    compound: bool = False

    def of(self, role: Role) -> tuple[str, ...]:
        """Return the words that play the role."""
        return tuple(word.text for word in self.words if word.role == role)


@lru_cache(maxsize=4096)
def split(full: str) -> Parts:
    """Return the words of «Фамилия Имя Отчество» with their roles.

    >>> split("Алиев Ильхам Гейдар оглы").of("kin")
    ('Гейдар', 'оглы')
    """
    pieces = re.split(r"(\s+)", unicodedata.normalize("NFC", full).strip())
    texts, spaces = pieces[::2], [*pieces[1::2], ""]
    roles, doubt, compound = _roles(texts)
    words = zip(texts, roles, spaces, strict=True)
    return Parts(tuple(Word(text, role, space) for text, role, space in words), doubt, compound)


def is_patronymic(text: str) -> bool:
    """Return whether a word ends like a patronymic.

    >>> is_patronymic("Силыч"), is_patronymic("Джон")
    (True, False)
    """
    plain = text.lower()
    return bool(MALE_PATRONYMIC.search(plain) or FEMALE_PATRONYMIC.search(plain))


@lru_cache(maxsize=4096)
def name_sexes(text: str) -> frozenset[str]:
    """Return the sexes that the dictionary gives a first name; empty for an unknown one.

    >>> sorted(name_sexes("Саша")), sorted(name_sexes("Ольга"))
    (['f', 'm'], ['f'])
    """
    found: set[str] = set()
    text = text.rpartition("-")[2]
    if not known(text):
        return frozenset()
    for reading in readings(text):
        if "Name" not in reading.tag or reading.tag.case != "nomn" or reading.tag.number != "sing":
            continue
        found.update({"masc": "m", "femn": "f"}.get(reading.tag.gender or "", "mf"))
    return frozenset(found)


def _roles(texts: list[str]) -> tuple[list[Role], str, bool]:
    roles: list[Role] = ["kept"] * len(texts)
    free = [i for i, text in enumerate(texts) if CYRILLIC.fullmatch(text) and not INITIALS.fullmatch(text)]
    abridged = any(INITIALS.fullmatch(text) for text in texts)
    for i in free[len(free) - _kin_words([texts[i] for i in free]) :]:
        roles[i], abridged = "kin", True
        free = free[:-1]
    while len(free) > 1 and _is_particle([texts[i] for i in free]):
        free = free[1:]
    names, doubt, compound = _assign([texts[i] for i in free], abridged)
    for i, role in zip(free, names, strict=True):
        roles[i] = role
    return roles, doubt, compound


def _kin_words(texts: list[str]) -> int:
    last = texts[-1].lower() if texts else ""
    if last in KIN and len(texts) > 2:
        return 2
    return int("-" in last and last.rpartition("-")[2] in KIN)


def _is_particle(texts: list[str]) -> bool:
    family = texts[:-2] if is_patronymic(texts[-1]) else texts[:-1]
    return texts[0].lower() in PARTICLES and (texts[0][0].islower() or len(family) > 1)


Assigned = tuple[list[Role], str, bool]


def _assign(texts: list[str], abridged: bool) -> Assigned:
    n = len(texts)
    if n < 2:
        return _family(n), "", False
    if abridged:
        return _family(n - 1, "first"), "", False
    if n > 2 and is_patronymic(texts[-1]):
        return _family(n - 2, "first", "middle"), "", False
    if n == 2 and SURE_PATRONYMIC.search(texts[1].lower()) and name_sexes(texts[0]):
        return _family(0, "first", "middle"), "", False
    return _assign_foreign(texts)


def _assign_foreign(texts: list[str]) -> Assigned:
    n = len(texts)
    if texts[0].lower() in ASIAN and _is_asian_given(texts[1:]):
        kept: list[Role] = ["kept"] * (n - 1)
        return [*kept, "first"], "составное восточное имя: склонена только последняя часть", True
    if n == 2:
        return _family(1, "first"), "", False
    doubt = "не найдено отчество: проверьте, где здесь фамилия и где имя"
    if name_sexes(texts[-1]) and not name_sexes(texts[1]):
        return _family(n - 1, "first"), doubt, False
    return [*_family(1), *_family(0, "first") * (n - 1)], doubt, False


def _is_asian_given(texts: list[str]) -> bool:
    short = all(syllables(text) <= 3 and "-" not in text for text in texts)
    return short and not any(len(text) > 3 and name_sexes(text) for text in texts)


def _family(surnames: int, *rest: Role) -> list[Role]:
    family: list[Role] = ["surname"] * surnames
    return [*family, *rest]
