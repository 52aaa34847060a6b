"""A YAML string in, its words laid out on the lines they have in the file out.

Folding joins lines and escapes make new ones; a mistake in a text must still be told at its own line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml
from yaml.nodes import ScalarNode


@dataclass(frozen=True, slots=True)
class Passage:
    """A text whose first line is ``line`` of a file, and every next line the next."""

    text: str
    file: str
    line: int


def passage_of(node: ScalarNode, file: str) -> Passage:
    """Return a string of YAML as it lies in its file: a line break there is a line break here, and no other is."""
    start, raw = _raw(node)
    if node.style in ("|", ">"):
        body = raw.split("\n")[1:]
        margin = min((len(line) - len(line.lstrip(" ")) for line in body if line.strip()), default=0)
        return Passage("\n".join(line[margin:] for line in body), file, start + 1)
    if "\n" not in raw:
        return Passage(str(node.value).replace("\n", " "), file, start)
    return Passage("\n".join(_lines(node.style or "", raw)), file, start)


def _raw(node: ScalarNode) -> tuple[int, str]:
    """Return the first line of a scalar and its source, without its anchor and tag."""
    first, last = node.start_mark, node.end_mark
    raw = (first.buffer or "")[first.pointer : last.pointer]
    marks = re.match(r"(?:[&!]\S*\s+)*", raw)
    assert marks is not None
    return first.line + 1 + marks.group().count("\n"), raw[marks.end() :]


def _lines(style: str, raw: str) -> list[str]:
    lines = raw.split("\n")
    if style == "'":
        return [line.replace("''", "'") for line in raw[1:-1].split("\n")]
    return [_unescaped(line) for line in raw[1:-1].split("\n")] if style == '"' else lines


def _unescaped(line: str) -> str:
    """Return one line of a double-quoted string without its escapes; an escaped line break is a space."""
    line = re.sub(r"(?<!\\)((?:\\\\)*)\\$", r"\1", line.strip("\r"))
    try:
        read = yaml.safe_load(f'"{line}"')
    except yaml.YAMLError:
        return line
    return str(read).replace("\n", " ")
