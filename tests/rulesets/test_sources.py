"""What the shipped rulesets say of buyers carries source, clause and day, and how sure we are of it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

import pytest

from deliverlint.catalogue import Catalogue, load_catalogue
from deliverlint.ruleset.find import available
from deliverlint.ruleset.load import load_ruleset
from deliverlint.ruleset.model import Rule

ROOT = Path(__file__).parents[2]
RULESETS = sorted(available([ROOT / "rulesets"]))


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_sources", ROOT / "docs" / "make_sources.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_sources"] = module
    spec.loader.exec_module(module)
    return module


MAKE_SOURCES = script()


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def own_rules(name: str, catalogue: Catalogue) -> dict[str, Rule]:
    """Rules whose citation or severity this ruleset decides."""
    rules = load_ruleset(name, catalogue).rules
    return {
        rule_name: rule
        for rule_name, rule in rules.items()
        if name in {rule.origins[field].ruleset for field in ("cite", "severity") if field in rule.origins}
    }


def is_shaky(title: str) -> bool:
    return "secondary source" in title or "unconfirmed" in title


@pytest.mark.parametrize("name", RULESETS)
def test_every_citation_names_a_clause(name: str, catalogue: Catalogue) -> None:
    assert [rule_name for rule_name, rule in own_rules(name, catalogue).items() if not rule.cite.clause.strip()] == []


@pytest.mark.parametrize("name", RULESETS)
def test_an_error_never_rests_on_a_source_that_is_secondary_or_unconfirmed(name: str, catalogue: Catalogue) -> None:
    rules = own_rules(name, catalogue).items()
    assert [rule_name for rule_name, rule in rules if rule.severity == "error" and is_shaky(rule.cite.title)] == []


@pytest.mark.parametrize("name", RULESETS)
def test_a_rule_on_a_shaky_source_tells_its_reader_so(name: str, catalogue: Catalogue) -> None:
    for rule_name, rule in own_rules(name, catalogue).items():
        if is_shaky(rule.cite.title):
            assert "secondary source" in rule.why or "unconfirmed" in rule.why, f"{name}:{rule_name}"


@pytest.mark.parametrize("name", RULESETS)
def test_every_source_has_an_address_that_leads_to_a_page_and_is_cited(name: str, catalogue: Catalogue) -> None:
    for source in MAKE_SOURCES.sources(name, catalogue):
        if source.mark == "own" or "://" not in source.url:
            assert (ROOT / source.url).is_file(), f"{name}: {source.key} names {source.url}"
        else:
            address = urlsplit(source.url)
            assert address.scheme == "https" and address.path.strip("/"), f"{name}: {source.key} names only a host"
        assert source.rules, f"{name}: nothing cites {source.key}"


def test_the_page_of_sources_is_fresh() -> None:
    assert MAKE_SOURCES.PAGE.read_text(encoding="utf-8") == MAKE_SOURCES.page(), "run python docs/make_sources.py"
