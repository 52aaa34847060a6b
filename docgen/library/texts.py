"""The texts of a library in, what is wrong with their names, calls and references out: kind by kind, then the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import Any

from docgen.errors import Problem
from docgen.library.ledger import Ledger
from docgen.library.load import Library, Placed
from docgen.library.outline import PlacedText, Survey, stands_always
from docgen.library.schema import (
    AdviceSpec,
    ClauseSpec,
    EditionSpec,
    FieldSpec,
    KindSpec,
    MendSpec,
    ParameterSpec,
    PhraseSpec,
    SideSpec,
)
from docgen.library.schema import TableSpec as Table
from docgen.library.shapes import (
    ANY,
    BOOLEAN,
    DATE,
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
    merge,
)
from docgen.library.spelling import closest, perhaps
from docgen.library.templates import LOOP, Reading, Reference, Scope, read_expression, read_template, template_names
from docgen.library.vocabulary import Argument, Call, Vocabulary
from docgen.library.yaml import Path


@dataclass(frozen=True, slots=True)
class Targets:
    """What the references of a kind may point at: all ids anywhere, those in the kind, those always in it."""

    known: frozenset[str]
    placed: frozenset[str]
    certain: frozenset[str]
    unnumbered: frozenset[str] = frozenset()


def _meant(reference: Reference, targets: Targets) -> bool:
    """Tell whether a guard of the reference, told as one of nothing, was meant for its target."""
    return any(guard not in targets.known and closest(guard, [reference.target]) for guard in reference.guards)


def _fields(shape: Shape | None) -> Mapping[str, Shape]:
    return shape.fields if isinstance(shape, Record) else {}


@dataclass(frozen=True, slots=True)
class World:
    """What every text is read with: the library, what texts may call, the library's own ledger of names."""

    library: Library
    vocabulary: Vocabulary
    ledger: Ledger
    phrases: Mapping[str, Call | None]


