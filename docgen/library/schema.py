"""The shapes of the library's YAML: clauses, terms, norms, requisites, kinds, the form; unknown keys are refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Case = Literal["nomn", "gent", "datv", "accs", "ablt", "loct"]
Gender = Literal["m", "f", "n"]
ParameterType = Literal["integer", "decimal", "money", "boolean", "text", "choice"]
FieldType = Literal[
    "integer", "decimal", "money", "boolean", "text", "choice", "date", "lines", "choices", "items", "numbers", "rows"
]  # fmt: skip
Bound = int | Decimal
Plain = bool | int | Decimal | str

STANDARD = "standard"
IDENTIFIER = r"^[a-z][a-z0-9_]{0,34}$"


class Spec(BaseModel):
    """A strict, frozen piece of the library."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Wording(Spec):
    """A text by language; Russian is required and prevails."""

    ru: str
    en: str | None = None


class VariantSpec(Spec):
    """One wording of a clause and the condition under which it is the one chosen."""

    when: str | None = None
    text: Wording


class EditionSpec(Spec):
    """The wording(s) in force from a day until a day, both inclusive."""

    start: date = Field(alias="from")
    until: date | None = None
    text: Wording | None = None
    variants: dict[str, VariantSpec] | None = None

    def choices(self) -> Mapping[str, VariantSpec]:
        """Return the variants; a lone text is the variant ``standard``."""
        if self.text is not None:
            return {STANDARD: VariantSpec(text=self.text)}
        return self.variants or {}


class ParameterSpec(Spec):
    """A number or word of a clause that an order may set, within bounds."""

    type: ParameterType
    default: Plain
    min: Bound | None = None
    max: Bound | None = None
    values: tuple[str, ...] | None = Field(default=None, strict=False)
    unit: str = ""
    label: str
    help: str = ""
    variants: tuple[str, ...] | None = Field(default=None, strict=False)


class LegalSpec(Spec):
    """A norm a clause rests on, the day it was last checked and how certain it is (V, T or R)."""

    norm: str
    checked: date
    certainty: Literal["V", "T", "R"]
    owner: str | None = None


class ClauseSpec(Spec):
    """A clause: what it carries out, when it stands, what may be set in it and its wordings."""

    rule: int | None = None
    rules: tuple[int, ...] | None = Field(default=None, strict=False)
    obliged: tuple[Literal["firm", "client"], ...] = Field(default=(), strict=False)
    required: bool = False
    when: str | None = None
    off: bool = False
    legal: tuple[LegalSpec, ...] = Field(default=(), strict=False)
    parameters: dict[str, ParameterSpec] = Field(default_factory=dict)
    text: Wording | None = None
    variants: dict[str, VariantSpec] | None = None
    editions: tuple[EditionSpec, ...] | None = Field(default=None, strict=False)

    def all_editions(self) -> tuple[EditionSpec, ...]:
        """Return the editions; wordings without a date are one edition in force always."""
        if self.editions is not None:
            return self.editions
        return (EditionSpec(**{"from": date.min}, text=self.text, variants=self.variants),)

    def edition_on(self, day: date) -> EditionSpec | None:
        """Return the edition in force on a day, or None."""
        for edition in self.all_editions():
            if edition.start <= day and (edition.until is None or day <= edition.until):
                return edition
        return None

    def carried_rules(self) -> tuple[int, ...]:
        """Return the numbers of the interaction rules that the clause carries out."""
        return self.rules or (() if self.rule is None else (self.rule,))

    def variant_names(self) -> frozenset[str]:
        """Return the names of all variants in all editions."""
        return frozenset(name for edition in self.all_editions() for name in edition.choices())


class PhraseSpec(Spec):
    """A text used inside texts; ``takes`` names what it is given and of which shape."""

    takes: dict[str, str]
    text: Wording


class FormsSpec(Spec):
    """A defined term in six cases."""

    nomn: str
    gent: str
    datv: str
    accs: str
    ablt: str
    loct: str

    def cases(self) -> Iterator[tuple[str, str]]:
        """Yield (case, form)."""
        for name in type(self).model_fields:
            yield name, getattr(self, name)


class TermVariantSpec(Spec):
    """What a term is called under a condition."""

    when: str
    gender: Gender
    forms: FormsSpec


class TermSpec(Spec):
    """A defined term: its forms, gender, other names under conditions, and words that agree with it."""

    forms: FormsSpec
    gender: Gender
    variants: tuple[TermVariantSpec, ...] = Field(default=(), strict=False)
    agreeing: dict[str, dict[Gender, str]] = Field(default_factory=dict)

    def words(self) -> Iterator[str]:
        """Yield every name that a text may use for this term."""
        yield from dict.fromkeys(form for _, form in self.forms.cases())
        yield from self.agreeing


