"""Number words where num2words errs, agreement of nouns, dates."""

from __future__ import annotations

from datetime import date

import pytest

from docgen.language import CASES, Case, Gender, cardinal, count, date_text, number_range, ordinal, period
from docgen.language.nouns import forms, is_settled, noun


@pytest.mark.parametrize(
    ("n", "case", "gender", "expected"),
    [
        (1000000, "nomn", "f", "один миллион"),
        (2000, "accs", "m", "две тысячи"),
        (21, "accs", "f", "двадцать одну"),
        (102, "ablt", "f", "ста двумя"),
        (12, "nomn", "f", "двенадцать"),
        (1, "gent", "n", "одного"),
        (22, "nomn", "n", "двадцать два"),
        (0, "nomn", "m", "ноль"),
    ],
)
def test_cardinals_agree_in_gender_and_case(n: int, case: Case, gender: Gender, expected: str) -> None:
    assert cardinal(n, case, gender) == expected


@pytest.mark.parametrize(
    ("n", "case", "gender", "expected"),
    [
        (3, "gent", "n", "третьего"),
        (10005, "nomn", "m", "десять тысяч пятый"),
        (1985, "gent", "m", "одна тысяча девятьсот восемьдесят пятого"),
        (2000, "gent", "m", "двухтысячного"),
        (40, "datv", "f", "сороковой"),
        (1_000_005, "gent", "n", "один миллион пятого"),
    ],
)
def test_only_the_last_word_of_an_ordinal_declines(n: int, case: Case, gender: Gender, expected: str) -> None:
    assert ordinal(n, case, gender) == expected


@pytest.mark.parametrize(
    ("n", "case", "gender", "expected"),
    [
        (1000, "nomn", "m", "тысячный"),
        (4000, "gent", "m", "четырёхтысячного"),
        (5000, "nomn", "m", "пятитысячный"),
        (11_000, "nomn", "n", "одиннадцатитысячное"),
        (21_000, "datv", "m", "двадцатиоднотысячному"),
        (25_000, "nomn", "f", "двадцатипятитысячная"),
        (40_000, "nomn", "m", "сорокатысячный"),
        (90_000, "accs", "f", "девяностотысячную"),
        (100_000, "ablt", "m", "стотысячным"),
        (101_000, "nomn", "m", "стооднотысячный"),
        (250_000, "nomn", "m", "двухсотпятидесятитысячный"),
        (999_000, "nomn", "m", "девятисотдевяностодевятитысячный"),
        (1_000_000, "loct", "n", "миллионном"),
    ],
)
def test_the_ordinal_of_whole_thousands_is_one_word(n: int, case: Case, gender: Gender, expected: str) -> None:
    assert ordinal(n, case, gender) == expected


@pytest.mark.parametrize("n", [0, -1, 2_000_000, 1_005_000, 10**15 + 1])
def test_ordinals_that_were_never_verified_are_refused(n: int) -> None:
    with pytest.raises(ValueError, match=r"числительное|пределов"):
        ordinal(n)


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("n", "name", "case", "expected"),
    [
        (3, "рабочий день", "gent", "3 рабочих дней"),
        (2, "рабочий день", "nomn", "2 рабочих дня"),
        (21, "рабочий день", "gent", "21 рабочего дня"),
        (3, "календарный день", "accs", "3 календарных дня"),
        (5, "год", "datv", "5 годам"),
        (2, "рабочая неделя", "nomn", "2 рабочие недели"),
        (1, "неделя", "accs", "1 неделю"),
        (2, "человек", "accs", "2 человек"),
        (22, "человек", "accs", "22 человека"),
        (5, "человек", "datv", "5 человекам"),
        (1000, "процент", "datv", "1 000 процентов"),
        (111, "услуга", "nomn", "111 услуг"),
        (2, "печатный лист", "ablt", "2 печатными листами"),
        (3, "судебное заседание", "loct", "3 судебных заседаниях"),
    ],
)
def test_nouns_agree_with_numbers(n: int, name: str, case: Case, expected: str) -> None:
    assert spaced(count(n, name, case)) == expected


@pytest.mark.parametrize(
    ("n", "name", "case", "expected"),
    [
        (1, "жилой дом", "accs", "1 жилой дом"),
        (1, "кубический метр", "accs", "1 кубический метр"),
        (5, "товарный знак", "accs", "5 товарных знаков"),
        (1, "мировой судья", "accs", "1 мирового судью"),
        (3, "мировой судья", "accs", "3 мировых судей"),
        (5, "Рабочий день", "nomn", "5 Рабочих дней"),
        (2, "РАБОЧИЙ ДЕНЬ", "nomn", "2 РАБОЧИХ ДНЯ"),
        (1, "Платёж", "gent", "1 Платежа"),
        (2, "франк", "accs", "2 франка"),
        (2, "том", "accs", "2 тома"),
        (2, "глава", "accs", "2 главы"),
        (2, "вебинар", "accs", "2 вебинара"),
        (2, "сом", "accs", "2 сома"),
        (2, "дирхам", "accs", "2 дирхама"),
        (2, "агент", "accs", "2 агентов"),
        (2, "клиент", "accs", "2 клиентов"),
        (2, "присяжный переводчик", "accs", "2 присяжных переводчиков"),
        (2, "график", "accs", "2 графика"),
        (3, "удостоверенная копия", "nomn", "3 удостоверенные копии"),
        (5, "оплаченный день", "nomn", "5 оплаченных дней"),
        (1, "истёкший год", "gent", "1 истёкшего года"),
        (5, "сутки", "nomn", "5 суток"),
        (1, "сутки", "nomn", "1 сутки"),
        (2, "сутки", "nomn", "2 суток"),
        (21, "сутки", "nomn", "21 сутки"),
        (22, "сутки", "nomn", "22 суток"),
        (3, "календарные сутки", "nomn", "3 календарных суток"),
        (21, "календарные сутки", "nomn", "21 календарные сутки"),
        (3, "рабочие сутки", "ablt", "3 рабочими сутками"),
        (2, "полгода", "nomn", "2 полугодия"),
        (5, "нормо-час", "nomn", "5 нормо-часов"),
        (2, "машино-место", "accs", "2 машино-места"),
        (3, "койко-место", "accs", "3 койко-места"),
        (5, "человеко-день", "datv", "5 человеко-дням"),
        (5, "тенге", "nomn", "5 тенге"),
        (2, "лари", "ablt", "2 лари"),
        (5, "драм", "nomn", "5 драмов"),
        (5, "сум", "nomn", "5 сумов"),
        (2, "частный поверенный", "nomn", "2 частных поверенных"),
        (5, "служащий", "datv", "5 служащим"),
        (2, "управляющий партнёр", "accs", "2 управляющих партнёров"),
        (5, "счёт", "nomn", "5 счетов"),
        (5, "счёт", "ablt", "5 счетами"),
        (2, "абзац второй части", "nomn", "2 абзаца второй части"),
    ],
)
def test_nouns_of_contracts_agree_with_numbers(n: int, name: str, case: Case, expected: str) -> None:
    assert spaced(count(n, name, case)) == expected


