"""Rules of advice, the facts of an order and its assembled document in, what must not and what should not be out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import reduce
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from docgen.assembly import calculations
from docgen.assembly.facts import Facts
from docgen.assembly.filling import inlines_of, plain
from docgen.assembly.selection import Selection
from docgen.assembly.trace import BlankCondition, Blanked, Missing, Record, Rows, Unknown, leaf
from docgen.document import Annex, Block, Clause, Ref, Strong, Text, Value
from docgen.document import Blank as BlankInline
from docgen.errors import Cure, Operation, Problem
from docgen.library import AdviceSpec, Library, MendSpec, Placed
from docgen.model import Choices

ADVISED = "docgen_advised"


@dataclass(frozen=True, slots=True)
class Assembly:
    """What advice is given over: the facts, the clauses that stand, the order's choices, the blocks.

    Without blocks (a mistake keeps the document from being built) what the clauses say is unknown.
    """

    facts: Facts
    selection: Selection
    choices: Choices
    blocks: tuple[Block, ...] | None


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
            found = _applied(library, identifier, placed, assembly, names)
            (told.blocks if placed.spec.level == "block" else told.warnings).extend(found)
    return told


def _applied(
    library: Library, identifier: str, placed: Placed[AdviceSpec], assembly: Assembly, names: Mapping[str, Any]
) -> Iterator[Problem]:
    """Yield the problems of one rule; what hangs on a blank is passed over, for nothing can be said of it yet."""
    spec, facts, choices = placed.spec, assembly.facts, assembly.choices
    for item in _items(spec, facts, names):
        more = names if spec.name is None else {**names, spec.name: item}
        with suppress(BlankCondition):
            if facts.evaluate(spec.when, more):
                problem = _problem(library, identifier, spec, facts, more)
                yield replace(problem, cures=tuple(_cures(spec, _Mending(facts, more, choices))))


def _items(spec: AdviceSpec, facts: Facts, names: Mapping[str, Any]) -> tuple[Any, ...]:
    if spec.each is None:
        return (None,)
    try:
        return tuple(facts.evaluate(spec.each, names))
    except BlankCondition:
        return ()


def _problem(library: Library, identifier: str, spec: AdviceSpec, facts: Facts, names: Mapping[str, Any]) -> Problem:
    norms = "; ".join(library.norms[legal.norm].spec.title for legal in spec.legal)
    message = _line(facts, spec.message, names) + (f" ({norms})" if norms else "")
    if spec.against is not None:
        message += f" — сверено с {_pointer(facts.evaluate(spec.against, names))}"
    return Problem(_pointer(facts.evaluate(spec.at, names)), identifier, message, _line(facts, spec.cure, names))


def _pointer(found: Any) -> str:
    source = getattr(found, "source", None)
    return str(found) if source is None else str(source)


def _line(facts: Facts, text: str, names: Mapping[str, Any]) -> str:
    return plain(inlines_of(facts.state, facts.fill(text, names))).replace("\u00a0", " ")


# --- what mends the order ----------------------------------------------------------------------


def _cures(spec: AdviceSpec, mending: _Mending) -> Iterator[Cure]:
    """Yield the ways to mend the order that can be gone."""
    if patch := mending.patch(spec.mend):
        yield Cure(patch)
    for way in spec.ways:
        if patch := mending.patch(way.mend):
            yield Cure(patch, _line(mending.facts, way.title, mending.names))


@dataclass(frozen=True, slots=True)
class _Mending:
    """Turns the steps of a rule's ``mend`` into a patch of the order."""

    facts: Facts
    names: Mapping[str, Any]
    choices: Choices

    def patch(self, steps: Iterable[MendSpec]) -> tuple[Operation, ...]:
        """Return what the steps do; nothing, if one of them cannot be done to this order."""
        try:
            return tuple(operation for step in steps for operation in self._operations(step))
        except (BlankCondition, _Undone):
            return ()

    def _operations(self, step: MendSpec) -> Iterator[Operation]:
        if step.remove is not None:
            place = self.facts.evaluate(step.remove, self.names)
            if not isinstance(place, Missing):  # what is not there needs no removing
                yield Operation("remove", _in_order(place))
        if step.set is not None and step.to is not None:
            place = self.facts.evaluate(step.set, self.names)
            yield Operation("add", _in_order(place), _json(self.facts.evaluate(step.to, self.names)))
        if step.strike is not None:
            yield Operation("remove", self._lone_term(self.facts.evaluate(step.strike, self.names)))
        if step.restore is not None:
            yield from self._restored(step.restore)

    def _lone_term(self, said: Any) -> str:
        """Return the place of the special term that a sentence stands in, if nothing else does."""
        for term in self.names["special_terms"]:
            if term.words.source == said.source and len(SENTENCES.split(_spaced(term.words).strip())) == 1:
                return str(term.source)
        raise _Undone

    def _restored(self, clause: str) -> Iterator[Operation]:
        """Yield the removals of what the order itself says against a clause."""
        omitted = [index for index, name in enumerate(self.choices.omit) if name == clause]
        changed = [name for name in ("replace", "choose") if clause in getattr(self.choices, name)]
        if not omitted and not changed:
            raise _Undone
        for index in reversed(omitted):
            yield Operation("remove", f"/clauses/omit/{index}")
        for name in changed:
            yield Operation("remove", f"/clauses/{name}/{clause}")


