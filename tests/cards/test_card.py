"""Cards of invented companies become raw clients: what is found is exact, what is doubtful is told, nothing is lost."""

from __future__ import annotations

import re
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from docgen.cards import Card, read_card
from docgen.cards.labels import LABEL
from docgen.model.parties import Client

TBANK = {
    "account": "40702813000000123456",
    "bank": "АО «ТБанк», г. Москва",
    "bik": "044525974",
    "correspondent": "30101810145250000974",
}
ALFA = {
    "account": "40702812000000123456",
    "bank": "АО «Альфа-Банк», г. Москва",
    "bik": "044525593",
    "correspondent": "30101810200000000593",
}
GPB = {
    "account": "40702818000000123456",
    "bank": "Банк ГПБ (АО), г. Москва",
    "bik": "044525823",
    "correspondent": "30101810200000000823",
}
SBER = {
    "account": "40702814000000123456",
    "bank": "Уральский банк ПАО Сбербанк, г. Екатеринбург",
    "bik": "046577674",
    "correspondent": "30101810500000000674",
}
VTB = {
    "account": "40702819000000123456",
    "bank": "Банк ВТБ (ПАО), г. Москва",
    "bik": "044525187",
    "correspondent": "30101810700000000187",
}
CHARTER = {"basis": {"kind": "charter"}}

LINES = """Карточка предприятия

Полное наименование: Общество с ограниченной ответственностью «Вектор»
Сокращённое наименование: ООО «Вектор»
ИНН: 7701451205
КПП: 770101001
ОГРН: 1197746001232
ОКПО: 45123094
ОКВЭД: 69.10
ОКТМО: 45375000
ОКАТО: 45286555000
ОКОПФ: 12300
Дата регистрации: 14.01.2019
Юридический адрес: 105005, г. Москва, ул. Бауманская, д. 7, офис 3
Почтовый адрес: 105005, г. Москва, а/я 15
Расчётный счёт: 40702813000000123456
Банк: АО «ТБанк», г. Москва
БИК: 044525974
Корреспондентский счёт: 30101810145250000974
Генеральный директор: Ветров Пётр Ильич, действующий на основании Устава
Главный бухгалтер: Ветрова Анна Ильинична
Тел.: +7 (495) 000-10-20
E-mail: office@vektor.example
Сайт: www.vektor.example
"""
VECTOR = {
    "kind": "company",
    "name": "Общество с ограниченной ответственностью «Вектор»",
    "short_name": "ООО «Вектор»",
    "inn": "7701451205",
    "kpp": "770101001",
    "ogrn": "1197746001232",
    "okpo": "45123094",
    "address": "105005, г. Москва, ул. Бауманская, д. 7, офис 3",
    "postal_address": "105005, г. Москва, а/я 15",
    "email": "office@vektor.example",
    "phone": "+7 (495) 000-10-20",
    "accounts": [TBANK],
    "signatories": [{"name": "Ветров Пётр Ильич", "position": "генеральный директор", **CHARTER}],
}

TABLE = """Полное наименование организации\tАкционерное общество "Северный ветер"
Сокращенное наименование\tАО "Северный ветер"
ИНН / КПП\t7802 334 508 / 7802 01 001
ОГРН\t1\u00a0027\u00a0800\u00a0234\u00a0560
Адрес места нахождения\t194100, г. Санкт-Петербург, ул. Лесная, д. 5
Расч. счёт\t4070 2812 0000 0012 3456
Наименование банка\tАО «Альфа-Банк», г. Москва
БИК банка\t044525593
Корр. счёт\t3010-1810-2000-0000-0593
Должность руководителя\tПрезидент
ФИО руководителя\tСалтыков-Щедрин Михаил Евграфович
Действует на основании\tУстава
Телефон/факс\t8 (812) 000-10-20
E-mail\tinfo@sever.example
"""
NORTH = {
    "kind": "company",
    "name": 'Акционерное общество "Северный ветер"',
    "short_name": 'АО "Северный ветер"',
    "inn": "7802334508",
    "kpp": "780201001",
    "ogrn": "1027800234560",
    "address": "194100, г. Санкт-Петербург, ул. Лесная, д. 5",
    "email": "info@sever.example",
    "phone": "8 (812) 000-10-20",
    "accounts": [ALFA],
    "signatories": [{"name": "Салтыков-Щедрин Михаил Евграфович", "position": "президент", **CHARTER}],
}

