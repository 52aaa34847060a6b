"""A kind, an order's choices and the facts in, which clause stands in which wording and why out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from docgen.assembly.facts import Facts
from docgen.assembly.trace import traced
from docgen.errors import Cure, Operation, Problem
from docgen.library import (
    AnnexSpec,
    ClauseSpec,
    EditionSpec,
    EntrySpec,
    KindSpec,
    Library,
    Placed,
    PresetSpec,
    SectionSpec,
    mistake,
)
from docgen.model import Blank, Choices


@dataclass(frozen=True, slots=True)
class Decision:
    """Why a clause, section or annex is in the document or out of it."""

    id: str
    included: bool
    reason: str
    variant: str = ""
    edition: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A clause that stands: its text in the document's language, its place, its parameters as traced values."""

    id: str
    text: str
    where: str
    parameters: Mapping[str, Any]


@dataclass(slots=True)
class Selection:
    """What stands in one document."""

    chosen: dict[str, Chosen] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    present: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def select(library: Library, kind: KindSpec, facts: Facts, choices: Choices, day: date) -> Selection:
    """Return the clauses, sections and annexes that stand in a document, each decision with its reason.

    ``choices`` is the order's ``clauses``: preset, omit, choose, parameters, replace, add.
    """
    selector = _Selector(library, facts, choices, day, kind.presets.get(choices.preset, _WHOLE))
    selector.entries(kind.outline, True)
    selector.check_choices()
    return selector.result


_WHOLE = PresetSpec(title="standard")


