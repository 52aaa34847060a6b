"""The model's classes in, the shapes of every name a kind's texts may use out (for the library's check)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import signature
from typing import Any

from pydantic import BaseModel

from docgen.assembly.advice import ADVICE_FUNCTIONS
from docgen.assembly.filters import vocabulary
from docgen.library import (
    ANY,
    BOOLEAN,
    DATE,
    DECIMAL,
    INTEGER,
    TEXT,
    Argument,
    Call,
    KindSpec,
    Listing,
    Placed,
    Record,
    Shape,
    Vocabulary,
    merge,
    record_of,
)
from docgen.model import Matter


def _item(shape: Shape) -> Shape:
    return shape.of if isinstance(shape, Listing) else shape


def _fields(shape: Shape) -> Mapping[str, Shape]:
    return shape.fields if isinstance(shape, Record) else {}


MATTER = record_of(Matter)
CLIENT, SPECIALISTS = _item(MATTER.fields["clients"]), _fields(MATTER.fields["firm"])["specialists"]
BASE: Mapping[str, Shape] = {
    "kind": TEXT,
    "date": DATE,
    "number": TEXT,
    "matter": MATTER,
    "facts": ANY,
    "parameters": ANY,
}
ACCOUNT = _item(_fields(MATTER.fields["firm"])["accounts"])
ORDER = Record({"date": DATE, "language": TEXT, "preset": TEXT})
CLAUSE = Record({"id": TEXT, "variant": TEXT, "checked": DATE, "parameters": ANY, "words": TEXT})
LINE = Record({"title": TEXT, "unit": TEXT, "quantity": TEXT, "price": DECIMAL, "amount": DECIMAL})
ENTRY = Record({"on": DATE, "document": TEXT, "debit": DECIMAL, "credit": DECIMAL})
TAX = Record({"profile": TEXT, "rate": DECIMAL, "phrase": TEXT})

_ROWS = Argument("rows", Listing(ANY))
_FIELD = Argument("field", field_of="rows")
_AMOUNT, _RATE = Argument("amount", DECIMAL), Argument("rate", DECIMAL)
_TWO = Call(DECIMAL, (Argument("first", DECIMAL), Argument("second", DECIMAL)))
CALCULATIONS: Mapping[str, Call] = {
    "tax_profile": Call(TAX, (_ROWS, Argument("clients", Listing(ANY)), Argument("day", DATE))),
    "vat_in": Call(DECIMAL, (_AMOUNT, _RATE)),
    "vat_on": Call(DECIMAL, (_AMOUNT, _RATE)),
    "vat_total": Call(DECIMAL, (_ROWS, _FIELD, _AMOUNT, _RATE)),
    "sum_of": Call(DECIMAL, (_ROWS, _FIELD)),
    **dict.fromkeys(("minus", "excess", "times"), _TWO),
    "plus": Call(ANY, _TWO.takes),  # whole numbers give a whole number
    "part_of": Call(DECIMAL, (_AMOUNT, Argument("part", DECIMAL), Argument("whole", DECIMAL))),
    "billed_minutes": Call(
        INTEGER,
        (Argument("first", INTEGER), Argument("second", INTEGER), Argument("step"), Argument("rounding", TEXT)),
    ),
    "any_of": Call(BOOLEAN, (_ROWS, _FIELD, Argument("value", TEXT))),
    "specialists_named": Call(SPECIALISTS, (Argument("specialists", Listing(ANY)), Argument("names", Listing(TEXT)))),
    "attorneys_named": Call(
        SPECIALISTS,
        (Argument("attorneys", Listing(ANY)), Argument("names", Listing(TEXT)), Argument("party", optional=True)),
    ),
    "names_party": Call(BOOLEAN, (Argument("names", Listing(TEXT)), Argument("party"))),
    "principal_of": Call(CLIENT, (Argument("clients", Listing(ANY)), Argument("number", INTEGER))),
    "billed_lines": Call(Listing(LINE), (Argument("matter"), Argument("facts"))),
    "corrected_lines": Call(Listing(LINE), (Argument("matter"), Argument("original"), Argument("facts"))),
    "in_period": Call(ANY, (_ROWS, Argument("start", DATE), Argument("until", DATE))),
    "having": Call(ANY, (_ROWS, _FIELD, Argument("value", TEXT))),
    "earlier_acts": Call(DECIMAL, (Argument("matter"), Argument("facts"), Argument("day", DATE))),
    "planned": Call(ANY, (_ROWS, Argument("day", DATE))),
    "last_day_to_pay": Call(DATE, (Argument("matter"), Argument("base"), Argument("given"), Argument("day", DATE))),
    "paid_before": Call(MATTER.fields["payments"], (Argument("matter"), Argument("day", DATE))),
    "set_off": Call(DECIMAL, (Argument("paid", DECIMAL), Argument("before", DECIMAL), Argument("total", DECIMAL))),
    **dict.fromkeys(
        ("settlement_entries", "agency_entries"),
        Call(Listing(ENTRY), (Argument("matter"), Argument("start", DATE), Argument("until", DATE))),
    ),
    "with_opening": Call(Listing(ENTRY), (_ROWS, Argument("opening", DECIMAL), Argument("start", DATE))),
    "balance": Call(DECIMAL, (Argument("opening"), Argument("debit", DECIMAL), Argument("credit", DECIMAL))),
    "turnover": Call(DECIMAL, (_ROWS, Argument("side", TEXT))),
    "invoiced_lines": Call(Listing(LINE), (Argument("matter"), Argument("base"))),
    "account_of": Call(ACCOUNT, (Argument("firm"), Argument("number", INTEGER))),
    "age": Call(INTEGER, (Argument("born", DATE), Argument("day", DATE))),
}


def library_vocabulary() -> Vocabulary:
    """Return the filters and functions that clause texts may call."""
    return vocabulary(CALCULATIONS, {name: _advice_call(name, made) for name, made in ADVICE_FUNCTIONS.items()})


_GIVES: Mapping[str, Shape] = {
    "matches": BOOLEAN,
    "same_part": BOOLEAN,
    "sayings": Listing(Record({"words": TEXT})),
    "listed": TEXT,
    "place": TEXT,
    "variant_of": TEXT,
    "days_between": INTEGER,
    "year_of": INTEGER,
    "percent_of": INTEGER,
    "count_of": INTEGER,
}


def _advice_call(name: str, made: Callable[..., Any]) -> Call:
    """Return what a function of rules takes and gives; rows stay of the sort that they were, unknown to the check."""
    taken = [one for one in signature(made).parameters.values() if one.name != "context"]
    arguments = tuple(Argument(one.name, optional=one.default is not one.empty) for one in taken)
    return Call(_GIVES.get(name, ANY), arguments)


def context_of(facts_of: Callable[[KindSpec], type[BaseModel]]) -> Callable[[Placed[KindSpec]], Mapping[str, Shape]]:
    """Return a function that gives the shapes of a kind's facts; ``<party>`` and the like name shapes for phrases."""

    def shapes(kind: Placed[KindSpec]) -> Mapping[str, Shape]:
        return {
            "matter": MATTER,
            "firm": MATTER.fields["firm"],
            "clients": MATTER.fields["clients"],
            "purpose": MATTER.fields["purpose"],
            "facts": record_of(facts_of(kind.spec)),
            "order": ORDER,
            "base": Record({**BASE, "base": Record(BASE), "root": Record(BASE)}),
            "changed": Record(dict.fromkeys(MATTER.fields, BOOLEAN)),
            **_named(MATTER),
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
        "<specialist>": _item(SPECIALISTS),
        "<specialists>": SPECIALISTS,
        "<boolean>": BOOLEAN,
        "<date>": DATE,
        "<court>": matter.fields["court"],
        "<text>": TEXT,
        "<advice>": Record(
            {
                "parties": Listing(party),
                "signatories": Listing(signatory),
                "clauses": Listing(CLAUSE),
                "special_terms": Listing(Record({"words": TEXT})),
            }
        ),
        "<money>": DECIMAL,
    }
