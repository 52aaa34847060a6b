"""Rules of advice, the facts of an order and its assembled document in, what must not and what should not be out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from docgen.assembly.facts import Facts
from docgen.assembly.filling import inlines_of, plain
from docgen.assembly.selection import Selection
from docgen.assembly.trace import BlankCondition, Blanked, Missing, Record, Rows, leaf
from docgen.document import Annex, Block, Clause, Ref, Strong, Text, Value
from docgen.document import Blank as BlankInline
from docgen.errors import Problem
from docgen.library import AdviceSpec, Library, Placed
from docgen.model import Choices

ADVISED = "docgen_advised"


@dataclass(frozen=True, slots=True)
class Assembly:
    """What advice is given over: the facts, the clauses that stand, the order's choices, the blocks."""

    facts: Facts
    selection: Selection
    choices: Choices
    blocks: tuple[Block, ...]


@dataclass(slots=True)
class Advised:
    """What advice says: what blocks the document and what only warns."""

    blocks: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def advise(library: Library, kind: str, assembly: Assembly) -> Advised:
    """Return every rule of advice that applies to a document of a kind."""
    told = Advised()
    names = _names(library, assembly)
    for identifier, placed in library.advice.items():
        if placed.spec.kinds is None or kind in placed.spec.kinds:
            found = _applied(library, identifier, placed, assembly.facts, names)
            (told.blocks if placed.spec.level == "block" else told.warnings).extend(found)
    return told


def _applied(
    library: Library, identifier: str, placed: Placed[AdviceSpec], facts: Facts, names: Mapping[str, Any]
) -> Iterator[Problem]:
    """Yield the problems of one rule; where its condition hangs on a blank, nothing can be said yet."""
    spec = placed.spec
    try:
        items = facts.evaluate(spec.each, names) if spec.each is not None else [None]
        for item in items:
            more = names if spec.name is None else {**names, spec.name: item}
            if facts.evaluate(spec.when, more):
                yield _problem(library, identifier, spec, facts, more)
    except BlankCondition:
        return


def _problem(
    library: Library, identifier: str, spec: AdviceSpec, facts: Facts, names: Mapping[str, Any]
) -> Problem:
    norms = "; ".join(library.norms[legal.norm].spec.title for legal in spec.legal)
    message = _line(facts, spec.message, names) + (f" ({norms})" if norms else "")
    return Problem(_place(facts.evaluate(spec.at, names)), identifier, message, _line(facts, spec.cure, names))


def _place(found: Any) -> str:
    source = getattr(found, "source", None)
    return str(found) if source is None else str(source)


def _line(facts: Facts, text: str, names: Mapping[str, Any]) -> str:
    return plain(inlines_of(facts.state, facts.fill(text, names))).replace("\u00a0", " ")


# --- what a rule may name beside the facts -----------------------------------------------------


def _names(library: Library, assembly: Assembly) -> dict[str, Any]:
    standing = [_clause_record(library, name, assembly) for name in assembly.selection.chosen]
    added = [(f"add/{index}", one.text) for index, one in enumerate(assembly.choices.add)]
    special = [*assembly.choices.replace.items(), *added]
    return {
        "clauses": Rows(standing),
        "special_terms": Rows(_special_record(place, str(text)) for place, text in special),
        ADVISED: {record.id: record for record in standing},
    }


def _clause_record(library: Library, identifier: str, assembly: Assembly) -> Record:
    chosen = assembly.selection.chosen[identifier]
    spec = library.clauses[identifier].spec
    checked = min((legal.checked for legal in spec.legal), default=date.max)
    variants = {one.id: one.variant for one in assembly.selection.decisions if one.included}
    facts: dict[str, Any] = {
        "id": leaf(identifier, chosen.where),
        "variant": leaf(variants.get(identifier, ""), chosen.where),
        "checked": leaf(checked, chosen.where),
        "parameters": Record(dict(chosen.parameters), chosen.where),
        "words": leaf(_words(assembly.blocks, identifier), chosen.where),
    }
    return Record(facts, chosen.where)


def _special_record(place: str, text: str) -> Record:
    where = f"/clauses/{place}/text" if place.startswith("add/") else f"/clauses/replace/{place}"
    return Record({"words": leaf(text, where)}, where)


def _words(blocks: Iterable[Block], identifier: str) -> str:
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Annex):
            found.append(_words(block.blocks, identifier))
        elif isinstance(block, Clause) and block.clause == identifier:
            found.append(_spoken(block.inlines))
    return " ".join(filter(None, found))


def _spoken(inlines: Iterable[Text | Value | BlankInline | Ref | Strong]) -> str:
    return "".join(_spoken(one.children) if isinstance(one, Strong) else getattr(one, "text", "") for one in inlines)


# --- functions of rules ------------------------------------------------------------------------


def _matches(text: Any, pattern: str) -> bool:
    """Tell whether the words match a pattern, whatever the capitals; what is absent or blank matches nothing."""
    if isinstance(text, Missing | Blanked):
        return False
    return re.search(pattern, str(text).replace("\u00a0", " "), re.IGNORECASE) is not None


@pass_context
def _variant_of(context: Context, identifier: str) -> Any:
    record = context.resolve(ADVISED).get(identifier)
    return Missing(f"/clauses/choose/{identifier}") if record is None else record.variant


@pass_context
def _parameter_of(context: Context, identifier: str, name: str) -> Any:
    record = context.resolve(ADVISED).get(identifier)
    return Missing(f"/clauses/parameters/{identifier}/{name}") if record is None else getattr(record.parameters, name)


def _days_between(first: Any, last: Any) -> Any:
    """Return the days from one day to another (negative when it is earlier); what is absent stays absent."""
    for given in (first, last):
        if isinstance(given, Missing | Blanked):
            return given
    return (last - first).days


def _count_of(rows: Any) -> int:
    return len(tuple(rows))


ADVICE_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "matches": _matches,
    "variant_of": _variant_of,
    "parameter_of": _parameter_of,
    "days_between": _days_between,
    "count_of": _count_of,
}
