"""The model's classes in, the shapes of every name a kind's texts may use out (for the library's check)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pydantic import BaseModel

from docgen.assembly.calculations import FIGURES
from docgen.assembly.filters import vocabulary
from docgen.library import SCALAR, KindSpec, Listing, Placed, Record, Shape, Vocabulary, merge, record_of
from docgen.model import Matter

ORDER = Record({"date": SCALAR, "language": SCALAR, "preset": SCALAR})
BASE = Record({"date": SCALAR, "number": SCALAR})
TAX = Record({"profile": SCALAR, "rate": SCALAR, "phrase": SCALAR})

CALCULATIONS: Mapping[str, Shape] = {"tax_profile": TAX, **dict.fromkeys(FIGURES, SCALAR)}


def library_vocabulary() -> Vocabulary:
    """Return the filters and functions that clause texts may call."""
    return vocabulary(CALCULATIONS)


def context_of(facts_of: Callable[[KindSpec], type[BaseModel]]) -> Callable[[Placed[KindSpec]], Mapping[str, Shape]]:
    """Return a function that gives the shapes of a kind's facts; ``<party>`` and the like name shapes for phrases."""
    matter = record_of(Matter)

    def shapes(kind: Placed[KindSpec]) -> Mapping[str, Shape]:
        return {
            "matter": matter,
            "firm": matter.fields["firm"],
            "clients": matter.fields["clients"],
            "purpose": matter.fields["purpose"],
            "facts": record_of(facts_of(kind.spec)),
            "order": ORDER,
            "base": BASE,
            "changed": Record(dict.fromkeys(matter.fields, SCALAR)),
            **_named(matter),
        }

    return shapes


def _named(matter: Record) -> dict[str, Shape]:
    """Return the shapes that a phrase may say it takes."""
    firm, client = matter.fields["firm"], _item(matter.fields["clients"])
    party = merge([firm, client])
    fields = _fields(party)
    signatory = _item(fields["signatories"])
    return {
        "<party>": party,
        "<signatory>": signatory,
        "<signatories>": fields["signatories"],
        "<representative>": fields["representative"],
        "<basis>": _fields(signatory)["basis"],
        "<managing>": fields["managing"],
        "<service>": _item(matter.fields["services"]),
        "<due>": _fields(_item(matter.fields["services"]))["due"],
        "<account>": _item(fields["accounts"]),
        "<specialist>": _item(_fields(firm)["specialists"]),
        "<court>": matter.fields["court"],
        "<text>": SCALAR,
    }


def _item(shape: Shape) -> Shape:
    return shape.of if isinstance(shape, Listing) else shape


def _fields(shape: Shape) -> Mapping[str, Shape]:
    return shape.fields if isinstance(shape, Record) else {}
