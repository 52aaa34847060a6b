"""A matter's file (JSON) and the name of a package in, its papers, their cover list and the exceptions out.

read → agreement → each paper on what it rests on → cover list.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from docgen.errors import OrderInvalid, Problem, UnknownName
from docgen.language.working_days import NoCalendar, is_working_day
from docgen.library import KindSpec, PackageSpec, PaperSpec, perhaps
from docgen.library.sheets import Imported, load_sheets, read_content
from docgen.model import JsonObject, MatterFile, inherited_matter, next_number, read_matter_file
from docgen.service import Draft, Service, with_base

AGREEMENT, SUPPLEMENT, COVER = "services_agreement", "supplementary_agreement", "cover_list"
MONTHLY = ("hourly", "subscription")


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of a package: its whole order, ready to rest others on, and its draft."""

    order: JsonObject
    draft: Draft


@dataclass(frozen=True, slots=True)
class Package:
    """The papers made, their cover list, what was refused, what somebody must look at, the next numbers."""

    papers: tuple[Paper, ...]
    cover: Paper
    problems: tuple[Problem, ...]
    exceptions: tuple[Problem, ...]
    numbering: Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class _Order:
    """An order being made: as it is printed, as it is checked (no blank number in it), the entries it came from."""

    printed: JsonObject
    checked: JsonObject
    entries: tuple[int | None, ...]

    @property
    def kind(self) -> str:
        return str(self.printed["kind"])


def make_package(
    service: Service,
    source: bytes,
    name: str,
    *,
    firm: Path | None = None,
    day: date | None = None,
    month: date | None = None,
    folder: Path | None = None,
) -> Package:
    """Return the package of a matter's file.

    ``day`` is the papers' date where their orders have none: without it that of the agreement for a package that opens
    a matter, else today; for a package that closes a month the first working day after it. ``month`` is any day of the
    month to close, without it the last one that has ended on ``day`` (or today). ``folder`` is where the files that the
    matter's file names are looked for. Raises UnknownName, and OrderInvalid when the file or its agreement is wrong.
    """
    packages = service.library.packages
    if name not in packages:
        hint = perhaps(name, packages, "есть: " + ", ".join(packages))
        raise UnknownName([Problem("--package", "unknown_package", f"нет набора {name}", hint)])
    spec = packages[name].spec
    given = read_matter_file(source)
    data = _read_data(given.data, folder, service)
    return _Maker(service, spec, given, data, firm, folder).make(day, month)


def _read_data(given: JsonObject, folder: Path | None, service: Service) -> Imported:
    """Return the lists of a matter's data, those that are only named read from their spreadsheets."""
    lists = {name: rows for name, rows in given.items() if isinstance(rows, list)}
    warnings: list[Problem] = []
    cells: dict[str, str] = {}
    problems: list[Problem] = []
    sheets = load_sheets(service.settings.library) if len(lists) < len(given) else None
    for name, file in given.items():
        if sheets is not None and isinstance(file, str):
            try:
                read = read_content(_content(name, file, folder), file, sheets, name)
            except OrderInvalid as error:
                problems += error.problems
                continue
            lists |= read.lists
            cells |= read.cells
            warnings += read.warnings
    if problems:
        raise OrderInvalid(problems)
    return Imported(lists, tuple(warnings), cells)


def _content(name: str, file: str, folder: Path | None) -> bytes:
    try:
        return ((folder or Path()) / file).read_bytes()
    except (OSError, ValueError) as error:
        message, hint = f"файл {file} не читается", "путь считается от папки файла дела"
        raise OrderInvalid([Problem(f"/data/{name}", "unreadable", message, hint)]) from error


