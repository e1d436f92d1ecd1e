"""Deliveries of a film: `short-film` passes streamer/youtube, `phone-clip` has most of what goes wrong with one."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from makers.films import Film, patch, turn_picture, write_film


def make(folder: Path) -> None:
    short_film(folder / "streamer" / "short-film")
    phone_clip(folder / "streamer" / "phone-clip")


def short_film(folder: Path) -> None:
    frames = [Fraction(number, 24) for number in range(48)]
    film = Film(
        width=640,
        height=360,
        shown=frames,
        rate=Fraction(24),
        codec_options={
            "b": "1100k",
            # Without looking ahead, which threads make a little different each time.
            "x264-params": "keyint=12:min-keyint=12:bframes=2:b-adapt=0:open-gop=0:rc-lookahead=0:mbtree=0:threads=1",
            "profile": "high",
        },
        # No edit list, and the movie header in front.
        container_options={"movflags": "+faststart+negative_cts_offsets", "use_editlist": "0"},
    )
    write_film(folder / "video" / "egg-farmers.mp4", film)
    _write(folder / "captions" / "egg-farmers.en.srt", _SHORT_EN)
    _write(folder / "captions" / "egg-farmers.de.vtt", _SHORT_DE)
    _write(folder / "delivery.yaml", _SHORT_MANIFEST)


def phone_clip(folder: Path) -> None:
    # A phone in bad light: the time between frames grows and shrinks.
    frames, now = [], Fraction(0)
    for number in range(36):
        frames.append(now)
        now += Fraction(1 + (number // 5) % 3, 30)
    film = Film(
        width=480,
        height=320,
        shown=frames,
        rate=Fraction(30),
        codec_options={"x264-params": "tff=1:qp=34:threads=1", "profile": "main"},
        bt709=False,
        pixel_aspect=Fraction(4, 3),
        sample_rate=44_100,
        layout="mono",
        sound_bit_rate=64_000,
        sound_seconds=4.8,
        sound_starts=0.4,
    )
    clip = folder / "IMG_0042.mp4"
    write_film(clip, film)
    patch(clip, turn_picture)
    whole = clip.read_bytes()
    # The movie header stands at the end of such a file: an upload that breaks off loses it.
    (folder / "IMG_0042 (1).mp4").write_bytes(whole[: len(whole) * 2 // 3])
    (folder / "IMG_0042.en.srt").write_bytes(_PHONE_SRT.encode("cp1252"))
    _write(folder / "delivery.yaml", _PHONE_MANIFEST)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")


_SHORT_EN = """\
1
00:00:00,000 --> 00:00:00,917
The hens are up.

2
00:00:01,000 --> 00:00:01,917
<i>Somebody is awake.</i>
"""

_SHORT_DE = """\
WEBVTT
Kind: captions
Language: de

00:00.000 --> 00:00.917
Hühner sind wach.

00:01.000 --> 00:01.917
<i>Da ist wer wach.</i>
"""

_SHORT_MANIFEST = """\
title: The Egg Farmers
id: EGG-001
rulesets: [streamer/youtube]
territories: [US, DE]
assets:
  - {path: video/egg-farmers.mp4, roles: [picture]}
  - {path: captions/egg-farmers.en.srt, roles: [captions], lang: en}
  - {path: captions/egg-farmers.de.vtt, roles: [captions], lang: de}
"""

_PHONE_SRT = """\
1
00:00:00.200 --> 00:00:01,000
<i>Is it on?

2
00:00:00,800 --> 00:00:01,300
I think it is on, André, but I cannot see anything on the screen, can you?

00:00:01,300 --> 00:00:02,000
No.

5
00:00:02,000 --> 00:00:0x,500
What?

6
00:00:09,000 --> 00:00:08,000
Never mind.
"""

# `assests` is the typo.
_PHONE_MANIFEST = """\
title: Test in the kitchen
rulesets: [streamer/youtube]
assests:
  - {path: IMG_0042.mp4, roles: [picture]}
"""
