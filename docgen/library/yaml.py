"""YAML text in, plain data with line marks out; every slip of YAML itself comes back as a problem."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from docgen.errors import Problem

Path = tuple[str | int, ...]


class _Loader(yaml.SafeLoader):
    """SafeLoader with resolvers of our own: no sexagesimals, no yes/no booleans, no floats."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
    ("bool", r"^(?:true|false)$", list("tf")),
    ("int", r"^-?(?:0|[1-9][0-9]*)$", list("-0123456789")),
    ("decimal", r"^-?[0-9]+\.[0-9]+$", list("-0123456789")),
    ("date", r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", list("0123456789")),
):
    _Loader.add_implicit_resolver(f"!{_tag}", re.compile(_pattern), _first)

_SCALARS: dict[str, Callable[[str], Any]] = {
    "!null": lambda _: None,
    "!bool": lambda text: text == "true",
    "!int": int,
    "!decimal": Decimal,
    "!date": date.fromisoformat,
    "tag:yaml.org,2002:str": str,
}


@dataclass(slots=True)
class Source:
    """One YAML file as data: ``data``, its problems and the line of every path in it.

    ``words`` are all the identifiers in a file that could not be read: they may be defined or used there,
    so that one broken file does not make its readers look broken too.
    """

    name: str
    data: Any = None
    problems: list[Problem] = field(default_factory=list)
    lines: dict[Path, int] = field(default_factory=dict)
    blocks: set[Path] = field(default_factory=set)
    words: frozenset[str] = frozenset()

    def where(self, path: Path = ()) -> str:
        """Return ``file:line`` of a path, or of the nearest thing above it that exists."""
        while path not in self.lines and path:
            path = path[:-1]
        return f"{self.name}:{self.lines.get(path, 1)}"

    def text_line(self, path: Path) -> int:
        """Return the line on which the words of a text at ``path`` begin (a ``|`` block begins one lower)."""
        return self.lines.get(path, 1) + (path in self.blocks)

    def add(self, path: Path, code: str, message: str, hint: str = "") -> None:
        """Note a problem at a path."""
        self.problems.append(Problem(self.where(path), code, message, hint))


def read_yaml(name: str, text: str) -> Source:
    """Return the data of a YAML text; broken YAML gives one problem, duplicate keys one each.

    >>> source = read_yaml("a.yaml", "time: 12:30\\nrate: 0.1\\nno: no\\n")
    >>> source.data
    {'time': '12:30', 'rate': Decimal('0.1'), 'no': 'no'}
    >>> source.where(("rate",))
    'a.yaml:2'
    """
    source = Source(name)
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        _note_broken(source, error, text)
        return source
    if node is not None:
        source.data = _construct(node, (), source)
    return source


def _note_broken(source: Source, error: yaml.YAMLError, text: str) -> None:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = min(mark.line + 1, max(text.count("\n"), 1)) if mark is not None else 1
    source.problems.append(
        Problem(
            f"{source.name}:{line}",
            "bad_yaml",
            "файл не читается как YAML",
            "проверьте отступы, кавычки и двоеточия в этой строке и перед ней",
        )
    )
    source.words = frozenset(re.findall(r"[^\W\d]\w*", text))


def _construct(node: Node, path: Path, source: Source) -> Any:
    source.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, MappingNode):
        return _construct_map(node, path, source)
    if isinstance(node, SequenceNode):
        return [_construct(item, (*path, index), source) for index, item in enumerate(node.value)]
    if isinstance(node, ScalarNode):
        return _construct_scalar(node, path, source)
    raise TypeError(f"YAML has no node {type(node).__name__}")


def _construct_map(node: MappingNode, path: Path, source: Source) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in _pairs(node):
        if key.value in result:
            line = key.start_mark.line + 1
            source.problems.append(
                Problem(
                    f"{source.name}:{line}",
                    "duplicate_key",
                    f"ключ «{key.value}» уже есть в строке {source.lines[(*path, key.value)]}",
                    "оставьте один из них",
                )
            )
            continue
        source.lines[(*path, key.value)] = key.start_mark.line + 1
        result[key.value] = _construct(value, (*path, key.value), source)
    return result


def _pairs(node: MappingNode) -> Iterator[tuple[ScalarNode, Node]]:
    for key, value in node.value:
        if isinstance(key, ScalarNode):
            yield key, value


def _construct_scalar(node: ScalarNode, path: Path, source: Source) -> Any:
    make = _SCALARS.get(node.tag)
    if make is None:
        source.add(path, "bad_yaml", f"тег {node.tag} не допускается", "уберите тег")
        return None
    if node.style == "|":
        source.blocks.add(path)
    if node.style is None and _comment_follows(node):
        source.add(
            path,
            "cut_text",
            "хвост значения после « #» пропадает как комментарий",
            "возьмите текст в кавычки или в блок |",
        )
    try:
        return make(node.value)
    except ValueError:
        source.add(path, "bad_value", f"«{node.value}» — не дата", "дата пишется ГГГГ-ММ-ДД и должна существовать")
        return None


def _comment_follows(node: Node) -> bool:
    """Tell whether Russian words are lost in a comment right behind a plain scalar («текст» # п. 5)."""
    mark = node.end_mark
    if mark.buffer is None:
        return False
    rest = mark.buffer[mark.pointer :].split("\n", 1)[0]
    return bool(re.match(r"\s+#\s*[а-яё]", rest, re.IGNORECASE)) and bool(
        re.search("[а-яё]", str(node.value), re.IGNORECASE)
    )
