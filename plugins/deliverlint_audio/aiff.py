"""The header of an AIFF or AIFF-C file.

Source: Apple, Audio Interchange File Format 1.3 and AIFF-C draft (1991).
"""

from __future__ import annotations

import struct
from typing import BinaryIO

from deliverlint.values import Json, Unmeasured
from deliverlint_audio.bounds import read_exactly, size_of
from deliverlint_audio.chunks import Chunk, walk
from deliverlint_audio.codecs import AIFC_TYPES, OTHER, layout_of_count
from deliverlint_audio.errors import Unreadable

_NOT_A_RATE = "has a header whose sample rate is no number"


def aiff_chunks(stream: BinaryIO) -> list[Chunk]:
    """List the chunks of an AIFF or AIFF-C file; raises Unreadable."""
    head = read_exactly(stream, 0, 12, "first header")
    if head[:4] != b"FORM" or head[8:] not in (b"AIFF", b"AIFC"):
        raise Unreadable("is not an AIFF file")
    return walk(stream, 12, size_of(stream), ">")


def facts_of_aiff(stream: BinaryIO) -> dict[str, Json | Unmeasured]:
    """Read what an AIFF file's header says, and hold it against the file; raises Unreadable."""
    chunks = aiff_chunks(stream)
    common = next((chunk for chunk in chunks if chunk.name == b"COMM"), None)
    if common is None:
        raise Unreadable("is no usable AIFF file: it has no 'COMM' chunk")
    content = read_exactly(stream, common.offset, min(common.size, 22), "'COMM' chunk")
    if len(content) < 18:
        raise Unreadable("is cut short: its 'COMM' chunk is too small")
    channels, frames, bits = struct.unpack(">HIH", content[:8])
    rate = extended(content[8:18])
    codec, sample_format = AIFC_TYPES.get(content[18:22] or b"NONE", (OTHER, None))
    facts: dict[str, Json | Unmeasured] = {
        "audio.codec": codec,
        "audio.sample_format": sample_format,
        "audio.sample_rate": Unmeasured(_NOT_A_RATE) if rate is None else rate,
        "audio.bit_depth": bits or None,
        "audio.channels": channels,
        "audio.layout": layout_of_count(channels),
        "audio.bit_rate_mode": "constant" if codec == "PCM" else None,
        "audio.bit_rate": None,
        "audio.format_tag": None,
        "audio.extensible": False,
        "audio.streams": 1,
        "audio.language": None,
    }
    if codec == "PCM" and rate is not None:
        facts["audio.bit_rate"] = rate * channels * -(-bits // 8) * 8 / 1000
    return facts | _of_the_data(chunks, size_of(stream), frames, frames * channels * -(-bits // 8), codec, rate)


def extended(data: bytes) -> float | None:
    """Read an 80-bit IEEE 754 extended number; None for infinities, NaN, and what no sample rate can be."""
    exponent, mantissa = struct.unpack(">HQ", data)
    exponent -= 16383 + 63
    # A sample rate lies in 0 .. 2^32 Hz; the bound keeps absurd exponents from becoming absurd numbers.
    if mantissa == 0:
        return 0.0
    if not -127 < exponent <= -31:
        return None
    return float(mantissa * 2.0**exponent)


def _of_the_data(
    chunks: list[Chunk], file_size: int, frames: int, promised: int, codec: str, rate: float | None
) -> dict[str, Json | Unmeasured]:
    data = next((chunk for chunk in chunks if chunk.name == b"SSND"), None)
    if data is None:
        missing = Unmeasured("has no 'SSND' chunk, so there is no sound in it")
        return {"audio.data_complete": False, "audio.duration": missing, "audio.trailing_bytes": missing}
    sound = max(0, data.present - 8)  # after the chunk's own offset and block size
    complete = data.present == data.size and (codec != "PCM" or sound >= promised)
    duration: Json | Unmeasured
    if not rate:
        duration = Unmeasured(_NOT_A_RATE if rate is None else "has a header that says 0 Hz")
    else:
        share = sound / promised if promised and not complete and codec == "PCM" else 1
        duration = int(frames * min(share, 1)) / rate
    return {
        "audio.data_complete": complete,
        "audio.duration": duration,
        "audio.trailing_bytes": max(0, file_size - data.end),
    }
