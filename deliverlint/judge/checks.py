"""The two escape hatches: a rule's own JSON Schema, and a named check that a plugin brings."""

from __future__ import annotations

import importlib
from functools import lru_cache
from typing import Any

from deliverlint.judge.expectations import Outcome, place_of
from deliverlint.judge.scope import Scope
from deliverlint.ruleset.model import Rule
from deliverlint.spec import Check
from deliverlint.values import Fact, Unmeasured
from deliverlint.wording import counted, printable

_SHOWN = 3


@lru_cache(maxsize=256)
def _function(run: str) -> Any:
    module, _, name = run.partition(":")
    return getattr(importlib.import_module(module), name)


def judge_check(check: Check, scope: Scope) -> Outcome:
    """Ask a named check; it is only asked when all its facts are known."""
    facts: dict[str, Fact] = {}
    for name in check.facts:
        fact = scope.fact(name)
        if isinstance(fact, Unmeasured):
            return Outcome("unmeasured", message=f"{name} is unmeasured: {fact.reason}", expected=check.title)
        facts[name] = fact
    try:
        message = _function(check.run)({name: fact.value for name, fact in facts.items()})
    except Exception as problem:  # a plugin's mistake costs its own result, not the run
        return Outcome(
            "unmeasured",
            tuple(facts.values()),
            check.title,
            f"the check '{check.id}' broke: {type(problem).__name__}: {printable(str(problem), 120)}",
        )
    if message is None:
        return Outcome("pass", tuple(facts.values()), check.title)
    return Outcome("fail", tuple(facts.values()), check.title, printable(str(message)), failures=1)


def judge_schema(rule: Rule, scope: Scope) -> Outcome:
    """Judge what the rule's JSON Schema finds wrong in the document (measured in a worker)."""
    fact = scope.fact(rule.schema_fact)
    if isinstance(fact, Unmeasured):
        return Outcome("unmeasured", message=fact.reason, expected="the structure that the rule's schema describes")
    faults = fact.value or []
    if not faults:
        return Outcome("pass", expected="the structure that the rule's schema describes")
    shown = "; ".join(_fault(fault) for fault in faults[:_SHOWN])
    more = f"; and {counted(len(faults) - _SHOWN, 'more fault')}" if len(faults) > _SHOWN else ""
    at = tuple(place_of(fault) for fault in faults)
    return Outcome("fail", (), "the structure that the rule's schema describes", shown + more, at, len(faults))


def _fault(fault: dict[str, Any]) -> str:
    where = printable(str(fault.get("path", "")), 80)
    return (
        f"{where}: {printable(str(fault.get('message', '')), 200)}"
        if where
        else printable(str(fault.get("message", "")), 200)
    )
