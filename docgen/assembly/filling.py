"""A clause text and the facts in, inlines out: values and references become opaque tokens before any mark is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from jinja2 import Environment, StrictUndefined, Template, nodes, pass_context
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from docgen.assembly.trace import Blanked, DateLeaf, DecimalLeaf, Doubts, IntLeaf, Missing, TextLeaf
from docgen.document import Blank, Inline, Inlines, Ref, Strong, Text, Value
from docgen.errors import Problem
from docgen.language import Words, typeset

STATE = "docgen_state"
SETTLE, HANGS, DOUBT = "docgen_settle", "docgen_hangs", "docgen_doubt"
TOKEN = re.compile("\ue000([0-9]+)\ue001")
BLANK_TEXT = "_" * 16


@dataclass(slots=True)
class Filling:
    """What one assembly collects: tokens, problems, warnings; and what it may point at."""

    present: frozenset[str] = frozenset()
    words: Words = field(default_factory=Words)
    phrases: Mapping[str, str] = field(default_factory=dict)
    tokens: list[Inline] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    doubts: Doubts = field(default_factory=Doubts)

    def token(self, inline: Inline) -> str:
        """Return the opaque token that stands for an inline until marks and typography are done."""
        self.tokens.append(inline)
        return f"\ue000{len(self.tokens) - 1}\ue001"

    def missing(self, source: str) -> str:
        """Note that a text prints a fact that was not given; return a blank for the rest of the text."""
        message = "не указано, а текст документа это печатает"
        self.problems.append(
            Problem(source, "required", message, "укажите значение или оставьте пропуск (null и --blanks)")
        )
        return self.token(Blank(BLANK_TEXT, source))


def filling_of(context: Context) -> Filling:
    """Return the state of the assembly that a text is filled for."""
    state = context.resolve(STATE)
    assert isinstance(state, Filling)
    return state


@pass_context
def _finalize(context: Context, value: Any) -> str:
    """Return what ``{{ value }}`` leaves in the text: library words as they are, all else as a token."""
    state = filling_of(context)
    match value:
        case Value() | Blank() | Ref():
            return state.token(value)
        case TextLeaf() | IntLeaf():
            return state.token(Value(str(value), value.source))
        case Missing():
            return state.missing(value.source)
        case Blanked():
            return state.token(Blank(value.text or BLANK_TEXT, value.source))
        case Undefined() | DateLeaf() | DecimalLeaf() | date() | Decimal() | bool() | None:
            raise TypeError(f"a text prints {value!r} without a filter")
        case int():
            return state.token(Value(str(value), "count"))
        case str():
            return value
        case _:
            raise TypeError(f"a text prints {type(value).__name__}")


class _Sandbox(ImmutableSandboxedEnvironment):
    """Shares its functions with every text as they are: Jinja's chain of two mappings is slow to copy."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the functions that a text may call; no text has any of its own."""
        assert not d
        return self.globals


class _Preview(_Sandbox):
    """The sandbox of previews: what a text would choose by a blank stands as a blank."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree: nodes.Template = _Choices().visit(super()._parse(source, name, filename))
        tree.set_environment(self)
        return tree


class _Choices(NodeTransformer):
    """Puts before each branch of a text one that is taken, with a blank in it, when its condition asks a blank."""

    def visit_If(self, node: nodes.If) -> nodes.If:
        cases: list[nodes.If] = []
        for one in (node, *node.elif_):
            test, body = self.visit(one.test), self._visited(one.body)
            cases += [nodes.If(_call(HANGS, _call(SETTLE), test), [_blank_for(one.body)], [], [])]
            cases += [nodes.If(test, body, [], [])]
        return nodes.If(cases[0].test, cases[0].body, cases[1:], self._visited(node.else_), lineno=node.lineno)

    def visit_CondExpr(self, node: nodes.CondExpr) -> nodes.CondExpr:
        test = self.visit(node.test)
        known = nodes.CondExpr(test, self.visit(node.expr1), node.expr2 and self.visit(node.expr2))
        return nodes.CondExpr(_call(HANGS, _call(SETTLE), test), _call(DOUBT), known, lineno=node.lineno)

    def _visited(self, body: list[nodes.Node]) -> list[nodes.Node]:
        return [self.visit(one) for one in body]


def _call(name: str, *arguments: nodes.Expr) -> nodes.Call:
    return nodes.Call(nodes.Name(name, "load"), list(arguments), [], None, None)


def _blank_for(body: list[nodes.Node]) -> nodes.Output:
    """Return what prints a blank in a body's place; the line ends after it where it ends after the body."""
    last = body[-1].nodes[-1] if body and isinstance(body[-1], nodes.Output) else None
    ends = isinstance(last, nodes.TemplateData) and last.data.endswith("\n")
    return nodes.Output([_call(DOUBT), *([nodes.TemplateData("\n")] if ends else [])])


