"""The catalogue as a value, and how declarations are put together into one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import TypeVar

from deliverlint.catalogue.fields import FIELDS_PROBE, facts_of_kind
from deliverlint.frozen import frozen
from deliverlint.spec import Check, DocumentKind, FactSpec, FileType, Probe, ReportFormat, TreeType
from deliverlint.units import UNITS

_Declared = TypeVar("_Declared")


class CatalogueError(Exception):
    """Two plugins contradict each other, or one declares what cannot be."""


@frozen
class PluginInfo:
    """One installed plugin; `problem` says why it could not be used."""

    name: str
    module: str
    version: str
    problem: str = ""


@frozen
class Catalogue:
    """What is known here: facts, probes, formats, document kinds, checks, reports and where rulesets lie."""

    facts: Mapping[str, FactSpec] = field(default_factory=dict)
    probes: Mapping[str, Probe] = field(default_factory=dict)
    file_types: tuple[FileType, ...] = ()
    tree_types: tuple[TreeType, ...] = ()
    document_kinds: Mapping[str, DocumentKind] = field(default_factory=dict)
    checks: Mapping[str, Check] = field(default_factory=dict)
    report_formats: Mapping[str, ReportFormat] = field(default_factory=dict)
    ruleset_folders: tuple[Path, ...] = ()
    plugins: tuple[PluginInfo, ...] = ()
    fingerprint: str = ""  # of all that it was built from, where that is known

    @property
    def media(self) -> frozenset[str]:
        return frozenset([kind.media for kind in self.file_types] + [tree.media for tree in self.tree_types])


def build_catalogue(
    facts: Iterable[FactSpec] = (),
    probes: Iterable[Probe] = (),
    file_types: Iterable[FileType] = (),
    tree_types: Iterable[TreeType] = (),
    document_kinds: Iterable[DocumentKind] = (),
    checks: Iterable[Check] = (),
    report_formats: Iterable[ReportFormat] = (),
    ruleset_folders: Iterable[Path] = (),
    plugins: Iterable[PluginInfo] = (),
) -> Catalogue:
    """Put declarations together; raise CatalogueError where two share a name or one names what is not there."""
    probes_by_id = _by_name("probe", ((probe.id, probe) for probe in probes))
    kinds = _by_name("document kind", ((kind.id, kind) for kind in document_kinds))
    # Without the plugin that reads structured documents their fields are no facts.
    readable = kinds.values() if FIELDS_PROBE in probes_by_id else ()
    all_facts = [*facts, *(spec for kind in readable for spec in facts_of_kind(kind))]
    specs = _by_name("fact", ((spec.name, spec) for spec in all_facts))
    for name, spec in list(specs.items()):
        if spec.unit and spec.unit not in UNITS:
            raise CatalogueError(f"fact {spec.name}: unknown unit '{spec.unit}'")
        if spec.probe and spec.probe not in probes_by_id:
            raise CatalogueError(f"fact {spec.name}: no plugin brings the probe '{spec.probe}'")
        if spec.frame_rate and spec.frame_rate not in specs:
            # The plugin that brings it is not installed; the fact is good without it, only `1 frame` means nothing.
            specs[name] = replace(spec, frame_rate="")
    return Catalogue(
        facts=specs,
        probes=probes_by_id,
        file_types=tuple(file_types),
        tree_types=tuple(tree_types),
        document_kinds=kinds,
        checks=_by_name("check", ((check.id, check) for check in checks)),
        report_formats=_by_name("report format", ((form.name, form) for form in report_formats)),
        ruleset_folders=tuple(dict.fromkeys(ruleset_folders)),
        plugins=tuple(plugins),
    )


def _by_name(what: str, pairs: Iterable[tuple[str, _Declared]]) -> dict[str, _Declared]:
    found: dict[str, _Declared] = {}
    for name, value in pairs:
        if name in found and found[name] != value:
            raise CatalogueError(f"{what} '{name}' is declared twice")
        found[name] = value
    return found
