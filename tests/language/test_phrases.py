"""Positions and bases beyond the tables: compound heads, tails that stay, doubts, overrides."""

from __future__ import annotations

import pytest

from docgen.language import Case, decline_phrase
from docgen.language.words import Words


@pytest.mark.parametrize(
    ("phrase", "case", "expected"),
    [
        ("мировой судья", "ablt", "мировым судьёй"),
        ("директор (единственный участник)", "gent", "директора (единственного участника)"),
        ("административно-хозяйственный директор", "datv", "административно-хозяйственному директору"),
        ("город Москва", "gent", "города Москвы"),
        ("финансовый и коммерческий директор", "gent", "финансового и коммерческого директора"),
        ("директор, действующий на основании Устава", "gent", "директора, действующего на основании Устава"),
        ("лицо, исполняющее обязанности директора", "accs", "лицо, исполняющее обязанности директора"),
        ("выданная нотариусом доверенность", "gent", "выданной нотариусом доверенности"),
        ("назначенный судом эксперт", "accs", "назначенного судом эксперта"),
        ("доверенность № 1 от 3 мая 2026 г. и приказ № 5", "gent", "доверенности № 1 от 3 мая 2026 г. и приказа № 5"),
        ("ответственный за приём и выпуск", "gent", "ответственного за приём и выпуск"),
        ("договор-оферта", "gent", "договора-оферты"),
        ("гл. бухгалтер", "gent", "гл. бухгалтера"),
        ("IT директор", "datv", "IT директору"),
        ("HR-директор", "datv", "HR-директору"),
        ("генерал-майор юстиции", "gent", "генерал-майора юстиции"),
        ("Устав", "accs", "Устав"),
        ("старшая медицинская сестра", "accs", "старшую медицинскую сестру"),
        ("ИП Петрова Анна Ильинична", "ablt", "ИП Петровой Анной Ильиничной"),
        ("ПАО Сбербанк", "gent", "ПАО Сбербанк"),
        ("И. о. директора", "gent", "И. о. директора"),
        ("генеральный директор", "loct", "генеральном директоре"),
        ("управляющий партнер", "gent", "управляющего партнера"),
    ],
)
def test_the_head_declines_and_what_depends_on_it_stays(phrase: str, case: Case, expected: str) -> None:
    form = decline_phrase(phrase, case)
    assert (form.text, form.certain) == (expected, True)


@pytest.mark.parametrize(
    ("phrase", "text", "reason"),
    [
        ("на основании Устава", "на основании Устава", "не найдено главное слово"),
        ("тимлид", "тимлида", "нет в словаре"),
        ("учредительные документы", "учредительных документов", "множественном числе"),
        ("договор на оказание услуг и выполнение работ", "договора на оказание услуг и выполнение работ", "неясно"),
    ],
)
def test_a_guess_says_what_it_guessed(phrase: str, text: str, reason: str) -> None:
    form = decline_phrase(phrase, "gent")
    assert (form.text, form.certain) == (text, False)
    assert reason in form.note


def test_a_settled_form_wins_whatever_the_letter_case_of_the_key() -> None:
    words = Words.of({"phrases": {"Тимлид": {"gent": "тимлида команды"}}})
    assert decline_phrase("тимлид", "gent", words).text == "тимлида команды"
    assert decline_phrase("тимлид", "gent", words).certain


@pytest.mark.parametrize(
    ("table", "path", "reason"),
    [
        ({"places": {}}, "places", "нет такого раздела"),
        ({"phrases": {"тимлид": {"gen": "тимлида"}}}, "phrases/тимлид/gen", "нет такого падежа"),
        ({"phrases": {"тимлид": {"gent": ""}}}, "phrases/тимлид/gent", "непустой строкой"),
        ({"phrases": {"тимлид": "тимлида"}}, "phrases/тимлид", "формы по падежам"),
        ({"surnames": {"Перец": {"gent": "Переца"}}}, "surnames/Перец", "m .мужские. или f"),
        ({"names": ["Перец"]}, "names", "нужна таблица"),
    ],
)
def test_a_mistake_in_the_table_of_words_is_named(table: dict[str, object], path: str, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{path}: .*{reason}"):
        Words.of(table)
