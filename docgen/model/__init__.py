"""JSON in, frozen Order out: parties, requisites, matter, money, and every mistake at once."""

from docgen.model.blank import Blank, has_blank
from docgen.model.matter_file import MatterFile, next_number, read_matter_file
from docgen.model.order import ALL_PARTS, Choices, Matter, Order
from docgen.model.parse import inherited_matter, parse_order
from docgen.model.patch import apply_patch, fits
from docgen.model.place import bare
from docgen.model.reading import read_json, scan_json
from docgen.model.schema import order_schema
from docgen.model.text import strings
from docgen.model.types import (
    Blankable,
    Boolean,
    Count,
    Date,
    Identifier,
    Integer,
    Items,
    Line,
    Lines,
    Money,
    Number,
    Part,
    Percent,
    Some,
    choice,
)
from docgen.model.walk import JsonObject, found, leaves, pointer_join, pointer_split
from docgen.model.writing import write_json

__all__ = [
    "ALL_PARTS",
    "Blank",
    "Blankable",
    "Boolean",
    "Choices",
    "Count",
    "Date",
    "Identifier",
    "Integer",
    "Items",
    "JsonObject",
    "Line",
    "Lines",
    "Matter",
    "MatterFile",
    "Money",
    "Number",
    "Order",
    "Part",
    "Percent",
    "Some",
    "apply_patch",
    "bare",
    "choice",
    "fits",
    "found",
    "has_blank",
    "inherited_matter",
    "leaves",
    "next_number",
    "order_schema",
    "parse_order",
    "pointer_join",
    "pointer_split",
    "read_json",
    "read_matter_file",
    "scan_json",
    "strings",
    "write_json",
]
