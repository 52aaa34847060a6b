"""Positions, bases of authority, organisation forms → their forms in any case, by the head noun phrase.

Only the words that agree with the head decline («заместителя генерального директора»); what depends on it,
numbers, dates, abbreviations and quoted words stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import takewhile
from typing import Any

from docgen.language.dictionary import graft, is_known, known, readings
from docgen.language.forms import Case, Form, Sex, listed
from docgen.language.names import MALE_SURNAME, decline_name
from docgen.language.parts import is_patronymic
from docgen.language.words import EMPTY, Words

NO_HEAD = "не найдено главное слово, текст оставлен без изменений"
UNKNOWN_WORD = "слова «{word}» нет в словаре, форма угадана по окончанию"
PLURAL_HEAD = "главное слово во множественном числе"
NAME_LEFT = "фамилия «{name}» оставлена без изменений: неясно, в каком она падеже"
AMBIGUOUS = "слова «{word}» оставлены без изменений: неясно, от чего они зависят"

_TOKEN = re.compile(r"«[^»]*»|„[^“]*“|\"[^\"]*\"|[A-Za-z0-9А-Яа-яЁё]+(?:-[A-Za-z0-9А-Яа-яЁё]+)*|\s+|.", re.DOTALL)
_WORD = re.compile(r"(?:[A-Za-z0-9А-Яа-яЁё]+-)*[А-Яа-яЁё]+")
_LATIN = re.compile(r"[A-Za-z]+")
_NUMBERED = re.compile(r"(\d+)-(й|я|е)")  # «2-й», «1-я»
_NUMBERED_AS = {"й": "новый", "я": "новая", "е": "новое"}
_INITIAL = re.compile(r"[А-ЯЁ]")
_LEADING = re.compile(r"(?:вр\.\s*)?и\.\s*о\.|(?:врио|врип|ио)\b|(?:зам|пом)\.", re.IGNORECASE)
_JOINERS = frozenset({"и", "или", "либо", ",", "—", "–", "-", "(", "/", ";"})
_ADJECTIVE_JOINERS = frozenset({"и", "или", ","})
# Prepositions whose noun looks like a nominative: «на оказание услуг и выполнение работ».
_TAKES_ACCUSATIVE = frozenset({"на", "в", "за", "через", "под", "про", "по", "о"})
# Parts of compound words that never change, and things that change although they are not alive.
_FIXED_PARTS = listed(
    """арт бизнес веб вице генерал интернет капитан комплаенс контр лейб медиа обер офис пиар пресс премьер риск топ
    унтер хаус шеф штабс экс макси мини"""
)
# What of them may also stand before a participle of the head: «положение о …, утверждённое», not «на …, утверждённое».
_TAKES_LOCATIVE = frozenset({"по", "о"})
# Parts of acts, whose ordinal stands after them: «абзаца второго пункта 1».
_NUMBERED_AFTER = frozenset({"абзац", "часть", "пункт", "подпункт", "глава", "раздел", "параграф", "статья"})
_CHANGING_PARTS = frozenset({"договор", "счёт", "счет", "акт", "письмо", "справка", "заявка"})
_SEXES: tuple[Sex, ...] = ("m", "f")
_TOWNS = frozenset({"город", "село", "деревня"})
_PROPER = ("Surn", "Name", "Patr", "Geox", "Orgn", "Trad")


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the modifiers of a noun take from it; ``gender`` is pymorphy3's and None in the plural."""

    gender: str | None
    animate: bool
    settled: bool = True  # False: the adjective itself is the head, a person if nothing else is said

    def with_case(self, case: Case) -> set[str]:
        """Return the grammemes of an adjective in the case."""
        target: str = case
        if case == "accs" and self.gender in ("masc", None):
            target = "gent" if self.animate else "nomn"
        return {target, "sing", self.gender} if self.gender else {target, "plur"}


@dataclass(slots=True)
class Group:
    """One nominative noun phrase: words that change (index → reading), what they agree with, where it ends."""

    agreement: Agreement
    modifiers: dict[int, Any]
    nouns: dict[int, Any]
    end: int


