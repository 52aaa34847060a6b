"""A process in, its renderers and their state out: read from /proc, as an administrator would."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

COMMAND = b"-m\0docgen.workers\0"


def renderers(parent: int | None = None) -> set[int]:
    """Return the renderers of a process: this one, unless another is named."""
    return {pid for pid in children(parent or os.getpid()) if is_renderer(pid)}


def children(parent: int) -> set[int]:
    """Return the processes that a process started and that it has not buried."""
    found = {int(folder.name) for folder in Path("/proc").iterdir() if folder.name.isdigit()}
    return {pid for pid in found if state(pid)[1] == parent}


def is_renderer(pid: int) -> bool:
    """Tell whether a process lives and renders."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().endswith(COMMAND)
    except (FileNotFoundError, ProcessLookupError):
        return False


def state(pid: int) -> tuple[str, int, int]:
    """Return a process's state letter, its parent and the processor time that it has had."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return "X", 0, 0
    return fields[0], int(fields[1]), int(fields[11])


def wait_until(condition: Callable[[], object]) -> None:
    """Wait, for as long as a loaded machine may need, until something holds."""
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    raise TimeoutError


def wait_until_deep(pid: int) -> None:
    """Wait until a renderer is deep in a document, which has had a tenth of a second of the processor."""
    before = state(pid)[2]
    wait_until(lambda: state(pid)[2] > before + 10)
