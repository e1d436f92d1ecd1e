"""Loading the catalogue and rulesets for a command; what cannot be loaded is told as a UserError."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from deliverlint.catalogue import Catalogue, CatalogueError
from deliverlint.cli.compiled import digest, environment_stamps, keep, recall, stamp
from deliverlint.cli.errors import UserError
from deliverlint.facts.cache import cache_folder
from deliverlint.ruleset.errors import RulesetError
from deliverlint.ruleset.find import locate
from deliverlint.ruleset.model import Ruleset
from deliverlint.wording import counted, printable

# What changes which plugins are found.
_VARIABLES = ("DELIVERLINT_BLOCK_PLUGINS", "PYTHONPATH")


def catalogue_here(compiled: bool = True) -> Catalogue:
    """Return what the installed plugins bring; raises UserError where two contradict each other.

    compiled  take it as it was built last, where nothing has been installed or changed since
    """
    folder = cache_folder(os.environ) if compiled else None
    key = " ".join(["catalogue", *(os.environ.get(variable, "") for variable in _VARIABLES)])
    kept: Catalogue | None = recall(folder, key)
    if kept is not None:
        return kept
    from deliverlint.catalogue.load import load_catalogue

    try:
        catalogue = load_catalogue()
    except CatalogueError as error:
        raise UserError(
            f"two plugins contradict each other: {error}",
            hint="uninstall one, or leave it out with DELIVERLINT_BLOCK_PLUGINS=name",
        ) from None
    if any(plugin.problem for plugin in catalogue.plugins):
        return catalogue
    stamps = environment_stamps()
    catalogue = replace(catalogue, fingerprint=digest(stamps))
    keep(folder, key, stamps, catalogue)
    return catalogue


def rulesets_by_name(names: Iterable[str], catalogue: Catalogue, compiled: bool = True) -> tuple[Ruleset, ...]:
    """Load each named ruleset once, in order; raises UserError with every mistake of the first that has any."""
    loaded = {}
    for name in names:
        try:
            ruleset = _ruleset(name, catalogue, cache_folder(os.environ) if compiled else None)
        except RulesetError as error:
            raise _told(name, error) from None
        loaded[ruleset.id] = ruleset
    return tuple(loaded.values())


def _ruleset(name: str, catalogue: Catalogue, folder: Path | None) -> Ruleset:
    shown, path = locate(name, catalogue.ruleset_folders)
    folder = folder if catalogue.fingerprint else None
    key = f"ruleset {shown} {path.absolute()} {catalogue.fingerprint}"
    kept: Ruleset | None = recall(folder, key)
    if kept is not None:
        return kept
    from deliverlint.ruleset.load import load_ruleset

    ruleset = load_ruleset(name, catalogue)
    keep(folder, key, [stamp(each) for each in ruleset.paths], ruleset)
    return ruleset


def _told(name: str, error: RulesetError) -> UserError:
    problems = error.problems
    if len(problems) == 1 and not problems[0].line:  # it could not be found at all
        return UserError(f"ruleset {printable(problems[0].file)}: {problems[0].message}")
    mistakes = counted(len(problems), "mistake")
    return UserError(f"ruleset {printable(name)} has {mistakes}, so nothing was judged", problems)
