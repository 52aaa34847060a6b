"""A raw order in, a frozen Order and its warnings out, or every problem at once.

tidy texts → field checks → cross-field checks on what is itself right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from pydantic import BaseModel, ValidationError

from docgen.errors import OrderInvalid, Problem, each_once
from docgen.model.blank import Blank
from docgen.model.cross import doubts, mistakes
from docgen.model.finding import Finding
from docgen.model.messages import findings_of, required
from docgen.model.order import ALL_PARTS, Order, order_type
from docgen.model.place import place_of
from docgen.model.reader import Known
from docgen.model.text import Tidied
from docgen.model.walk import JsonObject, Path, pointer_join

FIRM: Path = ("matter", "firm")
WHERE_FIRM = "опишите исполнителя в заказе или в файле firm.yaml (переменная DOCGEN_FIRM)"


def parse_order(
    raw: JsonObject,
    facts: type[BaseModel],
    *,
    needs: frozenset[str] = ALL_PARTS,
    blanks: bool,
    firm: JsonObject | None = None,
    day: date | None = None,
    lenient: bool = False,
) -> tuple[Order, tuple[Problem, ...]]:
    """Return the order and its warnings; a ``lenient`` reading asks nothing of how its facts fit together.

    ``facts`` is the model of the kind's own fields, ``needs`` the parts of the matter that it cannot do without. With
    ``blanks`` an open scalar fact becomes a Blank. ``firm`` is the profile to use when the order has none. ``day`` is
    the document's date if it overrides ``order.date``. Raises OrderInvalid with every problem, one for each mistake.
    """
    root = order_type(facts, needs)
    tidied = Tidied(_completed(raw, firm))
    check = _Check(root, tidied, blanks, day, lenient)
    findings = check.run(tidied.tree)
    if blanks:
        findings = _without_filled(check, tidied.tree, findings)
    if findings:
        raise OrderInvalid(map(Finding.problem, findings))
    return root.model_validate(tidied.tree), _problems([*tidied.warnings, *doubts(Known(tidied.tree))])


def _problems(findings: Iterable[Finding]) -> tuple[Problem, ...]:
    return each_once(finding.problem() for finding in findings)


def _completed(raw: JsonObject, firm: JsonObject | None) -> JsonObject:
    """Return the order with what it may leave out: the earlier order's matter, the firm's profile, empty facts."""
    matter = inherited_matter(raw)
    if firm is not None and isinstance(matter, dict):
        matter = {"firm": firm, **matter}
    whole = {"facts": {}, **{name: part for name, part in raw.items() if name != "based_on"}}
    return whole if matter is None else {**whole, "matter": matter}


def inherited_matter(raw: JsonObject) -> Any:
    """Return an order's matter over that of the order it is based on, and so on down the chain.

    >>> inherited_matter({"based_on": {"matter": {"number": "1", "place": "Москва"}}, "matter": {"number": "2"}})
    {'number': '2', 'place': 'Москва'}
    """
    matter, base = raw.get("matter", {} if "based_on" in raw else None), raw.get("based_on")
    earlier = inherited_matter(base) if isinstance(base, dict) else None
    return {**earlier, **matter} if isinstance(earlier, dict) and isinstance(matter, dict) else matter


def _without_filled(check: _Check, tree: Any, findings: list[Finding]) -> list[Finding]:
    """Put a blank where a scalar fact is absent and return what is still wrong."""
    absent = {finding.path: finding for finding in findings if finding.fillable}
    for path in absent:
        _put(tree, path, Blank(pointer_join(*path)))
    # Where no blank may stand, the value is simply absent as before.
    return [absent.get(finding.path, finding) for finding in check.run(tree)]


def _put(tree: Any, path: Path, value: object) -> None:
    for step in path[:-1]:
        tree = tree[step]
    tree[path[-1]] = value


class _Check:
    """The two passes over one order."""

    def __init__(self, root: type[Order], tidied: Tidied, blanks: bool, day: date | None, lenient: bool) -> None:
        self.root, self.tidied, self.blanks, self.day, self.lenient = root, tidied, blanks, day, lenient

    def run(self, tree: Any) -> list[Finding]:
        """Return every mistake of the tree."""
        errors = self.errors(tree)
        noticed = [*self.tidied.findings, *self.nulls(errors)]
        places = {finding.path for finding in noticed}
        fields = [*noticed, *(error for error in errors if error.path not in places)]
        lost = frozenset(path for finding in [*noticed, *errors] for path in finding.unreadable())
        order = Known(tree, lost=lost)
        return [*_shown(fields), *(() if self.lenient else mistakes(order, self.day or order["date"].day))]

    def nulls(self, errors: list[Finding]) -> Iterator[Finding]:
        """Yield the nulls where blanks are not allowed, save those inside what is wrong as a whole."""
        if self.blanks:
            return
        wrong = {error.path for error in errors if error.code != "blank"}
        for path in self.tidied.blanks:
            if not _is_under(path, wrong):
                yield required(path, self.label(path))

    def label(self, path: Path) -> str:
        return place_of(self.root, path).label

    def errors(self, tree: Any) -> list[Finding]:
        try:
            self.root.model_validate(tree)
        except ValidationError as error:
            return [_firm_hint(finding) for finding in findings_of(error, self.root)]
        return []


def _firm_hint(finding: Finding) -> Finding:
    if finding.path == FIRM and finding.code == "required":
        return required(FIRM, "Исполнитель", WHERE_FIRM)
    return finding


def _shown(findings: list[Finding]) -> Iterator[Finding]:
    """Yield the findings without the echoes: an absent field is there under a mistyped name."""
    meant = {finding.instead for finding in findings}
    return (finding for finding in findings if finding.code != "required" or finding.path not in meant)


def _is_under(path: Path, roots: set[Path]) -> bool:
    return any(path[: length + 1] in roots for length in range(len(path)))
