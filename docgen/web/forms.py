"""A kind of document and its raw order in, the sections of its form out: questions, clauses, what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile

from docgen.assembly import Decision
from docgen.document import Annex, Block, Clause, Document
from docgen.errors import Problem
from docgen.library import AnnexSpec, ClauseSpec, FormSpec, KindSpec, ParameterSpec
from docgen.model import ALL_PARTS, JsonObject, Matter, Order, found, inherited_matter
from docgen.model.work import DATA
from docgen.render.layout import plain
from docgen.service import Preview, Service
from docgen.web.fields import (
    ABSENT,
    BLANK,
    Control,
    Entry,
    Group,
    Rows,
    Words,
    completed,
    controls,
    entry_of,
    hints_of,
    shown,
    walk,
)
from docgen.web.reasons import Asked, Piece, reason_of
from docgen.web.spoken import reworded, together
from docgen.web.usual import follow, usual

LISTS = tuple(DATA)
IN_SIGHT = 3
EXCERPT = 70
REFERENCES = "Пункт {{ ref('…') }} в тексте — ссылка: номер подставится сам и изменится вместе с нумерацией."


@dataclass(slots=True)
class Setting:
    """One clause or annex of the document: whether it stands, its variants and parameters, its own wording."""

    id: str
    title: str
    number: str
    included: bool
    reason: tuple[Piece, ...]
    norms: tuple[str, ...]
    controls: tuple[Control, ...]
    replaced: bool
    changed: bool
    annex: bool = False
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Section:
    """Questions under one title, and how many of them wait for an answer."""

    id: str
    title: str
    entries: tuple[Entry, ...] = ()
    settings: tuple[Setting, ...] = ()
    help: str = ""
    missing: int = 0
    wrong: int = 0


@dataclass(slots=True)
class Form:
    """A form: its sections, what clauses are called, what is wrong, what is not there yet, the warnings.

    ``left`` are the blanks left on purpose; ``following`` is the field to fill in next.
    """

    kind: str
    title: str
    sections: tuple[Section, ...]
    titles: Mapping[str, str]
    wrong: tuple[Problem, ...]
    missing: tuple[Problem, ...]
    left: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    following: str

    def controls(self) -> Iterator[Control]:
        """Yield every control, those of clauses too."""
        return (control for section in self.sections for control in _controls(section))

    def shape(self) -> str:
        """Return what tells whether two forms have the same fields."""
        return " ".join(control.name for control in self.controls())


def skeleton(service: Service, kind: str, day: str, firm: JsonObject | None) -> JsonObject:
    """Return the order that a new form of a kind starts with: its parts and usual values are there, its facts are not.

    ``firm`` is the firm's profile where it is known from elsewhere.
    """
    spec = service.library.kinds[kind].spec
    raw: JsonObject = {"schema": 1, "kind": kind, "date": day, "matter": {}, "facts": {}}
    made = completion(service, spec, raw, firm is not None)
    follow(form_table(service), raw, made, firm)
    return made


def completion(service: Service, spec: KindSpec, raw: JsonObject, firm: bool) -> JsonObject:
    """Return an order in which every part that its form shows is there."""
    made = dict(raw)
    made["facts"] = completed(service.facts_model(spec.kind), _object(raw.get("facts")))
    matter = _object(raw.get("matter"))
    if isinstance(raw.get("based_on"), dict):
        made["matter"] = {name: value for name, value in _whole(matter).items() if name in matter}
        return made
    needed = set(spec.needs or ALL_PARTS) - ({"firm"} if firm else set())
    whole = _whole(matter)
    made["matter"] = {name: value for name, value in whole.items() if name in needed or name in matter}
    return made


def _whole(matter: JsonObject) -> JsonObject:
    return completed(Matter, matter)


def _object(value: object) -> JsonObject:
    return dict(value) if isinstance(value, dict) else {}


# --- sections --------------------------------------------------------------------------------


def form_of(service: Service, raw: JsonObject, preview: Preview, firm: JsonObject | None) -> Form:
    """Return the form of an order as it stands; ``firm`` is the firm's profile where it is known from elsewhere."""
    spec = service.library.kinds[raw["kind"]].spec
    words = words_of(service, spec.kind)
    entries = {entry.name: entry for entry in _entries(service, spec, raw, words, firm is not None)}
    _note_usual(words, entries, raw, firm)
    titles = dict(_excerpts(preview.draft.document, words)) if preview.draft else {}
    sections = list(_sections(service, entries))
    asked = Asked(service, raw, words, {**entries, **{one.name: one for one in _preset(spec, _choices(raw))}}, firm)
    sections += _clause_sections(service, raw, preview, words, titles, asked)
    known = {one.name: one for section in sections for one in _controls(section)}
    named = {one.name: one for section in sections for one in walk(section.entries)} | known
    problems = tuple(reworded(together(preview.problems), named))
    left = tuple(one for one in problems if one.code == "required" and _is_blank(known.get(one.where)))
    problems = tuple(one for one in problems if one not in left)
    warnings = tuple(reworded(preview.draft.warnings, named)) if preview.draft else ()
    _attach(sections, [*problems, *warnings])
    for section in sections:
        section.missing, section.wrong = _counted(section, warnings)
    places = {name: place for place, name in enumerate(known)}
    problems = tuple(sorted(problems, key=lambda one: _place(one.where, places)))  # as the form asks
    wrong = tuple(one for one in problems if one.code != "required")
    missing = tuple(one for one in problems if one.code == "required")
    following = missing[0].where if missing else ""
    called = {**words.form.titles, **titles}
    return Form(spec.kind, spec.title.ru, tuple(sections), called, wrong, missing, left, warnings, following)


