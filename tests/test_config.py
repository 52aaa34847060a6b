"""Settings: read from the environment, refused in words, told in the README."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from docgen.config import Settings, bundled_library, iso_day, variable
from docgen.errors import Problem, SettingsInvalid

ROOT = Path(__file__).resolve().parent.parent


def refused(**environment: str) -> tuple[Problem, ...]:
    with pytest.raises(SettingsInvalid) as raised:
        Settings.from_environment(environment)
    return raised.value.problems


def test_without_variables_the_library_is_the_repositorys() -> None:
    assert Settings.from_environment({}).library == bundled_library() == ROOT


def test_variables_win_over_defaults(tmp_path: Path) -> None:
    firm = tmp_path / "firm.yaml"
    firm.touch()
    (tmp_path / "clauses").mkdir()
    (tmp_path / "templates").mkdir()
    given = {"DOCGEN_LIBRARY": str(tmp_path), "DOCGEN_FIRM": str(firm), "DOCGEN_HOST": "::1", "DOCGEN_DEBUG": "1"}
    settings = Settings.from_environment({**given, "DOCGEN_PORT": "65535", "DOCGEN_WORKERS": "3"})
    assert settings == Settings(library=tmp_path, firm=firm, host="::1", port=65535, workers=3, debug=True)


def test_all_wrong_variables_are_told_at_once() -> None:
    given = {"DOCGEN_LIBRARY": "/nowhere", "DOCGEN_FIRM": "/nowhere.yaml", "DOCGEN_HOST": " ", "DOCGEN_DEBUG": "yes"}
    problems = refused(**given, DOCGEN_PORT="0", DOCGEN_WORKERS="-1", DOCGEN_RENDER_MB="64")
    numbers = ["DOCGEN_PORT", "DOCGEN_WORKERS", "DOCGEN_RENDER_MB"]
    assert [problem.where for problem in problems] == sorted([*given, *numbers])
    assert all(problem.hint for problem in problems)


@pytest.mark.parametrize("port", ["", "0", "65536", "80 ", "8e1", "-1", "٨٠", "9" * 5000])
def test_a_port_is_a_plain_number_in_range(port: str) -> None:
    assert [problem.where for problem in refused(DOCGEN_PORT=port)] == ["DOCGEN_PORT"]


def test_a_misspelt_variable_is_refused_with_the_right_name() -> None:
    (problem,) = refused(DOCGEN_LIBARY="/srv")
    assert (problem.where, problem.code, problem.hint) == (
        "DOCGEN_LIBARY",
        "unknown_setting",
        "возможно, DOCGEN_LIBRARY?",
    )


@pytest.mark.parametrize(
    "text", ["20260305", "2026-W10-4", "2026-3-5", "05.03.2026", "2026-02-29", "", "2026-03-05T00"]
)
def test_a_day_is_written_one_way(text: str) -> None:
    assert iso_day("2028-02-29") == date(2028, 2, 29)
    with pytest.raises(ValueError, match=r"дата|дня"):
        iso_day(text)


@pytest.mark.parametrize("setting", fields(Settings), ids=lambda entry: entry.name)
def test_the_readme_tells_every_setting_and_its_default(setting: object) -> None:
    entry = next(entry for entry in fields(Settings) if entry is setting)
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    (row,) = [line for line in lines if line.startswith(f"| `{variable(entry.name)}` |")]
    if isinstance(entry.default, str | int) and not isinstance(entry.default, bool):
        assert f"`{entry.default}`" in row
