"""TTML and IMSC, SCC and EBU STL, read with ttconv; times from its document model."""

from __future__ import annotations

import io
import logging
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

from ttconv import model
from ttconv.imsc import reader as imsc_reader
from ttconv.scc import reader as scc_reader
from ttconv.stl import reader as stl_reader

from deliverlint.wording import printable
from deliverlint_captions.model import MAX_CUES, MAX_PROBLEMS, Captions, Cue, Problem, Unreadable
from deliverlint_captions.text import decode
from deliverlint_captions.xml import paragraph_lines

_SCC_LINE = re.compile(r"\d\d:\d\d:\d\d[:;]\d\d[ \t]+(?:[0-9A-Fa-f]{4}(?:[ \t]+|$))+", re.ASCII)
_SPACE = re.compile(r"[ \t\r\n]+")
# Stands for "no end": later than any film.
_NEVER = 10**8
_GSI = 1024
_TTI = 128


def read_ttml(data: bytes) -> Captions:
    """Read a TTML or IMSC document; raises Unreadable with the reason."""
    lines = paragraph_lines(data)
    root = ET.fromstring(data)
    _leave_open(root)
    document, errors = _convert("TTML", lambda: imsc_reader.to_model(ET.ElementTree(root)))
    cues = _cues(document)
    if len(cues) == len(lines):  # ttconv leaves out paragraphs that are never shown
        cues = [Cue(cue.start, cue.end, cue.lines, line, cue.place) for cue, line in zip(cues, lines, strict=True)]
    else:
        errors.append(
            Problem(f"{len(lines) - len(cues)} of {len(lines)} paragraphs have no time at which they are shown")
        )
    errors += _endless(cues)
    return Captions("TTML", _xml_encoding(data), _ended(cues), document.get_lang() or "", tuple(errors))


def read_scc(data: bytes) -> Captions:
    """Read a Scenarist closed-caption file."""
    text, encoding = decode(data)
    errors = _scc_errors(text)
    sound = "\n".join(line.strip() for line in text.splitlines() if _SCC_LINE.fullmatch(line.strip()))
    document, more = _convert("SCC", lambda: scc_reader.to_model(sound))
    cues = _cues(document)
    encoding = "ASCII" if text.isascii() and encoding == "UTF-8" else encoding
    return Captions("SCC", encoding, _ended(cues), "", (*errors, *more, *_endless(cues)))


def read_stl(data: bytes) -> Captions:
    """Read an EBU STL file (EBU Tech 3264)."""
    if len(data) < _GSI:
        raise Unreadable(f"is cut short: an STL file begins with a block of {_GSI} bytes, this one has {len(data)}")
    body = len(data) - _GSI
    errors = []
    if body % _TTI:
        errors.append(Problem(f"is cut short: the last subtitle block has {body % _TTI} of {_TTI} bytes"))
        data = data[: len(data) - body % _TTI]
    stated = data[238:243].decode("ascii", "replace").strip()
    if stated.isdigit() and int(stated) != body // _TTI:
        errors.append(Problem(f"states {int(stated)} subtitle blocks and holds {body // _TTI}"))
    document, more = _convert("EBU STL", lambda: stl_reader.to_model(io.BytesIO(data)))
    cues = _cues(document)
    encoding = "ISO 6937" if data[12:14] == b"00" else "ISO 8859"
    language = document.get_lang() or ""
    return Captions("EBU STL", encoding, _ended(cues), language, (*errors, *more, *_endless(cues)))


def _convert(name: str, read: Callable[[], Any]) -> tuple[Any, list[Problem]]:
    """Run one of ttconv's readers; what it logs as an error becomes a problem of the file."""
    with _logged() as messages:
        try:
            document = read()
        except RecursionError:
            raise Unreadable(f"cannot be read as {name}: it is nested too deep") from None
        except Exception as error:  # ttconv raises whatever its data structures do
            detail = printable(str(error), 160) or type(error).__name__
            raise Unreadable(f"cannot be read as {name}: {detail}") from None
    if document is None or document.get_body() is None:
        raise Unreadable(f"cannot be read as {name}: " + (messages[0] if messages else "it has no body"))
    return document, [Problem(message) for message in dict.fromkeys(messages)]


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if len(self.messages) < MAX_PROBLEMS:
            self.messages.append(printable(record.getMessage(), 200))


@contextmanager
def _logged() -> Iterator[list[str]]:
    logger, collector = logging.getLogger("ttconv"), _Collector()
    logger.addHandler(collector)
    propagate, logger.propagate = logger.propagate, False
    try:
        yield collector.messages
    finally:
        logger.removeHandler(collector)
        logger.propagate = propagate


