"""Structure of MP4, QuickTime and 3GP files: order of boxes, edit lists, where the media lie.

Source: ISO/IEC 14496-12 and the QuickTime File Format. Only box headers and the moov box are read, within bounds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

MAX_TOP_LEVEL = 200_000
MAX_MOOV = 64 * 2**20
MAX_TRACKS = 512
MAX_DEPTH = 8
MAX_EDITS = 10_000

# An encoder's priming: AAC 2112 samples, HE-AAC about twice that; two frames of reordering at 24 fps.
_PRIMING_S = 0.15
# A stream may be shorter than its media by less than this without anything having been cut.
_TAIL_S = 0.1


@dataclass(frozen=True, slots=True)
class Edit:
    """One entry of an edit list; `media_time` -1 is an empty edit. Seconds."""

    duration: float
    media_time: float
    rate: float


@dataclass(frozen=True, slots=True)
class Track:
    """One track; `handler` is `vide`, `soun`, `text` ...; `delay` the first frame's composition offset in seconds."""

    handler: str = ""
    duration: float = 0
    delay: float = 0
    edits: tuple[Edit, ...] = ()
    external: bool = False  # its data reference points to another file
    scan: str = ""  # "progressive" or "interlaced" where an HEVC configuration states it

    @property
    def edited(self) -> bool:
        """Whether the edit list changes what is shown, beyond skipping the encoder's priming."""
        shown = [edit for edit in self.edits if edit.media_time >= 0]
        empty = sum(edit.duration for edit in self.edits if edit.media_time < 0)
        if not self.edits:
            return False
        if len(shown) != 1 or empty > _TAIL_S or shown[0].rate != 1:
            return True
        start, length = shown[0].media_time, shown[0].duration
        if start > max(self.delay, _PRIMING_S):
            return True
        return 0 < length < self.duration - start - _TAIL_S


@dataclass(frozen=True, slots=True)
class Movie:
    """What the boxes say; offsets are -1 where a box is not there."""

    size: int
    brand: str = ""
    moov: int = -1
    media: int = -1  # first mdat or moof
    fragmented: bool = False
    missing: int = 0  # bytes that the last box promises beyond the end of the file
    broken_at: int = -1  # where something stands that is no box
    cut_box: str = ""
    tracks: tuple[Track, ...] = field(default=())
    moov_too_large: bool = False


def read_movie(file: BinaryIO, size: int) -> Movie:
    """Walk the top-level boxes of a file of `size` bytes. Bears any bytes."""
    brand, moov, media, fragmented, missing, broken, cut = "", -1, -1, False, 0, -1, ""
    moov_body: tuple[int, int] | None = None
    offset = 0
    for _ in range(MAX_TOP_LEVEL):
        if offset >= size:
            break
        header = _header(file, offset, size)
        if header is None:
            # A few stray bytes at the end do no harm; an unreadable size in the middle does.
            broken = offset if size - offset >= 8 else -1
            break
        kind, start, end = header
        if kind == b"ftyp" and not brand:
            file.seek(start)
            brand = file.read(4).decode("ascii", "replace").strip()
        elif kind == b"moov" and moov < 0:
            moov, moov_body = offset, (start, end)
        elif kind in (b"mdat", b"moof", b"imda") and media < 0:
            media = offset
        fragmented = fragmented or kind == b"moof"
        if end > size:
            missing, cut = end - size, kind.decode("latin-1")
            break
        offset = end
    tracks: tuple[Track, ...] = ()
    too_large = False
    if moov_body and cut != "moov":
        too_large = moov_body[1] - moov_body[0] > MAX_MOOV
        if not too_large:
            file.seek(moov_body[0])
            body = file.read(moov_body[1] - moov_body[0])
            fragmented = fragmented or any(kind == b"mvex" for kind, _ in _children(body))
            tracks = _tracks(body)
    return Movie(size, brand, moov, media, fragmented, missing, broken, cut, tracks, too_large)


def _header(file: BinaryIO, offset: int, size: int) -> tuple[bytes, int, int] | None:
    """Return (type, start of its content, end) of the box at `offset`; None where there is none."""
    file.seek(offset)
    head = file.read(16)
    if len(head) < 8:
        return None
    length, kind, start = int.from_bytes(head[:4], "big"), head[4:8], offset + 8
    if not all(0x20 <= byte < 0x7F or byte == 0xA9 for byte in kind):
        return None
    if length == 0:
        return kind, start, size
    if length == 1:
        if len(head) < 16:
            return None
        length, start = int.from_bytes(head[8:16], "big"), offset + 16
    if length < start - offset:
        return None
    return kind, start, offset + length


