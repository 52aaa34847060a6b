"""A text with {{ }} in, its mistakes out: names, attributes, filters and references, read from the AST."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.parser import Parser

from docgen.errors import Problem
from docgen.library.arguments import bound, misfit
from docgen.library.passage import Passage
from docgen.library.shapes import (
    ANY,
    BOOLEAN,
    DECIMAL,
    INTEGER,
    SCALAR,
    TEXT,
    Anything,
    Listing,
    Record,
    Scalar,
    Shape,
    described,
    fits,
    merge,
)
from docgen.library.spelling import closest, perhaps
from docgen.library.syntax import foreign, syntax_mistake
from docgen.library.vocabulary import Argument, Call, Vocabulary

LOOP = Record({"index": INTEGER, "index0": INTEGER, "first": BOOLEAN, "last": BOOLEAN, "length": INTEGER})
PARSER = Environment(trim_blocks=True, lstrip_blocks=True, autoescape=False)

Guards = frozenset[str]
Name = tuple[str, str]
"""What sort of thing is named (name, phrase, ref …) and its name."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A ``ref()`` or ``has()`` in a text: its target, whether it prints, whether a ``has()`` guards it, its place."""

    target: str
    prints: bool
    guarded: bool
    where: str
    guards: Guards = frozenset()


@dataclass(slots=True)
class Reading:
    """What one text was found to contain; ``missed`` are the problems that are about a name nobody defines."""

    problems: list[Problem] = field(default_factory=list)
    missed: list[tuple[Name, Problem]] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    used: set[Name] = field(default_factory=set)
    shape: Shape = ANY

    def names(self) -> set[str]:
        """Return the names that the text uses."""
        return {name for sort, name in self.used if sort == "name"}


@dataclass(frozen=True, slots=True)
class Scope:
    """The names a text may use, what it may call, and whether it may point at other clauses."""

    names: Mapping[str, Shape]
    vocabulary: Vocabulary
    may_refer: bool = True
    phrases: Mapping[str, Call | None] = field(default_factory=dict)
    """What each phrase takes; None where a mistake told elsewhere has made it unknown."""


def read_template(text: Passage, scope: Scope) -> Reading:
    """Return the mistakes and references of a text."""
    return _Reader(scope, text).template()


def read_expression(text: Passage, scope: Scope) -> Reading:
    """Return the mistakes of a condition or a computed value, and the shape of its value."""
    return _Reader(scope, text).expression()


Names = dict[str, Shape]


@lru_cache(maxsize=4096)
def _template_tree(text: str) -> nodes.Template:
    """Return the tree of a text, which is read for every kind that may print it."""
    return PARSER.parse(text)


@lru_cache(maxsize=4096)
def _expression_tree(text: str) -> nodes.Expr:
    parser = Parser(PARSER, text, state="variable")
    tree = parser.parse_expression()
    if not parser.stream.eos:
        raise TemplateSyntaxError("chunk after expression", parser.stream.current.lineno)
    return tree


