"""Pages over HTTP: hostile words, forged requests, broken renderers, full disks, kinds without code."""

from __future__ import annotations

import io
import json
import os
import re
import resource
import shutil
import signal
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from docgen.config import Settings
from docgen.model import found
from docgen.web import create_app
from docgen.web.sessions import COOKIE, Sessions
from tests.advice_cases import changed
from tests.conftest import ROOT, whole
from tests.processes import renderers

SAMPLES = ROOT / "samples"
NAME = "/matter/clients/0/name"
NEW_KIND = """
kind: memo
title: {ru: Служебная записка}
group: Прочее
needs: [place, firm]
facts:
  to: {type: text, label: Кому}
  body: {type: lines, label: Текст}
  on: {type: date, label: К какому дню, optional: true}
  sum: {type: money, label: Сумма, optional: true}
  urgent: {type: boolean, label: Срочно, default: false}
  rows:
    type: rows
    label: Строки
    optional: true
    fields:
      what: {type: text, label: Что}
foot: Записка
subject: "{{ firm.name }}"
heading: Служебная записка
file_name: "Записка {{ order.date | date_iso }}"
outline:
  - paragraph: {role: title, text: Служебная записка}
  - paragraph: {role: body, text: "Кому: {{ facts.to }}. {{ facts.body }}{% if facts.urgent %} Срочно.{% endif %}"}
  - table:
      when: facts.rows
      each: facts.rows
      as: row
      columns: [{title: Что, text: "{{ row.what }}", width: 100}]
"""


def app_of(tmp_path: Path, **settings: Any) -> Flask:
    return create_app(Settings(**{"firm": SAMPLES / "firm.yaml", "data": tmp_path / "data", **settings}))


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    app = app_of(tmp_path)
    yield app
    app.extensions["docgen"].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


