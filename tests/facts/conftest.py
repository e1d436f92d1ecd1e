from __future__ import annotations

from collections.abc import Iterator

import pytest

from deliverlint.facts.workers import Workers


@pytest.fixture(scope="session")
def workers() -> Iterator[Workers]:
    """Two workers that all tests share which do not ask what becomes of them."""
    with Workers(2) as shared:
        yield shared


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take files that were just written for old ones, so that a test need not wait for the clock to tick."""
    monkeypatch.setattr("deliverlint.facts.identity.GRAIN_NS", 0)
