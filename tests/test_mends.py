"""A problem's cures do what their words say: the order is mended by each, and nothing else in the order changes."""

from __future__ import annotations

import importlib
import json
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from docgen.assembly.advice import Advised
from docgen.config import Settings
from docgen.errors import Cure, Operation, OrderInvalid, Problem
from docgen.library import load_library
from docgen.model import apply_patch
from docgen.service import Service
from docgen.web import create_app
from tests.advice_cases import AWAY, Case, base, changed, load_cases, special
from tests.conftest import DOCGEN, ROOT, dumped

FIRM = ROOT / "samples" / "firm.yaml"
CASES = load_cases()
RULES = load_library(ROOT).advice
MENDED = [case for case in CASES.values() if RULES[case.rule].spec.mend or RULES[case.rule].spec.ways]

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


def refusal(service: Service, order: Any) -> tuple[Problem, ...]:
    """Return what an order is refused for; nothing, when it is a document."""
    try:
        service.draft(dumped(order), firm=FIRM)
    except OrderInvalid as error:
        return error.problems
    return ()


def places(problems: tuple[Problem, ...]) -> set[tuple[str, str]]:
    return {(one.where, one.code) for one in problems}


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
def test_each_cure_of_a_rule_cures_its_order(case: Case, told: Told, service: Service) -> None:
    (problem,) = [one for one in told(case.fires) if one.code == case.rule]
    spec = RULES[case.rule].spec
    assert len(problem.cures) == (len(spec.ways) or 1)
    for cure in problem.cures:
        cured = apply_patch(case.fires, cure.patch)
        assert cured == by_hand(case.fires, cure.patch)
        assert case.rule not in {one.code for one in told(cured)}
        assert places(refusal(service, cured)) <= places(refusal(service, case.fires))


def patch_of(told: list[Problem], code: str) -> tuple[Operation, ...]:
    (problem,) = [one for one in told if one.code == code]
    return problem.cures[0].patch if problem.cures else ()


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
    assert (problem.where, problem.cures) == ("lawyer.yaml:1", ())


def test_a_paper_does_not_mend_the_agreement_that_it_rests_on(told: Told) -> None:
    order = changed(base("act/three_stages"), {"/based_on/matter/fee/stages/2/event": "Вынесение решения суда"})
    (problem,) = [one for one in told(order) if one.code == "stage_of_another"]
    assert (problem.where, problem.cures) == ("/based_on/matter/fee/stages/2/event_kind", ())


def test_a_change_does_not_mend_what_was_signed(told: Told) -> None:
    order = changed(
        base("supplementary_agreement/fee_and_term"),
        {
            "/based_on/matter/firm/tax/0/profile": "usn_5",
            "/based_on/matter/term/until": {"kind": "date", "on": "2026-12-31"},
            "/based_on/matter/services": [{"action": "Консультация"}],
            "/based_on/clauses/omit": ["tax_change"],
        },
    )
    assert "usn_next_year" not in {one.code for one in told(order["based_on"])}
    (problem,) = [one for one in told(order) if one.code == "usn_next_year"]
    assert (problem.where, problem.cures) == ("/based_on/matter/firm/tax/0/profile", ())


# --- when there is one -----------------------------------------------------------------------


def test_a_mistake_of_the_earlier_order_is_mended_where_it_was_typed(told: Told) -> None:
    order = changed(base("power_of_attorney/company_courts"), {"/based_on/matter/obligation": "joint"})
    (problem,) = [one for one in told(order) if one.code == "obligation_unexpected"]
    assert problem.where == "/based_on/matter/obligation"
    (cure,) = problem.cures
    assert cure.patch == (Operation("remove", "/based_on/matter/obligation"),)
    assert apply_patch(order, cure.patch) == base("power_of_attorney/company_courts")


WRONG = sorted((ROOT / "tests" / "orders" / "wrong").glob("*.json"))
AGAIN = {"consumer_void_terms", "consumer_penalties", "advocate_promises", "act_instances", "words_against_tax"}
"""Where the next row comes into the place of the one that is gone, with a mistake of its own."""


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_the_patch_of_a_wrong_order_mends_what_it_is_for(path: Path, service: Service) -> None:
    """Apply each patch to the order alone: its problem goes and no other comes."""
    order = json.loads(path.read_bytes(), parse_float=Decimal)
    before = refusal(service, order)
    for problem in before:
        for cure in problem.cures:
            after = refusal(service, apply_patch(order, cure.patch))
            assert problem not in after
            if path.stem not in AGAIN:
                assert places(after) < places(before)


def test_both_edges_print_the_patch_with_the_problem(tmp_path: Path) -> None:
    app = create_app(Settings(firm=FIRM))
    order = base("company_stages")
    order["matter"]["fee"]["amount"] = 1
    answer = app.test_client().post("/api/v1/drafts", data=dumped(order), content_type="application/json")
    app.extensions["docgen"].close()
    (problem,) = [one for one in answer.get_json()["problems"] if one["code"] == "stages_sum"]
    step = {"op": "replace", "path": "/matter/fee/amount", "value": 365000.5}
    assert problem["cures"] == [{"title": "Исправить", "patch": [step]}]
    assert "укажите amount: 365000.50" in problem["hint"]
    path = tmp_path / "order.json"
    path.write_bytes(dumped(order))
    run = subprocess.run([DOCGEN, "render", path, "-o", tmp_path, "--json"], capture_output=True, check=False)
    assert [one["cures"] for one in json.loads(run.stdout)["problems"] if one["code"] == "stages_sum"] == [
        problem["cures"]
    ]


def test_a_sum_that_json_would_change_is_in_no_printed_patch() -> None:
    exact = Problem("/a", "a", "…", cures=(Cure((Operation("add", "/a", Decimal("9999999999999.99")),)),))
    long = Problem("/a", "a", "…", cures=(Cure((Operation("add", "/a", Decimal("999999999999999.99")),)),))
    (cure,) = exact.as_dict()["cures"]
    assert json.dumps(cure["patch"]) == '[{"op": "add", "path": "/a", "value": 9999999999999.99}]'
    assert "cures" not in long.as_dict()
    assert "cures" not in Problem("/a", "a", "…").as_dict()