BELOW = """Наименование
ООО «Лесной двор»
ИНН
6671900804
КПП
667101001
ОГРН
1156658003457
Юридический адрес
620014, г. Екатеринбург,
ул. Малышева, д. 1
р/с
40702814000000123456
в банке
Уральский банк ПАО Сбербанк, г. Екатеринбург
БИК
046577674
к/с
30101810500000000674
Директор
Черных Наталья Петровна
"""
YARD = {
    "kind": "company",
    "short_name": "ООО «Лесной двор»",
    "inn": "6671900804",
    "kpp": "667101001",
    "ogrn": "1156658003457",
    "address": "620014, г. Екатеринбург, ул. Малышева, д. 1",
    "accounts": [SBER],
    "signatories": [{"name": "Черных Наталья Петровна", "position": "директор"}],
}

COMMAS = (
    "ООО «Степь», ИНН 5406771109, КПП 540601001, ОГРН 1175476004560, юридический адрес: 630099, г. Новосибирск, "
    "ул. Ленина, д. 2, р/с 40702818000000123456 в Банк ГПБ (АО), г. Москва, БИК 044525823, к/с 30101810200000000823, "
    "тел. +7 383 000-10-20, e-mail: step@step.example, генеральный директор Шевченко Олег Юрьевич"
)
STEPPE = {
    "kind": "company",
    "short_name": "ООО «Степь»",
    "inn": "5406771109",
    "kpp": "540601001",
    "ogrn": "1175476004560",
    "address": "630099, г. Новосибирск, ул. Ленина, д. 2",
    "email": "step@step.example",
    "phone": "+7 383 000-10-20",
    "accounts": [GPB],
    "signatories": [{"name": "Шевченко Олег Юрьевич", "position": "генеральный директор"}],
}

SEMICOLONS = (
    "Общество с ограниченной ответственностью «Казанский мост» (ООО «Казанский мост»); ИНН/КПП 1655002307/165501001; "
    "ОГРН 1051600005676 от 12.03.2005; место нахождения: 420111, г. Казань, ул. Баумана, д. 9; "
    "расч. счет № 40702819000000123456; Банк получателя: Банк ВТБ (ПАО), г. Москва; БИК 044525187; "
    "корр. счет 30101810700000000187; Руководитель: Генеральный директор Галеев Тимур Рашидович"
)
BRIDGE = {
    "kind": "company",
    "name": "Общество с ограниченной ответственностью «Казанский мост»",
    "short_name": "ООО «Казанский мост»",
    "inn": "1655002307",
    "kpp": "165501001",
    "ogrn": "1051600005676",
    "address": "420111, г. Казань, ул. Баумана, д. 9",
    "accounts": [VTB],
    "signatories": [{"name": "Галеев Тимур Рашидович", "position": "генеральный директор"}],
}

SPACES = (
    "ООО ВЕКТОР ИНН 7701451205 КПП 770101001 ОГРН 1197746001232 Юридический адрес 105005, г. Москва, ул. Бауманская, "
    "д. 7 Фактический/почтовый адрес 105005, г. Москва, а/я 1 р/сч 40702813000000123456 в АО «ТБанк», г. Москва "
    "БИК 044525974 кор/сч 30101810145250000974 Генеральный директор Ветров Пётр Ильич Тел. +7 495 000-10-20 "
    "E-mail a@b.example"
)
BY_SPACES = {
    "kind": "company",
    "short_name": "ООО ВЕКТОР",
    "inn": "7701451205",
    "kpp": "770101001",
    "ogrn": "1197746001232",
    "address": "105005, г. Москва, ул. Бауманская, д. 7",
    "postal_address": "105005, г. Москва, а/я 1",
    "email": "a@b.example",
    "phone": "+7 495 000-10-20",
    "accounts": [TBANK],
    "signatories": [{"name": "Ветров Пётр Ильич", "position": "генеральный директор"}],
}

