"""Pydantic models in, the shape of what a clause text may name out: records, lists, scalars."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value; ``choices`` are the words it may be and ``kind`` its type, when they are known."""

    choices: frozenset[str] = frozenset()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of things of one shape."""

    of: Shape


@dataclass(frozen=True, slots=True)
class Record:
    """Named fields. A union of models is one record with the fields of all its members."""

    fields: Mapping[str, Shape] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Anything:
    """What a mistake told elsewhere has made unknown: everything is right about it."""


Shape = Scalar | Listing | Record | Anything
SCALAR, ANY = Scalar(), Anything()
TEXT, INTEGER, DECIMAL = Scalar(kind="text"), Scalar(kind="integer"), Scalar(kind="decimal")
BOOLEAN, DATE = Scalar(kind="boolean"), Scalar(kind="date")

_KINDS: Mapping[Any, Shape] = {str: TEXT, int: INTEGER, Decimal: DECIMAL, bool: BOOLEAN, date: DATE}


def shape_of(annotation: Any) -> Shape:
    """Return the shape of a type annotation of a model field.

    >>> shape_of(list[Literal["a"]])
    Listing(of=Scalar(choices=frozenset({'a'}), kind='text'))
    """
    origin = get_origin(annotation)
    if origin is Annotated:
        return shape_of(get_args(annotation)[0])
    if origin is Literal:
        return _literal(get_args(annotation))
    if origin in (Union, types.UnionType):
        return merge([shape_of(member) for member in get_args(annotation) if not _is_absence(member)])
    if origin in (list, tuple):
        return Listing(shape_of(get_args(annotation)[0]))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return record_of(annotation)
    return _KINDS.get(annotation, SCALAR)


def _literal(choices: tuple[Any, ...]) -> Scalar:
    if all(isinstance(choice, str) for choice in choices):
        return Scalar(frozenset(choices), "text")
    if all(isinstance(choice, bool) for choice in choices):
        return BOOLEAN
    return INTEGER if all(isinstance(choice, int) for choice in choices) else SCALAR


def record_of(model: type[BaseModel]) -> Record:
    """Return the record of a model's fields."""
    return Record({info.alias or name: shape_of(info.annotation) for name, info in model.model_fields.items()})


def _is_absence(member: Any) -> bool:
    return member is type(None) or getattr(member, "__name__", "") == "Blank"


def merge(shapes: Sequence[Shape]) -> Shape:
    """Return one shape that allows what any of the shapes allows."""
    if shapes and all(shape is shapes[0] for shape in shapes):
        return shapes[0]
    if any(isinstance(shape, Anything) for shape in shapes):
        return ANY
    records = [shape for shape in shapes if isinstance(shape, Record)]
    if records:
        return _merge_records(records)
    listings = [shape for shape in shapes if isinstance(shape, Listing)]
    if listings:
        return Listing(merge([listing.of for listing in listings]))
    return _merge_scalars([shape for shape in shapes if isinstance(shape, Scalar)])


def _merge_records(records: list[Record]) -> Record:
    names = dict.fromkeys(name for record in records for name in record.fields)
    return Record({name: merge([record.fields[name] for record in records if name in record.fields]) for name in names})


def _merge_scalars(scalars: list[Scalar]) -> Scalar:
    kinds = {scalar.kind for scalar in scalars}
    kind = kinds.pop() if len(kinds) == 1 else ""
    if scalars and all(scalar.choices for scalar in scalars):
        return Scalar(frozenset().union(*(scalar.choices for scalar in scalars)), kind)
    return Scalar(kind=kind)


def fits(given: Shape, needed: Shape) -> bool:
    """Tell whether a value of one shape may stand where the other is needed.

    >>> fits(INTEGER, DECIMAL), fits(TEXT, DECIMAL), fits(Listing(TEXT), TEXT), fits(SCALAR, DATE)
    (True, False, False, True)
    """
    if isinstance(given, Anything) or isinstance(needed, Anything):
        return True
    if isinstance(needed, Record):
        return isinstance(given, Record) and set(needed.fields) <= set(given.fields)
    if isinstance(needed, Listing):
        return isinstance(given, Listing)
    return isinstance(given, Scalar) and (
        not given.kind or not needed.kind or given.kind == needed.kind or (given.kind, needed.kind) == _NARROWER
    )


_NARROWER = ("integer", "decimal")


def described(shape: Shape) -> str:
    """Return in Russian what kind of thing a shape is."""
    match shape:
        case Record():
            return "запись с полями " + ", ".join(list(shape.fields)[:6]) if shape.fields else "запись"
        case Listing():
            return "список"
        case Scalar(kind=kind):
            return _WORDS.get(kind, "одно значение")
        case Anything():
            return "что угодно"


_WORDS = {
    "text": "строка",
    "integer": "целое число",
    "decimal": "число или сумма",
    "boolean": "да или нет",
    "date": "дата",
}
