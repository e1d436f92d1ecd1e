"""Finding the last frame of a FLAC stream without decoding it (RFC 9639, section 9)."""

from __future__ import annotations

from collections.abc import Iterator

_BLOCK_SIZES = {1: 192, **{code: 144 << code for code in range(2, 6)}, **{code: 1 << code for code in range(8, 16)}}
_RATE_BYTES = {12: 1, 13: 2, 14: 2}
# Chance finds in compressed data are rare (sync, CRC-8 and number have to fit); a forged file may hold many.
_MAX_CANDIDATES = 8


def ends_with_frame(tail: bytes, samples: int, fixed_block: int) -> bool:
    """Say whether `tail` ends with a whole frame that holds the last of `samples` samples.

    fixed_block  block size where all frames have the same, else 0
    """
    tries = 0
    for start in _sync_codes_backwards(tail):
        if frame_end(tail[start : start + 16], fixed_block) != samples:
            continue
        if crc16(tail[start:]) == 0:  # a frame ends with the CRC-16 of itself
            return True
        tries += 1
        if tries == _MAX_CANDIDATES:
            break
    return False


def _sync_codes_backwards(data: bytes) -> Iterator[int]:
    position = len(data)
    while (position := data.rfind(b"\xff", 0, position)) >= 0:
        if data[position + 1 : position + 2] in (b"\xf8", b"\xf9"):
            yield position


def frame_end(head: bytes, fixed_block: int) -> int | None:
    """Return the number of the sample after a frame, from its header; None where it is no header."""
    if len(head) < 6 or head[3] & 1:
        return None
    size_code, rate_code = head[2] >> 4, head[2] & 15
    if size_code == 0 or rate_code == 15 or head[3] >> 4 > 10:
        return None
    number, position = _coded_number(head, 4)
    if number is None:
        return None
    size = _BLOCK_SIZES.get(size_code, 0)
    if size_code in (6, 7):
        width = size_code - 5
        size = int.from_bytes(head[position : position + width]) + 1
        position += width
    position += _RATE_BYTES.get(rate_code, 0)
    if position >= len(head) or crc8(head[:position]) != head[position]:
        return None
    variable = head[1] & 1
    return (number if variable else number * (fixed_block or size)) + size


def _coded_number(data: bytes, position: int) -> tuple[int | None, int]:
    """Read the number that is coded like a UTF-8 character of up to seven bytes."""
    first = data[position]
    if first < 0x80:
        return first, position + 1
    length = 8 - (first ^ 0xFF).bit_length()
    if not 2 <= length <= 7 or position + length > len(data):
        return None, position
    number = first & (0x7F >> length)
    for byte in data[position + 1 : position + length]:
        if byte >> 6 != 0b10:
            return None, position
        number = number << 6 | byte & 0x3F
    return number, position + length


def _table(polynomial: int, bits: int) -> tuple[int, ...]:
    top, mask, table = 1 << bits - 1, (1 << bits) - 1, []
    for value in range(256):
        value <<= bits - 8
        for _ in range(8):
            value = (value << 1 ^ polynomial if value & top else value << 1) & mask
        table.append(value)
    return tuple(table)


_CRC8 = _table(0x07, 8)
_CRC16 = _table(0x8005, 16)


def crc8(data: bytes) -> int:
    """CRC-8 of a frame header: x⁸ + x² + x + 1, starting at 0."""
    value = 0
    for byte in data:
        value = _CRC8[value ^ byte]
    return value


def crc16(data: bytes) -> int:
    """CRC-16 of a frame: x¹⁶ + x¹⁵ + x² + 1, starting at 0."""
    value = 0
    for byte in data:
        value = (value << 8 & 0xFF00) ^ _CRC16[value >> 8 ^ byte]
    return value
