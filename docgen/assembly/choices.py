"""An order's choices of clauses and a kind in, what the library itself says against them out.

Needs no facts, so that these mistakes are told together with those of the rest of the order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeGuard

from docgen.errors import Cure, Operation, Problem
from docgen.library import AnnexSpec, EntrySpec, KindSpec, Library, mistake, perhaps

REFERENCE = re.compile(r"\{\{\s*ref\(\s*['\"]([a-z][a-z0-9_]*)['\"]\s*\)\s*\}\}")
"""A live reference in a special term; nothing else in it is a template."""


def dangling(where: str, target: str, hint: str) -> Problem:
    """Return the problem of a special term that refers to a clause that is not there."""
    return Problem(where, "reference_to_nowhere", f"ссылка на {target}: такого пункта нет в документе", hint)


def choice_problems(library: Library, kind: KindSpec, choices: object) -> Iterator[Problem]:
    """Yield what is wrong with an order's raw choices: unknown clauses, variants, parameters, values out of bounds.

    What is not readable at all (a number for a list) is passed over: the model tells it.
    """
    if isinstance(choices, dict):
        yield from _Choices(library, kind.outline, choices).problems()
        yield from _preset_problems(kind, choices.get("preset"))


def _preset_problems(kind: KindSpec, preset: object) -> Iterator[Problem]:
    known = tuple(kind.presets) or ("standard",)
    if readable(preset) and preset not in known:
        hint = perhaps(preset, known, "есть: " + ", ".join(known))
        yield Problem("/clauses/preset", "unknown_preset", f"у этого вида документа нет объёма {preset}", hint)


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


@dataclass(slots=True)
class Outline:
    """What an outline places: numbered clauses, unnumbered ones, and sections and annexes with what they hold."""

    clauses: set[str] = field(default_factory=set)
    unnumbered: set[str] = field(default_factory=set)
    holders: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sections: set[str] = field(default_factory=set)
    needed: set[str] = field(default_factory=set)

    def ids(self) -> set[str]:
        """Return every id that an order may name."""
        return self.clauses | self.unnumbered | set(self.holders)

    def take(self, entries: Iterable[EntrySpec]) -> Iterator[str]:
        """Read the entries; yield the clauses that they hold."""
        for entry in entries:
            if entry.text is not None:
                self.unnumbered.add(entry.text.clause)
                yield entry.text.clause
            elif entry.points is not None:
                yield from self._numbered(entry.points.clauses)
            elif entry.section is not None:
                self.sections.add(entry.section.id)
                self.holders[entry.section.id] = entry.section.clauses
                yield from self._numbered(entry.section.clauses)
            elif entry.annex is not None:
                yield from self._annex(entry.annex)

    def _numbered(self, ids: tuple[str, ...]) -> Iterator[str]:
        self.clauses.update(ids)
        yield from ids

    def _annex(self, annex: AnnexSpec) -> Iterator[str]:
        self.holders[annex.id] = tuple(self.take(annex.blocks))
        if annex.required:
            self.needed.add(annex.id)
        yield from self.holders[annex.id]


class _Choices:
    def __init__(self, library: Library, entries: tuple[EntrySpec, ...], choices: Mapping[str, Any]) -> None:
        self.library, self.choices = library, choices
        self.outline = Outline()
        for _ in self.outline.take(entries):
            pass
        self.ids = self.outline.ids()
        self.omit = {name for name in self._list("omit") if isinstance(name, str)}

    def _list(self, name: str) -> list[Any]:
        found = self.choices.get(name)
        return found if isinstance(found, list) else []

    def _map(self, name: str) -> dict[str, Any]:
        found = self.choices.get(name)
        return found if isinstance(found, dict) else {}

    def problems(self) -> Iterator[Problem]:
        for index, identifier in enumerate(self._list("omit")):
            yield from self.omitted(f"/clauses/omit/{index}", identifier) if readable(identifier) else ()
        for identifier, variant in self._map("choose").items():
            if readable(identifier) and isinstance(variant, str):
                yield from self.chosen(f"/clauses/choose/{identifier}", identifier, variant)
        for identifier, values in self._map("parameters").items():
            if readable(identifier) and isinstance(values, dict):
                yield from self.set(f"/clauses/parameters/{identifier}", identifier, values)
        for identifier, text in self._map("replace").items():
            if readable(identifier):
                yield from self.term(f"/clauses/replace/{identifier}", "", identifier, text)
        for index, addition in enumerate(self._list("add")):
            if isinstance(addition, dict) and readable(addition.get("after")):
                yield from self.term(f"/clauses/add/{index}", "text", addition["after"], addition.get("text"))

    def term(self, where: str, field: str, identifier: str, text: object) -> Iterator[Problem]:
        """Yield what is wrong with a special term: the clause it changes or follows, its references."""
        place = f"{where}/after" if field else where
        yield from self.unknown(place, identifier)
        if identifier in self.outline.holders:
            message = f"{identifier} — раздел или приложение, а не пункт"
            inside = self.outline.holders[identifier]
            hint = f"назовите пункт: {', '.join(inside)}" if inside else "назовите пункт"
            yield Problem(place, "not_a_clause", message, hint)
        if field and identifier in self.outline.unnumbered:
            message = f"{identifier} не нумеруется, добавить после него пункт нельзя"
            yield Problem(place, "not_numbered", message, "поставьте условие после нумерованного пункта")
        if isinstance(text, str):
            yield from self.references(f"{where}/{field}" if field else where, text)

    def references(self, where: str, text: str) -> Iterator[Problem]:
        targets = self.ids - self.outline.unnumbered
        for target in dict.fromkeys(REFERENCE.findall(text)):
            if target not in targets:
                yield dangling(where, target, perhaps(target, targets, "имена пунктов даёт docgen explain"))
            elif target in self.omit:
                yield dangling(where, target, "этот же заказ исключает его (/clauses/omit)")

    def unknown(self, where: str, identifier: str) -> Iterator[Problem]:
        if identifier not in self.ids:
            hint = perhaps(identifier, self.ids, "список пунктов даёт docgen explain")
            yield Problem(where, "unknown_clause", f"в этом виде документа нет пункта {identifier}", hint)

    def omitted(self, where: str, identifier: str) -> Iterator[Problem]:
        yield from self.unknown(where, identifier)
        inside = [name for name in self.outline.holders.get(identifier, ()) if self.required(name)]
        if self.required(identifier) or identifier in self.outline.needed:
            message = f"{identifier} обязателен и не может быть исключён"
            yield Problem(where, "required_clause", message, "замените текст через /clauses/replace")
        elif inside:
            message = f"{identifier} исключить нельзя: там обязательные пункты {', '.join(inside)}"
            yield Problem(where, "required_clause", message, "исключите необязательные пункты поимённо")

    def required(self, identifier: str) -> bool:
        clause = self.library.clauses.get(identifier)
        return identifier in self.ids and clause is not None and clause.spec.required

    def chosen(self, where: str, identifier: str, variant: str) -> Iterator[Problem]:
        yield from self.unknown(where, identifier)
        if identifier in self.outline.sections:
            message = f"{identifier} — раздел: он стоит, пока в нём есть пункты, выбирать его не нужно"
            yield Problem(where, "not_a_clause", message, "уберите его отсюда", (Cure((Operation("remove", where),)),))
            return
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
            elif isinstance(value, str | int | Decimal) and (found := mistake(specs[name], value)):
                hint = f"впишите другое значение; по умолчанию стоит {specs[name].default}"
                yield Problem(f"{where}/{name}", *found, hint)


def readable(identifier: object) -> TypeGuard[str]:
    """Tell whether a value is an id at all; what is not, the model refuses."""
    return isinstance(identifier, str) and re.fullmatch("[a-z][a-z0-9_]{0,34}", identifier) is not None
