"""A Decimal sum of money → digits, and number words with the currency's noun, in any case."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from docgen.language.forms import NBSP, Case
from docgen.language.nouns import noun
from docgen.language.numbers import LIMIT, agree, cardinal, group

Style = Literal["contract", "words_minor_digits", "words_minor_words"]


@dataclass(frozen=True, slots=True)
class Currency:
    """The nouns of a currency, both masculine or feminine as the table of nouns says; ``of`` follows the major."""

    major: str
    minor: str
    of: str = ""


CURRENCIES = {
    "RUB": Currency("рубль", "копейка"),
    "USD": Currency("доллар", "цент", " США"),
    "EUR": Currency("евро", "евроцент"),
    "CNY": Currency("юань", "фэнь"),
}


def amount(value: Decimal, currency: str = "RUB", style: Style = "contract", case: Case = "nomn") -> str:
    """Return a sum as contracts write it.

    ``contract`` gives digits with the words in brackets; the other two styles give words with a capital letter,
    the minor units as two digits or in words. ValueError for anything but a Decimal of whole minor units
    from 0 to 10^15 and a currency of the table.

    >>> amount(Decimal("150000")).replace(NBSP, " ")
    '150 000 (сто пятьдесят тысяч) рублей 00 копеек'
    >>> amount(Decimal("521.02"), style="words_minor_words", case="ablt").replace(NBSP, " ")
    'Пятьюстами двадцатью одним рублём двумя копейками'
    """
    whole, minor = _split(value)
    names = _currency(currency)
    unit, part = noun(names.major), noun(names.minor)
    words = cardinal(whole, case, unit.gender)
    major = f"{agree(whole, case, unit)}{names.of}"
    minor_noun = agree(minor, case, part)
    if style == "contract":
        return f"{group(whole)} ({words}) {major} {minor:02d}{NBSP}{minor_noun}"
    minor_number = f"{minor:02d}{NBSP}" if style == "words_minor_digits" else f"{cardinal(minor, case, part.gender)} "
    return f"{words[0].upper()}{words[1:]} {major} {minor_number}{minor_noun}"


def digits(value: Decimal) -> str:
    """Return a sum in digits, with groups, a comma and two decimals.

    >>> digits(Decimal("150000")).replace(NBSP, " ")
    '150 000,00'
    """
    whole, minor = _split(value)
    return f"{group(whole)},{minor:02d}"


def _currency(code: str) -> Currency:
    if code not in CURRENCIES:
        raise ValueError(f"нет валюты {code!r}; возможны {', '.join(CURRENCIES)}")
    return CURRENCIES[code]


def _split(value: Decimal) -> tuple[int, int]:
    if not isinstance(value, Decimal):
        raise ValueError(f"сумма должна быть десятичным числом (Decimal), а не {type(value).__name__}")
    if not value.is_finite():
        raise ValueError(f"сумма {value} не является числом")
    if value < 0:
        raise ValueError(f"сумма {value} отрицательна")
    if value > LIMIT:
        raise ValueError(f"сумма {value} больше {group(LIMIT)}")
    hundredths, rest = divmod(value * 100, 1)
    if rest:
        raise ValueError(f"сумма {value} содержит доли копейки (цента): округлите её до двух знаков")
    return divmod(int(hundredths), 100)


def decimal_of(text: str) -> Decimal:
    """Return the sum that a person typed: «150000.00», «150 000,50»; ValueError for anything else.

    >>> decimal_of("1 500,5")
    Decimal('1500.5')
    """
    plain = re.sub(rf"(?<=\d)[ {NBSP}](?=\d{{3}}(?!\d))", "", text.strip()).replace(",", ".")
    if not re.fullmatch(r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?", plain):
        raise ValueError(f"«{text}» — не сумма; образец: 150000.00")
    return Decimal(plain)
