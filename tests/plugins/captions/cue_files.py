"""Caption files for tests, and a shorthand for measuring them."""

from __future__ import annotations

from pathlib import Path

from deliverlint_captions.facts import FACTS
from deliverlint_captions.read import measure
from deliverlint_captions.types import FILE_TYPES

from deliverlint.delivery.sniff import Sniffer
from deliverlint.spec import Source
from deliverlint.values import Json, Unmeasured

ALL = frozenset(spec.name for spec in FACTS)
_SNIFFER = Sniffer(FILE_TYPES)

SRT = """\
1
00:00:01,000 --> 00:00:03,000
The hens are early.

2
00:00:03,500 --> 00:00:05,500
<i>Somebody is awake,</i>
and it is not me.
"""
VTT = """\
WEBVTT
Kind: captions
Language: en-GB

NOTE written by hand

intro
00:01.000 --> 00:03.000
The hens are early.

01:00:03.500 --> 01:00:05.500 line:10%
<v Anna>Tom &amp; Jerry
"""
TTML = """\
<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xml:lang="fr" ttp:frameRate="25">
<head><layout><region xml:id="top"/><region xml:id="bottom"/></layout></head>
<body><div begin="10s">
<p begin="1s" end="3s" region="bottom">Les poules<br/>sont <span>en avance</span>.</p>
<p begin="00:00:03.500" end="00:00:05:12" region="bottom">Qui est là ?</p>
</div></body></tt>
"""
SCC = """\
Scenarist_SCC V1.0

00:00:01:00\t9420 9420 9470 9470 54e5 7374 942f 942f

00:00:03:00\t942c 942c
"""


def stl(cues: int = 2, language: bytes = b"09", stated: int | None = None) -> bytes:
    """Return an EBU STL file (EBU Tech 3264): a general block, then one block for each subtitle of two seconds."""
    general = bytearray(b" " * 1024)
    general[0:3], general[3:11], general[11:12] = b"850", b"STL25.01", b"1"
    general[12:14], general[14:16] = b"00", language
    general[238:243] = b"%05d" % (cues if stated is None else stated)
    general[243:248], general[248:251], general[251:253], general[253:255] = b"%05d" % cues, b"001", b"40", b"23"
    general[255:256], general[256:264], general[264:272] = b"1", b"00000000", b"00000000"
    blocks = b""
    for number in range(cues):
        block = bytearray(b"\x8f" * 128)
        block[0:1], block[1:3] = b"\0", number.to_bytes(2, "little")
        block[3:5] = b"\xff\0"
        block[5:9], block[9:13] = bytes((0, 0, 3 * number + 1, 0)), bytes((0, 0, 3 * number + 3, 0))
        block[13:16] = bytes((20, 2, 0))
        text = b"\x0b\x0bHens\x0a\x0a"
        block[16 : 16 + len(text)] = text
        blocks += bytes(block)
    return bytes(general) + blocks


def recognised(data: bytes, name: str = "x") -> str:
    kind = _SNIFFER.recognise(data[:4096], name)
    return kind.format if kind else ""


def facts_of(folder: Path, content: str | bytes, form: str = "") -> dict[str, Json | Unmeasured]:
    data = content.encode() if isinstance(content, str) else content
    path = folder / "captions"
    path.write_bytes(data)
    return measure(Source(path=path, name="captions", format=form or recognised(data)), ALL)


def messages(records: Json) -> list[tuple[int, str]]:
    """Return (line, message) of each record."""
    return [(record.get("line", 0), record["message"]) for record in records]
