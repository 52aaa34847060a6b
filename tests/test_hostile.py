"""Hostile words: to the letter in every format, or refused with pointer and cure; never run, never lost."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import pikepdf
import pytest

from docgen.errors import OrderInvalid
from docgen.service import Draft, Service

NAME = "ООО «Ромашка & Ко» <b>{{ 7*7 }}</b> {_{x}_} **y** ]]> ref('fee')"


@pytest.fixture
def hostile(draft: Callable[..., Draft], order: Any) -> Draft:
    changed = order("company_stages")
    changed["matter"]["clients"][0]["name"] = NAME
    changed["matter"]["number"] = NAME
    return draft(changed)


def squeezed(text: str) -> str:
    """Return the text with every run of white space as one space (PDF breaks lines)."""
    return re.sub(r"\s+", " ", text)


def test_it_stands_to_the_letter_in_txt(hostile: Draft, service: Service) -> None:
    assert NAME in service.write(hostile, "txt").decode()


def test_it_stands_to_the_letter_in_html(hostile: Draft, service: Service) -> None:
    page = service.write(hostile, "html").decode()
    assert NAME in unescape(re.sub(r"<[^>]+>", "", page))
    assert "<b>{{" not in page


def test_it_stands_to_the_letter_in_docx_and_its_properties(hostile: Draft, service: Service) -> None:
    content = service.write(hostile, "docx")
    parts = zipfile.ZipFile(io.BytesIO(content))
    body = "".join(ElementTree.fromstring(parts.read("word/document.xml")).itertext())
    assert NAME in body
    properties = docx.Document(io.BytesIO(content)).core_properties
    assert NAME in f"{properties.title} {properties.subject}"
    footers = [name for name in parts.namelist() if "footer" in name]
    assert any(NAME in "".join(ElementTree.fromstring(parts.read(name)).itertext()) for name in footers)


def test_it_stands_to_the_letter_unhyphenated_in_pdf_and_its_properties(
    hostile: Draft, service: Service, tmp_path: Path
) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(service.write(hostile, "pdf"))
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True).stdout.decode()
    assert NAME in squeezed(text)
    with pikepdf.open(path) as pdf:
        information = pdf.docinfo
        assert any(NAME in str(value) for value in (information.get("/Title"), information.get("/Subject")))


@pytest.mark.parametrize(
    "character", ["\x00", "\x07", "\x0c", "\x85", "\ud800", "\u202e", "\ufffe", "\ue000", "\u200f"]
)
def test_a_character_that_no_document_may_carry_is_refused_with_pointer_and_cure(
    character: str, service: Service, order: Any
) -> None:
    import json

    changed = order("company_stages")
    changed["matter"]["clients"][0]["name"] = f"ООО {character}Ромашка"
    source = json.dumps(changed).encode()
    with pytest.raises(OrderInvalid) as raised:
        service.draft(source, firm=Path("samples/firm.yaml"))
    (problem,) = raised.value.problems
    assert problem.where == "/matter/clients/0/name"
    assert problem.hint


@pytest.mark.parametrize("character", ["₽", "漢", "😀"])
def test_a_glyph_that_the_fonts_lack_is_refused(character: str, draft: Callable[..., Draft], order: Any) -> None:
    changed = order("company_stages")
    changed["matter"]["services"][0]["action"] = f"услуга {character}"
    with pytest.raises(OrderInvalid) as raised:
        draft(changed)
    (problem,) = raised.value.problems
    assert (problem.where, problem.code) == ("/matter/services/0/action", "no_glyph")
    assert problem.hint


def test_special_terms_are_words_not_templates(draft: Callable[..., Draft], service: Service, order: Any) -> None:
    changed = order("company_stages")
    special = "Особый порядок {{ 7*7 }} {% if x %} **жирно** {{ firm.inn }}."
    changed["clauses"] = {"add": [{"after": "subject", "text": special}]}
    assert special in service.write(draft(changed), "txt").decode()
