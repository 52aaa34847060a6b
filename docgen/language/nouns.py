"""The countable nouns of contracts: a paradigm each, and adjectives that may stand before them."""

# ruff: noqa: E501 - a row of the table is a noun
from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from docgen.language.dictionary import graft, readings
from docgen.language.forms import CASES, Gender
from docgen.language.numbers import Noun

# gender | singular nomn gent datv accs ablt loct | plural in the same order | exceptions
_TABLE = """
m день дня дню день днём дне | дни дней дням дни днями днях
m час часа часу час часом часе | часы часов часам часы часами часах
f минута минуты минуте минуту минутой минуте | минуты минут минутам минуты минутами минутах
f секунда секунды секунде секунду секундой секунде | секунды секунд секундам секунды секундами секундах
f неделя недели неделе неделю неделей неделе | недели недель неделям недели неделями неделях
f декада декады декаде декаду декадой декаде | декады декад декадам декады декадами декадах
m месяц месяца месяцу месяц месяцем месяце | месяцы месяцев месяцам месяцы месяцами месяцах
m квартал квартала кварталу квартал кварталом квартале | кварталы кварталов кварталам кварталы кварталами кварталах
n полугодие полугодия полугодию полугодие полугодием полугодии | полугодия полугодий полугодиям полугодия полугодиями полугодиях
m год года году год годом годе | годы лет годам годы годами годах
m раз раза разу раз разом разе | разы раз разам разы разами разах
m+ человек человека человеку человека человеком человеке | люди человек человекам человек человеками человеках
n лицо лица лицу лицо лицом лице | лица лиц лицам лица лицами лицах
f сторона стороны стороне сторону стороной стороне | стороны сторон сторонам стороны сторонами сторонах
m+ участник участника участнику участника участником участнике | участники участников участникам участников участниками участниках
m+ специалист специалиста специалисту специалиста специалистом специалисте | специалисты специалистов специалистам специалистов специалистами специалистах
m+ юрист юриста юристу юриста юристом юристе | юристы юристов юристам юристов юристами юристах
m+ адвокат адвоката адвокату адвоката адвокатом адвокате | адвокаты адвокатов адвокатам адвокатов адвокатами адвокатах
m+ представитель представителя представителю представителя представителем представителе | представители представителей представителям представителей представителями представителях
m лист листа листу лист листом листе | листы листов листам листы листами листах
f страница страницы странице страницу страницей странице | страницы страниц страницам страницы страницами страницах
m экземпляр экземпляра экземпляру экземпляр экземпляром экземпляре | экземпляры экземпляров экземплярам экземпляры экземплярами экземплярах
f копия копии копии копию копией копии | копии копий копиям копии копиями копиях
m документ документа документу документ документом документе | документы документов документам документы документами документах
n приложение приложения приложению приложение приложением приложении | приложения приложений приложениям приложения приложениями приложениях
m договор договора договору договор договором договоре | договоры договоров договорам договоры договорами договорах
m пункт пункта пункту пункт пунктом пункте | пункты пунктов пунктам пункты пунктами пунктах
m раздел раздела разделу раздел разделом разделе | разделы разделов разделам разделы разделами разделах
f часть части части часть частью части | части частей частям части частями частях
f доля доли доле долю долей доле | доли долей долям доли долями долях
m рубль рубля рублю рубль рублём рубле | рубли рублей рублям рубли рублями рублях
f копейка копейки копейке копейку копейкой копейке | копейки копеек копейкам копейки копейками копейках
m доллар доллара доллару доллар долларом долларе | доллары долларов долларам доллары долларами долларах
m цент цента центу цент центом центе | центы центов центам центы центами центах
m евро евро евро евро евро евро | евро евро евро евро евро евро
m евроцент евроцента евроценту евроцент евроцентом евроценте | евроценты евроцентов евроцентам евроценты евроцентами евроцентах
m юань юаня юаню юань юанем юане | юани юаней юаням юани юанями юанях
m фэнь фэня фэню фэнь фэнем фэне | фэни фэней фэням фэни фэнями фэнях
m процент процента проценту процент процентом проценте | проценты процентов процентам проценты процентами процентах
m этап этапа этапу этап этапом этапе | этапы этапов этапам этапы этапами этапах
f услуга услуги услуге услугу услугой услуге | услуги услуг услугам услуги услугами услугах
f работа работы работе работу работой работе | работы работ работам работы работами работах
n действие действия действию действие действием действии | действия действий действиям действия действиями действиях
n заседание заседания заседанию заседание заседанием заседании | заседания заседаний заседаниям заседания заседаниями заседаниях
f встреча встречи встрече встречу встречей встрече | встречи встреч встречам встречи встречами встречах
f консультация консультации консультации консультацию консультацией консультации | консультации консультаций консультациям консультации консультациями консультациях
m отчёт отчёта отчёту отчёт отчётом отчёте | отчёты отчётов отчётам отчёты отчётами отчётах
m вопрос вопроса вопросу вопрос вопросом вопросе | вопросы вопросов вопросам вопросы вопросами вопросах
m ответ ответа ответу ответ ответом ответе | ответы ответов ответам ответы ответами ответах
n письмо письма письму письмо письмом письме | письма писем письмам письма письмами письмах
n сообщение сообщения сообщению сообщение сообщением сообщении | сообщения сообщений сообщениям сообщения сообщениями сообщениях
m звонок звонка звонку звонок звонком звонке | звонки звонков звонкам звонки звонками звонках
n уведомление уведомления уведомлению уведомление уведомлением уведомлении | уведомления уведомлений уведомлениям уведомления уведомлениями уведомлениях
n требование требования требованию требование требованием требовании | требования требований требованиям требования требованиями требованиях
n дело дела делу дело делом деле | дела дел делам дела делами делах
f инстанция инстанции инстанции инстанцию инстанцией инстанции | инстанции инстанций инстанциям инстанции инстанциями инстанциях
m платёж платежа платежу платёж платежом платеже | платежи платежей платежам платежи платежами платежах
m знак знака знаку знак знаком знаке | знаки знаков знакам знаки знаками знаках
f штука штуки штуке штуку штукой штуке | штуки штук штукам штуки штуками штуках
f единица единицы единице единицу единицей единице | единицы единиц единицам единицы единицами единицах
m километр километра километру километр километром километре | километры километров километрам километры километрами километрах
m метр метра метру метр метром метре | метры метров метрам метры метрами метрах
"""

