"""`deliverlint rulesets`: what can be checked against."""

from __future__ import annotations

import sys

from deliverlint.cli import console
from deliverlint.cli.arguments import Parser
from deliverlint.cli.errors import FINE
from deliverlint.cli.loading import catalogue_here
from deliverlint.cli.table import rows
from deliverlint.ruleset.errors import RulesetError
from deliverlint.ruleset.find import available
from deliverlint.ruleset.load import load_ruleset
from deliverlint.wording import counted


def run(words: list[str]) -> int:
    parser = Parser("rulesets", "List the rulesets that are installed, with version and number of rules.")
    parser.parse(words)
    catalogue = catalogue_here()
    table = []
    for name, path in sorted(available(catalogue.ruleset_folders).items()):
        try:
            ruleset = load_ruleset(name, catalogue)
            table.append((ruleset.id, ruleset.version, counted(len(ruleset.rules), "rule"), ruleset.title))
        except RulesetError as error:
            mistakes = counted(len(error.problems), "mistake")
            table.append((name, "-", "broken", f"{mistakes}; see: deliverlint ruleset lint {path.parent}"))
    view = console.view_of(sys.stdout)
    console.write(rows(table, view) if table else "No rulesets are installed.\n")
    return FINE
