"""The HTTP service: documents, descriptions, one error shape for every mistake, nothing of anybody in the log."""

from __future__ import annotations

import io
import json
import logging
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from docgen.cli import EXIT_CODES
from docgen.config import Settings
from docgen.errors import LibraryInvalid, Problem, SettingsInvalid
from docgen.web import create_app
from docgen.web.api import BODY_LIMIT, disposition
from docgen.web.errors import STATUSES
from tests.conftest import ROOT, dumped

SETTINGS = Settings(firm=ROOT / "samples" / "firm.yaml")


@pytest.fixture(scope="module")
def app() -> Iterator[Flask]:
    app = create_app(SETTINGS)
    yield app
    app.extensions["docgen"].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def post(client: FlaskClient, order: Any) -> Callable[..., TestResponse]:
    """Post an order, the company's sample unless another is given."""

    def send(given: Any = None, **query: str) -> TestResponse:
        source = given if isinstance(given, bytes) else dumped(given or order("company_stages"))
        return client.post("/api/v1/drafts", data=source, query_string=query, content_type="application/json")

    return send


Post = Callable[..., TestResponse]


def problems(response: TestResponse, status: int) -> list[dict[str, str]]:
    """Return the problems of an error, which has the one shape."""
    body = json.loads(response.data)
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    assert set(body) - {"instance"} == {"type", "title", "status", "detail", "problems"}
    assert body["status"] == status
    assert body["problems"]
    words = ["where", "code", "message", "hint"]
    assert all([name for name in problem if name != "cures"] == words for problem in body["problems"])
    found: list[dict[str, str]] = body["problems"]
    return found


# --- what is there


def test_health(client: FlaskClient) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json) == (200, {"status": "ok"})


def test_kinds_are_listed_in_russian_letters(client: FlaskClient) -> None:
    response = client.get("/api/v1/kinds")
    assert {"services_agreement"} <= {kind["id"] for kind in json.loads(response.data)["kinds"]}
    assert re.search("[а-я]", response.text)


def test_a_kind_has_a_schema(client: FlaskClient) -> None:
    schema = json.loads(client.get("/api/v1/kinds/services_agreement/schema").data)
    assert {"matter", "kind"} <= set(schema["properties"])


def test_an_unknown_kind_is_404_with_those_there_are(client: FlaskClient) -> None:
    (problem,) = problems(client.get("/api/v1/kinds/nothing/schema"), 404)
    assert problem["code"] == "unknown_kind"
    assert "services_agreement" in problem["hint"]


@pytest.mark.parametrize(
    ("format", "media_type", "start"),
    [
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK"),
        ("pdf", "application/pdf", b"%PDF-"),
        ("html", "text/html; charset=utf-8", b"<!DOCTYPE html>"),
        ("txt", "text/plain; charset=utf-8", b""),
    ],
)
def test_a_draft_comes_in_every_format(format: str, media_type: str, start: bytes, post: Post) -> None:
    response = post(format=format)
    assert (response.status_code, response.content_type) == (200, media_type)
    assert response.data[: len(start)].lower() == start.lower()
    assert response.headers["X-Docgen-Warnings"] == "0"
    assert f'filename="services_agreement.{format}"' in response.headers["Content-Disposition"]


def test_the_format_is_word_unless_another_is_asked(post: Post) -> None:
    assert zipfile.is_zipfile(io.BytesIO(post().data))
    assert zipfile.is_zipfile(io.BytesIO(post(format="", blanks="", date="").data))


def test_json_tells_the_text_and_where_it_came_from(post: Post) -> None:
    response = post(format="json")
    told = json.loads(response.data)
    assert list(told) == ["kind", "name", "warnings", "text", "decisions", "values"]
    assert told["text"] == post(format="txt").text
    assert {"number", "id", "included", "reason"} <= set(told["decisions"][0])
    assert "/matter/number" in {value["source"] for value in told["values"]}
    assert "\\u04" not in response.text


def test_a_warning_is_told_in_json_and_counted_in_the_header(post: Post, order: Any) -> None:
    guessed = order("company_stages")
    guessed["matter"]["place"] = "г.\u202fЕкатеринбург"
    told = json.loads(post(guessed, format="json").data)
    assert [warning["where"] for warning in told["warnings"]] == ["/matter/place"]
    assert post(guessed, format="txt").headers["X-Docgen-Warnings"] == "1"


def test_the_date_in_the_query_wins(post: Post) -> None:
    assert "31 декабря 2026" in post(format="txt", date="2026-12-31").text.replace("\u00a0", " ")


def test_a_null_needs_blanks(post: Post, order: Any) -> None:
    order = order("company_stages")
    order["matter"]["number"] = None
    assert [problem["where"] for problem in problems(post(order), 422)] == ["/matter/number"]
    assert problems(post(order, blanks="0"), 422)
    assert post(order, blanks="1", format="txt").status_code == 200


def test_the_firm_may_stand_in_the_order(order: Any) -> None:
    client = create_app(Settings()).test_client()
    data = dumped(order("company_stages"))
    refused = client.post("/api/v1/drafts", data=data, content_type="application/json")
    assert [problem["where"] for problem in problems(refused, 422)] == ["/matter/firm"]


# --- mistakes


