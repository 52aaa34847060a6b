"""Writers in processes of their own: what hangs, crashes or eats all memory costs one request and nothing else."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from docgen import render
from docgen.document import Document, Paragraph, Text
from docgen.errors import RenderFailed
from docgen.workers import Limits, WriterBug, Writers
from tests.conftest import ROOT
from tests.processes import is_renderer, renderers, state, wait_until, wait_until_deep
from tests.render.trees import HOSTILE, LOOK, long, whole

ENDLESS = "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}"
Make = Callable[..., Writers]


@pytest.fixture
def make() -> Iterator[Make]:
    """Make writers that the test's end closes; nothing of them may be left then."""
    made: list[Writers] = []

    def writers(size: int = 1, **limits: float) -> Writers:
        made.append(Writers(Limits(**limits), size))  # type: ignore[arg-type]
        return made[-1]

    yield writers
    for one in made:
        one.close()
    assert renderers() == set()


@pytest.fixture
def endless(tmp_path: Path) -> Path:
    """Give a look whose page of a draft never ends."""
    look = tmp_path / "look"
    shutil.copytree(LOOK, look)
    page = look / "document.html"
    page.write_text(f"{page.read_text()}{{% if document.draft %}}{ENDLESS}{{% endif %}}")
    return look


@pytest.fixture
def thread() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as executor:
        yield executor


def refusal(writing: Callable[[], object]) -> str:
    """Return the code of the one problem that a document failed with, told in full."""
    with pytest.raises(RenderFailed) as raised:
        writing()
    (problem,) = raised.value.problems
    assert problem.message
    assert problem.hint
    return problem.code


def works(writers: Writers, look: Path = LOOK) -> bool:
    return writers.write(whole(), "html", look) == render.write(whole(), "html", look)


@pytest.mark.parametrize("format", render.FORMATS)
def test_the_bytes_are_those_of_the_same_process(format: str, make: Make) -> None:
    writers = make()
    for tree in (whole(), whole(draft=True), whole(HOSTILE)):
        assert writers.write(tree, format, LOOK) == render.write(tree, format, LOOK)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT])
def test_a_renderer_killed_in_mid_document_costs_that_document(
    how: signal.Signals, make: Make, endless: Path, thread: ThreadPoolExecutor
) -> None:
    writers = make()
    assert works(writers, endless)
    (pid,) = renderers()
    lost: Future[bytes] = thread.submit(writers.write, whole(draft=True), "pdf", endless)
    wait_until_deep(pid)
    os.kill(pid, how)
    assert refusal(lost.result) == "render_crashed"
    assert works(writers, endless)
    assert renderers().isdisjoint({pid})


def test_a_renderer_killed_while_idle_costs_nothing(make: Make) -> None:
    writers = make()
    assert works(writers)
    (pid,) = renderers()
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: state(pid)[0] in "ZX")
    assert works(writers)


def test_a_document_that_never_ends_is_stopped(make: Make, endless: Path) -> None:
    writers = make(seconds=1)
    assert refusal(lambda: writers.write(whole(draft=True), "html", endless)) == "render_timeout"
    assert works(writers, endless)


def test_a_document_of_thousands_of_rows_is_stopped(make: Make) -> None:
    writers = make(seconds=1)
    assert refusal(lambda: writers.write(long(rows=5000), "pdf", LOOK)) == "render_timeout"
    assert works(writers)


def test_a_renderer_that_stands_still_is_replaced(make: Make) -> None:
    writers = make(seconds=1)
    assert works(writers)
    (pid,) = renderers()
    os.kill(pid, signal.SIGSTOP)
    assert refusal(lambda: writers.write(whole(), "pdf", LOOK)) == "render_timeout"
    assert works(writers)


@pytest.mark.parametrize("format", ["docx", "pdf"])
def test_a_document_that_needs_too_much_memory_is_refused(format: str, make: Make) -> None:
    writers = make(megabytes=128)
    assert refusal(lambda: writers.write(long(rows=30_000), format, LOOK)) == "render_memory"
    assert works(writers)


def test_a_bug_of_a_writer_comes_back_as_that_bug_without_its_words(make: Make) -> None:
    writers = make()
    wrong = whole(blocks=(Paragraph("Иванова роль", (Text("Иванов"),)),))
    with pytest.raises(WriterBug) as raised:
        writers.write(wrong, "docx", LOOK)
    assert raised.value.trace.startswith("RenderError ")
    assert f"{ROOT}/docgen/render/docx.py:" in raised.value.trace
    assert "Иванов" not in raised.value.trace
    (pid,) = renderers()
    assert works(writers)
    assert renderers() == {pid}


@pytest.mark.parametrize("size", [1, 2])
def test_two_threads_get_each_its_own_document(size: int, make: Make, thread: ThreadPoolExecutor) -> None:
    writers, start = make(size), Barrier(2)

    def write(party: str) -> list[bytes]:
        start.wait()
        return [writers.write(whole(f"{party} {number}"), "txt", LOOK) for number in range(30)]

    for party, texts in zip("АБ", thread.map(write, "АБ"), strict=True):
        assert [f"{party} {number}".encode() in text for number, text in enumerate(texts)] == [True] * 30
    assert len(renderers()) == size


def test_a_renderer_told_to_stop_ends_its_document(make: Make, thread: ThreadPoolExecutor) -> None:
    writers = make()
    assert works(writers)
    (pid,) = renderers()
    running = thread.submit(writers.write, long(rows=300), "pdf", LOOK)
    wait_until_deep(pid)
    os.kill(pid, signal.SIGTERM)
    assert running.result().startswith(b"%PDF-")


