"""The library's table of columns is whole, and a broken one is told."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, get_args

import pytest

from docgen.errors import LibraryInvalid
from docgen.library.load import load_table
from docgen.library.sheets import Sheets, load_sheets
from docgen.library.sheets.check import sheet_problems
from docgen.model import Matter
from docgen.model.place import bare
from docgen.model.work import DATA
from tests.conftest import ROOT

FILE = "clauses/sheets.yaml"


def test_the_lists_are_those_of_the_matter() -> None:
    for name, model in DATA.items():
        assert get_args(bare(Matter.model_fields[name].annotation))[0] is model


def test_every_field_has_a_title_and_every_value_a_word(sheets: Sheets) -> None:
    assert set(sheets.tables) == set(DATA)
    for name, model in DATA.items():
        table = sheets.tables[name]
        assert {column.field for column in table.ordered()} == set(model.model_fields), name
        assert all(column.titles for column in table.columns)
        for field, info in model.model_fields.items():
            for value in _choices(info.annotation):
                words = _spec_words(name, field)
                assert words.get(value), (name, field, value)


def _choices(annotation: Any) -> tuple[str, ...]:
    inner = bare(annotation)
    return get_args(inner) if "Literal" in str(inner) else ()


def _spec_words(name: str, field: str) -> dict[str, tuple[str, ...]]:
    placed = load_table(ROOT, "sheets").sheets
    assert placed is not None
    return next(column.words for column in placed.spec.lists[name].columns if column.field == field)


SLIPS = [
    ("titles: [Дата, Дата работы, День]}", "titels: [Дата, Дата работы, День]}", "unknown_key"),
    ("field: who,", "field: whom,", "unknown_key missing_key"),
    ("            own: [свой,", "            owm: [свой,", "unknown_key missing_key"),
    ("            own: [свой,", "            own: [от имени клиента,", "duplicate_id"),
    ("titles: [Минут, Минуты,", "titles: [Кто, Минуты,", "duplicate_id"),
    ("sheets: [Время,", "sheets: [Расходы,", "duplicate_id"),
    ("    events:\n", "    event:\n", "unknown_key missing_key"),
    ("field: what, titles: [Событие, Что произошло]", "field: what, titles: []", "bad_shape"),
    ("field: who, titles", "field: who, unit: hours, titles", "bad_shape missing_key"),
    ("field: service, titles", "field: service, words: {a: [б]}, titles", "unknown_key"),
    ("            copy: [копия]\n", "", "missing_key"),
    ("  totals: [Итого, Всего]\n", "", "missing_key"),
]


@pytest.mark.parametrize(("old", "new", "codes"), SLIPS)
def test_one_mistake_in_the_table_is_told_where_it_is(tmp_path: Path, old: str, new: str, codes: str) -> None:
    shutil.copytree(ROOT / "clauses", tmp_path / "clauses")
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / FILE).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LibraryInvalid) as raised:
        load_sheets(tmp_path)
    assert sorted(problem.code for problem in raised.value.problems) == sorted(codes.split())
    assert all(problem.where.startswith(f"{FILE}:") and problem.hint for problem in raised.value.problems)


def test_a_library_without_the_table_says_so(tmp_path: Path) -> None:
    (tmp_path / "clauses").mkdir()
    with pytest.raises(LibraryInvalid) as raised:
        load_sheets(tmp_path)
    assert [problem.code for problem in raised.value.problems] == ["missing_table"]


def test_our_table_has_no_mistake() -> None:
    placed = load_table(ROOT, "sheets").sheets
    assert placed is not None
    assert list(sheet_problems(placed)) == []
