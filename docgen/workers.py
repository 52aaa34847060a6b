"""A document in, its bytes or a clear refusal out: writers run in warm processes, bounded in time and in memory.

A writer that hangs, crashes or eats all memory costs the one request that asked for it. The two processes talk over
one socket. What we pickle is read by our own child; what the child says is taken as plain bytes and never unpickled.
No document reaches a file, a log or a command line.
"""

from __future__ import annotations

import fcntl
import logging
import os
import pickle
import re
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Empty, Queue
from shutil import rmtree
from tempfile import mkdtemp
from threading import Lock, Timer
from weakref import finalize

from docgen import render
from docgen.document import Document, Paragraph, Text
from docgen.errors import Problem, RenderFailed, trace

START_SECONDS = 20.0  # to import WeasyPrint and to load the fonts: one second, on a loaded machine several
MEBIBYTE = 1 << 20
RESERVED = 32  # MiB that count as data though nobody has touched them: stacks of threads, ends of heaps
DONE, LAST, MEMORY, BUG = b"done", b"last", b"memory", b"bug"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost, and how many of them one process makes before a fresh one takes its place."""

    seconds: float = 30
    megabytes: int = 1024
    documents: int = 1000

    def reached(self, peak: float) -> bool:
        """Tell whether a process with this peak (MiB) may have been refused memory: not all that it has is resident."""
        return peak > self.megabytes - RESERVED


class WriterBug(Exception):
    """A bug in a writer's process; ``trace`` tells its name and where it happened, and nobody's data."""

    def __init__(self, trace: str) -> None:
        self.trace = trace
        super().__init__(trace)


class Writers:
    """A few warm processes that write documents; made by the first call in a process, and anew after a fork."""

    def __init__(self, limits: Limits, size: int = 1) -> None:
        self._limits, self._size = limits, size
        self._lock = Lock()
        self._idle: Queue[_Renderer] = Queue()
        self._owner = 0
        self._closed = False

    def warm(self, look: Path) -> None:
        """Start the processes without waiting until they are ready."""
        self._here(look.resolve())

    def write(self, document: Document, format: str, look: Path) -> bytes:
        """Return the same bytes as ``render.write``. Raises RenderFailed, and WriterBug for a bug in a writer."""
        look = look.resolve()
        renderer = self._next(look)
        try:
            if not renderer.fit():  # somebody killed it while it had nothing to do
                renderer = renderer.replaced(look)
            return renderer.write(document, format, look)
        finally:
            self._give_back(renderer, look)

    def close(self) -> None:
        """End all processes; those that are at work, when their document is done."""
        with self._lock:
            self._closed = True
            while self._owner == os.getpid() and not self._idle.empty():
                self._idle.get().close()

    def _here(self, look: Path) -> Queue[_Renderer]:
        """Return this process's queue of idle renderers."""
        with self._lock:
            if self._closed:
                raise RuntimeError("the writers are closed")
            if self._owner != os.getpid():
                fresh = [_Renderer(look, self._limits) for _ in range(self._size)]
                self._owner, self._idle = os.getpid(), Queue()
                for renderer in fresh:
                    self._idle.put(renderer)
            return self._idle

    def _next(self, look: Path) -> _Renderer:
        try:
            return self._here(look).get(timeout=self._limits.seconds)
        except Empty:
            raise _failed("busy", "все процессы, собирающие документы, заняты", "повторите запрос позже") from None

    def _give_back(self, renderer: _Renderer, look: Path) -> None:
        """Put a renderer, or a fresh one in place of one that is spent, back into the queue."""
        with self._lock:
            if self._closed:
                renderer.close()
                return
            with suppress(OSError):  # no process to be had now: the next request tries again
                renderer = renderer if renderer.fit() else renderer.replaced(look)
            self._idle.put(renderer)


class _Renderer:
    """One process that renders: it starts at once and is ready a second later."""

    def __init__(self, look: Path, limits: Limits) -> None:
        self._limits = limits
        self._ready, self._spent, self._late = False, False, False
        self._pipe, theirs = Pipe()
        with theirs:
            self._process, folder = _start(theirs)
        self.close = finalize(self, _end, os.getpid(), self._process, self._pipe, folder)
        with suppress(OSError):  # dead already: the first request is told
            self._pipe.send_bytes(pickle.dumps((look, limits, folder)))

    def fit(self) -> bool:
        """Tell whether it can take a document."""
        return not self._spent and self._process.poll() is None

    def replaced(self, look: Path) -> _Renderer:
        """End this one and return a fresh one."""
        self.close()
        return _Renderer(look, self._limits)

    def write(self, document: Document, format: str, look: Path) -> bytes:
        """Return the document's bytes, or raise what became of it; after anything unforeseen it is spent."""
        self._spent = True
        self._await_ready()
        with self._within(self._limits.seconds):
            self._pipe.send_bytes(pickle.dumps((document, format, look), pickle.HIGHEST_PROTOCOL))
            kind, content = self._pipe.recv_bytes(16), self._pipe.recv_bytes(self._limits.megabytes * MEBIBYTE)
        if kind == MEMORY:
            raise self._no_memory()
        self._spent = self._late or kind == LAST
        if kind == BUG:
            raise WriterBug(content.decode())
        return content

    def _await_ready(self) -> None:
        if not self._ready:
            with self._within(START_SECONDS):
                self._pipe.recv_bytes(16)
            self._ready = True

    @contextmanager
    def _within(self, seconds: float) -> Iterator[None]:
        """Kill the process when the block takes longer; raise RenderFailed when the process ends inside."""
        timer = Timer(seconds, self._expire)
        timer.daemon = True
        timer.start()
        try:
            yield
        except (EOFError, OSError):
            raise self._lost() from None
        finally:
            timer.cancel()
            timer.join()

    def _expire(self) -> None:
        self._late = True
        os.kill(self._process.pid, signal.SIGKILL)

    def _lost(self) -> RenderFailed:
        """Return why the process is no more."""
        os.kill(self._process.pid, signal.SIGKILL)  # in case that it lives, but speaks no sense
        _, status, usage = os.wait4(self._process.pid, 0)
        code = self._process.returncode = os.waitstatus_to_exitcode(status)
        log.error("a renderer is lost: exit code %d%s", code, ", too slow" * self._late)
        if self._late and self._ready:
            return self._timeout()
        return self._no_memory() if self._limits.reached(usage.ru_maxrss / 1024) else _crashed()

    def _timeout(self) -> RenderFailed:
        message = f"документ не собран за {self._limits.seconds:g} с"
        return _failed("timeout", message, "сократите заказ или увеличьте DOCGEN_RENDER_SECONDS")

    def _no_memory(self) -> RenderFailed:
        message = f"документу не хватило памяти ({self._limits.megabytes} МиБ)"
        return _failed("memory", message, "сократите заказ или увеличьте DOCGEN_RENDER_MB")


