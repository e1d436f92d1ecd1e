"""The plugin's own tests; they run wherever deliverlint and the plugin are installed."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from deliverlint_cube import header, plugin
from deliverlint_cube.complete import check

from deliverlint.cases import run_cases
from deliverlint.catalogue import load_catalogue
from deliverlint.hookspecs import Source, Unmeasured
from deliverlint.ruleset.load import load_ruleset

WANTED = frozenset({"lut.dimensions", "lut.size", "lut.rows"})


def table(size: int) -> bytes:
    return f'TITLE "test"\nLUT_3D_SIZE {size}\n'.encode() + b"0.0 0.5 1.0\n" * size**3


def measured(path: Path, content: bytes) -> object:
    path.write_bytes(content)
    return header.measure(Source(path=path, name=path.name), WANTED)


def test_size_and_rows_of_a_table_are_read(tmp_path: Path) -> None:
    assert measured(tmp_path / "a.cube", table(17)) == {"lut.dimensions": "3D", "lut.size": 17, "lut.rows": 17**3}


def test_a_table_without_a_size_is_unmeasured_with_the_reason(tmp_path: Path) -> None:
    facts = measured(tmp_path / "a.cube", b"LUT_3D_SIZE many\n0 0 0\n")
    assert facts == dict.fromkeys(WANTED, Unmeasured("says no size: the line LUT_3D_SIZE has no number"))


def test_a_table_cut_short_is_named() -> None:
    assert check({"lut.dimensions": "3D", "lut.size": 2, "lut.rows": 8}) is None
    assert "has 7 rows, expected 8" in str(check({"lut.dimensions": "3D", "lut.size": 2, "lut.rows": 7}))


@pytest.mark.parametrize("seed", range(100))
def test_any_bytes_are_borne(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(table(3))
    for _ in range(20):
        content[chance.randrange(len(content))] = chance.randrange(256)
    plugin.is_cube(bytes(content[:4096]))
    measured(tmp_path / "a.cube", bytes(content))


def test_the_ruleset_keeps_to_its_cases() -> None:
    catalogue = load_catalogue()
    folder = Path(plugin.__file__).parent / "rulesets" / "example" / "grading"
    assert run_cases(folder / "cases", load_ruleset("example/grading", catalogue), catalogue) == []
