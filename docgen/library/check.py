"""A loaded library in, all its problems out at once: ids, editions, parameters, names, references, roles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Any

from docgen.errors import Problem
from docgen.library.load import Library, Placed, word_problems
from docgen.library.outline import PlacedText, Survey, certain_targets, placed_roles, survey
from docgen.library.parameters import mistake
from docgen.library.schema import ClauseSpec, EditionSpec, KindSpec
from docgen.library.shapes import SCALAR, Listing, Record, Shape
from docgen.library.templates import (
    Reading,
    Scope,
    Vocabulary,
    closest,
    expression_shape,
    perhaps,
    read_expression,
    read_template,
)

StyleName = Callable[[str], str]
ContextOf = Callable[[Placed[KindSpec]], Mapping[str, Shape]]
"""Gives the shapes of the facts that a kind's texts may name: matter, firm, clients, facts …"""


def check_library(
    library: Library, vocabulary: Vocabulary, context_of: ContextOf, roles: frozenset[str], style_name: StyleName
) -> tuple[Problem, ...]:
    """Return every problem of the library, each once; an empty tuple means that it may be used."""
    problems = list(library.problems)
    for identifier, clause in library.clauses.items():
        problems += _clause_problems(library, identifier, clause)
    surveys = {name: _repaired(library, survey(kind)) for name, kind in library.kinds.items()}
    for name, kind in library.kinds.items():
        problems += _outline_problems(library, kind, surveys[name], roles, style_name)
        problems += _KindCheck(library, kind, surveys, vocabulary, context_of(kind)).problems()
    problems += _unused(library, surveys)
    problems += _table_problems(library)
    return tuple(sorted(set(problems)))


# --- clauses by themselves -------------------------------------------------------------------


def _clause_problems(library: Library, identifier: str, clause: Placed[ClauseSpec]) -> Iterator[Problem]:
    spec = clause.spec
    wordings = [name for name in ("text", "variants", "editions") if getattr(spec, name) is not None]
    if len(wordings) != 1:
        hint = "оставьте одно: text, variants или editions"
        yield Problem(clause.where(), "bad_shape", f"у пункта {identifier} должен быть один источник текста", hint)
        return
    yield from _edition_problems(clause)
    yield from _parameter_problems(clause)
    for index, legal in enumerate(spec.legal):
        if legal.norm not in library.norms and legal.norm not in library.doubtful:
            hint = perhaps(legal.norm, library.norms, "добавьте норму в clauses/norms.yaml")
            yield Problem(clause.where("legal", index), "unknown_norm", f"нет нормы {legal.norm}", hint)


def _edition_problems(clause: Placed[ClauseSpec]) -> Iterator[Problem]:
    editions = sorted(enumerate(clause.spec.editions or ()), key=lambda pair: pair[1].start)
    for (_, earlier), (index, later) in pairwise(editions):
        if earlier.until is None or later.start <= earlier.until:
            until = "не ограничена" if earlier.until is None else f"действует до {earlier.until}"
            message = f"редакция с {later.start} накладывается на редакцию с {earlier.start} ({until})"
            yield Problem(
                clause.where("editions", index),
                "overlapping_editions",
                message,
                "закройте прежнюю редакцию днём раньше (until)",
            )
    for index, edition in enumerate(clause.spec.editions or ()):
        if (edition.text is None) == (edition.variants is None):
            yield Problem(clause.where("editions", index), "bad_shape", "в редакции нужно одно: text или variants", "")
        if edition.until is not None and edition.until < edition.start:
            yield Problem(clause.where("editions", index), "bad_shape", "until раньше from", "поправьте даты редакции")


def _parameter_problems(clause: Placed[ClauseSpec]) -> Iterator[Problem]:
    names = clause.spec.variant_names()
    for name, parameter in clause.spec.parameters.items():
        found = mistake(parameter, parameter.default)
        if found is not None:
            code = "default_out_of_bounds" if found[0] == "out_of_bounds" else "bad_default"
            message = f"значение по умолчанию параметра {name}: {found[1]}"
            yield Problem(clause.where("parameters", name, "default"), code, message, "поправьте default или границы")
        for variant in parameter.variants or ():
            if variant not in names:
                hint = perhaps(variant, names, "есть: " + ", ".join(sorted(names)))
                where = clause.where("parameters", name, "variants")
                yield Problem(where, "unknown_variant", f"нет варианта {variant}", hint)


# --- outlines --------------------------------------------------------------------------------


def _repaired(library: Library, found: Survey) -> Survey:
    """Return the survey with each misspelt clause id also placed under its nearest free right name."""
    placed = {clause.id for clause in found.clauses}
    for clause in list(found.clauses):
        if clause.id not in library.clauses and clause.id not in library.doubtful:
            near = closest(clause.id, set(library.clauses) - placed)
            if near:
                found.clauses.append(type(clause)(near, clause.path, clause.place_certain))
                placed.add(near)
    return found


