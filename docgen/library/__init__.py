"""YAML files in, checked clauses, terms, kinds and tables out."""

from docgen.library.check import check_library, value_names
from docgen.library.facts import facts_model
from docgen.library.load import Library, Placed, load_library
from docgen.library.parameters import mistake
from docgen.library.schema import (
    AnnexSpec,
    ClauseSpec,
    EditionSpec,
    EntrySpec,
    FieldSpec,
    KindSpec,
    PairSpec,
    ParagraphSpec,
    ParameterSpec,
    PartiesSpec,
    PointsSpec,
    RequisiteSpec,
    SectionSpec,
    SideSpec,
    SignatureSpec,
    TableSpec,
    TermSpec,
    TextSpec,
    VatRateSpec,
    VatSpec,
)
from docgen.library.shapes import SCALAR, Listing, Record, Scalar, Shape, merge, record_of, shape_of
from docgen.library.templates import Vocabulary, perhaps
from docgen.library.yaml import Source, read_yaml

__all__ = [
    "SCALAR",
    "AnnexSpec",
    "ClauseSpec",
    "EditionSpec",
    "EntrySpec",
    "FieldSpec",
    "KindSpec",
    "Library",
    "Listing",
    "PairSpec",
    "ParagraphSpec",
    "ParameterSpec",
    "PartiesSpec",
    "Placed",
    "PointsSpec",
    "Record",
    "RequisiteSpec",
    "Scalar",
    "SectionSpec",
    "Shape",
    "SideSpec",
    "SignatureSpec",
    "Source",
    "TableSpec",
    "TermSpec",
    "TextSpec",
    "VatRateSpec",
    "VatSpec",
    "Vocabulary",
    "check_library",
    "facts_model",
    "load_library",
    "merge",
    "mistake",
    "perhaps",
    "read_yaml",
    "record_of",
    "shape_of",
    "value_names",
]
