"""A kind's outline in, a flat list of what it places and points at out: clauses, targets, texts, roles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from docgen.library.load import Library, Placed
from docgen.library.schema import (
    ELECTRONIC,
    AmendmentsSpec,
    AnnexSpec,
    ClauseSpec,
    EntrySpec,
    KindSpec,
    PairSpec,
    ParagraphSpec,
    PartiesSpec,
    PaymentQrSpec,
    PointsSpec,
    SectionSpec,
    SideSpec,
    TableSpec,
    TextSpec,
)
from docgen.library.yaml import Path


@dataclass(frozen=True, slots=True)
class PlacedClause:
    """A clause in an outline: where it is named, whether its place is always in the document and has a number."""

    id: str
    path: Path
    place_certain: bool
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A template of the outline: its words and their path, and whether it is a condition."""

    text: str
    path: Path
    condition: bool = False


@dataclass(frozen=True, slots=True)
class PlacedTarget:
    """A section or an annex: what a reference may point at besides clauses, and the clauses that are inside."""

    id: str
    path: Path
    inside: tuple[PlacedClause, ...]
    certain: bool = False


@dataclass(slots=True)
class Survey:
    """What an outline holds."""

    clauses: list[PlacedClause] = field(default_factory=list)
    targets: list[PlacedTarget] = field(default_factory=list)
    texts: list[PlacedText] = field(default_factory=list)
    tables: list[tuple[TableSpec, Path]] = field(default_factory=list)
    sides: list[tuple[SideSpec, Path]] = field(default_factory=list)
    roles: list[tuple[str, Path]] = field(default_factory=list)
    wrong: list[Path] = field(default_factory=list)
    """Entries that have not exactly one key."""
    loose: list[Path] = field(default_factory=list)
    """Annexes that are required and off at once."""

    def target_ids(self) -> set[str]:
        """Return the ids of the sections and annexes."""
        return {target.id for target in self.targets}

    def clause_ids(self) -> set[str]:
        """Return the ids of the clauses that are placed."""
        return {clause.id for clause in self.clauses}

    def unnumbered(self) -> set[str]:
        """Return the clauses whose paragraphs have no number, so that nothing can refer to them."""
        return {clause.id for clause in self.clauses if not clause.numbered}


def survey(kind: Placed[KindSpec]) -> Survey:
    """Return everything that a kind's outline places, with the YAML path of each."""
    result = Survey()
    _entries(result, kind.spec.outline, ("outline",), certain=True)
    return result


def certain_targets(library: Library, found: Survey) -> set[str]:
    """Return the ids that stand in every document of the kind, so that references to them need no guard.

    A section or an annex is certain when a certain clause stands in it (an order may not omit such a one), an
    annex also when it is ``required`` and has no condition.
    """
    clauses = certain_clauses(library, found.clauses)
    return clauses | {one.id for one in found.targets if one.certain or certain_clauses(library, one.inside)}


def certain_clauses(library: Library, placed: Iterable[PlacedClause]) -> set[str]:
    """Return those of the placed clauses that stand in every document."""
    return {one.id for one in placed if one.place_certain and stands_always(library, one.id)}


def stands_always(library: Library, identifier: str) -> bool:
    """Tell whether a clause stands in every document that has a place for it; a doubled id is as good as its best."""
    return identifier in library.clauses and any(
        is_mandatory(placed.spec) for placed in library.all("clauses", identifier)
    )


def is_mandatory(spec: ClauseSpec) -> bool:
    """Tell whether a clause is required, unconditional and not off by default."""
    return spec.required and not spec.when and not spec.off


def _entries(result: Survey, entries: tuple[EntrySpec, ...], path: Path, certain: bool) -> None:
    for index, entry in enumerate(entries):
        if entry.only() is None:
            result.wrong.append((*path, index))
        for name, spec in entry.given():
            _entry(result, spec, (*path, index, name), certain)


