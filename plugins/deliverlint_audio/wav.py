"""The header of a WAVE file: RIFF, RF64 and BW64.

Sources: Microsoft, Multimedia Programming Interface 1.0; EBU Tech 3306 (RF64); ITU-R BS.2088 (BW64).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO

from deliverlint.values import Json, Unmeasured
from deliverlint_audio.bounds import read_at, read_exactly, size_of
from deliverlint_audio.chunks import UNFINISHED, Chunk, is_name, walk
from deliverlint_audio.codecs import (
    FLOAT,
    INTEGER,
    OTHER,
    WAVE_EXTENSIBLE,
    WAVE_TAGS,
    layout_of_count,
    layout_of_mask,
)
from deliverlint_audio.errors import Unreadable

_LONG = (b"RF64", b"BW64")
# A subformat GUID is a format tag followed by these bytes (KSDATAFORMAT_SUBTYPE).
_SUBTYPE_TAIL = bytes.fromhex("000000001000800000aa00389b71")


@dataclass(frozen=True, slots=True)
class WaveFormat:
    """The `fmt ` chunk; rates in Hz and bytes per second, depths in bits."""

    tag: int
    extensible: bool
    channels: int
    sample_rate: int
    byte_rate: int
    block_align: int
    bits: int
    mask: int


def facts_of_wave(stream: BinaryIO) -> dict[str, Json | Unmeasured]:
    """Read what a WAVE file's header says, and hold it against the file; raises Unreadable."""
    size = size_of(stream)
    chunks = wave_chunks(stream)
    found = next((chunk for chunk in chunks if chunk.name == b"fmt "), None)
    if found is None:
        raise Unreadable("is no usable WAVE file: it has no 'fmt ' chunk")
    form = _format(read_exactly(stream, found.offset, min(found.size, 40), "'fmt ' chunk"))
    name, codec = WAVE_TAGS.get(form.tag, (OTHER, OTHER))
    facts: dict[str, Json | Unmeasured] = {
        "audio.codec": codec,
        "audio.sample_format": {0x0001: INTEGER, 0x0003: FLOAT}.get(form.tag),
        "audio.sample_rate": form.sample_rate,
        "audio.bit_depth": form.bits or None,
        "audio.channels": form.channels,
        "audio.layout": layout_of_mask(form.mask) if form.mask else layout_of_count(form.channels),
        "audio.bit_rate": form.byte_rate * 8 / 1000,
        "audio.bit_rate_mode": "constant" if codec == "PCM" else None,
        "audio.format_tag": "WAVE_FORMAT_EXTENSIBLE" if form.extensible else name,
        "audio.extensible": form.extensible,
        "audio.streams": 1,
        "audio.language": None,
    }
    return facts | _of_the_data(stream, chunks, form, size)


def wave_chunks(stream: BinaryIO) -> list[Chunk]:
    """List the chunks of a RIFF, RF64 or BW64 file; raises Unreadable."""
    size = size_of(stream)
    head = read_exactly(stream, 0, 12, "first header")
    if head[:4] not in (b"RIFF", *_LONG) or head[8:] != b"WAVE":
        raise Unreadable("is not a WAVE file")
    long_sizes = None
    if head[:4] in _LONG:
        if read_at(stream, 12, 4) != b"ds64":
            raise Unreadable(f"is a damaged {head[:4].decode()} file: its sizes (the 'ds64' chunk) are missing")
        (data_size,) = struct.unpack("<Q", read_exactly(stream, 28, 8, "'ds64' chunk"))
        long_sizes = {b"data": data_size}
    return walk(stream, 12, size, "<", long_sizes)


def _format(content: bytes) -> WaveFormat:
    if len(content) < 16:
        raise Unreadable("is cut short: its 'fmt ' chunk is too small")
    tag, channels, sample_rate, byte_rate, block_align, bits = struct.unpack("<HHIIHH", content[:16])
    extensible, mask = tag == WAVE_EXTENSIBLE, 0
    if extensible and len(content) >= 40:
        valid_bits, mask = struct.unpack("<HI", content[18:24])
        if content[26:40] == _SUBTYPE_TAIL:
            (tag,) = struct.unpack("<H", content[24:26])
        if 0 < valid_bits < bits:
            bits = valid_bits
    return WaveFormat(tag, extensible, channels, sample_rate, byte_rate, block_align, bits, mask)


def _of_the_data(
    stream: BinaryIO, chunks: list[Chunk], form: WaveFormat, file_size: int
) -> dict[str, Json | Unmeasured]:
    data = next((chunk for chunk in chunks if chunk.name == b"data"), None)
    if data is None:
        missing = Unmeasured("has no 'data' chunk, so there is no sound in it")
        return {"audio.data_complete": False, "audio.duration": missing, "audio.trailing_bytes": missing}
    if _never_finished(stream, data, file_size):
        # What a recorder leaves that was stopped hard: the sound may all be there, but the header does not say so.
        reason = Unmeasured("has a header that was never finished: it does not say where the sound ends")
        return {"audio.data_complete": False, "audio.duration": reason, "audio.trailing_bytes": reason}
    return {
        "audio.data_complete": data.present == data.size,
        "audio.duration": _duration(stream, chunks, form, data.present),
        "audio.trailing_bytes": max(0, file_size - data.end),
    }


def _never_finished(stream: BinaryIO, data: Chunk, file_size: int) -> bool:
    if data.size == UNFINISHED:
        return True
    follows = read_at(stream, data.offset, 4)
    return data.size == 0 and file_size > data.offset and not is_name(follows)


def _duration(stream: BinaryIO, chunks: list[Chunk], form: WaveFormat, present: int) -> Json | Unmeasured:
    if form.sample_rate == 0:
        return Unmeasured("has a header that says 0 Hz, so its duration cannot be known")
    if form.tag in (0x0001, 0x0003, 0x0006, 0x0007):
        if form.block_align == 0:
            return Unmeasured("has a header that says 0 bytes a sample, so its duration cannot be known")
        return present // form.block_align / form.sample_rate
    samples = next((chunk for chunk in chunks if chunk.name == b"fact" and chunk.present >= 4), None)
    if samples is not None:
        (count,) = struct.unpack("<I", read_at(stream, samples.offset, 4))
        return float(count / form.sample_rate)
    if form.byte_rate == 0:
        return Unmeasured("has a header that says 0 bytes a second, so its duration cannot be known")
    return present / form.byte_rate
