"""The text of a card in, its pieces out: each a value under the field that its label names, or with no label.

clean → cells (lines, cells of a table, parts between semicolons) → labels → values carried over to the next cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from docgen.model.text import bad_character, plain

Place = Literal["number", "anywhere", "start", "colon"]
"""Where a label is taken for one: before a number or first in its cell; anywhere; first; first and with a colon."""

LEFT, UNKNOWN, BARE = "left", "unknown", ""
"""Fields of pieces that no client has: known and left out on purpose, an unknown label, no label at all."""

NOTHING = "—"
"""The value of a label after which the card has a dash."""

_OF = (
    " (?:организации|предприятия|компании|общества|юридического лица|юр\\.? лица|контрагента|клиента|заказчика"
    "|получателя|банка|плательщика|учреждения|ип|индивидуального предпринимателя)"
)
_FAX = "(?: ?[/,] ?факс)?"
_PHONE = rf"(?:телефоны?{_FAX}|тел\.?{_FAX})"
_EMAIL = "(?:e-?mail|адрес электронной почты|электронн(?:ая|ый) (?:почта|адрес)|эл\\. ?почта|почта)"
_NAMING = "(?:наименование|название)"
_RUSSIAN = f"(?:{_OF})?(?: на русском языке)?"
_LEGAL = "юр(?:идический|\\.)"
_ACTUAL = "факт(?:ический|\\.)"
_AND = " ?(?:и|/|,) ?"
_ACTING = "(?:(?:и\\. ?о\\.|врио) )?"
_INITIALS = r"(?:ф\. ?и\. ?о\.?|фио|фамилия, имя, отчество)"
_ROWS: tuple[tuple[str, Place, str], ...] = (
    # known and left out; the bank's own requisites first of all: they are not the client's
    (LEFT, "start", r"(?:ИНН(?: ?/ ?КПП)?|КПП|ОГРН|ОКПО|(?:юридический |почтовый )?адрес|местонахождение) банка"),
    (LEFT, "number", r"(?:ИНН(?: ?/ ?КПП)?|КПП|ОГРН|ОКПО) банка"),
    (LEFT, "number", r"ОКВЭД(?:[- ]?2)?|ОКТМО|ОКАТО|ОКОПФ|ОКФС|ОКОГУ|ПФР|ФСС|СФР"),
    (LEFT, "start", r"(?:официальный )?(?:веб-?|интернет-?)?сайт|web(?:-?(?:site|сайт))?|site"),
    (LEFT, "start", r"дата (?:государственной |гос\.? )?(?:регистрации|постановки)[^:;,\d]{0,60}"),
    (LEFT, "start", r"дата присвоения ОГРН(?:ИП)?"),
    (LEFT, "anywhere", r"главный бухгалтер|гл\. ?бухгалтер"),
    (LEFT, "start", r"факс|уставн(?:ый|ой) капитал|система налогообложения|контактное лицо|налоговый орган"),
    (LEFT, "start", r"(?:основной )?виды? деятельности|SWIFT(?: код)?"),
    (LEFT, "start", rf"(?:полное |сокращ[её]нное )?(?:фирменное )?{_NAMING} на (?:английском|иностранном) языке"),
    # numbers
    ("inn_kpp", "number", rf"ИНН ?[/\\,и] ?КПП(?:{_OF})?"),
    ("inn", "number", rf"(?:ИНН|идентификационный номер налогоплательщика)(?:{_OF})?"),
    ("kpp", "number", rf"(?:КПП|код причины постановки на уч[её]т)(?:{_OF})?"),
    ("ogrn", "number", rf"(?:ОГРН ?[/\\] ?)?(?:ОГРНИП|ОГРН)(?:{_OF})?|основной государственный регистрационный номер"),
    ("okpo", "number", r"(?:код )?(?:по )?ОКПО"),
    ("bik", "number", r"БИК(?: банка)?"),
    (
        "correspondent",
        "number",
        r"к ?[/.\\] ?с(?:ч(?:[её]т)?)?\.?|корр?\.? ?[/-]? ?сч(?:[её]т)?\.?|корр?\. ?с[/.]сч\.?",
    ),
    ("correspondent", "number", r"корреспондентский сч[её]т(?: банка)?"),
    ("account", "number", r"р ?[/.\\] ?с(?:ч(?:[её]т)?)?\.?|расч?\.? ?/? ?сч(?:[её]т)?\.?|банковский сч[её]т"),
    ("account", "number", rf"расч[её]тный сч[её]т(?:{_OF})?|номер сч[её]та(?: получателя)?|сч[её]т получателя"),
    ("account", "start", r"сч[её]т(?= ?(?:№ ?)?[:\d])"),
    # places of contact
    ("phone", "anywhere", rf"(?:контактный |мобильный |моб\. ?)?{_PHONE}(?=[ .:]*[+\d(])"),
    ("phone", "colon", rf"(?:контактный |мобильный )?{_PHONE}"),
    ("email", "anywhere", rf"{_EMAIL}(?=[ :–—-]*[\w.+-]{{1,64}}@)"),
    ("email", "colon", _EMAIL),
    ("address", "anywhere", rf"{_LEGAL}{_AND}(?:почтовый|{_ACTUAL})(?:{_AND}(?:почтовый|{_ACTUAL}))? адрес"),
    ("address", "anywhere", rf"(?:почтовый|{_ACTUAL}){_AND}{_LEGAL} адрес"),
    ("postal_address", "anywhere", rf"(?:{_ACTUAL}{_AND})?почтовый(?:{_AND}{_ACTUAL})? адрес"),
    ("postal_address", "anywhere", r"адрес для (?:корреспонденции|переписки|писем)|почтовый адрес"),
    ("actual_address", "anywhere", rf"{_ACTUAL} адрес"),
    (
        "address",
        "anywhere",
        rf"{_LEGAL} ?адрес|адрес \(?(?:места ?нахождения|местонахождения|юридический|регистрации)\)?",
    ),
    (
        "address",
        "anywhere",
        r"адрес \(место нахождения\)|адрес места жительства|место ?нахождени[ея](?: и адрес)?(?! банка)",
    ),
    ("address", "colon", rf"(?:место жительства|адрес)(?:{_OF})?"),
    ("address", "start", r"адрес(?= \d{6})"),
    # names
    ("bank", "anywhere", rf"(?:полное )?{_NAMING} банка(?: получателя)?|банк получателя|в банке"),
    ("bank", "colon", r"банк"),
    ("name", "anywhere", rf"полное (?:фирменное |официальное )?{_NAMING}{_RUSSIAN}"),
    ("short_name", "anywhere", rf"(?:сокращ[её]нное|краткое) (?:фирменное )?{_NAMING}{_RUSSIAN}"),
    ("any_name", "colon", rf"{_NAMING}(?:{_OF})?|организация|компания|предприятие|получатель|контрагент"),
    # people
    ("head", "start", rf"{_INITIALS} (?:руководителя|(?:генерального )?директора|подписанта)"),
    ("any_name", "colon", _INITIALS),
    ("attorney", "anywhere", r"в лице"),
    ("basis", "start", r"(?:действу\w{2,4} )?на основании|основание (?:полномочий|подписи)"),
    ("basis", "start", r"документ, на основании которого действует"),
    ("head", "start", r"единоличный исполнительный орган|должность (?:руководителя|подписанта)"),
    ("head", "start", r"(?:руководитель|подписант)(?= ?[:(–—-]|$| [А-ЯЁ])"),
    (
        "position",
        "anywhere",
        rf"{_ACTING}(?:(?:генеральный|исполнительный) директор|председатель (?:правления|совета))",
    ),
    ("position", "start", rf"{_ACTING}(?:директор|президент|управляющий|председатель|ректор|главный врач)"),
)
LABEL = re.compile(
    r"(?<![\w«„\"-])(?:" + "|".join(f"(?P<r{n}>{row[2]})" for n, row in enumerate(_ROWS)) + r")(?![\w»\"])(?!-\w)",
    re.IGNORECASE,
)
_STRANGE_LABEL = re.compile(r"(?:^|(?<=[,.] ))[A-ZА-ЯЁ][^:,«»\"„“@]{1,40}:(?= |$)")
_COLON = re.compile(r" ?(?::|[-–—] |$)")
_NUMBER = re.compile(r"[ :№=–—.(-]*(?:\d|$)| ?:")
_SIGNS = re.compile(r"[ :№=–—.)-]*")
_DASHED = re.compile(r" ?(?::| ) ?[-–—]+ ?")
_OPENS_CELL = frozenset(",.)»:(")
_CARRIED = frozenset({"address", "postal_address", "actual_address"})
_NAMES = frozenset({"name", "short_name", "any_name"})
_SPACES = re.compile(r"[^\S\n\t]+")
_CELL_ENDS = re.compile(r"[\n\t;|]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A value, the field that its label names, the label as typed, and the whole fragment of the card."""

    field: str
    label: str
    value: str
    source: str


