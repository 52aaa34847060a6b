"""A problem's words in, the same words as the screen has them out: labels for names, what is typed for what is sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from docgen.errors import Cure, Problem
from docgen.model import Order
from docgen.service import Service
from docgen.web.fields import Control, Entry, Words, field_titles

NAMES = re.compile(r"(?<![\w@./-])[a-z][a-z_]{2,}(?:\.[a-z_]+)*(?![\w@/-])")
CLAUSES = re.compile(r"(?<=пункт )[a-z_]{3,}|(?<=пункта )[a-z_]{3,}|(?<=пункте )[a-z_]{3,}|(?<=пунктом )[a-z_]{3,}")
POINTERS = re.compile(r" \(/[a-z/_]+\)")
TYPED: Mapping[str, tuple[str, str]] = {
    "money": ("нужна сумма цифрами", "образец: 150\u00a0000,50"),
    "percent": ("нужно число процентов", "образец: 12,5"),
    "decimal": ("нужно число", "образец: 1,5"),
    "integer": ("нужно целое число", "образец: 3"),
    "numbers": ("нужны целые числа через запятую", "образец: 1, 2"),
    "date": ("нужна дата: день, месяц, год четырьмя цифрами", "образец: 22.11.2026"),
}
"""What to say of a typed text that cannot be read, by how the field is typed in."""


def spoken(service: Service, words: Words, titles: Mapping[str, str]) -> Callable[[str], str]:
    """Return what puts words as the screen has them; ``titles`` are the first words of the clauses that stand."""
    facts = service.library.kinds[words.kind].spec.facts
    own = field_titles(service.facts_model(words.kind))
    choices = {value: words.of(f"facts.{name}", value) for name, spec in facts.items() for value in spec.values or ()}
    general = {value: word for value, word in words.form.words.items() if len(value) > 2}  # «ru» stands in addresses
    plain = {"kind": "вид", "true": "да", "false": "нет"}
    known = {**general, **_quoted(field_titles(Order)), **plain, **choices, **_quoted(own)}
    roots = {*known, "facts", "matter"}

    def named(found: re.Match[str]) -> str:
        first, dot, _ = found.group().partition(".")
        last = found.group().rpartition(".")[2]
        title = found.group() if dot and first not in roots else known.get(last, found.group())
        return title.strip("«»") if found.string[: found.start()].endswith("«") else title

    def clause(found: re.Match[str]) -> str:
        return f"«{titles[found.group()]}»" if found.group() in titles else found.group()

    return lambda text: NAMES.sub(named, CLAUSES.sub(clause, POINTERS.sub("", text)))


def _quoted(titles: Mapping[str, str]) -> dict[str, str]:
    return {name: f"«{title}»" for name, title in titles.items()}


def together(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield problems; what one place does not know, for it was given for another kind, as one with one cure."""
    alien: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.code == "unknown_key" and problem.cures:
            alien.setdefault(problem.where.rpartition("/")[0], []).append(problem)
        else:
            yield problem
    for place, found in alien.items():
        names = ", ".join(one.where.rpartition("/")[2] for one in found)
        cure = Cure(tuple(step for one in found for step in one.cures[0].patch), "Убрать")
        message = f"при нынешнем выборе здесь нет места для того, что заполнено: {names}"
        yield Problem(place, "unknown_key", message, "верните прежний выбор или уберите это", (cure,))


def reworded(problems: Iterable[Problem], entries: Mapping[str, Entry]) -> Iterator[Problem]:
    """Yield problems as they concern what was typed: fields by their labels, dates and sums as one types them."""
    for problem in problems:
        found = entries.get(problem.where) or entries.get(problem.where.rpartition("/")[0])
        control = found if isinstance(found, Control) else None
        unread = problem.code == "type" or (problem.code == "date" and "вне пределов" not in problem.message)
        if control is not None and control.sort in TYPED and unread:
            needed, sample = TYPED[control.sort]
            yield replace(problem, message=f"{control.label}: {needed}", hint=sample)
        elif problem.code in ("required", "too_few") and problem.where in entries:
            message = f"{entries[problem.where].label}: не указано"
            yield replace(problem, code="required", message=message)
        elif problem.code == "sex_unknown":
            yield replace(problem, hint="укажите пол")
        elif problem.code == "blank_condition" and problem.where in entries:
            message = f"{entries[problem.where].label}: от ответа зависит, что войдёт в документ"
            yield replace(problem, message=message, hint="пропуск здесь невозможен")
        else:
            near = _near(problem.where, entries)
            yield replace(problem, message=NAMES.sub(near, problem.message), hint=NAMES.sub(near, problem.hint))


def _near(where: str, entries: Mapping[str, Entry]) -> Callable[[re.Match[str]], str]:
    """Return what puts the label of a field in the place of its name: of the nearest field so named."""
    steps = where.split("/")
    above = ["/".join(steps[:length]) for length in range(len(steps), 0, -1)]

    def label(found: re.Match[str]) -> str:
        path = found.group().replace(".", "/")
        entry = next((entries[name] for place in above if (name := f"{place}/{path}") in entries), None)
        if entry is None or not entry.label:
            return found.group()
        return entry.label if found.string[: found.start()].endswith("«") else f"«{entry.label}»"

    return label
