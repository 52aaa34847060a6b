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
    """ван ли ден пан тен ро чжан лю чэнь ян хуан чжао у чжоу сюй сунь ма чжу ху го хэ линь гао лян дэн мао дун фэн цай
    цзян чан сыту си вэнь ло хань пэн цао цзэн сяо тянь пань юань юй яо лу ким пак цой чой лим юн чхве чон кан чо син
    сон хван нгуен ле фам хоанг фан ву во данг буй до хо нго зыонг динь лай мун но"""
)
MALE_PATRONYMIC = re.compile(r"(?:[иы]ч)$")
FEMALE_PATRONYMIC = re.compile(r"(?:вна|чна|шна)$")
SURE_PATRONYMIC = re.compile(
    r"(?:ович|евич|овна|евна|ична|инишна)$|^(?:ильич|лукич|фомич|кузьмич|козьмич|никитич|саввич|силыч)$"
)
# A surname that is Russian by its ending, whatever stands before it.
RUSSIAN_SURNAME = re.compile(r"(?:[оеё]ва?|[иы]на?|[сц]кий|[сц]кая|ых|ко|ук|юк)$")
# The endings that leave no doubt even of a word alone: -ин may be English or Chinese.
SURELY_RUSSIAN = re.compile(r"(?:[оеё]ва?|[сц]кий|[сц]кая)$")
INITIALS = re.compile(r"(?:[А-ЯЁ]\.(?:-?[А-ЯЁ]\.)*[А-ЯЁ]?|[А-ЯЁ])")
DASHES = re.compile("[‐‑–—]")
CYRILLIC = re.compile(r"[а-яё]+(?:[-‐‑–—'’`ʼ][а-яё]+)*", re.IGNORECASE)
_FOREIGN = re.compile(r"[^\W\d_а-яё][^\d_а-яё]*", re.IGNORECASE)  # «Smith», «O'Brien»: letters, none of them Russian
_TRIMMED = re.compile(r"([«\"„,;]*)(.*?)([»\"“,;]*)", re.DOTALL)
_SENTENCE = re.compile(r"[а-яё-]{4,}\.", re.IGNORECASE)
_BRACKETED = re.compile(r"\([а-яё-]+\)", re.IGNORECASE)

