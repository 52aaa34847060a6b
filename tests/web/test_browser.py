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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect

from tests.conftest import ROOT, SAMPLES
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
    "/matter/channels/1/address": "office@vector-montazh.example",
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


def missing(message: ConsoleMessage) -> bool:
    """Tell whether the browser only says what a test did: a page that is not there, a network that is away."""
    asked = "404" in message.text and message.location["url"].endswith("/works/99")
    return asked or "ERR_INTERNET_DISCONNECTED" in message.text


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Give a page of a browser of its own; what its console says fails the test."""
    said: list[str] = []
    with browser.new_context(viewport=WIDE, base_url=address, accept_downloads=True) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if not missing(message) else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        yield page
    assert said == []


def field(page: Page, name: str) -> Any:
    return page.locator(f'[id="{name}"]')


def unfold(page: Page, name: str) -> None:
    """Open whatever is folded around a field."""
    folds = "one => { for (let up = one; up; up = up.parentElement) if (up.tagName === 'DETAILS') up.open = true }"
    field(page, name).evaluate(folds)


@dataclass
class Hand:
    """A lawyer's hand at a page: counts what is clicked and filled in, and the letters typed."""

    page: Page
    deeds: int = 0
    letters: int = 0

    def click(self, what: Any) -> None:
        self.deeds += 1
        what.click()

    def unfold(self, name: str) -> None:
        """Open what is folded around a field, a click each."""
        folded = """one => {
            const found = [];
            for (let up = one.parentElement; up; up = up.parentElement)
                if (up.matches("details:not([open])")) found.unshift(up.id);
            return found;
        }"""
        for name_of in field(self.page, name).evaluate(folded):
            self.click(self.page.locator(f'[id="{name_of}"] > summary'))

    def fill(self, name: str, text: str, typed: bool = True) -> None:
        self.unfold(name)
        self.deeds += 1
        self.letters += len(text) if typed else 0
        field(self.page, name).fill(text)


def ready(page: Page) -> None:
    """Wait until the form's script runs: keys and lists do nothing before."""
    expect(page.locator("html.scripted #form")).to_be_attached(timeout=15000)


def sample(page: Page, value: str) -> None:
    """Open a sample from the start page."""
    page.goto("/")
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    page.locator(f'button[value^="{value}"]').first.click()
    ready(page)


