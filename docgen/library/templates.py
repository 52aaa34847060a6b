"""A text with {{ }} in, its mistakes out: names, attributes, filters and references, read from the AST."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jinja2 import Environment, TemplateSyntaxError, nodes

from docgen.errors import Problem
from docgen.library.shapes import SCALAR, Listing, Record, Scalar, Shape

LOOP = Record(dict.fromkeys(("index", "index0", "first", "last", "length"), SCALAR))
PARSER = Environment(trim_blocks=True, lstrip_blocks=True, autoescape=False)

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.CondExpr, nodes.Filter, nodes.Call,
    nodes.Getattr, nodes.Getitem, nodes.Name, nodes.Const, nodes.Compare, nodes.Operand, nodes.And, nodes.Or,
    nodes.Not, nodes.List, nodes.Tuple, nodes.Keyword, nodes.Neg,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What texts may call: filters and functions by name, each with the shape of its result."""

    filters: Mapping[str, Shape]
    functions: Mapping[str, Shape]


@dataclass(frozen=True, slots=True)
class Reference:
    """A ``ref()`` or ``has()`` in a text: its target, whether a ``has()`` guards it, and its place."""

    target: str
    guarded: bool
    where: str


@dataclass(slots=True)
class Reading:
    """What one text was found to contain."""

    problems: list[Problem] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    phrases: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Scope:
    """The names a text may use, what it may call, and whether it may point at other clauses."""

    names: Mapping[str, Shape]
    vocabulary: Vocabulary
    may_refer: bool = True


def read_template(text: str, scope: Scope, file: str, line: int) -> Reading:
    """Return the mistakes and references of a text that begins at ``file:line``."""
    return _Reader(scope, file, line).read(text)


def read_expression(text: str, scope: Scope, file: str, line: int) -> Reading:
    """Return the mistakes of a condition or a computed value."""
    return _Reader(scope, file, line).read("{{ " + text + " }}")


def expression_shape(text: str, scope: Scope) -> Shape | None:
    """Return the shape of an expression's value, None when it cannot be told."""
    try:
        tree = PARSER.parse("{{ " + text + " }}")
    except TemplateSyntaxError:
        return None
    output = tree.body[0]
    reader = _Reader(scope, "", 0)
    return reader.shape(output.nodes[0], dict(scope.names), frozenset()) if isinstance(output, nodes.Output) else None


def closest(name: str, candidates: Iterable[str]) -> str:
    """Return the nearest of the known names, or an empty string."""
    found = difflib.get_close_matches(name, list(candidates), n=1, cutoff=0.7)
    return found[0] if found else ""


def perhaps(name: str, candidates: Iterable[str], otherwise: str = "") -> str:
    """Return the hint «возможно, …?» for a name that is nearly right."""
    near = closest(name, candidates)
    return f"возможно, {near}?" if near else otherwise


Names = dict[str, Shape]
Guards = frozenset[str]


