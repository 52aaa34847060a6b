"""``docgen serve`` as a person starts it: a real server on the loopback address, asked over a real socket."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from docgen import cli
from tests.conftest import ROOT, SAMPLES, dumped, whole
from tests.processes import children, is_renderer, renderers, wait_until

PROGRAM = "import sys; from docgen.cli import main; sys.exit(main())"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def server(port: int, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Give a server that logs into ``log`` and is stopped afterwards."""
    environment = {**os.environ, "DOCGEN_FIRM": str(ROOT / "samples" / "firm.yaml"), "HOME": str(tmp_path)}
    command = [sys.executable, "-c", PROGRAM, "serve", "--port", str(port)]
    with (tmp_path / "log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        try:
            wait_for(port, server)
            yield server
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=20)


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except ConnectionRefusedError:
            assert server.poll() is None
            time.sleep(0.1)
    raise TimeoutError


def ask(port: int, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, path, body, headers, encode_chunked="Transfer-Encoding" in headers)
    response = connection.getresponse()
    content = response.read()
    connection.close()
    return response.status, content


@pytest.mark.usefixtures("server")
def test_it_serves_documents_and_its_log_names_nobody(port: int, tmp_path: Path, order: Any) -> None:
    assert ask(port, "GET", "/healthz")[0] == 200
    json_headers = {"Content-Type": "application/json"}
    source = dumped(order("company_stages"))
    status, content = ask(port, "POST", "/api/v1/drafts?format=pdf&date=2026-12-31", source, **json_headers)
    assert (status, content[:5]) == (200, b"%PDF-")
    chunks = (b" " * 65536 for _ in range(40))
    status, content = ask(port, "POST", "/api/v1/drafts", chunks, **json_headers, **{"Transfer-Encoding": "chunked"})
    assert (status, b'"too_large"' in content) == (413, True)
    lines = (tmp_path / "log").read_text().splitlines()
    told = [re.sub(r"^\S+ \S+ INFO ", "", line) for line in lines]
    assert told == ["GET /healthz 200", "POST /api/v1/drafts 200", "POST /api/v1/drafts 413"]
    assert not (tmp_path / ".gunicorn").exists()


def test_renderers_are_warm_before_any_request_one_a_worker_and_go_with_the_server(
    server: subprocess.Popen[bytes], port: int, order: Any
) -> None:
    def theirs() -> set[int]:
        return {pid for worker in children(server.pid) for pid in renderers(worker)}

    wait_until(lambda: len(theirs()) == 2)
    before = theirs()
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    source, headers = dumped(order("company_stages")), {"Content-Type": "application/json"}
    assert ask(port, "POST", "/api/v1/drafts?format=pdf", source, **headers)[0] == 200
    after = theirs() - before
    server.send_signal(signal.SIGTERM)
    server.wait(timeout=20)
    assert after
    assert not any(map(is_renderer, after))


@pytest.mark.usefixtures("server")
def test_many_at_once_get_each_their_own_words(port: int) -> None:
    """Threads share one library: nobody's document may have a word of another's."""
    samples = [path for path in SAMPLES if path.parent.name in ("services_agreement", "act", "power_of_attorney")]

    def asked(path: Path) -> tuple[str, bool]:
        body, headers = dumped(whole(path)), {"Content-Type": "application/json"}
        status, content = ask(port, "POST", "/api/v1/drafts?format=txt", body, **headers)
        return path.stem, (status, content) == (200, path.with_suffix(".txt").read_bytes())

    with ThreadPoolExecutor(8) as pool:
        assert [stem for stem, same in pool.map(asked, samples * 2) if not same] == []


@pytest.fixture
def one_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCGEN_WORKERS", "1")


@pytest.mark.usefixtures("one_worker", "server")
def test_a_page_is_answered_while_documents_are_being_written(port: int) -> None:
    order = whole(ROOT / "samples" / "progress_report" / "hourly_january.json")
    event = order["matter"]["events"][0]
    order["matter"]["events"] = [{**event, "what": f"Событие {number}"} for number in range(400)]
    body, headers, ended = dumped(order), {"Content-Type": "application/json"}, []

    def written() -> None:
        ended.append(ask(port, "POST", "/api/v1/drafts?format=pdf", body, **headers)[0])

    with ThreadPoolExecutor(2) as pool:  # more than there are writers
        for _ in range(2):
            pool.submit(written)
        time.sleep(1)
        assert ask(port, "GET", "/healthz")[0] == 200
        assert ended == []
    assert ended == [200] * 2


def test_a_taken_address_is_a_problem_not_a_trace(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = cli.main(["serve", "--port", str(server.getsockname()[1])])
    assert code == 2
    assert "[address]" in capsys.readouterr().err
