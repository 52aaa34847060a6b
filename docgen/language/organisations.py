"""An organisation's name → its gender, and the name with its legal form in full or abridged."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from docgen.language.forms import Form, Gender, listed
from docgen.language.names import infer_sex

UNKNOWN_FORM = "организационно-правовая форма не найдена, название оставлено без изменений"

# short form | gender of the head noun (p: of the person) | full form as it begins a name
_TABLE = """
ООО | n | Общество с ограниченной ответственностью
АО | n | Акционерное общество
ПАО | n | Публичное акционерное общество
НАО | n | Непубличное акционерное общество
ОАО | n | Открытое акционерное общество
ЗАО | n | Закрытое акционерное общество
ИП | p | Индивидуальный предприниматель
АНО | f | Автономная некоммерческая организация
НКО | f | Некоммерческая организация
ОО | f | Общественная организация
РОО | f | Региональная общественная организация
НП | n | Некоммерческое партнёрство
ФГУП | n | Федеральное государственное унитарное предприятие
ГУП | n | Государственное унитарное предприятие
МУП | n | Муниципальное унитарное предприятие
ФГБУ | n | Федеральное государственное бюджетное учреждение
ГБУ | n | Государственное бюджетное учреждение
МБУ | n | Муниципальное бюджетное учреждение
ФКУ | n | Федеральное казённое учреждение
ГКУ | n | Государственное казённое учреждение
МКУ | n | Муниципальное казённое учреждение
ФГАУ | n | Федеральное государственное автономное учреждение
ГАУ | n | Государственное автономное учреждение
МАУ | n | Муниципальное автономное учреждение
ФГБОУ | n | Федеральное государственное бюджетное образовательное учреждение
МБОУ | n | Муниципальное бюджетное общеобразовательное учреждение
ТСЖ | n | Товарищество собственников жилья
ТСН | n | Товарищество собственников недвижимости
СНТ | n | Садоводческое некоммерческое товарищество
ТОО | n | Товарищество с ограниченной ответственностью
КФХ | n | Крестьянское (фермерское) хозяйство
ПК | m | Производственный кооператив
СПК | m | Сельскохозяйственный производственный кооператив
КПК | m | Кредитный потребительский кооператив
ЖСК | m | Жилищно-строительный кооператив
ГСК | m | Гаражно-строительный кооператив
АБ | n | Адвокатское бюро
КА | f | Коллегия адвокатов
АК | m | Адвокатский кабинет
"""

_ENDINGS: tuple[tuple[str, Gender], ...] = (
    ("(?:ое|ее|о|е|ие)", "n"),
    ("(?:ая|яя|а|я)", "f"),
    ("[бвгджзйклмнпрстфхцчшщь]|ый|ий", "m"),
)
_FEMININE = listed("артель сеть церковь часть")
_END = r"(?=[\s«\"„(,]|$)"


@dataclass(frozen=True, slots=True)
class LegalForm:
    """A legal form: ООО, «Общество с ограниченной ответственностью»; ``gender`` is None where it is the person's."""

    short: str
    full: str
    gender: Gender | None


def organisation_gender(name: str) -> Gender:
    """Return the gender by the head noun: of the legal form, else of the first word; a person's for «ИП».

    >>> names = ("Публичное акционерное общество «А»", "Коллегия адвокатов", "Фонд", "ООО", "ПК «А»", "ИП Орлова Анна")
    >>> [organisation_gender(name) for name in names]
    ['n', 'f', 'm', 'n', 'm', 'f']

    A foreign name in Latin letters is taken as «компания».
    """
    plain = name.strip()
    form = _leading(plain) or (None if _first_word(plain) else _anywhere(plain))
    if form is not None:
        return form.gender or infer_sex(_after(plain, form)) or "m"
    word = _first_word(plain)
    if re.fullmatch("[А-ЯЁ]+", word) and len(word) < 6:
        return "n"
    return "f" if word.lower() in _FEMININE else _by_ending(word.lower())


def short_form(name: str) -> Form:
    """Return the name with its legal form abridged; ``certain`` is False when the form is not in the table.

    >>> short_form("Общество с ограниченной ответственностью «Вектор»").text
    'ООО «Вектор»'
    """
    return _rewritten(name, lambda form: form.short, lambda form: form.short)


def full_form(name: str) -> Form:
    """Return the name with its legal form in full; ``certain`` is False when the form is not in the table.

    >>> full_form("ООО «Вектор»").text
    'Общество с ограниченной ответственностью «Вектор»'
    >>> full_form("Банк «Вектор» (ПАО)").text
    'Банк «Вектор» (публичное акционерное общество)'
    """
    return _rewritten(name, lambda form: form.full, lambda form: form.full[0].lower() + form.full[1:])


def _rewritten(name: str, leading: Callable[[LegalForm], str], bracketed: Callable[[LegalForm], str]) -> Form:
    plain = name.strip()
    form = _leading(plain)
    if form is not None:
        return Form(_spaced(leading(form), _after(plain, form)))
    found = re.search(r"\(([^()]*(?:\([^()]*\)[^()]*)?)\)$", plain)
    form = _leading(found[1]) if found else None
    if found is None or form is None or _after(found[1], form):
        return Form(plain, False, UNKNOWN_FORM)
    return Form(f"{plain[: found.start()]}({bracketed(form)})")


def _spaced(form: str, rest: str) -> str:
    return form + rest if not rest or rest[0].isspace() or rest[0] == "," else f"{form} {rest}"


def _leading(name: str) -> LegalForm | None:
    """Return the legal form that a name begins with: the longest in full, or an abridged one in capitals."""
    return next((form for form in _forms() if _matched(name, form)), None)


def _after(name: str, form: LegalForm) -> str:
    found = _matched(name, form)
    return name[found.end() :] if found else name


def _matched(name: str, form: LegalForm) -> re.Match[str] | None:
    full, short = _patterns(form)
    return full.match(name) or short.match(name)


@cache
def _patterns(form: LegalForm) -> tuple[re.Pattern[str], re.Pattern[str]]:
    full = r"\s+".join(map(re.escape, form.full.split())).replace("ё", "[её]")
    return re.compile(full + _END, re.IGNORECASE), re.compile(re.escape(form.short) + _END)


@cache
def _forms() -> tuple[LegalForm, ...]:
    return tuple(sorted(map(_row, _TABLE.strip().splitlines()), key=lambda form: -len(form.full)))


def _row(line: str) -> LegalForm:
    short, gender, full = line.split(" | ")
    return LegalForm(short, full, "m" if gender == "m" else "f" if gender == "f" else "n" if gender == "n" else None)


def _anywhere(name: str) -> LegalForm | None:
    """Return the abridged legal form that stands after the name proper: «Вектор» ООО."""
    words = re.findall("[А-ЯЁ]+", re.sub(r"[«\"„][^»\"“]*[»\"“]", " ", name))
    return next((form for form in _forms() if form.short in words), None)


def _first_word(name: str) -> str:
    return re.split(r"[\s«\"(]", name, maxsplit=1)[0]


def _by_ending(word: str) -> Gender:
    return next((gender for ending, gender in _ENDINGS if re.search(f"{ending}$", word)), "f")
