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


def test_the_words_of_a_block_begin_one_line_below_its_key() -> None:
    source = read_yaml("a.yaml", "ru: |\n  текст\nen: text\n")
    assert (source.text_line(("ru",)), source.text_line(("en",))) == (2, 3)
