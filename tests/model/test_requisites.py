"""Control digits catch every single slip, and every right number passes."""

from __future__ import annotations

import random
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from docgen.model import requisites
from docgen.model.types import FullName

PUBLIC_COMPANIES = [
    ("7707083893", "1027700132195"),
    ("7702070139", "1027739609391"),
    ("7744001497", "1027700167110"),
    ("7728168971", "1027700067328"),
    ("7710140679", "1027739642281"),
    ("7744000302", "1027739326449"),
    ("7736050003", "1027700070518"),
    ("7708503727", "1037739877295"),
    ("7736207543", "1027700229193"),
    ("6663003127", "1026605606620"),
]
BANKS = [
    ("044525225", "30101810400000000225"),
    ("044525187", "30101810700000000187"),
    ("044525823", "30101810200000000823"),
    ("044525593", "30101810200000000593"),
    ("044525974", "30101810145250000974"),
    ("044525700", "30101810200000000700"),
    ("046577674", "30101810500000000674"),
]
ACCOUNTS = [("046577674", "40702810316540001234"), ("044525225", "40817810699910004321")]


def code_of(kind: Any, value: object) -> str:
    """Return the code with which the type refuses the value, "" if it takes it."""
    try:
        TypeAdapter(kind).validate_python(value, strict=True)
    except ValidationError as error:
        return error.errors()[0]["type"]
    return ""


def slips(number: str) -> list[str]:
    """Return the number with each digit changed to each other digit."""
    return [
        number[:place] + digit + number[place + 1 :]
        for place in range(len(number))
        for digit in "0123456789"
        if digit != number[place]
    ]


def with_control(kind: Any, start: str, width: int) -> str:
    ends = (start + f"{end:0{width}}" for end in range(10**width))
    return next(number for number in ends if code_of(kind, number) == "")


@pytest.mark.parametrize(("inn", "ogrn"), PUBLIC_COMPANIES)
def test_numbers_of_public_companies_pass(inn: str, ogrn: str) -> None:
    assert code_of(requisites.CompanyInn, inn) == ""
    assert code_of(requisites.Ogrn, ogrn) == ""
    assert code_of(requisites.AnyInn, inn) == ""


@given(st.text("0123456789", min_size=9, max_size=9))
def test_nearly_every_slip_in_a_companys_inn_is_caught(start: str) -> None:
    # Modulo 11 modulo 10: the remainders 0 and 10 look alike, so one slip in a position may pass.
    inn = with_control(requisites.CompanyInn, start, 1)
    passed = [slip for slip in slips(inn) if code_of(requisites.CompanyInn, slip) == ""]
    assert len(passed) <= 9
    assert all(slip[-1] == inn[-1] == "0" for slip in passed)


@given(st.text("0123456789", min_size=10, max_size=10))
def test_a_slip_in_the_control_digits_of_a_persons_inn_is_caught(start: str) -> None:
    inn = with_control(requisites.PersonInn, start, 2)
    assert {code_of(requisites.PersonInn, slip) for slip in slips(inn) if slip[:10] == start} == {"check_digit"}


@given(st.text("0123456789", min_size=11, max_size=11))
def test_a_slip_in_the_control_digit_of_an_ogrn_is_caught(start: str) -> None:
    ogrn = with_control(requisites.Ogrn, "1" + start, 1)
    assert {code_of(requisites.Ogrn, slip) for slip in slips(ogrn) if slip[:12] == ogrn[:12]} == {"check_digit"}


def test_twenty_thousand_right_ogrnip_pass_and_no_other_end_does() -> None:
    chance = random.Random(13)
    for _ in range(20_000):
        start = f"3{chance.randrange(10**13):013}"
        right = str(int(start) % 13)[-1]
        assert requisites.ogrnip_holds(start + right)
        wrong = str((int(right) + chance.randrange(1, 10)) % 10)
        assert not requisites.ogrnip_holds(start + wrong)


@pytest.mark.parametrize("number", ["304500116000157", "315774600000050"])
def test_known_ogrnip_pass(number: str) -> None:
    assert code_of(requisites.Ogrnip, number) == ""


