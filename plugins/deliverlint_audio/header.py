"""Probe `audio.header`: what the header of a sound file, or of a sound stream, says."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from deliverlint.spec import Source
from deliverlint.values import Json, Unmeasured
from deliverlint_audio.aiff import facts_of_aiff
from deliverlint_audio.boxes import boxes_fit
from deliverlint_audio.errors import Unreadable
from deliverlint_audio.flac import facts_of_flac
from deliverlint_audio.ogg import ends_with_last_page
from deliverlint_audio.streams import facts_of_stream
from deliverlint_audio.types import FILE_TYPES
from deliverlint_audio.wav import facts_of_wave
from deliverlint_audio.wavpack import blocks_hold_all

_OWN_READERS: dict[str, Callable[[BinaryIO], dict[str, Json | Unmeasured]]] = {
    "WAV": facts_of_wave,
    "RF64": facts_of_wave,
    "BW64": facts_of_wave,
    "AIFF": facts_of_aiff,
    "AIFF-C": facts_of_aiff,
    "FLAC": facts_of_flac,
}
_SOUND_FORMATS = frozenset(kind.format for kind in FILE_TYPES)
_ENDINGS: dict[str, Callable[[BinaryIO], bool | Unmeasured]] = {
    "M4A": boxes_fit,
    "M4B": boxes_fit,
    "Ogg Vorbis": ends_with_last_page,
    "Opus": ends_with_last_page,
    "Ogg FLAC": ends_with_last_page,
    "Speex": ends_with_last_page,
    "WavPack": blocks_hold_all,
}


def measure(source: Source, wanted: frozenset[str]) -> dict[str, Json | Unmeasured]:
    """Measure the wanted facts of a sound file, of a named sound stream, or of a video file's first one."""
    number = int(source.stream.partition(":")[2] or 1)
    if source.stream and not source.stream.startswith("audio:"):
        return dict.fromkeys(wanted, Unmeasured("is not a sound stream"))
    try:
        with source.path.open("rb") as stream:
            facts = _read(stream, source, number)
    except Unreadable as problem:
        return dict.fromkeys(wanted, Unmeasured(str(problem)))
    return {name: facts.get(name) for name in wanted}


def _read(stream: BinaryIO, source: Source, number: int) -> dict[str, Json | Unmeasured]:
    reader = _OWN_READERS.get(source.format)
    if reader is not None:
        if number != 1:
            raise Unreadable(f"has no sound stream {number}; it holds 1")
        return reader(stream)
    facts = facts_of_stream(stream, source.format, number, bool(source.stream) or source.format in _SOUND_FORMATS)
    ending = _ENDINGS.get(source.format)
    facts["audio.data_complete"] = (
        ending(stream) if ending else Unmeasured(f"{_kind(source)}, whose header does not say where the sound ends")
    )
    return facts


def _kind(source: Source) -> str:
    return f"is {source.format}" if source.format else "is of a format that is not recognised"
