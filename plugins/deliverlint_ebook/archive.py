"""Reading single files of a book, each with a cap, and XML only through the gate."""

from __future__ import annotations

import re
import zlib
from html.entities import html5
from io import BytesIO
from urllib.parse import unquote, urlsplit
from zipfile import BadZipFile

from lxml import etree

from deliverlint.values import Unmeasured
from deliverlint.wording import printable
from deliverlint_ebook.gate import Opened, xml_refusal

MAX_XML = 8_000_000  # bytes of a package document, table of contents, ...
MAX_READ_THROUGH = 1_000_000_000  # bytes

# Everything that lets XML reach outside or expand is off; see also the gate.
PARSER_OPTIONS = {"resolve_entities": False, "no_network": True, "huge_tree": False, "load_dtd": False}

# What zipfile raises over an entry that is not what the directory says.
DAMAGE = (BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)

_EXTERNAL_DTD = re.compile(rb"<!DOCTYPE\s+[\w:.-]{1,60}\s+(?:PUBLIC|SYSTEM)\b")
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,8});")
_XML_OWN = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})


class Unreadable(Exception):
    """One file of the book cannot be read: `OEBPS/a.xhtml:12 is not well-formed: ...`."""


def read(book: Opened, name: str, limit: int) -> bytes:
    """Return the bytes of one file; raise Unreadable where it is damaged or larger than `limit` bytes."""
    data = read_head(book, name, limit + 1)
    if len(data) > limit:
        raise Unreadable(f"{printable(name)} is larger than {limit / 1e6:g} MB")
    return data


def read_head(book: Opened, name: str, size: int) -> bytes:
    """Return at most `size` bytes from the start of one file; raise Unreadable where they are damaged."""
    info = book.entries.get(name)
    if info is None:
        raise Unreadable(f"{printable(name)} is not in the book")
    try:
        with book.zip.open(info) as stream:
            data = stream.read(size)
            if len(data) < size and not stream.read(1):  # zipfile compares the checksum at the very end
                book.intact.add(name)
            return data
    except DAMAGE as error:
        raise Unreadable(f"{printable(name)} is damaged: {printable(str(error), 100)}") from None


def damaged(book: Opened) -> list[str] | Unmeasured:
    """Name the files whose bytes do not agree with their checksum: every file is read through."""
    if sum(info.file_size for info in book.entries.values()) > MAX_READ_THROUGH:
        return Unmeasured(f"would unpack to more than {MAX_READ_THROUGH / 1e9:g} GB, which is not read through")
    found = []
    for name, info in book.entries.items():
        if name in book.intact:
            continue
        try:
            with book.zip.open(info) as stream:
                while stream.read(1 << 18):
                    pass
        except DAMAGE as error:
            found.append(f"{printable(name, 120)}: {printable(str(error), 100)}")
    return found


def read_xml(book: Opened, name: str, limit: int = MAX_XML) -> etree._Element:
    """Return the root of one XML file; raise Unreadable where the gate or the parser refuses it."""
    data = read(book, name, limit)
    if reason := xml_refusal(data):
        raise Unreadable(f"{printable(name)} {reason}")
    try:
        return etree.fromstring(with_numeric_entities(data), etree.XMLParser(**PARSER_OPTIONS))  # type: ignore[arg-type]
    except etree.XMLSyntaxError as error:
        raise Unreadable(not_well_formed(name, error.msg or "", error.lineno or 1)) from None
    except (ValueError, LookupError) as error:
        raise Unreadable(f"{printable(name)} is no XML: {printable(str(error), 100)}") from None


def not_well_formed(name: str, message: str, line: int) -> str:
    """Say where and why the parser stopped."""
    reason = message.split(", line ")[0].replace("no element found", "it is empty")
    return f"{printable(name)}:{line} is not well-formed: {printable(reason, 120)}"


def with_numeric_entities(data: bytes) -> bytes:
    """Replace `&nbsp;` and its kin by numbers where an external DTD defines them: DTDs are not loaded.

    The short `<!DOCTYPE html>` of EPUB 3 defines none.
    """
    if not _EXTERNAL_DTD.search(data[:1024]):
        return data

    def numeric(match: re.Match[bytes]) -> bytes:
        if match[1] in _XML_OWN:
            return match[0]
        char = html5.get(f"{match[1].decode()};", "")
        return b"".join(b"&#%d;" % ord(part) for part in char) or match[0]

    return _NAMED.sub(numeric, data)


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def line_of(element: etree._Element) -> int:
    """Return the line that an element begins on; 0 where it is not known."""
    line: int | None = element.sourceline  # type: ignore[assignment]
    return line or 0


def attribute(element: etree._Element, name: str) -> str:
    """Return an attribute by its local name, in whichever namespace; empty where there is none."""
    plain = element.get(name)
    if plain is not None:
        return str(plain)
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), "")


def resolve(base: str, reference: str) -> tuple[str, str] | None:
    """Return path inside the book and fragment that a reference in the file `base` leads to.

    None where it leads out of the book: a web address, a data: address, or a path above the root.
    """
    try:
        parts = urlsplit(reference.strip())
    except ValueError:
        return None
    if parts.scheme or parts.netloc:
        return None
    path = unquote(parts.path)
    if not path:
        return base, unquote(parts.fragment)
    steps = [] if path.startswith("/") else base.split("/")[:-1]
    for step in path.split("/"):
        if step == "..":
            if not steps:
                return None
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps), unquote(parts.fragment)


def is_remote(reference: str) -> bool:
    """Say whether a reference leads to another computer."""
    start = reference.strip()[:12].lower()
    return start.startswith(("http:", "https:", "ftp:", "//", "ws:", "wss:", "file:"))


def stream_of(data: bytes) -> BytesIO:
    return BytesIO(with_numeric_entities(data))