class Page(HTMLParser):
    """What a browser reads in a page: its visible text, its elements, the values of its fields."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).replace("\u00a0", " ").replace("\u00ad", "").split())


def begun(client: FlaskClient, kind: str = "services_agreement") -> str:
    answer = client.post("/works", data={"kind": kind})
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def opened(client: FlaskClient, order: Any) -> str:
    content = json.dumps(order, ensure_ascii=False).encode()
    answer = client.post("/works", data={"order": (io.BytesIO(content), "order.json")})
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def order_of(client: FlaskClient, work: str) -> Any:
    return json.loads(client.get(f"{work}/order.json").data)


def live(client: FlaskClient, work: str, **sent: str) -> Any:
    page = Page(client.get(work).text)
    hidden = {str(one["name"]): str(one["value"]) for tag, one in page.tags if one.get("type") == "hidden"}
    fields = {key.replace("__", "/"): value for key, value in sent.items()}
    answer = client.post(f"{work}/live", data={**hidden, **fields})
    assert answer.status_code == 200
    return answer.json


def typed(client: FlaskClient, work: str, name: str, text: str) -> Any:
    return live(client, work, **{name.replace("/", "__"): text})


# --- hostile words -------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    "</textarea><img src=x onerror=alert(1)>",
    '" autofocus onfocus="alert(1)',
    "{{ 7*7 }}",
    "{% for i in range(9) %}x{% endfor %}",
    "${7*7} #{7*7}",
    "</w:t><w:t>",
    "**не жирно**",
    "]]>",
    "&lt;b&gt;",
    "<!-- -->",
    "javascript:alert(1)",
    "'; DROP TABLE works; --",
    "../../../../etc/passwd",
    "%00%0d%0aSet-Cookie:x=1",
    "=cmd|' /C calc'!A0",
    "ref('subject')",
    "А" * 400,
    "/matter/clients/0/inn=1",
    "null",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_the_text_of_their_field_and_nothing_else(words: str, client: FlaskClient) -> None:
    work = begun(client)
    before, page = order_of(client, work), Page(client.get(work).text)
    told = typed(client, work, NAME, words)
    after = order_of(client, work)
    assert after["matter"]["clients"][0].pop("name") == words
    assert after == before
    assert " ".join(words.split()) in Page(told["page"]).text
    whole_page = Page(client.get(work).text)
    values = [one.get("value") for _, one in whole_page.tags if one.get("name") == NAME]
    assert values == [words]
    assert {tag for tag, _ in whole_page.tags} - {tag for tag, _ in page.tags} <= {"strong", "p", "ul", "li", "a"}
    assert not any(name.startswith("on") for _, one in whole_page.tags for name in one)


TEMPLATE = "{{ 71*73 }}</w:t><b>{% if 1 %}"


def test_template_code_in_every_field_is_only_the_text_of_that_field(client: FlaskClient) -> None:
    """Every box of an agreement with all its parts, all at once: each keeps its own words, none is carried out."""
    work = opened(client, whole(SAMPLES / "services_agreement" / "company_full_hourly.json"))
    page = Page(client.get(work).text)
    typed_in = [one for tag, one in page.tags if tag == "textarea" or (tag, one.get("type")) == ("input", "text")]
    boxes = [str(one["name"]) for one in typed_in]
    sent = {name: f"{TEMPLATE} {place}" for place, name in enumerate(boxes) if "?" not in name}
    before = order_of(client, work)
    hidden = {str(one["name"]): str(one["value"]) for _, one in page.tags if one.get("type") == "hidden"}
    told = client.post(f"{work}/live", data={**hidden, **sent}).json
    assert told is not None
    after, lost = order_of(client, work), []
    for name, text in sent.items():
        kept = found(after, name)
        if kept not in (text, [text]) and " ".join(map(str, kept)) != " ".join(text.split()):  # numbers come in a list
            lost.append((name, kept))
    assert lost == []
    assert len(sent) > 150
    assert before.keys() == {*after} - ({"clauses"} - before.keys())
    shown = Page(client.get(work).text + told["page"] + told["state"] + "".join(told["messages"].values()))
    assert not re.search(r"(?<![0-9])5183(?![0-9])", re.sub(re.escape(TEMPLATE) + " [0-9]+", "", shown.text))
    assert "b" not in {tag for tag, _ in shown.tags}


def test_template_code_in_free_words_is_printed_to_the_letter(client: FlaskClient) -> None:
    work = opened(client, whole(SAMPLES / "services_agreement" / "company_stages.json"))
    for name in ("/facts/task", "/matter/services/0/action", "/clauses/replace/conflict"):
        typed(client, work, name, f"{TEMPLATE} {name}")
    answer = client.get(f"{work}/files/docx")
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.data)) as package:
        words = " ".join(texts(package.read("word/document.xml")))
    for name in ("/facts/task", "/matter/services/0/action", "/clauses/replace/conflict"):
        assert f"{TEMPLATE} {name}" in words.replace("\u00a0", " ")


def texts(xml: bytes) -> list[str]:
    """Return the words of every paragraph of a Word document."""
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    root = ElementTree.fromstring(xml)
    return ["".join(one.text or "" for one in each.iter(f"{word}t")) for each in root.iter(f"{word}p")]


@pytest.mark.parametrize("words", ["\u202eтекст", "a\x00b", "\ue000", "\U0001f600", "\ufffe"])
def test_characters_that_no_document_may_carry_are_told_beside_the_field(words: str, client: FlaskClient) -> None:
    work = begun(client)
    told = typed(client, work, NAME, f"ООО {words}")
    assert "problem" in told["messages"][NAME]
    assert order_of(client, work)["matter"]["clients"][0]["name"] == f"ООО {words}"
    assert client.get(f"{work}/files/docx").status_code == 303  # to the review, not to a file


def test_what_is_typed_wrongly_stays_as_it_was_typed_and_is_told(client: FlaskClient) -> None:
    work = begun(client)
    told = typed(client, work, "/matter/fee/amount", "сто тысяч")
    assert "нужна сумма цифрами" in told["messages"]["/matter/fee/amount"]
    assert order_of(client, work)["matter"]["fee"]["amount"] == "сто тысяч"
    told = typed(client, work, "/matter/term/until/on", "31.02.2027")
    assert "/matter/term/until/on" in told["messages"]
    values = {one.get("name"): one.get("value") for _, one in Page(client.get(work).text).tags}
    assert (values["/matter/fee/amount"], values["/matter/term/until/on"]) == ("сто тысяч", "31.02.2027")


def test_what_an_opened_order_has_wrong_stays_until_somebody_mends_it(client: FlaskClient) -> None:
    order = order_of(client, begun(client))
    order["matter"]["purpose"], order["matter"]["clients"][0]["short_name"] = "fun", "ООО\n«Вектор»"
    work = opened(client, order)
    before, text = order_of(client, work), client.get(work).text
    (chosen,) = re.findall(r'<select[^>]* name="/matter/purpose".*?<option selected>(.*?)</option>', text, re.DOTALL)
    live(client, work, __matter__purpose=chosen, __matter__clients__0__short_name="ООО«Вектор»")  # as a browser has it
    assert order_of(client, work) == before
    live(client, work, __matter__purpose="business")
    assert order_of(client, work)["matter"]["purpose"] == "business"


def test_forged_fields_change_nothing(client: FlaskClient) -> None:
    work = begun(client)
    before = order_of(client, work)
    live(
        client,
        work,
        **{
            "__schema": "7",
            "__kind": "act",
            "__matter__firm__name": "ООО «Чужая»",
            "__matter__clients__7__name": "x",
            "__matter__clients__0____class__": "x",
            "__based_on__matter__number": "1",
            "__clauses__omit__subject": "1",
            "x": "y",
        },
    )
    assert order_of(client, work) == before


@pytest.mark.parametrize(
    "action", ["add /matter/nothing", "remove /matter/clients/9", "put /schema", "drop /matter", "fly x"]
)
def test_a_button_that_the_form_does_not_have_is_refused(action: str, client: FlaskClient) -> None:
    work = begun(client)
    before = order_of(client, work)
    answer = client.post(work, data={"revision": "0", "do": action})
    assert answer.status_code == 400
    assert order_of(client, work) == before


def test_an_enormous_form_is_refused(client: FlaskClient) -> None:
    work = begun(client)
    answer = client.post(f"{work}/live", data={"revision": "0", NAME: "А" * 3_000_000})
    assert answer.status_code == 413
    assert "name" not in order_of(client, work)["matter"]["clients"][0]


def test_a_clause_is_left_out_and_taken_in_again(client: FlaskClient) -> None:
    work = begun(client)
    live(client, work, __clauses__omit__attendance="1", __clauses__replace__amendments="Экземпляров два.")
    first = order_of(client, work)["clauses"]
    live(client, work, __clauses__omit__coordination="1", __clauses__omit__attendance="1")
    second = order_of(client, work)["clauses"]
    live(client, work, __clauses__replace__amendments="")
    assert first == {"omit": ["attendance"], "replace": {"amendments": "Экземпляров два."}}
    assert second == {"omit": ["attendance", "coordination"], "replace": {"amendments": "Экземпляров два."}}
    assert "clauses" not in order_of(client, work)


# --- sessions ------------------------------------------------------------------------------------


def test_the_rules_are_unfolded_when_the_preset_is_left(client: FlaskClient) -> None:
    order = whole(SAMPLES / "services_agreement" / "company_stages.json")
    order["clauses"] = {}

    def unfolded(choices: Any) -> dict[str, bool]:
        page = Page(client.get(opened(client, {**order, "clauses": choices})).text)
        return {str(one["id"]): "open" in one for tag, one in page.tags if tag == "details" and one.get("id")}

    folded, left = unfolded({}), unfolded({"parameters": {"written_answers": {"answer_days": 4}}})
    assert (folded["section-rules"], folded["section-clauses"]) == (False, False)
    assert (left["section-rules"], left["section-clauses"]) == (True, False)


def test_nobody_sees_the_work_of_another_browser(app: Flask) -> None:
    mine, other = app.test_client(), app.test_client()
    work = begun(mine)
    assert other.get(work).status_code == 404
    assert other.post(f"{work}/live", data={"revision": "0", NAME: "x"}).status_code == 404
    assert other.get(f"{work}/files/docx").status_code == 404
    other.set_cookie(COOKIE, "../../etc/passwd")
    assert other.get(work).status_code == 404
    assert "name" not in order_of(mine, work)["matter"]["clients"][0]


def test_a_request_from_another_site_changes_nothing(client: FlaskClient) -> None:
    work = begun(client)
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
        assert client.post(work, data={"revision": "0", NAME: "x"}, headers=headers).status_code == 403
    assert "name" not in order_of(client, work)["matter"]["clients"][0]


def test_the_cookie_is_nobody_elses_and_does_not_name_the_file(client: FlaskClient, tmp_path: Path) -> None:
    answer = client.get("/")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    begun(client)
    token = client.get_cookie(COOKIE)
    assert token is not None
    names = [path.name for path in (tmp_path / "data" / "work").iterdir()]
    assert names
    assert not any(token.value in name for name in names)


def test_work_that_nobody_touched_for_a_month_is_swept_away(tmp_path: Path) -> None:
    sessions = Sessions(tmp_path)
    token = sessions.token(None)
    with sessions.opened(token) as session:
        session.add({"kind": "act"})
    (kept,) = tmp_path.glob("*.json")
    os.utime(kept, (0, 0))
    sessions.sweep()
    assert sessions.read(token).works == {}


def test_half_a_file_is_kept_aside_and_the_browser_begins_anew(tmp_path: Path) -> None:
    sessions = Sessions(tmp_path)
    token = sessions.token(None)
    with sessions.opened(token) as session:
        session.add({"kind": "act"})
    (kept,) = tmp_path.glob("*.json")
    kept.write_text('{"works": {"1"')
    assert sessions.read(token).works == {}
    assert [path.suffix for path in tmp_path.glob("*.broken")] == [".broken"]


def test_a_session_outgrows_no_reader(tmp_path: Path) -> None:
    """What can be taken back is given up for the orders, which are all kept."""
    sessions = Sessions(tmp_path)
    token = sessions.token(None)
    with sessions.opened(token) as session:
        number = session.add({"kind": "act", "note": "б" * 1_200_000})
    for step in range(6):
        with sessions.opened(token) as session:
            work = session.works[number]
            work.change({**work.order, "step": step, "deep": json.loads("[" * 48 + "]" * 48), "big": 10**30})
    work = sessions.read(token).works[number]
    assert (work.order["step"], work.order["big"]) == (5, 10**30)
    assert 1 <= len(work.undo) < 6
    assert not list(tmp_path.glob("*.broken"))


NO_SESSIONS = ["{}", "[]", "nonsense", '{"works": [], "last": "", "following": 1}']
NO_SESSIONS += ['{"works": {"1": {}}, "last": "", "following": 1}', '{"works": {}, "last": "", "following": null}']
NO_SESSIONS += [f'{{"works": {{"1": {{"order": {one}}}}}, "last": "", "following": 1}}' for one in ("5", "{}")]


@pytest.mark.parametrize("text", NO_SESSIONS)
def test_a_file_that_is_no_session_is_kept_aside(text: str, client: FlaskClient, tmp_path: Path) -> None:
    begun(client)
    (kept,) = (tmp_path / "data" / "work").glob("*.json")
    for _ in range(2):
        kept.write_text(text)
        assert client.get("/").status_code == 200
        assert client.get("/works/1").status_code == 404
    assert len(list(kept.parent.glob("*.broken"))) == 2


@pytest.mark.parametrize("wrong", [5, True, 1.5, {"a": 1}, "текст", [5], ["текст"]])
@pytest.mark.parametrize(
    "place", ["/matter/clients", "/matter/channels", "/matter/services", "/clauses/omit", "/clauses/add", "/matter"]
)
def test_an_opened_order_of_another_shape_is_refused_whole(place: str, wrong: Any, client: FlaskClient) -> None:
    order = changed(whole(SAMPLES / "services_agreement" / "company_stages.json"), {place: wrong})
    content = json.dumps(order, ensure_ascii=False).encode()
    answer = client.post("/works", data={"order": (io.BytesIO(content), "order.json")})
    assert answer.status_code in (303, 422)
    if answer.status_code == 422:
        assert place in answer.text
    for page in ("/", "/works/1"):
        assert client.get(page).status_code in (200, 404)


def test_an_order_with_a_lone_surrogate_is_refused(client: FlaskClient) -> None:
    content = json.dumps({"kind": "act", "facts": {"number": "\ud800"}}).encode()
    assert client.post("/works", data={"order": (io.BytesIO(content), "order.json")}).status_code == 422


def test_an_order_too_large_for_a_form_is_refused(client: FlaskClient) -> None:
    content = json.dumps({"kind": "services_agreement", "matter": {"clients": [{}] * 800}}).encode()
    answer = client.post("/works", data={"order": (io.BytesIO(content), "order.json")})
    assert answer.status_code == 422
    assert "слишком велик" in answer.text


def test_a_tab_does_not_conflict_with_itself(client: FlaskClient) -> None:
    work = begun(client)
    for number, tab, said in (("1", "a", None), ("2", "a", None), ("3", "b", True)):
        told = client.post(f"{work}/live", data={"revision": "0", "tab": tab, "/matter/number": number}).json
        assert told is not None
        assert told.get("stale") is said
    assert order_of(client, work)["matter"]["number"] == "2"
    told = client.post(f"{work}/undo", data={"revision": "0", "tab": "b"}, headers={"Accept": "application/json"}).json
    assert told == {"stale": True}
    assert order_of(client, work)["matter"]["number"] == "2"


def test_what_is_forced_in_does_not_mix_rows(client: FlaskClient) -> None:
    work = opened(client, whole(SAMPLES / "services_agreement" / "spouses_shares.json"))
    page = Page(client.get(work).text)
    hidden = {str(one["name"]): str(one["value"]) for tag, one in page.tags if one.get("type") == "hidden"}
    live(client, work, do="remove /matter/clients/0")
    before = order_of(client, work)
    told = client.post(f"{work}/live", data={**hidden, "force": "1", "/matter/clients/0/name": "Иной"}).json
    assert told is not None
    assert "не ложится" in told["refused"]
    assert order_of(client, work) == before


def test_without_scripts_what_was_typed_is_kept_when_the_button_is_refused(client: FlaskClient) -> None:
    work = opened(client, whole(SAMPLES / "progress_report" / "hourly_january.json"))
    data = {"revision": "0", "/facts/number": "77", "do": "paste /matter/time", "/matter/time?paste": "чушь\n1\t2"}
    assert client.post(work, data=data).status_code == 422
    assert order_of(client, work)["facts"]["number"] == "77"


@pytest.mark.parametrize("work", ["/works/1/live", "/works/1/undo"])
def test_a_refusal_of_a_script_s_request_is_json(work: str, client: FlaskClient) -> None:
    answer = client.post(work, data={"revision": "0"}, headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.json is not None
    assert "нет такой страницы или работы" in answer.json["refused"].lower()


def test_an_annex_is_taken_in_and_left_out(client: FlaskClient) -> None:
    work = opened(client, whole(SAMPLES / "services_agreement" / "company_stages.json"))
    assert "Памятка о рисках" not in Page(live(client, work)["page"]).text
    told = typed(client, work, "/clauses/choose/annex_risks", "standard")
    assert "Памятка о рисках" in Page(told["page"]).text
    assert order_of(client, work)["clauses"]["choose"]["annex_risks"] == "standard"
    told = typed(client, work, "/clauses/choose/travel", "standard")
    assert "Поездка за пределы населённого пункта" in Page(told["page"]).text
    told = typed(client, work, "/clauses/omit/annex_specialists", "1")
    assert "annex_specialists" in order_of(client, work)["clauses"]["omit"]


def test_the_vat_beside_a_sum_is_the_documents(client: FlaskClient) -> None:
    """The sum of the stages' VAT differs by a kopeck from the VAT of their sum."""
    work = opened(client, whole(SAMPLES / "services_agreement" / "company_stages.json"))
    page = live(client, work)
    assert "НДС 22 % — 65 819,77" in Page(page["hints"]["/matter/fee/amount"]).text
    assert "65 819 (шестьдесят пять тысяч восемьсот девятнадцать) рублей 77 копеек" in Page(page["page"]).text


