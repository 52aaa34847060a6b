"""A parameter's spec and a value in, what is wrong with the value out."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from docgen.library.schema import FieldSpec, ParameterSpec

_TYPES: dict[str, tuple[type, ...]] = {
    "integer": (int,),
    "decimal": (int, Decimal),
    "money": (int, Decimal),
    "boolean": (bool,),
    "text": (str,),
    "choice": (str,),
    "lines": (str,),
}
_NAMES = {
    "integer": "целое число",
    "decimal": "число",
    "money": "сумма в рублях",
    "boolean": "true или false",
    "text": "строка",
    "choice": "одно из слов списка",
    "lines": "строка",
}


def mistake(spec: ParameterSpec | FieldSpec, value: Any) -> tuple[str, str] | None:
    """Return (code, message) when the value breaks the parameter's type or bounds, else None.

    >>> mistake(ParameterSpec(type="integer", default=3, min=1, max=10, label="срок"), 11)
    ('out_of_bounds', 'допускается от 1 до 10, а стоит 11')
    """
    if not _has_type(spec.type, value):
        return "wrong_type", f"нужно {_NAMES[spec.type]}, а стоит {value!r}"
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and _outside(spec, value):
        return "out_of_bounds", f"допускается {_bounds(spec)}, а стоит {value}"
    if spec.values is not None and value not in spec.values:
        return "out_of_bounds", f"допускается {', '.join(spec.values)}, а стоит {value}"
    return None


def _has_type(name: str, value: Any) -> bool:
    wanted = _TYPES.get(name)
    return wanted is None or (isinstance(value, wanted) and (name == "boolean" or not isinstance(value, bool)))


def _outside(spec: ParameterSpec | FieldSpec, value: int | Decimal) -> bool:
    return (spec.min is not None and value < spec.min) or (spec.max is not None and value > spec.max)


def _bounds(spec: ParameterSpec | FieldSpec) -> str:
    low = f"от {spec.min}" if spec.min is not None else ""
    high = f"до {spec.max}" if spec.max is not None else ""
    return f"{low} {high}".strip()
