"""The container: the media type in front, and which package document META-INF/container.xml names."""

from __future__ import annotations

from zipfile import ZIP_STORED

from deliverlint.wording import printable
from deliverlint_ebook.archive import Unreadable, attribute, line_of, local_name, read_head, read_xml
from deliverlint_ebook.gate import Opened

CONTAINER = "META-INF/container.xml"
MEDIA_TYPE = b"application/epub+zip"
_PACKAGE_TYPE = "application/oebps-package+xml"


def mimetype_problem(book: Opened) -> str:
    """Return what is wrong with the `mimetype` entry, or an empty text.

    EPUB 3.3, OCF ZIP container media type identification.
    """
    info = book.entries.get("mimetype")
    if info is None:
        return "mimetype is not there"
    try:
        data = read_head(book, "mimetype", 64)
    except Unreadable:
        return "mimetype is damaged"
    if data != MEDIA_TYPE:
        return f"mimetype says '{printable(data.decode('utf-8', 'replace'), 40)}'"
    if info.header_offset != 0:
        return "mimetype is not the first entry of the ZIP"
    if info.compress_type != ZIP_STORED:
        return "mimetype is compressed"
    return ""


def packages(book: Opened) -> tuple[list[str], list[str]]:
    """Return the package documents that are there, and what is wrong with container.xml.

    A book without a usable container.xml is read all the same if it holds one package document.
    """
    named, problems = [], []
    try:
        root = read_xml(book, CONTAINER)
    except Unreadable as problem:
        problems.append(str(problem))
    else:
        for element in root.iter():
            if local_name(element) != "rootfile":
                continue
            path = attribute(element, "full-path").lstrip("/")
            if attribute(element, "media-type") not in ("", _PACKAGE_TYPE):
                continue
            where = f"{CONTAINER}:{line_of(element)}"
            if path not in book.entries:
                problems.append(f"{where} names '{printable(path, 120)}', which is not in the book")
            elif path in named:
                problems.append(f"{where} names '{printable(path, 120)}' again")
            else:
                named.append(path)
        if not named and not problems:
            problems.append(f"{CONTAINER} names no package document")
    if not named:
        lying_about = [name for name in book.entries if name.lower().endswith(".opf")]
        named = lying_about if len(lying_about) == 1 else []
    return named, problems