def _outline_problems(
    library: Library, kind: Placed[KindSpec], found: Survey, roles: frozenset[str], style_name: StyleName
) -> Iterator[Problem]:
    for path in found.empty:
        hint = "одно из: paragraph, pair, text, section, points, table, parties, annex"
        yield Problem(kind.where(*path), "bad_shape", "в записи плана должен быть ровно один ключ", hint)
    yield from _placing_problems(library, kind, found)
    for term, path in found.terms:
        if term not in library.terms and term not in library.doubtful:
            yield Problem(kind.where(*path), "unknown_term", f"нет термина {term}", perhaps(term, library.terms))
    for role, path in placed_roles(found):
        if role not in roles:
            message = f"в оболочке Word нет стиля «{style_name(role)}» для роли {role}"
            hint = perhaps(role, roles, f"добавьте в shell.docx стиль «{style_name(role)}»")
            yield Problem(kind.where(*path), "role_missing", message, hint)


def _placing_problems(library: Library, kind: Placed[KindSpec], found: Survey) -> Iterator[Problem]:
    seen: dict[str, object] = {}
    for clause in found.clauses:
        if clause.id not in library.clauses:
            if clause.id not in library.doubtful:
                hint = perhaps(clause.id, library.clauses, "добавьте пункт в clauses/ или уберите его отсюда")
                yield Problem(kind.where(*clause.path), "unknown_clause", f"нет пункта {clause.id}", hint)
        elif clause.id in seen and seen[clause.id] != clause.path:
            yield Problem(
                kind.where(*clause.path), "placed_twice", f"пункт {clause.id} уже стоит в плане", "уберите повтор"
            )
        seen[clause.id] = clause.path
    for name in (set(found.sections) | set(found.annexes)) & set(library.clauses):
        path = (found.sections.get(name) or found.annexes[name])[-1]
        yield Problem(kind.where(*path), "duplicate_id", f"{name} — и пункт, и раздел", "дайте разделу другое имя")


def _unused(library: Library, surveys: Mapping[str, Survey]) -> Iterator[Problem]:
    used = {clause.id for found in surveys.values() for clause in found.clauses} | library.doubtful
    for identifier, clause in library.clauses.items():
        if identifier not in used:
            hint = "поставьте его в план (templates/<вид>/kind.yaml) или удалите"
            yield Problem(
                clause.where(), "unused_clause", f"пункт {identifier} не стоит ни в одном виде документа", hint
            )


_TABLES = {"vat": "нет таблицы НДС", "calendar": "нет таблицы производственных календарей"}


def _table_problems(library: Library) -> Iterator[Problem]:
    for name, message in _TABLES.items():
        if getattr(library, name) is None and name not in library.doubtful:
            file = f"clauses/{name}.yaml"
            yield Problem(f"{file}:1", "missing_table", f"{message} (ключ {name})", f"верните файл {file}")
    yield from word_problems(library)


# --- texts -----------------------------------------------------------------------------------