def _children(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield (type, content) of the boxes in a content; stops at the first that does not fit."""
    at, total = 0, len(body)
    while at + 8 <= total:
        length, kind, start = int.from_bytes(body[at : at + 4], "big"), body[at + 4 : at + 8], at + 8
        if length == 1 and at + 16 <= total:
            length, start = int.from_bytes(body[at + 8 : at + 16], "big"), at + 16
        elif length == 0:
            length = total - at
        if length < start - at or at + length > total:
            return
        yield kind, body[start : at + length]
        at += length


def _descend(body: bytes, *path: bytes) -> bytes:
    """Return the content of the first box along a path; empty where there is none."""
    for wanted in path:
        body = next((content for kind, content in _children(body) if kind == wanted), b"")
    return body


def _number(data: bytes, at: int, length: int) -> int:
    return int.from_bytes(data[at : at + length], "big")


def _timescale(box: bytes) -> tuple[int, int]:
    """Return (time scale, duration) of an mvhd or mdhd box."""
    if box[:1] == b"\x01":
        return _number(box, 20, 4), _number(box, 24, 8)
    return _number(box, 12, 4), _number(box, 16, 4)


def _tracks(moov: bytes) -> tuple[Track, ...]:
    movie_scale, _ = _timescale(_descend(moov, b"mvhd"))
    found: list[Track] = []
    for kind, trak in _children(moov):
        if kind == b"trak" and len(found) < MAX_TRACKS:
            found.append(_track(trak, movie_scale))
    return tuple(found)


def _track(trak: bytes, movie_scale: int) -> Track:
    mdia = _descend(trak, b"mdia")
    scale, duration = _timescale(_descend(mdia, b"mdhd"))
    minf = _descend(mdia, b"minf")
    ctts = _descend(minf, b"stbl", b"ctts")
    delay = max(0, int.from_bytes(ctts[12:16], "big", signed=True)) if _number(ctts, 4, 4) else 0
    return Track(
        handler=_descend(mdia, b"hdlr")[8:12].decode("latin-1"),
        duration=duration / scale if scale else 0,
        delay=delay / scale if scale else 0,
        edits=_edits(_descend(trak, b"edts", b"elst"), movie_scale, scale),
        external=_points_elsewhere(_descend(minf, b"dinf", b"dref")),
        scan=_hevc_scan(_descend(minf, b"stbl", b"stsd")),
    )


def _edits(elst: bytes, movie_scale: int, scale: int) -> tuple[Edit, ...]:
    if len(elst) < 8 or not movie_scale or not scale:
        return ()
    wide = 8 if elst[0] == 1 else 4
    step = 2 * wide + 4
    count = min(_number(elst, 4, 4), (len(elst) - 8) // step, MAX_EDITS)
    found: list[Edit] = []
    for at in range(8, 8 + count * step, step):
        start = int.from_bytes(elst[at + wide : at + 2 * wide], "big", signed=True)
        rate = int.from_bytes(elst[at + 2 * wide : at + step], "big", signed=True) / 0x10000
        media_time = -1.0 if start < 0 else start / scale
        found.append(Edit(_number(elst, at, wide) / movie_scale, media_time, rate))
    return tuple(found)


def _points_elsewhere(dref: bytes) -> bool:
    """Say whether a data reference lacks the flag `the media are in this file`."""
    entries = [content for _, content in _children(dref[8:])]
    return any(len(content) >= 4 and not content[3] & 1 for content in entries)


def _hevc_scan(stsd: bytes) -> str:
    """Read the source flags of an HEVC configuration record (ISO/IEC 14496-15, H.265 §7.4.4)."""
    for kind, entry in _children(stsd[8:]):
        if kind not in (b"hvc1", b"hev1", b"dvh1", b"dvhe"):
            continue
        record = next((content for name, content in _children(entry[78:]) if name == b"hvcC"), b"")
        if len(record) > 6:
            progressive, interlaced = record[6] & 0x80, record[6] & 0x40
            if bool(progressive) != bool(interlaced):
                return "progressive" if progressive else "interlaced"
    return ""
