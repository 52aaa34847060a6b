"""One mistake planted alone, wherever it may be: exactly one problem, at its own line, with a cure."""

# ruff: noqa: E501 - a mistake is a line

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from docgen.config import Settings
from docgen.errors import Problem
from docgen.service import build_service
from tests.conftest import ROOT

KIND = "templates/services_agreement/kind.yaml"
FEE, FINAL, SUBJECT, ENDING = (f"clauses/{name}.yaml" for name in ("fee", "final", "subject", "ending"))
TERMS, VAT, NORMS, PREAMBLE = (f"clauses/{name}.yaml" for name in ("terms", "vat", "norms", "preamble"))
REQUISITES, CALENDAR, WORDS = (f"clauses/{name}.yaml" for name in ("requisites", "calendar", "words"))
SUPPLEMENT = "templates/supplementary_agreement/kind.yaml"
COOPERATION, FORM = "clauses/cooperation.yaml", "templates/_matter.yaml"
NEW = "clauses/zz_new.yaml"


@dataclass(frozen=True)
class Slip:
    """A mistake: the words of a file that are changed (none: a new file), and where it must be told."""

    code: str
    file: str
    old: str
    new: str
    at: str
    """Words of the line that must be named."""
    placed: str = ""
    """A new clause that the outline gets, so that it is not unused."""
    told_in: str = ""
    """The file that must be named, when it is another one."""
    told_at: int = 0
    """Which of the lines that have the words must be named."""


def new(code: str, text: str, at: str, placed: str = "zz") -> Slip:
    """Return a mistake in a new file whose clause ``zz`` stands in the outline."""
    return Slip(code, NEW, "", text, at, placed)


