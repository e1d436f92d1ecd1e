"""The header of a FLAC file, and whether the file reaches the end that the header states.

Source: RFC 9639 (Free Lossless Audio Codec), sections 8 and 9.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from deliverlint.values import Json, Unmeasured
from deliverlint_audio.bounds import read_at, read_exactly, size_of
from deliverlint_audio.codecs import FLAC_LAYOUTS
from deliverlint_audio.errors import Unreadable
from deliverlint_audio.flacframe import ends_with_frame

_MAX_BLOCKS = 1024


@dataclass(frozen=True, slots=True)
class StreamInfo:
    """STREAMINFO; sizes of blocks in samples, of frames in bytes, 0 where the encoder did not know."""

    min_block: int
    max_block: int
    max_frame: int
    sample_rate: int
    channels: int
    bits: int
    samples: int
    frames_start: int  # where the first frame lies in the file


def facts_of_flac(stream: BinaryIO) -> dict[str, Json | Unmeasured]:
    """Read what a FLAC file's header says, and hold it against the file; raises Unreadable."""
    info = stream_info(stream)
    size = size_of(stream)
    duration: Json | Unmeasured = Unmeasured("has a header that does not state how many samples follow")
    bit_rate: Json | Unmeasured = duration
    if info.sample_rate == 0:
        duration = bit_rate = Unmeasured("has a header that says 0 Hz, so its duration cannot be known")
    elif info.samples:
        duration = info.samples / info.sample_rate
        bit_rate = (size - info.frames_start) * 8 / duration / 1000
    return {
        "audio.codec": "FLAC",
        "audio.sample_format": "integer",
        "audio.sample_rate": info.sample_rate,
        "audio.bit_depth": info.bits,
        "audio.channels": info.channels,
        "audio.layout": FLAC_LAYOUTS[info.channels],
        "audio.duration": duration,
        "audio.bit_rate": bit_rate,
        "audio.bit_rate_mode": "variable",
        "audio.data_complete": _complete(stream, info, size),
        "audio.format_tag": None,
        "audio.extensible": False,
        "audio.trailing_bytes": Unmeasured("is FLAC: where its sound ends shows only when it is decoded"),
        "audio.streams": 1,
        "audio.language": None,
    }


def stream_info(stream: BinaryIO) -> StreamInfo:
    """Read STREAMINFO and find the first frame; raises Unreadable."""
    start = after_id3(stream)
    if read_at(stream, start, 4) != b"fLaC":
        raise Unreadable("is not a FLAC file")
    position, content = start + 4, b""
    for number in range(_MAX_BLOCKS):
        header = read_exactly(stream, position, 4, "metadata blocks")
        last, kind, length = header[0] >> 7, header[0] & 0x7F, int.from_bytes(header[1:])
        if number == 0:
            if kind != 0 or length < 34:
                raise Unreadable("is a damaged FLAC file: it does not begin with its STREAMINFO")
            content = read_exactly(stream, position + 4, 34, "STREAMINFO")
        position += 4 + length
        if last:
            break
    else:
        raise Unreadable(f"is damaged: it has more than {_MAX_BLOCKS} metadata blocks")
    packed = int.from_bytes(content[10:18])
    return StreamInfo(
        min_block=int.from_bytes(content[0:2]),
        max_block=int.from_bytes(content[2:4]),
        max_frame=int.from_bytes(content[7:10]),
        sample_rate=packed >> 44,
        channels=(packed >> 41 & 7) + 1,
        bits=(packed >> 36 & 31) + 1,
        samples=packed & (1 << 36) - 1,
        frames_start=position,
    )


def after_id3(stream: BinaryIO) -> int:
    """Return where leading ID3v2 tags end (0 without any); some taggers prefix any file with them."""
    start = 0
    while len(head := read_at(stream, start, 10)) == 10 and head[:3] == b"ID3":
        length = 0
        for byte in head[6:]:  # seven bits each
            length = length << 7 | byte & 0x7F
        start += 10 + length
    return start


def _complete(stream: BinaryIO, info: StreamInfo, size: int) -> Json | Unmeasured:
    if info.frames_start >= size:
        return False
    if info.samples == 0:
        return Unmeasured("has a header that does not state how many samples follow")
    if read_at(stream, size - 128, 3) == b"TAG" and size - 128 > info.frames_start:
        size -= 128  # an ID3v1 tag
    fixed_block = info.max_block if info.min_block == info.max_block else 0
    window = min(info.max_frame or 1 << 18, 1 << 20) + 64
    start = max(info.frames_start, size - window)
    return ends_with_frame(read_at(stream, start, size - start), info.samples, fixed_block)