# Stem → endings: hard adjectives (рабочий is of the mixed kind). Order: nomn gent datv accs ablt loct.
_HARD: dict[Gender, tuple[str, ...]] = {
    "m": ("ый", "ого", "ому", "ый", "ым", "ом"),
    "f": ("ая", "ой", "ой", "ую", "ой", "ой"),
    "n": ("ое", "ого", "ому", "ое", "ым", "ом"),
}
_HARD_PLURAL = ("ые", "ых", "ым", "ые", "ыми", "ых")
_MIXED: dict[Gender, tuple[str, ...]] = {
    "m": ("ий", "его", "ему", "ий", "им", "ем"),
    "f": ("ая", "ей", "ей", "ую", "ей", "ей"),
    "n": ("ее", "его", "ему", "ее", "им", "ем"),
}
_VELAR: dict[Gender, tuple[str, ...]] = {
    "m": ("ий", "ого", "ому", "ий", "им", "ом"),
    "f": ("ая", "ой", "ой", "ую", "ой", "ой"),
    "n": ("ое", "ого", "ому", "ое", "им", "ом"),
}
_SOFT_PLURAL = ("ие", "их", "им", "ие", "ими", "их")

_HARD_STEMS = (
    "календарн", "судебн", "полн", "печатн", "отчётн", "платёжн", "процентн", "устн", "письменн",
    "телефонн", "учётн", "подлинн", "дополнительн", "отдельн", "последовательн", "условн", "машинописн",
)  # fmt: skip
_MIXED_STEMS = ("рабоч", "нерабоч", "текущ", "следующ")
_VELAR_STEMS = ("банковск", "юридическ", "физическ", "астрономическ", "академическ", "авторск")

Adjective = tuple[str, dict[Gender, tuple[str, ...]], tuple[str, ...]]


@lru_cache(maxsize=1024)
def noun(text: str) -> Noun:
    """Return the paradigm of a counted noun given in the nominative singular, adjectives before it and words after it.

    A word that is not in the table is declined by the dictionary (see `is_settled`); ValueError where there is no
    noun in the nominative singular.

    >>> noun("рабочий день").few
    'рабочих дня'
    >>> noun("экземпляр договора").many
    'экземпляров договора'
    """
    adjectives, name, rest = _split(text)
    found = _nouns().get(_plain(name)) or _derived(name, text)
    for word in reversed(adjectives):
        found = _joined(found, *(_adjective(word, found.gender) or _derived_adjective(word, found.gender, text)))
    return _followed(found, rest)


def is_settled(text: str) -> bool:
    """Return whether every counted word is in the table, so that nothing is guessed.

    >>> is_settled("рабочий день"), is_settled("зелёный огурец")
    (True, False)
    """
    adjectives, name, _ = _split(text)
    found = _nouns().get(_plain(name))
    return found is not None and all(_adjective(word, found.gender) is not None for word in adjectives)


def forms() -> frozenset[str]:
    """Return every form of every noun and adjective of the table: what may follow a number."""
    found = {form for each in _nouns().values() for form in (*each.singular, *each.plural, each.few, each.many)}
    for stem, endings, plural in _adjectives():
        found.update(stem + ending for row in (*endings.values(), plural) for ending in row)
    return frozenset(found)


def _plain(text: str) -> str:
    return text.replace("ё", "е")


@cache
def _nouns() -> dict[str, Noun]:
    return {_plain(each.singular[0]): each for each in map(_row, _TABLE.strip().splitlines())}


