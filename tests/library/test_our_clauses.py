"""Our own clauses: parameters with bounds, units and help, norms with their owner and the day of the last check."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from docgen.library import EntrySpec
from docgen.service import Service


def test_every_parameter_is_described_and_bounded(service: Service) -> None:
    lacking = [
        (name, parameter)
        for name, clause in service.library.clauses.items()
        for parameter, spec in clause.spec.parameters.items()
        if not spec.label
        or (spec.type in ("integer", "decimal", "money") and (spec.min is None or spec.max is None or not spec.unit))
        or (spec.type == "choice" and not spec.values)
        or not (spec.help or spec.type in ("integer", "decimal", "money"))
    ]
    assert lacking == []


def test_every_clause_rests_on_a_norm_checked_within_a_year_of_its_writing(service: Service) -> None:
    clauses = service.library.clauses
    assert [name for name, clause in clauses.items() if not clause.spec.legal] == []
    checked = [legal.checked for clause in clauses.values() for legal in clause.spec.legal]
    assert min(checked) >= date(2026, 1, 1)


def test_every_norm_is_used_and_watched_by_somebody(service: Service) -> None:
    library = service.library
    used = {legal.norm for clause in library.clauses.values() for legal in clause.spec.legal}
    used |= {legal.norm for rule in library.advice.values() for legal in rule.spec.legal}
    assert library.vat is not None
    used |= {rate.norm for profile in library.vat.spec.profiles.values() for rate in profile.rates}
    assert set(library.norms) - used == set()
    assert [name for name, norm in library.norms.items() if not norm.spec.owner] == []


def test_each_rule_has_wordings_for_every_regime(service: Service) -> None:
    clauses = service.library.clauses.values()
    for rule in range(1, 16):
        carrying = [clause.spec for clause in clauses if rule in clause.spec.carried_rules()]
        conditions = " ".join(str(one.model_dump()) for one in carrying)
        assert "order.preset == 'short'" in conditions, rule
        assert len(carrying) >= 2, rule


def clauses_of(entries: Iterable[EntrySpec]) -> Iterator[str]:
    for entry in entries:
        if entry.text is not None:
            yield entry.text.clause
        elif entry.points is not None:
            yield from entry.points.clauses
        elif entry.section is not None:
            yield from entry.section.clauses
        elif entry.annex is not None:
            yield from clauses_of(entry.annex.blocks)


def test_every_clause_is_called_as_a_lawyer_calls_it(service: Service) -> None:
    assert service.library.form is not None
    titles = service.library.form.spec.titles
    assert set(titles) == set(service.library.clauses)
    strange = re.compile(r"[^А-Яа-яё -]|\b(?:Исполнител|Заказчик|Доверител|Адвокат)(?:[ьяюеиуа]|ом|ем|ами)?\b", re.I)
    assert [title for title in titles.values() if strange.search(title) or not 1 <= len(title.split()) <= 5] == []
    assert [title for title in titles.values() if not title[0].isupper() or len(title) > 40] == []
    for name, kind in service.library.kinds.items():
        called = Counter(titles[one] for one in clauses_of(kind.spec.outline))
        assert [title for title, times in called.items() if times > 1] == [], name