class _Reader:
    """Walks one text's tree with the shapes of its names."""

    def __init__(self, scope: Scope, file: str, line: int) -> None:
        self.scope, self.file, self.line = scope, file, line
        self.reading = Reading()

    def read(self, text: str) -> Reading:
        try:
            tree = PARSER.parse(text)
        except TemplateSyntaxError as error:
            self._note(
                error.lineno,
                "bad_template",
                "текст не разбирается: " + _russian(error),
                "проверьте скобки {{ }} и {% %}",
            )
            return self.reading
        if not self._refuse_foreign(tree):
            self._body(tree.body, dict(self.scope.names), frozenset())
        return self.reading

    def _note(self, lineno: int, code: str, message: str, hint: str = "") -> None:
        self.reading.problems.append(Problem(f"{self.file}:{self.line + lineno - 1}", code, message, hint))

    def _refuse_foreign(self, tree: nodes.Template) -> bool:
        foreign = [node for node in tree.find_all(nodes.Node) if not isinstance(node, _ALLOWED)]
        for node in foreign[:1]:
            self._note(
                node.lineno,
                "statement_not_allowed",
                f"конструкция {type(node).__name__} в текстах не допускается",
                "допускаются {{ }}, if и for",
            )
        return bool(foreign)

    # --- statements

    def _body(self, body: Iterable[nodes.Node], names: Names, guards: Guards) -> None:
        for node in body:
            if isinstance(node, nodes.If):
                self._if(node, names, guards)
            elif isinstance(node, nodes.For):
                self._for(node, names, guards)
            elif isinstance(node, nodes.Output):
                for part in node.nodes:
                    if not isinstance(part, nodes.TemplateData):
                        self.shape(part, names, guards)

    def _if(self, node: nodes.If, names: Names, guards: Guards) -> None:
        self.shape(node.test, names, guards)
        self._body(node.body, names, guards | _asserted(node.test))
        rest = guards | _denied(node.test)
        for branch in node.elif_:
            self._if(branch, names, rest)
            rest = rest | _denied(branch.test)
        self._body(node.else_, names, rest)

    def _for(self, node: nodes.For, names: Names, guards: Guards) -> None:
        items = self.shape(node.iter, names, guards)
        if items is not None and not isinstance(items, Listing):
            self._note(node.lineno, "not_a_list", "for идёт по списку, а это не список", "")
        item = items.of if isinstance(items, Listing) else None
        inner: Names = {**names, "loop": LOOP}
        if isinstance(node.target, nodes.Name):
            inner[node.target.name] = item or Record({})
        if item is None:
            return
        if node.test is not None:
            self.shape(node.test, inner, guards)
        self._body(node.body, inner, guards)
        self._body(node.else_, names, guards)

    # --- expressions: each returns the shape, or None where a mistake makes it unknown

    def shape(self, node: nodes.Node, names: Names, guards: Guards) -> Shape | None:
        match node:
            case nodes.Name():
                return self._name(node, names)
            case nodes.Getattr():
                return self._attribute(node, names, guards)
            case nodes.Getitem():
                return self._item(node, names, guards)
            case nodes.Filter():
                return self._filter(node, names, guards)
            case nodes.Call():
                return self._call(node, names, guards)
            case nodes.CondExpr():
                return self._choice(node, names, guards)
            case nodes.Compare():
                return self._compare(node, names, guards)
            case nodes.And():
                self.shape(node.left, names, guards)
                return self.shape(node.right, names, guards | _asserted(node.left))
            case _:
                for child in node.iter_child_nodes():
                    self.shape(child, names, guards)
                return SCALAR

    def _name(self, node: nodes.Name, names: Names) -> Shape | None:
        self.reading.names.add(node.name)
        if node.name not in names:
            self._note(
                node.lineno,
                "undefined_name",
                f"имя {node.name} не определено",
                perhaps(node.name, names, "имена перечислены в docs/architecture.md"),
            )
        return names.get(node.name)

    def _attribute(self, node: nodes.Getattr, names: Names, guards: Guards) -> Shape | None:
        of = self.shape(node.node, names, guards)
        if of is None:
            return None
        if isinstance(of, Record) and node.attr in of.fields:
            return of.fields[node.attr]
        known = of.fields if isinstance(of, Record) else {}
        hint = perhaps(node.attr, known, "есть: " + ", ".join(known) if known else "у этого значения нет полей")
        self._note(node.lineno, "undefined_attribute", f"нет поля {_path(node)}", hint)
        return None

    def _item(self, node: nodes.Getitem, names: Names, guards: Guards) -> Shape | None:
        of = self.shape(node.node, names, guards)
        index = node.arg
        if isinstance(of, Listing) and isinstance(index, nodes.Const) and isinstance(index.value, int):
            return of.of
        if of is not None:
            self._note(node.lineno, "undefined_attribute", "в скобках [ ] допускается номер элемента списка", "")
        return None

    def _filter(self, node: nodes.Filter, names: Names, guards: Guards) -> Shape | None:
        if node.node is not None:
            self.shape(node.node, names, guards)
        for argument in node.args:
            self.shape(argument, names, guards)
        if node.name not in self.scope.vocabulary.filters:
            filters = self.scope.vocabulary.filters
            hint = perhaps(node.name, filters, "есть: " + ", ".join(sorted(filters)))
            self._note(node.lineno, "filter_not_allowed", f"фильтр {node.name} не допускается", hint)
            return None
        return self.scope.vocabulary.filters[node.name]

    def _call(self, node: nodes.Call, names: Names, guards: Guards) -> Shape | None:
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if name in ("ref", "has") and self.scope.may_refer:
            return self._reference(node, name, guards)
        for argument in (*node.args, *(keyword.value for keyword in node.kwargs)):
            self.shape(argument, names, guards)
        if name == "phrase":
            return self._phrase(node)
        if name in self.scope.vocabulary.functions:
            return self.scope.vocabulary.functions[name]
        functions = [*self.scope.vocabulary.functions, "phrase", *(["ref", "has"] if self.scope.may_refer else [])]
        hint = perhaps(name, functions, "есть: " + ", ".join(functions))
        self._note(node.lineno, "call_not_allowed", f"вызов {name or 'метода'} здесь не допускается", hint)
        return None

    def _reference(self, node: nodes.Call, name: str, guards: Guards) -> Shape:
        target = _only_string(node)
        if target is None:
            self._note(node.lineno, "bad_reference", f"{name}() принимает один идентификатор в кавычках", "")
            return SCALAR
        guarded = name == "has" or target in guards
        self.reading.references.append(Reference(target, guarded, f"{self.file}:{self.line + node.lineno - 1}"))
        return SCALAR

    def _phrase(self, node: nodes.Call) -> Shape:
        target = _only_string(node)
        if target is None:
            self._note(
                node.lineno, "bad_reference", "phrase() принимает идентификатор в кавычках и именованные данные", ""
            )
        else:
            self.reading.phrases.append((target, f"{self.file}:{self.line + node.lineno - 1}"))
        return SCALAR

    def _choice(self, node: nodes.CondExpr, names: Names, guards: Guards) -> Shape | None:
        self.shape(node.test, names, guards)
        then = self.shape(node.expr1, names, guards | _asserted(node.test))
        if node.expr2 is None:
            self._note(node.lineno, "bad_template", "у «… if …» нет «else»", "допишите else ''")
            return None
        other = self.shape(node.expr2, names, guards | _denied(node.test))
        return then or other

    def _compare(self, node: nodes.Compare, names: Names, guards: Guards) -> Shape:
        left = self.shape(node.expr, names, guards)
        for operand in node.ops:
            self.shape(operand.expr, names, guards)
            if isinstance(left, Scalar) and left.choices:
                self._check_choices(operand.expr, left.choices, node.expr)
        return SCALAR

    def _check_choices(self, node: nodes.Expr, choices: frozenset[str], subject: nodes.Expr) -> None:
        constants = node.items if isinstance(node, nodes.Tuple | nodes.List) else [node]
        for constant in constants:
            if isinstance(constant, nodes.Const) and isinstance(constant.value, str) and constant.value not in choices:
                hint = perhaps(constant.value, choices, "бывает: " + ", ".join(sorted(choices)))
                message = f"{_path(subject)} не бывает «{constant.value}»"
                self._note(constant.lineno, "unknown_value", message, hint)


