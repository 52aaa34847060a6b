"""A supplementary agreement says exactly what differs from the signed text, under the numbers of that text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from docgen.errors import OrderInvalid
from docgen.service import Draft, Service
from tests.advice_cases import sample_firm

Said = Callable[..., str]


@pytest.fixture
def said(draft: Callable[..., Draft], service: Service, order: Any) -> Said:
    """Give the text of a supplementary agreement to a sample with parts of its matter changed."""

    def text(stem: str = "company_stages", facts: Any = None, date: str = "2027-02-08", **changed: Any) -> str:
        signed = order(stem)
        asked = {
            "schema": 1,
            "kind": "supplementary_agreement",
            "date": date,
            "based_on": signed,
            "matter": changed,
            "facts": {"number": "1", **(facts or {})},
        }
        return service.write(draft(asked), "txt").decode().replace("\u00a0", " ")

    return text


def points(text: str) -> list[str]:
    """Return the numbered points of the supplementary agreement itself."""
    body = text.split("Подписи сторон")[0]
    return re.findall(r"^\d+\. (.+)$", body, re.MULTILINE)


def test_a_new_term_changes_its_clause_alone(said: Said) -> None:
    text = said(term={"until": {"kind": "date", "on": "2027-12-30"}})
    assert points(text)[0] == "Пункт 2.1 Договора изложить в следующей редакции:"
    assert "«2.1. Договор вступает в силу в день подписания обеими сторонами и действует по 30 декабря 2027 г." in text
    assert len(points(text)) == 4


def test_a_change_that_contradicts_what_stays_is_warned_of(draft: Callable[..., Draft], order: Any) -> None:
    until = {"kind": "event", "event": "Изготовление судом первой инстанции решения в полном объёме"}
    term = {"until": {**until, "long_stop": "2027-12-30"}}
    asked = {
        "schema": 1,
        "kind": "supplementary_agreement",
        "date": "2027-02-08",
        "based_on": order("company_stages"),
        "matter": {"term": term},
        "facts": {"number": "1"},
    }
    assert [(one.code, one.where) for one in draft(asked).warnings] == [
        ("due_left_behind", "/based_on/matter/services/2/due/long_stop")
    ]
    asked["matter"] = {"term": term, "services": order("company_stages")["matter"]["services"]}
    assert [one.where for one in draft(asked).warnings] == ["/based_on/matter/services/2/due/long_stop"]
    services = order("company_stages")["matter"]["services"]
    services[2]["due"]["long_stop"] = "2027-12-29"
    asked["matter"] = {"term": term, "services": services}
    assert [one.where for one in draft(asked).warnings] == ["/matter/services/2/due/long_stop"]
    services[2]["due"]["long_stop"] = "2027-12-30"
    assert draft(asked).warnings == ()


def test_of_a_clause_only_the_paragraph_that_differs_is_given_anew(said: Said, order: Any) -> None:
    services = order("company_stages")["matter"]["services"]
    services[2]["deliverable"] = "Процессуальные документы по делу"
    text = said(services=services)
    assert points(text)[0] == "Пункт 1.2 Договора изложить в следующей редакции:"
    assert "1.3." not in text
    assert "1.2.3. составление и подача" in text


def test_numbers_cited_and_referred_to_are_those_of_the_signed_text(
    said: Said, draft: Callable[..., Draft], order: Any
) -> None:
    signed = draft(order("company_stages")).numbers
    fixed = {"model": "fixed", "amount": 365000.50, "balance_days": 5}
    text = said(fee=fixed)
    assert f"Пункт {signed['fee_advance']} Договора исключить." in text
    assert f"Пункт {signed['fee_stages']} Договора исключить." in text
    assert "Раздел 5 Договора дополнить условием следующего содержания:" in text
    assert f"со дня приёмки по пункту {signed['acceptance']}" in text
    assert "Приложение № 1 к Договору изложить в редакции Приложения № 1 к настоящему соглашению." in text


def test_new_requisites_are_given_whole(said: Said, order: Any) -> None:
    client = order("company_stages")["matter"]["clients"][0]
    client["address"] = "620100, г. Екатеринбург, Сибирский тракт, д. 12"
    text = said(clients=[client])
    assert points(text)[0] == "Реквизиты Заказчика изложить в следующей редакции:"
    assert "Адрес: 620100, г. Екатеринбург, Сибирский тракт, д. 12" in text
    assert "Реквизиты Исполнителя" not in text


def test_a_change_of_tax_takes_the_words_of_its_own_day(said: Said, draft: Callable[..., Draft], order: Any) -> None:
    firm = sample_firm()
    firm["tax"].append({"from": "2027-01-01", "profile": "usn_5"})
    text = said(firm=firm, facts={"tax_change": True})
    assert "в том числе НДС 5 %" in text
    with pytest.raises(OrderInvalid) as raised:
        said(firm=firm)
    assert [problem.code for problem in raised.value.problems] == ["no_amendments"]


def test_an_advocates_agreement_is_amended_in_its_own_terms(said: Said) -> None:
    text = said("advocate_two_clients", term={"until": {"kind": "date", "on": "2027-12-30"}})
    assert "Пункт 2.1 Соглашения изложить" in text
    assert "Исполнител" not in text
    assert "к соглашению об оказании юридической помощи" in text


def test_nothing_changed_is_told(said: Said) -> None:
    with pytest.raises(OrderInvalid) as raised:
        said()
    assert [(problem.where, problem.code) for problem in raised.value.problems] == [("/matter", "no_amendments")]


@pytest.mark.parametrize("base", [None, 7, {"kind": "termination_agreement"}])
def test_without_the_agreement_there_is_nothing_to_amend(base: Any, draft: Callable[..., Draft]) -> None:
    asked = {"schema": 1, "kind": "supplementary_agreement", "based_on": base, "facts": {"number": "1"}}
    with pytest.raises(OrderInvalid) as raised:
        draft(asked)
    assert ("/based_on", "based_on") in {(problem.where, problem.code) for problem in raised.value.problems}


def test_mistakes_of_the_agreement_are_told_where_they_are(draft: Callable[..., Draft], order: Any) -> None:
    signed = order("company_stages")
    signed["matter"]["clients"][0]["inn"] = "7707083894"
    del signed["matter"]["number"]
    asked = {"schema": 1, "kind": "termination_agreement", "based_on": signed, "facts": {}}
    with pytest.raises(OrderInvalid) as raised:
        draft(asked)
    assert {problem.where for problem in raised.value.problems} == {
        "/based_on/matter/clients/0/inn",
        "/based_on/matter/number",
        "/facts/ends_on",
        "/facts/paid",
        "/facts/rendered",
    }


def test_the_sum_to_return_is_the_difference_to_the_kopeck(
    draft: Callable[..., Draft], service: Service, order: Any
) -> None:
    facts = {"ends_on": "2026-12-25", "rendered": 17999.99, "paid": 40000.01}
    asked = {
        "schema": 1,
        "kind": "termination_agreement",
        "date": "2026-12-21",
        "based_on": order("consumer_advance"),
        "facts": facts,
    }
    text = service.write(draft(asked), "txt").decode().replace("\u00a0", " ")
    assert "22 000 (двадцать две тысячи) рублей 02 копейки" in text
    facts.update(rendered=50000, paid=40000)
    text = service.write(draft(asked), "txt").decode().replace("\u00a0", " ")
    assert "Заказчик доплачивает Исполнителю 10 000 (десять тысяч) рублей 00 копеек" in text


@pytest.mark.parametrize("stem", ["spouses_shares", "advocate_two_clients"])
def test_copies_are_for_the_firm_and_for_everybody_who_signed(stem: str, said: Said, order: Any) -> None:
    ends = {"kind": "date", "on": "2028-12-31"}
    two = said(facts={"copies": 2}, term={"until": ends})
    assert "в двух экземплярах, имеющих равную юридическую силу, по одному для каждой стороны." in two
    three = said(stem, facts={"copies": 3}, term={"until": ends})
    firm, client = ("Адвоката", "Доверителя") if "advocate" in stem else ("Исполнителя", "Заказчика")
    signed = f"не менее чем по одному для {firm} и для каждого, кто подписал настоящее соглашение со стороны {client}."
    assert f"в трёх экземплярах, имеющих равную юридическую силу, {signed}" in three


def test_too_few_copies_are_told_of_a_supplement_too(order: Any, draft: Callable[..., Draft]) -> None:
    asked = order("fee_and_term")
    asked["based_on"] = order("spouses_shares")
    asked["matter"] = {"term": {"until": {"kind": "date", "on": "2028-12-31"}}}
    for copies, told in ((2, True), (3, False)):
        asked["facts"]["copies"] = copies
        assert ("copies_few" in {one.code for one in draft(asked).warnings}) is told
