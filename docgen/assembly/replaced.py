"""A clause in the order's own words and the library's text of it in, a warning of figures that the words lack out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace

from docgen.assembly.choices import REFERENCE
from docgen.assembly.facts import Facts
from docgen.assembly.selection import Chosen, Selection
from docgen.assembly.trace import BlankCondition
from docgen.document import Value
from docgen.errors import Cure, Operation, OrderInvalid, Problem

TAIL = r"(?:,(?!\d\d(?!\d))\d+)?"  # of «0,1»; the kopecks of «459,01» are a number of their own, as in words
NUMBER = re.compile(rf"(?<!\d)\d{{1,3}}(?:[ \u00a0]\d{{3}})+(?!\d){TAIL}|\d+{TAIL}")
NO_KOPECKS = "00"
MOST_TOLD = 3


def replaced_values(facts: Facts, selection: Selection, own: Mapping[str, object]) -> Iterator[Problem]:
    """Yield a warning for each replaced clause whose own text lacks a figure that the library's text prints now.

    A figure is a value of the order that begins with a digit: a sum, a day, a number of days.
    """
    for identifier in own.keys() & selection.chosen.keys():
        text = str(own[identifier])
        lacking = [one for one in _figures(facts, selection.chosen[identifier]) if not _numbers(one) <= _numbers(text)]
        if lacking:
            yield _lacking(f"/clauses/replace/{identifier}", lacking)


def _lacking(where: str, figures: list[str]) -> Problem:
    more = len(figures) - MOST_TOLD
    told = "; ".join(figures[:MOST_TOLD]) + (f" и ещё {more}" if more > 0 else "")
    message = f"в своём тексте пункта нет того, что сказано в заказе: {told}"
    hint = "сверьте текст пункта с заказом или верните текст библиотеки"
    cure = Cure((Operation("remove", where),), "Вернуть текст библиотеки")
    return Problem(where, "replaced_value", message, hint, (cure,))


def _figures(facts: Facts, clause: Chosen) -> list[str]:
    """Return the figures of the order that the library's text of a clause prints, each once, with plain spaces."""
    state = replace(facts.state, tokens=[], problems=[], warnings=[])  # what is wrong with it is nobody's
    with suppress(BlankCondition, OrderInvalid):
        replace(facts, state=state).fill(clause.text, clause.parameters)
    values = [one for one in state.tokens if isinstance(one, Value) and _is_figure(one)]
    return list(dict.fromkeys(one.text.replace("\u00a0", " ") for one in values))


def _is_figure(one: Value) -> bool:
    """Tell whether a value is a figure that the order gives: the library's own defaults and counts are not."""
    return one.text[:1].isdigit() and "/" in one.source and ".yaml" not in one.source


def _numbers(text: str) -> set[str]:
    """Return the numbers in a text, however their digits are grouped.

    >>> sorted(_numbers("200 000 (двести тысяч) рублей 00 копеек до 22.11.2026"))
    ['11', '200000', '2026', '22']
    >>> sorted(_numbers("459,01 руб., 0,1 %"))
    ['0,1', '01', '459']
    """
    found = (re.sub("[ \u00a0]", "", one) for one in NUMBER.findall(REFERENCE.sub("", text)))
    return {one for one in found if one != NO_KOPECKS}
