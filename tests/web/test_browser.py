"""The form in a real browser: a contract from nothing to downloaded files, every change seen on the page beside it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ROOT
from tests.render.files import pdf_text

CHROMIUM = "/usr/bin/chromium"
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
CLIENT = "Общество с ограниченной ответственностью «Вектор-Монтаж»"
FILLED = {
    "/matter/clients/0/name": CLIENT,
    "/matter/clients/0/short_name": "ООО «Вектор-Монтаж»",
    "/matter/clients/0/inn": "6659341726",
    "/matter/clients/0/kpp": "665901001",
    "/matter/clients/0/ogrn": "1156658124083",
    "/matter/clients/0/address": "620027, г. Екатеринбург, ул. Свердлова, д. 34",
    "/matter/clients/0/signatories/0/name": "Мельник Олег Игоревич",
    "/matter/clients/0/signatories/0/position": "генеральный директор",
    "/facts/task": "взыскание задолженности по договору подряда от 12.03.2025 № 44-П",
    "/matter/services/0/action": "подготовка претензии",
    "/matter/fee/amount": "150 000",
    "/matter/fee/balance_days": "5",
    "/matter/term/until/on": "31.12.2027",
    "/matter/number": "15-26",
    "/matter/place": "г. Екатеринбург",
}


def started(data: Path, port: int, firm: bool = True) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "DOCGEN_DATA": str(data), "DOCGEN_PORT": str(port)}
    environment |= {"DOCGEN_FIRM": str(ROOT / "samples" / "firm.yaml")} if firm else {}
    server = subprocess.Popen([str(Path(sys.executable).with_name("docgen")), "serve"], env=environment, cwd=ROOT)
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).close()
            return server
        except OSError:
            time.sleep(0.1)
    server.kill()
    raise AssertionError("the server does not start")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    server = started(tmp_path_factory.mktemp("data"), port)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    assert server.wait(20) == 0


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Give the plugin Debian's own browser."""
    return {"executable_path": CHROMIUM, "args": ["--no-sandbox"]}


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Give a page of a browser of its own; what its console says fails the test."""
    said: list[str] = []
    with browser.new_context(viewport=WIDE, base_url=address, accept_downloads=True) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))  # refusals of the policy too
        page.on("pageerror", lambda error: said.append(str(error)))
        yield page
    assert said == []


def field(page: Page, name: str) -> Any:
    return page.locator(f'[id="{name}"]')


def unfold(page: Page, name: str) -> None:
    """Open whatever is folded around a field."""
    folds = "one => { for (let up = one; up; up = up.parentElement) if (up.tagName === 'DETAILS') up.open = true }"
    field(page, name).evaluate(folds)


def agreement(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Договор об оказании юридических услуг").click()
    expect(page.locator("#page .title")).to_have_text("Договор об оказании юридических услуг")


def fill(page: Page, values: dict[str, str]) -> None:
    for name, value in values.items():
        unfold(page, name)
        field(page, name).fill(value)


def settled(page: Page) -> None:
    """Wait until the server has all that was typed."""
    expect(page.locator("body:not([data-busy])")).to_be_attached()


def downloaded(page: Page, link: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("link", name=link, exact=True).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_an_agreement_from_empty_to_files_in_under_forty_fields_and_clicks(page: Page, tmp_path: Path) -> None:
    agreement(page)
    fill(page, FILLED)
    settled(page)
    expect(page.locator("#state")).to_contain_text("Всё заполнено")
    expect(page.locator("#pages")).to_contain_text("стр.", timeout=20000)
    assert "Мельника Олега Игоревича" in page.locator("#page .preamble").inner_text().replace("\u00a0", " ")
    page.get_by_role("link", name="Проверить и скачать").click()
    word, paper = downloaded(page, "Скачать Word", tmp_path), downloaded(page, "Скачать PDF", tmp_path)
    clicks = 1 + 1 + 2
    assert len(FILLED) + clicks < 40
    with zipfile.ZipFile(word) as package:
        assert CLIENT in package.read("word/document.xml").decode()
    assert "150 000 (сто пятьдесят тысяч) рублей" in re.sub(r"\s+", " ", pdf_text(paper.read_bytes()))


def test_a_change_is_lit_on_the_page(page: Page) -> None:
    agreement(page)
    fill(page, FILLED)
    settled(page)
    field(page, "/matter/fee/amount").fill("200 000")
    expect(page.locator("#page .lit").filter(has_text="200").first).to_be_attached()
    expect(page.locator('[data-hint="/matter/fee/amount"]')).to_contain_text("двести тысяч")
    unfold(page, "/matter/fee/model")
    field(page, "/matter/fee/model").select_option("hourly")
    expect(field(page, "/matter/fee/rates/0/rate")).to_be_attached()
    expect(page.locator("#page .lit").first).to_be_attached()
    field(page, "/matter/clients/0/kind").select_option("individual")
    expect(field(page, "/matter/clients/0/birth_date")).to_be_attached()
    expect(field(page, "/matter/clients/0/name")).to_have_value(CLIENT)
    parameter = "/clauses/parameters/written_answers/answer_days"
    unfold(page, parameter)
    field(page, parameter).fill("4")
    expect(page.locator("#page .lit").filter(has_text="4").first).to_be_attached()


def test_a_special_term_is_lit_and_marked(page: Page) -> None:
    agreement(page)
    fill(page, FILLED)
    settled(page)
    unfold(page, "/clauses/add")
    page.locator('button[value="add /clauses/add"]').click()
    unfold(page, "/clauses/add/0/text")
    field(page, "/clauses/add/0/after").select_option("subject")
    field(page, "/clauses/add/0/text").fill("Стороны согласовали особое условие.")
    expect(page.locator("#page .deviation")).to_contain_text("особое условие")


CARD = """Полное наименование: Общество с ограниченной ответственностью «Вектор-Монтаж»
Краткое наименование: ООО «Вектор-Монтаж»
ИНН/КПП 6659341726/665901001
ОГРН 1156658124083
Юридический адрес: 620027, г. Екатеринбург, ул. Свердлова, д. 34, помещ. 7
Генеральный директор Мельник Олег Игоревич, действует на основании Устава
ОКВЭД 43.21"""


def test_a_company_card_becomes_requisites_to_confirm(page: Page) -> None:
    agreement(page)
    card = "/matter/clients/0?card"
    unfold(page, card)
    field(page, card).fill(CARD)
    page.get_by_role("button", name="Разобрать карточку").click()
    expect(field(page, "/matter/clients/0/inn")).to_have_value("6659341726")
    expect(field(page, "/matter/clients/0/signatories/0/name")).to_have_value("Мельник Олег Игоревич")
    expect(page.locator("#banner")).to_contain_text("ОКВЭД 43.21")
    expect(page.locator("#page .preamble")).to_contain_text("Вектор-Монтаж")
    page.get_by_role("button", name="Понятно").click()
    expect(page.locator("#banner")).to_be_hidden()


def test_a_value_on_the_page_leads_to_its_field(page: Page) -> None:
    agreement(page)
    page.locator('#page [data-source="/matter/number"]').first.click()
    expect(field(page, "/matter/number")).to_be_focused()


def test_a_report_takes_twenty_pasted_rows(page: Page) -> None:
    page.goto("/")
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    page.locator('button[value="services_agreement/company_full_hourly"]').click()
    page.get_by_role("button", name="Отчёт о ходе исполнения").click()
    fill(page, {"/facts/number": "1", "/facts/start": "01.01.2027", "/facts/until": "31.01.2027"})
    fill(page, {"/date": "04.02.2027"})
    rows = [f"{day:02}.01.2027\tКарпов Илья Дмитриевич\t{day * 5}\tДействие {day}" for day in range(1, 21)]
    unfold(page, "/matter/time?paste")
    field(page, "/matter/time?paste").fill("\n".join(["Дата\tКто\tМинут\tЧто сделано", *rows]))
    page.locator('button[value="paste /matter/time"]').click()
    expect(page.locator("#page")).to_contain_text("Действие 20")
    expect(page.locator("#page")).to_contain_text("Действие 1")


def test_a_power_and_an_act_are_made_on_the_agreement(page: Page, tmp_path: Path) -> None:
    page.goto("/")
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    page.locator('button[value="services_agreement/company_stages"]').click()
    page.get_by_role("button", name="Доверенность", exact=True).click()
    fill(page, {"/facts/number": "15-26/1", "/facts/attorneys": "Карпов Илья Дмитриевич", "/facts/until": "31.12.2028"})
    unfold(page, "/facts/forums-arbitration")
    field(page, "/facts/forums-arbitration").check()
    settled(page)
    expect(page.locator("#page")).to_contain_text("Карпов")
    page.goto("/works/1")
    page.get_by_role("button", name="Акт об оказании услуг", exact=True).click()
    fill(page, {"/facts/number": "1", "/facts/rendered_on": "20.02.2027", "/facts/stages": "1, 2"})
    fill(page, {"/date": "24.02.2027"})
    settled(page)
    expect(page.locator("#state")).to_contain_text("Всё заполнено")
    page.get_by_role("link", name="Проверить и скачать").click()
    assert downloaded(page, "Скачать PDF", tmp_path).read_bytes().startswith(b"%PDF")


def test_nothing_is_lost_when_the_page_is_read_again(page: Page) -> None:
    agreement(page)
    fill(page, {"/matter/number": "77-26"})
    settled(page)
    page.reload()
    expect(field(page, "/matter/number")).to_have_value("77-26")
    page.get_by_role("button", name="Отменить правку").click()
    expect(field(page, "/matter/number")).to_have_value("")


def test_another_tab_is_told_and_may_choose(page: Page) -> None:
    agreement(page)
    other = page.context.new_page()
    other.goto(page.url)
    fill(other, {"/matter/number": "1"})
    settled(other)
    fill(page, {"/matter/place": "г. Тюмень"})
    expect(page.locator("#banner")).to_contain_text("изменён в другой вкладке")
    page.get_by_role("button", name="Оставить то, что здесь").click()
    settled(page)
    page.reload()
    expect(field(page, "/matter/place")).to_have_value("г. Тюмень")


def test_a_dead_server_loses_nothing(browser: Browser, tmp_path: Path) -> None:
    port = free_port()
    server = started(tmp_path, port)
    with browser.new_context(viewport=WIDE, base_url=f"http://127.0.0.1:{port}") as context:  # type: ignore[arg-type]
        page = context.new_page()
        agreement(page)
        server.terminate()
        server.wait(20)
        fill(page, {"/matter/number": "99-26"})
        expect(page.locator("#banner")).to_contain_text("Сервер не отвечает")
        server = started(tmp_path, port)
        expect(page.locator("#banner")).to_be_hidden(timeout=15000)
        page.reload()
        expect(field(page, "/matter/number")).to_have_value("99-26")
    server.terminate()
    server.wait(20)


def test_the_agreement_can_be_made_without_scripts(browser: Browser, address: str, tmp_path: Path) -> None:
    with browser.new_context(java_script_enabled=False, base_url=address, viewport=WIDE) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto("/")
        page.get_by_role("button", name="Договор об оказании юридических услуг").click()
        folded = page.locator("details.ask:not([open]) > summary")
        while folded.count():
            folded.first.click()
        for name, value in FILLED.items():
            field(page, name).fill(value)
        page.get_by_role("button", name="Сохранить и показать документ").click()
        expect(page.locator("#page")).to_contain_text("Вектор-Монтаж")
        page.get_by_role("link", name="Проверить и скачать").click()
        assert downloaded(page, "Скачать Word", tmp_path).suffix == ".docx"


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.innerText || ''"))


def tab_to(page: Page, name: str) -> None:
    """Go to a field by the keyboard alone; folded sections on the way are opened."""
    for _ in range(400):
        if focused(page) == name:
            return
        if page.evaluate("document.activeElement.matches('details.ask:not([open]) > summary')"):
            page.keyboard.press("Enter")
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not lead to {name}")


def test_the_agreement_can_be_made_with_the_keyboard_alone(page: Page, tmp_path: Path) -> None:
    page.goto("/")
    tab_to(page, "Договор об оказании юридических услуг")
    page.keyboard.press("Enter")
    expect(page.locator("#page .title")).to_be_attached()
    order = page.locator("#form input, #form textarea").evaluate_all("all => all.map(one => one.id)")
    for name in sorted(FILLED, key=order.index):
        tab_to(page, name)
        page.keyboard.type(FILLED[name])
    settled(page)
    expect(page.locator("#state")).to_contain_text("Всё заполнено")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/review")
    tab_to(page, "Скачать Word")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".docx")


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_no_page_has_an_accessibility_violation(size: dict[str, int], page: Page) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    agreement(page)
    form = page.url
    found = {}
    for name, url in {"start": "/", "form": form, "review": f"{form}/review"}.items():
        page.goto(url)
        found[name] = Axe().run(page).response["violations"]
    fill_and_open(page, form)
    found["open"] = Axe().run(page).response["violations"]
    assert {name: [(one["id"], len(one["nodes"])) for one in some] for name, some in found.items() if some} == {}


def fill_and_open(page: Page, form: str) -> None:
    page.goto(form)
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
