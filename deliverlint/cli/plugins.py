"""`deliverlint plugins`: what is installed, what each brings, and what is wrong with it."""

from __future__ import annotations

import importlib
import sys

from deliverlint.catalogue import Catalogue, PluginInfo
from deliverlint.cli import console
from deliverlint.cli.arguments import Parser
from deliverlint.cli.errors import FINE
from deliverlint.cli.loading import catalogue_here
from deliverlint.cli.table import rows
from deliverlint.wording import counted, printable

_HOOKS = {
    "facts": "fact",
    "probes": "probe",
    "file_types": "file format",
    "tree_types": "kind of file tree",
    "document_kinds": "kind of document",
    "checks": "named check",
    "report_formats": "report format",
    "rulesets": "folder of rulesets",
}
_PLURALS = {
    "tree_types": "kinds of file tree",
    "document_kinds": "kinds of document",
    "rulesets": "folders of rulesets",
}


def run(words: list[str]) -> int:
    parser = Parser("plugins", "List the installed plugins: version, what each brings, and what is wrong with it.")
    parser.parse(words)
    catalogue = catalogue_here()
    table = [(plugin.name, plugin.version or "-", _brings(plugin)) for plugin in catalogue.plugins]
    console.write(rows(table, console.view_of(sys.stdout)) + f"\n{_total(catalogue)}\n")
    return FINE


def _brings(plugin: PluginInfo) -> str:
    if plugin.problem:
        return f"cannot be used: {printable(plugin.problem)}"
    module = importlib.import_module(plugin.module)
    parts = []
    for hook, noun in _HOOKS.items():
        if callable(declare := getattr(module, hook, None)) and (number := len(list(declare()))):
            parts.append(counted(number, noun, _PLURALS.get(hook, "")))
    return ", ".join(parts) or "brings nothing"


def _total(catalogue: Catalogue) -> str:
    kinds = counted(len(catalogue.document_kinds), "kind of document", "kinds of document")
    return f"together {counted(len(catalogue.facts), 'fact')} and {kinds}; deliverlint explain NAME says what one is"
