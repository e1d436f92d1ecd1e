"""Paperwork of a record."""

from __future__ import annotations

from deliverlint_paperwork.kinds.build import (
    DATA,
    SIGNED,
    TABLE,
    TEXT,
    date,
    document,
    kind,
    number,
    rows,
    text,
    texts,
)

_MECHANICAL = document(
    ["work", "writers", "licensor"],
    work=text("work", "Title of the work that is covered."),
    isrc=text("ISRC", "ISRC of the recording that the licence is for."),
    writers=texts("original writers", "Composers and authors of the work."),
    licensor=text("licensor", "Society, publisher or agency that gave the licence."),
    number=text("licence number", "Number of the licence or of the notice that there is no claim."),
    territory=texts("territory", "Countries that the licence is for, or WORLD."),
    expires=date("end of the licence", "Last day that the licence holds; left out where it has no end."),
)

_SPLITS = document(
    ["splits"],
    splits=rows(
        "splits",
        "Rows of the split sheet, one for each person who has a share in a work.",
        ["work", "name", "capacity", "share"],
        work=text("work", "Title of the work, the same on every row of the work."),
        isrc=text("ISRC", "ISRC of the recording."),
        name=text("name", "Person who has the share."),
        capacity=text("capacity", "What the share is for.", "composer", "author", "arranger", "producer", "performer"),
        share=number("share", "Share in the work.", "%"),
        society=text("society", "Collecting society, or none."),
        ipi=text("IPI number", "Number of the person in the societies' files."),
        publisher=text("publisher", "Publisher of the person's share."),
        signed=date("day of signature", "Day on which the person agreed."),
    ),
)

_SAMPLE = document(
    ["track", "sample", "owner", "signed"],
    track=text("track", "Track that the sample or beat is in."),
    artist=text("artist", "Artist whom the authorisation names."),
    upc=text("UPC or EAN", "Release that the authorisation names."),
    sample=text("sample", "Recording or beat that is used."),
    owner=text("owner", "Who gave the authorisation."),
    signed=date("day of signature", "Day on which the owner signed."),
)

_TRACKLIST = document(
    ["tracks"],
    tracks=rows(
        "tracks",
        "Rows of the tracklist, in playing order.",
        ["side", "position", "title", "start", "end"],
        side=text("side", "Side of the record, A first; 1 for a CD."),
        position=number("position", "Place on the side, from 1."),
        title=text("title", "Title of the track."),
        start=number("start", "Start in the side's file.", "s"),
        end=number("end", "End in the side's file.", "s"),
        isrc=text("ISRC", "ISRC of the track."),
    ),
)

KINDS = [
    kind(
        "mechanical-licence",
        "Mechanical licence",
        "A cover may be pressed or sold only with the licence of the work, or a notice that there is no claim.",
        ("PDF", *DATA),
        "mechanical-licence.yaml",
        names=("mechanical-license", "cover-licence", "cover-license", "notification-of-no-claim"),
        fields=_MECHANICAL,
    ),
    kind(
        "split-sheet",
        "Split sheet",
        "Shows that all writers of a work agree on their shares, which have to make 100 %.",
        ("PDF", *TABLE),
        "split-sheet.csv",
        names=("splits",),
        fields=_SPLITS,
    ),
    kind(
        "sample-clearance",
        "Clearance of a sample or beat",
        "Whoever owns a sampled recording or a bought beat has agreed to this release in writing.",
        (*SIGNED, *DATA),
        "sample-clearance.yaml",
        names=("beat-licence", "beat-license", "sample-licence", "sample-license"),
        fields=_SAMPLE,
    ),
    kind(
        "plant-ipr-form",
        "Pressing plant's form of rights",
        "A plant presses only for somebody who states in writing that the rights in the recordings are theirs.",
        SIGNED,
        "plant-ipr-form.md",
        names=("ipr-form", "ipr-declaration"),
    ),
    kind(
        "timed-tracklist",
        "Timed tracklist",
        "The cutting engineer finds each track by its times in the side's file.",
        (*TABLE, "PDF", "text"),
        "timed-tracklist.csv",
        names=("tracklist", "pq-sheet", "pq-list"),
        fields=_TRACKLIST,
    ),
    kind(
        "master-warranty",
        "Warranty of the masters",
        "The label states that the recordings are its own and that nothing in them is unlicensed.",
        TEXT,
        "master-warranty.md",
        names=("masters-warranty",),
    ),
]
