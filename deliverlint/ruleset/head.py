"""The head of a ruleset: its id and version, its sources, and what it requires."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping

from deliverlint import __version__
from deliverlint.catalogue import Catalogue
from deliverlint.ruleset import fields
from deliverlint.ruleset.inherit import Merged
from deliverlint.ruleset.params import NAME
from deliverlint.ruleset.raw import CITE_KEYS, Problems, RawFields
from deliverlint.strictyaml import Scalar
from deliverlint.wording import did_you_mean, listed, printable

_ID = re.compile(r"[a-z0-9-]+/[a-z0-9.-]+")
_VERSION = re.compile(r"\d{1,6}(\.(0|[1-9]\d{0,5})){1,3}", re.ASCII)
_KEY = re.compile(r"[A-Za-z0-9][\w.-]*", re.ASCII)
# On the web, or a file of the project that publishes the ruleset; reports make links of it, so nothing that runs.
_URL = re.compile(r"(?:(?:https?://|mailto:|urn:)|(?![A-Za-z0-9+.-]*:)(?!/))[^\s<>\"']+")
_MAX_NAME = 100
_REQUIREMENT = re.compile(r"\s*(>=|<=|==|>|<)\s*(\d+(?:\.\d+){0,2})\s*", re.ASCII)
_HOLDS: Mapping[str, Callable[[tuple[int, ...], tuple[int, ...]], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "==": operator.eq,
    ">": operator.gt,
    "<": operator.lt,
}


def check_head(merged: Merged, catalogue: Catalogue, problems: Problems) -> None:
    """Report what is wrong with everything of a ruleset that is no role and no rule."""
    raw = merged.raw
    name, version = (fields.text(raw.head, key, problems) for key in ("ruleset", "version"))
    fields.text(raw.head, "title", problems)
    if name and (not _ID.fullmatch(name) or len(name) > _MAX_NAME):
        message = f"'{printable(name, 60)}' is no id of a ruleset; write kind/name in a-z 0-9 . -, such as acme/feature"
        problems.of(raw.head["ruleset"], message)
    if version and not _VERSION.fullmatch(version):
        hint = "year.month.number without zeros in front, such as 2026.11.0"
        problems.of(raw.head["version"], f"'{printable(version, 60)}' is no version; write {hint}")
    for key, param in raw.params.items():
        if not NAME.fullmatch(key) or len(key) > _MAX_NAME:
            problems.of(param, f"'{printable(key, 60)}' is no name of a parameter; write a-z, 0-9, _ and .")
    for key, source in raw.based_on.items():
        _check_source(key, source, problems)
    _check_requirements(merged, catalogue, problems)


def _check_source(key: str, source: RawFields, problems: Problems) -> None:
    if not source:
        return  # reported where it was read
    missing = [f"`{name}:`" for name in CITE_KEYS if name not in source]
    if missing:
        problems.of(
            next(iter(source.values())), f"the source '{printable(key, 60)}' does not say its {listed(missing)}"
        )
    if not _KEY.fullmatch(key):  # `cite:` parts it from the clause at the first space
        problems.of(next(iter(source.values())), f"'{printable(key, 60)}' is no name of a source; write one word")
    fields.text(source, "title", problems)
    url = fields.text(source, "url", problems)
    if url and not _URL.fullmatch(url):
        problems.of(
            source["url"], f"`url:` is '{printable(url, 60)}'; write an address such as https://example.com/spec"
        )
    fields.day(source, "read", problems)


def _check_requirements(merged: Merged, catalogue: Catalogue, problems: Problems) -> None:
    installed = {plugin.name for plugin in catalogue.plugins if not plugin.problem}
    for plugin in merged.plugins:
        if isinstance(plugin.node, Scalar) and plugin.node.text not in installed:
            name = plugin.node.text
            hint = did_you_mean(name, installed)
            problems.of(plugin, f"needs the plugin '{printable(name, 60)}', which is not installed{hint}")
    for engine in merged.engine:
        wanted = fields.text({"deliverlint": engine}, "deliverlint", problems)
        parts = [_REQUIREMENT.fullmatch(part) for part in wanted.split(",")] if wanted else []
        if not all(parts):
            message = (
                f'\'{printable(wanted, 60)}\' does not say which versions of deliverlint; write ">=1.0" or ">=1.0,<2"'
            )
            problems.of(engine, message)
        elif not all(_holds(part) for part in parts if part):
            problems.of(engine, f"needs deliverlint {wanted}; this is {__version__}")


def _holds(requirement: re.Match[str]) -> bool:
    ours = tuple(int(part) for part in re.findall(r"\d+", __version__)[:3])
    theirs = tuple(int(number[:9]) for number in requirement[2].split("."))
    return _HOLDS[requirement[1]](ours, theirs + (0,) * (3 - len(theirs)))
