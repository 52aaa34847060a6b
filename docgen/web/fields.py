"""The model of an order and a raw order in, the controls of its form out: one for each fact, by its JSON Pointer."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from docgen.errors import Problem
from docgen.library import PARTIES, FormSpec, choice_words, field_help, field_norm, row_words
from docgen.model import JsonObject, bare
from docgen.model.blank import Blank
from docgen.model.types import Date, Lines, Money, Number, Percent

Sort = Literal[
    "line", "lines", "date", "money", "percent", "decimal", "integer", "boolean", "select", "items",
    "numbers", "choices",
]
TAGS = ("kind", "model")
ABSENT = object()
"""What is not in the order."""
BLANK = "________"
"""What is typed for a fact that is left open on purpose."""


@dataclass(slots=True)
class Control:
    """One fact: what it is called, how it is typed in, what stands in it, what is wrong with it."""

    name: str
    label: str
    sort: Sort
    value: Any
    required: bool
    help: str = ""
    options: tuple[tuple[str, str], ...] = ()
    default: str = ""
    whence: str = "обычно"
    blankable: bool = False
    structural: bool = False
    usual: str = ""
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """Facts that belong together; an optional group may be absent, ``tag`` chooses among several models.

    ``model`` is the chosen one.
    """

    name: str
    label: str
    entries: tuple[Entry, ...]
    help: str = ""
    optional: bool = False
    present: bool = True
    tag: Control | None = None
    model: type[BaseModel] | None = None
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Rows:
    """A list of groups, to which rows are added and from which they are taken; ``one`` is a row in the accusative.

    ``inherited`` is how many rows the earlier document has, while this one has no list of its own.
    """

    name: str
    label: str
    rows: tuple[Group, ...]
    help: str = ""
    required: bool = False
    pasted: bool = False
    one: str = "строку"
    inherited: int = 0
    usual: str = ""
    problems: list[Problem] = field(default_factory=list)


Entry: TypeAlias = Control | Group | Rows


def walk(entries: tuple[Entry, ...]) -> Iterator[Entry]:
    """Yield every entry, those inside others too."""
    for entry in entries:
        yield entry
        match entry:
            case Group():
                yield from walk((entry.tag,) if entry.tag else ())
                yield from walk(entry.entries)
            case Rows():
                yield from walk(entry.rows)


def controls(entries: tuple[Entry, ...]) -> Iterator[Control]:
    """Yield every control."""
    return (entry for entry in walk(entries) if isinstance(entry, Control))


# --- types -------------------------------------------------------------------------------------


@cache
def hints_of(model: type[BaseModel]) -> Mapping[str, Any]:
    """Return the annotations of a model's fields, as they were written."""
    return get_type_hints(model, include_extras=True)


def members(annotation: Any) -> tuple[type[BaseModel], ...]:
    """Return the models that an annotation chooses among; one for a plain model, none for anything else."""
    node = bare(annotation)
    found = get_args(node) if get_origin(node) in (Union, types.UnionType) else (node,)
    models = tuple(bare(one) for one in found if one is not types.NoneType)
    return models if models and all(isinstance(one, type) and issubclass(one, BaseModel) for one in models) else ()


def tag_of(model: type[BaseModel]) -> str:
    """Return the field by which a union's members are told apart."""
    return next((name for name in TAGS if name in model.model_fields), "")


