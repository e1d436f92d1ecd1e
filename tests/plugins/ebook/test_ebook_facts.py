"""What is measured of a book that can be read."""

from pathlib import Path

import pytest
from deliverlint_ebook.epub import measure

from deliverlint.spec import Source
from tests.plugins.ebook.books import (
    ALL_FACTS,
    CONTAINER,
    MANIFEST,
    METADATA,
    SPINE,
    fact,
    facts_of,
    nav,
    package,
    page,
    png,
    reason,
    write,
)

OPF = "OEBPS/content.opf"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "book.epub"


def test_a_sound_book_has_nothing_wrong_with_it(book: Path) -> None:
    facts = facts_of(write(book))
    problems = [
        name
        for name, value in facts.items()
        if isinstance(value, list) and value and name not in ("creators", "images")
    ]
    assert problems == []
    assert facts["damage"] == []
    assert facts["mimetype_ok"] is True


def test_the_metadata_is_read(book: Path) -> None:
    facts = facts_of(write(book))
    assert facts["title"] == "The Lamp on the Quay"
    assert facts["creators"] == ["Ann Example"]
    assert facts["language"] == "en-GB"
    assert facts["version"] == "3.0"
    assert facts["identifier"] == "urn:uuid:0b5b3a0c-6c39-4d9b-9c43-8b8f1f0a2f11"
    assert facts["modified"] == "2026-01-01T00:00:00Z"
    assert facts["isbn"] is None
    assert facts["publisher"] is None


def test_what_the_metadata_leaves_out_is_absent_and_not_unmeasured(book: Path) -> None:
    facts = facts_of(write(book, {OPF: package(metadata="")}))
    names = ("title", "creators", "language", "identifier", "modified", "accessibility.hazards")
    assert [facts[name] for name in names] == [None] * len(names)


def test_an_empty_language_is_absent(book: Path) -> None:
    assert fact(write(book, {OPF: package(METADATA.replace("en-GB", " "))}), "language") is None


def test_the_main_title_is_preferred_to_an_earlier_one(book: Path) -> None:
    titles = """<dc:title id="s">Volume 2</dc:title><dc:title id="m">The Lamp</dc:title>
    <meta refines="#s" property="title-type">collection</meta><meta refines="#m" property="title-type">main</meta>"""
    assert fact(write(book, {OPF: package(titles)}), "title") == "The Lamp"


@pytest.mark.parametrize(
    "identifier",
    [
        '<dc:identifier id="i">urn:isbn:9780306406157</dc:identifier>',
        '<dc:identifier xmlns:opf="http://www.idpf.org/2007/opf" opf:scheme="ISBN">978-0-306-40615-7</dc:identifier>',
        '<dc:identifier id="i">978-0306406157</dc:identifier><meta refines="#i" property="identifier-type">15</meta>',
    ],
)
def test_an_isbn_is_found_however_it_is_marked(book: Path, identifier: str) -> None:
    assert fact(write(book, {OPF: package(METADATA + identifier)}), "isbn") == "9780306406157"


def test_accessibility_metadata_of_epub_3_and_2_is_read(book: Path) -> None:
    metadata = """<meta property="schema:accessMode">textual</meta><meta property="schema:accessMode">visual</meta>
    <meta name="schema:accessibilityHazard" content="none"/>
    <meta property="schema:accessibilityFeature">tableOfContents</meta>
    <meta property="schema:accessModeSufficient">textual</meta>
    <meta property="schema:accessibilitySummary">Pictures have texts.</meta>
    <meta property="dcterms:conformsTo">EPUB Accessibility 1.1 - WCAG 2.1 Level AA</meta>"""
    facts = facts_of(write(book, {OPF: package(METADATA + metadata)}))
    assert facts["accessibility.access_modes"] == ["textual", "visual"]
    assert facts["accessibility.hazards"] == ["none"]
    assert facts["accessibility.features"] == ["tableOfContents"]
    assert facts["accessibility.sufficient_modes"] == ["textual"]
    assert facts["accessibility.summary"] == "Pictures have texts."
    assert facts["accessibility.conforms_to"] == ["EPUB Accessibility 1.1 - WCAG 2.1 Level AA"]


@pytest.mark.parametrize(
    "mark",
    ['<meta property="rendition:layout">pre-paginated</meta>', '<meta name="fixed-layout" content="true"/>'],
)
def test_a_fixed_layout_is_seen(book: Path, mark: str) -> None:
    assert fact(write(book, {OPF: package(METADATA + mark)}), "fixed_layout") is True


