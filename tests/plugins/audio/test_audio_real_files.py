"""Recordings that CPython keeps for its own tests, where they are installed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from sounds import facts_of

FOLDER = next(
    (
        folder
        for folder in (
            Path(sys.base_prefix) / f"lib/python3.{sys.version_info.minor}/test/audiodata",
            Path(sys.base_prefix) / f"lib/python3.{sys.version_info.minor}/test/test_wave",
        )
        if folder.is_dir()
    ),
    None,
)
pytestmark = pytest.mark.skipif(FOLDER is None, reason="this Python comes without its test recordings")


# 3307 frames at 11025 Hz in two channels: what test_wave, test_aifc of CPython expect of these files.
@pytest.mark.parametrize("bits", [8, 16, 24, 32])
@pytest.mark.parametrize("ending", ["wav", "aiff"])
def test_the_plucked_string_is_what_python_says_it_is(bits: int, ending: str) -> None:
    assert FOLDER is not None
    path = FOLDER / f"pluck-pcm{bits}.{ending}"
    if not path.exists():
        pytest.skip(f"no {path.name} here")
    facts = facts_of(path)
    assert (facts["audio.codec"], facts["audio.bit_depth"]) == ("PCM", bits)
    assert (facts["audio.channels"], facts["audio.sample_rate"]) == (2, 11025)
    assert facts["audio.duration"] == pytest.approx(3307 / 11025)
    assert facts["audio.data_complete"] is True


@pytest.mark.parametrize(("name", "codec"), [("pluck-ulaw.aifc", "µ-law"), ("pluck-alaw.aifc", "A-law")])
def test_the_companded_string_is_named_by_its_law(name: str, codec: str) -> None:
    assert FOLDER is not None
    if not (FOLDER / name).exists():
        pytest.skip(f"no {name} here")
    assert facts_of(FOLDER / name)["audio.codec"] == codec
