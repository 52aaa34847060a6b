"""The DOCX as Word and its validators see it: schema, numbering, keeping together, tables, the shell."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from docgen.document import Annex, Blank, Block, Heading, Paragraph, Parties, Strong, Text
from docgen.errors import LibraryInvalid
from docgen.render import RenderError, write
from tests.render.files import W, page, parts, pdf_text, style, text_of
from tests.render.trees import LOOK, TREES, long, side, text, whole


def kept(element: etree._Element) -> list[bool]:
    """Tell of every paragraph inside whether it stays with the next by itself."""
    return [p.find(f"{W}pPr/{W}keepNext") is not None for p in element.iter(f"{W}p")]


def numbering(word_file: bytes, path: str) -> list[str]:
    found = etree.fromstring(parts(word_file)["word/numbering.xml"]).xpath(path, namespaces={"w": W[1:-1]})
    return [str(one) for one in found]  # type: ignore[union-attr]


def tables(word_file: bytes, named: str) -> Iterator[etree._Element]:
    for table in page(word_file).iter(f"{W}tbl"):
        if table.find(f"{W}tblPr/{W}tblStyle").get(f"{W}val") == named:  # type: ignore[union-attr]
            yield table


@pytest.mark.parametrize("name", TREES)
def test_word_would_open_it_without_a_word(name: str, word_files: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "file.docx"
    path.write_bytes(word_files[name])
    assert OpenXmlValidator().validate(path).errors == []


def test_styles_number_the_body_and_every_annex_has_its_own_list(word_files: dict[str, bytes]) -> None:
    lists: dict[str, set[str | None]] = {}
    annex = "body"
    for paragraph in page(word_files["whole"]).iter(f"{W}p"):
        annex = text_of(paragraph) if style(paragraph) == "Annex" else annex
        if style(paragraph) in ("Heading1", "Clause", "Point"):
            number = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
            lists.setdefault(annex, set()).add(None if number is None else number.get(f"{W}val"))
    assert lists == {"body": {None}, "Приложение №\u00a01": {"3"}, "Приложение №\u00a02": {"4"}}
    assert numbering(word_files["whole"], "//w:num[w:lvlOverride/w:startOverride/@w:val = '1']/@w:numId") == ["3", "4"]
    used = numbering(word_files["whole"], "//w:num[@w:numId = '3' or @w:numId = '4']/w:abstractNumId/@w:val")
    assert used == ["1", "1"]
    owners = "//w:abstractNum[@w:abstractNumId = '1']/w:lvl/w:pStyle/@w:val"
    assert numbering(word_files["whole"], owners) == ["Point"]  # a section's style belongs to the document's own list


def test_an_annex_without_points_starts_no_list() -> None:
    table_only = Annex("annex", "1", (), (), (Paragraph("body", text("слова")),))
    file = write(replace(whole(), blocks=(table_only,)), "docx", LOOK)
    assert numbering(file, "//w:num/@w:numId") == ["1", "2"]  # those that styles belong to


def test_values_are_never_hyphenated_and_the_librarys_words_are(word_files: dict[str, bytes]) -> None:
    settings = parts(word_files["whole"])["word/settings.xml"]
    assert b"<w:autoHyphenation/>" in settings
    assert b"<w:doNotHyphenateCaps/>" in settings
    for run in page(word_files["whole"]).iter(f"{W}r"):
        language = run.find(f"{W}rPr/{W}lang")  # LibreOffice hyphenates what is not proofed, but nothing in no language
        spoken = language is None or language.get(f"{W}val") != "x-none"
        verbatim = run.find(f"{W}rPr/{W}noProof") is not None and not spoken
        if "Кузнецов" in text_of(run):
            assert verbatim
        if "заключили настоящий" in text_of(run):
            assert not verbatim
            assert spoken
    cell = style_named(word_files["whole"], "TableCell")
    assert cell.find(f"{W}pPr/{W}suppressAutoHyphens") is not None


def style_named(word_file: bytes, name: str) -> etree._Element:
    styles = etree.fromstring(parts(word_file)["word/styles.xml"]).iter(f"{W}style")
    return next(style for style in styles if style.get(f"{W}styleId") == name)


def test_a_blank_is_never_bold() -> None:
    blank = Blank("____", "/x")
    inside = Paragraph("body", (Strong((Text("Имя "), blank)),))
    file = write(replace(whole(), blocks=(inside, Heading("a", "1", (blank,)))), "docx", LOOK)
    blanks = [run for run in page(file).iter(f"{W}r") if "____" in text_of(run)]
    assert [run.find(f"{W}rPr/{W}b").get(f"{W}val") for run in blanks] == ["0", "0"]  # type: ignore[union-attr]


def foot(word_file: bytes) -> etree._Element:
    (line,) = etree.fromstring(parts(word_file)["word/footer1.xml"]).iterchildren(f"{W}p")
    return line


def test_only_the_foot_of_a_draft_has_a_middle(word_files: dict[str, bytes]) -> None:
    plain, draft = foot(word_files["whole"]), foot(word_files["draft"])
    assert text_of(plain) == "Договор № 15-26/юр\tстр. 1 из 1"
    assert "" not in [node.text for node in plain.iter(f"{W}t")]
    assert plain.find(f"{W}pPr/{W}tabs") is None
    tabs = [tab.get(f"{W}val") for tab in style_named(word_files["whole"], "Footer").iter(f"{W}tab")]
    assert tabs == ["right"]
    assert [tab.get(f"{W}val") for tab in draft.iterfind(f"{W}pPr/{W}tabs/{W}tab")] == ["center"]
    assert [run for run in text_of(draft).split("\t") if run][1:] == ["ПРОЕКТ", "стр. 1 из 1"]


def test_opening_raises_no_question_and_no_compatibility_mode(word_files: dict[str, bytes]) -> None:
    settings = parts(word_files["whole"])["word/settings.xml"]
    assert b"updateFields" not in settings
    assert b'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"' in settings
    assert b'w:themeFontLang w:val="ru-RU"' in settings
    assert b"w:dirty" not in parts(word_files["whole"])["word/document.xml"]


def test_a_file_has_only_the_parts_it_needs(word_files: dict[str, bytes]) -> None:
    assert list(parts(word_files["whole"])) == [
        "[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "docProps/core.xml", "word/_rels/document.xml.rels",
        "word/document.xml", "word/fontTable.xml", "word/footer1.xml", "word/header1.xml", "word/numbering.xml",
        "word/settings.xml", "word/styles.xml", "word/theme/theme1.xml",
    ]


def test_the_parties_block_is_rows_that_stay_together(word_files: dict[str, bytes]) -> None:
    rows = list(next(tables(word_files["whole"], "Parties")).iterchildren(f"{W}tr"))
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    assert [all(kept(row)) for row in rows] == [True, True, True, False]
    name = "\t\u00a0И. И. Кузнецова-Белорецкая"
    assert [[text_of(cell) for cell in row.iter(f"{W}tc")] for row in rows[1:]] == [
        ["Управляющий партнёр", "Директор"], [name, name], ["", "М.П."],
    ]
    at_the_bottom = [row.find(f"{W}tc/{W}tcPr/{W}vAlign") is not None for row in rows]
    assert at_the_bottom == [False, True, False, False]


@pytest.mark.parametrize(("sides", "parted"), [(3, []), (4, []), (5, [2, 5])])
def test_pairs_of_parties_part_only_when_a_page_may_not_hold_them(sides: int, parted: list[int]) -> None:
    block = Parties("parties", (side("Заказчик", "ООО «Мельницы»"),) * sides)
    file = write(replace(whole(), blocks=(block,)), "docx", LOOK)
    rows = list(next(tables(file, "Parties")).iterchildren(f"{W}tr"))
    assert [place for place, row in enumerate(rows[:-1]) if not kept(row)[0]] == parted


def test_a_requisite_without_a_label_takes_the_whole_width(word_files: dict[str, bytes]) -> None:
    cell = next(next(tables(word_files["whole"], "Parties")).iter(f"{W}tc"))
    found = [(style(line), text_of(line)) for line in cell.iter(f"{W}p")]
    assert found[1:3] == [
        ("RequisiteLine", "Адвокатское бюро «Линия права»"),
        ("Requisite", "Адрес \t620014, Свердловская область, г. Екатеринбург, ул. Вайнера, д. 10, офис 405"),
    ]


def test_what_stands_before_the_parties_block_stays_with_it(word_files: dict[str, bytes]) -> None:
    block = next(tables(word_files["long"], "Parties"))
    clause = block.getprevious()
    assert clause is not None
    assert style(clause) == "Clause"
    assert kept(clause) == [True]


def test_three_parties_and_joint_signatures_have_rows_of_their_own(word_files: dict[str, bytes]) -> None:
    block = next(tables(word_files["long"], "Parties"))
    assert [len(list(row.iter(f"{W}tc"))) for row in block.iterchildren(f"{W}tr")] == [2] * 10
    assert text_of(block).count("М.П.") == 2
    assert text_of(block).count("Кузнецова-Белорецкая") == 4


def test_a_tables_head_repeats_rows_stay_whole_and_totals_stay_with_the_last_row(word_files: dict[str, bytes]) -> None:
    head, *rows = next(tables(word_files["long"], "Table")).iterchildren(f"{W}tr")
    assert head.find(f"{W}trPr/{W}tblHeader") is not None
    assert len(rows) == 62
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    assert [any(kept(row)) for row in rows[-4:]] == [False, True, True, False]


def test_column_widths_are_told_twice_and_fill_the_page(word_files: dict[str, bytes]) -> None:
    table = next(tables(word_files["long"], "Table"))
    grid = [int(column.get(f"{W}w", "")) for column in table.iter(f"{W}gridCol")]
    assert grid == [9355 * share // 100 for share in (8, 52, 20, 20)]
    cells = [int(cell.get(f"{W}w", "")) for cell in table.iter(f"{W}tcW")]
    assert cells[:4] == grid
    assert sum(grid) in range(9350, 9355)
    assert cells[-2:] == [sum(grid[:3]), grid[3]]  # the label of a total spans the empty cells after it


def test_a_repeated_head_is_on_every_page_of_the_table(
    from_word: dict[str, bytes], pdf_files: dict[str, bytes]
) -> None:
    for file in (from_word["long"], pdf_files["long"]):
        pages = [page for page in pdf_text(file, "-layout").split("\f") if "22.11.2026" in page]
        assert len(pages) >= 3
        assert all(page.count("Цена, руб.") == 1 for page in pages)
        assert "528 000,00" in pages[-1]


def test_the_parties_block_is_never_alone_and_never_split(
    from_word: dict[str, bytes], pdf_files: dict[str, bytes]
) -> None:
    for file in (from_word["long"], pdf_files["long"]):
        before, _, _ = next(
            page for page in pdf_text(file, "-layout").split("\f") if "Заказчик 1" in page
        ).partition("Заказчик 1")
        assert "юридических услуг." in " ".join(before.split())


def test_a_role_without_a_style_is_told_by_both_names() -> None:
    strange: tuple[Block, ...] = (Paragraph("by_hand", text("слово")),)
    with pytest.raises(RenderError, match=r"'by hand'.*by_hand"):
        write(replace(whole(), blocks=strange), "docx", LOOK)


def edited(folder: Path, part: str, old: str, new: str) -> Path:
    """Return a look whose shell has been changed in one place."""
    look = folder / "_look"
    shutil.copytree(LOOK, look, ignore=shutil.ignore_patterns("*.py", "fonts"))
    contents = parts((look / "shell.docx").read_bytes())
    assert old in contents[part].decode()
    contents[part] = contents[part].decode().replace(old, new).encode()
    from docgen.render.package import zipped

    (look / "shell.docx").write_bytes(zipped(contents))
    return look


def test_what_a_firm_writes_into_the_shell_is_in_the_file(tmp_path: Path) -> None:
    look = edited(tmp_path, "word/footer1.xml", "стр. ", "лист ")
    assert "лист ".encode() in parts(write(whole(), "docx", look))["word/footer1.xml"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("{{ body }}", "{{ bodi }}"), ("{{ body }}", "слова"), ("{{ body }}", "{{ body.__class__.__mro__ }}")],
)
def test_a_broken_shell_is_the_looks_mistake(tmp_path: Path, old: str, new: str) -> None:
    look = edited(tmp_path, "word/document.xml", old, new)
    with pytest.raises(LibraryInvalid) as caught:
        write(long(), "docx", look)
    assert [(problem.where, problem.code) for problem in caught.value.problems] == [
        ("templates/_look/shell.docx", "shell_broken")
    ]


def test_a_missing_shell_is_the_looks_mistake(tmp_path: Path) -> None:
    with pytest.raises(LibraryInvalid, match="shell_broken"):
        write(whole(), "docx", tmp_path)
