"""A kind's fields in, the strict pydantic model of its facts out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, Field, create_model

from docgen.library.parameters import BOUNDED
from docgen.library.schema import IDENTIFIER, FieldSpec, KindSpec
from docgen.model import Blankable, Boolean, Count, Date, Integer, Items, Line, Lines, Money, Number, Part, Some, choice

_TYPES: dict[str, Any] = {
    "text": Line,
    "choice": Line,
    "choices": Line,
    "lines": Lines,
    "integer": Integer,
    "decimal": Number,
    "money": Money,
    "date": Date,
}


LISTS = ("choices", "items", "numbers", "rows")


def facts_model(kind: KindSpec, *, lenient: bool = False) -> type[BaseModel]:
    """Return the model of a kind's facts: one field for each of ``facts`` in its kind.yaml.

    The ``lenient`` one, of previews, takes an empty list for any.
    """
    specs = dict(kind.facts)
    if lenient:
        specs |= {name: one.model_copy(update={"optional": True}) for name, one in specs.items() if one.type in LISTS}
    return _part(f"Facts_{kind.kind}", specs)


def _part(name: str, specs: Mapping[str, FieldSpec]) -> type[BaseModel]:
    fields: dict[str, Any] = {
        field: (_annotation(f"{name}_{field}", spec), _field(spec))
        for field, spec in specs.items()
        if is_field_name(field)
    }
    return create_model(name, __base__=Part, **fields)


def is_field_name(name: str) -> bool:
    """Tell whether a fact may be called so: an identifier that pydantic does not need for itself."""
    return bool(re.match(IDENTIFIER, name)) and not hasattr(Part, name)


def _annotation(name: str, spec: FieldSpec) -> Any:
    if spec.type == "rows":
        return _list(spec)[_part(name, spec.fields)]
    made = _scalar(spec)
    if spec.type in LISTS:
        return made
    return made | None if spec.optional or spec.required_when else made


def _scalar(spec: FieldSpec) -> Any:
    if spec.type == "boolean":
        return Boolean
    if spec.type == "choice" and spec.values:
        return choice(spec.values)
    if spec.type == "choices" and spec.values:
        return _list(spec)[choice(spec.values)]
    if spec.type == "items":
        return _list(spec)[Line]
    if spec.type == "numbers":
        return _list(spec)[Count]
    limits = (("ge", spec.min), ("le", spec.max)) if spec.type in BOUNDED else ()
    bounds: dict[str, Any] = {name: value for name, value in limits if value is not None}
    made: Any = _TYPES[spec.type]
    bounded: Any = Annotated[made, Field(**bounds)] if bounds else made
    blankable: Any = Blankable
    return blankable[bounded]


def _list(spec: FieldSpec) -> Any:
    return Items if spec.optional or spec.required_when else Some


def _field(spec: FieldSpec) -> Any:
    words: dict[str, Any] = {"title": spec.label, "description": spec.help or None}
    if spec.type in LISTS and (spec.optional or spec.required_when):
        return Field(default=(), **words)
    if spec.default is not None or spec.optional or spec.required_when:
        return Field(default=spec.default, **words)
    return Field(**words)
