"""Clauses left out, chosen and set: no dangling reference, no gap, and a parameter changes only its own clauses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest

from docgen.assembly import Cause
from docgen.document import Annex, Block, Clause, Document, Heading, Inline, Parties, Ref, Strong, Table, Text, Value
from docgen.errors import OrderInvalid
from docgen.library import AnnexSpec, ClauseSpec, EntrySpec, ParameterSpec, PointsSpec, SectionSpec, TextSpec
from docgen.service import Draft, Service
from tests.conftest import SAMPLES, blocks_of

STEMS = ("company_stages", "consumer_advance", "advocate_two_clients")
MORE = ("consumer_short", "company_full_hourly", "entrepreneur_subscription", "bankruptcy_instances")
"""Samples of the other presets and fee models, where clauses are left out singly only (pairs would take minutes)."""


def placed(service: Service) -> dict[str, ClauseSpec]:
    """Return the clauses that the agreement places (other kinds have their own)."""
    return {name: service.library.clauses[name].spec for name in ids_of(outline(service))}


def ids_of(entries: tuple[EntrySpec, ...]) -> Iterator[str]:
    for entry in entries:
        match entry.only():
            case ("text", TextSpec(clause=clause)):
                yield clause
            case ("section" | "points", SectionSpec(clauses=clauses) | PointsSpec(clauses=clauses)):
                yield from clauses
            case ("annex", AnnexSpec(blocks=blocks)):
                yield from ids_of(blocks)


def outline(service: Service) -> tuple[EntrySpec, ...]:
    return service.library.kinds["services_agreement"].spec.outline


def optional(service: Service) -> list[str]:
    return [name for name, spec in placed(service).items() if not spec.required]


def without(order: Any, ids: tuple[str, ...]) -> Any:
    """Return the order with clauses left out and every special term that leans on them gone."""
    choices = order.setdefault("clauses", {})
    choices["omit"] = sorted({*choices.get("omit", []), *ids})
    choices["replace"] = {key: text for key, text in choices.get("replace", {}).items() if key not in ids}
    choices["add"] = [one for one in choices.get("add", []) if one["after"] not in ids and "ref(" not in one["text"]]
    choices["replace"] = {key: text for key, text in choices["replace"].items() if "ref(" not in text}
    for name in ("choose", "parameters"):
        choices[name] = {key: value for key, value in choices.get(name, {}).items() if key not in ids}
    return order


def check_whole(document: Document, left_out: tuple[str, ...]) -> None:
    """Assert that numbers run without gaps, every reference is live, no heading is empty."""
    check_numbers(document.blocks)
    targets = {block.id for block in blocks_of(document) if isinstance(block, Heading | Clause | Annex)}
    for block in blocks_of(document):
        if isinstance(block, Clause):
            assert block.clause not in left_out
        for inline in inlines(block):
            if isinstance(inline, Ref):
                assert inline.target in targets
                assert inline.number


def check_numbers(blocks: tuple[Block, ...]) -> None:
    expected, annexes = [0, 0, 0], 0
    for previous, block in zip((None, *blocks), blocks, strict=False):
        if isinstance(block, Annex):
            annexes += 1
            assert block.number == str(annexes)
            check_numbers(block.blocks)
        elif isinstance(block, Heading | Clause):
            level = 1 if isinstance(block, Heading) else block.level
            expected = [*expected[: level - 1], expected[level - 1] + 1, *([0] * (3 - level))]
            assert block.number == ".".join(str(part) for part in expected[:level])
        assert not (isinstance(previous, Heading) and not isinstance(block, Clause)), "an empty heading"


def inlines(block: Block) -> Iterator[Inline]:
    match block:
        case Table(_, columns, rows, totals):
            cells = [column.title for column in columns] + [cell for row in (*rows, *totals) for cell in row]
            parts = [inline for cell in cells for inline in cell]
        case Parties(_, sides):
            parts = [inline for side in sides for entry in side.entries for inline in entry.inlines]
        case Annex():
            parts = [*block.label, *block.title]
        case _:
            parts = list(getattr(block, "inlines", ()))
    for inline in parts:
        yield inline
        if isinstance(inline, Strong):
            yield from inline.children


@pytest.mark.parametrize("stem", STEMS)
def test_every_optional_clause_may_be_left_out_singly_and_in_pairs(
    stem: str, service: Service, draft: Callable[..., Draft], order: Any
) -> None:
    present = {block.clause for block in blocks_of(draft(order(stem)).document) if isinstance(block, Clause)}
    names = [name for name in optional(service) if name in present]
    assert len(names) > 20
    pairs = combinations(names, 2) if stem == "consumer_advance" else kindred(service, names)
    for left_out in [(name,) for name in names] + list(pairs):
        check_whole(draft(without(order(stem), left_out)).document, left_out)


def kindred(service: Service, names: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs that may tell on each other: of one section, or named together in some text."""
    together = [set(entry.section.clauses) for entry in outline(service) if entry.section is not None]
    for spec in placed(service).values():
        for edition in spec.all_editions():
            for variant in edition.choices().values():
                together.append(set(re.findall(r"(?:has|ref)\('(\w+)'\)", variant.text.ru)))
    for pair in combinations(names, 2):
        if any(group.issuperset(pair) for group in together):
            yield pair


