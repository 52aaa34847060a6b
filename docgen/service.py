"""An order (JSON bytes) in, a draft and its files out: the straight line that every edge calls.

read → firm → validate → check glyphs → assemble → write.
"""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from docgen import render
from docgen.assembly import (
    Base,
    Decision,
    Explanation,
    Sources,
    Unknown,
    assemble,
    choice_problems,
    context_of,
    explain,
    library_vocabulary,
    tax_problems,
)
from docgen.config import Settings
from docgen.document import Document
from docgen.errors import (
    Cure,
    DocgenError,
    LibraryInvalid,
    Operation,
    OrderInvalid,
    Problem,
    SettingsInvalid,
    UnknownName,
    each_once,
)
from docgen.language import Words
from docgen.library import (
    KindSpec,
    Library,
    Placed,
    Source,
    check_library,
    facts_model,
    load_library,
    perhaps,
    read_yaml,
)
from docgen.model import (
    ALL_PARTS,
    JsonObject,
    Order,
    fits,
    found,
    inherited_matter,
    order_schema,
    parse_order,
    pointer_split,
    scan_json,
    strings,
)


@dataclass(frozen=True, slots=True)
class KindSummary:
    """A kind of document: its id and its Russian title."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An assembled document: its order and the earlier one, the tree, a name for its files, its sum, warnings.

    ``vat_rate`` is the percent of VAT in its prices, ``vat`` the VAT in the sum; None where they hold none.
    """

    kind: str
    order: Order
    base: Base | None
    name: str
    amount: Decimal | None
    vat_rate: Decimal | None
    vat: Decimal | None
    document: Document
    warnings: tuple[Problem, ...]
    decisions: tuple[Decision, ...]
    numbers: dict[str, str]


MOST_MENDINGS = 4


@dataclass(frozen=True, slots=True)
class Preview:
    """An order that may be unfinished, as far as it can be shown, and what a draft of it would be refused for."""

    draft: Draft | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class FirmFile:
    """The firm's profile read from a file, with the line of every fact."""

    source: Source

    def relabel(self, pointer: str) -> str:
        """Return ``firm.yaml:12`` for a pointer into the firm, any other pointer as it is."""
        inside = pointer.removeprefix("/matter/firm")
        if inside == pointer:
            return pointer
        steps = [int(step) if step.isdigit() else step for step in inside.split("/")[1:]]
        return self.source.where(tuple(steps))


Writer = Callable[[Document, str, Path], bytes]


def build_service(settings: Settings, write: Writer = render.write) -> Service:
    """Return the service over the settings' library, with the real parts; ``write`` makes the bytes of a document."""
    return Service(settings, write)


