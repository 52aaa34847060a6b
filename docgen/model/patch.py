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


def fits(order: JsonObject, operations: Iterable[Operation]) -> bool:
    """Tell whether the place of every operation is in the order, as it stands before the first.

    >>> fits({"facts": {}}, [Operation("add", "/facts/court", "…")]), fits({}, [Operation("add", "/facts/court", "…")])
    (True, False)
    """
    try:
        for operation in operations:
            _holder(order, operation)
    except KeyError:
        return False
    return True


def _holder(order: JsonObject, operation: Operation) -> Any:
    """Return the object or list that an operation changes. Raises KeyError when there is none."""
    parent, _, last = operation.path.rpartition("/")
    if not operation.path.startswith("/"):
        raise KeyError(operation.path)
    if operation.op != "add":
        found(order, operation.path)
    holder = found(order, parent)
    row = last == "-" or (last.isdecimal() and isinstance(holder, list) and int(last) <= len(holder))
    if not isinstance(holder, dict) and not (isinstance(holder, list) and row):
        raise KeyError(operation.path)
    return holder


def _apply(order: JsonObject, operation: Operation) -> None:
    holder = _holder(order, operation)
    last = pointer_split(operation.path)[-1]
    if isinstance(holder, list):
        index = len(holder) if last == "-" else int(last)
        new = [] if operation.op == "remove" else [copy.deepcopy(operation.value)]
        holder[index : index + (operation.op != "add")] = new
    elif operation.op == "remove":
        del holder[last]
    else:
        holder[last] = copy.deepcopy(operation.value)