NO_PATRONYMIC = "не найдено отчество: проверьте, где здесь фамилия и где имя"
FIRST_BEFORE_LAST = "имя стоит перед фамилией: проверьте, не наоборот ли"
TWO_NAMES = "оба слова могут быть именем: проверьте, где здесь фамилия"
COMPOUND = "составное восточное имя: склонена только последняя часть"
FATHERS_NAME = "проверьте, что здесь имя и что отчество"
BRACKETED = "в скобках ожидается прежняя фамилия"
STRANGE = "слово «{word}» оставлено без изменений: в нём не одни русские буквы"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name as typed, the role it plays, the space after it, the quotes and commas around it."""

    text: str
    role: Role
    space: str
    before: str = ""
    after: str = ""


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
    spaces = [*pieces[1::2], ""]
    trimmed = [_trimmed(piece, n, len(spaces) - 1) for n, piece in enumerate(pieces[::2])]
    texts = [text for _, text, _ in trimmed]
    roles, doubts, compound = _roles(texts)
    doubts += [BRACKETED for before, _, _ in trimmed if before == "("]
    words = zip(trimmed, roles, spaces, strict=True)
    made = tuple(Word(text, role, space, before, after) for (before, text, after), role, space in words)
    return Parts(made, "; ".join(filter(None, doubts)), compound)


def _trimmed(piece: str, place: int, last: int) -> tuple[str, str, str]:
    """Return what stands before a word, the word, and what stands after it.

    Quotes and commas go anywhere, a full stop only from the last word, brackets only around a second surname.
    """
    found = _TRIMMED.fullmatch(piece)
    before, text, after = found.group(1, 2, 3) if found else ("", piece, "")
    if place == last and _SENTENCE.fullmatch(text):
        text, after = text[:-1], f".{after}"
    if place == 1 < last and _BRACKETED.fullmatch(text):
        before, text, after = f"{before}(", text[1:-1], f"){after}"
    return (before, text, after) if CYRILLIC.fullmatch(text) else ("", piece, "")


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


Assigned = tuple[list[Role], str, bool]


def _roles(texts: list[str]) -> tuple[list[Role], list[str], bool]:
    roles: list[Role] = ["kept"] * len(texts)
    eastern = _is_eastern(texts)
    initials = [not eastern and bool(INITIALS.fullmatch(text)) for text in texts]
    free = [i for i, text in enumerate(texts) if CYRILLIC.fullmatch(text) and not initials[i]]
    strange = [text for i, text in enumerate(texts) if _is_strange(text) and not initials[i]]
    kin, doubt = _kin_words([texts[i] for i in free])
    for i in free[len(free) - kin :]:
        roles[i] = "kin"
    free = free[: len(free) - kin]
    while len(free) > 1 and _is_particle([texts[i] for i in free], any(initials)):
        free = free[1:]
    names, unsure, compound = _assign([texts[i] for i in free], kin > 0, any(initials))
    for i, role in zip(free, names, strict=True):
        roles[i] = role
    return roles, [doubt, unsure, *(STRANGE.format(word=text) for text in strange)], compound


def _is_eastern(texts: list[str]) -> bool:
    """Return whether single letters are syllables, not initials: «Ким Ю Чен»."""
    return texts[0].lower() in ASIAN and any(len(text) > 1 for text in texts[1:]) and not _has_stops(texts)


def _has_stops(texts: list[str]) -> bool:
    return any(text.endswith(".") for text in texts)


def _is_strange(text: str) -> bool:
    return not CYRILLIC.fullmatch(text) and not _FOREIGN.fullmatch(text)


def _kin_words(texts: list[str]) -> tuple[int, str]:
    """Return how many last words are the father's name with «оглы», and a doubt about it.

    After a surname and a first name everything is the father's; of three words the middle one may be either.
    """
    last = texts[-1].lower() if texts else ""
    if "-" in last and last.rpartition("-")[2] in KIN:
        return 1, ""
    if last not in KIN or len(texts) < 3:
        return 0, ""
    if len(texts) > 3:
        return len(texts) - 2, "" if len(texts) == 4 else FATHERS_NAME
    return (1 if name_sexes(texts[1]) else 2), FATHERS_NAME


def _is_particle(texts: list[str], abridged: bool) -> bool:
    family = texts if abridged else texts[:-2] if is_patronymic(texts[-1]) else texts[:-1]
    return texts[0].lower() in PARTICLES and (texts[0][0].islower() or len(family) > 1)


def _assign(texts: list[str], kin: bool, abridged: bool) -> Assigned:
    n = len(texts)
    if n < 2:
        return _family(n), "", False
    if kin:
        return _family(n - 1, "first"), "", False
    if n == 2 and SURE_PATRONYMIC.search(texts[1].lower()) and name_sexes(texts[0]):
        return _family(0, "first", "middle"), "", False
    if abridged:
        return _assign_two(texts) if n == 2 and any(map(name_sexes, texts)) else (_family(n), "", False)
    if n == 3 and _is_surname_last(texts):
        return ["first", "middle", "surname"], "", False
    if n > 2 and is_patronymic(texts[-1]):
        return _family(n - 2, "first", "middle"), "", False
    if texts[0].lower() in ASIAN and _is_asian_given(texts[1:]):
        kept: list[Role] = ["kept"] * (n - 1)
        return [*kept, "first"], COMPOUND, True
    return _assign_two(texts) if n == 2 else _assign_foreign(texts)


def _is_surname_last(texts: list[str]) -> bool:
    """Return whether the order is «Имя Отчество Фамилия»: «Роман Борисович Абрамович»."""
    first, middle, last = texts
    return is_patronymic(middle) and bool(name_sexes(first)) and not (is_patronymic(last) and name_sexes(middle))


def _assign_two(texts: list[str]) -> Assigned:
    first, second = (bool(name_sexes(text)) for text in texts)
    eastern = texts[0].lower() in ASIAN and not _is_surely_russian(texts[1])
    western = texts[1].lower() in ASIAN
    if first and not eastern and (western or not second):
        doubt = "" if RUSSIAN_SURNAME.search(texts[1].lower()) else FIRST_BEFORE_LAST
        return ["first", "surname"], doubt, False
    unsure = first and second and not eastern and not RUSSIAN_SURNAME.search(texts[0].lower())
    return _family(1, "first"), TWO_NAMES if unsure else "", False


def _assign_foreign(texts: list[str]) -> Assigned:
    n = len(texts)
    if name_sexes(texts[-1]) and not name_sexes(texts[1]):
        return _family(n - 1, "first"), NO_PATRONYMIC, False
    return [*_family(1), *_family(0, "first") * (n - 1)], NO_PATRONYMIC, False


def _is_asian_given(texts: list[str]) -> bool:
    short = all(syllables(text) <= 3 and "-" not in text for text in texts)
    return short and not any(len(text) > 3 and (_is_surely_russian(text) or name_sexes(text)) for text in texts)


def _is_surely_russian(text: str) -> bool:
    return bool(SURELY_RUSSIAN.search(text.lower()))


def _family(surnames: int, *rest: Role) -> list[Role]:
    family: list[Role] = ["surname"] * surnames
    return [*family, *rest]
