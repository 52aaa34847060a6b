"""A decision about a clause and the form's questions in, why the clause stands or not out: a sentence without code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from docgen.assembly import Cause, Decision
from docgen.library import KindSpec, facts_named
from docgen.model import JsonObject, Matter, inherited_matter
from docgen.service import Service
from docgen.web.fields import BLANK, TAGS, Control, Entry, Group, Rows, Words, entry_of, hints_of, walk

ROOTS = {"purpose": "/matter/purpose", "clients": "/matter/clients", "firm": "/matter/firm"}
BASE = "/based_on"
PRESET = "/clauses/preset"
ORDER = {"order.preset": PRESET, "order.date": "/date"}
NOTHING = "не указано"
COURSE = "Ход дела"
"""What a calculation over the whole matter reads: its lists."""


class Piece(NamedTuple):
    """A part of a sentence, and the field of the form that it leads to."""

    text: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """What a question is called, what is answered to it now (nothing, where that only goes into a calculation)."""

    label: str
    answer: str
    to: str

    def said(self) -> Iterator[Piece]:
        """Yield «Цель» — личные нужды."""
        yield Piece(f"«{self.label}»", self.to)
        if self.answer:
            yield Piece(f" — {self.answer}")


class Asked:
    """Every question that a clause may depend on, by its pointer: those of the form, of the profile, of the base."""

    def __init__(
        self, service: Service, raw: JsonObject, words: Words, entries: Mapping[str, Entry], firm: JsonObject | None
    ) -> None:
        self.spec: KindSpec = service.library.kinds[words.kind].spec
        choices = raw.get("clauses")
        self.preset = str(choices.get("preset", "standard")) if isinstance(choices, dict) else "standard"
        self.here = {one.name for one in walk(tuple(entries.values()))}
        elsewhere = [*_matter(raw, words, entries, firm), *_base(service, raw, words)]
        self.questions = {one.name: one for one in walk((*elsewhere, *entries.values()))}

    def facts(self, conditions: Iterable[str]) -> tuple[Fact, ...]:
        """Return the facts that conditions rest on, each question once."""
        made: dict[str, Fact] = {}
        for condition in conditions:
            for path, plain in self._paths(condition):
                fact = self._fact(path, plain)
                if fact is not None and not (fact.label in made and made[fact.label].answer):
                    made[fact.label] = fact
        return tuple(made.values())

    def preset_title(self, name: str) -> str:
        """Return what a preset is called."""
        return self.spec.presets[name].title if name in self.spec.presets else name

    def presets_with(self, *names: str) -> list[str]:
        """Return what the presets are called that choose a clause or an annex."""
        return [one.title for one in self.spec.presets.values() if one.choose.keys() & set(names)]

    def _paths(self, expression: str) -> Iterator[tuple[str, bool]]:
        """Yield the paths of an expression, the kind's computed values as what they are computed from."""
        for path, plain in facts_named(expression):
            head, _, rest = path.partition(".")
            if head in self.spec.values:
                yield from ((one, plain and known and not rest) for one, known in self._paths(self.spec.values[head]))
            else:
                yield path, plain

    def _fact(self, path: str, plain: bool) -> Fact | None:
        if path == "matter":
            return Fact(COURSE, "", "")
        where, name = _pointer(path), ""
        while where and where not in self.questions:
            where, _, name = where.rpartition("/")
        if not where:
            return None
        entry = self.questions[where]
        if isinstance(entry, Group) and name and entry.tag is not None:
            entry = entry.tag  # another model has the field: which one it is decides
        label, answer = _told(entry, name)
        if isinstance(entry, Control) and entry.name.endswith("/kind"):
            label = self.questions[entry.name.rpartition("/")[0]].label or label
        return Fact(label, answer if plain else "", entry.name if entry.name in self.here else "")


def _matter(raw: JsonObject, words: Words, entries: Mapping[str, Entry], firm: JsonObject | None) -> Iterator[Entry]:
    """Yield the matter's parts that the form does not ask for, as they are."""
    inherited = inherited_matter(raw)
    known = {"firm": firm or {}, **(inherited if isinstance(inherited, dict) else {})}
    for name, info in Matter.model_fields.items():
        if f"/matter/{name}" not in entries and name in known:
            yield entry_of(words, f"/matter/{name}", f"matter.{name}", info, hints_of(Matter)[name], known[name])


def _base(service: Service, raw: JsonObject, words: Words) -> Iterator[Entry]:
    """Yield the facts of the document that this one is based on."""
    base = raw.get("based_on")
    facts = base.get("facts") if isinstance(base, dict) else None
    if not isinstance(base, dict) or not isinstance(facts, dict) or base.get("kind") not in service.library.kinds:
        return
    theirs, model = replace(words, kind=base["kind"]), service.facts_model(base["kind"])
    for name, info in model.model_fields.items():
        if name in facts:
            yield entry_of(theirs, f"{BASE}/facts/{name}", f"facts.{name}", info, hints_of(model)[name], facts[name])


