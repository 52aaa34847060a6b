"""A parameter's spec and a value in, what is wrong with the value out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from docgen.library.mending import shown
from docgen.library.schema import FieldSpec, ParameterSpec

BOUNDED = ("integer", "decimal", "money")
_KOPECK = Decimal("0.01")
_MOST = 10**15

_TYPES: dict[str, tuple[type, ...]] = {
    "integer": (int,),
    "decimal": (int, Decimal),
    "money": (int, Decimal),
    "boolean": (bool,),
    "text": (str,),
    "choice": (str,),
    "lines": (str,),
    "choices": (list,),
    "items": (list,),
    "numbers": (list,),
    "rows": (list,),
    "date": (date,),
}
_NAMES = {
    "integer": "целое число",
    "decimal": "число",
    "money": "сумма в рублях",
    "boolean": "true или false",
    "text": "строка",
    "choice": "одно из слов списка",
    "lines": "строка",
    "choices": "список слов",
    "items": "список строк",
    "numbers": "список номеров",
    "rows": "список строк таблицы",
    "date": "дата",
}


def mistake(spec: ParameterSpec | FieldSpec, value: Any) -> tuple[str, str] | None:
    """Return (code, message) when the value breaks the parameter's type or bounds, else None.

    >>> mistake(ParameterSpec(type="integer", default=3, min=1, max=10, label="срок"), 11)
    ('out_of_bounds', 'допускается от 1 до 10, а стоит 11')
    """
    if not _has_type(spec.type, value):
        return "wrong_type", f"нужно {_NAMES[spec.type]}, а стоит {shown(value)}"
    if isinstance(value, str) and not value.strip():
        return "empty", f"нужно {_NAMES[spec.type]}, а здесь пусто"
    if spec.type == "money" and not _is_sum(value):
        return "wrong_type", f"нужна сумма до 10 в 15-й степени, копейки в двух знаках, а стоит {shown(value)}"
    if spec.type in BOUNDED and _outside(spec, value):
        return "out_of_bounds", f"допускается {_bounds(spec)}, а стоит {shown(value)}"
    if spec.type == "choice" and value not in (spec.values or ()):
        return "out_of_bounds", f"допускается {', '.join(spec.values or ())}, а стоит {shown(value)}"
    return None


def _is_sum(value: int | Decimal) -> bool:
    return 0 <= value <= _MOST and value == Decimal(value).quantize(_KOPECK)


def _has_type(name: str, value: Any) -> bool:
    wanted = _TYPES.get(name)
    return wanted is None or (isinstance(value, wanted) and (name == "boolean" or not isinstance(value, bool)))


def _outside(spec: ParameterSpec | FieldSpec, value: int | Decimal) -> bool:
    return (spec.min is not None and value < spec.min) or (spec.max is not None and value > spec.max)


def _bounds(spec: ParameterSpec | FieldSpec) -> str:
    low = f"от {shown(spec.min)}" if spec.min is not None else ""
    high = f"до {shown(spec.max)}" if spec.max is not None else ""
    return f"{low} {high}".strip()
