"""How YAML is read: own types, line marks, every slip told."""

from datetime import date
from decimal import Decimal

import pytest

from docgen.library import read_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12:30", "12:30"),
        ("0.10", Decimal("0.10")),
        ("1.5", Decimal("1.5")),
        ("no", "no"),
        ("true", True),
        ("007", "007"),
        ("2026-11-22", date(2026, 11, 22)),
        ("1e5", "1e5"),
    ],
)
def test_a_scalar_means_what_a_lawyer_typed(text: str, value: object) -> None:
    read = read_yaml("a.yaml", f"x: {text}\n").data["x"]
    assert (read, type(read)) == (value, type(value))


def test_a_duplicate_key_is_told_with_both_lines_and_the_first_stands() -> None:
    source = read_yaml("a.yaml", "a: 1\nb: 2\na: 3\n")
    assert source.data == {"a": 1, "b": 2}
    assert [(problem.where, problem.code) for problem in source.problems] == [("a.yaml:3", "duplicate_key")]
    assert "в строке 1" in source.problems[0].message


def test_words_lost_in_a_comment_are_told() -> None:
    source = read_yaml("a.yaml", "a: «текст» # п. 5\nb: 3 # note\nc: |\n  текст # п. 5\n")
    assert [(problem.where, problem.code) for problem in source.problems] == [("a.yaml:1", "cut_text")]
    assert source.data["c"] == "текст # п. 5\n"


def test_broken_yaml_is_one_problem_and_gives_the_words_that_may_be_defined_in_it() -> None:
    source = read_yaml("a.yaml", "clauses:\n  fee: [\n  subject:\n")
    assert [problem.code for problem in source.problems] == ["bad_yaml"]
    assert {"fee", "subject"} <= source.words


def test_a_day_that_does_not_exist_is_refused() -> None:
    assert [problem.code for problem in read_yaml("a.yaml", "a: 2026-02-30\n").problems] == ["bad_value"]


@pytest.mark.parametrize(
    "text",
    [
        "x: |\n  один\n  два\n",
        "x: >\n  один\n  два\n",
        "x: >-\n\n\n  один\n\n  два\n",
        "x: один\n  ещё\n  два\n",
        'x: "один\n  ещё\n\n  два"\n',
        'x: "один \\"а\\" \\n \\\n  два"\n',
        "x: &name 'один\n  ''два'''\n",
        "x:\n  &name\n  один\n  два\n",
    ],
)
def test_the_words_of_a_text_keep_the_lines_of_the_file(text: str) -> None:
    source = read_yaml("a.yaml", text)
    passage = source.passage(("x",), source.data["x"])
    wanted = [number for number, line in enumerate(text.split("\n"), 1) if "два" in line]
    told = [number for number, line in enumerate(passage.text.split("\n"), passage.line) if "два" in line]
    assert told == wanted


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("a: 1\nb: [c, d\ne: 2\n", 2, "скобка"),
        ("a: 1\nb: {c: d\n", 2, "скобка"),
        ('a: 1\nb: "c\nd: 2\n', 2, "кавычка"),
        ('a: 1\nb: "c\nd: "e"\nf: 2\n', 2, "кавычка"),
        ("a: 1\nbcd\ne: 2\n", 2, "двоеточия"),
        ("a: 1\nb: c: d\n", 2, "двоеточие"),
        ("a:\n\t- b\n", 2, "табуляци"),
        ("a: 1\nb: *c\n", 2, "не определено"),
        ("a: 1\nb: &c [*c]\n", 2, "самого себя"),
        ("a: 1\nb: \x07\n", 2, "U+0007"),
        ("a: 1\nb: " + "[" * 5000 + "\n", 2, "вложенность"),
        ("a: 1\nb: !!python/object:os.system x\n", 2, "тег"),
        ("a: 1\n? [b, c]\n: d\n", 2, "список"),
        ("a: 1\nb: " + "9" * 5000 + "\n", 2, "цифр"),
        ('a: 1\nb: "\\UFFFFFFFF"\n', 2, "код"),
        ("a: 1\n--- \nb: 2\n", 2, "---"),
    ],
)
def test_a_slip_of_yaml_is_one_problem_at_its_own_line(text: str, line: int, word: str) -> None:
    (problem,) = read_yaml("a.yaml", text).problems
    assert problem.where == f"a.yaml:{line}"
    assert word in problem.message
    assert problem.hint


def test_an_alias_bomb_is_told_and_not_written_out() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    (problem,) = read_yaml("a.yaml", bomb).problems
    assert problem.code == "bad_yaml"
    assert "велик" in problem.message


def test_a_second_area_of_a_file_is_told_and_joined_to_the_first() -> None:
    source = read_yaml("a.yaml", "a: {b: 1}\na: {c: 2}\n")
    assert source.data == {"a": {"b": 1, "c": 2}}
    assert [problem.code for problem in source.problems] == ["duplicate_key"]
