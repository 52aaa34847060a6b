"""Powers of attorney: who gives and gets them, in which form for which forum, from the agreement's own order."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from docgen.errors import OrderInvalid
from docgen.service import Draft
from tests.advice_cases import base
from tests.conftest import ROOT, problems

Drafted = Callable[..., Draft]


def test_a_simple_power_of_an_entrepreneur_for_three_forums_is_split(order: Any, draft: Drafted) -> None:
    asked = order("entrepreneur_arbitration")
    asked["facts"]["forums"] = ["arbitration", "general", "tax"]
    with pytest.raises(OrderInvalid) as raised:
        draft(asked)
    told = {one.code: one for one in raised.value.problems}
    assert set(told) == {"poa_form_general", "poa_form_tax"}
    assert "ГПК РФ, статьи 53 и 54" in told["poa_form_general"].message
    assert "НК РФ, статьи 27–29" in told["poa_form_tax"].message
    assert "уберите general" in told["poa_form_general"].hint
    assert "уберите tax" in told["poa_form_tax"].hint
    asked["facts"]["forums"] = ["arbitration"]
    assert draft(asked).warnings == ()
    asked["facts"] |= {"forums": ["general", "tax"], "certification": "notarial"}
    assert draft(asked).warnings == ()


def test_powers_that_dispose_of_the_claim_are_given_only_when_switched_on(order: Any, said: Any) -> None:
    asked = order("company_courts")
    disposing = ("отказываться от исковых", "признавать иск", "мировое соглашение", "получать присуждённые")
    assert not [words for words in disposing if words in said(asked)]
    switches = dict.fromkeys(("waive", "admit", "settle", "receive"), True)
    asked["clauses"] = {"parameters": {"power_arbitration": switches}}
    assert [words for words in disposing if words in said(asked)] == list(disposing)


def test_the_head_signs_where_another_signed_the_agreement(order: Any, said: Any) -> None:
    asked = order("company_courts")
    text = said(asked)
    assert "в лице генерального директора Зиминой Ольги Павловны" in text
    assert "Мельник" not in text
    del asked["based_on"]["matter"]["clients"][0]["head"]
    asked["facts"]["certification"] = "notarial"
    assert "Мельника Олега Игоревича" in said(asked)


def test_who_is_not_there_is_told_with_those_who_are(order: Any, draft: Drafted) -> None:
    asked = order("company_courts")
    asked["facts"] |= {"attorneys": ["Карпов Илья Дмитриевич", "Рогов Лев Петрович"]}
    with pytest.raises(OrderInvalid) as raised:
        draft(asked)
    assert [(one.where, one.code) for one in raised.value.problems] == [("/facts/attorneys/1", "unknown_specialist")]
    assert "Соколова Мария Андреевна" in raised.value.problems[0].hint
    asked["facts"] |= {"attorneys": ["Карпов Илья Дмитриевич"], "client": 2}
    assert problems(draft, asked) == {("/facts/client", "unknown_client")}


def test_a_specialist_without_a_passport_is_no_attorney(order: Any, draft: Drafted) -> None:
    asked = order("company_courts")
    diploma = {"number": "1", "institution": "УрГЮУ", "year": 2020}
    firm = base("company_stages")["matter"]["firm"]
    firm["specialists"] = [{"name": "Рогов Лев Петрович", "position": "юрист", "diploma": diploma}]
    asked["matter"] = {"firm": firm}
    asked["facts"]["attorneys"] = ["Рогов Лев Петрович"]
    where = "/matter/firm/specialists/0"
    wanted = {f"{where}/birth_date", f"{where}/address", f"{where}/passport/number"}
    assert {pointer for pointer, _ in problems(draft, asked)} >= wanted


def test_a_firm_that_is_one_person_is_identified_as_one(order: Any, said: Any) -> None:
    asked = order("entrepreneur_arbitration")
    firm = asked["based_on"]["matter"]["firm"]
    known = "Лаптеву Юлию Сергеевну, 22 мая 1989 г. рождения (ОГРНИП 318723200044157, ИНН 720341882530, паспорт 71 09"
    assert f"индивидуального предпринимателя {known} № 640317, кем выдан: Отделом УФМС" in said(asked)
    del firm["birth_date"], firm["passport"]
    assert "Лаптеву Юлию Сергеевну (ОГРНИП 318723200044157, ИНН 720341882530, адрес: 625003" in said(asked)
    advocate = base("advocate_success")["matter"]["firm"]
    advocate |= {"birth_date": "1980-01-15", "accounts": firm["accounts"]}
    asked["matter"] = {"firm": advocate}
    words = "адвоката Мещерякову Инну Валерьевну, 15 января 1980 г. рождения (реестровый № 59/1873, Адвокатская палата"
    assert words in said(asked)


def test_the_date_is_written_by_hand_only_on_paper(order: Any, draft: Drafted, said: Any) -> None:
    asked = order("company_courts")
    asked["facts"]["date_by_hand"] = True
    assert [one.code for one in draft(asked).warnings] == ["poa_undated"]
    assert "«____» ______________ 20___ г." in said(asked)
    assert "ноября 2026" not in said(asked).split("Общество")[0]
    asked["facts"]["form"] = "electronic"
    assert problems(draft, asked) == {("/facts/date_by_hand", "poa_undated_electronic")}


def test_a_power_needs_no_agreement_but_its_parties(order: Any, draft: Drafted) -> None:
    asked = order("child_general")
    assert "fee" not in asked["matter"]
    del asked["matter"]["place"], asked["matter"]["clients"]
    assert problems(draft, asked) == {("/matter/place", "required"), ("/matter/clients", "required")}


def test_a_parent_opens_the_power_of_a_child_under_fourteen(order: Any, said: Any) -> None:
    asked = order("child_general")
    opening = said(asked).split("уполномочивает:")[0].rsplit("\n", 1)[1]
    assert opening.startswith("Мухина Вера Николаевна, 14 июня 1988 г. рождения (паспорт 65 10 № 118209")
    assert "адрес: 620131, г. Екатеринбург, ул. Фролова, д. 29, кв. 40; документ о представительстве — " in opening
    son = "действующая от имени и в интересах своего несовершеннолетнего сына Мухина Арсения Павловича, 9 марта 2015 г."
    assert son in opening
    assert "именуемого в дальнейшем «доверитель», настоящей доверенностью" in opening
    child = asked["matter"]["clients"][0]
    child["name"] = "Мухина Алина Павловна"
    child["representative"] |= {"name": "Мухин Павел Игоревич", "relation": "father"}
    father = said(asked)
    assert "действующий от имени и в интересах своей несовершеннолетней дочери Мухиной Алины Павловны, 9" in father
    assert "именуемой в дальнейшем «доверитель»" in father
    child["representative"]["relation"] = "guardian"
    assert "действующий от имени и в интересах несовершеннолетней подопечной Мухиной Алины" in said(asked)
    for unknown in ("birth_date", "address"):
        del child["representative"][unknown]
    assert "Мухин Павел Игоревич (паспорт 65 10 № 118209" in said(asked)


def test_a_minor_of_fourteen_acts_with_consent(order: Any, said: Any) -> None:
    asked = order("child_general")
    asked["matter"]["clients"][0]["birth_date"] = "2012-03-09"
    text = said(asked)
    opening = text.split("уполномочивает:")[0].rsplit("\n", 1)[1]
    assert opening.startswith("Мухин Арсений Павлович, 9 марта 2012 г. рождения")
    consent = "действующий с письменного согласия законного представителя (мать — Мухина Вера Николаевна, 14 июня"
    assert f"именуемый в дальнейшем «доверитель», {consent}" in opening
    assert "Согласие законного представителя" in text


def test_a_ward_of_age_acts_through_a_guardian(order: Any, said: Any, draft: Drafted) -> None:
    asked = order("child_general")
    ward = asked["matter"]["clients"][0]
    ward["birth_date"] = "1994-03-09"
    assert problems(draft, asked) == {("/matter/clients/0/representative", "adult_parent")}
    ward["representative"] |= {"relation": "guardian", "document": "Акт органа опеки от 01.02.2020 № 5"}
    assert "действующая от имени и в интересах подопечного Мухина Арсения Павловича, 9 марта 1994" in said(asked)


def test_who_is_present_when_a_childs_power_is_certified(order: Any, said: Any) -> None:
    asked = order("child_general")
    asked["facts"]["certification"] = "organisation"
    assert "Доверенность подписана законным представителем доверителя в моём присутствии" in said(asked)
    asked["matter"]["clients"][0]["birth_date"] = "2012-03-09"
    assert "подписана доверителем и его законным представителем в моём присутствии, личность каждого" in said(asked)


def test_mistakes_are_told_in_the_order_that_was_typed(order: Any, draft: Drafted) -> None:
    asked = order("company_courts")
    asked["based_on"]["matter"]["clients"][0]["head"]["name"] = ""
    assert problems(draft, asked) == {("/based_on/matter/clients/0/head/name", "empty")}


# --- revocation


def test_a_revocation_takes_the_form_of_the_power(order: Any, said: Any) -> None:
    simple = order("company_one")
    assert "проект для нотариального удостоверения" not in said(simple)
    simple["facts"]["by_notary"] = True
    assert "проект для нотариального удостоверения" in said(simple)
    notarial = order("company_one")
    notarial["based_on"]["facts"]["certification"] = "notarial"
    with pytest.raises(OrderInvalid):
        said(notarial)  # a notary's paper is known by the notary and the number in the register
    notarial["facts"] |= {"notary": "Смирнова О. П.", "registry_number": "66/84-н/66-2026-3-417"}
    text = said(notarial)
    assert "удостоверенную нотариусом (Смирнова О. П.) и зарегистрированную в реестре за № 66/84-н/66-2026-3" in text
    assert "реестр нотариальных действий" in text


def test_a_notary_explains_to_whoever_signs_the_revocation(order: Any, said: Any) -> None:
    asked = order("company_one")
    asked["facts"]["by_notary"] = True
    assert "лицу, подписывающему распоряжение от имени доверителя, разъяснены" in said(asked)
    assert "Правовые последствия отмены доверителю разъяснены" in said(order("citizen"))
    child = {**order("citizen"), "based_on": order("child_general")}
    text = said(child)
    assert "Правовые последствия отмены законному представителю доверителя разъяснены" in text
    assert "действующая от имени и в интересах своего несовершеннолетнего сына" in text


def test_one_attorney_may_lose_the_power_and_the_rest_keep_it(order: Any, said: Any, draft: Drafted) -> None:
    asked = order("company_one")
    text = said(asked)
    assert "в части полномочий, предоставленных Соколовой Марии Андреевне, и передоверие" in text
    assert "В отношении остальных представителей доверенность сохраняет силу." in text
    del asked["facts"]["only"]
    whole_text = said(asked)
    assert "в части полномочий" not in whole_text
    assert "Подлинник доверенности подлежит немедленному возврату доверителю." in whole_text
    asked["facts"]["only"] = ["Ветрова Анна Сергеевна"]
    assert problems(draft, asked) == {("/facts/only/0", "unknown_specialist")}


def test_the_firm_alone_may_lose_the_power(order: Any, said: Any, draft: Drafted) -> None:
    asked = order("company_one")
    for name in ("ООО «ЮФ «Лекс Урал»", "Общество с ограниченной ответственностью «Юридическая фирма «Лекс Урал»"):
        asked["facts"]["only"] = [name]
        text = said(asked)
        assert "предоставленных ООО «ЮФ «Лекс Урал», и передоверие, совершённое этим лицом или в его пользу." in text
        assert "Об отмене доверитель извещает этого представителя и известных" in text
        assert "В отношении остальных представителей доверенность сохраняет силу." in text
    notice = {**order("company_court"), "based_on": asked}
    assert "предоставленных ООО «ЮФ «Лекс Урал», и передоверие, совершённое этим лицом" in said(notice)
    assert "действия, совершённые этим представителем, прав" in said(notice)
    asked["facts"]["only"].append("Карпов Илья Дмитриевич")
    text = said(asked)
    assert "предоставленных ООО «ЮФ «Лекс Урал», Карпову Илье Дмитриевичу, и передоверие, совершённое этими л" in text
    assert "извещает этих представителей" in text
    assert "Представители, полномочия которых прекращены, не вправе" in text
    assert "совершённые этими представителями, прав" in said({**notice, "based_on": asked})
    asked["facts"]["only"] = ["ООО «Лекс»"]
    with pytest.raises(OrderInvalid) as raised:
        draft(asked)
    assert "есть: ООО «ЮФ «Лекс Урал», Карпов Илья Дмитриевич" in raised.value.problems[0].hint
    asked["based_on"]["facts"]["to_firm"] = False
    asked["based_on"]["facts"]["delegation"] = "refused"
    asked["facts"]["only"] = ["ООО «ЮФ «Лекс Урал»"]
    assert problems(draft, asked) == {("/facts/only/0", "unknown_specialist")}


def test_a_citizen_gives_notice_in_the_first_person_and_a_company_in_the_third(order: Any, said: Any) -> None:
    citizen = order("individual_attorney")
    text = said(citizen)
    assert "Я, Громова Елена Викторовна, 17 июня 1984 г. рождения, уведомляю, что распоряжением от 20 мая" in text
    assert "Прошу вернуть её подлинник" in text
    assert "осим" not in text
    citizen["facts"]["to"] = "third_party"
    assert "прав и обязанностей для меня не создают. Прошу не принимать" in said(citizen)
    company = said(order("company_court"))
    assert "ИНН 6659341726) уведомляет, что распоряжением № 4 от 15 марта 2027 г. отменило доверенность" in company
    assert "для доверителя не создают. Просим не принимать" in company
    assert "Я, " not in company


def test_a_parent_gives_notice_for_a_child(order: Any, said: Any) -> None:
    asked = order("individual_attorney")
    asked["based_on"]["based_on"] = order("child_general")
    asked["facts"]["to"] = "third_party"
    mother = "Я, Мухина Вера Николаевна, действующая от имени и в интересах своего несовершеннолетнего сына Мухина Арс"
    text = said(asked)
    assert mother in text
    assert "рождения, уведомляю, что распоряжением от 20 мая 2027 г. отменила доверенность" in text
    assert "для доверителя не создают. Прошу" in text
    assert "118209" not in text  # a third party needs no passport
    asked["based_on"]["based_on"]["matter"]["clients"][0]["birth_date"] = "2012-03-09"
    consent = "рождения, действующий с письменного согласия законного представителя (мать — Мухина Вера Николаевна), "
    assert consent in said(asked)


def test_a_notice_says_what_the_power_and_its_revocation_say(order: Any, said: Any) -> None:
    text = said(order("company_court"))
    assert "распоряжением № 4 от 15 марта 2027 г. отменило доверенность № 15-26/1 от 25 ноября 2026 г." in text
    assert "не выдавать этому представителю документы и имущество.\n\nПриложение: копия распоряжения" in text
    assert "Просим вернуть" not in text
    assert "Вы не вправе действовать" in said(order("company_attorney"))


# --- the agreement by file ---------------------------------------------------------------------

COURTS = ROOT / "samples/power_of_attorney/company_courts.json"


def test_the_agreement_may_be_named_by_file(order: Any, draft: Drafted) -> None:
    by_file = draft(json.loads(COURTS.read_bytes()), folder=COURTS.parent)
    assert by_file.document == draft(order("company_courts")).document


def test_over_http_no_file_is_read(draft: Drafted) -> None:
    assert problems(draft, json.loads(COURTS.read_bytes())) == {("/based_on", "based_on_file")}


@pytest.mark.parametrize("content", [None, "{", '{"schema": 1, "kind": "power_of_attorney", "based_on": "a.json"}'])
def test_a_file_that_is_no_order_is_told(content: str | None, tmp_path: Path, order: Any, draft: Drafted) -> None:
    if content is not None:
        (tmp_path / "a.json").write_text(content, encoding="utf-8")
    asked = {**order("company_courts"), "based_on": "a.json"}
    with pytest.raises(OrderInvalid) as raised:
        draft(asked, folder=tmp_path)
    assert {one.where.split(":")[0] for one in raised.value.problems} <= {"/based_on", ""}
    assert all(one.hint for one in raised.value.problems)
