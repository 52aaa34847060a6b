"""A problem's patch does what its cure says: the order is mended by it, and nothing else in the order changes."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from docgen.assembly.advice import Advised
from docgen.errors import Operation, OrderInvalid, Problem
from docgen.library import load_library
from docgen.model import apply_patch
from docgen.service import Service
from tests.advice_cases import AWAY, Case, base, changed, load_cases, special
from tests.conftest import ROOT, dumped

CASES = load_cases()
RULES = load_library(ROOT).advice
MENDED = [case for case in CASES.values() if RULES[case.rule].spec.mend]

Told = Callable[..., list[Problem]]


@pytest.fixture
def told(service: Service, monkeypatch: pytest.MonkeyPatch) -> Told:
    """Give all that is said of an order: its problems, else its warnings, and the advice that a refusal hides."""
    assembling = importlib.import_module("docgen.assembly.assemble")
    real, kept = assembling.advise, [Advised()]

    def recorded(*given: Any) -> Advised:
        advised: Advised = real(*given)
        kept.append(advised)
        return advised

    monkeypatch.setattr(assembling, "advise", recorded)

    def tell(order: Any, **options: Any) -> list[Problem]:
        kept.clear()
        try:
            return list(service.draft(dumped(order), **options).warnings)
        except OrderInvalid as error:
            hidden = kept[-1].warnings if kept else []
            return [*error.problems, *hidden]

    return tell


def refused(service: Service, order: Any) -> set[tuple[str, str]]:
    try:
        service.draft(dumped(order))
    except OrderInvalid as error:
        return {(one.where, one.code) for one in error.problems}
    return set()


def by_hand(order: dict[str, Any], patch: tuple[Operation, ...]) -> dict[str, Any]:
    """Return the order with the operations carried out by the tests' own means."""
    made = order
    for step in patch:
        path = step.path
        if path == "/facts/forums/-":
            path = f"/facts/forums/{len(made['facts']['forums'])}"
        made = changed(made, {path: AWAY if step.op == "remove" else step.value})
    return made


@pytest.mark.parametrize("case", MENDED, ids=lambda case: case.rule)
def test_the_patch_of_a_rule_cures_its_order(case: Case, told: Told, service: Service) -> None:
    (problem,) = [one for one in told(case.fires) if one.code == case.rule]
    assert problem.patch
    cured = apply_patch(case.fires, problem.patch)
    assert cured == by_hand(case.fires, problem.patch)
    assert case.rule not in {one.code for one in told(cured)}
    assert refused(service, cured) - refused(service, case.fires) == set()


def patch_of(told: list[Problem], code: str) -> tuple[Operation, ...]:
    (problem,) = [one for one in told if one.code == code]
    return problem.patch


# --- when there is none ----------------------------------------------------------------------


def test_a_term_that_says_something_else_too_is_the_lawyers_to_rewrite(told: Told) -> None:
    order = changed(base("consumer_advance"), special("Аванс не возвращается. Отчёт направляется каждую пятницу."))
    assert patch_of(told(order), "consumer_advance_kept") == ()


def test_a_replaced_clause_of_one_void_sentence_is_the_librarys_again(told: Told) -> None:
    order = base("consumer_advance")
    order["clauses"]["replace"] = {"claims": "Исполнитель не несёт ответственности за упущенные сроки."}
    order["clauses"]["add"] = []
    assert patch_of(told(order), "consumer_liability_cut") == (Operation("remove", "/clauses/replace/claims"),)


def test_a_clause_returns_from_every_choice_that_keeps_it_out(told: Told) -> None:
    order = changed(base("company_stages"), {"/matter/firm/tax/0/profile": "usn_5", "/clauses/add": []})
    order["clauses"]["omit"] = ["short_claims", "tax_change"]
    (step,) = patch_of(told(order), "usn_next_year")
    assert step == Operation("remove", "/clauses/omit/1")


def test_a_clause_that_a_preset_leaves_out_has_no_choice_to_take_back(told: Told) -> None:
    order = changed(base("company_stages"), {"/matter/firm/tax/0/profile": "usn_5"})
    order["clauses"] = {"preset": "short"}
    assert patch_of(told(order), "usn_next_year") == ()


def test_the_firms_file_is_not_mended(told: Told, tmp_path: Path) -> None:
    order = base("advocate_two_clients")
    order["matter"]["firm"]["tax"][0]["profile"] = "osno"
    lawyer = order["matter"].pop("firm")
    (tmp_path / "lawyer.yaml").write_text(json.dumps(lawyer, ensure_ascii=False), encoding="utf-8")
    (problem,) = [one for one in told(order, firm=tmp_path / "lawyer.yaml") if one.code == "tax_advocate"]
    assert (problem.where, problem.patch) == ("lawyer.yaml:1", ())