def trails(sections: Iterable[Section]) -> dict[str, str]:
    """Return where in the form each of its entries stands, by name: «Каналы связи, 2»."""
    return dict(found for one in sections for found in _trails(one.entries, (one.title,)))


def _trails(entries: Iterable[Entry], above: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        yield entry.name, " → ".join(above)
        match entry:
            case Group():
                inside = (*above, entry.label) if entry.label and entry.label != above[-1] else above
                yield from _trails(entry.entries, inside)
            case Rows():
                same = entry.label in (above[-1], f"{above[-1]}ы")
                whole = above[:-1] if same else above
                for index, row in enumerate(entry.rows, 1):
                    number = f", {index}" if len(entry.rows) > 1 else ""
                    yield from _trails((row,), (*whole, f"{above[-1] if same else entry.label}{number}"))


def _is_blank(control: Control | None) -> bool:
    """Tell whether a value is left open on purpose."""
    return control is not None and control.value == BLANK


def _place(where: str, places: Mapping[str, int]) -> int:
    """Return where in the form a problem's place is, or the first field in it; the end for what the form has not."""
    inside = (place for name, place in places.items() if name == where or name.startswith(f"{where}/"))
    return min(inside, default=len(places))


def _note_usual(words: Words, entries: Mapping[str, Entry], raw: JsonObject, firm: JsonObject | None) -> None:
    """Say beside every field that has its usual value why it is the usual one."""
    named = {entry.name: entry for entry in walk(tuple(entries.values())) if not isinstance(entry, Group)}
    for pointer, one in usual(words.form, raw, firm).items():
        entry = named.get(pointer)
        if entry is not None and _stands(raw, pointer, one.value):
            norm = "" if (norm := words.norm(one.norm)) in entry.help else norm
            entry.usual = f"{one.source.rstrip('.')}. {norm}." if norm else one.source


def _stands(raw: JsonObject, pointer: str, value: object) -> bool:
    """Tell whether a value stands at a place; of rows, whatever they have beside what is usual."""
    try:
        there = found(raw, pointer)
    except KeyError:
        return False
    if isinstance(value, list) and isinstance(there, list):
        pairs = zip(value, there, strict=False)
        return len(there) == len(value) and all(one.items() <= row.items() for one, row in pairs)
    return bool(there == value)


def _controls(section: Section) -> Iterator[Control]:
    yield from controls(section.entries)
    for setting in section.settings:
        yield from setting.controls


def words_of(service: Service, kind: str) -> Words:
    """Return what the form of a kind says on the screen."""
    norms = {name: placed.spec.title for name, placed in service.library.norms.items()}
    return Words(form_table(service), kind, norms)


def form_table(service: Service) -> FormSpec:
    """Return the library's table of the form; a library without one does not pass its check."""
    placed = service.library.form
    if placed is None:
        raise ValueError("a library without the form's table does not pass its check")
    return placed.spec


def _entries(service: Service, spec: KindSpec, raw: JsonObject, words: Words, firm: bool) -> Iterator[Entry]:
    order, facts = Order.model_fields, service.facts_model(spec.kind)
    yield entry_of(words, "/date", "date", order["date"], hints_of(Order)["date"], raw.get("date", ABSENT))
    yield entry_of(words, "/draft", "draft", order["draft"], hints_of(Order)["draft"], raw.get("draft", ABSENT))
    for name, info in facts.model_fields.items():
        hint, value = hints_of(facts)[name], _object(raw.get("facts")).get(name, ABSENT)
        yield entry_of(words, f"/facts/{name}", f"facts.{name}", info, hint, value)
    matter, based = _object(raw.get("matter")), raw.get("based_on")
    inherited = inherited_matter(based) if isinstance(based, dict) else {}
    for name in _parts(spec, raw, firm):
        info, hint = Matter.model_fields[name], hints_of(Matter)[name]
        entry = entry_of(words, f"/matter/{name}", f"matter.{name}", info, hint, matter.get(name, ABSENT))
        if isinstance(entry, Rows):
            entry.pasted = name in LISTS
            entry.inherited = 0 if name in matter else len(inherited.get(name) or ())
        if isinstance(entry, Group) and name in inherited:
            entry.optional = True
        if isinstance(entry, Control) and name in inherited and name not in matter:
            was = shown(entry.sort, inherited[name])
            entry.default, entry.whence = dict(entry.options).get(was, was), "как было"
        yield entry


def _parts(spec: KindSpec, raw: JsonObject, firm: bool) -> Iterator[str]:
    """Yield the parts of the matter that the form asks for."""
    matter, based = _object(raw.get("matter")), isinstance(raw.get("based_on"), dict)
    amends = any(entry.amendments for entry in spec.outline)
    for name in Matter.model_fields:
        if name == "firm" and firm and "firm" not in matter:
            continue
        if based:
            asked = name in LISTS or name in matter or amends
        elif spec.needs is None:
            asked = name not in LISTS or name in matter
        else:
            asked = name in spec.needs or name in matter
        if asked:
            yield name


def _sections(service: Service, entries: dict[str, Entry]) -> Iterator[Section]:
    """Yield the questions in the library's order: a field stands under the longest path that holds it."""
    sections = form_table(service).sections
    places = {path: spec.id for spec in sections for path in spec.paths}
    for spec in sections:
        found = [
            (spec.paths.index(path), entry)
            for name, entry in entries.items()
            if (path := _holding(name, places)) and places[path] == spec.id
        ]
        if found:
            ordered = tuple(entry for _, entry in sorted(found, key=lambda one: one[0]))
            yield Section(spec.id, spec.title, ordered, help=spec.help)


def _holding(name: str, places: Mapping[str, str]) -> str:
    """Return the longest path of the form's table that holds a field."""
    path = name[1:].replace("/", ".")
    return max((one for one in places if path == one or path.startswith(f"{one}.")), key=len, default="")


def fields_of(service: Service, raw: JsonObject, firm: bool, named: Iterable[str]) -> tuple[Entry, ...]:
    """Return every field that an order's form has, without what is said beside them: quick, for taking a change in.

    ``named`` are the names that were sent: of the clauses only those count that they or the order speak of.
    """
    spec = service.library.kinds[raw["kind"]].spec
    words = words_of(service, spec.kind)
    choices = _choices(raw)
    spoken = {one.split("/")[3] for one in named if one.startswith("/clauses/") and one.count("/") >= 3}
    spoken |= {key for name in ("parameters", "replace", "choose") for key in _object(choices.get(name))}
    spoken |= {str(one) for one in choices.get("omit") or ()}
    clauses = [name for name in sorted(spoken) if name in service.library.clauses]
    settings = [one for name in clauses for one in _clause_controls(service, name, choices, words)]
    settings += [one for annex in _annexes(spec) for one in _annex_controls(annex, choices)]
    return (*_entries(service, spec, raw, words, firm), *_preset(spec, choices), *_special(choices, {}), *settings)


# --- clauses ---------------------------------------------------------------------------------


def _choices(raw: JsonObject) -> JsonObject:
    return _object(raw.get("clauses"))


def _clause_sections(
    service: Service, raw: JsonObject, preview: Preview, words: Words, titles: Mapping[str, str], asked: Asked
) -> Iterator[Section]:
    draft = preview.draft
    numbers = draft.numbers if draft else {}
    choices = _choices(raw)
    spec = service.library.kinds[raw["kind"]].spec
    if preset := _preset(spec, choices):
        yield Section("preset", "Объём", preset)
    made = [
        _setting(service, one, titles, numbers, choices, words, asked)
        for one in (draft.decisions if draft else _spoken_of(service, choices))
        if one.id in service.library.clauses
    ]
    for one in made if draft is None else ():
        one.reason = (Piece("Документ ещё не собран; здесь то, что меняет заказ"),)
    decided = {one.id: one for one in (draft.decisions if draft else ())}
    annexes = [
        _annex_setting(one, decided[one.id], numbers, choices, asked) for one in _annexes(spec) if one.id in decided
    ]
    rules = [one for one in made if service.library.clauses[one.id].spec.carried_rules()]
    others = [one for one in made if one not in rules]
    if rules:
        yield Section("rules", "Правила взаимодействия", settings=tuple(rules))
    if others:
        yield Section("clauses", "Остальные условия", settings=tuple(others))
    if annexes:
        yield Section("annexes", "Приложения", settings=tuple(annexes))
    yield Section("special", "Особые условия", _special(choices, titles))


def _spoken_of(service: Service, choices: JsonObject) -> tuple[Decision, ...]:
    """Return the clauses that an order speaks of, while there is no document that would say which stand."""
    named = {name for one in ("parameters", "replace", "choose") for name in _object(choices.get(one))}
    named |= set(choices.get("omit") or ())
    return tuple(Decision(name, True, "") for name in sorted(named & {*service.library.clauses}))


def _annexes(spec: KindSpec) -> tuple[AnnexSpec, ...]:
    """Return the annexes that an order may take in or leave out."""
    return tuple(one.annex for one in spec.outline if one.annex is not None and not one.annex.required)


def _annex_setting(
    spec: AnnexSpec, decision: Decision, numbers: Mapping[str, str], choices: JsonObject, asked: Asked
) -> Setting:
    number, made = numbers.get(spec.id, ""), _annex_controls(spec, choices)
    title = f"№ {number} {spec.title}" if number else spec.title
    changed = any(one.value not in ("", False) for one in made)
    reason = reason_of(decision, asked)
    return Setting(spec.id, title, number, decision.included, reason, (), made, False, changed, annex=True)


def _annex_controls(spec: AnnexSpec, choices: JsonObject) -> tuple[Control, ...]:
    """Return what may be set of an annex: to take it in, to leave it out."""
    chosen = str(_object(choices.get("choose")).get(spec.id, ""))
    options = (("", "как в выбранном объёме"), ("standard", "включить"))
    name = f"/clauses/choose/{spec.id}"
    choose = Control(name, "Это приложение", "select", chosen, False, options=options, structural=True)
    off = spec.id in (choices.get("omit") or ())
    omit = Control(f"/clauses/omit/{spec.id}", "Исключить это приложение", "boolean", off, False, structural=True)
    return (choose, omit) if spec.off else (omit,)


def _preset(spec: KindSpec, choices: JsonObject) -> tuple[Control, ...]:
    if not spec.presets:
        return ()
    options = tuple((name, one.title) for name, one in spec.presets.items())
    chosen = str(choices.get("preset", "standard"))
    return (Control("/clauses/preset", "Объём документа", "select", chosen, True, options=options, structural=True),)


def _setting(
    service: Service,
    decision: Decision,
    titles: Mapping[str, str],
    numbers: Mapping[str, str],
    choices: JsonObject,
    words: Words,
    asked: Asked,
) -> Setting:
    spec, name = service.library.clauses[decision.id].spec, decision.id
    norms = tuple(service.library.norms[one.norm].spec.title for one in spec.legal if one.norm in service.library.norms)
    title = titles.get(name) or words.form.titles.get(name) or _library_words(spec)
    own = name in _object(choices.get("replace"))
    off = name in (choices.get("omit") or ())
    changed = off or own or any(name in _object(choices.get(one)) for one in ("parameters", "choose"))
    made = _clause_controls(service, name, choices, words)
    reason = reason_of(decision, asked)
    return Setting(name, title, numbers.get(name, ""), decision.included, reason, norms, made, own, changed)


def _clause_controls(service: Service, name: str, choices: JsonObject, words: Words) -> tuple[Control, ...]:
    """Return what may be set of a clause: its variant, its parameters, its own wording, whether it stands."""
    spec = service.library.clauses[name].spec
    given = _object(_object(choices.get("parameters")).get(name))
    chosen = tuple(_parameter(name, key, one, given.get(key, ABSENT), words) for key, one in spec.parameters.items())
    replaced = _object(choices.get("replace")).get(name, "")
    own = Control(f"/clauses/replace/{name}", "Свой текст вместо этого условия", "lines", replaced, False, REFERENCES)
    off = name in (choices.get("omit") or ())
    omit = Control(f"/clauses/omit/{name}", "Исключить это условие", "boolean", off, False, structural=True)
    return (*_variants(name, spec, choices), *chosen, own, *(() if spec.required else (omit,)))


def _variants(name: str, spec: ClauseSpec, choices: JsonObject) -> tuple[Control, ...]:
    wordings = {one: variant.text.ru for each in spec.all_editions() for one, variant in each.choices().items()}
    if len(wordings) < 2 and not spec.off:
        return ()
    if len(wordings) < 2:
        options: tuple[tuple[str, str], ...] = (("", "как в выбранном объёме"), (next(iter(wordings)), "включить"))
        chosen = str(_object(choices.get("choose")).get(name, ""))
        label = "Это условие"
        return (Control(f"/clauses/choose/{name}", label, "select", chosen, False, options=options, structural=True),)
    parted = _parted([_plain_text(text).split() for text in wordings.values()])
    options = (("", "по условиям дела"), *zip(wordings, map(_short, parted), strict=True))
    chosen = str(_object(choices.get("choose")).get(name, ""))
    return (Control(f"/clauses/choose/{name}", "Вариант", "select", chosen, False, options=options, structural=True),)


def _parameter(clause: str, name: str, spec: ParameterSpec, value: object, words: Words) -> Control:
    sort = {"text": "line", "choice": "select"}.get(spec.type, spec.type)
    path = f"{clause}.{name}"
    options = tuple((one, words.of(path, one)) for one in spec.values or ())
    default = words.of(path, spec.default) if spec.type == "choice" else shown(sort, spec.default)  # type: ignore[arg-type]
    help_ = " ".join(part for part in (words.help(path, spec.help), f"({spec.unit})" if spec.unit else "") if part)
    made = Control(f"/clauses/parameters/{clause}/{name}", spec.label, sort, "", False, help_, options, default)  # type: ignore[arg-type]
    if sort == "boolean":
        made.value = bool(spec.default if value is ABSENT else value)
    else:
        made.value = shown(sort, value)  # type: ignore[arg-type]
    return made


def _special(choices: JsonObject, titles: Mapping[str, str]) -> tuple[Entry, ...]:
    places = tuple((name, title) for name, title in titles.items())
    rows = []
    for index, one in enumerate(choices.get("add") or ()):
        name, given = f"/clauses/add/{index}", _object(one)
        chosen = str(given.get("after", ""))
        after = Control(f"{name}/after", "После какого условия", "select", chosen, True, options=places)
        text = Control(f"{name}/text", "Текст", "lines", str(given.get("text", "")), True, REFERENCES)
        rows.append(Group(name, "", (after, text)))
    help_ = "Нумеруется вместе с остальными; в предпросмотре отмечено чертой на полях."
    return (Rows("/clauses/add", "Особые условия", tuple(rows), help_, one="условие"),)


def _excerpts(document: Document, words: Words) -> Iterator[tuple[str, str]]:
    """Yield each clause of the document with its number and title, or first words, in the document's order."""
    seen: set[str] = set()
    for block in _all_blocks(document.blocks):
        if isinstance(block, Clause) and block.clause not in seen and not block.clause.startswith("special_"):
            seen.add(block.clause)
            yield block.clause, f"{block.number} {words.form.titles.get(block.clause) or _short(plain(block.inlines))}"


def _all_blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Annex):
            yield from _all_blocks(block.blocks)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= EXCERPT else flat[:EXCERPT].rsplit(" ", 1)[0].rstrip(",;:—") + "…"


