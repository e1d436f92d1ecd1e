"""Which engine a build was made with: what shows beyond doubt, or nothing."""

from __future__ import annotations

from collections.abc import Callable

from deliverlint_game.engines.model import Evidence
from deliverlint_game.tree import Tree

__all__ = ["Evidence", "detect"]

# These also carry games of other engines.
_HOSTS = frozenset({"Electron", "NW.js", "Java"})


def detect(tree: Tree) -> list[Evidence]:
    """Return what shows beyond doubt: usually one engine, none where it is unknown, several where parts differ."""
    found = [evidence for detector in _detectors() if (evidence := detector(tree)) is not None]
    return [evidence for evidence in found if evidence.engine not in _HOSTS] or found


def _detectors() -> tuple[Callable[[Tree], Evidence | None], ...]:
    from deliverlint_game.engines import (
        chromium,
        dotnet,
        gamemaker,
        godot,
        java,
        love,
        python,
        renpy,
        rpgmaker,
        unity,
        unreal,
    )

    modules = (unity, unreal, godot, gamemaker, renpy, rpgmaker, love, dotnet, python, java, chromium)
    return tuple(module.detect for module in modules)