def test_nobody_waits_for_ever_for_a_free_renderer(make: Make, endless: Path, thread: ThreadPoolExecutor) -> None:
    writers, start = make(seconds=1), Barrier(2)

    def write(_: int) -> str:
        start.wait()
        return refusal(lambda: writers.write(whole(draft=True), "html", endless))

    assert set(thread.map(write, range(2))) == {"render_timeout", "render_busy"}
    assert works(writers, endless)


def test_a_renderer_makes_its_share_and_leaves(make: Make) -> None:
    writers = make(documents=2)
    seen = [(works(writers), frozenset(renderers())) for _ in range(4)]
    assert all(done for done, _ in seen)
    assert len({pids for _, pids in seen}) == 3  # the second and the fourth document are followed by a fresh one


def test_a_renderer_that_has_grown_leaves(make: Make) -> None:
    writers = make(megabytes=300)
    assert works(writers)
    (pid,) = renderers()
    assert writers.write(long(rows=6000), "docx", LOOK)
    assert renderers().isdisjoint({pid})


def test_writers_start_at_once_and_wait_for_nothing(make: Make) -> None:
    writers = make(size=2)
    assert renderers() == set()
    writers.warm(LOOK)
    started = renderers()
    assert len(started) == 2
    assert works(writers)
    assert renderers() == started


def test_a_renderer_is_bounded_and_tells_nothing_of_a_document(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCGEN_SECRET", "Иванов")
    writers = make(megabytes=200)
    assert works(writers)
    (pid,) = renderers()
    limits = Path(f"/proc/{pid}/limits").read_text()
    bounds = {line[:25].strip(): line[25:].split()[:2] for line in limits.splitlines()}
    assert bounds["Max core file size"] == ["0", "0"]
    assert bounds["Max data size"] == [str(200 * 1024 * 1024)] * 2
    assert Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[1:] == [b"-P", b"-m", b"docgen.workers", b""]
    assert b"DOCGEN_" not in Path(f"/proc/{pid}/environ").read_bytes()


def temporary(pid: int) -> Path:
    """Return the folder that a renderer keeps its fonts in."""
    variables = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    (folder,) = [line.partition(b"=")[2] for line in variables if line.startswith(b"TMPDIR=")]
    return Path(os.fsdecode(folder))


@pytest.mark.parametrize("how", ["closed", "dropped"])
def test_nothing_is_left_of_writers(how: str) -> None:
    writers = Writers(Limits(), size=2)
    assert works(writers)
    pids = renderers()
    folders = [temporary(pid) for pid in pids]
    assert all(folder.is_dir() and folder.parent == Path(tempfile.gettempdir()) for folder in folders)
    if how == "closed":
        writers.close()
        with pytest.raises(RuntimeError):
            works(writers)
    del writers
    gc.collect()
    assert not any(map(is_renderer, pids))
    assert not any(folder.exists() for folder in folders)


def test_closing_in_mid_document_ends_the_renderer_after_it(make: Make, thread: ThreadPoolExecutor) -> None:
    writers = make()
    assert works(writers)
    (pid,) = renderers()
    running = thread.submit(writers.write, long(rows=300), "pdf", LOOK)
    wait_until_deep(pid)
    writers.close()
    assert running.result().startswith(b"%PDF-")
    assert renderers() == set()


PARENT = """
import os, sys
from pathlib import Path
from docgen.workers import Limits, Writers
from tests.render.trees import whole
look = Path(sys.argv[1])
writers = Writers(Limits())
writers.write(whole(), "txt", look)
print("ready", flush=True)
"""
WAITS = "sys.stdin.read()"
WRITES = 'writers.write(whole(draft=True), "pdf", look)'
FORKS = """
if os.fork() == 0:
    writers.write(whole(), "txt", look)
    sys.exit()
failed = os.wait()[1]
writers.write(whole(), "txt", look)
sys.exit(failed)
"""


def parent(then: str, look: Path, folder: Path) -> subprocess.Popen[str]:
    """Start a process that has writers, and a folder for its temporary files."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder)}
    command = [sys.executable, "-W", "error", "-c", f"{PARENT}{then}", str(look)]
    return subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize("then", [WAITS, WRITES])
def test_a_renderer_dies_with_its_parent(then: str, endless: Path, tmp_path: Path) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    with parent(then, endless, folder) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        (pid,) = renderers(process.pid)
        if then == WRITES:
            wait_until_deep(pid)
        process.kill()
    wait_until(lambda: not is_renderer(pid))
    assert then == WRITES or not any(folder.iterdir())


def test_a_fork_has_a_renderer_of_its_own_and_leaves_its_parents_alone(tmp_path: Path) -> None:
    with parent(FORKS, LOOK, tmp_path) as process:
        told, complaints = process.communicate(timeout=60)
    assert (process.returncode, complaints) == (0, "")
    assert told == "ready\n"
    assert not any(tmp_path.iterdir())


def document_of(text: str) -> Document:
    return whole(blocks=(Paragraph("body", (Text(text),)),))


def test_a_document_and_its_failure_leave_nothing_in_the_log(
    make: Make, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    writers = make(seconds=1)
    assert refusal(lambda: writers.write(document_of("Иванов " * 200_000), "pdf", LOOK)) == "render_timeout"
    assert "Иванов" not in caplog.text + "".join(capfd.readouterr())
    assert [record.getMessage() for record in caplog.records] == ["a renderer is lost: exit code -9, too slow"]
