"""Deliveries of a book: `novel` passes publisher/kdp-ebook, `draft` has most of what goes wrong with one."""

from __future__ import annotations

import datetime
import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

from ebooklib import epub
from PIL import Image, ImageDraw, ImageFont

_DAY = datetime.datetime(2026, 11, 1, 9, 0, 0)
_TITLE, _AUTHOR = "The Lamp on the Quay", "Ann Example"
_ACCESSIBILITY = (
    ("schema:accessMode", "textual"),
    ("schema:accessMode", "visual"),
    ("schema:accessModeSufficient", "textual"),
    ("schema:accessibilityFeature", "tableOfContents"),
    ("schema:accessibilityFeature", "alternativeText"),
    ("schema:accessibilityHazard", "none"),
    ("schema:accessibilitySummary", "The one picture, the cover, has an alternative text."),
    ("dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.1 Level AA"),
)


def make(folder: Path) -> None:
    novel(folder / "publisher" / "novel")
    draft(folder / "publisher" / "draft")


def novel(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    cover = _cover("RGB", 1600, 2560)
    (folder / "cover.jpg").write_bytes(cover)
    _pack(folder / "novel.epub", _book(cover))
    _write(folder / "docs" / "rights-statement.md", _RIGHTS)
    _write(folder / "attestations.yaml", _ATTESTATIONS.format(sha256=hashlib.sha256(cover).hexdigest()))
    _write(folder / "delivery.yaml", _NOVEL_MANIFEST)


def draft(folder: Path) -> None:
    """The same book as somebody sends it who has never delivered one."""
    folder.mkdir(parents=True, exist_ok=True)
    files = _book(_cover("RGB", 1600, 2560))
    package = files["EPUB/content.opf"].decode()
    for old, new in (
        ("<dc:language>en</dc:language>", ""),
        ("9781234567897", "9781234567890"),
        (f"<dc:title>{_TITLE}</dc:title>", f"<dc:title>{_TITLE}: A Bestselling Novel</dc:title>"),
        (' properties="nav"', ""),
        (' toc="ncx"', ""),
        ('idref="chapter_2"', 'idref="chapter_two"'),
        ("2026-11-01T09:00:00Z", "2026-11-01"),
        (' properties="cover-image"', ""),
    ):
        assert old in package, f"the package document has no {old}"
        package = package.replace(old, new)
    package = re.sub(r'<meta property="schema:accessibilityHazard">.*?</meta>|<item [^>]*ncx[^>]*/>', "", package)
    package = package.replace('<meta name="cover" content="cover-img"></meta>', "")
    files["EPUB/content.opf"] = package.encode()
    del files["EPUB/toc.ncx"]
    first = files["EPUB/chapter_1.xhtml"].decode()
    picture = '<p><img src="https://example.com/harbour.jpg"/></p>\n<p>The tide waits&nbsp;for nobody.</p></body>'
    files["EPUB/chapter_1.xhtml"] = first.replace("</body>", picture).encode()
    files["EPUB/notes to self.txt"] = b"Ask somebody to read chapter two before this goes out.\n"
    # A program that packs folders in the order of their names does not put the media type first.
    _pack(folder / "final_FINAL(2).epub", dict(sorted(files.items())))
    (folder / "cover draft.jpg").write_bytes(_cover("CMYK", 960, 600))
    _write(folder / "delivery.yaml", _DRAFT_MANIFEST)


def _book(cover: bytes) -> dict[str, bytes]:
    """Write the book with ebooklib and return its files, without what differs from day to day."""
    book = epub.EpubBook()
    book.set_identifier("urn:isbn:9781234567897")
    book.set_title(_TITLE)
    book.set_language("en")
    book.add_author(_AUTHOR)
    book.add_metadata("DC", "publisher", "Example House")
    for name, value in _ACCESSIBILITY:
        book.add_metadata(None, "meta", value, {"property": name})
    book.set_cover("images/cover.jpg", cover, create_page=False)
    style = epub.EpubItem(uid="style", file_name="book.css", media_type="text/css", content=_STYLE.encode())
    book.add_item(style)
    pages = [
        _page("title", _TITLE, f'<p>{_AUTHOR}</p><p><img src="images/cover.jpg" alt="A lamp over dark water"/></p>')
    ]
    for number, (heading, text) in enumerate(_CHAPTERS, start=1):
        paragraphs = "\n".join(f"<p>{' '.join(part.split())}</p>" for part in text.strip().split("\n\n"))
        pages.append(_page(f"chapter_{number}", heading, paragraphs))
    for page in pages:
        page.add_item(style)
        book.add_item(page)
    book.toc = pages
    book.spine = pages
    book.add_item(epub.EpubNcx())
    book.add_item(epub.EpubNav())
    written = io.BytesIO()
    epub.write_epub(written, book, {"mtime": _DAY})
    with zipfile.ZipFile(written) as archive:
        files = {info.filename: archive.read(info) for info in archive.infolist()}
    package = files["EPUB/content.opf"].decode()
    # The library's version would change the book with every release of it.
    files["EPUB/content.opf"] = re.sub(r'<meta name="generator"[^>]*/>', "", package).encode()
    return files


def _page(name: str, heading: str, body: str) -> epub.EpubHtml:
    page = epub.EpubHtml(uid=name, title=heading, file_name=f"{name}.xhtml", lang="en")
    page.content = f"<h1>{heading}</h1>\n{body}"
    return page


def _pack(path: Path, files: Mapping[str, bytes]) -> None:
    """Write a ZIP in the order of `files`, the media type stored, all of it dated the same day."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _DAY.timetuple()[:6])
            info.create_system = 0
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)


def _cover(mode: str, width: int, height: int) -> bytes:
    """Draw a lamp over water with the title on it, as a JPEG."""
    picture = Image.new("RGB", (width, height), (24, 38, 66))
    draw = ImageDraw.Draw(picture)
    unit = min(width, height) // 16
    middle, sea = width // 2, height * 3 // 5
    draw.rectangle((0, sea, width, height), fill=(12, 60, 74))
    for step in range(6):
        half = unit * (6 - step) // 2
        draw.line(
            (middle - half, sea + unit * (step + 1), middle + half, sea + unit * (step + 1)), (214, 178, 92), unit // 4
        )
    draw.line((middle, sea, middle, height // 3), fill=(120, 120, 128), width=unit // 2)
    draw.ellipse((middle - unit, height // 3 - unit, middle + unit, height // 3 + unit), fill=(250, 214, 120))
    font = ImageFont.load_default(size=unit * 1.5)
    draw.text((middle, height // 8), _TITLE, font=font, fill=(240, 236, 220), anchor="mm")
    draw.text(
        (middle, height - 2 * unit), _AUTHOR, font=ImageFont.load_default(size=unit), fill=(240, 236, 220), anchor="mm"
    )
    written = io.BytesIO()
    picture.convert(mode).save(written, "JPEG", quality=60, optimize=True)
    return written.getvalue()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


_NOVEL_MANIFEST = f"""\
title: {_TITLE}
id: LAMP-001
rulesets: [publisher/kdp-ebook]
territories: [US, GB]
uses_ai: no
assets:
  - {{path: novel.epub, roles: [book]}}
  - {{path: cover.jpg, roles: [cover]}}
documents:
  rights-statement: docs/rights-statement.md
  attestations: attestations.yaml
"""

_DRAFT_MANIFEST = f"""\
title: {_TITLE}
rulesets: [publisher/kdp-ebook]
uses_ai: yes
"""

_ATTESTATIONS = """\
lines:
  - rule: title-on-cover
    outcome: pass
    person: Ann Example
    capacity: author
    date: 2026-11-01
    asset: cover.jpg
    sha256: {sha256}
"""

_RIGHTS = f"""\
# Statement of rights

- Work: {_TITLE}
- Delivered by: Example House

We hold the rights listed here and may grant them for this delivery.

- Rights: reproduction and sale as an ebook
- Territory: United States, United Kingdom
- Term, from and until: 2026-11-01 until 2036-10-31
- Copyright line: © 2026 Ann Example
- Material of others in the work, and on what ground it is used, or none: none
- Claims of others that we know of, or none: none

## Signed

- Name and capacity: Ann Example, author
- Company: Example House
- Place and date (year-month-day): Exampleton, 2026-11-01
- Signature: Ann Example
"""

_STYLE = """\
body { margin: 0 5%; line-height: 1.4 }
h1 { margin: 3em 0 1em; font-size: 1.4em }
p { margin: 0; text-indent: 1.2em }
h1 + p { text-indent: 0 }
"""

_CHAPTERS = (
    (
        "The Lamp",
        """
        The lamp on the quay had been lit every evening since the harbour was built, and nobody could remember who
        had been asked to do it. There was a book for such things in the customs house, but the page was missing.

        So when it stayed dark on the last Friday of October, the whole street came out to look at it, as people
        come out to look at a house that has burned. They stood in their slippers. Somebody had brought a ladder, and
        held it, and did not put it anywhere.

        "It is only a lamp," said the baker, who had to be up at three.

        "Then light it," said the harbour master, and gave him the matches.
        """,
    ),
    (
        "The Ledger",
        """
        The baker had never climbed anything higher than a flour sack. From the top of the ladder he could see the
        bar, and the buoy beyond the bar, and beyond the buoy a small green light that had no business there.

        He lit the wick. The green light stopped, turned, and began to come in along the channel, slowly, the way a
        person walks who has been told that the floor is wet.

        When the boat had tied up, the woman who stepped out of it asked for the harbour master and paid the dues for
        eleven years, in coins, out of a biscuit tin. Then she asked who had lit the lamp.

        "I did," said the baker.

        "Then you had better have this," she said, and gave him a folded page.
        """,
    ),
    (
        "The Page",
        """
        It was the page from the customs house. It had the names of everybody who had ever lit the lamp, one below
        the other, in ink of many colours, and the last of them was hers.

        Below it there was a line, and nothing on the line.

        The baker looked at the page for as long as a loaf takes. Then he went down to his shop, because it was
        nearly three; and when the first customers came, they found the page pinned up behind the counter, with one
        name more on it and flour in the folds.

        That evening the lamp was lit at six. It has been lit at six ever since, and bread on that street is a
        little late, and nobody says a word about it.
        """,
    ),
)