class _Selector:
    def __init__(self, library: Library, facts: Facts, choices: Choices, day: date, preset: PresetSpec) -> None:
        self.library, self.facts, self.choices, self.day = library, facts, choices, day
        self.omitted = set(choices.omit)
        named = {*choices.choose, *choices.replace, *choices.parameters}
        self.preset = set(preset.omit) - named
        self.choose = {name: variant for name, variant in preset.choose.items() if name not in self.omitted}
        self.choose |= choices.choose
        self.added = {addition.after for addition in choices.add}
        self.result = Selection()
        self.seen: set[str] = set()

    # --- the outline

    def entries(self, entries: tuple[EntrySpec, ...], stands: bool) -> None:
        for entry in entries:
            if entry.text is not None:
                self.clauses((entry.text.clause,), stands)
                self.result.present.discard(entry.text.clause)  # it has no number to refer to
            elif entry.points is not None:
                self.clauses(entry.points.clauses, stands)
            elif entry.section is not None:
                self.section(entry.section, stands)
            elif entry.annex is not None:
                self.annex(entry.annex)

    def section(self, spec: SectionSpec, stands: bool) -> None:
        self.seen.add(spec.id)
        holds = stands and self.holds(spec.when) and not self.left_out(spec.id, spec.clauses)
        self.clauses(spec.clauses, holds)
        if self.result.chosen.keys() & set(spec.clauses):
            self.result.present.add(spec.id)

    def annex(self, spec: AnnexSpec) -> None:
        self.seen.add(spec.id)
        included, reason = self.annex_stands(spec)
        self.result.decisions.append(Decision(spec.id, included, reason))
        if included:
            self.result.present.add(spec.id)
        self.entries(spec.blocks, included)

    def annex_stands(self, spec: AnnexSpec) -> tuple[bool, str]:
        if self.left_out(spec.id, ()) and not spec.required:
            return False, "исключено особыми условиями заказа (/clauses/omit)"
        if spec.id in self.choose:
            return True, "выбрано в заказе (/clauses/choose)"
        if spec.id in self.preset:
            return False, f"не входит в объём {self.choices.preset} (/clauses/preset)"
        if spec.off:
            return False, "по умолчанию не включается"
        if not self.holds(spec.when):
            return False, f"условие не выполнено: {spec.when}"
        return True, f"условие выполнено: {spec.when}" if spec.when else "входит всегда"

    def left_out(self, identifier: str, inside: tuple[str, ...]) -> bool:
        """Tell whether the order leaves a section or annex out; what is required there stays (and is a problem)."""
        return identifier in self.omitted and not any(self.library.clauses[name].spec.required for name in inside)

    def clauses(self, ids: tuple[str, ...], stands: bool) -> None:
        for identifier in ids:
            self.seen.add(identifier)
            self.clause(identifier, self.library.clauses[identifier], stands)

    # --- one clause

    def clause(self, identifier: str, clause: Placed[ClauseSpec], stands: bool) -> None:
        reason = self.refusal(identifier, clause.spec, stands)
        if reason:
            self.result.decisions.append(Decision(identifier, False, reason, where=clause.where()))
            return
        edition = clause.spec.edition_on(self.day)
        if edition is None:
            self.no_edition(identifier, clause)
            return
        variant, why = self.variant(identifier, edition)
        if not variant:
            self.result.decisions.append(Decision(identifier, False, why, where=clause.where()))
            return
        self.take(identifier, clause, edition, variant, why)

    def refusal(self, identifier: str, spec: ClauseSpec, stands: bool) -> str:
        """Return why a clause does not stand, or an empty string."""
        if identifier in self.omitted and not spec.required:
            return "исключён особыми условиями заказа (/clauses/omit)"
        if identifier in self.preset and not spec.required:
            return f"не входит в объём {self.choices.preset} (/clauses/preset)"
        if not stands:
            return "раздел или приложение не входит в документ"
        if identifier in self.choose and not self.holds(spec.when):
            message = f"пункт {identifier} рассчитан на другой случай: {spec.when}"
            self.out_of_place(f"/clauses/choose/{identifier}", message)
        if spec.off and identifier not in self.choose:
            return "по умолчанию не включается, в заказе не выбран"
        if not self.holds(spec.when):
            return f"условие не выполнено: {spec.when}"
        return ""

    def no_edition(self, identifier: str, clause: Placed[ClauseSpec]) -> None:
        reason = f"нет редакции, действующей на {self.day}"
        self.result.decisions.append(Decision(identifier, False, reason, where=clause.where()))
        if clause.spec.required:
            hint = "добавьте редакцию или поправьте дату документа"
            self.result.problems.append(Problem("/date", "no_edition", f"пункт {identifier}: {reason}", hint))

    def variant(self, identifier: str, edition: EditionSpec) -> tuple[str, str]:
        """Return the name of the variant that stands and why; an empty name when none does."""
        variants = edition.choices()
        wanted = self.choose.get(identifier)
        holding = [name for name, spec in variants.items() if spec.when is not None and self.holds(spec.when)]
        if wanted is not None and wanted in variants:
            self.check_variant(identifier, str(wanted), variants[wanted].when, holding)
            return str(wanted), "выбран в заказе (/clauses/choose)"
        if holding:
            return holding[0], f"условие выполнено: {variants[holding[0]].when}"
        for name, spec in variants.items():
            if spec.when is None:
                return name, "входит всегда" if len(variants) == 1 else "вариант по умолчанию"
        return "", "ни одно из условий вариантов не выполнено"

    def check_variant(self, identifier: str, variant: str, when: str | None, holding: list[str]) -> None:
        """Refuse a variant whose own condition fails, or a default where a condition calls for another."""
        if variant in holding or (when is None and not holding):
            return
        case = when or f"здесь по условию стоит вариант {holding[0]}"
        where = f"/clauses/choose/{identifier}"
        self.out_of_place(where, f"вариант {variant} пункта {identifier} рассчитан на другой случай: {case}")

    def out_of_place(self, where: str, message: str) -> None:
        hint, cure = "уберите выбор; свой текст условия задаёт /clauses/replace", Cure((Operation("remove", where),))
        self.result.problems.append(Problem(where, "out_of_place", message, hint, (cure,)))

    def take(self, identifier: str, clause: Placed[ClauseSpec], edition: EditionSpec, variant: str, why: str) -> None:
        path = self.text_path(clause.spec, edition, variant)
        where = clause.where(*path)
        spec = edition.choices()[variant]
        parameters = self.parameters(identifier, clause)
        self.result.chosen[identifier] = Chosen(identifier, spec.text.ru, where, parameters)
        self.result.present.add(identifier)
        since = "" if clause.spec.editions is None else f"с {edition.start}"
        reason = f"{why}; {clause.spec.when}" if clause.spec.when else why
        self.result.decisions.append(Decision(identifier, True, reason, variant, since, where))

    @staticmethod
    def text_path(spec: ClauseSpec, edition: EditionSpec, variant: str) -> tuple[str | int, ...]:
        start: tuple[str | int, ...] = () if spec.editions is None else ("editions", spec.editions.index(edition))
        return (*start, "text") if edition.text is not None else (*start, "variants", variant)

    def holds(self, condition: str | None) -> bool:
        return condition is None or bool(self.facts.evaluate(condition))

    # --- parameters

    def parameters(self, identifier: str, clause: Placed[ClauseSpec]) -> dict[str, Any]:
        given = self.choices.parameters.get(identifier, {})
        values = {}
        for name, spec in clause.spec.parameters.items():
            if name in given and (isinstance(given[name], Blank) or mistake(spec, given[name]) is None):
                value, source = given[name], f"/clauses/parameters/{identifier}/{name}"
            else:
                value, source = spec.default, clause.where("parameters", name, "default")
            values[name] = traced(value, source, str)
        return values

    # --- the order's choices against this very document

    def check_choices(self) -> None:
        for identifier in self.choices.parameters:
            if identifier in self.seen and identifier not in self.result.chosen:
                message = f"пункт {identifier} не входит в документ, его параметры ни на что не влияют"
                where = f"/clauses/parameters/{identifier}"
                hint = "уберите параметры или включите пункт"
                self.result.warnings.append(Problem(where, "unused_parameter", message, hint))
        for identifier in self.choices.replace:
            self.check_present(f"/clauses/replace/{identifier}", identifier)
        for index, addition in enumerate(self.choices.add):
            self.check_present(f"/clauses/add/{index}/after", addition.after)

    def check_present(self, where: str, identifier: str) -> None:
        if identifier in self.seen and identifier not in self.result.chosen:
            message = f"пункта {identifier} нет в этом документе"
            hint = "причину назовёт docgen explain; выберите другой пункт"
            self.result.problems.append(Problem(where, "absent_clause", message, hint))