@dataclass(slots=True)
class Phrase:
    """The tokens of a phrase and what is found out about them."""

    tokens: list[str]
    groups: list[Group] = field(default_factory=list)
    names: list[range] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def next(self, i: int) -> int:
        """Return the index of the first token from ``i`` that is not a space."""
        while i < len(self.tokens) and self.tokens[i].isspace():
            i += 1
        return i

    def word(self, i: int) -> str | None:
        """Return the token if it is a word that can decline (not an abbreviation with a full stop)."""
        if i >= len(self.tokens) or not _WORD.fullmatch(self.tokens[i]):
            return None
        abridged = self.tokens[i + 1 : i + 2] == ["."] and self.next(i + 2) < len(self.tokens)
        return None if abridged else self.tokens[i]


@lru_cache(maxsize=4096)
def decline_phrase(text: str, case: Case, words: Words = EMPTY) -> Form:
    """Return a phrase given in the nominative in another case.

    >>> decline_phrase("исполняющий обязанности главного бухгалтера", "gent").text
    'исполняющего обязанности главного бухгалтера'
    >>> decline_phrase("доверенность № 5 от 01.02.2026", "gent").text
    'доверенности № 5 от 01.02.2026'

    ``certain`` is False when the head is not found, is not in the dictionary, or is in the plural.
    """
    plain = unicodedata.normalize("NFC", text).strip()
    if case == "nomn" or not plain:
        return Form(plain)
    settled = words.phrases.get(plain.casefold(), {}).get(case)
    if settled is not None:
        return Form(_capitals(settled, plain))
    if _LEADING.match(plain):
        return Form(plain)
    phrase = _read(plain)
    if not phrase.groups and not phrase.names and not phrase.doubts:
        return Form(plain) if _is_opaque(phrase) else Form(plain, False, NO_HEAD)
    return _written(phrase, case, words)


def _capitals(form: str, typed: str) -> str:
    """Return a settled form with the capitals of what was typed."""
    if len(typed) > 1 and typed.isupper():
        return form.upper()
    return form[:1].upper() + form[1:] if typed[:1].isupper() else form


# --- reading ---------------------------------------------------------------------------------


def _read(text: str) -> Phrase:
    phrase = Phrase(_TOKEN.findall(text))
    first = _first_group(phrase)
    i = 0
    if first is not None:
        phrase.groups.append(first)
        i = first.end
    elif not _is_opaque(phrase):
        return phrase
    while i < len(phrase.tokens):
        i = _read_on(phrase, first, i)
    return phrase


def _first_group(phrase: Phrase) -> Group | None:
    i = start = phrase.next(0)
    while i < len(phrase.tokens) and _is_skipped(phrase, i):
        i = phrase.next(i + 1)
    group = _group(phrase, i, plural=False)
    if group is None and not any(_LATIN.fullmatch(token) for token in phrase.tokens[start:i]):
        group = _group(phrase, i, plural=True)
        phrase.doubts += [PLURAL_HEAD] if group else []
    return group


def _is_skipped(phrase: Phrase, i: int) -> bool:
    """Return whether a token before the phrase stands aside: «IT директор», «гл. бухгалтер», «временно …»."""
    token = phrase.tokens[i]
    if _LATIN.fullmatch(token) or token == ".":
        return True
    if _WORD.fullmatch(token) and phrase.word(i) is None:
        return True
    return _is_adverb(token)


def _is_adverb(token: str) -> bool:
    return any(reading.tag.POS == "ADVB" for reading in readings(token)) and not _nominatives(token, ("ADJF", "PRTF"))


def _read_on(phrase: Phrase, first: Group | None, i: int) -> int:
    name = _person(phrase, i) or _abridged_person(phrase, first, i)
    if name is not None:
        phrase.names.append(name)
        return name.stop
    if first is None or phrase.tokens[i].lower() not in _JOINERS:
        return i + 1
    start = phrase.next(i + 1)
    while start < len(phrase.tokens) and phrase.word(start) and _is_adverb(phrase.tokens[start]):
        start = phrase.next(start + 1)
    group = _group(phrase, start, plural=first.agreement.gender is None)
    if group is None or not _belongs(phrase, group, first, i):
        return i + 1
    if _is_governed(phrase, first, group, i):
        phrase.doubts.append(AMBIGUOUS.format(word="".join(phrase.tokens[start : group.end])))
        return group.end
    if not group.agreement.settled:
        group.agreement = first.agreement
    phrase.groups.append(group)
    return group.end