class _Reader:
    """Walks one text's tree with the shapes of its names."""

    def __init__(self, scope: Scope, text: Passage) -> None:
        self.scope, self.text = scope, text
        self.reading = Reading()
        self.forbidden = 0
        """How many constructions around the present one were told already."""

    def template(self) -> Reading:
        try:
            tree = _template_tree(self.text.text)
        except TemplateSyntaxError as error:
            self._note(*syntax_mistake(error, self.text.text))
            return self.reading
        self._body(tree.body, dict(self.scope.names), frozenset())
        return self.reading

    def expression(self) -> Reading:
        try:
            tree = _expression_tree(self.text.text)
        except TemplateSyntaxError as error:
            self._note(*syntax_mistake(error, self.text.text))
            return self.reading
        self.reading.shape = self.shape(tree, dict(self.scope.names), frozenset())
        return self.reading

    def _where(self, lineno: int) -> str:
        return f"{self.text.file}:{self.text.line + lineno - 1}"

    def _note(self, lineno: int, code: str, message: str, hint: str, missed: Name | None = None) -> None:
        problem = Problem(self._where(lineno), code, message, hint)
        self.reading.problems.append(problem)
        if missed is not None:
            self.reading.missed.append((missed, problem))

    def _refuse(self, node: nodes.Node) -> None:
        """Tell a construction that texts may not have, unless it stands inside one that was told."""
        if not self.forbidden:
            message = f"{foreign(node)} в текстах не допускается"
            self._note(node.lineno, "statement_not_allowed", message, "допускаются {{ }}, if и for")

    # --- statements

    def _body(self, body: Iterable[nodes.Node], names: Names, guards: Guards) -> None:
        for node in body:
            match node:
                case nodes.If():
                    self._if(node, names, guards)
                case nodes.For():
                    self._for(node, names, guards)
                case nodes.Output():
                    self._output(node, names, guards)
                case _:
                    self._refuse(node)
                    names.update(dict.fromkeys(_assigned(node), ANY))

    def _output(self, node: nodes.Output, names: Names, guards: Guards) -> None:
        for part in node.nodes:
            if not isinstance(part, nodes.TemplateData):
                self._printable(part, self.shape(part, names, guards))

    def _printable(self, node: nodes.Node, shape: Shape) -> None:
        if isinstance(shape, Record | Listing):
            hint = "напечатайте его поле" if isinstance(shape, Record) else "пройдите его через for"
            self._note(node.lineno, "not_printable", f"{_path(node)} — {described(shape)}", hint)
        elif isinstance(shape, Scalar) and shape.kind in _FILTERS:
            message = f"{_path(node)} — {described(shape)}: без фильтра не печатается"
            self._note(node.lineno, "needs_filter", message, _FILTERS[shape.kind])

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
        if not isinstance(items, Listing | Anything):
            message = f"for идёт по списку, а {_path(node.iter)} — {described(items)}"
            self._note(node.lineno, "not_a_list", message, "назовите список, например clients или matter.services")
        inner: Names = {**names, "loop": LOOP, **dict.fromkeys(_assigned(node.target), ANY)}
        if isinstance(node.target, nodes.Name):
            inner[node.target.name] = items.of if isinstance(items, Listing) else ANY
        else:
            self._refuse(node.target)
        if node.test is not None:
            self.shape(node.test, inner, guards)
            guards = guards | _asserted(node.test)
        self._body(node.body, inner, guards)
        self._body(node.else_, names, guards)

    # --- expressions: each returns the shape, ANY where a mistake makes it unknown

    def shape(self, node: nodes.Node, names: Names, guards: Guards) -> Shape:
        match node:
            case nodes.Name():
                return self._name(node, names)
            case nodes.Const():
                return _constant(node.value)
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
                left = self.shape(node.left, names, guards)
                return _either(left, self.shape(node.right, names, guards | _asserted(node.left)))
            case nodes.Or():
                left = self.shape(node.left, names, guards)
                return _either(left, self.shape(node.right, names, guards | _denied(node.left)))
            case nodes.Not():
                self.shape(node.node, names, guards)
                return BOOLEAN
            case nodes.Neg():
                return self.shape(node.node, names, guards)
            case nodes.List() | nodes.Tuple():
                return Listing(merge([self.shape(item, names, guards) for item in node.items] or [ANY]))
            case _:
                return self._foreign(node, names, guards)

    def _foreign(self, node: nodes.Node, names: Names, guards: Guards) -> Shape:
        self._refuse(node)
        self.forbidden += 1
        for child in node.iter_child_nodes():
            self.shape(child, names, guards)
        self.forbidden -= 1
        return ANY

    def _name(self, node: nodes.Name, names: Names) -> Shape:
        self.reading.used.add(("name", node.name))
        if node.name not in names:
            hint = perhaps(node.name, names, "имена перечислены в docs/architecture.md")
            missed = ("name", node.name)
            self._note(node.lineno, "undefined_name", f"имя {node.name} не определено", hint, missed)
        return names.get(node.name, ANY)

    def _attribute(self, node: nodes.Getattr, names: Names, guards: Guards) -> Shape:
        of = self.shape(node.node, names, guards)
        whole = ("attribute", _path(node))
        self.reading.used.add(whole)
        if isinstance(of, Anything):
            return ANY
        known = of.fields if isinstance(of, Record) else {}
        if node.attr not in known:
            hint = perhaps(node.attr, known, "есть: " + ", ".join(known) if known else "у этого значения нет полей")
            self._note(node.lineno, "undefined_attribute", f"нет поля {_path(node)}", hint, whole)
        return known.get(node.attr, ANY)

    def _item(self, node: nodes.Getitem, names: Names, guards: Guards) -> Shape:
        of = self.shape(node.node, names, guards)
        index = node.arg
        number = isinstance(index, nodes.Const) and type(index.value) is int
        if isinstance(of, Anything):
            return ANY
        if number and isinstance(of, Listing):
            return of.of
        hint = "пишите поле через точку, элемент списка — числом: clients[0]"
        message = f"у {_path(node.node)} в скобках [ ] допускается только номер элемента списка"
        self._note(node.lineno, "undefined_attribute", message, hint)
        return ANY

    def _filter(self, node: nodes.Filter, names: Names, guards: Guards) -> Shape:
        subject = ANY if node.node is None else self.shape(node.node, names, guards)
        filters = self.scope.vocabulary.filters
        if node.name not in filters:
            hint = perhaps(node.name, filters, "есть: " + ", ".join(sorted(filters)))
            self._note(node.lineno, "filter_not_allowed", f"фильтр {node.name} не допускается", hint)
            return self._arguments(node, names, guards)
        call = filters[node.name]
        if not fits(subject, call.on):
            message = f"фильтр {node.name} не для этого: {_path(node.node)} — {described(subject)}"
            self._note(node.lineno, "wrong_argument", message, f"ему нужно: {described(call.on)}")
        self._bind(node, f"у фильтра {node.name}", call, names, guards)
        return call.gives

    def _arguments(self, node: nodes.Call | nodes.Filter, names: Names, guards: Guards) -> Shape:
        """Read the arguments of a call that is itself a mistake."""
        for argument in (*node.args, *(keyword.value for keyword in node.kwargs)):
            self.shape(argument, names, guards)
        return ANY

    def _bind(
        self, node: nodes.Call | nodes.Filter, label: str, call: Call, names: Names, guards: Guards, skip: int = 0
    ) -> None:
        """Read a call's arguments against what it takes; ``skip`` leaves out the first, which names a phrase."""
        given, slip = bound(node, call, label, skip)
        if slip is not None:
            self._note(node.lineno, "wrong_argument", *slip)
        shapes: dict[str, Shape] = {}
        for argument, value in given:
            shapes[argument.name] = self.shape(value, names, guards)
            self._fit(argument, value, shapes, label)

    def _fit(self, argument: Argument, value: nodes.Node, shapes: Mapping[str, Shape], label: str) -> None:
        slip = misfit(argument, value, shapes, label)
        if slip is not None:
            self._note(value.lineno, *slip)

    def _call(self, node: nodes.Call, names: Names, guards: Guards) -> Shape:
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        functions = self.scope.vocabulary.functions
        if name in ("ref", "has") and self.scope.may_refer:
            return self._reference(node, name, guards)
        if name == "phrase":
            return self._phrase(node, names, guards)
        if name in functions:
            self._bind(node, f"у {name}()", functions[name], names, guards)
            return functions[name].gives
        if not name:
            self.shape(node.node, names, guards) if not isinstance(node.node, nodes.Getattr) else None
        allowed = [*functions, "phrase", *(["ref", "has"] if self.scope.may_refer else [])]
        hint = perhaps(name, allowed, "есть: " + ", ".join(allowed))
        self._note(node.lineno, "call_not_allowed", f"вызов {name or 'метода'} здесь не допускается", hint)
        return self._arguments(node, names, guards)

    def _reference(self, node: nodes.Call, name: str, guards: Guards) -> Shape:
        target = _only_string(node)
        if target is None:
            message = f"{name}() принимает один идентификатор в кавычках"
            self._note(node.lineno, "bad_reference", message, f"пишите так: {name}('fee_payment')")
            return ANY
        guarded = name == "has" or target in guards
        self.reading.used.add(("ref", target))
        self.reading.references.append(Reference(target, name == "ref", guarded, self._where(node.lineno), guards))
        return SCALAR if name == "ref" else BOOLEAN

    def _phrase(self, node: nodes.Call, names: Names, guards: Guards) -> Shape:
        target = _first_string(node)
        if target is None:
            message = "phrase() принимает идентификатор в кавычках и именованные данные"
            self._note(node.lineno, "bad_reference", message, "пишите так: phrase('party_named', party=client)")
            return ANY
        self.reading.used.add(("phrase", target))
        phrases = self.scope.phrases
        call = phrases.get(target)
        if call is not None:
            self._bind(node, f"у оборота {target}", call, names, guards, 1)
            return SCALAR
        if target not in phrases:
            hint = perhaps(target, [name for name in phrases if phrases[name]], "добавьте оборот в phrases")
            self._note(node.lineno, "unknown_phrase", f"нет оборота {target}", hint, ("phrase", target))
        self._arguments(node, names, guards)
        return SCALAR

    def _choice(self, node: nodes.CondExpr, names: Names, guards: Guards) -> Shape:
        self.shape(node.test, names, guards)
        then = self.shape(node.expr1, names, guards | _asserted(node.test))
        if node.expr2 is None:
            self._note(node.lineno, "bad_template", "у «… if …» нет «else»", "допишите else ''")
            return ANY
        return _either(then, self.shape(node.expr2, names, guards | _denied(node.test)))

    def _compare(self, node: nodes.Compare, names: Names, guards: Guards) -> Shape:
        left = self.shape(node.expr, names, guards)
        for operand in node.ops:
            self.shape(operand.expr, names, guards)
            if isinstance(left, Scalar) and left.choices:
                self._check_choices(operand.expr, left.choices, node.expr)
        return BOOLEAN

    def _check_choices(self, node: nodes.Expr, choices: frozenset[str], subject: nodes.Expr) -> None:
        constants = node.items if isinstance(node, nodes.Tuple | nodes.List) else [node]
        for constant in constants:
            if isinstance(constant, nodes.Const) and isinstance(constant.value, str) and constant.value not in choices:
                hint = perhaps(constant.value, choices, "бывает: " + ", ".join(sorted(choices)))
                message = f"{_path(subject)} не бывает «{constant.value}»"
                self._note(constant.lineno, "unknown_value", message, hint)


