"""What is written as JSON is read back to the letter."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.model import read_json, write_json

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
scalars = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | words | st.decimals(0, 10**15, places=2)
trees = st.recursive(scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3))


@given(st.dictionaries(words, trees, max_size=4))
def test_what_is_written_is_read_back(raw: Any) -> None:
    assert read_json(write_json(raw)) == raw


@pytest.mark.parametrize("raw", [{}, {"a": []}, {"a": [1, {"б": "в\n"}], "c": {}, "d": None, "e": True}])
def test_it_looks_like_the_standard_librarys(raw: Any) -> None:
    assert write_json(raw) == json.dumps(raw, ensure_ascii=False)
    assert write_json(raw, indent=2) == json.dumps(raw, ensure_ascii=False, indent=2)
