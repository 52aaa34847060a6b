"""A document takes the edition of a clause that is in force on its date, and says which."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from docgen.service import Draft, Service


@pytest.mark.parametrize(
    ("day", "edition", "words", "gone"),
    [
        (date(2025, 8, 31), "с 2011-07-27", "допускается с согласия того, чьи это данные", "отдельным документом"),
        (date(2025, 9, 1), "с 2025-09-01", "оформляется отдельным документом", "с согласия того"),
        (date(2026, 11, 25), "с 2025-09-01", "оформляется отдельным документом", "с согласия того"),
    ],
)
def test_the_edition_in_force_on_the_documents_date_stands(
    day: date, edition: str, words: str, gone: str, draft: Callable[..., Draft], service: Service, order: Any
) -> None:
    made = draft(order("company_stages"), day=day)
    text = service.write(made, "txt").decode().replace("\u00a0", " ")
    assert words in text
    assert gone not in text
    (decision,) = [one for one in made.decisions if one.id == "personal_data"]
    assert (decision.included, decision.edition) == (True, edition)
    assert f"personal_data (standard {edition})" in str(service.explain(made))


def test_no_place_for_a_seal_in_an_electronic_document(
    draft: Callable[..., Draft], service: Service, order: Any
) -> None:
    asked = order("company_stages")
    assert "М.П." in service.write(draft(asked), "txt").decode()
    asked["facts"]["form"] = "electronic"
    assert "М.П." not in service.write(draft(asked), "txt").decode()
