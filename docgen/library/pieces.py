"""Clauses, terms and tables of a library in, what is wrong with each by itself out: editions, defaults, norms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from docgen.errors import Problem
from docgen.library.facts import is_field_name
from docgen.library.ledger import Ledger
from docgen.library.load import Library, Placed, home_of, word_problems
from docgen.library.mending import ID_HINT, shown
from docgen.library.outline import Survey
from docgen.library.parameters import BOUNDED, mistake
from docgen.library.schema import (
    ClauseSpec,
    EditionSpec,
    FieldSpec,
    KindSpec,
    PackageSpec,
    PaperSpec,
    ParameterSpec,
    VariantSpec,
    VatRateSpec,
    VatSpec,
)
from docgen.library.sheets.check import sheet_problems
from docgen.library.spelling import perhaps
from docgen.library.yaml import Path


def clause_problems(library: Library, identifier: str, clause: Placed[ClauseSpec], ledger: Ledger) -> Iterator[Problem]:
    """Yield what is wrong with a clause, its texts apart."""
    spec = clause.spec
    wordings = [name for name in ("text", "variants", "editions") if getattr(spec, name) is not None]
    if len(wordings) != 1 and not clause.is_hurt():
        hint = "оставьте одно: text, variants или editions"
        yield Problem(clause.where(), "bad_shape", f"у пункта {identifier} должен быть один источник текста", hint)
        return
    yield from _edition_problems(clause)
    yield from _wording_problems(clause, (), spec)
    for name, parameter in spec.parameters.items():
        yield from _default_problems(clause, parameter, "параметра", name, ("parameters", name))
        yield from _variant_problems(clause, name, parameter)
    for index, legal in enumerate(spec.legal):
        note_norm(library, clause, ledger, legal.norm, ("legal", index, "norm"))


def note_norm(library: Library, piece: Placed[Any], ledger: Ledger, norm: str, path: Path) -> None:
    """Note that a piece rests on a norm; one that is not there is told."""
    ledger.used.add(("norm", norm))
    if norm not in library.norms and norm not in library.doubtful and not piece.is_damaged(*path):
        hint = perhaps(norm, library.norms, "добавьте норму в clauses/norms.yaml")
        ledger.miss(("norm", norm), Problem(piece.where(*path), "unknown_norm", f"нет нормы {norm}", hint))


# --- editions and wordings -------------------------------------------------------------------


Dated = EditionSpec | VatRateSpec


def _edition_problems(clause: Placed[ClauseSpec]) -> Iterator[Problem]:
    editions = clause.spec.editions
    if editions is None:
        return
    if not editions and not clause.is_hurt("editions"):
        message, hint = "нет ни одной редакции", "впишите редакцию: from и text"
        yield Problem(clause.where("editions"), "bad_shape", message, hint)
    yield from dated_problems(clause, editions, ("editions",), "редакция")
    for index, edition in enumerate(editions):
        here = ("editions", index)
        if (edition.text is None) == (edition.variants is None) and not clause.is_hurt(*here):
            message, hint = "в редакции нужно одно: text или variants", "оставьте одно из них"
            yield Problem(clause.where(*here), "bad_shape", message, hint)
        yield from _wording_problems(clause, here, edition)


def dated_problems(piece: Placed[Any], rows: Iterable[Dated], path: Path, what: str) -> Iterator[Problem]:
    """Yield a problem for each dated row that ends before it begins, or that an earlier one is still in force with."""
    earlier: list[Dated] = []
    known = [(index, row) for index, row in enumerate(rows) if not _dates_lost(piece, (*path, index))]
    for index, row in sorted(known, key=lambda pair: pair[1].start):
        if row.until is not None and row.until < row.start:
            message = f"{what} с {row.start} кончается раньше, чем начинается: {row.until}"
            yield Problem(piece.where(*path, index, "until"), "bad_shape", message, "поправьте from и until")
            continue
        for other in earlier:
            if other.until is None or row.start <= other.until:
                yield _overlap(piece.where(*path, index, "from"), row, other, what)
                break
        earlier = [other for other in earlier if other.until is not None] + [row]


def _overlap(where: str, row: Dated, other: Dated, what: str) -> Problem:
    until = "не ограничена" if other.until is None else f"действует до {other.until}"
    message = f"{what} с {row.start} накладывается на прежнюю, с {other.start} ({until})"
    return Problem(where, "overlapping_editions", message, "закройте прежнюю днём раньше (until)")


def _dates_lost(piece: Placed[Any], path: Path) -> bool:
    return any(piece.is_damaged(*path, name) for name in ("from", "until"))


def _wording_problems(clause: Placed[ClauseSpec], path: Path, spec: ClauseSpec | EditionSpec) -> Iterator[Problem]:
    if spec.text is not None and not spec.text.ru.strip():
        yield _empty(clause, (*path, "text", "ru"))
    variants: Mapping[str, VariantSpec] = spec.variants or {}
    if spec.variants is not None and not variants and not clause.is_hurt(*path):
        message, hint = "нет ни одного варианта", "впишите вариант: имя и text"
        yield Problem(clause.where(*path, "variants"), "bad_shape", message, hint)
    for name, variant in variants.items():
        if not variant.text.ru.strip():
            yield _empty(clause, (*path, "variants", name, "text", "ru"))


def _empty(clause: Placed[Any], path: Path) -> Problem:
    return Problem(clause.where(*path), "empty_text", "пустой текст", "впишите текст или удалите пункт")


# --- parameters and facts --------------------------------------------------------------------


def _default_problems(
    piece: Placed[Any], spec: ParameterSpec | FieldSpec, what: str, name: str, path: Path
) -> Iterator[Problem]:
    """Yield what is wrong with a value's bounds, words or default: the first thing only."""
    if piece.is_hurt(*path):
        return
    if spec.type == "choice" and not spec.values:
        message, hint = f"у {what} {name} нет слов для выбора", "впишите values: [слово, слово]"
        yield Problem(piece.where(*path), "bad_default", message, hint)
    elif spec.type not in BOUNDED and (spec.min is not None or spec.max is not None):
        key = "min" if spec.min is not None else "max"
        message = f"границы бывают у чисел и сумм, а {name} — {spec.type}"
        yield Problem(piece.where(*path, key), "bad_shape", message, "уберите min и max")
    elif spec.default is not None and (found := mistake(spec, spec.default)):
        code = "default_out_of_bounds" if found[0] == "out_of_bounds" else "bad_default"
        message = f"значение по умолчанию {what} {name}: {found[1]}"
        yield Problem(piece.where(*path, "default"), code, message, "поправьте default, границы или values")
    elif spec.min is not None and spec.max is not None and spec.min > spec.max:
        message = f"у {what} {name} min {shown(spec.min)} больше max {shown(spec.max)}"
        yield Problem(piece.where(*path, "min"), "bad_shape", message, "поправьте границы")


