"""A browser's requests in, pages for lawyers out: start, form with the live page beside it, review, files."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, g, jsonify, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.exceptions import BadRequest, Conflict, Forbidden, HTTPException, NotFound

from docgen.cards import read_card
from docgen.config import Settings
from docgen.errors import DocgenError, OrderInvalid, Problem
from docgen.language import amount, decline_name, decline_phrase
from docgen.library import KindSpec
from docgen.model import JsonObject, found, inherited_matter, scan_json, write_json
from docgen.render import page_count
from docgen.service import Preview, Service, with_base
from docgen.web.api import MEDIA_TYPES, disposition
from docgen.web.assets import PAGE_POLICY, static
from docgen.web.errors import STATUSES, log_bug
from docgen.web.fields import Control, Entry, Group, controls, walk
from docgen.web.forms import IN_SIGHT, Form, completion, fields_of, form_of, skeleton, spoken, usual_purpose
from docgen.web.posted import apply, put, rows_at
from docgen.web.sessions import COOKIE, DAYS, Session, Sessions, Work

GROUPS = ("Договоры", "Полномочия", "Отчёты и расчёты", "Прочее")
FILES = ("docx", "pdf", "html", "txt")
Fields = tuple[Entry, ...]
CASES = (("gent", "кого"), ("datv", "кому"), ("ablt", "кем"))


@dataclass(frozen=True, slots=True)
class Shown:
    """One work as a page shows it: the order, its form, its preview."""

    number: str
    work: Work
    form: Form
    preview: Preview


class Desk:
    """The pages of one service: the sessions, the works in them, what is shown of each."""

    def __init__(self, service: Service, settings: Settings) -> None:
        self.service, self.settings = service, settings
        self.sessions = Sessions(settings.data / "work")

    @property
    def has_firm(self) -> bool:
        """Whether the firm's profile is known from the settings."""
        return self.settings.firm is not None

    # --- works

    def token(self) -> str:
        """Return the token of the browser's session."""
        return self.sessions.token(request.cookies.get(COOKIE))

    def work(self, number: str) -> Work:
        """Return a work of the browser's own session. Raises NotFound: nobody else's can be named."""
        works = self.sessions.read(self.token()).works
        if number not in works:
            raise NotFound
        return works[number]

    def shown(self, number: str, work: Work) -> Shown:
        """Return a work with its preview and its form."""
        preview = self.service.preview(work.order, firm=self.settings.firm)
        return Shown(number, work, form_of(self.service, work.order, preview, self.has_firm), preview)

    def start(self, kind: str, base: JsonObject | None) -> JsonObject:
        """Return the order that a new work begins with."""
        spec = self.kind(kind)
        raw = skeleton(self.service, kind, date.today().isoformat(), self.has_firm)
        if base is not None and base["kind"] in spec.based_on:
            raw = completion(self.service, spec, {**raw, "matter": {}, "based_on": base}, self.has_firm)
        elif spec.based_on and not spec.standalone:
            raise BadRequest
        return raw

    def kind(self, name: object) -> KindSpec:
        """Return a kind. Raises NotFound."""
        if not isinstance(name, str) or name not in self.service.library.kinds:
            raise NotFound
        return self.service.library.kinds[name].spec

    def opened(self, raw: JsonObject) -> JsonObject:
        """Return an order that was brought in, with every part that its form shows. Raises OrderInvalid."""
        kind = raw.get("kind")
        if not isinstance(kind, str) or kind not in self.service.library.kinds:
            hint = "откройте файл, который сохранён из docgen"
            raise OrderInvalid([Problem("/kind", "unknown_kind", "в файле нет известного вида документа", hint)])
        return completion(self.service, self.kind(kind), raw, self.has_firm)

    def samples(self) -> Path:
        """Return the folder of samples that came with the library."""
        return self.settings.library / "samples"

    def sample(self, name: str) -> JsonObject:
        """Return a sample by kind and stem, with its firm where none is known. Raises NotFound."""
        if not re.fullmatch(r"[a-z_]+/[a-z_0-9]+", name) or not (self.samples() / f"{name}.json").is_file():
            raise NotFound
        path = self.samples() / f"{name}.json"
        raw, _ = with_base(*scan_json(path.read_bytes()), path.parent)
        return raw if self.has_firm else self._with_firm(raw)

    def _with_firm(self, raw: JsonObject) -> JsonObject:
        from docgen.library import read_yaml

        source = read_yaml("firm.yaml", (self.samples() / "firm.yaml").read_text(encoding="utf-8"))
        inner = raw
        while isinstance(inner.get("based_on"), dict):
            inner = inner["based_on"]
        inner.setdefault("matter", {}).setdefault("firm", _dated(source.data))
        return raw

    # --- what a person did

    def _keep_to_custom(self, before: JsonObject, after: JsonObject) -> None:
        """Let the purpose follow the kind of client as long as it was the usual one."""
        usual, now = usual_purpose(self.service, before), usual_purpose(self.service, after)
        purpose = before["matter"].get("purpose")
        if usual != now and now and purpose == usual and after["matter"].get("purpose") == purpose:
            after["matter"]["purpose"] = now

    def carried_out(self, order: JsonObject, action: str) -> JsonObject:
        """Return the order with what was typed in and what a button asks for."""
        kind = self.kind(order["kind"])
        fields = fields_of(self.service, order, self.has_firm, request.form)
        made = _copy(order)
        spread_choices(made)
        apply(made, controls(fields), request.form)
        settle_choices(made)
        self._keep_to_custom(order, made)
        what, _, where = action.partition(" ")
        if what and where:
            _ACTIONS.get(what, _nothing)(self, made, fields, where)
        return completion(self.service, kind, made, self.has_firm)


