"""The PDF as its checkers see it: accessible, archival, fonts of the look alone, words unbroken."""

from __future__ import annotations

import logging
import re
import shutil
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import outloud
import pdfua
import pikepdf
import pytest

from docgen.document import Clause, Paragraph, Parties, Text, Value
from docgen.errors import LibraryInvalid
from docgen.render import RenderError, html, write
from tests.render.files import FOOT, flat, pdf_text
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


def test_a_name_is_never_hyphenated_wherever_it_falls_on_the_line() -> None:
    name = "Общество с ограниченной ответственностью «Электрометаллургстройинвест»"
    shown = FOOT.sub("", pdf_text(write(replace(whole(), blocks=shifted(45, name)), "pdf", LOOK), "-raw"))
    assert "\u2010\n" in shown  # the library's words are hyphenated
    assert " ".join(shown.split()).count(name) == 45


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
