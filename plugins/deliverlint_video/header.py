"""Probe `video.header`: what the container and its picture stream state, without decoding anything."""

from __future__ import annotations

import xml.etree.ElementTree
from collections.abc import Mapping
from typing import Any

from deliverlint.spec import Source
from deliverlint.values import Json, Unmeasured
from deliverlint_video.isobmff import Movie, read_movie
from deliverlint_video.mediainfo import PARSERS, read_tracks
from deliverlint_video.picture import picture_facts
from deliverlint_video.readings import number
from deliverlint_video.truncation import is_cut_short

_BOXED = ("MP4", "QuickTime", "3GP")
# What a header says of the length is a promise that a file which is cut short does not keep.
_PROMISES = ("container.duration", "container.bit_rate", "video.duration", "video.bit_rate")
_BOX_FACTS = ("container.faststart", "container.fragmented", "container.edit_lists", "container.edits")

Answer = dict[str, Json | Unmeasured]


def measure(source: Source, wanted: frozenset[str]) -> Answer:
    """Return the wanted facts of one video file; `source.stream` chooses one of several picture streams."""
    if not source.format:
        return dict.fromkeys(wanted, Unmeasured("its first bytes show no known format: it is damaged or misnamed"))
    if source.format not in PARSERS:
        return {name: Unmeasured(f"{source.format} is not a video format that is read here") for name in wanted}
    size = source.path.stat().st_size
    with source.path.open("rb") as file:
        movie = read_movie(file, size) if source.format in _BOXED else None
        facts: Answer = {"container.format": source.format, **_structure(movie)}
        facts["container.truncated"] = _truncated(movie) if movie else is_cut_short(file, size, source.format)
        hopeless = _unreadable(movie)
        if hopeless:
            return {name: facts.get(name, Unmeasured(hopeless)) for name in wanted}
        file.seek(0)
        try:
            tracks = read_tracks(file, size, source.format)
        except (RuntimeError, xml.etree.ElementTree.ParseError, UnicodeError):
            tracks = []
    if not tracks:
        reason = f"begins like {source.format}, but nothing in it can be read"
        return {name: facts.get(name, Unmeasured(reason)) for name in wanted}
    facts |= _container(tracks, source.format)
    facts |= picture_facts(tracks, source.stream, source.format, movie)
    if facts["container.truncated"] is True or tracks[0].get("istruncated") == "Yes":
        facts["container.truncated"] = True
        facts |= {name: Unmeasured(_cut_reason(movie)) for name in _PROMISES}
    return {name: facts[name] for name in wanted if name in facts}


def _structure(movie: Movie | None) -> Answer:
    """Facts of box order and edit lists; None (absent) in containers that have no such thing."""
    if movie is None:
        return {**dict.fromkeys(_BOX_FACTS), "container.brand": None, "container.self_contained": _NOT_READ}
    facts: Answer = {"container.brand": movie.brand or None}
    if movie.moov < 0 or movie.cut_box == "moov":
        return facts | dict.fromkeys((*_BOX_FACTS, "container.self_contained"), Unmeasured(_unreadable(movie)))
    facts["container.faststart"] = movie.media < 0 or movie.moov < movie.media
    if movie.moov_too_large:
        reason = Unmeasured("the movie header is larger than 64 MiB")
        return facts | dict.fromkeys((*_BOX_FACTS[1:], "container.self_contained"), reason)
    return facts | {
        "container.fragmented": movie.fragmented,
        "container.edit_lists": sum(bool(track.edits) for track in movie.tracks),
        "container.edits": sum(track.edited for track in movie.tracks),
        "container.self_contained": not any(
            track.external for track in movie.tracks if track.handler in ("vide", "soun")
        ),
    }


_NOT_READ = Unmeasured("references to other files are read in MP4 and QuickTime only")


def _truncated(movie: Movie) -> bool | Unmeasured:
    if movie.missing or movie.moov < 0:
        return True
    if movie.broken_at >= 0:
        return Unmeasured(f"its structure breaks off at byte {movie.broken_at}: what follows there is no box")
    return False


def _unreadable(movie: Movie | None) -> str:
    """Return why nothing can be read of an MP4 or QuickTime file; empty where something can."""
    if movie is None or (movie.moov >= 0 and movie.cut_box != "moov"):
        return ""
    if movie.cut_box == "moov":
        return f"is cut short: {movie.missing} bytes of its movie header (moov) are missing"
    if movie.missing:
        return "is cut short: the movie header (moov) that should follow the media is missing"
    return "has no movie header (moov box): the recording or upload was not finished, or the file is damaged"


def _cut_reason(movie: Movie | None) -> str:
    if movie and movie.missing:
        return f"the file is cut short: {movie.missing} bytes that its header promises are missing"
    return "the file is cut short: it ends before its header says"


def _container(tracks: list[dict[str, Any]], form: str) -> Answer:
    general: Mapping[str, Any] = tracks[0] if tracks[0].get("track_type") == "General" else {}
    duration = number(general.get("duration"))
    bit_rate = number(general.get("overall_bit_rate"))
    silent = Unmeasured(f"the header of this {form} file does not state a running time")
    kinds = [track.get("track_type") for track in tracks]
    return {
        "container.duration": duration / 1000 if duration else silent,
        "container.bit_rate": bit_rate / 1e6 if bit_rate else silent,
        "container.video_streams": kinds.count("Video"),
        "container.audio_streams": kinds.count("Audio"),
        "container.text_streams": kinds.count("Text"),
    }
