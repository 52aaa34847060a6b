"""Words, sums, dates and requisites in, one line each out: declined, spelt out or checked."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from docgen.cli.arguments import Parser, command, typed
from docgen.cli.report import MISTAKES, Report, printable
from docgen.config import Settings, iso_day
from docgen.errors import Problem

T = TypeVar("T")

CASES = {"n": "nomn", "g": "gent", "d": "datv", "a": "accs", "i": "ablt", "p": "loct"}
CURRENCIES = ("RUB", "USD", "EUR", "CNY")
AMOUNT_STYLES = ("contract", "words_minor_digits", "words_minor_words")
DATE_STYLES = ("long", "long_g", "short", "quoted", "words_nom", "words_gent")
UNITS = ("working_day", "calendar_day", "week", "month", "year")
REQUISITES = {
    "inn": "ИНН (10 или 12 цифр)",
    "kpp": "КПП",
    "ogrn": "ОГРН",
    "ogrnip": "ОГРНИП",
    "okpo": "ОКПО",
    "bik": "БИК",
    "account": "расчётный счёт; ключ сверяется с --bik",
    "correspondent": "корреспондентский счёт; ключ сверяется с --bik",
    "treasury": "казначейский счёт",
    "snils": "СНИЛС",
    "passport": "серия и номер паспорта: 45 10 123456",
    "iban": "IBAN",
    "swift": "SWIFT (БИК иностранного банка)",
}
OVERRIDE = "проверьте; свою форму впишите в заказ (name_forms, position_forms, text_forms) или в clauses/words.yaml"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one item: its form (None when refused), whether that is certain, and what to know about it."""

    input: str
    form: str | None
    certain: bool = True
    note: str = ""


Answerer = Callable[[str], Answer]


# --- items in, answers out ---------------------------------------------------------------------


def _tell(items: Sequence[str], answer: Answerer, as_json: bool, report: Report) -> None:
    """Print one line for every item, of the arguments or else of standard input."""
    for item in items or _lines_of_input():
        told = _answered(item, answer)
        print(_line(told, as_json), flush=not items)
        if told.form is None:
            report.code = MISTAKES
        if not as_json:
            _remark(told, report)
    report.as_json = False  # the lines above were all there is to tell


def _answered(item: str, answer: Answerer) -> Answer:
    try:
        return answer(item)
    except ValueError as error:
        return Answer(item, None, False, str(error))


def _line(told: Answer, as_json: bool) -> str:
    return json.dumps(asdict(told), ensure_ascii=False) if as_json else printable(told.form or "")


def _remark(told: Answer, report: Report) -> None:
    """Keep what is to be told on stderr about an item that is refused or not certain."""
    if told.form is None:
        report.problems.append(("", Problem(told.input or "«»", "refused", told.note)))
    elif not told.certain:
        report.warnings.append(("", Problem(told.input, "guessed_form", f"«{told.form}»: {told.note}", OVERRIDE)))


def _lines_of_input() -> Iterator[str]:
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", errors="replace").rstrip("\r\n")


# --- decline -----------------------------------------------------------------------------------


def _decline(chosen: argparse.Namespace, settings: Settings, report: Report) -> None:
    from docgen.language import decline_name, decline_phrase
    from docgen.library import load_words

    words = load_words(settings.library)

    def answer(item: str) -> Answer:
        _refuse_empty(item)
        if chosen.what == "name":
            form = decline_name(item, chosen.case, chosen.sex, words)
        else:
            form = decline_phrase(item, chosen.case, words)
        return Answer(item, form.text, form.certain, form.note)

    _tell(chosen.items, answer, chosen.json, report)


def _refuse_empty(item: str) -> None:
    if not item.strip():
        raise ValueError("пустая строка")
    if "\ufffd" in item:
        raise ValueError("строка не в кодировке UTF-8")


# --- words -------------------------------------------------------------------------------------


def _amount(chosen: argparse.Namespace, settings: Settings, report: Report) -> None:
    from docgen.language import amount, decimal_of

    def answer(item: str) -> Answer:
        return Answer(item, amount(decimal_of(item), chosen.currency, chosen.style, chosen.case))

    _tell(chosen.items, answer, chosen.json, report)


def _date(chosen: argparse.Namespace, settings: Settings, report: Report) -> None:
    from docgen.language import date_text

    _tell(chosen.items, lambda item: Answer(item, date_text(iso_day(item), chosen.style)), chosen.json, report)


def _count(chosen: argparse.Namespace, settings: Settings, report: Report) -> None:
    from docgen.language import count, is_settled

    def answer(item: str) -> Answer:
        form = count(_whole(item), chosen.noun, chosen.case)
        if is_settled(chosen.noun):
            return Answer(item, form)
        return Answer(item, form, False, f"слов «{chosen.noun}» нет в таблице, форма взята из словаря")

    _tell(chosen.items, answer, chosen.json, report)


def _deadline(chosen: argparse.Namespace, settings: Settings, report: Report) -> None:
    from docgen.language.working_days import deadline
    from docgen.library import load_calendar

    years = load_calendar(settings.library)

    def answer(item: str) -> Answer:
        return Answer(item, deadline(iso_day(item), chosen.length, chosen.unit, years).isoformat())

    _tell(chosen.items, answer, chosen.json, report)


