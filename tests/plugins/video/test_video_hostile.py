"""Files that lie, are damaged, or point elsewhere."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from clips import ALL, facts_of, recognised, write_clip
from deliverlint_video.header import measure
from deliverlint_video.types import FILE_TYPES
from mutants import deaths

from deliverlint.spec import Source
from deliverlint.values import Unmeasured


@pytest.mark.parametrize(
    ("name", "codec", "form"),
    [
        ("a.mp4", "libx264", "MP4"),
        ("a.mov", "prores_ks", "QuickTime"),
        ("a.mkv", "libx264", "Matroska"),
        ("a.mxf", "mpeg2video", "MXF"),
        ("a.avi", "mpeg4", "AVI"),
        ("a.ts", "mpeg2video", "MPEG-TS"),
    ],
)
def test_damaged_copies_are_measured_or_said_to_be_unmeasured(tmp_path: Path, name: str, codec: str, form: str) -> None:
    pixels = "yuv422p10le" if codec == "prores_ks" else "yuv420p"
    clip = write_clip(tmp_path / name, codec, (160, 96), frames=5, pixels=pixels)
    # Now and then one kills or hangs MediaInfo: the engine's worker limits are for those.
    assert len(deaths(clip, form, 250)) <= 3


@pytest.mark.parametrize("form", [kind.format for kind in FILE_TYPES])
def test_random_bytes_in_any_format_give_reasons_and_no_facts(tmp_path: Path, form: str) -> None:
    path = tmp_path / "random"
    for seed in range(5):
        path.write_bytes(random.Random(seed).randbytes(64))
        found = measure(Source(path=path, name="random", format=form), ALL)
        known = {name for name in ALL if not isinstance(found[name], Unmeasured) and found[name] is not None}
        assert known <= {"container.format", "container.truncated", "container.brand"}


def test_a_playlist_shows_nothing_of_the_file_that_it_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_clip(tmp_path / "other.mov", "prores_ks", pixels="yuv422p10le")
    playlist = tmp_path / "film.mov"
    playlist.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nother.mov\n#EXT-X-ENDLIST\n")
    monkeypatch.chdir(tmp_path)
    for form in ("QuickTime", "Matroska", "MPEG-TS"):  # even if it had been recognised as one
        assert isinstance(facts_of(playlist, form=form)["video.codec"], Unmeasured)


def test_a_damaged_note_of_the_encoder_is_passed_over(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.mkv")
    data = clip.read_bytes()
    inside = data.index(b"options: cabac") + 100
    again = b" - options: "
    clip.write_bytes(data[:inside] + again + data[inside + len(again) :])
    # MediaInfo by itself does not come back from options inside options.
    assert facts_of(clip)["video.codec"] == "H.264"


def test_a_format_that_is_not_read_here_says_so(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"x")
    found = measure(Source(path=path, name="x", format="PNG"), frozenset({"video.codec"}))
    assert found == {"video.codec": Unmeasured("PNG is not a video format that is read here")}


def test_every_recognised_format_has_a_reader(tmp_path: Path) -> None:
    from deliverlint_video.mediainfo import PARSERS

    assert {kind.format for kind in FILE_TYPES} == set(PARSERS)
    assert recognised(b"") == ""


def test_a_file_of_no_known_format_is_said_to_be_damaged_or_misnamed(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(bytes(64))
    found = measure(Source(path=path, name="film.mp4"), ALL)
    assert set(found.values()) == {Unmeasured("its first bytes show no known format: it is damaged or misnamed")}
