"""Figures of an order in, figures computed from them out: VAT, totals, tax profile; each named in YAML.

Every result says what it was computed from. Sums are rounded half-up to the kopeck, per line; a sum with a
blank in it is a blank.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from docgen.assembly.trace import Blanked, Missing, Record, leaf
from docgen.errors import OrderInvalid, Problem
from docgen.library import Placed, VatRateSpec, VatSpec

KOPECK = Decimal("0.01")
FOREIGN = "foreign_client"
TAX_HINT = "бухгалтер указывает профиль с датой, с которой он действует"


class VatTable:
    """The library's VAT table: what rate and words a tax profile has on a day."""

    def __init__(self, placed: Placed[VatSpec]) -> None:
        self.placed = placed

    def entry(self, profile: str, day: date) -> tuple[VatRateSpec, str] | None:
        """Return the row of a profile in force on a day and its place in the library, or None."""
        known = self.placed.spec.profiles.get(profile)
        for index, row in enumerate(known.rates if known else ()):
            if row.start <= day and (row.until is None or day <= row.until):
                return row, self.placed.where("profiles", profile, "rates", index)
        return None


def round_kopecks(amount: Decimal) -> Decimal:
    """Return the amount rounded half-up to the kopeck.

    >>> round_kopecks(Decimal("0.005"))
    Decimal('0.01')
    """
    return amount.quantize(KOPECK, rounding=ROUND_HALF_UP)


def included_vat(amount: Decimal, rate: Decimal) -> Decimal:
    """Return the VAT inside an amount: amount × rate / (100 + rate), half-up to the kopeck (НК РФ, ст. 164 п. 4).

    >>> included_vat(Decimal(150000), Decimal(22))
    Decimal('27049.18')
    """
    return round_kopecks(amount * rate / (100 + rate))


def vat_in(amount: Any, rate: Any) -> Any:
    """Return the traced VAT inside an amount."""
    for given in (amount, rate):
        if isinstance(given, Missing | Blanked):
            return given
    return leaf(included_vat(Decimal(amount), Decimal(rate)), f"vat_in({amount.source})")


def sum_of(rows: Any, field: str) -> Any:
    """Return the traced sum of a field over rows; blank if any is blank, missing if any is missing."""
    values = [getattr(row, field) for row in rows]
    for kind in (Missing, Blanked):
        for value in values:
            if isinstance(value, kind):
                return value
    source = f"sum_of({getattr(rows[0], 'source', '')}…, {field})" if rows else "sum_of()"
    return leaf(sum((Decimal(value) for value in values), Decimal(0)), source)


def vat_total(rows: Any, field: str, amount: Any, rate: Any) -> Any:
    """Return the traced VAT of priced lines: the sum of each line's VAT; of the amount if a line has no price."""
    prices = [getattr(row, field) for row in rows]
    if any(isinstance(price, Missing | Blanked) for price in prices):
        return vat_in(amount, rate)
    lines = [vat_in(price, rate) for price in prices]
    if any(isinstance(line, Missing | Blanked) for line in lines):
        return lines[0]
    return leaf(sum(lines, Decimal(0)), f"vat_total({field})")


def in_force(rows: Any, day: date) -> Any:
    """Return the last of dated rows that is in force on a day, or None."""
    found = [row for row in rows if getattr(row, "from") <= day]
    return max(found, key=lambda row: getattr(row, "from")) if found else None


def tax_record(table: VatTable, rows: Any, clients: Any, day: date) -> Record:
    """Return the traced profile, rate and phrase of the firm's tax in force on a day.

    A foreign client that is not active in Russia takes the services out of VAT (НК РФ, ст. 148 п. 1.1 пп. 4).
    Raises OrderInvalid when the profile is unknown or has no rate on that day.
    """
    row = in_force(rows, day)
    if row is None:
        raise OrderInvalid(
            [Problem("/matter/firm/tax", "no_tax_profile", f"нет налогового профиля на {day}", TAX_HINT)]
        )
    abroad = any(client.kind == "foreign_company" and client.active_in_russia is False for client in clients)
    profile = FOREIGN if abroad else str(row.profile)
    found = table.entry(profile, day)
    if found is None:
        message = f"в таблице НДС нет профиля {profile} на {day}"
        hint = "есть: " + ", ".join(table.placed.spec.profiles)
        raise OrderInvalid([Problem(f"{row.source}/profile", "unknown_tax_profile", message, hint)])
    entry, where = found
    rate = Missing(where) if entry.rate is None else leaf(Decimal(entry.rate), where)
    return Record({"profile": leaf(profile, row.source), "phrase": leaf(entry.phrase, where), "rate": rate}, where)
