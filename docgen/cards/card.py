"""The pieces of a company's card in, a raw client out: what was found, the doubts about it, the lines not used.

Nothing is guessed in silence (a doubt says what was guessed) and nothing is dropped in silence (``unread`` has it).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import BaseModel, ValidationError

from docgen.cards.forms import (
    DATED,
    EMAIL,
    ENTREPRENEUR,
    FULL_NAME,
    HEADING,
    IN_BANK,
    INSTITUTION,
    NONE,
    PHONE,
    POSTCODE,
    SAME,
    STRAIGHT,
    bracketed,
    has_form,
    is_abridged,
    is_bank,
    is_name,
    name_field,
    until_comma,
)
from docgen.cards.labels import BARE, LEFT, NOTHING, UNKNOWN, Piece, bare, clean, pieces
from docgen.cards.numbers import fits, number, two_numbers
from docgen.cards.people import Person, basis, named, person, same_person
from docgen.errors import Problem
from docgen.model import JsonObject
from docgen.model.cross import account_doubts, account_mistakes
from docgen.model.finding import Finding
from docgen.model.messages import findings_of
from docgen.model.parties import ClientCompany, ClientEntrepreneur, ClientIndividual
from docgen.model.reader import Known
from docgen.model.text import show
from docgen.model.walk import Path

MOST = 20
"""More accounts or signatories than this are not read: it is no card."""

_MODELS: dict[str | None, type[BaseModel]] = {
    "company": ClientCompany,
    "entrepreneur": ClientEntrepreneur,
    "individual": ClientIndividual,
}
_LABELS = {
    "inn": "ИНН",
    "kpp": "КПП",
    "ogrn": "ОГРН",
    "okpo": "ОКПО",
    "name": "полное наименование",
    "short_name": "краткое наименование",
    "address": "адрес",
    "postal_address": "почтовый адрес",
    "email": "адрес электронной почты",
    "phone": "телефон",
}


@dataclass(frozen=True, slots=True)
class Card:
    """A raw client with what the card tells, pointers of doubt into it, the fragments that were not used."""

    client: JsonObject
    doubts: tuple[Problem, ...]
    unread: tuple[str, ...]


def read_card(text: str) -> Card:
    """Return what the card tells; every value that a client may not have has a doubt at its pointer.

    >>> card = read_card("ООО «Вектор», ИНН/КПП 7705123406/770501001, ОКВЭД 69.10")
    >>> card.client
    {'kind': 'company', 'short_name': 'ООО «Вектор»', 'inn': '7705123406', 'kpp': '770501001'}
    >>> card.unread
    ('ОКВЭД 69.10',)
    """
    printed, cut = clean(text)
    reader = _Reader()
    if cut:
        reader.doubt((), "character", "из карточки убраны знаки, которые не печатаются", "сверьте значения")
    for piece in pieces(printed):
        reader.take(piece)
        reader.previous = piece.field
    return reader.finished()


@dataclass(slots=True)
class _Reader:
    """What has been read so far."""

    values: dict[str, str] = field(default_factory=dict)
    accounts: list[dict[str, str]] = field(default_factory=list)
    people: list[JsonObject] = field(default_factory=list)
    people_from: list[list[str]] = field(default_factory=list)
    actual: list[Piece] = field(default_factory=list)
    unnamed: list[Piece] = field(default_factory=list)
    entrepreneur: bool = False
    findings: list[Finding] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    previous: str = ""
    _rest: list[Piece] = field(default_factory=list)

    def take(self, piece: Piece, left: int = 8) -> None:
        """Read a piece, then what was left of it, so many times at most."""
        self._rest = []
        if not left:
            self.not_understood(piece)
        elif piece.field == LEFT or _is_heading(piece):
            self.leave(piece)
        elif piece.field == UNKNOWN or _is_private(piece):
            self.not_understood(piece)
        elif not piece.value and piece.field != "position":
            self.valueless(piece)
        elif piece.value == NOTHING or NONE.fullmatch(piece.value):
            self.leave(piece)
        else:
            _READERS[piece.field](self, piece)
        rest, self._rest = self._rest, []
        for part in rest:
            self.take(part, left - 1)

    # --- what becomes of a piece ---

    def put(self, name: str, value: str, piece: Piece) -> None:
        """Keep a value; another one for the same field is told and left unread."""
        if name not in self.values:
            self.values[name] = value
        elif self.values[name].casefold() != value.casefold():
            self.second((name,), f"в карточке есть и другое значение ({_LABELS.get(name, name)})", value, piece)

    def second(self, path: Path, message: str, value: str, piece: Piece) -> None:
        """Tell of a value for which there is no place any more."""
        self.doubt(path, "two_values", f"{message}: «{show(value)}»", "выберите верное")
        self.leave(piece)

    def left_over(self, text: str, piece: Piece) -> None:
        """Read what stands beside a value as a piece of its own."""
        if DATED.fullmatch(text.strip(" ,;()")):
            self.unread.append(text.strip(" ,;"))
        elif left := bare(text, text.strip(" ,;")):
            self._rest.append(left)

    def leave(self, piece: Piece) -> None:
        """List a piece as not used."""
        self.unread.append(piece.source)

    def not_understood(self, piece: Piece) -> None:
        """Tell that a piece was not understood, and list it."""
        self.doubt((), "not_understood", f"не разобрано: «{show(piece.source)}»", "перенесите нужное вручную")
        self.leave(piece)

    def valueless(self, piece: Piece) -> None:
        """Tell that a label has no value, save one that only announces the next."""
        if piece.field not in ("head", "any_name"):
            self.doubt((), "no_value", f"нет значения: «{show(piece.source)}»", "впишите его, если оно есть")
        self.leave(piece)

    def doubt(self, path: Path, code: str, message: str, hint: str) -> None:
        """Tell of something to look at."""
        self.findings.append(Finding(path, code, message, hint))

    # --- the whole ---

    def finished(self) -> Card:
        """Return the card with the checks of the client's own kind."""
        self.take_actual_address()
        self.take_unnamed()
        kind = self.kind()
        if kind == "entrepreneur":
            self.drop_oneself()
        client = self.client(kind)
        root = _MODELS[kind or ("entrepreneur" if _is_persons(self.values) else "company")]
        findings = [*self.findings, *_checked(client, root)]
        doubts = tuple(sorted({finding.problem() for finding in findings}))
        return Card(client, doubts, tuple(dict.fromkeys(self.unread)))

    def client(self, kind: str | None) -> JsonObject:
        """Return the raw client, its fields in the order of an order."""
        values = dict(self.values)
        self.drop(kind, values)
        if len(values.get("ogrn", "")) == 15 or (kind == "entrepreneur" and "ogrn" in values):
            values["ogrnip"] = values.pop("ogrn")
        told = {name: values[name] for name in _ORDER if name in values}
        start = {"kind": kind} if kind else {}
        self.share_bank()
        self.compare_accounts()
        accounts = {"accounts": self.accounts} if self.accounts else {}
        people = {"signatories": self.people} if self.people else {}
        return {**start, **told, **accounts, **people}

    def drop(self, kind: str | None, values: dict[str, str]) -> None:
        """Take out what a natural person does not have, and list it."""
        for name in ("short_name", "kpp") if kind in ("entrepreneur", "individual") else ():
            if name in values:
                value = values.pop(name)
                self.unread.append(value)
                if name == "kpp":
                    self.doubt((), "unknown_key", f"КПП {value}: КПП бывает только у организаций", "проверьте карточку")

    def drop_oneself(self) -> None:
        """List as not used what the card says of the entrepreneur's own signature: an order has none."""
        kept = [index for index, one in enumerate(self.people) if not self.is_client(one)]
        for index in set(range(len(self.people))) - set(kept):
            self.unread.extend(self.people_from[index])
        self.people = [self.people[index] for index in kept]
        places: dict[Path, Path] = {("signatories", old): ("signatories", new) for new, old in enumerate(kept)}
        told = [found for found in self.findings if found.path[:1] != ("signatories",) or found.path[:2] in places]
        self.findings = [replace(one, path=(*places.get(one.path[:2], one.path[:2]), *one.path[2:])) for one in told]

    def is_client(self, signatory: JsonObject) -> bool:
        """Tell whether the entrepreneur signs in person."""
        name = self.values.get("name", "")
        return bool(name) and same_person(name, signatory.get("name", name))

    def kind(self) -> str | None:
        """Return who the client is where the card tells it, else None and a doubt."""
        if self.is_institution():
            message = "похоже на бюджетное учреждение"
            self.doubt(("kind",), "kind", message, "выберите вид и впишите казначейские реквизиты")
            return None
        marks = set(_marks(self))
        if len(marks) == 1:
            return marks.pop()
        message = "по карточке видно и организацию, и человека" if marks else "по карточке не видно, кто это"
        if marks or self.values:
            self.doubt(("kind",), "kind", message, "выберите вид клиента")
        return None

    def is_institution(self) -> bool:
        """Tell whether the name or the account is of an institution paid through the treasury."""
        names = (self.values.get(name, "") for name in ("name", "short_name"))
        treasury = any(one.get("account", "").startswith("03") for one in self.accounts)
        return treasury or any(map(INSTITUTION.search, names))

    def take_actual_address(self) -> None:
        """Use the actual address for post where the card has no other, and say so."""
        for piece in self.actual:
            if "postal_address" in self.values or piece.value == self.values.get("address"):
                self.leave(piece)
                continue
            self.values["postal_address"] = piece.value
            message = "это фактический адрес: почтового в карточке нет"
            self.doubt(("postal_address",), "actual_address", message, "проверьте, что письма слать сюда")

    def take_unnamed(self) -> None:
        """Use a person's name that has no label where the numbers are a person's, and say so."""
        for piece in self.unnamed:
            if self.give_name(piece):
                continue
            if "name" in self.values or not _is_persons(self.values):
                self.not_understood(piece)
                continue
            self.values["name"] = piece.value
            self.doubt(("name",), "unlabelled", "имя в карточке не подписано", "проверьте, что это клиент")

    def give_name(self, piece: Piece) -> bool:
        """Give a name without a label to the only signatory without a name, and say so."""
        nameless = [index for index, one in enumerate(self.people) if "name" not in one]
        if len(nameless) != 1:
            return False
        self.people[nameless[0]] = {**self.people[nameless[0]], "name": piece.value}
        self.doubt(("signatories", nameless[0], "name"), "unlabelled", "имя в карточке не подписано", "сверьте имя")
        return True

    def share_bank(self) -> None:
        """Give an account without a bank the only bank of the card, if its key fits, and say so."""
        whole = [one for one in self.accounts if "bik" in one]
        for index, account in enumerate(self.accounts):
            own = account.get("account", "")
            if "bik" in account or not own or len({one["bik"] for one in whole}) != 1:
                continue
            if fits(whole[0]["bik"], own):
                shared = {key: value for key, value in whole[0].items() if key != "account"}
                self.accounts[index] = {**shared, **account}
                message = "банк рядом со счётом не указан: взят единственный банк карточки, ключ сходится"
                self.doubt(("accounts", index), "bank_shared", message, "сверьте банк")

    def compare_accounts(self) -> None:
        """Tell where one account has what another lacks: a bank may stand with the wrong one."""
        if len({frozenset(one) for one in self.accounts}) > 1:
            message = "у счетов указано не одно и то же: банк мог попасть не к своему счёту"
            self.doubt(("accounts",), "accounts_uneven", message, "сверьте, какой счёт в каком банке")