_FILTERS = {
    "decimal": "допишите | money, | sum или | number",
    "date": "допишите | date или | date_short",
    "boolean": "да и нет печатают через if",
}


def _constant(value: object) -> Shape:
    kinds: dict[type, Shape] = {str: TEXT, bool: BOOLEAN, int: INTEGER, float: DECIMAL}
    return kinds.get(type(value), SCALAR)


def _either(left: Shape, right: Shape) -> Shape:
    """Return the shape of a value that is one of two; an empty text beside a record prints nothing."""
    if type(left) is not type(right):
        return ANY
    return merge([left, right])


def _assigned(node: nodes.Node) -> list[str]:
    """Return the names that a statement gives values to."""
    whole = [node] if isinstance(node, nodes.Name) else []
    stored = [one.name for one in (*whole, *node.find_all(nodes.Name)) if one.ctx in ("store", "param")]
    return [*stored, *([node.name] if isinstance(node, nodes.Macro) else [])]


def _first_string(node: nodes.Call) -> str | None:
    first = node.args[0] if node.args else None
    return first.value if isinstance(first, nodes.Const) and isinstance(first.value, str) else None


def _only_string(node: nodes.Call) -> str | None:
    return _first_string(node) if len(node.args) == 1 and not node.kwargs else None


def _asserted(test: nodes.Node) -> Guards:
    """Return the ids that a true condition proves to be in the document."""
    match test:
        case nodes.Call(node=nodes.Name(name=name)) if _means_has(name):
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


