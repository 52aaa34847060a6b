"""What cannot be printed is refused where it stands; what may be printed differently is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from docgen.errors import OrderInvalid
from docgen.model import Part, parse_order, strings

Raw = dict[str, Any]
Problems = Callable[..., list[tuple[str, str]]]

HOSTILE = {
    "null": "\0",
    "tab": "\t",
    "carriage return alone": "\r",
    "escape": "\x1b",
    "delete": "\x7f",
    "next line": "\x85",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
    "right-to-left override": "\u202e",
    "left-to-right isolate": "\u2066",
    "arabic letter mark": "\u061c",
    "zero-width space": "\u200b",
    "soft hyphen": "\u00ad",
    "byte order mark": "\ufeff",
    "lone high surrogate": "\ud800",
    "lone low surrogate": "\udfff",
    "noncharacter": "\ufffe",
    "noncharacter of the second block": "\ufdd0",
    "noncharacter of a far plane": "\U0010ffff",
    "token mark": "\ue000",
    "other token mark": "\ue001",
}


@pytest.mark.parametrize("char", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("pointer", ["number", "purpose", "place"])
def test_a_hostile_character_is_one_problem(order: Raw, problems: Problems, pointer: str, char: str) -> None:
    order["matter"][pointer] = f"a{char}b"
    assert problems(order) == [(f"/matter/{pointer}", "character")]


@pytest.mark.parametrize("char", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_character_in_a_key_points_to_the_object(order: Raw, problems: Problems, char: str) -> None:
    order["matter"][f"numb{char}er"] = "1"
    assert problems(order) == [("/matter", "character")]


def test_a_field_under_a_key_with_a_hostile_character_is_not_asked_for_again(
    order: Raw, parties: dict[str, Raw], problems: Problems
) -> None:
    order["matter"]["clients"].append(parties["entrepreneur"])
    order["matter"]["obligation\u200b"] = "joint"
    order["matter"]["num\u00adber"] = order["matter"].pop("number")
    assert problems(order) == [("/matter", "character"), ("/matter", "character")]


@pytest.mark.parametrize("char", HOSTILE.values(), ids=HOSTILE)
def test_every_problem_can_be_written_as_utf8(order: Raw, char: str) -> None:
    order["matter"][f"k{char}"] = {"kind": f"x{char}"}
    order["matter"]["clients"][0]["kind"] = f"{char}"
    with pytest.raises(OrderInvalid) as caught:
        parse_order(order, Part, blanks=False)
    for problem in caught.value.problems:
        line = problem.line()
        assert char not in line
        assert line.encode()


def test_a_hostile_kind_hides_nothing_else_and_breeds_nothing(order: Raw, problems: Problems) -> None:
    order["matter"]["clients"][0]["kind"] = "compa\u200eny"
    order["matter"]["clients"][0]["accounts"] = [{"account": "1"}]
    order["matter"]["fee"]["amount"] = 1000000
    assert problems(order) == [
        ("/matter/clients/0/kind", "character"),
        ("/matter/fee/amount", "services_sum"),
        ("/matter/fee/amount", "stages_sum"),
    ]


def test_the_cure_names_the_code_of_the_character(order: Raw) -> None:
    order["matter"]["number"] = "15\u202e/26"
    with pytest.raises(OrderInvalid, match=r"U\+202E \(невидимый символ\), по счёту 3-й; удалите его"):
        parse_order(order, Part, blanks=False)


@pytest.mark.parametrize("space", ["\u202f", "\u2009"])
def test_narrow_spaces_become_no_break_spaces_with_a_warning(order: Raw, space: str) -> None:
    order["matter"]["number"] = f"15{space}26"
    made, warnings = parse_order(order, Part, blanks=False)
    assert made.matter.number == "15\u00a026"
    assert [(warning.where, warning.code) for warning in warnings] == [("/matter/number", "space_replaced")]


def test_windows_line_ends_become_line_feeds(order: Raw) -> None:
    order["matter"]["services"][0]["action"] = "иск\r\nи отзыв"
    made, warnings = parse_order(order, Part, blanks=False)
    assert (made.matter.services[0].action, warnings) == ("иск\nи отзыв", ())


def test_a_windows_line_end_in_one_line_is_a_line_break(order: Raw, problems: Problems) -> None:
    order["matter"]["place"] = "г. Пермь\r\nул. Мира"
    assert problems(order) == [("/matter/place", "line_break")]


@pytest.mark.parametrize("name", ["ООО «Ромашка & Ко» <b>{{ 7*7 }}</b> {_{x}_} **y** ]]> ref('fee')", "№ – — “”"])
def test_marks_of_other_languages_stay_as_typed(order: Raw, name: str) -> None:
    order["matter"]["clients"][0]["name"] = name
    made, warnings = parse_order(order, Part, blanks=False)
    assert (made.matter.clients[0].name, warnings) == (name, ())


def test_strings_give_what_fonts_must_show() -> None:
    raw = {"a": "б\u2009в", "c": [{"d": "е\r\nё"}], "bad": "\u202e", "k\u202e": "з", "n": 5, "z": None}
    assert list(strings(raw)) == [("/a", "б\u00a0в"), ("/c/0/d", "е\nё")]
