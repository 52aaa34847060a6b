"""The form's table: every choice has a Russian word, every question its place, and nothing in it is idle or unknown."""

from __future__ import annotations

import re
import types
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

import pytest
from pydantic import BaseModel

from docgen.config import Settings
from docgen.library import (
    FieldSpec,
    FormSpec,
    Library,
    ParameterSpec,
    choice_words,
    defaults_for,
    facts_model,
    field_help,
    field_norm,
)
from docgen.library.form import PARTIES
from docgen.model import Matter, Order
from docgen.service import Service, build_service
from tests.conftest import ROOT

CHOSEN_BEFORE = {"schema", "kind", "language", "matter"}
"""Fields of an order that nobody is asked for: its version and language, its kind, the parts of its matter."""


class Asked(NamedTuple):
    """A field as the form asks for it: its path, its kind of document, label, help and values."""

    path: str
    kind: str
    label: str
    help: str
    values: tuple[str, ...]


def model_fields(annotation: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield (path, field, annotation) of every field of every member of every union."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, info in annotation.model_fields.items():
            here = f"{path}.{info.alias or name}".lstrip(".")
            yield here, info, info.annotation
            yield from model_fields(info.annotation, here)
    elif get_origin(annotation) in (Annotated, Union, types.UnionType, tuple, dict):
        for member in get_args(annotation):
            yield from model_fields(member, path)


def literals(annotation: Any) -> tuple[str, ...]:
    """Return the words of a Literal, in a list or beside None; numbers are their own words."""
    if get_origin(annotation) is Literal:
        return tuple(value for value in get_args(annotation) if isinstance(value, str))
    if isinstance(annotation, type):
        return ()
    return tuple(value for member in get_args(annotation) for value in literals(member))


def of_model(model: type[BaseModel], path: str = "", kind: str = "") -> Iterator[Asked]:
    for here, info, annotation in model_fields(model, path):
        yield Asked(here, kind, info.title or "", info.description or "", literals(annotation))


def of_specs(owner: str, specs: Mapping[str, FieldSpec | ParameterSpec]) -> Iterator[Asked]:
    for name, spec in specs.items():
        yield Asked(f"{owner}.{name}", "", spec.label, spec.help, spec.values or ())


def known_as(one: Asked) -> list[str]:
    """Return the paths by which the table may speak of a field, the nearest first."""
    near = [f"{one.kind}.{one.path.removeprefix('facts.')}"] if one.kind else []
    party = ["party." + one.path.removeprefix(at) for at in PARTIES if one.path.startswith(at)]
    return [*near, one.path, *party]


def values_of(asked: list[Asked]) -> dict[tuple[str, str], list[str]]:
    """Return the values of each choice by its path and kind of document, those of all members of a union together."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in asked:
        known = found.setdefault((one.path, one.kind), [])
        known += [value for value in one.values if value not in known]
    return {place: values for place, values in found.items() if values}


@pytest.fixture(scope="module")
def library(service: Service) -> Library:
    return service.library


@pytest.fixture(scope="module")
def form(library: Library) -> FormSpec:
    assert library.form is not None
    return library.form.spec


@pytest.fixture(scope="module")
def asked(library: Library) -> list[Asked]:
    """Give everything that a form of any kind of document may ask."""
    facts = [one for name, kind in library.kinds.items() for one in of_model(facts_model(kind.spec), "facts", name)]
    parameters = [one for name, clause in library.clauses.items() for one in of_specs(name, clause.spec.parameters)]
    return [*of_model(Order), *facts, *parameters]


@pytest.fixture(scope="module")
def paths(asked: list[Asked]) -> set[str]:
    """Give every path that the table may speak of."""
    return {path for one in asked for path in known_as(one)}


# --- words -----------------------------------------------------------------------------------


def test_the_walk_sees_unions_lists_facts_and_parameters(asked: list[Asked]) -> None:
    values = values_of(asked)
    assert len(values["matter.clients.kind", ""]) == len(values["matter.beneficiary.kind", ""]) == 6
    assert values["matter.signed.differs", ""][0] == "purpose"
    assert values["matter.clients.representative.relation", ""][0] == "mother"
    assert values["facts.forums", "power_of_attorney"][0] == "arbitration"
    assert values["fee_time.travel_time", ""] == ["free", "half", "full"]
    assert len(values) > 80


def test_every_value_of_every_choice_has_a_russian_word(form: FormSpec, asked: list[Asked]) -> None:
    choices = [(one, value, choice_words(form, one.path, value, one.kind)) for one in asked for value in one.values]
    assert [(one.path, value) for one, value, word in choices if not re.match("[А-Яа-яё]", word)] == []


def test_no_two_values_of_a_choice_are_called_the_same(form: FormSpec, asked: list[Asked]) -> None:
    for (path, kind), values in values_of(asked).items():
        assert len({choice_words(form, path, value, kind) for value in values}) == len(values), path


def test_words_are_short_and_begin_small(form: FormSpec) -> None:
    words = [*form.words.values(), *(word for own in form.own_words.values() for word in own.values())]
    assert [word for word in words if len(word) > 50 or word != word.strip() or word.endswith(".")] == []
    assert [word for word in words if word[0].isupper()] == ["Верховный Суд РФ"]


def test_no_word_is_idle(form: FormSpec, asked: list[Asked]) -> None:
    general, own = set[str](), set[tuple[str, str]]()
    for one in asked:
        for value in one.values:
            at = next((path for path in known_as(one) if value in form.own_words.get(path, {})), "")
            own.add((at, value))
            if not at:
                general.add(value)
    assert set(form.words) - general == set()
    assert {(path, value) for path, words in form.own_words.items() for value in words} - own == set()


def test_an_own_word_differs_from_the_general_one(form: FormSpec) -> None:
    general = form.words.items()
    assert [(path, pair) for path, words in form.own_words.items() for pair in words.items() if pair in general] == []


def test_an_own_word_wins_and_a_strange_value_is_shown_as_it_is(form: FormSpec) -> None:
    assert choice_words(form, "facts.manner", "joint", "power_of_attorney") == "только вместе"
    assert choice_words(form, "power_of_attorney.manner", "joint") == "только вместе"
    assert choice_words(form, "matter.obligation", "joint") == "солидарная"
    assert choice_words(form, "matter.payer.document.kind", "other") == "иной документ"
    assert choice_words(form, "fee_instances.postponed", "free") != choice_words(form, "fee_time.travel_time", "free")
    assert choice_words(form, "matter.fee.time.step_minutes", 15) == "15"
    assert choice_words(form, "matter.fee.model", "barter") == "barter"


# --- questions -------------------------------------------------------------------------------


def test_every_field_that_a_person_fills_stands_in_exactly_one_section(form: FormSpec) -> None:
    top = {info.alias or name for name, info in Order.model_fields.items()} - CHOSEN_BEFORE
    parts = {f"matter.{info.alias or name}" for name, info in Matter.model_fields.items()}
    listed = Counter(path for section in form.sections for path in section.paths)
    assert {path for path in listed if path in top | parts} == top | parts
    assert set(listed.values()) == {1}


def test_what_stands_apart_from_its_whole_has_the_whole_elsewhere(form: FormSpec) -> None:
    listed = {path for section in form.sections for path in section.paths}
    inner = {path for path in listed if path.count(".") > path.startswith("matter.")}
    assert {path.rpartition(".")[0] for path in inner} <= listed
    assert len({section.id for section in form.sections}) == len(form.sections)


def test_the_order_of_questions_is_a_lawyers(form: FormSpec) -> None:
    ids = [section.id for section in form.sections]
    asked = ["client", "opponents", "task", "fee", "dates", "firm", "clauses"]
    assert [one for one in ids if one in asked] == asked


def test_every_path_exists(form: FormSpec, paths: set[str]) -> None:
    listed = {path for section in form.sections for path in section.paths}
    named = listed | {one.path for one in form.defaults} | {*form.own_words, *form.help, *form.norms}
    assert named - paths == set()


def test_no_help_on_screen_speaks_of_json(form: FormSpec, asked: list[Asked]) -> None:
    helps = [(one.path, field_help(form, one.path, one.help, one.kind)) for one in asked]
    assert [(path, words) for path, words in helps if re.search(r"[a-z]{2,}", words)] == []
    assert [(path, words) for path, words in helps if len(words) > 200] == []


def test_help_is_the_forms_own_or_the_fields(form: FormSpec) -> None:
    assert field_help(form, "facts.form", "paper — на бумаге", "act").startswith("Электронный документ")
    assert field_help(form, "facts.form", "", "power_of_attorney").startswith("Электронная доверенность")
    assert field_help(form, "matter.signed.note", "где лежит скан") == "где лежит скан"


def test_norms_stand_in_the_librarys_table(form: FormSpec, library: Library) -> None:
    norms = {*form.norms.values(), *(one.norm for one in form.defaults if one.norm)}
    assert norms <= set(library.norms)
    assert field_norm(form, "matter.term") == "gk_190"
    assert field_norm(form, "matter.payer.passport") == "passport_rules"
    assert field_norm(form, "facts.delegation", "power_of_attorney") == "gk_187"
    assert field_norm(form, "matter.number") is None


# --- first values ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clients", "purpose"),
    [
        (["company"], ["business"]),
        (["company", "entrepreneur"], ["business"]),
        (["individual", "individual"], ["consumer"]),
        (["individual", "company"], []),
        ([], []),
    ],
)
def test_the_purpose_follows_the_clients(form: FormSpec, clients: list[str], purpose: list[str]) -> None:
    assert [one.value for one in defaults_for(form, clients) if one.path == "matter.purpose"] == purpose


def test_every_first_value_says_where_it_comes_from(form: FormSpec) -> None:
    assert all(one.source.strip() for one in form.defaults)
    assert {one.months for one in form.defaults if one.path.endswith("long_stop")} == {12}
    (channels,) = (one.value for one in form.defaults if one.path == "matter.channels")
    assert {row["kind"] for row in channels} == {"email", "post"}


# --- the check -------------------------------------------------------------------------------


def told(folder: Path, table: str | None) -> list[tuple[str, str, str]]:
    """Return (where, code, hint) of what is said about the library with another table of the form, or without it."""
    (folder / "templates").mkdir()
    (folder / "clauses").symlink_to(ROOT / "clauses")
    for path in (ROOT / "templates").iterdir():
        if path.name != "_matter.yaml":
            (folder / "templates" / path.name).symlink_to(path)
    if table is not None:
        (folder / "templates/_matter.yaml").write_text(table, encoding="utf-8")
    return [(problem.where, problem.code, problem.hint) for problem in build_service(Settings(library=folder)).check()]


def test_a_missing_table_is_told(tmp_path: Path) -> None:
    file = "templates/_matter.yaml"
    assert told(tmp_path, None) == [(f"{file}:1", "missing_table", f"верните файл {file}")]


def test_a_value_that_the_library_offers_and_the_form_cannot_name_is_told(tmp_path: Path) -> None:
    table = (ROOT / "templates/_matter.yaml").read_text(encoding="utf-8")
    ((where, code, hint),) = told(tmp_path, table.replace("    burn: не переносятся\n", ""))
    assert (where.partition(":")[0], code) == ("clauses/fee.yaml", "missing_word")
    assert hint == "впишите слово: words или own_words, templates/_matter.yaml"
