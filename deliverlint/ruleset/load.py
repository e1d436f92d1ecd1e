"""Loading a ruleset: find, read, inherit, build."""

from __future__ import annotations

from pathlib import Path

from deliverlint.catalogue import Catalogue
from deliverlint.problem import Problem
from deliverlint.ruleset.build import build_ruleset
from deliverlint.ruleset.errors import RulesetError
from deliverlint.ruleset.files import read_ruleset
from deliverlint.ruleset.find import FILE, locate, locate_id
from deliverlint.ruleset.inherit import Merged, merge
from deliverlint.ruleset.model import Ruleset
from deliverlint.ruleset.raw import Problems, RawField, RawRuleset
from deliverlint.strictyaml import Scalar
from deliverlint.wording import printable


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
    child = read_ruleset(path, shown_file)
    folders = (*catalogue.ruleset_folders, *_beside(path, child.id))
    read: dict[str, RawRuleset] = {}

    def parent(field: RawField) -> RawRuleset:
        name = field.node.text if isinstance(field.node, Scalar) else ""
        if name not in read:
            try:
                found, file = _locate_parent(name, folders)
                read[name] = read_ruleset(file, f"{found}/{file.name}")
            except RulesetError as error:
                if len(error.problems) == 1 and not error.problems[0].line:
                    problems.of(field, f"'{printable(name, 80)}' {error.problems[0].message}")
                    raise RulesetError(problems.found) from None
                raise
            if read[name].id != found:  # two files of one name would be taken for each other
                problems.of(field, f"the file of '{found}' calls itself '{printable(read[name].id, 80)}'")
                problems.raise_any()
        return read[name]

    return merge(child, parent, problems)


def _beside(path: Path, ruleset: str) -> tuple[Path, ...]:
    """The folder of rulesets that the child lies in as `<kind>/<name>/ruleset.yaml`: found without installing it."""
    file = path.absolute()
    if len(file.parts) > 3 and "/".join(file.parts[-3:]) == f"{ruleset}/{FILE}":
        return (file.parent.parent.parent,)
    return ()


def _locate_parent(name: str, folders: tuple[Path, ...]) -> tuple[str, Path]:
    """Find a ruleset that `extends` names: by id only, never by path."""
    if name.startswith((".", "/", "~")) or "\\" in name or ".." in name or name.endswith((".yaml", ".yml")):
        raise RulesetError([Problem(name, 0, 0, "is a path; `extends` takes ids such as streamer/base")])
    return locate_id(name, folders)