class _KindCheck:
    """Reads every text that a kind can print, with the names that it would have there."""

    def __init__(
        self,
        library: Library,
        kind: Placed[KindSpec],
        surveys: Mapping[str, Survey],
        vocabulary: Vocabulary,
        context: Mapping[str, Shape],
    ) -> None:
        self.library, self.kind, self.vocabulary = library, kind, vocabulary
        self.survey = surveys[kind.spec.kind]
        self.known = set(library.clauses) | library.doubtful
        for found in surveys.values():
            self.known |= set(found.sections) | set(found.annexes)
        self.placed = {clause.id for clause in self.survey.clauses}
        self.placed |= set(self.survey.sections) | set(self.survey.annexes)
        self.certain = certain_targets(library, self.survey)
        self.found: list[Problem] = []
        words = [word for term in library.terms.values() for word in term.spec.words()]
        self.names: dict[str, Shape] = {**dict.fromkeys([*library.doubtful, *words], SCALAR), **context}

    def problems(self) -> list[Problem]:
        self._values()
        self._kind_texts()
        for identifier in self.placed & set(self.library.clauses):
            self._clause(self.library.clauses[identifier])
        self._phrases()
        self._terms()
        self._party_rows()
        return self.found

    def _scope(self, more: Mapping[str, Shape] | None = None, may_refer: bool = True) -> Scope:
        return Scope({**self.names, **(more or {})}, self.vocabulary, may_refer)

    def _take(self, reading: Reading) -> None:
        self.found += reading.problems
        for reference in reading.references:
            self._reference(reference.target, reference.guarded, reference.where)
        for phrase, where in reading.phrases:
            if phrase not in self.library.phrases and phrase not in self.library.doubtful:
                hint = perhaps(phrase, self.library.phrases)
                self.found.append(Problem(where, "unknown_phrase", f"нет оборота {phrase}", hint))

    def _reference(self, target: str, guarded: bool, where: str) -> None:
        if target in self.library.doubtful or target in self.certain:
            return
        if target not in self.known or (not guarded and target not in self.placed):
            hint = perhaps(target, self.placed, "сошлитесь на пункт, раздел или приложение этого документа")
            self.found.append(Problem(where, "reference_to_nowhere", f"ссылка на {target}: такого пункта нет", hint))
        elif not guarded:
            message = f"ссылка на {target} без has(): этого пункта может не быть в документе"
            hint = f"оберните: {{% if has('{target}') %}}…{{% endif %}}"
            self.found.append(Problem(where, "unguarded_reference", message, hint))

    def _values(self) -> None:
        spec = self.kind.spec
        for name in self._value_order():
            file, line = self.kind.text_place("values", name)
            scope = self._scope(may_refer=False)
            self._take(read_expression(spec.values[name], scope, file, line))
            self.names[name] = expression_shape(spec.values[name], scope) or SCALAR

    def _value_order(self) -> list[str]:
        values = self.kind.spec.values
        needs = {name: value_names(text) & set(values) for name, text in values.items()}
        try:
            return list(TopologicalSorter(needs).static_order())
        except CycleError as error:
            chain = " → ".join(reversed(error.args[1]))
            where = self.kind.where("values", error.args[1][0])
            self.found.append(
                Problem(where, "circular_value", f"значения зависят друг от друга: {chain}", "разорвите круг")
            )
            return []

    def _kind_texts(self) -> None:
        for name in ("heading", "subject", "foot", "file_name"):
            file, line = self.kind.text_place(name)
            self._take(read_template(getattr(self.kind.spec, name), self._scope(may_refer=False), file, line))
        for text in self.survey.texts:
            self._outline_text(text)

    def _outline_text(self, text: PlacedText) -> None:
        file, line = self.kind.text_place(*text.path)
        if text.expression:
            self._take(read_expression(text.text, self._scope(may_refer=False), file, line))
        else:
            self._take(read_template(text.text, self._scope(self._row_names(text.row)), file, line))

    def _row_names(self, row: tuple[str, str] | None) -> dict[str, Shape]:
        if row is None:
            return {}
        items = expression_shape(row[1], self._scope(may_refer=False))
        loop = Record({"index": SCALAR, "first": SCALAR, "last": SCALAR})
        return {row[0]: items.of if isinstance(items, Listing) else Record({}), "loop": loop}

    def _clause(self, clause: Placed[ClauseSpec]) -> None:
        parameters: dict[str, Shape] = dict.fromkeys(clause.spec.parameters, SCALAR)
        if clause.spec.when is not None:
            file, line = clause.text_place("when")
            self._take(read_expression(clause.spec.when, self._scope(may_refer=False), file, line))
        for path, edition in clause_editions(clause.spec):
            for variant_path, when, texts in edition_texts(edition):
                here = (*path, *variant_path)
                if when is not None:
                    file, line = clause.text_place(*here, "when")
                    self._take(read_expression(when, self._scope(may_refer=False), file, line))
                for language, text in texts.items():
                    file, line = clause.text_place(*here, "text", language)
                    self._take(read_template(text, self._scope(parameters), file, line))

    def _phrases(self) -> None:
        for phrase in self.library.phrases.values():
            given = {name: self._named_shape(shape) for name, shape in phrase.spec.takes.items()}
            file, line = phrase.text_place("text", "ru")
            self._take(read_template(phrase.spec.text.ru, self._scope(given), file, line))

    def _terms(self) -> None:
        for term in self.library.terms.values():
            for index, variant in enumerate(term.spec.variants):
                file, line = term.text_place("variants", index, "when")
                self._take(read_expression(variant.when, self._scope(may_refer=False), file, line))

    def _named_shape(self, name: str) -> Shape:
        return self.names.get(f"<{name}>", SCALAR)

    def _party_rows(self) -> None:
        party = {"party": self._named_shape("party")}
        for shelf in (self.library.requisites, self.library.named, self.library.signatures):
            for rows in shelf.values():
                for row in rows:
                    self._party_row(row, party)

    def _party_row(self, row: Placed[Any], outer: Mapping[str, Shape]) -> None:
        spec = row.spec
        names = dict(outer)
        for name in ("when", "each"):
            text = getattr(spec, name)
            if text is not None:
                file, line = row.text_place(name)
                self._take(read_expression(text, self._scope(names, may_refer=False), file, line))
        if spec.each is not None and spec.name is not None:
            items = expression_shape(spec.each, self._scope(names, may_refer=False))
            names[spec.name] = items.of if isinstance(items, Listing) else Record({})
        for name in ("text", "position", "signer"):
            text = getattr(spec, name, None)
            if text:
                file, line = row.text_place(name)
                self._take(read_template(text, self._scope(names, may_refer=False), file, line))
        for index, below in enumerate(getattr(spec, "rows", ())):
            self._party_row(Placed(below, row.source, (*row.path, "rows", index)), names)


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


def value_names(text: str) -> set[str]:
    """Return the names that an expression uses."""
    return read_expression(text, Scope({}, Vocabulary({}, {})), "", 0).names
