"""YAML that cannot be read in: the line of its mistake, the reason in Russian, and the ids that may be in it out."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import yaml
from yaml.error import MarkedYAMLError
from yaml.reader import ReaderError
from yaml.tokens import ScalarToken

Place = tuple[int, str, str]
"""Line, message, cure."""

_REASONS = (
    ("quoted scalar", "не закрыта кавычка", "закройте кавычку в этой строке"),
    ("simple key", "после ключа нет двоеточия", "допишите двоеточие или исправьте отступ"),
    ("mapping values", "лишнее двоеточие или лишний отступ", "возьмите значение в кавычки, проверьте отступ"),
    ("undefined alias", "имя после * не определено", "определите его знаком & выше по файлу"),
    ("recursive alias", "имя после * стоит внутри самого себя", "уберите * отсюда"),
    ("too deep", "вложенность слишком глубока", "упростите файл"),
    ("too big", "со всеми повторами через * файл слишком велик", "уберите повторы"),
    ("\\t", "отступ сделан табуляцией", "замените табуляцию пробелами"),
    ("flow", "не закрыта скобка или нет запятой", "проверьте скобки [ ] { } и запятые"),
    ("single document", "в файле второй документ после ---", "уберите ---"),
)
_CURE = "проверьте отступы, кавычки и двоеточия в этой строке и перед ней"


def broken_place(error: Exception, text: str, loader: Any) -> Place:
    """Return the line of a mistake of YAML, what it is and how to mend it."""
    if isinstance(error, ReaderError):
        line = text.count("\n", 0, error.position) + 1
        return line, f"недопустимый знак U+{_code(error.character):04X}", "уберите этот знак"
    if not isinstance(error, MarkedYAMLError):
        found = re.search(r"\\U[0-9A-Fa-f]{8}", text)
        return text.count("\n", 0, found.start() if found else 0) + 1, "знака с таким кодом нет", "исправьте \\U…"
    told = f"{error.context or ''} {error.problem or ''}"
    runaway = _runaway(error, text, loader)
    if runaway:
        return runaway, *_REASONS[0][1:]
    reason = next((reason for reason in _REASONS if reason[0] in told), ("", "файл не читается как YAML", _CURE))
    return min(_line(error, text), max(text.count("\n"), 1)), *reason[1:]


def _code(character: Any) -> int:
    return character if isinstance(character, int) else ord(str(character)[:1] or " ")


def _line(error: MarkedYAMLError, text: str) -> int:
    mark, context = error.problem_mark, error.context_mark
    said = error.context or ""
    if context is not None and ("quoted" in said or "simple key" in said or _left_open(error, text)):
        return int(context.line) + 1
    return int(mark.line) + 1 if mark is not None else 1


def _left_open(error: MarkedYAMLError, text: str) -> bool:
    """Tell whether a bracket was never closed: the text below stands no deeper than the line of the bracket."""
    mark, context = error.problem_mark, error.context_mark
    if "flow" not in (error.context or "") or mark is None or context is None or mark.line == context.line:
        return False
    lines = [*text.split("\n"), ""]
    return not lines[mark.line].strip() or _indent(lines[mark.line]) <= _indent(lines[context.line])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _runaway(error: MarkedYAMLError, text: str, loader: Any) -> int:
    """Return the line of a quote that ran on into the next quoted text and so made this mistake, or 0."""
    mark = error.problem_mark
    if mark is None or "quoted" in (error.context or ""):
        return 0
    found = 0
    try:
        for token in yaml.scan(text, Loader=loader):
            if isinstance(token, ScalarToken) and token.style in ("'", '"') and _spans(token, mark.line):
                found = token.start_mark.line + 1
    except yaml.YAMLError:
        pass
    return found


def _spans(token: ScalarToken, line: int) -> bool:
    return bool(token.start_mark.line < token.end_mark.line == line)


# --- ids -------------------------------------------------------------------------------------

_NAME = r"[^\W\d]\w*"
_KEY = re.compile(rf"(?:^|[{{,\[]|- |\? )[ \t]*[\"']?({_NAME})[\"']?[ \t]*:(?=\s|$)", re.MULTILINE)
_VALUE = re.compile(rf"(?:[\[,]|- |: |^)[ \t]*[\"']?({_NAME})[\"']?[ \t]*(?=[,\]}}]|$)", re.MULTILINE)
_CALL = re.compile(rf"\b(?:ref|has|phrase)\(\s*[\"']({_NAME})[\"']")


def identifiers(text: str, broken: int = 0) -> set[str]:
    """Return what a text of YAML may define or use as an id or a name: keys, lone words, targets of references.

    On the broken line and the one before any word may be one, and two pieces may be one word.

    >>> sorted(identifiers("a: [b, c]\\nd: the {{ name }} of {{ ref('e') }}"))
    ['a', 'b', 'c', 'd', 'e']
    """
    found = {found for pattern in (_KEY, _VALUE, _CALL) for found in pattern.findall(text)}
    if broken:
        words = re.findall(r"\w+", " ".join(text.split("\n")[max(broken - 2, 0) : broken + 1]))
        found |= {*words, *map("".join, pairwise(words))}
    return found


def identifiers_of(data: Any) -> set[str]:
    """Return the same of data that was read but cannot be used."""
    if isinstance(data, dict):
        return set(data).union(*(identifiers_of(value) for value in data.values()))
    if isinstance(data, list):
        return set().union(*(identifiers_of(value) for value in data))
    if not isinstance(data, str):
        return set()
    return {data} if re.fullmatch(_NAME, data) else set(_CALL.findall(data))
