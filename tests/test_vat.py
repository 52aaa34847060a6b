"""VAT by profile, date and place of supply; half-up to the kopeck for each line, totals as sums of lines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.assembly.calculations import added_vat, included_vat
from docgen.errors import OrderInvalid
from docgen.service import Draft, Service
from tests.advice_cases import sample_firm

sums = st.decimals(min_value=0, max_value=10**12, places=2)
rates = st.sampled_from([Decimal(rate) for rate in (5, 7, 10, 20, 22)])


def half_up(value: Fraction) -> Decimal:
    """Round a fraction of roubles half-up to the kopeck, by whole numbers only."""
    return Decimal((value * 200 + 1) // 2) / 100


@given(sums, rates)
def test_extracted_vat_is_the_share_of_the_rate_rounded_half_up(amount: Decimal, rate: Decimal) -> None:
    assert included_vat(amount, rate) == half_up(Fraction(amount) * Fraction(rate) / (100 + Fraction(rate)))


@given(sums, rates)
def test_added_vat_is_the_rate_of_the_amount_rounded_half_up(amount: Decimal, rate: Decimal) -> None:
    assert added_vat(amount, rate) == half_up(Fraction(amount) * Fraction(rate) / 100)


@given(sums, rates)
def test_extracting_from_an_amount_with_added_vat_gives_it_back(amount: Decimal, rate: Decimal) -> None:
    added = added_vat(amount, rate)
    assert abs(included_vat(amount + added, rate) - added) <= Decimal("0.01")


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("osno", "27049.18"),
        ("usn_5", "7142.86"),
        ("usn_7", "9813.08"),
        ("usn_22", "27049.18"),
    ],
)
def test_the_figures_of_150_000_roubles(profile: str, expected: str, service: Service) -> None:
    assert service.library.vat is not None
    rate = service.library.vat.spec.profiles[profile].rates[-1].rate
    assert rate is not None
    assert included_vat(Decimal(150000), Decimal(rate)) == Decimal(expected)


def text(made: Draft, service: Service) -> str:
    return service.write(made, "txt").decode().replace("\u00a0", " ")


def with_tax(order: Any, firm: Any, profile: str) -> Any:
    order["matter"]["firm"] = {**firm, "tax": [{"from": "2024-01-01", "profile": profile}]}
    return order


@pytest.fixture
def firm(service: Service) -> Any:
    return {**sample_firm(), "tax": []}


@pytest.mark.parametrize(
    ("profile", "day", "phrase"),
    [
        ("osno", "2025-12-31", "в том числе НДС 20 %"),
        ("osno", "2026-01-01", "в том числе НДС 22 %"),
        ("usn_5", "2026-11-23", "в том числе НДС 5 %"),
        ("usn_7", "2026-11-23", "в том числе НДС 7 %"),
        ("usn_22", "2025-06-01", "в том числе НДС 20 %"),
        ("usn_145", "2026-11-23", "НДС не облагается"),
    ],
)
def test_the_phrase_goes_by_the_profile_and_the_documents_date(
    profile: str, day: str, phrase: str, firm: Any, draft: Callable[..., Draft], service: Service, order: Any
) -> None:
    made = draft(with_tax(order("company_stages"), firm, profile), day=date.fromisoformat(day))
    assert phrase in text(made, service)


def test_a_profile_without_a_rate_on_the_day_is_refused(firm: Any, draft: Callable[..., Draft], order: Any) -> None:
    with pytest.raises(OrderInvalid) as raised:
        draft(with_tax(order("company_stages"), firm, "usn_5"), day=date(2024, 12, 31))
    assert [problem.code for problem in raised.value.problems] == ["unknown_tax_profile"]


FOREIGN = {
    "kind": "foreign_company",
    "name": "Northern Timber OY",
    "short_name": "Northern Timber OY",
    "country": "Финляндия",
    "registration_number": "FI-2817364",
    "address": "00100, Хельсинки, Маннергеймская ул., д. 1",
    "signatories": [
        {
            "name": "Виртанен Юхани",
            "sex": "m",
            "position": "директор",
            "name_forms": {"gent": "Виртанена Юхани"},
            "basis": {"kind": "charter"},
        }
    ],
    "foreign_accounts": [{"bank": "Nordea Bank", "swift": "NDEAFIHH", "iban": "FI2112345600000785"}],
}


def test_a_foreign_client_without_activity_in_russia_takes_the_services_out_of_vat(
    draft: Callable[..., Draft], service: Service, order: Any
) -> None:
    changed = order("company_stages")
    changed["matter"]["clients"] = [{**FOREIGN, "active_in_russia": False}]
    words = text(draft(changed), service)
    assert "местом реализации территория РФ не признаётся" in words
    assert "НДС 22" not in words
    changed["matter"]["clients"] = [{**FOREIGN, "active_in_russia": True}]
    assert "в том числе НДС 22 %" in text(draft(changed), service)


def test_clients_with_different_places_of_supply_are_refused(draft: Callable[..., Draft], order: Any) -> None:
    changed = order("company_stages")
    changed["matter"]["clients"].append({**FOREIGN, "active_in_russia": False})
    changed["matter"]["obligation"] = "joint"
    with pytest.raises(OrderInvalid) as raised:
        draft(changed)
    assert [(problem.where, problem.code) for problem in raised.value.problems] == [
        ("/matter/clients", "mixed_place_of_supply")
    ]


def test_the_total_is_the_sum_of_its_lines(draft: Callable[..., Draft], service: Service, order: Any) -> None:
    changed = order("company_stages")
    prices = [Decimal("33333.33"), Decimal("33333.33"), Decimal("33333.35")]
    for service_, price in zip(changed["matter"]["services"], prices, strict=True):
        service_["price"] = float(price)
    changed["matter"]["fee"] = {"model": "fixed", "amount": 100000.01, "balance_days": 5}
    lines = [(price * 22 / 122).quantize(Decimal("0.01"), ROUND_HALF_UP) for price in prices]
    words = text(draft(changed), service)
    assert f"Итого |  | 100 000,01 | {figures(sum(lines, Decimal(0)))}" in words
    for price, vat in zip(prices, lines, strict=True):
        assert f"| {figures(price)} | {figures(vat)}" in words


def test_stages_show_the_vat_of_each_and_their_sum(draft: Callable[..., Draft], service: Service, order: Any) -> None:
    staged = order("company_stages")
    amounts = [Decimal(str(stage["amount"])) for stage in staged["matter"]["fee"]["stages"]]
    lines = [(amount * 22 / 122).quantize(Decimal("0.01"), ROUND_HALF_UP) for amount in amounts]
    words = text(draft(staged), service)
    for amount, vat in zip(amounts, lines, strict=True):
        assert f"| {figures(amount)} | {figures(vat)}" in words
    assert f"Итого |  |  | {figures(sum(amounts, Decimal(0)))} | {figures(sum(lines, Decimal(0)))}" in words


def figures(amount: Decimal) -> str:
    return f"{amount:,.2f}".replace(",", " ").replace(".", ",")