def tags(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the words that a member's tag may be."""
    info = model.model_fields[tag_of(model)]
    return tuple(str(one) for one in get_args(info.annotation))


def element(annotation: Any) -> Any:
    """Return what a list is a list of, or None for what is no list."""
    node = bare(annotation)
    return get_args(node)[0] if get_origin(node) is tuple else None


def needs_rows(annotation: Any) -> bool:
    """Tell whether a list must have at least one row."""
    return any(type(one).__name__ == "NotEmpty" for one in getattr(annotation, "__metadata__", ()))


def blankable(annotation: Any) -> bool:
    """Tell whether a fact may be a blank."""
    if get_origin(annotation) in (Union, types.UnionType):
        return any(blankable(one) for one in get_args(annotation))
    inner = get_args(annotation)[0] if get_origin(annotation) is Annotated else None
    return get_origin(inner) in (Union, types.UnionType) and Blank in get_args(inner)


_RICH: tuple[tuple[Any, Sort], ...] = (
    (Lines, "lines"),
    (Money, "money"),
    (Percent, "percent"),
    (Date, "date"),
    (Number, "decimal"),
)
_BARE: Mapping[type, Sort] = {str: "line", int: "integer", bool: "boolean", date: "date", Decimal: "decimal"}


def sort_of(annotation: Any) -> Sort:
    """Return how a scalar, or a list of scalars, is typed in."""
    if (inner := element(annotation)) is not None:
        node = bare(inner)
        return "choices" if get_origin(node) is Literal else "numbers" if node is int else "items"
    node = bare(annotation)
    if get_origin(node) is Literal:
        return "select"
    rich = _rich(annotation)
    return rich or _BARE[node]


def _rich(annotation: Any) -> Sort | None:
    """Return the sort of one of our own types, which pydantic knows by its validators only."""
    metadata = getattr(annotation, "__metadata__", ())
    for known, sort in _RICH:
        if metadata[: len(known.__metadata__)] == known.__metadata__:
            return sort
    return next((found for one in get_args(annotation) if (found := _rich(one))), None)


def literal_options(annotation: Any) -> tuple[Any, ...]:
    """Return the values of a choice or of a list of choices."""
    inner = element(annotation)
    return get_args(bare(annotation if inner is None else inner))


@cache
def field_titles(model: type[BaseModel]) -> Mapping[str, str]:
    """Return what the fields of a model and of all models in it are called, by name; the outermost first."""
    found = {info.alias or name: info.title for name, info in model.model_fields.items() if info.title}
    for name in model.model_fields:
        annotation = hints_of(model)[name]
        inner = element(annotation)
        for one in members(annotation if inner is None else inner):
            found = {**field_titles(one), **found}
    return found


# --- what an unfinished order is completed with --------------------------------------------------


def completed(model: type[BaseModel], raw: JsonObject) -> JsonObject:
    """Return an order in which every part that must be there is there: empty, a union's first member, one row.

    Facts stay absent, but for choices that decide what else is asked: these take their first word.
    """
    made = dict(raw)
    for name, info in model.model_fields.items():
        key = info.alias or name
        annotation = hints_of(model)[name]
        if key in made:
            made[key] = _completed_part(annotation, made[key])
        elif info.is_required():
            part = _skeleton(annotation)
            if part is not None:
                made[key] = part
    if "managing" in model.model_fields and "managing" not in made and "signatories" in model.model_fields:
        made.setdefault("signatories", [_skeleton(element(hints_of(model)["signatories"]))])
    return made


def _completed_part(annotation: Any, value: Any) -> Any:
    if isinstance(value, dict) and (models := members(annotation)):
        chosen = member_of(models, value)
        return completed(chosen, {**_tagged(chosen, models), **value})
    if isinstance(value, list) and (inner := element(annotation)) is not None and members(inner):
        rows = [_completed_part(inner, one) for one in value]
        return rows or ([_skeleton(inner)] if needs_rows(annotation) else [])
    return value


def _skeleton(annotation: Any) -> Any:
    if models := members(annotation):
        return completed(models[0], _tagged(models[0], models))
    inner = element(annotation)
    if inner is not None:
        return [_skeleton(inner)] if members(inner) else []
    choice = literal_options(annotation) if get_origin(bare(annotation)) is Literal else ()
    return choice[0] if choice else None


def _tagged(model: type[BaseModel], models: tuple[type[BaseModel], ...]) -> JsonObject:
    return {tag_of(model): tags(model)[0]} if len(models) > 1 else {}


def member_of(models: tuple[type[BaseModel], ...], value: JsonObject) -> type[BaseModel]:
    """Return the model that an object's tag names; the first when it names none."""
    for model in models if len(models) > 1 else ():
        if value.get(tag_of(model)) in tags(model):
            return model
    return models[0]


# --- the form ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Words:
    """What choices are called on the screen, and the help of fields, by the path of the field."""

    form: FormSpec
    kind: str
    norms: Mapping[str, str]

    def of(self, path: str, value: object) -> str:
        """Return what a value is called in a field."""
        return choice_words(self.form, path, value if isinstance(value, int) else str(value), self.kind)

    def row(self, path: str) -> str:
        """Return what a row of a list is called, in the accusative."""
        return row_words(self.form, path, self.kind)

    def norm(self, name: str | None) -> str:
        """Return what a norm is called; nothing for none."""
        return self.norms.get(name or "", "")

    def help(self, path: str, given: str) -> str:
        """Return the help of a field and the norm that it rests on."""
        norm = self.norm(field_norm(self.form, path, self.kind))
        said = field_help(self.form, path, given, self.kind)
        said = said[:1].upper() + said[1:]
        return f"{said.rstrip('.')}. {norm}." if said and norm and norm not in said else said or norm


def entry_of(words: Words, name: str, path: str, info: FieldInfo, annotation: Any, value: Any) -> Entry:
    """Return the entry of one field: ``name`` is its pointer, ``path`` the same without the numbers of rows."""
    label, help_ = info.title or name.rpartition("/")[2], words.help(path, info.description or "")
    required = info.is_required()
    inner = element(annotation)
    if inner is not None and members(inner):
        rows = tuple(
            _group(words, f"{name}/{index}", path, "", inner, one if isinstance(one, dict) else {})
            for index, one in enumerate(value if isinstance(value, list) else ())
        )
        return Rows(name, label, rows, help_, required and needs_rows(annotation), one=words.row(path))
    if members(annotation):
        present = isinstance(value, dict)
        made = _group(words, name, path, label, annotation, value if isinstance(value, dict) else {}, present)
        made.help, made.optional = help_, not required or not present
        return made
    return _control(words, name, path, info, annotation, value, label, help_)


def _group(
    words: Words, name: str, path: str, label: str, annotation: Any, value: JsonObject, present: bool = True
) -> Group:
    models = members(annotation)
    if not present:
        return Group(name, label, (), optional=True, present=False)
    model = member_of(models, value)
    tag = _tag_control(words, name, path, models, model) if len(models) > 1 else None
    skipped = tag_of(model) if tag else ""
    return Group(name, label, entries_of(words, name, path, model, value, skipped), tag=tag, model=model)


def _tag_control(
    words: Words, name: str, path: str, models: tuple[type[BaseModel], ...], model: type[BaseModel]
) -> Control:
    key = tag_of(model)
    options = tuple((one, words.of(f"{path}.{key}", one)) for each in models for one in tags(each))
    label = model.model_fields[key].title or key
    chosen = tags(model)[0]
    return Control(f"{name}/{key}", label, "select", chosen, True, options=options, structural=True)


def entries_of(
    words: Words, name: str, path: str, model: type[BaseModel], value: JsonObject, skipped: str = ""
) -> tuple[Entry, ...]:
    """Return the entries of a model's fields over a raw object."""
    made = []
    for field_name, info in model.model_fields.items():
        key = info.alias or field_name
        if key != skipped:
            inside = f"{path}.{key}" if path else key
            made.append(
                entry_of(words, f"{name}/{key}", inside, info, hints_of(model)[field_name], value.get(key, ABSENT))
            )
    if f"{path}." in PARTIES:
        first = words.form.party
        made.sort(key=lambda one: first.index(key) if (key := one.name.rpartition("/")[2]) in first else len(first))
    return tuple(made)


def _control(
    words: Words, name: str, path: str, info: FieldInfo, annotation: Any, value: Any, label: str, help_: str
) -> Control:
    sort = sort_of(annotation)
    options = tuple((str(one), words.of(path, one)) for one in literal_options(annotation)) if sort in CHOSEN else ()
    default = "" if info.default in (None, ()) or info.is_required() else shown(sort, info.default)
    made = Control(name, label, sort, shown(sort, value), info.is_required(), help_, options, default)
    if sort == "select" and default:
        made.default = words.of(path, info.default)
    if sort == "boolean" and info.is_required():  # nobody may answer it unawares
        made.sort, made.options = "select", YES_OR_NO
        made.value = "" if value is ABSENT else next(iter(one for one, _ in YES_OR_NO if one == str(value).lower()), "")
    elif sort == "boolean":
        made.value = bool(info.default) if value is ABSENT else value is True
    made.blankable = blankable(annotation)
    return made


CHOSEN = ("select", "choices")
YES_OR_NO = (("true", "да"), ("false", "нет"))


def shown(sort: Sort, value: Any) -> Any:
    """Return a raw value as a person types it.

    >>> shown("date", "2026-11-22"), shown("money", Decimal("150000.50")), shown("money", 150000)
    ('22.11.2026', '150 000,50', '150 000')
    """
    if sort == "choices":
        return tuple(str(one) for one in value) if isinstance(value, list) else ()
    if value is ABSENT:
        return ""
    if value is None:
        return BLANK
    if isinstance(value, list | tuple):
        return ("\n" if sort == "items" else ", ").join(map(str, value))
    if sort == "date" and isinstance(value, str) and value[4:5] == "-" == value[7:8]:
        return f"{value[8:10]}.{value[5:7]}.{value[:4]}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if sort in ("money", "decimal", "percent") and isinstance(value, int | Decimal) and not isinstance(value, bool):
        return f"{Decimal(value):,f}".replace(",", " ").replace(".", ",")
    return str(value)
