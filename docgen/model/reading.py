"""Bytes of a JSON file in, one plain object out, read to the letter: no float, no duplicate key, no NaN."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from json import JSONDecodeError
from typing import Any

from docgen.errors import OrderInvalid, Problem
from docgen.model.text import is_clean, show
from docgen.model.walk import JsonObject, Path, pointer_join

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 50
MAX_DIGITS = 30

# An unterminated string is taken whole, so that the scan stays linear on hostile input.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)

_SYNTAX = {
    "Expecting value": "здесь нужно значение",
    "Expecting property name enclosed in double quotes": "здесь нужно имя поля в двойных кавычках",
    "Expecting ':' delimiter": "после имени поля нужно двоеточие",
    "Expecting ',' delimiter": "здесь нужна запятая или закрывающая скобка",
    "Illegal trailing comma before end of object": "лишняя запятая перед закрывающей скобкой",
    "Illegal trailing comma before end of array": "лишняя запятая перед закрывающей скобкой",
    "Extra data": "после конца объекта есть лишний текст",
    "Unterminated string starting at": "строка не закрыта кавычкой",
    "Invalid control character at": "внутри строки стоит управляющий символ (перенос строки, табуляция)",
    "Invalid \\escape": "неизвестная последовательность после обратной косой черты",
    "Invalid \\uXXXX escape": "после \\u нужны четыре шестнадцатеричные цифры",
}


class _Pairs(list[tuple[str, object]]):
    """An object as it stands in the file, repeated keys included."""


class _BadNumber:
    """A number that cannot be kept exactly: NaN, Infinity or far too long."""

    def __init__(self, text: str) -> None:
        self.text = text


def read_json(source: bytes | str) -> JsonObject:
    """Return the object that the source holds: fractions are ``Decimal``, whole numbers ``int``.

    Raises OrderInvalid: with one problem at "" for what is no JSON object, else with every repeated key and
    every impossible number at once.

    >>> read_json('{"price": 999999999999999.99, "days": 5}')
    {'price': Decimal('999999999999999.99'), 'days': 5}
    """
    value, problems = scan_json(source)
    if problems:
        raise OrderInvalid(problems)
    return value


def scan_json(source: bytes | str) -> tuple[JsonObject, tuple[Problem, ...]]:
    """Return the object that the source holds and the slips in it, so that its other mistakes can be told with them.

    A repeated key keeps its last value, an impossible number becomes null. Raises OrderInvalid for what is no
    JSON object.
    """
    text = _decode(source)
    _check_depth(text)
    problems: list[Problem] = []
    value = _plain(_parse(text), (), problems)
    if not isinstance(value, dict):
        raise _refuse("type", "в файле должен быть один объект JSON", "начните с { и закончите }")
    return value, tuple(problems)


def _refuse(code: str, message: str, hint: str) -> OrderInvalid:
    return OrderInvalid([Problem("", code, message, hint)])


def _decode(source: bytes | str) -> str:
    size = len(source) if isinstance(source, bytes) else len(source.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        raise _refuse("too_large", "данные больше 2 МБ", "оставьте в файле только данные документа")
    text = source if isinstance(source, str) else _utf8(source)
    if text.startswith("\ufeff"):
        raise _refuse("encoding", "файл начинается с метки порядка байтов (BOM)", "сохраните файл в UTF-8 без BOM")
    return text


def _utf8(source: bytes) -> str:
    if source.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in source[:4]:
        raise _refuse("encoding", "файл записан в UTF-16 или UTF-32", "сохраните файл в UTF-8 без BOM")
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise _refuse(
            "encoding", f"строка {line}: это не UTF-8", "сохраните файл в UTF-8 без BOM (часто он в Windows-1251)"
        ) from None


def _check_depth(text: str) -> None:
    depth = 0
    for match in _TOKEN.finditer(text):
        token = match.group()
        depth += (token in "[{") - (token in "]}") if len(token) == 1 else 0
        if depth > MAX_DEPTH:
            line = text.count("\n", 0, match.start()) + 1
            raise _refuse(
                "too_deep", f"строка {line}: вложенность больше {MAX_DEPTH}", "закройте лишние скобки: такого поля нет"
            )


def _parse(text: str) -> object:
    try:
        return json.loads(
            text, object_pairs_hook=_Pairs, parse_float=_fraction, parse_int=_whole, parse_constant=_BadNumber
        )
    except JSONDecodeError as error:
        what = _SYNTAX.get(error.msg, "здесь ошибка записи JSON")
        raise _refuse(
            "json", f"строка {error.lineno}, столбец {error.colno}: {what}", "исправьте запись в этом месте"
        ) from None


def _fraction(text: str) -> Decimal | _BadNumber:
    if len(text) > MAX_DIGITS + 10:
        return _BadNumber(text)
    value = Decimal(text)
    # The exponent of a written zero may be huge as well, so the text decides and not the magnitude.
    exponent = value.as_tuple().exponent
    fits = isinstance(exponent, int) and abs(exponent) <= MAX_DIGITS and abs(value.adjusted()) <= MAX_DIGITS
    return value if fits else _BadNumber(text)


def _whole(text: str) -> int | _BadNumber:
    return int(text) if len(text) <= MAX_DIGITS else _BadNumber(text)


def _plain(node: object, path: Path, problems: list[Problem]) -> Any:
    """Return the node with dicts for pairs, noting what cannot be kept."""
    if isinstance(node, _Pairs):
        return _object(node, path, problems)
    if isinstance(node, list):
        return [_plain(value, (*path, index), problems) for index, value in enumerate(node)]
    if isinstance(node, _BadNumber):
        problems.append(
            Problem(pointer_join(*path), "number", f"«{show(node.text)}» не годится как число", "впишите обычное число")
        )
        return None
    if node is None or isinstance(node, str | int | Decimal):
        return node
    raise TypeError(f"the JSON reader gave {type(node)}")


def _object(pairs: _Pairs, path: Path, problems: list[Problem]) -> JsonObject:
    result: JsonObject = {}
    repeated: set[str] = set()
    for key, value in pairs:
        if key in result:
            repeated.add(key)
        result[key] = _plain(value, (*path, key if is_clean(key) else show(key)), problems)
    for key in repeated:
        problems.append(
            Problem(
                pointer_join(*path, key if is_clean(key) else show(key)),
                "duplicate_key",
                f"поле «{show(key)}» записано несколько раз",
                "оставьте одно значение",
            )
        )
    return result
