"""Books written by hand for the tests: a whole small EPUB whose parts can be replaced, added or left out."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from deliverlint_ebook.epub import measure
from deliverlint_ebook.facts import FACTS

from deliverlint.spec import Source
from deliverlint.values import Unmeasured

ALL_FACTS = frozenset(spec.name for spec in FACTS)
DATE = (2026, 1, 1, 0, 0, 0)


def png(width: int, height: int, colour_type: int = 2) -> bytes:
    """A PNG's head with any size stated; there need be no pixels behind it."""
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, colour_type, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 16)) + chunk(b"IEND", b"")
    )


CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles>
    <rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
"""

METADATA = """<dc:identifier id="pub-id">urn:uuid:0b5b3a0c-6c39-4d9b-9c43-8b8f1f0a2f11</dc:identifier>
    <dc:title>The Lamp on the Quay</dc:title>
    <dc:creator>Ann Example</dc:creator>
    <dc:language>en-GB</dc:language>
    <meta property="dcterms:modified">2026-01-01T00:00:00Z</meta>"""

MANIFEST = """<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
    <item id="c1" href="text/one.xhtml" media-type="application/xhtml+xml"/>
    <item id="c2" href="text/two.xhtml" media-type="application/xhtml+xml"/>
    <item id="cover" href="images/cover.png" media-type="image/png" properties="cover-image"/>
    <item id="css" href="book.css" media-type="text/css"/>"""

SPINE = """<itemref idref="c1"/>
    <itemref idref="c2"/>"""


def package(
    metadata: str = METADATA, manifest: str = MANIFEST, spine: str = SPINE, more: str = "", version: str = "3.0"
) -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="{version}" unique-identifier="pub-id">
  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
    {metadata}
  </metadata>
  <manifest>
    {manifest}
  </manifest>
  <spine>
    {spine}
  </spine>
  {more}
</package>
"""


def page(body: str, head: str = "") -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>A page</title>{head}</head>
<body>{body}</body>
</html>
"""


def nav(*lines: str) -> str:
    entries = "".join(f"<li>{line}</li>\n" for line in lines)
    return page(f'<nav epub:type="toc"><h1>Contents</h1><ol>\n{entries}</ol></nav>')


SOUND: dict[str, str | bytes] = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "OEBPS/content.opf": package(),
    "OEBPS/nav.xhtml": nav('<a href="text/one.xhtml">One</a>', '<a href="text/two.xhtml#sea">Two</a>'),
    "OEBPS/text/one.xhtml": page("<h1>One</h1>\n<p>The lamp went out at <em>nine</em>.</p>"),
    "OEBPS/text/two.xhtml": page('<h1 id="sea">Two</h1>\n<p>The sea came <a href="one.xhtml">back</a>.</p>'),
    "OEBPS/images/cover.png": png(1600, 2560),
    "OEBPS/book.css": "body { margin: 0 }",
}


def write(path: Path, changes: Mapping[str, str | bytes | None] | None = None, compress_mimetype: bool = False) -> Path:
    """Write the sound book with files replaced, added, or (None) left out."""
    files = {**SOUND, **(changes or {})}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            if data is None:
                continue
            info = zipfile.ZipInfo(name, DATE)
            stored = name == "mimetype" and not compress_mimetype
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return path


def facts_of(path: Path, *wanted: str) -> dict[str, Any]:
    """Measure a book; the names are given without `ebook.`; all facts where none is named."""
    names = frozenset(f"ebook.{name}" for name in wanted) or ALL_FACTS
    answer = measure(Source(path=path, name=path.name, format="EPUB"), names)
    assert set(answer) == names
    return {name.removeprefix("ebook."): value for name, value in answer.items()}


def fact(path: Path, name: str) -> Any:
    return facts_of(path, name)[name]


def reason(value: Any) -> str:
    assert isinstance(value, Unmeasured), f"measured: {value!r}"
    return value.reason
