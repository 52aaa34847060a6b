"""Requisites of persons, companies and banks in, the same strings checked by form and control digits out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import AfterValidator, TypeAdapter, ValidationError
from stdnum import bic as stdnum_bic
from stdnum import iban as stdnum_iban
from stdnum.exceptions import InvalidChecksum
from stdnum.exceptions import ValidationError as StdnumError
from stdnum.ru import inn as stdnum_inn
from stdnum.ru import ogrn as stdnum_ogrn

from docgen.model.types import matching, refusal

EGRUL = "сверьте с выпиской ЕГРЮЛ (egrul.nalog.ru)"
EGRIP = "сверьте с выпиской ЕГРИП (egrul.nalog.ru)"
INN_OF_PERSON = "сверьте со свидетельством ИНН или сервисом «Узнать ИНН» (service.nalog.ru)"
BANK_CARD = "сверьте с карточкой реквизитов из банка"
ROSSTAT = "сверьте с уведомлением о кодах статистики (websbor.rosstat.gov.ru)"
FOREIGN_BANK = "сверьте с реквизитами, которые дал иностранный банк"

_KEY_WEIGHTS = (7, 1, 3)


# --- control digits --------------------------------------------------------------------------


def ogrnip_holds(number: str) -> bool:
    """Tell whether the 15th digit is the last digit of the first fourteen modulo 13.

    >>> ogrnip_holds("304500116000157"), ogrnip_holds("315774600000050"), ogrnip_holds("304500116000158")
    (True, True, False)
    """
    return int(number[:14]) % 13 % 10 == int(number[14])


def account_key_holds(bik: str, account: str) -> bool:
    """Tell whether the account's key agrees with the bank's БИК.

    >>> account_key_holds("044525225", "40702810938000000000")
    False
    """
    return _key_holds(bik[-3:] + account)


def correspondent_key_holds(bik: str, account: str) -> bool:
    """Tell whether the correspondent account's key agrees with the bank's БИК.

    >>> correspondent_key_holds("044525225", "30101810400000000225")
    True
    """
    return _key_holds("0" + bik[4:6] + account)


def _key_holds(digits: str) -> bool:
    return sum(int(digit) * _KEY_WEIGHTS[place % 3] % 10 for place, digit in enumerate(digits)) % 10 == 0


def snils_holds(number: str) -> bool:
    """Tell whether the last two of eleven digits agree with the first nine (numbers up to 001-001-998 have no key).

    >>> snils_holds("11223344595"), snils_holds("08765430300"), snils_holds("11223344596")
    (True, True, False)
    """
    if int(number[:9]) <= 1001998:
        return True
    total = sum(int(digit) * weight for digit, weight in zip(number, range(9, 0, -1), strict=False))
    return total % 101 % 100 == int(number[9:])


def okpo_holds(number: str) -> bool:
    """Tell whether the last digit is the weighted sum of the others modulo 11.

    Weights run from 1; where that gives 10, from 3; where 10 again, the digit is 0.

    >>> okpo_holds("00032537"), okpo_holds("00032538")
    (True, False)
    """
    *digits, control = map(int, number)
    for first in (1, 3):
        rest = sum(digit * weight for weight, digit in enumerate(digits, start=first)) % 11
        if rest < 10:
            return rest == control
    return control == 0


# --- types -----------------------------------------------------------------------------------


def _digits(count: int, hint: str, mistaken: Mapping[int, str] = MappingProxyType({})) -> AfterValidator:
    """Return a rule: so many digits; ``mistaken`` says what a number of another length is taken for."""

    def check(value: str) -> str:
        if not re.fullmatch("[0-9]+", value):
            raise refusal("digits", f"нужно {count} цифр подряд, а здесь есть другие знаки", hint)
        if len(value) != count:
            other = f": {mistaken[len(value)]}" if len(value) in mistaken else ""
            raise refusal("length", f"нужно {count} цифр, а здесь {len(value)}{other}", hint)
        return value

    return AfterValidator(check)


def _control(holds: Callable[[str], bool], hint: str) -> AfterValidator:
    def check(value: str) -> str:
        if not holds(value):
            raise refusal("check_digit", "контрольная цифра не сходится: в номере ошибка", hint)
        return value

    return AfterValidator(check)


def _starts(prefixes: tuple[str, ...], hint: str) -> AfterValidator:
    def check(value: str) -> str:
        if not value.startswith(prefixes):
            raise refusal("prefix", "номер начинается не с " + " или ".join(prefixes), hint)
        return value

    return AfterValidator(check)


CompanyInn = Annotated[
    str,
    _digits(10, EGRUL, {12: "это ИНН человека, а нужен ИНН организации"}),
    _control(stdnum_inn.is_valid, EGRUL),
]
PersonInn = Annotated[
    str,
    _digits(12, INN_OF_PERSON, {10: "это ИНН организации, а нужен ИНН человека"}),
    _control(stdnum_inn.is_valid, INN_OF_PERSON),
]


def _any_inn(value: str) -> str:
    if not re.fullmatch("[0-9]{10}(?:[0-9]{2})?", value):
        raise refusal("length", "нужно 10 цифр (организация) или 12 цифр (человек)", EGRUL)
    if not stdnum_inn.is_valid(value):
        raise refusal("check_digit", "контрольная цифра не сходится: в номере ошибка", EGRUL)
    return value


AnyInn = Annotated[str, AfterValidator(_any_inn)]
Kpp = Annotated[
    str,
    matching(
        "(?!00)[0-9]{4}[0-9A-Z]{2}[0-9]{3}", "kpp", "КПП — девять знаков: 4 цифры, 2 цифры или буквы, 3 цифры", EGRUL
    ),
]
Ogrn = Annotated[
    str,
    _digits(13, EGRUL, {15: "это ОГРНИП, а нужен ОГРН организации"}),
    _starts(("1", "5"), EGRUL),
    _control(stdnum_ogrn.is_valid, EGRUL),
]
Ogrnip = Annotated[
    str,
    _digits(15, EGRIP, {13: "это ОГРН организации, а нужен ОГРНИП"}),
    _starts(("3",), EGRIP),
    _control(ogrnip_holds, EGRIP),
]
Bik = Annotated[str, _digits(9, BANK_CARD), _starts(("04", "00", "01", "02"), BANK_CARD)]
AccountNumber = Annotated[str, _digits(20, BANK_CARD)]
CorrespondentAccount = Annotated[str, _digits(20, BANK_CARD), _starts(("301",), BANK_CARD)]
TreasuryAccount = Annotated[str, _digits(20, BANK_CARD), _starts(("03",), BANK_CARD)]


def _snils(value: str) -> str:
    digits = re.sub("[ -]", "", value)
    written = f"{digits[:3]}-{digits[3:6]}-{digits[6:9]} {digits[9:]}"
    if not re.fullmatch("[0-9]{11}", digits):
        raise refusal("length", "в СНИЛС одиннадцать цифр", "образец: 112-233-445 95")
    if not snils_holds(digits):
        raise refusal("check_digit", "контрольные цифры не сходятся: в номере ошибка", "сверьте с уведомлением СФР")
    if value != written:
        raise refusal("snils", "СНИЛС записан не по образцу", f"запишите так: {written}")
    return value


Snils = Annotated[str, AfterValidator(_snils)]


def _series(value: str) -> str:
    if re.fullmatch("[0-9]{4}", value):
        raise refusal("passport", "в серии паспорта нужен пробел", f"запишите так: {value[:2]} {value[2:]}")
    if not re.fullmatch("[0-9]{2} [0-9]{2}", value):
        raise refusal("passport", "серия паспорта — две пары цифр через пробел", "образец: 45 10")
    return value


PassportSeries = Annotated[str, AfterValidator(_series)]
PassportNumber = Annotated[
    str, matching("[0-9]{6}", "passport", "номер паспорта — шесть цифр", "см. разворот паспорта; образец: 123456")
]
DivisionCode = Annotated[
    str,
    matching("[0-9]{3}-[0-9]{3}", "passport", "код подразделения — три и три цифры через дефис", "образец: 660-001"),
]


def _okpo(value: str) -> str:
    if not re.fullmatch("[0-9]{8}(?:[0-9]{2})?", value):
        raise refusal("length", "в ОКПО 8 цифр (организация) или 10 цифр (предприниматель)", ROSSTAT)
    if not okpo_holds(value):
        raise refusal("check_digit", "контрольная цифра не сходится: в номере ошибка", ROSSTAT)
    return value


Okpo = Annotated[str, AfterValidator(_okpo)]


def _iban(value: str) -> str:
    plain = value.replace(" ", "")
    try:
        stdnum_iban.validate(plain)
    except InvalidChecksum as error:
        raise refusal("check_digit", "контрольные знаки не сходятся: в номере ошибка", FOREIGN_BANK) from error
    except StdnumError as error:
        raise refusal("iban", "это не IBAN: не та длина или не те знаки для этой страны", FOREIGN_BANK) from error
    if plain != plain.upper():
        raise refusal("iban", "IBAN записан строчными буквами", f"запишите так: {plain.upper()}")
    return value


def _swift(value: str) -> str:
    if not stdnum_bic.is_valid(value) or value != value.upper().replace(" ", ""):
        message = "SWIFT — 8 или 11 заглавных латинских букв и цифр, пятая и шестая — страна"
        raise refusal("swift", message, FOREIGN_BANK)
    return value


Iban = Annotated[str, AfterValidator(_iban)]
Swift = Annotated[str, AfterValidator(_swift)]


def _passport(value: str) -> str:
    if not re.fullmatch("[0-9]{2} [0-9]{2} (?:№ ?)?[0-9]{6}", value):
        raise refusal("passport", "паспорт записан не по образцу", "серия и номер через пробелы: 45 10 123456")
    return value


PassportText = Annotated[str, AfterValidator(_passport)]
"""Series and number of a passport in one text, as people type them."""


# --- one requisite by itself -------------------------------------------------------------------

_TYPES: dict[str, Any] = {
    "inn": AnyInn,
    "kpp": Kpp,
    "ogrn": Ogrn,
    "ogrnip": Ogrnip,
    "okpo": Okpo,
    "bik": Bik,
    "account": AccountNumber,
    "correspondent": CorrespondentAccount,
    "treasury": TreasuryAccount,
    "snils": Snils,
    "passport": PassportText,
    "iban": Iban,
    "swift": Swift,
}
_KEYS: dict[str, Callable[[str, str], bool]] = {
    "account": account_key_holds,
    "correspondent": correspondent_key_holds,
}


def verdict(kind: str, value: str, bik: str | None = None) -> tuple[bool, str]:
    """Return whether all that can be checked of a requisite was checked, and what was not.

    ValueError, in words for the user, when the value is wrong.

    >>> verdict("inn", "7707083893")
    (True, '')
    >>> verdict("account", "40702810316540001234")[0], verdict("account", "40702810316540001234", "046577674")[0]
    (False, True)
    """
    _taken(kind, value)
    if kind not in _KEYS:
        return True, ""
    if kind == "account" and value.startswith("03"):
        return False, "у казначейского счёта ключ не проверяется"
    if bik is None:
        return False, "ключ не проверен: укажите БИК (--bik)"
    _taken("bik", bik)
    if kind == "correspondent" and value[-3:] != bik[-3:]:
        raise ValueError(f"последние три цифры счёта не те, что у БИК ({bik[-3:]}); {BANK_CARD}")
    if not _KEYS[kind](bik, value):
        raise ValueError(f"ключ счёта не сходится с БИК {bik}; {BANK_CARD}")
    return True, ""


def _taken(kind: str, value: str) -> None:
    try:
        TypeAdapter(_TYPES[kind]).validate_python(value, strict=True)
    except ValidationError as error:
        context = error.errors()[0]["ctx"]
        raise ValueError("; ".join(filter(None, (context["what"], context["hint"])))) from error
