"""A kind, an order's choices and the facts in, which clause stands in which wording and why out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

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
class Cause:
    """What decided: a ground, the conditions that were asked, the section or annex that was decided with the clause.

    ``preset`` is the order's preset, ``off`` a clause that stands only when it is chosen.
    """

    ground: Literal["always", "condition", "chosen", "preset", "off", "omitted", "no_edition"] = "always"
    conditions: tuple[str, ...] = ()
    part: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """Why a clause, section or annex is in the document or out of it.

    ``reason`` is for engineers and has the library's expressions; ``cause`` is the same in parts, and ``wording`` is
    what decided on the variant.
    """

    id: str
    included: bool
    reason: str
    variant: str = ""
    edition: str = ""
    where: str = ""
    cause: Cause = Cause()
    wording: Cause = Cause()


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
    selector.entries(kind.outline, _DOCUMENT)
    selector.check_choices()
    return selector.result


_WHOLE = PresetSpec(title="standard")


@dataclass(frozen=True, slots=True)
class _Part:
    """A section or annex, or the document itself: whether it stands and what decided on that."""

    stands: bool
    cause: Cause


_DOCUMENT = _Part(True, Cause())


def _on(*conditions: str | None, part: str = "") -> Cause:
    asked = tuple(one for one in conditions if one is not None)
    return Cause("condition" if asked else "always", asked, part)


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

    def entries(self, entries: tuple[EntrySpec, ...], part: _Part) -> None:
        for entry in entries:
            if entry.text is not None:
                self.clauses((entry.text.clause,), part)
                self.result.present.discard(entry.text.clause)  # it has no number to refer to
            elif entry.points is not None:
                self.clauses(entry.points.clauses, part)
            elif entry.section is not None:
                self.section(entry.section, part)
            elif entry.annex is not None:
                self.annex(entry.annex)

    def section(self, spec: SectionSpec, outer: _Part) -> None:
        self.seen.add(spec.id)
        self.clauses(spec.clauses, self.section_stands(spec, outer))
        if self.result.chosen.keys() & set(spec.clauses):
            self.result.present.add(spec.id)

    def section_stands(self, spec: SectionSpec, outer: _Part) -> _Part:
        if not outer.stands or (spec.when is None and not self.left_out(spec.id, spec.clauses)):
            return outer
        holds = self.holds(spec.when)
        if holds and self.left_out(spec.id, spec.clauses):
            return _Part(False, Cause("omitted", part=spec.id))
        return _Part(holds, _on(spec.when, part=spec.id))

    def annex(self, spec: AnnexSpec) -> None:
        self.seen.add(spec.id)
        included, reason, cause = self.annex_stands(spec)
        self.result.decisions.append(Decision(spec.id, included, reason, cause=cause))
        if included:
            self.result.present.add(spec.id)
        self.entries(spec.blocks, _Part(included, cause))

    def annex_stands(self, spec: AnnexSpec) -> tuple[bool, str, Cause]:
        if self.left_out(spec.id, ()) and not spec.required:
            return False, "исключено особыми условиями заказа (/clauses/omit)", Cause("omitted", part=spec.id)
        if spec.id in self.choose:
            return True, "выбрано в заказе (/clauses/choose)", self.choice(spec.id, part=spec.id)
        if spec.id in self.preset:
            return False, f"не входит в объём {self.choices.preset} (/clauses/preset)", Cause("preset", part=spec.id)
        if spec.off:
            return False, "по умолчанию не включается", Cause("off", part=spec.id)
        cause = _on(spec.when, part=spec.id)
        if not self.holds(spec.when):
            return False, f"условие не выполнено: {spec.when}", cause
        return True, f"условие выполнено: {spec.when}" if spec.when else "входит всегда", cause

    def choice(self, identifier: str, conditions: tuple[str, ...] = (), part: str = "") -> Cause:
        """Return the cause of what is chosen: the order itself has chosen it, or its preset."""
        return Cause("chosen" if identifier in self.choices.choose else "preset", conditions, part)

    def left_out(self, identifier: str, inside: tuple[str, ...]) -> bool:
        """Tell whether the order leaves a section or annex out; what is required there stays (and is a problem)."""
        return identifier in self.omitted and not any(self.library.clauses[name].spec.required for name in inside)

    def clauses(self, ids: tuple[str, ...], part: _Part) -> None:
        for identifier in ids:
            self.seen.add(identifier)
            self.clause(identifier, self.library.clauses[identifier], part)

    # --- one clause

    def clause(self, identifier: str, clause: Placed[ClauseSpec], part: _Part) -> None:
        reason, cause = self.refusal(identifier, clause.spec, part)
        if reason:
            self.result.decisions.append(Decision(identifier, False, reason, where=clause.where(), cause=cause))
            return
        edition = clause.spec.edition_on(self.day)
        if edition is None:
            self.no_edition(identifier, clause)
            return
        variant, why, wording = self.variant(identifier, edition)
        if not variant:
            self.result.decisions.append(Decision(identifier, False, why, where=clause.where(), cause=wording))
            return
        self.take(identifier, clause, edition, (variant, why, wording), self.standing(identifier, clause.spec, part))

    def refusal(self, identifier: str, spec: ClauseSpec, part: _Part) -> tuple[str, Cause]:
        """Return why a clause does not stand, or an empty string."""
        if identifier in self.omitted and not spec.required:
            return "исключён особыми условиями заказа (/clauses/omit)", Cause("omitted")
        if identifier in self.preset and not spec.required:
            return f"не входит в объём {self.choices.preset} (/clauses/preset)", Cause("preset")
        if not part.stands:
            return "раздел или приложение не входит в документ", part.cause
        if identifier in self.choose and not self.holds(spec.when):
            message = f"пункт {identifier} рассчитан на другой случай: {spec.when}"
            self.out_of_place(f"/clauses/choose/{identifier}", message)
        if spec.off and identifier not in self.choose:
            return "по умолчанию не включается, в заказе не выбран", Cause("off")
        if not self.holds(spec.when):
            return f"условие не выполнено: {spec.when}", _on(spec.when)
        return "", Cause()

    def standing(self, identifier: str, spec: ClauseSpec, part: _Part) -> Cause:
        """Return why a clause stands: its own conditions and those of its section or annex."""
        asked = _on(*part.cause.conditions, spec.when, part=part.cause.part)
        if spec.off:
            return self.choice(identifier, asked.conditions)
        if part.cause.ground in ("always", "condition"):
            return asked
        return replace(part.cause, conditions=asked.conditions)

    def no_edition(self, identifier: str, clause: Placed[ClauseSpec]) -> None:
        reason = f"нет редакции, действующей на {self.day}"
        cause = Cause("no_edition")
        self.result.decisions.append(Decision(identifier, False, reason, where=clause.where(), cause=cause))
        if clause.spec.required:
            hint = "добавьте редакцию или поправьте дату документа"
            self.result.problems.append(Problem("/date", "no_edition", f"пункт {identifier}: {reason}", hint))

    def variant(self, identifier: str, edition: EditionSpec) -> tuple[str, str, Cause]:
        """Return the name of the variant that stands and why; an empty name when none does."""
        variants = edition.choices()
        wanted = self.choose.get(identifier)
        holding = [name for name, spec in variants.items() if spec.when is not None and self.holds(spec.when)]
        if wanted is not None and wanted in variants:
            self.check_variant(identifier, str(wanted), variants[wanted].when, holding)
            return str(wanted), "выбран в заказе (/clauses/choose)", self.choice(identifier)
        if holding:
            when = variants[holding[0]].when
            return holding[0], f"условие выполнено: {when}", _on(when)
        for name, spec in variants.items():
            if spec.when is None:
                return name, "входит всегда" if len(variants) == 1 else "вариант по умолчанию", Cause()
        return "", "ни одно из условий вариантов не выполнено", _on(*(spec.when for spec in variants.values()))

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

    def take(
        self,
        identifier: str,
        clause: Placed[ClauseSpec],
        edition: EditionSpec,
        chosen: tuple[str, str, Cause],
        cause: Cause,
    ) -> None:
        variant, why, wording = chosen
        path = self.text_path(clause.spec, edition, variant)
        where = clause.where(*path)
        spec = edition.choices()[variant]
        parameters = self.parameters(identifier, clause)
        self.result.chosen[identifier] = Chosen(identifier, spec.text.ru, where, parameters)
        self.result.present.add(identifier)
        since = "" if clause.spec.editions is None else f"с {edition.start}"
        reason = f"{why}; {clause.spec.when}" if clause.spec.when else why
        self.result.decisions.append(Decision(identifier, True, reason, variant, since, where, cause, wording))

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
