"""The library's table of columns in, what is wrong with it out: every field has a title, every value a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from docgen.errors import Problem
from docgen.library.load import Placed
from docgen.library.schema import SheetColumnSpec, SheetsSpec
from docgen.library.shapes import Scalar, shape_of
from docgen.library.sheets.cells import sameness
from docgen.library.spelling import perhaps
from docgen.library.yaml import Path
from docgen.model import Part
from docgen.model.work import DATA


def sheet_problems(placed: Placed[SheetsSpec]) -> Iterator[Problem]:
    """Yield what is wrong with the table of columns."""
    lists = placed.spec.lists
    if not placed.is_damaged("lists"):
        yield from _lacking(placed, ("lists",), "списка", DATA, lists)
    for name in lists:
        if name not in DATA:
            hint = perhaps(name, DATA, "бывает: " + ", ".join(DATA))
            yield Problem(placed.where("lists", name), "unknown_key", f"в деле нет списка {name}", hint)
        elif not placed.is_damaged("lists", name):
            yield from _list_problems(placed, name, DATA[name])
    names: list[tuple[Path, str]] = [
        (("lists", name, "sheets"), title) for name, sheet in lists.items() for title in (name, *sheet.sheets)
    ]
    yield from _repeated(placed, names, "лист")


def _list_problems(placed: Placed[SheetsSpec], name: str, model: type[Part]) -> Iterator[Problem]:
    columns = placed.spec.lists[name].columns
    here: Path = ("lists", name, "columns")
    if not placed.spec.lists[name].sheets and not placed.is_damaged("lists", name, "sheets"):
        yield _empty(placed, ("lists", name, "sheets"), f"у списка {name} нет ни одного листа")
    if not placed.is_hurt(*here):
        plain = {column.field for column in columns if column.unit is None}
        yield from _lacking(placed, here, "столбца для поля", model.model_fields, plain)
    for index, column in enumerate(columns):
        if column.field in model.model_fields:
            yield from _column_problems(placed, (*here, index), column, model)
        elif not placed.is_damaged(*here, index, "field"):
            hint = perhaps(column.field, model.model_fields, "бывает: " + ", ".join(model.model_fields))
            where = placed.where(*here, index, "field")
            yield Problem(where, "unknown_key", f"в списке {name} нет поля {column.field}", hint)
    titles = [((*here, index, "titles"), title) for index, column in enumerate(columns) for title in _titles(column)]
    yield from _repeated(placed, titles, "столбец")


def _titles(column: SheetColumnSpec) -> Iterator[str]:
    yield from column.titles
    if column.unit is None:
        yield column.field


def _column_problems(
    placed: Placed[SheetsSpec], here: Path, column: SheetColumnSpec, model: type[Part]
) -> Iterator[Problem]:
    shape = shape_of(model.model_fields[column.field].annotation)
    choices = shape.choices if isinstance(shape, Scalar) else frozenset()
    kind = shape.kind if isinstance(shape, Scalar) else ""
    if not column.titles and not placed.is_damaged(*here, "titles"):
        yield _empty(placed, (*here, "titles"), f"у столбца {column.field} нет ни одного названия")
    if column.unit is not None and kind != "integer":
        message = f"единица измерения бывает только у целого числа, а {column.field} — не число"
        yield Problem(placed.where(*here, "unit"), "bad_shape", message, "уберите unit")
    if not placed.is_hurt(*here, "words"):
        yield from _word_problems(placed, (*here, "words"), column, choices)


def _word_problems(
    placed: Placed[SheetsSpec], here: Path, column: SheetColumnSpec, choices: frozenset[str]
) -> Iterator[Problem]:
    for value in column.words:
        if value not in choices:
            hint = perhaps(value, choices, "бывает: " + ", ".join(sorted(choices)) if choices else "уберите words")
            yield Problem(placed.where(*here, value), "unknown_key", f"у {column.field} нет значения {value}", hint)
    told = {value for value, words in column.words.items() if words}
    yield from _lacking(placed, here, "слова для значения", choices, told)
    words = [((*here, value), word) for value, words in column.words.items() for word in (value, *words)]
    yield from _repeated(placed, words, "слово")


def _lacking(
    placed: Placed[SheetsSpec], here: Path, what: str, wanted: Mapping[str, Any] | frozenset[str], given: Any
) -> Iterator[Problem]:
    for name in sorted(wanted):
        if name not in given:
            yield Problem(placed.where(*here), "missing_key", f"не хватает {what} {name}", "допишите")


def _empty(placed: Placed[SheetsSpec], here: Path, message: str) -> Problem:
    return Problem(placed.where(*here), "bad_shape", message, "впишите хотя бы одно")


def _repeated(placed: Placed[SheetsSpec], names: Iterable[tuple[Path, str]], what: str) -> Iterator[Problem]:
    """Yield a problem for each name that two things of one kind bear."""
    seen: dict[str, Path] = {}
    for path, name in names:
        first = seen.setdefault(sameness(name), path)
        if first != path and not placed.is_hurt(*path):
            where, before = placed.where(*path), placed.where(*first)
            message = f"{what} «{name}» уже значит другое: {before}"
            yield Problem(where, "duplicate_id", message, "оставьте его в одном месте")
