"""Acts and payments of a matter in, a reconciliation statement out: entries by day, turnovers, the balance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from docgen.assembly.billing import in_period
from docgen.assembly.calculations import figure
from docgen.assembly.trace import Blanked, Missing, Record, Rows, leaf

NOTHING = Decimal(0)


def settlement_entries(matter: Any, start: Any, until: Any) -> Rows:
    """Return the period's acts (debit: the client owes) and payments of the fee (credit), by day."""
    fees = (one for one in matter.payments if one.purpose == "fee")
    return _entries(_act, matter.acts, fees, start, until)


def agency_entries(matter: Any, start: Any, until: Any) -> Rows:
    """Return the period's payments made for the client (debit) and the money received for them (credit), by day."""
    spent = (one for one in matter.costs if one.kind == "agency")
    funds = (one for one in matter.payments if one.purpose == "expenses")
    return _entries(_cost, spent, funds, start, until)


def with_opening(rows: Any, opening: Any, start: Any) -> Rows:
    """Return the rows after one that carries the balance of the first day, on the side of its sign."""
    side = {"credit": figure("opening", abs, opening)} if opening < 0 else {"debit": opening}
    first = {"on": start, "document": leaf("Сальдо на начало периода", "opening"), **side}
    return Rows([Record(first, "opening"), *rows])


def balance(opening: Any, debit: Any, credit: Any) -> Any:
    """Return the traced balance: what the client owes, negative when the firm owes."""
    return figure(
        "balance", lambda one, more, less: Decimal(one) + Decimal(more) - Decimal(less), opening, debit, credit
    )


def turnover(rows: Any, side: str) -> Any:
    """Return the traced total of the debit or credit column; an empty cell counts nothing."""
    if isinstance(rows, Blanked):
        return rows
    found = [getattr(row, side) for row in rows]
    return leaf(sum((Decimal(one) for one in found if not isinstance(one, Missing)), NOTHING), f"turnover({side})")


def _entries(debit: Callable[[Any], Record], owed: Any, paid: Any, start: Any, until: Any) -> Rows:
    made = [*map(debit, in_period(owed, start, until)), *map(_payment, in_period(paid, start, until))]
    return Rows(sorted(made, key=lambda one: one.on.toordinal()))


def _act(one: Any) -> Record:
    return _entry(one, f"Акт № {one.number}", debit=one.amount)


def _cost(one: Any) -> Record:
    return _entry(one, f"{one.what} ({one.document})", debit=one.amount)


def _payment(one: Any) -> Record:
    number = f" № {one.number}" if isinstance(one.number, str) else ""
    return _entry(one, f"Оплата, документ{number}", credit=one.amount)


def _entry(one: Any, document: str, **sums: Any) -> Record:
    return Record({"on": one.on, "document": leaf(document, one.source), **sums}, one.source)


STATEMENT: Mapping[str, Callable[..., Any]] = {
    one.__name__: one for one in (settlement_entries, agency_entries, with_opening, balance, turnover)
}
"""What texts of statements may call by name."""