class NormSpec(Spec):
    """A norm of law: how it is cited and who in the firm watches it."""

    title: str
    owner: str
    note: str = ""


class RequisiteSpec(Spec):
    """One label and value of the parties' block, or (``rows``) several that go together."""

    label: str = ""
    text: str = ""
    rows: tuple[RequisiteSpec, ...] = Field(default=(), strict=False)
    when: str | None = None
    each: str | None = None
    name: str | None = Field(default=None, alias="as")


class SignatureSpec(Spec):
    """Who signs for a party of some kind: position and name, once or for each of a list."""

    when: str | None = None
    each: str | None = None
    name: str | None = Field(default=None, alias="as")
    position: str = ""
    signer: str


class VatRateSpec(Spec):
    """How a tax profile stands to VAT in a period: the rate in percent, or no rate and the words that say why."""

    start: date = Field(alias="from")
    until: date | None = None
    rate: Bound | None = None
    phrase: str
    norm: str


class VatProfileSpec(Spec):
    """A tax profile: its name and its standing by dates."""

    title: str
    rates: tuple[VatRateSpec, ...] = Field(strict=False)


class VatSpec(Spec):
    """The VAT table."""

    profiles: dict[str, VatProfileSpec]


class CalendarYearSpec(Spec):
    """The act by which a year's days off were settled, the day it was last checked and how certain that is."""

    act: str
    checked: date
    certainty: Literal["V", "T", "R"]


class CalendarSpec(Spec):
    """The years whose working days are officially known."""

    years: dict[Annotated[str, Field(pattern=r"^20[0-9]{2}$")], CalendarYearSpec]


class SheetColumnSpec(Spec):
    """A column of a spreadsheet: the field it fills, its titles, the words for each value, what its numbers count."""

    field: str
    titles: tuple[str, ...] = Field(strict=False)
    unit: Literal["hours"] | None = None
    words: dict[str, Annotated[tuple[str, ...], Field(strict=False)]] = Field(default_factory=dict)


class SheetSpec(Spec):
    """A list of the matter's data in a spreadsheet: the names of its sheets and its columns."""

    sheets: tuple[str, ...] = Field(strict=False)
    columns: tuple[SheetColumnSpec, ...] = Field(strict=False)


class SheetsSpec(Spec):
    """The lists of the matter's data in spreadsheets; ``totals`` are the words that begin a row of totals."""

    totals: tuple[str, ...] = Field(strict=False)
    lists: dict[str, SheetSpec]


class FieldSpec(Spec):
    """A fact of a kind: one field of its form and of its JSON; ``fields`` are those of each of its ``rows``."""

    type: FieldType
    label: str
    help: str = ""
    optional: bool = False
    required_when: str | None = None
    default: Plain | date | None = None
    min: Bound | None = None
    max: Bound | None = None
    values: tuple[str, ...] | None = Field(default=None, strict=False)
    unit: str = ""
    fields: dict[str, FieldSpec] = Field(default_factory=dict)


class ParagraphSpec(Spec):
    """An unnumbered paragraph of a role."""

    role: str
    text: str
    when: str | None = None


class PairSpec(Spec):
    """Two texts on one line."""

    left: str
    right: str
    role: str = "place_date"


class TextSpec(Spec):
    """A clause whose paragraphs are not numbered."""

    role: str
    clause: str


class SectionSpec(Spec):
    """A numbered heading over clauses; it disappears when none is left."""

    id: str = Field(pattern=IDENTIFIER)
    title: str
    when: str | None = None
    role: str = "section"
    clauses: tuple[str, ...] = Field(strict=False)


class PointsSpec(Spec):
    """Clauses numbered 1, 2, 3 without a heading (in an annex)."""

    clauses: tuple[str, ...] = Field(strict=False)


class ColumnSpec(Spec):
    """A column of a table: head, text of a cell, alignment, share of the width in percent."""

    title: str
    text: str
    align: Literal["left", "center", "right"] = "left"
    width: int


class TableSpec(Spec):
    """A table with one row for each thing of a list, and rows of totals."""

    role: str = "table"
    when: str | None = None
    each: str
    name: str = Field(alias="as")
    caption: str = ""
    columns: tuple[ColumnSpec, ...] = Field(strict=False)
    totals: tuple[Annotated[tuple[str, ...], Field(strict=False)], ...] = Field(default=(), strict=False)


class SideSpec(Spec):
    """One side of the parties' block: the term it is called by, or a title, and the party or list of parties."""

    term: str | None = None
    title: str | None = None
    party: str | None = None
    each: str | None = None


