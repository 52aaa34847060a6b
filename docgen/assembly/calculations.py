"""Figures of an order in, figures computed from them out: VAT, totals, tax profile; each named in YAML.

Every result says what it was computed from. Sums are rounded half-up to the kopeck, per line; a sum with a
blank in it is a blank.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from docgen.assembly.trace import Blanked, Missing, Record, Rows, UnknownCondition, leaf, replaced
from docgen.errors import Cure, Operation, OrderInvalid, Problem
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


def added_vat(amount: Decimal, rate: Decimal) -> Decimal:
    """Return the VAT on top of an amount: amount × rate / 100, half-up to the kopeck (НК РФ, ст. 168 п. 1).

    >>> added_vat(Decimal("100.23"), Decimal(22))
    Decimal('22.05')
    """
    return round_kopecks(amount * rate / 100)


def vat_in(amount: Any, rate: Any) -> Any:
    """Return the traced VAT inside an amount."""
    return _of_amount(included_vat, "vat_in", amount, rate)


def vat_on(amount: Any, rate: Any) -> Any:
    """Return the traced VAT on top of an amount."""
    return _of_amount(added_vat, "vat_on", amount, rate)


def _of_amount(calculate: Callable[[Decimal, Decimal], Decimal], name: str, amount: Any, rate: Any) -> Any:
    for given in (amount, rate):
        if isinstance(given, Missing | Blanked):
            return given
    return leaf(calculate(Decimal(amount), Decimal(rate)), f"{name}({amount.source})")


def age(born: Any, day: Any) -> Any:
    """Return how many full years a person has on a day (Civil Code, articles 21, 26, 28).

    >>> age(date(2008, 11, 26), date(2026, 11, 25))
    17
    """
    if isinstance(born, Missing | Blanked):
        return born
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def sum_of(rows: Any, field: str) -> Any:
    """Return the traced sum of a field over rows; blank if any is blank, missing if any is missing."""
    if isinstance(rows, Blanked):
        return rows
    values = [getattr(row, field) for row in rows]
    for kind in (Missing, Blanked):
        for value in values:
            if isinstance(value, kind):
                return value
    source = f"sum_of({getattr(rows[0], 'source', '')}…, {field})" if rows else "sum_of()"
    return leaf(sum((Decimal(value) for value in values), Decimal(0)), source)


# --- plain figures: each of what is given, or what is missing or blank among it -----------------


def figure(name: str, calculate: Callable[..., Any], *given: Any) -> Any:
    """Return the traced result of a calculation, or what is missing or blank among what it is given."""
    for one in given:
        if isinstance(one, Missing | Blanked):
            return one
    sources = ", ".join(str(getattr(one, "source", one)) for one in given)
    return leaf(calculate(*given), f"{name}({sources})")


def plus(first: Any, second: Any) -> Any:
    """Return the traced sum of two figures."""
    return figure("plus", lambda one, other: one + other, first, second)


def minus(whole: Any, part: Any) -> Any:
    """Return the traced difference of two sums; blank if one is blank, missing if one is missing."""
    return figure("minus", lambda one, other: Decimal(one) - Decimal(other), whole, part)


def excess(first: Any, second: Any) -> Any:
    """Return by how much the first figure is over the second, traced; zero when it is not."""
    return figure("excess", lambda one, other: max(one - other, one - one), first, second)


def times(price: Any, number: Any) -> Any:
    """Return the traced price of so many units."""
    return figure("times", lambda one, many: one * many, price, number)


def part_of(amount: Any, part: Any, whole: Any) -> Any:
    """Return the traced part of an amount, half-up to the kopeck: of an hour by minutes, of a month by days."""
    return figure("part_of", lambda sum_, few, all_: round_kopecks(Decimal(sum_) * few / all_), amount, part, whole)


def rounded_up(minutes: int, step: int) -> int:
    """Return the minutes rounded up to a whole step.

    >>> rounded_up(50, 15), rounded_up(60, 15)
    (60, 60)
    """
    return -(-minutes // step) * step


def billed_minutes(first: Any, second: Any, step: Any, rounding: Any) -> Any:
    """Return the traced minutes that two entries are billed as: rounded up each, or their total."""

    def billed(one: int, other: int, whole: int, how: str) -> int:
        if how == "total":
            return rounded_up(one + other, whole)
        return rounded_up(one, whole) + rounded_up(other, whole)

    return figure("billed_minutes", billed, first, second, step, rounding)


def any_of(rows: Any, field: str, value: str) -> bool:
    """Tell whether a field has that value in any of the rows.

    >>> any_of([Record({"kind": "edo"}, "")], "kind", "edo")
    True
    """
    return any(getattr(row, field) == value for row in rows)


def vat_total(rows: Any, field: str, amount: Any, rate: Any) -> Any:
    """Return the traced VAT of priced lines: the sum of each line's VAT; of the amount if a line has no price."""
    if isinstance(rows, Blanked):
        return rows
    prices = [getattr(row, field) for row in rows]
    if any(isinstance(price, Missing | Blanked) for price in prices):
        return vat_in(amount, rate)
    lines = [vat_in(price, rate) for price in prices]
    if any(isinstance(line, Missing | Blanked) for line in lines):
        return lines[0]
    return leaf(sum(lines, Decimal(0)), f"vat_total({field})")


def names_party(names: Any, party: Any) -> bool:
    """Return whether one of the names is the party's, full or short.

    >>> names_party([leaf("ООО «Лекс»", "")], Record({"name": "Общество «Лекс»", "short_name": "ООО «Лекс»"}, ""))
    True
    """
    return any(_is_named(name, party) for name in names)


