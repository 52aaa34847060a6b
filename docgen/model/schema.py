"""The model of an order in, its JSON Schema (draft 2020-12) with Russian titles out."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from docgen.model.order import ALL_PARTS, order_type

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def order_schema(facts: type[BaseModel], kind: str, needs: frozenset[str] = ALL_PARTS) -> dict[str, Any]:
    """Return the schema of an order of one kind; the firm may be absent, it may stand in a file of its own."""
    schema = order_type(facts, needs).model_json_schema(by_alias=True)
    schema["$defs"]["Matter"]["required"].remove("firm")
    if not any(field.is_required() for field in facts.model_fields.values()):
        schema["required"].remove("facts")
    schema["properties"]["kind"] = {"const": kind, "title": "Вид документа"}
    return {"$schema": DIALECT, **schema, "title": "Заказ документа"}
