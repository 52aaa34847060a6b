"""A browser's requests in, pages for lawyers out: start, form with the live page beside it, review, files."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.exceptions import BadRequest, Conflict, Forbidden, HTTPException, NotFound

from docgen.config import Settings
from docgen.errors import DocgenError, OrderInvalid, Problem, SettingsInvalid
from docgen.library import KindSpec, read_yaml
from docgen.model import JsonObject, inherited_matter, scan_json, write_json
from docgen.render import page_count
from docgen.service import Preview, Service, with_base
from docgen.web.actions import Pressed, copied, press
from docgen.web.api import MEDIA_TYPES, disposition
from docgen.web.assets import PAGE_POLICY, static
from docgen.web.errors import STATUSES, log_bug
from docgen.web.fields import Entry, Group, controls, walk
from docgen.web.forms import IN_SIGHT, Form, completion, fields_of, form_of, form_table, skeleton, trails, words_of
from docgen.web.hints import hints
from docgen.web.posted import apply, drop_forms, misshapen
from docgen.web.sessions import COOKIE, DAYS, Session, Sessions, Work
from docgen.web.spoken import reworded, spoken
from docgen.web.switched import Aside, moved, switch
from docgen.web.usual import follow

GROUPS = ("Договоры", "Полномочия", "Отчёты и расчёты", "Прочее")
FILES = ("docx", "pdf", "html", "txt")


MOST_FIELDS = 8000
"""How many fields a form may have: 1,000 rows of time and everything else."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One work as a page shows it: the order, its form, its preview."""

    number: str
    work: Work
    form: Form
    preview: Preview


@dataclass(frozen=True, slots=True)
class Change:
    """An order after a change: the fields that were typed into, the places that followed, what to look at."""

    order: JsonObject
    touched: str = ""
    followed: tuple[str, ...] = ()
    told: tuple[Problem, ...] = ()
    aside: Aside = field(default_factory=dict)