def _dated(value: Any) -> Any:
    """Return YAML's data as JSON has it: days as ISO strings."""
    if isinstance(value, dict):
        return {key: _dated(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_dated(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _copy(order: JsonObject) -> JsonObject:
    return scan_json(write_json(order))[0]


def spread_choices(raw: JsonObject) -> None:
    """Turn the order's list of omitted clauses into switches, one for each."""
    choices = raw.get("clauses")
    if isinstance(choices, dict) and isinstance(omit := choices.get("omit"), list):
        choices["omit"] = {str(name): True for name in omit}


def settle_choices(raw: JsonObject) -> None:
    """Turn the switches of clauses into the order's own lists; drop what says nothing."""
    choices = raw.get("clauses")
    if not isinstance(choices, dict):
        return
    if isinstance(omit := choices.get("omit"), dict):
        choices["omit"] = [name for name, off in omit.items() if off is True]
    for name in ("parameters", "replace", "choose", "omit", "add"):
        if isinstance(inner := choices.get(name), dict):
            choices[name] = {key: one for key, one in inner.items() if one not in ({}, "")}
        if not choices.get(name):
            choices.pop(name, None)
    if not choices:
        raw.pop("clauses")


# --- buttons -----------------------------------------------------------------------------------


def _nothing(desk: Desk, raw: JsonObject, fields: Fields, where: str) -> None:
    raise BadRequest


def _add(desk: Desk, raw: JsonObject, fields: Fields, where: str) -> None:
    _known(fields, where)
    rows_at(raw, where).append({})


def _remove(desk: Desk, raw: JsonObject, fields: Fields, where: str) -> None:
    rows, index = _row(raw, fields, where)
    del rows[index]


def _up(desk: Desk, raw: JsonObject, fields: Fields, where: str) -> None:
    rows, index = _row(raw, fields, where)
    if index:
        rows[index - 1], rows[index] = rows[index], rows[index - 1]


def _put(desk: Desk, raw: JsonObject, fields: Fields, where: str) -> None:
    _known(fields, where)
    inherited = inherited_matter(raw["based_on"]) if isinstance(raw.get("based_on"), dict) else {}
    name = where.removeprefix("/matter/")
    put(raw, where, _copy({"part": inherited[name]})["part"] if name in inherited else {})


def _drop(desk: Desk, raw: JsonObject, fields: Fields, where: str) -> None:
    _known(fields, where)
    parent, _, last = where.rpartition("/")
    found(raw, parent).pop(last, None)


def _paste(desk: Desk, raw: JsonObject, fields: Fields, where: str) -> None:
    from docgen.library.sheets import load_sheets, read_pasted

    _known(fields, where)
    name = where.removeprefix("/matter/")
    tables = load_sheets(desk.settings.library).tables
    text = request.form.get(where + "?paste", "")
    if name not in tables or not text.strip():
        return
    reading = read_pasted(text.replace("\r\n", "\n").strip("\n"), tables[name])
    if reading.problems:
        raise OrderInvalid(reading.problems)
    rows_at(raw, where).extend(reading.records)


def _card(desk: Desk, raw: JsonObject, fields: Fields, where: str) -> None:
    """Put what a company's card says into a client; refuse nothing: doubts stand beside the fields afterwards."""
    rows, index = _row(raw, fields, where)
    text = request.form.get(where + "?card", "")
    if not text.strip():
        return
    card = read_card(text)
    told = rows[index] if isinstance(rows[index], dict) else {}
    kind = card.client.get("kind", told.get("kind"))
    keeps = {"kind": kind} if kind != told.get("kind") else told
    rows[index] = {**keeps, **card.client}
    g.told = [Problem(where + one.where, one.code, one.message, one.hint) for one in card.doubts]
    if card.unread:
        message = "из карточки не взято: " + "; ".join(card.unread)
        g.told.append(Problem(where, "unread", message, "впишите нужное сами"))


_ACTIONS: dict[str, Callable[[Desk, JsonObject, Fields, str], None]] = {
    "add": _add,
    "remove": _remove,
    "up": _up,
    "put": _put,
    "drop": _drop,
    "paste": _paste,
    "card": _card,
}


def _known(fields: Fields, where: str) -> None:
    """Refuse a place that the form does not have."""
    if not any(entry.name == where for entry in walk(fields)):
        raise BadRequest


def _row(raw: JsonObject, fields: Fields, where: str) -> tuple[list[Any], int]:
    _known(fields, where)
    parent, _, index = where.rpartition("/")
    return rows_at(raw, parent), int(index)


# --- routes ------------------------------------------------------------------------------------


def pages(service: Service, settings: Settings) -> Blueprint:
    """Return the routes of the pages over one service."""
    routes = Blueprint("pages", __name__, template_folder="templates")
    desk = Desk(service, settings)
    desk.sessions.sweep()
    static(routes, service)
    _guards(routes)
    _works(routes, desk)
    _files(routes, desk)
    return routes


def _guards(routes: Blueprint) -> None:
    """Add what holds for every page: where a change may come from, what a page may load, how mistakes are told."""

    @routes.before_request
    def guard() -> None:
        if request.method == "POST" and not _same_origin():
            raise Forbidden

    @routes.after_request
    def finish(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", PAGE_POLICY)
        response.headers.setdefault("Referrer-Policy", "same-origin")  # else a browser hides where a form is from
        return response

    @routes.errorhandler(DocgenError)
    def mistakes(error: DocgenError) -> tuple[str, int]:
        return render_template("error.html", said=str, problems=error.problems), STATUSES[type(error)]

    @routes.errorhandler(Exception)
    def bug(error: Exception) -> Any:
        if isinstance(error, HTTPException):
            status = error.code or 500
            return render_template("error.html", said=str, problems=[_http_problem(status)]), status
        problem = Problem("docgen", "internal", f"ошибка самого docgen № {log_bug(error)}", "ваша работа сохранена")
        return render_template("error.html", said=str, problems=[problem]), 500


def _works(routes: Blueprint, desk: Desk) -> None:
    """Add the pages on which a person works."""

    @routes.get("/")
    def start() -> Response:
        return _kept(desk, render_template("start.html", **_start(desk)))

    @routes.post("/works")
    def new() -> Any:
        order = _asked(desk)
        with desk.sessions.opened(token := desk.token()) as session:
            number = session.add(order)
        return _with_cookie(redirect(url_for("pages.form", number=number), 303), token)

    @routes.get("/works/<number>")
    def form(number: str) -> Response:
        shown = desk.shown(number, desk.work(number))
        return _kept(desk, render_template("form.html", **_page(desk, shown)))

    @routes.post("/works/<number>")
    def change(number: str) -> Any:
        _changed(desk, number)
        return redirect(url_for("pages.form", number=number) + _anchor(), 303)

    @routes.post("/works/<number>/live")
    def live(number: str) -> Response:
        return _live(desk, number)

    @routes.post("/works/<number>/undo")
    def undo(number: str) -> Any:
        with desk.sessions.opened(desk.token()) as session:
            _of(session, number).back()
        return redirect(url_for("pages.form", number=number), 303)

    @routes.post("/works/<number>/forget")
    def forget(number: str) -> Any:
        with desk.sessions.opened(desk.token()) as session:
            session.works.pop(number, None)
        return redirect(url_for("pages.start"), 303)

    @routes.get("/works/<number>/review")
    def review(number: str) -> Response:
        return _kept(desk, render_template("review.html", **_page(desk, desk.shown(number, desk.work(number)))))


def _files(routes: Blueprint, desk: Desk) -> None:
    """Add what a person takes away: the order, the documents, how many pages they have."""

    @routes.get("/works/<number>/order.json")
    def order_file(number: str) -> Response:
        work = desk.work(number)
        response = Response(write_json(work.order, 2) + "\n", content_type="application/json")
        response.headers["Content-Disposition"] = disposition(f"{work.order['kind']}", "order", "json")
        return response

    @routes.get("/works/<number>/pages")
    def count(number: str) -> Response:
        return jsonify(pages=_page_count(desk, desk.work(number)))

    @routes.get("/works/<number>/printed.pdf")
    def printed(number: str) -> Response:
        draft = desk.service.preview(desk.work(number).order, firm=desk.settings.firm).draft
        if draft is None:
            raise NotFound
        response = Response(desk.service.write(draft, "pdf"), content_type="application/pdf")
        response.headers["Content-Disposition"] = "inline"
        return response

    @routes.get("/works/<number>/files/<format>")
    def file(number: str, format: str) -> Any:
        return _file(desk, number, format)


def _same_origin() -> bool:
    """Tell whether a request to change something comes from our own page."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        return site in ("same-origin", "none")
    return origin is None or origin == request.host_url.rstrip("/")


def _http_problem(status: int) -> Problem:
    words = {
        404: ("нет такой страницы или работы", "начните с первой страницы; работа хранится в том браузере, где начата"),
        403: ("запрос пришёл не с этой страницы", "откройте форму заново"),
        409: ("заказ изменён в другой вкладке", "откройте форму заново"),
        413: ("слишком много текста", "сократите его"),
    }
    message, hint = words.get(status, ("запрос не понят", "вернитесь и попробуйте ещё раз"))
    return Problem("request", str(status), message, hint)


def _with_cookie(response: Any, token: str) -> Any:
    response.set_cookie(COOKIE, token, max_age=DAYS * 86400, httponly=True, samesite="Strict", secure=request.is_secure)
    return response


def _kept(desk: Desk, page: str) -> Response:
    made: Response = _with_cookie(Response(page, content_type="text/html; charset=utf-8"), desk.token())
    return made


def _of(session: Session, number: str) -> Work:
    if number not in session.works:
        raise NotFound
    return session.works[number]


def _start(desk: Desk) -> dict[str, Any]:
    """Return what the start page shows: kinds by purpose, samples, the works of this browser."""
    library, session = desk.service.library, desk.sessions.read(desk.token())
    titles = {name: kind.spec.title.ru for name, kind in library.kinds.items()}
    folder = desk.samples()
    stems = sorted(path.relative_to(folder).with_suffix("").as_posix() for path in folder.glob("*/*.json"))
    groups = [
        (group, [(name, kind.spec) for name, kind in library.kinds.items() if kind.spec.group == group])
        for group in (*GROUPS, *sorted({kind.spec.group for kind in library.kinds.values()} - set(GROUPS)))
    ]
    return {
        "groups": [(group, kinds) for group, kinds in groups if kinds],
        "samples": [(titles[kind], [one for one in stems if one.startswith(f"{kind}/")]) for kind in titles],
        "works": [
            (number, titles[work.order["kind"]], _who(work.order)) for number, work in reversed(session.works.items())
        ],
        "titles": titles,
        "sample_titles": {stem: _sample_title(folder / f"{stem}.json") for stem in stems},
        "last": session.last if session.last in session.works else "",
        "bases": [(number, work.order["kind"], _who(work.order)) for number, work in session.works.items()],
        "has_firm": desk.has_firm,
    }


def _sample_title(path: Path) -> str:
    """Return what a sample is called on the start page: its parties and number, or the name of its file."""
    who = _who(with_base(*scan_json(path.read_bytes()), path.parent)[0])
    return f"{path.stem.replace('_', ' ')}: {who}"


def _who(order: JsonObject) -> str:
    """Return by what a person knows an order: its number and client."""
    matter = inherited_matter(order)
    matter = matter if isinstance(matter, dict) else {}
    clients = matter.get("clients") or [{}]
    client = clients[0] if isinstance(clients[0], dict) else {}
    number = (order.get("facts") or {}).get("number") or matter.get("number")
    name = client.get("short_name") or client.get("name")
    return ", ".join(str(one) for one in (f"№ {number}" if number else "", name) if one) or "без названия"


def _asked(desk: Desk) -> JsonObject:
    """Return the order that a new work begins with: of a kind, a sample, a file; on another work of the session."""
    if (sample := request.form.get("sample")) is not None:
        return desk.opened(desk.sample(sample))
    upload = request.files.get("order")
    if upload is not None and upload.filename:
        with upload.stream as content:
            raw, slips = scan_json(content.read())
        if slips:
            raise OrderInvalid(slips)
        return desk.opened(raw)
    base = request.form.get("base")
    return desk.start(request.form.get("kind", ""), desk.work(base).order if base else None)


def _anchor() -> str:
    """Return where on the page the change was made, for a browser without scripts."""
    where = request.form.get("do", "").partition(" ")[2]
    return f"#{where}" if re.fullmatch(r"[/\w-]+", where) else ""


def _changed(desk: Desk, number: str) -> Work:
    """Carry out what was typed; refuse what rests on an older state than is kept."""
    with desk.sessions.opened(desk.token()) as session:
        work = _of(session, number)
        session.last = number
        stale = request.form.get("revision") != str(work.revision)
        if stale and not request.form.get("force"):
            raise Conflict
        work.change(desk.carried_out(work.order, request.form.get("do", "")))
        return work


def _live(desk: Desk, number: str) -> Response:
    """Answer a change with what changed: the page, messages, hints; the form itself where its fields are others."""
    try:
        work = _changed(desk, number)
    except Conflict:
        return jsonify(stale=True)
    except DocgenError as error:
        return jsonify(refused=render_template("messages.html", problems=error.problems, quiet=False, said=str))
    shown = desk.shown(number, work)
    page = _page(desk, shown)
    told = {
        control.name: render_template("messages.html", problems=control.problems, quiet=True, said=page["said"])
        for section in shown.form.sections
        for control in walk(section.entries)
        if control.problems
    }
    told |= {
        control.name: render_template("messages.html", problems=control.problems, quiet=True, said=page["said"])
        for section in shown.form.sections
        for setting in section.settings
        for control in setting.controls
        if control.problems
    }
    same = request.form.get("shape") == shown.form.shape() and not request.form.get("do")
    return jsonify(
        revision=work.revision,
        shape=shown.form.shape(),
        form=None if same else render_template("sections.html", **page),
        page=str(page["page"]),
        messages=told,
        hints=page["hints"],
        counts={section.id: [section.missing, section.wrong] for section in shown.form.sections},
        state=render_template("state.html", **page),
        told=render_template("told.html", problems=g.told, said=page["said"]) if g.get("told") else "",
        undo=bool(work.undo),
    )


def _page(desk: Desk, shown: Shown) -> dict[str, Any]:
    """Return what the form's page shows."""
    draft, problems = shown.preview.draft, shown.preview.problems
    wrong = [problem for problem in problems if problem.code != "required"]
    warnings = list(draft.warnings) if draft else []
    library = desk.service.library
    children = [
        (name, kind.spec.title.ru) for name, kind in library.kinds.items() if shown.form.kind in kind.spec.based_on
    ]
    return {
        "number": shown.number,
        "work": shown.work,
        "said": spoken(desk.service, shown.form.kind),
        "form": shown.form,
        "who": _who(shown.work.order),
        "page": Markup(desk.service.page(draft)) if draft else "",
        "draft": draft,
        "missing": [problem for problem in problems if problem.code == "required"],
        "wrong": wrong,
        "warnings": warnings,
        "in_sight": [*wrong, *warnings][:IN_SIGHT],
        "hidden": max(0, len(wrong) + len(warnings) - IN_SIGHT),
        "hints": dict(_hints(shown.form)),
        "children": children,
        "base": _who(shown.work.order["based_on"]) if isinstance(shown.work.order.get("based_on"), dict) else "",
    }


def _hints(form: Form) -> Iterator[tuple[str, str]]:
    """Yield what a typed value means, by field: a sum in words, a name and a position in other cases."""
    for section in form.sections:
        for entry in walk(section.entries):
            if isinstance(entry, Control) and entry.sort == "money" and (sum_ := _sum(entry.value)) is not None:
                yield entry.name, amount(sum_)
            elif isinstance(entry, Group):
                yield from _forms(entry)


def _sum(text: object) -> Decimal | None:
    plain = re.sub(r"[\s\u00a0]", "", str(text)).replace(",", ".")
    return Decimal(plain) if re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,2})?", plain) else None


def _forms(group: Group) -> Iterator[tuple[str, str]]:
    names = {entry.name.rpartition("/")[2]: entry for entry in group.entries}
    for field, decline in (("name", decline_name), ("position", decline_phrase)):
        control = names.get(field)
        if isinstance(control, Control) and f"{field}_forms" in names and str(control.value).strip():
            made = [(question, decline(str(control.value), case)) for case, question in CASES]
            doubt = "" if all(one.certain for _, one in made) else " — проверьте"
            yield control.name, "; ".join(f"{question}: {one.text}" for question, one in made) + doubt


def _page_count(desk: Desk, work: Work) -> int | None:
    """Return how many pages the document takes, or None while it cannot be shown."""
    draft = desk.service.preview(work.order, firm=desk.settings.firm).draft
    if draft is None:
        return None
    return page_count(desk.service.write(draft, "pdf"))


def _file(desk: Desk, number: str, format: str) -> Any:
    """Return the document as a file (or both as one archive); an order with mistakes leads to the review."""
    if format not in (*FILES, "both"):
        raise NotFound
    try:
        draft = desk.service.draft_order(
            desk.work(number).order, firm=desk.settings.firm, blanks=bool(request.args.get("blanks"))
        )
    except OrderInvalid:
        return redirect(url_for("pages.review", number=number), 303)
    if format == "both":
        content = _archive([(f"{draft.name}.{one}", desk.service.write(draft, one)) for one in ("docx", "pdf")])
        response = Response(content, content_type="application/zip")
        response.headers["Content-Disposition"] = disposition(draft.name, draft.kind, "zip")
        return response
    response = Response(desk.service.write(draft, format), content_type=MEDIA_TYPES[format])
    response.headers["Content-Disposition"] = disposition(draft.name, draft.kind, format)
    return response


def _archive(files: list[tuple[str, bytes]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return made.getvalue()


