"""The package document: metadata, manifest and spine as values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from deliverlint_ebook.archive import attribute, line_of, local_name, read_xml, resolve
from deliverlint_ebook.gate import Opened
from deliverlint_ebook.isbn import isbn_of

XHTML = "application/xhtml+xml"
# What a reading order may hold as pages: XHTML, SVG, and the DTBook and HTML of older books.
PAGE_TYPES = frozenset({XHTML, "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"})


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the manifest; `path` is empty where it leads out of the book."""

    id: str
    href: str
    path: str
    media_type: str
    properties: frozenset[str]
    line: int


@dataclass(frozen=True, slots=True)
class Reference:
    """One line of the spine."""

    idref: str
    linear: bool
    line: int


@dataclass(frozen=True, slots=True)
class Meta:
    """One element of the metadata: `dc:title`, `dcterms:modified`, `rendition:layout`, `cover`, ..."""

    name: str
    value: str
    id: str = ""
    refines: str = ""
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    path: str
    version: str
    unique_identifier: str
    metas: tuple[Meta, ...]
    items: tuple[Item, ...]
    spine: tuple[Reference, ...]
    ncx_id: str = ""
    guide_cover: str = ""
    by_id: Mapping[str, Item] = field(default_factory=dict)

    def values(self, name: str) -> list[str]:
        """Return the texts of one kind of metadata that speak of the whole book."""
        return [meta.value for meta in self.metas if meta.name == name and meta.value and not meta.refines]

    def first(self, name: str) -> str | None:
        return next(iter(self.values(name)), None)

    @property
    def pages(self) -> list[tuple[Item, Reference]]:
        """The reading order, as far as it leads to items of the manifest."""
        return [(self.by_id[ref.idref], ref) for ref in self.spine if ref.idref in self.by_id]


def read_package(book: Opened, path: str) -> Package:
    """Read one package document; raise Unreadable."""
    root = read_xml(book, path)
    items: list[Item] = []
    spine: list[Reference] = []
    metas: list[Meta] = []
    ncx_id = guide_cover = ""
    for element in root.iter():
        name = local_name(element)
        if name == "item":
            items.append(_item(element, path))
        elif name == "itemref":
            linear = attribute(element, "linear").strip() != "no"
            spine.append(Reference(attribute(element, "idref").strip(), linear, line_of(element)))
        elif name == "spine":
            ncx_id = attribute(element, "toc").strip()
        elif name == "reference" and attribute(element, "type").strip() == "cover" and not guide_cover:
            target = resolve(path, attribute(element, "href"))
            guide_cover = target[0] if target else ""
        elif name in ("metadata", "dc-metadata", "x-metadata"):
            metas.extend(_metas(element))
    return Package(
        path=path,
        version=attribute(root, "version").strip(),
        unique_identifier=attribute(root, "unique-identifier").strip(),
        metas=tuple(metas),
        items=tuple(items),
        spine=tuple(spine),
        ncx_id=ncx_id,
        guide_cover=guide_cover,
        by_id={item.id: item for item in reversed(items)},
    )


def _item(element: etree._Element, base: str) -> Item:
    href = attribute(element, "href").strip()
    target = resolve(base, href) if href else None
    return Item(
        id=attribute(element, "id").strip(),
        href=href,
        path=target[0] if target else "",
        media_type=attribute(element, "media-type").strip().lower(),
        properties=frozenset(attribute(element, "properties").split()),
        line=line_of(element),
    )


def _metas(metadata: etree._Element) -> Iterator[Meta]:
    for element in metadata:
        name = local_name(element)
        text = " ".join("".join(str(part) for part in element.itertext()).split()) if name else ""
        refines = attribute(element, "refines").strip().removeprefix("#")
        scheme, own_id = attribute(element, "scheme").strip(), attribute(element, "id").strip()
        if name == "meta":
            prop = attribute(element, "property").strip()
            value = text if prop else attribute(element, "content").strip()
            yield Meta(prop or attribute(element, "name").strip(), value, own_id, refines, scheme)
        elif name == "link":
            yield Meta(f"link:{attribute(element, 'rel').strip()}", attribute(element, "href").strip(), own_id, refines)
        elif name and name not in ("dc-metadata", "x-metadata"):
            yield Meta(f"dc:{name.lower()}", text, own_id, refines, scheme)


def title_of(package: Package) -> str | None:
    """Return the main title: the one marked `title-type: main`, else the first."""
    titles = [meta for meta in package.metas if meta.name == "dc:title" and meta.value]
    main = {meta.refines for meta in package.metas if meta.name == "title-type" and meta.value == "main"}
    return next((title.value for title in titles if title.id in main - {""}), titles[0].value if titles else None)


def identifier_of(package: Package) -> str | None:
    """Return the identifier that the package names as the book's own; None where it names none."""
    for meta in package.metas:
        if meta.name == "dc:identifier" and meta.id and meta.id == package.unique_identifier:
            return meta.value or None
    return None


def isbn_in(package: Package) -> str | None:
    """Return the first ISBN among the identifiers, without hyphens; None where there is none."""
    # ONIX code list 5: 02 is an ISBN-10, 15 an ISBN-13.
    marked = {
        meta.refines: "isbn"
        for meta in package.metas
        if meta.name == "identifier-type" and meta.value.strip().lower() in ("02", "15", "isbn")
    }
    for meta in package.metas:
        if meta.name == "dc:identifier":
            scheme = meta.scheme or (marked.get(meta.id, "") if meta.id else "")
            if isbn := isbn_of(meta.value, scheme):
                return isbn
    return None
