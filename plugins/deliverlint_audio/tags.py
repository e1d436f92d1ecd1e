"""Probe `audio.tags`: title, artist, ISRC and the like, as they are embedded in the file."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import BinaryIO

from deliverlint.spec import Source
from deliverlint.values import Json, Unmeasured
from deliverlint_audio.errors import Unreadable
from deliverlint_audio.tagforms import Tags
from deliverlint_audio.tagreaders import READERS

# What facts are called, and in which of a tag's fields (Vorbis comment names) they stand.
_TEXTS = {
    "audio.tags.title": "title",
    "audio.tags.artist": "artist",
    "audio.tags.album": "album",
    "audio.tags.album_artist": "albumartist",
    "audio.tags.date": "date",
    "audio.tags.genre": "genre",
    "audio.tags.composer": "composer",
    "audio.tags.copyright": "copyright",
    "audio.tags.label": "organization",
    "audio.tags.comment": "comment",
}
_NUMBERS = {"audio.tags.track": "tracknumber", "audio.tags.disc": "discnumber"}
# The encoder's own signature is on nearly every file and says nothing of the recording.
_SIGNATURES = {"encoder", "encoded_by", "vendor", "encodersettings"}
_MAX_TEXT = 1000


def measure(source: Source, wanted: frozenset[str]) -> dict[str, Json | Unmeasured]:
    """Read the tags of a sound file; a file without any has none of them (None), not unmeasured ones."""
    reader = READERS.get(source.format)
    if reader is None:
        nothing_known = "its first bytes show no known format: it is damaged or misnamed"
        reason = f"is {source.format}, whose tags are not read here" if source.format else nothing_known
        return dict.fromkeys(wanted, Unmeasured(reason))
    try:
        with source.path.open("rb") as stream:
            tags = _read(reader, stream)
    except Unreadable as problem:
        return dict.fromkeys(wanted, Unmeasured(str(problem)))
    facts = _facts(tags)
    return {name: facts.get(name) for name in wanted}


def _read(reader: Callable[[BinaryIO], Tags], stream: BinaryIO) -> Tags:
    try:
        return reader(stream)
    except (Unreadable, MemoryError, OSError):
        raise
    except Exception as problem:  # mutagen's own errors, and whatever damaged tags make it trip over
        raise Unreadable("has damaged tags, or its structure cannot be read") from problem


def _facts(tags: Tags) -> dict[str, Json]:
    facts: dict[str, Json] = {name: tags.text(field, _MAX_TEXT) for name, field in _TEXTS.items()}
    facts |= {name: _first_number(tags.text(field, 20)) for name, field in _NUMBERS.items()}
    isrc = tags.text("isrc", 40)
    facts["audio.isrc"] = re.sub(r"[\s-]", "", isrc).upper() if isrc else None
    facts["audio.embedded_art"] = tags.has_art
    facts["audio.embedded_tags"] = tags.has_art or bool(set(tags.fields) - _SIGNATURES)
    return facts


def _first_number(text: str | None) -> float | None:
    """Read the number before a slash: `3/12` is track 3 of 12."""
    match = re.match(r"\s*(\d{1,4})\b", text or "", re.ASCII)
    return int(match[1]) if match else None
