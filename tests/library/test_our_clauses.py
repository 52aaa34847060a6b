"""Our own clauses: parameters with bounds, units and help, norms with their owner and the day of the last check."""

from __future__ import annotations

from datetime import date

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