def _is_named(name: Any, party: Any) -> bool:
    return bool(party) and str(name) in {str(party.name), str(party.short_name or party.name)}


def specialists_named(specialists: Any, names: Any) -> Rows:
    """Return the specialists of those names, in their order.

    Raises OrderInvalid for every name that nobody has or that stands twice.

    Where a party may be named beside them, its name is passed over.

    >>> people = [Record({"name": name}, "") for name in ("Карпов И. Д.", "Соколова М. А.")]
    >>> [one.name for one in specialists_named(people, [leaf("Соколова М. А.", "")])]
    ['Соколова М. А.']
    """
    return _named(
        specialists, names, "среди специалистов исполнителя нет такого: {}", "впишите его в specialists исполнителя"
    )


def attorneys_named(attorneys: Any, names: Any, party: Any = None) -> Rows:
    """Return the attorneys of a power of those names; the name of a party that is one of them is passed over.

    Raises OrderInvalid for a name not in the power or standing twice.
    """
    message, nobody = "в доверенности нет представителя: {}", "уберите only: доверенность выдана фирме"
    return _named(attorneys, names, message, nobody, party)


def _named(people: Any, names: Any, message: str, nobody: str, party: Any = None) -> Rows:
    known = {str(one.name): one for one in people}
    there = [*([str(party.short_name or party.name)] if party else []), *known]
    hint = "есть: " + ", ".join(there) if there else nobody
    strange = [name for name in names if str(name) not in known and not _is_named(name, party)]
    told = [Problem(one.source, "unknown_specialist", message.format(one), hint) for one in strange]
    told += repeated(names)
    if told:
        raise OrderInvalid(told)
    return Rows(known[str(name)] for name in names if str(name) in known)


def repeated(named: Any) -> list[Problem]:
    """Return a problem for each of the names or numbers that stood before."""
    twice = [one for place, one in enumerate(named) if one in named[:place]]
    return [_repeated(one) for one in twice]


def _repeated(row: Any) -> Problem:
    cure = Cure((Operation("remove", row.source),))
    return Problem(row.source, "repeated_row", f"«{row}» указано дважды", "оставьте один раз", (cure,))


def principal_of(clients: Any, number: Any) -> Any:
    """Return the client of that number (from 1) as one who gives a power of attorney: signed by the head, if named.

    Raises OrderInvalid when there is no such client.
    """
    found = clients[number - 1] if 0 < number <= len(clients) else None
    if found is None:
        message, hint = f"клиента № {number} нет", f"клиентов в деле: {len(clients)}"
        raise OrderInvalid([Problem(number.source, "unknown_client", message, hint)])
    return replaced(found, signatories=Rows([found.head])) if found.head else found


def in_force(rows: Any, day: date) -> Any:
    """Return the last of dated rows that is in force on a day, or None."""
    found = [row for row in rows if getattr(row, "from") <= day]
    return max(found, key=lambda row: getattr(row, "from")) if found else None


def tax_record(table: VatTable, rows: Any, clients: Any, day: date) -> Record:
    """Return the traced profile of the firm's tax in force on a day, and the rate and phrase of its services.

    Where every client is a foreign one that is not active in Russia, a profile with a rate has none for these
    services (НК РФ, ст. 148 п. 1.1 пп. 4). Raises OrderInvalid when the profile is unknown, has no rate on that day,
    or the services are rendered partly in Russia and partly not.
    """
    if isinstance(day, Missing):
        raise UnknownCondition(day.source)
    row = in_force(rows, day)
    if row is None:
        raise OrderInvalid(
            [Problem("/matter/firm/tax", "no_tax_profile", f"нет налогового профиля на {day}", TAX_HINT)]
        )
    entry, where = _entry(table, str(row.profile), day, f"{row.source}/profile")
    if entry.rate is not None and _rendered_abroad(clients):
        entry, where = _entry(table, FOREIGN, day, f"{row.source}/profile")
    rate = Missing(where) if entry.rate is None else leaf(Decimal(entry.rate), where)
    return Record({"profile": row.profile, "phrase": leaf(entry.phrase, where), "rate": rate}, where)


def _entry(table: VatTable, profile: str, day: date, source: str) -> tuple[VatRateSpec, str]:
    found = table.entry(profile, day)
    if found is None:
        message = f"в таблице НДС нет профиля {profile} на {day}"
        hint = "есть: " + ", ".join(table.placed.spec.profiles)
        raise OrderInvalid([Problem(source, "unknown_tax_profile", message, hint)])
    return found


def _rendered_abroad(clients: Any) -> bool:
    """Return whether the place of supply is outside Russia; refuse clients for whom it differs."""
    abroad = [client.kind == "foreign_company" and client.active_in_russia is False for client in clients]
    if any(abroad) and not all(abroad):
        message = "у одних клиентов место реализации услуг — Россия, у других — нет: НДС в одном договоре не определить"
        hint = "заключите с иностранным клиентом отдельный договор"
        raise OrderInvalid([Problem("/matter/clients", "mixed_place_of_supply", message, hint)])
    return all(abroad)


FIGURES: Mapping[str, Callable[..., Any]] = {
    one.__name__: one
    for one in (
        vat_in, vat_on, vat_total, sum_of, age, minus, plus, excess, times, part_of, billed_minutes, any_of,
        specialists_named, attorneys_named, names_party, principal_of,
    )
}
"""What texts may call by name; ``tax_profile`` beside them needs the library's table."""