ENTREPRENEUR = """Индивидуальный предприниматель Орлов Иван Петрович
ИНН 7714 5120 9339
ОГРНИП 319774600123453 от 12.03.2019 г.
ОКПО 0190023457
Адрес регистрации: 125009, г. Москва, ул. Тверская, д. 3, кв. 8
р/с 40802810000000123456
АО «ТБанк», г. Москва
БИК 044525974
к/с 30101810145250000974
Эл. почта: orlov@mail.example
"""
ORLOV = {
    "kind": "entrepreneur",
    "name": "Орлов Иван Петрович",
    "inn": "771451209339",
    "ogrnip": "319774600123453",
    "okpo": "0190023457",
    "address": "125009, г. Москва, ул. Тверская, д. 3, кв. 8",
    "email": "orlov@mail.example",
    "accounts": [{**TBANK, "account": "40802810000000123456"}],
}

IN_A_LINE = (
    "ИП Лебедева Мария Олеговна ИНН 780233457167 ОГРНИП 316784700234569 КПП: - р/с 40802819000000123456 в АО "
    "«Альфа-Банк», г. Москва БИК 044525593 к/с 30101810200000000593 тел +7 900 000-64-07 lebedeva@mail.example"
)
LEBEDEVA = {
    "kind": "entrepreneur",
    "name": "Лебедева Мария Олеговна",
    "inn": "780233457167",
    "ogrnip": "316784700234569",
    "email": "lebedeva@mail.example",
    "phone": "+7 900 000-64-07",
    "accounts": [{**ALFA, "account": "40802819000000123456"}],
}

TWO_ACCOUNTS = """Краткое название: ООО "Юг-Транзит"
ИНН 2310045608 / КПП 231001001
ИНН банка 7710140679
Банк: АО «ТБанк», г. Москва
р/с 40702813000000123456
к/с 30101810145250000974
БИК 044525974
Банк: Банк ВТБ (ПАО), г. Москва
р/с 40702819000000123456
к/с 30101810700000000187
БИК 044525187
"""
SOUTH = {
    "kind": "company",
    "short_name": 'ООО "Юг-Транзит"',
    "inn": "2310045608",
    "kpp": "231001001",
    "accounts": [TBANK, VTB],
}

COLUMNS = """ИНН\t6317003107\tКПП\t631701001
ОГРН\t1166313007893\tОКПО\t22334517
Р/С | 40702814000000123456 | БИК | 046577674
Директор: Ким Анна Сергеевна, на основании доверенности № 7/В от 01.02.2026"""
COUNTERSIGNED = {
    "kind": "company",
    "inn": "6317003107",
    "kpp": "631701001",
    "ogrn": "1166313007893",
    "okpo": "22334517",
    "accounts": [{"account": "40702814000000123456", "bik": "046577674"}],
    "signatories": [
        {
            "name": "Ким Анна Сергеевна",
            "position": "директор",
            "basis": {"kind": "power_of_attorney", "number": "7/В", "on": "2026-02-01"},
        }
    ],
}

EXACT = {
    "lines": (LINES, VECTOR),
    "table": (TABLE, NORTH),
    "below": (BELOW, YARD),
    "commas": (COMMAS, STEPPE),
    "semicolons": (SEMICOLONS, BRIDGE),
    "spaces": (SPACES, BY_SPACES),
    "entrepreneur": (ENTREPRENEUR, ORLOV),
    "in_a_line": (IN_A_LINE, LEBEDEVA),
    "two_accounts": (TWO_ACCOUNTS, SOUTH),
    "columns": (COLUMNS, COUNTERSIGNED),
    "windows": (LINES.replace("\n", "\r\n").replace(" ", "\u00a0"), VECTOR),
    "shouted": (LINES.replace("ИНН:", "инн").replace("КПП:", "Кпп -"), VECTOR),
    "no_yo": (LINES.replace("ётный", "етный").replace("счёт", "счет").replace("ащён", "ащен"), VECTOR),
}