@pytest.mark.parametrize(
    ("n", "name", "case", "expected"),
    [
        (1, "сутки", "nomn", "одни сутки"),
        (2, "сутки", "accs", "двое суток"),
        (4, "календарные сутки", "nomn", "четверо календарных суток"),
        (12, "сутки", "nomn", "двенадцать суток"),
        (22, "сутки", "gent", "двадцати двух суток"),
        (21, "адвокат", "accs", "двадцать одного адвоката"),
        (1, "медсестра", "accs", "одну медсестру"),
    ],
)
def test_number_words_agree_with_what_is_alive_and_what_has_no_singular(
    n: int, name: str, case: Case, expected: str
) -> None:
    assert spaced(count(n, name, case, digits=False)) == expected


def test_what_is_not_said_in_words_is_refused() -> None:
    with pytest.raises(ValueError, match="цифрами"):
        count(22, "сутки", digits=False)


def test_the_number_may_be_in_words() -> None:
    assert spaced(count(2, "услуга", "accs", digits=False)) == "две услуги"
    assert spaced(count(3, "адвокат", "accs", digits=False)) == "трёх адвокатов"
    assert spaced(count(1, "заседание", "nomn", digits=False)) == "одно заседание"


def test_number_and_noun_never_part() -> None:
    assert count(5, "рабочий день") == "5\u00a0рабочих дней"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("нотариус", "2 нотариуса"),
        ("мировой судья", "2 мировых судьи"),
        ("зелёная папка", "2 зелёные папки"),
        ("запятая", "2 запятые"),
        ("животное", "2 животных"),
        ("экземпляр договора", "2 экземпляра договора"),
        ("нерабочий праздничный день", "2 нерабочих праздничных дня"),
    ],
)
def test_a_noun_beyond_the_table_goes_by_the_dictionary(name: str, expected: str) -> None:
    assert spaced(count(2, name)) == expected


def test_only_nouns_of_the_table_are_settled() -> None:
    settled = {name: is_settled(name) for name in ("рабочий день", "лист бумаги", "нотариус", "зелёный день")}
    assert settled == {"рабочий день": True, "лист бумаги": True, "нотариус": False, "зелёный день": False}


@pytest.mark.parametrize("name", ["", "быстро", "рабочая день", "лет", "рабочих лет", "абзац второй"])
def test_what_is_no_countable_noun_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="существительн"):
        count(2, name)


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="отрицательное"):
        count(-1, "день")


def test_every_noun_of_the_table_has_all_its_forms() -> None:
    for name in ("день", "лист", "копейка", "фэнь", "платеж", "полный месяц"):
        found = noun(name)
        assert len(found.singular) == len(found.plural) == len(CASES)
    assert {"дней", "рабочих", "копеек"} <= forms()


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2026, 10, 1), date(2026, 10, 31), "с 1 по 31 октября 2026 года"),
        (date(2026, 9, 15), date(2026, 10, 14), "с 15 сентября по 14 октября 2026 года"),
        (date(2025, 10, 1), date(2026, 10, 31), "с 1 октября 2025 года по 31 октября 2026 года"),
        (date(2026, 10, 5), date(2026, 10, 5), "5 октября 2026 года"),
    ],
)
def test_a_period_says_once_what_both_dates_share(start: date, end: date, expected: str) -> None:
    assert spaced(period(start, end)) == expected


def test_a_period_holds_its_days_and_months_together() -> None:
    made = period(date(2026, 9, 15), date(2026, 10, 14))
    assert made == "с\u00a015\u00a0сентября по\u00a014\u00a0октября 2026\u00a0года"


def test_a_period_and_a_range_that_go_backwards_are_refused() -> None:
    with pytest.raises(ValueError, match="раньше начала"):
        period(date(2026, 10, 2), date(2026, 10, 1))
    for start, end in ((7, 5), (-1, 5)):
        with pytest.raises(ValueError, match="нет промежутка"):
            number_range(start, end)


def test_a_range_of_numbers_has_an_en_dash() -> None:
    assert [number_range(5, 7), number_range(5, 5), number_range(1, 1500)] == ["5–7", "5", "1–1\u00a0500"]


def test_dates_of_headings_and_of_figures() -> None:
    day = date(2026, 3, 9)
    assert date_text(day, "long_g") == "9\u00a0марта 2026\u00a0г."
    assert date_text(day, "short") == "09.03.2026"
