"""A loaded library in, all its problems out at once: ids, editions, parameters, names, references, roles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from docgen.errors import Problem
from docgen.library.form import form_problems
from docgen.library.ledger import Ledger, once
from docgen.library.load import Library, Placed
from docgen.library.outline import Survey, certain_targets, placed_roles, survey
from docgen.library.pieces import (
    advice_norms,
    clause_problems,
    fact_problems,
    kind_names,
    package_problems,
    party_kind_problems,
    preset_problems,
    table_problems,
    target_problems,
    term_problems,
)
from docgen.library.schema import EntrySpec, KindSpec
from docgen.library.shapes import ANY, TEXT, Record, Scalar, Shape
from docgen.library.spelling import closest, perhaps
from docgen.library.templates import template_phrases
from docgen.library.texts import (
    KindCheck,
    Targets,
    TextCheck,
    World,
    circles_of,
    common_check,
    common_targets,
    phrase_calls,
    unplaced,
)
from docgen.library.vocabulary import Vocabulary

StyleName = Callable[[str], str]
ContextOf = Callable[[Placed[KindSpec]], Mapping[str, Shape]]
"""Gives the shapes of the facts that a kind's texts may name: matter, firm, clients, facts …"""


def check_library(
    library: Library, vocabulary: Vocabulary, context_of: ContextOf, roles: frozenset[str], style_name: StyleName
) -> tuple[Problem, ...]:
    """Return every problem of the library, each once; an empty tuple means that it may be used."""
    return tuple(once(_Check(library, vocabulary, context_of).problems(roles, style_name)))


