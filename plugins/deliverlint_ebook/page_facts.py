"""Facts from the pages: every page is read once, whatever is asked of it."""

from __future__ import annotations

from collections.abc import Mapping

from deliverlint.values import Json, Unmeasured
from deliverlint.wording import printable
from deliverlint_ebook import agreement
from deliverlint_ebook.answers import Answer, listing
from deliverlint_ebook.archive import Unreadable, is_remote, read
from deliverlint_ebook.gate import Opened
from deliverlint_ebook.navigation import Navigation
from deliverlint_ebook.package import PAGE_TYPES, Package
from deliverlint_ebook.pages import Page, read_page, unreadable_page
from deliverlint_ebook.styles import remote_in_styles

MAX_PAGE = 16_000_000  # bytes
MAX_TEXT = 64_000_000  # bytes of all pages and style sheets; the longest novels have 3 MB
_SCRIPT_TYPES = frozenset({"application/javascript", "text/javascript", "application/ecmascript", "text/ecmascript"})


def read_pages(book: Opened, package: Package, encrypted: frozenset[str]) -> dict[str, Page]:
    """Read every page that the manifest lists, and SVG pages of the reading order, by path."""
    in_spine = {item.path for item, _ in package.pages}
    pages: dict[str, Page] = {}
    left = MAX_TEXT
    for item in package.items:
        wanted = item.media_type in PAGE_TYPES or (item.media_type == "image/svg+xml" and item.path in in_spine)
        if not wanted or item.path in pages or item.path not in book.entries:
            continue
        if item.path in encrypted:
            pages[item.path] = unreadable_page(item.path, f"{printable(item.path)} is encrypted")
            continue
        try:
            data = read(book, item.path, min(MAX_PAGE, left))
        except Unreadable as problem:
            pages[item.path] = unreadable_page(item.path, str(problem))
            continue
        left -= len(data)
        pages[item.path] = read_page(item.path, data)
    return pages


def page_facts(
    book: Opened, package: Package, navigation: Navigation, pages: Mapping[str, Page], encrypted: frozenset[str]
) -> Answer:
    unread = next((page.problem for page in pages.values() if page.unread), "")

    def complete(found: list[str]) -> Json | Unmeasured:
        """An empty list means `none` only where every page could be read."""
        return Unmeasured(unread) if unread and not found else found

    spine = [(pages[item.path], ref) for item, ref in package.pages if item.path in pages]
    empty = [
        f"{printable(page.path, 120)} ({package.path}:{ref.line})"
        for page, ref in spine
        if not page.unread and not page.words and not page.pictures
    ]
    problems = [page.problem for page in pages.values() if page.problem and page.path not in encrypted]
    no_alt = [f"{printable(page.path, 120)}:{line}" for page in pages.values() for line in page.without_alt]
    return {
        "ebook.words": Unmeasured(unread) if unread else sum(page.words for page, _ in spine),
        "ebook.empty_documents": complete(listing(empty)),
        "ebook.not_well_formed": listing(problems),
        "ebook.links.broken": complete(listing(agreement.links_broken(book, navigation, pages))),
        "ebook.alt_missing": complete(listing(no_alt)),
        "ebook.scripts": complete(listing(_scripts(package, pages))),
        "ebook.remote_resources": complete(listing(_remote(book, package, pages))),
    }


def _scripts(package: Package, pages: Mapping[str, Page]) -> list[str]:
    found = [f"{printable(page.path, 120)}:{line}" for page in pages.values() for line in page.scripts]
    return found + [
        printable(item.path or item.href, 120) for item in package.items if item.media_type in _SCRIPT_TYPES
    ]


def _remote(book: Opened, package: Package, pages: Mapping[str, Page]) -> list[str]:
    found = [(package.path, item.line, item.href) for item in package.items]
    for page in pages.values():
        found += [(page.path, line, href) for line, href in sorted([*page.sources, *page.remote_styles])]
    left = MAX_TEXT
    for item in package.items:
        if item.media_type == "text/css" and item.path in book.entries and left > 0:
            try:
                css = read(book, item.path, min(MAX_PAGE, left))
            except Unreadable:
                continue  # said by ebook.damaged_files
            left -= len(css)
            found += [(item.path, line, href) for line, href in remote_in_styles(css.decode("utf-8", "replace"))]
    return [
        f"{printable(file, 120)}:{line} loads {printable(href, 160)}" for file, line, href in found if is_remote(href)
    ]