def _belongs(phrase: Phrase, group: Group, first: Group, joiner: int) -> bool:
    """Return whether a later group is a second head («и главный бухгалтер») or agrees with the first one.

    In brackets it may be a thing after a person, but «(протокол № 5)» is a reference, not another name of the head.
    """
    if not group.agreement.settled:
        return group.agreement.gender == first.agreement.gender
    same = group.agreement.animate == first.agreement.animate
    if phrase.tokens[joiner] != "(":
        return same
    inside = list(takewhile(lambda token: token != ")", phrase.tokens[joiner:]))
    if any(token == "№" or token.isdigit() for token in inside):
        return False
    return same or group.end == joiner + len(inside)


def _is_governed(phrase: Phrase, first: Group, group: Group, joiner: int) -> bool:
    if group.agreement.animate or group.agreement.gender == "femn" or phrase.tokens[joiner] in ("—", "–", "-"):
        return False
    governing = _TAKES_ACCUSATIVE - _TAKES_LOCATIVE if _is_participle(group) else _TAKES_ACCUSATIVE
    return any(token.lower() in governing for token in phrase.tokens[first.end : joiner])


def _is_participle(group: Group) -> bool:
    return not group.nouns and group.modifiers[max(group.modifiers)].tag.POS == "PRTF"


def _group(phrase: Phrase, i: int, plural: bool) -> Group | None:
    modifiers, after = _modifiers(phrase, i, plural)
    word = phrase.word(after)
    noun = _noun(word, modifiers.values(), plural) if word else None
    if noun is not None:
        group = Group(_agreement(noun, modifiers), modifiers, {after: noun}, after + 1)
        return _with_ordinal(phrase, _with_towns(phrase, group))
    if not modifiers:
        return None
    last = max(modifiers)
    group = Group(_of_adjective(modifiers[last]), modifiers, {}, last + 1)
    return _far_noun(phrase, group, plural) or group


def _modifiers(phrase: Phrase, i: int, plural: bool) -> tuple[dict[int, Any], int]:
    """Return the nominative adjectives from ``i``, and the next index: «(фермерское)», «первый и второй» too."""
    found: dict[int, Any] = {}
    while True:
        at = _adjective_at(phrase, i, bool(found))
        reading = _adjective(phrase.word(at), plural, found) if at is not None else None
        if at is None or reading is None:
            return found, i
        found[at] = reading
        i = phrase.next(at + 1)
        if phrase.tokens[i : i + 1] == [")"]:
            i = phrase.next(i + 1)


def _adjective_at(phrase: Phrase, i: int, inside: bool) -> int | None:
    if i >= len(phrase.tokens):
        return None
    token = phrase.tokens[i].lower()
    if not inside or token not in _ADJECTIVE_JOINERS | {"("}:
        return i
    at = phrase.next(i + 1)
    word = phrase.word(at)
    if word is None or not _nominatives(word, ("ADJF",)):
        return None
    if token == "(":
        return at if phrase.tokens[phrase.next(at + 1) :][:1] == [")"] else None
    return at if _leads_to_noun(phrase, at) else None


def _leads_to_noun(phrase: Phrase, at: int) -> bool:
    """Return whether the adjective stands right before a nominative noun: «и коммерческий директор»."""
    after = phrase.word(phrase.next(at + 1))
    return after is not None and bool(_nominatives(after, ("NOUN",)))


def _adjective(word: str | None, plural: bool, before: dict[int, Any]) -> Any:
    if word is None:
        return None
    genders = {reading.tag.gender for reading in before.values()}
    for reading in _nominatives(word, ("ADJF", "PRTF")):
        if (reading.tag.number == "plur") == plural and (not genders or reading.tag.gender in genders):
            return reading
    return None


