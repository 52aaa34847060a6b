"""A patch changes what it names and nothing else, or is refused with the path that is not there."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from docgen.errors import Operation
from docgen.model import apply_patch

ORDER: dict[str, Any] = {"facts": {"forums": ["tax", "general"], "a/b~c": 1, "note": None}}


@pytest.mark.parametrize(
    ("operation", "facts"),
    [
        (Operation("add", "/facts/court", "…"), {"court": "…"}),
        (Operation("add", "/facts/note", "…"), {"note": "…"}),
        (Operation("replace", "/facts/a~1b~0c", 2), {"a/b~c": 2}),
        (Operation("add", "/facts/forums/0", "deal"), {"forums": ["deal", "tax", "general"]}),
        (Operation("add", "/facts/forums/2", "deal"), {"forums": ["tax", "general", "deal"]}),
        (Operation("add", "/facts/forums/-", "deal"), {"forums": ["tax", "general", "deal"]}),
        (Operation("replace", "/facts/forums/1", "deal"), {"forums": ["tax", "deal"]}),
        (Operation("remove", "/facts/forums/0"), {"forums": ["general"]}),
    ],
)
def test_an_operation_changes_its_place(operation: Operation, facts: dict[str, Any]) -> None:
    order = copy.deepcopy(ORDER)
    assert apply_patch(order, [operation]) == {"facts": {**ORDER["facts"], **facts}}
    assert order == ORDER


def test_a_removal_takes_the_name_away() -> None:
    assert apply_patch(ORDER, [Operation("remove", "/facts/note")])["facts"].keys() == {"forums", "a/b~c"}


@pytest.mark.parametrize(
    "operation",
    [
        Operation("remove", "/facts/court"),
        Operation("replace", "/facts/court", "…"),
        Operation("add", "/matter/number", "1"),
        Operation("add", "/facts/note/inside", "1"),
        Operation("add", "/facts/forums/3", "deal"),
        Operation("add", "/facts/forums/first", "deal"),
        Operation("replace", "/facts/forums/-", "deal"),
        Operation("remove", "/facts/forums/2"),
        Operation("remove", ""),
        Operation("remove", "firm.yaml:12"),
    ],
)
def test_a_place_that_is_not_there_is_refused_by_its_path(operation: Operation) -> None:
    with pytest.raises(KeyError) as raised:
        apply_patch(ORDER, [Operation("remove", "/facts/note"), operation])
    assert raised.value.args == (operation.path,)


def test_what_was_put_in_is_no_part_of_the_patch() -> None:
    operation = Operation("add", "/facts/list", [1])
    apply_patch(ORDER, [operation])["facts"]["list"].append(2)
    assert operation.value == [1]