def text(code: str, words: str, at: str) -> Slip:
    """Return a mistake in the text of a new clause."""
    body = words.replace("\n", "\n        ")
    return new(code, f"clauses:\n  zz:\n    text:\n      ru: |\n        {body}\n", at)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Give a copy of a library kept to be spoiled: its words are frozen, so that mistakes keep their places."""
    shutil.copytree(Path(__file__).parent / "to_spoil", tmp_path, dirs_exist_ok=True)
    (tmp_path / "templates/_look").symlink_to(ROOT / "templates/_look")
    return tmp_path


def plant(library: Path, slip: Slip) -> str:
    """Plant a mistake; return where it must be told."""
    path = library / slip.file
    before = path.read_text(encoding="utf-8") if slip.old else ""
    assert slip.old in before
    path.write_text(before.replace(slip.old, slip.new, 1) if slip.old else slip.new, encoding="utf-8")
    if slip.placed:
        outline = (library / KIND).read_text(encoding="utf-8")
        changed = outline.replace("clauses: [subject,", f"clauses: [subject, {slip.placed},", 1)
        assert changed != outline
        (library / KIND).write_text(changed, encoding="utf-8")
    file = slip.told_in or slip.file
    lines = (library / file).read_text(encoding="utf-8").split("\n")
    return f"{file}:{[number for number, line in enumerate(lines, 1) if slip.at in line][slip.told_at]}"


def told(library: Path) -> list[Problem]:
    return list(build_service(Settings(library=library)).check())


UNKNOWN_KEYS = [
    Slip("unknown_key", FEE, "  fee_advance:\n", "  fee_advance:\n    priority: 1\n", "priority"),
    Slip("unknown_key", FEE, "    parameters:\n      overdue", "    parametrs:\n      overdue", "parametrs"),
    Slip("unknown_key", FEE, "        label: Просрочка", "        lable: Просрочка", "lable"),
    Slip("unknown_key", FEE, "        help: Счита", "        halp: Счита", "halp"),
    Slip(
        "unknown_key",
        FEE,
        "    text:\n      ru: |\n        Вознаграждение {{",
        "    texts:\n      ru: |\n        Вознаграждение {{",
        "texts",
    ),
    Slip(
        "unknown_key",
        FEE,
        "    text:\n      ru: |\n        Вознаграждение {{",
        "    txt:\n      ru: |\n        Вознаграждение {{",
        "txt",
    ),
    Slip(
        "unknown_key",
        FEE,
        "    text:\n      ru: |\n        Вознаграждение {{",
        "    text:\n      rus: |\n        Вознаграждение {{",
        "rus:",
    ),
    Slip("unknown_key", FEE, "    variants:\n", "    variant:\n", "variant:"),
    Slip("unknown_key", FEE, "    required: true\n", "    requird: true\n", "requird"),
    Slip("unknown_key", FEE, "    when: matter.fee.advance\n", "    whenn: matter.fee.advance\n", "whenn"),
    Slip("unknown_key", FEE, "{norm: gk_709, checked", "{norm: gk_709, cheked", "cheked"),
    Slip("unknown_key", FEE, "{norm: gk_709, checked", "{nrom: gk_709, checked", "nrom"),
    Slip("unknown_key", FEE, "clauses:\n", "clause:\n", "clause:"),
    Slip("unknown_key", FEE, "clauses:\n", "colour: red\nclauses:\n", "colour"),
    Slip("unknown_key", TERMS, "    gender: m\n", "    gendr: m\n", "gendr"),
    Slip("unknown_key", TERMS, "      - when: firm", "      - whne: firm", "whne"),
    Slip("unknown_key", TERMS, "ablt: Исполнителем", "abl: Исполнителем", "abl:"),
    Slip("unknown_key", TERMS, "    forms: {nomn: Зак", "    form: {nomn: Зак", "form:"),
    Slip("unknown_key", TERMS, "terms:\n", "term:\n", "term:"),
    Slip("unknown_key", KIND, 'foot: "', 'foott: "', "foott"),
    Slip("unknown_key", KIND, "title: {ru", "titl: {ru", "titl:"),
    Slip("unknown_key", KIND, "values:\n", "value:\n", "value:"),
    Slip("unknown_key", KIND, "facts:\n", "fact:\n", "fact:"),
    Slip("unknown_key", KIND, "outline:\n", "outlin:\n", "outlin:"),
    Slip("unknown_key", KIND, "align: center, width: 6}", "align: center, widht: 6}", "widht"),
    Slip("unknown_key", KIND, "align: center, width: 6}", "align: center, width: 6, colour: red}", "colour"),
    Slip("unknown_key", KIND, "- section: {id: sec_fee,", "- sectionn: {id: sec_fee,", "sectionn"),
    Slip("unknown_key", KIND, "      id: annex_price\n", "      id: annex_price\n      colour: red\n", "colour"),
    Slip("unknown_key", KIND, "            as: service\n", "            ass: service\n", "ass:"),
    Slip("unknown_key", KIND, "        - points: {clauses", "        - points: {clause", "points: {clause:"),
    Slip("unknown_key", KIND, "default: 2, min: 2", "defalt: 2, min: 2", "defalt"),
    Slip("unknown_key", PREAMBLE, "    takes: {party: party}", "    take: {party: party}", "take:"),
    Slip("unknown_key", VAT, "phrase: ", "phrse: ", "phrse"),
    Slip("unknown_key", VAT, "{from: 2019", "{frm: 2019", "frm"),
    Slip("unknown_key", CALENDAR, "act: ", "akt: ", "akt:"),
    Slip("unknown_key", NORMS, "title: ", "titel: ", "titel"),
    Slip("unknown_key", REQUISITES, "    - {label: Адрес", "    - {lable: Адрес", "lable"),
    Slip("unknown_key", REQUISITES, "  self_employed:\n", "  self_employd:\n", "self_employd"),
    Slip("unknown_key", REQUISITES, "    - {signer:", "    - {singer:", "singer"),
    new("unknown_key", "clauses:\n  zz:\n    editions:\n      - frm: 2026-01-01\n        text: {ru: Опыт.}\n", "frm"),
    new(
        "unknown_key",
        "clauses:\n  zz:\n    editions:\n      - from: 2020-01-01\n        untl: 2020-12-31\n        text: {ru: Опыт.}\n      - {from: 2021-01-01, text: {ru: Опыт.}}\n",
        "untl",
    ),
]
UNKNOWN_CLAUSES = [
    Slip("unknown_clause", KIND, "clauses: [subject, task", "clauses: [subject, nobody_knows, task", "nobody_knows"),
    Slip("unknown_clause", KIND, "clauses: [subject, task", "clauses: [subject, taks", "taks"),
    Slip(
        "unknown_clause", KIND, "fee_stages, fee_payment, fee_receipt", "fee_stages, fee_paymnt, fee_receipt", "paymnt"
    ),
    Slip("unknown_clause", KIND, "clause: preamble", "clause: preambel", "preambel"),
    Slip("unknown_clause", KIND, "points: {clauses: [price_total", "points: {clauses: [price_totl", "price_totl"),
    Slip("unknown_clause", KIND, "points: {clauses: [", "points: {clauses: [nobody, ", "nobody"),
    Slip("unknown_clause", FEE, "  fee_payment:\n", "  fee_paymnt:\n", "fee_payment", told_in=KIND),
]
UNDEFINED_NAMES = [
    text("undefined_name", "Один.\n\nДва {{ nobody }}.", "nobody"),
    text("undefined_name", "{% for one in nobody %}{{ one.name }} {{ one.x.y }}{% endfor %}", "nobody"),
    text("undefined_name", "{% if purpose == 'business' and nobdy %}да{% endif %}", "nobdy"),
    text("undefined_name", "{{ matter.fee.amount | money(case=nobody) }}", "nobody"),
    text("undefined_name", "{{ matter.fee.amount | money(nobody) }}", "nobody"),
    text("undefined_name", "{{ phrase('party_named', party=nobody) }}", "nobody"),
    new(
        "undefined_name",
        "clauses:\n  zz:\n    text:\n      ru: >\n        Один\n        два {{ nobody }}\n        три.\n",
        "nobody",
    ),
    new(
        "undefined_name",
        'clauses:\n  zz:\n    text:\n      ru: "Один\n        два {{ nobody }}\n        три."\n',
        "nobody",
    ),
    new(
        "undefined_name",
        "clauses:\n  zz:\n    text:\n      ru: Один\n        два {{ nobody }}\n        три.\n",
        "nobody",
    ),
    new("undefined_name", "clauses:\n  zz:\n    text: {ru: Опыт., en: 'Test {{ nobody }}'}\n", "nobody"),
    new("undefined_name", "clauses:\n  zz:\n    when: nobody\n    text: {ru: Опыт.}\n", "nobody"),
    new(
        "undefined_name",
        "clauses:\n  zz:\n    variants:\n      a: {when: nobody, text: {ru: А.}}\n      b: {text: {ru: Б.}}\n",
        "nobody",
    ),
    new(
        "undefined_name",
        "clauses:\n  zz:\n    parameters:\n      days: {type: integer, default: 3, label: с}\n    text: {ru: 'Опыт {{ dayz | number }}.'}\n",
        "dayz",
    ),
    new(
        "undefined_name",
        "clauses:\n  zz:\n    text: {ru: \"{{ phrase('zz') }}\"}\nphrases:\n  zz: {takes: {}, text: {ru: Опыт., en: '{{ nobody }}'}}\n",
        "nobody",
    ),
    new("undefined_name", "phrases:\n  zz: {takes: {}, text: {ru: '{{ nobody }}'}}\n", "nobody", ""),
    Slip("undefined_name", KIND, "values:\n", "values:\n  zz: nobody\n", "zz: nobody"),
    Slip("undefined_name", KIND, "    optional: true\n", "    required_when: nobody\n", "nobody"),
    Slip("undefined_name", KIND, 'title: "Предмет {{ Договора }}"', 'title: "Предмет {{ Договра }}"', "Договра"),
    Slip(
        "undefined_name",
        KIND,
        "when: firm.specialists and not advocate",
        "when: firm.specialists and not advocat",
        "not advocat",
    ),
    Slip("undefined_name", KIND, "party: firm}", "party: frm}", "party: frm"),
    Slip("undefined_name", KIND, "each: clients}", "each: cliens}", "cliens"),
    Slip("undefined_name", KIND, "each: matter.services", "each: mater.services", "mater.services"),
    Slip("undefined_name", KIND, "            as: service\n", "            as: servce\n", "as: servce"),
    Slip("undefined_name", KIND, "            as: service\n", "            as: row\n", "as: row"),
    Slip("undefined_name", KIND, "  advocate: firm.kind", "  advocat: firm.kind", "advocat:"),
    Slip("undefined_name", KIND, "  tax: tax_profile", "  taxes: tax_profile", "taxes:"),
    Slip("undefined_name", TERMS, "{nomn: Исполнитель", "{nomn: Исполнитль", "Исполнитль"),
    Slip("undefined_name", TERMS, "datv: Заказчику", "datv: Заказчeку", "Заказчeку"),
    Slip(
        "undefined_name",
        TERMS,
        "    variants:\n      - when: firm.kind",
        "    variants:\n      - when: frm.kind",
        "frm.kind",
    ),
    Slip("undefined_name", REQUISITES, "when: party.okpo", "when: prty.okpo", "prty"),
    Slip(
        "undefined_name",
        REQUISITES,
        '{label: Адрес, text: "{{ party.address',
        '{label: Адрес, text: "{{ prty.address',
        "prty",
    ),
    Slip("undefined_name", REQUISITES, "      as: account\n", "      as: acount\n", "acount"),
    Slip("undefined_name", PREAMBLE, "takes: {party: party}", "takes: {prty: party}", "prty"),
]
UNDEFINED_ATTRIBUTES = [
    text("undefined_attribute", "{{ clients[0].orgn }}", "orgn"),
    text("undefined_attribute", "{% for one in clients %}{{ one.nmae }}{% endfor %}", "nmae"),
    text("undefined_attribute", "Раз,\nдва,\n{{ matter.fee.stages[0].titl }}", "titl"),
    text("undefined_attribute", "{{ firm.bar_body.nme }}", "nme"),
    text("undefined_attribute", "{% if facts.cort %}да{% endif %}", "cort"),
    text("undefined_attribute", "{{ tax.rat | number }}", "tax.rat"),
    text("undefined_attribute", "{{ matter.number.upper }}", "upper"),
    text("undefined_attribute", "{{ clients['a'].name }}", "clients['a']"),
    text("undefined_attribute", "{{ sum_of(matter.fee.stages, 'amont') | money }}", "amont"),
    Slip(
        "undefined_attribute",
        KIND,
        "'price', matter.fee.amount, tax.rate)\n",
        "'prise', matter.fee.amount, tax.rate)\n",
        "prise",
    ),
    Slip("undefined_attribute", KIND, "{{ service.action }}", "{{ service.acton }}", "acton"),
    Slip("undefined_attribute", KIND, "each: matter.services", "each: matter.servises", "servises"),
    Slip("undefined_attribute", KIND, "each: firm.specialists", "each: firm.specialsts", "specialsts"),
    Slip("undefined_attribute", KIND, "{{ matter.place }}", "{{ matter.plase }}", "plase"),
    Slip("undefined_attribute", KIND, "  court: {type: text", "  cort: {type: text", "facts.court", told_in=ENDING),
    Slip("undefined_attribute", PREAMBLE, "{{ party.ogrnip }})", "{{ party.ogrnp }})", "ogrnp"),
    Slip("undefined_attribute", REQUISITES, "when: account.iban", "when: account.ibann", "ibann"),
]
NOWHERE = [
    text("reference_to_nowhere", "{{ ref('nowhere') }}", "nowhere"),
    text("reference_to_nowhere", "Раз\n{% if has('nowhere') %}два{% endif %}", "nowhere"),
    text("reference_to_nowhere", "{{ ref('sec_fe') }}", "sec_fe"),
    text("reference_to_nowhere", "{{ ref('fee_payement') }}", "payement"),
    text("reference_to_nowhere", "{{ ref('preamble') }}", "preamble"),
    Slip("reference_to_nowhere", KIND, 'label: "к ', "label: \"{{ ref('nowhere') }} к ", "nowhere"),
    new("reference_to_nowhere", "phrases:\n  zz: {takes: {}, text: {ru: \"{{ ref('nowhere') }}\"}}\n", "nowhere", ""),
    new(
        "reference_to_nowhere",
        "clauses:\n  zz:\n    editions:\n      - from: 2026-01-01\n        variants:\n          a: {when: advocate, text: {ru: А.}}\n          b: {text: {ru: \"{{ ref('nowhere') }}\"}}\n",
        "nowhere",
    ),
]
UNGUARDED = [
    text("call_not_allowed", "{% if hsa('travel') %}{{ ref('travel') }}{% endif %}", "hsa"),
    text("reference_to_nowhere", "{% if has('travl') %}{{ ref('travel') }}{% endif %}", "travl"),
    text("unguarded_reference", "{{ ref('travel') }}", "travel"),
    text("unguarded_reference", "{% if has('travel') %}да{% else %}{{ ref('travel') }}{% endif %}", "travel"),
    text("unguarded_reference", "Раз\n{% if has('court') %}два\n{{ ref('reports') }}{% endif %}", "reports"),
    text("unguarded_reference", "{{ ref('annex_specialists') }}", "annex_specialists"),
    text("unguarded_reference", "{{ ref('sec_expenses') }}", "sec_expenses"),
]
UNUSED = [
    new("unused_clause", "clauses:\n  zz:\n    text: {ru: Опыт.}\n", "zz:", ""),
    new(
        "unused_clause",
        "clauses:\n  zz:\n    variants:\n      a: {when: advocate, text: {ru: '{{ tax.phrase }}'}}\n",
        "zz:",
        "",
    ),
    Slip(
        "unused_clause", KIND, "beneficiary, opponents, court,", "beneficiary, court,", "  opponents:", told_in=SUBJECT
    ),
    Slip("unused_clause", KIND, ", price_method]}", "]}", "  price_method:", told_in=FINAL),
]
EDITIONS = "clauses:\n  zz:\n    editions:\n"
OVERLAPS = [
    new(
        "overlapping_editions",
        EDITIONS
        + "      - {from: 2020-01-01, until: 2030-12-31, text: {ru: А.}}\n      - {from: 2021-01-01, until: 2021-12-31, text: {ru: Б.}}\n      - {from: 2031-01-01, text: {ru: В.}}\n",
        "2021-01",
    ),
    new(
        "overlapping_editions",
        EDITIONS
        + "      - {from: 2020-01-01, text: {ru: А.}}\n      - {from: 2021-01-01, until: 2021-12-31, text: {ru: Б.}}\n      - {from: 2022-01-01, text: {ru: В.}}\n",
        "2021-01",
    ),
    new(
        "overlapping_editions",
        EDITIONS
        + "      - from: 2026-01-01\n        text: {ru: А.}\n      - until: 2026-01-01\n        from: 2025-01-01\n        text: {ru: Б.}\n",
        "2026-01-01",
    ),
    new(
        "overlapping_editions",
        EDITIONS + "      - {from: 2026-01-01, text: {ru: А.}}\n      - {from: 2026-01-01, text: {ru: Б.}}  # again\n",
        "again",
    ),
    Slip("overlapping_editions", VAT, "until: 2025-12-31, rate: 20", "rate: 20", "{from: 2026-01-01, rate: 22"),
    new("bad_shape", EDITIONS + "      - {from: 2026-01-01, until: 2025-01-01, text: {ru: А.}}\n", "2026"),
    new("bad_shape", "clauses:\n  zz:\n    editions: []\n", "editions"),
    new(
        "bad_value",
        EDITIONS
        + "      - {from: 2025-01-01, until: 2025-12-31, text: {ru: А.}}\n      - {from: 2026-13-01, text: {ru: А.}}\n",
        "2026-13",
    ),
]
PARAMETER = "clauses:\n  zz:\n    parameters:\n      p: {%s, label: с}\n    text: {ru: '{%% if p %%}да{%% endif %%}'}\n"
DEFAULTS = [
    new("default_out_of_bounds", PARAMETER % "type: integer, default: 30, min: 1, max: 10", "30"),
    new("default_out_of_bounds", PARAMETER % "type: decimal, default: 0.05, min: 0.1", "0.05"),
    new("default_out_of_bounds", PARAMETER % "type: choice, default: c, values: [a, b]", "default: c"),
    new("bad_default", PARAMETER % "type: money, default: 5.123", "5.123"),
    new("default_out_of_bounds", PARAMETER % "type: money, default: 7.50, max: 5", "7.50"),
    new("bad_default", PARAMETER % 'type: text, default: ""', "default"),
    new("bad_default", PARAMETER % "type: choice, default: a", "default"),
    new("bad_default", PARAMETER % "type: integer, default: 3.0", "3.0"),
    new("bad_default", PARAMETER % "type: integer, default: true", "true"),
    Slip("default_out_of_bounds", KIND, "default: 2, min: 2, max: 10", "default: 12, min: 2, max: 10", "default: 12"),
    Slip("default_out_of_bounds", KIND, "    default: paper", "    default: parchment", "parchment"),
    Slip("default_out_of_bounds", FEE, "        default: 7000\n", "        default: 70000\n", "70000"),
]
BAD_YAML = [
    new("bad_yaml", "clauses:\n  zz:\n    text: {ru: |\n", "{ru"),
    new("bad_yaml", "clauses:\n  zz:\n    obliged: [firm\n    text: {ru: Опыт.}\n", "obliged"),
    new("bad_yaml", 'clauses:\n  zz:\n    text: {ru: "Опыт.}\n    when: "advocate"\n', "Опыт"),
    new("bad_yaml", "clauses:\n  zz:\n    text: a: b\n", "a: b"),
    new("bad_yaml", "clauses:\n  zz:\n    text: {ru: Опыт.}\n    ? [a, b]\n    : c\n", "?"),
    new("bad_yaml", "clauses:\n  zz:\n\ttext: {ru: Опыт.}\n", "\t"),
    new("bad_yaml", "clauses:\n  zz:\n    text: {ru: *none}\n", "*none"),
    new("bad_yaml", "clauses:\n  zz:\n    text: &a {ru: *a}\n", "*a"),
    new("bad_yaml", "clauses:\n  zz:\n    text: {ru: 'a\x01b'}\n", "\x01"),
    Slip("bad_yaml", FEE, "  fee_advance:\n", "  fee_advance\n", "fee_advance"),
    Slip("bad_yaml", KIND, "    default: paper\n", "    default: [paper\n", "[paper"),
    Slip("bad_yaml", TERMS, "    gender: m\n", "   gender: m\n", "    forms:"),
]
DUPLICATE_KEYS = [
    new("duplicate_key", "clauses:\n  zz:\n    off: false\n    off: true # 2\n    text: {ru: Опыт.}\n", "# 2"),
    new("duplicate_key", "clauses:\n  zz:\n    text: {ru: А., ru: Б.}\n", "ru"),
    new("duplicate_key", "clauses:\n  zz:\n    text: {ru: А.}\n  zz: # 2\n    text: {ru: Б.}\n", "# 2"),
    Slip("duplicate_key", FEE, "  fee_balance:\n", "clauses: # 2\n  fee_balance:\n", "# 2"),
    Slip("duplicate_key", KIND, 'foot: "', 'foot: "x"\nfoot: "', 'foot: "{{'),
    Slip("duplicate_key", KIND, "values:\n", "values:\n  tax: purpose # 2\n", "tax: tax_profile"),
    Slip(
        "duplicate_key", FEE, "clauses:\n", "clauses:\n  fee_amount:\n    text: {ru: Опыт.}\n", "fee_amount:", told_at=1
    ),
    Slip("duplicate_key", KIND, "outline:\n", "outline: []\noutline: # 2\n", "# 2"),
    Slip("duplicate_key", VAT, "    usn_5:\n", "    osno: {title: x, rates: []}\n    usn_5:\n", "osno: {"),
]
DUPLICATE_IDS = [
    new("duplicate_id", "clauses:\n  fee_amount:\n    text: {ru: Опыт.}\n", "fee_amount", ""),
    new("duplicate_id", "norms:\n  gk_779: {title: x, owner: y}\n", "gk_779", ""),
    new("duplicate_id", "phrases:\n  party_named: {takes: {}, text: {ru: x}}\n", "party_named", ""),
    new("duplicate_id", "vat:\n  profiles: {}\n", "vat", ""),
    new("duplicate_id", "words:\n  names: {}\n", "words", ""),
    new("duplicate_id", "calendar:\n  years: {}\n", "calendar", ""),
    new("duplicate_id", "requisites:\n  company: []\n", "company", ""),
    new(
        "duplicate_id",
        "terms:\n  zz:\n    gender: m\n    forms: {nomn: Заказчик, gent: а, datv: б, accs: в, ablt: г, loct: д}\n",
        "forms",
        "",
    ),
    new(
        "duplicate_id",
        "terms:\n  zz:\n    gender: m\n    forms: {nomn: firm, gent: а, datv: б, accs: в, ablt: г, loct: д}\n",
        "forms",
        "",
    ),
    Slip("duplicate_id", KIND, "{id: sec_expenses", "{id: sec_fee", "Пошлины"),
    Slip("duplicate_id", KIND, "id: annex_specialists", "id: sec_expenses", "      id: sec_expenses"),
    Slip("duplicate_id", KIND, "{id: sec_expenses", "{id: reports", "Пошлины"),
    Slip("duplicate_id", KIND, "{id: sec_expenses", "{id: fee_payment", "Пошлины"),
]
FILTERS = [
    text("filter_not_allowed", "{{ matter.number | upper }}", "upper"),
    text("filter_not_allowed", "{{ (matter.fee.amount | monye) }}", "monye"),
    text("filter_not_allowed", "{% if matter.services | length %}\nда{% endif %}", "length"),
    text("filter_not_allowed", "{% for one in clients | sort %}{{ one.name }}{% endfor %}", "sort"),
    Slip("filter_not_allowed", KIND, "{{ order.date | date_iso }}", "{{ order.date | date_iso | trim }}", "trim"),
    Slip("filter_not_allowed", KIND, "deliverable | lower_first", "deliverable | lower", "| lower }}"),
    Slip("filter_not_allowed", REQUISITES, "birth_date | date_short", "birth_date | dateshort", "dateshort"),
]
ROLES = [
    Slip("role_missing", KIND, "{role: title", "{role: epigraph", "epigraph"),
    Slip("role_missing", KIND, "role: preamble", "role: preambule", "preambule"),
    Slip("role_missing", KIND, "            role: table\n", "            role: tables\n", "tables"),
    Slip("role_missing", KIND, "{id: sec_fee,", "{id: sec_fee, role: chapter,", "chapter"),
    Slip("role_missing", KIND, "      id: annex_price\n", "      id: annex_price\n      role: label\n", "role: label"),
]
OTHERS = [
    text("wrong_argument", "{{ phrase('party_named') }}", "party_named"),
    text("wrong_argument", "{{ phrase('party_named', prty=firm) }}", "prty"),
    text("wrong_argument", "{{ matter.fee.amount | money(csae='gent') }}", "csae"),
    text("wrong_argument", "{{ matter.place | lower_first(x=ref('court')) }}", "court"),
    text("wrong_argument", "{{ matter.number | money }}", "money"),
    text("unknown_value", "{{ matter.fee.amount | money('gen') }}", "'gen'"),
    text("needs_filter", "{{ matter.fee.amount }}", "amount"),
    text("needs_filter", "Раз {{ order.date }}", "date"),
    text("not_printable", "{{ matter.fee }}", "fee }}"),
    text("not_printable", "{{ firm }}", "firm }}"),
    text("unknown_phrase", "{{ phrase('party_namd', party=firm) }}", "namd"),
    text("call_not_allowed", "{{ sumof(matter.services, 'price') | money }}", "sumof"),
    text("bad_reference", "{{ ref(matter) }}", "ref"),
    text("bad_template", "Раз\n{% if advocate %}\nдва", "{% if"),
    text("empty_text", " ", "ru:"),
    Slip("call_not_allowed", KIND, "tax: tax_profile(", "tax: tax_profil(", "tax_profil("),
    Slip("unknown_phrase", PREAMBLE, "  party_named:\n", "  party_namd:\n", "party_namd"),
    Slip("unknown_shape", PREAMBLE, "takes: {party: party}", "takes: {party: partyy}", "partyy"),
    Slip("unknown_norm", VAT, "norm: nk_164", "norm: nk_1644", "nk_1644"),
    Slip("unknown_norm", FEE, "norm: gk_709", "norm: gk_70999", "gk_70999"),
    Slip("unknown_norm", NORMS, "  gk_781:", "  gk_78l:", "gk_78l"),
    Slip("unknown_term", KIND, "{term: client, each", "{term: cliant, each", "cliant"),
    Slip("unknown_term", TERMS, "  client:\n", "  clint:\n", "clint"),
    Slip("bad_shape", KIND, "{term: client, each: clients}", "{term: client}", "{term: client}"),
    Slip("bad_shape", KIND, "align: center, width: 6}", "align: center, width: 7}", "columns:"),
    Slip("bad_shape", VAT, "rate: 22", 'rate: "22"', 'rate: "22"'),
    Slip(
        "bad_shape",
        REQUISITES,
        '  entrepreneur:\n    - {label: "", text: "ИП {{ party | initials }}"}\n',
        '  entrepreneur: {label: "", text: x}\n',
        "entrepreneur: {",
    ),
    Slip("not_a_list", KIND, "each: matter.services", "each: matter.fee", "each: matter.fee"),
    Slip(
        "circular_phrase",
        PREAMBLE,
        "        закона\n",
        "        {{ phrase('basis_gent', basis=basis) }}\n",
        "basis_gent:",
    ),
    new("bad_shape", "clauses:\n", "clauses", ""),
    new("bad_shape", "- a\n- b\n", "- a", ""),
    new(
        "missing_key",
        "clauses:\n  zz:\n    parameters:\n      p: {type: integer, default: 1}\n    text: {ru: '{{ p | number }}'}\n",
        "p: {",
    ),
    new("bad_shape", "clauses:\n  zz: текст\n", "zz"),
    new("bad_shape", "clauses:\n  zz:\n    text: Опыт.\n", "text"),
    new("bad_shape", "clauses:\n  zz:\n    required: 1\n    text: {ru: Опыт.}\n", "required"),
    Slip("bad_id", PREAMBLE, "  party_acting:\n", "  party-acting:\n", "party-acting"),
    Slip("bad_id", FEE, "  fee_payment:\n", "  Fee.payment:\n", "Fee.payment"),
    Slip("bad_id", CALENDAR, "    2025:", "    25:", "    25:"),
    Slip("missing_key", TERMS, "    forms: {nomn: Заказчик,", "    forms: {", "forms: { gent: Заказчика"),
    Slip("missing_key", PREAMBLE, "    takes: {signatories: signatories}\n", "", "  signed_by:"),
    Slip("bad_shape", TERMS, "    forms: {nomn: Заказчик,", "    forms: Заказчик # {", "forms: Заказчик"),
    Slip("bad_shape", KIND, "{term: client, each: clients}]}", "{term: client, title: Кто, each: clients}]}", "title: Кто"),
    Slip("bad_shape", KIND, "{term: client, each: clients}]}", "{each: clients}]}", "{each: clients}]}"),
    Slip("unknown_kind", SUPPLEMENT, "based_on: [services_agreement]", "based_on: [service_agreement]", "based_on"),
    Slip("undefined_name", SUPPLEMENT, 'on: "order.date if', 'on: "ordr.date if', "ordr"),
    Slip("undefined_name", SUPPLEMENT, "sides: [Исполнителя,", "sides: [Исполнитля,", "Исполнитля"),
    Slip("unknown_key", SUPPLEMENT, "{part: points", "{prt: points", "prt"),
    Slip("unknown_clause", SUPPLEMENT, "amend_rest,", "amend_rst,", "amend_rst"),
    Slip("unknown_clause", KIND, "outline:\n", "presets: {short: {title: x, omit: [taks]}}\noutline:\n", "presets"),
    Slip(
        "unknown_variant", KIND, "outline:\n", "presets: {short: {title: x, choose: {task: zz}}}\noutline:\n", "presets"
    ),
    Slip("bad_shape", KIND, "values: [paper, electronic]", "values: [1, 2]", "values: [1"),
    Slip("bad_default", KIND, "    values: [paper, electronic]\n", "", "form:"),
    Slip(
        "bad_id",
        KIND,
        "  court: {type: text",
        "  copy: {type: integer, label: x, default: 1}\n  court: {type: text",
        "copy:",
    ),
    Slip("bad_shape", KIND, "      required: true\n", "      required: true\n      off: true\n", "required: true"),
    Slip("bad_shape", KIND, "clause: preamble}\n", "clause: preamble}\n    points: {clauses: []}\n", "role: preamble"),
    Slip(
        "bad_shape", KIND, "{term: firm, party: firm}", "{term: firm, party: firm, each: clients}", "party: firm, each"
    ),
    Slip("not_a_list", KIND, "each: clients}", "each: firm}", "each: firm}"),
    Slip("wrong_argument", KIND, "party: firm}", "party: clients}", "party: clients}"),
    Slip("bad_shape", KIND, "            totals:\n", '            totals:\n              - ["a"]\n', '["a"]'),
    Slip("circular_value", KIND, "values:\n", "values:\n  zz: yy\n  yy: zz\n", "  zz: yy"),
    Slip("missing_key", REQUISITES, "      as: account\n", "", "each: party.accounts"),
    Slip("unknown_clause", KIND, "[subject, task, benef", "[subject task, benef", "subject task"),
    Slip("bad_words", WORDS, "тимлид: {gent", "тимлид: {gen", "тимлид"),
    new("bad_yaml", "".join(" " * depth + "a:\n" for depth in range(300)), " " * 49 + "a:", ""),
    new("bad_id", "clauses:\n  Zz:\n    text: {ru: Опыт.}\n", "Zz"),
]
THE_FORM = [
    Slip("unknown_path", FORM, "matter.fee]", "matter.fe]", "matter.fe]"),
    Slip("unknown_path", FORM, "paths: [matter.fee]", "paths: [party.inn]", "party.inn]"),
    Slip("unknown_path", FORM, "path: matter.purpose", "path: matter.clients.aim", "clients.aim"),
    Slip("unknown_path", FORM, "party.inn:", "party.name.inn:", "party.name.inn"),
    Slip("unknown_path", FORM, "facts.form:", "facts.from:", "facts.from"),
    Slip("unknown_path", FORM, "facts.form:", "termination_agreement.frm:", "agreement.frm"),
    Slip("unknown_path", FORM, "matter.term: gk", "powers.notary_pyer: gk", "notary_pyer"),
    Slip("unknown_norm", FORM, "matter.term: gk_190", "matter.term: gk_191", "gk_191"),
    Slip("unknown_norm", FORM, "norm: zozpp_8", "norm: zozpp_88", "zozpp_88"),
    Slip("unknown_key", FORM, "  sections:", "  section:", "section:"),
    Slip("unknown_key", FORM, "paths: [matter.fee]", "path: [matter.fee]", "path: [matter.fee"),
    Slip("unknown_key", FORM, "form:\n", "from:\n", "from:"),
    Slip("unknown_key", FORM, "when: [company]", "when: [compny]", "compny"),
    Slip("bad_default", FORM, "value: business", "value: busines", "busines,"),
    Slip("bad_default", FORM, "value: business", "value: {kind: business}", "{kind: business}"),
    Slip("bad_default", FORM, "path: matter.purpose, value: business", "path: matter.purpose, months: 1", "months: 1,"),
    Slip("bad_default", FORM, "purpose, value: business", "channels, value: [{kind: fax}]", "kind: fax"),
    Slip("bad_default", FORM, "purpose, value: business", "channels, value: [{sort: post}]", "sort: post"),
    Slip("bad_shape", FORM, "months: 12", "months: 1.5", "months: 1.5"),
    Slip("bad_shape", FORM, "months: 12", "months: 12, value: 2", "months: 12"),
    Slip("bad_shape", FORM, "value: business, ", "", "path: matter.purpose"),
    Slip("bad_shape", FORM, "paper: бумага", "paper: 5", "paper: 5"),
    Slip("bad_shape", FORM, "client: клиент,", "client: 5,", "client: 5"),
    Slip("missing_word", COOPERATION, "values: [client, firm]", "values: [client, firm, half]", "firm, half]"),
    Slip("duplicate_id", NEW, "", "form:\n  words: {}\n  sections: []\n", "form:"),
]

ALL = [
    *UNKNOWN_KEYS, *UNKNOWN_CLAUSES, *UNDEFINED_NAMES, *UNDEFINED_ATTRIBUTES, *NOWHERE, *UNGUARDED, *UNUSED, *OVERLAPS,
    *DEFAULTS, *BAD_YAML, *DUPLICATE_KEYS, *DUPLICATE_IDS, *FILTERS, *ROLES, *OTHERS, *THE_FORM,
]  # fmt: skip


@pytest.mark.parametrize("slip", ALL, ids=[f"{slip.code}-{number}" for number, slip in enumerate(ALL)])
def test_one_mistake_is_one_problem_at_its_line_with_a_cure(library: Path, slip: Slip) -> None:
    where = plant(library, slip)
    problems = told(library)
    assert [(problem.where, problem.code) for problem in problems] == [(where, slip.code)]
    assert problems[0].message
    assert problems[0].hint


# --- a broken thing does not silence the others ----------------------------------------------


def codes(library: Path) -> list[str]:
    return sorted(problem.code for problem in told(library))


@pytest.mark.parametrize("file", [KIND, TERMS, FEE, FINAL, PREAMBLE, VAT, REQUISITES, FORM])
def test_a_file_that_cannot_be_read_silences_no_mistake_elsewhere(library: Path, file: str) -> None:
    plant(library, text("undefined_attribute", "{{ clients[0].orgn }} {{ nobody }} {{ ref('nowhere') }}", "orgn"))
    path = library / file
    path.write_text(path.read_text(encoding="utf-8") + "\nbroken: [\n", encoding="utf-8")
    assert codes(library) == ["bad_yaml", "reference_to_nowhere", "undefined_attribute", "undefined_name"]


def test_a_kind_with_a_bad_value_has_its_clauses_read(library: Path) -> None:
    plant(library, text("undefined_attribute", "{{ clients[0].orgn }} {{ nobody }}", "orgn"))
    plant(library, Slip("bad_shape", KIND, 'foot: "', 'foot: 5 # "', "foot"))
    plant(library, Slip("bad_shape", KIND, "min: 2, max: 10", "min: x, max: 10", "foot"))
    assert codes(library) == ["bad_shape", "bad_shape", "undefined_attribute", "undefined_name"]


def test_the_words_of_an_electronic_signature_must_be_there(library: Path) -> None:
    electronic = """parties: {electronic: "facts.form == 'electronic'", heading"""
    where = plant(library, Slip("unknown_phrase", KIND, "parties: {heading", electronic, "{electronic"))
    assert [(one.where, one.code) for one in told(library)] == [(where, "unknown_phrase")]


def test_the_text_of_an_unused_clause_is_read(library: Path) -> None:
    plant(library, new("unused_clause", "clauses:\n  zz:\n    text: {ru: '{{ nobody }} {{ tax.phrase }}'}\n", "zz", ""))
    assert codes(library) == ["undefined_name", "unused_clause"]


def test_a_file_that_is_not_utf8_is_one_problem_at_its_line(library: Path) -> None:
    path = library / FINAL
    path.write_bytes(path.read_bytes().replace("Экземпляр".encode(), "Экземпляр".encode("cp1251"), 1) + b"\n# \xff\n")
    (problem,) = told(library)
    assert problem.code == "bad_yaml"
    assert problem.where.startswith(f"{FINAL}:")


def test_a_kind_that_is_lost_whole_is_one_problem(library: Path) -> None:
    for text in ("", "- a\n"):
        (library / KIND).write_text(text, encoding="utf-8")
        assert [(problem.where, problem.code) for problem in told(library)] == [(f"{KIND}:1", "bad_shape")]


def test_two_places_that_miss_the_same_name_are_two_mistakes(library: Path) -> None:
    plant(library, text("undefined_name", "{{ nobody }}\n{{ nobody }}", "nobody"))
    assert codes(library) == ["undefined_name", "undefined_name"]


def test_no_hint_proposes_the_very_word_that_is_wrong(library: Path) -> None:
    plant(library, text("call_not_allowed", "{% if ref(matter) and matter() %}{% endif %}", "ref"))
    for problem in told(library):
        assert "matter?" not in problem.hint


def test_messages_have_no_python_and_no_english_of_other_programs(library: Path) -> None:
    plant(
        library,
        new(
            "bad_shape",
            "clauses:\n  zz:\n    rule: 2.5\n    off: 1\n    parameters:\n      p: {type: integer, default: 3.0, min: a, label: 5}\n"
            "    text: {ru: '{% if %}'}\n",
            "zz",
        ),
    )
    problems = told(library)
    assert len(problems) >= 4
    for problem in problems:
        words = problem.message + problem.hint
        assert not [
            word for word in ("Decimal", "instance", "True", "None", "xpected", "Input", "valid") if word in words
        ]
