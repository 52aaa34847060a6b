"""The look folder in, what the check may ask of it out: roles, styles, code points, its own scripts."""

from __future__ import annotations

import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from docgen.render import FORMATS, covers, roles, style_name, write
from tests.render.files import parts
from tests.render.trees import LOOK, whole

NEEDED = {
    "title", "number", "place_date", "preamble", "body", "note", "section", "point", "clause", "subclause", "table",
    "parties", "parties_heading", "annex", "annex_label", "annex_title",
}


def test_the_shell_has_every_role_that_the_tree_knows() -> None:
    assert roles(LOOK) >= NEEDED
    assert "stamp" not in roles(LOOK)


def test_a_roles_style_is_found_under_its_name() -> None:
    names = {style_name(role) for role in roles(LOOK)}
    assert {"Title", "heading 1", "annex title", "Body Text"} <= names


def test_the_fonts_have_russian_and_lack_the_rouble_sign() -> None:
    assert {ord(sign) for sign in "АЯаяЁё«»—–№\u00a0§…'()"} <= covers(LOOK)
    assert ord("₽") not in covers(LOOK)
    assert ord("漢") not in covers(LOOK)


def test_an_unknown_format_has_no_writer() -> None:
    with pytest.raises(ValueError, match="odt"):
        write(whole(), "odt", LOOK)
    assert FORMATS == ("docx", "html", "pdf", "txt")


def test_the_shell_can_be_made_anew(tmp_path: Path) -> None:
    shutil.copy(LOOK / "make_shell.py", tmp_path)
    runpy.run_path(str(tmp_path / "make_shell.py"), run_name="__main__")
    anew = parts((tmp_path / "shell.docx").read_bytes())
    assert anew == parts((LOOK / "shell.docx").read_bytes())


def test_the_fonts_are_copied_with_their_licence_and_twice_does_no_harm(tmp_path: Path) -> None:
    shutil.copy(LOOK / "copy_fonts.py", tmp_path)
    for _ in range(2):
        subprocess.run([sys.executable, str(tmp_path / "copy_fonts.py")], check=True, capture_output=True)
    names = {path.name for path in (tmp_path / "fonts").iterdir()}
    assert names >= {"LiberationSerif-Regular.ttf", "LiberationSans-Regular.ttf", "LICENCE-liberation.txt"}
    assert len(names) == 7