_ORDER = ("name", "short_name", "inn", "kpp", "ogrn", "ogrnip", "okpo", "address", "postal_address", "email", "phone")


def _is_heading(piece: Piece) -> bool:
    plain = piece.value.strip(" .:")
    return piece.field in (BARE, UNKNOWN) and (len(plain) < 2 or HEADING.fullmatch(plain) is not None)


def _is_private(piece: Piece) -> bool:
    """Return whether the piece is of a passport: nothing in it is the client's number or name."""
    return piece.field == BARE and piece.value.casefold().startswith(("паспорт", "снилс", "дата рождения"))


def _is_persons(values: Mapping[str, str]) -> bool:
    return len(values.get("inn", "")) == 12 or len(values.get("ogrn", "")) == 15


def _marks(reader: _Reader) -> Iterator[str]:
    """Yield the kinds that the facts speak for."""
    inn, ogrn = reader.values.get("inn", ""), reader.values.get("ogrn", "")
    names = [reader.values[name] for name in ("name", "short_name") if name in reader.values]
    if len(ogrn) == 15 or reader.entrepreneur:
        yield "entrepreneur"
    if len(ogrn) == 13 or len(inn) == 10 or (not reader.entrepreneur and any(map(has_form, names))):
        yield "company"
    if any("физическое лицо" in text.casefold() or _is_passport(text) for text in reader.unread):
        yield "individual"