def _entry(result: Survey, spec: object, path: Path, certain: bool) -> None:
    match spec:
        case ParagraphSpec():
            _texts(result, spec, path, "text")
        case PairSpec():
            _texts(result, spec, path, "left", "right")
        case TextSpec():
            result.clauses.append(PlacedClause(spec.clause, (*path, "clause"), certain, numbered=False))
        case PointsSpec():
            _clauses(result, spec.clauses, path, certain)
        case SectionSpec():
            _section(result, spec, path, certain)
        case TableSpec():
            _table(result, spec, path)
        case PartiesSpec():
            _parties(result, spec, path)
        case AnnexSpec():
            _annex(result, spec, path)
        case AmendmentsSpec():
            _amendments(result, spec, path)
        case PaymentQrSpec():
            _texts(result, spec, path, "label", "purpose")
            for name in ("payee", "account", "amount"):
                result.texts.append(PlacedText(getattr(spec, name), (*path, name), condition=True))
    role = getattr(spec, "role", None)
    if role is not None:
        result.roles.append((role, (*path, "role")))


def _texts(result: Survey, spec: object, path: Path, *names: str) -> None:
    for name in names:
        result.texts.append(PlacedText(getattr(spec, name), (*path, name)))
    when = getattr(spec, "when", None)
    if when is not None:
        result.texts.append(PlacedText(when, (*path, "when"), condition=True))


def _clauses(result: Survey, ids: tuple[str, ...], path: Path, certain: bool) -> None:
    for index, identifier in enumerate(ids):
        result.clauses.append(PlacedClause(identifier, (*path, "clauses", index), certain))


def _section(result: Survey, spec: SectionSpec, path: Path, certain: bool) -> None:
    before = len(result.clauses)
    _texts(result, spec, path, "title")
    _clauses(result, spec.clauses, path, certain and spec.when is None)
    result.targets.append(PlacedTarget(spec.id, (*path, "id"), tuple(result.clauses[before:])))


def _table(result: Survey, spec: TableSpec, path: Path) -> None:
    result.tables.append((spec, path))
    _texts(result, spec, path)
    for index, column in enumerate(spec.columns):
        _texts(result, column, (*path, "columns", index), "title")
    for index, cells in enumerate(spec.totals):
        for position, cell in enumerate(cells):
            result.texts.append(PlacedText(cell, (*path, "totals", index, position)))


def _parties(result: Survey, spec: PartiesSpec, path: Path) -> None:
    if spec.seal is not None:
        result.texts.append(PlacedText(spec.seal, (*path, "seal"), condition=True))
    if spec.electronic is not None:
        result.texts.append(PlacedText(spec.electronic, (*path, "electronic"), condition=True))
        result.texts.append(PlacedText(ELECTRONIC, path))
    if spec.heading is not None:
        result.texts.append(PlacedText(spec.heading, (*path, "heading")))
        result.roles.append(("parties_heading", (*path, "heading")))
    for index, side in enumerate(spec.sides):
        result.sides.append((side, (*path, "sides", index)))


def _annex(result: Survey, spec: AnnexSpec, path: Path) -> None:
    before, stands = len(result.clauses), spec.when is None and not spec.off
    _texts(result, spec, path, "title", "label")
    _entries(result, spec.blocks, (*path, "blocks"), stands)
    inside = tuple(result.clauses[before:])
    result.targets.append(PlacedTarget(spec.id, (*path, "id"), inside, spec.required and spec.when is None))
    if spec.required and spec.off:
        result.loose.append((*path, "required"))


def _amendments(result: Survey, spec: AmendmentsSpec, path: Path) -> None:
    _texts(result, spec, path, "label")
    result.texts.append(PlacedText(spec.on, (*path, "on"), condition=True))
    for index, side in enumerate(spec.sides):
        result.texts.append(PlacedText(side, (*path, "sides", index), condition=True))
    if spec.parties is not None:
        _parties(result, spec.parties, (*path, "parties"))
    if spec.part == "points":
        result.roles.append(("quoted", (*path, "part")))


def placed_roles(surveys: Mapping[str, Survey]) -> Iterator[tuple[str, str, Path]]:
    """Yield (role, kind, path) of the first use of each role."""
    seen: set[str] = set()
    for kind, found in surveys.items():
        for role, path in found.roles:
            if role not in seen:
                seen.add(role)
                yield role, kind, path
