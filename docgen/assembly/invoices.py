"""An agreement or an act in, what an invoice asks for out: its lines, its purpose in the bank, its payment QR code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from docgen.assembly.billing import billed_lines
from docgen.assembly.trace import Blanked, Missing, Record, Rows, leaf
from docgen.errors import OrderInvalid, Problem

SHORTEN = "сократите это поле или выключите код: qr: never"
LIMITS: Mapping[str, int] = {"Name": 160, "BankName": 45, "Purpose": 210}


def invoiced_lines(matter: Any, base: Any) -> Rows:
    """Return the lines of an invoice: those of the act that it rests on, else the agreement's advance.

    Raises OrderInvalid when the agreement has no advance.
    """
    if base.kind == "act":
        return billed_lines(matter, base.facts)
    advance = matter.fee.advance.amount
    if isinstance(advance, Missing):
        message = "договор не предусматривает аванса, а счёт на оплату услуг выставляется по акту"
        hint = "в based_on вложите акт или внесите в договор fee.advance"
        raise OrderInvalid([Problem("/based_on", "nothing_invoiced", message, hint)])
    of = "юридическую помощь по соглашению" if matter.firm.kind == "advocate" else "юридические услуги по договору"
    line = {"title": f"Аванс за {of} № {base.number}", "unit": "платёж", "quantity": "1"}
    facts = {name: leaf(word, advance.source) for name, word in line.items()}
    return Rows([Record({**facts, "price": advance, "amount": advance}, advance.source)])


def account_of(firm: Any, number: Any) -> Any:
    """Return the firm's account of that number (from 1). Raises OrderInvalid when there is none."""
    if not 0 < number <= len(firm.accounts):
        message, hint = f"счёта № {number} у исполнителя нет", f"счетов: {len(firm.accounts)}"
        raise OrderInvalid([Problem(number.source, "unknown_row", message, hint)])
    return firm.accounts[number - 1]


def payment_qr(payee: Any, account: Any, amount: Any, purpose: str) -> str:
    """Return what a phone reads from the payment QR code (ГОСТ Р 56042-2014): ``ST00012|Name=…|…``, the sum in kopecks.

    Empty when one of the facts is a blank. Raises OrderInvalid for what is longer than the standard lets it be.
    """
    body = payee.bar_body if payee.kind == "advocate" and payee.bar_body.kind != "cabinet" else None
    facts: dict[str, Any] = {
        "Name": body.name if body else _called(payee),
        "PersonalAcc": account.account,
        "BankName": account.bank,
        "BIC": account.bik,
        "CorrespAcc": account.correspondent or "0",
        "Sum": amount,
        "Purpose": purpose,
        "PayeeINN": (body and body.inn) or payee.inn,
        "KPP": payee.kpp,
    }
    if any(isinstance(fact, Blanked) for fact in facts.values()):
        return ""
    known = {key: _plain(key, fact) for key, fact in facts.items() if not isinstance(fact, Missing)}
    long = [_too_long(key, facts[key], len(known[key])) for key, most in LIMITS.items() if len(known[key]) > most]
    if long:
        raise OrderInvalid(long)
    return "|".join(["ST00012", *(f"{key}={word}" for key, word in known.items())])


def _called(payee: Any) -> Any:
    """Return the name that the payee's account bears; a blank or missing one as it is."""
    title = {"entrepreneur": "ИП ", "advocate": "Адвокат "}.get(str(payee.kind), "")
    name = payee.short_name or payee.name
    return name if isinstance(name, Blanked | Missing) else leaf(f"{title}{name}", name.source)


def _too_long(key: str, fact: Any, length: int) -> Problem:
    message = f"для платёжного QR-кода {key} слишком длинно: {length} знаков, а можно {LIMITS[key]}"
    return Problem(getattr(fact, "source", "/facts/qr"), "qr_too_long", message, SHORTEN)


def _plain(key: str, fact: Any) -> str:
    if key == "Sum":
        return str(int(Decimal(fact) * 100))
    return str(fact).replace("\u00a0", " ").replace("|", "/").replace("\n", " ")


INVOICES: Mapping[str, Callable[..., Any]] = {one.__name__: one for one in (invoiced_lines, account_of)}
"""What texts of invoices may call by name."""
