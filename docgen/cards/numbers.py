"""The value of a numeric label in, its digits and what follows them out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pydantic import TypeAdapter, ValidationError

from docgen.model.requisites import (
    AccountNumber,
    AnyInn,
    Bik,
    Kpp,
    Ogrn,
    Ogrnip,
    Okpo,
    account_key_holds,
)

_LENGTHS = {"inn": (10, 12), "kpp": (9,), "ogrn": (13, 15), "okpo": (8, 10), "bik": (9,)}
_TYPES: Mapping[str, tuple[TypeAdapter[str], ...]] = {
    "inn": (TypeAdapter(AnyInn),),
    "kpp": (TypeAdapter(Kpp),),
    "ogrn": (TypeAdapter(Ogrn), TypeAdapter(Ogrnip)),
    "okpo": (TypeAdapter(Okpo),),
    "bik": (TypeAdapter(Bik),),
    "account": (TypeAdapter(AccountNumber),),
    "correspondent": (TypeAdapter(AccountNumber),),
}
_RUN = re.compile(r"[0-9](?:[ ‐‑–-]{0,3}[0-9])*")
_KPP = re.compile(r"[0-9]{4}[0-9A-Z]{2}[0-9]{3}(?![0-9A-Za-z])")


def number(name: str, value: str) -> tuple[str, str]:
    """Return the digits that a value begins with, without spaces and hyphens, and what follows them.

    Where the run of digits is longer than the number may be, the longest beginning that is a right number wins.

    >>> number("inn", "7705 123-406"), number("ogrn", "1207700123454 12.03.2020")
    (('7705123406', ''), ('1207700123454', ' 12.03.2020'))
    """
    run = _KPP.match(value) if name == "kpp" else None
    run = run or _RUN.match(value)
    if run is None:
        return "", value
    ends = [found.end() for found in re.finditer(r"[0-9]+", value[: run.end()])] or [run.end()]
    lengths = _LENGTHS.get(name, (20,))
    tight = {end: re.sub(r"[^0-9A-Z]", "", value[:end]) for end in ends[:40]}
    fitting = [end for end, digits in tight.items() if len(digits) in lengths]
    right = [end for end in fitting if _is_right(name, tight[end])]
    if not right and fitting and len(re.sub(r"[^0-9]", "", run.group())) not in lengths:
        right = fitting
    end = right[-1] if right else run.end()
    return re.sub(r"[^0-9A-Z]", "", value[:end]), value[end:]


def two_numbers(value: str) -> tuple[str, str, str]:
    """Return ИНН, КПП and what follows, however they are parted.

    >>> two_numbers("7705123406/770501001"), two_numbers("7705123406 770501001")
    (('7705123406', '770501001', ''), ('7705123406', '770501001', ''))
    """
    run = _RUN.match(value)
    digits = re.sub(r"[^0-9]", "", run.group()) if run else ""
    if run and len(digits) in (19, 21):
        return digits[:-9], digits[-9:], value[run.end() :]
    inn, rest = number("inn", value)
    kpp, left = number("kpp", rest.lstrip(" /\\,-–—"))
    return inn, kpp, left if kpp else rest


def _is_right(name: str, digits: str) -> bool:
    for adapter in _TYPES[name]:
        try:
            adapter.validate_python(digits, strict=True)
        except ValidationError:
            continue
        return True
    return False


def fits(bik: str, account: str) -> bool:
    """Tell whether both numbers are whole and the account's key agrees with the БИК."""
    right = all(re.fullmatch("[0-9]+", number) for number in (bik, account)) and len(bik) == 9 and len(account) == 20
    return right and account_key_holds(bik, account)
