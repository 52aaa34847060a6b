"""What a clause text may say: names, attributes, filters, guarded references."""

import pytest

from docgen.library import ANY, DECIMAL, SCALAR, TEXT, Argument, Call, Listing, Record, Scalar, Vocabulary
from docgen.library.passage import Passage
from docgen.library.templates import Reading, Scope, read_template

CLIENT = Record(
    {"name": TEXT, "kind": Scalar(frozenset({"company", "individual"})), "ogrn": SCALAR, "capital": DECIMAL}
)
MONEY = Call(SCALAR, (Argument("case", words=("nomn", "gent"), optional=True),), DECIMAL)
SUM_OF = Call(DECIMAL, (Argument("rows", Listing(ANY)), Argument("field", field_of="rows")))
SCOPE = Scope(
    {"client": CLIENT, "clients": Listing(CLIENT), "Заказчику": TEXT},
    Vocabulary({"money": MONEY}, {"sum_of": SUM_OF}),
    phrases={"named": Call(TEXT, (Argument("party", Record({})),))},
)


def read(text: str) -> Reading:
    return read_template(Passage(text, "a.yaml", 10), SCOPE)


def codes(text: str) -> list[str]:
    return [problem.code for problem in read(text).problems]


def test_a_good_text_has_no_problems() -> None:
    text = "{{ Заказчику }} {% for one in clients %}{{ loop.index }} {{ one.name }}{% endfor %} {{ clients[0].name }}"
    text += "{% if client.kind == 'company' %}{{ client.ogrn }}{% endif %}{{ sum_of(clients, 'capital') | money }}"
    assert codes(text + "{{ phrase('named', party=client) }}") == []


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
        ("{{ client.capital | money(case=nobody) }}", "undefined_name"),
        ("{{ client.capital | money(csae='gent') }}", "wrong_argument"),
        ("{{ client.capital | money('gen') }}", "unknown_value"),
        ("{{ client.name | money }}", "wrong_argument"),
        ("{{ client.capital }}", "needs_filter"),
        ("{{ client }}", "not_printable"),
        ("{{ clients }}", "not_printable"),
        ("{{ sum_of(clients, 'captal') | money }}", "undefined_attribute"),
        ("{{ sum_of(client, 'capital') | money }}", "wrong_argument"),
        ("{{ phrase('named') }}", "wrong_argument"),
        ("{{ phrase('named', prty=client) }}", "wrong_argument"),
        ("{{ phrase('named', party=clients) }}", "wrong_argument"),
        ("{{ phrase('naned', party=client) }}", "unknown_phrase"),
        ("{% set x = client.name %}{{ x }}", "statement_not_allowed"),
        ("{{ client.name + client.name + 'x' }}", "statement_not_allowed"),
        ("{% if client.name is defined %}{% endif %}", "statement_not_allowed"),
        ("{% for a, b in clients %}{{ a }}{% endfor %}", "statement_not_allowed"),
        ("{% for one in clents %}{{ one.nmae }}{% endfor %}", "undefined_name"),
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


def test_a_forbidden_statement_does_not_hide_the_next_mistake() -> None:
    assert codes("{% set x = 1 %}{{ client.nmae }} {{ nobody }}") == [
        "statement_not_allowed",
        "undefined_attribute",
        "undefined_name",
    ]


def test_a_tag_left_open_is_told_at_its_line() -> None:
    (problem,) = read("один\n{% if client.name %}\nдва\n").problems
    assert (problem.where, problem.code) == ("a.yaml:11", "bad_template")
    (problem,) = read("один\n{{ client.name \nдва {{ client.name }}\n").problems
    assert (problem.where, problem.code) == ("a.yaml:11", "bad_template")
