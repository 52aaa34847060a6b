"""Plain library text → typeset text: «ёлочки» and „лапки“, no-break spaces, dashes.

Only words of the library come here. A value from outside stands as an opaque token (U+E000, digits, U+E001)
and is never changed; neither is anything inside an e-mail address or a web address. Typesetting twice gives
the same as typesetting once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from docgen.language.dates import MONTHS
from docgen.language.forms import NBSP, listed
from docgen.language.nouns import forms

_SP = f"[ {NBSP}]"
_END = "\ue001"
# Web and e-mail addresses, and names of sites.
_CODE = re.compile(
    r"(?:https?|ftp)://[^\s«»„“\"<>]+|www\.[^\s«»„“\"<>]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w.])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:ru|com|org|net|info|su|рф)(?:/[^\s«»„“\"<>]*)?(?!\w)"
)
_BEFORE_ANY = "№§"
_BEFORE_NUMBER = "ст|п|пп|подп|ч|абз|гл|разд|прил|рис|табл|д|кв|оф|каб|корп|стр|т|тел|л|с"
_BEFORE_NAME = "ул|пер|пр|просп|пл|наб|б-р|ш|обл|р-н|пос|им"
_AFTER_NUMBER = "г|гг|в|вв|руб|коп|тыс|млн|млрд|трлн|ч|мин|сек|км|м|см|мм|кг|шт|экз|чел|л|стр|р"
_WHOLE_AFTER = r"%|‰|₽|\$|€|тыс|млн|млрд|трлн|руб|коп|км|см|мм|кг|шт|экз|мин|МРОТ"
_OPENS_AFTER = frozenset("([{«„—–-/") | {"", " ", NBSP, "\n", "\t"}


def _grouped(match: re.Match[str]) -> str:
    return match.group().replace(" ", NBSP)


def _ranged(match: re.Match[str]) -> str:
    first, last = (float(match.group(n).replace(",", ".")) for n in (1, 2))
    return f"{match.group(1)}–{match.group(2)}" if first < last else match.group()


_RULES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    # Dashes: a hyphen or an en dash between spaces is an em dash, held to the word before it.
    (re.compile(rf"(?<=[^\s]){_SP}+(?:--?|–|—)(?= )"), f"{NBSP}—"),
    # Ranges: 191-194, 2.1-2.5, 3-5 %; not a number of a document (№ 15-26), a phone, a date, a code.
    (
        re.compile(
            rf"(?<![\w.,/:№+\u2011-])(?<!№{_SP})(?<!ГОСТ{_SP})(?<!ISO{_SP})(\d{{1,4}}(?:[.,]\d+)?)-(\d{{1,4}}(?:[.,]\d+)?)"
            rf"(?![\w/:-]|[.,]\d|{_SP}?№)"
        ),
        _ranged,
    ),
    # Groups of thousands.
    (re.compile(r"(?<![\d\ue000])(?<!\d[.,])(\d{1,3})((?: \d{3})+)(?![\d\ue001])"), _grouped),
    # Marks and abbreviations that hold to what follows.
    (re.compile(rf"(?<=[{_BEFORE_ANY}]) (?=\S)"), NBSP),
    (re.compile(rf"(?<!\w)((?:{_BEFORE_NUMBER})\.) (?=[\d\ue000«IVXLC])", re.IGNORECASE), rf"\1{NBSP}"),
    (re.compile(rf"(?<!\w)((?:{_BEFORE_NAME})\.) (?=[\d\ue000«А-ЯЁ])", re.IGNORECASE), rf"\1{NBSP}"),
    (re.compile(rf"(?<![\w\ue001])(?<![\d\ue001]{_SP})(г\.) (?=[\ue000А-ЯЁ])"), rf"\1{NBSP}"),
    (re.compile(r"(?<!\w)(т\.) (?=[еокдп]\.)"), rf"\1{NBSP}"),
    (re.compile(rf"(?<!\w)(и) (?=т\.{_SP}?[дп]\.|др\.|пр\.)"), rf"\1{NBSP}"),
    # What holds to the number before it.
    (re.compile(rf"(?<=[\d\ue001]) (?=(?:{_AFTER_NUMBER})\.|(?:{_WHOLE_AFTER})(?!\w))"), NBSP),
    # Initials, and the surname before or after them.
    (re.compile(r"(?<![\w.])([А-ЯЁ]\.) (?=[А-ЯЁ])"), rf"\1{NBSP}"),
    (re.compile(rf"(?<![\w])([А-ЯЁ]\.{_SP}?[А-ЯЁ]\.) (?=[А-ЯЁ\ue000])"), rf"\1{NBSP}"),
    (re.compile(rf"(?<=[а-яё\ue001]) (?=[А-ЯЁ]\.{_SP}?[А-ЯЁ]\.)"), NBSP),
    # Words of one letter hold to the next word.
    (re.compile(r"(?<![\w\ue001.-])([вкосуиаяВКОСУИАЯ]) (?=\S)"), rf"\1{NBSP}"),
)
_NUMBER_AND_WORD = re.compile(r"(?<=[\d\ue001]) ([а-яё]+)(?![\w-])")
_TIME_AND_MONEY = listed("ден дн час минут месяц недел год лет рубл копе процент рабоч календарн банковск")


def typeset(text: str) -> str:
    """Return library text with the typography of Russian documents.

    >>> typeset('п. 5 - срок 3 рабочих дня с 5-7 мая').replace(NBSP, "_")
    'п._5_— срок 3_рабочих дня с_5–7_мая'
    >>> typeset('ООО "Ромашка", договор "О "Векторе""')
    'ООО «Ромашка», договор «О\\xa0„Векторе“»'
    """
    pieces: list[str] = []
    shielded = _CODE.sub(lambda match: _shield(pieces, match.group()), _quoted(text))
    for pattern, replacement in _RULES:
        shielded = pattern.sub(replacement, shielded)
    shielded = _NUMBER_AND_WORD.sub(_held, shielded)
    return re.sub("\ue002(\\d+)\ue003", lambda match: pieces[int(match.group(1))], shielded)


def _shield(pieces: list[str], text: str) -> str:
    pieces.append(text)
    return f"\ue002{len(pieces) - 1}\ue003"


def _held(match: re.Match[str]) -> str:
    word = match.group(1)
    after_value = match.string[match.start() - 1] == _END
    countable = word.startswith(tuple(_TIME_AND_MONEY)) if after_value else word in _countable()
    return f"{NBSP}{word}" if countable else match.group()


@cache
def _countable() -> frozenset[str]:
    return forms() | frozenset(MONTHS)


def _quoted(text: str) -> str:
    """Return the text with straight quotes turned: by the sign before them, outer «» and inner „“."""
    if '"' not in text:
        return text
    depth = 0
    out: list[str] = []
    for sign, before, after in zip(text, ["", *text[:-1]], [*text[1:], ""], strict=True):
        turned = _turned(sign, out[-1] if out else before, after, depth)
        depth += {"«": 1, "„": 1, "»": -1, "“": -1}.get(turned, 0)
        depth = max(depth, 0)
        out.append(turned)
    return "".join(out)


def _turned(sign: str, before: str, after: str, depth: int) -> str:
    if sign != '"':
        return sign
    if before in _OPENS_AFTER and after and not after.isspace():
        return "„" if depth else "«"
    if depth == 0:
        return sign
    return "“" if depth > 1 else "»"
