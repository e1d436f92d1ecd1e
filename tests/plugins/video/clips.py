"""Clips with real encoders, and a shorthand for measuring them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from deliverlint_video.facts import CONTAINER_FACTS, PICTURE_FACTS
from deliverlint_video.header import measure
from deliverlint_video.types import FILE_TYPES

from deliverlint.delivery.sniff import Sniffer
from deliverlint.spec import Source
from deliverlint.values import Json, Unmeasured

ALL = frozenset(spec.name for spec in (*CONTAINER_FACTS, *PICTURE_FACTS))
_SNIFFER = Sniffer(FILE_TYPES)


def write_clip(
    path: Path,
    codec: str = "libx264",
    size: tuple[int, int] = (320, 180),
    rate: Fraction | int = 25,
    frames: int = 20,
    pixels: str = "yuv420p",
    codec_options: dict[str, str] | None = None,
    container_options: dict[str, str] | None = None,
    sound: str = "",
    sound_starts: float = 0,
    times: Iterable[Fraction] | None = None,
    tagged: bool = False,
) -> Path:
    """Encode a moving gradient, with a tone where `sound` names a codec; `times` overrides when frames are shown."""
    rate = Fraction(rate)
    shown = list(times) if times is not None else [number / rate for number in range(frames)]
    with av.open(str(path), "w", options=container_options or {}) as container:
        picture = container.add_stream(codec, rate=rate, options=codec_options or {})
        picture.width, picture.height, picture.pix_fmt = *size, pixels
        if times is not None:
            picture.codec_context.time_base = Fraction(1, 90_000)
        if tagged:
            context = picture.codec_context
            context.color_primaries = context.color_trc = context.colorspace = context.color_range = 1
        tone = container.add_stream(sound, rate=48_000, layout="stereo") if sound else None
        for number, time in enumerate(shown):
            image = np.zeros((size[1], size[0], 3), np.uint8)
            image[:, :, 0] = (np.arange(size[0]) + 3 * number) % 256
            frame = av.VideoFrame.from_ndarray(image, format="rgb24").reformat(format=pixels)
            frame.time_base = Fraction(1, 90_000) if times is not None else 1 / rate
            frame.pts = round(time / frame.time_base)
            container.mux(picture.encode(frame))
        container.mux(picture.encode(None))
        if tone:
            _write_tone(container, tone, float(shown[-1] + 1 / rate), sound_starts)
    return path


def _write_tone(container: Any, stream: Any, seconds: float, starts: float) -> None:
    total = int(48_000 * seconds)
    wave = (np.sin(2 * np.pi * 440 * np.arange(total) / 48_000) * 0.1).astype(np.float32)
    for at in range(0, total, 1024):
        part = np.ascontiguousarray(np.stack([wave[at : at + 1024]] * 2))
        frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="stereo")
        frame.sample_rate, frame.time_base = 48_000, Fraction(1, 48_000)
        frame.pts = at + int(starts * 48_000)
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def recognised(head: bytes, name: str = "x") -> str:
    """Return the format that the first bytes show; empty where they show no video."""
    kind = _SNIFFER.recognise(head[:4096], name)
    return kind.format if kind else ""


def facts_of(path: Path, stream: str = "", form: str = "") -> dict[str, Json | Unmeasured]:
    form = form or recognised(path.read_bytes())
    return measure(Source(path=path, name=path.name, stream=stream, format=form), ALL)


def fact(path: Path, name: str, stream: str = "") -> Json | Unmeasured:
    return facts_of(path, stream)[name]


def reason(path: Path, name: str) -> str:
    """Return why a fact is unmeasured; fails where it is measured."""
    value = fact(path, name)
    assert isinstance(value, Unmeasured), f"{name} is measured: {value}"
    return value.reason