def _library_words(spec: ClauseSpec) -> str:
    """Return the first words of a clause that does not stand, without the marks of its text."""
    edition = spec.all_editions()[-1]
    variants = list(edition.choices().values())
    return _plain_words(variants[0].text.ru) if variants else ""


def _parted(texts: list[list[str]]) -> list[str]:
    """Return texts from the word where they part; those that still begin alike, from where they part among themselves.

    A preposition stays with its noun, and a word before what is filled in.

    >>> _parted(["Акт составлен в двух экземплярах".split(), "Акт составлен в форме файла".split()])
    ['… в двух экземплярах', '… в форме файла']
    """
    same = sum(1 for _ in takewhile(lambda words: len(set(words)) == 1, zip(*texts, strict=False)))
    while same and (len(texts[0][same - 1]) < 3 or any("…" in one[:1] for words in texts for one in words[same:][:1])):
        same -= 1
    made = [" ".join(("…", *words[same:]) if same else words) for words in texts]
    alike: dict[str, list[int]] = {}
    for place, one in enumerate(made):
        alike.setdefault(_short(one), []).append(place)
    for places in alike.values():
        if 1 < len(places) < len(texts):
            for place, one in zip(places, _parted([texts[place] for place in places]), strict=True):
                made[place] = one
    return made