def _is_passport(text: str) -> bool:
    return text.casefold().startswith(("паспорт", "снилс"))


def _checked(client: JsonObject, root: type[BaseModel]) -> Iterator[Finding]:
    """Yield what the client's own model and the keys of accounts say, save what is only absent."""
    wrong = []
    try:
        root.model_validate(client)
    except ValidationError as error:
        wrong = [found for found in findings_of(error, root) if found.code != "required" and found.path != ("kind",)]
    yield from wrong
    known = Known(client, lost=frozenset(path for found in wrong for path in found.unreadable()))
    for check in (account_mistakes, account_doubts):
        yield from (found for found in check(known) if found.code != "required")


# --- numbers -----------------------------------------------------------------------------------


def _take_number(reader: _Reader, piece: Piece) -> None:
    if piece.field == "inn" and "/" in piece.value and two_numbers(piece.value)[1]:
        reader.doubt(("kpp",), "unlabelled", "КПП в карточке не подписан: он стоит после ИНН", "сверьте КПП")
        _take_inn_kpp(reader, piece)
        return
    digits, rest = number(piece.field, piece.value)
    if not digits:
        reader.not_understood(piece)
        return
    reader.put(piece.field, digits, piece)
    _after_bank(reader, piece.field)
    reader.left_over(rest, piece)


