"""What changed between two libraries, clause by clause."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from docgen.library import differences, load_library
from tests.conftest import DOCGEN, ROOT


@pytest.fixture
def other(tmp_path: Path) -> Path:
    for room in ("clauses", "templates"):
        shutil.copytree(ROOT / room, tmp_path / room)
    return tmp_path


def edited(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def told(other: Path) -> list[str]:
    found = differences(load_library(ROOT), load_library(other))
    return [line for difference in found for line in difference.lines()]


def test_equal_libraries_do_not_differ(other: Path) -> None:
    assert told(other) == []


def test_a_changed_word_is_shown_inside_its_sentence(other: Path) -> None:
    edited(other / "clauses/ending.yaml", "в письменной форме", "в простой письменной форме")
    head, change = told(other)
    assert head == "~ пункт amendments"
    assert change.startswith("    text.ru: ")
    assert "[+простой+]" in change
    assert "[−" not in change


def test_parameters_conditions_and_norms_are_told_too(other: Path) -> None:
    edited(other / "clauses/acceptance.yaml", "default: 3", "default: 4")
    edited(other / "clauses/fee.yaml", "when: matter.payer", "when: matter.payer and purpose == 'business'")
    lines = told(other)
    assert "    parameters.act_days.default: [−3−] [+4+]" in lines
    assert "~ пункт fee_payer" in lines


def test_what_is_new_and_what_is_gone(other: Path) -> None:
    edited(other / "clauses/fee.yaml", "  fee_receipt:", "  fee_cheque:")
    assert told(other)[:2] == ["+ пункт fee_cheque", "− пункт fee_receipt"]


def test_the_command_line_tells_it(other: Path) -> None:
    edited(other / "clauses/acceptance.yaml", "default: 3", "default: 4")
    ran = subprocess.run([DOCGEN, "diff-library", ROOT, other], capture_output=True, text=True, check=True)
    assert ran.stdout.startswith("~ пункт acceptance\n")
    wrong = subprocess.run([DOCGEN, "diff-library", ROOT, other / "clauses"], capture_output=True, text=True)
    assert wrong.returncode == 2
    assert "нет папки clauses" in wrong.stderr