@dataclass(slots=True)
class TextCheck:
    """Reads texts with the names that they would have; notes the phrases that they reach."""

    world: World
    names: dict[str, Shape]
    shapes: Mapping[str, Shape]
    targets: Targets
    ledger: Ledger
    found: list[Problem] = field(default_factory=list)

    @property
    def library(self) -> Library:
        """The library that is checked."""
        return self.world.library

    # --- reading

    def template(
        self,
        piece: Placed[Any],
        text: str | None,
        *path: str | int,
        more: Mapping[str, Shape] | None = None,
        ledger: Ledger | None = None,
        refer: bool = True,
    ) -> None:
        """Read a text of a piece of the library."""
        if text and not piece.is_damaged(*path):
            reading = read_template(piece.passage(text, *path), self._scope(more, refer))
            self._take(reading, ledger or self.ledger)

    def expression(
        self,
        piece: Placed[Any],
        text: str | None,
        *path: str | int,
        more: Mapping[str, Shape] | None = None,
        ledger: Ledger | None = None,
    ) -> Shape:
        """Read a condition or a value of a piece of the library; return its shape."""
        if text is None or piece.is_damaged(*path):
            return ANY
        reading = read_expression(piece.passage(text, *path), self._scope(more, False))
        self._take(reading, ledger or self.ledger)
        return reading.shape

    def _scope(self, more: Mapping[str, Shape] | None, refer: bool) -> Scope:
        return Scope({**self.names, **(more or {})}, self.world.vocabulary, refer, self.world.phrases)

    def _take(self, reading: Reading, ledger: Ledger) -> None:
        self.found += ledger.take(reading)
        for reference in reading.references:
            self._reference(reference)

    def _reference(self, reference: Reference) -> None:
        target, targets = reference.target, self.targets
        if target in self.library.doubtful:
            return
        if reference.prints and target in targets.unnumbered:
            message = f"ссылка на {target}: у этого пункта нет номера"
            hint = "сошлитесь на нумерованный пункт, раздел или приложение"
            self.found.append(Problem(reference.where, "reference_to_nowhere", message, hint))
        elif target not in targets.known or (not reference.guarded and target not in targets.placed):
            hint = perhaps(target, targets.placed, "сошлитесь на пункт, раздел или приложение этого документа")
            message = f"ссылка на {target}: такого пункта нет"
            problem = Problem(reference.where, "reference_to_nowhere", message, hint)
            self.ledger.miss(("ref", target), problem)
        elif not reference.guarded and target not in targets.certain and not _meant(reference, targets):
            message = f"ссылка на {target} без has(): этого пункта может не быть в документе"
            hint = f"оберните: {{% if has('{target}') %}}…{{% endif %}}"
            self.found.append(Problem(reference.where, "unguarded_reference", message, hint))

    def listed(self, piece: Placed[Any], shape: Shape, *path: str | int) -> Shape:
        """Return the shape of the things of a list; tell what is no list."""
        if isinstance(shape, Listing | Anything):
            return shape.of if isinstance(shape, Listing) else ANY
        message = f"здесь нужен список, а это {described(shape)}"
        self.found.append(Problem(piece.where(*path), "not_a_list", message, "назовите список, например clients"))
        return ANY

    def forgive_all(self) -> None:
        """Say nothing of names and references: a whole kind is lost, and they may be of it."""
        self.ledger.missed.clear()
        self.found = [problem for problem in self.found if problem.code != "unguarded_reference"]

    # --- clauses and phrases

    def clause(self, clause: Placed[ClauseSpec]) -> None:
        """Read a clause's conditions and the texts of all its editions, variants and languages."""
        spec, own = clause.spec, Ledger(self.ledger)
        parameters = {
            name: ANY if clause.is_hurt("parameters", name) else value_shape(parameter)
            for name, parameter in spec.parameters.items()
        }
        for name in parameters:
            own.define("name", name, clause.where("parameters", name))
        self.expression(clause, spec.when, "when", ledger=own)
        for path, edition in clause_editions(spec):
            for inside, when, texts in edition_texts(edition):
                self.expression(clause, when, *path, *inside, "when", ledger=own)
                for language, text in texts.items():
                    self.template(clause, text, *path, *inside, "text", language, more=parameters, ledger=own)
        self.found += own.close()

    def phrase(self, phrase: Placed[PhraseSpec]) -> None:
        """Read a phrase in all its languages with what it takes."""
        spec, own = phrase.spec, Ledger(self.ledger)
        lost = phrase.is_damaged("takes")
        given: dict[str, Shape] = dict.fromkeys(template_names(spec.text.ru) if lost else (), ANY)
        for name, shape in spec.takes.items():
            own.define("name", name, phrase.where("takes", name))
            given[name] = self._taken(phrase, name, shape)
        self.template(phrase, spec.text.ru, "text", "ru", more=given, ledger=own)
        self.template(phrase, spec.text.en, "text", "en", more=given, ledger=own)
        self.found += own.close()

    def _taken(self, phrase: Placed[PhraseSpec], name: str, shape: str) -> Shape:
        if shape not in self.shapes and self.shapes and not phrase.is_damaged("takes", name):
            hint = perhaps(shape, self.shapes, "бывает: " + ", ".join(self.shapes))
            where = phrase.where("takes", name)
            self.found.append(Problem(where, "unknown_shape", f"оборот не может принимать {shape}", hint))
        return self.shapes.get(shape, ANY)

    def reach(self, seen: set[str]) -> None:
        """Read every phrase that these texts use, and those that the phrases use."""
        waiting = self._phrases_used() - seen
        while waiting:
            for name in sorted(waiting):
                for phrase in self.library.all("phrases", name):
                    self.phrase(phrase)
            seen |= waiting
            waiting = self._phrases_used() - seen

    def _phrases_used(self) -> set[str]:
        return {name for sort, name in self.ledger.used if sort == "phrase"} & set(self.library.phrases)

    # --- advice

    def rule(self, advice: Placed[AdviceSpec]) -> None:
        """Read a rule's condition, its place, message, cure and mend, with the names that only rules have."""
        spec, own = advice.spec, Ledger(self.ledger)
        more = dict(_fields(self.shapes.get("advice")))
        items = self._rule_expression(advice, spec.each, ("each",), more, own)
        if spec.each is not None:
            more[spec.name or ""] = self.listed(advice, items, "each")
            own.define("name", spec.name or "", advice.where("as"))
        for name, text in (("when", spec.when), ("at", spec.at), ("against", spec.against)):
            self._rule_expression(advice, text, (name,), more, own)
            if text is not None:
                self._named_parameters(advice, text, name)
        scope = Scope({**self.names, **more}, self.world.vocabulary.of_advice(), False, self.world.phrases)
        for name, text in (("message", spec.message), ("cure", spec.cure)):
            if not advice.is_damaged(name):
                self._take(read_template(advice.passage(text, name), scope), own)
        for index, step in enumerate(spec.mend):
            self._mend(advice, step, ("mend", index), more, own)
        for number, way in enumerate(spec.ways):
            if not advice.is_damaged("ways", number, "title"):
                self._take(read_template(advice.passage(way.title, "ways", number, "title"), scope), own)
            if not way.mend and not advice.is_hurt("ways", number, "mend"):
                message, hint = "у пути исправления нет шагов", "допишите mend: [{remove: …}]"
                self.found.append(Problem(advice.where("ways", number), "bad_shape", message, hint))
            for index, step in enumerate(way.mend):
                self._mend(advice, step, ("ways", number, "mend", index), more, own)
        self.found += own.close()

    def _mend(
        self, advice: Placed[AdviceSpec], step: MendSpec, path: Path, more: Mapping[str, Shape], own: Ledger
    ) -> None:
        """Read one step of what mends an order."""
        if not step.is_one() and not advice.is_hurt(*path):
            message = "шаг исправления — одно из remove, set вместе с to, strike, restore"
            hint = "уберите лишнее или допишите to; несколько шагов — несколько строк списка"
            self.found.append(Problem(advice.where(*path), "bad_shape", message, hint))
        for name in ("remove", "set", "to", "strike"):
            text = getattr(step, name)
            shape = self._rule_expression(advice, text, (*path, name), more, own)
            if name == "to" and isinstance(shape, Record | Listing):
                message = f"to — одно значение, а это {described(shape)}"
                hint = "назовите поле или впишите значение"
                self.found.append(Problem(advice.where(*path, name), "wrong_argument", message, hint))
            if text is not None:
                self._named_parameters(advice, text, *path, name)
        if step.restore is not None and not advice.is_damaged(*path, "restore"):
            self._known_clause(step.restore, advice.where(*path, "restore"))

    def _rule_expression(
        self, advice: Placed[AdviceSpec], text: str | None, path: Path, more: Mapping[str, Shape], own: Ledger
    ) -> Shape:
        if text is None or advice.is_damaged(*path):
            return ANY
        scope = Scope({**self.names, **more}, self.world.vocabulary.of_advice(), True, self.world.phrases)
        reading = read_expression(advice.passage(text, *path), scope)
        self._take(reading, own)
        return reading.shape

    def _named_parameters(self, advice: Placed[AdviceSpec], text: str, *path: str | int) -> None:
        """Tell the clauses and parameters that a rule names in quotes and that do not exist."""
        for clause, parameter in re.findall(r"\b(?:variant|parameter)_of\('(\w+)'(?:, *'(\w+)')?\)", text):
            where = advice.where(*path)
            known = self._known_clause(clause, where)
            if known is not None and parameter and parameter not in known.spec.parameters:
                hint = perhaps(parameter, known.spec.parameters, f"у пункта {clause} такого параметра нет")
                self.found.append(Problem(where, "unknown_parameter", f"нет параметра {parameter}", hint))

    def _known_clause(self, clause: str, where: str) -> Placed[ClauseSpec] | None:
        """Return a clause of the library; tell one that does not exist."""
        known = self.library.clauses.get(clause)
        if known is None and clause not in self.library.doubtful:
            hint = perhaps(clause, self.library.clauses, "назовите пункт библиотеки")
            self.found.append(Problem(where, "unknown_clause", f"нет пункта {clause}", hint))
        return known

    # --- terms and the parties' block

    def terms(self) -> None:
        """Read the conditions under which terms have other names."""
        for term in self.library.terms.values():
            for index, variant in enumerate(term.spec.variants):
                self.expression(term, variant.when, "variants", index, "when")

    def party_rows(self) -> None:
        """Read the rows of the parties' block."""
        party = {"party": self.shapes.get("party", ANY)}
        for top in ("requisites", "named", "signatures"):
            for kind, rows in getattr(self.library, top).items():
                for row in (*rows, *self.library.doubles.get((top, kind), ())):
                    self._party_row(row, party, self.ledger)

    def _party_row(self, row: Placed[Any], outer: Mapping[str, Shape], above: Ledger) -> None:
        spec, own, names = row.spec, Ledger(above), dict(outer)
        self.expression(row, spec.when, "when", more=names, ledger=own)
        items = self.expression(row, spec.each, "each", more=names, ledger=own)
        if spec.each is not None:
            names[spec.name or ""] = self.listed(row, items, "each")
            self._row_name(row, own)
        for name in ("text", "position", "signer"):
            self.template(row, getattr(spec, name, ""), name, more=names, ledger=own, refer=False)
        for index, below in enumerate(getattr(spec, "rows", ())):
            self._party_row(Placed(below, row.source, (*row.path, "rows", index)), names, own)
        if spec.each is not None and spec.name is None:
            own.missed.clear()
        self.found += own.close()

    def _row_name(self, row: Placed[Any], own: Ledger) -> None:
        """Note what a row calls the things of its list; without a name nobody knows what its texts mean."""
        if row.spec.name is not None:
            own.define("name", row.spec.name, row.where("as"))
        elif not row.is_hurt():
            message, hint = "не сказано, как называется каждый элемент списка", "допишите as: имя"
            self.found.append(Problem(row.where("each"), "missing_key", message, hint))


