"""Whether a file ends before its own structure says it does, for containers other than MP4."""

from __future__ import annotations

from typing import BinaryIO

from deliverlint.values import Unmeasured

_MAX_CHUNKS = 10_000
_TAIL = 128 * 1024
_FLV_HEADER, _FLV_TAG = 9 + 4, 11  # with the length of the tag before the first one; without data
_ASF_PROPERTIES = bytes.fromhex("a1dcab8c47a9cf118ee400c00c205365")


def is_cut_short(file: BinaryIO, size: int, form: str) -> bool | Unmeasured:
    """Return whether a file of `size` bytes is shorter than its headers promise; Unmeasured where they do not say."""
    if form in ("Matroska", "WebM"):
        return _matroska(file, size)
    if form == "AVI":
        return _riff(file, size)
    if form == "MXF":
        return _mxf(file, size)
    if form == "Ogg":
        return _ogg(file, size)
    if form == "FLV":
        return _flash(file, size)
    if form == "ASF":
        return _asf(file, size)
    if form == "MPEG-TS":
        return _transport_stream(file, size)
    return Unmeasured(f"{form} does not state how long the file should be")


def _matroska(file: BinaryIO, size: int) -> bool | Unmeasured:
    """The Segment states its size (RFC 9559), unless it was written live."""
    file.seek(0)
    head = file.read(4096)
    offset = 4
    length, width = _ebml_size(head, offset)
    if length is None:
        return Unmeasured("its EBML header cannot be read")
    segment = offset + width + length
    # Void or CRC elements may stand between the header and the Segment.
    for _ in range(8):
        if segment + 5 > size:
            return True
        file.seek(segment)
        head = file.read(12)
        if head.startswith(b"\x18\x53\x80\x67"):
            length, width = _ebml_size(head, 4)
            if length is None:
                return Unmeasured("its Segment does not state its size (written live)")
            return segment + 4 + width + length > size
        length, width = _ebml_size(head, 1)
        if length is None or head[0] not in (0xEC, 0xBF):
            break
        segment += 1 + width + length
    return Unmeasured("it has no Segment element where one should be")


def _ebml_size(data: bytes, at: int) -> tuple[int | None, int]:
    """Return (size, bytes it takes); size None where it is unknown or unreadable."""
    first = data[at] if at < len(data) else 0
    width = 9 - first.bit_length()
    if width > 8 or at + width > len(data):
        return None, 1
    value = int.from_bytes(data[at : at + width], "big") & ((1 << (7 * width)) - 1)
    return (None if value == (1 << (7 * width)) - 1 else value), width


def _riff(file: BinaryIO, size: int) -> bool:
    """Top-level RIFF chunks follow each other (OpenDML); each states its size."""
    offset = 0
    for _ in range(_MAX_CHUNKS):
        file.seek(offset)
        head = file.read(12)
        if not head.startswith(b"RIFF") or len(head) < 12:
            return False
        offset += 8 + int.from_bytes(head[4:8], "little")
        if offset > size:
            return True
        offset += offset % 2
    return False


def _mxf(file: BinaryIO, size: int) -> bool | Unmeasured:
    """A closed header partition states where the footer partition begins (SMPTE ST 377-1 §7)."""
    file.seek(0)
    head = file.read(70_000)
    start = head.find(bytes.fromhex("060e2b34020501010d0102"))
    key = head[start : start + 16]
    if start < 0 or len(key) < 16:
        return Unmeasured("its header partition cannot be read")
    first = head[start + 16] if start + 16 < len(head) else 0
    width = 1 + (first & 0x7F) if first & 0x80 else 1
    footer = int.from_bytes(head[start + 16 + width + 24 : start + 16 + width + 32], "big")
    if not footer:
        return Unmeasured("its header partition is open: it was never finished, or written live")
    if start + footer + 16 > size:
        return True
    file.seek(start + footer)
    if file.read(16).startswith(key[:13]):
        return False
    return Unmeasured("its footer is not where the header says")


def _ogg(file: BinaryIO, size: int) -> bool:
    """The last page of a stream carries the end-of-stream flag (RFC 3533 §6)."""
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    at = tail.rfind(b"OggS")
    return not (at >= 0 and at + 5 < len(tail) and tail[at + 5] & 0x04)


def _flash(file: BinaryIO, size: int) -> bool:
    """Behind each tag stands its length once more, behind the last one too (FLV and F4V 10.1, annex E.3)."""
    file.seek(max(0, size - 4))
    tag = size - 4 - int.from_bytes(file.read(4))
    if not _FLV_HEADER <= tag <= size - 4 - _FLV_TAG:
        return True
    file.seek(tag + 1)
    return tag + _FLV_TAG + int.from_bytes(file.read(3)) != size - 4


def _asf(file: BinaryIO, size: int) -> bool | Unmeasured:
    """The File Properties object states the file's size, unless it was written live (ASF 1.2 §3.2)."""
    file.seek(0)
    head = file.read(64 * 1024)
    at = head.find(_ASF_PROPERTIES)
    if at < 0 or at + 92 > len(head):
        return Unmeasured("its file properties cannot be read")
    if head[at + 88] & 0x01:
        return Unmeasured("it was written live and does not state its size")
    return int.from_bytes(head[at + 40 : at + 48], "little") > size


def _transport_stream(file: BinaryIO, size: int) -> bool | Unmeasured:
    file.seek(0)
    packet = 188 if file.read(1) == b"\x47" else 192
    if size % packet:
        return True
    return Unmeasured("a transport stream does not state how long it should be")