def clean(text: str) -> tuple[str, bool]:
    """Return the text with plain single spaces, and whether characters that do not print were taken out."""
    even = plain(text).replace("\r", "\n").replace("\v", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    printed = "".join(char for char in even if char in "\t\n" or not bad_character(char))
    return _SPACES.sub(" ", printed), printed != even


def pieces(text: str) -> list[Piece]:
    """Return the pieces of a clean text in their order; a value may stand in the cell after its label.

    >>> [(piece.field, piece.value) for piece in pieces("ООО «Вектор», ИНН 7705123406\\nКПП\\n770501001")]
    [('', 'ООО «Вектор»'), ('inn', '7705123406'), ('kpp', '770501001')]
    """
    found: list[Piece] = []
    for cell in _CELL_ENDS.split(text):
        for piece in _labelled(cell.strip()) if cell.strip() else ():
            _add(found, piece)
    return found


def _add(found: list[Piece], piece: Piece) -> None:
    """Add a piece; one without a label may belong to the piece before, «Руководитель:» to a position after it."""
    last = found[-1] if found else None
    if last and piece.field == BARE and _awaits(last, piece):
        join = "" if not last.value else ", " if last.field in _CARRIED else " "
        found[-1] = replace(last, value=last.value + join + piece.value, source=f"{last.source} {piece.source}")
    elif last and last.field == "head" and not last.value and piece.field == "position":
        found[-1] = replace(piece, source=f"{last.source} {piece.source}")
    else:
        found.append(piece)


def _awaits(last: Piece, following: Piece) -> bool:
    if not last.value:
        return last.field not in (BARE, UNKNOWN)
    if len(last.value) > 500:  # longer than any fact may be: growing further would only cost time
        return False
    if last.field in _CARRIED:
        return last.source.endswith(",")
    if last.field in _NAMES or last.field == BARE:
        return last.value.count("«") > last.value.count("»") or following.value[0] in '«"'
    return last.field == "attorney" and last.source.endswith(",")


def _labelled(cell: str) -> Iterator[Piece]:
    labels = [match for match in LABEL.finditer(cell) if _is_label(cell, match)]
    yield from _bare(cell[: labels[0].start()] if labels else cell)
    ends = (*(match.start() for match in labels[1:]), len(cell))
    for match, end in zip(labels, ends, strict=False):
        yield from _valued(_row(match)[0], match.group(), cell[match.end() : end], cell[match.start() : end])


def _row(match: re.Match[str]) -> tuple[str, Place, str]:
    return _ROWS[int(str(match.lastgroup)[1:])]


def _is_label(cell: str, match: re.Match[str]) -> bool:
    place = _row(match)[1]
    before = match.start() - 1
    if before >= 0 and cell[before] == " ":
        before -= 1
    first = before < 0 or cell[before] in _OPENS_CELL
    if place == "number":
        return first or _NUMBER.match(cell, match.end()) is not None
    if place == "colon":
        return first and _COLON.match(cell, match.end()) is not None
    return first or place == "anywhere"


def _valued(field: str, label: str, rest: str, source: str) -> Iterator[Piece]:
    """Yield the piece of a label, and what follows its value under a label that nobody knows."""
    start = _end_of_signs(rest)
    strange = _STRANGE_LABEL.search(rest, start + 1)
    end = strange.start() if strange else len(rest)
    tail = len(rest) - end
    value = _trimmed(rest[start:end].rstrip(" (")) or (NOTHING if _DASHED.fullmatch(rest[:end]) else "")
    yield Piece(field, label, value, source[: len(source) - tail].strip(" "))
    if tail:
        yield from _bare(rest[end:])


def _end_of_signs(rest: str) -> int:
    found = _SIGNS.match(rest)
    return found.end() if found else 0


def _bare(text: str) -> Iterator[Piece]:
    """Yield text without a known label: pieces under unknown labels, and what stands before them."""
    starts = [match.start() for match in _STRANGE_LABEL.finditer(text)]
    fields = [BARE, *(UNKNOWN for _ in starts)]
    for field, start, end in zip(fields, [0, *starts], [*starts, len(text)], strict=True):
        part = _trimmed(text[start:end])
        if part:
            yield Piece(field, "", part, text[start:end].strip(" "))


def _trimmed(text: str) -> str:
    return text.strip(" ,;.–—-" if _keeps_no_stop(text) else " ,;–—-")


def _keeps_no_stop(text: str) -> bool:
    """Return whether a last full stop ends a sentence: it does not after initials and «г.»."""
    words: list[str] = text.rstrip(" ,;.").rsplit(" ", 1)[-1:]
    return all(word[-1:].isdigit() or len(word.rpartition(".")[2]) > 2 for word in words)


def bare(text: str, source: str) -> Piece | None:
    """Return a piece with no label, or None for a text without content."""
    plain = text.strip(" ,;:_/\\")
    if plain.startswith("(") and plain.find(")") == len(plain) - 1:
        plain = plain[1:-1]
    part = _trimmed(plain.lstrip("): "))
    return Piece(BARE, "", part, source) if part else None
