"""Facts from the package metadata."""

from __future__ import annotations

from deliverlint_ebook.answers import Answer, listing, text
from deliverlint_ebook.package import Package, identifier_of, isbn_in, title_of


def metadata_facts(package: Package) -> Answer:
    creators = [text(value) or "" for value in package.values("dc:creator")]
    return {
        "ebook.version": text(package.version),
        "ebook.title": text(title_of(package)),
        "ebook.creators": listing(creators) or None,
        "ebook.language": text(package.first("dc:language")),
        "ebook.publisher": text(package.first("dc:publisher")),
        "ebook.identifier": text(identifier_of(package)),
        "ebook.isbn": text(isbn_in(package)),
        "ebook.modified": text(package.first("dcterms:modified")),
        "ebook.fixed_layout": _is_fixed(package),
        **_accessibility(package),
    }


def _is_fixed(package: Package) -> bool:
    """EPUB 3 says `rendition:layout`; older Kindle books say `fixed-layout`."""
    if "pre-paginated" in package.values("rendition:layout"):
        return True
    return any(value.lower() == "true" for value in package.values("fixed-layout"))


def _accessibility(package: Package) -> Answer:
    """Collect the discovery metadata (EPUB Accessibility 1.1, discoverability and conformance reporting)."""

    def collected(*names: str) -> list[str] | None:
        values = [text(value) or "" for name in names for value in package.values(name)]
        return listing(dict.fromkeys(values)) or None

    return {
        "ebook.accessibility.access_modes": collected("schema:accessMode"),
        "ebook.accessibility.sufficient_modes": collected("schema:accessModeSufficient"),
        "ebook.accessibility.features": collected("schema:accessibilityFeature"),
        "ebook.accessibility.hazards": collected("schema:accessibilityHazard"),
        "ebook.accessibility.summary": text(package.first("schema:accessibilitySummary")),
        "ebook.accessibility.conforms_to": collected("dcterms:conformsTo", "link:dcterms:conformsTo"),
    }
