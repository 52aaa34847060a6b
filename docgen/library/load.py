"""A library folder in, its clauses, phrases, terms and kinds out, with every problem of their YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from docgen.errors import LibraryInvalid, Problem
from docgen.language.words import Words, mistakes
from docgen.library.schema import (
    IDENTIFIER,
    AdviceSpec,
    CalendarSpec,
    ClauseSpec,
    KindSpec,
    NormSpec,
    PhraseSpec,
    RequisiteSpec,
    SignatureSpec,
    Spec,
    TermSpec,
    VatSpec,
)
from docgen.library.templates import perhaps
from docgen.library.yaml import Path as YamlPath
from docgen.library.yaml import Source, read_yaml

SpecT = TypeVar("SpecT", bound=Spec)

_BY_ID: dict[str, type[Spec]] = {
    "clauses": ClauseSpec,
    "phrases": PhraseSpec,
    "terms": TermSpec,
    "norms": NormSpec,
    "advice": AdviceSpec,
}
_BY_PARTY: dict[str, type[Spec]] = {"requisites": RequisiteSpec, "named": RequisiteSpec, "signatures": SignatureSpec}
_TOP = (*_BY_ID, *_BY_PARTY, "vat", "calendar", "words")


@dataclass(frozen=True, slots=True)
class Placed(Generic[SpecT]):
    """A piece of the library and the place it was read from."""

    spec: SpecT
    source: Source
    path: YamlPath

    def where(self, *inside: str | int) -> str:
        """Return ``file:line`` of the piece or of something inside it."""
        return self.source.where((*self.path, *inside))

    def text_place(self, *inside: str | int) -> tuple[str, int]:
        """Return the file and the line on which a text inside the piece begins."""
        return self.source.name, self.source.text_line((*self.path, *inside))


@dataclass(slots=True)
class Library:
    """Everything the library folder holds, and the problems met while reading it."""

    folder: Path
    clauses: dict[str, Placed[ClauseSpec]] = field(default_factory=dict)
    phrases: dict[str, Placed[PhraseSpec]] = field(default_factory=dict)
    terms: dict[str, Placed[TermSpec]] = field(default_factory=dict)
    norms: dict[str, Placed[NormSpec]] = field(default_factory=dict)
    advice: dict[str, Placed[AdviceSpec]] = field(default_factory=dict)
    requisites: dict[str, tuple[Placed[RequisiteSpec], ...]] = field(default_factory=dict)
    named: dict[str, tuple[Placed[RequisiteSpec], ...]] = field(default_factory=dict)
    signatures: dict[str, tuple[Placed[SignatureSpec], ...]] = field(default_factory=dict)
    kinds: dict[str, Placed[KindSpec]] = field(default_factory=dict)
    vat: Placed[VatSpec] | None = None
    calendar: Placed[CalendarSpec] | None = None
    words: tuple[Any, Source] | None = None
    problems: list[Problem] = field(default_factory=list)
    doubtful: set[str] = field(default_factory=set)

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
    does not make others.
    """
    library = Library(folder)
    for source in _sources(folder, "clauses", "**/*.yaml"):
        _take_source(library, source)
        _read_areas(library, source)
    for source in _sources(folder, "templates", "*/kind.yaml"):
        _take_source(library, source)
        _read_kind(library, source)
    return library


def load_words(folder: Path) -> Words:
    """Return the forms settled by people that a library folder holds. Raises LibraryInvalid."""
    library = _load_file(folder, "clauses/words.yaml")
    library.problems += word_problems(library)
    _refuse(library)
    return Words.of(library.words[0] if library.words else {})


