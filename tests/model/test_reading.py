"""JSON is read to the letter, and what cannot be read so is refused with its place."""

from __future__ import annotations

from decimal import Decimal

import pytest

from docgen.errors import OrderInvalid
from docgen.model import read_json


def refused(source: bytes | str) -> list[tuple[str, str]]:
    with pytest.raises(OrderInvalid) as caught:
        read_json(source)
    return [(problem.where, problem.code) for problem in caught.value.problems]


def test_a_huge_price_keeps_its_kopecks() -> None:
    assert read_json(b'{"price": 999999999999999.99}') == {"price": Decimal("999999999999999.99")}


def test_a_whole_number_stays_whole() -> None:
    value = read_json('{"days": 5}')["days"]
    assert (type(value), value) == (int, 5)


def test_all_repeated_keys_and_impossible_numbers_are_told_at_once() -> None:
    source = '{"a": 1, "a": 2, "b": {"c/d": 1, "c/d": 1, "n": NaN}, "l": [Infinity, 1e999999, {"x": 1, "x": 2}]}'
    assert refused(source) == [
        ("/a", "duplicate_key"),
        ("/b/c~1d", "duplicate_key"),
        ("/b/n", "number"),
        ("/l/0", "number"),
        ("/l/1", "number"),
        ("/l/2/x", "duplicate_key"),
    ]


@pytest.mark.parametrize("number", ["9" * 5000, "1e-999999", "0e999999999", "-Infinity", "1." + "0" * 5000])
def test_a_number_that_cannot_be_kept_is_refused(number: str) -> None:
    assert refused(f'{{"n": {number}}}') == [("/n", "number")]


@pytest.mark.parametrize("source", ["[" * 100_000, '{"a":' * 100_000, "[" * 51 + "]" * 51])
def test_deep_nesting_is_a_problem_and_no_crash(source: str) -> None:
    assert refused(source) == [("", "too_deep")]


def test_brackets_inside_strings_are_no_depth() -> None:
    text = "[" * 500 + '\\"'
    assert read_json(f'{{"a": "{text}"}}') == {"a": "[" * 500 + '"'}


def test_hostile_quotes_are_scanned_in_a_moment() -> None:
    assert refused('"' + '\\"' * 200_000) == [("", "json")]


def test_too_much_data_is_refused_unread() -> None:
    assert refused(b" " * (2 * 1024 * 1024 + 1)) == [("", "too_large")]


@pytest.mark.parametrize(
    "source",
    [
        b"\xef\xbb\xbf{}",
        "\ufeff{}",
        '{"a": 1}'.encode("utf-16"),
        '{"a": 1}'.encode("utf-16-le"),
        '{"a": "Пермь"}'.encode("cp1251"),
        b'{"a": "\xed\xa0\x80"}',
    ],
)
def test_another_encoding_is_refused_with_a_cure(source: bytes | str) -> None:
    with pytest.raises(OrderInvalid) as caught:
        read_json(source)
    (problem,) = caught.value.problems
    assert (problem.where, problem.code) == ("", "encoding")
    assert "UTF-8" in problem.hint


def test_a_slip_of_syntax_names_line_and_column() -> None:
    with pytest.raises(OrderInvalid) as caught:
        read_json('{\n  "a": 1\n  "b": 2\n}')
    (problem,) = caught.value.problems
    assert (problem.where, problem.code) == ("", "json")
    assert problem.message == "строка 3, столбец 3: здесь нужна запятая или закрывающая скобка"


@pytest.mark.parametrize(
    "source",
    [
        "",
        "{",
        "{'a': 1}",
        '{"a" 1}',
        '{"a": 1,}',
        "{} {}",
        '{"a": "b',
        '{"a": "\n"}',
        '{"a": "\\q"}',
        '{"a": "\\u12"}',
        "nope",
    ],
)
def test_every_slip_of_syntax_is_told_in_russian(source: str) -> None:
    with pytest.raises(OrderInvalid) as caught:
        read_json(source)
    (problem,) = caught.value.problems
    assert (problem.where, problem.code) == ("", "json")
    assert "ошибка записи" not in problem.message
    assert not any(word in problem.message for word in ("Expecting", "Invalid", "Extra"))


@pytest.mark.parametrize("source", ["[]", '"a"', "1", "null"])
def test_anything_but_an_object_is_refused(source: str) -> None:
    assert refused(source) == [("", "type")]


def test_a_repeated_key_that_cannot_be_printed_is_still_named() -> None:
    assert refused('{"\\ud800": 1, "\\ud800": 2}') == [("/U+D800", "duplicate_key")]