@dataclass(slots=True)
class KindCheck(TextCheck):
    """Reads every text that a kind can print."""

    kind: Placed[KindSpec] = field(kw_only=True)
    survey: Survey = field(kw_only=True)

    def read(self) -> None:
        """Read everything; the phrases that it reaches too."""
        for target in self.survey.targets:
            self.ledger.define("ref", target.id, self.kind.where(*target.path))
        for name in self.kind.spec.facts:
            self.ledger.define("attribute", f"facts.{name}", self.kind.where("facts", name))
        self._values()
        self._kind_texts()
        for identifier in sorted(self.survey.clause_ids() & set(self.library.clauses)):
            for clause in self.library.all("clauses", identifier):
                self.clause(clause)
        self.terms()
        if self.survey.sides:
            self.party_rows()
        for advice in self.library.advice.values():
            if advice.spec.kinds is None or self.kind.spec.kind in advice.spec.kinds:
                self.rule(advice)
        self._forgive()

    def _forgive(self) -> None:
        """Ascribe a reference to nowhere to each id that is taken: it stands where the right id should.

        That is the target missed in most places, if its name is built like those of its neighbours.
        """
        ids = [target.id for target in self.survey.targets]
        taken = [name for index, name in enumerate(ids) if name in self.library.clauses or name in ids[:index]]
        styles = {name.split("_")[0] for name in ids}
        missed = [name for name in self.ledger.missed if name[0] == "ref" and name[1].split("_")[0] in styles]
        for name in sorted(missed, key=lambda one: -len(self.ledger.missed[one]))[: len(taken)]:
            del self.ledger.missed[name]

    def _values(self) -> None:
        values = self.kind.spec.values
        for name in values:
            self.ledger.define("name", name, self.kind.where("values", name))
        for name in self._value_order():
            shape = self.expression(self.kind, values[name], "values", name)
            self.names[name] = ANY if self.kind.is_doubled("values", name) else shape

    def _value_order(self) -> list[str]:
        """Return the values, each after those it needs; those that go in a circle are told and left out."""
        values = dict(self.kind.spec.values)
        needs = {name: template_names("{{ " + text + " }}") & set(values) for name, text in values.items()}
        circles = [*circles_of(needs)]
        for circle in circles:
            self.names |= dict.fromkeys(circle, ANY)
            chain, where = " → ".join(circle), self.kind.where("values", circle[0])
            message = f"значения зависят друг от друга: {chain}"
            self.found.append(Problem(where, "circular_value", message, "разорвите круг"))
        round_about = {name for circle in circles for name in circle}
        straight = {name: some - round_about for name, some in needs.items() if name not in round_about}
        return list(TopologicalSorter(straight).static_order())

    def _kind_texts(self) -> None:
        spec = self.kind.spec
        for name in ("heading", "subject", "foot", "file_name"):
            self.template(self.kind, getattr(spec, name), name, refer=False)
        self.expression(self.kind, spec.amount, "amount")
        self.expression(self.kind, spec.vat_rate, "vat_rate")
        self.expression(self.kind, spec.vat, "vat")
        for name, fact in spec.facts.items():
            self.expression(self.kind, fact.required_when, "facts", name, "required_when")
        for text in self.survey.texts:
            self._outline_text(text)
        for table, path in self.survey.tables:
            self._table(table, path)
        for side, path in self.survey.sides:
            self._side(side, path)

    def _outline_text(self, text: PlacedText) -> None:
        if text.condition:
            self.expression(self.kind, text.text, *text.path)
        else:
            self.template(self.kind, text.text, *text.path)

    def _table(self, spec: Table, path: Path) -> None:
        own = Ledger(self.ledger)
        own.define("name", spec.name, self.kind.where(*path, "as"))
        items = self.expression(self.kind, spec.each, *path, "each")
        names: dict[str, Shape] = {spec.name: self.listed(self.kind, items, *path, "each"), "loop": LOOP}
        for index, column in enumerate(spec.columns):
            self.template(self.kind, column.text, *path, "columns", index, "text", more=names, ledger=own)
        self.found += own.close()
        if not self.kind.is_hurt(*path, "columns"):
            self._table_form(spec, path)

    def _table_form(self, spec: Table, path: Path) -> None:
        width = sum(column.width for column in spec.columns)
        if width != 100:
            message, hint = f"ширины столбцов дают {width}, а не 100", "поправьте width"
            self.found.append(Problem(self.kind.where(*path, "columns"), "bad_shape", message, hint))
        for index, row in enumerate(spec.totals):
            here = (*path, "totals", index)
            if len(row) != len(spec.columns) and not self.kind.is_hurt(*here):
                message = f"в строке итогов ячеек {len(row)}, а столбцов {len(spec.columns)}"
                self.found.append(Problem(self.kind.where(*here), "bad_shape", message, "допишите или уберите ячейки"))

    def _side(self, spec: SideSpec, path: Path) -> None:
        if (spec.party is None) == (spec.each is None):
            if not self.kind.is_hurt(*path):
                message, hint = "у стороны нужно одно: party или each", "party: firm или each: clients"
                self.found.append(Problem(self.kind.where(*path), "bad_shape", message, hint))
            return
        party = self.expression(self.kind, spec.party, *path, "party")
        if spec.each is not None:
            everyone = self.expression(self.kind, spec.each, *path, "each")
            party = self.listed(self.kind, everyone, *path, "each")
        if not isinstance(party, Record | Anything):
            message = f"здесь нужна сторона, а это {described(party)}"
            hint = "party: одна сторона, each: список сторон"
            where = self.kind.where(*path, "party" if spec.party is not None else "each")
            self.found.append(Problem(where, "wrong_argument", message, hint))


