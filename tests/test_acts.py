"""Acts: every line, total and VAT recomputed here from the order, apart from the code that prints them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from docgen.errors import OrderInvalid, Problem
from docgen.service import Draft
from tests.advice_cases import sample_firm
from tests.conftest import ROOT, problems, whole

Drafted = Callable[..., Draft]
CENT = Decimal("0.01")
RATES = {"three_stages": 22, "consumer_services": 22, "company_hourly": 22, "month": 5}


def figures(amount: Decimal) -> str:
    return f"{amount:,.2f}".replace(",", " ").replace(".", ",")


def half_up(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


@pytest.fixture
def act(order: Any) -> Callable[[str], Any]:
    """Give a fresh act by its stem: stems of agreements are the same."""

    return lambda stem: whole(ROOT / "samples" / "act" / f"{stem}.json")


def lines_of(asked: Any) -> list[Decimal]:
    """Return the amounts that an act's lines must have, by the fee of its agreement."""
    matter, facts = {**asked["based_on"]["matter"], **asked.get("matter", {})}, asked["facts"]
    fee = matter["fee"]
    match fee["model"]:
        case "stages":
            return [Decimal(str(fee["stages"][number - 1]["amount"])) for number in facts["stages"]]
        case "fixed":
            return [Decimal(matter["services"][number - 1]["price"]) for number in facts["services"]]
        case "instances":
            return [Decimal(fee["instances"][0]["amount"]), Decimal(fee["extra_hearing"]) * facts["hearings"]]
        case "hourly":
            people = {one["name"]: one["position"] for one in sample_firm()["specialists"]}
            step, made = fee["time"]["step_minutes"], []
            for rate in fee["rates"]:
                minutes = [
                    entry["minutes"]
                    for entry in matter["time"]
                    if facts["start"] <= entry["on"] <= facts["until"] and people[entry["who"]] == rate["who"]
                ]
                assert fee["time"]["rounding"] == "entry"
                billed = sum(-(-one // step) * step for one in minutes)
                if billed:
                    made.append(half_up(Decimal(rate["rate"]) * billed / 60))
            return made
        case _:
            minutes, step = sum(entry["minutes"] for entry in matter["time"]), fee["time"]["step_minutes"]
            over = -(-minutes // step) * step - 60 * fee["hours"]
            return [Decimal(fee["amount"]), half_up(Decimal(fee["over_rate"]) * over / 60)]


@pytest.mark.parametrize("stem", [*RATES, "advocate_instance"])
def test_lines_totals_and_vat_are_those_of_the_order(stem: str, act: Any, said: Any) -> None:
    asked = act(stem)
    text, lines, rate = said(asked), lines_of(asked), RATES.get(stem)
    total = sum(lines, Decimal(0))
    vats = [half_up(line * rate / (100 + rate)) for line in lines] if rate else []
    for place, line in enumerate(lines):
        vat = f" | {figures(vats[place])}" if rate else ""
        assert f"| {figures(line)}{vat}\n" in text
    end = f" | {figures(sum(vats, Decimal(0)))}" if rate else ""
    assert f"Итого |  |  |  |  | {figures(total)}{end}\n" in text
    roubles = f"{int(total):,}".replace(",", " ")
    assert f"Всего по акту: {roubles} (" in text
    paid = sum((Decimal(str(one["amount"])) for one in asked.get("matter", {}).get("payments", [])), Decimal(0))
    due = total - min(paid, total)
    if due:
        assert f"К оплате: {int(due):,} (".replace(",", " ") in text
    else:
        assert "Доплата по акту не требуется." in text


def test_the_rate_is_that_of_the_day_of_the_service(act: Any, said: Any) -> None:
    asked = act("three_stages")
    asked["based_on"]["date"] = asked["based_on"]["matter"]["signed_on"] = "2025-11-24"
    asked["based_on"]["matter"]["clients"][0]["signatories"][0]["basis"]["on"] = "2025-09-01"
    asked["facts"]["stages"] = [1]
    asked |= {"date": "2026-01-12"}
    asked["facts"]["rendered_on"] = "2025-12-31"
    assert "в том числе НДС 20 % — 15 000 " in said(asked)
    asked["facts"]["rendered_on"] = "2026-01-01"
    assert "в том числе НДС 22 % — 16 229 " in said(asked)


def test_an_advance_is_set_off_once(act: Any, said: Any) -> None:
    asked = act("three_stages")
    asked["facts"] |= {"stages": [2], "before": 90000}
    text = said(asked)
    assert "засчитывается" not in text
    assert "К оплате: 30 000 (тридцать тысяч) рублей 00 копеек" in text
    asked["facts"]["before"] = 70000
    assert "засчитывается 20 000 (двадцать тысяч) рублей 00 копеек" in said(asked)


def test_a_payment_after_the_act_is_not_set_off(act: Any, said: Any) -> None:
    asked = act("three_stages")
    asked["matter"]["payments"][0]["on"] = "2027-02-13"
    assert "засчитывается" not in said(asked)


def test_money_for_expenses_is_no_advance(act: Any, said: Any) -> None:
    asked = act("three_stages")
    asked["matter"]["payments"][0]["purpose"] = "expenses"
    assert "засчитывается" not in said(asked)


def test_a_part_of_a_month_costs_its_share_of_days(act: Any, said: Any) -> None:
    asked = act("month")
    asked["facts"]["start"] = "2026-12-22"
    text = said(asked)
    share = figures(half_up(Decimal(45000) * 10 / 31))
    assert f"Абонентское обслуживание за часть месяца | месяц | 10 из 31 дней | 45 000,00 | {share}" in text
    assert "сверх включённых часов" not in text


@pytest.mark.parametrize(
    ("stem", "facts", "told"),
    [
        ("three_stages", {"stages": [5]}, {("/facts/stages/0", "unknown_row")}),
        ("three_stages", {"stages": [0]}, {("/facts/stages/0", "unknown_row")}),
        ("three_stages", {"stages": [1, 1]}, {("/facts/stages/1", "repeated_row")}),
        ("three_stages", {"stages": []}, {("/facts/stages", "required")}),
        ("consumer_services", {"services": [4]}, {("/facts/services/0", "unknown_row")}),
        ("advocate_instance", {"instances": ["appeal"]}, {("/facts/instances/0", "not_priced")}),
        ("company_hourly", {"start": None}, {("/facts/start", "required")}),
        ("company_hourly", {"start": "2027-03-01", "until": "2027-03-31"}, {("/facts", "nothing_billed")}),
        ("month", {"start": "2026-11-30"}, {("/facts/until", "not_one_month")}),
    ],
)
def test_what_cannot_be_billed_is_told(stem: str, facts: Any, told: Any, act: Any, draft: Drafted) -> None:
    asked = act(stem)
    asked["facts"] = {name: one for name, one in {**asked["facts"], **facts}.items() if one is not None}
    assert problems(draft, asked) >= told


def test_whoever_worked_must_have_a_rate(act: Any, draft: Drafted) -> None:
    asked = act("company_hourly")
    asked["matter"]["time"][1]["who"] = "Рогов Лев Петрович"
    assert problems(draft, asked) == {("/matter/time/1/who", "not_priced")}


@pytest.mark.parametrize(
    "written", ["Карпов И. Д.", "Карпов И.Д.", "И. Д. Карпов", "И.Д.Карпов", "карпов ид", "Карпов И.", "И\u00a0Карпов"]
)
def test_a_surname_with_initials_has_the_rate_of_its_specialist(
    written: str, act: Any, draft: Drafted, said: Any
) -> None:
    asked = act("company_hourly")
    before = said(asked)
    for entry in asked["matter"]["time"]:
        entry["who"] = entry["who"].replace("Карпов Илья Дмитриевич", written)
    assert said(asked) == before


@pytest.mark.parametrize("written", ["Карпов", "Карпов Д. И.", "Карпова И. Д.", "И. Д."])
def test_initials_that_fit_nobody_are_told_with_the_names_that_have_a_rate(
    written: str, act: Any, draft: Drafted
) -> None:
    asked = act("company_hourly")
    asked["matter"]["time"][1]["who"] = written
    (told,) = refused(draft, asked)
    assert (told.where, told.code) == ("/matter/time/1/who", "not_priced")
    assert told.message == f"нет ставки для того, кто работал: {written}"
    assert "Карпов Илья Дмитриевич, Соколова Мария Андреевна" in told.hint


def test_initials_that_fit_two_are_told(act: Any, draft: Drafted) -> None:
    asked = act("company_hourly")
    firm = sample_firm()
    firm["specialists"][1]["name"] = "Карпов Иван Денисович"
    asked["based_on"]["matter"]["firm"] = firm
    for entry in asked["matter"]["time"]:
        entry["who"] = "Карпов И. Д."
    told = refused(draft, asked)
    assert {one.message for one in told if one.code == "not_priced"} == {
        "неясно, чья ставка: «Карпов И. Д.» — так можно назвать нескольких"
    }


def refused(draft: Drafted, order: Any) -> tuple[Problem, ...]:
    with pytest.raises(OrderInvalid) as raised:
        draft(order)
    return raised.value.problems


def test_a_service_without_a_price_is_billed_with_all_the_rest_only(act: Any, draft: Drafted, said: Any) -> None:
    asked = act("consumer_services")
    matter = asked["based_on"]["matter"]
    matter["purpose"] = "business"
    for one in matter["services"]:
        del one["price"]
    assert problems(draft, asked) == {
        ("/based_on/matter/services/0/price", "not_priced"),
        ("/based_on/matter/services/1/price", "not_priced"),
    }
    del asked["facts"]["services"]
    assert "| услуга | 1 | 100 000,00 | 100 000,00 | 18 032,79" in said(asked)


def test_the_act_has_what_the_accounting_law_asks(act: Any, said: Any) -> None:
    text = said(act("three_stages"))
    for words in (
        "Акт об оказании услуг",  # name
        "12 февраля 2027 г.",  # day
        "Юридическая фирма «Лекс Урал» (ОГРН",  # who made it
        "Правовая позиция: передача Заказчику письменного заключения",  # what happened
        "| этап | 1 |",  # measure and unit
        "Генеральный директор\n____________________ А. С. Ветрова",  # position, signature, name
        "Директор по правовым вопросам\n____________________ О. И. Мельник",
    ):
        assert words in text


# --- corrective acts


@pytest.fixture
def correction() -> Callable[[str], Any]:
    return lambda stem: whole(ROOT / "samples" / "corrective_act" / f"{stem}.json")


def test_the_difference_is_the_new_lines_less_the_old(correction: Any, said: Any) -> None:
    text = said(correction("fewer_stages"))
    old, new = (Decimal("90000"), Decimal("30000"), Decimal("95000.50")), (Decimal("90000"), Decimal("30000"))
    vat = sum(half_up(one * 22 / 122) for one in old) - sum(half_up(one * 22 / 122) for one in new)
    was, became = text.split("Стало\n")
    assert f"Итого |  |  |  |  | {figures(sum(old, Decimal(0)))}\n" in was
    assert f"Итого |  |  |  |  | {figures(sum(new, Decimal(0)))}\n" in became
    assert "уменьшается на 95 000 (девяносто пять тысяч) рублей 50 копеек" in became
    assert f"НДС 22 % — {int(vat):,} (".replace(",", " ") in became


def test_hours_that_were_forgotten_are_added(correction: Any, said: Any) -> None:
    assert "увеличивается на 6 500 (шесть тысяч пятьсот) рублей 00 копеек" in said(correction("more_minutes"))


def test_a_corrective_act_keeps_the_originals_rate(correction: Any, said: Any) -> None:
    asked = correction("fewer_stages")
    firm = sample_firm()
    asked["matter"] = {"firm": {**firm, "tax": [*firm["tax"], {"from": "2027-02-20", "profile": "usn_5"}]}}
    text = said(asked)
    assert "НДС 22 %" in text
    assert "НДС 5 %" not in text


def test_no_hearing_at_all_is_a_number_too(correction: Any, said: Any) -> None:
    asked = correction("fewer_hearings")
    asked["facts"]["hearings"] = 0
    assert "уменьшается на 30 000 (тридцать тысяч) рублей 00 копеек" in said(asked)


def test_an_act_after_a_supplementary_agreement_takes_the_new_price(act: Any, said: Any, draft: Drafted) -> None:
    asked = act("after_amendment")
    text = said(asked)
    assert "от 23 ноября 2026 г. № 15-26 в редакции дополнительного соглашения от 8 февраля 2027 г. № 1" in text
    assert "| этап | 1 | 170 000,00 | 170 000,00 | 30 655,74" in text
    asked["based_on"] = asked["based_on"]["based_on"]  # the agreement as it was: the price is higher than it allows
    asked["date"], asked["facts"]["rendered_on"] = "2027-09-20", "2027-09-15"
    assert "| этап | 1 | 150 000,00 | 150 000,00" in said(asked)
    asked["facts"]["before"] = 215000.51
    assert problems(draft, asked) == {("/facts/before", "act_above_price")}
