"""Mistakes planted in a rule of advice: each is one problem at its line, with a cure."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from docgen.config import Settings
from docgen.service import build_service
from tests.conftest import ROOT

RULE = """\
advice:
  planted_rule:
    level: warn
    each: clients
    as: one
    when: one.kind == 'company' and parameter_of('reports', 'report_days') > 5 and not has('fee_payment')
    at: one.inn
    message: "Клиент {{ one.name }} ждёт отчёта долго."
    cure: "Укажите меньше дней."
    mend:
      - {remove: one.kpp}
      - {set: one.short_name, to: "matter.number"}
      - {restore: tax_change}
    ways:
      - {title: "Убрать {{ one.ogrn }}", mend: [{remove: one.ogrn}]}
      - {title: "Вернуть пункт", mend: [{restore: several_clients}]}
    legal: [{norm: gk_309, checked: 2026-11-22, certainty: R}]
"""
SLIPS = [
    ("each: clients", "each: clints", "undefined_name", 4),
    ("each: clients", "each: purpose", "not_a_list", 4),
    ("one.kind ==", "one.knd ==", "undefined_attribute", 6),
    ("'company'", "'compny'", "unknown_value", 6),
    ("parameter_of('reports'", "parameter_of('reprts'", "unknown_clause", 6),
    ("'report_days')", "'report_day')", "unknown_parameter", 6),
    ("parameter_of(", "parametr_of(", "call_not_allowed", 6),
    ("'reports', 'report_days')", "'reports')", "wrong_argument", 6),
    ("has('fee_payment')", "has('fee_paymnt')", "reference_to_nowhere", 6),
    ("at: one.inn", "at: one.inm", "undefined_attribute", 7),
    ("{{ one.name }}", "{{ onee.name }}", "undefined_name", 8),
    ("norm: gk_309", "norm: gk_3099", "unknown_norm", 17),
    ("level: warn", "level: warm", "bad_shape", 3),
    ("cure:", "cuure:", "unknown_key", 9),
    ("one.kpp", "one.kp", "undefined_attribute", 11),
    ("remove: one.kpp", "strike: on", "undefined_name", 11),
    ("remove: one.kpp", "remove: one.", "bad_template", 11),
    ("{remove: one.kpp}", "{remove: one.kpp, restore: reports}", "bad_shape", 11),
    ("{remove: one.kpp}", "{}", "bad_shape", 11),
    ("remove: one.kpp", "remov: one.kpp", "unknown_key", 11),
    ("one.short_name", "one.shortname", "undefined_attribute", 12),
    ("set: one.short_name, ", "", "bad_shape", 12),
    ("matter.number", "matter.numbr", "undefined_attribute", 12),
    ("matter.number", "parameter_of('reprts', 'report_days')", "unknown_clause", 12),
    ("matter.number", "clients", "wrong_argument", 12),
    ("tax_change", "tax_chnge", "unknown_clause", 13),
    ("    mend:", "    mendd:", "unknown_key", 10),
    ("    ways:", "    wayss:", "unknown_key", 14),
    ("{{ one.ogrn }}", "{{ one.ogr }}", "undefined_attribute", 15),
    ("remove: one.ogrn", "remove: one.ogr", "undefined_attribute", 15),
    ("mend: [{remove: one.ogrn}]", "mend: []", "bad_shape", 15),
    (", mend: [{restore: several_clients}]", "", "missing_key", 16),
    ('title: "Вернуть пункт", ', "", "missing_key", 16),
    ("several_clients", "sevral_clients", "unknown_clause", 16),
]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    for room in ("clauses", "templates"):
        shutil.copytree(ROOT / room, tmp_path / room)
    return tmp_path


def told(library: Path, rule: str) -> list[tuple[str, str, bool]]:
    (library / "clauses/advice/planted.yaml").write_text(rule, encoding="utf-8")
    problems = build_service(Settings(library=library)).check()
    return [(problem.where, problem.code, bool(problem.message and problem.hint)) for problem in problems]


def test_a_sound_rule_is_no_problem(library: Path) -> None:
    assert told(library, RULE) == []


@pytest.mark.parametrize(
    ("before", "after", "code", "line"), SLIPS, ids=[f"{before} → {after}" for before, after, _, _ in SLIPS]
)
def test_a_mistake_in_a_rule_is_told_once(before: str, after: str, code: str, line: int, library: Path) -> None:
    assert RULE.count(before) == 1
    assert told(library, RULE.replace(before, after)) == [(f"clauses/advice/planted.yaml:{line}", code, True)]
