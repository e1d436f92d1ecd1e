"""The facts of a book, as data."""

from __future__ import annotations

from deliverlint.spec import Cost, FactSpec, FactType

PROBE = "ebook.epub"
COLOR_SPACES = ("RGB", "Greyscale", "CMYK", "Lab", "Bilevel")  # as the facts image.* call them
PICTURE_FORMATS = ("JPEG", "PNG", "GIF", "WebP", "SVG", "TIFF", "BMP")
DRM = ("Adobe ADEPT", "Readium LCP", "Apple FairPlay", "unknown")


def _fact(
    name: str,
    type: FactType,
    label: str,
    meaning: str,
    unit: str = "",
    values: tuple[str, ...] = (),
    cost: Cost = "header",
) -> FactSpec:
    return FactSpec(
        name=f"ebook.{name}", type=type, label=label, meaning=meaning, unit=unit, values=values, cost=cost, probe=PROBE
    )


CONTAINER = [
    _fact("damage", "texts", "damage", "What keeps the book from being opened and read; none for a sound book."),
    _fact("unsafe_entries", "texts", "unsafe file names", "Entries of the ZIP that lead outside, hide or collide."),
    _fact(
        "damaged_files",
        "texts",
        "damaged files",
        "Files of the book whose bytes do not agree with their checksum.",
        cost="scan",
    ),
    _fact(
        "mimetype_ok", "yes/no", "media type entry in order", "Whether `mimetype` comes first, stored, and is right."
    ),
    _fact("mimetype.problems", "texts", "faults of the media type entry", "What is wrong with the `mimetype` entry."),
    _fact("container.problems", "texts", "faults of META-INF/container.xml", "What is wrong with container.xml."),
    _fact("packages", "number", "number of package documents", "How many package documents container.xml names."),
    _fact("encrypted", "yes/no", "encrypted", "Whether content other than obfuscated fonts is encrypted."),
    _fact("drm", "text", "copy protection", "Whose copy protection the book carries; absent for none.", values=DRM),
    _fact(
        "font_obfuscation", "yes/no", "fonts obfuscated", "Whether fonts are obfuscated (this is no copy protection)."
    ),
]

METADATA = [
    _fact(
        "version",
        "text",
        "EPUB version",
        "Version that the package document states: 3.0 for all of EPUB 3 but 3.1.",
        values=("1.0", "1.2", "2.0", "3.0", "3.1"),
    ),
    _fact("title", "text", "title", "Main title in the package metadata."),
    _fact("creators", "texts", "creators", "Authors and other creators in the package metadata."),
    _fact("language", "text", "language", "First language in the package metadata, as a BCP 47 tag."),
    _fact("publisher", "text", "publisher", "Publisher in the package metadata."),
    _fact("identifier", "text", "identifier", "Identifier that the package names as the book's own."),
    _fact("isbn", "text", "ISBN", "First ISBN among the identifiers, without hyphens, right or wrong."),
    _fact("modified", "text", "date of last change", "dcterms:modified of the package metadata."),
    _fact("fixed_layout", "yes/no", "fixed layout", "Whether the pages are laid out for one fixed size."),
]

ACCESSIBILITY = [
    _fact(
        "accessibility.access_modes", "texts", "access modes", "schema:accessMode: senses that the content speaks to."
    ),
    _fact(
        "accessibility.sufficient_modes",
        "texts",
        "sufficient access modes",
        "schema:accessModeSufficient: sets of senses that suffice to read everything.",
    ),
    _fact("accessibility.features", "texts", "accessibility features", "schema:accessibilityFeature."),
    _fact(
        "accessibility.hazards", "texts", "accessibility hazards", "schema:accessibilityHazard: flashing, sound, ..."
    ),
    _fact("accessibility.summary", "text", "accessibility summary", "schema:accessibilitySummary."),
    _fact("accessibility.conforms_to", "texts", "accessibility claims", "dcterms:conformsTo: standards claimed."),
]

