"""A fragment of a card in, what its own form tells out: a name, a bank, an address, a heading."""

from __future__ import annotations

import re

from docgen.language import full_form, short_form

ENTREPRENEUR = re.compile(r"(?:ИП|индивидуальный предприниматель)(?![\w-]) *", re.IGNORECASE)
INSTITUTION = re.compile(
    r"(?:бюджетно|казённо|казенно|автономно)\w{1,3}\b.{0,80}учреждени|^(?:Ф?ГБУ|МБУ|ФКУ|ГКУ|МКУ|Ф?ГАУ|МАУ|Ф?ГБОУ|МБОУ)\b",
    re.IGNORECASE,
)
HEADING = re.compile(
    r"(?:уч[её]тная )?карточка(?: \w+){0,3}|(?:банковские |плат[её]жные |полные |наши )?реквизиты(?: \w+){0,3}"
    r"|(?:основные |общие )?сведения(?: \w+){0,4}|контакты|контактные данные|адреса|руководство|банк|м\. ?п|подпись"
    r"|заказчик|исполнитель|клиент|доверитель|плательщик|именуем\w+ .{0,80}|с (?:одной|другой) стороны.{0,40}"
    r"|(?:наименование )?показател\w+|значение|(?:https?://|www\.)\S+",
    re.IGNORECASE,
)
IN_BANK = re.compile(r"(?:открыт\w{0,2} )?в (?=[А-ЯЁA-Z«\"]|ф-л|филиал|отделени)")
_BANK_WORD = re.compile(r"банк(?:а|е)?\b|отделени|филиал", re.IGNORECASE)
STRAIGHT = re.compile(r"(?:П?АО|ООО|ЗАО|ОАО|НКО|КБ|АКБ|Банк|[А-ЯЁ][а-яё-]+(?:ий|ый) банк)(?!\w)|[«\"]")
DATED = re.compile(r"(?:от )?\d{2}\.\d{2}\.\d{4}(?: ?г(?:\.|ода)?)?|(?:RUB|RUR|руб(?:ли|\.)?)", re.IGNORECASE)
POSTCODE = re.compile(r"(?:Россия, ?|РФ, ?|Российская Федерация, ?)?[0-9]{6}, ?\S")
SAME = re.compile(r"(?:он же|тот же|там же|(?:тот же|совпадает).{0,40})", re.IGNORECASE)
FULL_NAME = re.compile(r"(?:[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)? ){2}[А-ЯЁ][а-яё]+(?:ич|вна|чна|шна)")
NONE = re.compile(r"нет|отсутствует|не имеет(?:ся)?|не присвоен", re.IGNORECASE)
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
PHONE = re.compile(r"(?:\+7|8)[ (-][0-9 ()-]{8,20}[0-9]|\+[0-9][0-9 ()-]{8,20}[0-9]|\+7[0-9]{10}")


def name_field(name: str) -> str:
    """Return the field of a client that a name without a label goes to."""
    return "short_name" if is_abridged(name) else "name"


def is_abridged(name: str) -> bool:
    """Tell whether the legal form in a name is surely an abridged one."""
    full = full_form(name)
    return full.certain and _even(full.text) != _even(name)


def _even(text: str) -> str:
    return text.casefold().replace("ё", "е")


def has_form(name: str) -> bool:
    """Tell whether a name has a legal form of the house's table."""
    return short_form(name).certain


def until_comma(value: str) -> tuple[str, str]:
    """Return the value up to the first comma outside quotes and brackets, and what follows it."""
    depth = 0
    straight = False
    for place, sign in enumerate(value):
        depth += {"«": 1, "(": 1, "»": -1, ")": -1}.get(sign, 0)
        straight ^= sign == '"'
        if sign == "," and depth <= 0 and not straight:
            return value[:place].strip(), value[place + 1 :]
    return value, ""


def bracketed(name: str) -> tuple[str, str]:
    """Return the name and the short one that stands after it in brackets.

    >>> bracketed("Общество с ограниченной ответственностью «Вектор» (ООО «Вектор»)")
    ('Общество с ограниченной ответственностью «Вектор»', 'ООО «Вектор»')
    """
    opens = name.rfind("(")
    inner = name[opens + 1 : -1] if opens > 0 and name.endswith(")") else ""
    if inner and " " in inner and has_form(inner):
        return name[:opens].strip(), inner.strip()
    return name, ""


def is_bank(value: str) -> bool:
    """Tell whether a fragment speaks of a bank."""
    return IN_BANK.match(value) is not None or _BANK_WORD.search(value) is not None


def is_name(value: str) -> bool:
    """Tell whether a fragment is the name of an organisation or of an entrepreneur."""
    return ENTREPRENEUR.match(value) is not None or is_abridged(value) or has_form(value)
