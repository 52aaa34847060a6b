"""An order, a library and a kind in, every name that a text may use out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any

from jinja2.sandbox import ImmutableSandboxedEnvironment

from docgen.assembly.filling import STATE, Filling, evaluate, fill
from docgen.assembly.trace import BlankCondition, Hollow, Unknown, UnknownCondition
from docgen.errors import OrderInvalid, Problem
from docgen.library import KindSpec, Library, TermSpec, value_names


@dataclass(slots=True)
class Facts:
    """The names of one document and the sandbox that reads them."""

    environment: ImmutableSandboxedEnvironment
    names: dict[str, Any]
    state: Filling
    base: Any = None
    lenient: bool = False

    def evaluate(self, expression: str, more: Mapping[str, Any] | None = None) -> Any:
        """Return an expression's value; in a preview one that asks a blank is hollow."""
        names, doubts = {**self.names, **(more or {}), STATE: self.state}, self.state.doubts
        if not self.lenient:
            return evaluate(self.environment, expression, names)
        doubts.calculating = True
        try:
            return evaluate(self.environment, expression, names)
        except BlankCondition as blank:
            return Hollow(doubts, str(blank))
        finally:
            doubts.calculating = False

    def fill(self, text: str, more: Mapping[str, Any] | None = None) -> str:
        """Return a text with its values and references as tokens."""
        return fill(self.environment, text, {**self.names, **(more or {}), STATE: self.state})


def add_values(facts: Facts, kind: KindSpec) -> None:
    """Add the kind's computed values, each after those it needs; one that a mistake spoils is noted and unknown."""
    needs = {name: value_names(text) & set(kind.values) for name, text in kind.values.items()}
    for name in TopologicalSorter(needs).static_order():
        facts.names[name] = _value(facts, kind.values[name])


def _value(facts: Facts, expression: str) -> Any:
    try:
        return facts.evaluate(expression)
    except UnknownCondition as unknown:
        return Unknown(str(unknown))
    except OrderInvalid as error:
        facts.state.problems.extend(error.problems)
        where = error.problems[0].where
        return Hollow(facts.state.doubts, where) if facts.lenient else Unknown(where)
    except BlankCondition as blank:
        facts.state.problems.append(blank_problem(blank))
        return Unknown(str(blank))


def blank_problem(blank: BlankCondition) -> Problem:
    """Return the problem of a blank on which depends what the document holds."""
    message = "от этого значения зависит состав документа, пропуск здесь невозможен"
    return Problem(str(blank), "blank_condition", message, "укажите значение")


def add_terms(facts: Facts, library: Library) -> None:
    """Add every defined term in the name and gender that it has for this order."""
    for placed in library.terms.values():
        facts.names.update(term_words(placed.spec, facts))


def term_words(term: TermSpec, facts: Facts) -> dict[str, str]:
    """Return what each name of a term prints: «Заказчика» → «Доверителя» where the term has that variant."""
    forms, gender = term.forms, term.gender
    for variant in term.variants:
        if facts.evaluate(variant.when):
            forms, gender = variant.forms, variant.gender
            break
    words = {base: getattr(forms, case) for case, base in term.forms.cases()}
    return words | {base: by_gender[gender] for base, by_gender in term.agreeing.items()}