def _noun(word: str, modifiers: Iterable[Any], plural: bool) -> Any:
    """Return the reading of a nominative noun that agrees with the modifiers: common before proper, alive first."""
    genders = {reading.tag.gender for reading in modifiers}
    fitting = [
        reading
        for reading in _nominatives(word, ("NOUN",))
        if (reading.tag.number == "plur") == plural and (plural or not genders or _agrees(reading, genders))
    ]
    order = {id(reading): n for n, reading in enumerate(fitting)}
    fitting.sort(key=lambda each: (any(mark in each.tag for mark in _PROPER), "anim" not in each.tag, order[id(each)]))
    return fitting[0] if fitting else None


def _agrees(reading: Any, genders: set[str]) -> bool:
    return reading.tag.gender in genders or ("ms-f" in reading.tag and bool(genders & {"masc", "femn"}))


def _agreement(noun: Any, modifiers: dict[int, Any]) -> Agreement:
    if noun.tag.number == "plur":
        return Agreement(None, "anim" in noun.tag)
    gender = next((reading.tag.gender for reading in modifiers.values()), noun.tag.gender)
    return Agreement(gender or "masc", "anim" in noun.tag)


def _of_adjective(reading: Any) -> Agreement:
    return Agreement(reading.tag.gender, reading.tag.gender in ("masc", "femn"), settled=False)


def _far_noun(phrase: Phrase, group: Group, plural: bool) -> Group | None:
    """Return the group with a noun that follows a participle's own words: «выданная нотариусом доверенность»."""
    last = max(group.modifiers)
    tag = group.modifiers[last].tag
    if tag.POS != "PRTF":
        return None
    for i in range(last + 1, len(phrase.tokens)):
        if phrase.tokens[i].lower() in _JOINERS:
            return None
        word = phrase.word(i)
        noun = _noun(word, group.modifiers.values(), plural) if word else None
        if noun is not None and is_known(noun) and ("pssv" in tag or "anim" in noun.tag):
            return replace(group, agreement=_agreement(noun, group.modifiers), nouns={i: noun}, end=i + 1)
    return None


def _with_towns(phrase: Phrase, group: Group) -> Group:
    """Return the group with the town's name that follows «город»: «города Москвы»."""
    (noun,) = group.nouns.values()
    at = phrase.next(group.end)
    word = phrase.word(at)
    if noun.normal_form not in _TOWNS or word is None:
        return group
    towns = [reading for reading in _nominatives(word, ("NOUN",)) if "Geox" in reading.tag and is_known(reading)]
    if not towns or "plur" in towns[0].tag:
        return group
    group.nouns[at], group.end = towns[0], at + 1
    return group


def _with_ordinal(phrase: Phrase, group: Group) -> Group:
    """Return the group with the ordinal that follows a part of an act: «часть первая статьи 5»."""
    noun = group.nouns[min(group.nouns)]
    at = phrase.next(group.end)
    word = phrase.word(at)
    if noun.normal_form not in _NUMBERED_AFTER or noun.tag.number != "sing" or word is None:
        return group
    for reading in _nominatives(word, ("ADJF",)):
        if "Anum" in reading.tag and reading.tag.gender == noun.tag.gender:
            group.modifiers[at], group.end = reading, at + 1
            return group
    return group


def _person(phrase: Phrase, i: int) -> range | None:
    """Return the tokens of «Фамилия Имя Отчество» in the nominative that start at ``i``."""
    places = [i, phrase.next(i + 1)]
    places.append(phrase.next(places[1] + 1))
    words = [phrase.word(place) for place in places]
    if all(word and word[0].isupper() for word in words) and is_patronymic(words[2] or ""):
        return range(i, places[2] + 1)
    return None


