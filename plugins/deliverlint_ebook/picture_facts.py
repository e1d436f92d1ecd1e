"""Facts from the heads of pictures, the cover first of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deliverlint.values import Json
from deliverlint.wording import printable
from deliverlint_ebook.answers import Answer, listing
from deliverlint_ebook.archive import Unreadable, read_head, resolve
from deliverlint_ebook.gate import Opened
from deliverlint_ebook.package import Item, Package
from deliverlint_ebook.pages import Page
from deliverlint_ebook.pictures import Picture, read_picture

FIRST_HEAD = 32 * 1024  # bytes; enough for nearly all pictures
WHOLE_HEAD = 1024 * 1024  # embedded profiles and previews can stand before the size
_TYPES = {
    "JPEG": ("image/jpeg", "image/jpg"),
    "PNG": ("image/png",),
    "GIF": ("image/gif",),
    "WebP": ("image/webp",),
    "SVG": ("image/svg+xml",),
}


def picture_facts(book: Opened, package: Package, pages: Mapping[str, Page], encrypted: frozenset[str]) -> Answer:
    pictures: dict[str, Picture] = {}
    unreadable, wrong_types = [], []
    listed = [item for item in package.items if item.media_type.startswith("image/") and item.path in book.entries]
    for item in listed:
        if item.path in pictures or item.path in encrypted:
            continue
        picture = _read(book, item.path)
        if picture is None:
            unreadable.append(printable(item.path, 160))
            continue
        pictures[item.path] = picture
        if item.media_type not in _TYPES.get(picture.format, (item.media_type,)):
            where, name = f"{package.path}:{item.line}", printable(item.path, 120)
            wrong_types.append(f"{where} declares '{name}' as {printable(item.media_type, 60)}; it is {picture.format}")
    records = list(_records(book, pictures))
    areas = [record["megapixels"] for record in records if record["megapixels"] is not None]
    return {
        "ebook.images": records,
        "ebook.images.count": len({item.path for item in listed}),
        "ebook.images.largest": max(areas, default=None),
        "ebook.images.unreadable": listing(unreadable),
        "ebook.manifest.wrong_types": listing(wrong_types),
        **_cover_facts(book, cover_of(package, pages), pictures),
    }


def cover_of(package: Package, pages: Mapping[str, Page]) -> str:
    """Return the path of the cover picture: EPUB 3 property, EPUB 2 meta, or the picture on the guide's cover page."""
    marked: list[Item] = [item for item in package.items if "cover-image" in item.properties]
    for value in package.values("cover"):
        marked += [item for item in package.items if value in (item.id, item.href)]
    for item in marked:
        if item.media_type.startswith("image/") and item.path:
            return item.path
    page = pages.get(package.guide_cover)
    if page and page.images:
        target = resolve(page.path, page.images[0])
        return target[0] if target else ""
    return ""


def _read(book: Opened, path: str) -> Picture | None:
    """Read a picture's header, from a short head first; 1 MB where that is not enough."""
    try:
        head = read_head(book, path, FIRST_HEAD)
        picture = read_picture(head)
        if picture is None and len(head) == FIRST_HEAD:
            picture = read_picture(read_head(book, path, WHOLE_HEAD))
    except Unreadable:
        return None
    return picture


def _records(book: Opened, pictures: Mapping[str, Picture]) -> Iterator[dict[str, Json]]:
    for path, picture in pictures.items():
        yield {
            "path": printable(path, 200),
            "format": picture.format,
            "width": picture.width,
            "height": picture.height,
            "megapixels": picture.megapixels,
            "color_space": picture.color_space,
            "size": book.entries[path].file_size / 1e6,
        }


def _cover_facts(book: Opened, path: str, pictures: Mapping[str, Picture]) -> Answer:
    entry = book.entries.get(path)
    picture = pictures.get(path) or (_read(book, path) if entry else None)
    return {
        "ebook.cover.present": picture is not None,
        "ebook.cover.format": picture.format if picture else None,
        "ebook.cover.width": picture.width if picture else None,
        "ebook.cover.height": picture.height if picture else None,
        "ebook.cover.color_space": picture.color_space if picture else None,
        "ebook.cover.size": entry.file_size / 1e6 if entry and picture else None,
    }
