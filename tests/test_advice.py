"""Every rule of advice tells of one order, at its place, and keeps silent about one that nearly is such."""

from __future__ import annotations

import importlib
import re
from typing import Any

import pytest

from docgen.assembly.advice import Advised
from docgen.errors import OrderInvalid, Problem
from docgen.service import Service
from tests.advice_cases import Case, base, changed, load_cases, special
from tests.conftest import dumped

CASES = load_cases()


class Told:
    """What advice said about the order given last, and what came of the draft."""

    def __init__(self, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
        self.service = service
        self.kind = ""
        self.advised = Advised()
        self.problems: tuple[Problem, ...] = ()
        self.warnings: tuple[Problem, ...] = ()
        assembling = importlib.import_module("docgen.assembly.assemble")
        real = assembling.advise

        def recorded(*given: Any) -> Advised:
            advised: Advised = real(*given)
            if given[1] == self.kind:  # not of the order that this one is based on
                self.advised = advised
            return advised

        monkeypatch.setattr(assembling, "advise", recorded)

    def of(self, order: Any, **options: Any) -> set[tuple[str, str]]:
        """Return (where, rule) of all that advice says about an order."""
        self.advised, self.problems, self.warnings, self.kind = Advised(), (), (), order["kind"]
        try:
            self.warnings = self.service.draft(dumped(order), **options).warnings
        except OrderInvalid as error:
            self.problems = error.problems
        return {(one.where, one.code) for one in (*self.advised.blocks, *self.advised.warnings)}


@pytest.fixture
def told(service: Service, monkeypatch: pytest.MonkeyPatch) -> Told:
    return Told(service, monkeypatch)


@pytest.fixture(params=CASES.values(), ids=lambda case: case.rule)
def case(request: pytest.FixtureRequest) -> Case:
    found = request.param
    assert isinstance(found, Case)
    return found


def test_every_rule_is_in_the_table_and_no_other(service: Service) -> None:
    assert set(CASES) == set(service.library.advice)


def test_a_rule_tells_of_its_order_at_its_place(case: Case, told: Told, service: Service) -> None:
    spoken = told.of(case.fires)
    expected = {(case.where, case.rule), *((where, rule) for rule, where in case.also.items())}
    if case.where.endswith("/") and case.where[0] != "/":  # a place in the library: the file's lines move
        spoken = {(case.where if where.startswith(case.where) else where, rule) for where, rule in spoken}
    assert spoken == expected
    if service.library.advice[case.rule].spec.level == "block":
        assert case.rule in {problem.code for problem in told.problems}
    elif not told.problems:
        assert case.rule in {warning.code for warning in told.warnings}


def test_a_rule_keeps_silent_about_the_near_miss(case: Case, told: Told) -> None:
    assert case.rule not in {rule for _, rule in told.of(case.near)}
    assert [problem.line() for problem in told.problems if problem.code != "required"] == []


def test_what_is_told_is_a_sentence_with_a_cure(case: Case, told: Told, service: Service) -> None:
    told.of(case.fires)
    for one in (*told.advised.blocks, *told.advised.warnings):
        spec = service.library.advice[one.code].spec
        assert re.search(r"\{|\}|None|Missing|_{3}|  ", one.message + one.hint) is None, one.line()
        assert len(one.message) < 520
        assert one.hint
        assert one.message[0] not in " ,"
        assert ("(" in one.message) >= bool(spec.legal)


def test_every_rule_rests_on_norms_of_the_library(service: Service) -> None:
    for identifier, placed in service.library.advice.items():
        assert re.fullmatch("[a-z_]{3,35}", identifier)
        assert {legal.norm for legal in placed.spec.legal} <= set(service.library.norms), identifier
        assert placed.spec.legal or identifier == "clause_review_past"


def test_all_that_apply_are_told_at_once(told: Told) -> None:
    order = changed(
        base("consumer_advance"),
        special("Аванс не возвращается. Все споры рассматриваются в Ленинском районном суде. НДС не облагается."),
    )
    order["matter"]["success"] = {"amount": 50000, "event": "решение в пользу Заказчика", "days": 5}
    order["matter"]["term"]["until"]["long_stop"] = "2026-01-29"
    told.of(order)
    assert {(problem.where, problem.code) for problem in told.problems} == {
        ("/clauses/add/0/text", "consumer_advance_kept"),
        ("/clauses/add/0/text", "consumer_forum_fixed"),
        ("/clauses/add/0/text", "tax_words_exempt"),
        ("/matter/term/until/long_stop", "term_past"),
        ("/matter/success", "success_consumer"),
    }


BLANKED = {
    "/facts/task": "company",
    "/matter/clients/0/signatories/0/basis/on": "company",
    "/matter/clients/0/signatories/0/basis/number": "company",
    "/matter/expenses/approval_limit": "company",
    "/matter/services/1/due/on": "company",
    "/matter/services/2/due/event": "company",
    "/matter/fee/stages/3/event": "company",
    "/matter/channels/0/address": "company",
    "/matter/signed_on": "company",
    "/matter/services/1/price": "consumer",
    "/matter/fee/advance/amount": "consumer",
    "/matter/clients/0/birth_date": "consumer",
    "/matter/clients/0/passport/issued_on": "consumer",
    "/matter/clients/0/phone": "consumer",
    "/matter/clients/0/email": "consumer",
    "/matter/firm/hours": "consumer",
    "/matter/firm/registry_number": "advocate",
    "/matter/firm/accounts/0/account": "advocate",
    "/facts/copies": "advocate",
    "/facts/court": "advocate",
}


@pytest.mark.parametrize(("pointer", "sample"), BLANKED.items())
def test_nothing_is_said_about_a_blank(pointer: str, sample: str, told: Told) -> None:
    names = {"company": "company_stages", "consumer": "consumer_advance", "advocate": "advocate_two_clients"}
    assert told.of(changed(base(names[sample]), {pointer: None}), blanks=True) == set()


def test_a_blank_silences_its_own_row_only(told: Told) -> None:
    order = changed(
        base("company_stages"),
        {"/matter/services/1/due/on": None, "/matter/services/2/due": {"kind": "date", "on": "2026-01-01"}},
    )
    assert told.of(order, blanks=True) == {("/matter/services/2/due/on", "due_past")}