class Service:
    """Turns orders into drafts and drafts into files; holds the library of one process."""

    def __init__(self, settings: Settings, write: Writer) -> None:
        self.settings = settings
        self._write = write

    # --- the library

    @cached_property
    def library(self) -> Library:
        """The library of the settings' folder."""
        return load_library(self.settings.library)

    @cached_property
    def _facts_models(self) -> dict[str, type[BaseModel]]:
        return {name: facts_model(kind.spec) for name, kind in self.library.kinds.items()}

    @cached_property
    def _shown_models(self) -> dict[str, type[BaseModel]]:
        return {name: facts_model(kind.spec, lenient=True) for name, kind in self.library.kinds.items()}

    @cached_property
    def _checked(self) -> tuple[Problem, ...]:
        shapes = context_of(lambda spec: self._facts_models[spec.kind])
        look = self.library.look
        return check_library(self.library, library_vocabulary(), shapes, render.roles(look), render.style_name)

    @cached_property
    def _sources(self) -> Sources:
        return Sources.of(self.library, Words.of(self.library.words[0] if self.library.words else {}))

    @property
    def words(self) -> Words:
        """The library's own dictionary, by which its texts are declined."""
        return self._sources.words

    def profile(self, path: Path | None) -> JsonObject | None:
        """Return the firm's raw profile in a file; None without one. Raises SettingsInvalid, OrderInvalid."""
        firm = self._firm(path)
        return None if firm is None else firm.source.data

    def check(self) -> tuple[Problem, ...]:
        """Return every problem of the library and the look, all at once."""
        return self._checked

    def kinds(self) -> tuple[KindSummary, ...]:
        """Return the kinds of document that the library has."""
        return tuple(KindSummary(name, kind.spec.title.ru) for name, kind in self.library.kinds.items())

    def facts_model(self, kind: str) -> type[BaseModel]:
        """Return the model of a kind's own facts."""
        return self._facts_models[kind]

    def schema(self, kind: str) -> dict[str, Any]:
        """Return the JSON Schema of an order of a kind. Raises UnknownName."""
        needs = _needs(self._kind(kind, "kind"))
        return order_schema(self._facts_models[kind], kind, needs)

    def _kind(self, name: str, where: str) -> Placed[KindSpec]:
        if name not in self.library.kinds:
            hint = perhaps(name, self.library.kinds, "есть: " + ", ".join(self.library.kinds))
            raise UnknownName([Problem(where, "unknown_kind", f"нет вида документа {name}", hint)])
        return self.library.kinds[name]

    # --- the straight line

    def draft(
        self,
        source: bytes,
        *,
        firm: Path | None = None,
        day: date | None = None,
        blanks: bool = False,
        folder: Path | None = None,
    ) -> Draft:
        """Return the draft that an order asks for.

        ``day`` overrides the order's date; without either it is today. ``folder`` is where the files are that the
        order names; without it none is read. Raises OrderInvalid with all mistakes at once, UnknownName,
        LibraryInvalid.
        """
        if self._checked:
            raise LibraryInvalid(self._checked)
        raw, slips = with_base(*scan_json(source), folder)
        return self.draft_order(raw, slips, firm=firm, day=day, blanks=blanks)

    def draft_order(
        self,
        raw: JsonObject,
        slips: tuple[Problem, ...] = (),
        *,
        firm: Path | None = None,
        day: date | None = None,
        blanks: bool = False,
        lenient: bool = False,
    ) -> Draft:
        """Return the draft that an order asks for, which was read already, with the ``slips`` of reading it.

        A ``lenient`` draft is made in spite of what cross-checks and advice have against it: for a preview only.
        """
        given = _Given(raw, slips, self._firm(firm), day, blanks, firm, lenient)
        kind = self._kind_of(given)
        problems = self._own_problems(given, kind)
        base = self._base(given, kind, problems)
        order, warnings = self._parsed(given, kind, problems)
        on = day or order.date or date.today()
        with given.collecting(problems, order, on, base):
            made = assemble(self._sources, kind, order, on, given.relabel, base, lenient)
        told = each_once(_carried_out(given.raw, one) for one in (*warnings, *made.warnings))
        known = base if isinstance(base, Base) else None
        return Draft(
            kind=kind.spec.kind,
            order=order,
            base=known,
            name=made.name,
            amount=made.amount,
            vat_rate=made.vat_rate,
            vat=made.vat,
            document=made.document,
            warnings=told,
            decisions=made.decisions,
            numbers=dict(made.numbers),
        )

    def preview(self, raw: JsonObject, *, firm: Path | None = None) -> Preview:
        """Return how an order reads now, be it unfinished: what is wrong or not there yet stands as a blank.

        ``problems`` are those that a draft of the order would be refused for; without a ``draft`` nothing can be shown.
        """
        try:
            return Preview(self.draft_order(raw, firm=firm), ())
        except OrderInvalid as error:
            problems = error.problems
        shown, told = raw, frozenset[str]()
        for _ in range(MOST_MENDINGS):
            try:
                draft = self.draft_order(shown, firm=firm, blanks=True, lenient=True)
                return Preview(_for_order(raw, shown, draft), problems)
            except OrderInvalid as error:
                wrong = frozenset(one.where for one in error.problems)
                shown = _without_rows(_blanked(shown, error.problems), wrong & told)
                told |= wrong
        return Preview(None, problems)

    def _base(self, given: _Given, kind: Placed[KindSpec], problems: list[Problem]) -> Base | Unknown | None:
        """Return the earlier document that an order is based on; its mistakes join the problems, under /based_on."""
        earlier, wanted = given.raw.get("based_on"), kind.spec.based_on
        if earlier is None and (not wanted or kind.spec.standalone):
            return None
        if not isinstance(earlier, dict) or earlier.get("kind") not in wanted:
            problems += _unsaid([_wrong_base(wanted, earlier)], problems)
            return Unknown("/based_on")
        amends = any(entry.amendments for entry in kind.spec.outline)
        before = inherited_matter(earlier)
        changed = _changed(before, given.raw.get("matter"))
        try:
            signed = self.draft_order(earlier, firm=given.path, blanks=given.blanks, lenient=given.lenient)
        except OrderInvalid as error:
            problems += _unsaid(map(_under_base, error.problems), problems)
            return _refused_base(error, before, changed) if not amends else Unknown("/based_on")

        def revised(day: date) -> Draft:
            return self._revised(given, earlier, changed, day)

        return Base(
            number=before.get("number"),
            order=signed.order,
            day=signed.document.day,
            signed=signed.document,
            revise=lambda day: revised(day).document,
            changed=changed,
            before=signed.base,
            warnings=lambda: _introduced(signed, revised(signed.document.day), changed) if amends else (),
        )

    def _revised(self, given: _Given, earlier: JsonObject, changed: frozenset[str], day: date) -> Draft:
        """Return the earlier agreement as it would stand with the new matter, under its own number and date."""
        before = inherited_matter(earlier)
        matter = {**before, **(given.raw.get("matter") or {}), "number": before["number"]}
        try:
            revised = {**earlier, "matter": matter}
            return self.draft_order(revised, firm=given.path, day=day, blanks=given.lenient, lenient=given.lenient)
        except OrderInvalid as error:
            raise OrderInvalid(_where_typed(problem, changed) for problem in error.problems) from error

    def write(self, draft: Draft, format: str) -> bytes:
        """Return the draft's bytes in a format. Raises UnknownName, and what the writer in use raises."""
        if format not in render.FORMATS:
            hint = perhaps(format, render.FORMATS, "есть: " + ", ".join(render.FORMATS))
            raise UnknownName([Problem("format", "unknown_format", f"нет формата {format}", hint)])
        return self._write(draft.document, format, self.library.look)

    def page(self, draft: Draft) -> str:
        """Return the draft's blocks as HTML that tells where each value and clause came from; not for others' eyes."""
        return render.marked(draft.document, self.library.look)

    def explain(self, draft: Draft) -> Explanation:
        """Return the proof sheet of a draft: why each clause stands and where each value came from."""
        return explain(draft.document, draft.decisions, draft.numbers)

    def _firm(self, path: Path | None) -> FirmFile | None:
        chosen = path or self.settings.firm
        if chosen is None:
            return None
        try:
            text = chosen.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            hint = "проверьте DOCGEN_FIRM и кодировку UTF-8"
            raise SettingsInvalid([Problem(chosen.name, "unreadable", "профиль фирмы не читается", hint)]) from error
        source = read_yaml(chosen.name, text)
        if source.problems:
            raise OrderInvalid(source.problems)
        return FirmFile(source)

    def _kind_of(self, given: _Given) -> Placed[KindSpec]:
        """Return the order's kind; without one, refuse with every mistake that does not depend on it."""
        name = given.raw.get("kind")
        if isinstance(name, str) and name in self.library.kinds:
            return self.library.kinds[name]
        problems = [self._kind_problem(name), *given.slips, *self._glyph_problems(given)]
        firm = given.firm.source.data if given.firm else None
        try:
            parse_order({**given.raw, "kind": "unknown"}, AnyFacts, blanks=given.blanks, firm=firm, day=given.day)
        except OrderInvalid as error:
            raise given.refusal(problems, error) from error
        raise given.refusal(problems)

    def _kind_problem(self, name: object) -> Problem:
        known = "есть: " + ", ".join(self.library.kinds)
        if not isinstance(name, str):
            return Problem("/kind", "required", "не указан вид документа", known)
        return Problem("/kind", "unknown_kind", f"нет вида документа {name}", perhaps(name, self.library.kinds, known))

    def _own_problems(self, given: _Given, kind: Placed[KindSpec]) -> list[Problem]:
        """Return what the service itself and the library say against an order, before its facts are read."""
        return [
            *given.slips,
            *self._glyph_problems(given),
            *choice_problems(self.library, kind.spec, given.raw.get("clauses")),
            *tax_problems(self.library, given.profile()),
        ]

    def _parsed(
        self, given: _Given, kind: Placed[KindSpec], problems: list[Problem]
    ) -> tuple[Order, tuple[Problem, ...]]:
        """Return the order and its warnings, or refuse with everything that is wrong with it."""
        facts = (self._shown_models if given.lenient else self._facts_models)[kind.spec.kind]
        firm = given.firm.source.data if given.firm else None
        try:
            return parse_order(
                given.raw,
                facts,
                needs=_needs(kind),
                blanks=given.blanks,
                firm=firm,
                day=given.day,
                lenient=given.lenient,
            )
        except OrderInvalid as error:
            raise given.refusal(problems, error) from error

    def _glyph_problems(self, given: _Given) -> Iterator[Problem]:
        covered = render.covers(self.library.look)
        whole = {"matter": {"firm": given.firm.source.data}} if given.firm and not given.own_firm else {}
        for pointer, text in (*strings(given.raw), *strings(whole)):
            lacking = sorted({char for char in text if ord(char) >= 0x20 and ord(char) not in covered})
            if lacking:
                yield _glyph_problem(pointer, lacking)


