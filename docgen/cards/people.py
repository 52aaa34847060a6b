"""A signatory's words in («в лице директора …, действующего на основании …»), a raw signatory and its doubts out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from docgen.language import Sex, decline_name, decline_phrase
from docgen.language.capitals import small_start
from docgen.language.dictionary import is_known, readings
from docgen.language.names import surname_initials
from docgen.model import JsonObject

Doubt = tuple[str, str, str, str]
"""The field of the signatory, a stable code, what is wrong, the cure."""

_ACTING = re.compile(r"[,(]? ?\bдейству\w{2,5} на основании ", re.IGNORECASE)
_WORD = r"[А-ЯЁ][А-ЯЁа-яё'’]*(?:-[А-ЯЁа-яё'’]+)?"
_PATRONYMIC = re.compile(r"[А-ЯЁ][А-ЯЁа-яё-]+(?:ович|евич|ьич|ич|вн|чн|шн)(?:а|у|ем|ом|е|ы|ой)?", re.IGNORECASE)
_NOMINATIVE = re.compile(r"(?:ич|вна|чна|шна)$", re.IGNORECASE)
_GENITIVE: tuple[tuple[re.Pattern[str], Sex], ...] = (
    (re.compile("ича$", re.IGNORECASE), "m"),
    (re.compile("(?:вн|чн|шн)ы$", re.IGNORECASE), "f"),
)
_KIN = re.compile("(?:оглы|кызы|оглу|гызы)", re.IGNORECASE)
_INITIALS = re.compile(rf"{_WORD} [А-ЯЁ]\. ?(?:[А-ЯЁ]\.?)?|[А-ЯЁ]\. ?(?:[А-ЯЁ]\. ?)?{_WORD}")
_PERSON = re.compile(r"[A-ZА-ЯЁ][\w'’.-]*(?: [A-ZА-ЯЁ][\w'’.-]*){0,4}(?: (?:оглы|кызы))?")
_POSITION = re.compile(
    r"\b(?:директор|президент|управляющ|руководител|председател|ректор|врач|глав|представител|начальник|заведующ|партн[её]р)",
    re.IGNORECASE,
)
_POSITIONS = (
    "генеральный директор",
    "директор",
    "исполнительный директор",
    "коммерческий директор",
    "финансовый директор",
    "заместитель генерального директора",
    "заместитель директора",
    "президент",
    "управляющий",
    "руководитель",
    "председатель",
    "председатель правления",
    "председатель совета",
    "ректор",
    "главный врач",
    "представитель",
)
_BASES = (
    ("устав", "charter"),
    ("доверенност", "power_of_attorney"),
    ("приказ", "order"),
    ("свидетельств", "registration"),
    ("записи", "registration"),
    ("лист", "registration"),
)
_BASIS = re.compile(
    r"(?:\w+)(?: (?:о (?:государственной )?регистрации|записи егрип))?"
    r"(?: (?:№|N) ?(?P<number>[^\s,]{1,40}))?(?:,? от (?P<on>\d{2}\.\d{2}\.\d{4}) ?г?(?:\.|ода)?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Person:
    """What the card says of one signatory, its doubts, and the words that stood for nothing."""

    facts: JsonObject
    doubts: tuple[Doubt, ...]
    rest: str = ""


def person(text: str, position: str = "", attorney: bool = False) -> Person:
    """Return the signatory that a label's value tells; ``position`` is the label itself, if it was one.

    >>> person("Иванов Иван Иванович, действующий на основании Устава", "Генеральный директор").facts
    {'position': 'генеральный директор', 'name': 'Иванов Иван Иванович', 'basis': {'kind': 'charter'}}
    """
    who, acting, ground = _cut(text)
    name, before, after = named(who)
    said = position or before or (after if _POSITION.search(after) else "")
    found, doubts = _positioned(said, attorney and not position)
    if name:
        facts, more = _named(name, attorney)
        found, doubts = {**found, **facts}, (*doubts, *more)
    if acting:
        facts, more = basis(ground)
        found, doubts = {**found, **facts}, (*doubts, *more)
    return Person(found, doubts, " ".join(part for part in (before, after) if part and part != said))


def _cut(text: str) -> tuple[str, str, str]:
    found = _ACTING.search(text)
    return (text[: found.start()], "+", text[found.end() :].strip(" )")) if found else (text, "", "")


def named(text: str) -> tuple[str, str, str]:
    """Return a person's name, what stands before and what after it; an empty name when there is none.

    >>> named("Генерального директора Иванова Ивана Ивановича"), named("Иванов И. И. (директор)")
    (('Иванова Ивана Ивановича', 'Генерального директора', ''), ('Иванов И. И.', '', 'директор'))
    """
    start, end = _full(text) or _abridged(text) or _whole(text) or (0, 0)
    if start == end:
        return "", text.strip(_AROUND), ""
    return text[start:end].strip(" ,"), text[:start].strip(_AROUND), text[end:].strip(_AROUND)


_AROUND = " ,;()–—-:_/"


def _full(text: str) -> tuple[int, int] | None:
    """Return where «Фамилия Имя Отчество» stands, or «Имя Отчество Фамилия»."""
    words = list(re.finditer(r"[^\s,()]+", text))
    for n, word in reversed(list(enumerate(words))):
        if n and _PATRONYMIC.fullmatch(word.group()) and _is_capital(words[n - 1]):
            family_first = n > 1 and _is_capital(words[n - 2])
            first = n - 2 if family_first else n - 1
            last = n if family_first or n + 1 == len(words) or not _is_capital(words[n + 1]) else n + 1
            return words[first].start(), words[last].end()
    return next((_eastern(words, n) for n, word in enumerate(words) if n > 2 and _KIN.fullmatch(word.group())), None)


def _eastern(words: list[re.Match[str]], kin: int) -> tuple[int, int]:
    """Return where the capital words before «оглы» begin, and where it ends."""
    first = kin
    while first and kin - first < 3 and _is_capital(words[first - 1]):
        first -= 1
    return words[first].start(), words[kin].end()


def _is_capital(word: re.Match[str]) -> bool:
    return re.fullmatch(_WORD, word.group()) is not None and len(word.group()) > 1


def _abridged(text: str) -> tuple[int, int] | None:
    found = _INITIALS.search(text)
    return found.span() if found else None


def _whole(text: str) -> tuple[int, int] | None:
    plain = text.strip(_AROUND)
    return (text.index(plain), text.index(plain) + len(plain)) if plain and _PERSON.fullmatch(plain) else None


# --- the case of names and positions -----------------------------------------------------------


def _named(name: str, attorney: bool) -> tuple[JsonObject, tuple[Doubt, ...]]:
    last = name.split()[-1]
    sex = next((sex for pattern, sex in _GENITIVE if pattern.search(last)), None)
    if sex:
        return _brought_back(name, sex)
    if attorney and not _NOMINATIVE.search(last):
        return {"name": name}, (("name", "case", f"«{name}»: имя, возможно, стоит в родительном падеже", _CHECK),)
    regular = _NOMINATIVE.search(last) and len(name.split()) == 3
    if not regular and not _KIN.fullmatch(last) and "." not in name:
        message = f"«{name}»: не видно, где здесь фамилия, имя и отчество"
        return {"name": name}, (("name", "name_form", message, "впишите фамилию, имя и отчество"),)
    return {"name": name}, ()


_CHECK = "впишите имя в именительном падеже"


def _brought_back(name: str, sex: Sex) -> tuple[JsonObject, tuple[Doubt, ...]]:
    """Return the nominative where only one leads to the genitive of the card, else the name as typed."""
    certain = nominative(name, sex) if len(name) < 100 else None
    if certain is None:
        return {"name": name}, (("name", "case", f"«{name}»: имя стоит в родительном падеже", _CHECK),)
    message = f"в карточке «{name}»: здесь приведено к именительному падежу"
    return {"name": certain}, (("name", "case_restored", message, "сверьте имя"),)


def nominative(name: str, sex: Sex) -> str | None:
    """Return the only nominative that the rules lead to this genitive; None where there may be others.

    >>> nominative("Иванова Ивана Ивановича", "m"), nominative("Ткача Петра Кузьмича", "m")
    ('Иванов Иван Иванович', None)
    """
    words = name.split()
    if len(words) != 3 or not all(word.istitle() for word in words):
        return None
    surname, first = _surname(words[0], sex), _first(words[1], sex)
    if surname is None or first is None:
        return None
    found = f"{surname} {first} {words[2][:-1]}{'а' if sex == 'f' else ''}"
    again = decline_name(found, "gent", sex)
    return found if again.certain and again.text == name else None


def _surname(word: str, sex: Sex) -> str | None:
    if word.endswith(("ко", "ых", "их")):
        return word
    if sex == "m":
        return word[:-1] if re.search("(?:[оеё]в|[иы]н)а$", word) else None
    if re.search("[сц]кой$", word):
        return f"{word[:-2]}ая"
    return f"{word[:-2]}а" if re.search("(?:[оеё]в|[иы]н)ой$", word) else None


def _first(word: str, sex: Sex) -> str | None:
    gender = "masc" if sex == "m" else "femn"
    wanted = {"Name", "gent", "sing", gender}
    found = {reading.normal_form for reading in readings(word) if wanted in reading.tag and is_known(reading)}
    # «Петра» may be Петр or Пётр: the passport decides
    return found.pop().capitalize() if len(found) == 1 and not any("ё" in one for one in found) else None


def _positioned(said: str, attorney: bool) -> tuple[JsonObject, tuple[Doubt, ...]]:
    if not said:
        return {}, ()
    position = said.lower() if said.lower() in _POSITIONS else small_start(said)
    if not attorney:
        return {"position": position}, ()
    certain = _genitives().get(position.casefold())
    if certain:
        return {"position": certain}, ()
    message = f"«{said}»: должность стоит в родительном падеже"
    return {"position": position}, (("position", "case", message, "впишите должность в именительном падеже"),)


@cache
def _genitives() -> dict[str, str]:
    return {decline_phrase(position, "gent").text: position for position in _POSITIONS}


def same_person(one: str, other: str) -> bool:
    """Return whether two forms of a name are surely of one person: the same, in the genitive, with initials.

    >>> same_person("Ткач Пётр Кузьмич", "Ткача Петра Кузьмича"), same_person("Ткач Пётр Кузьмич", "Ткач П.К.")
    (True, True)
    """
    if one.casefold() == other.casefold():
        return True
    if one[:2].casefold() != other[:2].casefold() or max(len(one), len(other)) > 100:
        return False
    forms = ((one, other), (other, one))
    return any(decline_name(full, "gent").text == form or _letters(full) == _tight(form) for full, form in forms)


def _letters(full: str) -> str:
    return _tight(surname_initials(full)) if "." not in full else ""


def _tight(text: str) -> str:
    return re.sub(r"\s", "", text).casefold()


# --- what the authority rests on ---------------------------------------------------------------


def basis(text: str) -> tuple[JsonObject, tuple[Doubt, ...]]:
    """Return the raw basis that the words name, as typed and with a doubt where they are not of the usual.

    >>> basis("доверенности № 5 от 12.03.2026 г.")[0]
    {'basis': {'kind': 'power_of_attorney', 'number': '5', 'on': '2026-03-12'}}
    """
    plain = text.strip(" ,;")
    if not plain:
        return {}, ()
    kind = next((kind for stem, kind in _BASES if plain.casefold().startswith(stem)), None)
    usual = _BASIS.fullmatch(plain)
    if kind and usual:
        details = {"number": usual["number"], "on": _day(usual["on"])}
        return {"basis": {"kind": kind, **{key: value for key, value in details.items() if value}}}, ()
    other = {"kind": kind or "other", "text": plain}
    message = f"«{plain[:60]}»: основание взято словами, как в карточке"
    return {"basis": other}, (("basis", "basis", message, "проверьте вид основания и его падеж"),)


def _day(text: str | None) -> Any:
    """Return the day as an order writes it; a day that is not in the calendar stays as typed."""
    if text is None:
        return None
    day, month, year = map(int, text.split("."))
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return text