class Desk:
    """The pages of one service: the sessions, the works in them, what is shown of each."""

    def __init__(self, service: Service, settings: Settings) -> None:
        self.service, self.settings = service, settings
        self.sessions = Sessions(settings.data / "work")

    @property
    def has_firm(self) -> bool:
        """Whether the firm's profile is known from the settings."""
        return self.settings.firm is not None

    def firm(self) -> JsonObject | None:
        """Return the firm's profile that the settings name; an empty one where it cannot be read, which is told."""
        try:
            return self.service.profile(self.settings.firm)
        except OrderInvalid:
            return {}

    def preview(self, order: JsonObject) -> Preview:
        """Return how an order reads now."""
        return self.service.preview(order, firm=self.settings.firm)

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
        preview = self.preview(work.order)
        return Shown(number, work, form_of(self.service, work.order, preview, self.firm()), preview)

    def decisive(self, shown: Shown) -> tuple[Problem, ...]:
        """Return what no document can be made without, blanks or not: what it consists of hangs on it."""
        if shown.form.wrong or not (shown.form.missing or shown.form.left):
            return ()
        try:
            self.service.draft_order(shown.work.order, firm=self.settings.firm, blanks=True)
        except OrderInvalid as error:
            entries = {one.name: one for section in shown.form.sections for one in walk(section.entries)}
            return tuple(reworded(error.problems, entries))
        return ()

    def start(self, kind: str, base: JsonObject | None) -> JsonObject:
        """Return the order that a new work begins with."""
        spec = self.kind(kind)
        raw = skeleton(self.service, kind, date.today().isoformat(), self.firm())
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
        if problems := list(misshapen(raw)):
            raise OrderInvalid(problems)
        made = completion(self.service, self.kind(kind), raw, self.has_firm)
        if len(list(controls(fields_of(self.service, made, self.has_firm, ())))) > MOST_FIELDS:
            hint = "разделите его: акты и отчёты составляются за период"
            raise OrderInvalid([Problem("request", "too_many_fields", "заказ слишком велик для формы", hint)])
        return made

    def samples(self) -> Path:
        """Return the folder of samples that came with the library."""
        return self.settings.library / "samples"

    def sample(self, name: str) -> JsonObject:
        """Return a sample by kind and stem, with its firm where none is known. Raises NotFound."""
        if not re.fullmatch(r"[a-z_]{1,60}/[a-z_0-9]{1,60}", name) or not (self.samples() / f"{name}.json").is_file():
            raise NotFound
        path = self.samples() / f"{name}.json"
        raw, _ = with_base(*scan_json(path.read_bytes()), path.parent)
        return raw if self.has_firm else self._with_firm(raw)

    def _with_firm(self, raw: JsonObject) -> JsonObject:
        source = read_yaml("firm.yaml", (self.samples() / "firm.yaml").read_text(encoding="utf-8"))
        inner = raw
        while isinstance(inner.get("based_on"), dict):
            inner = inner["based_on"]
        inner.setdefault("matter", {}).setdefault("firm", _dated(source.data))
        return raw

    # --- what a person did

    def carried_out(self, work: Work, button: str) -> Change:
        """Return the order with what was typed in and what a button asks for."""
        order, aside = work.order, dict(work.aside)
        kind, firm = self.kind(order["kind"]), self.firm()
        fields = fields_of(self.service, order, firm is not None, request.form)
        made = copied(order)
        spread_choices(made)
        touched = apply(made, controls(fields), request.form)
        settle_choices(made)
        drop_forms(made, touched)
        if any(isinstance(one, Group) and one.tag and one.tag.name in touched for one in walk(fields)):
            fields = self._switched(made, fields, aside)
        if button.startswith(("remove ", "up ")):
            aside = moved(aside, button.partition(" ")[2].rpartition("/")[0])
        pressed = Pressed(self.service, made, fields, request.form, lambda: self.preview(made))
        if button:
            press(pressed, button)
            settle_choices(made)
        if button.startswith("card "):  # it may be of another kind of client
            self._switched(made, fields, aside)
        made = completion(self.service, kind, made, firm is not None)
        followed = follow(form_table(self.service), order, made, firm)
        return Change(made, "" if button else " ".join(touched), followed, tuple(pressed.told), aside)

    def _switched(self, made: JsonObject, old: tuple[Entry, ...], aside: Aside) -> tuple[Entry, ...]:
        """Lay aside what the kinds chosen now have no place for; return the order's fields with these kinds."""
        fields = fields_of(self.service, made, self.firm() is not None, request.form)
        switch(made, old, fields, aside)
        return fields


