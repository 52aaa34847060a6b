"""The API's requests in, drafts and descriptions of the library out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, jsonify, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from docgen.config import Settings, iso_day
from docgen.errors import OrderInvalid, Problem, UnknownName
from docgen.service import Draft, Service

BODY_LIMIT = 2 * 1024 * 1024
MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
}
SWITCHES = {"": False, "0": False, "1": True, "false": False, "true": True}


def api(service: Service, settings: Settings) -> Blueprint:
    """Return the routes over one service."""
    routes = Blueprint("api", __name__)

    @routes.get("/healthz")
    def health() -> Response:
        return jsonify(status="ok")

    @routes.get("/api/v1/kinds")
    def kinds() -> Response:
        return jsonify(kinds=[asdict(kind) for kind in service.kinds()])

    @routes.get("/api/v1/kinds/<kind>/schema")
    def schema(kind: str) -> Response:
        return jsonify(service.schema(kind))

    @routes.post("/api/v1/drafts")
    def draft() -> Response:
        if request.mimetype != "application/json":
            raise UnsupportedMediaType
        asked = Query.read(request.args)
        made = _draft(service, settings, _body(), asked)
        return _summary(service, made) if asked.format == "json" else _file(service, made, asked.format)

    return routes


@dataclass(frozen=True, slots=True)
class Query:
    """What the query asks of a draft, with the mistakes in it."""

    format: str
    blanks: bool
    day: date | None
    problems: tuple[Problem, ...]

    @classmethod
    def read(cls, query: MultiDict[str, str]) -> Query:
        """Return the query's values; a wrong one is a problem and stands as if it were not there.

        >>> Query.read(MultiDict({"format": "pdf", "date": "2026-03-05"})).day
        datetime.date(2026, 3, 5)
        """
        problems: list[Problem] = list(_strange(query))

        def value(name: str, read: Callable[[str], Any], meanwhile: Any) -> Any:
            try:
                return read(query.get(name, ""))
            except ValueError as error:
                problems.append(Problem(f"?{name}", "query", str(error), "исправьте адрес запроса"))
                return meanwhile

        format = value("format", _format, "docx")
        blanks, day = value("blanks", _switch, False), value("date", _day, None)
        return cls(format, blanks, day, tuple(problems))


def _strange(query: MultiDict[str, str]) -> Iterator[Problem]:
    for name, values in query.lists():
        if name not in ("format", "blanks", "date"):
            yield Problem(f"?{name}", "query", "такого параметра нет", "есть format, blanks и date")
        elif len(values) > 1:
            yield Problem(f"?{name}", "query", "параметр указан дважды", "оставьте один")


def _format(text: str) -> str:
    if text not in ("", *MEDIA_TYPES):
        raise ValueError(f"нет формата {text}; есть {', '.join(MEDIA_TYPES)}")
    return text or "docx"


def _switch(text: str) -> bool:
    if text not in SWITCHES:
        raise ValueError(f"{text} — не 0 и не 1")
    return SWITCHES[text]


def _day(text: str) -> date | None:
    return iso_day(text) if text else None


def _body() -> bytes:
    """Return the whole body: werkzeug cuts a chunked one at the limit without a word, so that is refused here."""
    body = request.get_data(cache=False)
    if request.content_length is None and len(body) >= BODY_LIMIT:
        raise RequestEntityTooLarge
    return body


def _draft(service: Service, settings: Settings, order: bytes, asked: Query) -> Draft:
    """Return the draft, or refuse with the mistakes of the query and of the order together."""
    try:
        made = service.draft(order, firm=settings.firm, day=asked.day, blanks=asked.blanks)
    except (OrderInvalid, UnknownName) as error:
        raise OrderInvalid([*asked.problems, *error.problems]) from error
    if asked.problems:
        raise OrderInvalid(asked.problems)
    return made


def _file(service: Service, draft: Draft, format: str) -> Response:
    response = Response(service.write(draft, format), content_type=MEDIA_TYPES[format])
    response.headers["Content-Disposition"] = disposition(draft.name, draft.kind, format)
    response.headers["X-Docgen-Warnings"] = str(len(draft.warnings))
    return response


def disposition(name: str, fallback: str, extension: str) -> str:
    """Return a Content-Disposition (RFC 6266): any name, percent-encoded, beside an ASCII one for old clients.

    >>> disposition("Акт", "act", "pdf")
    'attachment; filename="act.pdf"; filename*=UTF-8\\'\\'%D0%90%D0%BA%D1%82.pdf'
    """
    return f"attachment; filename=\"{fallback}.{extension}\"; filename*=UTF-8''{quote(name, safe='')}.{extension}"


def _summary(service: Service, draft: Draft) -> Response:
    explanation = service.explain(draft)
    response = jsonify(
        kind=draft.kind,
        name=draft.name,
        warnings=[warning.as_dict() for warning in draft.warnings],
        text=service.write(draft, "txt").decode(),
        decisions=[{"number": number, **asdict(decision)} for number, decision in explanation.decisions],
        values=[asdict(stated) for stated in explanation.values],
    )
    response.headers["X-Docgen-Warnings"] = str(len(draft.warnings))
    return response
