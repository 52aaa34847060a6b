"""What an invoice rests on in, the last day to pay by the agreement's own term and the official calendar out."""

from __future__ import annotations

from datetime import date
from typing import Any

from docgen.assembly.trace import Missing, UnknownCondition, leaf
from docgen.errors import OrderInvalid, Problem
from docgen.language.working_days import NoCalendar, deadline
from docgen.library import Library

CURE = "укажите pay_by"


class PaymentTerms:
    """The agreement's terms of payment, with the library's official calendar and the defaults of its clauses."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._years = library.official_years()

    def last_day(self, matter: Any, base: Any, given: Any, day: Any) -> Any:
        """Return the day typed in, else the term's last one, counted in working days from what the agreement names.

        An advance runs from the day the agreement comes into force, all else from the act's day (taken for the day of
        acceptance). Raises OrderInvalid where the agreement settles no term or the term has passed on ``day``.
        """
        if not isinstance(given, Missing):
            return given
        working_days = self._term(matter, base)
        if isinstance(working_days, Missing):
            message = "срок оплаты из договора не выводится"
            raise OrderInvalid([Problem("/facts/pay_by", "required", message, CURE)])
        start = base.date if base.kind == "act" else (base.root.matter.effective_on or base.root.date)
        try:
            last = deadline(date(start.year, start.month, start.day), int(working_days), "working_day", self._years)
        except NoCalendar as error:
            raise OrderInvalid([Problem("/facts/pay_by", "no_calendar", str(error), CURE)]) from error
        if last < day:
            message = f"по договору срок оплаты прошёл {last:%d.%m.%Y} ({working_days.source})"
            raise OrderInvalid([Problem("/facts/pay_by", "term_passed", message, CURE)])
        return leaf(last, working_days.source)

    def _term(self, matter: Any, base: Any) -> Any:
        fee = matter.fee
        if base.kind != "act":
            return fee.advance.days
        match str(fee.model):
            case "fixed":
                return fee.balance_days
            case "stages":
                return _shortest(fee.stages, base.facts.stages)
            case "subscription":
                return self._parameter(base, "fee_hours", "over_days")
            case "instances" if self._parameter(base, "fee_by_instance", "paid_from") != "acceptance":
                return Missing("/facts/pay_by")
            case _:
                return fee.days

    def _parameter(self, base: Any, clause: str, name: str) -> Any:
        """Return a parameter of the signed agreement: what its order set, else the library's default."""
        given = getattr(getattr(base.root.parameters, clause), name)
        if not isinstance(given, Missing):
            return given
        placed = self._library.clauses.get(clause)
        spec = placed.spec.parameters.get(name) if placed else None
        if placed is None or spec is None or isinstance(spec.default, bool):
            return Missing("/facts/pay_by")
        return leaf(spec.default, placed.where("parameters", name, "default"))


def _shortest(stages: Any, numbers: Any) -> Any:
    """Return the shortest term among finished stages; of numbers that no stage has the act itself tells."""
    if not numbers or any(not 0 < number <= len(stages) for number in numbers):
        raise UnknownCondition(numbers.source)
    return min(stages[number - 1].days for number in numbers)
