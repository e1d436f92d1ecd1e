"""An independent reader and writer of EPUBs agrees with what is measured."""

from pathlib import Path

import pytest

from tests.plugins.ebook.books import facts_of, write

epub = pytest.importorskip("ebooklib.epub", reason="the second reader comes with the extra 'corpus'")


def test_a_book_that_ebooklib_wrote_is_measured_as_it_was_written(tmp_path: Path) -> None:
    book = epub.EpubBook()
    book.set_identifier("urn:isbn:9780306406157")
    book.set_title("Tide Tables")
    book.set_language("fr")
    book.add_author("Ben Example")
    chapters = []
    for number in (1, 2, 3):
        chapter = epub.EpubHtml(title=f"Chapter {number}", file_name=f"c{number}.xhtml", lang="fr")
        chapter.content = f"<h1>Chapter {number}</h1><p>{'mot ' * 10}</p>"
        book.add_item(chapter)
        chapters.append(chapter)
    book.toc = chapters
    book.spine = chapters
    book.add_item(epub.EpubNcx())
    book.add_item(epub.EpubNav())
    epub.write_epub(str(tmp_path / "tide.epub"), book)
    facts = facts_of(tmp_path / "tide.epub")
    assert facts["damage"] == []
    assert (facts["title"], facts["creators"], facts["language"]) == ("Tide Tables", ["Ben Example"], "fr")
    assert facts["isbn"] == "9780306406157"
    assert facts["chapters"] == 3
    assert facts["words"] == 3 * (2 + 10)
    assert (facts["navigation"], facts["navigation.entries"]) == ("nav", 3)
    assert facts["manifest.missing"] == facts["manifest.unlisted"] == facts["spine.broken"] == []


def test_ebooklib_reads_the_same_metadata(tmp_path: Path) -> None:
    path = write(tmp_path / "a.epub")
    theirs = epub.read_epub(str(path))
    ours = facts_of(path)
    assert theirs.get_metadata("DC", "title")[0][0] == ours["title"]
    assert theirs.get_metadata("DC", "language")[0][0] == ours["language"]
    assert len([item for item, _ in theirs.spine]) == ours["chapters"]
