"""An order's choices of clauses and a kind in, what the library itself says against them out.

Needs no facts, so that these mistakes are told together with those of the rest of the order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from docgen.errors import Problem
from docgen.library import EntrySpec, Library, mistake, perhaps
from docgen.model import Blank, Choices

REFERENCE = re.compile(r"\{\{ *ref\('([a-z][a-z0-9_]*)'\) *\}\}")
"""A live reference in a special term; nothing else in it is a template."""


def dangling(where: str, target: str, hint: str) -> Problem:
    """Return the problem of a special term that refers to a clause that is not there."""
    return Problem(where, "reference_to_nowhere", f"ссылка на {target}: такого пункта нет в документе", hint)


def choice_problems(library: Library, outline: tuple[EntrySpec, ...], choices: Choices) -> Iterator[Problem]:
    """Yield what is wrong with the choices: unknown clauses, variants and parameters, values out of bounds."""
    yield from _Choices(library, frozenset(outline_ids(outline)), choices).problems()


def tax_problems(library: Library, firm: object) -> Iterator[Problem]:
    """Yield a problem for every tax profile of a firm's raw profile that the VAT table does not know."""
    rows = firm.get("tax") if isinstance(firm, dict) else None
    known = library.vat.spec.profiles if library.vat else {}
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        name = row.get("profile") if isinstance(row, dict) else None
        if isinstance(name, str) and name not in known:
            hint = perhaps(name, known, "есть: " + ", ".join(known))
            where = f"/matter/firm/tax/{index}/profile"
            yield Problem(where, "unknown_tax_profile", f"нет налогового профиля {name}", hint)


def outline_ids(entries: Iterable[EntrySpec]) -> Iterator[str]:
    """Yield the ids of the clauses, sections and annexes of an outline."""
    for entry in entries:
        if entry.text is not None:
            yield entry.text.clause
        elif entry.points is not None:
            yield from entry.points.clauses
        elif entry.section is not None:
            yield entry.section.id
            yield from entry.section.clauses
        elif entry.annex is not None:
            yield entry.annex.id
            yield from outline_ids(entry.annex.blocks)


class _Choices:
    def __init__(self, library: Library, ids: frozenset[str], choices: Choices) -> None:
        self.library, self.ids, self.choices = library, ids, choices

    def problems(self) -> Iterator[Problem]:
        choices = self.choices
        for index, identifier in enumerate(choices.omit):
            yield from self.omitted(f"/clauses/omit/{index}", identifier)
        for identifier, variant in choices.choose.items():
            yield from self.chosen(f"/clauses/choose/{identifier}", identifier, variant)
        for identifier, values in choices.parameters.items():
            yield from self.set(f"/clauses/parameters/{identifier}", identifier, values)
        for identifier, text in choices.replace.items():
            yield from self.unknown(f"/clauses/replace/{identifier}", identifier)
            yield from self.references(f"/clauses/replace/{identifier}", text)
        for index, addition in enumerate(choices.add):
            yield from self.unknown(f"/clauses/add/{index}/after", addition.after)
            yield from self.references(f"/clauses/add/{index}/text", addition.text)

    def references(self, where: str, text: str) -> Iterator[Problem]:
        for target in dict.fromkeys(REFERENCE.findall(text)):
            if target not in self.ids:
                yield dangling(where, target, perhaps(target, self.ids, "имена пунктов даёт docgen explain"))

    def unknown(self, where: str, identifier: str) -> Iterator[Problem]:
        if identifier not in self.ids:
            hint = perhaps(identifier, self.ids, "список пунктов даёт docgen explain")
            yield Problem(where, "unknown_clause", f"в этом виде документа нет пункта {identifier}", hint)

    def omitted(self, where: str, identifier: str) -> Iterator[Problem]:
        yield from self.unknown(where, identifier)
        clause = self.library.clauses.get(identifier)
        if identifier in self.ids and clause is not None and clause.spec.required:
            message = f"пункт {identifier} обязателен и не может быть исключён"
            yield Problem(where, "required_clause", message, "замените его текст через /clauses/replace")

    def chosen(self, where: str, identifier: str, variant: str) -> Iterator[Problem]:
        yield from self.unknown(where, identifier)
        clause = self.library.clauses.get(identifier)
        names = clause.spec.variant_names() if clause is not None else frozenset({"standard"})
        if identifier in self.ids and variant not in names:
            hint = perhaps(variant, names, "есть: " + ", ".join(sorted(names)))
            yield Problem(where, "unknown_variant", f"у пункта {identifier} нет варианта {variant}", hint)

    def set(self, where: str, identifier: str, values: Mapping[str, Any]) -> Iterator[Problem]:
        yield from self.unknown(where, identifier)
        clause = self.library.clauses.get(identifier)
        if identifier not in self.ids:
            return
        specs = clause.spec.parameters if clause is not None else {}
        for name, value in values.items():
            if name not in specs:
                hint = perhaps(name, specs, "есть: " + ", ".join(specs) if specs else "у пункта нет параметров")
                yield Problem(f"{where}/{name}", "unknown_parameter", f"нет параметра {name}", hint)
            elif not isinstance(value, Blank) and (found := mistake(specs[name], value)):
                yield Problem(
                    f"{where}/{name}", *found, f"впишите другое значение; по умолчанию стоит {specs[name].default}"
                )
