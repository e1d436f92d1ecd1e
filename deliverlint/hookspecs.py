"""Everything a plugin can do. A plugin is a module named in the entry-point group `deliverlint`.

    from deliverlint.hookspecs import FactSpec, Probe, hookimpl

    @hookimpl
    def facts():
        return [FactSpec(name="cover.mood", type="text", label="mood", meaning="...", probe="example.mood")]

Every hook returns a list of values from `deliverlint.spec`; none may import a probe's library.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pluggy

from deliverlint.spec import (
    Check,
    DocumentKind,
    FactSpec,
    FileType,
    Probe,
    ReportFormat,
    Source,
    TreeType,
)
from deliverlint.values import Unmeasured

__all__ = [
    "Check",
    "DocumentKind",
    "FactSpec",
    "FileType",
    "Probe",
    "ReportFormat",
    "Source",
    "TreeType",
    "Unmeasured",
    "hookimpl",
]

hookspec = pluggy.HookspecMarker("deliverlint")
hookimpl = pluggy.HookimplMarker("deliverlint")


@hookspec
def facts() -> Iterable[FactSpec]:  # type: ignore[empty-body]
    """Facts that exist. A fact that no probe measures yet does not belong here, unless a supplier declares it."""


@hookspec
def probes() -> Iterable[Probe]:  # type: ignore[empty-body]
    """Probes that measure them, named by `module:function`."""


@hookspec
def file_types() -> Iterable[FileType]:  # type: ignore[empty-body]
    """File formats that can be recognised from a name and a head."""


@hookspec
def tree_types() -> Iterable[TreeType]:  # type: ignore[empty-body]
    """Kinds of file tree that are delivered as one asset."""


@hookspec
def document_kinds() -> Iterable[DocumentKind]:  # type: ignore[empty-body]
    """Kinds of paperwork."""


@hookspec
def checks() -> Iterable[Check]:  # type: ignore[empty-body]
    """Named checks that a rule asks for with `check:`."""


@hookspec
def report_formats() -> Iterable[ReportFormat]:  # type: ignore[empty-body]
    """Forms of the checklist for `--format`."""


@hookspec
def rulesets() -> Iterable[Path]:  # type: ignore[empty-body]
    """Folders that hold `<kind>/<buyer>/ruleset.yaml`."""