def test_an_overlong_name_is_not_there(client: FlaskClient) -> None:
    assert client.post("/works", data={"sample": "a/" + "x" * 5000}).status_code == 404
    assert client.get(f"/static/fonts/Liberation{'A' * 300}.ttf").status_code == 404


def test_a_stale_page_is_told_and_a_forced_one_is_taken(client: FlaskClient) -> None:
    work = begun(client)
    typed(client, work, "/matter/number", "1")
    assert client.post(f"{work}/live", data={"revision": "0", "/matter/place": "г. Тюмень"}).json == {"stale": True}
    assert client.post(work, data={"revision": "0", "/matter/place": "г. Тюмень"}).status_code == 409
    client.post(f"{work}/live", data={"revision": "0", "force": "1", "/matter/place": "г. Тюмень"})
    assert order_of(client, work)["matter"]["place"] == "г. Тюмень"


def test_every_change_can_be_taken_back(client: FlaskClient) -> None:
    work = begun(client)
    start = order_of(client, work)
    typed(client, work, "/matter/number", "1")
    typed(client, work, "/matter/fee/model", "hourly")
    client.post(f"{work}/undo")
    client.post(f"{work}/undo")
    assert order_of(client, work) == start


# --- broken parts --------------------------------------------------------------------------------


def test_a_full_disk_is_told_and_the_work_stays_as_it_was(client: FlaskClient) -> None:
    work = begun(client)
    typed(client, work, "/matter/number", "1")
    before = order_of(client, work)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200, hard))
    try:
        told = client.post(f"{work}/live", data={"revision": "1", "/matter/number": "2"}).json
        page = client.post(work, data={"revision": "1", "/matter/number": "2"})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, old)
    assert told is not None
    assert "не удалось сохранить" in told["failed"]  # and the tab sends it again
    assert page.status_code == 500
    assert "не удалось сохранить" in page.text
    assert order_of(client, work) == before
    typed(client, work, "/matter/number", "3")
    assert order_of(client, work)["matter"]["number"] == "3"


