"""Quotes, no-break spaces and dashes of library text; values and addresses are never touched."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.language import typeset

NAME, NUMBER = "\ue0001\ue001", "\ue0002\ue001"


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        ('ООО "Ромашка"', "ООО «Ромашка»"),
        ('"Договор с "Ромашкой""', "«Договор с_„Ромашкой“»"),
        (f'"{NAME}"', f"«{NAME}»"),
        (f'(далее - "{NAME}")', f"(далее_— «{NAME}»)"),
        (f"№ {NAME} от", f"№_{NAME} от"),
        ("§ 5, № 7", "§_5, №_7"),
        ("ст. 309 и п. 2.1, пп. 3", "ст._309 и_п._2.1, пп._3"),
        (f"п. {NAME}", f"п._{NAME}"),
        ("г. Москва, ул. Ленина, д. 5", "г._Москва, ул._Ленина, д._5"),
        (f"г. {NAME}", f"г._{NAME}"),
        ("в 2026 г. Заказчик", "в_2026_г. Заказчик"),
        (f"{NUMBER} г. Заказчик", f"{NUMBER}_г. Заказчик"),
        ("И. И. Иванов", "И._И._Иванов"),
        ("Иванов И. И.", "Иванов_И._И."),
        (f"И. И. {NAME}", f"И._И._{NAME}"),
        ("5 рабочих дней, 3 этапа, 10 %, 100 руб.", "5_рабочих дней, 3_этапа, 10_%, 100_руб."),
        (f"{NUMBER} дней, {NUMBER} услуги", f"{NUMBER}_дней, {NUMBER} услуги"),
        ("22 ноября 2026 г.", "22_ноября 2026_г."),
        ("150 000 рублей", "150_000_рублей"),
        ("Договор - это соглашение", "Договор_— это соглашение"),
        (f"{NAME} - {NAME}", f"{NAME}_— {NAME}"),
        ("ст. 191-194, 3-5 дней", "ст._191–194, 3–5_дней"),
        ("в доме и у реки", "в_доме и_у_реки"),
        (f"с {NAME}", f"с_{NAME}"),
        ("и т. д., т. е.", "и_т._д., т._е."),
    ],
)
def test_library_text_is_typeset(plain: str, expected: str) -> None:
    assert typeset(plain).replace("\u00a0", "_") == expected


@pytest.mark.parametrize(
    "text",
    [
        "№\u00a015-26",
        "152-ФЗ",
        "А60-12345/2026",
        "8-800-555-35-35",
        "2026-11-22",
        "ГОСТ 7.0.97-2025",
        "1-й",
        "пункт 5 настоящего",
        "где-то",
        "a-b@c-d.ru",
        "https://example.ru/1-2?q=3-4",
        "pravo.gov.ru",
        'размер 5"',
        f"{NAME}-{NUMBER}",
    ],
)
def test_codes_addresses_and_numbers_of_documents_stay_as_they_are(text: str) -> None:
    assert typeset(text) == text


PIECES = [
    " ", "  ", "\u00a0", '"', "«", "»", "„", "“", "-", "–", "—", ".", ",", "(", ")", "№", "§", "%", "/", "\n",
    "в", "и", "а", "ст.", "п.", "г.", "ул.", "т.", "д.", "руб.", "И.", "Иванов", "Москва", "дней", "рабочих", "ноября",
    "1", "5", "150", "000", "2026", NAME, NUMBER, "a-b@c.ru", "http://site.ru/1-2", "слово",
]  # fmt: skip


@settings(max_examples=3000)
@given(text=st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_typesetting_twice_is_typesetting_once(text: str) -> None:
    once = typeset(text)
    assert typeset(once) == once


@settings(max_examples=1000)
@given(text=st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_only_spaces_quotes_and_dashes_ever_change(text: str) -> None:
    def bare(words: str) -> str:
        return re.sub(r"[\s\"«»„“–—-]", "", words)

    assert bare(typeset(text)) == bare(text)
    assert re.findall("\ue000\\d+\ue001", typeset(text)) == re.findall("\ue000\\d+\ue001", text)
