"""Hostile words in, the same words to the letter out of every format and of every property."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO

import docx
import pikepdf
import pytest

from docgen.document import Clause, Paragraph, Ref, Text, Value
from docgen.render import FORMATS, RenderError, write
from docgen.render.layout import contents, plain
from tests.render.files import W, flat, page, parts, pdf_text, style, text_of
from tests.render.trees import HOSTILE, LOOK, hostile, whole


class Page(HTMLParser):
    """Collects an HTML page's text."""

    def __init__(self, source: bytes) -> None:
        super().__init__()
        self.words: list[str] = []
        self.attributes: list[str] = []
        self.tags: list[str] = []
        self.feed(source.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [value for _, value in attrs if value]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def planted() -> int:
    """How often the hostile words stand in the document's own text."""
    document = hostile()
    annex = document.blocks[-1]
    blocks = (*document.blocks, *annex.blocks)  # type: ignore[union-attr]
    captions = sum(getattr(block, "caption", "") == HOSTILE for block in blocks)
    within = [plain(inlines).count(HOSTILE) for block in blocks for inlines in contents(block)]
    return sum(within) + int(captions)


def test_text_has_every_hostile_word() -> None:
    assert write(hostile(), "txt", LOOK).decode().count(HOSTILE) == planted() == 14


def test_html_has_every_hostile_word_as_text_and_none_as_a_tag() -> None:
    found = Page(write(hostile(), "html", LOOK))
    body = "".join(found.words)
    assert body.count(HOSTILE) == planted() + 1  # and the page's title
    assert "b" not in found.tags
    assert f"О {HOSTILE}" in found.attributes
    assert f"От {HOSTILE}" in found.attributes
    assert HOSTILE in found.attributes  # the foot


def test_word_has_every_hostile_word_in_one_piece(word_files: dict[str, bytes]) -> None:
    runs = [text_of(run) for run in page(word_files["hostile"]).iter(f"{W}r")]
    assert sum(run.count(HOSTILE) for run in runs) == planted()


def test_word_foot_has_the_hostile_word(word_files: dict[str, bytes]) -> None:
    document = docx.Document(BytesIO(word_files["hostile"]))
    foot = document.sections[0].footer.paragraphs[0].text
    assert foot.split("\t")[0] == HOSTILE


def test_pdf_has_every_hostile_word(pdf_files: dict[str, bytes]) -> None:
    text = pdf_text(pdf_files["hostile"], "-raw")
    assert flat(text).count(flat(HOSTILE)) == planted()
    assert text.count(f"{HOSTILE} стр.") == 2  # the foot of both pages


def test_libreoffice_shows_every_hostile_word(from_word: dict[str, bytes]) -> None:
    text = pdf_text(from_word["hostile"], "-raw")
    assert flat(text).count(flat(HOSTILE)) == planted()
    assert " ".join(text.split()).count(f"{HOSTILE} стр.") == 2  # the foot of both pages


def test_word_properties_are_the_documents_own(word_files: dict[str, bytes]) -> None:
    found = docx.Document(BytesIO(word_files["hostile"])).core_properties
    assert (found.title, found.subject, found.author) == (HOSTILE, f"О {HOSTILE}", f"От {HOSTILE}")
    assert (found.last_modified_by, found.revision, found.language) == (f"От {HOSTILE}", 1, "ru-RU")
    assert str(found.created) == str(found.modified) == "2026-11-22 00:00:00+00:00"
    assert (found.comments, found.keywords, found.category) == ("", "", "")


def test_pdf_properties_are_the_documents_own(pdf_files: dict[str, bytes]) -> None:
    with pikepdf.open(BytesIO(pdf_files["hostile"])) as pdf:
        found = {key: str(value) for key, value in pdf.docinfo.items()}
    assert found.pop("/Producer").startswith("WeasyPrint ")
    assert found == {
        "/Title": HOSTILE, "/Subject": f"О {HOSTILE}", "/Author": f"От {HOSTILE}",
        "/CreationDate": "D:20261122", "/ModDate": "D:20261122",
    }


def test_a_subject_of_any_length_is_kept_whole() -> None:
    subject = "О представлении интересов " * 40
    word = write(replace(whole(), subject=subject), "docx", LOOK)
    assert docx.Document(BytesIO(word)).core_properties.subject == subject


def test_a_line_feed_in_a_value_is_a_line_break(word_files: dict[str, bytes], pdf_files: dict[str, bytes]) -> None:
    lines = "строка первая\nстрока вторая"
    assert lines in [text_of(run) for run in page(word_files["hostile"]).iter(f"{W}r")]
    assert "строка первая<br>строка вторая" in write(hostile(), "html", LOOK).decode()
    assert lines in pdf_text(pdf_files["hostile"])


def test_spaces_of_a_value_are_kept() -> None:
    document = replace(whole(), blocks=(Paragraph("body", (Text("«"), Value("a  b ", "/x"), Text("»"))),))
    assert "«a  b »" in write(document, "txt", LOOK).decode()
    assert "".join(text_of(run) for run in page(write(document, "docx", LOOK)).iter(f"{W}r")) == "«a  b »"
    assert "«a b »" in " ".join(pdf_text(write(document, "pdf", LOOK)).split())


def test_a_title_is_in_capitals_but_its_values_are_not(
    pdf_files: dict[str, bytes], word_files: dict[str, bytes]
) -> None:
    assert pdf_text(pdf_files["hostile"]).startswith("ДОГОВОР ООО «Ромашка")
    title = next(p for p in page(word_files["hostile"]).iter(f"{W}p") if style(p) == "Title")
    capitals = [run.find(f"{W}rPr/{W}caps") for run in title.iter(f"{W}r")]
    assert capitals[0] is None
    assert capitals[1] is not None
    assert capitals[1].get(f"{W}val") == "0"


@pytest.mark.parametrize("format", FORMATS)
def test_a_reference_to_nowhere_is_a_bug_and_not_a_gap(format: str) -> None:
    lost = Clause("", "made", 2, "1.1", (Text("см. пункт "), Ref("gone", "4.2")))
    with pytest.raises(RenderError, match="gone"):
        write(replace(whole(), blocks=(lost,)), format, LOOK)


def test_a_draft_says_so_in_every_format_and_a_clean_file_does_not(
    word_files: dict[str, bytes], pdf_files: dict[str, bytes]
) -> None:
    for name, expected in (("draft", True), ("whole", False)):
        document = whole(draft=expected)
        assert ("ПРОЕКТ".encode() in parts(word_files[name])["word/header1.xml"]) is expected
        assert pdf_text(pdf_files[name]).count("ПРОЕКТ") == (4 if expected else 0)
        assert ("ПРОЕКТ" in write(document, "html", LOOK).decode()) is expected
        assert write(document, "txt", LOOK).decode().startswith("ПРОЕКТ\n") is expected


def test_nothing_tells_a_clauses_id() -> None:
    document = whole()
    for format in FORMATS:
        content = write(document, format, LOOK)
        inside = b"".join(parts(content).values()) if format == "docx" else content
        assert b"annex_task" not in inside
        assert b"made_" not in inside
