"""JSON of a matter's file in, its parts out: the matter, its data, its papers' orders, the numbers to give next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from docgen.errors import OrderInvalid, Problem
from docgen.model.reading import scan_json
from docgen.model.text import show
from docgen.model.walk import JsonObject, pointer_join
from docgen.model.work import DATA

PARTS: Mapping[str, tuple[type, str]] = {
    "schema": (int, "число 1"),
    "matter": (dict, "объект с частями дела"),
    "data": (dict, "объект со списками: " + ", ".join(DATA)),
    "orders": (list, "список заказов"),
    "numbering": (dict, "объект: вид документа — следующий номер"),
}


@dataclass(frozen=True, slots=True)
class MatterFile:
    """A matter's file as it was read; ``data`` are lists of rows or the names of the files that hold them."""

    matter: JsonObject
    data: JsonObject
    orders: tuple[Any, ...]
    numbering: Mapping[str, int | str]


def read_matter_file(source: bytes) -> MatterFile:
    """Return the matter's file of JSON bytes. Raises OrderInvalid with all that is wrong with its own parts.

    >>> read_matter_file(b'{"schema": 1, "matter": {}, "numbering": {"act": 5}}').numbering
    {'act': 5}
    """
    raw, slips = scan_json(source)
    problems = [*slips, *_strange(raw), *_misshapen(raw)]
    if problems:
        raise OrderInvalid(problems)
    parts = {name: raw.get(name, kind()) for name, (kind, _) in PARTS.items()}
    return MatterFile(parts["matter"], parts["data"], tuple(parts["orders"]), parts["numbering"])


def _strange(raw: JsonObject) -> Iterator[Problem]:
    for whole, known, where in ((raw, tuple(PARTS), ()), (raw.get("data"), DATA, ("data",))):
        for name in whole if isinstance(whole, dict) else ():
            if name not in known:
                near = get_close_matches(name, known, n=1)
                hint = f"возможно, {near[0]}?" if near else "есть: " + ", ".join(known)
                yield Problem(pointer_join(*where, name), "unknown_key", f"поля «{show(name)}» здесь нет", hint)


def _misshapen(raw: JsonObject) -> Iterator[Problem]:
    if raw.get("schema") != 1 or isinstance(raw.get("schema"), bool):
        yield Problem("/schema", "schema", "версия файла не указана или неизвестна", 'впишите "schema": 1')
    for name, (kind, words) in PARTS.items():
        if name in raw and not isinstance(raw[name], kind) and name != "schema":
            yield Problem(f"/{name}", "type", f"здесь нужен {words}", "исправьте запись")
    for name, rows in _items(raw, "data"):
        if name in DATA and not isinstance(rows, list | str):
            yield Problem(pointer_join("data", name), "type", "здесь нужен список строк или имя файла", "впишите его")
    for name in DATA:
        if name in dict(_items(raw, "data")) and name in dict(_items(raw, "matter")):
            message, hint = f"список {name} дан дважды: в matter и в data", "оставьте его в data"
            yield Problem(pointer_join("matter", name), "given_twice", message, hint)
    for kind_name, number in _items(raw, "numbering"):
        if isinstance(number, bool) or not isinstance(number, int | str) or not re.search(r"[0-9]", str(number)):
            message = "здесь нужен следующий номер: целое число или строка с числом («15-26/2»)"
            yield Problem(pointer_join("numbering", kind_name), "type", message, "впишите его")


def _items(raw: JsonObject, name: str) -> list[tuple[str, Any]]:
    part = raw.get(name)
    return list(part.items()) if isinstance(part, dict) else []


def next_number(number: int | str) -> int | str:
    """Return the number after a number: the last digits of a text are counted up, their width is kept.

    >>> next_number(5), next_number("15-26/9"), next_number("АБ-009")
    (6, '15-26/10', 'АБ-010')
    """
    if isinstance(number, int):
        return number + 1
    head, digits, tail = re.fullmatch(r"(.*?)([0-9]+)([^0-9]*)", number, re.DOTALL).groups()  # type: ignore[union-attr]
    return f"{head}{int(digits) + 1:0{len(digits)}}{tail}"
