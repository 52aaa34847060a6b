"""Number words where num2words errs, agreement of nouns, dates."""

from __future__ import annotations

from datetime import date

import pytest

from docgen.language import CASES, Case, Gender, cardinal, count, date_text, ordinal
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
    ],
)
def test_only_the_last_word_of_an_ordinal_declines(n: int, case: Case, gender: Gender, expected: str) -> None:
    assert ordinal(n, case, gender) == expected


@pytest.mark.parametrize("n", [0, -1, 5000, 10**15 + 1])
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


@pytest.mark.parametrize("name", ["", "быстро", "сутки", "рабочая день"])
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


def test_dates_of_headings_and_of_figures() -> None:
    day = date(2026, 3, 9)
    assert date_text(day, "long_g") == "9\u00a0марта 2026\u00a0г."
    assert date_text(day, "short") == "09.03.2026"
