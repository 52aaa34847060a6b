"""The form's table and a field's path in, what the form says of it out: names of choices, help, norm, first values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from docgen.errors import Problem
from docgen.library.ledger import Ledger
from docgen.library.load import Library, Placed, home_of
from docgen.library.pieces import note_norm
from docgen.library.schema import FieldSpec, FormDefaultSpec, FormSpec, ParameterSpec
from docgen.library.shapes import ANY, Anything, Listing, Record, Scalar, Shape, merge, record_of
from docgen.library.spelling import closest
from docgen.library.yaml import Path
from docgen.model import Order

PARTIES = ("matter.clients.", "matter.firm.", "matter.payer.", "matter.beneficiary.")
"""Where parties stand in an order: ``party.inn`` speaks of ``matter.clients.inn`` and the rest."""

# --- what the form asks ----------------------------------------------------------------------


def choice_words(form: FormSpec, path: str, value: str | int, kind: str = "") -> str:
    """Return what a choice's value is called at a field: its own word there, else the general one, else itself.

    ``path`` is the field's dotted path in the order, without places in lists; a parameter's is ``clause.parameter``.
    ``kind`` is the kind of document whose facts are asked for. A number is its own word.
    """
    names = (form.own_words[one] for one in _names(path, kind) if one in form.own_words)
    own = next((words[str(value)] for words in names if str(value) in words), None)
    return own or form.words.get(str(value), str(value))


def field_help(form: FormSpec, path: str, otherwise: str = "", kind: str = "") -> str:
    """Return the help of a field: the form's, else the field's own description."""
    return next((form.help[one] for one in _names(path, kind) if one in form.help), otherwise)


def row_words(form: FormSpec, path: str, kind: str = "") -> str:
    """Return what a row of a list is called in the accusative («клиента»), or «строку»."""
    return next((form.rows[one] for one in _names(path, kind) if one in form.rows), "строку")


def is_priced(form: FormSpec, path: str) -> bool:
    """Tell whether a sum at a path holds VAT."""
    return any(path == one or path.startswith(f"{one}.") for one in form.priced)


def field_norm(form: FormSpec, path: str, kind: str = "") -> str | None:
    """Return the id of the norm that stands beside a field."""
    return next((form.norms[one] for one in _names(path, kind) if one in form.norms), None)


def defaults_for(form: FormSpec, clients: Iterable[str] = ()) -> tuple[FormDefaultSpec, ...]:
    """Return what a new order with clients of these kinds starts with."""
    kinds = set(clients)
    return tuple(one for one in form.defaults if not one.when or (kinds and kinds <= set(one.when)))


def _names(path: str, kind: str) -> Iterator[str]:
    """Yield the paths by which the table may speak of a field, the nearest first."""
    fact = path.removeprefix("facts.")
    if kind and fact != path:
        yield f"{kind}.{fact}"
    yield path
    for party in PARTIES:
        if path.startswith(party):
            yield "party." + path.removeprefix(party)


# --- what is wrong with the table ------------------------------------------------------------


def form_problems(library: Library, facts: Mapping[str, Shape], ledger: Ledger) -> Iterator[Problem]:
    """Yield what is wrong with the form's table; ``facts`` are the shapes of the facts of each kind."""
    if library.form is None:
        return
    form, order = library.form, _order(facts)
    places = Record({**_pieces(library, facts), "party": _party(order), **order.fields})
    yield from _path_problems(library, form, order, _order_paths(form.spec))
    yield from _path_problems(library, form, places, _any_paths(form.spec))
    for index, default in enumerate(form.spec.defaults):
        yield from _default_problems(form, order, default, ("defaults", index))
    for name, norm in form.spec.norms.items():
        note_norm(library, form, ledger, norm, ("norms", name))
    for index, default in enumerate(form.spec.defaults):
        if default.norm is not None:
            note_norm(library, form, ledger, default.norm, ("defaults", index, "norm"))
    yield from _nameless(library, form)


def _order(facts: Mapping[str, Shape]) -> Record:
    """Return the shape of an order of any kind."""
    return Record({**record_of(Order).fields, "facts": merge(list(facts.values())) if facts else ANY})


def _pieces(library: Library, facts: Mapping[str, Shape]) -> dict[str, Shape]:
    """Return the shapes of the facts of each kind and of the parameters of each clause."""
    clauses: dict[str, Shape] = {
        name: ANY if clause.is_hurt("parameters") else Record(dict.fromkeys(clause.spec.parameters, ANY))
        for name, clause in library.clauses.items()
    }
    return {**clauses, **facts}


def _party(order: Record) -> Shape:
    return merge([_at(order, one.rstrip(".").split(".")) or ANY for one in PARTIES])


def _order_paths(form: FormSpec) -> Iterator[tuple[str, Path]]:
    for index, section in enumerate(form.sections):
        yield from ((path, ("sections", index, "paths", place)) for place, path in enumerate(section.paths))
    yield from ((default.path, ("defaults", index, "path")) for index, default in enumerate(form.defaults))


