"""Sums of money: read back from the print, and refused when they are not sums."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.language import CASES, Case
from docgen.language.amounts import CURRENCIES, Style, amount, digits

STEMS = (
    (r"нол|нул", 0), (r"одиннадцат", 11), (r"двенадцат", 12), (r"тринадцат", 13), (r"четырнадцат", 14),
    (r"пятнадцат", 15), (r"шестнадцат", 16), (r"семнадцат", 17), (r"восемнадцат|восьмнадцат", 18),
    (r"девятнадцат", 19), (r"двадцат", 20), (r"тридцат", 30), (r"сорок", 40), (r"пят(и|ь|ью)десят", 50),
    (r"шест(и|ь|ью)десят", 60), (r"сем(и|ь|ью)десят", 70), (r"вос(е|ь)м(и|ь|ью)десят", 80), (r"девяност", 90),
    (r"двест|двухсот|двумст|двумяст|двухст", 200), (r"трист|тр[её]хсот|тр[её]мст|тремяст|тр[её]хст", 300),
    (r"четырест|четыр[её]хсот|четыр[её]мст|четырьмяст|четыр[её]хст", 400), (r"пят(и|ь|ью)(сот|ст)", 500),
    (r"шест(и|ь|ью)(сот|ст)", 600), (r"сем(и|ь|ью)(сот|ст)", 700), (r"вос(е|ь)м(и|ь|ью)(сот|ст)", 800),
    (r"девят(и|ь|ью)(сот|ст)", 900), (r"дв(а|е|ух|ум|умя)$", 2), (r"тр(и|[её]х|[её]м|емя)$", 3),
    (r"четыр(е|[её]х|[её]м|ьмя)$", 4), (r"пят(ь|и|ью)$", 5), (r"шест(ь|и|ью)$", 6), (r"сем(ь|и|ью)$", 7),
    (r"вос(ем|ьм)(ь|и|ью)$", 8), (r"девят(ь|и|ью)$", 9), (r"десят(ь|и|ью)$", 10), (r"ст(о|а)$", 100), (r"од(ин|н)", 1),
)  # fmt: skip
SCALES = ((r"тысяч", 10**3), (r"миллион", 10**6), (r"миллиард", 10**9), (r"триллион", 10**12), (r"квадриллион", 10**15))


def read_words(words: list[str]) -> int:
    total = group = 0
    for word in words:
        scale = next((scale for stem, scale in SCALES if re.match(stem, word)), None)
        if scale is not None:
            total, group = total + (group or 1) * scale, 0
        else:
            group += next(value for stem, value in STEMS if re.match(stem, word))
    return total + group


def read_amount(text: str, style: Style) -> Decimal:
    plain = text.replace("\u00a0", " ").lower()
    units = "рубл|доллар|евро(?!ц)|юан"
    if style == "contract":
        found = re.fullmatch(rf"([\d ]+) \(([^)]+)\) (?:{units})\w*(?: сша)? (\d\d) \w+", plain)
        assert found, text
        assert int(found[1].replace(" ", "")) == read_words(found[2].split()), text
        return Decimal(f"{found[1].replace(' ', '')}.{found[3]}")
    found = re.fullmatch(rf"(.+?) (?:{units})\w*(?: сша)? (.+) \w+", plain)
    assert found, text
    minor = int(found[2]) if style == "words_minor_digits" else read_words(found[2].split())
    return read_words(found[1].split()) + Decimal(minor) / 100


# Kopecks of every size alike: a sum with a random number of digits.
sums = st.integers(1, 17).flatmap(lambda n: st.integers(0, 10**n)).map(lambda kopecks: Decimal(kopecks) / 100)


@settings(max_examples=10_000)
@given(sums, st.sampled_from(list(CURRENCIES)), st.sampled_from(get_args(Style)), st.sampled_from(CASES))
def test_a_printed_amount_reads_back_as_it_was(value: Decimal, currency: str, style: Style, case: Case) -> None:
    assert read_amount(amount(value, currency, style, case), style) == value


@settings(max_examples=500)
@given(value=sums)
def test_digits_read_back_as_the_same_number(value: Decimal) -> None:
    assert Decimal(digits(value).replace("\u00a0", "").replace(",", ".")) == value


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (100.5, "Decimal"),
        (100, "Decimal"),
        (Decimal("NaN"), "не является числом"),
        (Decimal("Infinity"), "не является числом"),
        (Decimal("-1"), "отрицательна"),
        (Decimal("1.005"), "доли копейки"),
        (Decimal("1000000000000000.01"), "больше"),
    ],
)
def test_what_is_not_a_sum_of_money_is_refused(value: Decimal, reason: str) -> None:
    for convert in (amount, digits):
        with pytest.raises(ValueError, match=reason):
            convert(value)


def test_an_unknown_currency_is_refused_with_those_that_exist() -> None:
    with pytest.raises(ValueError, match="RUB, USD, EUR, CNY"):
        amount(Decimal(1), "GBP")


def test_thousands_are_held_together_by_no_break_spaces() -> None:
    assert digits(Decimal("1234567.5")) == "1\u00a0234\u00a0567,50"
    assert amount(Decimal("150000")) == "150\u00a0000 (сто пятьдесят тысяч) рублей 00\u00a0копеек"


def test_trailing_zeros_and_exponents_are_the_same_sum() -> None:
    assert digits(Decimal("1.500")) == digits(Decimal("1.5")) == "1,50"
    assert digits(Decimal("1E+3")) == "1\u00a0000,00"


def test_the_feminine_unit_agrees_in_the_accusative() -> None:
    made = amount(Decimal("21.21"), style="words_minor_words", case="accs")
    assert made == "Двадцать один рубль двадцать одну копейку"
