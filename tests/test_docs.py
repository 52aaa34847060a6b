"""The recipes of docs/library.md, carried out word for word in a copy of the library."""

from __future__ import annotations

import re
import runpy
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from docgen.config import Settings
from docgen.library.sheets import load_sheets, read_content
from docgen.model import read_matter_file
from docgen.service import Service, build_service
from tests.conftest import ROOT, dumped

FENCE = re.compile(r"^```(yaml|diff) (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def recipes() -> list[tuple[str, str, str]]:
    """Return (way, file, content) of every fence of the guide that names a file."""
    return FENCE.findall((ROOT / "docs" / "library.md").read_text(encoding="utf-8"))


def carry_out(folder: Path, way: str, file: str, content: str) -> None:
    path = folder / file
    if way == "yaml":
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
        return
    before, after = ("\n".join(_side(content, mark)) for mark in "-+")
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, (file, before)
    path.write_text(text.replace(before, after), encoding="utf-8")


def _side(content: str, mark: str) -> list[str]:
    return [line[2:] for line in content.splitlines() if line.startswith(mark)]


@pytest.fixture
def followed(tmp_path: Path) -> Service:
    """Give a service over a library in which every recipe was followed."""
    for room in ("clauses", "templates"):
        shutil.copytree(ROOT / room, tmp_path / room)
    for way, file, content in recipes():
        carry_out(tmp_path, way, file, content)
        problems = build_service(Settings(library=tmp_path)).check()
        unplaced = {"unused_clause"} if way == "yaml" else set()  # the next recipe places it
        assert [problem.line() for problem in problems if problem.code not in unplaced] == []
    return build_service(Settings(library=tmp_path))


def test_the_guide_has_its_recipes() -> None:
    assert [way for way, _, _ in recipes()] == ["diff", "yaml", "diff", "diff", "yaml", "diff", "yaml"]


def test_the_recipes_do_what_they_say(followed: Service, order: Callable[[str], Any]) -> None:
    firm = ROOT / "samples" / "firm.yaml"

    def text(stem: str, day: date | None = None, **parameters: Any) -> tuple[str, list[str]]:
        asked = order(stem)
        asked.setdefault("clauses", {}).setdefault("parameters", {}).update(parameters)
        made = followed.draft(dumped(asked), firm=firm, day=day)
        return followed.write(made, "txt").decode().replace("\u00a0", " "), [problem.code for problem in made.warnings]

    business, warnings = text("company_stages")
    assert "прекращается только в письменной форме" in business
    assert "Исполнитель выдаёт Заказчику в течение 2 рабочих дней" in business
    assert "Документы составляются на русском языке." in business
    assert warnings == []
    assert "бесплатно выдаёт" in text("consumer_advance")[0]
    assert "перевод оплачивает сторона" in text("company_stages", date(2027, 1, 1))[0]
    slow, warnings = text("company_stages", house_copies={"copy_days": 7})
    assert "в течение 7 рабочих дней" in slow
    assert warnings == ["house_slow_copies"]


def test_the_page_of_the_rules_is_the_librarys_own(service: Service) -> None:
    page = runpy.run_path(str(ROOT / "docs" / "make_rules.py"))["page"](service.library)
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == page, "run python docs/make_rules.py"
    assert all(f"\n## {rule}. " in page for rule in range(1, 16))


def test_the_page_of_the_spreadsheets_is_the_librarys_own(service: Service) -> None:
    assert service.library.sheets is not None
    page = runpy.run_path(str(ROOT / "docs" / "make_import.py"))["page"](service.library.sheets.spec)
    assert (ROOT / "docs" / "import.md").read_text(encoding="utf-8") == page, "run python docs/make_import.py"


def test_the_example_of_the_spreadsheets_is_read() -> None:
    page = (ROOT / "docs" / "import.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```csv\n(.*?)```", page, re.DOTALL)
    found = read_content(example.encode(), "Время.csv", load_sheets(ROOT))
    assert [entry["minutes"] for entry in found.lists["time"]] == [90, 90, 30]
    assert found.warnings == ()


def test_every_clause_annex_and_figure_of_the_standard_exists(service: Service) -> None:
    page = (ROOT / "docs" / "standard.md").read_text(encoding="utf-8").split("|---|---|---|---|\n")[1]
    entries = service.library.kinds["services_agreement"].spec.outline
    annexes = {entry.annex.id for entry in entries if entry.annex is not None}
    names = re.findall(r"`([a-z_.]+)`", page)
    assert len(names) > 30
    for name in names:
        clause, _, parameter = name.partition(".")
        known = service.library.clauses.get(clause)
        assert known is not None or name in annexes, name
        assert not parameter or (known is not None and parameter in known.spec.parameters), name
    rows = page.strip().splitlines()
    assert len(rows) == 11
    assert all(row.count(" | ") == 3 for row in rows)


def test_the_example_of_the_papers_is_an_order_that_renders() -> None:
    page = (ROOT / "docs" / "papers.md").read_text(encoding="utf-8")
    example, package = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    service, firm = build_service(Settings()), ROOT / "samples" / "firm.yaml"
    made = service.draft(example.encode(), firm=firm, folder=ROOT / "samples" / "act")
    assert (made.kind, made.warnings) == ("act", ())
    assert read_matter_file(package.encode()).numbering == {"act": 12, "invoice": "АБ-4/12"}
    named = {
        name for row in re.findall(r"^\| (`[a-z_`, ]+) \|", page, re.MULTILINE) for name in re.findall(r"\w+", row)
    }
    assert named == {kind.id for kind in service.kinds()} - {"services_agreement"}
