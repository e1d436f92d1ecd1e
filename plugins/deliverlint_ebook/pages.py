"""Reading one page of a book: its words, pictures, links, scripts, and what it fetches from elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from deliverlint.wording import printable
from deliverlint_ebook.archive import PARSER_OPTIONS, attribute, line_of, local_name, not_well_formed, stream_of
from deliverlint_ebook.gate import xml_refusal
from deliverlint_ebook.styles import remote_in_styles

# These do not part words; every other element does.
_INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
        "ins", "kbd", "mark", "q", "rb", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
        "time", "tt", "u", "var", "wbr",
    }
)  # fmt: skip
_UNSPOKEN = frozenset({"script", "style", "title", "head"})
_SOURCES = {
    "img": "src", "image": "href", "audio": "src", "video": "src", "source": "src", "track": "src", "embed": "src",
    "object": "data", "iframe": "src", "script": "src", "link": "href", "input": "src", "use": "href",
}  # fmt: skip
_PICTURES = frozenset({"img", "image", "svg", "video", "audio", "object", "math"})
_EVENT = re.compile(r"on[a-z]+")
_DATA_BLOCKS = re.compile(r"application/(ld\+)?json|text/(plain|template)|application/xml", re.IGNORECASE)
# In these scripts words are not parted by spaces: each character is counted.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(slots=True)
class Page:
    """One page as it was read; places are line numbers.

    links    (line, reference) of what a reader can follow
    sources  (line, reference) of what the page shows or runs
    problem  why it could not be read, or not as well-formed XML; `unread` says that nothing was
    """

    path: str
    words: int = 0
    pictures: int = 0
    ids: set[str] = field(default_factory=set)
    links: list[tuple[int, str]] = field(default_factory=list)
    sources: list[tuple[int, str]] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    without_alt: list[int] = field(default_factory=list)
    scripts: list[int] = field(default_factory=list)
    remote_styles: list[tuple[int, str]] = field(default_factory=list)
    problem: str = ""
    unread: bool = False


def unreadable_page(path: str, problem: str) -> Page:
    return Page(path, problem=problem, unread=True)


def read_page(path: str, data: bytes) -> Page:
    """Read one page in constant memory; a page that is not well-formed is read as far as a browser would."""
    if reason := xml_refusal(data):
        return unreadable_page(path, f"{printable(path)} {reason}")
    try:
        page = Page(path)
        if problem := _walk(page, data, recover=False):
            page = Page(path, problem=problem)
            page.unread = bool(_walk(page, data, recover=True))
        return page
    except (ValueError, LookupError) as error:
        return unreadable_page(path, f"{printable(path)} is no XML: {printable(str(error), 100)}")


def _walk(page: Page, data: bytes, recover: bool) -> str:
    """Fill in a page; return where and why the parser stopped, or an empty text."""
    text: list[str] = []
    silent = 0  # depth inside elements whose text nobody reads
    events = etree.iterparse(stream_of(data), events=("start", "end"), recover=recover, **PARSER_OPTIONS)
    try:
        for event, element in events:
            name = local_name(element)
            if event == "start":
                # The text before this element is complete now, and what it follows is done with.
                _take_before(element, text, silent)
                _note(page, element, name)
                silent += name in _UNSPOKEN
            else:
                _take_inside(element, text, silent)
                if name == "style":
                    page.remote_styles += remote_in_styles(element.text or "", line_of(element))
                silent -= name in _UNSPOKEN
                element.clear(keep_tail=True)
            if name not in _INLINE:
                text.append(" ")
    except etree.XMLSyntaxError as error:
        return _where_it_stopped(page.path, events, error)
    page.words = count_words("".join(text))
    return ""


def _where_it_stopped(path: str, events: etree.iterparse, error: etree.XMLSyntaxError) -> str:
    # The exception speaks of the last thing that went wrong; the log begins with the first.
    first = next(iter(events.error_log), None)
    if first is not None:
        return not_well_formed(path, first.message, first.line)
    return not_well_formed(path, error.msg or "it is empty", error.lineno or 1)


def _take_before(element: etree._Element, text: list[str], silent: int) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if not silent and parent.text:
        text.append(parent.text)
    parent.text = None
    while (before := element.getprevious()) is not None:
        if not silent and before.tail:
            text.append(before.tail)
        parent.remove(before)


def _take_inside(element: etree._Element, text: list[str], silent: int) -> None:
    if silent:
        return
    if element.text:
        text.append(element.text)
    for child in element:
        if child.tail:
            text.append(child.tail)


def _note(page: Page, element: etree._Element, name: str) -> None:
    line = line_of(element)
    if identifier := element.get("id"):
        page.ids.add(identifier)
    if name in _PICTURES:
        page.pictures += 1
    if name == "a":
        if anchor := element.get("name"):
            page.ids.add(anchor)
        if href := attribute(element, "href"):
            page.links.append((line, href))
    elif name in _SOURCES and (source := attribute(element, _SOURCES[name])):
        if name != "link" or "stylesheet" in attribute(element, "rel"):
            page.sources.append((line, source))
        if name in ("img", "image"):
            page.images.append(source)
    if name == "img" and element.get("alt") is None:
        page.without_alt.append(line)
    if (name == "script" and not _DATA_BLOCKS.match(attribute(element, "type"))) or any(
        _EVENT.fullmatch(str(key))
        for key in element.keys()  # noqa: SIM118 (an element iterates its children)
    ):
        page.scripts.append(line)


def count_words(text: str) -> int:
    """Count words between spaces; in scripts without spaces (Chinese, Japanese, Thai, ...) count characters."""
    if text.isascii():
        return len(text.split())
    spaced, unspaced = _UNSPACED.subn(" ", text)
    return unspaced + sum(1 for word in spaced.split() if any(char.isalnum() for char in word))