# --- the container


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "is not there"),
        ("application/zip", "says 'application/zip'"),
        ("application/epub+zip\n", "says 'application/epub+zip"),
    ],
)
def test_a_wrong_media_type_entry_is_explained(book: Path, content: str | None, said: str) -> None:
    facts = facts_of(write(book, {"mimetype": content}))
    assert facts["mimetype_ok"] is False
    assert said in facts["mimetype.problems"][0]


def test_a_compressed_media_type_entry_is_named(book: Path) -> None:
    assert fact(write(book, compress_mimetype=True), "mimetype.problems") == ["mimetype is compressed"]


def test_a_book_without_container_xml_is_read_by_its_only_package(book: Path) -> None:
    facts = facts_of(write(book, {"META-INF/container.xml": None}))
    assert facts["container.problems"] == ["META-INF/container.xml is not in the book"]
    assert facts["title"] == "The Lamp on the Quay"


def test_a_container_that_names_a_missing_package_says_so_with_the_line(book: Path) -> None:
    problems = fact(
        write(book, {"META-INF/container.xml": CONTAINER.replace("content", "other")}), "container.problems"
    )
    assert problems == ["META-INF/container.xml:4 names 'OEBPS/other.opf', which is not in the book"]


def test_several_packages_are_counted(book: Path) -> None:
    second = '<rootfile full-path="OEBPS/b.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    files = {"META-INF/container.xml": CONTAINER.replace("</rootfiles>", second), "OEBPS/b.opf": package()}
    facts = facts_of(write(book, files))
    assert facts["packages"] == 2
    assert facts["manifest.unlisted"] == []


def test_a_package_that_is_not_well_formed_is_the_damage_with_its_line(book: Path) -> None:
    facts = facts_of(write(book, {OPF: package().replace("</metadata>", "")}))
    assert facts["damage"][0].startswith("cannot be read: OEBPS/content.opf:")
    assert "is not well-formed" in facts["damage"][0]
    assert reason(facts["title"]) == facts["damage"][0]


# --- manifest, reading order, table of contents


def test_a_manifest_entry_without_a_file_is_named_with_its_line(book: Path) -> None:
    assert fact(write(book, {"OEBPS/book.css": None}), "manifest.missing") == [
        "OEBPS/content.opf:15 names 'OEBPS/book.css', which is not in the book"
    ]


def test_a_name_in_other_letters_is_hinted_at(book: Path) -> None:
    missing = fact(write(book, {"OEBPS/book.css": None, "OEBPS/Book.css": ""}), "manifest.missing")
    assert missing[0].endswith("(there is 'OEBPS/Book.css')")


def test_a_manifest_entry_outside_the_book_is_named(book: Path) -> None:
    item = '<item id="x" href="../../etc/passwd" media-type="text/plain"/>'
    assert "lies outside the book" in fact(write(book, {OPF: package(manifest=MANIFEST + item)}), "manifest.missing")[0]


def test_files_that_the_manifest_does_not_list_are_named(book: Path) -> None:
    unlisted = fact(
        write(book, {"OEBPS/notes.txt": "x", ".DS_Store": "x", "META-INF/signatures.xml": "<a/>"}), "manifest.unlisted"
    )
    assert unlisted == ["OEBPS/notes.txt", ".DS_Store"]


def test_percent_encoded_names_are_understood(book: Path) -> None:
    item = '<item id="x" href="my%20notes.txt" media-type="text/plain"/>'
    facts = facts_of(write(book, {OPF: package(manifest=MANIFEST + item), "OEBPS/my notes.txt": "x"}))
    assert facts["manifest.missing"] == facts["manifest.unlisted"] == []


def test_an_id_and_a_file_listed_twice_are_named_with_both_lines(book: Path) -> None:
    item = '\n<item id="css" href="o.css" media-type="text/css"/>\n<item id="y" href="book.css" media-type="text/css"/>'
    assert fact(write(book, {OPF: package(manifest=MANIFEST + item)}), "manifest.duplicates") == [
        "OEBPS/content.opf:16 has the id 'css' of line 15",
        "OEBPS/content.opf:17 lists 'OEBPS/book.css' again (first on line 15)",
    ]


