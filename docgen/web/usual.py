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

FROM_PARTY = "Из сведений о стороне."
ADDRESSES = {"email": ("email",), "post": ("postal_address", "address")}
"""Where a party's address for a channel stands: the first of these facts that is given."""


@dataclass(frozen=True, slots=True)
class Usual:
    """What usually stands at a place of an order, and why."""

    value: Any
    source: str
    norm: str | None


def usual(form: FormSpec, raw: JsonObject, firm: JsonObject | None) -> dict[str, Usual]:
    """Return what usually stands in an order of an agreement, by JSON Pointer; ``firm`` is the known profile.

    ABSENT is the usual value where a fact that it comes from is not given.
    """
    matter = raw.get("matter")
    if not isinstance(matter, dict) or "based_on" in raw or "clients" not in matter:
        return {}
    kinds = [str(one.get("kind")) for one in matter["clients"] or () if isinstance(one, dict)]
    values: dict[str, Usual] = {}
    for default in defaults_for(form, kinds):
        for pointer in places(Order, raw, default.path.split(".")):
            values[pointer] = Usual(_value(default, raw), default.source, default.norm)
    for index, channel in enumerate(matter.get("channels") or ()):
        address = _address(channel, matter, firm) if isinstance(channel, dict) else ABSENT
        values[f"/matter/channels/{index}/address"] = Usual(address, FROM_PARTY, None)
    return values


def follow(form: FormSpec, before: JsonObject, after: JsonObject, firm: JsonObject | None) -> tuple[str, ...]:
    """Put the usual value where a place is new, and where the one before stood untouched; return these places.

    What a person typed, emptied or chose is left as it is.
    """
    was, made = usual(form, before, firm), []
    for _ in range(2):  # a new row has usual values of its own
        for pointer, one in usual(form, after, firm).items():
            old, current = was.get(pointer), _at(after, pointer)
            new = old is None and current in (ABSENT, [])
            untouched = old is not None and current == old.value == _at(before, pointer)
            if (new or untouched) and current != one.value:
                put(after, pointer, one.value if one.value is ABSENT else copy.deepcopy(one.value))
                made.append(pointer)
    return tuple(made)


def _value(default: FormDefaultSpec, raw: JsonObject) -> Any:
    if default.months is None:
        return default.value
    day = _day(raw.get("date"))
    try:
        return after_months(day, default.months).isoformat() if day else ABSENT
    except OverflowError:
        return ABSENT


def _address(channel: JsonObject, matter: JsonObject, firm: JsonObject | None) -> Any:
    """Return the address that the side of a channel gave."""
    client = next((one for one in matter["clients"] or () if isinstance(one, dict)), {})
    own = matter.get("firm")
    party = client if channel.get("side") == "client" else own if isinstance(own, dict) else firm or {}
    given = (party.get(name) for name in ADDRESSES.get(str(channel.get("kind")), ()))
    return next((one for one in given if one), ABSENT)


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
