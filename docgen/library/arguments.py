"""A call in a text and what it takes in, its bound arguments and what is wrong with them out."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import nodes

from docgen.library.shapes import Listing, Record, Shape, described, fits
from docgen.library.spelling import perhaps
from docgen.library.vocabulary import Argument, Call

Slip = tuple[str, str]
"""Message and cure."""
Bound = list[tuple[Argument, nodes.Expr]]


def bound(node: nodes.Call | nodes.Filter, call: Call, label: str, skip: int = 0) -> tuple[Bound, Slip | None]:
    """Return each argument that was given with its value, and the first thing wrong with the list of them."""
    values = node.args[skip:]
    given: Bound = list(zip(call.takes, values, strict=False)) if not skip else []
    left = {argument.name: argument for argument in call.takes[len(given) :]}
    named = {str(keyword.key): keyword.value for keyword in node.kwargs}
    given += [(left.pop(name), value) for name, value in named.items() if name in left]
    strange = [name for name in named if name not in {argument.name for argument, _ in given}]
    return given, _slip(node, call, label, strange, [one.name for one in left.values() if not one.optional], skip)


def _slip(
    node: nodes.Call | nodes.Filter, call: Call, label: str, strange: list[str], lacking: list[str], skip: int
) -> Slip | None:
    names = [argument.name for argument in call.takes]
    takes = "нужно: " + ", ".join(names) if names else "аргументы здесь не нужны"
    if strange:
        return f"{label} нет аргумента {strange[0]}", perhaps(strange[0], lacking or names, takes)
    if node.dyn_args is not None or node.dyn_kwargs is not None:
        return f"{label} аргументы со звёздочкой не допускаются", takes
    if lacking:
        return f"{label} не хватает аргумента {lacking[0]}", takes
    if len(node.args) > (1 if skip else len(call.takes)):
        return f"{label} лишний аргумент", takes
    return None


def misfit(
    argument: Argument, value: nodes.Node, shapes: Mapping[str, Shape], label: str
) -> tuple[str, str, str] | None:
    """Return (code, message, cure) when an argument's value is not of the sort that is needed."""
    literal = value.value if isinstance(value, nodes.Const) else None
    if argument.words and literal is not None and literal not in argument.words:
        hint = perhaps(str(literal), argument.words, "бывает: " + ", ".join(argument.words))
        return "unknown_value", f"{label} {argument.name} не бывает «{literal}»", hint
    if argument.field_of:
        return _field(argument, literal, shapes.get(argument.field_of), label)
    shape = shapes[argument.name]
    if not fits(shape, argument.shape):
        message = f"{label} аргумент {argument.name} — {described(shape)}"
        return "wrong_argument", message, f"нужно: {described(argument.shape)}"
    return None


def _field(argument: Argument, name: object, rows: Shape | None, label: str) -> tuple[str, str, str] | None:
    row = rows.of if isinstance(rows, Listing) else None
    if not isinstance(row, Record) or name in row.fields:
        return None
    hint = perhaps(str(name), row.fields, "есть: " + ", ".join(row.fields))
    return "undefined_attribute", f"{label} аргумент {argument.name}: в строках нет поля «{name}»", hint
