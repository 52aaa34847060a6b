"""An order, a library and a kind in, every name that a text may use out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any

from jinja2.sandbox import ImmutableSandboxedEnvironment

from docgen.assembly.filling import STATE, Filling, evaluate, fill
from docgen.library import KindSpec, Library, TermSpec, value_names


@dataclass(slots=True)
class Facts:
    """The names of one document and the sandbox that reads them."""

    environment: ImmutableSandboxedEnvironment
    names: dict[str, Any]
    state: Filling
    base: Any = None

    def evaluate(self, expression: str, more: Mapping[str, Any] | None = None) -> Any:
        """Return an expression's value."""
        return evaluate(self.environment, expression, {**self.names, **(more or {}), STATE: self.state})

    def fill(self, text: str, more: Mapping[str, Any] | None = None) -> str:
        """Return a text with its values and references as tokens."""
        return fill(self.environment, text, {**self.names, **(more or {}), STATE: self.state})


def add_values(facts: Facts, kind: KindSpec) -> None:
    """Add the kind's computed values, each after those it needs."""
    needs = {name: value_names(text) & set(kind.values) for name, text in kind.values.items()}
    for name in TopologicalSorter(needs).static_order():
        facts.names[name] = facts.evaluate(kind.values[name])


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
