"""Running the cases of a ruleset: each rule fails where its case says, passes elsewhere, and fires for no other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from deliverlint.cases.judge import judge_scene
from deliverlint.cases.model import Case, CaseError, Scene
from deliverlint.cases.read import changed, read_cases, read_scene
from deliverlint.catalogue import Catalogue
from deliverlint.judge.model import Result
from deliverlint.problem import Problem
from deliverlint.ruleset.model import Ruleset
from deliverlint.strictyaml import Map, YamlError
from deliverlint.wording import did_you_mean, listed, printable


def run_cases(folder: Path, ruleset: Ruleset, catalogue: Catalogue) -> list[Problem]:
    """Judge every case of `folder` and return what is not as it should be; empty where all is well.

    Rules that are inherited unchanged have their cases where they were written.
    """
    try:
        good = read_scene(folder / "good.yaml")
        cases = read_cases(folder / "rules.yaml")
        return list(_problems(good, cases, ruleset, catalogue, f"{folder.name}/rules.yaml"))
    except (CaseError, YamlError) as error:
        return [error.problem]


def own_rules(ruleset: Ruleset) -> list[str]:
    """Return the rules of which at least one field was written in the ruleset itself."""
    return [
        name
        for name, rule in ruleset.rules.items()
        if any(origin.ruleset == ruleset.id for origin in rule.origins.values())
    ]


def _problems(
    good: Scene, cases: Mapping[str, Case], ruleset: Ruleset, catalogue: Catalogue, file: str
) -> Iterable[Problem]:
    at_first = judge_scene(good, ruleset, catalogue)
    for result in at_first:
        if result.status not in ("pass", "not-applicable"):
            yield Problem(good.file, 0, 0, f"{result.rule.id}: {result.status} on the good delivery ({result.message})")
    passing = {result.rule.id for result in at_first if result.status == "pass"}
    for name, case in cases.items():
        if name not in ruleset.rules:
            hint = did_you_mean(name, ruleset.rules)
            yield Problem(file, case.line, 0, f"there is no rule '{printable(name, 60)}'{hint}")
    for name in own_rules(ruleset):
        given = cases.get(name)
        line = given.line if given else 0
        if given is None or not given.fails:
            yield Problem(file, line, 0, f"rule '{name}' has no failing case")
        if name not in passing and not (given and given.passes):
            yield Problem(file, line, 0, f"rule '{name}' has no passing case, and does not pass in good.yaml")
        if given is not None:
            for change in given.passes:
                yield from _judged(name, "pass", change, good, ruleset, catalogue, file)
            for change in given.fails:
                yield from _judged(name, "fail", change, good, ruleset, catalogue, file)


def _judged(
    rule: str, wanted: str, change: Map, good: Scene, ruleset: Ruleset, catalogue: Catalogue, file: str
) -> Iterable[Problem]:
    """Say where a case does not do what it is there for, or does more."""
    which = f"{wanted}ing"
    results = judge_scene(changed(good, change, file), ruleset, catalogue)
    own = [result for result in results if result.rule.id == rule]
    if wanted not in [result.status for result in own]:
        message = f"rule '{rule}' does not {wanted} in its {which} case: {_found(own)}"
        yield Problem(file, change.line, 0, message)
    for result in results:
        if result.status == "fail" and (result.rule.id != rule or wanted == "pass"):
            message = f"the {which} case of '{rule}' also fails '{result.rule.id}': {result.message}"
            yield Problem(file, change.line, 0, message)


def _found(results: Sequence[Result]) -> str:
    return listed(
        sorted({f"{result.status} ({result.message})" if result.message else result.status for result in results})
    )
