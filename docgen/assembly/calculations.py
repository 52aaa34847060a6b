"""Figures of an order in, figures computed from them out: VAT, totals, tax profile; each named in YAML.

Every result says what it was computed from. Sums are rounded half-up to the kopeck, per line; a sum with a
blank in it is a blank.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from docgen.assembly.trace import Blanked, Missing, Record, leaf

KOPECK = Decimal("0.01")
FOREIGN = "foreign_client"


@dataclass(frozen=True, slots=True)
class TaxProfile:
    """How a profile stands to VAT on a day: its rate in percent (None: no VAT) and the words for it."""

    profile: str
    rate: Decimal | None
    phrase: str


class VatTable:
    """The library's VAT table: what rate and words a tax profile has on a day."""

    def __init__(self, table: Mapping[str, Any], where: Callable[..., str]) -> None:
        self.table, self.where = table, where

    def names(self) -> frozenset[str]:
        """Return the profiles that the table knows."""
        return frozenset(self.table.get("profiles", {}))

    def entry(self, profile: str, day: date) -> tuple[Mapping[str, Any], int] | None:
        """Return the row of a profile in force on a day and its index, or None."""
        for index, row in enumerate(self.table["profiles"][profile]["rates"]):
            if row["from"] <= day and (row.get("until") is None or day <= row["until"]):
                return row, index
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


def in_force(rows: Any, day: date) -> Any:
    """Return the last of dated rows that is in force on a day."""
    found = [row for row in rows if getattr(row, "from") <= day]
    return max(found, key=lambda row: getattr(row, "from")) if found else Missing("/matter/firm/tax")


def tax_record(table: VatTable, rows: Any, clients: Any, day: date) -> Any:
    """Return the traced profile, rate and phrase of the firm's tax in force on a day.

    A foreign client that is not active in Russia takes the services out of VAT (НК РФ, ст. 148 п. 1.1 пп. 4).
    """
    row = in_force(rows, day)
    if isinstance(row, Missing):
        return row
    abroad = any(client.kind == "foreign_company" and client.active_in_russia is False for client in clients)
    profile = FOREIGN if abroad else str(row.profile)
    found = table.entry(profile, day)
    if found is None:
        return Missing(row.source)
    entry, index = found
    where = table.where(("vat", "profiles", profile, "rates", index))
    facts: dict[str, Any] = {"profile": leaf(profile, row.source), "phrase": leaf(entry["phrase"], where)}
    facts["rate"] = Missing(where) if entry.get("rate") is None else leaf(Decimal(entry["rate"]), where)
    return Record(facts, where)
