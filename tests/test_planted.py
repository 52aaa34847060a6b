"""A library with planted mistakes: all of them are told in one run, each once, with file, line and cure."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from docgen.config import Settings
from docgen.render import style_name
from docgen.service import build_service
from tests.conftest import DOCGEN, ROOT

PLANTED = """\
clauses:
  p_key:
    whenn: "purpose == 'business'"
    text: {ru: Опыт.}
  p_name:
    text: {ru: "Опыт {{ nobody }}."}
  p_attribute:
    text: {ru: "Опыт {{ clients[0].orgn }}."}
  p_nowhere:
    text: {ru: "Опыт {% if has('nowhere') %}{{ ref('nowhere') }}{% endif %}."}
  p_unguarded:
    text: {ru: "Опыт {{ ref('p_key') }}."}
  p_unused:
    text: {ru: Опыт.}
  p_editions:
    editions:
      - {from: 2025-01-01, text: {ru: Опыт.}}
      - {from: 2026-01-01, text: {ru: Опыт.}}
  p_default:
    parameters:
      days: {type: integer, default: 30, min: 1, max: 10, label: срок}
    text: {ru: "Опыт {{ days | number }}."}
  p_filter:
    text: {ru: "Опыт {{ matter.number | upper }}."}
  p_double:
    required: false
    required: false
    text: {ru: Опыт.}
"""
AGAIN = "clauses:\n  p_key:\n    text: {ru: Опыт.}\n"
BROKEN = "clauses:\n  p_broken:\n    text: {ru: |\n"
OUTLINE = """\
  - paragraph: {role: epigraph, text: Опыт}
  - section:
      id: p_section
      title: Опыт
      clauses: [p_key, p_name, p_attribute, p_nowhere, p_unguarded, p_editions, p_default, p_filter, p_double, p_absent]
"""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Give a copy of the library that may be spoiled."""
    for room in ("clauses", "templates"):
        shutil.copytree(ROOT / room, tmp_path / room)
    return tmp_path


def place(library: Path, file: str, words: str, nth: int = 0) -> str:
    """Return ``file:line`` of the nth line that has the words."""
    lines = (library / file).read_text(encoding="utf-8").splitlines()
    return f"{file}:{[number for number, line in enumerate(lines, 1) if words in line][nth]}"


def plant(library: Path) -> list[tuple[str, str]]:
    """Plant the fourteen mistakes; return where each is and its code."""
    kind = "templates/services_agreement/kind.yaml"
    (library / "clauses/planted.yaml").write_text(PLANTED, encoding="utf-8")
    (library / "clauses/planted_again.yaml").write_text(AGAIN, encoding="utf-8")
    (library / "clauses/planted_broken.yaml").write_text(BROKEN, encoding="utf-8")
    text = (library / kind).read_text(encoding="utf-8")
    (library / kind).write_text(text.replace("outline:\n", "outline:\n" + OUTLINE, 1), encoding="utf-8")
    planted = "clauses/planted.yaml"
    return [
        (place(library, planted, "whenn"), "unknown_key"),
        (place(library, planted, "nobody"), "undefined_name"),
        (place(library, planted, "orgn"), "undefined_attribute"),
        (place(library, planted, "nowhere')"), "reference_to_nowhere"),
        (place(library, planted, "ref('p_key')"), "unguarded_reference"),
        (place(library, planted, "p_unused"), "unused_clause"),
        (place(library, planted, "from: 2026"), "overlapping_editions"),
        (place(library, planted, "default: 30"), "default_out_of_bounds"),
        (place(library, planted, "upper"), "filter_not_allowed"),
        (place(library, planted, "required: false", 1), "duplicate_key"),
        (place(library, "clauses/planted_again.yaml", "p_key"), "duplicate_id"),
        ("clauses/planted_broken.yaml:3", "bad_yaml"),
        (place(library, kind, "p_absent"), "unknown_clause"),
        (place(library, kind, "epigraph"), "role_missing"),
    ]


def test_fourteen_planted_mistakes_are_exactly_fourteen_problems(library: Path) -> None:
    expected = plant(library)
    problems = build_service(Settings(library=library)).check()
    assert sorted((problem.where, problem.code) for problem in problems) == sorted(expected)
    assert len(expected) == 14
    assert [problem for problem in problems if not problem.message or not problem.hint] == []


def test_the_command_line_tells_the_same_and_exits_with_two(library: Path) -> None:
    expected = plant(library)
    command = [DOCGEN, "check", "--json"]
    environment = {"DOCGEN_LIBRARY": str(library), "PATH": "/usr/bin:/bin"}
    run = subprocess.run(command, capture_output=True, env=environment, cwd=library, check=False)
    told = json.loads(run.stdout)["problems"]
    assert run.returncode == 2
    assert sorted((problem["where"], problem["code"]) for problem in told) == sorted(expected)


def test_our_own_library_has_no_problem() -> None:
    assert [problem.line() for problem in build_service(Settings(library=ROOT)).check()] == []


def test_a_style_taken_from_the_shell_is_told_at_the_line_that_uses_its_role(library: Path) -> None:
    name = style_name("preamble")
    shell = library / "templates/_look/shell.docx"
    shell.write_bytes(_renamed_style(shell.read_bytes(), name))
    (problem,) = build_service(Settings(library=library)).check()
    assert problem.code == "role_missing"
    assert problem.where == place(library, "templates/act/kind.yaml", "role: preamble")
    assert name in problem.message + problem.hint


def _renamed_style(docx: bytes, name: str) -> bytes:
    source, target = zipfile.ZipFile(io.BytesIO(docx)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as written:
        for part in source.namelist():
            content = source.read(part)
            if part == "word/styles.xml":
                assert f'w:val="{name}"'.encode() in content
                content = content.replace(f'w:name w:val="{name}"'.encode(), b'w:name w:val="Gone"')
            written.writestr(part, content)
    return target.getvalue()


def test_a_problem_in_a_broken_file_does_not_make_its_readers_look_broken(library: Path) -> None:
    terms = library / "clauses/terms.yaml"
    terms.write_text(terms.read_text(encoding="utf-8") + "  broken: [\n", encoding="utf-8")
    problems = build_service(Settings(library=library)).check()
    assert [problem.code for problem in problems] == ["bad_yaml"]
