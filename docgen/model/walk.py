"""An order's places in, JSON Pointers out; also a walk over every leaf of a valid order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from pydantic import BaseModel

JsonObject: TypeAlias = dict[str, Any]
"""A JSON object as read: its values are str, int, Decimal, bool, None, lists and dicts of these."""

Path: TypeAlias = tuple[str | int, ...]


def pointer_join(*parts: str | int) -> str:
    """Return the JSON Pointer (RFC 6901) of the place that the parts lead to.

    >>> pointer_join("matter", "clients", 0, "a/b~c")
    '/matter/clients/0/a~1b~0c'
    >>> pointer_join()
    ''
    """
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def pointer_split(pointer: str) -> tuple[str, ...]:
    """Return the parts of a JSON Pointer as they were written; numbers stay text.

    >>> pointer_split("/matter/clients/0/a~1b~0c")
    ('matter', 'clients', '0', 'a/b~c')
    """
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])


def found(node: object, pointer: str) -> Any:
    """Return what stands at a pointer; KeyError when nothing does.

    >>> found({"clients": [{"name": "А"}]}, "/clients/0/name")
    'А'
    """
    for part in pointer_split(pointer):
        if isinstance(node, dict) and part in node:
            node = node[part]
        elif isinstance(node, list) and part.isdecimal() and int(part) < len(node):
            node = node[int(part)]
        else:
            raise KeyError(pointer)
    return node


def leaves(node: object, path: Path = ()) -> Iterator[tuple[str, object]]:
    """Yield (pointer, value) of every scalar and blank of a valid order; what is absent is not there."""
    if isinstance(node, BaseModel):
        for name, field in type(node).model_fields.items():
            yield from leaves(getattr(node, name), (*path, field.alias or name))
    elif isinstance(node, Mapping):
        for key, value in node.items():
            yield from leaves(value, (*path, key))
    elif isinstance(node, tuple):
        for index, value in enumerate(node):
            yield from leaves(value, (*path, index))
    elif node is not None:
        yield pointer_join(*path), node
