"""Cases: a ruleset judged on facts that somebody wrote down, without any media.

`cases/good.yaml` is a delivery that passes; `cases/rules.yaml` says for each rule which change makes it fail
(and, where the good delivery does not show it, which change makes it pass). A failing case has to fail that
rule and no other: a rule that fires for its neighbour's mistake would send a supplier looking in the wrong place.
"""

from __future__ import annotations

from deliverlint.cases.judge import judge_scene
from deliverlint.cases.model import Actor, Case, CaseError, Scene
from deliverlint.cases.read import changed, read_cases, read_scene
from deliverlint.cases.run import own_rules, run_cases

__all__ = [
    "Actor",
    "Case",
    "CaseError",
    "Scene",
    "changed",
    "judge_scene",
    "own_rules",
    "read_cases",
    "read_scene",
    "run_cases",
]