def _take_inn_kpp(reader: _Reader, piece: Piece) -> None:
    inn, kpp, rest = two_numbers(piece.value)
    if not inn:
        reader.not_understood(piece)
        return
    reader.put("inn", inn, piece)
    _after_bank(reader, "inn")
    if kpp:
        reader.put("kpp", kpp, piece)
    reader.left_over(rest, piece)


def _after_bank(reader: _Reader, name: str) -> None:
    if reader.previous == "bank":
        message = "число стоит сразу после банка: оно может быть банка, а не клиента"
        reader.doubt((name,), "after_bank", message, "сверьте число")


def _take_account(reader: _Reader, piece: Piece) -> None:
    digits, rest = number(piece.field, piece.value)
    if not digits:
        reader.not_understood(piece)
        return
    _banked(reader, piece.field, digits, piece)
    reader.left_over(rest, piece)


def _banked(reader: _Reader, name: str, value: str, piece: Piece) -> bool:
    """Put a fact into the last account, or into a new one when the last has another such fact."""
    last = reader.accounts[-1] if reader.accounts else {}
    if last.get(name, value) == value and last:
        last[name] = value
        return True
    if len(reader.accounts) == MOST:
        reader.not_understood(piece)
        return False
    reader.accounts.append({name: value})
    return True


def _take_bank(reader: _Reader, piece: Piece) -> None:
    outside = IN_BANK.match(piece.value)
    value = piece.value[outside.end() :] if outside else piece.value
    if not _banked(reader, "bank", value, piece):
        return
    if (outside or piece.label.casefold() == "в банке") and not STRAIGHT.match(value):
        message = f"«{show(value)}»: название банка, возможно, стоит не в именительном падеже"
        reader.doubt(("accounts", len(reader.accounts) - 1, "bank"), "case", message, "исправьте, если нужно")


# --- names and places --------------------------------------------------------------------------


def _take_name(reader: _Reader, piece: Piece) -> None:
    whole, rest = until_comma(piece.value)
    name, short = bracketed(whole)
    if ENTREPRENEUR.match(name):
        reader.entrepreneur = True
        _take_entrepreneur(reader, name, piece)
    else:
        target = piece.field if piece.field in ("name", "short_name") else name_field(name)
        reader.put(target, name, piece)
        if target == "name" and piece.field == "name" and is_abridged(name):
            reader.doubt(("name",), "abridged", "в полном наименовании форма сокращена", "впишите её полностью")
    if short:
        reader.put("short_name", short, piece)
    reader.left_over(rest, piece)


def _take_entrepreneur(reader: _Reader, name: str, piece: Piece) -> None:
    own = ENTREPRENEUR.sub("", name, count=1).strip()
    known = reader.values.get("name", "")
    if "." in own and (piece.field == "short_name" or known):
        reader.values.setdefault("short_name", name)
    elif own:
        reader.put("name", own, piece)


def _take_address(reader: _Reader, piece: Piece) -> None:
    value = piece.value
    if SAME.fullmatch(value):
        reader.leave(piece)
        return
    if piece.field == "actual_address":
        reader.actual.append(piece)
        return
    reader.put(piece.field, value, piece)


def _take_email(reader: _Reader, piece: Piece) -> None:
    found = EMAIL.search(piece.value)
    if found is None:
        reader.not_understood(piece)
        return
    reader.put("email", found.group().rstrip("."), piece)
    for part in (piece.value[: found.start()], piece.value[found.end() :]):
        reader.left_over(part, piece)


