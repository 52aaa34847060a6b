"""The table of tests/data/advice.yaml in, pairs of orders out: one that a rule tells of, one that nearly is such."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from docgen.library.yaml import read_yaml
from tests.conftest import ROOT

AWAY = "-"
TERM = "/clauses/add/0/text"
TABLE = ROOT / "tests" / "data" / "advice.yaml"
BASES = {
    "company": "company_stages",
    "consumer": "consumer_advance",
    "advocate": "advocate_two_clients",
    "power": "power_of_attorney/company_courts",
    "citizen_power": "power_of_attorney/individual_notarial",
    "correction": "corrective_act/fewer_stages",
    "statement": "reconciliation_statement/debt",
    "report": "progress_report/hourly_january",
    "act": "act/three_stages",
    "invoice": "invoice/stages_invoice",
    "hourly_act": "act/company_hourly",
    "revocation": "revocation/company_one",
    "notice": "revocation_notice/company_attorney",
    "amendment": "supplementary_agreement/fee_and_term",
    "sole_power": "power_of_attorney/entrepreneur_arbitration",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One rule of advice: where it points, the order that it tells of, the near miss, what else is told."""

    rule: str
    where: str
    fires: dict[str, Any]
    near: dict[str, Any]
    also: Mapping[str, str] = field(default_factory=dict)


def plain(value: Any) -> Any:
    """Return YAML's data as JSON has it: days as ISO strings."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def sample_firm() -> dict[str, Any]:
    """Return the samples' firm as JSON has it."""
    firm = read_yaml("firm.yaml", (ROOT / "samples" / "firm.yaml").read_text(encoding="utf-8")).data
    made: dict[str, Any] = plain(firm)
    return made


def base(name: str) -> dict[str, Any]:
    """Return a sample (an agreement, or another by folder and stem) with the firm and the earlier order inside it."""
    path = ROOT / "samples" / f"{name if '/' in name else f'services_agreement/{name}'}.json"
    order: dict[str, Any] = json.loads(path.read_bytes(), parse_float=Decimal)
    if isinstance(order.get("based_on"), dict):
        order["based_on"]["matter"].setdefault("firm", sample_firm())
    elif "based_on" in order:
        order["based_on"] = base(str((path.parent / order["based_on"]).resolve().relative_to(ROOT / "samples"))[:-5])
    else:
        order["matter"].setdefault("firm", sample_firm())
    return order


def changed(order: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the order with values set (or taken away) at JSON Pointers, in their order."""
    made = copy.deepcopy(order)
    for pointer, value in changes.items():
        *steps, last = pointer[1:].split("/")
        node: Any = made
        for step in steps:
            node = node[int(step)] if isinstance(node, list) else node.setdefault(step, {})
        _put(node, last, copy.deepcopy(value))
    return made


def _put(node: Any, last: str, value: Any) -> None:
    if isinstance(node, list):
        index = int(last)
        node[index : index + 1] = [] if value == AWAY else [value]
    elif value == AWAY:
        node.pop(last, None)
    else:
        node[last] = value


def special(text: str) -> dict[str, Any]:
    """Return the change that adds one special term and drops those of the sample."""
    return {"/clauses/add": [{"after": "subject", "text": text}], "/clauses/replace": {}}


def load_cases() -> dict[str, Case]:
    """Return the cases of the table by the rule's id."""
    source = read_yaml("advice.yaml", TABLE.read_text(encoding="utf-8"))
    assert source.problems == []
    return {rule: _case(rule, plain(row)) for rule, row in source.data["cases"].items()}


def _case(rule: str, row: dict[str, Any]) -> Case:
    order = changed(base(BASES[row["base"]]), row.get("with", {}))
    fires = special(row["says"]) if "says" in row else row["fires"]
    near = special(row["unsaid"]) if "unsaid" in row else row["near"]
    return Case(rule, row.get("where", TERM), changed(order, fires), changed(order, near), row.get("also", {}))