# --- what has no kind ------------------------------------------------------------------------


def common_check(world: World, checks: list[KindCheck], targets: Targets) -> TextCheck:
    """Return the check of texts that no kind places: a name of any kind will do for them."""
    names: dict[str, Shape] = {}
    for check in checks:
        names = {
            name: merge([one[name] for one in (names, check.names) if name in one]) for name in {**names, **check.names}
        }
    shapes = checks[0].shapes if checks else {}
    return TextCheck(world, names, shapes, targets, Ledger(world.ledger))


def unplaced(library: Library, surveys: Mapping[str, Survey]) -> Iterator[Placed[ClauseSpec]]:
    """Yield the clauses that no kind places."""
    placed = {name for found in surveys.values() for name in found.clause_ids()}
    for identifier in library.clauses:
        if identifier not in placed:
            yield from library.all("clauses", identifier)


def common_targets(library: Library, known: frozenset[str], certain: frozenset[str]) -> Targets:
    """Return the targets of texts that no kind places: a clause that is always required needs no guard."""
    always = {identifier for identifier in library.clauses if stands_always(library, identifier)}
    return Targets(known, known, certain | always)


# --- phrases ---------------------------------------------------------------------------------


def phrase_calls(library: Library, shapes: Mapping[str, Shape]) -> dict[str, Call | None]:
    """Return what each phrase takes; a name that is misspelt in ``takes`` is taken as its text has it."""
    calls = {name: Call(SCALAR, _arguments(phrase.spec, shapes)) for name, phrase in library.phrases.items()}
    loose = {name for name in calls if ("phrases", name) in library.doubles or library.phrases[name].is_hurt()}
    return {**calls, **dict.fromkeys((library.doubtful - set(calls)) | loose)}