class _Check:
    """The whole library: piece by piece, then kind by kind, then what no kind has."""

    def __init__(self, library: Library, vocabulary: Vocabulary, context_of: ContextOf) -> None:
        self.library, self.ledger = library, Ledger()
        self.checks: list[TextCheck] = []
        self.surveys = {name: _repaired(library, survey(kind)) for name, kind in library.kinds.items()}
        self.contexts = {name: context_of(kind) for name, kind in library.kinds.items()}
        self.shapes = _shapes(next(iter(self.contexts.values()), {}))
        self.world = World(library, vocabulary, self.ledger, phrase_calls(library, self.shapes))
        targets = {name for found in self.surveys.values() for name in (found.target_ids() | found.clause_ids())}
        self.known = frozenset(targets | set(library.clauses))

    def problems(self, roles: frozenset[str], style_name: StyleName) -> list[Problem]:
        return [
            *self.library.problems,
            *self._pieces(),
            *self._outlines(),
            *self._roles(roles, style_name),
            *self._texts(),
            *self._circles(),
            *_unused(self.library, self.surveys),
            *self.ledger.close(),
        ]

    # --- pieces

    def _pieces(self) -> Iterator[Problem]:
        for identifier in self.library.clauses:
            for clause in self.library.all("clauses", identifier):
                yield from clause_problems(self.library, identifier, clause, self.ledger)
        for kind in self.library.kinds.values():
            yield from fact_problems(kind)
        yield from kind_names(self.library)
        yield from package_problems(self.library)
        advice_norms(self.library, self.ledger)
        yield from term_problems(self.library, self._reserved())
        yield from table_problems(self.library, self.ledger)
        yield from form_problems(self.library, {name: self._facts(name) for name in self.library.kinds}, self.ledger)
        kinds = _party_kinds(self.shapes)
        if kinds:
            yield from party_kind_problems(self.library, kinds)
        for name, norm in self.library.norms.items():
            self.ledger.define("norm", name, norm.where())
        sorts = {"norms": "norm", "phrases": "phrase"}
        self.ledger.told |= {(sorts[top], name) for top, name in self.library.misnamed if top in sorts}

    def _reserved(self) -> set[str]:
        """Return the names that mean something else in texts."""
        names = {name for context in self.contexts.values() for name in context if not name.startswith("<")}
        names |= {name for kind in self.library.kinds.values() for name in kind.spec.values}
        return names | set(self.world.vocabulary.functions) | {"ref", "has", "phrase", "loop", "party"}

    # --- outlines

    def _outlines(self) -> Iterator[Problem]:
        for name, kind in self.library.kinds.items():
            found = self.surveys[name]
            yield from _entry_problems(kind, found)
            yield from _loose_problems(kind, found)
            yield from _placing_problems(self.library, kind, found)
            yield from target_problems(self.library, kind, found)
            yield from preset_problems(self.library, kind, found.clause_ids() | found.target_ids())
            yield from self._sides(kind, found)
        for name, term in self.library.terms.items():
            self.ledger.define("term", name, term.where())

    def _sides(self, kind: Placed[KindSpec], found: Survey) -> Iterator[Problem]:
        terms = self.library.terms
        for side, path in found.sides:
            if (side.term is None) == (side.title is None):
                message = "у стороны должно быть одно из двух: term (термин) или title (слово)"
                yield Problem(kind.where(*path), "bad_shape", message, "оставьте одно")
            if side.term is None:
                continue
            self.ledger.used.add(("term", side.term))
            here = (*path, "term")
            if side.term not in terms and side.term not in self.library.doubtful and not kind.is_damaged(*here):
                hint = perhaps(side.term, terms, "добавьте термин в clauses/terms.yaml")
                problem = Problem(kind.where(*here), "unknown_term", f"нет термина {side.term}", hint)
                self.ledger.miss(("term", side.term), problem)

    def _roles(self, roles: frozenset[str], style_name: StyleName) -> Iterator[Problem]:
        for role, name, path in placed_roles(self.surveys):
            kind = self.library.kinds[name]
            if role not in roles and not kind.is_damaged(*path):
                message = f"в оболочке Word нет стиля «{style_name(role)}» для роли {role}"
                hint = perhaps(role, roles, f"добавьте в shell.docx стиль «{style_name(role)}»")
                yield Problem(kind.where(*path), "role_missing", message, hint)

    # --- texts

    def _texts(self) -> list[Problem]:
        checks = [self._kind_check(name) for name in self.library.kinds]
        phrases: set[str] = set()
        for check in checks:
            check.read()
            reached: set[str] = set()
            check.reach(reached)
            phrases |= reached
        certain = frozenset[str]().union(*(check.targets.certain for check in checks))
        rest = common_check(self.world, checks, common_targets(self.library, self.known, certain))
        for clause in unplaced(self.library, self.surveys):
            rest.clause(clause)
        rest.reach(phrases)
        for name in sorted(set(self.library.phrases) - phrases):
            for phrase in self.library.all("phrases", name):
                rest.phrase(phrase)
        self.checks = [*checks, rest]
        self._define()
        self._forgive_terms()
        if any(not kind.source.unread and kind.source.is_damaged(()) for kind in self.library.kinds.values()):
            rest.forgive_all()
        return [problem for check in self.checks for problem in (*check.found, *check.ledger.close())]

    def _kind_check(self, name: str) -> KindCheck:
        kind, found = self.library.kinds[name], self.surveys[name]
        context = self.contexts[name]
        names: dict[str, Shape] = {
            **dict.fromkeys(self.library.doubtful, ANY),
            **dict.fromkeys(self._words(), TEXT),
            **{one: shape for one, shape in context.items() if not one.startswith("<")},
        }
        names["facts"] = self._facts(name)
        placed = frozenset(found.clause_ids() | found.target_ids())
        certain = frozenset(certain_targets(self.library, found))
        unknown = frozenset(placed - set(self.library.clauses) - found.target_ids())
        targets = Targets(self.known, placed, certain | unknown, frozenset(found.unnumbered()))
        return KindCheck(self.world, names, self.shapes, targets, Ledger(self.ledger), kind=kind, survey=found)

    def _facts(self, name: str) -> Shape:
        known = name not in self.library.unread_kinds
        return _facts(self.library.kinds[name], self.contexts[name]["facts"]) if known else ANY

    def _words(self) -> Iterator[str]:
        for name in self.library.terms:
            for term in self.library.all("terms", name):
                yield from term.spec.words()

    def _forgive_terms(self) -> None:
        """Say nothing of unknown words with a capital letter when the forms of a term are lost: they may be these."""
        if any(term.is_hurt("forms") for term in self.library.terms.values()):
            for check in self.checks:
                lost = [name for name in check.ledger.missed if name[0] == "name" and re.match("[А-ЯЁ]", name[1])]
                for name in lost:
                    del check.ledger.missed[name]

    def _define(self) -> None:
        """Note the library's own names: words of terms and phrases."""
        for term in self.library.terms.values():
            for case, form in term.spec.forms.cases():
                self.ledger.define("name", form, term.where("forms", case))
            for word in term.spec.agreeing:
                self.ledger.define("name", word, term.where("agreeing", word))
        for name, phrase in self.library.phrases.items():
            self.ledger.define("phrase", name, phrase.where())

    def _circles(self) -> Iterator[Problem]:
        """Yield a problem for each circle of phrases that use each other."""
        texts = {name: phrase.spec.text.ru for name, phrase in self.library.phrases.items()}
        needs = {name: template_phrases(text) & set(texts) for name, text in texts.items()}
        for circle in circles_of(needs):
            where = self.library.phrases[circle[0]].where()
            message = f"обороты зависят друг от друга: {' → '.join(circle)}"
            yield Problem(where, "circular_phrase", message, "разорвите круг")