def _variant_problems(clause: Placed[ClauseSpec], name: str, parameter: ParameterSpec) -> Iterator[Problem]:
    names = clause.spec.variant_names()
    for index, variant in enumerate(parameter.variants or ()):
        path = ("parameters", name, "variants", index)
        if variant not in names and not clause.is_damaged(*path) and not clause.is_hurt("variants"):
            hint = perhaps(variant, names, "есть: " + ", ".join(sorted(names)))
            yield Problem(clause.where(*path), "unknown_variant", f"нет варианта {variant}", hint)


def fact_problems(kind: Placed[KindSpec]) -> Iterator[Problem]:
    """Yield what is wrong with the fields of a kind."""
    yield from _field_problems(kind, kind.spec.facts, ("facts",))


def _field_problems(kind: Placed[KindSpec], fields: Mapping[str, FieldSpec], path: Path) -> Iterator[Problem]:
    for name, spec in fields.items():
        place = (*path, name)
        if not is_field_name(name):
            message = f"поле не может называться «{shown(name)}»"
            yield Problem(kind.where(*place), "bad_id", message, ID_HINT + ", не служебное слово")
        if (spec.type == "rows") != bool(spec.fields) and not kind.is_hurt(*place):
            message = "у строк таблицы (rows) должны быть поля (fields), а у других полей их нет"
            yield Problem(kind.where(*place), "bad_shape", message, "впишите fields или исправьте type")
        yield from _default_problems(kind, spec, "поля", name, place)
        yield from _field_problems(kind, spec.fields, (*place, "fields"))