@pass_context
def _settle(context: Context) -> None:
    """Forget what blank was asked before."""
    filling_of(context).doubts.noted = ""


@pass_context
def _hangs(context: Context, settled: None, condition: Any) -> bool:
    """Tell whether a condition asked a blank what it is, or asks it now."""
    bool(condition)
    return bool(filling_of(context).doubts.noted)


@pass_context
def _doubt(context: Context) -> Blank:
    """Return a blank for what hangs on the blank that was asked last."""
    return Blank(BLANK_TEXT, filling_of(context).doubts.noted)


def make_environment(
    filters: Mapping[str, Callable[..., Any]], functions: Mapping[str, Callable[..., Any]], preview: bool = False
) -> ImmutableSandboxedEnvironment:
    """Return the sandbox that all clause texts are filled in, those of drafts or those of previews."""
    environment = (_Preview if preview else _Sandbox)(
        undefined=StrictUndefined, finalize=_finalize, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )
    environment.filters = dict(filters)
    environment.globals = {**functions, SETTLE: _settle, HANGS: _hangs, DOUBT: _doubt}
    return environment


@lru_cache(maxsize=4096)
def _compiled(environment: Environment, text: str) -> Template:
    return environment.from_string(text)


@lru_cache(maxsize=4096)
def _expression(environment: Environment, text: str) -> Any:
    return environment.compile_expression(text, undefined_to_none=False)


def fill(environment: Environment, text: str, names: Mapping[str, Any]) -> str:
    """Return the text with every value and reference as a token."""
    return _compiled(environment, text).render(names)


def evaluate(environment: Environment, text: str, names: Mapping[str, Any]) -> Any:
    """Return the value of an expression (a condition, a list, a computed value)."""
    return _expression(environment, text)(names)


# --- filled text → inlines -------------------------------------------------------------------


def inlines_of(state: Filling, text: str) -> Inlines:
    """Return one paragraph's filled text as inlines, typography applied outside values."""
    flat = typeset(re.sub(r"[ \t\n]+", " ", text).strip(" "))
    parts: list[Inline] = []
    for index, piece in enumerate(_one_stop(state, flat).split("**")):
        inner = _tokens_out(state, piece)
        if index % 2 and inner:
            parts.append(Strong(inner))
        else:
            parts.extend(inner)
    return tuple(parts)


def _one_stop(state: Filling, text: str) -> str:
    """Return the text without the full stop that follows a value which ends in one («…2027 г.»)."""

    def merged(found: re.Match[str]) -> str:
        token = state.tokens[int(found.group(1))]
        ends = isinstance(token, Value | Blank) and token.text.endswith(".")
        return found.group()[:-1] if ends else found.group()

    return re.sub(TOKEN.pattern + r"\.(?!\.)", merged, text)


def _tokens_out(state: Filling, text: str) -> Inlines:
    parts: list[Inline] = []
    position = 0
    for found in TOKEN.finditer(text):
        if found.start() > position:
            parts.append(Text(text[position : found.start()]))
        parts.append(state.tokens[int(found.group(1))])
        position = found.end()
    if position < len(text):
        parts.append(Text(text[position:]))
    return tuple(parts)


def plain(inlines: Inlines) -> str:
    """Return the words of inlines without their marks, for properties and file names."""
    return "".join(_plain(inline) for inline in inlines)


def _plain(inline: Inline) -> str:
    match inline:
        case Strong(children):
            return plain(children)
        case Ref(_, number):
            return number
        case Text(text) | Value(text, _) | Blank(text, _):
            return text


@dataclass(frozen=True, slots=True)
class FilledParagraph:
    """One numbered paragraph of a clause and its sub-clauses."""

    inlines: Inlines
    points: tuple[Inlines, ...]


def paragraphs_of(state: Filling, text: str) -> tuple[FilledParagraph, ...]:
    """Return a filled clause text as paragraphs (blank line between) with sub-clauses (lines with ``- ``).

    >>> [len(p.points) for p in paragraphs_of(Filling(), "Первый:\\n- раз;\\n- два.\\n\\nВторой.")]
    [2, 0]
    """
    made = []
    for block in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text.strip("\n \t")):
        head, *points = re.split(r"^[ \t]*- ", block, flags=re.MULTILINE)
        if head.strip() or points:
            made.append(FilledParagraph(inlines_of(state, head), tuple(inlines_of(state, point) for point in points)))
    return tuple(made)
