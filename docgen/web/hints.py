"""A form and its draft in, what typed values mean out: a sum in words with its VAT, a name and a position declined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from docgen.assembly import included_vat
from docgen.language import Case, Form, Sex, Words, amount, decline_name, decline_phrase, digits
from docgen.library import FormSpec, is_priced
from docgen.service import Draft, Service
from docgen.web import forms
from docgen.web.fields import Control, Entry, Group, walk

SHOWN: tuple[tuple[Case, str], ...] = (("gent", "кого"), ("datv", "кому"), ("ablt", "кем"))
CASES: tuple[Case, ...] = ("gent", "datv", "accs", "ablt", "loct")
FIELDS = ("name", "position")
ROWS = re.compile(r"/[0-9]+(?=/|$)")


@dataclass(frozen=True, slots=True)
class Hint:
    """What a value means; ``doubt`` asks a person to look; ``forms`` is the place of declined forms to put in."""

    text: str
    doubt: bool = False
    forms: str = ""


def hints(service: Service, form: forms.Form, draft: Draft | None) -> dict[str, Hint]:
    """Return the hints of a form by the name of the field; its draft tells the VAT."""
    words, entries = service.words, [entry for section in form.sections for entry in walk(section.entries)]
    table, spec = forms.form_table(service), service.library.kinds[form.kind].spec
    rate = draft.vat_rate if draft else None
    known = {f"/{(spec.amount or '').replace('.', '/')}": (draft.amount, draft.vat)} if draft else {}
    made = {one.name: hint for one in entries if (hint := _money(table, one, rate, known)) is not None}
    return {**made, **dict(_declined(entries, words))}


def _money(
    table: FormSpec,
    entry: Entry,
    rate: Decimal | None,
    known: Mapping[str, tuple[Decimal | None, Decimal | None]],
) -> Hint | None:
    """Return a sum in words with its VAT; of the whole sum it is the sum of its lines' VAT, as the document has it."""
    if not isinstance(entry, Control) or entry.sort != "money" or (sum_ := _sum(entry.value)) is None:
        return None
    said = amount(sum_)
    if not rate or not is_priced(table, ROWS.sub("", entry.name)[1:].replace("/", ".")):
        return Hint(said)
    percent = f"{rate:f}".replace(".", ",")
    whole, vat = known.get(entry.name, (None, None))
    vat = vat if vat is not None and whole == sum_ else included_vat(sum_, rate)
    return Hint(f"{said}, в том числе НДС {percent} % — {digits(vat)}\u00a0₽")


def _sum(text: object) -> Decimal | None:
    plain = re.sub(r"[\s\u00a0]", "", str(text)).replace(",", ".")
    return Decimal(plain) if re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,2})?", plain) else None


def _declined(entries: list[Entry], words: Words) -> Iterator[tuple[str, Hint]]:
    for group in entries:
        names = {one.name.rpartition("/")[2]: one for one in group.entries} if isinstance(group, Group) else {}
        for field in FIELDS:
            control, given = names.get(field), names.get(f"{field}_forms")
            if not isinstance(control, Control) or not isinstance(given, Group) or given.present:
                continue
            text = str(control.value).strip()
            if text and not ("«" in text and field == "name"):  # an organisation, left from another choice
                sex = names.get("sex")
                made = {case: decline(field, text, case, getattr(sex, "value", ""), words) for case in CASES}
                said = "; ".join(f"{question}: {made[case].text}" for case, question in SHOWN)
                yield control.name, Hint(said, not all(made[case].certain for case, _ in SHOWN), given.name)


def decline(field: str, text: str, case: Case, sex: str, words: Words) -> Form:
    """Return a form of a name or of a position, as the document's text has it."""
    if field == "position":
        return decline_phrase(text, case, words)
    known: Sex | None = "m" if sex == "m" else "f" if sex == "f" else None
    return decline_name(text, case, known, words)