@pytest.mark.parametrize(
    ("spine", "said"),
    [
        (SPINE + '\n<itemref idref="c3"/>', "OEBPS/content.opf:20 refers to 'c3', which the manifest does not have"),
        (SPINE + '\n<itemref idref="c1"/>', "OEBPS/content.opf:20 refers to 'c1' again"),
        (
            SPINE + '\n<itemref idref="cover"/>',
            "OEBPS/content.opf:20 leads to 'OEBPS/images/cover.png', which is no page",
        ),
        ("", "OEBPS/content.opf has no reading order"),
    ],
)
def test_a_broken_reading_order_is_named_with_its_line(book: Path, spine: str, said: str) -> None:
    (problem,) = fact(write(book, {OPF: package(spine=spine)}), "spine.broken")
    assert problem.startswith(said)


def test_a_spine_entry_whose_file_is_missing_is_broken(book: Path) -> None:
    (problem,) = fact(write(book, {"OEBPS/text/two.xhtml": None}), "spine.broken")
    assert "leads to 'text/two.xhtml', which is not in the book" in problem


def test_chapters_are_the_pages_of_the_main_reading_order(book: Path) -> None:
    spine = SPINE.replace('idref="c2"', 'idref="c2" linear="no"')
    assert (fact(write(book), "chapters"), fact(write(book, {OPF: package(spine=spine)}), "chapters")) == (2, 1)


def test_the_navigation_document_is_the_table_of_contents(book: Path) -> None:
    facts = facts_of(write(book), "navigation", "navigation.entries")
    assert facts == {"navigation": "nav", "navigation.entries": 2}


def test_an_ncx_serves_where_there_is_no_navigation_document(book: Path) -> None:
    ncx = """<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint>
    <content src="text/one.xhtml"/></navPoint></navMap></ncx>"""
    manifest = (
        MANIFEST.replace(' properties="nav"', "")
        + '<item id="ncx" href="t.ncx" media-type="application/x-dtbncx+xml"/>'
    )
    facts = facts_of(
        write(book, {OPF: package(manifest=manifest), "OEBPS/t.ncx": ncx}), "navigation", "navigation.entries"
    )
    assert facts == {"navigation": "ncx", "navigation.entries": 1}


def test_an_empty_navigation_document_is_none(book: Path) -> None:
    assert fact(write(book, {"OEBPS/nav.xhtml": nav()}), "navigation") == "none"


def test_a_table_of_contents_that_cannot_be_read_is_unmeasured(book: Path) -> None:
    assert "OEBPS/nav.xhtml:" in reason(fact(write(book, {"OEBPS/nav.xhtml": "<html>"}), "navigation"))


def test_lines_of_the_table_of_contents_that_lead_nowhere_are_named(book: Path) -> None:
    broken = nav(
        '<a href="text/three.xhtml">3</a>', '<a href="text/two.xhtml#sky">2</a>', '<a href="text/one.xhtml">1</a>'
    )
    facts = facts_of(write(book, {"OEBPS/nav.xhtml": broken}))
    assert facts["navigation.broken_links"] == [
        "OEBPS/nav.xhtml:5 leads to 'OEBPS/text/three.xhtml', which is not in the book",
        "OEBPS/nav.xhtml:6 leads to 'OEBPS/text/two.xhtml#sky', a place that is not there",
    ]
    assert facts["links.broken"] == []  # said once


# --- pages


def test_words_are_counted_as_a_reader_would(book: Path) -> None:
    body = (
        "<h1>One</h1><p>Two thr<em>ee</em> <b>four</b>.<!-- not counted --></p><script>not counted</script><p>five</p>"
    )
    pages = {"OEBPS/text/one.xhtml": page(body), "OEBPS/text/two.xhtml": page("<p>six—seven <br/>eight</p>")}
    assert fact(write(book, pages), "words") == 7


def test_characters_are_counted_where_words_have_no_spaces(book: Path) -> None:
    pages = {"OEBPS/text/one.xhtml": page("<p>海は静か。</p>"), "OEBPS/text/two.xhtml": page("<p>one</p>")}
    assert fact(write(book, pages), "words") == 4 + 1


def test_utf_16_pages_are_read(book: Path) -> None:
    text = page("<p>Eins zwei drei.</p>").replace("utf-8", "utf-16")
    pages = {"OEBPS/text/one.xhtml": text.encode("utf-16"), "OEBPS/text/two.xhtml": page("<p>vier</p>")}
    facts = facts_of(write(book, pages), "words", "not_well_formed")
    assert facts == {"words": 4, "not_well_formed": []}


