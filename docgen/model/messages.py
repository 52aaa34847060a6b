"""Pydantic's errors in, findings with stable codes and Russian words out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from docgen.errors import Operation
from docgen.model.blank import Blank
from docgen.model.finding import Finding, put, removed
from docgen.model.place import Place, place_of
from docgen.model.text import show
from docgen.model.types import described
from docgen.model.walk import Path

FILL = "укажите значение; оставить пропуск можно в режиме с пропусками (--blanks)"
NO_BLANK = "от этого значения зависит состав документа"


class Words(NamedTuple):
    """A code, what is wrong, the cure."""

    code: str
    message: str
    hint: str


def findings_of(error: ValidationError, root: type[BaseModel]) -> list[Finding]:
    """Return what an error says, one finding a mistake."""
    return [_finding(details, place_of(root, details["loc"])) for details in error.errors(include_url=False)]


def required(path: Path, label: str, hint: str = FILL) -> Finding:
    """Return the finding of a value that is absent."""
    return Finding(path, "required", _labelled(label, "не указано"), hint, fillable=True)


def blank_refused(path: Path, label: str = "") -> Finding:
    """Return the finding of a blank where none may stand."""
    return Finding(path, "blank", _labelled(label, "пропуск здесь невозможен"), f"укажите значение: {NO_BLANK}")


def _labelled(label: str, message: str) -> str:
    return f"{label}: {message}" if label else message


def _finding(details: ErrorDetails, place: Place) -> Finding:
    kind = details["type"]
    if kind == "missing":
        return required(place.path, place.label)
    if kind == "extra_forbidden":
        return _unknown_key(place)
    if isinstance(details["input"], Blank):
        return blank_refused(place.path, place.label)
    if kind in ("union_tag_invalid", "union_tag_not_found") and isinstance(details["input"], dict):
        return _tag(details, place)
    words = _own(details) if "what" in details.get("ctx", {}) else WORDS[kind](details)
    patch = _quotes(place.path, details) if kind == "string_type" else ()
    return Finding(place.path, words.code, _labelled(place.label, words.message), words.hint, patch=patch)


def _own(details: ErrorDetails) -> Words:
    """Return the words of a type of ours, which brings them itself."""
    context = details["ctx"]
    return Words(details["type"], context["what"], context["hint"])


def _unknown_key(place: Place) -> Finding:
    key = str(place.path[-1])
    message = f"поля «{show(key)}» здесь нет"
    if key in _OF_OTHERS and {"name", "address"} <= set(place.siblings()):
        hint = "уберите его или исправьте kind стороны"
        return Finding(place.path, "unknown_key", f"{message}: {_OF_OTHERS[key]}", hint, patch=removed(place.path))
    close = get_close_matches(key, place.siblings(), n=1, cutoff=0.7)
    if not close:
        hint = "уберите его; есть: " + ", ".join(place.siblings()) if place.siblings() else "уберите его"
        return Finding(place.path, "unknown_key", message, hint, patch=removed(place.path))
    instead = (*place.path[:-1], close[0])
    return Finding(place.path, "unknown_key", message, f"возможно, {close[0]}?", instead=instead)


_OF_OTHERS = {
    "kpp": "КПП бывает только у организаций",
    "ogrn": "ОГРН бывает только у российских организаций",
    "ogrnip": "ОГРНИП бывает только у предпринимателей",
    "snils": "СНИЛС указывается только у человека",
    "treasury": "казначейский счёт бывает только у бюджетных учреждений",
}
"""What a requisite of another kind of party says about itself."""


def _tag(details: ErrorDetails, place: Place) -> Finding:
    """Return the finding of a union whose kind is absent or unknown; nothing inside it can be read."""
    name = details["ctx"]["discriminator"].strip("'")
    path = (*place.path, name)
    source = details["input"]
    if name not in source:
        absent = _labelled(place.label, f"не указано поле {name}")
        return _typo_of(name, source, place.path) or Finding(path, "required", absent, _FILL_KIND, place.path)
    given = source[name]
    if isinstance(given, Blank):
        return Finding(path, "blank", _labelled(place.label, "пропуск здесь невозможен"), _FILL_KIND, place.path)
    known = _quoted(details["ctx"].get("expected_tags", ""))
    message = f"«{show(given)}» не подходит" if isinstance(given, str) else f"нужна строка, а здесь {described(given)}"
    return Finding(path, "choice", _labelled(place.label, message), _one_of(known, given), place.path)


_FILL_KIND = f"укажите значение: {NO_BLANK}"


def _typo_of(name: str, source: dict[str, Any], path: Path) -> Finding | None:
    close = get_close_matches(name, source, n=1)
    if not close:
        return None
    message = f"поля «{show(close[0])}» здесь нет"
    return Finding((*path, close[0]), "unknown_key", message, f"возможно, {name}?", path)


def _quoted(text: str) -> list[str]:
    """Return the words between single quotes."""
    return text.split("'")[1::2]


def _one_of(known: Iterable[str], given: object) -> str:
    words = list(known)
    close = get_close_matches(given, words, n=1) if isinstance(given, str) else []
    return f"возможно, {close[0]}?" if close else "годится: " + ", ".join(words)


# --- pydantic's own types --------------------------------------------------------------------


def _type(needed: str, hint: str = "исправьте значение") -> Callable[[ErrorDetails], Words]:
    return lambda details: Words("type", f"{needed}, а здесь {described(details['input'])}", hint)


def _quotes(path: Path, details: ErrorDetails) -> tuple[Operation, ...]:
    """Return the patch that puts a number in quotes."""
    given = details["input"]
    if isinstance(given, bool) or not isinstance(given, int | Decimal):
        return ()
    return put(path, format(given, "f") if isinstance(given, Decimal) else str(given))


def _string(details: ErrorDetails) -> Words:
    quotable = isinstance(details["input"], int | Decimal | date) and not isinstance(details["input"], bool)
    hint = "возьмите значение в кавычки" if quotable else "впишите текст в кавычках"
    return Words("type", f"нужна строка, а здесь {described(details['input'])}", hint)


def _literal(details: ErrorDetails) -> Words:
    known = details["ctx"]["expected"].replace(" or ", ", ").replace("'", "").split(", ")
    given = details["input"]
    shown = f"«{show(given)}»" if isinstance(given, str) else f"{described(given)}"
    return Words("choice", f"{shown} не подходит", _one_of(known, given))


def _bound(word: str, key: str) -> Callable[[ErrorDetails], Words]:
    def words(details: ErrorDetails) -> Words:
        limit = details["ctx"][key]
        return Words("out_of_bounds", f"допускается {word} {limit}, а здесь {details['input']}", "исправьте число")

    return words


WORDS: dict[str, Callable[[ErrorDetails], Words]] = {
    "string_type": _string,
    "int_type": _type("нужно целое число", "уберите кавычки и дробную часть"),
    "int_parsing_size": lambda _: Words("out_of_bounds", "число слишком велико", "исправьте число"),
    "bool_type": _type("нужно true или false", "без кавычек"),
    "model_type": _type("нужен объект { … }"),
    "union_tag_not_found": _type("нужен объект { … }"),
    "model_attributes_type": _type("нужен объект { … }"),
    "dict_type": _type("нужен объект { … }"),
    "tuple_type": _type("нужен список [ … ]"),
    "list_type": _type("нужен список [ … ]"),
    "literal_error": _literal,
    "greater_than": _bound("больше", "gt"),
    "greater_than_equal": _bound("не меньше", "ge"),
    "less_than": _bound("меньше", "lt"),
    "less_than_equal": _bound("не больше", "le"),
}