def _pointer(path: str) -> str:
    """Return where in the order a name of the library's language stands.

    >>> _pointer("purpose"), _pointer("matter.fee.cap"), _pointer("base.facts.until")
    ('/matter/purpose', '/matter/fee/cap', '/based_on/facts/until')
    """
    head, dot, rest = path.partition(".")
    if path in ORDER or head in ROOTS:
        return ORDER.get(path) or ROOTS[head] + (f"/{rest}" if rest else "").replace(".", "/")
    start = BASE if head == "base" else f"/{head}"
    return f"{start}/{rest}".replace(".", "/") if dot else ""


# --- what is answered ------------------------------------------------------------------------


def _told(entry: Entry, name: str) -> tuple[str, str]:
    """Return what a question is called and what is answered to it; ``name`` is a field of its rows."""
    match entry:
        case Control():
            return entry.label, _answer(entry)
        case Group():
            return entry.label, _answer(entry.tag) if entry.present and entry.tag else _filled(entry.present)
        case Rows():
            return _of_rows(entry, name)


def _of_rows(rows: Rows, name: str) -> tuple[str, str]:
    own = {f"{row.name}/{name}" for row in rows.rows}
    cells = [one for one in walk(rows.rows) if isinstance(one, Control) and one.name in own]
    if not name or not cells:
        return rows.label, f"{len(rows.rows)} в списке" if rows.rows else NOTHING
    said = ", ".join(dict.fromkeys(map(_answer, cells)))
    return rows.label if name in TAGS else f"{rows.label}: {cells[0].label.lower()}", said


def _answer(control: Control) -> str:
    value = control.value
    if control.sort == "boolean":
        return "да" if value else "нет"
    if value == BLANK:
        return "пропуск"
    if value in ("", ()):
        return control.default if control.sort == "select" and control.default else NOTHING
    options = dict(control.options)
    if control.sort == "choices":
        return ", ".join(options[one] for one in value if one in options)
    if control.sort == "select":
        word = options.get(str(value), NOTHING)
        return word.lower() if control.name == PRESET else word
    return str(value) if control.sort in ("date", "money", "percent", "decimal", "integer") else "указано"


def _filled(present: bool) -> str:
    return "указано" if present else NOTHING


# --- the sentence ----------------------------------------------------------------------------


def reason_of(decision: Decision, asked: Asked) -> tuple[Piece, ...]:
    """Return why a clause stands or does not, in pieces: words, and questions that lead to their fields."""
    if decision.included:
        same = decision.cause.ground == decision.wording.ground != "condition"
        return (*_standing(decision.cause, asked), *(() if same else _wording(decision.wording, asked)))
    return tuple(_absence(decision.id, decision.cause, asked))


def _standing(cause: Cause, asked: Asked) -> Iterator[Piece]:
    match cause.ground:
        case "chosen":
            yield Piece("Выбрано вами")
        case "preset":
            yield from _in_preset("Входит в объём ", asked)
        case "condition":
            yield from _because("Входит", cause.conditions, asked)
        case _:
            yield Piece("Входит всегда")


def _wording(cause: Cause, asked: Asked) -> Iterator[Piece]:
    match cause.ground:
        case "chosen":
            yield Piece("; вариант выбран вами")
        case "preset":
            yield from _in_preset("; такой вариант входит в объём ", asked)
        case "condition":
            yield from _because("; такой вариант", cause.conditions, asked)


def _absence(name: str, cause: Cause, asked: Asked) -> Iterator[Piece]:
    match cause.ground:
        case "omitted":
            yield Piece("Исключено вами вместе с разделом" if cause.part else "Исключено вами")
        case "preset":
            yield from _in_preset("Не входит в объём ", asked)
        case "off":
            presets = asked.presets_with(name, cause.part)
            yield Piece("Обычно не включается")
            if presets:
                yield Piece("; есть в объёме ")
                yield Piece(", ".join(f"«{one}»" for one in presets), PRESET)
        case "no_edition":
            yield Piece("Нет редакции, которая действует на ")
            yield Piece("дату документа", "/date")
        case _:
            yield from _because("Не входит", cause.conditions, asked)


def _in_preset(words: str, asked: Asked) -> Iterator[Piece]:
    yield Piece(words)
    yield Piece(f"«{asked.preset_title(asked.preset)}»", PRESET)


def _because(words: str, conditions: Iterable[str], asked: Asked) -> Iterator[Piece]:
    """Yield what is so and why: facts as they are answered, then those that only go into a calculation."""
    facts = asked.facts(conditions)
    answered, computed = [one for one in facts if one.answer], [one for one in facts if not one.answer]
    if not facts:
        yield Piece(f"{words} по сведениям дела")
        return
    yield Piece(f"{words}, потому что " if answered else f"{words}: зависит ")
    yield from _listed(answered)
    if computed:
        yield Piece("; зависит и " if answered else "")
        yield Piece("от ответов на вопросы " if len(computed) > 1 else "от ответа на вопрос ")
        yield from _listed(computed)


def _listed(facts: Iterable[Fact]) -> Iterator[Piece]:
    for index, fact in enumerate(facts):
        if index:
            yield Piece(", ")
        yield from fact.said()
