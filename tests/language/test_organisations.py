"""Names of organisations: the gender that «именуемое» agrees with, legal forms in full and abridged."""

from __future__ import annotations

import pytest

from docgen.language import Gender, full_form, short_form
from docgen.language.organisations import UNKNOWN_FORM, organisation_gender


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("АО «Вектор»", "n"),
        ("ООО «Вектор»", "n"),
        ("Акционерное общество «Вектор»", "n"),
        ("КА «Защита»", "f"),
        ("Московская коллегия адвокатов", "f"),
        ("АБ «Право»", "n"),
        ("Адвокатское бюро", "n"),
        ("ПК «Заря»", "m"),
        ("Сельскохозяйственный производственный кооператив", "m"),
        ("ТСЖ «Уют»", "n"),
        ("АНО «Школа»", "f"),
        ("ФГБУ «Центр»", "n"),
        ("Фонд «Помощь»", "m"),
        ("Ассоциация юристов", "f"),
        ("Союз предпринимателей", "m"),
        ("Артель «Старатель»", "f"),
        ("Банк «Вектор» (ПАО)", "m"),
        ("«Вектор» (ООО)", "n"),
        ("ГАТИ", "n"),
        ("Vector Ltd", "f"),
        ("ИП Орлов Иван Петрович", "m"),
        ("ИП Орлова Анна Петровна", "f"),
        ("Индивидуальный предприниматель Ткач Анна", "f"),
        ("ИП", "m"),
    ],
)
def test_the_gender_is_that_of_the_head_noun(name: str, expected: Gender) -> None:
    assert organisation_gender(name) == expected


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Общество с ограниченной ответственностью «Вектор»", "ООО «Вектор»"),
        ("Акционерное общество «Вектор»", "АО «Вектор»"),
        ("Публичное акционерное общество «Вектор»", "ПАО «Вектор»"),
        ("Непубличное акционерное общество «Вектор»", "НАО «Вектор»"),
        ("Закрытое акционерное общество «Вектор»", "ЗАО «Вектор»"),
        ("Индивидуальный предприниматель Орлов Иван Петрович", "ИП Орлов Иван Петрович"),
        ("Автономная некоммерческая организация «Школа»", "АНО «Школа»"),
        ("Федеральное государственное бюджетное учреждение «Центр»", "ФГБУ «Центр»"),
        ("Муниципальное унитарное предприятие «Тепло»", "МУП «Тепло»"),
        ("Муниципальное казённое учреждение «Архив»", "МКУ «Архив»"),
        ("Товарищество собственников жилья «Уют»", "ТСЖ «Уют»"),
        ("Садоводческое некоммерческое товарищество «Сад»", "СНТ «Сад»"),
        ("Крестьянское (фермерское) хозяйство «Нива»", "КФХ «Нива»"),
        ("Производственный кооператив «Заря»", "ПК «Заря»"),
        ("Адвокатское бюро города Москвы «Право»", "АБ города Москвы «Право»"),
        ("Коллегия адвокатов «Защита»", "КА «Защита»"),
        ("Банк «Вектор» (публичное акционерное общество)", "Банк «Вектор» (ПАО)"),
    ],
)
def test_a_legal_form_is_abridged_and_written_in_full(full: str, short: str) -> None:
    assert (short_form(full).text, full_form(short).text) == (short, full)
    assert (short_form(short).text, full_form(full).text) == (short, full)
    assert short_form(full).certain
    assert full_form(short).certain


@pytest.mark.parametrize(
    ("typed", "short"),
    [
        ("ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ «ВЕКТОР»", "ООО «ВЕКТОР»"),
        ("Муниципальное казенное учреждение", "МКУ"),
        ("Акционерное общество«Вектор»", "АО «Вектор»"),
        ("Акционерное\u00a0общество\u00a0«Вектор»", "АО\u00a0«Вектор»"),
    ],
)
def test_capitals_spaces_and_yo_do_not_hide_a_legal_form(typed: str, short: str) -> None:
    assert short_form(typed).text == short


@pytest.mark.parametrize("name", ["Vector Ltd", "Московская коллегия адвокатов", "АОН «Вектор»", "Союз", ""])
def test_an_unknown_legal_form_stays_and_asks_for_a_check(name: str) -> None:
    for form in (short_form(name), full_form(name)):
        assert (form.text, form.certain, form.note) == (name, False, UNKNOWN_FORM)
