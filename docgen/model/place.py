"""The location of a pydantic error in, the path into what the user sent and the field that stands there out."""

from __future__ import annotations

import types
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from docgen.model.blank import Blank
from docgen.model.walk import Path

DISCRIMINATORS = ("kind", "model")


@dataclass(frozen=True, slots=True)
class Place:
    """A path, the Russian label of what stands there, the model it stands in."""

    path: Path
    label: str
    owner: type[BaseModel] | None

    def siblings(self) -> tuple[str, ...]:
        """Return the names of all fields of the model."""
        return () if self.owner is None else field_names(self.owner)


def field_names(model: type[BaseModel]) -> tuple[str, ...]:
    """Return a model's fields as an order names them."""
    return tuple(info.alias or name for name, info in model.model_fields.items())


def place_of(root: type[BaseModel], location: Sequence[str | int]) -> Place:
    """Return the place of an error's location: the tags of unions are no part of what the user sent."""
    node: Any = root
    place = Place((), "", None)
    for step in location:
        node = bare(node)
        if member := _tagged(node, step):
            node = member
        elif step != "[key]":
            node, place = _inside(node, step, place)
    return place


def bare(annotation: Any) -> Any:
    """Return the annotation without Annotated, None and Blank."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) not in (Union, types.UnionType):
        return annotation
    members = [member for member in get_args(annotation) if member not in (types.NoneType, Blank)]
    return bare(members[0]) if len(members) == 1 else annotation


def _tagged(node: Any, tag: str | int) -> type[BaseModel] | None:
    """Return the union's member that the tag stands for."""
    if get_origin(node) not in (Union, types.UnionType):
        return None
    models = [model for model in map(bare, get_args(node)) if isinstance(model, type) and issubclass(model, BaseModel)]
    return next((model for model in models if tag in _tags(model)), None)


def _tags(model: type[BaseModel]) -> tuple[Any, ...]:
    kinds = [model.model_fields[name].annotation for name in DISCRIMINATORS if name in model.model_fields]
    return tuple(tag for kind in kinds if get_origin(kind) is Literal for tag in get_args(kind))


def _inside(node: Any, step: str | int, place: Place) -> tuple[Any, Place]:
    path = (*place.path, step)
    if isinstance(node, type) and issubclass(node, BaseModel):
        for name, info in node.model_fields.items():
            if (info.alias or name) == step:
                return info.annotation, Place(path, info.title or "", node)
        return None, Place(path, "", node)
    arguments = get_args(node)
    item = arguments[1] if get_origin(node) is dict else arguments[0] if arguments else None
    return item, Place(path, place.label, None)