def test_a_document_that_takes_too_long_fails_alone_and_the_work_stays(tmp_path: Path) -> None:
    app = app_of(tmp_path, render_seconds=4)
    client = app.test_client()
    order = whole(SAMPLES / "progress_report" / "hourly_january.json")
    event = order["matter"]["events"][0]
    order["matter"]["events"] = [{**event, "what": f"Событие {number}"} for number in range(2000)]
    work = opened(client, order)
    answer = client.get(f"{work}/files/pdf")
    assert answer.status_code == 503
    assert "Не получилось" in answer.text
    assert len(order_of(client, work)["matter"]["events"]) == 2000
    short = opened(client, whole(SAMPLES / "act" / "three_stages.json"))
    assert client.get(f"{short}/files/docx").status_code == 200
    app.extensions["docgen"].close()


def test_a_killed_renderer_fails_one_request_at_most(client: FlaskClient) -> None:
    work = opened(client, whole(SAMPLES / "act" / "three_stages.json"))
    assert client.get(f"{work}/files/pdf").status_code == 200
    for process in renderers():
        os.kill(process, signal.SIGKILL)
    statuses = [client.get(f"{work}/files/pdf").status_code for _ in range(2)]
    assert statuses[1] == 200
    assert statuses[0] in (200, 503)