def agreement(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Договор об оказании юридических услуг").click()
    ready(page)
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


LETTERS_A_SECOND, SECONDS_A_DEED = 4, 1.5
"""A lawyer's pace: 240 letters a minute, and the time to find the next field or button."""


def test_from_serve_to_the_first_contract_in_two_minutes_and_forty_deeds(browser: Browser, tmp_path: Path) -> None:
    started_at, port = time.monotonic(), free_port()
    server = started(tmp_path / "data", port)
    with browser.new_context(viewport=WIDE, base_url=f"http://127.0.0.1:{port}") as context:  # type: ignore[arg-type]
        page = context.new_page()
        hand = Hand(page)
        page.goto("/")
        hand.click(page.get_by_role("button", name="Договор об оказании юридических услуг").first)
        hand.fill("/matter/clients/0?card", CARD, typed=False)  # pasted
        hand.click(page.get_by_role("button", name="Разобрать карточку"))
        expect(field(page, "/matter/clients/0/inn")).to_have_value("6659341726", timeout=15000)
        hand.unfold("/facts/task?task")
        hand.deeds += 1
        field(page, "/facts/task?task").select_option("Взыскание долга по договору")
        hand.click(page.get_by_role("button", name="Вписать"))
        expect(field(page, "/matter/services/3/action")).to_be_attached(timeout=15000)
        hand.fill("/facts/task", FILLED["/facts/task"])
        for name in ("/matter/fee/amount", "/matter/fee/balance_days", "/matter/number", "/matter/place"):
            hand.fill(name, FILLED[name])
        hand.fill("/matter/term/until/on", "31.12.2027")
        hand.fill("/matter/channels/1/address", FILLED["/matter/channels/1/address"])
        expect(page.locator("#state")).to_contain_text("Всё заполнено", timeout=15000)
        hand.click(page.get_by_role("link", name="Проверить и скачать"))
        hand.deeds += 1
        word = downloaded(page, "Скачать Word", tmp_path)
    seconds = time.monotonic() - started_at + hand.letters / LETTERS_A_SECOND + hand.deeds * SECONDS_A_DEED
    server.terminate()
    server.wait(20)
    with zipfile.ZipFile(word) as package:
        text = package.read("word/document.xml").decode()
    assert CLIENT in text
    assert "получение исполнительного листа" in text
    assert hand.deeds < 40
    assert seconds < 120, (seconds, hand)


def test_an_agreement_from_empty_to_both_files(page: Page, tmp_path: Path) -> None:
    agreement(page)
    fill(page, FILLED)
    settled(page)
    expect(page.locator("#state")).to_contain_text("Всё заполнено")
    expect(page.locator("#pages")).to_contain_text("стр.", timeout=20000)
    assert "Мельника Олега Игоревича" in shown_text(page, "#page .preamble")
    page.get_by_role("link", name="Проверить и скачать").click()
    word, paper = downloaded(page, "Скачать Word", tmp_path), downloaded(page, "Скачать PDF", tmp_path)
    with zipfile.ZipFile(word) as package:
        assert CLIENT in package.read("word/document.xml").decode()
    assert "150 000 (сто пятьдесят тысяч) рублей" in re.sub(r"\s+", " ", pdf_text(paper.read_bytes()))


def shown_text(page: Page, place: str) -> str:
    """Return the words at a place, without the hyphens that only a line's end shows."""
    return str(page.locator(place).first.inner_text()).replace("\u00a0", " ").replace("\u00ad", "")


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


def test_what_is_usual_stands_there_with_its_source_and_follows_what_is_typed(page: Page) -> None:
    agreement(page)
    usual = '[data-usual="/matter/purpose"]'
    expect(page.locator(usual)).to_contain_text("не потребители")
    fill(page, {"/matter/clients/0/address": "620027, г. Екатеринбург, ул. Свердлова, д. 34"})
    expect(field(page, "/matter/channels/3/address")).to_have_value("620027, г. Екатеринбург, ул. Свердлова, д. 34")
    expect(page.locator('[data-usual="/matter/channels"]')).to_contain_text("электронная почта и почта")
    field(page, "/matter/clients/0/kind").select_option("individual")
    expect(field(page, "/matter/purpose")).to_have_value("consumer")
    expect(page.locator(usual)).to_contain_text("считается потребителем")
    unfold(page, "/matter/term/until/kind")
    field(page, "/matter/term/until/kind").select_option("event")
    expect(field(page, "/matter/term/until/long_stop")).to_have_value(re.compile(r"\d\d\.\d\d\.20\d\d"))
    expect(page.locator('[data-usual="/matter/term/until/long_stop"]')).to_contain_text("Обычай — год")
    fill(page, {"/matter/term/until/long_stop": "01.02.2028"})
    expect(page.locator('[data-usual="/matter/term/until/long_stop"]')).to_have_text("")


def test_a_guessed_form_is_confirmed_with_one_click(page: Page) -> None:
    agreement(page)
    name = "/matter/clients/0/signatories/0/name"
    fill(page, {name: "Берестень Олег Игоревич"})
    hint = page.locator(f'[data-hint="{name}"]')
    expect(hint).to_contain_text("кого: Берестеня Олега Игоревича")
    expect(page.locator("#state")).to_contain_text("догадка")
    hint.get_by_role("button", name="проверьте и подтвердите").click()
    expect(field(page, "/matter/clients/0/signatories/0/name_forms/gent")).to_have_value("Берестеня Олега Игоревича")
    expect(page.locator("#state")).not_to_contain_text("догадка")
    fill(page, {"/matter/clients/0/signatories/0/name_forms/gent": "Берестени Олега Игоревича"})
    expect(page.locator("#page .preamble")).to_contain_text("Берестени Олега Игоревича")


def test_a_sum_says_its_words_and_its_tax(page: Page) -> None:
    agreement(page)
    fill(page, {"/matter/fee/amount": "122 000"})
    hint = page.locator('[data-hint="/matter/fee/amount"]')
    expect(hint).to_contain_text("сто двадцать две тысячи")
    expect(hint).to_contain_text("в том числе НДС 22 % — 22 000,00 ₽")


def test_a_mistake_is_told_when_the_field_is_left(page: Page) -> None:
    agreement(page)
    inn = "/matter/clients/0/inn"
    field(page, inn).press_sequentially("66593", delay=60)
    settled(page)
    expect(page.locator(f'[data-said="{inn}"] .problem')).to_have_count(0)
    page.keyboard.press("Tab")
    expect(page.locator(f'[data-said="{inn}"] .problem')).to_contain_text("нужно 10 цифр")
    expect(page.locator("#state")).to_contain_text("Исправить: 1")
    field(page, inn).fill("6659341726")
    expect(page.locator(f'[data-said="{inn}"] .problem')).to_have_count(0)


def test_a_blank_is_left_on_purpose(page: Page) -> None:
    agreement(page)
    page.get_by_role("button", name="Оставить пропуск: Место составления").click()
    expect(field(page, "/matter/place")).to_have_value("________")
    expect(page.locator('[data-said="/matter/place"] .waits')).to_have_count(0)
    expect(page.locator('#page [data-source="/matter/place"].blank')).to_be_attached()
    expect(page.locator("#state")).to_contain_text("Пропусков: 1")


def test_a_clause_is_changed_added_to_and_left_out_beside_its_text(page: Page) -> None:
    sample(page, "services_agreement/company_stages")
    number = page.locator('#page [data-clause="subject"] .n')
    tools = page.locator("#tools")
    number.click()
    tools.get_by_role("button", name="Изменить текст").click()
    text = tools.get_by_role("textbox")
    expect(text).to_have_value(re.compile(r"в\sпункте\s\{\{ ref\('task'\) \}\}"))
    text.fill(text.input_value() + " Своими силами.")
    changed = page.locator('#page [data-clause="subject"].deviation')
    expect(changed).to_contain_text("указанному в пункте 1.2, а Заказчик обязуется оплатить их. Своими силами.")
    tools.get_by_role("button", name="Добавить после").click()
    tools.get_by_role("textbox", name="Текст нового условия").fill("Задание выполняется в два приёма.")
    expect(page.locator("#page .deviation.lit").first).to_contain_text("1.3")  # the reference has moved
    expect(page.locator('#page [data-clause="special_1"]')).to_contain_text("Задание выполняется в два приёма.")
    tools.get_by_role("button", name="Закрыть").click()
    page.locator('#page [data-clause="attendance"] .n').first.click()
    tools.get_by_role("button", name="Исключить").click()
    expect(page.locator('#page [data-clause="attendance"]')).to_have_count(0)
    page.keyboard.press("Control+Alt+z")
    expect(page.locator('#page [data-clause="attendance"]').first).to_be_attached()


def test_every_action_has_a_key(page: Page) -> None:
    agreement(page)
    page.keyboard.press("Control+Alt+ArrowDown")
    expect(field(page, "/matter/clients/0/name")).to_be_focused()
    page.keyboard.press("Control+Alt+ArrowDown")
    expect(field(page, "/matter/clients/0/short_name")).to_be_focused()
    page.keyboard.type("ООО «Вектор»")
    settled(page)
    page.keyboard.press("Control+Alt+z")
    expect(field(page, "/matter/clients/0/short_name")).to_have_value("")
    page.keyboard.press("Control+Alt+d")
    expect(page.locator("#paper")).to_be_focused()
    with page.context.expect_page() as printed:
        page.keyboard.press("Control+Alt+p")
    assert printed.value.url.endswith("printed.pdf")


def test_the_page_is_made_larger_and_stays_so(page: Page) -> None:
    agreement(page)
    width = page.locator("#page").bounding_box()
    page.get_by_role("button", name="Мельче").click()
    page.get_by_role("button", name="Мельче").click()
    expect(page.locator("#zoom")).to_have_text("80 %")
    page.reload()
    expect(page.locator("#zoom")).to_have_text("80 %")
    smaller = page.locator("#page").bounding_box()
    assert width is not None
    assert smaller is not None
    assert smaller["width"] == pytest.approx(width["width"] * 0.8, rel=0.1)


def child(page: Page, title: str) -> None:
    """Begin a document on the open one."""
    page.locator(".menu > summary").click()
    with page.expect_navigation():
        page.get_by_role("button", name=title, exact=True).click()
    ready(page)


def test_a_report_takes_twenty_pasted_rows(page: Page) -> None:
    sample(page, "services_agreement/company_full_hourly")
    child(page, "Отчёт о ходе исполнения")
    fill(page, {"/facts/number": "1", "/facts/start": "01.01.2027", "/facts/until": "31.01.2027"})
    fill(page, {"/date": "04.02.2027"})
    rows = [f"{day:02}.01.2027\tКарпов Илья Дмитриевич\t{day * 5}\tДействие {day}" for day in range(1, 21)]
    unfold(page, "/matter/time?paste")
    field(page, "/matter/time?paste").fill("\n".join(["Дата\tКто\tМинут\tЧто сделано", *rows]))
    page.locator('button[value="paste /matter/time"]').click()
    expect(page.locator("#page")).to_contain_text("Действие 20")
    expect(page.locator("#page")).to_contain_text("Действие 1")


def test_what_is_typed_and_pasted_while_an_answer_is_on_its_way_stays(page: Page) -> None:
    """The first answer draws the form anew, for the document appears with it; meanwhile the lawyer has gone on."""
    sample(page, "services_agreement/company_full_hourly")
    child(page, "Отчёт о ходе исполнения")
    unfold(page, "/facts/state")
    unfold(page, "/matter/time?paste")
    rows = ["Дата\tКто\tМинут\tЧто сделано", "12.01.2027\tКарпов Илья Дмитриевич\t60\tИзучение отзыва"]
    slowed(page, 1500)
    field(page, "/date").fill("04.02.2027")
    fill(page, {"/facts/number": "1", "/facts/start": "01.01.2027", "/facts/until": "31.01.2027"})
    page.wait_for_timeout(500)  # the request has left
    field(page, "/facts/state").fill("Заседание отложено.")
    field(page, "/matter/time?paste").fill("\n".join(rows))
    field(page, "/facts/number").focus()
    expect(page.locator("#page .title")).to_be_attached(timeout=15000)
    expect(field(page, "/facts/state")).to_have_value("Заседание отложено.")
    expect(field(page, "/matter/time?paste")).to_have_value("\n".join(rows))
    page.locator('button[value="paste /matter/time"]').click()
    expect(page.locator("#page")).to_contain_text("Изучение отзыва", timeout=15000)
    expect(page.locator("#page")).to_contain_text("Заседание отложено.")
    expect(field(page, "/matter/time?paste")).to_have_value("")


@pytest.mark.parametrize("kind", sorted({path.parent.name for path in SAMPLES}))
def test_a_form_that_nobody_changed_sends_back_the_same_order(kind: str, page: Page) -> None:
    """A real browser sends the first choice of a list that has none chosen, and no word of it may enter the order."""
    sample(page, f"{kind}/")
    order = f"{page.url}/order.json"
    before = page.request.get(order).json()
    with page.expect_response("**/live"):
        page.locator("#form").evaluate("one => one.requestSubmit()")
    settled(page)
    assert page.request.get(order).json() == before


def test_a_power_and_an_act_are_made_on_the_agreement(page: Page, tmp_path: Path) -> None:
    sample(page, "services_agreement/company_stages")
    child(page, "Доверенность")
    fill(page, {"/facts/number": "15-26/1", "/facts/attorneys": "Карпов Илья Дмитриевич", "/facts/until": "31.12.2028"})
    unfold(page, "/facts/forums-arbitration")
    field(page, "/facts/forums-arbitration").check()
    settled(page)
    expect(page.locator("#page")).to_contain_text("Карпов")
    page.goto("/works/1")
    ready(page)
    child(page, "Акт об оказании услуг")
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


def test_what_is_typed_before_the_script_has_come_is_sent_too(page: Page) -> None:
    held: list[Route] = []
    page.route("**/static/form.js", lambda route: held.append(route))
    page.goto("/")
    page.get_by_role("button", name="Договор об оказании юридических услуг").click(no_wait_after=True)
    field(page, "/matter/number").fill("77-26")
    page.wait_for_timeout(300)
    assert page.request.get("/works/1/order.json").json().get("matter", {}).get("number") is None
    held[0].continue_()
    ready(page)
    expect(page.locator("#page")).to_contain_text("77-26")
    settled(page)
    assert page.request.get("/works/1/order.json").json()["matter"]["number"] == "77-26"


def test_who_types_without_a_pause_is_heard(page: Page) -> None:
    agreement(page)
    field(page, "/matter/number").focus()
    for letter in "123456789012345678901234567890":
        page.keyboard.type(letter)
        page.wait_for_timeout(90)
    assert "1234567890" in page.request.get("/works/1/order.json").json()["matter"]["number"]


@pytest.mark.parametrize("how", ["read again", "link", "child"])
def test_what_is_typed_at_the_last_moment_is_not_lost(how: str, page: Page) -> None:
    agreement(page)
    field(page, "/matter/number").fill("77-26")
    if how == "read again":
        page.reload()
        settled(page)
    elif how == "link":
        page.get_by_role("link", name="docgen").click()
    else:
        child(page, "Доверенность")
        assert page.request.get(f"{page.url}/order.json").json()["based_on"]["matter"]["number"] == "77-26"
    expect(page.locator("body:not([data-busy])")).to_be_attached()
    if how == "link":
        page.wait_for_url("**/")
    assert page.request.get("/works/1/order.json").json()["matter"]["number"] == "77-26"


def test_a_button_pressed_while_the_server_is_away_is_carried_out_when_it_is_back(page: Page) -> None:
    agreement(page)
    page.context.set_offline(True)
    page.locator('button[value="add /matter/services"]').click()
    expect(page.locator("#banner")).to_contain_text("Сервер не отвечает")
    field(page, "/matter/number").fill("77-26")
    page.context.set_offline(False)
    expect(field(page, "/matter/services/1/action")).to_be_attached(timeout=10000)
    settled(page)
    assert page.request.get("/works/1/order.json").json()["matter"]["number"] == "77-26"


def test_a_refusal_goes_when_what_was_refused_succeeds(page: Page) -> None:
    sample(page, "progress_report/hourly_january")
    unfold(page, "/matter/time?paste")
    head, row = "Дата\tКто\tМинут\tЧто сделано\n", "\tКарпов Илья Дмитриевич\t5\tЗвонок"
    field(page, "/matter/time?paste").fill(f"{head}вчера{row}")
    page.locator('button[value="paste /matter/time"]').click()
    expect(page.locator("#banner")).to_contain_text("Не принято")
    field(page, "/matter/time?paste").fill(f"{head}12.01.2027{row}")
    page.locator('button[value="paste /matter/time"]').click()
    expect(page.locator("#banner")).to_be_hidden()


def slowed(page: Page, milliseconds: int) -> None:
    slow = {"offline": False, "latency": milliseconds, "downloadThroughput": -1, "uploadThroughput": -1}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)


