"""The countable nouns of contracts: a paradigm each, and adjectives that may stand before them."""

# ruff: noqa: E501 - a row of the table is a noun
from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from docgen.language.dictionary import extend, graft, is_known, readings
from docgen.language.forms import CASES, Gender, listed
from docgen.language.numbers import Noun

# gender (+ alive, * plural only) singular nomn gent datv accs ablt loct | plural in the same order | after 2, after 5
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
m счёт счёта счёту счёт счётом счёте | счета счетов счетам счета счетами счетах
m том тома тому том томом томе | тома томов томам тома томами томах
f глава главы главе главу главой главе | главы глав главам главы главами главах
n место места месту место местом месте | места мест местам места местами местах
m* сутки суток суткам сутки сутками сутках | сутки суток суткам сутки сутками сутках
n полгода полугода полугоду полгода полугодом полугоде | полугодия полугодий полугодиям полугодия полугодиями полугодиях | полугодия полугодий
m вебинар вебинара вебинару вебинар вебинаром вебинаре | вебинары вебинаров вебинарам вебинары вебинарами вебинарах
m токен токена токену токен токеном токене | токены токенов токенам токены токенами токенах
m франк франка франку франк франком франке | франки франков франкам франки франками франках
m дирхам дирхама дирхаму дирхам дирхамом дирхаме | дирхамы дирхамов дирхамам дирхамы дирхамами дирхамах
m тенге тенге тенге тенге тенге тенге | тенге тенге тенге тенге тенге тенге
m лари лари лари лари лари лари | лари лари лари лари лари лари
m драм драма драму драм драмом драме | драмы драмов драмам драмы драмами драмах
m сум сума суму сум сумом суме | сумы сумов сумам сумы сумами сумах
m сом сома сому сом сомом соме | сомы сомов сомам сомы сомами сомах
m+ работник работника работнику работника работником работнике | работники работников работникам работников работниками работниках
m+ сотрудник сотрудника сотруднику сотрудника сотрудником сотруднике | сотрудники сотрудников сотрудникам сотрудников сотрудниками сотрудниках
m+ эксперт эксперта эксперту эксперта экспертом эксперте | эксперты экспертов экспертам экспертов экспертами экспертах
m+ свидетель свидетеля свидетелю свидетеля свидетелем свидетеле | свидетели свидетелей свидетелям свидетелей свидетелями свидетелях
m+ судья судьи судье судью судьёй судье | судьи судей судьям судей судьями судьях
m+ член члена члену члена членом члене | члены членов членам членов членами членах
m+ агент агента агенту агента агентом агенте | агенты агентов агентам агентов агентами агентах
m+ клиент клиента клиенту клиента клиентом клиенте | клиенты клиентов клиентам клиентов клиентами клиентах
m+ оператор оператора оператору оператора оператором операторе | операторы операторов операторам операторов операторами операторах
m+ держатель держателя держателю держателя держателем держателе | держатели держателей держателям держателей держателями держателях
m+ поверенный поверенного поверенному поверенного поверенным поверенном | поверенные поверенных поверенным поверенных поверенными поверенных
m+ управляющий управляющего управляющему управляющего управляющим управляющем | управляющие управляющих управляющим управляющих управляющими управляющих
m+ служащий служащего служащему служащего служащим служащем | служащие служащих служащим служащих служащими служащих
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
_NOT_SINGULAR = {"лет": "год"}  # what looks like a nominative singular and is not: «лёт», a flight
_SOFT_PLURAL = ("ие", "их", "им", "ие", "ими", "их")

_HARD_STEMS = (
    "календарн", "судебн", "полн", "печатн", "отчётн", "платёжн", "процентн", "устн", "письменн",
    "телефонн", "подлинн", "дополнительн", "отдельн", "последовательн", "условн", "машинописн",
    "квадратн", "товарн", "земельн", "учётн", "нотариальн",
)  # fmt: skip
_MIXED_STEMS = ("рабоч", "нерабоч", "текущ", "следующ")
_VELAR_STEMS = ("банковск", "юридическ", "физическ", "астрономическ", "академическ", "авторск", "кубическ")

_MODIFIERS = ("ADJF", "PRTF")
_NAMES = ("Name", "Surn", "Patr")
# Words that the dictionary takes for a thing too.
_PEOPLE = listed(
    "дворник конструктор менеджер мигрант наладчик переводчик посол проводник редактор резчик спасатель сторож энергетик"
)

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
    found = _tabled(name) or _derived(name, text)
    for word in reversed(adjectives):
        found = _joined(found, *(_adjective(word, found) or _derived_adjective(word, found, text)))
    return _followed(found, rest)


def is_settled(text: str) -> bool:
    """Return whether every counted word is in the table, so that nothing is guessed.

    >>> is_settled("рабочий день"), is_settled("зелёный огурец")
    (True, False)
    """
    adjectives, name, _ = _split(text)
    found = _tabled(name)
    return found is not None and all(_adjective(word, found) is not None for word in adjectives)


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
    (mark, *singular), plural, *after = (tuple(part.split()) for part in line.split("|"))
    gender: Gender = "m" if mark[0] == "m" else "f" if mark[0] == "f" else "n"
    few, many = after[0] if after else (_few(tuple(singular), plural), plural[1])
    return Noun(gender, tuple(singular), plural, few, many, mark.endswith("+"), mark.endswith("*"))


