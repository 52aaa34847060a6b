"""YAML text in, plain data with line marks out; every slip of YAML itself comes back as a problem."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import yaml
from yaml.composer import ComposerError
from yaml.events import AliasEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from docgen.errors import Problem
from docgen.library.broken import broken_place, identifiers, identifiers_of
from docgen.library.passage import Passage, passage_of

Path = tuple[str | int, ...]

DEPTH = 50
"""How deep a file may be nested; a library or a firm's profile needs about ten."""
SIZE = 200_000
"""How many values a file may have with all its aliases written out."""


class _Loader(yaml.SafeLoader):
    """SafeLoader with resolvers of our own (no sexagesimals, no yes/no booleans, no floats) and bounds."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.depth = self.size = 0
        self.sizes: dict[str, int] = {}

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, AliasEvent):
            self._count(event, self._aliased(event))
            return super().compose_node(parent, index)
        before, self.depth = self.size, self.depth + 1
        self._count(event, 1)
        node = super().compose_node(parent, index)
        self.depth -= 1
        if event.anchor is not None:
            self.sizes[event.anchor] = self.size - before
        return node

    def _aliased(self, event: Any) -> int:
        """Return how many values an alias stands for; an alias inside its own anchor has no end."""
        if event.anchor in self.anchors and event.anchor not in self.sizes:
            raise ComposerError(None, None, "recursive alias", event.start_mark)
        return self.sizes.get(event.anchor, 0)

    def _count(self, event: Any, more: int) -> None:
        self.size += more
        if self.depth > DEPTH:
            raise ComposerError(None, None, "too deep", event.start_mark)
        if self.size > SIZE:
            raise ComposerError(None, None, "too big", event.start_mark)


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
    ("bool", r"^(?:true|false)$", list("tf")),
    ("int", r"^-?(?:0|[1-9][0-9]*)$", list("-0123456789")),
    ("decimal", r"^-?[0-9]+\.[0-9]+$", list("-0123456789")),
    ("date", r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", list("0123456789")),
):
    _Loader.add_implicit_resolver(f"!{_tag}", re.compile(_pattern), _first)

_STRING = "tag:yaml.org,2002:str"
_SCALARS: dict[str, Callable[[str], Any]] = {
    "!null": lambda _: None,
    "!bool": lambda text: text == "true",
    "!int": int,
    "!decimal": Decimal,
    "!date": date.fromisoformat,
    _STRING: str,
}
_CONTAINERS = ("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")
DIGITS = 40
_ILL = re.compile("[\ud800-\udfff\ue000\ue001]")
"""Lone surrogates, and the two marks that fill-in keeps for itself."""


@dataclass(slots=True)
class Source:
    """One YAML file as data: ``data``, its problems, the line of every path and the words of every text in it.

    ``words`` are the ids and names that an unreadable piece may define or use, so that one mistake does not make
    its readers look broken too. ``damaged`` are the paths whose value had to be replaced by a filler, ``doubles`` the
    second values of keys given twice.
    """

    name: str
    data: Any = None
    problems: list[Problem] = field(default_factory=list)
    lines: dict[Path, int] = field(default_factory=dict)
    passages: dict[Path, Passage] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    damaged: set[Path] = field(default_factory=set)
    doubles: list[tuple[Path, Any, Source]] = field(default_factory=list)
    unread: bool = False

    def is_doubled(self, path: Path) -> bool:
        """Tell whether a key was given twice, so that nobody knows which value was meant."""
        return any(path == double for double, _, _ in self.doubles)

    def where(self, path: Path = ()) -> str:
        """Return ``file:line`` of a path, or of the nearest thing above it that exists."""
        while path not in self.lines and path:
            path = path[:-1]
        return f"{self.name}:{self.lines.get(path, 1)}"

    def passage(self, path: Path, text: str) -> Passage:
        """Return the text at a path with the lines it has in the file."""
        found = self.passages.get(path)
        return found or Passage(text, self.name, int(self.where(path).rpartition(":")[2]))

    def add(self, path: Path, code: str, message: str, hint: str) -> None:
        """Note a problem at a path."""
        self.problems.append(Problem(self.where(path), code, message, hint))

    def is_damaged(self, path: Path) -> bool:
        """Tell whether a value or something above it was replaced by a filler."""
        return any(path[: len(one)] == one for one in self.damaged)

    def is_hurt(self, path: Path) -> bool:
        """Tell whether a value, something above it or something inside it was replaced by a filler."""
        return any(path[: len(one)] == one or one[: len(path)] == path for one in self.damaged)

    def rename(self, path: Path, key: str) -> None:
        """Let everything below a misspelt key be found under the right key too."""
        old, new = len(path), (*path[:-1], key)
        self.lines |= {(*new, *one[old:]): line for one, line in self.lines.items() if one[:old] == path}
        self.passages |= {(*new, *one[old:]): text for one, text in self.passages.items() if one[:old] == path}
        self.damaged |= {(*new, *one[old:]) for one in self.damaged if one[:old] == path}


def decoded(name: str, content: bytes) -> Source | str:
    """Return a file's text, or the source that tells why it is not UTF-8."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        source = Source(name, unread=True, words=identifiers(content.decode("utf-8", "replace")))
        hint = "сохраните файл в кодировке UTF-8"
        source.problems.append(Problem(f"{name}:{line}", "bad_yaml", "файл записан не в UTF-8", hint))
        return source


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
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        line, message, hint = broken_place(error, text, _Loader)
        source.problems.append(Problem(f"{name}:{line}", "bad_yaml", message, hint))
        source.words, source.unread = identifiers(text, line), True
        return source
    if node is not None:
        source.data = _construct(node, (), source)
    return source