def preset_problems(library: Library, kind: Placed[KindSpec], ids: set[str]) -> Iterator[Problem]:
    """Yield what is wrong with a kind's presets: ids that it does not place, variants that are not there."""
    for name, preset in kind.spec.presets.items():
        named: list[tuple[str, Path]] = [
            (one, ("presets", name, "omit", index)) for index, one in enumerate(preset.omit)
        ]
        named += [(one, ("presets", name, "choose", one)) for one in preset.choose]
        for one, path in named:
            if one not in ids and one not in library.doubtful and not kind.is_damaged(*path):
                hint = perhaps(one, ids, "уберите его отсюда")
                yield Problem(kind.where(*path), "unknown_clause", f"в этом виде документа нет пункта {one}", hint)
        for one, variant in preset.choose.items():
            clause = library.clauses.get(one)
            names = clause.spec.variant_names() if clause and not clause.is_hurt() else frozenset({variant})
            if variant not in names:
                hint = perhaps(variant, names, "есть: " + ", ".join(sorted(names)))
                where = kind.where("presets", name, "choose", one)
                yield Problem(where, "unknown_variant", f"у пункта {one} нет варианта {variant}", hint)


def kind_names(library: Library) -> Iterator[Problem]:
    """Yield a problem for each kind that another kind or a rule of advice names and that is not there."""
    named: list[tuple[Placed[Any], str, Path]] = []
    for kind in library.kinds.values():
        named += [(kind, name, ("based_on", index)) for index, name in enumerate(kind.spec.based_on)]
    for advice in library.advice.values():
        named += [(advice, name, ("kinds", index)) for index, name in enumerate(advice.spec.kinds or ())]
    for package in library.packages.values():
        papers = enumerate(package.spec.papers)
        named += [(package, paper.kind, ("papers", index, "kind")) for index, paper in papers]
    for piece, name, path in named:
        if name not in library.kinds and name not in library.doubtful and not piece.is_damaged(*path):
            hint = perhaps(name, library.kinds, "есть: " + ", ".join(library.kinds))
            yield Problem(piece.where(*path), "unknown_kind", f"нет вида документа {name}", hint)


def package_problems(library: Library) -> Iterator[Problem]:
    """Yield what is wrong with packages: a fact that a kind has not, a paper that rests on what is not before it."""
    for package in library.packages.values():
        before: set[str] = set()
        for index, paper in enumerate(package.spec.papers):
            kind = library.kinds.get(paper.kind)
            path = ("papers", index)
            if kind is not None and not package.is_hurt(*path):
                yield from _paper_problems(package, paper, kind, before, path)
            before.add(paper.kind)


def _paper_problems(
    package: Placed[PackageSpec], paper: PaperSpec, kind: Placed[KindSpec], before: set[str], path: Path
) -> Iterator[Problem]:
    for name in paper.facts:
        if name not in kind.spec.facts and not kind.is_hurt("facts"):
            hint = perhaps(name, kind.spec.facts, "есть: " + ", ".join(kind.spec.facts))
            message = f"у вида {paper.kind} нет поля {name}"
            yield Problem(package.where(*path, "facts", name), "unknown_key", message, hint)
    known = {"agreement", *before} & {"agreement", *kind.spec.based_on}
    if paper.on is not None and paper.on not in known and not kind.is_hurt("based_on"):
        hint = "назовите agreement или вид, который стоит в наборе выше: " + ", ".join(sorted(known))
        message = f"документ вида {paper.kind} не может опираться на {paper.on}"
        yield Problem(package.where(*path, "on"), "based_on", message, hint)
    strange = {"month_start", "month_end"} & set(paper.facts.values())
    if strange and not package.spec.monthly:
        message = f"{', '.join(sorted(strange))} бывает у набора за месяц"
        yield Problem(package.where(*path, "facts"), "bad_shape", message, "впишите monthly: true")


