"""A kind's outline in, a flat list of what it places and points at out: clauses, targets, texts, roles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from docgen.library.load import Library, Placed
from docgen.library.schema import (
    AnnexSpec,
    EntrySpec,
    KindSpec,
    PairSpec,
    ParagraphSpec,
    PartiesSpec,
    PointsSpec,
    SectionSpec,
    TableSpec,
    TextSpec,
)
from docgen.library.yaml import Path


@dataclass(frozen=True, slots=True)
class PlacedClause:
    """A clause in an outline: where it is named and whether its place is always in the document."""

    id: str
    path: Path
    place_certain: bool


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A template of the outline: its words' path, whether it is an expression, and the row variable if any."""

    text: str
    path: Path
    expression: bool = False
    row: tuple[str, str] | None = None


@dataclass(slots=True)
class Survey:
    """What an outline holds."""

    clauses: list[PlacedClause] = field(default_factory=list)
    texts: list[PlacedText] = field(default_factory=list)
    roles: list[tuple[str, Path]] = field(default_factory=list)
    sections: dict[str, tuple[tuple[str, ...], bool, Path]] = field(default_factory=dict)
    annexes: dict[str, tuple[bool, Path]] = field(default_factory=dict)
    terms: list[tuple[str, Path]] = field(default_factory=list)
    empty: list[Path] = field(default_factory=list)


def survey(kind: Placed[KindSpec]) -> Survey:
    """Return everything that a kind's outline places, with the YAML path of each."""
    result = Survey()
    _entries(result, kind.spec.outline, ("outline",), certain=True)
    return result


def certain_targets(library: Library, found: Survey) -> set[str]:
    """Return the ids that stand in every document of the kind, so that references to them need no guard."""
    clauses = {
        placed.id
        for placed in found.clauses
        if placed.place_certain and placed.id in library.clauses and is_mandatory(library.clauses[placed.id].spec)
    }
    sections = {name for name, (inside, certain, _) in found.sections.items() if certain and clauses & set(inside)}
    return clauses | sections | {name for name, (certain, _) in found.annexes.items() if certain}


def is_mandatory(spec: object) -> bool:
    """Tell whether a clause stands in every document: required, unconditional, not off by default."""
    return (
        bool(getattr(spec, "required", False)) and not getattr(spec, "when", None) and not getattr(spec, "off", False)
    )


def _entries(result: Survey, entries: tuple[EntrySpec, ...], path: Path, certain: bool) -> None:
    for index, entry in enumerate(entries):
        only = entry.only()
        if only is None:
            result.empty.append((*path, index))
        else:
            _entry(result, only[1], (*path, index, only[0]), certain)


def _entry(result: Survey, spec: object, path: Path, certain: bool) -> None:
    match spec:
        case ParagraphSpec():
            _texts(result, spec, path, "text")
        case PairSpec():
            _texts(result, spec, path, "left", "right")
        case TextSpec():
            result.clauses.append(PlacedClause(spec.clause, (*path, "clause"), certain))
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
    role = getattr(spec, "role", None)
    if role is not None:
        result.roles.append((role, (*path, "role")))


def _texts(result: Survey, spec: object, path: Path, *names: str) -> None:
    for name in names:
        result.texts.append(PlacedText(getattr(spec, name), (*path, name)))
    _condition(result, getattr(spec, "when", None), path)


def _condition(result: Survey, when: str | None, path: Path) -> None:
    if when is not None:
        result.texts.append(PlacedText(when, (*path, "when"), expression=True))


def _clauses(result: Survey, ids: tuple[str, ...], path: Path, certain: bool) -> None:
    for index, identifier in enumerate(ids):
        result.clauses.append(PlacedClause(identifier, (*path, "clauses", index), certain))


def _section(result: Survey, spec: SectionSpec, path: Path, certain: bool) -> None:
    here = certain and spec.when is None
    _texts(result, spec, path, "title")
    _clauses(result, spec.clauses, path, here)
    result.sections.setdefault(spec.id, (spec.clauses, here, path))


def _table(result: Survey, spec: TableSpec, path: Path) -> None:
    _condition(result, spec.when, path)
    result.texts.append(PlacedText(spec.each, (*path, "each"), expression=True))
    row = (spec.name, spec.each)
    for index, column in enumerate(spec.columns):
        here = (*path, "columns", index)
        result.texts.append(PlacedText(column.title, (*here, "title")))
        result.texts.append(PlacedText(column.text, (*here, "text"), row=row))
    for index, cells in enumerate(spec.totals):
        for position, cell in enumerate(cells):
            result.texts.append(PlacedText(cell, (*path, "totals", index, position)))


def _parties(result: Survey, spec: PartiesSpec, path: Path) -> None:
    if spec.heading is not None:
        result.texts.append(PlacedText(spec.heading, (*path, "heading")))
    for index, side in enumerate(spec.sides):
        here = (*path, "sides", index)
        result.terms.append((side.term, (*here, "term")))
        name = "party" if side.party is not None else "each"
        result.texts.append(PlacedText(side.party or side.each or "''", (*here, name), expression=True))


def _annex(result: Survey, spec: AnnexSpec, path: Path) -> None:
    certain = spec.when is None and not spec.off
    _texts(result, spec, path, "title", "label")
    result.annexes.setdefault(spec.id, (certain, path))
    _entries(result, spec.blocks, (*path, "blocks"), certain)


def placed_roles(result: Survey) -> Iterator[tuple[str, Path]]:
    """Yield each role once with the first place that uses it."""
    yield from dict(reversed(result.roles)).items()