def _construct(node: Node, path: Path, source: Source) -> Any:
    source.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, ScalarNode):
        return _construct_scalar(node, path, source)
    if node.tag not in _CONTAINERS:
        return _refuse_tag(node, path, source)
    if isinstance(node, MappingNode):
        return _construct_map(node, path, source, {})
    assert isinstance(node, SequenceNode)
    return [_construct(item, (*path, index), source) for index, item in enumerate(node.value)]


def _refuse_tag(node: Node, path: Path, source: Source) -> None:
    source.add(path, "bad_yaml", f"тег {node.tag} не допускается", "уберите тег")
    source.damaged.add(path)


def _construct_map(node: MappingNode, path: Path, source: Source, result: dict[str, Any]) -> dict[str, Any]:
    for key, value in _pairs(node, source):
        here = (*path, key.value)
        if key.value in result:
            _note_double(key, value, here, source, result[key.value])
        else:
            source.lines[here] = key.start_mark.line + 1
            result[key.value] = _construct(value, here, source)
    return result


def _note_double(key: ScalarNode, value: Node, here: Path, source: Source, first: Any) -> None:
    """Tell a duplicate key; the first stands, but a second area of a file (``clauses:``) is joined to the first."""
    message = f"ключ «{key.value}» уже есть в строке {source.lines[here]}"
    where = f"{source.name}:{key.start_mark.line + 1}"
    source.problems.append(Problem(where, "duplicate_key", message, "оставьте один из них"))
    if len(here) == 1 and isinstance(first, dict) and isinstance(value, MappingNode):
        _construct_map(value, here, source, first)
    else:
        second = Source(source.name)
        data = _construct(value, here, second)
        source.problems += second.problems
        if len(here) != 2:  # a second piece of one id is kept and read
            source.words |= identifiers_of(data)
        source.doubles.append((here, data, second))


def _pairs(node: MappingNode, source: Source) -> Iterator[tuple[ScalarNode, Node]]:
    for key, value in node.value:
        if isinstance(key, ScalarNode):
            yield key, value
        else:
            where = f"{source.name}:{key.start_mark.line + 1}"
            message = "ключ здесь — список или набор ключей"
            source.problems.append(Problem(where, "bad_yaml", message, "ключом может быть только слово"))


def _construct_scalar(node: ScalarNode, path: Path, source: Source) -> Any:
    make = _SCALARS.get(node.tag)
    if make is None:
        return _refuse_tag(node, path, source)
    if _ILL.search(node.value):
        return _refuse_value(path, source, "в тексте служебный знак", "уберите знак: его нет ни в одном шрифте")
    if node.tag == _STRING:
        source.passages[path] = passage_of(node, source.name)
    if node.style is None and _comment_follows(node):
        hint = "возьмите текст в кавычки или в блок |"
        source.add(path, "cut_text", "хвост значения после « #» пропадает как комментарий", hint)
    if node.tag in ("!int", "!decimal") and len(node.value) > DIGITS:
        return _refuse_value(path, source, f"в числе больше {DIGITS} цифр", "проверьте число")
    try:
        return make(node.value)
    except ValueError:
        hint = "дата пишется ГГГГ-ММ-ДД и должна существовать"
        return _refuse_value(path, source, f"«{node.value}» — не дата", hint)


def _refuse_value(path: Path, source: Source, message: str, hint: str) -> None:
    source.add(path, "bad_value", message, hint)
    source.damaged.add(path)


def _comment_follows(node: Node) -> bool:
    """Tell whether Russian words are lost in a comment right behind a plain scalar («текст» # п. 5)."""
    mark = node.end_mark
    if mark.buffer is None:
        return False
    rest = mark.buffer[mark.pointer : mark.buffer.find("\n", mark.pointer)]
    return bool(re.match(r"\s+#\s*[а-яё]", rest, re.IGNORECASE)) and bool(
        re.search("[а-яё]", str(node.value), re.IGNORECASE)
    )
