"""The JSON Schema says what the model checks, in Russian."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docgen.model import Blankable, Line, Part, order_schema


class Facts(Part):
    note: Blankable[Line] | None = None


class Needed(Part):
    note: Blankable[Line]


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for item in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from nodes(item)


def test_it_is_of_the_latest_draft_and_names_the_kind() -> None:
    schema = order_schema(Facts, "services_agreement")
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["properties"]["kind"]["const"] == "services_agreement"


def test_fields_are_named_as_in_the_order() -> None:
    schema = order_schema(Facts, "x")
    assert {"schema", "matter", "clauses"} <= set(schema["properties"])
    assert {"from", "until"} == set(schema["$defs"]["Term"]["properties"])


def test_every_field_of_the_matter_has_a_russian_title() -> None:
    for name, definition in order_schema(Facts, "x")["$defs"].items():
        for field, spec in definition.get("properties", {}).items():
            if name != "Facts":
                assert any("а" <= letter <= "я" or "А" <= letter <= "Я" for letter in spec.get("title", "")), (
                    name,
                    field,
                )


def test_unknown_fields_are_closed_everywhere() -> None:
    schema = order_schema(Facts, "x")
    assert all(node["additionalProperties"] is not True for node in nodes(schema) if "additionalProperties" in node)
    assert all(part["additionalProperties"] is False for part in schema["$defs"].values())


def test_lists_that_may_not_be_empty_say_so() -> None:
    assert order_schema(Facts, "x")["$defs"]["Matter"]["properties"]["clients"]["minItems"] == 1


def test_the_firm_and_empty_facts_may_be_absent() -> None:
    schema = order_schema(Facts, "x")
    assert "firm" not in schema["$defs"]["Matter"]["required"]
    assert "facts" not in schema["required"]
    assert "facts" in order_schema(Needed, "x")["required"]


def test_parties_are_told_apart_by_their_kind() -> None:
    clients = order_schema(Facts, "x")["$defs"]["Matter"]["properties"]["clients"]["items"]
    assert clients["discriminator"]["propertyName"] == "kind"
    assert set(clients["discriminator"]["mapping"]) == {
        "budget_institution",
        "company",
        "entrepreneur",
        "foreign_company",
        "individual",
        "self_employed",
    }
