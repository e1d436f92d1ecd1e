"""Small PDFs written by hand, the same bytes every time: letters, scans, and one that is locked."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from pathlib import Path

_PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
_LINES_A_PAGE = 44


def text_pdf(path: Path, lines: Sequence[str]) -> None:
    """Write lines of text as a PDF with a text layer, 44 lines a page."""
    path.write_bytes(_file(_text_objects(lines)))


def scan_pdf(path: Path, pages: int = 1) -> None:
    """Write a PDF whose pages are grey pictures without a word, as a scanner leaves them."""
    picture = _picture()
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", _page_tree(pages, 4), picture]
    for number in range(pages):
        content = 5 + 2 * number
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            b"/Resources << /XObject << /Im0 3 0 R >> >> /Contents %d 0 R >>" % content
        )
        objects.append(_stream(b"q 595 0 0 842 0 0 cm /Im0 Do Q"))
    path.write_bytes(_file(objects))


def locked_pdf(path: Path, lines: Sequence[str], password: str) -> None:
    """Write a text PDF that opens only with a password (RC4, 40 bits; ISO 32000-1, 7.6, revision 2)."""
    name = hashlib.md5(path.name.encode()).digest()
    owner = _rc4(hashlib.md5(_padded(password)).digest()[:5], _padded(password))
    permissions = -4
    seed = _padded(password) + owner + permissions.to_bytes(4, "little", signed=True) + name
    key = hashlib.md5(seed).digest()[:5]
    user = _rc4(key, _PAD)
    objects = [_locked(body, key, number) for number, body in enumerate(_text_objects(lines), 1)]
    encryption = b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P %d >>" % (
        owner.hex().encode(),
        user.hex().encode(),
        permissions,
    )
    trailer = b"/Encrypt %d 0 R /ID [<%s><%s>]" % (len(objects) + 1, name.hex().encode(), name.hex().encode())
    path.write_bytes(_file([*objects, encryption], trailer))


def _text_objects(lines: Sequence[str]) -> list[bytes]:
    pages = [lines[start : start + _LINES_A_PAGE] for start in range(0, len(lines), _LINES_A_PAGE)] or [[""]]
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        _page_tree(len(pages), 4),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        content = 5 + 2 * number
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            b"/Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % content
        )
        shown = b"".join(b"(%s) Tj T*\n" % _escaped(line) for line in page)
        objects.append(_stream(b"BT /F1 11 Tf 16 TL 64 778 Td\n" + shown + b"ET"))
    return objects


def _page_tree(pages: int, first: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (first + 2 * number) for number in range(pages))
    return b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages)


def _picture() -> bytes:
    width, height = 60, 85
    rows = b"".join(bytes(225 + (x * 7 + y * 13) % 24 for x in range(width)) for y in range(height))
    packed = zlib.compress(rows, 0)  # stored: the bytes do not depend on the version of zlib
    return (
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 "
        b"/Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (width, height, len(packed), packed)
    )


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _escaped(line: str) -> bytes:
    text = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return text.encode("cp1252", errors="replace")


def _file(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer)
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def _padded(password: str) -> bytes:
    return (password.encode("latin-1") + _PAD)[:32]


def _locked(body: bytes, key: bytes, number: int) -> bytes:
    """Encrypt the stream of one object; the others hold no strings."""
    head, mark, rest = body.partition(b"stream\n")
    if not mark:
        return body
    content = rest.removesuffix(b"\nendstream")
    own = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
    return head + mark + _rc4(own, content) + b"\nendstream"


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
