"""The project's own table of forms → overrides that declension obeys before any rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from docgen.language.forms import CASES, Case, Sex

Forms = Mapping[Case, str]
BySex = Mapping[Sex, Forms]
Mistake = tuple[tuple[str, ...], str]

WHOLE = ("names", "phrases")
BY_SEX = ("surnames", "first_names")
CASE_NAMES = ", ".join(CASES[1:])


@dataclass(frozen=True, eq=False)
class Words:
    """Forms settled by people; keys are nominatives and are found whatever their letter case.

    ``names`` holds whole names ("Фамилия Имя Отчество") and ``phrases`` positions and bases, each with forms by
    case; ``surnames`` and ``first_names`` hold one word with forms by sex and case. A case that is absent is
    left to the rules.
    """

    names: Mapping[str, Forms] = field(default_factory=dict)
    surnames: Mapping[str, BySex] = field(default_factory=dict)
    first_names: Mapping[str, BySex] = field(default_factory=dict)
    phrases: Mapping[str, Forms] = field(default_factory=dict)

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Words:
        """Return the overrides of a table as it stands in YAML; ValueError names every mistake in it.

        >>> Words.of({"phrases": {"Коуч": {"gent": "Коуча"}}}).phrases
        {'коуч': {'gent': 'Коуча'}}
        """
        found = mistakes(table)
        if found:
            raise ValueError("; ".join(f"{'/'.join(path)}: {message}" for path, message in found))
        return cls(**{name: {key.casefold(): forms for key, forms in rows.items()} for name, rows in table.items()})


EMPTY = Words()


def mistakes(table: object) -> tuple[Mistake, ...]:
    """Return (path of keys, what is wrong in Russian) for everything that `Words.of` cannot take.

    >>> mistakes({"phrases": {"Коуч": {"gen": "Коуча"}}})
    ((('phrases', 'Коуч', 'gen'), 'нет такого падежа; возможны gent, datv, accs, ablt, loct'),)
    """
    if not isinstance(table, Mapping):
        return (((), f"нужна таблица с разделами {', '.join(WHOLE + BY_SEX)}"),)
    return tuple(mistake for name, rows in table.items() for mistake in _section(str(name), rows))


def _section(name: str, rows: object) -> Iterator[Mistake]:
    if name not in WHOLE + BY_SEX:
        yield (name,), f"нет такого раздела; возможны {', '.join(WHOLE + BY_SEX)}"
    elif not isinstance(rows, Mapping):
        yield (name,), "нужна таблица: слово в именительном падеже и его формы"
    else:
        for word, forms in rows.items():
            yield from (_by_sex if name in BY_SEX else _forms)((name, str(word)), forms)


def _by_sex(path: tuple[str, ...], table: object) -> Iterator[Mistake]:
    if not isinstance(table, Mapping) or not table or not set(table) <= {"m", "f"}:
        yield path, "нужны формы по полу: m (мужские) или f (женские)"
        return
    for sex, forms in table.items():
        yield from _forms((*path, str(sex)), forms)


def _forms(path: tuple[str, ...], forms: object) -> Iterator[Mistake]:
    if not isinstance(forms, Mapping) or not forms:
        yield path, f"нужны формы по падежам: {CASE_NAMES}"
        return
    for case, form in forms.items():
        if case not in CASES[1:]:
            yield (*path, str(case)), f"нет такого падежа; возможны {CASE_NAMES}"
        elif not isinstance(form, str) or not form.strip():
            yield (*path, str(case)), "форма должна быть непустой строкой"