@pytest.mark.parametrize("stem", MORE)
def test_every_optional_clause_and_annex_of_the_other_presets_and_fees_may_be_left_out(
    stem: str, service: Service, draft: Callable[..., Draft], order: Any
) -> None:
    blocks = list(blocks_of(draft(order(stem)).document))
    present = {block.clause for block in blocks if isinstance(block, Clause)}
    annexes = [block.id for block in blocks if isinstance(block, Annex) and block.id != "annex_price"]
    for name in [*(name for name in optional(service) if name in present), *annexes]:
        check_whole(draft(without(order(stem), (name,))).document, (name,))


@pytest.mark.parametrize("stem", [*STEMS, *MORE])
def test_every_section_may_lose_all_its_optional_clauses(
    stem: str, service: Service, draft: Callable[..., Draft], order: Any
) -> None:
    left_out = tuple(optional(service))
    document = draft(without(order(stem), left_out)).document
    check_whole(document, left_out)
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    assert 0 < len(headings) < len([entry for entry in outline(service) if entry.section])


@pytest.mark.parametrize("stem", [*STEMS, "consumer_short", "entrepreneur_subscription"])
def test_every_variant_of_every_clause_leaves_the_document_whole(
    stem: str, service: Service, draft: Callable[..., Draft], order: Any
) -> None:
    for name, spec in placed(service).items():
        for variant in spec.variant_names():
            changed = order(stem)
            changed.setdefault("clauses", {}).setdefault("choose", {})[name] = variant
            changed["clauses"]["omit"] = []
            try:
                check_whole(draft(changed).document, ())
            except OrderInvalid as refused:
                found = [(problem.where, problem.code) for problem in refused.problems]
                assert found == [(f"/clauses/choose/{name}", "out_of_place")]


def test_a_variant_for_another_case_is_refused_even_where_it_is_the_default(
    draft: Callable[..., Draft], order: Any
) -> None:
    changed = order("consumer_advance")
    chosen = {"acceptance": "business", "refusal": "business", "copies": "electronic", "claims": "standard"}
    changed.setdefault("clauses", {})["choose"] = chosen
    with pytest.raises(OrderInvalid) as raised:
        draft(changed)
    assert {problem.where for problem in raised.value.problems} == {f"/clauses/choose/{name}" for name in chosen}
    assert {problem.code for problem in raised.value.problems} == {"out_of_place"}


# --- parameters ------------------------------------------------------------------------------


def other_value(spec: ParameterSpec) -> Any:
    """Return another admissible value of a parameter."""
    if spec.type == "boolean":
        return not spec.default
    if spec.values is not None:
        return next(value for value in spec.values if value != spec.default)
    if spec.type == "text":
        return f"{spec.default} (иначе)"
    if isinstance(spec.default, Decimal):
        return spec.default * 2 if spec.max is None or spec.default * 2 <= spec.max else spec.default / 2
    assert isinstance(spec.default, int)
    return spec.default + 1 if spec.max is None or spec.default < spec.max else spec.default - 1


def words(document: Document) -> dict[str, list[str]]:
    """Return the words of each clause, and of each table and the rest under a name of their own."""
    found: dict[str, list[str]] = {}
    for index, block in enumerate(blocks_of(document)):
        key = block.clause if isinstance(block, Clause) else f"#{index}"
        found.setdefault(key, []).append("".join(word(inline) for inline in inlines(block)))
    return found


def word(inline: Inline) -> str:
    match inline:
        case Text(text) | Value(text, _):
            return text
        case Ref(_, number):
            return number
        case _:
            return ""


def applies(spec: ParameterSpec, variant: str) -> bool:
    return spec.variants is None or variant in spec.variants


def all_parameters(service: Service) -> Iterator[tuple[str, ClauseSpec, str, ParameterSpec]]:
    for name, clause in placed(service).items():
        for parameter, spec in clause.parameters.items():
            yield name, clause, parameter, spec


