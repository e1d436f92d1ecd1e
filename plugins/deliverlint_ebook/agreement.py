"""Whether the parts of a book agree: files, manifest, reading order, table of contents and links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from deliverlint.wording import printable
from deliverlint_ebook.archive import is_remote, resolve
from deliverlint_ebook.container import CONTAINER
from deliverlint_ebook.gate import Opened
from deliverlint_ebook.navigation import Navigation
from deliverlint_ebook.package import PAGE_TYPES, Package
from deliverlint_ebook.pages import Page


def manifest_missing(book: Opened, package: Package) -> Iterator[str]:
    """Say which manifest entries lead to no file, and whether it is only the letters' case."""
    folded = {name.casefold(): name for name in book.entries}
    for item in package.items:
        where = f"{package.path}:{item.line}"
        if not item.href:
            yield f"{where} has an item without a file name"
        elif item.path in book.entries or is_remote(item.href) or item.href.lower().startswith("data:"):
            continue
        elif not item.path:
            yield f"{where} names '{printable(item.href, 120)}', which lies outside the book"
        else:
            near = folded.get(item.path.casefold())
            hint = f" (there is '{printable(near, 120)}')" if near else ""
            yield f"{where} names '{printable(item.path, 120)}', which is not in the book{hint}"


def manifest_unlisted(book: Opened, packages: Iterable[Package]) -> Iterator[str]:
    """Name the files that no manifest lists; the container's own need not be listed."""
    listed = {"mimetype", CONTAINER}
    for package in packages:
        listed |= {package.path, *(item.path for item in package.items)}
    for name in book.entries:
        if name not in listed and not name.startswith("META-INF/"):
            yield printable(name, 200)


def manifest_duplicates(package: Package) -> Iterator[str]:
    ids: dict[str, int] = {}
    paths: dict[str, int] = {}
    for item in package.items:
        where = f"{package.path}:{item.line}"
        if item.id in ids:
            yield f"{where} has the id '{printable(item.id, 80)}' of line {ids[item.id]}"
        if item.path and item.path in paths:
            yield f"{where} lists '{printable(item.path, 120)}' again (first on line {paths[item.path]})"
        ids.setdefault(item.id, item.line)
        paths.setdefault(item.path, item.line)


def spine_broken(book: Opened, package: Package) -> Iterator[str]:
    """Say which entries of the reading order lead to no page."""
    if not package.spine:
        yield f"{package.path} has no reading order"
    seen: set[str] = set()
    for ref in package.spine:
        where = f"{package.path}:{ref.line}"
        item = package.by_id.get(ref.idref)
        if item is None:
            yield f"{where} refers to '{printable(ref.idref, 80)}', which the manifest does not have"
        elif ref.idref in seen:
            yield f"{where} refers to '{printable(ref.idref, 80)}' again"
        elif item.path not in book.entries:
            yield f"{where} leads to '{printable(item.href, 120)}', which is not in the book"
        elif item.media_type not in PAGE_TYPES and item.media_type != "image/svg+xml":
            yield f"{where} leads to '{printable(item.path, 120)}', which is no page ({printable(item.media_type, 60)})"
        seen.add(ref.idref)


def navigation_broken(book: Opened, navigation: Navigation, pages: Mapping[str, Page]) -> Iterator[str]:
    for entry in navigation.entries:
        where = f"{printable(entry.file, 120)}:{entry.line}"
        if problem := _broken(book, pages, entry.file, entry.href):
            yield f"{where} leads to {problem}"


def links_broken(book: Opened, navigation: Navigation, pages: Mapping[str, Page]) -> Iterator[str]:
    """Say which links and sources on the pages lead to no file of the book, or to no place in it.

    The table of contents is left to `navigation_broken`.
    """
    contents = {(entry.file, entry.line, entry.href) for entry in navigation.entries}
    for page in pages.values():
        for line, href in sorted([*page.links, *page.sources]):
            problem = _broken(book, pages, page.path, href)
            if problem and (page.path, line, href) not in contents:
                yield f"{printable(page.path, 120)}:{line} leads to {problem}"


def _broken(book: Opened, pages: Mapping[str, Page], base: str, href: str) -> str:
    target = resolve(base, href)
    if target is None:
        outside = ":" not in href.partition("/")[0] and not is_remote(href)
        return f"'{printable(href, 120)}', which lies outside the book" if outside else ""
    path, fragment = target
    if path not in book.entries:
        return f"'{printable(path, 120)}', which is not in the book"
    page = pages.get(path)
    # `#:~:text=` and `#epubcfi(...)` name no id.
    names_an_id = bool(fragment) and not fragment.startswith((":", "epubcfi("))
    if names_an_id and page and not page.unread and fragment not in page.ids:
        return f"'{printable(path, 120)}#{printable(fragment, 80)}', a place that is not there"
    return ""
