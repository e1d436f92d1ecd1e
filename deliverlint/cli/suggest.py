"""Buyers whose roles fit what is there, for whoever has not named one."""

from __future__ import annotations

from deliverlint.catalogue import Catalogue
from deliverlint.delivery.model import Delivery
from deliverlint.delivery.roles import cast
from deliverlint.frozen import frozen
from deliverlint.ruleset.errors import RulesetError
from deliverlint.ruleset.find import available
from deliverlint.ruleset.load import load_ruleset
from deliverlint.ruleset.model import Ruleset

_MOST = 5


@frozen
class Suggestion:
    """A ruleset, and how many of the roles that it needs are played."""

    ruleset: Ruleset
    played: int
    needed: int
    files: int

    def __str__(self) -> str:
        files = f"{self.files} {'file plays' if self.files == 1 else 'files play'} a role"
        missing = (
            f", {self.needed - self.played} of {self.needed} needed roles missing" if self.played < self.needed else ""
        )
        return f"{self.ruleset.title}: {files}{missing}"


def suggestions(delivery: Delivery, catalogue: Catalogue) -> list[Suggestion]:
    """Return rulesets that have a role for something in the delivery, the best fitting first."""
    fitting = [fit for name in available(catalogue.ruleset_folders) if (fit := _fit(name, delivery, catalogue))]
    ordered = sorted(fitting, key=lambda fit: (fit.played < fit.needed, -fit.files, fit.needed - fit.played))
    return ordered[:_MOST]


def _fit(name: str, delivery: Delivery, catalogue: Catalogue) -> Suggestion | None:
    try:
        ruleset = load_ruleset(name, catalogue)
    except RulesetError:
        return None
    members = cast(delivery, ruleset.roles, catalogue.document_kinds, catalogue)
    played = {role for role, assets in members.roles.items() if assets}
    if not played:
        return None
    needed = {rule.needs for rule in ruleset.rules.values() if rule.needs in ruleset.roles and not rule.subject}
    files = {asset.file.path for assets in members.roles.values() for asset in assets}
    return Suggestion(ruleset, len(played & needed), len(needed), len(files))
