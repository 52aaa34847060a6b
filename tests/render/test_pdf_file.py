"""The PDF as its checkers see it: accessible, archival, fonts of the look alone, words unbroken."""

from __future__ import annotations

import logging
import re
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import outloud
import pdfua
import pikepdf
import pytest

from docgen.document import (
    Blank,
    Block,
    Clause,
    Document,
    Entry,
    Paragraph,
    Parties,
    Ref,
    Side,
    Signature,
    Strong,
    Text,
    Value,
)
from docgen.errors import LibraryInvalid
from docgen.render import RenderError, html, page_count, write
from docgen.render.layout import plain
from tests.render.files import FOOT, flat, pdf_lines, pdf_text, pdf_words, through_libreoffice
from tests.render.trees import LOOK, TREES, WORDY, opening, side, text, whole

ALLOWED = {
    "LNK-010",  # an e-mail address of a party is a requisite on paper, not a link
    "PAG-001",  # the repeated head of a table over pages: WeasyPrint cuts the table into one per page, heads with it
}


@pytest.fixture
def on_disk(pdf_files: dict[str, bytes], tmp_path: Path) -> Any:
    def write_down(name: str) -> Path:
        (tmp_path / "file.pdf").write_bytes(pdf_files[name])
        return tmp_path / "file.pdf"

    return write_down


@pytest.mark.parametrize("name", TREES)
def test_pages_are_counted_as_a_reader_counts_them(name: str, pdf_files: dict[str, bytes]) -> None:
    with pikepdf.open(BytesIO(pdf_files[name])) as file:
        assert page_count(pdf_files[name]) == len(file.pages)


def test_a_file_without_pages_is_no_count_of_nothing() -> None:
    with pytest.raises(RenderError):
        page_count(b"%PDF-1.7")


@pytest.mark.parametrize("name", TREES)
def test_checkers_of_accessibility_find_nothing(name: str, on_disk: Any) -> None:
    path = on_disk(name)
    assert list(pdfua.validate(path).findings) == []
    found = {(finding.severity, finding.rule) for finding in outloud.check(str(path)).findings}
    assert {rule for severity, rule in found if severity == "warning"} <= ALLOWED
    assert {severity for severity, _ in found} <= {"warning", "info"}


@pytest.mark.parametrize("name", TREES)
def test_it_says_that_it_is_archival_accessible_and_russian(name: str, pdf_files: dict[str, bytes]) -> None:
    with pikepdf.open(BytesIO(pdf_files[name])) as file:
        assert str(file.Root.Lang) == "ru-RU"
        assert bool(file.Root.MarkInfo.Marked)
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
        assert file.Root.OutputIntents[0].S == "/GTS_PDFA1"
        metadata = file.Root.Metadata.read_bytes().decode()
    assert re.search(r'pdfaid:part="3"', metadata)
    assert re.search(r'pdfaid:conformance="A"', metadata)
    assert re.search(r'pdfuaid:part="1"', metadata)


@pytest.mark.parametrize("name", TREES)
def test_fonts_are_the_looks_and_embedded(name: str, pdf_files: dict[str, bytes]) -> None:
    with pikepdf.open(BytesIO(pdf_files[name])) as file:
        fonts = [object for object in file.objects if isinstance(object, pikepdf.Dictionary)
                 and object.get("/Type") == "/FontDescriptor"]
        names = {str(font.FontName) for font in fonts}
        assert all("/FontFile2" in font for font in fonts)
    assert {re.sub(r"^/[A-Z]{6}\+", "", name).removesuffix("-Bold") for name in names} == {
        "Liberation-Serif-Look", "Liberation-Sans-Look"
    }


def outline(file: pikepdf.Pdf) -> list[tuple[int, str]]:
    with file.open_outline() as found:
        below = [(1, kid.title) for item in found.root for kid in item.children]
        return [(0, item.title) for item in found.root] + below


def test_sections_and_annexes_are_bookmarks(pdf_files: dict[str, bytes]) -> None:
    with pikepdf.open(BytesIO(pdf_files["whole"])) as file:
        found = outline(file)
    assert found == [
        (0, "1. Предмет Договора"), (0, "2. Цена и порядок расчётов"), (0, "3. Сдача и приёмка"),
        (0, "Приложение №\u00a01. Задание и цена"), (0, "Приложение №\u00a02. Специалисты"),
        (1, "1. Задание"), (1, "2. Расходы"),
    ]


def artifacts(file: pikepdf.Pdf) -> int:
    """Count the marked stretches of a page's furniture that hold words."""
    return sum(page.Contents.read_bytes().count(b"/Artifact\n<</Type /Pagination>>") for page in file.pages)