# --- kinds are data ------------------------------------------------------------------------------


def test_a_new_kind_has_a_form_and_a_page_without_code(tmp_path: Path) -> None:
    library = tmp_path / "library"
    for room in ("clauses", "templates", "samples"):
        shutil.copytree(ROOT / room, library / room)
    (library / "templates" / "memo").mkdir()
    (library / "templates" / "memo" / "kind.yaml").write_text(NEW_KIND, encoding="utf-8")
    app = app_of(tmp_path, library=library)
    client = app.test_client()
    assert "Служебная записка" in client.get("/").text
    work = begun(client, "memo")
    live(client, work, do="add /facts/rows")
    sent = {"/facts/to": "Карпову И. Д.", "/facts/body": "Подготовить справку.", "/facts/rows/0/what": "Справка"}
    told = live(client, work, **{name.replace("/", "__"): text for name, text in sent.items()})
    text = Page(told["page"]).text
    assert "Кому: Карпову И. Д. Подготовить справку." in text
    assert "Справка" in text
    assert client.get(f"{work}/files/docx").status_code == 303  # the place is not filled in yet
    typed(client, work, "/matter/place", "г. Тюмень")
    assert client.get(f"{work}/files/docx").status_code == 200
    app.extensions["docgen"].close()


@pytest.mark.parametrize("sample", sorted({path.parent.name for path in SAMPLES.glob("*/*.json")}))
def test_every_kind_opens_from_a_sample(sample: str, client: FlaskClient) -> None:
    stem = min((SAMPLES / sample).glob("*.json")).stem
    work = client.post("/works", data={"sample": f"{sample}/{stem}"}).headers["Location"]
    page = Page(client.get(work).text)
    assert any(one.get("id") == "page" for _, one in page.tags)
    assert "Документ появится" not in page.text
    assert client.get(f"{work}/files/both").status_code == 200