def _any_paths(form: FormSpec) -> Iterator[tuple[str, Path]]:
    for key in ("own_words", "help", "norms", "rows", "titles"):
        yield from ((path, (key, path)) for path in getattr(form, key))
    yield from ((f"party.{name}", ("party", place)) for place, name in enumerate(form.party))
    yield from ((path, ("priced", place)) for place, path in enumerate(form.priced))


def _path_problems(
    library: Library, form: Placed[FormSpec], places: Record, paths: Iterable[tuple[str, Path]]
) -> Iterator[Problem]:
    for path, where in paths:
        steps = path.split(".")
        if _at(places, steps) is None and steps[0] not in library.doubtful and not form.is_damaged(*where):
            near = _nearest(places, steps)
            hint = f"возможно, {near}?" if near else "проверьте путь: части через точку, без номеров"
            yield Problem(form.where(*where), "unknown_path", f"нет поля {path}", hint)


def _at(shape: Shape, steps: list[str]) -> Shape | None:
    """Return what stands at a path; places in lists are no part of it. None: there is no such field."""
    for step in steps:
        shape = _item(shape)
        if isinstance(shape, Anything):
            return ANY
        if not isinstance(shape, Record) or step not in shape.fields:
            return None
        shape = shape.fields[step]
    return shape


def _item(shape: Shape) -> Shape:
    while isinstance(shape, Listing):
        shape = shape.of
    return shape


def _nearest(shape: Shape, steps: list[str]) -> str:
    """Return the path that was probably meant, or an empty string."""
    for index, step in enumerate(steps):
        here = _at(shape, steps[:index])
        inside = _item(here) if here is not None else None
        if not isinstance(inside, Record):
            return ""
        if step not in inside.fields:
            right = [*steps[:index], closest(step, inside.fields), *steps[index + 1 :]]
            return ".".join(right) if right[index] and _at(shape, right) is not None else ""
    return ""


# --- first values ----------------------------------------------------------------------------


def _default_problems(form: Placed[FormSpec], order: Record, default: FormDefaultSpec, path: Path) -> Iterator[Problem]:
    if form.is_hurt(*path):
        return
    shape = _at(order, default.path.split("."))
    if (default.value is None) == (default.months is None):
        message, hint = f"у начального значения {default.path} нужно одно: value или months", "оставьте одно из них"
        yield Problem(form.where(*path), "bad_shape", message, hint)
    elif shape is not None and not _fits(shape, default):
        message = f"начальное значение {default.path} полю не подходит"
        yield Problem(form.where(*path), "bad_default", message, "впишите то, что бывает в заказе")
    kinds = _at(order, ["matter", "clients", "kind"])
    known = kinds.choices if isinstance(kinds, Scalar) else frozenset()
    for index, kind in enumerate(default.when):
        if kind not in known:
            near = closest(kind, known)
            hint = f"возможно, {near}?" if near else "бывает: " + ", ".join(sorted(known))
            yield Problem(form.where(*path, "when", index), "unknown_key", f"нет вида клиента {kind}", hint)


def _fits(shape: Shape, default: FormDefaultSpec) -> bool:
    if default.months is not None:
        return isinstance(shape, Scalar) and shape.kind in ("date", "")
    return _holds(shape, default.value)


def _holds(shape: Shape, value: Any) -> bool:
    """Tell whether a value, or the part of it that is given, may stand where the shape is."""
    if isinstance(shape, Listing):
        return isinstance(value, list) and all(_holds(shape.of, one) for one in value)
    if isinstance(shape, Record):
        fields = shape.fields
        return isinstance(value, dict) and all(name in fields and _holds(fields[name], value[name]) for name in value)
    if isinstance(shape, Anything):
        return True
    return not isinstance(value, list | dict) and (not shape.choices or value in shape.choices)


# --- choices without a name ------------------------------------------------------------------


def _nameless(library: Library, form: Placed[FormSpec]) -> Iterator[Problem]:
    """Yield a problem for each value of a fact or parameter that the form has no word for."""
    if form.is_hurt("words") or form.is_hurt("own_words"):
        return
    for name, kind in library.kinds.items():
        yield from _values_problems(form.spec, kind, name, kind.spec.facts, ("facts",))
    for name, clause in library.clauses.items():
        yield from _values_problems(form.spec, clause, name, clause.spec.parameters, ("parameters",))


def _values_problems(
    form: FormSpec, piece: Placed[Any], owner: str, fields: Mapping[str, FieldSpec | ParameterSpec], path: Path
) -> Iterator[Problem]:
    root = "facts" if path[0] == "facts" else owner
    for name, spec in fields.items():
        place = (*path, name)
        dotted = ".".join([root, *(str(step) for step in place[1:] if step != "fields")])
        values = () if piece.is_hurt(*place) else spec.values or ()
        for value in values:
            known = {*form.words, *(one for at in _names(dotted, owner) for one in form.own_words.get(at, ()))}
            if value not in known:
                message = f"значение {value} поля {name} никак не названо в форме"
                hint = f"впишите слово: words или own_words, {home_of('form')}"
                yield Problem(piece.where(*place, "values"), "missing_word", message, hint)
        if isinstance(spec, FieldSpec):
            yield from _values_problems(form, piece, owner, spec.fields, (*place, "fields"))
