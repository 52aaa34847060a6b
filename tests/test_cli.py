"""The command line: exit codes, lines for people, one JSON object for programs, files whole or not at all."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from docgen import cli
from docgen.cli import documents, report
from docgen.config import variable
from docgen.errors import DocgenError, Problem
from tests.conftest import ROOT, SAMPLES

FORMATS = ("docx", "html", "pdf", "txt")
PROGRAM = [sys.executable, "-c", "import sys; from docgen.cli import main; sys.exit(main())"]
FIRM = ROOT / "samples" / "firm.yaml"


@pytest.fixture
def company() -> Path:
    return next(path for path in SAMPLES if path.stem == "company_stages")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give every test an empty current folder and an environment without settings."""
    for name in [name for name in os.environ if name.startswith(variable(""))]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def wrong(folder: Path, company: Path) -> Path:
    """Give an order with two mistakes."""
    order = json.loads(company.read_bytes())
    del order["matter"]["number"]
    order["matter"]["nonsense"] = 1
    path = folder / "wrong.json"
    path.write_text(json.dumps(order, ensure_ascii=False), encoding="utf-8")
    (folder / "firm.yaml").write_bytes(FIRM.read_bytes())
    return path


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run a command here; give its exit code, stdout and stderr."""

    def run(*arguments: object) -> tuple[int, str, str]:
        code = cli.main([str(argument) for argument in arguments])
        return code, *capsys.readouterr()

    return run


Told = Callable[..., tuple[int, str, str]]


def family(member: type[DocgenError]) -> set[type[DocgenError]]:
    return {below for child in member.__subclasses__() for below in {child, *family(child)}}


# --- the edges of the program


def test_every_kind_of_mistake_has_an_exit_code() -> None:
    assert set(cli.EXIT_CODES) == family(DocgenError)


def test_help_is_quick_and_russian() -> None:
    check = "import sys, docgen.cli as c\ntry: c.main(['--help'])\nfinally: print(sorted(sys.modules), file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, timeout=30)
    assert ran.stdout.startswith("вызов: docgen")
    assert not re.search(r"'(pydantic|weasyprint|yaml|flask|docx|jinja2|docgen\.service)'", ran.stderr)


COMMANDS = ("", "kinds", "schema", "render", "check", "diff-library", "explain", "import", "serve")


@pytest.mark.parametrize("command", COMMANDS)
def test_no_english_is_left_in_the_help(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit):
        cli.main([*command.split(), "--help"])
    commands = "diff-library|kinds|schema|render|check|explain|import|serve|decline|words|requisites"
    names = rf"docgen|{commands}|--?[a-z]+|json|JSON|CSV|XLSX|HTTP|null|files|warnings|problems"
    text = re.sub(rf"\b({'|'.join(FORMATS)}|DOCGEN_[A-Z]+)\b|{names}", "", capsys.readouterr().out)
    assert re.findall(r"[A-Za-z]+", text) == []


@pytest.mark.parametrize(
    ("arguments", "where", "message"),
    [
        ([], "docgen", "не хватает: КОМАНДА"),
        (["rend"], "КОМАНДА", "нет такой команды: 'rend'"),
        (["render"], "docgen render", "не хватает: ЗАКАЗ.json"),
        (["render", "a.json", "--date", "2026-02-30"], "--date", "такого дня нет: 2026-02-30"),
        (["render", "a.json", "--date"], "--date", "нужно значение"),
        (["render", "a.json", "--blanks=1"], "--blanks", "значение '1' здесь не нужно"),
        (["kinds", "--colour"], "docgen", "лишнее: --colour"),
        (["serve", "--port", "port"], "--port", "port — не целое число от 1 до 65535"),
    ],
)
def test_wrong_arguments_are_told_in_russian_with_code_2(
    arguments: list[str], where: str, message: str, told: Told
) -> None:
    code, out, err = told(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith(f"{where}: {message}; справка: docgen")
    assert err.count("\n") == 1


def test_wrong_arguments_are_told_in_json_when_json_is_asked(told: Told) -> None:
    code, out, err = told("render", "--json")
    assert (code, err) == (2, "")
    assert [problem["code"] for problem in json.loads(out)["problems"]] == ["argument"]


def test_wrong_settings_are_the_users_mistakes(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCGEN_PORT", "x")
    monkeypatch.setenv("DOCGEN_LIBRARY", "/nowhere")
    code, _, err = told("kinds")
    assert code == 2
    assert [line.split(":")[0] for line in err.splitlines()] == ["DOCGEN_LIBRARY", "DOCGEN_PORT"]


@pytest.mark.parametrize("debug", [False, True])
def test_a_bug_is_code_1_and_a_trace_only_on_demand(debug: bool, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object) -> None:
        raise ZeroDivisionError("Иванов")

    monkeypatch.setattr(documents, "_service", stumble)
    monkeypatch.setenv("DOCGEN_DEBUG", str(int(debug)))
    code, out, err = told("kinds")
    assert (code, out) == (1, "")
    assert "ошибка самого docgen: ZeroDivisionError" in err
    assert ("Traceback" in err) is debug


def test_a_reader_that_leaves_early_is_no_bug(company: Path) -> None:
    command = f"{sys.executable} -c '{PROGRAM[2]}' schema services_agreement | head -c 1"
    ran = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, timeout=60)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "{", "")


# --- kinds, schema, check, explain


def test_kinds_lists_ids_and_titles(told: Told) -> None:
    code, out, err = told("kinds")
    assert (code, err) == (0, "")
    assert dict(line.split("\t") for line in out.splitlines())["services_agreement"].lower().startswith("договор")


def test_schema_prints_a_json_schema(told: Told) -> None:
    code, out, _ = told("schema", "services_agreement")
    assert code == 0
    assert {"matter", "kind"} <= set(json.loads(out)["properties"])


def test_an_unknown_kind_is_refused_with_those_there_are(told: Told) -> None:
    code, out, err = told("schema", "services_agreemnt")
    assert (code, out) == (2, "")
    assert "services_agreement" in err


def test_the_repositorys_library_has_no_mistakes(told: Told) -> None:
    assert told("check") == (0, "библиотека в порядке\n", "")
    code, out, _ = told("check", "--json")
    assert (code, json.loads(out)) == (0, {"files": [], "warnings": [], "problems": []})


@pytest.fixture
def broken(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a library with one unknown key the library of the test."""
    library = folder / "library"
    for part in ("clauses", "templates"):
        shutil.copytree(ROOT / part, library / part)
    (library / "clauses" / "broken.yaml").write_text("colour: red\n")
    monkeypatch.setenv("DOCGEN_LIBRARY", str(library))


