"""CSV files, workbooks and pasted cells become records, or every mistake is told at its cell."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font

from docgen.errors import OrderInvalid
from docgen.library.sheets import Sheets, has_header, read_files, read_pasted
from docgen.model.text import is_clean
from tests.library.sheets.conftest import Reader, Refusals, saved, told, workbook, xlsx

TIME = ["Дата", "Кто", "Минут", "Часов", "Что сделано", "Услуга"]
ENTRY = {"on": "2026-11-22", "who": "Орлова А. В.", "minutes": 90, "what": "Подготовка иска"}
ROW = ["22.11.2026", "Орлова А. В.", "90", "", "Подготовка иска", ""]


def lines(*rows: list[str], mark: str = ";") -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=mark).writerows(rows)
    return stream.getvalue()


# --- CSV -------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_each_delimiter_is_found_by_the_header(read: Reader, mark: str) -> None:
    row = [*ROW[:4], 'Иск; жалоба, "отзыв"\nв две строки', "2"]
    (entry,) = read(lines(TIME, row, mark=mark)).lists["time"]
    assert entry == {**ENTRY, "what": row[4], "service": 2}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_needs_no_word(read: Reader, encoding: str) -> None:
    found = read(lines(TIME, ROW).encode(encoding))
    assert (found.lists, found.warnings) == ({"time": [ENTRY]}, ())


def test_windows_1251_is_read_with_a_warning(read: Reader) -> None:
    found = read(lines(TIME, ROW).encode("cp1251"))
    assert found.lists == {"time": [ENTRY]}
    assert [(one.where, one.code) for one in found.warnings] == [("time.csv", "encoding")]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-be"])
def test_another_encoding_is_refused(refused: Refusals, encoding: str) -> None:
    content = lines(TIME, ROW).encode(encoding)
    content = b"\xfe\xff" + content if encoding == "utf-16-be" else content
    assert refused(content) == {"time.csv": "encoding"}


def test_bytes_that_are_no_text_are_refused(refused: Refusals) -> None:
    assert refused(b"\xd0\x98\x98\n\xff") == {"time.csv": "encoding"}


def test_titles_differ_in_case_yo_and_spaces_or_are_the_fields_names(read: Reader) -> None:
    head = ["  on ", "КТО", "минуты", "что  Сделано"]
    assert read(lines(head, ["22.11.2026", "Орлова А. В.", "90", "Подготовка иска"])).lists == {"time": [ENTRY]}
    titles = "дата;за что;сумма;подтверждающий документ;вид"
    costs = read(f"{titles}\n1.12.2026;Пошлина;6 000;пп № 1;За счет  КЛИЕНТА\n", "c.csv", "costs")
    assert costs.lists["costs"] == [
        {"on": "2026-12-01", "what": "Пошлина", "amount": 6000, "document": "пп № 1", "kind": "agency"}
    ]


def test_hours_and_minutes_may_stand_side_by_side(read: Reader) -> None:
    spans = (("90", ""), ("", "1,5"), ("", "1:30"), ("", "1 ч 30 мин"))
    rows = [[*ROW[:2], *span, *ROW[4:]] for span in spans]
    assert read(lines(TIME, *rows)).lists["time"] == [ENTRY] * 4


def test_empty_rows_and_columns_are_passed_over(read: Reader) -> None:
    content = lines([*TIME, "", ""], [""] * 8, [*ROW, "", ""], [" "] * 8) + "\n\n"
    found = read(content)
    assert found.lists == {"time": [ENTRY]}
    assert found.cells["/time/0/minutes"] == "time.csv:C3"


def test_a_list_without_rows_is_an_empty_list(read: Reader) -> None:
    assert read(lines(TIME)).lists == {"time": []}


def test_the_files_name_or_the_given_name_tells_the_list(read: Reader, refused: Refusals) -> None:
    for file in ("Время.csv", "учет времени.CSV", "x/time.csv"):
        assert read(lines(TIME, ROW), file).lists == {"time": [ENTRY]}
    for file, name in (("a.csv", "Время"), ("costs.csv", "time")):
        assert read(lines(TIME, ROW), file, name).lists == {"time": [ENTRY]}
    assert refused(lines(TIME, ROW), "timee.csv") == {"timee.csv": "unknown_list"}


def test_formulas_of_a_csv_file_are_mere_texts(read: Reader) -> None:
    evil = "=cmd|' /C calc'!A0"
    assert read(lines(TIME, [*ROW[:4], evil, ""])).lists["time"][0]["what"] == evil


def test_a_cell_of_a_hundred_thousand_characters_is_told_at_its_cell(refused: Refusals) -> None:
    assert refused(lines(TIME, [*ROW[:4], "ж" * 100_000, ""])) == {"time.csv:E2": "too_long"}
    assert refused(lines(TIME, ROW, [*ROW[:4], "ж" * 200_000, ""])) == {"time.csv:A3": "csv"}


def test_control_characters_are_told_at_their_cell(refused: Refusals) -> None:
    assert refused(lines(TIME, [*ROW[:4], "а\x00б", ""], [ROW[0], "О\u202eрлова", *ROW[2:]])) == {
        "time.csv:E2": "character",
        "time.csv:B3": "character",
    }


@pytest.mark.parametrize("row", ['22.11.2026;"Орлова"А. В.;90;;Иск;\n', '22.11.2026;"Орлова А. В.;90;;Иск;\n'])
def test_broken_quotes_are_told_at_their_row(refused: Refusals, row: str) -> None:
    assert refused(lines(TIME, ROW) + row) == {"time.csv:A3": "csv"}


def test_too_many_rows_columns_and_bytes_are_refused(refused: Refusals, read: Reader) -> None:
    assert len(read(lines(TIME, *[ROW] * 10_000)).lists["time"]) == 10_000
    assert refused(lines(TIME, *[ROW] * 10_001)) == {"time.csv:A10002": "too_large"}
    assert refused(lines([*TIME, *["x"] * 45], ROW)) == {"time.csv:AY1": "too_large"}
    assert refused(b";" * (5 * 2**20 + 1)) == {"time.csv": "too_large"}


@pytest.mark.parametrize("content", ["", "\n\n", "22.11.2026;Орлова А. В.;90;Иск\n", "a,b,c\n1,2,3\n"])
def test_a_file_without_titles_is_told_once(refused: Refusals, content: str) -> None:
    assert refused(content) == {"time.csv:A1": "no_header"}


# --- mistakes --------------------------------------------------------------------------------


def test_every_mistake_is_told_at_its_cell_at_once(refused: Refusals) -> None:
    head = ["Дата", "Кто", "Минут", "Часов", "Что сделано", "Услгуа", "", "Кто"]
    rows = [
        ["22.11.26", "Орлова", "90", "", "Иск", "", "", ""],
        ["31.02.2026", "Орлова", "1,5", "", "Иск", "", "", ""],
        ["22.11.2026", "", "90", "", "Иск", "", "", ""],
        ["22.11.2026", "Орлова", "90", "1,5", "Иск", "", "", ""],
        ["22.11.2026", "Орлова", "", "1,33", "", "", "", ""],
        ["22.11.2026", "Орлова", "0", "", "Иск", "", "", ""],
        ["22.11.2026", "Орлова", "1441", "", "Иск", "", "лишнее", ""],
        ["22.11.2026", "Орлова", "", "", "Иск", "", "", ""],
        ["22.11.1826", "Орлова\nи Петров", "", "много", "Иск", "", "", ""],
        ["Итого", "", "300", "", "", "", "", ""],
    ]
    assert refused(lines(head, *rows)) == {
        "time.csv:F1": "unknown_column",
        "time.csv:G1": "untitled_column",
        "time.csv:H1": "duplicate_column",
        "time.csv:A2": "date",
        "time.csv:A3": "date",
        "time.csv:C3": "type",
        "time.csv:B4": "required",
        "time.csv:D5": "filled_twice",
        "time.csv:D6": "minutes",
        "time.csv:E6": "required",
        "time.csv:C7": "out_of_bounds",
        "time.csv:C8": "out_of_bounds",
        "time.csv:C9": "required",
        "time.csv:A10": "date",
        "time.csv:B10": "line_break",
        "time.csv:D10": "type",
        "time.csv:A11": "total_row",
    }


def test_mistakes_name_the_field_and_the_cure(read: Reader) -> None:
    with pytest.raises(OrderInvalid) as raised:
        read("Дата;За что;Сумма;Документ;Вид\n1.12.2026;Пошлина;1.234,56;пп;от имени клинта\n", "costs.csv")
    assert [one.line() for one in raised.value.problems] == [
        "costs.csv:C2: Сумма расхода: «1.234,56»: и точка, и запятая; непонятно, что отделяет копейки;"
        " впишите так: 1234,56 [number]",
        "costs.csv:E2: Чей это расход: «от имени клинта» не подходит; возможно, от имени клиента? [choice]",
    ]


def test_a_misspelt_title_is_not_also_a_missing_column(read: Reader) -> None:
    with pytest.raises(OrderInvalid) as raised:
        read("Дата;Кто;Минт;Что сделано\n22.11.2026;Орлова;90;Иск\n")
    assert [(one.where, one.code, one.hint) for one in raised.value.problems] == [
        ("time.csv:C1", "unknown_column", "возможно, «Минут»?")
    ]


def test_missing_columns_are_told_where_they_might_stand(read: Reader) -> None:
    with pytest.raises(OrderInvalid) as raised:
        read("Дата;Кто\n22.11.2026;Орлова\n22.11.2026;Орлова\n")
    assert [(one.where, one.code, one.message) for one in raised.value.problems] == [
        ("time.csv:C1", "missing_column", "нет столбца «Минут» или «Часов»"),
        ("time.csv:D1", "missing_column", "нет столбца «Что сделано»"),
    ]


def test_a_description_that_begins_like_a_total_is_a_record(read: Reader, refused: Refusals) -> None:
    row = [*ROW[:4], "Всего проверено пять договоров", ""]
    assert read(lines(TIME, row)).lists["time"][0]["what"] == row[4]
    for total in (["", "", "90", "", "Всего: ", ""], ["ИТОГО ЗА МЕСЯЦ", "", "90", "", "", ""]):
        assert list(refused(lines(TIME, ROW, total)).values()) == ["total_row"]


# --- workbooks -------------------------------------------------------------------------------


def test_the_sheets_of_a_workbook_name_its_lists(read: Reader) -> None:
    content = xlsx(
        Время=[TIME, [date(2026, 11, 22), "Орлова А. В.", None, time(1, 30), "Подготовка иска"]],
        Платежи=[["Дата", "Номер", "Сумма", "Назначение"], [datetime(2026, 11, 27), 318, 90000.5, "вознаграждение"]],
        АКТЫ=[["Дата", "№", "Сумма", "Период с", "Период по"], ["1.12.2026", "1", 10, date(2026, 11, 1), "30.11.2026"]],
        Лист1=[],
    )
    found = read(content, "data.xlsx")
    payment = {"on": "2026-11-27", "number": "318", "amount": Decimal("90000.5"), "purpose": "fee"}
    act = {"on": "2026-12-01", "number": "1", "amount": 10, "start": "2026-11-01", "until": "2026-11-30"}
    assert found.lists == {"time": [ENTRY], "payments": [payment], "acts": [act]}
    assert found.cells["/payments/0/amount"] == "data.xlsx:Платежи!C2"


def test_the_mistakes_of_all_sheets_are_told_at_once(refused: Refusals) -> None:
    content = xlsx(
        Время=[TIME, [datetime(2026, 11, 22, 9, 30), 1.5, 1441, None, True]],
        Расходы=[["Дата", "За что", "Сумма", "Документ", "Вид"], [46348, "Пошлина", 0.125, "пп", 1]],
        Справка=[["что угодно"]],
    )
    assert refused(content, "data.xlsx") == {
        "data.xlsx:Время!A2": "date",
        "data.xlsx:Время!B2": "type",
        "data.xlsx:Время!C2": "out_of_bounds",
        "data.xlsx:Время!E2": "type",
        "data.xlsx:Расходы!A2": "type",
        "data.xlsx:Расходы!C2": "kopecks",
        "data.xlsx:Расходы!E2": "type",
        "data.xlsx:Справка!A1": "unknown_list",
    }


def book(change: Callable[[Any], None]) -> bytes:
    """Return a workbook with the sheet of time and a change in it."""
    row = [date(2026, 11, 22), "Орлова А. В.", 90, None, "Подготовка иска"]
    made = workbook({"Время": [TIME, row, row, row]})
    change(made["Время"])
    return saved(made)


def _formula(sheet: Any) -> None:
    sheet["C3"] = "=1+1"


def _error(sheet: Any) -> None:
    sheet["C3"].value, sheet["C3"].data_type = "#REF!", "e"


def _merged(sheet: Any) -> None:
    sheet.merge_cells("A2:A4")


def _hidden_rows(sheet: Any) -> None:
    sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = sheet.row_dimensions[9].hidden = True


def _hidden_columns(sheet: Any) -> None:
    sheet.column_dimensions.group("E", "F", hidden=True)


def _hidden_sheet(sheet: Any) -> None:
    sheet.parent.create_sheet("Лист2")
    sheet.sheet_state = "hidden"


def _zeros(sheet: Any) -> None:
    sheet["B3"], sheet["B3"].number_format = 7, "00000"


def _far(sheet: Any) -> None:
    sheet["XFD3"] = 1


CHANGES = [
    (_formula, {"t.xlsx:Время!C3": "formula"}),
    (_error, {"t.xlsx:Время!C3": "formula"}),
    (_merged, {"t.xlsx:Время!A2": "merged"}),
    (_hidden_rows, {"t.xlsx:Время!A3": "hidden"}),
    (_hidden_columns, {"t.xlsx:Время!E1": "hidden", "t.xlsx:Время!F1": "hidden"}),
    (_hidden_sheet, {"t.xlsx:Время!A1": "hidden"}),
    (_zeros, {"t.xlsx:Время!B3": "type"}),
    (_far, {"t.xlsx:Время!AY3": "too_large"}),
]


@pytest.mark.parametrize(("change", "codes"), CHANGES)
def test_what_a_workbook_hides_or_has_no_value_for_is_told(
    refused: Refusals, change: Callable[[Any], None], codes: dict[str, str]
) -> None:
    assert refused(book(change), "t.xlsx") == codes


def test_a_formula_with_its_value_is_that_value(read: Reader) -> None:
    def cached(text: str) -> str:
        return re.sub(r"</f><v\s*/>|</f><v></v>", "</f><v>2</v>", text)

    content = rewritten(book(_formula), "xl/worksheets/sheet1.xml", cached)
    assert read(content, "t.xlsx").lists["time"][1]["minutes"] == 2


def rewritten(content: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """Return a workbook with one of its parts changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            text = before.read(name)
            after.writestr(name, change(text.decode()).encode() if name == part else text)
    return stream.getvalue()