def advice_norms(library: Library, ledger: Ledger) -> None:
    """Note the norms that rules of advice rest on."""
    for advice in library.advice.values():
        for index, legal in enumerate(advice.spec.legal):
            note_norm(library, advice, ledger, legal.norm, ("legal", index, "norm"))


# --- terms -----------------------------------------------------------------------------------


def term_problems(library: Library, reserved: set[str]) -> Iterator[Problem]:
    """Yield a problem for each term of which a word is taken: by another term or by a name of the language of texts."""
    owners: dict[str, str] = {}
    for identifier, term in library.terms.items():
        words = {form: ("forms", case) for case, form in term.spec.forms.cases()}
        words |= {word: ("agreeing", word) for word in term.spec.agreeing if word not in words}
        taken = [word for word in words if (word in owners or word in reserved) and not term.is_damaged(*words[word])]
        for word in taken[:1]:
            whose = f"термина {owners[word]}" if word in owners else "языка шаблонов"
            message = f"слово «{word}» термина {identifier} уже занято: это имя {whose}"
            yield Problem(term.where(*words[word]), "duplicate_id", message, "дайте термину другое слово")
        owners |= {word: identifier for word in words if word not in owners}


# --- tables ----------------------------------------------------------------------------------

_TABLES = {
    "vat": "нет таблицы НДС",
    "calendar": "нет таблицы производственных календарей",
    "form": "нет таблицы формы",
}


def table_problems(library: Library, ledger: Ledger) -> Iterator[Problem]:
    """Yield what is wrong with the tables: VAT, calendar, columns of spreadsheets, the form, forms of words."""
    for name, message in _TABLES.items():
        file = home_of(name)
        if getattr(library, name) is None and name not in library.doubtful and file not in library.unread_files:
            yield Problem(f"{file}:1", "missing_table", f"{message} (ключ {name})", f"верните файл {file}")
    yield from word_problems(library)
    if library.sheets is not None:
        yield from sheet_problems(library.sheets)
    if library.vat is not None:
        yield from _vat_problems(library, library.vat, ledger)


def _vat_problems(library: Library, vat: Placed[VatSpec], ledger: Ledger) -> Iterator[Problem]:
    for name, profile in vat.spec.profiles.items():
        path = ("profiles", name, "rates")
        if not profile.rates and not vat.is_hurt(*path):
            message, hint = f"у профиля {name} нет ни одной ставки", "впишите строку: from, rate, phrase, norm"
            yield Problem(vat.where(*path), "bad_shape", message, hint)
        yield from dated_problems(vat, profile.rates, path, "ставка")
        for index, rate in enumerate(profile.rates):
            note_norm(library, vat, ledger, rate.norm, (*path, index, "norm"))


def party_kind_problems(library: Library, kinds: frozenset[str]) -> Iterator[Problem]:
    """Yield a problem for each kind of party of the parties' block that an order cannot have."""
    for top in ("requisites", "named", "signatures"):
        for kind in getattr(library, top):
            if kind not in kinds:
                lacking = kinds - set(getattr(library, top))
                hint = perhaps(kind, lacking or kinds, "бывает: " + ", ".join(sorted(kinds)))
                where = library.places[top, kind]
                yield Problem(where, "unknown_key", f"нет вида стороны {kind}", hint)


# --- outlines --------------------------------------------------------------------------------


def target_problems(library: Library, kind: Placed[KindSpec], found: Survey) -> Iterator[Problem]:
    """Yield a problem for each section or annex whose id is taken."""
    seen: dict[str, str] = {}
    for target in found.targets:
        if kind.is_damaged(*target.path):
            continue
        where = kind.where(*target.path)
        if target.id in library.clauses:
            message = f"{target.id} — и пункт, и раздел или приложение"
            yield Problem(where, "duplicate_id", message, "дайте разделу или приложению другое имя")
        elif target.id in seen:
            message = f"{target.id} уже есть: {seen[target.id]}"
            yield Problem(where, "duplicate_id", message, "дайте другое имя")
        seen.setdefault(target.id, where)