def _arguments(spec: PhraseSpec, shapes: Mapping[str, Shape]) -> tuple[Argument, ...]:
    used = template_names(spec.text.ru)
    free = used - set(spec.takes)
    meant = {name: name if name in used else closest(name, free) or name for name in spec.takes}
    return tuple(Argument(meant[name], _category(shapes.get(shape, ANY))) for name, shape in spec.takes.items())


def _category(shape: Shape) -> Shape:
    """Return the sort of thing that a shape is: a record, a list, one value."""
    match shape:
        case Record():
            return Record({})
        case Listing():
            return Listing(ANY)
        case Scalar():
            return SCALAR
        case Anything():
            return ANY


def circles_of(needs: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """Yield each circle of things that need each other, from its first name to that name again."""
    left = dict(needs)
    while True:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            circle = [*reversed(error.args[1])]
            yield circle
            left = {name: some - set(circle) for name, some in left.items() if name not in circle}
        else:
            return


# --- shapes and texts of specs ---------------------------------------------------------------

_SHAPES: dict[str, Shape] = {
    "integer": INTEGER,
    "decimal": DECIMAL,
    "money": DECIMAL,
    "boolean": BOOLEAN,
    "text": TEXT,
    "lines": TEXT,
    "date": DATE,
}


def value_shape(spec: ParameterSpec | FieldSpec) -> Shape:
    """Return the shape of a parameter or a fact."""
    return _SHAPES.get(spec.type) or Scalar(frozenset(spec.values or ()), "text")


def clause_editions(spec: ClauseSpec) -> Iterator[tuple[tuple[str | int, ...], EditionSpec]]:
    """Yield each edition and its path inside the clause."""
    for index, edition in enumerate(spec.all_editions()):
        yield (("editions", index) if spec.editions is not None else ()), edition


def edition_texts(edition: EditionSpec) -> Iterator[tuple[tuple[str, ...], str | None, dict[str, str]]]:
    """Yield (path inside the edition, condition, texts by language) of every variant."""
    for name, variant in edition.choices().items():
        path = () if edition.text is not None else ("variants", name)
        texts = {"ru": variant.text.ru} | ({} if variant.text.en is None else {"en": variant.text.en})
        yield path, variant.when, texts