def _means_has(name: str) -> bool:
    """Tell whether a call is a guard; a misspelt one is told, and guards what it was meant to."""
    return name == "has" or (name != "ref" and sorted(set(name)) == ["a", "h", "s"]) or closest(name, ["has"]) == "has"


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


def _path(node: nodes.Node | None) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_path(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        return f"{_path(node.node)}[…]"
    if isinstance(node, nodes.Const):
        return f"«{node.value}»"
    return node.name if isinstance(node, nodes.Name) else "значение"


def value_names(text: str) -> set[str]:
    """Return the names that an expression uses."""
    return read_expression(Passage(text, "", 1), Scope({}, Vocabulary({}, {}))).names()


@lru_cache(maxsize=4096)
def facts_named(expression: str) -> tuple[tuple[str, bool], ...]:
    """Return the dotted paths that an expression reads, in its order; True: as they are, False: into a calculation.

    >>> facts_named("matter.fee.cap and any_of(matter.channels, 'kind', 'edo') or in_period(matter.time, day)")
    (('matter.fee.cap', True), ('matter.channels.kind', True), ('matter.time', False), ('day', False))
    """
    return tuple(dict.fromkeys(_facts_in(_expression_tree(expression), True)))


def _facts_in(node: nodes.Node, plain: bool) -> Iterator[tuple[str, bool]]:
    match node:
        case nodes.Name() | nodes.Getattr():
            if path := _dotted(node):
                yield path, plain
            else:
                yield from (one for child in node.iter_child_nodes() for one in _facts_in(child, plain))
        case nodes.Call(args=[nodes.Name() | nodes.Getattr() as rows, nodes.Const(value=str() as field), *_]):
            yield f"{_dotted(rows)}.{field}", plain
        case nodes.Call():
            yield from (one for argument in node.args for one in _facts_in(argument, False))
        case _:
            yield from (one for child in node.iter_child_nodes() for one in _facts_in(child, plain))


def _dotted(node: nodes.Node) -> str:
    """Return the path of names, or an empty string for anything else."""
    if isinstance(node, nodes.Getattr):
        of = _dotted(node.node)
        return f"{of}.{node.attr}" if of else ""
    return node.name if isinstance(node, nodes.Name) else ""


def template_names(text: str) -> set[str]:
    """Return the names that a text takes from outside."""
    reading = read_template(Passage(text, "", 1), Scope({}, Vocabulary({}, {})))
    return {name for (sort, name), _ in reading.missed if sort == "name"}


def template_phrases(text: str) -> set[str]:
    """Return the phrases that a text uses."""
    reading = read_template(Passage(text, "", 1), Scope({}, Vocabulary({}, {})))
    return {name for sort, name in reading.used if sort == "phrase"}