ELECTRONIC = "{{ phrase('signed_electronically') }}"
"""What stands instead of a line to sign on."""


class PartiesSpec(Spec):
    """The parties' block, with requisites or with signatures only; ``seal`` tells when seals have a place in it.

    ``electronic`` tells when it is signed electronically: then there are neither lines to sign on nor seals.
    """

    role: str = "parties"
    heading: str | None = None
    requisites: bool = True
    section: bool = False
    seal: str | None = None
    electronic: str | None = None
    sides: tuple[SideSpec, ...] = Field(strict=False)


class AmendmentsSpec(Spec):
    """What a supplementary agreement changes: the points that say so, or the annexes in their new wording.

    ``phrases`` name the library's phrases for each way of changing; ``on`` is the day whose editions, rates and
    words the revised text takes; ``parties`` sign each annex, in the form of the agreement that changes it.
    """

    part: Literal["points", "annexes"]
    on: str = "base.date"
    label: str = ""
    sides: tuple[str, ...] = Field(default=(), strict=False)
    parties: PartiesSpec | None = None


class PaymentQrSpec(Spec):
    """A QR code for a payment: expressions of who gets how much on which account, what for, the words under it."""

    role: str = "qr"
    when: str | None = None
    payee: str
    account: str
    amount: str
    purpose: str
    label: str


class EntrySpec(Spec):
    """One entry of an outline: exactly one of the keys."""

    paragraph: ParagraphSpec | None = None
    pair: PairSpec | None = None
    text: TextSpec | None = None
    section: SectionSpec | None = None
    points: PointsSpec | None = None
    table: TableSpec | None = None
    parties: PartiesSpec | None = None
    annex: AnnexSpec | None = None
    amendments: AmendmentsSpec | None = None
    payment_qr: PaymentQrSpec | None = None

    def only(self) -> tuple[str, Spec] | None:
        """Return the one key given and its value, or None when there is not exactly one."""
        given = self.given()
        return given[0] if len(given) == 1 else None

    def given(self) -> list[tuple[str, Spec]]:
        """Return every key given and its value."""
        return [(name, getattr(self, name)) for name in type(self).model_fields if getattr(self, name) is not None]


class AnnexSpec(Spec):
    """A numbered annex of outline entries; an order may not omit a required one, so references need no guard."""

    id: str = Field(pattern=IDENTIFIER)
    title: str
    label: str
    when: str | None = None
    off: bool = False
    required: bool = False
    role: str = "annex_label"
    blocks: tuple[EntrySpec, ...] = Field(strict=False)


class PresetSpec(Spec):
    """A length of a document: which clauses it leaves out and which it takes in, before the order's own choices."""

    title: str
    help: str = ""
    omit: tuple[str, ...] = Field(default=(), strict=False)
    choose: dict[str, str] = Field(default_factory=dict)


class MendSpec(Spec):
    """One step that mends an order: exactly one of ``remove``, ``set`` (with ``to``), ``strike`` and ``restore``.

    The first three are expressions of a place, as ``at`` is: what stands there goes; becomes the value of ``to``; is a
    sentence of a special term that says nothing else, and the term goes. ``restore`` names a clause, and the order's
    own choices that keep it out or change it go.
    """

    remove: str | None = None
    set: str | None = None
    to: str | None = None
    strike: str | None = None
    restore: str | None = None

    def is_one(self) -> bool:
        """Tell whether it is one step and a whole one."""
        steps = [one for one in (self.remove, self.set, self.strike, self.restore) if one is not None]
        return len(steps) == 1 and (self.set is None) == (self.to is None)


class WaySpec(Spec):
    """One way of several to mend an order: ``title``, a text with values, is what its button says."""

    title: str
    mend: tuple[MendSpec, ...] = Field(strict=False)


class AdviceSpec(Spec):
    """A rule over an order and its assembled document that blocks or warns, with the norm and the one-step cure.

    ``each`` and ``as`` repeat the rule for each thing of a list; ``at`` is an expression (or a pointer in quotes)
    that names the place to show, ``against`` one of the place that it does not agree with; ``message`` and ``cure`` are
    texts with values. ``mend`` does what the cure says, step by step, where that needs no lawyer; ``ways`` do it where
    the lawyer has to choose.
    """

    level: Literal["block", "warn"]
    kinds: tuple[str, ...] | None = Field(default=None, strict=False)
    each: str | None = None
    name: str | None = Field(default=None, alias="as")
    when: str
    at: str
    against: str | None = None
    message: str
    cure: str
    mend: tuple[MendSpec, ...] = Field(default=(), strict=False)
    ways: tuple[WaySpec, ...] = Field(default=(), strict=False)
    legal: tuple[LegalSpec, ...] = Field(default=(), strict=False)


