"""Groups of facts before and after another kind was chosen in, an order without what that kind has no place for out."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.model import JsonObject, found
from docgen.web.fields import Entry, Group, completed, walk

Aside = dict[str, JsonObject]
"""What was typed for a kind that is not chosen now, by the pointer of its group: it returns with its kind."""


def switch(raw: JsonObject, before: Iterable[Entry], after: Iterable[Entry], aside: Aside) -> None:
    """Change the order: what the chosen kinds have no place for is laid aside, what was laid aside for them returns.

    ``before`` and ``after`` are the fields of the order with the old choices and with the new.
    """
    groups = {one.name: one for one in walk(tuple(after)) if isinstance(one, Group)}
    for old in walk(tuple(before)):
        new = groups.get(old.name)
        if isinstance(old, Group) and new and old.tag and new.tag and old.model and new.model is not old.model:
            _switch(found(raw, old.name), old, new, aside)


def _switch(whole: JsonObject, old: Group, new: Group, aside: Aside) -> None:
    fresh, had, has = completed(old.model, {}), _keys(old), _keys(new)  # type: ignore[arg-type]
    laid = {**aside.get(old.name, {}), **{key: whole.pop(key) for key in had - has if key in whole}}
    for key in has & set(fresh) & set(whole):
        if whole[key] == fresh[key] and isinstance(whole[key], dict | list):
            del whole[key]  # nobody touched it: the other kind has its own beginning
    whole |= {key: laid.pop(key) for key in has & set(laid) if key not in whole}
    aside[old.name] = laid


def _keys(group: Group) -> set[str]:
    """Return the keys of a group's facts, without the one that chooses its kind."""
    return {one.name.rpartition("/")[2] for one in group.entries}


def moved(aside: Aside, rows: str) -> Aside:
    """Return what is laid aside for groups outside a list whose rows have other numbers now."""
    return {name: laid for name, laid in aside.items() if not name.startswith(f"{rows}/")}
