"""Order of boxes, edit lists, references to other files, and files that are cut short."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest
from clips import fact, facts_of, reason, write_clip
from deliverlint_video.isobmff import Edit, Track, read_movie
from deliverlint_video.truncation import is_cut_short

from deliverlint.values import Unmeasured

FRONT = {"movflags": "+faststart"}
PLAIN = {"movflags": "+faststart+negative_cts_offsets", "use_editlist": "0"}


def test_the_movie_header_is_found_in_front_or_behind(tmp_path: Path) -> None:
    assert fact(write_clip(tmp_path / "front.mp4", container_options=FRONT), "container.faststart") is True
    assert fact(write_clip(tmp_path / "behind.mp4"), "container.faststart") is False


def test_a_fragmented_mp4_is_seen_and_starts_fast(tmp_path: Path) -> None:
    options = {"movflags": "+frag_keyframe+empty_moov"}
    found = facts_of(write_clip(tmp_path / "a.mp4", container_options=options))
    assert (found["container.fragmented"], found["container.faststart"]) == (True, True)


def test_a_list_that_only_skips_priming_is_an_edit_list_that_changes_nothing(tmp_path: Path) -> None:
    found = facts_of(write_clip(tmp_path / "a.mp4", sound="aac"))
    assert (found["container.edit_lists"], found["container.edits"]) == (2, 0)


def test_a_file_can_do_without_edit_lists(tmp_path: Path) -> None:
    found = facts_of(write_clip(tmp_path / "a.mp4", sound="aac", container_options=PLAIN))
    assert (found["container.edit_lists"], found["container.edits"]) == (0, 0)


def test_sound_that_is_delayed_by_an_edit_list_counts(tmp_path: Path) -> None:
    assert fact(write_clip(tmp_path / "a.mp4", sound="aac", sound_starts=0.4), "container.edits") == 1


@pytest.mark.parametrize(
    ("edits", "changes"),
    [
        ((), False),
        ((Edit(10, 0, 1),), False),
        ((Edit(10, 0.08, 1),), False),  # reordering of B-frames
        ((Edit(0, 0, 1),), False),  # fragmented files state no length
        ((Edit(8, 2, 1),), True),  # trimmed at the head
        ((Edit(5, 0, 1),), True),  # trimmed at the tail
        ((Edit(10, 0, 0.5),), True),
        ((Edit(1, -1, 1), Edit(10, 0, 1)), True),
        ((Edit(5, 0, 1), Edit(5, 0, 1)), True),
    ],
)
def test_an_edit_list_counts_if_it_changes_what_is_shown(edits: tuple[Edit, ...], changes: bool) -> None:
    assert Track(handler="vide", duration=10, edits=edits).edited is changes


def test_a_file_that_is_cut_in_its_media_keeps_what_a_header_knows_and_loses_what_it_promises(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.mp4", sound="aac", container_options=FRONT)
    clip.write_bytes(clip.read_bytes()[:-3000])
    found = facts_of(clip)
    assert found["container.truncated"] is True
    assert found["video.codec"] == "H.264"
    promise = Unmeasured("the file is cut short: 3000 bytes that its header promises are missing")
    for name in ("container.duration", "container.bit_rate", "video.duration", "video.bit_rate"):
        assert found[name] == promise


def test_a_file_that_is_cut_before_its_movie_header_is_unmeasured_with_the_reason(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.mp4")
    data = clip.read_bytes()
    clip.write_bytes(data[: data.index(b"moov") - 200])
    assert fact(clip, "container.truncated") is True
    assert (
        reason(clip, "video.codec") == "is cut short: the movie header (moov) that should follow the media is missing"
    )


def test_a_recording_that_was_not_finished_says_so(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.mp4")
    data = clip.read_bytes()
    clip.write_bytes(data[: data.index(b"moov") - 4])
    assert reason(clip, "video.width").startswith("has no movie header (moov box)")


def test_a_movie_header_that_is_cut_is_unmeasured_with_the_bytes_that_are_missing(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.mp4")
    clip.write_bytes(clip.read_bytes()[:-100])
    assert reason(clip, "video.width") == "is cut short: 100 bytes of its movie header (moov) are missing"


@pytest.mark.parametrize(
    ("name", "codec"),
    [("a.mkv", "libx264"), ("a.avi", "mpeg4"), ("a.mxf", "mpeg2video"), ("a.flv", "libx264"), ("a.wmv", "wmv2")],
)
def test_other_containers_show_that_they_are_cut_too(tmp_path: Path, name: str, codec: str) -> None:
    clip = write_clip(tmp_path / name, codec)
    assert fact(clip, "container.truncated") is False
    clip.write_bytes(clip.read_bytes()[: clip.stat().st_size * 2 // 3])
    found = facts_of(clip)
    assert found["container.truncated"] is True
    assert isinstance(found["video.duration"], Unmeasured)


def test_a_windows_media_file_that_was_written_live_does_not_state_its_size(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.wmv", "wmv2")
    data = bytearray(clip.read_bytes())
    data[data.index(bytes.fromhex("a1dcab8c47a9cf11")) + 88] |= 1
    clip.write_bytes(data)
    assert reason(clip, "container.truncated") == "it was written live and does not state its size"


def test_a_transport_stream_with_half_a_packet_is_cut_short(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.ts")
    clip.write_bytes(clip.read_bytes()[:-50])
    assert fact(clip, "container.truncated") is True


def test_an_ogg_stream_without_its_last_page_is_cut_short() -> None:
    page = b"OggS\0%c" + bytes(20)
    whole = page % 2 + page % 0 + page % 4
    assert is_cut_short(io.BytesIO(whole), len(whole), "Ogg") is False
    assert is_cut_short(io.BytesIO(whole[:52]), 52, "Ogg") is True


def _refer_elsewhere(data: bytes, target: bytes) -> bytes:
    """Rewrite the data references of a QuickTime file so that they name another file."""
    found, at = b"", 0
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + size]
        if kind in (b"moov", b"trak", b"mdia", b"minf", b"dinf"):
            body = _refer_elsewhere(body, target)
        elif kind == b"dref":
            body = struct.pack(">III4sI", 0, 1, 12 + len(target), b"url ", 0) + target
        found += struct.pack(">I4s", len(body) + 8, kind) + body
        at += size
    return found


def test_a_reference_movie_is_not_self_contained(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.mov", "prores_ks", pixels="yuv422p10le")
    assert fact(clip, "container.self_contained") is True
    clip.write_bytes(_refer_elsewhere(clip.read_bytes(), b"file:///elsewhere/b.mov\0"))
    assert fact(clip, "container.self_contained") is False


def test_a_box_that_says_it_is_endless_ends_with_the_file() -> None:
    data = b"\0\0\0\x10ftypisom\0\0\0\0" + b"\0\0\0\0mdat" + bytes(100)
    movie = read_movie(io.BytesIO(data), len(data))
    assert (movie.missing, movie.media, movie.moov) == (0, 16, -1)


def test_a_64_bit_box_size_is_read() -> None:
    data = b"\0\0\0\x10ftypisom\0\0\0\0" + b"\0\0\0\1mdat" + struct.pack(">Q", 2**40) + bytes(10)
    assert read_movie(io.BytesIO(data), len(data)).missing == 2**40 + 16 - len(data)