@dataclass(frozen=True, slots=True)
class _Given:
    """What one call was given: the raw order, its slips, the firm's file, the day, whether blanks are allowed."""

    raw: JsonObject
    slips: tuple[Problem, ...]
    firm: FirmFile | None
    day: date | None
    blanks: bool
    path: Path | None = None
    lenient: bool = False

    @property
    def own_firm(self) -> bool:
        """Whether the order has the firm whole in itself."""
        matter = self.raw.get("matter")
        return isinstance(matter, dict) and "firm" in matter

    def profile(self) -> object:
        """Return the firm's raw profile: the order's own, else the file's."""
        if self.own_firm:
            return self.raw["matter"]["firm"]
        return self.firm.source.data if self.firm else None

    def relabel(self, pointer: str) -> str:
        """Return the place to show for a pointer: the order that it was typed in, or a line of the firm's file."""
        typed = _typed(self.raw, pointer)
        return typed if self.own_firm or self.firm is None else self.firm.relabel(typed)

    def moved(self, problem: Problem) -> Problem:
        """Return a problem with the places to show and, if it can be carried out in this order, its patch."""
        return _carried_out(self.raw, problem.moved(self.relabel))

    def refusal(
        self, problems: list[Problem], error: OrderInvalid | None = None, read: _Read | None = None
    ) -> OrderInvalid:
        """Return the refusal with the problems of both, each mistake once, pointing to the firm's file where it is."""
        said = [self.moved(problem) for problem in problems]
        later = [self.moved(problem) for problem in (error.problems if error else ())]
        orphan = any(problem.where.startswith("/based_on") for problem in said)
        made = OrderInvalid([*said, *(one for one in _unsaid(later, said) if not (orphan and self.lost(one)))])
        made.read = read
        return made

    def lost(self, problem: Problem) -> bool:
        """Tell whether a part of the matter is only absent because the wrong earlier order has to give it."""
        steps, own = problem.where.split("/")[1:3], self.raw.get("matter", {})
        absent = isinstance(own, dict) and steps[:1] == ["matter"] and not own.keys() & set(steps[1:])
        return problem.code == "required" and absent

    @contextmanager
    def collecting(
        self, problems: list[Problem], order: Order, day: date, base: Base | Unknown | None
    ) -> Iterator[None]:
        """Refuse after the block if there were problems before it or in it, all of them at once."""
        try:
            yield
        except OrderInvalid as error:
            raise self.refusal(problems, error, _Read(order, day, base)) from error
        if problems:
            raise self.refusal(problems, read=_Read(order, day, base))


