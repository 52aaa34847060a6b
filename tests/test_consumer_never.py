"""A list of void phrases, kept apart from the library: no consumer's agreement has any, and advice knows them too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from docgen.errors import OrderInvalid
from docgen.service import Service
from tests.advice_cases import base, changed, special
from tests.conftest import ROOT, SAMPLES, dumped, sample_id, whole

FIRM = ROOT / "samples" / "firm.yaml"
LIST = ROOT / "tests" / "data" / "consumer_never.txt"
ROWS = [line.split("\t") for line in LIST.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
NEVER = {pattern: norm for pattern, norm, _ in ROWS}
TIME = {"step_minutes": 6, "rounding": "entry"}
FEES: dict[str, dict[str, Any]] = {
    "fixed": {"model": "fixed", "amount": 100000, "balance_days": 10},
    "stages": {
        "model": "stages",
        "amount": 100000,
        "stages": [
            {"title": "Иск", "event": "Подача иска", "event_kind": "own_action", "amount": 40000, "days": 5},
            {"title": "Суд", "event": "Решение суда", "event_kind": "third_party_act", "amount": 60000, "days": 5},
        ],
    },
    "hourly": {"model": "hourly", "rates": [{"who": "юрист", "rate": 5000}], "time": TIME, "cap": 90000, "days": 5},
    "instances": {"model": "instances", "instances": [{"instance": "first", "amount": 100000}], "days": 5},
    "subscription": {"model": "subscription", "amount": 20000, "pay_day": 5},
}
OF_MODEL = {"hourly": "fee_hourly", "instances": "fee_instances", "subscription": "fee_subscription"}


def is_consumers(order: Any) -> bool:
    """Tell whether an order is a consumer's with an executor who is no advocate."""
    matter = {**order.get("based_on", {}).get("matter", {}), **order.get("matter", {})}
    return bool(matter.get("purpose") == "consumer" and matter.get("firm", {}).get("kind") != "advocate")


CONSUMERS = [path for path in SAMPLES if is_consumers(whole(path))]


def text_of(service: Service, order: Any) -> str:
    draft = service.draft(dumped(order), firm=FIRM)
    return re.sub(r"\s+", " ", service.write(draft, "txt").decode().replace("\u00a0", " "))


def void(text: str) -> list[str]:
    """Return what of the list stands in a text: the phrase and the norm against it."""
    found = ((re.search(pattern, text, re.IGNORECASE), norm) for pattern, norm in NEVER.items())
    return [f"«{hit.group()}»: {norm}" for hit, norm in found if hit]


def variants(service: Service) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield orders of a consumer under every preset and model of fee, and with the switches turned."""
    sample = base("consumer_advance")
    presets = tuple(service.library.kinds["services_agreement"].spec.presets) or ("standard",)
    for model, fee in FEES.items():
        if OF_MODEL.get(model, "fee_amount") in service.library.clauses:
            for preset in presets:
                yield f"{model}, {preset}", changed(sample, {"/matter/fee": fee, "/clauses/preset": preset})
    yield "via_firm", changed(sample, {"/matter/expenses": {"mode": "via_firm", "approval_limit": 5000}})
    yield "expenses untold", changed(sample, {"/matter/expenses": "-"})
    yield "without channels", changed(sample, {"/matter/channels": []})
    yield "electronic", changed(sample, {"/facts/form": "electronic"})
    yield "term by date", changed(sample, {"/matter/term/until": {"kind": "date", "on": "2027-12-31"}})
    yield "without specialists", changed(sample, {"/matter/firm/specialists": []})
    yield "exempt", changed(sample, {"/matter/firm/tax/0/profile": "usn_145"})


def test_the_list_has_a_norm_and_a_sentence_for_every_phrase() -> None:
    assert len(ROWS) >= 30
    assert [row for row in ROWS if len(row) != 3 or not all(row)] == []
    assert len(NEVER) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:40])
def test_a_phrase_of_the_list_catches_its_sentence(row: list[str]) -> None:
    pattern, _, sentence = row
    assert re.search(pattern, sentence, re.IGNORECASE), sentence


@pytest.mark.parametrize("path", CONSUMERS, ids=sample_id)
def test_no_consumers_sample_has_a_void_phrase(path: Any, service: Service) -> None:
    assert void(text_of(service, whole(path))) == []


def test_no_other_agreement_of_a_consumer_has_a_void_phrase(service: Service) -> None:
    found = {name: void(text_of(service, order)) for name, order in variants(service)}
    assert {name: phrases for name, phrases in found.items() if phrases} == {}
    assert len(found) >= 9


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:40])
def test_advice_refuses_the_sentence_as_a_special_term(row: list[str], service: Service) -> None:
    order = changed(base("consumer_advance"), special(row[2]))
    told: set[str] = set()
    try:
        told |= {one.where for one in service.draft(dumped(order)).warnings}
    except OrderInvalid as error:
        told |= {problem.where for problem in error.problems}
    assert "/clauses/add/0/text" in told, row[2]


FAIR = (
    "При отказе Заказчик оплачивает оказанные услуги и возмещает подтверждённые расходы.",
    "Оплата услуг, оказанных до отказа от договора, производится в течение 5 дней.",
    "Исполнитель отвечает за специалистов в той же степени, что и за себя, и при отказе от договора.",
    "Из аванса удерживаются только подтверждённые документами расходы.",
    "До обращения в суд Исполнитель направляет застройщику претензию.",
    "Спор с застройщиком рассматривает Кировский районный суд.",
    "Цена может быть изменена соглашением сторон.",
    "Застройщик не возвращает деньги, и Исполнитель составляет требование.",
    "Взысканные с застройщика неустойка и штраф принадлежат Заказчику.",
    "Исполнитель передаёт Заказчику копию иска в течение 3 рабочих дней.",
    "Застройщику предлагается вернуть деньги в течение десяти дней.",
    "Исполнитель не вправе отказаться от договора без уважительных причин.",
    "Заказчик сообщает о намерении заключить мировое соглашение.",
    "Ответственность застройщика определяется законом.",
    "Акт подписывается в день передачи документов.",
)


@pytest.mark.parametrize("stem", ["consumer_advance", "company_stages", "advocate_two_clients"])
def test_fair_terms_and_the_librarys_own_words_are_not_refused(stem: str, service: Service) -> None:
    own = service.write(service.draft(dumped(base(stem))), "txt").decode()
    lines = [re.sub(r"\s+", " ", line).strip() for line in own.splitlines()]
    terms = [*FAIR, *(re.sub(r"^[0-9.]+ ", "", line) for line in lines if len(line) > 60)]
    added = [{"after": "subject", "text": term} for term in terms]
    warnings = service.draft(dumped(changed(base(stem), {"/clauses/add": added}))).warnings
    assert [warning.line() for warning in warnings if warning.where.startswith("/clauses")] == []