def test_running_feet_are_artifacts(pdf_files: dict[str, bytes]) -> None:
    with pikepdf.open(BytesIO(pdf_files["whole"])) as file:
        assert artifacts(file) == 4 * 2  # name left, page right, on four pages


def test_a_draft_bears_the_watermark_on_every_page_and_a_clean_file_on_none(pdf_files: dict[str, bytes]) -> None:
    def darkest_of_pale(name: str) -> list[int]:
        """Count, page by page, the drawings in the watermark's own grey (#e8e8e8)."""
        with pikepdf.open(BytesIO(pdf_files[name])) as file:
            streams = [page.Contents.read_bytes() for page in file.pages]
            forms = b"".join(
                object.read_bytes() for object in file.objects
                if isinstance(object, pikepdf.Stream) and object.get("/Subtype") == "/Form"
            )
        grey = re.compile(rb"0\.9098\d* 0\.9098\d* 0\.9098\d* rg|/Pattern cs|/p\d+ scn")
        return [len(grey.findall(stream)) + len(grey.findall(forms)) for stream in streams]

    assert all(darkest_of_pale("draft"))
    assert not any(darkest_of_pale("whole"))


def shifted(places: int, name: str) -> tuple[Clause, ...]:
    return tuple(
        Clause("", "made", 2, f"1.{place + 1}", (Text("слово " * place), Value(name, "/name"), Text(f", {WORDY}")))
        for place in range(places)
    )


def of(*blocks: Block) -> Document:
    return replace(whole(), blocks=blocks)


def test_an_abbreviation_is_never_hyphenated_wherever_it_falls_on_the_line() -> None:
    clauses = [Clause("", "made", 2, "1.1", text(f"{'слово ' * place}«ОГРНИП» и {WORDY}")) for place in range(45)]
    shown = pdf_text(write(of(*clauses), "pdf", LOOK), "-raw")
    assert "\u2010\n" in shown
    assert shown.count("«ОГРНИП»") == 45


def test_the_last_word_of_a_paragraph_is_never_hyphenated() -> None:
    clauses = [Clause("", "made", 2, "1.1", text(f"{'слово ' * place}окончание срока приостанавливается."))
               for place in range(45)]
    assert pdf_text(write(of(*clauses), "pdf", LOOK), "-raw").count("приостанавливается.") == 45


def test_at_most_two_lines_in_a_row_are_hyphenated_and_no_word_is_lost() -> None:
    clauses = [Clause("", "made", 2, "1.1", text(f"{'слово ' * place}{WORDY} {WORDY}")) for place in range(45)]
    lines = FOOT.sub("", pdf_text(write(of(*clauses), "pdf", LOOK), "-raw")).split("\n")
    ends = "".join("‐" if line.endswith("\u2010") else "." for line in lines)
    assert "‐‐" in ends
    assert "‐‐‐" not in ends
    assert flat("\n".join(lines)) == flat("".join(f"1.1. {plain(clause.inlines)}" for clause in clauses))


def test_a_line_is_full_before_a_value_that_does_not_fit() -> None:
    due, price = Value("5\u00a0рабочих\u00a0дней", "/days"), Value("90\u00a0000\u00a0(девяносто\u00a0тысяч)", "/sum")
    clauses = [
        Clause("", "made", 2, "1.1", (
            Text(f"{'слово ' * place}Заказчик в\u00a0течение "), due,
            Text(" со\u00a0дня вступления Договора в\u00a0силу вносит аванс: "), price, Text(f", {WORDY}"),
        ))
        for place in range(30)
    ]
    lines = [line for line in pdf_lines(write(of(*clauses), "pdf", LOOK)) if line[0].text != "Договор"]  # the foot
    gaps = [after.left - before.right for line in lines for before, after in pairwise(line[1:])]
    assert max(gaps) < 18


def test_a_special_term_with_a_reference_is_justified_like_any_other() -> None:
    term = (Value(f"{WORDY} См. пункт ", "/clauses/add/0/text"), Ref("term", "1.1"), Value(f" и далее. {WORDY}", "/x"))
    lines = list(pdf_lines(write(of(Clause("term", "made", 2, "1.1", term)), "pdf", LOOK)))[:-2]
    assert len(lines) > 5
    assert {round(line[-1].right) for line in lines} == {round((210 - 15) * 72 / 25.4)}


