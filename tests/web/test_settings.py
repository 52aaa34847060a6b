"""Clauses in the form: what they are called, what their variants and help say, why they stand or do not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from docgen.config import Settings
from docgen.model import JsonObject, scan_json
from docgen.service import Service, with_base
from docgen.web import create_app
from docgen.web.fields import controls, walk
from docgen.web.forms import Form, Setting, fields_of, form_of, words_of
from docgen.web.pages import Desk
from docgen.web.spoken import spoken
from tests.conftest import ROOT, SAMPLES

Opened = Callable[[Path], JsonObject]
FIRM = ROOT / "samples" / "firm.yaml"


@pytest.fixture(scope="module")
def desk(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(service, Settings(firm=FIRM, data=tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="module")
def form(desk: Desk) -> Callable[[JsonObject], Form]:
    return lambda raw: form_of(desk.service, raw, desk.preview(raw), desk.firm())


@pytest.fixture(scope="module")
def raw(desk: Desk) -> Callable[..., JsonObject]:
    """Give a sample's order as the form opens it, with other choices of clauses if they are given."""

    def read(path: Path, **clauses: Any) -> JsonObject:
        opened = desk.opened(with_base(*scan_json(path.read_bytes()), path.parent)[0])
        return {**opened, "clauses": {**opened.get("clauses", {}), **clauses}} if clauses else opened

    return read


@pytest.fixture(scope="module")
def sampled(form: Callable[[JsonObject], Form], raw: Callable[..., JsonObject]) -> Callable[[Path], Form]:
    """Give the form of a sample, made once."""
    return cache(lambda path: form(raw(path)))


def sample_of(stem: str) -> Path:
    return next(path for path in SAMPLES if path.stem == stem)


def settings(form: Form) -> dict[str, Setting]:
    return {one.id: one for section in form.sections for one in section.settings}


# --- titles ----------------------------------------------------------------------------------


def test_a_clause_is_called_by_its_number_and_title(sampled: Callable[[Path], Form]) -> None:
    made = settings(sampled(sample_of("company_stages")))
    assert made["written_answers"].title == "3.4 Письменные ответы"
    assert made["fee_advance"].title.endswith(" Аванс")
    assert (made["fee_cap"].title, made["fee_cap"].included) == ("Предел вознаграждения", False)


def test_a_special_term_is_placed_after_a_clause_by_its_title(
    form: Callable[[JsonObject], Form], raw: Callable[..., JsonObject]
) -> None:
    added = [{"after": "written_answers", "text": "Ответы нумеруются."}]
    made = form(raw(sample_of("company_stages"), add=added))
    after = next(one for one in made.controls() if one.name == "/clauses/add/0/after")
    options = dict(after.options)
    assert options["written_answers"] == "3.4 Письменные ответы"
    assert set(options) <= set(settings(made)), "only clauses of the library, no special term"


def test_a_clause_without_a_title_is_called_by_its_first_words(
    desk: Desk, raw: Callable[..., JsonObject], monkeypatch: pytest.MonkeyPatch
) -> None:
    placed = desk.service.library.form
    assert placed is not None
    spec = placed.spec.model_copy(update={"titles": {}})
    monkeypatch.setattr(desk.service.library, "form", replace(placed, spec=spec))
    order = raw(sample_of("company_stages"))
    made = settings(form_of(desk.service, order, desk.preview(order), desk.firm()))
    assert made["written_answers"].title.startswith("3.4 Ответ, требующий правового обоснования")
    assert made["fee_cap"].title.startswith("Вознаграждение не превышает")


# --- variants --------------------------------------------------------------------------------


def test_variants_of_a_clause_can_be_told_from_one_another(service: Service) -> None:
    """All clauses of the library: what is not said by the first words is said from where the wordings part."""
    names = [f"/clauses/choose/{name}" for name in service.library.clauses]
    fields = fields_of(service, {"schema": 1, "kind": "services_agreement"}, True, names)
    variants = [one for one in controls(fields) if one.name in names]
    assert len(variants) >= 25
    for control in variants:
        words = [word for _, word in control.options]
        assert len(set(words)) == len(words), control.name
        assert [word for word in words if len(word) > 75 or word.strip("… ") == ""] == []


def test_variants_are_shown_from_where_they_part(sampled: Callable[[Path], Form]) -> None:
    made = settings(sampled(sample_of("company_stages")))
    options = dict(made["acceptance"].controls[0].options)
    assert options["consumer"].startswith("… передаёт Заказчику акт")
    assert options["business"].startswith("… направляет Заказчику акт по форме Приложения № … или универсальный")


# --- help ------------------------------------------------------------------------------------


def test_help_of_parameters_names_no_codes(service: Service) -> None:
    names = [f"/clauses/parameters/{name}/" for name in service.library.clauses]
    fields = fields_of(service, {"schema": 1, "kind": "services_agreement"}, True, names)
    parameters = [one for one in controls(fields) if one.name.startswith("/clauses/parameters/")]
    assert len(parameters) >= 40
    assert [(one.name, one.help) for one in parameters if re.search("[A-Za-z]", one.help + one.label)] == []
    helps = {one.name.rpartition("/")[2]: one.help for one in parameters}
    assert helps["travel_time"] == "Дорога в суд и к клиенту."


