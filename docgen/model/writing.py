"""A JSON object of ours in, its text out: every Decimal digit by digit."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from docgen.model.walk import JsonObject


class _Exact(float):
    """A Decimal that json prints digit by digit."""

    def __init__(self, value: Decimal) -> None:
        self.digits = format(value, "f")

    def __repr__(self) -> str:
        return self.digits


def _exact(value: Any) -> float:
    if isinstance(value, Decimal):
        return _Exact(value)
    raise TypeError(f"{type(value).__name__} is no JSON")


def write_json(raw: JsonObject, indent: int | None = None) -> str:
    """Return the text of an object as an order has it.

    >>> write_json({"amount": Decimal("999999999999999.99")})
    '{"amount": 999999999999999.99}'
    """
    return json.dumps(raw, ensure_ascii=False, default=_exact, indent=indent)
