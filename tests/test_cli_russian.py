"""decline, words, requisites: one line an item, from arguments or standard input, as words or as JSON."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from docgen import cli

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "tests" / "data"
PROGRAM = [sys.executable, "-c", "import sys; from docgen.cli import main; sys.exit(main())"]
ACCOUNT, BIK = "40702810316540001234", "046577674"


def run(*arguments: str, given: str | bytes = "", code: int = 0) -> list[str]:
    """Return the lines that a command prints, having checked its exit code."""
    source = given.encode() if isinstance(given, str) else given
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    ran = subprocess.run([*PROGRAM, *arguments], input=source, capture_output=True, env=environment, timeout=60)
    assert ran.returncode == code, ran.stderr.decode()
    assert b"Traceback" not in ran.stderr
    return ran.stdout.decode().splitlines()


def objects(*arguments: str, given: str | bytes = "", code: int = 0) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(*arguments, "--json", given=given, code=code)]


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("ё", "е")


def test_arguments_give_a_line_each() -> None:
    assert run("decline", "name", "--case", "gent", "Иванова Мария Петровна", "Ткач Пётр Ильич") == [
        "Ивановой Марии Петровны",
        "Ткача Петра Ильича",
    ]


def test_standard_input_gives_a_line_each_and_the_sex_of_each_is_its_own() -> None:
    given = "Алиев Мурад Рашид оглы\r\nАлиева Айтен Рашид кызы\nМельник Саша\n"
    assert run("decline", "name", "--case", "datv", given=given)[:2] == [
        "Алиеву Мураду Рашид оглы",
        "Алиевой Айтен Рашид кызы",
    ]
    assert run("decline", "name", "--case", "gent", "--sex", "f", "Мельник Саша") == ["Мельник Саши"]


def test_an_object_tells_what_is_guessed_and_why() -> None:
    found = objects("decline", "name", "--case", "gent", "Рой Пётр", "Иванов Пётр")
    assert [list(each) for each in found] == [["input", "form", "certain", "note"]] * 2
    assert [each["certain"] for each in found] == [False, True]
    assert "прилагательное" in found[0]["note"]
    assert found[1] == {"input": "Иванов Пётр", "form": "Иванова Петра", "certain": True, "note": ""}


def test_a_refused_item_keeps_its_line_and_the_others_are_told() -> None:
    assert run("words", "amount", "1.005", "2", code=2) == ["", "2 (два) рубля 00\u00a0копеек"]
    refused = objects("words", "amount", given="-5\nNaN\n1e3\n0.001\n2,5\n\n", code=2)
    assert [each["form"] is None for each in refused] == [True, True, True, True, False, True]
    assert all(each["note"] for each in refused if each["form"] is None)


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """Return the lines that a command prints in this very process."""
    assert cli.main(arguments) == 0
    return capsys.readouterr().out.splitlines()


def test_titles_decline(capsys: pytest.CaptureFixture[str]) -> None:
    found = rows("titles")
    lines = told(capsys, "decline", "title", "--case", "ablt", *(row["title"] for row in found))
    assert [line for line, row in zip(lines, found, strict=True) if line not in row["ablt"].split("|")] == []


def test_phrases_decline_from_standard_input() -> None:
    found = rows("phrases")
    lines = run("decline", "phrase", "--case", "gent", given="\n".join(row["phrase"] for row in found) + "\n")
    assert [line for line, row in zip(lines, found, strict=True) if line not in row["gent"].split("|")] == []


def test_amounts_of_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    for row in rows("amounts"):
        options = ("--currency", row["currency"], "--style", row["style"], "--case", row["case"])
        assert plain(told(capsys, "words", "amount", *options, row["amount"])[0]) in plain(row["expected"]).split("|")


@pytest.mark.parametrize("style", ["words_nom", "words_gent", "long", "quoted"])
def test_dates_of_the_table(style: str) -> None:
    found = rows("dates")
    lines = run("words", "date", "--style", style, given="".join(f"{row['date']}\n" for row in found))
    wrong = [line for line, row in zip(lines, found, strict=True) if plain(line) not in plain(row[style]).split("|")]
    assert wrong == []


def test_counts_of_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    for row in rows("plurals"):
        (line,) = told(capsys, "words", "count", "--noun", row["noun"], "--case", row["case"], row["n"])
        assert plain(line) == row["expected"]


def test_a_noun_beyond_the_table_is_not_certain() -> None:
    (found,) = objects("words", "count", "--noun", "нотариус", "2")
    assert (found["form"], found["certain"]) == ("2\u00a0нотариуса", False)


def test_a_deadline_goes_by_the_official_calendar_or_is_refused() -> None:
    assert run("words", "deadline", "--length", "5", "2026-12-30") == ["2027-01-15"]
    (refused,) = objects("words", "deadline", "--length", "30", "2027-12-20", code=2)
    assert "2028 год" in refused["note"]


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("inn", "7707083893", "7707083894"),
        ("inn", "500100732259", "500100732258"),
        ("kpp", "770701001", "007701001"),
        ("ogrn", "1027700132195", "1027700132196"),
        ("ogrnip", "315774600000050", "315774600000051"),
        ("okpo", "00032537", "00032538"),
        ("bik", "044525225", "144525225"),
        ("snils", "112-233-445 95", "112-233-445 96"),
        ("passport", "45 10 123456", "4510 123456"),
        ("iban", "DE89370400440532013000", "DE89370400440532013001"),
        ("swift", "DEUTDEFF", "DEUTDE1"),
        ("treasury", "03100643000000018500", "40702810316540001234"),
    ],
)
def test_a_requisite_is_right_or_refused_with_a_reason(kind: str, right: str, wrong: str) -> None:
    (taken,) = objects("requisites", kind, right)
    assert taken == {"input": right, "form": right, "certain": True, "note": ""}
    (refused,) = objects("requisites", kind, wrong, code=2)
    assert (refused["form"], refused["certain"]) == (None, False)
    assert refused["note"]


def test_an_account_is_certain_only_against_its_bank() -> None:
    assert objects("requisites", "account", ACCOUNT, "--bik", BIK)[0]["certain"]
    assert not objects("requisites", "account", ACCOUNT)[0]["certain"]
    assert objects("requisites", "account", ACCOUNT, "--bik", "044525593", code=2)[0]["form"] is None
    assert objects("requisites", "correspondent", "30101810500000000674", "--bik", BIK)[0]["certain"]
    assert not objects("requisites", "account", "03100643000000018500")[0]["certain"]


def test_a_line_that_is_not_utf8_is_refused() -> None:
    (refused,) = objects("decline", "name", "--case", "gent", given=b"\xff\xfe\n", code=2)
    assert "UTF-8" in refused["note"]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["decline"], "ЧТО"),
        (["decline", "name", "Иванов Иван"], "--case"),
        (["decline", "name", "--case", "x", "Иванов Иван"], "--case"),
        (["words", "amount", "--currency", "GBP", "1"], "--currency"),
        (["words", "count", "5"], "--noun"),
        (["requisites", "ipn", "1"], "ЧТО"),
    ],
)
def test_wrong_arguments_are_named(arguments: list[str], named: str) -> None:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    ran = subprocess.run([*PROGRAM, *arguments], capture_output=True, env=environment, text=True, timeout=60)
    assert ran.returncode == 2
    assert named in ran.stderr


def test_the_projects_own_forms_are_obeyed() -> None:
    assert run("decline", "name", "--case", "gent", "Перец Иван") == ["Переца Ивана"]