def _tabled(name: str) -> Noun | None:
    """Return the row of the table, with the capitals of what was typed; «нормо-час» goes by its last part."""
    prefix, dash, last = name.rpartition("-")
    found = _nouns().get(_plain(last.lower()))
    if found is None or (dash and not prefix.lower().endswith(("о", "е"))):
        return None
    if not dash and last.islower():
        return found
    return _changed(found, lambda form: prefix + dash + graft(last, found.singular[0], form))


def _changed(base: Noun, change: Callable[[str], str]) -> Noun:
    """Return a paradigm with the same change made to every form."""
    singular, plural = (tuple(map(change, forms)) for forms in (base.singular, base.plural))
    return replace(base, singular=singular, plural=plural, few=change(base.few), many=change(base.many))


def _adjectives() -> tuple[Adjective, ...]:
    hard = tuple((stem, _HARD, _HARD_PLURAL) for stem in _HARD_STEMS)
    mixed = tuple((stem, _MIXED, _SOFT_PLURAL) for stem in _MIXED_STEMS)
    return hard + mixed + tuple((stem, _VELAR, _SOFT_PLURAL) for stem in _VELAR_STEMS)


def _split(text: str) -> tuple[list[str], str, str]:
    """Return the adjectives, the noun and the words that depend on it («экземпляр | договора»)."""
    words = text.split()
    for place, word in enumerate(words):
        if _is_counted(word, words[place + 1 :]):
            return words[:place], word, _dependent(words, place)
    if words and words[-1] not in _NOT_SINGULAR and _reading(words[-1], ("NOUN",)) is not None:  # «животное», «накладная»
        return words[:-1], words[-1], ""
    hint = next((f"; напишите «{_NOT_SINGULAR[word]}»" for word in words if word in _NOT_SINGULAR), "")
    raise ValueError(f"в «{text}» нет существительного в именительном падеже единственного числа{hint}")


def _is_counted(word: str, after: list[str]) -> bool:
    """Return whether a word is the noun of the phrase; «управляющий» is not in «управляющий партнёр»."""
    if _tabled(word) is not None:
        following = _reading(after[0], ("NOUN",)) if after else None
        return following is None or following.tag.gender != "masc" or not _is_adjective(word)
    return word.lower() not in _NOT_SINGULAR and not _is_adjective(word) and _reading(word, ("NOUN",)) is not None


def _dependent(words: list[str], place: int) -> str:
    after = words[place + 1 :]
    if len(after) == 1 and _reading(after[0], ("ADJF",), "masc") is not None:
        raise ValueError(f"в «{' '.join(words)}» определение «{after[0]}» стоит после существительного: переставьте его")
    return " ".join(after)


def _is_adjective(word: str) -> bool:
    stems = tuple(stem for stem, *_ in _adjectives())
    return _plain(word.lower()).startswith(tuple(map(_plain, stems))) or _reading(word, _MODIFIERS) is not None


def _reading(word: str, kinds: tuple[str, ...], gender: str | None = None) -> Any:
    """Return the dictionary's reading of a word as one of the parts of speech in the nominative singular.

    Things come before the living («том», «франк»); names never count.
    """
    fitting = [
        reading
        for reading in readings(word)
        if reading.tag.POS in kinds
        and (reading.tag.case, reading.tag.number) == ("nomn", "sing")
        and not any(mark in reading.tag for mark in _NAMES)
        and gender in (None, reading.tag.gender)
    ]
    alive = word.lower() in _PEOPLE
    return min(fitting, key=lambda each: (not is_known(each), ("anim" in each.tag) != alive), default=None)


def _derived(name: str, text: str) -> Noun:
    reading = _reading(name, ("NOUN",))
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


def _adjective(word: str, base: Noun) -> Forms | None:
    for stem, endings, plural in _adjectives():
        shown = plural[0] if base.collective else endings[base.gender][0]
        if _plain(stem + shown) == _plain(word.lower()):
            made = [[extend(word, len(shown), ending) for ending in row] for row in (endings[base.gender], plural)]
            return made[0], made[1]
    return None


def _derived_adjective(word: str, base: Noun, text: str) -> Forms:
    sex = {"m": "masc", "f": "femn", "n": "neut"}[base.gender]
    reading = _reading(word, _MODIFIERS, sex)
    singular = _paradigm(word, reading, "sing", sex) if reading is not None else None
    plural = _paradigm(word, reading, "plur") if singular else None
    if singular is None or plural is None:
        raise ValueError(f"слово «{word}» в «{text}» не согласовано с существительным")
    return list(singular), list(plural)


def _followed(base: Noun, rest: str) -> Noun:
    if not rest:
        return base
    return _changed(base, lambda form: f"{form} {rest}")


def _joined(base: Noun, singular: list[str], plural: list[str]) -> Noun:
    accusative = CASES.index("accs")
    plural[accusative] = plural[1 if base.animate else 0]
    if base.gender == "m":
        singular[accusative] = singular[1 if base.animate else 0]
    if base.collective:
        singular = plural
    # Feminine nouns take the nominative plural of the adjective after two, three, four («две рабочие недели»).
    few = plural[0] if base.gender == "f" else plural[1]
    return replace(
        base,
        singular=tuple(f"{a} {b}" for a, b in zip(singular, base.singular, strict=True)),
        plural=tuple(f"{a} {b}" for a, b in zip(plural, base.plural, strict=True)),
        few=f"{few} {base.few}",
        many=f"{plural[1]} {base.many}",
    )