def test_formats_far_away_make_no_rows(read: Reader) -> None:
    def far(sheet: Any) -> None:
        sheet["XFD1048576"].font = Font(bold=True)

    assert read(book(far), "t.xlsx").lists["time"] == [ENTRY] * 3


def test_one_sheet_may_be_named_by_hand(read: Reader, refused: Refusals) -> None:
    row = [date(2026, 11, 22), "Орлова А. В.", 90, None, "Подготовка иска"]
    assert read(xlsx(Лист1=[TIME, row]), "t.xlsx", "time").lists == {"time": [ENTRY]}
    assert refused(xlsx(Расходы=[TIME, row]), "t.xlsx", "time") == {"t.xlsx:Расходы!A1": "unknown_list"}
    assert refused(xlsx(Лист1=[TIME, row], Лист2=[["x"]]), "t.xlsx", "time") == {"t.xlsx": "several_sheets"}


def test_a_list_may_not_stand_twice(refused: Refusals) -> None:
    twice = {"Время": [TIME], "Учёт времени": [TIME]}
    assert refused(xlsx(**twice), "t.xlsx") == {"t.xlsx:Учёт времени!A1": "same_list"}


# --- hostile files ---------------------------------------------------------------------------


def packed(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
WRONG_FILES = [
    ("t.xlsx", b"PK\x03\x04 and nothing", "broken"),
    ("t.xlsx", b"", "broken"),
    ("t.xlsx", "Дата;Кто".encode(), "broken"),
    ("t.xls", OLE, "old_format"),
    ("t.csv", OLE + "EncryptedPackage".encode("utf-16-le"), "old_format"),
    ("t.ods", packed(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "no_workbook"),
    ("t.xlsx", packed(**{"xl/workbook.xml": b"<workbook/>"}), "broken"),
    ("t.xlsx", packed(**{"xl/workbook.xml": b"<" * 50, "xl/worksheets/sheet1.xml": bytes(51 * 2**20)}), "too_large"),
    ("t.xlsx", packed(**{"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": b"<c/>" * 500_001}), "too_large"),
]


@pytest.mark.parametrize(("file", "content", "code"), WRONG_FILES)
def test_what_is_no_workbook_is_a_clear_problem(refused: Refusals, file: str, content: bytes, code: str) -> None:
    assert refused(content, file) == {file: code}


def test_an_empty_workbook_is_told(refused: Refusals) -> None:
    assert refused(xlsx(Время=[]), "t.xlsx") == {"t.xlsx": "empty"}


def test_a_cut_workbook_is_a_clear_problem(refused: Refusals) -> None:
    whole = xlsx(Время=[TIME, ROW])
    for length in range(2, len(whole), 97):
        assert refused(whole[:length], "t.xlsx") == {"t.xlsx": "broken"}


def test_entities_are_not_blown_up(refused: Refusals) -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<!DOCTYPE worksheet [<!ENTITY e0 "ха">{bomb}]>'
    content = rewritten(
        xlsx(Время=[TIME, ROW]), "xl/worksheets/sheet1.xml", lambda text: doctype + text.replace(">90<", ">&e11;<")
    )
    assert refused(content, "t.xlsx") == {"t.xlsx": "broken"}


# --- several files, pasted cells -------------------------------------------------------------


def test_several_files_are_read_as_one(tmp_path: Path, sheets: Sheets) -> None:
    (tmp_path / "time.csv").write_text(lines(TIME, ROW), encoding="utf-8")
    (tmp_path / "more.xlsx").write_bytes(xlsx(События=[["Дата", "Событие"], ["22.11.2026", "Заседание"]]))
    found = read_files([tmp_path / "time.csv", tmp_path / "more.xlsx"], sheets)
    assert found.lists == {"time": [ENTRY], "events": [{"on": "2026-11-22", "what": "Заседание"}]}
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / "time.csv").write_text("Дата\n", encoding="utf-8")
    paths = [tmp_path / "time.csv", tmp_path / "again/time.csv", tmp_path / "gone.csv", tmp_path / "x.csv"]
    paths[3].write_text("", encoding="utf-8")
    with pytest.raises(OrderInvalid) as raised:
        read_files(paths, sheets)
    codes = {one.where.removeprefix(f"{tmp_path}/"): one.code for one in raised.value.problems}
    assert codes["gone.csv"] == "unreadable"
    assert codes["x.csv"] == "unknown_list"
    assert {"same_list", "missing_column"} == {code for where, code in codes.items() if where.startswith("again")}
    assert read_files([tmp_path / "time.csv"], sheets).lists == {"time": [ENTRY]}


PASTED = "22.11.2026\tОрлова А. В.\t90\tПодготовка иска\r\n"


@pytest.mark.parametrize("text", [PASTED, f"Дата\tКто\tМинут\tЧто сделано\r\n{PASTED}", f"\n{PASTED}"])
def test_pasted_cells_need_no_header(sheets: Sheets, text: str) -> None:
    reading = read_pasted(text, sheets.tables["time"])
    assert (reading.records, reading.problems) == ([ENTRY], [])


def test_mistakes_of_pasted_cells_have_their_places(sheets: Sheets) -> None:
    text = "22.11.2026\tИсполнитель\t1:30\n22.11.2026\tОрлова\t0\n"
    reading = read_pasted(text, sheets.tables["time"])
    codes = told((one.where, one.code) for one in reading.problems)
    assert codes == {"D1": "missing_column", "C1": "type", "C2": "out_of_bounds"}


def test_a_header_is_known_by_half_of_its_titles(sheets: Sheets) -> None:
    table = sheets.tables["time"]
    assert has_header(["Дата", "Ктто", "Минут", "Что"], table)
    assert not has_header(["22.11.2026", "Исполнитель", "90", "Иск"], table)
    assert not has_header([], table)


# --- there and back --------------------------------------------------------------------------

texts = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=40).map(str.strip).filter(
    lambda text: bool(text) and is_clean(text) and "_x" not in text and "x005F" not in text
)
days = st.dates(date(1900, 3, 1), date(2100, 12, 31)).map(date.isoformat)
sums = st.decimals(0, 10**9, places=2)
VALUES: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "time": {"on": days, "who": texts, "minutes": st.integers(1, 1440), "what": texts, "service": st.integers(0, 100)},
    "costs": {
        "on": days, "what": texts, "amount": sums, "document": texts, "kind": st.sampled_from(["agency", "own"]),
    },
    "payments": {
        "on": days, "number": texts, "amount": sums, "payer": texts, "purpose": st.sampled_from(["fee", "expenses"]),
    },
    "acts": {"on": days, "number": texts, "amount": sums, "start": days, "until": days},
    "events": {"on": days, "what": texts, "result": texts},
    "handed": {
        "on": days,
        "name": texts,
        "kind": st.sampled_from(["original", "copy"]),
        "sheets": st.integers(0, 100),
        "to": st.sampled_from(["client", "firm"]),
    },
}  # fmt: skip
OPTIONAL = {"service", "payer", "start", "until", "result", "sheets"}


