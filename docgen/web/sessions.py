"""A browser's cookie in, the work of its session out: unfinished orders in one file for each session."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from decimal import Decimal
from fcntl import LOCK_EX, flock
from pathlib import Path

from docgen.errors import Problem, SettingsInvalid
from docgen.model import JsonObject, write_json

COOKIE = "docgen_work"
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
DAYS = 30
MOST_WORKS = 40
MOST_UNDO = 40
MOST_LETTERS = 4_000_000
"""How long a session's file may grow by what can be taken back; the orders themselves are always kept."""


@dataclass(slots=True)
class Work:
    """One order in work: as it stands, as it stood before, how often it was changed, where it was typed last.

    ``aside`` is what was typed for choices that are not made now, by the pointer of its group. ``id`` is no other
    work's, in no session; ``tab`` is where the last change came from.
    """

    order: JsonObject
    undo: list[JsonObject] = field(default_factory=list)
    revision: int = 0
    touched: str = ""
    aside: dict[str, JsonObject] = field(default_factory=dict)
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    tab: str = ""

    def change(self, order: JsonObject, touched: str = "") -> None:
        """Take a new state in; the one before can be had back.

        What is typed into one field at a stretch is taken back at once: ``touched`` names the field.
        """
        if order == self.order:
            return
        if not touched or touched != self.touched or not self.undo:
            self.undo = [*self.undo, self.order][-MOST_UNDO:]
        self.order, self.touched = order, touched
        self.revision += 1

    def back(self) -> bool:
        """Return to the state before; tell whether there was one."""
        if not self.undo:
            return False
        self.order, self.touched = self.undo.pop(), ""
        self.revision += 1
        return True


@dataclass(slots=True)
class Session:
    """The works of one browser by number, the one worked on last, and the next number."""

    works: dict[str, Work] = field(default_factory=dict)
    last: str = ""
    following: int = 1

    def add(self, order: JsonObject) -> str:
        """Keep a new order; return its number. The oldest work gives way when there are too many."""
        number = str(self.following)
        self.following += 1
        self.works[number] = Work(order)
        self.last = number
        for oldest in list(self.works)[: max(0, len(self.works) - MOST_WORKS)]:
            del self.works[oldest]
        return number


class Sessions:
    """The folder of sessions: a file each, named by the hash of the cookie, so that names tell no cookie."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def token(self, given: str | None) -> str:
        """Return the cookie's token if it is one, else a new one."""
        return given if given is not None and TOKEN.fullmatch(given) else secrets.token_urlsafe(32)

    @contextmanager
    def opened(self, token: str) -> Iterator[Session]:
        """Give the session of a token and keep what was changed; one request at a time. Raises SettingsInvalid."""
        path = self._path(token)
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with open(path.with_suffix(".lock"), "w") as lock:
                flock(lock, LOCK_EX)
                session = _read(path)
                before = _written(session)
                yield session
                after = _within(session)
                if after != before:
                    _keep(path, after)
        except OSError as error:
            raise _not_kept(error) from error

    def read(self, token: str) -> Session:
        """Return the session of a token as it is kept. Raises SettingsInvalid when the disk does not give it."""
        try:
            return _read(self._path(token))
        except OSError as error:
            raise _not_kept(error) from error

    def sweep(self) -> None:
        """Take away the sessions that nobody has touched for a month."""
        limit = time.time() - DAYS * 86400
        for path in self.folder.glob("*"):
            with suppress(OSError):
                if path.stat().st_mtime < limit:
                    path.unlink()

    def _path(self, token: str) -> Path:
        return self.folder / f"{hashlib.sha256(token.encode()).hexdigest()}.json"


def _not_kept(error: OSError) -> SettingsInvalid:
    message = f"работу не удалось сохранить: {os.strerror(error.errno or 0)}"
    hint = "введённое осталось в этой вкладке; скажите администратору: проверьте место на диске и DOCGEN_DATA"
    return SettingsInvalid([Problem("work", "not_kept", message, hint)])


def _read(path: Path) -> Session:
    try:
        return _session(json.loads(path.read_bytes(), parse_float=Decimal))
    except FileNotFoundError:
        return Session()
    except (ValueError, KeyError, TypeError, AttributeError):  # a broken disk, another version: kept for whoever looks
        path.replace(path.with_suffix(f".{time.time_ns()}.broken"))
        return Session()


def _session(raw: JsonObject) -> Session:
    """Return a session as its file has it. Raises what a file that is none makes fail."""
    works = {str(number): _work(one) for number, one in raw["works"].items()}
    return Session(works, str(raw["last"]), int(raw["following"]))


def _work(raw: JsonObject) -> Work:
    made = Work(**{name: raw[name] for name in KEPT if name in raw})
    if not all(isinstance(one, dict) and isinstance(one.get("kind"), str) for one in (made.order, *made.undo)):
        raise ValueError("a work without an order")
    return made


KEPT = ("order", "undo", "revision", "touched", "aside", "id", "tab")


def _within(session: Session) -> str:
    """Return a session as its file has it, without the oldest of what can be taken back when there is too much."""
    text = _written(session)
    while len(text) > MOST_LETTERS and any(work.undo for work in session.works.values()):
        fullest = max(session.works.values(), key=lambda work: len(work.undo))
        fullest.undo = fullest.undo[(len(fullest.undo) + 1) // 2 :]
        text = _written(session)
    return text


def _written(session: Session) -> str:
    works = {number: {name: getattr(work, name) for name in KEPT} for number, work in session.works.items()}
    return write_json({"works": works, "last": session.last, "following": session.following})


def _keep(path: Path, text: str) -> None:
    """Put the text into the file, whole or not at all."""
    handle, part = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(part, path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