@pytest.mark.usefixtures("broken")
def test_a_broken_library_is_told_with_file_and_line(told: Told) -> None:
    code, out, err = told("check")
    assert (code, out) == (2, "")
    assert err.startswith("clauses/broken.yaml:1: ")


@pytest.mark.usefixtures("broken")
def test_a_broken_library_is_told_once_for_all_orders(told: Told) -> None:
    code, _, err = told("render", *SAMPLES)
    assert (code, err.count("broken.yaml:1")) == (2, 1)


def test_explain_names_clauses_and_sources(told: Told, company: Path) -> None:
    code, out, _ = told("explain", company)
    assert code == 0
    assert "/matter/number" in out
    assert re.search(r"^[+] ", out, re.MULTILINE)


# --- render


def test_render_writes_every_format_under_kind_and_case(told: Told, company: Path, folder: Path) -> None:
    code, out, err = told("render", company, "-o", "out")
    expected = [f"out/services_agreement/company_stages.{name}" for name in FORMATS]
    assert (code, out.splitlines(), err) == (0, expected, "")
    assert sorted(str(path.relative_to(folder)) for path in folder.rglob("*.*")) == expected
    assert zipfile.is_zipfile(expected[0])
    assert Path(expected[2]).read_bytes().startswith(b"%PDF-")


def test_without_a_folder_the_file_stands_here_under_the_drafts_name(
    told: Told, company: Path, folder: Path, service: Any
) -> None:
    code, _, _ = told("render", company, "--format", "txt")
    name = service.draft(company.read_bytes(), firm=FIRM).name
    assert code == 0
    assert [path.name for path in folder.iterdir()] == [f"{name}.txt"]


def test_only_the_formats_asked_for_are_written_each_once(told: Told, company: Path) -> None:
    _, out, _ = told("render", company, "-o", "out", "--format", "txt,html,txt")
    assert [line.rpartition(".")[2] for line in out.splitlines()] == ["txt", "html"]


