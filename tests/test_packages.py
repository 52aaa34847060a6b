"""Packages: sets of papers from one matter's file, numbered, listed, with all told that somebody must look at."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from docgen.errors import OrderInvalid, UnknownName
from docgen.packages import Package, make_package
from docgen.service import Service
from tests.conftest import DOCGEN, ROOT, dumped

SAMPLES = ROOT / "samples"
Made = Callable[..., Package]


@pytest.fixture
def made(service: Service) -> Made:
    def make(source: Any, name: str, **options: Any) -> Package:
        return make_package(
            service, dumped(source), name, **{"firm": SAMPLES / "firm.yaml", "folder": SAMPLES, **options}
        )

    return make


@pytest.fixture
def text(service: Service) -> Callable[[Package, int], str]:
    def words(package: Package, place: int) -> str:
        paper = package.papers[place] if place >= 0 else package.cover
        return service.write(paper.draft, "txt").decode().replace("\u00a0", " ")

    return words


def matter(stem: str) -> Any:
    return json.loads((SAMPLES / f"{stem}.json").read_bytes())


def kinds(package: Package) -> list[str]:
    return [paper.draft.kind for paper in package.papers]


def codes(package: Package) -> set[tuple[str, str]]:
    return {(one.where, one.code) for one in package.exceptions}


def refused(made: Made, source: Any, name: str = "month", **options: Any) -> set[tuple[str, str]]:
    with pytest.raises(OrderInvalid) as raised:
        made(source, name, **options)
    assert all(one.message and one.hint for one in raised.value.problems)
    return {(one.where, one.code) for one in raised.value.problems}


# --- a month


def test_december_is_closed_on_the_first_working_day_of_january_with_nothing_typed(made: Made, text: Any) -> None:
    package = made(matter("subscription_month"), "month", month=date(2026, 12, 1))
    assert kinds(package) == ["progress_report", "act", "invoice"]
    assert (package.problems, package.exceptions) == ((), ())
    assert {paper.draft.document.day for paper in package.papers} == {date(2027, 1, 11)}
    over = Decimal(740 - 600) / 60 * 5000  # 735 minutes in steps of ten, ten hours inside the fee
    assert package.papers[1].draft.amount == 45000 + over.quantize(Decimal("0.01"))
    assert "оказаны с 1 декабря 2026 г. по 31 декабря 2026 г." in text(package, 1)
    assert "по 18 января 2027 г. включительно" in text(package, 2)  # five working days after the eleventh
    assert "срок ответа поставщика — 19 января 2027 г." in text(package, 0)


def test_papers_are_numbered_one_after_another_and_the_list_tells_what_comes_next(made: Made, text: Any) -> None:
    package = made(matter("subscription_month"), "month", month=date(2026, 12, 31))
    assert package.numbering == {"progress_report": 2, "act": 13, "invoice": "АБ-4/13"}
    told = text(package, -1)
    assert "№ | Документ | Номер | Дата | Сумма, руб.\n1 | Отчёт о ходе исполнения | 1 | 11.01.2027 |" in told
    assert "2 | Акт об оказании услуг | 12 | 11.01.2027 | 56 666,67\n" in told
    assert "Счёт на оплату — АБ-4/13." in told
    assert "Замечаний нет." in told


def test_without_a_month_the_last_one_that_has_ended_is_closed(made: Made) -> None:
    for day in (date(2026, 12, 31), date(2027, 1, 30)):
        package = made(matter("subscription_month"), "month", day=day)
        facts: Any = package.papers[1].draft.order.facts
        assert (facts.start, facts.until) == (date(2026, 12, 1), date(2026, 12, 31))
        assert package.papers[1].draft.document.day == day


def test_a_month_in_which_the_agreement_begins_is_billed_from_its_first_day(made: Made) -> None:
    source = matter("subscription_month")
    source["orders"][0] = json.loads((SAMPLES / source["orders"][0]).read_bytes())
    source["orders"][0]["matter"]["effective_on"] = "2026-11-26"
    package = made(source, "month", month=date(2026, 11, 1), day=date(2026, 11, 30))
    facts: Any = package.papers[1].draft.order.facts
    assert facts.start == date(2026, 11, 26)
    assert package.papers[1].draft.amount == Decimal(7500)  # five of thirty days
    assert refused(made, source, month=date(2026, 10, 1)) == {("--month", "outside_term")}


def test_a_number_that_nobody_gave_is_a_blank_and_an_exception(made: Made, text: Any) -> None:
    source = matter("subscription_month")
    del source["numbering"]["act"]
    package = made(source, "month", month=date(2026, 12, 1))
    assert kinds(package) == ["progress_report", "act", "invoice"]
    assert package.problems == ()
    assert codes(package) == {("/numbering/act", "no_number")}
    assert "№ ________" in text(package, 1)
    assert [paper.draft.document.draft for paper in package.papers] == [False, True, True]
    assert "номера нет, оставлен пропуск" in text(package, -1)


def test_a_number_typed_into_an_order_stands_and_does_not_count(made: Made) -> None:
    source = matter("subscription_month")
    source["orders"].append({"kind": "act", "facts": {"number": "5-бис"}})
    package = made(source, "month", month=date(2026, 12, 1))
    facts: Any = package.papers[1].draft.order.facts
    assert (facts.number, facts.until) == ("5-бис", date(2026, 12, 31))
    assert package.numbering["act"] == 12


def test_an_hourly_month_without_entries_needs_no_act(made: Made) -> None:
    package = made(matter("hourly_matter"), "month", month=date(2027, 3, 1))
    assert kinds(package) == ["progress_report"]
    assert package.problems == ()
    assert ("/facts", "nothing_billed") in codes(package)
    assert package.numbering["act"] == 1


def test_an_act_that_the_advance_covers_needs_no_invoice(made: Made, text: Any) -> None:
    package = made(matter("hourly_matter"), "month", month=date(2027, 1, 1))
    assert kinds(package) == ["progress_report", "act"]
    assert codes(package) == {("/facts", "invoice_nothing_due")}
    assert "платить нечего" in text(package, -1)


def test_a_signed_act_of_the_month_is_not_billed_again(made: Made) -> None:
    source = matter("subscription_month")
    source["data"]["acts"] = [
        {"on": "2027-01-11", "number": "11", "amount": 45000, "start": "2026-12-01", "until": "2026-12-31"}
    ]
    package = made(source, "month", month=date(2026, 12, 1))
    assert kinds(package) == ["progress_report"]
    (problem,) = package.problems
    assert problem.code == "act_overlap"
    assert problem.message.endswith("сверено с /matter/acts/0/start")
    assert package.numbering["act"] == 12  # the refused act has used no number


def test_an_order_of_another_month_waits_for_its_own(made: Made) -> None:
    source = matter("subscription_month")
    source["orders"].append({"kind": "act", "facts": {"number": "77", "start": "2027-01-01", "until": "2027-01-31"}})
    numbers = [str(paper.order["facts"]["number"]) for paper in made(source, "month", month=date(2026, 12, 1)).papers]
    assert numbers == ["1", "12", "АБ-4/12"]


# --- opening and closing


def test_a_matter_is_opened_by_agreement_power_and_invoice(made: Made, text: Any) -> None:
    package = made(matter("hourly_matter"), "opening")
    assert kinds(package) == ["services_agreement", "power_of_attorney", "invoice"]
    assert {paper.draft.document.day for paper in package.papers} == {date(2026, 11, 27)}
    assert "№ 18-26/1" in text(package, 1)
    assert "Срок оплаты — по 8 декабря 2026 г. включительно" in text(package, 2)  # in force on the first of December
    assert package.papers[2].draft.amount == 100000


def test_an_opening_without_a_power_says_so(made: Made) -> None:
    source = matter("hourly_matter")
    del source["orders"][1]
    package = made(source, "opening")
    assert kinds(package) == ["services_agreement", "invoice"]
    assert ("/orders", "not_ordered") in codes(package)


def test_the_last_act_of_a_closing_is_in_its_statement(made: Made, text: Any) -> None:
    source = matter("hourly_matter")
    source["orders"].append({"kind": "act", "facts": {"start": "2027-01-01", "until": "2027-01-31"}})
    package = made(source, "closing", day=date(2027, 8, 31))
    assert kinds(package) == ["act", "reconciliation_statement"]
    assert "31.08.2027 | Акт № 1 | 91 250,00" in text(package, 1)
    assert "58 750 (пятьдесят восемь тысяч семьсот пятьдесят) рублей 00 копеек" in text(package, 1)


def test_what_was_made_may_carry_what_comes_next(made: Made, draft: Any) -> None:
    package = made(matter("subscription_month"), "month", month=date(2026, 12, 1))
    act = package.papers[1].order
    correction = {
        "schema": 1,
        "kind": "corrective_act",
        "date": "2027-01-20",
        "based_on": act,
        "matter": {"time": act["matter"]["time"][:1]},
        "facts": {"number": "12/1", "reason": "запись от 21.12.2026 внесена ошибочно"},
    }
    assert draft(correction).kind == "corrective_act"


# --- mistakes


def test_all_that_is_wrong_with_the_file_is_told_at_once(made: Made) -> None:
    source = {
        "schema": 2,
        "mater": {},
        "matter": {"time": []},
        "data": {"time": 5, "tme": []},
        "orders": {},
        "numbering": {"act": "без номера", "invoice": True},
    }
    assert refused(made, source) == {
        ("/schema", "schema"),
        ("/mater", "unknown_key"),
        ("/data/time", "type"),
        ("/data/tme", "unknown_key"),
        ("/matter/time", "given_twice"),
        ("/orders", "type"),
        ("/numbering/act", "type"),
        ("/numbering/invoice", "type"),
    }


def test_orders_that_cannot_be_read_are_told_at_their_places(made: Made) -> None:
    source = {"schema": 1, "matter": {}, "orders": ["nowhere.json", {"kind": "acts"}, 5]}
    assert refused(made, source) == {
        ("/orders/0", "based_on_file"),
        ("/orders/1/kind", "unknown_kind"),
        ("/orders/2/kind", "unknown_kind"),
    }


def test_two_agreements_in_one_file_are_refused(made: Made) -> None:
    source = matter("hourly_matter")
    source["orders"].append(source["orders"][0])
    assert refused(made, source) == {("/orders/2", "several_bases")}


def test_mistakes_are_told_where_they_were_typed(made: Made) -> None:
    source = matter("hourly_matter")
    source["data"]["time"][1]["minutes"] = 0
    source["orders"][1]["facts"]["until"] = "2026-02-30"
    package = made(source, "opening")
    assert kinds(package) == ["services_agreement"]
    told = {(one.where, one.message.partition(":")[0]) for one in package.problems}
    assert told == {
        ("/data/time/1/minutes", "Доверенность"),
        ("/orders/1/facts/until", "Доверенность"),
        ("/data/time/1/minutes", "Счёт на оплату"),
    }
    source = matter("hourly_matter")
    source["orders"][0] = json.loads((SAMPLES / source["orders"][0]).read_bytes())
    source["orders"][0]["matter"]["place"] = ""
    assert {where for where, _ in refused(made, source, "opening")} == {"/orders/0/matter/place"}


def test_a_package_that_is_not_there_is_refused(made: Made) -> None:
    with pytest.raises(UnknownName) as raised:
        made(matter("hourly_matter"), "openning")
    assert raised.value.problems[0].hint == "возможно, opening?"


# --- the command line


def run(folder: Path, *arguments: str) -> Any:
    command = [DOCGEN, "render", *arguments, "-o", str(folder), "--format", "txt", "--json"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    return ran.returncode, json.loads(ran.stdout)


def test_the_command_line_writes_list_papers_and_orders(tmp_path: Path) -> None:
    code, told = run(tmp_path, "samples/subscription_month.json", "--package", "month", "--month", "2026-12")
    names = [Path(name).relative_to(tmp_path / "subscription_month" / "month").name for name in told["files"]]
    client = "Коровин_Глеб_Андреевич"
    assert (code, told["warnings"], told["problems"]) == (0, [], [])
    assert names == [
        f"00_Опись_Закрытие_месяца_{client}.txt",
        f"01_2027-01-11_Отчёт_1_по_АБ-4_{client}.txt",
        f"01_2027-01-11_Отчёт_1_по_АБ-4_{client}.json",
        f"02_2027-01-11_Акт_12_к_АБ-4_{client}.txt",
        f"02_2027-01-11_Акт_12_к_АБ-4_{client}.json",
        f"03_2027-01-11_Счёт_АБ-4-12_{client}.txt",
        f"03_2027-01-11_Счёт_АБ-4-12_{client}.json",
    ]
    again = subprocess.run([DOCGEN, "explain", told["files"][4]], capture_output=True, text=True, check=False)
    assert again.returncode == 0


def test_a_refused_paper_is_told_after_the_others_are_written(tmp_path: Path) -> None:
    source = matter("subscription_month")
    source["orders"][0] = str(SAMPLES / source["orders"][0])
    source["orders"].append({"kind": "progress_report", "facts": {"answered": 5}})
    (tmp_path / "matter.json").write_bytes(dumped(source))
    code, told = run(tmp_path / "out", str(tmp_path / "matter.json"), "--package", "month", "--month", "2026-12")
    assert code == 2
    assert [one["where"] for one in told["problems"]] == ["/orders/1/facts/answered"]
    assert len(told["files"]) == 5


def test_a_month_without_a_package_is_refused(tmp_path: Path) -> None:
    code, told = run(tmp_path, "samples/act/month.json", "--month", "2026-12")
    assert (code, [one["where"] for one in told["problems"]]) == (2, ["--month"])


# --- data in spreadsheets


def test_data_may_stand_in_spreadsheets_and_its_mistakes_are_told_by_cells(made: Made, tmp_path: Path) -> None:
    source = matter("subscription_month")
    source["orders"][0] = str(SAMPLES / source["orders"][0])
    rows = [f"{one['on']};{one['who']};{one['minutes']};{one['what']}" for one in source["data"]["time"]]
    (tmp_path / "time.csv").write_text("\n".join(["Дата;Кто;Минут;Что сделано", *rows]), encoding="utf-8")
    whole = made(source, "month", month=date(2026, 12, 1))
    source["data"]["time"] = "time.csv"
    package = made(source, "month", month=date(2026, 12, 1), folder=tmp_path)
    assert [paper.draft.document for paper in package.papers] == [paper.draft.document for paper in whole.papers]
    (tmp_path / "time.csv").write_text("\n".join(["Дата;Кто;Минут;Что сделано", *rows, "1;;x;"]), encoding="utf-8")
    places = {where for where, _ in refused(made, source, folder=tmp_path)}
    assert places == {"time.csv:A4", "time.csv:B4", "time.csv:C4", "time.csv:D4"}
    source["data"] |= {"time": "nowhere.csv", "costs": "../nothing.xlsx"}
    assert refused(made, source, folder=tmp_path) == {("/data/time", "unreadable"), ("/data/costs", "unreadable")}
