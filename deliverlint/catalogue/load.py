"""Finding plugins by their entry points and asking each what it declares."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType
from typing import Any

import pluggy

from deliverlint import __version__, hookspecs
from deliverlint.catalogue import builtin
from deliverlint.catalogue.model import Catalogue, CatalogueError, PluginInfo, build_catalogue

GROUP = "deliverlint"
# Comma-separated names of plugins to leave out: for finding the one that misbehaves.
BLOCK_VARIABLE = "DELIVERLINT_BLOCK_PLUGINS"

_HOOKS = {
    "facts": "facts",
    "probes": "probes",
    "file_types": "file_types",
    "tree_types": "tree_types",
    "document_kinds": "document_kinds",
    "checks": "checks",
    "report_formats": "report_formats",
    "rulesets": "ruleset_folders",
}


def load_catalogue(extra: Iterable[ModuleType] = (), installed: bool = True) -> Catalogue:
    """Put the engine, every installed plugin and the `extra` modules into one catalogue.

    A plugin that cannot be imported or does not keep to the hooks is left out, with the reason in
    `plugins`. Raises CatalogueError where two plugins contradict each other.
    """
    gathered: dict[str, list[Any]] = {argument: [] for argument in _HOOKS.values()}
    infos = [_gather("engine", __version__, builtin, gathered)]
    for name, version, point in _installed() if installed else ():
        infos.append(_gather(name, version, point, gathered))
    for module in extra:
        infos.append(_gather(module.__name__, "", module, gathered))
    return build_catalogue(**gathered, plugins=infos)


def _installed() -> Iterable[tuple[str, str, EntryPoint]]:
    blocked = {name.strip() for name in os.environ.get(BLOCK_VARIABLE, "").split(",")}
    seen = set()
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        if point.name not in blocked and (point.name, point.value) not in seen:
            seen.add((point.name, point.value))
            yield point.name, point.dist.version if point.dist else "", point


def _gather(name: str, version: str, source: EntryPoint | ModuleType, gathered: dict[str, list[Any]]) -> PluginInfo:
    """Add what one plugin declares to `gathered`; a stranger's code may fail in any way, and then adds nothing."""
    module_name = source.value if isinstance(source, EntryPoint) else source.__name__
    try:
        module = importlib.import_module(source.value) if isinstance(source, EntryPoint) else source
        manager = pluggy.PluginManager(GROUP)
        manager.add_hookspecs(hookspecs)
        manager.register(module, name)
        manager.check_pending()
        answers = {
            argument: [value for values in getattr(manager.hook, hook)() for value in values]
            for hook, argument in _HOOKS.items()
        }
    except Exception as problem:  # a broken plugin is reported by name and must not stop the others
        return PluginInfo(name, module_name, version, f"{type(problem).__name__}: {problem}")
    for argument, values in answers.items():
        gathered[argument] += values
    return PluginInfo(name, module_name, version)


__all__ = ["BLOCK_VARIABLE", "GROUP", "CatalogueError", "load_catalogue"]
