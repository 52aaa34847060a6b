"""One tree in, the same numbers and references out of our text, our PDF, and Word's own counting in LibreOffice."""

from __future__ import annotations

import re

import pytest

from docgen.document import anchor
from docgen.render import write
from tests.render.files import FOOT, W, page, pdf_text, style, text_of
from tests.render.trees import LOOK, TREES

NUMBERED = re.compile(r"(?m)^\s*(\d+(?:\.\d+)*\.)\s+([А-Я\w]\w*)")
REFERENCE = re.compile(r"((?:под)?пункт|раздел|приложени)[а-я]*\s+(?:№\s*)?(\d+(?:\.\d+)*)", re.IGNORECASE)


def numbers(text: str) -> list[tuple[str, str]]:
    """Return every number that begins a line, with the first word after it."""
    return NUMBERED.findall(FOOT.sub("", text))


def references(text: str) -> list[tuple[str, str]]:
    """Return every «пункт 4.2», «раздела 3», «приложению № 1» (and the annexes' own labels)."""
    return [(word.lower(), number) for word, number in REFERENCE.findall(FOOT.sub("", text))]


def from_text(name: str) -> str:
    return write(TREES[name](), "txt", LOOK).decode()


def test_the_text_itself_has_the_trees_numbers() -> None:
    found = [number for number, _ in numbers(from_text("whole"))]
    body = ["1.", "1.1.", "1.2.", "2.", "2.1.", "2.1.1.", "2.1.2.", "2.2.", "3.", "3.1.", "3.2."]
    assert found == [*body, "1.", "1.1.", "1.2.", "2.", "2.1.", "1.", "2.", "2.1."]
    assert len(references(from_text("whole"))) == 12


@pytest.mark.parametrize("name", ["whole", "long", "hostile"])
def test_our_pdf_agrees_with_the_text(name: str, pdf_files: dict[str, bytes]) -> None:
    shown = pdf_text(pdf_files[name], "-layout")
    assert numbers(shown) == numbers(from_text(name))
    assert references(shown) == references(from_text(name))


@pytest.mark.parametrize("name", ["whole", "long", "hostile"])
def test_words_own_counting_agrees_with_the_text(name: str, from_word: dict[str, bytes]) -> None:
    shown = pdf_text(from_word[name], "-layout")
    assert numbers(shown) == numbers(from_text(name))
    assert references(shown) == references(from_text(name))


def test_spoiled_results_of_fields_are_counted_anew(from_word: dict[str, bytes], word_files: dict[str, bytes]) -> None:
    assert page(word_files["spoiled"]).xpath("count(//w:t[. = '99'])", namespaces={"w": W[1:-1]}) == 12
    shown = pdf_text(from_word["spoiled"], "-layout")
    assert "99" not in FOOT.sub("", shown)
    assert numbers(shown) == numbers(from_text("whole"))
    assert references(shown) == references(from_text("whole"))


def test_no_number_of_a_clause_is_typed_in_word(word_files: dict[str, bytes]) -> None:
    for name in ("whole", "long", "hostile"):
        for paragraph in page(word_files[name]).iter(f"{W}p"):
            if style(paragraph) in ("Heading1", "Clause", "Subclause", "Point"):
                assert not re.match(r"\s*\d+(\.\d+)*\.?\s", text_of(paragraph))


def test_every_reference_is_a_live_field_to_a_bookmark_that_exists(word_files: dict[str, bytes]) -> None:
    root = page(word_files["whole"])
    marks = {mark.get(f"{W}name"): mark.get(f"{W}id") for mark in root.iter(f"{W}bookmarkStart")}
    fields = [str(field.text).split() for field in root.iter(f"{W}instrText")]
    wanted = {field[1] for field in fields if field[0] == "REF"}
    assert wanted == set(marks)
    assert len(set(marks.values())) == len(marks)
    assert set(marks.values()) == {end.get(f"{W}id") for end in root.iter(f"{W}bookmarkEnd")}
    ways = {field[1]: field[2:] for field in fields if field[0] == "REF"}
    assert ways[anchor("annex_task")] == ["\\h"]
    assert ways[anchor("act")] == ["\\w", "\\h"]


def test_fields_remember_the_right_numbers(word_files: dict[str, bytes]) -> None:
    words = "\n".join(text_of(paragraph) for paragraph in page(word_files["whole"]).iter(f"{W}p"))
    assert references(words) == references(from_text("whole"))


def test_references_of_a_page_lead_to_their_targets() -> None:
    html = write(TREES["whole"](), "html", LOOK).decode()
    links = set(re.findall(r'href="#(\w+)"', html))
    assert len(links) == 9
    assert links <= set(re.findall(r' id="(\w+)"', html))