def test_named_entities_of_a_doctype_do_not_run_words_together(book: Path) -> None:
    doctype = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'
    old = page("<p>one&nbsp;two&mdash;</p>").replace("<html", f"{doctype}<html")
    facts = facts_of(
        write(book, {"OEBPS/text/one.xhtml": old, "OEBPS/text/two.xhtml": page("")}), "words", "not_well_formed"
    )
    assert facts == {"words": 2, "not_well_formed": []}


def test_the_short_doctype_of_epub_3_defines_no_entities(book: Path) -> None:
    new = page("<p>one&nbsp;two</p>").replace("<html", "<!DOCTYPE html><html")
    (problem,) = fact(write(book, {"OEBPS/text/one.xhtml": new}), "not_well_formed")
    assert problem == "OEBPS/text/one.xhtml:4 is not well-formed: Entity 'nbsp' not defined"


def test_a_page_that_is_not_well_formed_is_named_with_its_line_and_read_on(book: Path) -> None:
    facts = facts_of(write(book, {"OEBPS/text/two.xhtml": page("<p>one two\n<b>three</p>")}))
    assert len(facts["not_well_formed"]) == 1
    assert facts["not_well_formed"][0].startswith(
        "OEBPS/text/two.xhtml:5 is not well-formed: Opening and ending tag mismatch"
    )
    assert facts["words"] == 7 + 3


def test_an_empty_page_is_named(book: Path) -> None:
    assert fact(write(book, {"OEBPS/text/two.xhtml": page("<p> </p>")}), "empty_documents") == [
        "OEBPS/text/two.xhtml (OEBPS/content.opf:19)"
    ]


def test_a_page_with_only_a_picture_is_not_empty(book: Path) -> None:
    pages = {"OEBPS/text/two.xhtml": page('<img src="../images/cover.png" alt="Cover"/>')}
    assert fact(write(book, pages), "empty_documents") == []


def test_pictures_without_alt_are_named_and_decorative_ones_are_not(book: Path) -> None:
    body = '\n<img src="../images/cover.png"/>\n<img src="../images/cover.png" alt=""/>'
    assert fact(write(book, {"OEBPS/text/two.xhtml": page(body)}), "alt_missing") == ["OEBPS/text/two.xhtml:5"]


def test_scripts_and_event_handlers_are_named(book: Path) -> None:
    body = '\n<p onclick="go()">x</p>\n<script type="application/ld+json">{}</script>'
    facts = facts_of(write(book, {"OEBPS/text/two.xhtml": page(body, head="<script>go()</script>")}))
    assert facts["scripts"] == ["OEBPS/text/two.xhtml:3", "OEBPS/text/two.xhtml:5"]


def test_remote_parts_are_named_and_links_for_the_reader_are_not(book: Path) -> None:
    body = '\n<img src="https://a.example/x.png" alt=""/><a href="https://a.example/">site</a>'
    css = "/* url(http://a.example/comment.ttf)\n*/ @font-face { src: url('//a.example/f.ttf') }"
    facts = facts_of(write(book, {"OEBPS/text/two.xhtml": page(body), "OEBPS/book.css": css}))
    assert facts["remote_resources"] == [
        "OEBPS/text/two.xhtml:5 loads https://a.example/x.png",
        "OEBPS/book.css:2 loads //a.example/f.ttf",
    ]
    assert facts["links.broken"] == []


def test_links_and_pictures_that_lead_nowhere_are_named(book: Path) -> None:
    body = '\n<img src="gone.png" alt=""/>\n<a href="one.xhtml#gone">x</a> <a href="mailto:a@b.example">x</a>'
    assert fact(write(book, {"OEBPS/text/two.xhtml": page('<h1 id="sea"/>' + body)}), "links.broken") == [
        "OEBPS/text/two.xhtml:5 leads to 'OEBPS/text/gone.png', which is not in the book",
        "OEBPS/text/two.xhtml:6 leads to 'OEBPS/text/one.xhtml#gone', a place that is not there",
    ]


# --- pictures


def test_the_cover_is_measured(book: Path) -> None:
    facts = facts_of(write(book))
    assert (facts["cover.present"], facts["cover.format"], facts["cover.color_space"]) == (True, "PNG", "RGB")
    assert (facts["cover.width"], facts["cover.height"]) == (1600, 2560)


def test_the_cover_of_an_epub_2_is_found_by_its_meta(book: Path) -> None:
    manifest = MANIFEST.replace(' properties="cover-image"', "")
    metadata = METADATA + '<meta name="cover" content="cover"/>'
    assert fact(write(book, {OPF: package(metadata, manifest)}), "cover.width") == 1600


