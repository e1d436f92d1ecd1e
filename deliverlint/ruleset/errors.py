"""What is wrong with a ruleset."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from deliverlint.problem import Problem
from deliverlint.strictyaml import Node

if TYPE_CHECKING:
    from deliverlint.ruleset.raw import RawField


class RulesetError(Exception):
    """A ruleset that cannot be used; `problems` are all the mistakes that were found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class PhraseError(Exception):
    """Words that are no phrase for their fact.

    node   where exactly they stand, if it is known better than by the one who asked
    param  the parameter that the mistake stands in: its own file, perhaps another one
    """

    def __init__(self, message: str, node: Node | None = None, param: RawField | None = None) -> None:
        super().__init__(message)
        self.node = node
        self.param = param
