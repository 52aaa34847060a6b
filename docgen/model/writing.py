"""A JSON object of ours in, its text out: every Decimal digit by digit (json itself would make it a float)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from docgen.model.walk import JsonObject


def write_json(raw: JsonObject, indent: int | None = None) -> str:
    """Return the text of an object as an order has it, on one line or indented.

    >>> write_json({"amount": Decimal("999999999999999.99"), "tags": ["а", None]})
    '{"amount": 999999999999999.99, "tags": ["а", null]}'
    """
    return _written(raw, indent, 0)


def _written(node: Any, indent: int | None, depth: int) -> str:
    if isinstance(node, dict):
        pairs = [f"{_scalar(str(key))}: {_written(value, indent, depth + 1)}" for key, value in node.items()]
        return _joined("{", pairs, "}", indent, depth)
    if isinstance(node, list):
        return _joined("[", [_written(value, indent, depth + 1) for value in node], "]", indent, depth)
    return format(node, "f") if isinstance(node, Decimal) else _scalar(node)


def _joined(start: str, parts: Sequence[str], end: str, indent: int | None, depth: int) -> str:
    if indent is None or not parts:
        return start + ", ".join(parts) + end
    inner, outer = (f"\n{' ' * indent * level}" for level in (depth + 1, depth))
    return start + inner + f",{inner}".join(parts) + outer + end


def _scalar(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
