"""Sound files: soft tones, coded by FFmpeg (PyAV) or written by hand."""

from __future__ import annotations

import io
import math
import struct

import av
import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.int16]


def tone(frequencies: tuple[float, ...], seconds: float, rate: int = 44100) -> Samples:
    """Return a soft stereo chord as (samples, 2), faded in and out."""
    time = np.arange(round(seconds * rate)) / rate
    chord = sum(np.sin(2 * math.pi * frequency * time) for frequency in frequencies) / len(frequencies)
    fade = np.clip(np.minimum(time, seconds - time) / 0.2, 0, 1)
    left = np.rint(chord * fade * 1200).astype(np.int16)
    return np.stack([left, np.roll(left, 9)], axis=1)


def encoded(
    codec: str, container: str, samples: Samples, rate: int = 44100, tags: dict[str, str] | None = None
) -> bytes:
    """Encode stereo samples by FFmpeg (PyAV), without the encoder's name in the file."""
    out = io.BytesIO()
    with av.open(out, "w", format=container, options={"fflags": "+bitexact"}) as file:
        file.metadata.update(tags or {})
        stream = file.add_stream(codec, rate=rate)
        stream.layout = "stereo"
        stream.codec_context.options = {"flags": "+bitexact"}
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples.reshape(1, -1)), format="s16", layout="stereo")
        frame.sample_rate, frame.pts = rate, 0
        for packet in (*stream.encode(frame), *stream.encode(None)):
            file.mux(packet)
    return out.getvalue()


def flac(samples: Samples, rate: int = 44100, tags: dict[str, str] | None = None) -> bytes:
    """Encode 16-bit stereo FLAC."""
    return encoded("flac", "flac", samples, rate, tags)


def wave(samples: Samples, bits: int = 16, rate: int = 44100, extensible: bool = False, trailer: bytes = b"") -> bytes:
    """Return a WAVE file of 8, 16 or 24 bits; `trailer` stands behind the sound."""
    channels = samples.shape[1]
    flat = samples.reshape(-1)
    if bits == 8:
        sound = ((flat >> 8) + 128).astype(np.uint8).tobytes()
    elif bits == 16:
        sound = flat.astype("<i2").tobytes()
    else:
        padded = np.zeros((flat.size, 3), np.uint8)
        padded[:, 1:] = flat.astype("<i2").view(np.uint8).reshape(-1, 2)
        sound = padded.tobytes()
    block = channels * bits // 8
    tag = 0xFFFE if extensible else 1
    form = struct.pack("<HHIIHH", tag, channels, rate, rate * block, block, bits)
    if extensible:
        subtype = struct.pack("<H", 1) + bytes.fromhex("000000001000800000aa00389b71")
        form += struct.pack("<HHI", 22, bits, 3) + subtype
    chunks = _chunk(b"fmt ", form) + _chunk(b"data", sound) + trailer
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WAVE" + chunks


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) & 1)