class _Undone(Exception):
    """A step cannot be done: its place is not in the order, or it would take more away than it should."""


def _in_order(place: Any) -> str:
    """Return the pointer of a place in this very order: the firm's file is no order, an earlier order is signed."""
    pointer = _pointer(place)
    if not pointer.startswith("/") or pointer.startswith("/based_on/"):
        raise _Undone
    return pointer


def _json(value: Any) -> Any:
    """Return a value as JSON has it; what is absent or blank is none."""
    if isinstance(value, bool):
        return value
    if isinstance(value, date):
        return value.isoformat()
    for kind in (Decimal, int, str):
        if isinstance(value, kind):
            return kind(value)
    raise _Undone


# --- what a rule may name beside the facts -----------------------------------------------------


def _names(library: Library, assembly: Assembly) -> dict[str, Any]:
    standing = [_clause_record(library, name, assembly) for name in assembly.selection.chosen]
    added = [(f"add/{index}", one.text) for index, one in enumerate(assembly.choices.add)]
    special = [*assembly.choices.replace.items(), *added]
    parties = (assembly.facts.names["firm"], *assembly.facts.names["clients"])
    return {
        "parties": Rows(parties),
        "signatories": Rows(one for party in parties for one in _signatories(party)),
        "clauses": Unknown("clauses") if assembly.blocks is None else Rows(standing),
        "special_terms": Rows(_special_record(place, str(text)) for place, text in special),
        ADVISED: {record.id: record for record in standing},
    }


def _signatories(party: Any) -> tuple[Any, ...]:
    return (*party.signatories, *party.managing.signatories)


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
        "words": leaf(_words(assembly.blocks or (), identifier), chosen.where),
    }
    return Record(facts, chosen.where)


def _special_record(place: str, text: str) -> Record:
    where = f"/clauses/{place}" if place.startswith("add/") else f"/clauses/replace/{place}"
    return Record({"words": leaf(text, f"{where}/text" if place.startswith("add/") else where)}, where)


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

SENTENCES = re.compile(
    r"(?<=[.!?;])(?<![^а-яё]г\.)(?<![^а-яё](?:ст|ул|им)\.)(?<![^а-яёА-ЯЁ][А-ЯЁпд]\.)\s+(?=[А-ЯЁA-Z«{])|\n+"
)
QUOTED = 160
LISTED = 6


def _matches(text: Any, pattern: str) -> bool:
    """Tell whether the words match a pattern, whatever the capitals; what is absent or blank matches nothing."""
    return _known(text) and re.search(pattern, _spaced(text), re.IGNORECASE) is not None


def _known(given: Any) -> bool:
    return not isinstance(given, Missing | Blanked)


def _spaced(text: Any) -> str:
    return str(text).replace("\u00a0", " ")


def _at(row: Any, path: str) -> Any:
    """Return a row's fact by its name or, through the records inside it, by a dotted path."""
    return reduce(getattr, path.split("."), row)


