"""What an agreement leaves out of its subject never contradicts the task and the services that it names."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

NAMED = ("представительство в суде первой инстанции", "защита от иска", "участие в исполнительном производстве")


@pytest.mark.parametrize("named", NAMED)
@pytest.mark.parametrize("preset", ["short", "standard", "full"])
@pytest.mark.parametrize("stem", ["budget_fixed", "spouses_shares", "advocate_two_clients"])
def test_conducting_the_case_is_left_out_only_where_it_is_not_named(
    stem: str, preset: str, named: str, said: Callable[[Any], str], order: Any
) -> None:
    asked = order(stem)
    asked.pop("clauses", None)
    asked["clauses"] = {"preset": preset}
    asked["matter"].pop("court", None)
    asked["matter"]["services"][0]["action"] = asked["facts"]["task"] = named
    text = said(asked)
    assert not re.search("[Нн]е вход[^.]*(в суде|инстанции|производстве)", text)
    if preset != "short":
        assert re.search(r"Ведение дела в суде и [^.]*, только если названо в пункте 1\.2\.", text)


def test_an_instance_without_a_price_is_left_out(said: Callable[[Any], str], order: Any) -> None:
    assert "в том числе ведение дела в инстанции, цена которой не указана" in said(order("bankruptcy_instances"))
