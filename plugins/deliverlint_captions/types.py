"""Caption formats, recognised by their first 4 KiB."""

from __future__ import annotations

import re

from deliverlint.spec import FileType

# One timing line is enough, however carelessly it is written: the lexer says what is wrong with it.
_TIMING = re.compile(rb"^[ \t]*\d{1,3}:\d{1,2}:\d{1,2}(?:[,.:;]\d{1,3})?[ \t]*-{1,2}>", re.MULTILINE)
_TTML_ROOT = re.compile(rb"<(?:[A-Za-z][\w.-]{0,40}:)?tt[\s>]")
_TTML_NAMESPACE = (b"http://www.w3.org/ns/ttml", b"http://www.w3.org/2006/10/ttaf1", b"http://www.w3.org/2006/04/ttaf1")


def narrow(head: bytes) -> bytes:
    """Return a head as single-byte text: without a byte order mark, UTF-16 halved."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\0", b"")
    return head.removeprefix(b"\xef\xbb\xbf")


def is_webvtt(head: bytes) -> bool:
    return re.match(rb"WEBVTT(?:[ \t\r\n]|$)", narrow(head)) is not None


def is_srt(head: bytes) -> bool:
    text = narrow(head)
    if b"\0" in text or is_webvtt(head) or text.lstrip().startswith((b"<", b"{", b"[Script Info]")):
        return False
    return _TIMING.search(text) is not None


def is_ttml(head: bytes) -> bool:
    text = narrow(head)
    if not text.lstrip().startswith(b"<"):
        return False
    root = _TTML_ROOT.search(text)
    return root is not None and any(name in text for name in _TTML_NAMESPACE)


def is_scc(head: bytes) -> bool:
    return narrow(head).lstrip().startswith(b"Scenarist_SCC")


def is_ass(head: bytes) -> bool:
    return narrow(head).lstrip().startswith(b"[Script Info]")


FILE_TYPES = (
    FileType(media="captions", format="SRT", extensions=(".srt",), accepts=is_srt),
    FileType(media="captions", format="WebVTT", extensions=(".vtt",), accepts=is_webvtt),
    FileType(media="captions", format="TTML", extensions=(".ttml", ".dfxp", ".itt", ".xml"), accepts=is_ttml),
    FileType(media="captions", format="SCC", extensions=(".scc",), accepts=is_scc),
    FileType(
        media="captions",
        format="EBU STL",
        extensions=(".stl",),
        magic=(((3, b"STL25.01"),), ((3, b"STL30.01"),)),
    ),
    FileType(media="captions", format="ASS", extensions=(".ass", ".ssa"), accepts=is_ass),
)
