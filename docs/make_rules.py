"""The clause library in, docs/rules.md out: each of the fifteen rules with its clauses, parameters and kinds.

Run it after a change of the library: ``python docs/make_rules.py``; a test compares.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docgen.config import bundled_library
from docgen.library import ClauseSpec, Library, ParameterSpec, load_library
from docgen.library.outline import survey

RULES = {
    1: "Каналы связи и передача результата",
    2: "Письменная форма вопросов и ответов",
    3: "Согласование самостоятельных действий",
    4: "Раскрытие сведений и содействие",
    5: "Доверенности",
    6: "Контроль и отчёты",
    7: "Пошлины и расходы",
    8: "Явка",
    9: "Обмен сведениями",
    10: "Рекомендации и указания",
    11: "Личное исполнение и привлечённые лица",
    12: "Выбор и замена специалиста",
    13: "Конфликт интересов",
    14: "Отказ заказчика и расчёты",
    15: "Претензии и ответственность",
}
HEAD = """# The fifteen rules

Which clauses carry each rule of interaction between firm and client, in which wordings, with which parameters, and in
which kinds of document they stand. Made by `docs/make_rules.py` from the library itself; a test compares.
"""


def page(library: Library) -> str:
    """Return the whole page."""
    return "\n".join([HEAD, *(line for rule in RULES for line in _rule(library, rule))]) + "\n"


def _rule(library: Library, rule: int) -> Iterator[str]:
    yield f"## {rule}. {RULES[rule]}\n"
    yield "| clause | wordings | parameters | kinds |"
    yield "|---|---|---|---|"
    for name, placed in sorted(library.clauses.items()):
        if rule in placed.spec.carried_rules():
            cells = (f"`{name}`", _wordings(placed.spec), _parameters(placed.spec), _kinds(library, name))
            yield f"| {' | '.join(cells)} |"
    yield ""


def _wordings(spec: ClauseSpec) -> str:
    return ", ".join(sorted(spec.variant_names()))


def _parameters(spec: ClauseSpec) -> str:
    return "<br>".join(f"`{name}`: {_parameter(one)}" for name, one in spec.parameters.items()) or "—"


def _parameter(spec: ParameterSpec) -> str:
    if spec.values is not None:
        bounds = " / ".join(spec.values)
    else:
        bounds = f"{spec.min}–{spec.max}" if spec.min is not None and spec.max is not None else ""
    return " ".join(filter(None, [f"{spec.label},", f"{spec.default}", f"({bounds})" if bounds else "", spec.unit]))


def _kinds(library: Library, clause: str) -> str:
    placed = {name: {one.id for one in survey(kind).clauses} for name, kind in library.kinds.items()}
    return ", ".join(f"`{name}`" for name in library.kinds if clause in placed[name])


if __name__ == "__main__":
    Path(__file__).with_name("rules.md").write_text(page(load_library(bundled_library())), encoding="utf-8")
