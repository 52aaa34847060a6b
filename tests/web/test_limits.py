"""The service under bounds: a renderer that hangs, dies or fails costs one answer, which says so."""

from __future__ import annotations

import json
import logging
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from docgen.config import Settings
from docgen.web import create_app
from tests.conftest import ROOT, dumped
from tests.processes import renderers, state, wait_until

ENDLESS = "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Give a library whose page of a draft never ends."""
    for room in ("clauses", "templates"):
        shutil.copytree(ROOT / room, tmp_path / room)
    page = tmp_path / "templates" / "_look" / "document.html"
    page.write_text(f"{page.read_text()}{{% if document.draft %}}{ENDLESS}{{% endif %}}")
    return tmp_path


@pytest.fixture
def app(library: Path) -> Iterator[Flask]:
    app = create_app(Settings(library=library, firm=ROOT / "samples" / "firm.yaml", render_seconds=4, render_mb=256))
    yield app
    app.extensions["docgen"].close()
    assert renderers() == set()


@pytest.fixture
def post(app: Flask, order: Any) -> Callable[..., TestResponse]:
    """Post the company's order with changes."""

    def send(format: str, **changes: object) -> TestResponse:
        data = dumped({**order("company_stages"), **changes})
        return app.test_client().post(f"/api/v1/drafts?format={format}", data=data, content_type="application/json")

    return send


Post = Callable[..., TestResponse]


def test_an_endless_document_is_503_with_a_cure_and_the_next_one_works(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    response = post("html", draft=True)
    body = json.loads(response.data)
    assert (response.status_code, response.content_type) == (503, "application/problem+json")
    assert (body["status"], body["title"]) == (503, "Документ собрать не удалось")
    assert body["problems"] == [
        {
            "where": "render",
            "code": "render_timeout",
            "message": "документ не собран за 4 с",
            "hint": "сократите заказ или увеличьте DOCGEN_RENDER_SECONDS",
        }
    ]
    told = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert told == ["a renderer is lost: exit code -9, too slow", "RenderFailed [('render', 'render_timeout')]"]
    assert post("html").status_code == 200


def test_a_renderer_killed_between_requests_is_not_missed(post: Post) -> None:
    assert post("docx").status_code == 200
    (pid,) = renderers()
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: state(pid)[0] in "ZX")
    assert post("docx").status_code == 200


def test_a_bug_in_a_writer_is_500_and_the_log_tells_where_it_was(
    library: Path, post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    page = library / "templates" / "_look" / "document.html"
    page.write_text(f"{page.read_text()}{{{{ 1 // document.title.count('\\n') }}}}")
    response = post("html")
    body = json.loads(response.data)
    assert response.status_code == 500
    assert [problem["code"] for problem in body["problems"]] == ["internal"]
    (record,) = [record for record in caplog.records if record.levelno >= logging.WARNING]
    number, name, first, *_ = record.getMessage().split()
    assert (number, name) == (body["instance"], "ZeroDivisionError")
    assert first.startswith(f"{page}:")
    assert post("txt").status_code == 200


def test_the_applications_renderers_start_when_told_to(app: Flask) -> None:
    assert renderers() == set()
    app.extensions["docgen"].warm()
    assert len(renderers()) == 1
