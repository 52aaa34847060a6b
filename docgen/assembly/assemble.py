"""The steps from an order to a document: facts, selection, filling, numbering, references."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from jinja2.sandbox import ImmutableSandboxedEnvironment

from docgen.assembly.advice import ADVICE_FUNCTIONS, Assembly, advise
from docgen.assembly.billing import BILLING
from docgen.assembly.build import Builder
from docgen.assembly.calculations import FIGURES, VatTable, tax_record
from docgen.assembly.facts import Facts, add_terms, add_values, blank_problem
from docgen.assembly.filling import Filling, inlines_of, make_environment, plain
from docgen.assembly.filters import FILTERS, FUNCTIONS
from docgen.assembly.invoices import INVOICES
from docgen.assembly.numbering import number
from docgen.assembly.payment_terms import PaymentTerms
from docgen.assembly.replaced import replaced_values
from docgen.assembly.selection import Decision, Selection, select
from docgen.assembly.statement import STATEMENT
from docgen.assembly.trace import (
    BlankCondition,
    Blanked,
    Doubts,
    Missing,
    OpenBlank,
    Record,
    Unknown,
    leaf,
    replaced,
    traced,
)
from docgen.document import Blank, Block, Document
from docgen.errors import OrderInvalid, Problem, each_once
from docgen.language import Words
from docgen.library import LISTS, KindSpec, Library, Placed
from docgen.model import Matter, Order, has_blank

Relabel = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Sources:
    """What assembly takes from the library once per process: the sandbox, word overrides, the VAT table."""

    library: Library
    environment: ImmutableSandboxedEnvironment
    preview: ImmutableSandboxedEnvironment
    words: Words

    @classmethod
    def of(cls, library: Library, words: Words) -> Sources:
        """Return the sources of a library."""
        if library.vat is None:
            raise ValueError("a library without a VAT table does not pass its check")
        vat = VatTable(library.vat)
        calculations: dict[str, Callable[..., Any]] = {
            "tax_profile": lambda rows, clients, day: tax_record(vat, rows, clients, day),
            "last_day_to_pay": PaymentTerms(library).last_day,
            **FIGURES,
            **BILLING,
            **INVOICES,
            **STATEMENT,
        }
        functions = {**FUNCTIONS, **ADVICE_FUNCTIONS, **calculations}
        sandbox, preview = (make_environment(FILTERS, functions, one) for one in (False, True))
        return cls(library, sandbox, preview, words)


@dataclass(frozen=True, slots=True)
class Assembled:
    """A document, its file name, the sum that it speaks of, its VAT and the rate of it, its decisions and warnings."""

    document: Document
    name: str
    amount: Decimal | None
    vat_rate: Decimal | None
    vat: Decimal | None
    decisions: tuple[Decision, ...]
    numbers: Mapping[str, str]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Base:
    """The earlier document that an order is based on: its order, number and day, the text as signed and as revised.

    ``signed`` is None when the text was refused; ``revise`` gives the text of the same agreement for the order's matter
    on a day; ``changed`` are the parts of the matter that differ; ``before`` is what the earlier one is based on
    itself; ``warnings`` gives what there is to say against the change.
    """

    number: str | None
    order: Order
    day: date
    signed: Document | None
    revise: Callable[[date], Document]
    changed: frozenset[str]
    before: Base | None
    warnings: Callable[[], tuple[Problem, ...]]


def assemble(
    sources: Sources,
    kind: Placed[KindSpec],
    order: Order,
    day: date,
    relabel: Relabel,
    base: Base | Unknown | None = None,
    lenient: bool = False,
) -> Assembled:
    """Return the document of a kind for an order on a day.

    ``relabel`` turns a pointer into the order into the source to show (the firm's file). Raises OrderInvalid
    with every problem that only the texts can show: a fact that they print and the order lacks, a choice of a
    clause that is not there, a condition on a blank. A ``lenient`` assembly makes the document, as a draft,
    in spite of all that; what is not there is a blank.
    """
    facts = _facts(sources, order, day, relabel, lenient)
    facts.base = base if isinstance(base, Base) else None
    facts.names |= _base_names(base)
    try:
        add_values(facts, kind.spec)
        if lenient:
            _leave_open(kind.spec, facts)
        add_terms(facts, sources.library)
        unknown = [value.source for value in facts.names.values() if isinstance(value, Unknown)]
        if unknown:
            told = tuple(_told_without(sources, kind, order, day, facts))
            own = [where for where in unknown if not where.startswith("/based_on")]  # an earlier order's is told there
            raise OrderInvalid(told or map(_unknown_problem, own))
        return _assembled(sources, kind, order, day, facts, lenient)
    except BlankCondition as blank:
        raise OrderInvalid([blank_problem(blank)]) from blank


def _told_without(sources: Sources, kind: Placed[KindSpec], order: Order, day: date, facts: Facts) -> Iterator[Problem]:
    """Yield all that can be told of an order some of whose values a mistake keeps from being computed."""
    selection = Selection()
    with suppress(BlankCondition):
        selection = select(sources.library, kind.spec, facts, order.clauses, day)
        facts.state.present = frozenset(selection.present)
        builder = Builder(sources.library, facts, selection, order.clauses)
        for entry in kind.spec.outline:
            with suppress(BlankCondition):
                builder.blocks([entry])
    advised = advise(sources.library, kind.spec.kind, Assembly(facts, selection, order.clauses, None))
    yield from _once([*selection.problems, *_required_facts(kind.spec, facts), *facts.state.problems, *advised.blocks])


def _unknown_problem(where: str) -> Problem:
    return Problem(where, "unknown_value", "по этому сведению документ не составить", "исправьте значение")


def _once(problems: list[Problem]) -> Iterator[Problem]:
    """Yield the problems, of several that one fact is not given only the first."""
    absent: set[str] = set()
    for problem in problems:
        if problem.code == "required" and problem.where in absent:
            continue
        absent |= {problem.where} if problem.code == "required" else set()
        yield problem


def _base_names(base: Base | Unknown | None) -> dict[str, Any]:
    """Return the names by which texts know the earlier document; without one they are missing."""
    if isinstance(base, Unknown):
        return {"base": base, "changed": base}
    if base is None:
        return {"base": Missing("/based_on"), "changed": Missing("/based_on")}
    changed = {name: name in base.changed for name in Matter.model_fields}
    return {"base": _base_record(base, "/based_on"), "changed": Record(changed, "/matter")}


def _base_record(base: Base | None, where: str) -> Record | Missing:
    """Return what texts may see of an earlier order, of the one that it is based on itself, and of the first of all."""
    if base is None:
        return Missing(where)
    number = f"{where}/matter/number"
    known: dict[str, Any] = {
        "kind": leaf(base.order.kind, f"{where}/kind"),
        "number": Missing(number) if base.number is None else leaf(base.number, number),
        "date": leaf(base.day, f"{where}/date"),
        "matter": traced(base.order.matter, f"{where}/matter", str),
        "facts": traced(base.order.facts, f"{where}/facts", str),
        "parameters": traced(base.order.clauses.parameters, f"{where}/clauses/parameters", str),
        "base": _base_record(base.before, f"{where}/based_on"),
    }
    root = known["base"].root if base.before else Record(dict(known), where)
    return Record({**known, "root": root}, where)


def _facts(sources: Sources, order: Order, day: date, relabel: Relabel, lenient: bool) -> Facts:
    doubts = Doubts()
    blank = partial(OpenBlank, doubts) if lenient else Blanked
    matter = traced(order.matter, "/matter", relabel, blank)
    phrases = {name: placed.spec.text.ru for name, placed in sources.library.phrases.items()}
    names: dict[str, Any] = {
        "matter": matter,
        "firm": matter.firm,
        "clients": matter.clients,
        "purpose": matter.purpose,
        "facts": traced(order.facts, "/facts", relabel, blank),
        "order": Record(
            {
                "date": leaf(day, "/date"),
                "language": leaf(order.language, "/language"),
                "preset": leaf(order.clauses.preset, "/clauses/preset"),
            },
            "",
        ),
    }
    state = Filling(words=sources.words, phrases=phrases, doubts=doubts)
    return Facts(sources.preview if lenient else sources.environment, names, state, lenient=lenient)


def _assembled(
    sources: Sources, kind: Placed[KindSpec], order: Order, day: date, facts: Facts, lenient: bool
) -> Assembled:
    selection = select(sources.library, kind.spec, facts, order.clauses, day)
    state = facts.state
    state.present = frozenset(selection.present)
    blocks = Builder(sources.library, facts, selection, order.clauses).blocks(kind.spec.outline)
    document = _document(kind.spec, order, day, facts, blocks)
    advised = advise(sources.library, kind.spec.kind, Assembly(facts, selection, order.clauses, blocks))
    problems = [*selection.problems, *_required_facts(kind.spec, facts), *state.problems, *advised.blocks]
    if problems and not lenient:
        raise OrderInvalid(_once(problems))
    numbered, numbers = number(blocks)
    document = replace(document, blocks=numbered, draft=document.draft or lenient)
    introduced = facts.base.warnings() if facts.base and facts.base.changed else ()
    stale = replaced_values(facts, selection, order.clauses.replace)
    warnings = each_once([*selection.warnings, *state.warnings, *advised.warnings, *introduced, *stale])
    name = file_stem(_line(facts, kind.spec.file_name))
    amount, rate, vat = (_figure(facts, one) for one in (kind.spec.amount, kind.spec.vat_rate, kind.spec.vat))
    return Assembled(document, name, amount, rate, vat, tuple(selection.decisions), numbers, warnings)


def _leave_open(kind: KindSpec, facts: Facts) -> None:
    """Put a blank where a fact is absent that its ``required_when`` asks for: a preview shows its place."""
    given, doubts = facts.names["facts"], facts.state.doubts
    asked = {one.where.rpartition("/")[2]: one.where for one in _required_facts(kind, facts)}
    blanks = {name: OpenBlank(doubts, where) for name, where in asked.items() if kind.facts[name].type not in LISTS}
    facts.names["facts"] = replaced(given, given.source, **blanks)


def _figure(facts: Facts, expression: str | None) -> Decimal | None:
    """Return what an expression gives; None when there is none, or it gives a blank or no figure."""
    figure = facts.evaluate(expression) if expression else None
    return Decimal(figure) if isinstance(figure, int | Decimal) else None


def _required_facts(kind: KindSpec, facts: Facts) -> Iterator[Problem]:
    """Yield a problem for every fact that its ``required_when`` asks for and the order lacks."""
    for name, spec in kind.facts.items():
        absent = isinstance(getattr(facts.names["facts"], name), Missing)
        if absent and spec.required_when is not None and facts.evaluate(spec.required_when):
            yield Problem(f"/facts/{name}", "required", f"{spec.label}: не указано", spec.help or "укажите значение")


def _document(kind: KindSpec, order: Order, day: date, facts: Facts, blocks: tuple[Block, ...]) -> Document:
    blank = has_blank(order) or any(isinstance(token, Blank) for token in facts.state.tokens)
    return Document(
        title=_line(facts, kind.heading),
        subject=_line(facts, kind.subject),
        author=str(facts.names["firm"].name),
        language=order.language,
        foot=_line(facts, kind.foot),
        day=day,
        draft=order.draft or blank,
        blocks=blocks,
    )


def _line(facts: Facts, text: str) -> str:
    """Return a short text of the kind (foot, subject, file name) as plain words."""
    return plain(inlines_of(facts.state, facts.fill(text)))


def file_stem(text: str) -> str:
    """Return a file name without spaces, colons and other signs that courts' portals refuse, under 100 characters.

    >>> file_stem('2026-11-22 Договор 15/26 ООО «Вектор»')
    '2026-11-22_Договор_15-26_ООО_Вектор'
    """
    safe = re.sub(r"(?:[^\w-]|_)+", "_", text.replace("/", "-")).strip("_-")
    return safe[:90].rstrip("_-") or "document"
