"""Invoices: what they ask for is what the act or the agreement says, and what a phone reads from their QR code."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from docgen.assembly.billing import set_off
from docgen.assembly.calculations import minus, sum_of, vat_in, vat_total
from docgen.assembly.invoices import payment_qr
from docgen.assembly.trace import Missing, Record, Rows, leaf
from docgen.service import Draft, Service
from tests.advice_cases import sample_firm
from tests.conftest import ROOT, problems, whole
from tests.render.files import through_libreoffice

Drafted = Callable[..., Draft]
WITH_CODE = ("advance", "month_invoice", "instance_invoice")


@pytest.fixture
def invoice() -> Callable[[str], Any]:
    return lambda stem: whole(ROOT / "samples" / "invoice" / f"{stem}.json")


def read_codes(pdf: bytes) -> list[str]:
    """Return what a camera reads from the first page of a PDF; every code is of level M, as the standard asks."""
    command = ["pdftoppm", "-r", "200", "-png", "-f", "1", "-l", "1", "-"]
    page = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout
    codes = zxingcpp.read_barcodes(Image.open(io.BytesIO(page)))
    assert {code.ec_level for code in codes} <= {"M"}
    return [code.text for code in codes]


def fields(payload: str) -> dict[str, str]:
    head, *pairs = payload.split("|")
    assert head == "ST00012"
    return dict(pair.split("=", 1) for pair in pairs)


@pytest.mark.parametrize("stem", WITH_CODE)
def test_a_phone_reads_the_payment_from_the_pdf_and_from_word(
    stem: str, invoice: Any, draft: Drafted, service: Service, tmp_path: Path
) -> None:
    made = draft(invoice(stem))
    from_word = through_libreoffice({"word": service.write(made, "docx")}, tmp_path)["word"]
    (ours,), (words,) = read_codes(service.write(made, "pdf")), read_codes(from_word)
    text = service.write(made, "txt").decode().replace("\u00a0", " ")
    assert ours == words
    assert ours in text
    found = fields(ours)
    assert list(found)[:5] == ["Name", "PersonalAcc", "BankName", "BIC", "CorrespAcc"]
    asked = re.search(r"К оплате: ([\d ]+) \(.*?\) рубл\S+ (\d\d) копе", text)
    assert asked is not None
    assert found["Sum"] == asked[1].replace(" ", "") + asked[2]
    assert f"Назначение платежа: {found['Purpose']}" in text
    assert "\u00a0" not in ours


def test_a_company_gets_a_code_only_if_the_firm_wants_it(invoice: Any, said: Any) -> None:
    asked = invoice("stages_invoice")
    assert "ST0001" not in said(asked)
    asked["facts"]["qr"] = "always"
    assert "ST00012|" in said(asked)
    asked["facts"]["qr"] = "never"
    assert "ST0001" not in said(asked)


def test_the_firm_may_switch_codes_for_companies_on(invoice: Any, said: Any) -> None:
    asked = invoice("stages_invoice")
    asked["based_on"]["based_on"]["matter"]["firm"] = {**sample_firm(), "qr_for_companies": True}
    assert "ST00012|" in said(asked)


def test_a_foreign_payer_gets_none(order: Any, said: Any) -> None:
    agreement = order("foreign_stages")
    assert agreement["matter"]["clients"][0]["kind"] == "foreign_company"
    asked = {
        "schema": 1,
        "kind": "invoice",
        "date": agreement["date"],
        "based_on": agreement,
        "facts": {"number": "1", "pay_by": "2026-12-20"},
    }
    agreement["matter"]["fee"]["advance"] = {"amount": 100000, "days": 5}
    assert "ST0001" not in said(asked)


def test_without_an_advance_there_is_nothing_to_invoice_before_the_act(order: Any, draft: Drafted) -> None:
    agreement = order("company_stages")
    del agreement["matter"]["fee"]["advance"]
    asked = {"schema": 1, "kind": "invoice", "date": "2026-11-24", "based_on": agreement}
    asked["facts"] = {"number": "1", "pay_by": "2026-12-20"}
    assert problems(draft, asked) == {("/based_on", "nothing_invoiced")}


def test_the_account_is_one_of_the_firms(invoice: Any, said: Any, draft: Drafted) -> None:
    asked = invoice("advance")
    asked["facts"]["account"] = 2
    assert "PersonalAcc=40702810702370004518" in said(asked)
    asked["facts"]["account"] = 3
    assert problems(draft, asked) == {("/facts/account", "unknown_row")}


def test_what_the_standard_has_no_room_for_is_refused(invoice: Any, draft: Drafted) -> None:
    asked = invoice("month_invoice")
    firm = asked["based_on"]["based_on"]["matter"]["firm"]
    firm["accounts"][0]["bank"] = "Акционерное общество «Коммерческий банк развития промышленности», г. Тюмень"
    where = "/based_on/based_on/matter/firm/accounts/0/bank"
    assert problems(draft, asked) == {(where, "qr_too_long")}
    asked["facts"]["qr"] = "never"
    assert draft(asked).warnings == ()


PAYEE = Record({"kind": leaf("company", ""), "name": leaf("ООО «А|Б»", ""), "inn": leaf("6671482138", "")}, "")
ACCOUNT = Record(
    {"account": leaf("40702810616540018273", ""), "bank": leaf("Банк", ""), "bik": leaf("046577674", "")}, ""
)


def test_a_bar_in_a_name_does_not_break_the_code() -> None:
    payload = payment_qr(PAYEE, ACCOUNT, leaf(Decimal("1.05"), ""), "Оплата|счёта\u00a05\nсрочно")
    assert fields(payload)["Name"] == "ООО «А/Б»"
    assert fields(payload)["Purpose"] == "Оплата/счёта 5 срочно"
    assert fields(payload)["Sum"] == "105"


AMOUNTS = st.lists(
    st.decimals(min_value=Decimal("0.01"), max_value=Decimal(10) ** 9, places=2), min_size=1, max_size=12
)
RATES = st.sampled_from([Decimal(5), Decimal(7), Decimal(20), Decimal(22)])


@settings(max_examples=10_000)
@given(AMOUNTS, RATES, st.decimals(min_value=0, max_value=Decimal(10) ** 10, places=2))
def test_lines_totals_vat_set_off_and_code_agree_to_the_kopeck(
    amounts: list[Decimal], rate: Decimal, paid: Decimal
) -> None:
    lines = Rows(Record({"amount": leaf(amount, "")}, "") for amount in amounts)
    vats = [(amount * rate / (100 + rate)).quantize(Decimal("0.01"), ROUND_HALF_UP) for amount in amounts]
    total, taxed = sum_of(lines, "amount"), leaf(rate, "")
    vat = vat_total(lines, "amount", total, taxed)
    assert (Decimal(total), Decimal(vat)) == (sum(amounts), sum(vats))
    offset = set_off(leaf(paid, ""), leaf(Decimal(0), ""), total)
    due = minus(total, offset)
    assert Decimal(offset) + Decimal(due) == sum(amounts)
    assert Decimal(vat_in(offset, taxed)) + Decimal(minus(vat, vat_in(offset, taxed))) == sum(vats)
    assert fields(payment_qr(PAYEE, ACCOUNT, due, "Оплата"))["Sum"] == str(int(Decimal(due) * 100))
    assert not isinstance(due, Missing)