def test_every_unknown_format_is_told(told: Told, company: Path, folder: Path) -> None:
    code, _, err = told("render", company, "--format", "txt,rtf,odt")
    assert code == 2
    assert [line.split()[3].rstrip(";") for line in err.splitlines()] == ["odt", "rtf"]
    assert list(folder.iterdir()) == []


def test_an_existing_file_is_overwritten_and_nothing_else_is_left(told: Told, company: Path, folder: Path) -> None:
    target = folder / "out" / "services_agreement" / "company_stages.txt"
    target.parent.mkdir(parents=True)
    target.write_text("old")
    told("render", company, "-o", "out", "--format", "txt")
    assert target.read_text() != "old"
    assert list(target.parent.iterdir()) == [target]


def test_the_date_given_wins_over_the_orders(told: Told, company: Path) -> None:
    told("render", company, "-o", "out", "--format", "txt", "--date", "2026-12-31")
    assert "31 декабря 2026" in Path("out/services_agreement/company_stages.txt").read_text().replace("\u00a0", " ")


def test_a_null_needs_blanks(told: Told, company: Path, folder: Path) -> None:
    order = json.loads(company.read_bytes())
    order["matter"]["number"] = None
    (folder / "open.json").write_text(json.dumps(order))
    (folder / "firm.yaml").write_bytes(FIRM.read_bytes())
    assert told("render", "open.json", "--format", "txt")[0] == 2
    assert told("render", "open.json", "--format", "txt", "--blanks")[0] == 0


def test_all_mistakes_of_an_order_are_told_one_a_line(told: Told, wrong: Path, folder: Path) -> None:
    code, out, err = told("render", wrong, "-o", "out")
    assert (code, out) == (2, "")
    assert [line.split(":")[0] for line in err.splitlines()] == ["/matter/nonsense", "/matter/number"]
    assert all(re.search(r"\[[a-z_]+\]$", line) for line in err.splitlines())
    assert not (folder / "out").exists()


def test_one_wrong_order_keeps_nobody_from_the_next(told: Told, wrong: Path, company: Path) -> None:
    code, out, err = told("render", wrong, company, "-o", "out", "--format", "txt")
    assert (code, out) == (2, "out/services_agreement/company_stages.txt\n")
    assert all(line.startswith(f"{wrong}: /matter/n") for line in err.splitlines())


def test_json_is_one_object_with_four_words_a_problem(told: Told, wrong: Path) -> None:
    code, out, err = told("render", wrong, "--json")
    told_all = json.loads(out)
    assert (code, err, list(told_all)) == (2, "", ["files", "warnings", "problems"])
    words = ["where", "code", "message", "hint"]
    assert [list(problem) for problem in told_all["problems"]] == [[*words, "cures"], words]


def test_json_names_the_order_only_among_several(told: Told, wrong: Path, company: Path) -> None:
    _, out, _ = told("render", wrong, company, "-o", "out", "--format", "txt", "--json")
    told_all = json.loads(out)
    assert told_all["files"] == ["out/services_agreement/company_stages.txt"]
    assert {problem["order"] for problem in told_all["problems"]} == {str(wrong)}


def test_two_orders_never_write_the_same_file(told: Told, company: Path, folder: Path) -> None:
    (folder / "a").mkdir()
    twin = folder / "a" / company.name
    twin.write_bytes(company.read_bytes())
    (folder / "a" / "firm.yaml").write_bytes(FIRM.read_bytes())
    code, out, err = told("render", company, twin, "-o", "out", "--format", "txt")
    assert (code, len(out.splitlines())) == (2, 1)
    assert "[same_file]" in err


@pytest.mark.parametrize("order", ["missing.json", "folder", "loop.json", "long" * 100])
def test_an_order_that_cannot_be_read_is_a_problem(order: str, told: Told, folder: Path) -> None:
    (folder / "folder").mkdir()
    (folder / "loop.json").symlink_to("loop.json")
    code, _, err = told("render", order)
    assert code == 2
    assert "[unreadable]" in err


def test_a_folder_that_cannot_be_written_is_a_problem(told: Told, company: Path, folder: Path) -> None:
    (folder / "file").touch()
    code, out, err = told("render", company, "-o", "file", "--format", "txt")
    assert (code, out) == (2, "")
    assert "[unwritable]" in err
    assert "Traceback" not in err