def _leave_open(element: ET.Element) -> None:
    """Give containers that begin late and state no end one that is far away.

    ttconv 1.2.3 forgets such a container's own beginning when it works out its end from its children's, and cuts
    them off. In sequences an end would push away what follows, and there it reckons right.
    """
    for child in element:
        _leave_open(child)
    if element.get("timeContainer") == "seq":
        return
    for child in element:
        timed = child.tag.rsplit("}", 1)[-1] in ("body", "div", "p") if isinstance(child.tag, str) else False
        if timed and "begin" in child.attrib and "end" not in child.attrib and "dur" not in child.attrib:
            child.set("end", f"{_NEVER}s")


def _cues(document: Any) -> list[Cue]:
    """Return the document's paragraphs; an end that is never stated is infinite here."""
    found: list[Cue] = []
    _walk(document.get_body(), Fraction(0), None, "", found)
    return found


def _walk(element: Any, offset: Fraction, until: Fraction | None, region: str, found: list[Cue]) -> None:
    """Times are relative to the parent's beginning, and end at the latest where it ends (TTML2 §12)."""
    begin, end = _interval(element, offset, until)
    if element.get_region() is not None:
        region = element.get_region().get_id() or ""
    if isinstance(element, model.P):
        if len(found) >= MAX_CUES:
            raise Unreadable(f"holds more than {MAX_CUES} captions", fault=False)
        text, first, last = _content(element, begin, end)
        begin = max(begin, first) if first is not None else begin
        end = last if last is not None and (end is None or last < end) else end
        lines = tuple(line.strip() for line in text.split("\n") if line.strip())
        stop = float("inf") if end is None or end >= _NEVER else float(end)
        found.append(Cue(float(begin), stop, lines, 0, region))
        return
    for child in element:
        _walk(child, begin, end, region, found)


def _interval(element: Any, offset: Fraction, until: Fraction | None) -> tuple[Fraction, Fraction | None]:
    begin = offset + (element.get_begin() or 0)
    end = None if element.get_end() is None else offset + element.get_end()
    if end is None or (until is not None and until < end):
        end = until
    return begin, end


def _content(element: Any, begin: Fraction, end: Fraction | None) -> tuple[str, Fraction | None, Fraction | None]:
    """Return (text with line breaks, when its first and last text is shown, where spans have times of their own)."""
    parts: list[str] = []
    starts: list[Fraction] = []
    ends: list[Fraction | None] = []

    def visit(node: Any, begin: Fraction, end: Fraction | None) -> None:
        for child in node:
            if isinstance(child, model.Text):
                text = child.get_text()
                if node.get_space() is not model.WhiteSpaceHandling.PRESERVE:
                    text = _SPACE.sub(" ", text)  # lines of the file are no lines on the screen
                parts.append(text)
                if text.strip():
                    starts.append(begin)
                    ends.append(end)
            elif isinstance(child, model.Br):
                parts.append("\n")
            else:
                visit(child, *_interval(child, begin, end))

    visit(element, begin, end)
    last = None if not ends or None in ends else max(end for end in ends if end is not None)
    return re.sub(r"[^\S\n]+", " ", "".join(parts)), min(starts, default=None), last


def _endless(cues: list[Cue]) -> list[Problem]:
    return [
        Problem("the caption has no end", cue.line, number)
        for number, cue in enumerate(cues, 1)
        if cue.end == float("inf")
    ]


def _ended(cues: list[Cue]) -> tuple[Cue, ...]:
    """A caption without an end stays until the next begins; the last then lasts no time."""
    following = [*(cue.start for cue in cues[1:]), 0.0]
    return tuple(
        Cue(cue.start, max(cue.start, after), cue.lines, cue.line, cue.place) if cue.end == float("inf") else cue
        for cue, after in zip(cues, following, strict=False)
    )


def _scc_errors(text: str) -> list[Problem]:
    lines = text.splitlines()
    errors = []
    if not lines or lines[0].strip() != "Scenarist_SCC V1.0":
        errors.append(Problem("the first line is not 'Scenarist_SCC V1.0'", 1))
    for number, line in enumerate(lines[1:], 2):
        if line.strip() and not _SCC_LINE.fullmatch(line.strip()) and len(errors) < MAX_PROBLEMS:
            errors.append(Problem("the line is not a timecode and groups of four hexadecimal digits", number))
    return errors


def _xml_encoding(data: bytes) -> str:
    if data.startswith(b"\xef\xbb\xbf"):
        return "UTF-8 with BOM"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    declared = re.match(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.-]{1,40})["']""", data)
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    if name in ("utf-8", "utf8", "us-ascii", "ascii"):
        return "UTF-8"
    return "UTF-16" if name.startswith("utf-16") else "8-bit code page"
