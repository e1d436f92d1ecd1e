"""What a probe or a document says is held against the type of its fact, before any phrase sees it."""

from __future__ import annotations

import pytest

from deliverlint.facts.fit import misfit
from deliverlint.values import Json
from tests.engine.world import fact


@pytest.mark.parametrize("value", [0, -3, 2.5, 10**50, None])
def test_a_number_is_one(value: Json) -> None:
    assert misfit(fact("x.n", "number"), value) == ""


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 10**400, 1e200, True, "3", [3]])
def test_what_no_arithmetic_bears_is_no_number(value: Json) -> None:
    assert "a number belongs" in misfit(fact("x.n", "number"), value)
    assert misfit(fact("x.n", "numbers"), [value])


@pytest.mark.parametrize("value", ["2026-11-30", "2026-11-30T10:00:00Z", "2026-11-30 10:00", None])
def test_a_date_is_one_with_or_without_its_time(value: Json) -> None:
    assert misfit(fact("x.d", "date"), value) == ""


@pytest.mark.parametrize("value", ["soon", "2026", "2026-02-31", "30.11.2026", "2026-11-30x", ""])
def test_a_text_that_is_no_date_is_told_so_and_no_plugin_blamed(value: Json) -> None:
    reason = misfit(fact("x.d", "date"), value)
    assert "is no date" in reason
    assert "plugin" not in reason


def test_the_value_of_an_event_is_a_number_where_it_has_a_unit() -> None:
    event = {"start": 0, "end": 1, "value": "loud"}
    assert misfit(fact("x.e", "events", unit="dBFS"), [event])
    assert misfit(fact("x.e", "events"), [event]) == ""
    assert misfit(fact("x.e", "events", unit="dBFS"), [{"start": 0, "end": 1}]) == ""