def _dated(value: Any) -> Any:
    """Return YAML's data as JSON has it: days as ISO strings."""
    if isinstance(value, dict):
        return {key: _dated(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_dated(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


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
            status, problems = error.code or 500, [_http_problem(error.code or 500)]
            if request.accept_mimetypes.best == "application/json":
                return jsonify(refused=render_template("refused.html", problems=problems, said=str)), status
            return render_template("error.html", said=str, problems=problems), status
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
        try:
            _changed(desk, number)
        except OrderInvalid:
            _changed(desk, number, "")  # what was typed is kept, whatever the button cannot do
            raise
        if request.form.get("to") == "review":
            return redirect(url_for("pages.review", number=number), 303)
        return redirect(url_for("pages.form", number=number) + _anchor(), 303)

    @routes.post("/works/<number>/live")
    def live(number: str) -> Response:
        return _live(desk, number)

    @routes.post("/works/<number>/undo")
    def undo(number: str) -> Any:
        with desk.sessions.opened(desk.token()) as session:
            work, tab = _of(session, number), request.form.get("tab", "")
            stale = request.form.get("revision", str(work.revision)) != str(work.revision)
            if stale and not (tab and tab == work.tab):
                if request.accept_mimetypes.best == "application/json":
                    return jsonify(stale=True)
                raise Conflict
            work.back()
            work.tab = tab
        if request.accept_mimetypes.best == "application/json":
            return _answered(desk, number, work, Change(work.order), True)
        return redirect(url_for("pages.form", number=number), 303)

    @routes.post("/works/<number>/forget")
    def forget(number: str) -> Any:
        with desk.sessions.opened(desk.token()) as session:
            session.works.pop(number, None)
        return redirect(url_for("pages.start"), 303)

    @routes.get("/works/<number>/review")
    def review(number: str) -> Response:
        shown = desk.shown(number, desk.work(number))
        page = _page(desk, shown)
        return _kept(desk, render_template("review.html", **page, decisive=desk.decisive(shown)))


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
    def printed(number: str) -> Any:
        draft = desk.preview(desk.work(number).order).draft
        if draft is None:  # the review says what keeps it from being one
            return redirect(url_for("pages.review", number=number), 303)
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
    samples = _sample_titles(desk)
    grouped = [
        (group, [kind.spec for kind in library.kinds.values() if kind.spec.group == group])
        for group in (*GROUPS, *sorted({kind.spec.group for kind in library.kinds.values()} - set(GROUPS)))
    ]
    works = [(number, work.order["kind"], _who(work.order)) for number, work in reversed(session.works.items())]
    works = [one for one in works if one[1] in titles]  # a kind may be gone from the library
    return {
        "groups": [(group, kinds) for group, kinds in grouped if kinds],
        "samples": [(titles[kind.kind], samples[kind.kind]) for _, kinds in grouped for kind in kinds],
        "works": works,
        "titles": titles,
        "last": next((one for one in works if one[0] == session.last), None),
        "has_firm": desk.has_firm,
    }


def _sample_titles(desk: Desk) -> dict[str, list[tuple[str, str]]]:
    """Return the samples by kind, in the order of the library's kinds and of the table of titles: name and title.

    A sample that the table does not have is called by its file.
    """
    folder = desk.samples()
    table = folder / "titles.yaml"
    titles = read_yaml(table.name, table.read_text(encoding="utf-8")).data if table.is_file() else {}
    made: dict[str, list[tuple[str, str]]] = {}
    for kind in desk.service.library.kinds:
        known = titles.get(kind) or {}
        stems = sorted(path.stem for path in folder.glob(f"{kind}/*.json"))
        ordered = [*(one for one in known if one in stems), *(one for one in stems if one not in known)]
        made[kind] = [(f"{kind}/{stem}", str(known.get(stem, stem))) for stem in ordered]
    return made


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
            read = content.read()
        if not read.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            hint = "откройте файл, который сохранён кнопкой «Сохранить заказ в файл»"
            raise OrderInvalid([Problem("request", "not_an_order", "это не файл заказа", hint)])
        raw, slips = scan_json(read)
        if slips:
            raise OrderInvalid(slips)
        return desk.opened(raw)
    base = request.form.get("base")
    return desk.start(request.form.get("kind", ""), desk.work(base).order if base else None)


def _anchor() -> str:
    """Return where on the page the change was made, for a browser without scripts."""
    where = request.form.get("do", "").partition(" ")[2]
    return f"#{where}" if re.fullmatch(r"[/\w-]+", where) else ""


def _changed(desk: Desk, number: str, button: str | None = None) -> tuple[Work, Change]:
    """Carry out what was typed and what a button asks for: the one that was sent, if none is given."""
    with desk.sessions.opened(desk.token()) as session:
        work = _of(session, number)
        session.last = number
        _refuse_stale(desk, number, work)
        change = desk.carried_out(work, request.form.get("do", "") if button is None else button)
        work.change(change.order, change.touched)
        work.aside, work.tab = change.aside, request.form.get("tab", "")
        return work, change


def _refuse_stale(desk: Desk, number: str, work: Work) -> None:
    """Refuse what rests on a state that another tab has changed since.

    Raises Conflict; OrderInvalid for what is to be forced in, but has other rows than the order has now.
    """
    tab = request.form.get("tab", "")
    if request.form.get("revision") == str(work.revision) or (tab and tab == work.tab):
        return
    if not request.form.get("force"):
        raise Conflict
    if request.form.get("shape") not in (None, desk.shown(number, work).form.shape()):
        message = "в другой вкладке изменился состав полей или строк, и то, что здесь, на них не ложится"
        raise OrderInvalid([Problem("request", "other_rows", message, "возьмите то, что там, и повторите правку")])


def _live(desk: Desk, number: str) -> Response:
    """Answer a change with what changed, or with why it was not taken."""
    try:
        work, change = _changed(desk, number)
    except Conflict:
        return jsonify(stale=True)
    except SettingsInvalid as error:  # the disk is full: what was typed waits in the tab and is sent again
        return _failed(error.problems[0].message)
    except DocgenError as error:
        return jsonify(refused=render_template("refused.html", problems=error.problems, said=str))
    return _answered(desk, number, work, change, bool(request.form.get("do")))


def _failed(message: str) -> Response:
    response = jsonify(failed=f"{message[:1].upper()}{message[1:]}. Введённое осталось в этой вкладке. Повторим сами.")
    response.status_code = 507
    return response


def _answered(desk: Desk, number: str, work: Work, change: Change, anew: bool) -> Response:
    """Answer with what the page shows now; with the form too where its fields are others or it is wanted ``anew``."""
    shown = desk.shown(number, work)
    page = _page(desk, shown)
    entries = [entry for section in shown.form.sections for entry in walk(section.entries)]
    settings = [one for section in shown.form.sections for setting in section.settings for one in setting.controls]
    said = {
        entry.name: render_template("messages.html", item=entry, said=page["said"], form=shown.form)
        for entry in (*entries, *settings)
        if entry.problems
    }
    same = request.form.get("shape") == shown.form.shape() and not anew
    return jsonify(
        revision=work.revision,
        shape=shown.form.shape(),
        form=None if same else render_template("sections.html", **page),
        page=render_template("page.html", **page),
        draft=page["is_draft"],
        who=page["who"],
        messages=said,
        hints={name: render_template("hint.html", hint=hint) for name, hint in page["hints"].items()},
        usual={entry.name: entry.usual for entry in entries if not isinstance(entry, Group) and entry.usual},
        counts={section.id: [section.missing, section.wrong] for section in shown.form.sections},
        state=render_template("state.html", **page),
        values={one.name: one.value for one in shown.form.controls() if one.name in change.followed},
        told=render_template("told.html", problems=change.told, said=page["said"]) if change.told else "",
        undo=bool(work.undo),
    )


def _page(desk: Desk, shown: Shown) -> dict[str, Any]:
    """Return what the form's page shows."""
    draft, form = shown.preview.draft, shown.form
    library = desk.service.library
    words = words_of(desk.service, form.kind)
    children = [(name, kind.spec.title.ru) for name, kind in library.kinds.items() if form.kind in kind.spec.based_on]
    based = shown.work.order.get("based_on")
    advice = [*form.wrong, *form.warnings]
    return {
        "number": shown.number,
        "work": shown.work,
        "said": spoken(desk.service, words, form.titles),
        "form": form,
        "who": _who(shown.work.order),
        "page": Markup(desk.service.page(draft)) if draft else "",
        "is_draft": draft is not None and draft.document.draft,
        "trails": trails(form.sections),
        "advice": advice[:IN_SIGHT],
        "hidden": max(0, len(advice) - IN_SIGHT),
        "hints": hints(desk.service, form, draft),
        "tasks": [one.title for one in words.form.tasks],
        "children": children,
        "base": _who(based) if isinstance(based, dict) else "",
    }


def _page_count(desk: Desk, work: Work) -> int | None:
    """Return how many pages the document takes, or None while it cannot be shown."""
    draft = desk.preview(work.order).draft
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


