"""`deliverlint explain`: what a rule asks for, what a fact is, what a kind of document must hold."""

from __future__ import annotations

import sys

from deliverlint.catalogue import Catalogue
from deliverlint.cli import console
from deliverlint.cli.arguments import Parser
from deliverlint.cli.errors import FINE, UserError
from deliverlint.cli.explanations import explain_document, explain_fact, explain_rule
from deliverlint.cli.loading import catalogue_here, rulesets_by_name
from deliverlint.report.page import Page
from deliverlint.ruleset.errors import RulesetError
from deliverlint.ruleset.find import available
from deliverlint.ruleset.load import load_ruleset
from deliverlint.ruleset.model import Rule, Ruleset
from deliverlint.wording import did_you_mean, listed, printable


def run(words: list[str]) -> int:
    parser = Parser(
        "explain",
        "Say what a rule, a fact or a kind of document is.",
        "examples:\n  deliverlint explain streamer/base:picture-codec\n  deliverlint explain video.frame_rate\n"
        "  deliverlint explain chain-of-title",
    )
    parser.add_argument("name", metavar="NAME", help="a rule (RULESET:RULE or its id), a fact or a kind of document")
    name = parser.parse(words).name
    catalogue = catalogue_here()
    page = Page(console.view_of(sys.stdout))
    if ":" in name:
        ruleset, rule = _rule_of(name, catalogue)
        explain_rule(page, ruleset, rule, catalogue)
    else:
        _explain_any(page, name, catalogue)
    console.write(page.text())
    return FINE


def _rule_of(name: str, catalogue: Catalogue) -> tuple[Ruleset, Rule]:
    """Find RULESET:RULE, also under the rule's earlier name."""
    of, _, wanted = name.rpartition(":")
    ruleset = rulesets_by_name([of], catalogue)[0]
    for rule in ruleset.rules.values():
        if wanted == rule.id or wanted in rule.renamed_from:
            return ruleset, rule
    if wanted in ruleset.dropped:
        raise UserError(f"{ruleset.id} drops the rule '{wanted}': {ruleset.dropped[wanted]}")
    raise UserError(f"{ruleset.id} has no rule '{printable(wanted)}'{did_you_mean(wanted, ruleset.rules)}")


def _explain_any(page: Page, name: str, catalogue: Catalogue) -> None:
    """Explain whatever goes by the name: a fact, a kind of document, and rules of any ruleset."""
    if name in catalogue.facts:
        explain_fact(page, catalogue.facts[name])
    if name in catalogue.document_kinds:
        explain_document(page, catalogue.document_kinds[name], catalogue)
    if page.lines and "." in name:
        return
    rulesets = _all_rulesets(catalogue)
    found = [(ruleset, ruleset.rules[name]) for ruleset in rulesets if name in ruleset.rules]
    # An inherited rule that says the same is explained where it comes from.
    own = [(ruleset, rule) for ruleset, rule in found if not _is_inherited(ruleset, rule, found)]
    if len(own) > 1:
        page.paragraph(f"{name} is a rule of {listed(ruleset.id for ruleset, _ in own)}.")
    for ruleset, rule in own:
        page.blank()
        explain_rule(page, ruleset, rule, catalogue)
    if not page.lines:
        rules = {rule for ruleset in rulesets for rule in ruleset.rules}
        near = did_you_mean(name, [*catalogue.facts, *catalogue.document_kinds, *sorted(rules)])
        raise UserError(
            f"no rule, fact or kind of document is called '{printable(name)}'{near}",
            hint="'deliverlint rulesets' lists rulesets; a rule is named RULESET:RULE",
        )


def _is_inherited(ruleset: Ruleset, rule: Rule, found: list[tuple[Ruleset, Rule]]) -> bool:
    return any(other is not ruleset and other.id in ruleset.parents and theirs == rule for other, theirs in found)


def _all_rulesets(catalogue: Catalogue) -> list[Ruleset]:
    loaded = []
    for name in available(catalogue.ruleset_folders):
        try:
            loaded.append(load_ruleset(name, catalogue))
        except RulesetError:  # `rulesets` tells of broken ones
            continue
    return loaded