def told(card: Card) -> list[tuple[str, str]]:
    return [(doubt.where, doubt.code) for doubt in card.doubts]


@pytest.mark.parametrize("name", EXACT)
def test_a_clear_card_is_read_to_the_letter_and_without_doubt(name: str) -> None:
    text, client = EXACT[name]
    card = read_card(text)
    assert card.client == client
    assert told(card) == []


LACKING: dict[str, Any] = {
    "name": "Общество с ограниченной ответственностью «Впишут»",
    "short_name": "ООО «Впишут»",
    "kpp": "770101001",
    "ogrn": "1197746001232",
    "address": "105005, г. Москва, ул. Бауманская, д. 7",
    "signatories": [{"name": "Ветров Пётр Ильич", "position": "директор", **CHARTER}],
}


@pytest.mark.parametrize("name", EXACT)
def test_what_is_found_is_accepted_once_the_rest_is_filled_in(name: str) -> None:
    client = read_card(EXACT[name][0]).client
    lacking = LACKING if client["kind"] == "company" else {"address": LACKING["address"]}
    signatories = [{**CHARTER, **one} for one in client.get("signatories", [])]
    accounts = [{**GPB, **one} for one in client.get("accounts", [])]
    whole = {**lacking, **client, "accounts": accounts, **({"signatories": signatories} if signatories else {})}
    assert TypeAdapter[Any](Client).validate_python(whole).kind == client["kind"]


def test_what_is_left_out_on_purpose_is_listed_without_doubt() -> None:
    assert read_card(LINES).unread == (
        "Карточка предприятия",
        "ОКВЭД: 69.10",
        "ОКТМО: 45375000",
        "ОКАТО: 45286555000",
        "ОКОПФ: 12300",
        "Дата регистрации: 14.01.2019",
        "Главный бухгалтер: Ветрова Анна Ильинична",
        "Сайт: www.vektor.example",
    )
    assert read_card(IN_A_LINE).unread == ("КПП: -",)
    assert read_card(TWO_ACCOUNTS).unread == ("ИНН банка 7710140679",)


def test_the_nominative_is_given_back_where_only_one_can_be_and_is_told() -> None:
    text = "ООО «Вектор» в лице генерального директора {}, действующего на основании Устава"
    card = read_card(text.format("Иванова Ивана Ивановича"))
    assert card.client["signatories"] == [
        {"name": "Иванов Иван Иванович", "position": "генеральный директор", **CHARTER}
    ]
    assert told(card) == [("/signatories/0/name", "case_restored")]
    woman = read_card(
        "в лице директора Смирновой Анны Олеговны, действующей на основании доверенности № 5 от 01.02.2026"
    )
    assert woman.client["signatories"] == [
        {
            "name": "Смирнова Анна Олеговна",
            "position": "директор",
            "basis": {"kind": "power_of_attorney", "number": "5", "on": "2026-02-01"},
        }
    ]


@pytest.mark.parametrize(
    "name", ["Ткача Олега Юрьевича", "Иванова Петра Ильича", "Трубецкого Ивана Ильича", "Алиева Ильхама Гейдар оглы"]
)
def test_a_genitive_that_may_come_of_two_names_stays_as_typed_with_a_doubt(name: str) -> None:
    card = read_card(f"в лице директора {name}, действующего на основании Устава")
    assert card.client["signatories"][0]["name"] == name
    assert ("/signatories/0/name", "case") in told(card)


def test_an_unusual_position_in_the_genitive_stays_as_typed_with_a_doubt() -> None:
    card = read_card("в лице главного смотрителя Иванова Ивана Ивановича, действующего на основании Устава")
    assert card.client["signatories"][0]["position"] == "главного смотрителя"
    assert ("/signatories/0/position", "case") in told(card)