def test_a_blank_is_neither_bold_nor_wrapped() -> None:
    blank = Blank("«____» __________ 20__ г.", "/date")
    clauses = [Clause("", "made", 2, "1.1", (Text("слово " * place), Strong((blank,)))) for place in range(25)]
    file = write(of(*clauses), "pdf", LOOK)
    assert pdf_text(file, "-raw").count(blank.text) == 25
    with pikepdf.open(BytesIO(file)) as pdf:
        names = {str(font.FontName) for font in pdf.objects if isinstance(font, pikepdf.Dictionary)
                 and font.get("/Type") == "/FontDescriptor"}
    assert not any("Bold" in name for name in names)


@pytest.mark.parametrize("number", ["9.1.1", "12.1.10", "12.10.10"])
def test_a_number_never_touches_its_text(number: str) -> None:
    clause = Clause("", "made", 3, number, text("Слово"))
    shown, said = pdf_words(write(of(clause), "pdf", LOOK))[:2]
    assert said.left - shown.right > 3
    if len(number) < 8:
        assert said.left == pytest.approx((30 + 12 + 16) * 72 / 25.4, abs=0.1)


def signing(name: str, position: str, party: str = "АБ «Линия права»") -> Side:
    return replace(side("Сторона", party), signatures=(Signature(text(position), text(name), False),))


def test_lines_to_sign_on_stand_at_one_height(tmp_path: Path) -> None:
    long_name = signing("Ю. В. Константинопольская-Преображенская", "Директор")
    long_position = signing("Я. О. Ким", "Первый заместитель генерального директора по правовым вопросам и закупкам")
    document = of(Parties("parties", (long_name, long_position)))
    word = through_libreoffice({"file": write(document, "docx", LOOK)}, tmp_path)["file"]
    for file in (write(document, "pdf", LOOK), word):
        found = {word.text: word for word in pdf_words(file)}
        assert found["Ю."].top == pytest.approx(found["Я."].top, abs=0.5)
        assert found["Директор"].top == pytest.approx(found["закупкам"].top, abs=0.5)
        assert found["Преображенская"].top > found["Ю."].top + 5


def test_a_blank_for_a_name_does_not_leave_its_column(tmp_path: Path) -> None:
    blank = replace(side("Сторона", "АБ"), signatures=(Signature((), (Blank("_" * 33, "/name"),), False),))
    document = of(Parties("parties", (blank, blank)))
    word = through_libreoffice({"file": write(document, "docx", LOOK)}, tmp_path)["file"]
    for file in (write(document, "pdf", LOOK), word):
        rules = [word for word in pdf_words(file) if word.text == "_" * 24]
        assert len(rules) == 2
        assert rules[0].right < rules[1].left
        assert rules[1].right < (210 - 15) * 72 / 25.4


def test_requisites_are_two_columns_of_labels_and_values(
    pdf_files: dict[str, bytes], from_word: dict[str, bytes]
) -> None:
    for file in (pdf_files["whole"], from_word["whole"]):
        found = {word.text: word.left for word in reversed(pdf_words(file))}
        start = (30 + 28) * 72 / 25.4
        assert found["Адрес"] == pytest.approx(30 * 72 / 25.4, abs=0.3)
        for value in ("620014,", "6671234566", "1186658012347", "40702810916540000012"):
            assert found[value] == pytest.approx(start, abs=0.3)


def test_a_long_label_pushes_its_value_on(tmp_path: Path) -> None:
    party = replace(side("Сторона", "АБ"), entries=(Entry("Счёт адв. образования", text("40702810916540000012")),))
    document = of(Parties("parties", (party, party)))
    word = through_libreoffice({"file": write(document, "docx", LOOK)}, tmp_path)["file"]
    for file in (write(document, "pdf", LOOK), word):
        found = {word.text: word for word in reversed(pdf_words(file))}
        assert 2 < found["40702810916540000012"].left - found["образования"].right < 9
        assert found["Счёт"].top == pytest.approx(found["образования"].top, abs=0.1)


def rows_of_the_foot(file: bytes) -> list[bytes]:
    """Return the rows of dots of the first page's foot, between the margins."""
    command = ["pdftoppm", "-gray", "-r", "254", "-f", "1", "-l", "1", "-"]
    picture = subprocess.run(command, input=file, capture_output=True, check=True).stdout
    _, size, _, dots = picture.split(b"\n", 3)
    width = int(size.split()[0])
    return [dots[row * width + 302:row * width + 1948] for row in range(2770, 2870)]