def load_calendar(folder: Path) -> frozenset[int]:
    """Return the years whose working days a library folder knows. Raises LibraryInvalid."""
    library = _load_file(folder, "clauses/calendar.yaml")
    _refuse(library)
    return library.official_years()


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
        yield read_yaml(path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8"))


def _take_source(library: Library, source: Source) -> None:
    library.problems.extend(source.problems)
    library.doubtful |= source.words


def _read_areas(library: Library, source: Source) -> None:
    if source.data is None:
        return
    if not isinstance(source.data, dict):
        library.problems.append(Problem(source.where(), "bad_shape", "в файле ждут ключи: " + ", ".join(_TOP)))
        return
    for top, content in source.data.items():
        _read_area(library, source, top, content)


def _read_area(library: Library, source: Source, top: str, content: Any) -> None:
    if top in _BY_ID:
        _read_by_id(library, source, top, content)
    elif top in _BY_PARTY:
        _read_by_party(library, source, top, content)
    elif top == "vat":
        spec = validate(VatSpec, content, source, ("vat",), library.problems)
        library.vat = None if spec is None else Placed(spec, source, ("vat",))
    elif top == "calendar":
        years = validate(CalendarSpec, content, source, ("calendar",), library.problems)
        library.calendar = None if years is None else Placed(years, source, ("calendar",))
    elif top == "words":
        library.words = (content, source)
    else:
        hint = perhaps(top, _TOP, "допускаются: " + ", ".join(_TOP))
        library.problems.append(Problem(source.where((top,)), "unknown_key", f"неизвестный ключ {top}", hint))


def _read_by_id(library: Library, source: Source, top: str, content: Any) -> None:
    shelf: dict[str, Placed[Any]] = getattr(library, top)
    for name, data in _mapping(library, source, (top,), content).items():
        path = (top, name)
        if name in shelf:
            message = f"{name} уже определён: {shelf[name].where()}"
            library.problems.append(Problem(source.where(path), "duplicate_id", message, "дайте другое имя"))
            continue
        if top != "terms" and not re.match(IDENTIFIER, name):
            hint = "строчные латинские буквы, цифры и _, не длиннее 35 знаков"
            library.problems.append(Problem(source.where(path), "bad_id", f"«{name}» — не идентификатор", hint))
        spec = validate(_BY_ID[top], data, source, path, library.problems)
        if spec is None:
            library.doubtful |= {name, *_words(data)}
        else:
            shelf[name] = Placed(spec, source, path)


def _read_by_party(library: Library, source: Source, top: str, content: Any) -> None:
    shelf: dict[str, tuple[Placed[Any], ...]] = getattr(library, top)
    for kind, rows in _mapping(library, source, (top,), content).items():
        paths: list[YamlPath] = [(top, kind, index) for index in range(len(rows))] if isinstance(rows, list) else []
        specs = [(validate(_BY_PARTY[top], rows[path[2]], source, path, library.problems), path) for path in paths]
        shelf[kind] = tuple(Placed(spec, source, path) for spec, path in specs if spec is not None)


def _mapping(library: Library, source: Source, path: YamlPath, content: Any) -> Mapping[str, Any]:
    if isinstance(content, dict):
        return content
    library.problems.append(Problem(source.where(path), "bad_shape", "здесь ждут имена с описаниями", ""))
    return {}


def _read_kind(library: Library, source: Source) -> None:
    if source.data is None:
        return
    spec = validate(KindSpec, source.data, source, (), library.problems)
    if spec is None:
        library.doubtful |= _words(source.data)
        return
    folder = Path(source.name).parent.name
    if spec.kind != folder:
        library.problems.append(
            Problem(
                source.where(("kind",)), "bad_id", f"вид {spec.kind} лежит в папке {folder}", "имя папки — имя вида"
            )
        )
    library.kinds[spec.kind] = Placed(spec, source, ())


def _words(data: Any) -> set[str]:
    """Return every identifier in a piece of YAML data."""
    if isinstance(data, dict):
        return set(data).union(*(_words(value) for value in data.values()))
    if isinstance(data, list):
        return set().union(*(_words(value) for value in data))
    return set(re.findall(r"[^\W\d]\w*", data)) if isinstance(data, str) else set()


# --- validation with file:line ---------------------------------------------------------------


def validate(model: type[SpecT], data: Any, source: Source, path: YamlPath, problems: list[Problem]) -> SpecT | None:
    """Return the spec of a piece of YAML; its mistakes go to ``problems``. Unknown keys alone do not spoil it."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
    problems.extend(_problem(model, detail, data, source, path) for detail in details)
    if any(detail["type"] != "extra_forbidden" for detail in details):
        return None
    for detail in details:
        data = _without(data, detail["loc"])
    return model.model_validate(data)


def _problem(model: type[BaseModel], detail: ErrorDetails, data: Any, source: Source, path: YamlPath) -> Problem:
    place = _known(source, path, detail["loc"])
    name = str(detail["loc"][-1]) if detail["loc"] else ""
    if detail["type"] == "extra_forbidden":
        siblings = _allowed_keys(model, detail["loc"][:-1])
        hint = perhaps(name, siblings, "допускаются: " + ", ".join(siblings) if siblings else "")
        return Problem(source.where(place), "unknown_key", f"неизвестный ключ {name}", hint)
    if detail["type"] == "missing":
        return Problem(source.where(place), "missing_key", f"не хватает ключа {name}", f"допишите {name}:")
    message = f"значение {detail.get('input')!r} не подходит для {name}"
    return Problem(source.where(place), "bad_shape", message, _expectation(detail))


def _expectation(detail: ErrorDetails) -> str:
    context = detail.get("ctx") or {}
    expected = context.get("expected") or context.get("pattern") or detail["type"].replace("_", " ")
    return f"ожидается: {expected}"


def _known(source: Source, path: YamlPath, loc: tuple[int | str, ...]) -> YamlPath:
    """Return the YAML path of a pydantic location: union tags and aliases drop out."""
    for step in loc:
        if (*path, step) in source.lines:
            path = (*path, step)
    return path


def _allowed_keys(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    """Return the keys allowed at a location, walking the models."""
    current: Any = model
    for step in loc:
        current = _step(current, step)
    if isinstance(current, type) and issubclass(current, BaseModel):
        return [info.alias or name for name, info in current.model_fields.items()]
    return []


def _step(annotation: Any, step: int | str) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        fields = {info.alias or name: info.annotation for name, info in annotation.model_fields.items()}
        return _model_in(fields[str(step)]) if str(step) in fields else annotation
    return annotation


def _model_in(annotation: Any) -> Any:
    """Return the model inside Optional, dict, tuple; a step into a container stays at its model."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _model_in(argument)
        if found is not None:
            return found
    return None


def _without(data: Any, loc: tuple[int | str, ...]) -> Any:
    """Return the data without the key at a location."""
    step, rest = loc[0], loc[1:]
    if isinstance(data, list):
        index = int(step)
        return [_without(item, rest) if position == index else item for position, item in enumerate(data)]
    if not rest:
        return {key: value for key, value in data.items() if key != step}
    return {key: _without(value, rest) if key == step else value for key, value in data.items()}
