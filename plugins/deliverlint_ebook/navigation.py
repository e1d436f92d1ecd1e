"""Tables of contents: the navigation document of EPUB 3 and the NCX of EPUB 2."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lxml import etree

from deliverlint_ebook.archive import Unreadable, attribute, line_of, local_name, read_xml
from deliverlint_ebook.gate import Opened
from deliverlint_ebook.package import Item, Package

NCX_TYPE = "application/x-dtbncx+xml"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a table of contents: where it stands and where it leads."""

    file: str
    line: int
    href: str


@dataclass(frozen=True, slots=True)
class Navigation:
    kind: Literal["nav", "ncx", "none"] = "none"
    entries: tuple[Entry, ...] = ()
    problem: str = ""  # why a table of contents that the package names could not be read


def read_navigation(book: Opened, package: Package) -> Navigation:
    """Return the table of contents: the navigation document's, else the NCX's; one without an entry is none."""
    problem = ""
    for kind, item in _candidates(package):
        try:
            root = read_xml(book, item.path)
        except Unreadable as reason:
            problem = problem or str(reason)
            continue
        found = _toc(root) if kind == "nav" else [e for e in root.iter() if local_name(e) == "content"]
        attribute_name = "href" if kind == "nav" else "src"
        entries = tuple(Entry(item.path, line_of(e), attribute(e, attribute_name)) for e in found)
        if entries:
            return Navigation(kind, entries)
    return Navigation(problem=problem)


def _candidates(package: Package) -> list[tuple[Literal["nav", "ncx"], Item]]:
    navs = [item for item in package.items if "nav" in item.properties]
    named = package.by_id.get(package.ncx_id)
    ncxs = [named] if named else [item for item in package.items if item.media_type == NCX_TYPE]
    return [*(("nav", item) for item in navs[:1]), *(("ncx", item) for item in ncxs[:1])]


def _toc(root: etree._Element) -> list[etree._Element]:
    """Return the links of the `toc` nav, or of the first nav where none is marked so."""
    navs = [element for element in root.iter() if local_name(element) == "nav"]
    marked = [nav for nav in navs if "toc" in attribute(nav, "type").split()]
    for nav in (marked or navs)[:1]:
        return [element for element in nav.iter() if local_name(element) == "a" and attribute(element, "href")]
    return []
