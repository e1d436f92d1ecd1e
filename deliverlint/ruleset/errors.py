"""What is wrong with a ruleset."""

from __future__ import annotations

from collections.abc import Iterable

from deliverlint.problem import Problem


class RulesetError(Exception):
    """A ruleset that cannot be used; `problems` are all the mistakes that were found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