def test_help_of_facts_names_no_codes(sampled: Callable[[Path], Form]) -> None:
    """Kinds and the matter: names such as PDF are words, a choice's code is none; a reference is one too."""
    names = re.compile(r"\b(?:e-mail|PDF|DOCX|Word|Excel|QR|IBAN|SWIFT)\b|\{\{ ref\('…'\) \}\}")
    for path in SAMPLES:
        for section in sampled(path).sections:
            for entry in walk(section.entries):
                assert not re.search("[A-Za-z]", names.sub("", entry.help)), (path, entry.name, entry.help)


# --- why -------------------------------------------------------------------------------------

CODE = re.compile(r"[A-Za-z]|\w\.\w|['\"=/_]")


def why(setting: Setting) -> str:
    return "".join(piece.text for piece in setting.reason)


def test_no_reason_shows_code(
    sampled: Callable[[Path], Form], desk: Desk, form: Callable[[JsonObject], Form], service: Service
) -> None:
    """Dates and sums are no code: all samples, and the form of each kind that stands by itself, with nothing typed."""
    begun = [form(desk.start(name, None)) for name, kind in service.library.kinds.items() if not kind.spec.based_on]
    made = [one for each in (*map(sampled, SAMPLES), *begun) for one in settings(each).values()]
    assert len(made) > 1000
    said = [re.sub(r"\d\d\.\d\d\.\d{4}", "", why(one)) for one in made]
    assert [one for one in said if CODE.search(one)] == []
    assert all(re.match("Входит|Не входит|Выбрано|Исключено|Обычно|Нет ", one) for one in said)


def test_a_reason_says_the_answers_that_decided(sampled: Callable[[Path], Form]) -> None:
    made = settings(sampled(sample_of("company_stages")))
    assert why(made["written_answers"]) == "Входит всегда"
    assert why(made["fee_stages"]) == "Входит, потому что «Модель вознаграждения» — по этапам"
    assert why(made["beneficiary"]) == "Не входит, потому что «Выгодоприобретатель» — не указано"
    assert why(made["foreign_client"]) == "Не входит, потому что «Клиенты» — организация"
    assert why(made["short_final"]) == "Не входит, потому что «Объём документа» — обычный"
    assert why(made["aml"]) == "Обычно не включается; есть в объёме «Полный»"
    consumer = settings(sampled(sample_of("consumer_advance")))
    assert why(consumer["jurisdiction"]).startswith("Входит всегда; такой вариант, потому что «Цель» — личные нужды")


def test_a_reason_says_what_was_chosen(form: Callable[[JsonObject], Form], raw: Callable[..., JsonObject]) -> None:
    path = sample_of("company_stages")
    made = settings(form(raw(path, omit=["data_processing"], choose={"travel": "standard", "refusal": "business"})))
    assert why(made["data_processing"]) == "Исключено вами"
    assert why(made["travel"]) == "Выбрано вами"
    assert why(made["refusal"]) == "Входит всегда; вариант выбран вами"
    made = settings(form(raw(path, preset="full")))
    assert why(made["travel"]) == why(made["channel_use"]) == "Входит в объём «Полный»"
    made = settings(form(raw(path, preset="short")))
    assert why(made["scope"]) == "Не входит в объём «Краткий»"
    assert why(made["term"]) == "Не входит, потому что «Объём документа» — краткий"


def test_what_goes_into_a_calculation_is_named_without_an_answer(sampled: Callable[[Path], Form]) -> None:
    made = settings(sampled(sample_of("hourly_january")))
    assert why(made["report_handed"]).endswith("вопросы «Переданные документы», «Период с», «Период по»")
    assert "Ход дела" in why(settings(sampled(sample_of("three_stages")))["act_set_off"])


def test_a_reason_leads_to_the_fields_that_the_form_has(sampled: Callable[[Path], Form], desk: Desk) -> None:
    made = sampled(sample_of("company_stages"))
    names = {entry.name for section in made.sections for entry in walk(section.entries)}
    links = {piece.to for one in settings(made).values() for piece in one.reason if piece.to}
    assert links <= names
    assert links >= {"/matter/purpose", "/matter/channels", "/clauses/preset", "/matter/fee/model", "/matter/payer"}
    assert desk.firm(), "the firm is not asked for here"
    firm = [piece for piece in settings(made)["registration"].reason if piece.text == "«Исполнитель»"]
    assert [piece.to for piece in firm] == [""]


def test_the_page_says_why_with_links(tmp_path: Path) -> None:
    app = create_app(Settings(firm=FIRM, data=tmp_path / "data"))
    try:
        client = app.test_client()
        work = client.post("/works", data={"kind": "services_agreement"}).headers["Location"]
        page = client.get(work).text
    finally:
        app.extensions["docgen"].close()
    assert re.search(r"Почему не входит\.</strong> Не входит, потому что <a href=\"#/matter/payer\"", page)
    assert "<strong>Почему здесь.</strong> Входит всегда." in page


def test_a_message_names_a_clause_that_does_not_stand_by_its_title(
    desk: Desk, form: Callable[[JsonObject], Form], raw: Callable[..., JsonObject]
) -> None:
    made = form(raw(sample_of("company_stages"), parameters={"fee_hours": {"carry_over": "burn"}}))
    said = spoken(desk.service, words_of(desk.service, made.kind), made.titles)
    told = [said(one.message) for one in made.warnings if one.code == "unused_parameter"]
    assert told == ["пункт «Включённые часы» не входит в документ, его параметры ни на что не влияют"]
