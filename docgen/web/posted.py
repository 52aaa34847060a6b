"""What was typed into a form in, a raw order out: each text as the JSON value that it means, or as it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel
from werkzeug.datastructures import MultiDict

from docgen.errors import Problem
from docgen.model import JsonObject, Order, found, pointer_split, write_json
from docgen.web.fields import ABSENT, BLANK, YES_OR_NO, Control, Sort, element, hints_of, member_of, members

SPACES = re.compile("[ \u00a0\u202f\u2009]")


def apply(raw: JsonObject, controls: Iterable[Control], posted: MultiDict[str, str]) -> tuple[str, ...]:
    """Put what was typed into these controls into the order; return the names of those that were touched.

    What nobody touched stays as it was written; what is posted under another name counts nothing.
    """
    touched = tuple(control for control in controls if _touched(control, posted))
    for control in touched:
        put(raw, control.name, _typed(control, posted))
    return tuple(control.name for control in touched)


def _touched(control: Control, posted: MultiDict[str, str]) -> bool:
    """Tell whether a control was sent with another value than it had; a browser sends no empty boxes."""
    match control.sort:
        case "boolean":
            return bool(posted.get(control.name)) is not bool(control.value)
        case "choices":
            return {*posted.getlist(control.name)} != {*control.value}
        case "lines" | "items":
            return control.name in posted and _plain(posted[control.name]) != _plain(control.value)
        case _:  # a browser has no line ends in a box of one line
            return control.name in posted and _plain(posted[control.name]) != _plain(control.value).replace("\n", "")


def _plain(text: object) -> str:
    return str(text).replace("\r\n", "\n").strip()


def _typed(control: Control, posted: MultiDict[str, str]) -> Any:
    if control.sort == "choices":
        ticked = posted.getlist(control.name)
        known = (*control.value, *(value for value, _ in control.options if value not in control.value))
        return [one for one in known if one in ticked] or ABSENT
    if control.sort == "boolean":
        return bool(posted.get(control.name))
    text = _plain(posted[control.name])
    if text == BLANK and control.blankable:
        return None
    return meant(control.sort, text, control) if text else ABSENT


def meant(sort: Sort, text: str, control: Control | None = None) -> Any:
    """Return the JSON value that a typed text means; what cannot be read stays as it is, for the order's own check.

    >>> meant("date", "22.11.2026"), meant("money", "150 000,50 руб."), meant("integer", "пять")
    ('2026-11-22', Decimal('150000.50'), 'пять')
    """
    match sort:
        case "date":
            return _day(text)
        case "money" | "decimal" | "percent":
            return _number(text)
        case "integer":
            return int(text) if re.fullmatch(r"-?[0-9]{1,18}", text) else text
        case "items":
            return [line for each in text.split("\n") if (line := each.strip())]
        case "numbers":
            parts = [one for one in re.split(r"[,;\s]+", text) if one]
            return [meant("integer", one) for one in parts]
        case "select":
            if control is not None and control.options == YES_OR_NO and text in ("true", "false"):
                return text == "true"
            numbers = control is not None and all(value.isdecimal() for value, _ in control.options)
            return int(text) if numbers and text.isdecimal() else text
        case _:
            return text


def _day(text: str) -> str:
    found = re.fullmatch(r"([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4})(?: ?г\.?)?", text)
    if not found:
        return text
    day, month, year = map(int, found.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return text


def _number(text: str) -> Any:
    plain = SPACES.sub("", re.sub(r"\s*(₽|руб(лей|ля|ль|\.)?|%)$", "", text))
    if re.fullmatch(r"-?[0-9]{1,18}", plain):
        return int(plain)
    return Decimal(plain.replace(",", ".")) if re.fullmatch(r"-?[0-9]{1,18}[.,][0-9]{1,10}", plain) else text


def drop_forms(raw: JsonObject, touched: Iterable[str]) -> None:
    """Take away the confirmed forms of a name or a position that was typed anew: they are another's."""
    names = set(touched)
    for name in names:
        forms = f"{name}_forms"
        if name.rpartition("/")[2] in ("name", "position") and not any(one.startswith(f"{forms}/") for one in names):
            with suppress(KeyError):
                found(raw, forms)
                put(raw, forms, ABSENT)


def misshapen(raw: JsonObject) -> Iterator[Problem]:
    """Yield a problem for everything of an order that is no list or object where the form asks for one."""
    yield from _misshapen(Order, raw, "")
    if isinstance(based := raw.get("based_on"), dict):
        yield from (replace(one, where=f"/based_on{one.where}") for one in misshapen(based))
    try:
        write_json(raw).encode()
    except UnicodeEncodeError:
        yield Problem("request", "characters", "в файле есть знаки, которых нет в Юникоде", "сохраните его заново")


def _misshapen(model: type[BaseModel], raw: JsonObject, pointer: str) -> Iterator[Problem]:
    for name, info in model.model_fields.items():
        where, annotation, value = f"{pointer}/{info.alias or name}", hints_of(model)[name], raw.get(info.alias or name)
        inner = element(annotation)
        models = members(annotation if inner is None else inner)
        if value is None or (inner is None and not models and info.alias not in MAPPINGS and name not in MAPPINGS):
            continue
        if not isinstance(value, dict if inner is None else list):
            wanted = "набор полей { … }" if inner is None else "список [ … ]"
            yield Problem(where, "type", f"здесь нужен {wanted}", "исправьте файл")
        elif models:
            rows = [(where, value)] if inner is None else [(f"{where}/{index}", one) for index, one in enumerate(value)]
            for place, one in rows:
                if isinstance(one, dict):
                    yield from _misshapen(member_of(models, one), one, place)
                else:
                    yield Problem(place, "type", "здесь нужен набор полей { … }", "исправьте файл")


MAPPINGS = ("facts", "parameters", "replace", "choose")
"""What is an object in an order without being a model."""


# --- places --------------------------------------------------------------------------------------


def put(raw: JsonObject, pointer: str, value: Any) -> None:
    """Set, or take away, what stands at a pointer; parts on the way are made."""
    *steps, last = pointer_split(pointer)
    node: Any = raw
    for step in steps:
        node = node[int(step)] if isinstance(node, list) else node.setdefault(step, {})
    if value is ABSENT:
        node.pop(last, None)
    elif isinstance(node, list):
        node[int(last)] = value
    else:
        node[last] = value


def rows_at(raw: JsonObject, pointer: str) -> list[Any]:
    """Return the list at a pointer, made when it is not there."""
    *steps, last = pointer_split(pointer)
    node: Any = raw
    for step in steps:
        node = node[int(step)] if isinstance(node, list) else node.setdefault(step, {})
    rows: list[Any] = node.setdefault(last, [])
    return rows