@dataclass(slots=True)
class _Maker:
    """Makes one package; keeps what it has made, what was refused and the numbers used."""

    service: Service
    spec: PackageSpec
    given: MatterFile
    data: Imported
    firm: Path | None
    folder: Path | None
    made: dict[str, list[tuple[_Order, Draft]]] = field(default_factory=dict)
    papers: list[Paper] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    exceptions: list[Problem] = field(default_factory=list)
    numbering: dict[str, int | str] = field(default_factory=dict)
    entries: list[JsonObject] = field(default_factory=list)
    days: dict[str, date] = field(default_factory=dict)

    def make(self, day: date | None, month: date | None) -> Package:
        self.numbering = dict(self.given.numbering)
        self.exceptions += self.data.warnings
        self.entries = self._read_entries()
        agreement, draft = self._agreement()
        self._settle_days(day, month, draft)
        latest = self._latest(agreement)
        for paper in self.spec.papers:
            if paper.kind == AGREEMENT:
                self._keep(agreement, draft)
            else:
                self._papers(paper, agreement, latest, draft)
        cover = self._cover(agreement)
        exceptions = tuple(dict.fromkeys(self.exceptions))
        return Package(tuple(self.papers), cover, tuple(sorted(set(self.problems))), exceptions, self.numbering)

    # --- what the file says

    def _read_entries(self) -> list[JsonObject]:
        """Return the orders of the file, each read from its own file where it is only named."""
        entries, problems = [], []
        for index, entry in enumerate(self.given.orders):
            try:
                entries.append(self._entry(entry))
            except OrderInvalid as error:
                problems += [_at(problem, f"/orders/{index}") for problem in error.problems]
        if problems:
            raise OrderInvalid(problems)
        return entries

    def _entry(self, entry: object) -> JsonObject:
        """Return an order given whole, or by the name of its file."""
        read = self._from_file(entry) if isinstance(entry, str) else entry
        kinds = self.service.library.kinds
        if not isinstance(read, dict) or read.get("kind") not in kinds:
            hint = "впишите kind: " + ", ".join(kinds)
            raise OrderInvalid([Problem("/kind", "unknown_kind", "у заказа нет известного вида документа", hint)])
        return read

    def _from_file(self, name: str) -> object:
        try:
            read, slips = with_base({"based_on": name}, (), self.folder)
        except OrderInvalid as error:
            slips = error.problems
        if slips:
            raise OrderInvalid(_at(problem, "", "/based_on") for problem in slips)
        return read["based_on"]

    def _of_kind(self, kind: str) -> list[int]:
        return [index for index, entry in enumerate(self.entries) if entry["kind"] == kind]

    def _single(self, kind: str) -> int | None:
        """Return the file's only order of a kind, or None. Raises OrderInvalid for several."""
        found = self._of_kind(kind)
        if len(found) > 1:
            message, hint = f"заказов вида {kind} несколько", "оставьте один: на нём стоят остальные документы"
            raise OrderInvalid(Problem(f"/orders/{index}", "several_bases", message, hint) for index in found[1:])
        return found[0] if found else None

    def _agreement(self) -> tuple[_Order, Draft]:
        """Return the agreement that all rests on. Raises OrderInvalid when it is wrong: nothing can be made then."""
        index = self._single(AGREEMENT)
        entry = self.entries[index] if index is not None else {}
        matter = {**self.given.matter, **(entry.get("matter") or {})}
        order = {"schema": 1, **entry, "kind": AGREEMENT, "matter": matter}
        if "number" not in matter:
            matter["number"] = self._number(AGREEMENT)
        made = _Order(order, _filled(order, "matter") if matter["number"] is None else order, (index,))
        return made, self._draft(made)

    def _latest(self, agreement: _Order) -> _Order:
        """Return the agreement as it now stands: with its supplement, if the file has one."""
        index = self._single(SUPPLEMENT)
        if index is None or any(paper.kind == SUPPLEMENT for paper in self.spec.papers):
            return agreement
        return self._order(SUPPLEMENT, agreement, index, {})

    # --- days

    def _settle_days(self, day: date | None, month: date | None, agreement: Draft) -> None:
        signed = agreement.document.day
        if not self.spec.monthly:
            opening = any(paper.kind == AGREEMENT for paper in self.spec.papers)
            self.days = {"day": day or (signed if opening else date.today()), "agreement_day": signed}
            return
        first = (month or _ended(day or date.today())).replace(day=1)
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        term = agreement.order.matter.term
        start = max(first, _day(term.from_) or _day(agreement.order.matter.effective_on) or signed)
        until = min(last, _day(getattr(term.until, "on", None) or getattr(term.until, "long_stop", None)) or last)
        if start > until:
            message = f"{first:%m.%Y}: договор в этом месяце не действует"
            raise OrderInvalid([Problem("--month", "outside_term", message, "назовите другой месяц")])
        self.days = {
            "day": day or self._working_day_after(last),
            "agreement_day": signed,
            "month_start": start,
            "month_end": until,
        }

    def _working_day_after(self, last: date) -> date:
        day = last + timedelta(days=1)
        try:
            while not is_working_day(day, self.service.library.official_years()):
                day += timedelta(days=1)
        except NoCalendar as error:
            raise OrderInvalid([Problem("--date", "no_calendar", str(error), "укажите --date")]) from error
        return day

    # --- papers

    def _papers(self, paper: PaperSpec, agreement: _Order, latest: _Order, draft: Draft) -> None:
        """Make all papers of one line of the package."""
        kind = self.service.library.kinds[paper.kind].spec
        on_agreement = latest if latest.kind in kind.based_on else agreement
        bases = [made for made, _ in self.made.get(paper.on, ())] if paper.on not in (None, "agreement") else []
        monthly = draft.order.matter.fee.model in MONTHLY
        entries: list[int | None] = [index for index in self._of_kind(paper.kind) if self._in_month(index)]
        for base in bases or ([on_agreement] if paper.on in (None, "agreement") else []):
            for index in entries or self._without_entry(paper, kind, draft, monthly):
                facts = self._known_facts(paper, monthly)
                self._make(paper, kind, base, index, facts)

    def _without_entry(self, paper: PaperSpec, kind: KindSpec, draft: Draft, monthly: bool) -> list[int | None]:
        """Return whether a paper that the file says nothing of is made all the same."""
        if paper.when == "expected":
            message = f"{kind.title.ru}: в orders её нет, в набор она не вошла"
            hint = f"впишите заказ вида {paper.kind} в orders"
            self.exceptions.append(Problem("/orders", "not_ordered", message, hint))
        advance = getattr(draft.order.matter.fee, "advance", None) is not None
        made = paper.when == "always" or (paper.when, monthly) == ("monthly", True)
        return [None] if made or (paper.when == "advance" and advance) else []

    def _in_month(self, index: int) -> bool:
        """Tell whether an order belongs to the package: one that names a day of another month does not."""
        if not self.spec.monthly:
            return True
        facts = self.entries[index].get("facts") or {}
        named = facts.get("until") or facts.get("rendered_on") if isinstance(facts, dict) else None
        start, until = self.days["month_start"], self.days["month_end"]
        return not isinstance(named, str) or start.isoformat()[:7] <= named[:7] <= until.isoformat()[:7]

    def _known_facts(self, paper: PaperSpec, monthly: bool) -> JsonObject:
        if paper.when == "monthly" and not monthly:
            return {}
        return {name: self.days[source].isoformat() for name, source in paper.facts.items()}

    def _make(self, paper: PaperSpec, kind: KindSpec, base: _Order, index: int | None, facts: JsonObject) -> None:
        """Make one paper; a refusal is told and keeps nobody from the next, and its number stays free."""
        before = dict(self.numbering)
        order = self._order(paper.kind, base, index, facts)
        try:
            self._keep(order, self._draft(order))
        except OrderInvalid as error:
            self.numbering = before
            unneeded = all(problem.code in paper.unneeded for problem in error.problems)
            told = self.exceptions if unneeded else self.problems
            told += [_named(kind.title.ru, problem) for problem in error.problems]

    def _order(self, kind: str, base: _Order, index: int | None, facts: JsonObject) -> _Order:
        entry = self.entries[index] if index is not None else {}
        own = entry.get("facts") if isinstance(entry.get("facts"), dict) else {}
        matter = {**self._data(kind), **(entry.get("matter") or {})}
        order = {"schema": 1, "date": self.days["day"].isoformat(), **entry, "kind": kind, "based_on": base.printed}
        order |= {"matter": matter, "facts": {**facts, **(own or {})}}
        spec = self.service.library.kinds[kind].spec
        if "number" in spec.facts and "number" not in order["facts"]:
            order["facts"]["number"] = self._number(kind)
        checked = _filled(order, "facts") if order["facts"].get("number", "") is None else order
        return _Order(order, {**checked, "based_on": base.checked}, (index, *base.entries))

    def _data(self, kind: str) -> JsonObject:
        """Return the data of the matter for a paper; a statement has the acts of this very package too."""
        data: JsonObject = dict(self.data.lists)
        acts = [act for _, draft in self.made.get("act", ()) if (act := _issued(draft))]
        if kind == "reconciliation_statement" and acts:
            data["acts"] = [*data.get("acts", ()), *acts]
        return data

    def _number(self, kind: str) -> str | None:
        """Return the next number of a kind and count it up; without one a blank, and an exception."""
        known = self.numbering.get(kind)
        if known is None:
            title = self.service.library.kinds[kind].spec.title.ru
            hint = f'впишите его: "numbering": {{"{kind}": 1}}'
            problem = Problem(f"/numbering/{kind}", "no_number", f"{title}: номера нет, оставлен пропуск", hint)
            self.exceptions.append(problem)
            return None
        self.numbering[kind] = next_number(known)
        return str(known)

    def _draft(self, order: _Order) -> Draft:
        """Return the draft of an order; one with a blank number is checked with a number first."""
        try:
            draft = self.service.draft_order(order.checked, firm=self.firm)
            if order.printed != order.checked:
                draft = self.service.draft_order(order.printed, firm=self.firm, blanks=True)
        except OrderInvalid as error:
            raise OrderInvalid(self._typed(problem, order) for problem in error.problems) from error
        return draft

    def _keep(self, order: _Order, draft: Draft) -> None:
        self.made.setdefault(order.kind, []).append((order, draft))
        self.papers.append(Paper(order.printed, draft))
        title = self.service.library.kinds[order.kind].spec.title.ru
        self.exceptions += [_named(title, self._typed(warning, order)) for warning in draft.warnings]

    def _typed(self, problem: Problem, order: _Order) -> Problem:
        """Return a problem of a made order, pointing into the matter's file; no cures, for the order is not there."""
        where, depth = problem.where, 0
        while where.startswith("/based_on/"):
            where, depth = where.removeprefix("/based_on"), depth + 1
        index = order.entries[min(depth, len(order.entries) - 1)]
        entry = self.entries[index] if index is not None else {}
        part = where.removeprefix("/matter/").partition("/")[0]
        if not where.startswith("/"):
            return replace(problem, cures=())
        if where.startswith("/matter/") and part not in (entry.get("matter") or {}):
            cell = self.data.cells.get(where.removeprefix("/matter"))
            where = cell or (f"/data/{where.removeprefix('/matter/')}" if part in self.data.lists else where)
        elif index is not None:
            where = f"/orders/{index}{where}"
        return Problem(where, problem.code, problem.message, problem.hint)

    # --- the cover list

    def _cover(self, agreement: _Order) -> Paper:
        matter = inherited_matter(agreement.printed)
        known = {name: matter[name] for name in ("number", "place", "purpose", "firm", "clients") if name in matter}
        facts: JsonObject = {"package": self.spec.title, "papers": [*map(self._row, self.papers)]}
        facts["exceptions"] = _sentences([*self.problems, *self.exceptions])
        facts["next_numbers"] = [
            f"{self.service.library.kinds[kind].spec.title.ru} — {number}" for kind, number in self.numbering.items()
        ]
        if "month_end" in self.days:
            facts |= {"start": self.days["month_start"].isoformat(), "until": self.days["month_end"].isoformat()}
        order = {"schema": 1, "kind": COVER, "date": self.days["day"].isoformat(), "matter": known, "facts": facts}
        return Paper(order, self.service.draft_order(order, firm=self.firm, blanks=known["number"] is None))

    def _row(self, paper: Paper) -> JsonObject:
        draft = paper.draft
        facts = paper.order.get("facts") or {}
        number = facts.get("number") if draft.kind != AGREEMENT else paper.order["matter"]["number"]
        row = {
            "title": self.service.library.kinds[draft.kind].spec.title.ru,
            "on": draft.document.day.isoformat(),
        }
        row |= {"number": str(number)} if number is not None else {}
        return row | ({"amount": draft.amount} if draft.amount is not None else {})


