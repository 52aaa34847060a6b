"""The same order gives the same bytes, whatever the process, its hash seed, time zone, folder and second."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

from tests.conftest import DOCGEN, SAMPLES


def rendered(folder: Path, seed: str, zone: str) -> dict[str, bytes]:
    folder.mkdir()
    environment = {"PATH": os.environ["PATH"], "PYTHONHASHSEED": seed, "TZ": zone, "HOME": str(folder)}
    command = [DOCGEN, "render", *map(str, SAMPLES), "-o", str(folder / "out")]
    subprocess.run(command, check=True, cwd=folder, env=environment)
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted((folder / "out").rglob("*.*"))}


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    first = rendered(tmp_path / "one", "1", "Asia/Vladivostok")
    time.sleep(3)
    second = rendered(tmp_path / "two", "2", "America/New_York")
    assert len(first) == 4 * len(SAMPLES)
    assert [name for name in first if first[name] != second.get(name)] == []
