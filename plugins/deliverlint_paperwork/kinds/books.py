"""Paperwork of a book."""

from __future__ import annotations

from deliverlint_paperwork.kinds.build import (
    DATA,
    TABLE,
    TEXT,
    column,
    date,
    document,
    kind,
    rows,
    text,
    texts,
    yes_no,
)

_PERMISSIONS = document(
    ["permissions"],
    permissions=rows(
        "permissions",
        "Rows of the permissions log, one for each quotation or picture of somebody else.",
        ["item", "holder", "status"],
        item=text("item", "Quotation, lyric, picture or table that is taken over."),
        place=text("place", "Chapter and page."),
        source=text("source", "Work that it is taken from."),
        holder=text("holder", "Who holds the rights in it."),
        status=text(
            "status",
            "How it may be used.",
            *("granted", "public domain", "quotation right", "own", "asked", "refused"),
        ),
        territory=texts("territory", "Countries that the permission is for, or WORLD."),
        formats=texts("formats", "Editions that the permission is for: print, ebook, audio."),
        expires=date("end of the permission", "Last day that the permission holds."),
        file=text("file", "Letter or licence that grants it."),
    ),
)

_ISBN = document(
    ["isbns"],
    isbns=rows(
        "ISBNs",
        "Rows of the ISBN record, one for each edition.",
        ["isbn", "format"],
        isbn=text("ISBN", "ISBN-13 of the edition, with or without hyphens."),
        format=text("format", "Edition that it stands for: ebook, paperback, hardback, audiobook."),
        registrant=text("registrant", "Who is registered as publisher."),
        title=text("title", "Title as it is registered."),
    ),
    formats=column("formats with an ISBN", "Editions that have an ISBN.", "isbns.format"),
)

_ACCESSIBILITY = document(
    ["conforms_to", "summary"],
    conforms_to=text("standard", "Standard that the book conforms to, with version and level."),
    summary=text("summary", "What a reader can expect."),
    hazards=texts("hazards", "Hazards such as flashing, or none."),
    exemption=yes_no("exemption", "Whether an exemption from the law is claimed."),
    certifier=text("certifier", "Who has certified it."),
)

KINDS = [
    kind(
        "permissions-log",
        "Permissions log",
        "Each quotation, lyric and picture of somebody else needs a permission for these countries and editions.",
        ("PDF", *TABLE),
        "permissions-log.csv",
        names=("permissions", "permission-log"),
        fields=_PERMISSIONS,
    ),
    kind(
        "isbn-record",
        "Record of ISBNs",
        "Shows that each edition has an ISBN of its own, registered to the publisher.",
        ("PDF", *TABLE),
        "isbn-record.csv",
        names=("isbn",),
        fields=_ISBN,
    ),
    kind(
        "accessibility-statement",
        "Accessibility statement",
        "The European Accessibility Act wants readers to be told what a book offers; shops show it.",
        (*TEXT, *DATA),
        "accessibility-statement.yaml",
        names=("accessibility",),
        fields=_ACCESSIBILITY,
    ),
    kind(
        "evidence-bundle",
        "Evidence of authorship",
        "Drafts, correspondence and edit history show that a person wrote the book, should anybody ask.",
        TEXT,
        "evidence-bundle.md",
        names=("authorship-evidence", "provenance-evidence"),
    ),
]