def _abridged_person(phrase: Phrase, first: Group | None, i: int) -> range | None:
    """Return the tokens of «Иванов И. И.» or «И. И. Иванов» that start at ``i``, if the surname is a nominative.

    «Ткач И. И.» may be a nominative or not: right after the head it is left as it is, with a doubt.
    """
    letters = _initials(phrase, i)
    surname = i if letters == i else phrase.next(letters)
    stop = surname + 1 if letters > i else _initials(phrase, phrase.next(i + 1))
    word = phrase.word(surname)
    if word is None or stop == phrase.next(i + 1) or not word[0].isupper() or _INITIAL.fullmatch(word):
        return None
    if MALE_SURNAME.search(word.lower()):
        return range(i, stop)
    after_head = i == phrase.next(first.end if first else 1) and (first is None or first.agreement.animate)
    if after_head and any(decline_name(word, "datv", sex).text != word for sex in _SEXES):
        phrase.doubts.append(NAME_LEFT.format(name=word))
    return None


def _initials(phrase: Phrase, i: int) -> int:
    """Return the index after «И. И.» that starts at ``i``; ``i`` itself where there are no initials."""
    end = i
    while i + 1 < len(phrase.tokens) and _INITIAL.fullmatch(phrase.tokens[i]) and phrase.tokens[i + 1] == ".":
        end = i + 2
        i = phrase.next(end)
    return end


def _is_opaque(phrase: Phrase) -> bool:
    """Return whether the phrase starts with an abbreviation or a quotation, which do not decline."""
    first = phrase.tokens[0]
    if first[0] in "«„\"" or _LATIN.fullmatch(first):
        return True
    if not first.isupper() or not 1 < len(first) < 7:
        return False
    return not known(first) or any("Abbr" in reading.tag for reading in readings(first))


def _nominatives(word: str, kinds: tuple[str, ...]) -> list[Any]:
    """Return the nominative readings of the given parts of speech; of a compound word, those of its last part."""
    numbered = _NUMBERED.fullmatch(word)
    if numbered:
        word = _NUMBERED_AS[numbered[2]]
    part = word if known(word) else word.rpartition("-")[2]
    found = [each for each in readings(part) if each.tag.POS in kinds and each.tag.case == "nomn"]
    return [each for each in found if "Abbr" not in each.tag]


# --- writing ---------------------------------------------------------------------------------


def _written(phrase: Phrase, case: Case, words: Words) -> Form:
    tokens, doubts = list(phrase.tokens), list(phrase.doubts)
    for group in phrase.groups:
        for i, reading in group.modifiers.items():
            tokens[i] = _inflected(tokens[i], reading, group.agreement.with_case(case), case)
        for i, reading in group.nouns.items():
            tokens[i] = _inflected(tokens[i], reading, {case}, case)
        doubts += _unknown(phrase, group)
    for name in phrase.names:
        form = decline_name("".join(phrase.tokens[name.start : name.stop]), case, None, words)
        tokens[name.start : name.stop] = [form.text, *[""] * (len(name) - 1)]
        doubts += [form.note] if not form.certain else []
    return Form("".join(tokens), not doubts, "; ".join(dict.fromkeys(doubts)))


def _unknown(phrase: Phrase, group: Group) -> Iterator[str]:
    for i, reading in (group.modifiers | group.nouns).items():
        if not is_known(reading):
            yield UNKNOWN_WORD.format(word=phrase.tokens[i])


def _inflected(token: str, reading: Any, grammemes: set[str], case: Case) -> str:
    numbered = _NUMBERED.fullmatch(token)
    if numbered:
        form = reading.inflect(grammemes)
        return f"{numbered[1]}-{form.word[len('ново') :]}"
    *parts, last = [token] if known(token) else token.split("-")
    form = reading.inflect(grammemes)
    if form is None:
        return token
    changed = graft(last, reading.word, form.word)
    return "-".join([*(_part(part, case) for part in parts), changed])


def _part(part: str, case: Case) -> str:
    plain = part.lower()
    if plain in _FIXED_PARTS or not _WORD.fullmatch(part) or not known(plain):
        return part
    for reading in _nominatives(plain, ("NOUN",)):
        if reading.tag.number == "sing" and ("anim" in reading.tag or plain in _CHANGING_PARTS):
            form = reading.inflect({case})
            return graft(part, reading.word, form.word) if form else part
    return part