def _ended(day: date) -> date:
    """Return a day of the last month that has ended on a day.

    >>> _ended(date(2027, 1, 11)), _ended(date(2026, 12, 31))
    (datetime.date(2026, 12, 31), datetime.date(2026, 12, 31))
    """
    last = calendar.monthrange(day.year, day.month)[1]
    return day if day.day == last else day.replace(day=1) - timedelta(days=1)


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _filled(order: JsonObject, part: str) -> JsonObject:
    """Return an order with a number where it has a blank, so that all the rest can be checked."""
    return {**order, part: {**order[part], "number": "0"}}


def _issued(draft: Draft) -> JsonObject | None:
    """Return an act of the package as one of the matter's; None while it has no number."""
    facts: Any = draft.order.facts
    if not isinstance(facts.number, str) or draft.amount is None:
        return None
    row = {"on": draft.document.day.isoformat(), "number": facts.number, "amount": draft.amount}
    period = {name: getattr(facts, name) for name in ("start", "until") if isinstance(getattr(facts, name), date)}
    return row | {name: day.isoformat() for name, day in period.items()}


def _at(problem: Problem, where: str, instead_of: str = "") -> Problem:
    return Problem(where + problem.where.removeprefix(instead_of), problem.code, problem.message, problem.hint)


def _named(title: str, problem: Problem) -> Problem:
    return Problem(problem.where, problem.code, f"{title}: {problem.message}", problem.hint)


def _sentences(problems: Iterable[Problem]) -> list[str]:
    """Return what a cover list says of problems, each once, without line feeds."""
    return list(dict.fromkeys(" ".join(problem.message.split()) for problem in problems))

