"""An order before and after a change in, the same order out whose usual values follow what was typed; their sources."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from docgen.language.working_days import after_months
from docgen.library import FormDefaultSpec, FormSpec, defaults_for
from docgen.model import JsonObject, Order, found
from docgen.web.fields import ABSENT, element, hints_of, member_of, members
from docgen.web.posted import put

CHANNELS = "matter.channels"
ADDRESSES = {"email": ("email",), "post": ("postal_address", "address")}
"""Where a party's address for a channel stands: the first of these facts that is given."""


@dataclass(frozen=True, slots=True)
class Usual:
    """What usually stands at a place of an order, and why."""

    value: Any
    source: str
    norm: str | None


def usual(form: FormSpec, raw: JsonObject, firm: JsonObject | None) -> dict[str, Usual]:
    """Return what usually stands in an order of an agreement, by JSON Pointer; ``firm`` is the known profile."""
    matter = raw.get("matter")
    if not isinstance(matter, dict) or "based_on" in raw or "clients" not in matter:
        return {}
    kinds = [str(one.get("kind")) for one in matter["clients"] or () if isinstance(one, dict)]
    values: dict[str, Usual] = {}
    for default in defaults_for(form, kinds):
        for pointer in places(Order, raw, default.path.split(".")):
            value = _value(default, raw, firm)
            if value is not None:
                values[pointer] = Usual(value, default.source, default.norm)
    return values


def follow(
    form: FormSpec, before: JsonObject, after: JsonObject, firm: JsonObject | None, earlier: JsonObject | None = None
) -> None:
    """Put the usual value where a place is new, and where the one before stood untouched.

    What a person typed, emptied or chose is left as it is. ``earlier`` is the profile of the firm before the change.
    """
    was, now = usual(form, before, earlier or firm), usual(form, after, firm)
    for pointer, one in now.items():
        old, current = was.get(pointer), _at(after, pointer)
        untouched = old is not None and current == old.value == _at(before, pointer)
        if (old is None and current in (ABSENT, [])) or (untouched and old is not None and old.value != one.value):
            put(after, pointer, copy.deepcopy(one.value))


def _value(default: FormDefaultSpec, raw: JsonObject, firm: JsonObject | None) -> Any:
    if default.months is not None:
        day = _day(raw.get("date"))
        return after_months(day, default.months).isoformat() if day else None
    if default.path == CHANNELS:
        return [_addressed(one, raw["matter"], firm) for one in default.value]
    return default.value


def _addressed(channel: JsonObject, matter: JsonObject, firm: JsonObject | None) -> JsonObject:
    """Return a channel with the address that its side gave, if it gave one."""
    client = next((one for one in matter["clients"] if isinstance(one, dict)), {})
    own = matter.get("firm")
    party = client if channel["side"] == "client" else own if isinstance(own, dict) else firm or {}
    given = (party.get(name) for name in ADDRESSES.get(channel["kind"], ()))
    address = next((one for one in given if one), None)
    return {**channel, "address": address} if address else dict(channel)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _at(raw: JsonObject, pointer: str) -> Any:
    try:
        return found(raw, pointer)
    except KeyError:
        return ABSENT


def places(model: Any, raw: Mapping[str, Any], path: list[str], pointer: str = "") -> Iterator[str]:
    """Yield the pointers at which an order of a model may have the field of a dotted path: in every row of a list."""
    step, *rest = path
    names = {info.alias or name: name for name, info in model.model_fields.items()}
    if step not in names:
        return
    here, annotation = f"{pointer}/{step}", hints_of(model)[names[step]]
    if not rest:
        yield here
        return
    inner, value = element(annotation), raw.get(step)
    rows = value if isinstance(value, list) else ()
    parts = [(here, value)] if inner is None else [(f"{here}/{index}", one) for index, one in enumerate(rows)]
    for where, part in parts:
        models = members(annotation if inner is None else inner)
        if isinstance(part, dict) and models:
            yield from places(member_of(models, part), part, rest, where)