def _take_phone(reader: _Reader, piece: Piece) -> None:
    found = EMAIL.search(piece.value)
    if found:
        reader.left_over(piece.value[found.start() :], piece)
    phone = piece.value[: found.start()].strip(" ,;/") if found else piece.value
    if phone:
        reader.put("phone", phone, piece)


# --- people ------------------------------------------------------------------------------------


def _take_head(reader: _Reader, piece: Piece) -> None:
    position = piece.label if piece.field == "position" else ""
    if ENTREPRENEUR.match(piece.value):
        reader.entrepreneur = True
    found = person(ENTREPRENEUR.sub("", piece.value, count=1), position, piece.field == "attorney")
    if not found.facts or (piece.value and not named(piece.value)[0] and piece.field == "position"):
        reader.not_understood(piece)
        return
    _signs(reader, found, piece)
    reader.left_over(found.rest, piece)


def _signs(reader: _Reader, found: Person, piece: Piece) -> None:
    """Add what is said of a signatory to the one whom it concerns, or a new one."""
    index = next((n for n, one in enumerate(reader.people) if _is_of(one, found.facts)), len(reader.people))
    if index == MOST:
        reader.not_understood(piece)
        return
    if index == len(reader.people):
        reader.people.append({})
        reader.people_from.append([])
    reader.people_from[index].append(piece.source)
    known = reader.people[index]
    fresh = {key: value for key, value in found.facts.items() if key not in known}
    reader.people[index] = {**known, **fresh}
    for name, code, message, hint in found.doubts:
        if name in fresh:
            reader.doubt(("signatories", index, name), code, message, hint)


def _is_of(known: JsonObject, facts: JsonObject) -> bool:
    if "name" in known and "name" in facts:
        return same_person(known["name"], facts["name"])
    return not any(key in known for key in facts)


def _take_basis(reader: _Reader, piece: Piece) -> None:
    opens, closes = piece.value.find("("), piece.value.find(")")
    end = closes if opens < 0 <= closes else len(piece.value)
    facts, doubts = basis(piece.value[:end])
    if not facts:
        reader.not_understood(piece)
        return
    _signs(reader, Person(facts, doubts), piece)
    reader.left_over(piece.value[end:], piece)


# --- what has no label -------------------------------------------------------------------------


def _take_bare(reader: _Reader, piece: Piece) -> None:
    """Read what its own form tells: an e-mail, a name with its legal form, a bank, an address, a phone."""
    value = piece.value
    if EMAIL.fullmatch(value):
        reader.put("email", value, piece)
    elif is_bank(value) and _lacks_bank(reader):
        if not reader.accounts:
            message = f"«{show(value)}»: взято за название банка"
            reader.doubt(("accounts", 0, "bank"), "unlabelled", message, "проверьте, что это банк")
        _take_bank(reader, piece)
    elif is_name(value):
        _take_name(reader, piece)
        if is_bank(value) and not ENTREPRENEUR.match(value):
            message = f"«{show(value)}»: это может быть банк, а не клиент"
            reader.doubt((name_field(value),), "unlabelled", message, "проверьте наименование")
    elif POSTCODE.match(value) and "address" not in reader.values:
        reader.put("address", value, piece)
        reader.doubt(("address",), "unlabelled", "адрес в карточке не подписан", "проверьте, что это адрес из ЕГРЮЛ")
    elif PHONE.fullmatch(value):
        reader.put("phone", value, piece)
    elif FULL_NAME.fullmatch(value):
        reader.unnamed.append(piece)
    else:
        reader.not_understood(piece)


def _lacks_bank(reader: _Reader) -> bool:
    if reader.accounts:
        return "bank" not in reader.accounts[-1]
    return "name" in reader.values or "short_name" in reader.values


_READERS: dict[str, Callable[[_Reader, Piece], Any]] = {
    BARE: _take_bare,
    "inn_kpp": _take_inn_kpp,
    **dict.fromkeys(("inn", "kpp", "ogrn", "okpo"), _take_number),
    **dict.fromkeys(("account", "correspondent", "bik"), _take_account),
    "bank": _take_bank,
    **dict.fromkeys(("name", "short_name", "any_name"), _take_name),
    **dict.fromkeys(("address", "postal_address", "actual_address"), _take_address),
    "email": _take_email,
    "phone": _take_phone,
    **dict.fromkeys(("head", "position", "attorney"), _take_head),
    "basis": _take_basis,
}
