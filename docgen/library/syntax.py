"""Jinja's own refusals and names in, a line, a Russian reason and a cure out."""

from __future__ import annotations

import re

from jinja2 import TemplateSyntaxError, nodes

_NAMES: dict[type[nodes.Node], str] = {
    nodes.Assign: "set",
    nodes.AssignBlock: "set",
    nodes.Macro: "macro",
    nodes.CallBlock: "call",
    nodes.Include: "include",
    nodes.Import: "import",
    nodes.FromImport: "import",
    nodes.Extends: "extends",
    nodes.Block: "block",
    nodes.FilterBlock: "блок filter",
    nodes.With: "with",
    nodes.Concat: "знак ~",
    nodes.Test: "проверка is",
    nodes.Slice: "срез [:]",
    nodes.Dict: "словарь { }",
    nodes.Add: "знак +",
    nodes.Sub: "знак −",
    nodes.Mul: "знак *",
    nodes.Div: "знак /",
    nodes.FloorDiv: "знак //",
    nodes.Mod: "знак %",
    nodes.Pow: "знак **",
    nodes.Pos: "знак + перед числом",
    nodes.Tuple: "несколько имён в for",
}


def foreign(node: nodes.Node) -> str:
    """Return the name of a construction that texts may not have."""
    return _NAMES.get(type(node), "эта конструкция")


Mistake = tuple[int, str, str, str]
"""Line inside the text, code, message, cure."""


def syntax_mistake(error: TemplateSyntaxError, text: str) -> Mistake:
    """Return where a text breaks off, what is wrong and how to mend it."""
    line = open_brace(text)
    if line:
        return line, "bad_template", "не закрыты скобки {{ или {%", "закройте: }} или %}"
    line = open_block(text) if re.search("end of template|looking for the following tags", error.message or "") else 0
    if line:
        return line, "bad_template", "if или for не закрыт", "допишите {% endif %} или {% endfor %}"
    message, hint = _reason(error.message or "")
    return min(error.lineno, text.rstrip("\n").count("\n") + 1), "bad_template", message, hint


def open_brace(text: str) -> int:
    """Return the line of the first {{ or {% that the next one overtakes, or 0.

    >>> open_brace("a {{ b\\n{{ c }}"), open_brace("{{ a }} {% if b %}")
    (1, 0)
    """
    opened = 0
    for found in re.finditer(r"\{\{|\{%|\}\}|%\}", text):
        if found.group() in ("}}", "%}"):
            opened = 0
        elif opened:
            return opened
        else:
            opened = text.count("\n", 0, found.start()) + 1
    return opened


def open_block(text: str) -> int:
    """Return the line of the innermost if or for that is not closed, or 0.

    >>> open_block("{% if a %}\\n{% for b in c %}\\n{% endif %}"), open_block("{% if a %}{% endif %}")
    (2, 0)
    """
    stack: list[tuple[str, int]] = []
    for found in re.finditer(r"\{%-?\s*(if|for|endif|endfor)\b", text):
        word = found.group(1)
        if not word.startswith("end"):
            stack.append((word, text.count("\n", 0, found.start()) + 1))
        elif not stack or stack[-1][0] != word[3:]:
            break
        else:
            stack.pop()
    return stack[-1][1] if stack else 0


_CURE = "проверьте скобки {{ }} и {% %}, кавычки и слова if, for"
_NEAR = "ошибка синтаксиса шаблона рядом с «{0}»"
_REASONS = (
    (r"unknown tag '(\w+)'", "нет тега {0}", "допускаются if, elif, else, endif, for, endfor"),
    (r"[Uu]nexpected end of template", "текст обрывается: тег не закрыт", "допишите {% endif %} или {% endfor %}"),
    (r"unexpected char '(.+)'", _NEAR, _CURE),
    (r"got '(.+)'", _NEAR, _CURE),
    (r"unexpected '(.+)'", _NEAR, _CURE),
)
_TOKENS = {
    "end of print statement": "}}",
    "end of statement block": "%}",
    "end of template": "конец текста",
    "begin of print statement": "{{",
}


def _reason(message: str) -> tuple[str, str]:
    for pattern, told, hint in _REASONS:
        found = re.search(pattern, message)
        if found:
            return told.format(*(_TOKENS.get(word, word) for word in found.groups())), hint
    return "ошибка синтаксиса шаблона", _CURE