def test_a_problem_cannot_steer_the_terminal(told: Told) -> None:
    _, _, err = told("render", "\x1b[2J\n.json")
    assert err.count("\n") == 1
    assert "\x1b" not in err


# --- the firm's file


@pytest.mark.parametrize(
    ("firm", "order", "found"),
    [
        ("cases/firm.yaml", "cases/order.json", True),
        ("samples/firm.yaml", "samples/kind/deep/order.json", True),
        ("firm.yaml", "samples/kind/order.json", False),
        ("firm.yaml", "cases/order.json", False),
    ],
)
def test_the_firm_is_sought_beside_the_order_and_up_to_samples(
    firm: str, order: str, found: bool, folder: Path
) -> None:
    for name in (firm, order):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    assert documents.find_firm(Path(order)) == (folder / firm if found else None)


def test_without_a_firm_the_order_is_refused(told: Told, company: Path, folder: Path) -> None:
    (folder / "order.json").write_bytes(company.read_bytes())
    code, _, err = told("render", "order.json", "--format", "txt")
    assert code == 2
    assert err.startswith("/matter/firm: ")


def test_the_setting_names_the_firm(told: Told, company: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "order.json").write_bytes(company.read_bytes())
    monkeypatch.setenv("DOCGEN_FIRM", str(FIRM))
    assert told("render", "order.json", "--format", "txt")[0] == 0


# --- progress


def test_progress_is_shown_on_a_terminal_only(company: Path, folder: Path) -> None:
    command = [*PROGRAM, "render", str(company), "-o", "out", "--format", "txt"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (ran.returncode, ran.stderr) == (0, "")
    outer, inner = pty.openpty()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=inner, timeout=60, check=True)
    os.close(inner)
    assert "company_stages" in os.read(outer, 65536).decode(errors="replace")
    os.close(outer)


def test_a_report_tells_warnings_as_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    told = report.Report(as_json=False)
    told.warnings.append(("", Problem("/matter", "guess", "склонение угадано", "проверьте")))
    assert told.close() == 0
    assert capsys.readouterr().err == "предупреждение: /matter: склонение угадано; проверьте [guess]\n"


# --- data from spreadsheets


def test_import_prints_the_lists_exactly_and_warns(told: Told, folder: Path) -> None:
    titles = "Дата;Номер;Сумма;Назначение"
    (folder / "Платежи.csv").write_bytes(f"{titles}\n22.11.2026;318;999 999 999 999 999,99;гонорар\n".encode("cp1251"))
    code, out, err = told("import", "Платежи.csv")
    assert code == 0
    assert '"amount": 999999999999999.99' in out
    payment = json.loads(out, parse_float=str)["payments"][0]
    assert payment == {"on": "2026-11-22", "number": "318", "amount": "999999999999999.99", "purpose": "fee"}
    assert err.startswith("предупреждение: Платежи.csv: файл не в UTF-8")
    assert err.count("\n") == 1


def test_import_tells_every_mistake_of_all_files(told: Told, folder: Path) -> None:
    (folder / "time.csv").write_text("Дата;Кто;Минут;Что сделано\nвчера;Орлова;0;Иск\n", encoding="utf-8")
    (folder / "book.xlsx").write_text("нет", encoding="utf-8")
    code, out, err = told("import", "time.csv", "book.xlsx", "gone.csv")
    assert (code, out) == (2, "")
    assert [line.split(": ")[0] for line in err.splitlines()] == ["book.xlsx", "gone.csv", "time.csv:A2", "time.csv:C2"]


def test_import_takes_the_lists_name_from_the_option(told: Told, folder: Path) -> None:
    (folder / "export.txt").write_text("Дата\tСобытие\n22.11.2026\tЗаседание\n", encoding="utf-8")
    assert told("import", "export.txt")[0] == 2
    code, out, err = told("import", "export.txt", "--list", "события")
    assert (code, err) == (0, "")
    assert json.loads(out) == {"events": [{"on": "2026-11-22", "what": "Заседание"}]}
    for arguments in (("export.txt", "--list", "нечто"), ("export.txt", "b.csv", "--list", "time")):
        code, out, err = told("import", *arguments)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert err.startswith("--list: ")
