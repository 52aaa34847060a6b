"""Full names («Фамилия Имя Отчество») → their forms in any case, the sex of the person, the initials."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from docgen.language import corrections
from docgen.language.corrections import Table
from docgen.language.dictionary import extend, graft, is_known, knows, readings, syllables
from docgen.language.forms import NBSP, Case, Form, Sex, listed
from docgen.language.parts import (
    DASHES,
    FEMALE_KIN,
    FEMALE_PATRONYMIC,
    INITIALS,
    KIN,
    MALE_KIN,
    MALE_PATRONYMIC,
    SURELY_RUSSIAN,
    Parts,
    Role,
    Word,
    name_sexes,
    split,
)
from docgen.language.words import EMPTY, BySex, Words

Piece = tuple[str, str]  # a declined word and the doubt about it, if any

SONS = listed("ибн бин бен")
_SEXES: tuple[Sex, ...] = ("m", "f")
SEX_UNKNOWN = "пол не определён, имя просклонено как мужское; укажите пол (sex)"
SEX_CLASH = "пол не согласуется с отчеством"
WOMANS_SURNAME = "женская форма фамилии у мужчины"
MANS_SURNAME = "мужская форма фамилии у женщины"
MALE_SURNAME = re.compile(r"(?:[оеё]в|[иы]н|[сц]кий|[^жчшщ]ый)$")
FEMALE_SURNAME = re.compile(r"(?:[оеё]ва|[иы]на|[сц]кая|ая|яя)$")


@lru_cache(maxsize=8192)
def decline_name(full: str, case: Case, sex: Sex | None = None, words: Words = EMPTY) -> Form:
    """Return «Фамилия Имя Отчество» in a case; the sex is inferred when it is not given.

    Initials, Latin words and the words before «оглы» and «кызы» stay as they are; capitals and ё are kept as typed.
    ``certain`` is False for classes of names where the rules of Russian leave a choice.

    >>> decline_name("Ткач Пётр Кузьмич", "ablt").text
    'Ткачом Петром Кузьмичом'
    >>> decline_name("Кобой Пётр", "gent")
    Form(text='Кобоя Петра', certain=False, note='фамилия может склоняться и как прилагательное, и как существительное')
    """
    plain = unicodedata.normalize("NFC", full).strip()
    if case == "nomn" or not plain:
        return Form(plain)
    settled = words.names.get(plain.casefold(), {}).get(case)
    if settled is not None:
        return Form(settled)
    parts = split(plain)
    found = sex or infer_sex(plain)
    if found is not None:
        return _decline_parts(parts, case, found, words)
    man, woman = (_decline_parts(parts, case, each, words) for each in _SEXES)
    if man.text == woman.text:
        return man
    return Form(man.text, False, f"{SEX_UNKNOWN}; {man.note}".rstrip("; "))


def infer_sex(full: str) -> Sex | None:
    """Return the sex by patronymic, else first name, else surname; None when they do not tell.

    >>> infer_sex("Абрамович Рахиль Соломоновна"), infer_sex("Алиев Ильхам Гейдар оглы"), infer_sex("Шевченко Саша")
    ('f', 'm', None)
    """
    parts = split(full)
    found = _sex_of_kin(parts) or _first_of(map(_sex_of_patronymic, parts.of("middle")))
    if found is not None:
        return found
    first = _first_of(map(_sex_of_first, parts.of("first")))
    surname = _first_of(map(_sex_of_surname, parts.of("surname")))
    if first is None:
        return _sex_of_particle(parts) or surname
    definite = any(SURELY_RUSSIAN.search(text.lower()) for text in parts.of("surname"))
    return None if definite and surname not in (None, first) else first


def initials(full: str) -> str:
    """Return the initials before the surname, with no-break spaces.

    >>> initials("Иванов Иван Иванович").replace(NBSP, "_")
    'И._И._Иванов'
    """
    letters, surname = _abridged(full)
    return NBSP.join([*letters, *surname])


def surname_initials(full: str) -> str:
    """Return the surname before the initials, with no-break spaces.

    >>> surname_initials("Салтыков-Щедрин Михаил Евграфович").replace(NBSP, "_")
    'Салтыков-Щедрин_М._Е.'
    """
    letters, surname = _abridged(full)
    return NBSP.join([*surname, *letters])


# --- roles -----------------------------------------------------------------------------------


def _decline_parts(parts: Parts, case: Case, sex: Sex, words: Words) -> Form:
    pieces = [_decline_word(word, parts, case, sex, words) for word in parts.words]
    doubts = [*_doubts(parts, sex), *(doubt for _, doubt in pieces if doubt)]
    texts = zip(pieces, parts.words, strict=True)
    text = "".join(word.before + piece + word.after + word.space for (piece, _), word in texts)
    return Form(text, not doubts, "; ".join(dict.fromkeys(doubts)))


def _doubts(parts: Parts, sex: Sex) -> Iterator[str]:
    if parts.doubt:
        yield parts.doubt
    kin = _sex_of_kin(parts) or next(map(_sex_of_patronymic, parts.of("middle")), None)
    if kin and sex != kin:
        yield SEX_CLASH
    endings = [_sex_of_surname(text) for text in parts.of("surname")]
    if sex == "m" and "f" in endings:
        yield WOMANS_SURNAME
    if sex == "f" and "m" in endings:
        yield MANS_SURNAME


def _decline_word(word: Word, parts: Parts, case: Case, sex: Sex, words: Words) -> Piece:
    text = DASHES.sub("-", word.text)
    if text != word.text:
        declined, doubt = _decline_plain(text, word.role, parts, case, sex, words)
        dashes = iter(re.findall(f"-|{DASHES.pattern}", word.text))
        return re.sub("-", lambda _: next(dashes), declined), doubt
    return _decline_plain(text, word.role, parts, case, sex, words)


def _decline_plain(text: str, role: Role, parts: Parts, case: Case, sex: Sex, words: Words) -> Piece:
    match role:
        case "surname":
            return _decline_surname(text, case, sex, words, _is_western(parts))
        case "first":
            return _decline_first(text, case, sex, words)
        case "middle":
            return _decline_patronymic(text, case, sex)
        case "kin" | "kept":
            return text, ""


def _decline_surname(text: str, case: Case, sex: Sex, words: Words, western: bool) -> Piece:
    settled = _settled(words.surnames, text, case, sex)
    if settled is not None:
        return settled, ""
    *fixed, last = text.split("-")
    pieces = [_first_part(piece, case, sex) for piece in fixed]
    pieces.append(_surname_piece(last, case, sex, western))
    return _joined(pieces)


def _decline_first(text: str, case: Case, sex: Sex, words: Words) -> Piece:
    settled = _settled(words.first_names, text, case, sex)
    if settled is not None:
        return settled, ""
    *fixed, last = text.split("-")
    declined = _ruled(last, case, sex, corrections.FIRST_NAMES, _pytrovich_first)
    if not fixed:
        return declined
    pieces = [_first_name_part(piece, case, sex) for piece in fixed]
    return _joined([*pieces, declined])


def _decline_patronymic(text: str, case: Case, sex: Sex) -> Piece:
    return _ruled(text, case, _sex_of_patronymic(text) or sex, corrections.PATRONYMICS, _pytrovich_middle)


def _first_part(text: str, case: Case, sex: Sex) -> Piece:
    if text.lower() in corrections.FIXED_FIRST:
        return text, ""
    if sex == "m" and syllables(text) < 2 and not text.lower().endswith(("а", "я", "ов", "ев")):
        return text, corrections.FIRST_PART
    return _surname_piece(text, case, sex, western=False)


def _first_name_part(text: str, case: Case, sex: Sex) -> Piece:
    # Анны-Марии, but Жан-Пьера and Абдул-Азиза.
    if sex == "f" and text.lower().endswith(("а", "я")):
        return _ruled(text, case, sex, corrections.FIRST_NAMES, _pytrovich_first)
    return text, "" if text.lower() in corrections.FIXED_FIRST else corrections.FIRST_PART


def _joined(pieces: list[Piece]) -> Piece:
    return "-".join(text for text, _ in pieces), next((doubt for _, doubt in pieces if doubt), "")


def _settled(table: Mapping[str, BySex], text: str, case: Case, sex: Sex) -> str | None:
    form = table.get(text.casefold(), {}).get(sex, {}).get(case)
    return form.upper() if form and len(text) > 1 and text.isupper() else form


# --- rules, then pytrovich -------------------------------------------------------------------


def _surname_piece(text: str, case: Case, sex: Sex, western: bool) -> Piece:
    noun = _as_noun(text, case, sex)
    if noun is not None:
        return noun
    plain = text.lower()
    if western and sex == "m" and plain.endswith(("ин", "ов", "ев")):
        doubt = corrections.FOREIGN_IN if case == "ablt" else ""
        return extend(text, *corrections.WESTERN_SURNAME.change(case)), doubt
    declined, doubt = _ruled(text, case, sex, corrections.SURNAMES, _pytrovich_last)
    return declined, doubt or _doubt_of_noun(plain, case, sex)


def _doubt_of_noun(plain: str, case: Case, sex: Sex) -> str:
    """Return the doubt about a surname in -ин or -ина that is a noun as well («Грузин», «Жемчужина»)."""
    if sex == "m" and case == "ablt" and plain.endswith(("ин", "ов", "ев")) and _is_noun(plain):
        return corrections.NOUN_IN
    unlike = sex == "f" and case not in ("accs", "ablt") and plain.endswith("ина")
    return corrections.NOUN if unlike and _is_noun(plain) and not _is_russian_ina(plain) else ""


def _is_russian_ina(plain: str) -> bool:
    return plain in corrections.RUSSIAN_INA or knows(plain, "Surn")


@lru_cache(maxsize=8192)
def _ruled(text: str, case: Case, sex: Sex, rules: Table, engine: Callable[[str, Case, Sex], str]) -> Piece:
    plain = text.lower()
    rule = rules.find(plain, sex)
    if rule is None:
        return graft(text, plain, engine(plain, case, sex)), ""
    cut, ending = rule.change(case)
    return extend(text, cut, ending), rule.doubt if case in (rule.cases or (case,)) else ""


def _pytrovich_last(word: str, case: Case, sex: Sex) -> str:
    return _pytrovich(word, case, sex, "LASTNAME")


def _pytrovich_first(word: str, case: Case, sex: Sex) -> str:
    return _pytrovich(word, case, sex, "FIRSTNAME")


def _pytrovich_middle(word: str, case: Case, sex: Sex) -> str:
    return _pytrovich(word, case, sex, "MIDDLENAME")


def _pytrovich(word: str, case: Case, sex: Sex, part: str) -> str:
    make, parts, sexes, cases = _engine()
    return str(make(parts[part], sexes[sex], cases[case], word))


@cache
def _engine() -> tuple[Callable[..., str], Any, dict[Sex, Any], dict[Case, Any]]:
    from pytrovich import enums  # loaded by those who need it
    from pytrovich.maker import PetrovichDeclinationMaker

    cases: dict[Case, Any] = {
        "gent": enums.Case.GENITIVE,
        "datv": enums.Case.DATIVE,
        "accs": enums.Case.ACCUSATIVE,
        "ablt": enums.Case.INSTRUMENTAL,
        "loct": enums.Case.PREPOSITIONAL,
    }
    sexes: dict[Sex, Any] = {"m": enums.Gender.MALE, "f": enums.Gender.FEMALE}
    return PetrovichDeclinationMaker().make, enums.NamePart, sexes, cases


# --- surnames that are common nouns ----------------------------------------------------------

# What the dictionary is asked about: a vowel that may drop, an ending that goes by stress, -ой.
_ASK_MAN = re.compile(r"(?:[еоёя][бвгдзклмнпрстфхц]|[еоё][лнрт]ь|ей|ой|[жчшщ]|них)$")
_ASK_BOTH = re.compile(r"[жчшщц]а$")
_NEVER = ("Surn", "Name", "Patr", "Geox", "Orgn", "Trad", "Abbr", "Fixd")


@lru_cache(maxsize=8192)
def _as_noun(text: str, case: Case, sex: Sex) -> Piece | None:
    """Return the form of a surname that is a noun («Заяц», «Груша») where only the dictionary knows it."""
    plain = text.lower()
    feminine = bool(_ASK_BOTH.search(plain))
    if not feminine and _is_left_to_rules(plain, sex):
        return None
    if not feminine and (not _ASK_MAN.search(plain) or plain.endswith(("ов", "ев"))):
        return None
    reading = _noun_reading(plain)
    if reading is None or not (feminine or reading.tag.gender == "masc"):
        return None
    return _noun_form(text, reading, case, feminine)


def _is_left_to_rules(plain: str, sex: Sex) -> bool:
    return sex == "f" or (syllables(plain) < 2 and not plain.endswith(("ж", "ч", "ш", "щ")))


def _noun_form(text: str, reading: Any, case: Case, feminine: bool) -> Piece | None:
    genitive = reading.inflect({"gent"})
    wanted = reading.inflect({"gent" if case == "accs" and not feminine else case})
    if genitive is None or wanted is None:
        return None
    if feminine or text.lower().endswith(("ж", "ч", "ш", "щ")):
        return graft(text, reading.word, wanted.word), ""
    drops = not genitive.word.startswith(reading.word.rstrip("ьй")) or genitive.word.endswith("оя")
    if not drops and text.lower().endswith("ой"):
        return None
    clear = text.lower().endswith(("вец", "бец", "нец", "мец"))
    return graft(text, reading.word, wanted.word), corrections.FLEETING if drops and not clear else ""


@lru_cache(maxsize=4096)
def _noun_reading(plain: str) -> Any:
    for reading in readings(plain):
        tag = reading.tag
        if tag.POS != "NOUN" or tag.case != "nomn" or tag.number != "sing" or any(mark in tag for mark in _NEVER):
            continue
        if is_known(reading):
            return reading
    return None


def _is_noun(text: str) -> bool:
    return _noun_reading(text.lower()) is not None


# --- the sex, the initials -------------------------------------------------------------------


def _is_western(parts: Parts) -> bool:
    if parts.of("middle") or parts.of("kin"):
        return False
    return any(text.lower() in corrections.WESTERN_NAMES for text in parts.of("first"))


def _sex_of_kin(parts: Parts) -> Sex | None:
    for text in parts.of("kin"):
        last = text.lower().rpartition("-")[2]
        if last in MALE_KIN:
            return "m"
        if last in FEMALE_KIN:
            return "f"
    return None


def _sex_of_patronymic(text: str) -> Sex | None:
    plain = text.lower()
    return "m" if MALE_PATRONYMIC.search(plain) else "f" if FEMALE_PATRONYMIC.search(plain) else None


def _sex_of_first(text: str) -> Sex | None:
    sexes = name_sexes(text)
    if len(sexes) != 1:
        return None
    return "m" if "m" in sexes else "f"


def _sex_of_surname(text: str) -> Sex | None:
    """Return the sex that the ending of a surname shows: «Сова», «Скорина», «Шенгелая» do not show it."""
    plain = text.lower()
    if MALE_SURNAME.search(plain):
        return "m"
    return "f" if FEMALE_SURNAME.search(plain) and _is_womans(plain) else None


def _is_womans(plain: str) -> bool:
    if plain.endswith(("ская", "цкая")):
        return True
    if plain.endswith(("ая", "яя")):
        return knows(plain, "ADJF")
    return not _is_noun(plain) and (plain.endswith("ва") or knows(plain, "Surn"))


def _sex_of_particle(parts: Parts) -> Sex | None:
    """Return the sex that «ибн» (son) and «бинт» (daughter) show."""
    kept = {text.lower() for text in parts.of("kept")}
    return "m" if kept & SONS else "f" if "бинт" in kept else None


def _first_of(found: Iterable[Sex | None]) -> Sex | None:
    return next((sex for sex in found if sex is not None), None)


def _abridged(full: str) -> tuple[list[str], list[str]]:
    parts = split(full)
    letters: list[str] = []
    surname: list[str] = []
    for word in parts.words:
        if INITIALS.fullmatch(word.text) and not parts.compound:
            letters += re.findall(r"[А-ЯЁ]\.(?:-[А-ЯЁ]\.)*", word.text if word.text.endswith(".") else f"{word.text}.")
        elif word.role in ("first", "middle", "kin") and not parts.compound:
            letters += [_letter(word.text)] if word.text.lower() not in KIN else []
        else:
            surname.append(f"({word.text})" if word.before.endswith("(") else word.text)
    return letters, surname


def _letter(text: str) -> str:
    pieces = [piece for piece in DASHES.sub("-", text).split("-") if piece.lower() not in KIN]
    return "-".join(f"{piece[0].upper()}." for piece in pieces)
