"""Sound streams as MediaInfo reads them: compressed files, and the sound of video files."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any, BinaryIO

from deliverlint.values import Json, Unmeasured
from deliverlint_audio.codecs import (
    FLOAT,
    INTEGER,
    LAYOUTS,
    MEDIAINFO_FORMATS,
    MPEG_LAYERS,
    OTHER,
    layout_of_count,
    layout_of_speakers,
)
from deliverlint_audio.errors import Unreadable
from deliverlint_audio.mediainfo import tracks_of

_MODES = {"CBR": "constant", "VBR": "variable", "CVBR": "variable"}
_PROFILES = {"LC": "LC", "LC SBR": "HE-AAC", "LC SBR PS": "HE-AACv2", "Main": "Main", "LTP": "LTP", "SSR": "SSR"}


def facts_of_stream(stream: BinaryIO, form: str, number: int, expected: bool) -> dict[str, Json | Unmeasured]:
    """Read the sound stream `number` (counted from 1) of any file that MediaInfo knows; raises Unreadable.

    form   the format that was recognised
    expected  a sound file, or a stream that the delivery names: to have none is then no measurement but a fault
    """
    tracks = sound_tracks(stream, form)
    if number > len(tracks):
        if expected:
            raise Unreadable(f"has no sound stream {number}; it holds {len(tracks) or 'none that can be read'}")
        return {"audio.streams": 0}
    track = tracks[number - 1]
    codec, profile = _codec(track)
    channels = _number(track.get("channel_s"))
    return {
        "audio.codec": codec,
        "audio.profile": profile,
        "audio.sample_format": _sample_format(track, codec),
        "audio.sample_rate": _sample_rate(track, codec),
        "audio.bit_depth": _number(track.get("bit_depth")),
        "audio.channels": channels if channels else Unmeasured("does not state how many channels it has"),
        "audio.layout": _layout(track, channels),
        "audio.duration": _duration(track),
        "audio.bit_rate": _in_thousands(track.get("bit_rate")),
        "audio.bit_rate_mode": _MODES.get(str(track.get("bit_rate_mode"))),
        "audio.language": _text(track.get("language")),
        "audio.format_tag": None,
        "audio.extensible": False,
        "audio.trailing_bytes": None,
        "audio.streams": len(tracks),
    }


def sound_tracks(stream: BinaryIO, form: str) -> list[Mapping[str, Any]]:
    """List the sound streams of a file; raises Unreadable where nothing of it can be understood."""
    tracks = tracks_of(stream, form)
    sound = [track for track in tracks if track.get("track_type") == "Audio"]
    if all(track.get("track_type") in ("General", "Menu", "Other") for track in tracks):
        raise Unreadable(
            "holds no sound that can be read: it is damaged, cut short, or of a kind that is not known here"
        )
    return sound


def _codec(track: Mapping[str, Any]) -> tuple[str, str | None]:
    name, profile = str(track.get("format", "")), str(track.get("format_profile", ""))
    if name == "MPEG Audio":
        return MPEG_LAYERS.get(profile, OTHER), None
    if name == "AAC":
        return "AAC", _PROFILES.get(str(track.get("format_additionalfeatures", "")), OTHER)
    if not name:
        return OTHER, None
    return MEDIAINFO_FORMATS.get(name, OTHER), None


def _sample_format(track: Mapping[str, Any], codec: str) -> str | None:
    if codec != "PCM":
        return None
    described = f"{track.get('format_settings', '')} {track.get('format_profile', '')}"
    return FLOAT if "Float" in described else INTEGER


def _layout(track: Mapping[str, Any], channels: float | None) -> str | None:
    speakers = _text(track.get("channel_layout"))
    layout = layout_of_speakers(frozenset(speakers.split())) if speakers else None
    if layout in (None, OTHER) and channels in (1, 2):
        return layout_of_count(int(channels))
    return layout if layout in LAYOUTS else None


def _sample_rate(track: Mapping[str, Any], codec: str) -> Json | Unmeasured:
    """Opus always plays at 48 kHz; what its header states is the rate before encoding (RFC 7845 §5.1)."""
    return 48000 if codec == "Opus" else _stated(track, "sampling_rate", "its sample rate")


def _duration(track: Mapping[str, Any]) -> Json | Unmeasured:
    milliseconds = _number(track.get("duration"))
    samples, rate = _number(track.get("samples_count")), _number(track.get("sampling_rate"))
    # MediaInfo rounds to milliseconds: the count of samples is exact where it agrees.
    if samples and rate and milliseconds and abs(samples / rate - milliseconds / 1000) < 0.01:
        return samples / rate
    if milliseconds is None:
        return Unmeasured("does not state how long its sound is")
    return milliseconds / 1000


def _stated(track: Mapping[str, Any], key: str, what: str) -> Json | Unmeasured:
    value = _number(track.get(key))
    return Unmeasured(f"does not state {what}") if value is None else value


def _in_thousands(value: Any) -> float | None:
    number = _number(value)
    return None if number is None else number / 1000


def _number(value: Any) -> float | None:
    """Read MediaInfo's numbers: 48000, '48000.000', '48000 / 24000' (the first is the decoded sound's)."""
    match = re.match(r"\d{1,18}(\.\d{1,18})?", str(value)) if value is not None else None
    if not match:
        return None
    number = float(match[0])
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() else number


def _text(value: Any) -> str | None:
    text = str(value).strip() if value is not None else ""
    return text[:200] or None
