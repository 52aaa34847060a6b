"""A library folder in, its clauses, phrases, terms and kinds out, with every problem of their YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from docgen.errors import LibraryInvalid, Problem
from docgen.language.words import Words, mistakes
from docgen.library.broken import identifiers_of
from docgen.library.mending import ID_HINT, filler, shown, validate
from docgen.library.passage import Passage
from docgen.library.schema import (
    IDENTIFIER,
    AdviceSpec,
    CalendarSpec,
    ClauseSpec,
    FormSpec,
    KindSpec,
    NormSpec,
    PackageSpec,
    PhraseSpec,
    RequisiteSpec,
    SheetsSpec,
    SignatureSpec,
    Spec,
    TermSpec,
    VatSpec,
)
from docgen.library.spelling import closest
from docgen.library.yaml import Path as YamlPath
from docgen.library.yaml import Source, decoded, read_yaml

SpecT = TypeVar("SpecT", bound=Spec)

_BY_ID: dict[str, type[Spec]] = {
    "clauses": ClauseSpec,
    "phrases": PhraseSpec,
    "terms": TermSpec,
    "norms": NormSpec,
    "advice": AdviceSpec,
    "packages": PackageSpec,
}
_BY_PARTY: dict[str, type[Spec]] = {"requisites": RequisiteSpec, "named": RequisiteSpec, "signatures": SignatureSpec}
_TABLES: dict[str, type[Spec]] = {"vat": VatSpec, "calendar": CalendarSpec, "sheets": SheetsSpec, "form": FormSpec}
_TOP = (*_BY_ID, *_BY_PARTY, *_TABLES, "words")


@dataclass(frozen=True, slots=True)
class Placed(Generic[SpecT]):
    """A piece of the library and the place it was read from."""

    spec: SpecT
    source: Source
    path: YamlPath

    def where(self, *inside: str | int) -> str:
        """Return ``file:line`` of the piece or of something inside it."""
        return self.source.where((*self.path, *inside))

    def passage(self, text: str, *inside: str | int) -> Passage:
        """Return a text inside the piece with its lines in the file."""
        return self.source.passage((*self.path, *inside), text)

    def is_damaged(self, *inside: str | int) -> bool:
        """Tell whether something was replaced by a filler, so that nothing more may be said about it."""
        return self.source.is_damaged((*self.path, *inside))

    def is_doubled(self, *inside: str | int) -> bool:
        """Tell whether it was given twice, so that nobody knows which was meant."""
        return self.source.is_doubled((*self.path, *inside))

    def is_hurt(self, *inside: str | int) -> bool:
        """Tell whether it or anything inside it was replaced by a filler."""
        return self.source.is_hurt((*self.path, *inside))


@dataclass(slots=True)
class Library:
    """Everything the library folder holds, and the problems met while reading it."""

    folder: Path
    clauses: dict[str, Placed[ClauseSpec]] = field(default_factory=dict)
    phrases: dict[str, Placed[PhraseSpec]] = field(default_factory=dict)
    terms: dict[str, Placed[TermSpec]] = field(default_factory=dict)
    norms: dict[str, Placed[NormSpec]] = field(default_factory=dict)
    advice: dict[str, Placed[AdviceSpec]] = field(default_factory=dict)
    packages: dict[str, Placed[PackageSpec]] = field(default_factory=dict)
    requisites: dict[str, tuple[Placed[RequisiteSpec], ...]] = field(default_factory=dict)
    named: dict[str, tuple[Placed[RequisiteSpec], ...]] = field(default_factory=dict)
    signatures: dict[str, tuple[Placed[SignatureSpec], ...]] = field(default_factory=dict)
    kinds: dict[str, Placed[KindSpec]] = field(default_factory=dict)
    vat: Placed[VatSpec] | None = None
    calendar: Placed[CalendarSpec] | None = None
    sheets: Placed[SheetsSpec] | None = None
    form: Placed[FormSpec] | None = None
    words: tuple[Any, Source] | None = None
    problems: list[Problem] = field(default_factory=list)
    doubtful: set[str] = field(default_factory=set)
    doubles: dict[tuple[str, str], list[Placed[Any]]] = field(default_factory=dict)
    misnamed: set[tuple[str, str]] = field(default_factory=set)
    places: dict[tuple[str, str], str] = field(default_factory=dict)
    unread_files: set[str] = field(default_factory=set)
    unread_kinds: set[str] = field(default_factory=set)

    def all(self, top: str, name: str) -> list[Placed[Any]]:
        """Return every definition of an id: the one that stands and its doubles."""
        return [getattr(self, top)[name], *self.doubles.get((top, name), ())]

    def official_years(self) -> frozenset[int]:
        """Return the years whose working days are officially known."""
        return frozenset(map(int, self.calendar.spec.years)) if self.calendar else frozenset()

    @property
    def look(self) -> Path:
        """The house look."""
        return self.folder / "templates" / "_look"


def load_library(folder: Path) -> Library:
    """Return the library of a folder that has ``clauses/`` and ``templates/``.

    ``doubtful`` are ids that a broken piece may define or use: nothing is said about them, so one mistake
    does not make others. ``doubles`` are second definitions of an id: told, but their texts are checked too.
    """
    library = Library(folder)
    for source in (*_sources(folder, "clauses", "**/*.yaml"), *_sources(folder, "templates", "_matter.yaml")):
        _take_source(library, source)
        _read_areas(library, source)
        library.doubtful |= source.words
    for source in _sources(folder, "templates", "*/kind.yaml"):
        _take_source(library, source)
        _read_kind(library, source)
        library.doubtful |= source.words
    return library


def load_words(folder: Path) -> Words:
    """Return the forms settled by people that a library folder holds. Raises LibraryInvalid."""
    library = _load_file(folder, "clauses/words.yaml")
    library.problems += word_problems(library)
    _refuse(library)
    return Words.of(library.words[0] if library.words else {})


def load_calendar(folder: Path) -> frozenset[int]:
    """Return the years whose working days a library folder knows. Raises LibraryInvalid."""
    return load_table(folder, "calendar").official_years()


def load_table(folder: Path, name: str) -> Library:
    """Return a library with nothing in it but one of its tables. Raises LibraryInvalid."""
    library = _load_file(folder, f"clauses/{name}.yaml")
    _refuse(library)
    return library


def word_problems(library: Library) -> Iterator[Problem]:
    """Yield what is wrong with the table of forms settled by people."""
    if library.words is None:
        return
    table, source = library.words
    for path, message in mistakes(table):
        yield Problem(source.where(("words", *path)), "bad_words", message, "см. docs/russian.md")


def _load_file(folder: Path, name: str) -> Library:
    library = Library(folder)
    for source in _sources(folder, ".", name):
        _take_source(library, source)
        _read_areas(library, source)
    return library


def _refuse(library: Library) -> None:
    if library.problems:
        raise LibraryInvalid(library.problems)


def _sources(folder: Path, room: str, pattern: str) -> Iterator[Source]:
    for path in sorted((folder / room).glob(pattern)):
        name = path.relative_to(folder).as_posix()
        text = decoded(name, path.read_bytes())
        yield text if isinstance(text, Source) else read_yaml(name, text)


def _take_source(library: Library, source: Source) -> None:
    library.problems.extend(source.problems)
    if source.unread:
        library.unread_files.add(source.name)


def _read_areas(library: Library, source: Source) -> None:
    if source.data is None:
        return
    if not isinstance(source.data, dict):
        hint = "начните файл с одного из них, например clauses:"
        message = "в файле ждут ключи: " + ", ".join(_TOP)
        library.problems.append(Problem(source.where(), "bad_shape", message, hint))
        return
    for top, content in source.data.items():
        _read_area(library, source, _right_top(library, source, top), content)
    for path, data, second in source.doubles:
        if len(path) == 2 and path[0] in _BY_ID:
            _keep_double(library, str(path[0]), str(path[1]), data, second)


def _keep_double(library: Library, top: str, name: str, data: Any, source: Source) -> None:
    """Keep the second of two pieces with one id in one file (a duplicate key): its texts are checked too."""
    placed = Placed(validate(_BY_ID[top], data, source, (top, name), library.problems), source, (top, name))
    library.doubles.setdefault((top, name), []).append(placed)


def _right_top(library: Library, source: Source, top: str) -> str:
    """Return the area that a top key means; a misspelt one is told and read as the nearest."""
    if top in _TOP:
        return top
    near = closest(top, [name for name in _TOP if name not in source.data])
    hint = f"возможно, {near}?" if near else "допускаются: " + ", ".join(_TOP)
    library.problems.append(Problem(source.where((top,)), "unknown_key", f"неизвестный ключ {top}", hint))
    if near:
        source.rename((top,), near)
    else:
        source.words |= identifiers_of(source.data[top])
        library.unread_files.add(source.name)
    return near


def _read_area(library: Library, source: Source, top: str, content: Any) -> None:
    if source.is_damaged((top,)):
        return
    if top in _BY_ID:
        _read_by_id(library, source, top, content)
    elif top in _BY_PARTY:
        _read_by_party(library, source, top, content)
    elif top:
        _read_table(library, source, top, content)


def home_of(table: str) -> str:
    """Return the file that a table of the library is kept in."""
    return "templates/_matter.yaml" if table == "form" else f"clauses/{table}.yaml"


def _read_table(library: Library, source: Source, top: str, content: Any) -> None:
    """Read a table that the library has once; of two, the one in the file of that name stands."""
    table: Any = (content, source)
    if top in _TABLES:
        table = Placed(validate(_TABLES[top], content, source, (top,), library.problems), source, (top,))
    elif content is None:
        message, hint = f"таблица {top} пуста", "впишите её или уберите ключ"
        library.problems.append(Problem(source.where((top,)), "bad_shape", message, hint))
        return
    first = getattr(library, top)
    if first is None:
        setattr(library, top, table)
        return
    before = first[1] if isinstance(first, tuple) else first.source
    home = source.name == home_of(top)
    second, stands = (before, source) if home else (source, before)
    message = f"таблица {top} уже есть: {stands.where((top,))}"
    library.problems.append(Problem(second.where((top,)), "duplicate_id", message, "соберите её в одном файле"))
    if home:
        setattr(library, top, table)


def _read_by_id(library: Library, source: Source, top: str, content: Any) -> None:
    shelf: dict[str, Placed[Any]] = getattr(library, top)
    for name, data in _mapping(library, source, (top,), content).items():
        path = (top, name)
        placed = Placed(validate(_BY_ID[top], data, source, path, library.problems), source, path)
        right = _right_id(library, placed, top, name)
        if right in shelf:
            message = f"{name} уже определён: {shelf[right].where()}"
            library.problems.append(Problem(source.where(path), "duplicate_id", message, "дайте другое имя"))
            library.doubles.setdefault((top, right), []).append(placed)
        else:
            shelf[right] = placed


def _right_id(library: Library, placed: Placed[Any], top: str, name: str) -> str:
    """Return the id of a piece; one that is no identifier is told and read as the identifier nearest to it."""
    if top == "terms" or re.match(IDENTIFIER, name):
        return name
    message = f"«{shown(name)}» — не идентификатор"
    library.problems.append(Problem(placed.where(), "bad_id", message, ID_HINT))
    placed.source.words.add(name)
    right = re.sub("[^a-z0-9_]", "_", name.lower())[:35]
    library.misnamed.add((top, right))
    return right


def _read_by_party(library: Library, source: Source, top: str, content: Any) -> None:
    shelf: dict[str, tuple[Placed[Any], ...]] = getattr(library, top)
    for kind, rows in _mapping(library, source, (top,), content).items():
        path = (top, kind)
        library.places.setdefault(path, source.where(path))
        if not isinstance(rows, list):
            _not_a_list(library, source, path, rows)
        places: list[YamlPath] = [(*path, index) for index in range(len(rows) if isinstance(rows, list) else 0)]
        specs = [(validate(_BY_PARTY[top], rows[place[2]], source, place, library.problems), place) for place in places]
        placed = tuple(Placed(spec, source, place) for spec, place in specs)
        if kind in shelf:
            message = f"{top}.{kind} уже определено" + (f": {shelf[kind][0].where()}" if shelf[kind] else "")
            hint = "оставьте одно определение"
            library.problems.append(Problem(source.where(path), "duplicate_id", message, hint))
            library.doubles.setdefault((top, kind), []).extend(placed)
        else:
            shelf[kind] = placed


def _not_a_list(library: Library, source: Source, path: YamlPath, rows: Any) -> None:
    if not source.is_damaged(path):
        message = f"{path[-1]}: не подходит {shown(rows)}"
        hint = "нужен список: каждая строка начинается с «- »"
        library.problems.append(Problem(source.where(path), "bad_shape", message, hint))


def _mapping(library: Library, source: Source, path: YamlPath, content: Any) -> Mapping[str, Any]:
    if isinstance(content, dict):
        return content
    source.words |= identifiers_of(content)
    message = f"в {path[-1]} ждут имена с описаниями, а здесь {shown(content)}"
    hint = "впишите их ниже с отступом или уберите ключ"
    library.problems.append(Problem(source.where(path), "bad_shape", message, hint))
    return {}


def _read_kind(library: Library, source: Source) -> None:
    folder = Path(source.name).parent.name
    if source.data is None and not source.unread:
        message, hint = "файл вида документа пуст", "впишите kind, title, outline или удалите папку"
        library.problems.append(Problem(source.where(), "bad_shape", message, hint))
        source.damaged.add(())
    whole = source.data is not None
    data = source.data if whole else {**filler(KindSpec), "kind": folder, "title": {"ru": folder}}
    spec = validate(KindSpec, data, source, (), library.problems)
    if not whole or source.is_damaged(()) or source.is_damaged(("outline",)):
        library.unread_kinds.add(folder)
    if spec.kind != folder and not source.is_damaged(("kind",)):
        message = f"вид {spec.kind} лежит в папке {folder}"
        library.problems.append(Problem(source.where(("kind",)), "bad_id", message, "имя папки — имя вида"))
    library.kinds[folder] = Placed(spec.model_copy(update={"kind": folder}), source, ())
