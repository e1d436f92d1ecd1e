"""`deliverlint ruleset lint`: every mistake in rulesets, with its file and line."""

from __future__ import annotations

import sys

from deliverlint.catalogue import Catalogue
from deliverlint.cli import console
from deliverlint.cli.arguments import Parser
from deliverlint.cli.errors import FINDINGS, FINE
from deliverlint.cli.loading import catalogue_here
from deliverlint.report.layout import safe
from deliverlint.ruleset.errors import RulesetError
from deliverlint.ruleset.load import load_ruleset
from deliverlint.wording import counted


def run(words: list[str]) -> int:
    parser = Parser("ruleset lint", "Find mistakes in rulesets. Ends with 1 if there are any.")
    parser.add_argument("rulesets", metavar="PATH", nargs="+", help="folder or file of a ruleset, or the id of one")
    arguments = parser.parse(words)
    catalogue = catalogue_here()
    ascii_only = console.shows_only_ascii(sys.stdout)
    total = 0
    for name in dict.fromkeys(arguments.rulesets):
        problems, line = lint(name, catalogue)
        total += len(problems)
        console.write("".join(f"{safe(text, ascii_only, 1000)}\n" for text in [*problems, line] if text))
    return FINDINGS if total else FINE


def lint(name: str, catalogue: Catalogue) -> tuple[list[str], str]:
    """Return every mistake of one ruleset, and the line that sums up."""
    try:
        ruleset = load_ruleset(name, catalogue)
    except RulesetError as error:
        return [str(problem) for problem in error.problems], f"{name}: {counted(len(error.problems), 'mistake')}"
    rules, roles = counted(len(ruleset.rules), "rule"), counted(len(ruleset.roles), "role")
    return [], f"{name}: fine ({ruleset.id} {ruleset.version}, {rules}, {roles})"
