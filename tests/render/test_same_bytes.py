"""One tree in, the same bytes out in any process: hash seed, time zone, working folder, place of the look, hour."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.render.trees import LOOK

ROOT = LOOK.parents[1]
SCRIPT = """
import hashlib, sys
from pathlib import Path
from docgen.render import FORMATS, write
from tests.render.trees import TREES
for name, tree in TREES.items():
    for format in FORMATS:
        print(name, format, hashlib.sha256(write(tree(), format, Path(sys.argv[1]))).hexdigest())
"""


def sums(look: Path, folder: Path, seed: str, zone: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", SCRIPT, str(look)]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True, text=True)
    assert done.stderr == ""
    return done.stdout


def test_the_same_tree_gives_the_same_bytes_elsewhere_and_later(tmp_path: Path) -> None:
    elsewhere = tmp_path / "other"
    shutil.copytree(LOOK, elsewhere)
    first = sums(LOOK, ROOT, "1", "Asia/Yekaterinburg")
    time.sleep(3)
    assert sums(elsewhere, tmp_path, "2", "America/New_York") == first
    assert len(first.splitlines()) == 16
