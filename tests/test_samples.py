"""Every sample, in every format: its text is the golden's, its numbers and references agree everywhere."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from docgen.document import Clause
from docgen.service import Draft, Service
from tests.conftest import SAMPLES, blocks_of

RULES = set(range(1, 16))


def test_there_are_the_three_agreements_that_prove_the_engine() -> None:
    assert {"company_stages", "consumer_advance", "advocate_two_clients"} <= {path.stem for path in SAMPLES}


def test_the_text_is_the_golden(sample: Path, made: Draft, service: Service) -> None:
    golden = sample.with_suffix(".txt").read_text(encoding="utf-8")
    assert service.write(made, "txt").decode() == golden


def test_no_sample_has_a_warning_that_nobody_expects(made: Draft) -> None:
    assert [warning.line() for warning in made.warnings] == []


def test_the_text_has_no_slip_of_assembly(made: Draft, service: Service) -> None:
    text = service.write(made, "txt").decode()
    for slip in (
        r" ,",
        r" \.(?!\.)",
        r"\.\.",
        r",,",
        r"\( ",
        r" \)",
        r"[{}]",
        r"None|Missing|Undefined",
        "\ue000",
    ):
        assert not re.search(slip, text), (slip, re.search(f".{{0,40}}{slip}.{{0,40}}", text))


def test_each_of_the_fifteen_rules_is_in_the_tree_by_id_and_in_the_text_by_number(
    made: Draft, service: Service
) -> None:
    if made.kind != "services_agreement":
        return  # the rules are the agreement's
    text = service.write(made, "txt").decode()
    carried: set[int] = set()
    for block in blocks_of(made.document):
        if isinstance(block, Clause) and block.clause in service.library.clauses:
            rules = service.library.clauses[block.clause].spec.carried_rules()
            if rules and block.id:
                assert re.search(rf"^{re.escape(block.number)}\.?\s", text, re.MULTILINE), block.id
            carried |= set(rules)
    assert carried == RULES


@pytest.mark.parametrize(("stem", "limit"), [("consumer_short", 2), ("company_full_hourly", 24)])
def test_a_preset_keeps_its_length(
    stem: str, limit: int, draft: Callable[..., Draft], service: Service, order: Any
) -> None:
    with pikepdf.open(io.BytesIO(service.write(draft(order(stem)), "pdf"))) as file:
        assert len(file.pages) <= limit


def test_the_short_agreement_of_an_advocate_keeps_its_length_too(
    draft: Callable[..., Draft], service: Service, order: Any
) -> None:
    consultation = order("consumer_short")
    consultation["matter"]["firm"] = order("advocate_success")["matter"]["firm"]
    with pikepdf.open(io.BytesIO(service.write(draft(consultation), "pdf"))) as file:
        assert len(file.pages) <= 2


def test_the_samples_differ_in_fee_client_and_executor() -> None:
    orders = [json.loads(path.read_bytes()) for path in SAMPLES if path.parent.name == "services_agreement"]
    matters = [order["matter"] for order in orders]
    assert len(orders) >= 12
    assert {matter["fee"]["model"] for matter in matters} == {"fixed", "stages", "hourly", "instances", "subscription"}
    assert {matter.get("firm", {"kind": "company"})["kind"] for matter in matters} == {
        "company",
        "entrepreneur",
        "self_employed",
        "advocate",
    }
    assert {client["kind"] for matter in matters for client in matter["clients"]} == {
        "company",
        "budget_institution",
        "foreign_company",
        "entrepreneur",
        "self_employed",
        "individual",
    }


def test_the_advocates_agreement_never_names_an_executor(
    draft: Callable[..., Draft], service: Service, order: Any
) -> None:
    text = service.write(draft(order("advocate_two_clients")), "txt").decode()
    assert not re.search(r"\bИсполнител", text)
    assert not re.search(r"\bЗаказчик", text)
    for essential in ("Адвокат", "Доверител", "палат", "ответственност", "расход"):
        assert essential in text