def _whole(text: str) -> int:
    plain = text.strip().replace("\u00a0", "").replace(" ", "")
    if not plain.isascii() or not plain.isdigit() or len(plain) > 16:
        raise ValueError(f"«{text}» — не целое число")
    return int(plain)


# --- requisites --------------------------------------------------------------------------------


def _requisites(chosen: argparse.Namespace, settings: Settings, report: Report) -> None:
    from docgen.model.requisites import verdict

    def answer(item: str) -> Answer:
        _refuse_empty(item)
        return Answer(item, item.strip(), *verdict(chosen.what, item.strip(), chosen.bik))

    _tell(chosen.items, answer, chosen.json, report)


# --- arguments ---------------------------------------------------------------------------------


def _one_of(names: Iterable[str] | Mapping[str, str]) -> Callable[[str], object]:
    """Return a reader of one of the names; a mapping gives what a short name stands for."""
    known = dict(names) if isinstance(names, Mapping) else {name: name for name in names}

    def read(text: str) -> str:
        if text in known.values():
            return text
        if text not in known:
            raise ValueError(f"{text} не годится; есть {', '.join(dict.fromkeys([*known, *known.values()]))}")
        return known[text]

    return typed(read)


def add_commands(commands: Any) -> None:
    """Add the commands for words and requisites."""
    _add_decline(commands)
    _add_words(commands)
    _add_requisites(commands)


def _group(commands: Any, name: str, purpose: str) -> Any:
    parser = command(commands, name, _decline, purpose)
    return parser.add_subparsers(title="что", metavar="ЧТО", required=True, dest="what")


def _items(parser: Parser, metavar: str, purpose: str) -> None:
    parser.wanted.add_argument(
        "items", metavar=metavar, nargs="*", help=f"{purpose}; без них — по одному в строке стандартного ввода"
    )
    parser.known.add_argument("--json", action="store_true", help="на каждое — строка JSON: input, form, certain, note")


def _case(parser: Parser, required: bool) -> None:
    parser.known.add_argument(
        "--case",
        metavar="ПАДЕЖ",
        type=_one_of(CASES),
        required=required,
        default=None if required else "nomn",
        help="gent, datv, accs, ablt, loct или буква: n, g, d, a, i, p",
    )


def _add_decline(commands: Any) -> None:
    kinds = _group(commands, "decline", "просклонять имя, должность или основание полномочий")
    for name, metavar, purpose in (
        ("name", "ФИО", "фамилия, имя, отчество"),
        ("title", "ДОЛЖНОСТЬ", "должность"),
        ("phrase", "СЛОВА", "основание полномочий, форма организации"),
    ):
        parser = command(kinds, name, _decline, f"просклонять: {purpose}")
        _items(parser, metavar, purpose)
        _case(parser, required=True)
        sex = "пол (m или f), если по имени он не виден" if name == "name" else "на форму не влияет"
        parser.known.add_argument("--sex", metavar="ПОЛ", type=_one_of(("m", "f")), help=sex)


def _add_words(commands: Any) -> None:
    kinds = _group(commands, "words", "сумма, дата, количество и срок словами документа")
    amount = command(kinds, "amount", _amount, "сумма прописью")
    _items(amount, "СУММА", "суммы: 150000.00")
    _choice(amount, "--currency", "ВАЛЮТА", CURRENCIES, "RUB")
    _choice(amount, "--style", "ВИД", AMOUNT_STYLES, "contract")
    _case(amount, required=False)
    day = command(kinds, "date", _date, "дата словами документа")
    _items(day, "ДАТА", "даты: 2026-11-22")
    _choice(day, "--style", "ВИД", DATE_STYLES, "long")
    number = command(kinds, "count", _count, "число и согласованное с ним существительное")
    _items(number, "ЧИСЛО", "целые числа")
    number.known.add_argument(
        "--noun", metavar="СЛОВА", required=True, help="что считают, в именительном падеже: рабочий день"
    )
    _case(number, required=False)
    end = command(kinds, "deadline", _deadline, "последний день срока по статьям 191–194 ГК РФ")
    _items(end, "ДАТА", "дни, от которых считают: 2026-12-30")
    end.known.add_argument("--length", metavar="ЧИСЛО", type=typed(_whole), required=True, help="длина срока")
    _choice(end, "--unit", "ЕДИНИЦА", UNITS, "working_day")


def _choice(parser: Parser, name: str, metavar: str, names: Sequence[str], default: str) -> None:
    known = ", ".join(names)
    parser.known.add_argument(
        name, metavar=metavar, type=_one_of(names), default=default, help=f"{known} (иначе {default})"
    )


def _add_requisites(commands: Any) -> None:
    kinds = _group(commands, "requisites", "проверить реквизиты")
    for name, purpose in REQUISITES.items():
        parser = command(kinds, name, _requisites, purpose)
        _items(parser, "ЗНАЧЕНИЕ", "номера")
        parser.known.add_argument("--bik", metavar="БИК", help="БИК банка, с которым сверяется ключ счёта")
