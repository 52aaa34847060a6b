"""Names that dictionaries and pytrovich get wrong, overrides, the sex, the initials, the speed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from docgen.language import CASES, Sex, decline_name, decline_phrase, infer_sex, initials, surname_initials
from docgen.language.words import Words


def forms(full: str, sex: Sex | None = None) -> str:
    return " / ".join(decline_name(full, case, sex).text for case in ("gent", "datv", "ablt"))


@pytest.mark.parametrize(
    ("full", "expected"),
    [
        ("Коваленок Пётр Ильич", "Коваленка Петра Ильича / Коваленку Петру Ильичу / Коваленком Петром Ильичом"),
        ("Кузнец Иван", "Кузнеца Ивана / Кузнецу Ивану / Кузнецом Иваном"),
        ("Соловей Иван", "Соловья Ивана / Соловью Ивану / Соловьём Иваном"),
        ("Долгий Иван", "Долгого Ивана / Долгому Ивану / Долгим Иваном"),
        ("Ткач Иван Кузьмич", "Ткача Ивана Кузьмича / Ткачу Ивану Кузьмичу / Ткачом Иваном Кузьмичом"),
        ("Кузьмич Савва Силыч", "Кузьмича Саввы Силыча / Кузьмичу Савве Силычу / Кузьмичом Саввой Силычем"),
        ("Весна Ольга", "Весны Ольги / Весне Ольге / Весной Ольгой"),
        ("Хемингуэй Эрнест", "Хемингуэя Эрнеста / Хемингуэю Эрнесту / Хемингуэем Эрнестом"),
        ("Коэн Леонард", "Коэна Леонарда / Коэну Леонарду / Коэном Леонардом"),
        ("Линкольн Авраам", "Линкольна Авраама / Линкольну Аврааму / Линкольном Авраамом"),
        ("Рой Иван", "Роя Ивана / Рою Ивану / Роем Иваном"),
        ("Гусь Иван", "Гуся Ивана / Гусю Ивану / Гусем Иваном"),
        ("Хамитов Ирек", "Хамитова Ирека / Хамитову Иреку / Хамитовым Иреком"),
        ("Аль-Башир Омар", "Аль-Башира Омара / Аль-Баширу Омару / Аль-Баширом Омаром"),
        ("Абдулов Абдул-Азиз", "Абдулова Абдул-Азиза / Абдулову Абдул-Азизу / Абдуловым Абдул-Азизом"),
        ("Бельмондо Жан-Поль", "Бельмондо Жан-Поля / Бельмондо Жан-Полю / Бельмондо Жан-Полем"),
        ("Данилова-Третьяк Анна", "Даниловой-Третьяк Анны / Даниловой-Третьяк Анне / Даниловой-Третьяк Анной"),
        ("Орлова Анна-Мария", "Орловой Анны-Марии / Орловой Анне-Марии / Орловой Анной-Марией"),
        ("Ван Гог Винсент", "Ван Гога Винсента / Ван Гогу Винсенту / Ван Гогом Винсентом"),
        ("Ким Чен Ир", "Ким Чен Ира / Ким Чен Иру / Ким Чен Иром"),
        ("Чаплин Чарльз", "Чаплина Чарльза / Чаплину Чарльзу / Чаплином Чарльзом"),
        ("Чаплин Иван Ильич", "Чаплина Ивана Ильича / Чаплину Ивану Ильичу / Чаплиным Иваном Ильичом"),
        ("Старшая Анна", "Старшей Анны / Старшей Анне / Старшей Анной"),
    ],
)
def test_hard_names_decline_by_the_rule_of_their_class(full: str, expected: str) -> None:
    assert forms(full) == expected


@pytest.mark.parametrize(
    ("full", "expected"),
    [
        ("Евмений Лука Ильич", "Евмения Луки Ильича / Евмению Луке Ильичу / Евмением Лукой Ильичом"),
        ("Задорожний Иван", "Задорожнего Ивана / Задорожнему Ивану / Задорожним Иваном"),
        ("Средний Иван", "Среднего Ивана / Среднему Ивану / Средним Иваном"),
        ("Гургий Иван", "Гургого Ивана / Гургому Ивану / Гургим Иваном"),
        ("Хандогий Иван", "Хандогия Ивана / Хандогию Ивану / Хандогием Иваном"),
        ("Строгий Иван", "Строгого Ивана / Строгому Ивану / Строгим Иваном"),
        ("Горячий Иван", "Горячего Ивана / Горячему Ивану / Горячим Иваном"),
        ("Кормчий Иван", "Кормчего Ивана / Кормчему Ивану / Кормчим Иваном"),
        ("Собачий Иван", "Собачьего Ивана / Собачьему Ивану / Собачьим Иваном"),
        ("Третья Анна", "Третьей Анны / Третьей Анне / Третьей Анной"),
        ("Стробой Иван", "Стробоя Ивана / Стробою Ивану / Стробоем Иваном"),
        ("Слепой Иван", "Слепого Ивана / Слепому Ивану / Слепым Иваном"),
        ("Толстой Иван", "Толстого Ивана / Толстому Ивану / Толстым Иваном"),
        ("Осенних Иван", "Осенних Ивана / Осенних Ивану / Осенних Иваном"),
        ("Дальних Иван", "Дальних Ивана / Дальних Ивану / Дальних Иваном"),
        ("Рюних Карл", "Рюниха Карла / Рюниху Карлу / Рюнихом Карлом"),
        ("Жених Иван", "Жениха Ивана / Жениху Ивану / Женихом Иваном"),
        ("Шок Иван", "Шока Ивана / Шоку Ивану / Шоком Иваном"),
        ("Петрушок Иван", "Петрушка Ивана / Петрушку Ивану / Петрушком Иваном"),
        ("Ча Анна", "Ча Анны / Ча Анне / Ча Анной"),
        ("Ким Ён На", "Ким Ён На / Ким Ён На / Ким Ён На"),
        ("Беллин Герберт", "Беллина Герберта / Беллину Герберту / Беллином Гербертом"),
        ("Торадзе Шота", "Торадзе Шоты / Торадзе Шоте / Торадзе Шотой"),
    ],
)
def test_an_ending_that_is_both_adjective_and_noun_goes_by_the_dictionary(full: str, expected: str) -> None:
    assert forms(full) == expected


@pytest.mark.parametrize(
    ("full", "expected", "certain"),
    [
        ("Игорь Петрович Ткач", "Игоря Петровича Ткача / Игорю Петровичу Ткачу / Игорем Петровичем Ткачом", True),
        ("Ян Ильич Юркевич", "Яна Ильича Юркевича / Яну Ильичу Юркевичу / Яном Ильичом Юркевичем", True),
        ("Юркевич Ян Ильич", "Юркевича Яна Ильича / Юркевичу Яну Ильичу / Юркевичем Яном Ильичом", True),
        ("Вера Фоминична Бабич", "Веры Фоминичны Бабич / Вере Фоминичне Бабич / Верой Фоминичной Бабич", True),
        ("Павел Громов", "Павла Громова / Павлу Громову / Павлом Громовым", True),
        ("Нина Гребенко", "Нины Гребенко / Нине Гребенко / Ниной Гребенко", True),
        ("Лев Соловей", "Льва Соловья / Льву Соловью / Львом Соловьём", False),
        ("Ольга Ким", "Ольги Ким / Ольге Ким / Ольгой Ким", False),
        ("Ян Громов", "Яна Громова / Яну Громову / Яном Громовым", True),
        ("Ильина Анна", "Ильиной Анны / Ильиной Анне / Ильиной Анной", True),
        ("Роман Назар", "Романа Назара / Роману Назару / Романом Назаром", False),
        ("Ким Ольга", "Ким Ольги / Ким Ольге / Ким Ольгой", True),
        ("Лука Никитич", "Луки Никитича / Луке Никитичу / Лукой Никитичем", True),
        ("Ким Ю Чен", "Ким Ю Чена / Ким Ю Чену / Ким Ю Ченом", False),
        ("Ден Сяопин", "Ден Сяопина / Ден Сяопину / Ден Сяопином", False),
        ("ибн Сина", "ибн Сины / ибн Сине / ибн Синой", True),
        ("Ван Гог В. В.", "Ван Гога В. В. / Ван Гогу В. В. / Ван Гогом В. В.", False),
    ],
)
def test_the_order_of_the_words_is_found_by_the_first_name(full: str, expected: str, certain: bool) -> None:
    assert (forms(full), decline_name(full, "gent").certain) == (expected, certain)


@pytest.mark.parametrize(
    ("full", "genitive"),
    [
        ("Орлов–Денисов Пётр Ильич", "Орлова–Денисова Петра Ильича"),
        ("О`Хара Пётр", "О`Хары Петра"),
        ("Орлов, Пётр Ильич", "Орлова, Петра Ильича"),
        ("Орлов Пётр Ильич.", "Орлова Петра Ильича."),
        ("«Орлов Пётр»", "«Орлова Петра»"),
        ("Орлов П.И", "Орлова П.И"),
    ],
)
def test_dashes_quotes_and_commas_do_not_hide_a_word(full: str, genitive: str) -> None:
    form = decline_name(full, "gent")
    assert (form.text, form.certain) == (genitive, True)
    assert initials(full).endswith(full.split()[0].strip("«,"))


@pytest.mark.parametrize("full", ["Аннa Орлова", "Орлов [Пётр]", "Орлов Пётр Ильич (зам. директора)", "Ив. Орлов"])
def test_a_word_that_could_not_be_read_asks_for_a_check(full: str) -> None:
    form = decline_name(full, "gent")
    assert not form.certain
    assert "оставлено без изменений" in form.note


def test_a_former_surname_in_brackets_declines_and_asks_for_a_check() -> None:
    form = decline_name("Орлова (Громова) Анна Ильинична", "datv")
    assert (form.text, form.certain) == ("Орловой (Громовой) Анне Ильиничне", False)
    assert initials("Орлова (Громова) Анна Ильинична").replace("\u00a0", "_") == "А._И._Орлова_(Громова)"


@pytest.mark.parametrize(
    "full",
    [
        "Лапина Регина Альбертовна",
        "Кузина Лия Петровна",
        "Родина Мия Петровна",
        "Репина Ия Петровна",
        "Скорина Иван Лукич",
        "Шенгелая Эльдар Николаевич",
        "Сова Иван Петрович",
        "Донец Иван Петрович",
        "Литовец Иван Петрович",
        "Швец Иван Петрович",
        "Валейша Георгий Игоревич",
        "Волож Иван Петрович",
        "Шаймарданова Гузель Азатовна",
        "Орлова Айгуль Ильдаровна",
    ],
)
def test_common_names_that_only_look_risky_ask_for_no_check(full: str) -> None:
    assert [case for case in CASES if not decline_name(full, case).certain] == []


def test_the_words_before_ogly_and_kyzy_stay_as_they_are() -> None:
    assert forms("Алиев Ильхам Гейдар оглы").startswith("Алиева Ильхама Гейдар оглы / ")
    assert decline_name("Алиева Лейла Ильхам-кызы", "gent").text == "Алиевой Лейлы Ильхам-кызы"
    assert decline_name("Гасанов Рустам Ага Керим оглы", "gent").text == "Гасанова Рустама Ага Керим оглы"
    assert decline_name("Рзаев Эльман Оглы", "gent") == decline_name("Рзаев Эльман Оглы", "gent", "m")
    assert decline_name("Рзаев Эльман Оглы", "gent").text == "Рзаева Эльмана Оглы"
    assert not decline_name("Рзаев Эльман Оглы", "gent").certain


def test_initials_latin_and_numbers_stay_as_they_are() -> None:
    assert decline_name("Иванова А. Б.", "datv").text == "Ивановой А. Б."
    assert decline_name("И.И. Петров", "gent").text == "И.И. Петрова"
    assert decline_name("Smith John", "gent").text == "Smith John"


@pytest.mark.parametrize("full", ["1", "---", "Иванов 2", "Иванов — Пётр"])
def test_what_is_no_word_asks_for_a_check(full: str) -> None:
    assert "не одни русские буквы" in decline_name(full, "gent").note


def test_spaces_capitals_and_yo_stay_as_typed() -> None:
    assert decline_name(" СЕМЁНОВ\u00a0Семён  Семенович ", "gent").text == "СЕМЁНОВА\u00a0Семёна  Семеновича"
    assert decline_name("Ёж Иван", "gent").text == "Ежа Ивана"


def test_the_nominative_is_the_name_itself() -> None:
    assert decline_name("Соловей Иван", "nomn").text == "Соловей Иван"


@pytest.mark.parametrize(
    "full",
    [
        "Дюма Александр",
        "Стрелец Иван",
        "Рой Иван",
        "Фрейндлих Бруно Артурович",
        "Дарвин Чарльз",
        "Калина Анна",
        "Кваша Георгий",
        "Бокий Глеб Иванович",
        "Грузин Сергей Ильич",
        "Орлова Асель",
        "Сафина Алия",
        "Си Цзиньпин",
        "Гармаш Сергей",
        "Берестень Дмитрий",
        "Иванов Иван Джон",
    ],
)
def test_a_risky_class_asks_for_a_check_and_says_why(full: str) -> None:
    found = [decline_name(full, case) for case in CASES]
    assert any(not form.certain and form.note for form in found)


def test_a_sex_that_does_not_fit_asks_for_a_check() -> None:
    assert "не согласуется с отчеством" in decline_name("Мельник Анна Петровна", "gent", "m").note
    assert "женская форма фамилии" in decline_name("Иванова Саша", "gent", "m").note
    assert "мужская форма фамилии" in decline_name("Иванов Анна Петровна", "gent").note
    assert decline_name("Иванова Анна Петровна", "gent", "f").certain


def test_an_unknown_sex_matters_only_where_the_forms_differ() -> None:
    unlike, alike = decline_name("Мельник Саша", "gent"), decline_name("Шевченко Саша", "gent")
    assert (unlike.text, unlike.certain) == ("Мельника Саши", False)
    assert "пол не определён" in unlike.note
    assert (alike.text, alike.certain) == ("Шевченко Саши", True)


@pytest.mark.parametrize(
    ("full", "sex"),
    [
        ("Абрамович Рахиль Соломоновна", "f"),
        ("Седых Никита Кузьмич", "m"),
        ("Алиев Мурад Рашид оглы", "m"),
        ("Алиева Айтен Рашид кызы", "f"),
        ("Шевченко Ольга", "f"),
        ("Орлова Саша", "f"),
        ("Мельник Саша", None),
        ("Иванов И. И.", "m"),
        ("Панов Андреа", None),
        ("Иванов Анна", None),
        ("Грин Анна", "f"),
        ("Шенгелая Саша", None),
        ("ибн Рушд", "m"),
        ("Толстая Саша", "f"),
    ],
)
def test_sex_comes_from_patronymic_then_name_then_surname(full: str, sex: Sex | None) -> None:
    assert infer_sex(full) == sex


@pytest.mark.parametrize(
    ("full", "expected"),
    [
        ("Иванов Иван Иванович", "И._И._Иванов"),
        ("Иванов Иван", "И._Иванов"),
        ("Салтыков-Щедрин Михаил Евграфович", "М._Е._Салтыков-Щедрин"),
        ("Алиев Ильхам Гейдар оглы", "И._Г._Алиев"),
        ("Бельмондо Жан-Поль", "Ж.-П._Бельмондо"),
        ("Иванов И.И.", "И._И._Иванов"),
        ("фон Бюлов Ганс", "Г._фон_Бюлов"),
        ("Ким Чен Ир", "Ким_Чен_Ир"),
        ("Иванов", "Иванов"),
    ],
)
def test_initials_stand_before_the_surname(full: str, expected: str) -> None:
    assert initials(full).replace("\u00a0", "_") == expected


def test_surname_stands_before_the_initials() -> None:
    assert surname_initials("Алиев Ильхам Гейдар оглы").replace("\u00a0", "_") == "Алиев_И._Г."


def test_forms_settled_by_people_win_over_rules() -> None:
    table = {
        "names": {"Перец Иван Ильич": {"datv": "Перецу Ивану Ильичу"}},
        "surnames": {"Перец": {"m": {"gent": "Переца"}}},
        "first_names": {"Айгуль": {"f": {"gent": "Айгули"}}},
    }
    words = Words.of(table)
    assert decline_name("Перец Пётр", "gent", words=words).text == "Переца Петра"
    assert decline_name("ПЕРЕЦ ПЁТР", "gent", words=words).text == "ПЕРЕЦА ПЕТРА"
    assert decline_name("Перец Пётр", "gent", words=words).certain
    assert decline_name("Перец Пётр", "ablt", words=words) == decline_name("Перец Пётр", "ablt")
    assert decline_name("перец иван ильич", "datv", words=words).text == "Перецу Ивану Ильичу"
    assert decline_name("Орлова Айгуль", "gent", words=words).text == "Орловой Айгули"


def test_the_table_of_the_library_is_sound_and_obeyed() -> None:
    table = yaml.safe_load((Path(__file__).parents[2] / "clauses" / "words.yaml").read_text(encoding="utf-8"))
    words = Words.of(table["words"])
    assert decline_name("Перец Иван", "gent", words=words).text == "Переца Ивана"
    assert decline_phrase("Тимлид", "accs", words).text == "Тимлида"


def test_importing_the_room_loads_no_dictionary() -> None:
    check = (
        "import sys, docgen.language as l; heavy = {'pymorphy3', 'pytrovich', 'num2words'}; "
        "assert not heavy & set(sys.modules); l.decline_name('Иванов Иван Иванович', 'gent', 'm'); "
        "assert 'pymorphy3' not in sys.modules and 'pytrovich' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", check], check=True)