def test_the_nominative_elsewhere_in_the_card_is_enough() -> None:
    card = read_card(
        "Директор: Ткач Пётр Кузьмич\nв лице директора Ткача Петра Кузьмича, действующего на основании Устава"
    )
    assert card.client["signatories"] == [{"name": "Ткач Пётр Кузьмич", "position": "директор", **CHARTER}]
    assert told(card) == []


MISTAKES: dict[str, tuple[str, set[tuple[str, str]]]] = {
    "check digit": ("ООО «А» ИНН 7701451206", {("/inn", "check_digit")}),
    "ogrn": ("ООО «А» ОГРН 1197746001233", {("/ogrn", "check_digit")}),
    "okpo": ("ООО «А» ОКПО 45123095", {("/okpo", "check_digit")}),
    "a digit lost": ("ООО «А» ИНН 770145120", {("/inn", "length")}),
    "kpp": ("ООО «А» КПП 77010100", {("/kpp", "kpp")}),
    "two numbers": ("ООО «А» ИНН 7701451205\nИНН 7802334508", {("/inn", "two_values")}),
    "account key": ("ООО «А» р/с 40702813000000123457 БИК 044525974", {("/accounts/0/account", "account_key")}),
    "correspondent": (
        "ООО «А» БИК 044525974 р/с 40702813000000123456 к/с 30101810200000000593",
        {("/accounts/0/correspondent", "correspondent_bik")},
    ),
    "owner": (
        "ООО «А» р/с 40802810000000123456 БИК 044525974",
        {("/accounts/0/account", "account_prefix")},
    ),
    "initials": ("ООО «А»\nДиректор Иванов И.И.", {("/signatories/0/name", "full_name")}),
    "form": ("ООО «А»\nДиректор: Джон Смит", {("/signatories/0/name", "name_form")}),
    "not understood": ("ООО «А»\nчто-то ещё", {("", "not_understood")}),
    "unknown label": ("ООО «А»\nЛюбимый цвет: синий", {("", "not_understood")}),
    "no value": ("ООО «А»\nE-mail:", {("", "no_value")}),
    "actual address": ("ООО «А»\nФактический адрес: г. Пермь, ул. Мира, д. 1", {("/postal_address", "actual_address")}),
    "no label": ("ООО «А»\n105005, г. Москва, ул. Бауманская, д. 7", {("/address", "unlabelled")}),
    "bank in the place of a name": ("Банк ВТБ (ПАО)\nИНН 7701451205", {("/short_name", "unlabelled")}),
    "number of a bank": ("ООО «А»\nБанк: АО «ТБанк»\nИНН 7701451205", {("/inn", "after_bank")}),
    "number after a stroke": ("ООО «А» ИНН 7701451205/770101001", {("/kpp", "unlabelled")}),
    "uneven accounts": (
        "ООО «А» р/с 40702813000000123456 БИК 044525974 р/с 40702819000000123456 БИК 044525187 в Банк ВТБ (ПАО)",
        {("/accounts", "accounts_uneven")},
    ),
    "bank": (
        "ООО «А» р/с 40702814000000123456 в Уральском банке ПАО Сбербанк",
        {("/accounts/0/bank", "case")},
    ),
    "both": ("ИНН 7701451205 ОГРНИП 319774600123453", {("/kind", "kind"), ("/inn", "length")}),
    "neither": ("ИНН 771451209339", {("/kind", "kind")}),
    "institution": ("МБУ «Школа»", {("/kind", "kind")}),
    "basis": (
        "ООО «А» в лице директора Иванова Ивана Ивановича, действующего на основании решения учредителя",
        {("/signatories/0/name", "case_restored"), ("/signatories/0/basis", "basis")},
    ),
    "invisible": ("ООО «А» ИНН 77014\u200b51205", {("", "character")}),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_doubt_points_at_the_value(name: str) -> None:
    text, expected = MISTAKES[name]
    assert set(told(read_card(text))) == expected


def test_a_line_that_was_not_understood_is_quoted_and_listed() -> None:
    card = read_card("ООО «А»\nЛюбимый цвет: синий")
    assert card.unread == ("Любимый цвет: синий",)
    assert "«Любимый цвет: синий»" in card.doubts[0].message


def test_a_full_stop_is_no_part_of_an_address_nor_an_opening_word_of_a_bank() -> None:
    card = read_card(
        "Адрес: г. Пермь, ул. Мира, д. 1. Тел.: +7 342 000-10-20\nр/с 40702813000000123456 открыт в АО «ТБанк»"
    )
    assert card.client["address"] == "г. Пермь, ул. Мира, д. 1"
    assert card.client["accounts"] == [{"account": "40702813000000123456", "bank": "АО «ТБанк»"}]


def test_the_second_value_is_kept_among_the_unread() -> None:
    assert read_card("ООО «А» ИНН 7701451205\nИНН 7802334508").unread == ("ИНН 7802334508",)


def test_an_account_takes_the_only_bank_of_the_card_if_its_key_fits() -> None:
    card = read_card("ООО «А»\nр/с 40702815000000654321\nр/с 40702813000000123456\nАО «ТБанк»\nБИК 044525974")
    shared = {"bank": "АО «ТБанк»", "bik": "044525974"}
    numbers = ("40702815000000654321", "40702813000000123456")
    assert card.client["accounts"] == [{**shared, "account": number} for number in numbers]
    assert told(card) == [("/accounts/0", "bank_shared")]


def test_a_person_s_own_number_alone_does_not_say_who_it_is() -> None:
    card = read_card("Орлова Анна Петровна\nИНН 667190082302")
    assert card.client == {"name": "Орлова Анна Петровна", "inn": "667190082302"}
    assert told(card) == [("/kind", "kind"), ("/name", "unlabelled")]


def test_a_passport_makes_an_individual_and_is_not_read() -> None:
    card = read_card("ФИО: Орлова Анна Петровна\nИНН 667190082302\nПаспорт 65 10 123456")
    assert card.client["kind"] == "individual"
    assert card.unread == ("Паспорт 65 10 123456",)


def test_an_entrepreneur_s_own_signature_is_listed_not_kept() -> None:
    text = "ИП Орлов Иван Петрович, ИНН 771451209339\nв лице Орлова Ивана Петровича, действующего на основании Устава"
    card = read_card(text)
    assert card.client == {"kind": "entrepreneur", "name": "Орлов Иван Петрович", "inn": "771451209339"}
    assert card.unread == ("в лице Орлова Ивана Петровича, действующего на основании Устава",)
    assert card.doubts == ()


def test_another_who_signs_for_an_entrepreneur_is_kept_with_the_doubts_about_it() -> None:
    signs = "ИП Орлов Иван Петрович\nРуководитель: Орлов Иван Петрович\nв лице представителя Иванова Ивана Ивановича"
    card = read_card(signs)
    assert card.client["signatories"] == [{"name": "Иванов Иван Иванович", "position": "представитель"}]
    assert told(card) == [("/signatories/0/name", "case_restored")]


def test_a_basis_in_brackets_lets_the_name_after_it_be_read() -> None:
    card = read_card("ООО «А»\nДиректор (на основании доверенности № 7/В от 01.02.2026): Ким Анна Сергеевна")
    assert card.client["signatories"] == COUNTERSIGNED["signatories"]
    assert told(card) == [("/signatories/0/name", "unlabelled")]


@pytest.mark.parametrize("empty", ["", " \n\t\u00a0", ";;;", "——"])
def test_an_empty_card_is_an_empty_client(empty: str) -> None:
    assert read_card(empty) == Card({}, (), ())


HOSTILE = [
    "ИНН " * 25000,
    "1 " * 50000,
    "(" * 100000,
    "а" * 50000 + "@" * 50000,
    "ООО «А», " * 11000,
    "ООО «" * 20000,
    "А: " * 33000,
    "р/с 40702813000000123456 БИК 044525974 " * 2500,
    "".join(f"р/с {n} " for n in range(40702810000000000000, 40702810000000004000)),
    "в лице " + "Ив " * 33000,
    "".join(f"Директор Ив{chr(1072 + n % 32)}{chr(1072 + n // 32 % 32)} Иван Иванович\n" for n in range(3000)),
    "Адрес: 1,\n" * 10000,
    "a.@" * 33000,
    "и. о. " * 16000,
    "\ue000\ud800\u202e" * 33000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_is_answered_at_once(text: str) -> None:
    started = process_time()
    read_card(text[:100000])
    assert process_time() - started < 5


NUMBERS = {
    "ИНН": ("inn", "7701451205"),
    "КПП": ("kpp", "770101001"),
    "ОГРН": ("ogrn", "1197746001232"),
    "ОКПО": ("okpo", "45123094"),
}
GAPS = st.sampled_from(["", "", "", " ", "-", "\u00a0", "‑", "–"])


@given(st.data())
def test_the_digits_of_a_number_come_out_unchanged_whatever_parts_them(data: st.DataObject) -> None:
    label, (name, number) = data.draw(st.sampled_from(sorted(NUMBERS.items())))
    written = "".join(digit + data.draw(GAPS) for digit in number[:-1]) + number[-1]
    mark = data.draw(st.sampled_from([" ", ": ", ":\n", "\t", " № ", "\n", " – "]))
    after = data.draw(st.sampled_from(["", "\n", ", ", "; ", ".", " от 01.02.2020"]))
    assert read_card(f"ООО «А»\n{label}{mark}{written}{after}").client[name] == number


@given(st.permutations(LINES.strip().split("\n")[2:13]), st.sampled_from(["\n", "; ", "\n\n", "\t"]))
def test_the_order_of_lines_does_not_matter(lines: list[str], between: str) -> None:
    client = read_card(between.join(lines)).client
    names = ("name", "short_name", "inn", "kpp", "ogrn", "okpo")
    assert {key: client[key] for key in names} == {key: VECTOR[key] for key in names}


WORDS = [
    *("ИНН", "КПП", ":", "7701451205", "р/с", "БИК", "044525974", "в лице", "Директор", "ООО «А»", "ИП", "Иванова"),
    *("Ивана", "Ивановича", "\n", "\t", ";", ",", "«", "»", "(", ")", "адрес", "г. Москва", "e-mail", "a@b.example"),
    *("тел.", "+7 900", "главный бухгалтер", "Цвет:", "Банк", "к/с", "на основании", "Устава"),
]


@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_every_number_of_a_card_is_used_or_listed(text: str) -> None:
    card = read_card(text)
    seen = repr(card.client) + " ".join((*card.unread, *(doubt.message for doubt in card.doubts)))
    for number in set(re.findall(r"7701451205|044525974", text)):
        assert number in re.sub(r"(?<=[0-9]) (?=[0-9])", "", seen)


FRAGMENTS = [
    *(line for text in (LINES, TABLE, BELOW, ENTREPRENEUR, TWO_ACCOUNTS) for line in text.strip().split("\n") if line),
    *COMMAS.split(", "),
    *SEMICOLONS.split("; "),
    *("в лице директора Ткача Петра Кузьмича, действующего на основании решения", "Паспорт 65 10 123456", "офис 5"),
]
KEPT_AS_KINDS = {"устава", "индивидуальный"}


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=8), st.sampled_from(["\n", "; ", ", ", " ", "\t"]))
def test_no_word_of_a_card_is_lost(fragments: list[str], between: str) -> None:
    text = between.join(fragments)
    card = read_card(text)
    shown = " ".join((repr(card.client), *card.unread, *(doubt.message for doubt in card.doubts)))
    seen = re.sub(r"\W", "", shown).casefold()
    words = re.findall(r"[А-ЯЁA-Z]\w{3,}|[0-9]{5,}", LABEL.sub(" ", text))
    assert [word for word in words if word.casefold() not in seen and word.casefold() not in KEPT_AS_KINDS] == []


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_fall(text: str) -> None:
    card = read_card(text)
    assert all(line.strip() for line in card.unread)
