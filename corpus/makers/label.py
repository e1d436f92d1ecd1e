"""Writes the label's sample deliveries: a single that Spotify would take, and a demo tape that it would not.

The same bytes every time: tones instead of music, fixed dates, encoders told to be bit-exact.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from makers.covers import cover, print_cover
from makers.pdf import text_pdf
from makers.recordings import encoded, flac, tone, wave

_HTML = """\
<!DOCTYPE html>
<html><head><title>Sign in</title></head><body><p>Please sign in to download.</p></body></html>
"""
_COMMENT = b"LIST\x0e\x00\x00\x00INFOICMT\x02\x00\x00\x00v3"


def make(folder: Path) -> None:
    """Write `label/single` and `label/demo-tape` into the folder of the corpus."""
    _single(folder / "label" / "single")
    _demo_tape(folder / "label" / "demo-tape")


def _single(folder: Path) -> None:
    tracks = [
        ("01-sluice.flac", "Sluice", "AA6Q72600011", (220.0, 277.2), 4.0),
        ("02-ebb.flac", "Ebb", "AA6Q72600012", (196.0, 246.9), 3.5),
        ("03-towpath-girl.flac", "Towpath Girl", "AA6Q72600013", (164.8, 207.7), 3.0),
    ]
    for number, (name, title, isrc, tones, seconds) in enumerate(tracks, 1):
        tags = {"title": title, "artist": "The Lock Keepers", "isrc": isrc, "track": str(number)}
        write(folder / "audio" / name, flac(tone(tones, seconds), tags=tags))
    write(folder / "cover.jpg", cover())
    write(folder / "papers" / "split-sheet.csv", splits().encode())
    text_pdf(folder / "papers" / "mechanical-licence.pdf", _LICENCE)
    write(folder / "delivery.yaml", _SINGLE.encode())


def _demo_tape(folder: Path) -> None:
    tape = folder / "tape"
    write(
        tape / "01 intro.wav",
        wave(tone((220.0,), 0.5), bits=24, extensible=True, trailer=_COMMENT),
    )
    write(tape / "02 hiss.wav", wave(tone((110.0,), 2.0, rate=22050)[:, :1], bits=8, rate=22050))
    whole = flac(tone((330.0, 415.3), 3.0), tags={"title": "Mill Race", "isrc": "AA6Q72600021"})
    write(tape / "03 mill race.flac", whole[: len(whole) * 2 // 3])
    write(tape / "04 download.flac", _HTML.encode())
    write(tape / "05 radio.mp3", encoded("libmp3lame", "mp3", tone((262.0,), 2.0)))
    write(folder / "cover.jpg", print_cover())
    write(folder / "delivery.yaml", _DEMO_TAPE.encode())


def write(path: Path, content: bytes) -> None:
    """Write a file, its folder made if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def splits() -> str:
    """Return the split sheet: both own songs, shares of 100 % each."""
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\n")
    sheet.writerow(["work", "isrc", "name", "capacity", "share", "society", "signed"])
    for work, isrc in (("Sluice", "AA6Q72600011"), ("Ebb", "AA6Q72600012")):
        sheet.writerow([work, isrc, "First Keeper", "composer", 60, "none", "2026-10-02"])
        sheet.writerow([work, isrc, "Second Keeper", "author", 40, "none", "2026-10-02"])
    return out.getvalue()


_LICENCE = [
    "MECHANICAL LICENCE",
    "",
    "Licence number: ML-2026-0113",
    "Work: Towpath Girl",
    "Writers: Third Keeper",
    "Licensor: Weir Music Publishing",
    "Licensee: Weir Records",
    "Recording: The Lock Keepers, Towpath Girl, ISRC AA6Q72600013",
    "Territory: worldwide",
    "",
    "The licensor permits the licensee to reproduce and distribute the work in the",
    "recording named above, as downloads, streams and physical copies.",
    "",
    "Signed for the licensor on 3 October 2026",
]

_SINGLE = """\
title: Tidewater
id: WEIR-011
rulesets: [label/spotify-delivery]
artist: The Lock Keepers
label: Weir Records
upc: "9521234543213"
p_line: ℗ 2026 Weir Records
c_line: © 2026 Weir Records
release_date: 2026-12-18
assets:
  - path: audio/01-sluice.flac
    roles: [track]
    track.number: 1
    track.title: Sluice
    track.artist: The Lock Keepers
    track.isrc: AA6Q72600011
    track.is_cover: no
    track.has_samples: no
    track.uses_ai: no
  - path: audio/02-ebb.flac
    roles: [track]
    track.number: 2
    track.title: Ebb
    track.artist: The Lock Keepers
    track.isrc: AA6Q72600012
    track.is_cover: no
    track.has_samples: no
    track.uses_ai: no
  - path: audio/03-towpath-girl.flac
    roles: [track]
    track.number: 3
    track.title: Towpath Girl
    track.artist: The Lock Keepers
    track.isrc: AA6Q72600013
    track.is_cover: yes
    track.writers: [Third Keeper]
    track.has_samples: no
    track.uses_ai: no
  - {path: cover.jpg, roles: [cover]}
documents:
  mechanical-licence: {path: papers/mechanical-licence.pdf, for: audio/03-towpath-girl.flac}
  split-sheet: papers/split-sheet.csv
"""

_DEMO_TAPE = """\
title: Demo Tape
rulesets: [label/spotify-delivery]
artist: The Lock Keepers
upc: "9521234543219"
p_line: Weir Records
c_line: © 2026 Weir Records
assets:
  - path: tape/01 intro.wav
    roles: [track]
    track.number: 1
    track.title: Intro
    track.artist: The Lock Keepers
    track.isrc: AA6Q72600021
    track.is_cover: no
    track.has_samples: no
    track.uses_ai: no
  - path: tape/02 hiss.wav
    roles: [track]
    track.number: 2
    track.title: Hiss
    track.artist: The Lock Keepers
    track.isrc: AA-6Q7-26-22
    track.is_cover: yes
    track.has_samples: no
    track.uses_ai: no
  - path: tape/03 mill race.flac
    roles: [track]
    track.number: 3
    track.title: Mill Race
    track.artist: The Lock Keepers
    track.isrc: AA6Q72600021
    track.is_cover: no
    track.has_samples: yes
    track.uses_ai: yes
  - path: tape/04 download.flac
    roles: [track]
    track.number: 3
    track.title: Download
    track.artist: The Lock Keepers
    track.isrc: AA6Q72600024
    track.is_cover: no
    track.has_samples: no
  - path: tape/05 radio.mp3
    roles: [track]
    track.number: 5
    track.title: Radio
    track.artist: The Lock Keepers
    track.isrc: AA6Q72600025
    track.is_cover: no
    track.has_samples: no
    track.uses_ai: no
  - {path: cover.jpg, roles: [cover]}
"""