def _facts(kind: Placed[KindSpec], shape: Shape) -> Shape:
    """Return the shape of a kind's facts; nothing is known of what is broken."""
    if kind.is_damaged("facts") or not isinstance(shape, Record):
        return ANY
    hurt = [name for name in shape.fields if kind.is_hurt("facts", name)]
    return Record({**shape.fields, **dict.fromkeys(hurt, ANY)})


def _shapes(context: Mapping[str, Shape]) -> dict[str, Shape]:
    """Return the shapes that a phrase may say it takes, by name."""
    return {name[1:-1]: shape for name, shape in context.items() if name.startswith("<")}


def _party_kinds(shapes: Mapping[str, Shape]) -> frozenset[str]:
    party = shapes.get("party")
    kind = party.fields.get("kind") if isinstance(party, Record) else None
    return kind.choices if isinstance(kind, Scalar) else frozenset()


# --- outlines --------------------------------------------------------------------------------


def _repaired(library: Library, found: Survey) -> Survey:
    """Return the survey with each misspelt clause id also placed under its nearest free right name.

    Ids that lost their commas ([a b]) are placed one by one.
    """
    placed = found.clause_ids()
    for clause in list(found.clauses):
        if clause.id not in library.clauses and clause.id not in library.doubtful:
            words = [word for word in re.split(r"[\s,]+", clause.id) if word in library.clauses]
            near = words or [closest(clause.id, set(library.clauses) - placed)]
            found.clauses += [replace(clause, id=one) for one in near if one]
            placed |= set(near)
    return found


def _entry_problems(kind: Placed[KindSpec], found: Survey) -> Iterator[Problem]:
    for path in found.wrong:
        if not kind.is_hurt(*path):
            hint = "одно из: " + ", ".join(EntrySpec.model_fields)
            yield Problem(kind.where(*path), "bad_shape", "в записи плана должен быть ровно один ключ", hint)


def _loose_problems(kind: Placed[KindSpec], found: Survey) -> Iterator[Problem]:
    for path in found.loose:
        message = "приложение не может быть обязательным и выключенным"
        yield Problem(kind.where(*path), "bad_shape", message, "уберите required или off")


def _placing_problems(library: Library, kind: Placed[KindSpec], found: Survey) -> Iterator[Problem]:
    seen: dict[str, object] = {}
    told: set[object] = set()
    misnamed = {name for top, name in library.misnamed if top == "clauses"}
    for clause in found.clauses:
        where = kind.where(*clause.path)
        if kind.is_damaged(*clause.path) or clause.path in told:
            continue
        if clause.id not in library.clauses and clause.id not in library.doubtful:
            told.add(clause.path)
            if closest(clause.id, misnamed):
                continue
            hint = perhaps(clause.id, library.clauses, "добавьте пункт в clauses/ или уберите его отсюда")
            yield Problem(where, "unknown_clause", f"нет пункта {clause.id}", hint)
        elif clause.id in seen and clause.id in library.clauses:
            yield Problem(where, "placed_twice", f"пункт {clause.id} уже стоит в плане", "уберите повтор")
        seen[clause.id] = clause.path


def _unused(library: Library, surveys: Mapping[str, Survey]) -> Iterator[Problem]:
    if library.unread_kinds and not all(library.kinds[name].source.unread for name in library.unread_kinds):
        return  # the outline of a kind is lost, so that nobody can tell what stood in it
    used = {name for found in surveys.values() for name in found.clause_ids()} | library.doubtful
    for identifier, clause in library.clauses.items():
        if identifier not in used:
            hint = "поставьте его в план (templates/<вид>/kind.yaml) или удалите"
            message = f"пункт {identifier} не стоит ни в одном виде документа"
            yield Problem(clause.where(), "unused_clause", message, hint)