def test_what_is_typed_while_a_row_goes_stays_in_its_row(page: Page) -> None:
    sample(page, "services_agreement/company_stages")
    unfold(page, "/matter/services/1/action")
    third = field(page, "/matter/services/2/action").input_value()
    slowed(page, 1000)
    page.locator('button[value="remove /matter/services/0"]').click()
    field(page, "/matter/services/1/action").fill("переговоры с должником")
    expect(field(page, "/matter/services/2/action")).to_have_count(0, timeout=10000)
    settled(page)
    services = page.request.get("/works/1/order.json").json()["matter"]["services"]
    assert [one["action"] for one in services] == ["переговоры с должником", third]


def test_what_is_typed_while_a_change_is_taken_back_stays(page: Page) -> None:
    agreement(page)
    fill(page, {"/matter/place": "г. Тюмень"})
    settled(page)
    slowed(page, 1000)
    page.keyboard.press("Control+Alt+z")
    field(page, "/matter/number").fill("77-26")
    expect(field(page, "/matter/place")).to_have_value("", timeout=10000)
    settled(page)
    expect(page.locator("#banner")).to_be_hidden()
    assert page.request.get("/works/1/order.json").json()["matter"]["number"] == "77-26"


def test_a_slow_server_is_told_and_nothing_is_lost_by_reading_the_page_again(page: Page) -> None:
    agreement(page)
    page.route("**/live", lambda route: None)  # nobody answers
    fill(page, {"/matter/number": "77-26"})
    page.wait_for_timeout(400)
    fill(page, {"/matter/place": "г. Тюмень"})
    expect(page.locator("#banner")).to_contain_text("долго не отвечает")
    page.unroute_all(behavior="ignoreErrors")
    page.reload()
    expect(field(page, "/matter/place")).to_have_value("г. Тюмень")
    settled(page)
    assert page.request.get("/works/1/order.json").json()["matter"]["place"] == "г. Тюмень"