# --- cures -----------------------------------------------------------------------------------------


def button(text: str, start: str) -> str:
    """Return the value of the button that begins so."""
    values = [str(one.get("value")) for tag, one in Page(text).tags if tag == "button"]
    return next(value for value in values if value.startswith(start))


def test_a_cure_is_carried_out_with_one_click_and_taken_back(client: FlaskClient) -> None:
    order = whole(SAMPLES / "services_agreement" / "consumer_advance.json")
    order["facts"]["court"] = "Ленинский районный суд г. Екатеринбурга"
    work = opened(client, order)
    before = order_of(client, work)
    asked = button(client.get(work).text, "mend consumer_court_agreed ")
    told = live(client, work, do=asked)
    assert "court" not in order_of(client, work)["facts"]
    assert "mend consumer_court_agreed" not in told["state"]
    client.post(f"{work}/undo")
    assert order_of(client, work) == before


def test_of_several_cures_the_chosen_one_is_carried_out(client: FlaskClient) -> None:
    order = whole(SAMPLES / "services_agreement" / "company_stages.json")
    order["matter"]["services"][0]["due"] = {"kind": "date", "on": "2030-01-31"}
    end = order["matter"]["term"]["until"].get("on") or order["matter"]["term"]["until"]["long_stop"]
    work = opened(client, order)
    asked = [str(one.get("value")) for tag, one in Page(client.get(f"{work}/review").text).tags if tag == "button"]
    nearer, longer = [one.partition("|")[2] for one in asked if one.startswith("mend due_after_term ")]
    assert (nearer, longer) == (f"Срок услуги — {end[8:]}.{end[5:7]}.{end[:4]}", "Договор — до 31.01.2030")
    live(client, work, do=next(one for one in asked if one.endswith(longer)))
    mended = order_of(client, work)["matter"]
    assert "2030-01-31" in mended["term"]["until"].values()
    assert mended["services"] == order["matter"]["services"]


def test_a_cure_of_the_review_page_leads_back_to_it(client: FlaskClient) -> None:
    order = whole(SAMPLES / "services_agreement" / "consumer_advance.json")
    order["facts"]["court"] = "Ленинский районный суд г. Екатеринбурга"
    work = opened(client, order)
    review = client.get(f"{work}/review").text
    hidden = {str(one["name"]): str(one["value"]) for _, one in Page(review).tags if one.get("type") == "hidden"}
    answer = client.post(work, data={**hidden, "do": button(review, "mend consumer_court_agreed ")})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{work}/review")
    assert "court" not in order_of(client, work)["facts"]


@pytest.mark.parametrize("asked", ["mend consumer_court_agreed /facts/court|Исправить", "mend x", "mend  /facts/task"])
def test_a_cure_that_no_problem_has_is_refused(asked: str, client: FlaskClient) -> None:
    work = opened(client, whole(SAMPLES / "services_agreement" / "company_stages.json"))
    before = order_of(client, work)
    answer = client.post(work, data={"revision": "0", "do": asked})
    assert answer.status_code == 400
    assert order_of(client, work) == before


IMPOSSIBLE = ["omit subject", "omit nothing", "copy nothing", "after ../x", "blank /matter/purpose"]
IMPOSSIBLE += ["remove /matter/clients", "up /matter/fee", "card /matter/fee", "add /matter/number", "add /matter/fee"]
IMPOSSIBLE += ["put /matter/clients", "put /matter/fee", "drop /matter/fee", "drop /matter/clients/0"]
IMPOSSIBLE += ["put /clauses/preset"]
IMPOSSIBLE += ["card /matter/services/0", "remove /clauses/preset", "paste /matter/fee", "remove /matter/clients/7"]
IMPOSSIBLE += ["forms /facts/task", "task /matter/number", "omit power_tax", "after poa_grant"]


@pytest.mark.parametrize("asked", IMPOSSIBLE)
def test_a_button_for_what_cannot_be_done_is_refused(asked: str, client: FlaskClient) -> None:
    work = opened(client, whole(SAMPLES / "services_agreement" / "company_stages.json"))
    before = order_of(client, work)
    assert client.post(work, data={"revision": "0", "do": asked}).status_code == 400
    assert order_of(client, work) == before


def test_a_day_at_the_end_of_time_is_told_and_breaks_nothing(client: FlaskClient) -> None:
    work = begun(client)
    typed(client, work, "/matter/term/until/kind", "event")
    told = typed(client, work, "/date", "31.12.9999")
    assert "9999" in told["messages"]["/date"]
    assert order_of(client, work)["date"] == "9999-12-31"


def test_a_usual_value_goes_when_what_it_came_from_goes(client: FlaskClient) -> None:
    work = begun(client)
    typed(client, work, "/matter/clients/0/email", "office@vector.example")
    assert order_of(client, work)["matter"]["channels"][1]["address"] == "office@vector.example"
    typed(client, work, "/matter/clients/0/email", "")
    assert "address" not in order_of(client, work)["matter"]["channels"][1]