def _crashed() -> RenderFailed:
    message = "процесс, собиравший документ, прервался"
    return _failed("crashed", message, "повторите запрос; если не поможет, сообщите администратору")


def _failed(what: str, message: str, hint: str) -> RenderFailed:
    return RenderFailed([Problem("render", f"render_{what}", message, hint)])


def _start(pipe: Connection) -> tuple[subprocess.Popen[bytes], str]:
    """Return a new process of this module, whose stdin is the pipe, and its folder for temporary files."""
    folder = mkdtemp(prefix="docgen-")  # WeasyPrint keeps the look's fonts there, and a killed process leaves them
    kept = {name: text for name, text in os.environ.items() if not name.startswith("DOCGEN_")}
    try:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "docgen.workers"],
            stdin=pipe.fileno(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,  # what a library complains of may quote the document
            env={**kept, "PYTHONPATH": os.pathsep.join(sys.path), "TMPDIR": folder},  # it finds the modules we find
            start_new_session=True,  # Ctrl-C is for the server
        )
    except OSError:
        rmtree(folder)
        raise
    return process, folder


def _end(owner: int, process: subprocess.Popen[bytes], pipe: Connection, folder: str) -> None:
    """Leave nothing of a renderer behind; in a fork of its owner, only forget it."""
    pipe.close()
    if os.getpid() != owner:
        process.returncode = 0  # not ours to wait for
        return
    process.kill()
    process.wait()
    rmtree(folder, ignore_errors=True)


# --- the other side: what runs in the process -------------------------------------------------


def _serve(pipe: Connection) -> None:
    """Answer requests until the other end hangs up or the process has made its share."""
    look, limits, folder = pickle.loads(pipe.recv_bytes())
    try:
        _restrain(limits)
        _rehearse(look)
        pipe.send_bytes(b"ready")
        for count in range(1, limits.documents + 1):
            request = pipe.recv_bytes()
            with _dying_with(pipe):
                kind, content = _answer(request, limits)
            if kind == DONE and (count == limits.documents or _peak() > limits.megabytes / 2):
                kind = LAST
            pipe.send_bytes(kind)
            pipe.send_bytes(content)
    except (EOFError, OSError):
        rmtree(folder, ignore_errors=True)  # whoever started us is gone


def _restrain(limits: Limits) -> None:
    # Not RLIMIT_AS: it counts 200 MiB of libraries, caches and reserved addresses that nobody uses.
    resource.setrlimit(resource.RLIMIT_DATA, (limits.megabytes * MEBIBYTE,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a service that is stopped as a whole still ends its last request


def _rehearse(look: Path) -> None:
    """Write a few words in every format, so that no request pays for imports and fonts."""
    words = (Paragraph("title", (Text("Договор"),)), Paragraph("body", (Text("Стороны договорились."),)))
    document = Document("Договор", "", "", "ru", "Договор", date(2026, 1, 1), False, words)
    for format in render.FORMATS:
        with suppress(Exception):  # a broken look is told by the request that meets it
            render.write(document, format, look)


def _answer(request: bytes, limits: Limits) -> tuple[bytes, bytes]:
    try:
        answer = DONE, render.write(*pickle.loads(request))
    except MemoryError:
        return MEMORY, b""
    except Exception as error:  # noqa: BLE001 - the edge of a process: the other side raises it again
        answer = BUG, trace(error).encode()
    # A C library that is refused memory may go on without a word, or break off with an error that names another cause.
    return (MEMORY, b"") if limits.reached(_peak()) else answer


def _peak() -> float:
    """Return the most mebibytes that this process has ever had."""
    (kibibytes,) = re.findall(r"^VmHWM:\s+(\d+) kB$", Path("/proc/self/status").read_text(), re.MULTILINE)
    return int(kibibytes) / 1024


@contextmanager
def _dying_with(pipe: Connection) -> Iterator[None]:
    """Let the kernel end this process at once (SIGIO), whatever it is doing, when the other end hangs up meanwhile."""
    flags = fcntl.fcntl(pipe.fileno(), fcntl.F_GETFL)
    fcntl.fcntl(pipe.fileno(), fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(pipe.fileno(), fcntl.F_SETFL, flags | os.O_ASYNC)
    try:
        yield
    finally:
        fcntl.fcntl(pipe.fileno(), fcntl.F_SETFL, flags)


if __name__ == "__main__":
    _serve(Connection(0))
