"""The catalogue: everything that plugins declared, as one frozen value."""

from deliverlint.catalogue.load import load_catalogue
from deliverlint.catalogue.model import Catalogue, CatalogueError, PluginInfo

__all__ = ["Catalogue", "CatalogueError", "PluginInfo", "load_catalogue"]
