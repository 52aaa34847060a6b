"""An outline, the clauses that stand and the facts in, the document's blocks out (numbers come later)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from docgen.assembly.amendments import Amendment, amendments
from docgen.assembly.choices import REFERENCE, dangling
from docgen.assembly.facts import Facts
from docgen.assembly.filling import FilledParagraph, inlines_of, paragraphs_of, plain
from docgen.assembly.invoices import payment_qr
from docgen.assembly.selection import Chosen, Selection
from docgen.assembly.trace import UnknownCondition, leaf
from docgen.document import (
    Annex,
    Blank,
    Block,
    Clause,
    Column,
    Entry,
    Heading,
    Inline,
    Inlines,
    Pair,
    Paragraph,
    Parties,
    QrCode,
    Ref,
    Side,
    Signature,
    Table,
    Text,
    Value,
)
from docgen.errors import OrderInvalid, Problem
from docgen.library import (
    ELECTRONIC,
    AmendmentsSpec,
    AnnexSpec,
    EntrySpec,
    Library,
    PairSpec,
    ParagraphSpec,
    PartiesSpec,
    PaymentQrSpec,
    PointsSpec,
    RequisiteSpec,
    SectionSpec,
    SideSpec,
    SignatureSpec,
    TableSpec,
    TextSpec,
)
from docgen.model import Choices


class Builder:
    """Builds the blocks of one document."""

    def __init__(self, library: Library, facts: Facts, selection: Selection, choices: Choices) -> None:
        self.library, self.facts, self.selection, self.choices = library, facts, selection, choices

    def blocks(self, entries: Iterable[EntrySpec]) -> tuple[Block, ...]:
        """Return the blocks of outline entries, without those that do not stand."""
        return tuple(block for entry in entries for block in self._noted(entry))

    def _noted(self, entry: EntrySpec) -> tuple[Block, ...]:
        """Return an entry's blocks; what refuses them is noted, so that the rest is still looked at."""
        try:
            return tuple(self._entry(entry))
        except OrderInvalid as error:
            self.facts.state.problems.extend(error.problems)
            return ()

    def _entry(self, entry: EntrySpec) -> Iterator[Block]:
        only = entry.only()
        match only and only[1]:
            case ParagraphSpec() as paragraph:
                if self._holds(paragraph.when):
                    yield Paragraph(paragraph.role, self._inlines(paragraph.text))
            case PairSpec() as pair:
                yield Pair(pair.role, self._inlines(pair.left), self._inlines(pair.right))
            case TextSpec() as text:
                yield from self._unnumbered(text)
            case PointsSpec() as points:
                yield from self._clauses(points.clauses, 1)
            case SectionSpec() as section:
                yield from self._section(section)
            case TableSpec() as table:
                yield from self._table(table)
            case PartiesSpec() as parties:
                yield from self._parties(parties)
            case AnnexSpec() as annex:
                yield from self._annex(annex)
            case AmendmentsSpec() as spec:
                yield from self._amendments(spec)
            case PaymentQrSpec() as code:
                yield from self._payment_qr(code)

    def _holds(self, condition: str | None) -> bool:
        return condition is None or bool(self.facts.evaluate(condition))

    def _inlines(self, text: str, **more: Any) -> Inlines:
        return inlines_of(self.facts.state, self.facts.fill(text, more))

    # --- clauses

    def _section(self, spec: SectionSpec) -> Iterator[Block]:
        if spec.id in self.selection.present:
            yield Heading(spec.id, "", self._inlines(spec.title), spec.role)
            yield from self._clauses(spec.clauses, 2)

    def _unnumbered(self, spec: TextSpec) -> Iterator[Block]:
        chosen = self.selection.chosen.get(spec.clause)
        if chosen is not None:
            for paragraph in self._paragraphs(chosen):
                for inlines in (paragraph.inlines, *paragraph.points):
                    yield Paragraph(spec.role, inlines, spec.clause)

    def _clauses(self, ids: Iterable[str], level: int) -> Iterator[Block]:
        for identifier in ids:
            chosen = self.selection.chosen.get(identifier)
            if chosen is not None:
                yield from self._numbered(chosen, level)
            for index, addition in enumerate(self.choices.add):
                if addition.after == identifier:
                    yield from self._added(index, str(addition.text), level)

    def _numbered(self, chosen: Chosen, level: int) -> Iterator[Block]:
        deviation = chosen.id in self.choices.replace
        yield from _clause_blocks(chosen.id, self._paragraphs(chosen), level, deviation)

    def _added(self, index: int, text: str, level: int) -> Iterator[Block]:
        identifier = f"special_{index + 1}"
        paragraphs = self._special(text, f"/clauses/add/{index}/text")
        yield from _clause_blocks(identifier, paragraphs, level, True)

    def _paragraphs(self, chosen: Chosen) -> tuple[FilledParagraph, ...]:
        replacement = self.choices.replace.get(chosen.id)
        if replacement is not None:
            return self._special(str(replacement), f"/clauses/replace/{chosen.id}")
        return paragraphs_of(self.facts.state, self.facts.fill(chosen.text, chosen.parameters))

    def _special(self, text: str, source: str) -> tuple[FilledParagraph, ...]:
        """Return a special term's paragraphs: the words to the letter, ``{{ ref('id') }}`` a live reference.

        Lines under the first of a paragraph that begin with ``- `` are its sub-clauses.
        """
        return tuple(self._special_paragraph(block, source) for block in re.split(r"\n[ \t]*\n\s*", text.strip()))

    def _special_paragraph(self, block: str, source: str) -> FilledParagraph:
        words, *points = (tuple(self._special_inlines(one.strip(), source)) for one in SPECIAL_POINT.split(block))
        return FilledParagraph(words, tuple(points))

    def _special_inlines(self, text: str, source: str) -> Iterator[Value | Ref]:
        for index, piece in enumerate(REFERENCE.split(text)):
            if index % 2 == 0:
                if piece:
                    yield Value(piece, source)
            elif piece in self.selection.present:
                yield Ref(piece)
            else:
                self._dangling(piece, source)

    def _dangling(self, target: str, source: str) -> None:
        self.facts.state.problems.append(dangling(source, target, "причину, по которой его нет, даёт docgen explain"))

    # --- tables

    def _table(self, spec: TableSpec) -> Iterator[Block]:
        if not self._holds(spec.when):
            return
        columns = tuple(Column(self._inlines(column.title), column.align, column.width) for column in spec.columns)
        items = tuple(self.facts.evaluate(spec.each))
        rows = tuple(self._row(spec, item, index, len(items)) for index, item in enumerate(items))
        totals = tuple(tuple(self._inlines(cell) for cell in cells) for cells in spec.totals)
        yield Table(spec.role, columns, rows, tuple(row for row in totals if any(row)), spec.caption)

    def _row(self, spec: TableSpec, item: Any, index: int, length: int) -> tuple[Inlines, ...]:
        last = index == length - 1
        loop = {"index": index + 1, "index0": index, "first": index == 0, "last": last, "length": length}
        names = {spec.name: item, "loop": loop}
        return tuple(self._inlines(column.text, **names) for column in spec.columns)

    # --- payments

    def _payment_qr(self, spec: PaymentQrSpec) -> Iterator[Block]:
        if self._holds(spec.when):
            payee, account, amount = (self.facts.evaluate(one) for one in (spec.payee, spec.account, spec.amount))
            payload = payment_qr(payee, account, amount, plain(self._inlines(spec.purpose)))
            if payload:
                yield QrCode(spec.role, payload, self._inlines(spec.label))

    # --- parties

    def _parties(self, spec: PartiesSpec) -> Iterator[Block]:
        if spec.heading is not None:
            yield Paragraph("parties_heading", self._inlines(spec.heading))
        yield Parties(spec.role, tuple(side for one in spec.sides for side in self._sides(one, spec)))

    def _sides(self, spec: SideSpec, block: PartiesSpec) -> Iterator[Side]:
        found = self.facts.evaluate(spec.party or spec.each or "")
        for party in [found] if spec.party is not None else found:
            called = spec.title if spec.term is None else self._term(spec.term)
            heading = self._inlines("**{{ heading }}**", heading=called)
            entries = self._requisites(party, "requisites" if block.requisites else "named")
            yield Side(heading, tuple(entries), self._signatures(party, block))

    def _term(self, term: str) -> str:
        return str(self.facts.names[self.library.terms[term].spec.forms.nomn])

    def _requisites(self, party: Any, shelf: str) -> Iterator[Entry]:
        """Yield a party's requisites, or (shelf ``named``) only who it is."""
        for placed in getattr(self.library, shelf).get(str(party.kind), ()):
            yield from self._requisite(placed.spec, {"party": party})

    def _requisite(self, row: RequisiteSpec, names: Mapping[str, Any]) -> Iterator[Entry]:
        for more in self._repeated(row, names):
            if row.text:
                yield Entry(row.label, tuple(map(_in_column, self._inlines(row.text, **more))))
            for below in row.rows:
                yield from self._requisite(below, more)

    def _signatures(self, party: Any, block: PartiesSpec) -> tuple[Signature, ...]:
        """Return a party's signatures; its one seal, where seals have a place, stands at the last."""
        found: list[Signature] = []
        electronic = block.electronic is not None and self._holds(block.electronic)
        words = self._inlines(ELECTRONIC) if electronic else ()
        sealed = not electronic and self._holds(block.seal)
        for placed in self.library.signatures.get(str(party.kind), ()):
            row = placed.spec
            for names in self._repeated(row, {"party": party}):
                position = self._inlines(row.position, **names)
                found.append(Signature(position, self._inlines(row.signer, **names), False, words))
        return (*found[:-1], *(replace(last, seal=sealed and bool(party.seal)) for last in found[-1:]))

    def _repeated(
        self, row: RequisiteSpec | SignatureSpec, names: Mapping[str, Any]
    ) -> Iterator[Mapping[str, Any]]:
        """Yield the names that a row is filled with: never, once, or once for each of its list."""
        if row.when is not None and not self.facts.evaluate(row.when, names):
            return
        if row.each is None or row.name is None:
            yield names
            return
        for item in self.facts.evaluate(row.each, names):
            yield {**names, row.name: item}

    # --- amendments

    def _amendments(self, spec: AmendmentsSpec) -> Iterator[Block]:
        """Yield the points of a supplementary agreement, or the annexes that it gives in a new wording."""
        base = self.facts.base
        if base is None or base.signed is None:
            raise UnknownCondition("/based_on")
        revised = base.revise(self.facts.evaluate(spec.on))
        found = amendments(base.signed, revised)
        annexes = [one.annex for one in found if one.annex is not None]
        if spec.part == "annexes":
            yield from (self._new_wording(spec, annex) for annex in annexes)
            return
        order = {annex.id: place for place, annex in enumerate(annexes, 1)}
        for index, one in enumerate(found, 1):
            place = order[one.annex.id] if one.annex is not None else 0
            yield from self._amendment(spec, one, f"amendment_{index}", place)
        if not found:
            message = "изменений нет: условия договора остались прежними"
            hint = "впишите в matter то, что меняется: fee, term, services, firm, clients"
            self.facts.state.problems.append(Problem("/matter", "no_amendments", message, hint))

    def _new_wording(self, spec: AmendmentsSpec, annex: Annex) -> Annex:
        """Return an annex as this agreement gives it: labelled and signed as its own."""
        signed = tuple(self._parties(spec.parties)) if spec.parties else ()
        blocks = (signed if signed and isinstance(one, Parties) else (one,) for one in annex.blocks)
        return replace(annex, label=self._inlines(spec.label), number="", blocks=tuple(chain.from_iterable(blocks)))

    def _amendment(self, spec: AmendmentsSpec, one: Amendment, identifier: str, annex: int) -> Iterator[Block]:
        given = {
            "numbers": leaf(", ".join(one.numbers), "based_on"),
            "several": len(one.numbers) > 1,
            "annex": leaf(str(annex), "amendments"),
            "title": one.annex and plain(one.annex.title),
            "side": self.facts.names[spec.sides[min(one.side, len(spec.sides) - 1)]] if spec.sides else "",
        }
        text = self.library.phrases[f"amendment_{one.way}"].spec.text.ru
        yield Clause(identifier, identifier, 1, "", self._inlines(text, **given))
        last = len(one.words) - 1
        for place, words in enumerate(one.words):
            opening, closing = "«" if place == 0 else "", "»." if place == last else ""
            yield Paragraph("quoted", (Text(opening), *words, Text(closing)))

    # --- annexes

    def _annex(self, spec: AnnexSpec) -> Iterator[Block]:
        if spec.id in self.selection.present:
            blocks = self.blocks(spec.blocks)
            yield Annex(spec.id, "", self._inlines(spec.label), self._inlines(spec.title), blocks)


SPECIAL_POINT = re.compile(r"\n[ \t]*- ")
COLUMN_RULE = 26


def _in_column(inline: Inline) -> Inline:
    """Return a blank as a rule that the column of requisites holds, in two lines where much is to be written."""
    if not isinstance(inline, Blank) or len(inline.text) <= COLUMN_RULE:
        return inline
    rule = "_" * COLUMN_RULE
    return Blank(rule if len(inline.text) < 2 * COLUMN_RULE - 10 else f"{rule}\n{rule}", inline.source)


def _clause_blocks(
    identifier: str, paragraphs: Iterable[FilledParagraph], level: int, deviation: bool
) -> Iterator[Clause]:
    """Yield a clause's numbered paragraphs: the first bears the id, sub-clauses stand one level lower."""
    for index, paragraph in enumerate(paragraphs):
        bearer = identifier if index == 0 else ""
        yield Clause(bearer, identifier, 1 if level == 1 else 2, "", paragraph.inlines, deviation)
        for point in paragraph.points:
            yield Clause("", identifier, 2 if level == 1 else 3, "", point, deviation)