def test_an_agreement_with_any_kind_of_client_begins_without_a_mistake(client: FlaskClient) -> None:
    for kind in ("individual", "self_employed", "entrepreneur", "budget_institution", "foreign_company", "company"):
        work = begun(client)
        live(client, work, **{"__matter__clients__0__kind": kind})
        page = Page(client.get(work).text)
        assert "нет места" not in page.text
        assert "Исправить" not in page.text
        assert order_of(client, work)["matter"]["clients"][0]["kind"] == kind


def test_what_another_choice_has_no_place_for_returns_with_its_choice(client: FlaskClient) -> None:
    order = whole(SAMPLES / "services_agreement" / "company_stages.json")
    order["matter"]["clients"][0]["seal"] = False  # what is typed here sends no ticks
    work = opened(client, order)
    before = order_of(client, work)
    for name, choices in {
        "/matter/clients/0/kind": ("individual", "entrepreneur", "budget_institution", "company"),
        "/matter/fee/model": ("hourly", "fixed", "instances", "subscription", "stages"),
        "/matter/term/until/kind": ("date", "event"),
        "/matter/services/1/due/kind": ("period", "date"),
    }.items():
        for choice in choices:
            told = typed(client, work, name, choice)
            assert "нет места" not in told["state"]
    after = order_of(client, work)
    for part in ("clients", "fee", "services", "term"):
        assert {part: after["matter"][part]} == {part: before["matter"][part]}


def test_what_was_laid_aside_for_one_row_does_not_return_into_another(client: FlaskClient) -> None:
    work = opened(client, whole(SAMPLES / "services_agreement" / "advocate_two_clients.json"))
    first, second = order_of(client, work)["matter"]["clients"]
    typed(client, work, "/matter/clients/0/kind", "individual")
    live(client, work, do="remove /matter/clients/0")
    assert order_of(client, work)["matter"]["clients"] == [second]
    live(client, work, do="add /matter/clients")
    live(client, work, do="up /matter/clients/1")
    typed(client, work, "/matter/clients/0/kind", first["kind"])
    assert first["kpp"] not in str(order_of(client, work)["matter"]["clients"][0])


def test_a_card_of_another_kind_of_client_takes_nothing_that_was_typed(client: FlaskClient) -> None:
    order = whole(SAMPLES / "services_agreement" / "company_stages.json")
    order["matter"]["clients"][0]["seal"] = False  # what is typed here sends no ticks
    work = opened(client, order)
    first = "/matter/clients/0"
    card = "ИП Коровин Пётр Сергеевич\nИНН 667003478527\nОГРНИП 304667001200016"
    live(client, work, do=f"card {first}", **{f"{first}?card": card})
    made = found(order_of(client, work), first)
    assert (made["kind"], made["email"]) == ("entrepreneur", order["matter"]["clients"][0]["email"])
    assert "kpp" not in made
    typed(client, work, f"{first}/kind", "company")
    assert found(order_of(client, work), f"{first}/kpp") == order["matter"]["clients"][0]["kpp"]


def test_confirmed_forms_go_when_the_name_is_typed_anew(client: FlaskClient) -> None:
    work = opened(client, whole(SAMPLES / "services_agreement" / "company_stages.json"))
    signatory = "/matter/clients/0/signatories/0"
    for name in ("name", "position"):
        live(client, work, do=f"forms {signatory}/{name}_forms")
        assert f"{name}_forms" in found(order_of(client, work), signatory)
        typed(client, work, f"{signatory}/{name}", "Зимина Ольга Павловна" if name == "name" else "директор")
        assert f"{name}_forms" not in found(order_of(client, work), signatory)
    assert "Зиминой Ольги Павловны" in Page(client.get(work).text).text


def supplement(client: FlaskClient, sample: str) -> str:
    opened(client, whole(SAMPLES / "services_agreement" / f"{sample}.json"))
    answer = client.post("/works", data={"base": "1", "kind": "supplementary_agreement"})
    return str(answer.headers["Location"])


def test_a_row_added_to_what_is_inherited_takes_nothing_away(client: FlaskClient) -> None:
    work = supplement(client, "company_stages")
    had = order_of(client, work)["based_on"]["matter"]["services"]
    live(client, work, do="add /matter/services")
    assert order_of(client, work)["matter"]["services"][:-1] == had


@pytest.mark.parametrize("part", ["fee", "term", "services", "clients"])
def test_a_supplement_takes_a_part_over_and_gives_it_back(part: str, client: FlaskClient) -> None:
    work = supplement(client, "company_stages")
    assert part not in order_of(client, work)["matter"]
    live(client, work, do=button(client.get(work).text, f"put /matter/{part}"))
    order = order_of(client, work)
    assert order["matter"][part] == order["based_on"]["matter"][part]
    if part in ("fee", "term"):
        live(client, work, do=button(client.get(work).text, f"drop /matter/{part}"))
        assert part not in order_of(client, work)["matter"]


