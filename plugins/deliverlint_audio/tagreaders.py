"""Which reader finds the tags of which file format. mutagen (GPL-2.0-or-later) does the parsing.

A tag of 300 kB can unpack to a gigabyte: these readers run in a worker process with a limit, never elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any, BinaryIO

from deliverlint_audio.aiff import aiff_chunks
from deliverlint_audio.bounds import read_at
from deliverlint_audio.chunks import Chunk, walk
from deliverlint_audio.tagforms import AIFF_TEXTS, INFO_CHUNKS, Tags, none, of_ape, of_id3, of_mp4, of_pairs, of_vorbis
from deliverlint_audio.wav import wave_chunks

_MAX_TAG = 32 << 20
_AXML_ISRC = re.compile(rb"ISRC[:\s]*([A-Za-z]{2}-?[A-Za-z0-9]{3}-?\d{2}-?\d{5})")


def of_wave(stream: BinaryIO) -> Tags:
    """ID3 in an `id3 ` chunk, RIFF INFO, and the ISRC in the EBU Core of an `axml` chunk (EBU Tech 3352)."""
    tags = none()
    for chunk in wave_chunks(stream):
        if chunk.name in (b"id3 ", b"ID3 "):
            tags = tags | _id3_of_chunk(stream, chunk)
        elif chunk.name == b"LIST" and read_at(stream, chunk.offset, 4) == b"INFO":
            tags = tags | _info(read_at(stream, chunk.offset + 4, min(chunk.present - 4, _MAX_TAG)))
        elif chunk.name == b"axml":
            found = _AXML_ISRC.search(read_at(stream, chunk.offset, min(chunk.present, 1 << 20)))
            tags = tags | of_pairs([("isrc", found[1].decode())] if found else [])
    return tags


def of_aiff(stream: BinaryIO) -> Tags:
    """ID3 in an `ID3 ` chunk, and AIFF's own text chunks."""
    tags = none()
    for chunk in aiff_chunks(stream):
        if chunk.name == b"ID3 ":
            tags = tags | _id3_of_chunk(stream, chunk)
        elif chunk.name in AIFF_TEXTS:
            text = read_at(stream, chunk.offset, min(chunk.present, 4096)).decode("utf-8", "replace")
            tags = tags | of_pairs([(AIFF_TEXTS[chunk.name], text)])
    return tags


def _id3_of_chunk(stream: BinaryIO, chunk: Chunk) -> Tags:
    return of_leading_id3(BytesIO(read_at(stream, chunk.offset, min(chunk.present, _MAX_TAG))))


def _info(content: bytes) -> Tags:
    pairs = []
    for chunk in walk(BytesIO(content), 0, len(content), "<"):
        text = content[chunk.offset : chunk.offset + min(chunk.present, 4096)].decode("utf-8", "replace")
        pairs.append((INFO_CHUNKS.get(chunk.name, f"info:{chunk.name.decode().lower()}"), text))
    return of_pairs(pairs)


def _load(kind: Callable[..., Any], stream: BinaryIO) -> Any:
    stream.seek(0)
    return kind(fileobj=stream)


def of_leading_id3(stream: BinaryIO) -> Tags:
    """The ID3v2 tag at the beginning, or the ID3v1 tag at the end."""
    from mutagen.id3 import ID3, ID3NoHeaderError

    try:
        return of_id3(_load(ID3, stream))
    except ID3NoHeaderError:
        return none()


def of_mpeg(stream: BinaryIO) -> Tags:
    """ID3, and APEv2 at the end, which some encoders add."""
    from mutagen.apev2 import APENoHeaderError, APEv2

    tags = of_leading_id3(stream)
    try:
        return tags | of_ape(_load(APEv2, stream))
    except APENoHeaderError:
        return tags


def of_flac(stream: BinaryIO) -> Tags:
    from mutagen.flac import FLAC

    file = _load(FLAC, stream)
    return of_vorbis(file.tags, pictures=bool(file.pictures)) | of_leading_id3(stream)


def of_mpeg4(stream: BinaryIO) -> Tags:
    from mutagen.mp4 import MP4

    return of_mp4(_load(MP4, stream).tags)


def of_ogg(stream: BinaryIO) -> Tags:
    from mutagen import File

    file = _load(File, stream)
    return of_vorbis(file.tags) if file is not None else none()


def of_trailing_ape(stream: BinaryIO) -> Tags:
    from mutagen.apev2 import APENoHeaderError, APEv2

    try:
        return of_ape(_load(APEv2, stream))
    except APENoHeaderError:
        return none()


READERS: dict[str, Callable[[BinaryIO], Tags]] = {
    "WAV": of_wave,
    "RF64": of_wave,
    "BW64": of_wave,
    "AIFF": of_aiff,
    "AIFF-C": of_aiff,
    "FLAC": of_flac,
    "MP3": of_mpeg,
    "MP2": of_mpeg,
    "AAC": of_mpeg,
    "M4A": of_mpeg4,
    "M4B": of_mpeg4,
    "Ogg Vorbis": of_ogg,
    "Opus": of_ogg,
    "Ogg FLAC": of_ogg,
    "Speex": of_ogg,
    "WavPack": of_trailing_ape,
    "Monkey's Audio": of_trailing_ape,
}