@dataclass(frozen=True, slots=True)
class _Read:
    """What is known of an order that was refused only for what its facts say together."""

    order: Order
    day: date
    base: Base | Unknown | None


class AnyFacts(BaseModel):
    """The facts of a kind that nobody knows: whatever they are, nothing is said about them."""

    model_config = ConfigDict(extra="allow")


def _glyph_problem(pointer: str, lacking: list[str]) -> Problem:
    shown = ", ".join(f"«{char}» (U+{ord(char):04X})" for char in lacking)
    cure = "напишите «руб.»" if "₽" in lacking else "замените знак буквами"
    if any(map(unicodedata.combining, lacking)):
        cure = "наберите букву заново одним знаком (й, ё), без отдельного знака над ней"
    return Problem(pointer, "no_glyph", f"в шрифте документа нет знаков: {shown}", cure)


def _blanked(raw: JsonObject, problems: Iterable[Problem]) -> JsonObject:
    """Return an order in which a wrong fact is a blank; a wrong blank, choice of a clause, unknown field is absent."""
    made = copy.deepcopy(raw)
    wrong = {re.sub("^(/clauses/add/[0-9]+)/.*", r"\1", one.where): one.code for one in problems}
    for where in sorted(wrong, reverse=True):  # the last row of a list goes first
        parent, _, last = where.rpartition("/")
        with suppress(KeyError):
            holder, value = found(made, parent), found(made, where)
            place = int(last) if isinstance(holder, list) else pointer_split(f"/{last}")[0]
            refused = value is None and isinstance(holder, dict)  # no blank may stand there: it may be left out
            if refused or parent.startswith("/clauses") or wrong[where] == "unknown_key":
                del holder[place]
            elif value == []:
                holder[place] = [{}]  # where there must be a row, a blank one
            elif not isinstance(value, dict | list):
                holder[place] = None
    return made