@pytest.mark.parametrize("name", ["whole", "draft"])
def test_one_hairline_of_one_weight_runs_above_the_foot(name: str, pdf_files: dict[str, bytes]) -> None:
    dark = [row for row in rows_of_the_foot(pdf_files[name]) if row.count(b"\xff") < len(row) // 2]
    assert dark
    assert all(max(row) - min(row) < 60 for row in dark)


def test_a_name_is_never_hyphenated_wherever_it_falls_on_the_line() -> None:
    name = "Общество с ограниченной ответственностью «Электрометаллургстройинвест»"
    shown = FOOT.sub("", pdf_text(write(replace(whole(), blocks=shifted(45, name)), "pdf", LOOK), "-raw"))
    assert "\u2010\n" in shown  # the library's words are hyphenated
    assert " ".join(shown.split()).count(name) == 45


@pytest.mark.parametrize("fillers", range(5, 13))
def test_two_pairs_of_parties_share_their_page_with_two_lines_of_the_section_before_them(fillers: int) -> None:
    clauses = tuple(Clause("", "made", 2, f"1.{place}", text(WORDY)) for place in range(1, fillers))
    block = Parties("parties", tuple(side(f"Сторона {number}", "АБ") for number in range(1, 5)))
    heading = Paragraph("parties_heading", text("Реквизиты и подписи сторон"))
    page = pdf_text(write(of(*clauses, heading, block), "pdf", LOOK), "-layout").split("\f")[:-1][-1]
    before, _, after = page.partition("Реквизиты и подписи сторон")
    assert len(before.strip().splitlines()) >= 2
    assert after.count("Кузнецова-Белорецкая") == 4


@pytest.mark.parametrize("fillers", range(3, 13))
def test_a_parties_block_shares_its_page_with_two_lines_of_the_section_before_it(fillers: int) -> None:
    clauses = tuple(Clause("", "made", 2, f"1.{place}", text(WORDY)) for place in range(1, fillers))
    block = Parties("parties", (side("Исполнитель", "АБ «Линия права»"), side("Заказчик", "ООО «Мельницы»")))
    heading = Paragraph("parties_heading", text("Реквизиты и подписи сторон"))
    document = replace(whole(), blocks=(*opening("ООО «Мельницы»"), *clauses, heading, block))
    page = pdf_text(write(document, "pdf", LOOK), "-layout").split("\f")[:-1][-1]
    before, _, after = page.partition("Реквизиты и подписи сторон")
    assert len(before.strip().splitlines()) >= 2
    assert after.count("Кузнецова-Белорецкая") == 2


def test_a_page_may_fetch_nothing_but_the_looks_own_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("p { color: red }")
    look = tmp_path / "_look"
    shutil.copytree(LOOK, look)
    for link in (secret.as_uri(), "https://example.ru/a.css", "data:text/css,p{}", "shell.docx", "../secret.css"):
        page = (LOOK / "document.html").read_text().replace("<style>", f'<link rel="stylesheet" href="{link}"><style>')
        (look / "document.html").write_text(page)
        with pytest.raises(RenderError, match="may not fetch"):
            write(whole(), "pdf", look)


def test_a_letter_that_the_look_lacks_is_refused_and_not_lent_by_the_system() -> None:
    document = replace(whole(), blocks=(Paragraph("body", (Value("₽ 漢", "/x"),)),))
    with pytest.raises(RenderError, match="fonts that the look does not have"):
        write(document, "pdf", LOOK)


def test_what_weasyprint_complains_of_is_an_error(tmp_path: Path) -> None:
    look = tmp_path / "_look"
    shutil.copytree(LOOK, look)
    with (look / "print.css").open("a") as sheet:
        sheet.write("\np { colour: red }\n")
    with pytest.raises(RenderError, match="colour"):
        write(whole(), "pdf", look)
    assert not logging.getLogger("weasyprint").handlers[1:]


def test_fonts_that_were_not_copied_are_a_mistake_of_the_set_up(tmp_path: Path) -> None:
    look = tmp_path / "_look"
    shutil.copytree(LOOK, look, ignore=shutil.ignore_patterns("fonts"))
    with pytest.raises(LibraryInvalid, match="fonts_missing"):
        write(whole(), "pdf", look)


def test_the_words_of_the_page_are_the_words_of_the_pdf(pdf_files: dict[str, bytes]) -> None:
    page = re.sub(r"<(style|title)>.*?</\1>|<[^>]+>", "", html.write(whole(), LOOK).decode(), flags=re.DOTALL)
    title = "Договор об оказании юридических услуг"
    assert flat(pdf_text(pdf_files["whole"], "-raw")) == flat(page.replace(title, title.upper()).replace("&nbsp;", " "))