def _row(line: str) -> Noun:
    mark, *singular = line.split("|")[0].split()
    plural = tuple(line.split("|")[1].split())
    gender: Gender = "m" if mark[0] == "m" else "f" if mark[0] == "f" else "n"
    return Noun(gender, tuple(singular), plural, singular[1], plural[1], mark.endswith("+"))


def _adjectives() -> tuple[Adjective, ...]:
    hard = tuple((stem, _HARD, _HARD_PLURAL) for stem in _HARD_STEMS)
    mixed = tuple((stem, _MIXED, _SOFT_PLURAL) for stem in _MIXED_STEMS)
    return hard + mixed + tuple((stem, _VELAR, _SOFT_PLURAL) for stem in _VELAR_STEMS)


def _split(text: str) -> tuple[list[str], str, str]:
    """Return the adjectives, the noun and the words that depend on it («экземпляр | договора»)."""
    words = text.split()
    for place, word in enumerate(words):
        if _plain(word) in _nouns() or (not _is_adjective(word) and _reading(word, "NOUN") is not None):
            return words[:place], word, " ".join(words[place + 1 :])
    if words and _reading(words[-1], "NOUN") is not None:  # «служащий», «животное»
        return words[:-1], words[-1], ""
    raise ValueError(f"в «{text}» нет существительного в именительном падеже единственного числа")


def _is_adjective(word: str) -> bool:
    stems = tuple(stem for stem, *_ in _adjectives())
    return _plain(word).startswith(stems) or _reading(word, "ADJF") is not None


def _reading(word: str, kind: str) -> Any:
    """Return the dictionary's reading of a word as that part of speech in the nominative singular."""
    for reading in readings(word):
        if kind == reading.tag.POS and reading.tag.case == "nomn" and reading.tag.number == "sing":
            return reading
    return None


def _derived(name: str, text: str) -> Noun:
    reading = _reading(name, "NOUN")
    gender = {"masc": "m", "femn": "f", "neut": "n"}.get(reading.tag.gender or ("masc" if "ms-f" in reading.tag else ""))
    singular, plural = (_paradigm(name, reading, number) for number in ("sing", "plur"))
    if gender is None or singular is None or plural is None:
        raise ValueError(f"слово «{name}» в «{text}» не сочетается с числом")
    made: Gender = "m" if gender == "m" else "f" if gender == "f" else "n"
    return Noun(made, singular, plural, _few(singular, plural), plural[1], "anim" in reading.tag)


def _few(singular: tuple[str, ...], plural: tuple[str, ...]) -> str:
    """Return what stands after two: «два нотариуса», but «две запятые», «два животных», «два рабочих»."""
    if singular[0].endswith(("ая", "яя")):
        return plural[0]
    like_adjective = singular[1].endswith(("ого", "его")) and plural[1].endswith(("ых", "их"))
    return plural[1] if like_adjective else singular[1]


def _paradigm(typed: str, reading: Any, *grammemes: str) -> tuple[str, ...] | None:
    found = [reading.inflect({case, *grammemes}) for case in CASES]
    return tuple(graft(typed, reading.word, form.word) for form in found) if all(found) else None


Forms = tuple[list[str], list[str]]  # an adjective's six forms in the singular, six in the plural


def _adjective(word: str, gender: Gender) -> Forms | None:
    for stem, endings, plural in _adjectives():
        if _plain(stem + endings[gender][0]) == _plain(word):
            return [stem + e for e in endings[gender]], [stem + e for e in plural]
    return None


def _derived_adjective(word: str, gender: Gender, text: str) -> Forms:
    reading = _reading(word, "ADJF")
    sex = {"m": "masc", "f": "femn", "n": "neut"}[gender]
    singular = _paradigm(word, reading, "sing", sex) if reading is not None and reading.tag.gender == sex else None
    plural = _paradigm(word, reading, "plur") if singular else None
    if singular is None or plural is None:
        raise ValueError(f"слово «{word}» в «{text}» не согласовано с существительным")
    return list(singular), list(plural)


def _followed(base: Noun, rest: str) -> Noun:
    if not rest:
        return base
    singular, plural = (tuple(f"{form} {rest}" for form in forms) for forms in (base.singular, base.plural))
    return Noun(base.gender, singular, plural, f"{base.few} {rest}", f"{base.many} {rest}", base.animate)


def _joined(base: Noun, singular: list[str], plural: list[str]) -> Noun:
    accusative = CASES.index("accs")
    if base.animate:
        plural[accusative] = plural[1]
        singular[accusative] = singular[1] if base.gender == "m" else singular[accusative]
    # Feminine nouns take the nominative plural of the adjective after two, three, four («две рабочие недели»).
    few = plural[0] if base.gender == "f" else plural[1]
    return Noun(
        base.gender,
        tuple(f"{a} {b}" for a, b in zip(singular, base.singular, strict=True)),
        tuple(f"{a} {b}" for a, b in zip(plural, base.plural, strict=True)),
        f"{few} {base.few}",
        f"{plural[1]} {base.many}",
        base.animate,
    )