AGREEMENT = [
    _fact("manifest.missing", "texts", "manifest entries without a file", "Manifest entries whose file is not there."),
    _fact(
        "manifest.unlisted", "texts", "files the manifest does not list", "Files in the book that no manifest lists."
    ),
    _fact("manifest.duplicates", "texts", "manifest entries given twice", "Ids and files that the manifest has twice."),
    _fact(
        "manifest.wrong_types",
        "texts",
        "pictures declared as another format",
        "Manifest entries whose media type is not what the file is.",
    ),
    _fact("spine.broken", "texts", "broken spine entries", "Entries of the reading order that lead to no page."),
    _fact("chapters", "number", "number of chapters", "Pages in the main (linear) reading order."),
    _fact(
        "navigation",
        "text",
        "table of contents",
        "Where the table of contents is: EPUB 3 navigation document, EPUB 2 NCX, or none with an entry.",
        values=("nav", "ncx", "none"),
    ),
    _fact("navigation.entries", "number", "lines of the table of contents", "Links in the table of contents."),
    _fact(
        "navigation.broken_links",
        "texts",
        "broken lines of the table of contents",
        "Entries of the table of contents that lead to no file or place of the book.",
    ),
]

PAGES = [
    _fact("words", "number", "text length", "Words on the pages of the reading order.", unit="words", cost="scan"),
    _fact("empty_documents", "texts", "empty pages", "Pages with neither text nor picture.", cost="scan"),
    _fact("not_well_formed", "texts", "pages that are not well-formed", "Pages that are no valid XML.", cost="scan"),
    _fact("links.broken", "texts", "broken links", "Links and pictures that lead to no file of the book.", cost="scan"),
    _fact("alt_missing", "texts", "pictures without alt text", "img elements without an alt attribute.", cost="scan"),
    _fact("scripts", "texts", "scripts", "Script elements, event handlers and script files.", cost="scan"),
    _fact(
        "remote_resources",
        "texts",
        "remote resources",
        "Pictures, styles, fonts and other parts that lie on another computer.",
        cost="scan",
    ),
]

_PICTURE = (
    FactSpec(name="path", type="text", label="path", meaning="Path inside the book."),
    FactSpec(name="format", type="text", label="picture format", meaning="Format by its head.", values=PICTURE_FORMATS),
    FactSpec(name="width", type="number", unit="px", label="picture width", meaning="Width."),
    FactSpec(name="height", type="number", unit="px", label="picture height", meaning="Height."),
    FactSpec(name="megapixels", type="number", unit="MP", label="picture area", meaning="Width times height."),
    FactSpec(name="color_space", type="text", label="colour space", meaning="Colour space.", values=COLOR_SPACES),
    FactSpec(name="size", type="number", unit="MB", label="picture file size", meaning="Size of the file."),
)

PICTURES = [
    _fact("cover.present", "yes/no", "cover in the book", "Whether the package marks a picture as cover."),
    _fact("cover.format", "text", "cover format", "Format of the cover in the book.", values=PICTURE_FORMATS),
    _fact("cover.width", "number", "cover width", "Width of the cover in the book.", unit="px"),
    _fact("cover.height", "number", "cover height", "Height of the cover in the book.", unit="px"),
    _fact("cover.color_space", "text", "cover colour space", "Colours of the cover in the book.", values=COLOR_SPACES),
    _fact("cover.size", "number", "cover file size", "Size of the cover in the book.", unit="MB"),
    FactSpec(
        name="ebook.images",
        type="records",
        label="pictures",
        meaning="Pictures in the book: path, format, width, height, megapixels, color_space, size.",
        probe=PROBE,
        fields=_PICTURE,
    ),
    _fact("images.count", "number", "number of pictures", "Pictures that the manifest lists."),
    _fact("images.largest", "number", "largest picture", "Area of the largest picture.", unit="MP"),
    _fact(
        "images.unreadable", "texts", "unreadable pictures", "Pictures whose header is damaged or of no known format."
    ),
]

FACTS = [*CONTAINER, *METADATA, *ACCESSIBILITY, *AGREEMENT, *PAGES, *PICTURES]
