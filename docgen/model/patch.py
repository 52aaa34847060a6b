"""An order and the operations of a problem in, the mended order out (JSON Patch, RFC 6902)."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from docgen.errors import Operation
from docgen.model.walk import JsonObject, found, pointer_split


def apply_patch(order: JsonObject, operations: Iterable[Operation]) -> JsonObject:
    """Return the order with the operations carried out one after another; the one given stays as it is.

    Raises KeyError with the path of an operation whose place is not there.

    >>> apply_patch({"facts": {"court": "…", "forums": ["tax"]}}, [
    ...     Operation("remove", "/facts/court"), Operation("add", "/facts/forums/-", "general")])
    {'facts': {'forums': ['tax', 'general']}}
    """
    made = copy.deepcopy(order)
    for operation in operations:
        try:
            _apply(made, operation)
        except KeyError:
            raise KeyError(operation.path) from None
    return made


def _apply(order: JsonObject, operation: Operation) -> None:
    parent, _, last = operation.path.rpartition("/")
    if not operation.path.startswith("/"):
        raise KeyError(operation.path)
    if operation.op != "add":
        found(order, operation.path)
    holder = found(order, parent)
    if isinstance(holder, dict):
        _in_object(holder, pointer_split(f"/{last}")[0], operation)
    elif isinstance(holder, list) and (last == "-" or (last.isdecimal() and int(last) <= len(holder))):
        _in_list(holder, len(holder) if last == "-" else int(last), operation)
    else:
        raise KeyError(operation.path)


def _in_object(holder: JsonObject, name: str, operation: Operation) -> None:
    if operation.op == "remove":
        del holder[name]
    else:
        holder[name] = copy.deepcopy(operation.value)


def _in_list(holder: list[Any], index: int, operation: Operation) -> None:
    new = [] if operation.op == "remove" else [copy.deepcopy(operation.value)]
    holder[index : index + (operation.op != "add")] = new