MatterPart = Literal["number", "place", "purpose", "firm", "clients", "services", "fee", "term"]


class KindSpec(Spec):
    """A kind of document: its fields and its outline.

    ``based_on`` names the kinds of the order that it rests on; a ``standalone`` one may do without. ``needs`` are the
    parts of the matter that it cannot do without (when absent, all); ``amount`` is the sum that it speaks of,
    ``vat_rate`` the percent of VAT in its prices, ``vat`` the VAT in ``amount`` (the sum of its lines' VAT).
    """

    kind: str = Field(pattern=IDENTIFIER)
    title: Wording
    group: str = "Прочее"
    facts: dict[str, FieldSpec] = Field(default_factory=dict)
    values: dict[str, str] = Field(default_factory=dict)
    presets: dict[str, PresetSpec] = Field(default_factory=dict)
    based_on: tuple[str, ...] = Field(default=(), strict=False)
    standalone: bool = False
    needs: tuple[MatterPart, ...] | None = Field(default=None, strict=False)
    amount: str | None = None
    vat_rate: str | None = None
    vat: str | None = None
    heading: str
    subject: str
    foot: str
    file_name: str
    outline: tuple[EntrySpec, ...] = Field(strict=False)


class PaperSpec(Spec):
    """A paper of a package: its kind, what it rests on, when it is made, the facts that the package knows.

    ``when``: always; given — for each order of the kind in the package's file; expected — so too, and none is an
    exception; advance — always if the agreement has an advance; monthly — always if the fee is paid by the month, else
    given. ``on``: the agreement (with its supplement), or each paper of a kind made before. A refusal by a code of
    ``unneeded`` means that there is nothing to make.
    """

    kind: str
    on: str | None = None
    when: Literal["always", "given", "expected", "advance", "monthly"] = "always"
    facts: dict[str, Literal["month_start", "month_end", "agreement_day", "day"]] = Field(default_factory=dict)
    unneeded: tuple[str, ...] = Field(default=(), strict=False)


class PackageSpec(Spec):
    """A set of papers made from one matter at once; a ``monthly`` one closes a month."""

    title: str
    monthly: bool = False
    papers: tuple[PaperSpec, ...] = Field(strict=False)


class FormSectionSpec(Spec):
    """A group of questions, by the dotted paths of an order; of two paths that hold a field, the longer has it."""

    id: str = Field(pattern=IDENTIFIER)
    title: str
    help: str = ""
    paths: tuple[str, ...] = Field(strict=False)


class FormDefaultSpec(Spec):
    """What a new order starts with at a path: a ``value``, or the day so many ``months`` after the document's.

    ``when`` are kinds of client: it holds if every client is one of them. ``source`` tells the lawyer why.
    """

    path: str
    value: Any = None
    months: int | None = None
    when: tuple[str, ...] = Field(default=(), strict=False)
    source: str
    norm: str | None = None


class FormTaskSpec(Spec):
    """A usual task: what it is called in a list, its words, the services it takes, the court's procedure."""

    title: str
    task: str
    services: tuple[str, ...] = Field(strict=False)
    proceedings: str | None = None


class FormSpec(Spec):
    """What the web form says: the names of choices, the order of questions, first values, help, norms beside fields.

    ``own_words``, ``help``, ``norms`` and ``rows`` (what a button adds: «клиента») go by dotted path:
    ``matter.fee.model``, ``facts.form`` (of any kind), ``invoice.qr`` (of one), ``fee_time.travel_time`` (a clause's
    parameter), ``party.inn`` (of any party). ``party`` are the first fields of a party, in the order of asking;
    ``priced`` are the paths whose sums hold VAT; ``titles`` are what clauses are called; ``tasks`` are the
    usual ones.
    """

    words: dict[str, str]
    own_words: dict[str, dict[str, str]] = Field(default_factory=dict)
    sections: tuple[FormSectionSpec, ...] = Field(strict=False)
    defaults: tuple[FormDefaultSpec, ...] = Field(default=(), strict=False)
    help: dict[str, str] = Field(default_factory=dict)
    norms: dict[str, str] = Field(default_factory=dict)
    rows: dict[str, str] = Field(default_factory=dict)
    party: tuple[str, ...] = Field(default=(), strict=False)
    priced: tuple[str, ...] = Field(default=(), strict=False)
    titles: dict[str, str] = Field(default_factory=dict)
    tasks: tuple[FormTaskSpec, ...] = Field(default=(), strict=False)


EntrySpec.model_rebuild()
FieldSpec.model_rebuild()
RequisiteSpec.model_rebuild()