def _sayings(rows: Any, path: str, pattern: str, without: str = "") -> Rows:
    """Return, of each row, the first sentence of a text that matches a pattern and not the other, as ``words``."""
    found = ((_at(row, path), _saying(_at(row, path), pattern, without)) for row in rows)
    return Rows(Record({"words": leaf(words, text.source)}, text.source) for text, words in found if words)


def _saying(text: Any, pattern: str, without: str) -> str:
    """Return the first sentence that matches a pattern and not the other, cut to what a message can quote."""
    for sentence in SENTENCES.split(_spaced(text)) if _known(text) else ():
        if _matches(sentence, pattern) and not (without and _matches(sentence, without)):
            return sentence if len(sentence) <= QUOTED else sentence[: QUOTED - 1].rstrip() + "…"
    return ""


def _like(rows: Any, path: str, pattern: str) -> Rows:
    """Return the rows in which a fact matches a pattern; a blank among the facts leaves the answer open."""
    return Rows(row for row in rows if _matches(_settled(_at(row, path)), pattern))


def _lacking(rows: Any, path: str) -> Rows:
    """Return the rows in which a fact was not given (a blank is given)."""
    return Rows(row for row in rows if isinstance(_at(row, path), Missing))


def _older(rows: Any, path: str, day: Any, days: int) -> Rows:
    """Return the rows in which a day is more than so many days before the given one."""
    known = [row for row in rows if not isinstance(_at(row, path), Missing)]
    return Rows(row for row in known if _settled(_at(row, path)) < day - timedelta(days))


def _settled(fact: Any) -> Any:
    if isinstance(fact, Blanked):
        raise BlankCondition(fact.source)
    return fact


def _listed(rows: Any, path: str) -> str:
    """Return the facts of the rows in one line: «a, b и ещё 5»."""
    names = [str(_at(row, path)) for row in rows]
    more = len(names) - LISTED
    return ", ".join(names[:LISTED]) + (f" и ещё {more}" if more > 0 else "")


def _in_force(rows: Any, day: Any) -> Any:
    """Return the last of dated rows that is in force on a day."""
    found = calculations.in_force(rows, day)
    return Missing("/matter/firm/tax") if found is None else found


def _place(record: Any, name: str) -> str:
    """Return the place of a record's field, for what has no source of its own (true and false)."""
    return f"{record.source}/{name}"


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
        if not _known(given):
            return given
    return (last - first).days


def _year_of(day: Any) -> Any:
    return day.year if _known(day) else day


def _percent_of(part: Any, whole: Any) -> Any:
    """Return a part in whole percents of a whole, rounded down; what is absent stays absent."""
    for given in (part, whole):
        if not _known(given):
            return given
    return int(Decimal(part) * 100 / Decimal(whole)) if whole else 0


def _same(first: Any, second: Any) -> bool:
    """Tell whether two facts say the same, records and lists within them too."""
    if isinstance(first, Record) and isinstance(second, Record):
        names = {*first.names(), *second.names()}
        return all(_same(getattr(first, name), getattr(second, name)) for name in names)
    if isinstance(first, Rows) and isinstance(second, Rows):
        return len(first) == len(second) and all(map(_same, first, second))
    if isinstance(first, Missing | Blanked) or isinstance(second, Missing | Blanked):
        return type(first) is type(second)
    return bool(first == second)


def _same_part(first: Any, second: Any, name: str) -> bool:
    """Tell whether two records say the same in a part of that name."""
    return _same(getattr(first, name), getattr(second, name))


def _count_of(rows: Any) -> int:
    return len(tuple(rows))


ADVICE_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "matches": _matches,
    "sayings": _sayings,
    "like": _like,
    "lacking": _lacking,
    "older": _older,
    "listed": _listed,
    "in_force": _in_force,
    "place": _place,
    "variant_of": _variant_of,
    "parameter_of": _parameter_of,
    "days_between": _days_between,
    "year_of": _year_of,
    "percent_of": _percent_of,
    "count_of": _count_of,
    "same_part": _same_part,
}
