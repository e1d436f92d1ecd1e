"""The catalogue: everything that plugins declared, as one frozen value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deliverlint.catalogue.model import Catalogue, CatalogueError, PluginInfo

if TYPE_CHECKING:
    from deliverlint.catalogue.load import load_catalogue

__all__ = ["Catalogue", "CatalogueError", "PluginInfo", "load_catalogue"]


def __getattr__(name: str) -> Any:
    """Import the loading of plugins only where it is used: a start from the compiled catalogue needs none of it."""
    if name == "load_catalogue":
        from deliverlint.catalogue.load import load_catalogue

        return load_catalogue
    raise AttributeError(name)