def _plain_words(text: str) -> str:
    """Return the first words of a clause's text without its marks."""
    return _short(_plain_text(text))


def _plain_text(text: str) -> str:
    """Return a clause's text without its marks: «…» stands for what is filled in."""
    plain_text = re.sub(r"\{% el[^{]*?%\}.*?\{% endif %\}|\{%.*?%\}|\*\*", "", text)
    terms = re.sub(r"\{\{\s*([А-ЯЁа-яё]+)\s*\}\}", r"\1", plain_text)
    return re.sub(r"\{\{.*?\}\}", "…", terms)


# --- problems --------------------------------------------------------------------------------


def _attach(sections: Iterable[Section], problems: Iterable[Problem]) -> None:
    """Put each problem beside the field that it is about, or beside what holds that field; some are about none."""
    places: dict[str, list[Problem]] = {}
    for section in sections:
        for entry in walk(section.entries):
            places[entry.name] = entry.problems
        for setting in section.settings:
            places |= {control.name: control.problems for control in setting.controls}
            places.setdefault(f"/clauses/parameters/{setting.id}", setting.problems)
    for problem in problems:
        where = problem.where
        while where and where not in places:
            where = where.rpartition("/")[0] if where.startswith("/") else ""
        if where:
            places[where].append(problem)


def _counted(section: Section, warnings: Iterable[Problem]) -> tuple[int, int]:
    """Return how many answers of a section are missing and how many are wrong."""
    found = [problem for entry in walk(section.entries) for problem in entry.problems]
    found += [problem for setting in section.settings for one in setting.controls for problem in one.problems]
    missing = sum(problem.code == "required" for problem in found)
    return missing, sum(problem not in warnings for problem in found) - missing