@pytest.mark.parametrize(("bik", "account"), BANKS)
def test_every_slip_in_a_correspondent_account_is_caught(bik: str, account: str) -> None:
    assert requisites.correspondent_key_holds(bik, account)
    assert not any(requisites.correspondent_key_holds(bik, slip) for slip in slips(account))


@pytest.mark.parametrize(("bik", "account"), ACCOUNTS)
def test_every_slip_in_an_account_is_caught(bik: str, account: str) -> None:
    assert requisites.account_key_holds(bik, account)
    assert not any(requisites.account_key_holds(bik, slip) for slip in slips(account))


@given(st.integers(min_value=1_001_999, max_value=999_999_999))
def test_a_slip_in_the_control_digits_of_snils_is_caught(start: int) -> None:
    right = [end for end in range(100) if requisites.snils_holds(f"{start:09}{end:02}")]
    assert len(right) == 1


PATTERNS: list[tuple[Any, str, str]] = [
    (requisites.CompanyInn, "770708389", "length"),
    (requisites.CompanyInn, "7707083893 ", "digits"),
    (requisites.CompanyInn, "77070838\u0669\u0663", "digits"),
    (requisites.CompanyInn, "500100732259", "length"),
    (requisites.PersonInn, "7707083893", "length"),
    (requisites.PersonInn, "500100732259", ""),
    (requisites.AnyInn, "77070838931", "length"),
    (requisites.Kpp, "770701001", ""),
    (requisites.Kpp, "7707AB001", ""),
    (requisites.Kpp, "007701001", "kpp"),
    (requisites.Kpp, "7707аб001", "kpp"),
    (requisites.Ogrn, "2027700132195", "prefix"),
    (requisites.Ogrnip, "104500116000157", "prefix"),
    (requisites.Ogrnip, "304500116000158", "check_digit"),
    (requisites.Bik, "144525225", "prefix"),
    (requisites.Bik, "04452522", "length"),
    (requisites.Snils, "112-233-445 95", ""),
    (requisites.Snils, "087-654-303 00", ""),
    (requisites.Snils, "11223344595", "snils"),
    (requisites.Snils, "112-233-445 96", "check_digit"),
    (requisites.Snils, "112-233-445", "length"),
    (requisites.PassportSeries, "4510", "passport"),
    (requisites.PassportSeries, "45 10", ""),
    (requisites.PassportNumber, "12345", "passport"),
    (requisites.DivisionCode, "660001", "passport"),
    (requisites.TreasuryAccount, "03100643000000018500", ""),
    (requisites.TreasuryAccount, "40702810316540001234", "prefix"),
    (FullName, "Иванов Иван Иванович", ""),
    (FullName, "Сергеева-Римская Анна Мария оглы", ""),
    (FullName, "ИП Иванов Иван Иванович", "name_prefix"),
]


@pytest.mark.parametrize(("kind", "value", "code"), PATTERNS)
def test_each_requisite_has_its_form(kind: Annotated[Any, "a type"], value: str, code: str) -> None:
    assert code_of(kind, value) == code


def test_the_cure_shows_the_right_form() -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(requisites.Snils).validate_python("11223344595")
    assert caught.value.errors()[0]["ctx"]["hint"] == "запишите так: 112-233-445 95"


@given(st.text("0123456789", min_size=7, max_size=7))
def test_nearly_every_slip_in_an_okpo_is_caught(start: str) -> None:
    number = next(f"{start}{end}" for end in range(10) if requisites.okpo_holds(f"{start}{end}"))
    assert {code_of(requisites.Okpo, slip) for slip in slips(number) if slip[:7] == start} == {"check_digit"}
    passed = [slip for slip in slips(number) if code_of(requisites.Okpo, slip) == ""]
    assert len(passed) <= 7  # modulo 11 with a second row of weights: one slip in a position may pass


def test_every_slip_in_an_iban_is_caught() -> None:
    iban = "DE89370400440532013000"
    assert code_of(requisites.Iban, iban) == ""
    assert not any(code_of(requisites.Iban, f"DE{slip}") == "" for slip in slips(iban[2:]))
