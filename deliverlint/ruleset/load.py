"""Loading a ruleset: find, read, inherit, build."""

from __future__ import annotations

from pathlib import Path

from deliverlint.catalogue import Catalogue
from deliverlint.ruleset.build import build_ruleset
from deliverlint.ruleset.errors import RulesetError
from deliverlint.ruleset.find import locate
from deliverlint.ruleset.inherit import Merged, merge
from deliverlint.ruleset.model import Ruleset
from deliverlint.ruleset.raw import Problems, RawField, RawRuleset, read_ruleset
from deliverlint.strictyaml import Scalar


def load_ruleset(name: str, catalogue: Catalogue) -> Ruleset:
    """Load a ruleset by path, id or unique last part of an id; raises RulesetError with every mistake found."""
    shown, path = locate(name, catalogue.ruleset_folders)
    problems = Problems()
    merged = merge_ruleset(shown, path, catalogue, problems)
    problems.raise_any()
    ruleset = build_ruleset(merged, catalogue, problems)
    problems.raise_any()
    return ruleset


def merge_ruleset(shown: str, path: Path, catalogue: Catalogue, problems: Problems) -> Merged:
    """Read a ruleset and all that it extends; parents are looked up where rulesets lie and beside the child."""
    shown_file = shown if shown.endswith((".yaml", ".yml")) else f"{shown}/{path.name}"
    read: dict[str, RawRuleset] = {}
    # `<kind>/<name>/ruleset.yaml`: a distributor's own folder of rulesets is found without installing it.
    beside = path.absolute().parent.parent.parent

    def parent(field: RawField) -> RawRuleset:
        name = field.node.text if isinstance(field.node, Scalar) else ""
        if name not in read:
            try:
                found, file = locate_parent(name, catalogue, beside)
                read[name] = read_ruleset(file, f"{found}/{file.name}")
            except RulesetError as error:
                if len(error.problems) == 1 and not error.problems[0].line:
                    problems.of(field, f"'{name}' {error.problems[0].message}")
                    raise RulesetError(problems.found) from None
                raise
        return read[name]

    return merge(read_ruleset(path, shown_file), parent, problems)


def locate_parent(name: str, catalogue: Catalogue, beside: Path) -> tuple[str, Path]:
    """Find a ruleset that `extends` names: by id only, never by path."""
    if name.startswith((".", "/", "~")) or "\\" in name or ".." in name or name.endswith((".yaml", ".yml")):
        from deliverlint.problem import Problem

        raise RulesetError([Problem(name, 0, 0, "is a path; `extends` takes ids such as streamer/base")])
    return locate(name, (*catalogue.ruleset_folders, beside))
