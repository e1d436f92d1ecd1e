"""Small films with real encoders: an animated landscape with grain, and a chord with a little hiss."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

_BITEXACT = {"fflags": "+bitexact"}
_CLOCK = Fraction(1, 90_000)


@dataclass(frozen=True)
class Film:
    """How a film is to be encoded; `shown` are the times of its frames in seconds."""

    width: int
    height: int
    shown: Sequence[Fraction]
    rate: Fraction
    codec: str = "libx264"
    codec_options: dict[str, str] = field(default_factory=dict)
    container_options: dict[str, str] = field(default_factory=dict)
    grain: int = 6
    bt709: bool = True
    pixel_aspect: Fraction = Fraction(1)
    sample_rate: int = 48_000
    layout: str = "stereo"
    sound_bit_rate: int = 384_000
    sound_seconds: float = 2
    sound_starts: float = 0


def write_film(path: Path, film: Film) -> None:
    """Encode a film; one thread each, no dates and no names of versions, so that the bytes are the same each time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w", options=_BITEXACT | film.container_options) as container:
        picture = _picture_stream(container, film)
        sound = _sound_stream(container, film)
        # Taking turns keeps both near each other in the file, as a player expects.
        frames, chords = _frames(film), _sound(film)
        for frame in frames:
            container.mux(picture.encode(frame))
            for chunk in _until(chords, float(frame.pts * _CLOCK)):
                container.mux(sound.encode(chunk))
        for chunk in chords:
            container.mux(sound.encode(chunk))
        container.mux(picture.encode(None))
        container.mux(sound.encode(None))


def _picture_stream(container: Any, film: Film) -> Any:
    stream = container.add_stream(film.codec, rate=film.rate, options={"threads": "1", **film.codec_options})
    stream.width, stream.height, stream.pix_fmt = film.width, film.height, "yuv420p"
    context = stream.codec_context
    context.time_base = _CLOCK
    stream.time_base = _CLOCK
    context.thread_count = 1
    context.sample_aspect_ratio = film.pixel_aspect
    if film.bt709:
        context.color_primaries = context.color_trc = context.colorspace = context.color_range = 1
    return stream


def _sound_stream(container: Any, film: Film) -> Any:
    stream = container.add_stream("aac", rate=film.sample_rate, layout=film.layout, options={"flags": "+bitexact"})
    stream.bit_rate = film.sound_bit_rate
    return stream


def _frames(film: Film) -> Iterator[Any]:
    grain = np.random.default_rng(20_261_122)
    across, down = np.arange(film.width)[None, :], np.arange(film.height)[:, None]
    for number, shown in enumerate(film.shown):
        sky = 60 + 120 * down / film.height + 20 * np.sin((across + 6 * number) / 40)
        hill = down > film.height * 0.7 + 20 * np.sin((across - 4 * number) / 90)
        luma = np.where(hill, 70 + across / film.width * 40, sky)
        luma = luma + grain.integers(-film.grain, film.grain + 1, luma.shape)
        planes = [np.clip(luma, 16, 235)]
        planes += [np.full((film.height // 2, film.width // 2), value) for value in (136 - number % 8, 122)]
        packed = np.concatenate([plane.astype(np.uint8).ravel() for plane in planes])
        frame = av.VideoFrame.from_ndarray(packed.reshape(film.height * 3 // 2, film.width), format="yuv420p")
        frame.pts, frame.time_base = round(shown / _CLOCK), _CLOCK
        yield frame


def _sound(film: Film) -> Iterator[Any]:
    total = int(film.sample_rate * film.sound_seconds)
    time = np.arange(total) / film.sample_rate
    hiss = np.random.default_rng(20_261_123)
    channels = 1 if film.layout == "mono" else 2
    chord = sum(np.sin(2 * np.pi * tone * time) for tone in (220, 277.18, 329.63)) * 0.08
    wave = np.stack([chord + hiss.normal(0, 0.03, total) for _ in range(channels)]).astype(np.float32)
    for start in range(0, total, 1024):
        part = np.ascontiguousarray(wave[:, start : start + 1024])
        frame = av.AudioFrame.from_ndarray(part, format="fltp", layout=film.layout)
        frame.sample_rate, frame.time_base = film.sample_rate, Fraction(1, film.sample_rate)
        frame.pts = start + int(film.sound_starts * film.sample_rate)
        yield frame


def _until(chunks: Iterator[Any], time: float) -> Iterator[Any]:
    for chunk in chunks:
        yield chunk
        if chunk.pts * float(chunk.time_base) >= time:
            return


def patch(path: Path, change: Callable[[bytearray], None]) -> None:
    """Change bytes of a file in place: for what no encoder writes."""
    data = bytearray(path.read_bytes())
    change(data)
    path.write_bytes(data)


def turn_picture(data: bytearray) -> None:
    """Write a quarter turn into the track header of the first track, as a phone does that is held upright."""
    at = data.find(b"tkhd")
    matrix = at + 4 + 4 + 20 + 8 + 8  # behind type, version and flags, times and id, reserved, layer to volume
    one = (0x10000).to_bytes(4, "big")
    zero, minus = bytes(4), (-0x10000).to_bytes(4, "big", signed=True)
    end = (0x40000000).to_bytes(4, "big")
    data[matrix : matrix + 36] = b"".join((zero, one, zero, minus, zero, zero, zero, zero, end))
