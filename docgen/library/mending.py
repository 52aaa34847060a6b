"""A piece of YAML and its spec's class in, a whole spec out: each mistake told once, with a filler in its place.

A filler keeps one mistake from making others: what is broken still has its name, and what is whole beside it is
still read. The places of fillers are in ``Source.damaged``.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from docgen.errors import Problem
from docgen.library.broken import identifiers_of
from docgen.library.schema import IDENTIFIER, Spec
from docgen.library.spelling import closest
from docgen.library.yaml import Path, Source

SpecT = TypeVar("SpecT", bound=Spec)
FILLER = "x"
_CONDITIONS = ("when", "off")
_ROUNDS = 10


def validate(model: type[SpecT], data: Any, source: Source, path: Path, problems: list[Problem]) -> SpecT:
    """Return the spec of a piece of YAML; its mistakes go to ``problems`` and their places to ``source.damaged``."""
    mender = _Mender(source, path, problems)
    data = mender.keys(model, data, ())
    for _ in range(_ROUNDS):
        try:
            return model.model_validate(data)
        except ValidationError as error:
            data = mender.healed(model, data, error.errors(include_url=False))
    raise AssertionError(f"{model.__name__} cannot be mended")


class _Mender:
    def __init__(self, source: Source, path: Path, problems: list[Problem]) -> None:
        self.source, self.path, self.problems = source, path, problems
        self.renamed: set[Path] = set()

    def note(self, path: Path, code: str, message: str, hint: str) -> None:
        self.problems.append(Problem(self.source.where((*self.path, *path)), code, message, hint))

    # --- keys

    def keys(self, annotation: Any, data: Any, path: Path) -> Any:
        """Return the data with right keys only: a misspelt key is told and read as the one that was meant."""
        inner = _bare(annotation)
        if _is_model(inner) and isinstance(data, dict):
            return self.model_keys(_fields(inner), data, path)
        origin, arguments = get_origin(inner), get_args(inner)
        if origin is dict and isinstance(data, dict):
            return {name: self.keys(arguments[1], value, (*path, name)) for name, value in data.items()}
        if origin is tuple and isinstance(data, list):
            return [self.keys(arguments[0], value, (*path, index)) for index, value in enumerate(data)]
        return data

    def model_keys(self, fields: Mapping[str, FieldInfo], data: dict[str, Any], path: Path) -> dict[str, Any]:
        lacking = [name for name in fields if name not in data]
        result = {}
        for key, value in data.items():
            name = key if key in fields else self.unknown(key, fields, lacking, path)
            if name:
                result[name] = self.keys(fields[name].annotation, value, (*path, name))
            else:
                self.source.words |= identifiers_of(value)
                self.source.damaged.add((*self.path, *path, key))
        return result

    def unknown(self, key: str, fields: Mapping[str, FieldInfo], lacking: list[str], path: Path) -> str:
        """Tell an unknown key; return the absent key that it must have been meant for, if there is one.

        A misspelt condition is not read: it would make what it stands at uncertain, and its readers with it.
        """
        near = closest(key, lacking, 0.6)
        required = [name for name in lacking if fields[name].is_required()]
        meant = near or (required[0] if len(required) == 1 else "")
        hint = f"возможно, {near}?" if near else f"допускаются: {', '.join(fields)}"
        self.note((*path, key), "unknown_key", f"неизвестный ключ {key}", hint)
        if meant in _CONDITIONS and not fields[meant].is_required():
            return ""
        if meant:
            lacking.remove(meant)
            self.source.rename((*self.path, *path, key), meant)
            self.renamed.add((*path, meant))
        return meant

    # --- values

    def healed(self, model: type[BaseModel], data: Any, details: list[ErrorDetails]) -> Any:
        """Return the data with a filler for everything that these errors are about."""
        told: dict[Path, ErrorDetails] = {}
        for detail in details:
            told.setdefault(_place(data, detail), detail)
        self.lacking([path for path, detail in told.items() if detail["type"] == "missing" and not self.known(path)])
        for path, detail in told.items():
            annotation, optional = _annotation(model, path)
            if detail["type"] != "missing" and not self.known(path) and not _again(path, told):
                self.note(path, *_mistake((*self.path, *path), annotation, detail))
            self.source.words |= identifiers_of(_at(data, path))
            data = _put(data, path, annotation, optional or detail["loc"][-1:] == ("[key]",))
            self.source.damaged.add((*self.path, *path))
        return data

    def lacking(self, paths: list[Path]) -> None:
        """Tell the keys that are missing, those of one place together."""
        for place in dict.fromkeys(path[:-1] for path in paths):
            names = [str(path[-1]) for path in paths if path[:-1] == place]
            what = "ключа" if len(names) == 1 else "ключей"
            hint = "допишите: " + ", ".join(f"{name}: …" for name in names)
            self.note(place, "missing_key", f"не хватает {what} {', '.join(names)}", hint)

    def known(self, path: Path) -> bool:
        """Tell whether the mistake at a path was told before: as YAML, or as a misspelt key."""
        whole = (*self.path, *path)
        return path in self.renamed or any(whole[: len(one)] == one for one in self.source.damaged)


# --- models ----------------------------------------------------------------------------------


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _bare(annotation: Any) -> Any:
    """Return an annotation without Annotated and Optional; of a union, its first member."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _bare(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return _bare(next(member for member in get_args(annotation) if member is not type(None)))
    return annotation


