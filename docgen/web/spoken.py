"""A problem's words in, the same words as the screen has them out: labels for names, what is typed for what is sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from docgen.errors import Cure, Problem
from docgen.model import Order
from docgen.service import Service
from docgen.web.fields import Control, Words, field_titles

NAMES = re.compile(r"(?<![\w@./-])[a-z][a-z_]{2,}(?:\.[a-z_]+)*(?![\w@/-])")
CLAUSES = re.compile(r"(?<=пункт )[a-z_]{3,}|(?<=пункта )[a-z_]{3,}|(?<=пункте )[a-z_]{3,}|(?<=пунктом )[a-z_]{3,}")
POINTERS = re.compile(r" \(/[a-z/_]+\)")
TYPED: Mapping[str, tuple[str, str]] = {
    "money": ("нужна сумма цифрами", "образец: 150\u00a0000,50"),
    "percent": ("нужно число процентов", "образец: 12,5"),
    "decimal": ("нужно число", "образец: 1,5"),
    "integer": ("нужно целое число", "образец: 3"),
    "numbers": ("нужны целые числа через запятую", "образец: 1, 2"),
    "date": ("такой даты нет", "образец: 22.11.2026"),
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


def reworded(problems: Iterable[Problem], controls: Mapping[str, Control]) -> Iterator[Problem]:
    """Yield problems as they concern what was typed: no JSON, no quotes, dates and sums as one types them."""
    for problem in problems:
        control = controls.get(problem.where) or controls.get(problem.where.rpartition("/")[0])
        unread = problem.code == "type" or (problem.code == "date" and "вне пределов" not in problem.message)
        if control is not None and control.sort in TYPED and unread:
            needed, sample = TYPED[control.sort]
            yield replace(problem, message=f"{control.label}: {needed}", hint=sample)
        else:
            yield problem
