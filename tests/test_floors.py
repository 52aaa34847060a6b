"""The plan of the house holds: imports go down only, functions stay small, the first line says what becomes what."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "docgen").rglob("*.py"))
LONGEST = 60


def functions() -> Iterator[tuple[str, int]]:
    """Yield every function of the package with its length in lines."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1


def test_no_function_is_longer_than_a_screen() -> None:
    assert [name for name, length in functions() if length > LONGEST] == []


def test_half_of_the_functions_are_under_ten_lines() -> None:
    assert median(length for _, length in functions()) < 10


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_in_its_first_line_what_it_is(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring, path
    assert docstring.splitlines()[0].endswith("."), path


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Give a copy of the package that a test may spoil."""
    shutil.copytree(ROOT / "docgen", tmp_path / "docgen", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run([program, "--no-cache"], cwd=folder, capture_output=True, text=True, timeout=60)


def plant(folder: Path, module: str, line: str) -> None:
    path = folder / "docgen" / module
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")


def test_the_floors_are_kept(copy: Path) -> None:
    checked = lint(copy)
    assert checked.returncode == 0, checked.stdout


DOWN = "A room imports only what is below it"
WRITER = "A writer sees the tree and nothing else"
BY_NAME = "The command line starts the server by name"


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("language/__init__.py", "import docgen.library", DOWN),
        ("errors.py", "def late():\n    import docgen.config", DOWN),
        ("document.py", "if TYPE_CHECKING:\n    import docgen.service", DOWN),
        ("newcomer.py", '"""A room without a floor."""', DOWN),
        ("render/txt.py", "from docgen.model import Order", WRITER),
        ("cli/__init__.py", "def late():\n    import docgen.web", BY_NAME),
        ("errors.py", "import docgen.config", "No circles"),
    ],
)
def test_a_planted_import_breaks_the_build(copy: Path, module: str, line: str, contract: str) -> None:
    (copy / "docgen" / module).touch()
    plant(copy, module, line)
    checked = lint(copy)
    assert checked.returncode != 0
    assert f"{contract} BROKEN" in checked.stdout
