"""Files of the writers in, what other programs read in them out: pdftotext, LibreOffice, zip."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FOOT = re.compile(r"(?m)^.*стр\. \d+ из \d+\s*$")


def pdf_text(content: bytes, *options: str) -> str:
    """Return the words of a PDF."""
    command = ["pdftotext", *options, "-", "-"]
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()


class Word(NamedTuple):
    """A word of a page and where it stands, in points from the left and the top."""

    page: int
    text: str
    left: float
    top: float
    right: float


def pdf_words(content: bytes) -> list[Word]:
    """Return the words of a PDF with their places."""
    root = etree.fromstring(pdf_text(content, "-bbox").encode(), etree.XMLParser(recover=True))
    return [
        Word(number, word.text or "", *(float(word.get(name, "0")) for name in ("xMin", "yMin", "xMax")))
        for number, page in enumerate(root.iter("{*}page"))
        for word in page.iter("{*}word")
    ]


def pdf_lines(content: bytes) -> Iterator[list[Word]]:
    """Yield the lines of a PDF of one column, each from left to right."""
    lines: dict[tuple[int, int], list[Word]] = {}
    for word in pdf_words(content):
        lines.setdefault((word.page, round(word.top)), []).append(word)
    for line in lines.values():
        yield sorted(line, key=lambda word: word.left)


def flat(text: str) -> str:
    """Return text without the foot of each page, line ends and other space, nor hyphens set by the layout (U+2010)."""
    return re.sub(r"\u2010?\s+", "", FOOT.sub("", text))


def through_libreoffice(files: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """Return the PDFs that LibreOffice makes of Word files, by name."""
    for name, content in files.items():
        (folder / f"{name}.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    sources = [str(folder / f"{name}.docx") for name in files]
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *sources]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return {name: (folder / f"{name}.pdf").read_bytes() for name in files}


def parts(word_file: bytes) -> dict[str, bytes]:
    """Return the parts of a Word file by name."""
    with zipfile.ZipFile(BytesIO(word_file)) as package:
        return {name: package.read(name) for name in package.namelist()}


def page(word_file: bytes) -> etree._Element:
    """Return the root of document.xml."""
    return etree.fromstring(parts(word_file)["word/document.xml"])


def style(paragraph: etree._Element) -> str:
    """Return the style id of a paragraph."""
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else str(found.get(f"{W}val"))


def text_of(element: etree._Element) -> str:
    """Return the text of an element's runs; line breaks are line feeds."""
    marks = {f"{W}br": "\n", f"{W}tab": "\t"}
    return "".join(marks.get(str(node.tag), node.text or "") for node in element.iter(f"{W}t", *marks))


def spoiled(word_file: bytes) -> bytes:
    """Return the Word file with 99 as the remembered result of every REF and SEQ field."""
    contents = parts(word_file)
    root = etree.fromstring(contents["word/document.xml"])
    result = False
    for node in root.iter(f"{W}fldChar", f"{W}t"):
        if node.tag == f"{W}fldChar":
            result = node.get(f"{W}fldCharType") == "separate"
        elif result:
            node.text = "99"
    contents["word/document.xml"] = etree.tostring(root)
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, part in contents.items():
            package.writestr(name, part)
    return buffer.getvalue()