def test_the_review_names_a_blank_by_its_field_and_its_place(client: FlaskClient) -> None:
    work = opened(client, whole(SAMPLES / "services_agreement" / "company_stages.json"))
    for name in ("clients/0/inn", "clients/0/kpp", "fee/advance/amount"):
        live(client, work, do=f"blank /matter/{name}")
    text = Page(client.get(f"{work}/review").text).text
    for said in ("Клиент. ИНН: не указано", "Клиент. КПП: не указано", "Аванс. Сумма аванса: не указано"):
        assert said in text


def test_the_review_tells_why_a_document_with_blanks_cannot_be_had(client: FlaskClient) -> None:
    opened(client, whole(SAMPLES / "services_agreement" / "company_stages.json"))
    work = str(client.post("/works", data={"base": "1", "kind": "termination_agreement"}).headers["Location"])
    page = Page(client.get(f"{work}/review").text)
    assert "Без этого не собрать и документ с пропусками: 1" in page.text
    assert "Уплачено клиентом: от ответа зависит, что войдёт в документ." in page.text
    assert "blanks=1" not in str(page.tags)
    answer = client.get(f"{work}/files/docx?blanks=1")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{work}/review")


def test_the_review_tells_each_gap_once(client: FlaskClient) -> None:
    order = whole(SAMPLES / "services_agreement" / "consumer_advance.json")
    del order["matter"]["clients"][0]["passport"]
    text = Page(client.get(opened(client, order) + "/review").text).text
    assert text.count("Паспорт: не указано") == 1


def test_a_message_names_the_nearest_field_of_that_name(client: FlaskClient) -> None:
    order = whole(SAMPLES / "services_agreement" / "minor_self_employed.json")
    order["matter"]["clients"][0]["birth_date"] = "1990-05-17"
    del order["matter"]["clients"][0]["representative"]["document"]
    text = Page(client.get(opened(client, order) + "/review").text).text
    assert "Уберите «Законный представитель» или укажите опекуна" in text
    assert "«Документ о представительстве»: свидетельство о рождении" in text


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"", b"[]", "Договор".encode("cp1251")])
def test_a_file_that_is_no_order_is_told_in_words(content: bytes, client: FlaskClient) -> None:
    answer = client.post("/works", data={"order": (io.BytesIO(content), "order.json")})
    page = Page(answer.text)
    assert answer.status_code == 422
    assert "Это не файл заказа. Откройте файл, который сохранён кнопкой «Сохранить заказ в файл»." in page.text
    assert not [tag for tag, _ in page.tags if tag == "code"]


def test_a_question_to_be_answered_yes_or_no_is_not_answered_by_the_form(client: FlaskClient) -> None:
    work = begun(client)
    live(client, work, **{"__matter__clients__0__kind": "foreign_company"})
    name = "/matter/clients/0/active_in_russia"
    assert order_of(client, work)["matter"]["clients"][0].get("active_in_russia") is None
    for text, value in (("true", True), ("false", False), ("", None)):
        typed(client, work, name, text)
        assert order_of(client, work)["matter"]["clients"][0].get("active_in_russia") is value


def test_a_usual_task_takes_nothing_of_what_was_typed(client: FlaskClient) -> None:
    work = begun(client)
    typed(client, work, "/facts/task", "своё задание")
    typed(client, work, "/matter/services/0/action", "своя услуга")
    live(client, work, do="task /facts/task", **{"__facts__task?task": "Консультация"})
    order = order_of(client, work)
    assert order["facts"]["task"] == "своё задание"
    actions = [one["action"] for one in order["matter"]["services"]]
    assert actions == ["своя услуга", "изучение документов", "письменная консультация"]


def test_what_is_typed_into_one_field_at_a_stretch_is_taken_back_at_once(client: FlaskClient) -> None:
    work = begun(client)
    typed(client, work, "/matter/place", "г. Тюмень")
    for text in ("1", "15", "15-26"):
        typed(client, work, "/matter/number", text)
    client.post(f"{work}/undo")
    assert "number" not in order_of(client, work)["matter"]
    assert order_of(client, work)["matter"]["place"] == "г. Тюмень"


def test_no_word_on_the_screen_is_of_the_json(client: FlaskClient) -> None:
    """What the form says of mistakes and doubts has no name of a field in it."""
    order = whole(SAMPLES / "services_agreement" / "company_stages.json")
    order["matter"]["fee"]["stages"][0]["event"] = "принятие судом решения"
    order["matter"]["fee"]["amount"] = "сто"
    order["matter"]["clients"][0]["inn"] = "6659341727"
    order["matter"]["clients"][0]["signatories"][0]["basis"] = {"kind": "order"}
    order["matter"]["opponents"] = []
    order["clauses"] = {"omit": ["tax_change", "several_clients"]}
    work = opened(client, order)
    review = Page(client.get(f"{work}/review").text).text
    assert "Сверьте с выпиской" in review
    assert re.findall(r"\b[a-z]+_[a-z_]+\b|/[a-z]+/[a-z]+|\bpower\b|\bcharter\b", review) == []
