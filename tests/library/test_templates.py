"""What a clause text may say: names, attributes, filters, guarded references."""

import pytest

from docgen.library import SCALAR, Listing, Record, Scalar, Vocabulary
from docgen.library.templates import Reading, Scope, read_template

CLIENT = Record({"name": SCALAR, "kind": Scalar(frozenset({"company", "individual"})), "ogrn": SCALAR})
SCOPE = Scope(
    {"client": CLIENT, "clients": Listing(CLIENT), "Заказчику": SCALAR},
    Vocabulary({"money": SCALAR}, {"sum_of": SCALAR}),
)


def read(text: str) -> Reading:
    return read_template(text, SCOPE, "a.yaml", 10)


def codes(text: str) -> list[str]:
    return [problem.code for problem in read(text).problems]


def test_a_good_text_has_no_problems() -> None:
    text = "{{ Заказчику }} {% for one in clients %}{{ loop.index }} {{ one.name }}{% endfor %} {{ clients[0].name }}"
    assert codes(text + "{% if client.kind == 'company' %}{{ client.ogrn }}{% endif %}{{ sum_of(clients, 'x') }}") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{ Заказчеку }}", "undefined_name"),
        ("{{ client.orgn }}", "undefined_attribute"),
        ("{{ client.name.upper }}", "undefined_attribute"),
        ("{{ client.kind | upper }}", "filter_not_allowed"),
        ("{{ client.name.upper() }}", "call_not_allowed"),
        ("{% set x = 1 %}", "statement_not_allowed"),
        ("{% include 'x' %}", "statement_not_allowed"),
        ("{{ client.name ~ 'x' }}", "statement_not_allowed"),
        ("{% macro x() %}{% endmacro %}", "statement_not_allowed"),
        ("{{ client.name", "bad_template"),
        ("{% if client.kind == 'compny' %}{% endif %}", "unknown_value"),
        ("{% if client.kind in ('company', 'person') %}{% endif %}", "unknown_value"),
        ("{% for one in client %}{% endfor %}", "not_a_list"),
        ("{{ clients['x'] }}", "undefined_attribute"),
        ("{{ ref(client) }}", "bad_reference"),
        ("{{ 'x' if client.name }}", "bad_template"),
    ],
)
def test_one_slip_is_one_problem(text: str, code: str) -> None:
    assert codes(text) == [code]


def test_a_problem_names_the_line_of_the_file_and_the_nearest_right_name() -> None:
    (problem,) = read("один\nдва {{ client.nmae }}").problems
    assert (problem.where, problem.hint) == ("a.yaml:11", "возможно, name?")


def guarded(text: str) -> list[tuple[str, bool]]:
    return [(one.target, one.guarded) for one in read(text).references if "has" not in one.target]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ ref('fee') }}", False),
        ("{% if has('fee') %}{{ ref('fee') }}{% endif %}", True),
        ("{% if has('fee') %}{% else %}{{ ref('fee') }}{% endif %}", False),
        ("{% if not has('fee') %}{% else %}{{ ref('fee') }}{% endif %}", True),
        ("{% if has('fee') and has('act') %}{{ ref('fee') }}{% endif %}", True),
        ("{% if has('fee') or has('act') %}{{ ref('fee') }}{% endif %}", False),
        ("{% if has('act') %}{{ ref('fee') }}{% endif %}", False),
        ("{% if client.name and has('fee') %}{{ ref('fee') }}{% endif %}", True),
        ("{{ ref('fee') if has('fee') else '' }}", True),
        ("{{ '' if has('fee') else ref('fee') }}", False),
        ("{% if client.name %}x{% elif has('fee') %}{{ ref('fee') }}{% endif %}", True),
        ("{% if not has('fee') %}x{% elif client.name %}{{ ref('fee') }}{% endif %}", True),
        ("{% for one in clients %}{% if has('fee') %}{{ ref('fee') }}{% endif %}{% endfor %}", True),
    ],
)
def test_a_guard_holds_exactly_where_has_is_proved(text: str, expected: bool) -> None:
    assert guarded(text)[-1] == ("fee", expected)
