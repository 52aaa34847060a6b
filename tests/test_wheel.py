"""The wheel: it carries the library and the samples, and works far from the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT, SAMPLES

PROGRAM = "import sys; from docgen.cli import main; sys.exit(main())"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with an unpacked wheel of the repository."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def test_it_carries_the_library_and_the_samples(site: Path) -> None:
    library = site / "docgen" / "_library"
    assert (library / "templates" / "services_agreement" / "kind.yaml").is_file()
    assert (library / "templates" / "_look" / "shell.docx").is_file()
    assert sorted(path.name for path in (library / "clauses").glob("*.yaml"))
    assert {path.name for path in library.glob("samples/*/*.json")} == {path.name for path in SAMPLES}


def test_it_renders_its_own_samples(site: Path, tmp_path: Path) -> None:
    order = next(site.glob("docgen/_library/samples/*/company_stages.json"))
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(site)}
    command = [sys.executable, "-c", PROGRAM, "render", str(order), "-o", "out"]
    ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert len(list(tmp_path.rglob("company_stages.*"))) == 4