def in_another_tab(page: Page, values: dict[str, str]) -> None:
    """Change the open order in a second tab."""
    other = page.context.new_page()
    other.goto(page.url)
    ready(other)
    fill(other, values)
    settled(other)
    other.close()


def test_a_tab_that_reads_the_page_again_does_not_take_back_another_tabs_work(page: Page) -> None:
    agreement(page)
    in_another_tab(page, {"/matter/place": "г. Тюмень"})
    fill(page, {"/matter/number": "77-26"})
    expect(page.locator("#banner")).to_contain_text("изменён в другой вкладке")
    page.reload()
    expect(page.locator("#banner")).to_contain_text("изменён в другой вкладке")
    assert page.request.get("/works/1/order.json").json()["matter"].get("place") == "г. Тюмень"


def test_another_tab_is_told_and_may_choose(page: Page) -> None:
    agreement(page)
    in_another_tab(page, {"/matter/number": "1"})
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


STATES = (
    "start", "start with work", "no such page", "empty", "all open", "wrong", "beside a clause", "menu", "card",
    "refused", "stale", "no page yet", "the page on a phone", "review: empty", "review: wrong", "review: fine",
)


def put_in_state(page: Page, state: str) -> None:
    """Bring the page into one of the states that a person meets."""
    match state:
        case "start":
            page.goto("/")
        case "start with work":
            agreement(page)
            page.goto("/")
        case "no such page":
            page.goto("/works/99")
        case "no page yet":
            agreement(page)
            field(page, "/matter/clients/0/kind").select_option("foreign_company")
            expect(page.locator("#page .no-page")).to_be_attached()
        case "beside a clause" | "menu" | "review: fine":
            sample(page, "services_agreement/company_stages")
            if state == "menu":
                page.locator(".menu > summary").click()
            elif state == "review: fine":
                page.goto(f"{page.url}/review")
                expect(page.get_by_role("link", name="Скачать Word")).to_be_visible()
            else:
                to_paper(page)
                page.locator('#page [data-clause="subject"] .n').click()
                page.locator("#tools").get_by_role("button", name="Изменить текст").click()
                expect(page.locator("#tools textarea")).to_be_visible()
        case _:
            agreement(page)
            _in_agreement(page, state)