def _without_rows(raw: JsonObject, wrong: Iterable[str]) -> JsonObject:
    """Return an order without the rows of lists in which a fact is wrong that can be no blank."""
    made = copy.deepcopy(raw)
    rows = {found_row.group() for one in wrong if (found_row := re.match("/(?:matter|facts)/[^/]+/[0-9]+(?=/|$)", one))}
    for where in sorted(rows, key=lambda one: int(one.rpartition("/")[2]), reverse=True):
        parent, _, last = where.rpartition("/")
        with suppress(KeyError):
            del found(made, parent)[int(last)]
    return made


def _for_order(raw: JsonObject, shown: JsonObject, draft: Draft) -> Draft:
    """Return the draft of a shown order without what fits it but not the real one, for the rows differ.

    These are the cures that change such rows, and the warnings of the matter's and the facts' ones.
    """
    rows = tuple(_other_rows(raw, shown))
    moved = rows if raw.get("clauses") == shown.get("clauses") else (*rows, "/clauses/")
    told = (
        one.curable(lambda patch: not any(step.path.startswith(moved) for step in patch))
        for one in draft.warnings
        if not one.where.startswith(rows)
    )
    return replace(draft, warnings=tuple(told)) if moved else draft


def _other_rows(raw: JsonObject, shown: JsonObject) -> Iterator[str]:
    """Yield the beginning of the pointers into each list of which the shown order has fewer rows."""
    for part in ("matter", "facts"):
        for name, rows in (shown.get(part) or {}).items():
            if isinstance(rows, list) and len(rows) < len(raw[part].get(name, ())):
                yield f"/{part}/{name}/"


def _wrong_base(wanted: tuple[str, ...], earlier: object) -> Problem:
    """Return the problem of an earlier order that is absent, of another kind or out of place."""
    if not wanted:
        cure = Cure((Operation("remove", "/based_on"),))
        return Problem("/based_on", "based_on", "этот документ не опирается на другой", "уберите поле", (cure,))
    given = earlier.get("kind") if isinstance(earlier, dict) else None
    message = "этому документу нужен исходный заказ" + (f", а не {given}" if isinstance(given, str) else "")
    return Problem("/based_on", "based_on", message, f"вложите заказ вида {' или '.join(wanted)}")


def _refused_base(error: OrderInvalid, before: Any, changed: frozenset[str]) -> Base | Unknown:
    """Return what is known of an earlier order that was refused: its facts, if they are right in themselves."""
    read = error.read
    if not isinstance(read, _Read) or isinstance(read.base, Unknown):
        return Unknown("/based_on")

    def revise(day: date) -> Document:
        raise OrderInvalid(error.problems)

    return Base(before.get("number"), read.order, read.day, None, revise, changed, read.base, lambda: ())


def _unsaid(problems: Iterable[Problem], said: Iterable[Problem]) -> list[Problem]:
    """Return the problems of places of which nothing was said yet."""
    places = {problem.where for problem in said}
    return [problem for problem in problems if problem.where not in places]