def _only_string(node: nodes.Call) -> str | None:
    first = node.args[0] if len(node.args) == 1 else None
    return first.value if isinstance(first, nodes.Const) and isinstance(first.value, str) else None


def _asserted(test: nodes.Node) -> Guards:
    """Return the ids that a true condition proves to be in the document."""
    match test:
        case nodes.Call(node=nodes.Name(name="has")):
            target = _only_string(test)
            return frozenset() if target is None else frozenset({target})
        case nodes.And():
            return _asserted(test.left) | _asserted(test.right)
        case nodes.Or():
            return _asserted(test.left) & _asserted(test.right)
        case nodes.Not():
            return _denied(test.node)
        case _:
            return frozenset()


def _denied(test: nodes.Node) -> Guards:
    """Return the ids that a false condition proves to be in the document."""
    match test:
        case nodes.Not():
            return _asserted(test.node)
        case nodes.Or():
            return _denied(test.left) | _denied(test.right)
        case nodes.And():
            return _denied(test.left) & _denied(test.right)
        case _:
            return frozenset()


def _path(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_path(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        return f"{_path(node.node)}[…]"
    return node.name if isinstance(node, nodes.Name) else "…"


def _russian(error: TemplateSyntaxError) -> str:
    """Return Jinja's reason; its words stay English, for they name the very token."""
    return error.message or "ошибка синтаксиса"
