"""Every pair of client, executor, fee, tax, preset, switch … assembles whole; many more with --combinations N."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from docgen.document import Clause
from docgen.errors import OrderInvalid
from docgen.service import Draft, Service
from tests.combinations import Choice, order_of, pairwise, sampled, switches
from tests.conftest import blocks_of, dumped
from tests.language.test_amounts import read_words
from tests.test_selection import check_whole

RULES = set(range(1, 16))
SLIPS = re.compile(r" ,| \.(?!\.)|\.\.|,,|;\.|:\.|\( | \)|[{}]|None|Missing|Undefined|\ue000|  +\S")
SUM = re.compile(r"(\d[\d ]*) \(([а-яё ]+)\) (?:рубл)")


def assembled(service: Service, order: Any) -> tuple[Draft, str]:
    made = service.draft(dumped(order))
    return made, service.write(made, "txt").decode().replace("\u00a0", " ")


def faults(service: Service, choice: Choice, order: Any) -> list[str]:
    """Return what is wrong with the document of a choice; an empty list when nothing is."""
    try:
        made, text = assembled(service, order)
    except OrderInvalid as error:
        return [f"{problem.code} {problem.where}: {problem.message}" for problem in error.problems]
    found = []
    try:
        check_whole(made.document, ())
    except AssertionError as error:
        found.append(f"not whole: {str(error)[:200]}")
    body = re.sub(r"(?m)^ +| {2,}|^_{4,}.*$", "", text)
    found += [f"slip: {slip.group()!r} in {around(body, slip)!r}" for slip in SLIPS.finditer(body)]
    if "____" in body and choice["preset"] != "full":  # the forms among the annexes are there to be filled in
        found.append("a blank where data was given")
    if made.document.draft:
        found.append("a draft where nothing is blank")
    if choice["executor"] == "advocate" and re.search(r"\b(?:Исполнител|Заказчик|Договор)[а-яё]*\b", text):
        found.append("a term of the firm in an advocate's agreement")
    if choice["executor"] != "advocate" and re.search(r"\b(?:Адвокат|Доверител)[а-яё]*\b", text.split("Реквизиты")[0]):
        found.append("a term of the advocate in a firm's agreement")
    found += [f"{digits} is not «{words}»" for digits, words in SUM.findall(text) if unequal(digits, words)]
    return found + missing_rules(service, made)


def around(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - 40) : found.end() + 40]


def unequal(digits: str, words: str) -> bool:
    return Decimal(digits.replace(" ", "")) != read_words(words.split())


def missing_rules(service: Service, made: Draft) -> list[str]:
    standing = {block.clause for block in blocks_of(made.document) if isinstance(block, Clause)}
    clauses = service.library.clauses
    carried = {rule for name in standing if name in clauses for rule in clauses[name].spec.carried_rules()}
    return [f"rule {rule} is not carried" for rule in sorted(RULES - carried)]


def told(service: Service, choices: list[tuple[Choice, Any]]) -> list[str]:
    found: Counter[str] = Counter()
    examples: dict[str, Choice] = {}
    for choice, order in choices:
        for fault in faults(service, choice, order):
            found[fault] += 1
            examples.setdefault(fault, choice)
    return [f"{count} × {fault} (e.g. {examples[fault]})" for fault, count in found.most_common(20)]


def test_every_pair_of_choices_assembles_whole(service: Service) -> None:
    choices = [(choice, order_of(choice)) for choice in pairwise()]
    assert len(choices) >= 88  # eleven clients by eight fees
    assert told(service, choices) == []


def test_every_switch_assembles_whole_with_every_executor(service: Service) -> None:
    choices = []
    for index, choice in enumerate(sampled(4 * len(switches(service.library)), seed=11)):
        order = order_of({**choice, "special": "none"})
        switch = switches(service.library)[index % len(switches(service.library))]
        order["clauses"]["choose"] = {switch: variant_of(service, switch)}
        choices.append(({**choice, "preset": "full"} if "annex" in switch else choice, order))
    assert told(service, choices) == []


def variant_of(service: Service, name: str) -> str:
    clause = service.library.clauses.get(name)
    return "standard" if clause is None else sorted(clause.spec.variant_names())[0]


def test_many_more_assemble_whole(service: Service, request: pytest.FixtureRequest) -> None:
    count = int(request.config.getoption("--combinations"))
    assert told(service, [(choice, order_of(choice)) for choice in sampled(count, seed=26)]) == []


@pytest.mark.parametrize(
    ("planted", "expected"),
    [
        ("Слово ,слово.", "slip"),
        ("Сумма 5 000 (шесть тысяч) рублей 00 копеек.", "is not"),
        ("Оплата ____________ рублей.", "a blank"),
        ("Адвокат действует сам.", "a term of the advocate"),
    ],
)
def test_a_planted_fault_is_found(planted: str, expected: str, service: Service) -> None:
    choice = next(one for one in sampled(500, seed=3) if one["executor"] == "company" and one["preset"] == "standard")
    order = order_of({**choice, "special": "none"})
    order["clauses"]["add"] = [{"after": "task", "text": planted}]
    assert any(expected in fault for fault in faults(service, choice, order))