@st.composite
def data(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    """Make up the data of a matter."""
    found = {}
    for name in draw(st.sets(st.sampled_from(sorted(VALUES)), min_size=1)):
        given = {field: value for field, value in VALUES[name].items() if field not in OPTIONAL}
        maybe = {field: value for field, value in VALUES[name].items() if field in OPTIONAL}
        found[name] = draw(st.lists(st.fixed_dictionaries(given, optional=maybe), max_size=4))
    return found


def grids(sheets: Sheets, lists: dict[str, list[dict[str, Any]]], real: bool) -> dict[str, list[list[Any]]]:
    """Return the sheets that show the data, with real dates and numbers or as people type them."""
    made = {}
    for name, records in lists.items():
        columns = sheets.tables[name].ordered()
        rows = [[_shown(record.get(column.field), column.field, real) for column in columns] for record in records]
        made[sheets.tables[name].sheets[0]] = [[column.title for column in columns], *rows]
    return made


def _shown(value: Any, field: str, real: bool) -> Any:
    if field in ("on", "start", "until") and value:
        day = date.fromisoformat(value)
        return day if real else day.strftime("%d.%m.%Y")
    if isinstance(value, Decimal):
        return float(value) if real else f"{value:,}".replace(",", " ").replace(".", ",")
    return value if real or value is None else str(value)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(lists=data(), real=st.booleans())
def test_a_workbook_gives_back_what_was_put_in(sheets: Sheets, read: Reader, lists: Any, real: bool) -> None:
    assert read(xlsx(**grids(sheets, lists, real)), "data.xlsx").lists == lists


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(lists=data(), mark=st.sampled_from([";", ",", "\t"]))
def test_csv_files_give_back_what_was_put_in(sheets: Sheets, read: Reader, lists: Any, mark: str) -> None:
    for (title, rows), (name, records) in zip(grids(sheets, lists, False).items(), lists.items(), strict=True):
        assert read(lines(*rows, mark=mark), f"{title}.csv").lists == {name: records}
