"""Who signs electronically signs nothing by hand: no lines, no seals, words and the signer's name instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from docgen.document import Annex, Parties, Signature
from docgen.render.layout import plain
from docgen.service import Draft, Service
from tests.conftest import blocks_of
from tests.render.files import pdf_text, through_libreoffice

Drafted = Callable[..., Draft]
LINE = "____________________"
WORDS = "Подписано усиленной квалифицированной электронной подписью"
KINDS = (
    "company_stages", "fee_and_term", "consumer_refund", "month", "fewer_stages", "debt", "company_courts",
    "company_attorney",
)


def signatures(made: Draft) -> list[Signature]:
    """Return every signature of a document, those of its annexes too."""
    blocks = [block for block in blocks_of(made.document) if isinstance(block, Parties)]
    return [signature for block in blocks for side in block.sides for signature in side.signatures]


@pytest.mark.parametrize("stem", KINDS)
def test_an_electronic_paper_has_no_lines_to_sign_on(stem: str, order: Any, draft: Drafted, service: Service) -> None:
    asked = order(stem)
    on_paper = signatures(draft(asked))
    assert on_paper
    assert not any(one.electronic for one in on_paper)
    asked["facts"]["form"] = "electronic"
    made = draft(asked)
    assert [plain(one.name) for one in signatures(made)] == [plain(one.name) for one in on_paper]
    assert {plain(one.electronic).replace("\u00a0", " ") for one in signatures(made)} == {WORDS}
    text = service.write(made, "txt").decode().replace("\u00a0", " ")
    assert f"{WORDS}\n{plain(on_paper[-1].name)}".replace("\u00a0", " ") in text
    assert LINE not in text.split("\n\nИсполнитель\n")[-1].split("\n\nДоверитель\n")[-1]
    assert "М.П." not in text


def test_a_revocation_is_signed_as_the_power_was_or_at_the_notary(order: Any, said: Any) -> None:
    asked = order("company_one")
    assert LINE in said(asked)
    asked["based_on"]["facts"]["form"] = "electronic"
    assert f"{WORDS}\nО. П. Зимина" in said(asked)
    asked["facts"]["by_notary"] = True
    assert f"{LINE} О. П. Зимина\nМ.П." in said(asked)


def test_the_notice_of_an_electronic_power_may_be_on_paper(order: Any, said: Any) -> None:
    asked = order("company_court")
    asked["based_on"]["based_on"]["facts"]["form"] = "electronic"
    assert f"{LINE} О. П. Зимина\nМ.П." in said(asked)


def test_an_annex_in_its_new_wording_is_signed_as_the_agreement_that_changes_it(order: Any, draft: Drafted) -> None:
    asked = order("fee_and_term")
    asked["based_on"]["facts"] |= {"form": "electronic"}
    made = draft(asked)
    annex = next(block for block in made.document.blocks if isinstance(block, Annex))
    block = annex.blocks[-1]
    assert isinstance(block, Parties)
    found = [signature for side in block.sides for signature in side.signatures]
    assert [(one.electronic, one.seal) for one in found] == [((), True), ((), True)]


def test_both_formats_print_the_words_over_the_name(
    order: Any, draft: Drafted, service: Service, tmp_path: Path
) -> None:
    asked = order("company_courts")
    asked["facts"]["form"] = "electronic"
    made = draft(asked)
    by_word = through_libreoffice({"power": service.write(made, "docx")}, tmp_path)["power"]
    for pdf in (service.write(made, "pdf"), by_word):
        said = " ".join(pdf_text(pdf).split())
        assert f"Генеральный директор {WORDS} О. П. Зимина" in said