def probes(order: Any) -> Iterator[Any]:
    """Yield orders in which, taken together, every variant of every clause stands."""
    for path in SAMPLES:
        if path.parent.name == "services_agreement":
            yield order(path.stem)
    for kind in ("self_employed", "entrepreneur"):
        yield alone(order("company_stages"), kind)
    citizen = order("advocate_two_clients")
    citizen["matter"]["purpose"] = "consumer"
    citizen["matter"]["clients"] = order("consumer_advance")["matter"]["clients"]
    del citizen["matter"]["obligation"]
    yield citizen
    electronic = order("company_stages")
    electronic["facts"]["form"] = "electronic"
    yield electronic
    premium = order("company_stages")
    premium["matter"]["success"] = {"amount": 50000, "event": "Получение Заказчиком денег от должника", "days": 5}
    yield premium
    for stem in ("company_stages", "advocate_two_clients"):
        short = order(stem)
        short["clauses"] = {"preset": "short"}
        yield short
    citizen = citizen | {"clauses": {"preset": "short"}}
    yield citizen


def alone(order: Any, kind: str) -> Any:
    """Return the order with a firm that has no specialists: one person."""
    firm = {
        "kind": kind,
        "name": "Кравцова Ирина Львовна",
        "address": "620014, г. Екатеринбург, ул. Вайнера, д. 9",
        "inn": "500100732259",
        "tax": [{"from": "2025-01-01", "profile": "npd" if kind == "self_employed" else "usn_5"}],
        "accounts": [
            {
                "bank": "Уральский банк ПАО Сбербанк",
                "bik": "046577674",
                "account": "40702810316540001234",
                "correspondent": "30101810500000000674",
            }
        ],
    }
    order["matter"]["firm"] = firm | ({"ogrnip": "304500116000157"} if kind == "entrepreneur" else {})
    order["matter"]["expenses"] = {"mode": "client_direct"}
    return order


def test_another_value_of_a_parameter_changes_exactly_the_clause_that_declares_it(
    service: Service, draft: Callable[..., Draft], order: Any
) -> None:
    seen: set[tuple[str, str, str]] = set()
    for probe in probes(order):
        probe.setdefault("clauses", {}).update({"omit": [], "replace": {}, "parameters": {}, "add": []})
        probe["clauses"]["choose"] = {name: next(iter(spec.variant_names())) for name, spec in off(service)}
        probe["clauses"]["choose"] |= dict.fromkeys(off_annexes(service), "standard")
        before = draft(probe)
        chosen = {one.id: one.variant for one in before.decisions if one.included and one.variant}
        for name, _, parameter, spec in all_parameters(service):
            if name not in chosen or not applies(spec, chosen[name]) or (name, chosen[name], parameter) in seen:
                continue
            probe["clauses"]["parameters"] = {name: {parameter: other_value(spec)}}
            if changed := differing(before.document, draft(probe).document):
                assert changed == {name}, (name, chosen[name], parameter)
                seen.add((name, chosen[name], parameter))
    wanted = {
        (name, variant, parameter)
        for name, clause, parameter, spec in all_parameters(service)
        for variant in clause.variant_names()
        if applies(spec, variant)
    }
    assert wanted - seen == set()


def off(service: Service) -> Iterator[tuple[str, ClauseSpec]]:
    for name, spec in placed(service).items():
        if spec.off and spec.when is None:
            yield name, spec


def off_annexes(service: Service) -> Iterator[str]:
    for entry in outline(service):
        if entry.annex is not None and entry.annex.off:
            yield entry.annex.id


def differing(before: Document, after: Document) -> set[str]:
    """Return the clauses (and tables) whose words differ."""
    first, second = words(before), words(after)
    return {key for key in first.keys() | second.keys() if first.get(key) != second.get(key)}


def test_a_required_clause_cannot_be_left_out(draft: Callable[..., Draft], service: Service, order: Any) -> None:
    required = [name for name, spec in placed(service).items() if spec.required]
    changed = order("company_stages")
    changed.setdefault("clauses", {})["omit"] = required
    with pytest.raises(OrderInvalid) as raised:
        draft(changed)
    assert {problem.code for problem in raised.value.problems} == {"required_clause"}
    assert len(raised.value.problems) == len(required)


def test_a_decision_tells_its_cause_in_parts(draft: Callable[..., Draft], order: Any) -> None:
    made = {one.id: one for one in draft(order("company_stages")).decisions}
    assert made["fee_stages"].cause == Cause("condition", ("matter.fee.model == 'stages'",))
    assert made["acceptance"].cause == Cause("condition", ("order.preset != 'short'",), "sec_acceptance")
    assert made["channel_use"].cause == Cause("off", part="annex_channels")
    assert made["task"].cause == made["task"].wording == Cause()