def _in_agreement(page: Page, state: str) -> None:
    match state:
        case "all open":
            page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
        case "wrong" | "review: wrong":
            fill(page, {"/matter/clients/0/inn": "6659341727", "/matter/fee/amount": "сто"})
            fill(page, {"/matter/place": "г. Тюмень"})
            settled(page)
            if state == "review: wrong":
                page.goto(f"{page.url}/review")
        case "review: empty":
            page.goto(f"{page.url}/review")
        case "card":
            unfold(page, "/matter/clients/0?card")
            field(page, "/matter/clients/0?card").fill(CARD)
            page.get_by_role("button", name="Разобрать карточку").click()
            expect(page.locator("#banner .told")).to_be_visible()
        case "refused":
            sample(page, "progress_report/hourly_january")
            unfold(page, "/matter/time?paste")
            field(page, "/matter/time?paste").fill("Дата\tКто\nвчера\tКарпов")
            page.locator('button[value="paste /matter/time"]').click()
            expect(page.locator("#banner")).to_contain_text("Не принято")
        case "stale":
            in_another_tab(page, {"/matter/number": "1"})
            fill(page, {"/matter/number": "2"})
            expect(page.locator("#banner")).to_contain_text("в другой вкладке")
        case "the page on a phone":
            to_paper(page)


def to_paper(page: Page) -> None:
    tab = page.locator('[data-tab="paper"]')
    if tab.is_visible():
        tab.click()


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_no_state_of_a_page_has_an_accessibility_violation(size: dict[str, int], state: str, page: Page) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    put_in_state(page, state)
    page.wait_for_timeout(100)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found] == []
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wider) <= 0  # nothing is cut off at the side