def _fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    return {info.alias or name: info for name, info in model.model_fields.items()}


def _annotation(model: type[BaseModel], path: Path) -> tuple[Any, bool]:
    """Return the annotation at a path inside a model and whether the value there may simply go."""
    current: Any = model
    optional = False
    for step in path:
        inner = _bare(current)
        if _is_model(inner):
            info = _fields(inner)[str(step)]
            current, optional = info.annotation, not info.is_required()
        else:
            current, optional = get_args(inner)[1 if get_origin(inner) is dict else 0], False
    return current, optional


_FILLERS: dict[Any, Any] = {str: FILLER, bool: False, int: 0, Decimal: 0, date: date.max}


def filler(annotation: Any) -> Any:
    """Return the least value of an annotation that is right."""
    inner = _bare(annotation)
    if _is_model(inner):
        return {name: filler(info.annotation) for name, info in _fields(inner).items() if info.is_required()}
    if get_origin(inner) is Literal:
        return get_args(inner)[0]
    if get_origin(inner) in (dict, tuple):
        return {} if get_origin(inner) is dict else []
    return _FILLERS[inner]


# --- places ----------------------------------------------------------------------------------


def _place(data: Any, detail: ErrorDetails) -> Path:
    """Return the path in the data that an error is about: tags of unions drop out."""
    path: Path = ()
    for step in detail["loc"]:
        inside = (isinstance(data, dict) and step in data) or (isinstance(data, list) and isinstance(step, int))
        if not inside:
            break
        data, path = data[step], (*path, step)
    return (*path, detail["loc"][-1]) if detail["type"] == "missing" else path


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data.get(step) if isinstance(data, dict) else data[int(step)]
    return data


def _put(data: Any, path: Path, annotation: Any, optional: bool) -> Any:
    """Return the data with a filler at a path; what may be absent becomes absent."""
    if not path:
        return filler(annotation)
    step, rest = path[0], path[1:]
    if isinstance(data, list):
        return [_put(item, rest, annotation, optional) if index == step else item for index, item in enumerate(data)]
    if rest:
        return {key: _put(value, rest, annotation, optional) if key == step else value for key, value in data.items()}
    kept = {key: value for key, value in data.items() if key != step}
    return kept if optional else {**kept, str(step): filler(annotation)}


# --- words -----------------------------------------------------------------------------------

_NUMBERS = {"int_type", "is_instance_of", "decimal_type", "int_from_float", "int_parsing"}


def _again(path: Path, told: Mapping[Path, ErrorDetails]) -> bool:
    """Tell whether an earlier thing of the same list has the same mistake."""
    earlier = [(*path[:-1], index) for index in range(int(path[-1]))] if path and isinstance(path[-1], int) else []
    return any(one in told and told[one]["type"] == told[path]["type"] for one in earlier)


def _mistake(path: Path, annotation: Any, detail: ErrorDetails) -> tuple[str, str, str]:
    name = next((step for step in reversed(path) if isinstance(step, str)), "файл")
    if detail["type"] == "string_pattern_mismatch":
        return "bad_id", f"{name}: не подходит «{shown(detail['input'])}»", _pattern_hint(detail)
    return "bad_shape", f"{name}: не подходит {shown(detail['input'])}", f"нужно: {wanted(annotation)}"


def _pattern_hint(detail: ErrorDetails) -> str:
    pattern = (detail.get("ctx") or {}).get("pattern")
    return ID_HINT if pattern == IDENTIFIER else "нужен год из четырёх цифр"


ID_HINT = "строчные латинские буквы, цифры и _, первой буква, не длиннее 35 знаков"


def shown(value: Any) -> str:
    """Return a value as a person would write it in YAML, cut short.

    >>> shown(Decimal("3.0")), shown(True), shown(None), shown([1])
    ('3.0', 'true', 'пустое значение', 'список')
    """
    if value is None:
        return "пустое значение"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return "список" if isinstance(value, list) else "набор ключей"
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    return text if len(text) <= 40 else text[:40] + "…"


_SCALARS: dict[Any, str] = {
    str: "строка",
    int: "целое число",
    bool: "true или false",
    date: "дата ГГГГ-ММ-ДД",
    Decimal: "число",
}


def wanted(annotation: Any) -> str:
    """Return in Russian what an annotation asks for."""
    if get_origin(annotation) is Annotated:
        return wanted(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return " или ".join(dict.fromkeys(_members(annotation)))
    if _is_model(annotation):
        return "набор ключей " + ", ".join(_fields(annotation))
    if get_origin(annotation) is Literal:
        return "одно из: " + ", ".join(map(str, get_args(annotation)))
    if get_origin(annotation) in (dict, tuple):
        return "имена с описаниями" if get_origin(annotation) is dict else "список (строки с «- » или [ ])"
    return _SCALARS.get(annotation, "другое значение")


def _members(annotation: Any) -> Iterator[str]:
    for member in get_args(annotation):
        if member is not type(None):
            yield wanted(member)
