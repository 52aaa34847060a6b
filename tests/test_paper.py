"""The files of every sample: numbers and references as Word would count them, standards kept, fonts of the look."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import outloud
import pdfua
import pikepdf
import pytest
from openxml_audit import OpenXmlValidator

from docgen.document import Annex, Clause, Heading, Paragraph, Ref
from docgen.service import Draft, Service
from tests.conftest import SAMPLES, blocks_of
from tests.render.files import FOOT, pdf_text, spoiled, through_libreoffice
from tests.test_selection import inlines

ACCEPTED = ("INFO", "WARNING")  # warnings are weighed, with reasons, in tests/render


class Heard(logging.Handler):
    """Writes down what is logged from a warning on."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.words: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.words.append(record.getMessage())


class Paper(NamedTuple):
    """A sample's files, and what WeasyPrint had to say."""

    word: bytes
    pdf: bytes
    said: list[str]


@pytest.fixture(scope="session")
def printed(service: Service, drafted: Callable[[Path], Draft]) -> Callable[[Path], Paper]:
    """Give the files of a sample, written once."""

    @cache
    def write(sample: Path) -> Paper:
        heard, logger = Heard(), logging.getLogger("weasyprint")
        logger.addHandler(heard)
        try:
            made = drafted(sample)
            return Paper(service.write(made, "docx"), service.write(made, "pdf"), heard.words)
        finally:
            logger.removeHandler(heard)

    return write


@pytest.fixture
def paper(sample: Path, printed: Callable[[Path], Paper]) -> Paper:
    return printed(sample)


@pytest.fixture(scope="session")
def printed_by_word(printed: Callable[[Path], Paper], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give the PDFs that LibreOffice makes of every sample's Word file and of its spoiled copy, all in one start."""
    files: dict[str, bytes] = {}
    for sample in SAMPLES:
        word = printed(sample).word
        files |= {f"{sample.stem}-word": word, f"{sample.stem}-spoiled": spoiled(word)}
    return through_libreoffice(files, tmp_path_factory.mktemp("word"))


def is_whole(made: Draft) -> bool:
    """Tell whether it is a long agreement: the other kinds and the short preset have few numbers."""
    return len([block for block in made.document.blocks if isinstance(block, Clause)]) > 30


def words(pdf: bytes) -> str:
    """Return a PDF's words with single spaces, without the running foot."""
    return re.sub(r"[\s\u00a0]+", " ", FOOT.sub("", pdf_text(pdf, "-layout")))


def expected(draft: Draft) -> list[str]:
    """Return what must be read in the paper: numbers before their words, paragraphs, references inside their words."""
    found = []
    for block in blocks_of(draft.document):
        if isinstance(block, Heading | Clause):
            found.append(f"{block.number}. {first_words(block)}")
        if isinstance(block, Annex):
            found.append(f"Приложение № {block.number} ")
        if isinstance(block, Paragraph) and block.role != "title":  # a page prints that in capitals
            found.append(first_words(block))
        found += [f"{before}{ref.number}" for before, ref in references(block)]
    return found


def first_words(block: Heading | Clause | Paragraph) -> str:
    words = "".join(getattr(inline, "text", getattr(inline, "number", "")) for inline in block.inlines)
    return re.sub(r"[\s\u00a0]+", " ", words)[:12].rsplit(" ", 1)[0]


def references(block: Any) -> list[tuple[str, Ref]]:
    """Return each reference with the word before it («пункте », «№ »)."""
    row = list(inlines(block))
    pairs = pairwise(row)
    return [
        (re.sub(r"[\s\u00a0]+", " ", text.text).rsplit(" ", 2)[-2] + " ", ref)
        for text, ref in pairs
        if isinstance(ref, Ref) and hasattr(text, "text") and text.text.endswith((" ", "\u00a0"))
    ]


def absent(text: str, parts: list[str]) -> list[str]:
    """Return the parts that the text lacks, hyphens of line ends aside."""
    joined = text.replace("- ", "").replace("\u00ad", "")
    return [part for part in parts if part not in text and part.replace("- ", "") not in joined]


def test_numbers_and_references_are_the_same_in_our_pdf_in_word_and_with_spoiled_caches(
    sample: Path, made: Draft, paper: Paper, printed_by_word: dict[str, bytes]
) -> None:
    parts = expected(made)
    whole = is_whole(made)
    assert len(parts) > (60 if whole else 2)
    assert not whole or sum(bool(references(block)) for block in blocks_of(made.document)) > 3
    by_word = (printed_by_word[f"{sample.stem}-{copy}"] for copy in ("word", "spoiled"))
    for pdf in (paper.pdf, *by_word):
        assert absent(words(pdf), parts) == []
        assert "№ 99" not in words(pdf)


def test_no_clause_number_is_typed_in_the_docx(made: Draft, paper: Paper) -> None:
    body = zipfile.ZipFile(io.BytesIO(paper.word)).read("word/document.xml").decode()
    paragraphs = ["".join(re.findall(r"<w:t[ >][^<]*?>?([^<]*)</w:t>", part)) for part in body.split("</w:p>")]
    assert [text for text in paragraphs if re.match(r"\s*\d+\.(\d+\.)*\s", text)] == []
    assert body.count("REF _c") > 3 or not is_whole(made)


def test_the_docx_passes_the_audit_and_the_pdf_is_accessible_and_archivable(paper: Paper, tmp_path: Path) -> None:
    word, pdf = tmp_path / "x.docx", tmp_path / "x.pdf"
    word.write_bytes(paper.word)
    pdf.write_bytes(paper.pdf)
    assert OpenXmlValidator().validate(word).errors == []
    assert [one for one in pdfua.validate(str(pdf)).findings if one.severity.name not in ACCEPTED] == []
    heard = outloud.check(str(pdf))
    assert (heard.error or "", heard.errors) == ("", 0)
    with pikepdf.open(pdf) as opened:
        assert str(opened.Root.Lang) == "ru-RU"
        metadata = opened.Root.Metadata.read_bytes().decode()
        assert re.search(r"pdfaid:part[^0-9]*3", metadata)
        assert re.search(r"pdfuaid:part[^0-9]*1", metadata)
        names = {str(font.get("/FontName")) for font in opened.objects if is_font(font)}
    assert names
    assert all("Liberation" in name for name in names)


def is_font(thing: object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"


def test_weasyprint_has_nothing_to_say(paper: Paper) -> None:
    assert paper.said == []


RIGHT = 552.7  # the right margin in points
LINE = re.compile(r'<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</line>', re.DOTALL)


def short_lines(page: str) -> list[str]:
    """Return the lines of justified text that end before the margin although their paragraph goes on."""
    rows: dict[float, tuple[float, float, str]] = {}  # pieces of one line, by its top
    for left, top, right, bottom, words in LINE.findall(page):
        if float(bottom) - float(top) > 12.5:
            start, end, said = rows.get(float(top), (float(left), 0.0, ""))
            rows[float(top)] = (min(start, float(left)), max(end, float(right)), said + words)
    body = sorted((y, *row) for y, row in rows.items() if row[0] < 170)
    return [
        re.sub(r"<.*?>|\s+", " ", words).strip()
        for (y, x, end, words), (next_y, next_x, *_) in pairwise(body)
        if abs(x - next_x) < 1 and next_y - y < 15.5 and end < RIGHT - 8
    ]


def test_no_line_of_a_paragraph_ends_early(paper: Paper) -> None:
    boxes = pdf_text(paper.pdf, "-bbox-layout")
    assert [line for page in boxes.split("<page ")[1:] for line in short_lines(page)] == []