def test_the_cover_is_found_on_the_guides_cover_page(book: Path) -> None:
    manifest = MANIFEST.replace(' properties="cover-image"', "")
    guide = '<guide><reference type="cover" href="text/one.xhtml"/></guide>'
    cover_page = page('<img src="../images/cover.png" alt="Cover"/>')
    opf = package(manifest=manifest, more=guide)
    assert fact(write(book, {OPF: opf, "OEBPS/text/one.xhtml": cover_page}), "cover.width") == 1600


def test_a_book_without_a_cover_has_none(book: Path) -> None:
    facts = facts_of(write(book, {OPF: package(manifest=MANIFEST.replace(' properties="cover-image"', ""))}))
    assert (facts["cover.present"], facts["cover.width"]) == (False, None)


def test_a_picture_declared_as_another_format_is_named(book: Path) -> None:
    opf = package(manifest=MANIFEST.replace("image/png", "image/jpeg"))
    assert fact(write(book, {OPF: opf}), "manifest.wrong_types") == [
        "OEBPS/content.opf:14 declares 'OEBPS/images/cover.png' as image/jpeg; it is PNG"
    ]


def test_pictures_are_listed_with_their_size(book: Path) -> None:
    item = '<item id="p" href="images/map.png" media-type="image/png"/>'
    facts = facts_of(write(book, {OPF: package(manifest=MANIFEST + item), "OEBPS/images/map.png": png(3000, 2000, 0)}))
    assert facts["images.count"] == 2
    assert facts["images.largest"] == 6.0
    map_record = facts["images"][1]
    assert (map_record["path"], map_record["width"], map_record["color_space"]) == (
        "OEBPS/images/map.png",
        3000,
        "Greyscale",
    )


def test_a_picture_that_is_none_is_unreadable(book: Path) -> None:
    facts = facts_of(write(book, {"OEBPS/images/cover.png": b"no picture"}))
    assert facts["images.unreadable"] == ["OEBPS/images/cover.png"]
    assert facts["cover.present"] is False


# --- protection

ENCRYPTION = """<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">
<enc:EncryptedData><enc:EncryptionMethod Algorithm="{algorithm}"/>
<enc:CipherData><enc:CipherReference URI="{path}"/></enc:CipherData></enc:EncryptedData></encryption>"""


def test_obfuscated_fonts_are_no_encryption(book: Path) -> None:
    xml = ENCRYPTION.format(algorithm="http://www.idpf.org/2008/embedding", path="OEBPS/f.otf")
    facts = facts_of(write(book, {"META-INF/encryption.xml": xml}), "encrypted", "drm", "font_obfuscation")
    assert facts == {"encrypted": False, "drm": None, "font_obfuscation": True}


@pytest.mark.parametrize(
    ("file", "content", "scheme"),
    [
        ("META-INF/rights.xml", '<r xmlns="http://ns.adobe.com/adept"/>', "Adobe ADEPT"),
        ("META-INF/license.lcpl", "{}", "Readium LCP"),
        ("META-INF/sinf.xml", "<sinf/>", "Apple FairPlay"),
        ("META-INF/other.xml", "<x/>", "unknown"),
    ],
)
def test_copy_protection_is_named_and_its_pages_are_unmeasured(
    book: Path, file: str, content: str, scheme: str
) -> None:
    xml = ENCRYPTION.format(algorithm="http://www.w3.org/2001/04/xmlenc#aes256-cbc", path="OEBPS/text/one.xhtml")
    facts = facts_of(write(book, {"META-INF/encryption.xml": xml, file: content}))
    assert (facts["encrypted"], facts["drm"]) == (True, scheme)
    assert reason(facts["words"]) == "OEBPS/text/one.xhtml is encrypted"
    assert facts["not_well_formed"] == []
    assert facts["title"] == "The Lamp on the Quay"


def test_a_kindle_book_is_not_opened(tmp_path: Path) -> None:
    answer = measure(Source(path=tmp_path / "a.mobi", name="a.mobi", format="MOBI"), ALL_FACTS)
    assert {reason(value) for value in answer.values()} == {"is a MOBI book; only EPUB is opened"}


def test_only_what_is_wanted_is_answered(book: Path) -> None:
    assert set(facts_of(write(book), "title", "words")) == {"title", "words"}