def test_every_kind_of_mistake_has_a_status() -> None:
    assert set(STATUSES) == set(EXIT_CODES)


def test_all_mistakes_of_query_and_order_are_told_at_once(post: Post, order: Any) -> None:
    order = order("company_stages")
    del order["matter"]["number"]
    order["matter"]["nonsense"] = 1
    found = problems(post(order, format="rtf", blanks="perhaps", date="2026-02-30", colour="red"), 422)
    wheres = ["/matter/nonsense", "/matter/number", "?blanks", "?colour", "?date", "?format"]
    assert [problem["where"] for problem in found] == wheres
    assert all(problem["hint"] for problem in found)


def test_a_mistake_of_the_query_alone_is_told(post: Post) -> None:
    assert [problem["where"] for problem in problems(post(format="rtf"), 422)] == ["?format"]


def test_a_parameter_given_twice_is_refused(client: FlaskClient, order: Any) -> None:
    data = dumped(order("company_stages"))
    response = client.post("/api/v1/drafts?format=pdf&format=txt", data=data, content_type="application/json")
    assert [problem["where"] for problem in problems(response, 422)] == ["?format"]


def test_an_unknown_kind_in_an_order_is_the_orders_mistake(post: Post, order: Any) -> None:
    order = order("company_stages")
    order["kind"] = "nothing"
    assert [problem["where"] for problem in problems(post(order), 422)] == ["/kind"]


@pytest.mark.parametrize("source", [b"", b"{", b"[]", b'{"a": NaN}', b'{"a": 1, "a": 1}', b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_order_is_422(source: bytes, post: Post) -> None:
    assert problems(post(source or b" "), 422)


@pytest.mark.parametrize("path", ["/nowhere", "/api/v1/drafts/", "/.//healthz", "/api/v2/kinds", "/healthz%0aGET"])
def test_an_unknown_address_is_404(path: str, client: FlaskClient) -> None:
    problems(client.get(path), 404)


def test_another_method_is_405_and_told_which_are_allowed(client: FlaskClient) -> None:
    response = client.get("/api/v1/drafts")
    problems(response, 405)
    assert "POST" in response.headers["Allow"]


@pytest.mark.parametrize("media_type", [None, "text/plain", "multipart/form-data", "application/x-www-form-urlencoded"])
def test_a_body_that_is_not_called_json_is_415(media_type: str | None, client: FlaskClient) -> None:
    problems(client.post("/api/v1/drafts", data=b"{}", content_type=media_type), 415)


def test_a_body_over_the_limit_is_413_and_one_at_the_limit_is_read(post: Post) -> None:
    problems(post(b" " * (BODY_LIMIT + 1)), 413)
    problems(post(b" " * BODY_LIMIT), 422)


@pytest.mark.parametrize(
    "error",
    [
        ZeroDivisionError("Иванов"),
        LibraryInvalid([Problem("clauses/a.yaml:1", "code", "Иванов")]),
        SettingsInvalid([Problem("firm.yaml", "code", "Иванов")]),
    ],
)
def test_our_own_failure_tells_nothing_of_the_inside(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(SETTINGS)

    @app.get("/failure")
    def failure() -> NoReturn:
        raise error

    response = app.test_client().get("/failure")
    assert [problem["code"] for problem in problems(response, 500)] == ["internal"]
    instance = json.loads(response.data)["instance"]
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert instance in record.getMessage()
    assert type(error).__name__ in record.getMessage()
    for secret in ("Иванов", "clauses/a.yaml", "Traceback"):
        assert secret not in response.text
    assert "Иванов" not in caplog.text


def test_a_broken_library_never_starts(tmp_path: Path) -> None:
    (tmp_path / "clauses").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "clauses" / "broken.yaml").write_text("colour: red\n")
    with pytest.raises(LibraryInvalid):
        create_app(Settings(library=tmp_path))


# --- headers and the log


@pytest.mark.parametrize("path", ["/healthz", "/nothing", "/api/v1/kinds"])
def test_every_answer_is_closed_to_strangers(path: str, client: FlaskClient) -> None:
    headers = client.get(path).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize("name", ['а"; filename="x.exe', "a\r\nX-Evil: 1", "../../etc/passwd", "Акт № 1; ’", "%41'*"])
def test_no_name_breaks_out_of_its_header(name: str) -> None:
    header = disposition(name, "act", "pdf")
    match = re.fullmatch(r"attachment; filename=\"act\.pdf\"; filename\*=UTF-8''([A-Za-z0-9%._~-]+)\.pdf", header)
    assert match
    assert unquote(match[1]) == name


def test_the_log_has_method_path_and_status_and_nobodys_data(
    post: Post, order: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    order = order("company_stages")
    order["matter"]["clients"][0]["inn"] = "7707083890"
    post(order, date="2026-12-31", colour="Иванов")
    assert [record.getMessage() for record in caplog.records if record.name.startswith("docgen")] == [
        "POST /api/v1/drafts 422"
    ]
    assert "7707083890" not in caplog.text


def test_the_log_keeps_to_one_line_a_request(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    client.get("/a%0d%0aGET /forged 200")
    assert [record.getMessage() for record in caplog.records] == ["GET /a%0D%0AGET%20/forged%20200 404"]
