"""Pydantic models in, the shape of what a clause text may name out: records, lists, scalars."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class Scalar:
    """One printable value; ``choices`` are the words it may be, when they are known."""

    choices: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of things of one shape."""

    of: Shape


@dataclass(frozen=True, slots=True)
class Record:
    """Named fields. A union of models is one record with the fields of all its members."""

    fields: Mapping[str, Shape] = field(hash=False)


Shape = Scalar | Listing | Record
SCALAR = Scalar()


def shape_of(annotation: Any) -> Shape:
    """Return the shape of a type annotation of a model field.

    >>> shape_of(list[Literal["a"]])
    Listing(of=Scalar(choices=frozenset({'a'})))
    """
    origin = get_origin(annotation)
    if origin is Annotated:
        return shape_of(get_args(annotation)[0])
    if origin is Literal:
        return Scalar(frozenset(str(choice) for choice in get_args(annotation)))
    if origin in (Union, types.UnionType):
        return merge([shape_of(member) for member in get_args(annotation) if not _is_absence(member)])
    if origin in (list, tuple):
        return Listing(shape_of(get_args(annotation)[0]))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return record_of(annotation)
    return SCALAR


def record_of(model: type[BaseModel]) -> Record:
    """Return the record of a model's fields."""
    return Record({info.alias or name: shape_of(info.annotation) for name, info in model.model_fields.items()})


def _is_absence(member: Any) -> bool:
    return member is type(None) or getattr(member, "__name__", "") == "Blank"


def merge(shapes: Sequence[Shape]) -> Shape:
    """Return one shape that allows what any of the shapes allows."""
    records = [shape for shape in shapes if isinstance(shape, Record)]
    if records:
        return _merge_records(records)
    listings = [shape for shape in shapes if isinstance(shape, Listing)]
    if listings:
        return Listing(merge([listing.of for listing in listings]))
    scalars = [shape for shape in shapes if isinstance(shape, Scalar)]
    if scalars and all(scalar.choices for scalar in scalars):
        return Scalar(frozenset().union(*(scalar.choices for scalar in scalars)))
    return SCALAR


def _merge_records(records: list[Record]) -> Record:
    names = dict.fromkeys(name for record in records for name in record.fields)
    return Record({name: merge([record.fields[name] for record in records if name in record.fields]) for name in names})