MOST_BASES = 8
ENDLESS = Problem(
    "/based_on",
    "based_on_file",
    f"цепочка исходных заказов длиннее {MOST_BASES}: не ссылается ли файл на самого себя?",
    "проверьте based_on в этих файлах",
)


def with_base(
    raw: JsonObject, slips: tuple[Problem, ...], folder: Path | None, depth: int = 0
) -> tuple[JsonObject, tuple[Problem, ...]]:
    """Return an order with the earlier one that it names by file in that name's place, and the slips of both.

    It is a slip too that the file is not there or is no order; the name then stays. Raises OrderInvalid for a chain
    that has no end.
    """
    earlier, below = raw.get("based_on"), folder
    if depth > MOST_BASES:
        raise OrderInvalid([ENDLESS])
    try:
        found, more = _base_file(earlier, folder) if isinstance(earlier, str) else (earlier, ())
    except OrderInvalid as error:
        return raw, (*slips, *error.problems)
    if not isinstance(found, dict):
        return raw, slips
    if isinstance(earlier, str) and folder is not None:
        below = (folder / earlier).parent
    inside, more = with_base(found, more, below, depth + 1)
    return {**raw, "based_on": inside}, (*slips, *map(_under_base, more))


def _base_file(name: str, folder: Path | None) -> tuple[JsonObject, tuple[Problem, ...]]:
    """Return the order in a file and the slips in it. Raises OrderInvalid when it cannot be read."""
    if folder is None:
        message = "исходный заказ назван файлом, а файлы читает только командная строка"
        raise OrderInvalid([Problem("/based_on", "based_on_file", message, "вложите исходный заказ целиком")])
    try:
        source = (folder / name).read_bytes()
    except OSError as error:
        message, hint = f"файл {name} не читается", "путь считается от папки заказа"
        raise OrderInvalid([Problem("/based_on", "based_on_file", message, hint)]) from error
    try:
        return scan_json(source)
    except OrderInvalid as error:
        raise OrderInvalid(map(_under_base, error.problems)) from error


def _typed(raw: JsonObject, pointer: str) -> str:
    """Return the pointer to a part of the matter in the order of the chain that holds it."""
    earlier, own = raw.get("based_on"), raw.get("matter")
    part = pointer.removeprefix("/matter/").partition("/")[0]
    if not pointer.startswith("/matter/") or not isinstance(earlier, dict) or (isinstance(own, dict) and part in own):
        return pointer
    inherited = inherited_matter(earlier)
    known = isinstance(inherited, dict) and part in inherited
    return f"/based_on{_typed(earlier, pointer)}" if known else pointer


def _under_base(problem: Problem) -> Problem:
    return problem.moved(lambda where: f"/based_on{where}" if where.startswith("/") or not where else where)


def _where_typed(problem: Problem, changed: frozenset[str]) -> Problem:
    """Return a problem of the revised agreement, pointing to the order that holds the part: the new or the earlier.

    A cure stays only if it changes nothing in the earlier one, which is signed.
    """

    def here(where: str) -> bool:
        return where.startswith("/matter/") and where.removeprefix("/matter/").partition("/")[0] in changed

    made = problem if here(problem.where) else _under_base(problem)
    return replace(made, cures=problem.curable(lambda patch: all(here(step.path) for step in patch)).cures)


def _introduced(signed: Draft, revised: Draft, changed: frozenset[str]) -> tuple[Problem, ...]:
    """Return the warnings that the change gives cause for: those of the revision, on one day, that were none before."""
    before = set(signed.warnings)
    return tuple(_where_typed(problem, changed) for problem in revised.warnings if problem not in before)


def _changed(before: object, after: object) -> frozenset[str]:
    """Return the parts of the matter that the order gives anew and differently."""
    old, new = (one if isinstance(one, dict) else {} for one in (before, after))
    return frozenset(name for name, part in new.items() if old.get(name) != part)


def _carried_out(raw: JsonObject, problem: Problem) -> Problem:
    """Return a problem without the cures that cannot be carried out in the order."""
    return problem.curable(lambda patch: fits(raw, patch))


def _needs(kind: Placed[KindSpec]) -> frozenset[str]:
    return ALL_PARTS if kind.spec.needs is None else frozenset(kind.spec.needs)


__all__ = ["DocgenError", "Draft", "KindSummary", "Service", "build_service"]
