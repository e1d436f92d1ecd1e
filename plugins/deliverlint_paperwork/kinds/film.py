"""Paperwork of a film or series."""

from __future__ import annotations

from deliverlint_paperwork.kinds.build import (
    LETTER,
    REPORT,
    SIGNED,
    TABLE,
    TEXT,
    TITLE,
    document,
    kind,
    number,
    rows,
    text,
)

_CUES = document(
    ["cues"],
    title=TITLE,
    runtime=number("running time", "Running time of the work.", "s"),
    cues=rows(
        "cues",
        "Rows of the cue sheet, one for each person or company that has a share in a cue.",
        ["cue", "title", "usage", "duration", "name", "capacity", "share"],
        cue=text("cue", "Number of the cue, the same on every row of the cue."),
        title=text("title of the cue", "Title of the music."),
        usage=text("usage", "How it is used: background, visual, theme, source."),
        duration=number("duration", "How long it is heard.", "s"),
        name=text("name", "Composer, author or publisher."),
        capacity=text(
            "capacity", "In which capacity the share is held.", "composer", "author", "arranger", "publisher"
        ),
        share=number("share", "Share in this capacity's half or in the whole, as the society counts it.", "%"),
        society=text("society", "Collecting society, or none."),
        ipi=text("IPI number", "Number of the party in the societies' files."),
    ),
)

KINDS = [
    kind(
        "cue-sheet",
        "Music cue sheet",
        "Societies pay composers and publishers from it; broadcasters may not air a work without one.",
        TABLE,
        "cue-sheet.csv",
        names=("music-cue-sheet",),
        fields=_CUES,
    ),
    kind(
        "music-licence",
        "Music licence",
        "Synchronisation and master rights of each piece of music have to reach to the buyer's use.",
        (*TEXT, "image"),
        "music-licence.md",
        names=("music-license", "sync-licence", "sync-license", "master-use-licence", "master-use-license"),
    ),
    kind(
        "talent-release",
        "Talent release",
        "Each person who can be recognised has agreed in writing to be shown.",
        LETTER,
        "talent-release.md",
        names=("actor-release", "appearance-release", "performer-release"),
    ),
    kind(
        "location-release",
        "Location release",
        "The owner of a place has agreed that it is filmed and shown.",
        LETTER,
        "location-release.md",
        names=("property-release",),
    ),
    kind(
        "dialogue-list",
        "Dialogue list",
        "Subtitles and dubs are made from the words as they are really spoken, with their times.",
        (*REPORT, "XLSX", "CSV"),
        "dialogue-list.csv",
        names=("dialog-list", "dialogue-continuity", "ccsl"),
        text_needed=True,
    ),
    kind(
        "credits-list",
        "List of credits",
        "Contracts promise credits; the buyer checks titles, artwork and metadata against the list.",
        (*TEXT, "XLSX", "CSV"),
        "credits-list.md",
        names=("credit-list", "credits", "main-and-end-credits"),
    ),
    kind(
        "pse-report",
        "Report on flashing pictures",
        "Broadcasters need a pass of a photosensitivity test of exactly this master.",
        REPORT,
        "pse-report.md",
        names=("photosensitivity-report", "fpa-report"),
    ),
    kind(
        "content-rating",
        "Rating of a film",
        "Shows under which rating the work may be sold or shown in a country.",
        SIGNED,
        "content-rating.md",
        names=("rating-certificate", "film-rating"),
    ),
]
