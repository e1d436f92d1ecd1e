"""Facts of a release and its tracks that only the supplier can state, in delivery.yaml."""

from __future__ import annotations

from deliverlint.spec import FactSpec

# What of a recording can be made by AI, as DDEX's AI disclosure divides it.
AI_PARTS = ("vocals", "instrumentation", "composition", "lyrics", "post-production")


def _text(name: str, label: str, meaning: str) -> FactSpec:
    return FactSpec(name=name, type="text", label=label, meaning=meaning)


def _yes_no(name: str, label: str, meaning: str) -> FactSpec:
    return FactSpec(name=name, type="yes/no", label=label, meaning=meaning)


TRACK = [
    FactSpec(
        name="track.number", type="number", label="track number", meaning="Place of the track on its disc, from 1."
    ),
    FactSpec(name="track.disc", type="number", label="disc number", meaning="Disc that the track is on, from 1."),
    _text("track.side", "side", "Side of a record that the track is on: A, B, ..."),
    _text("track.title", "track title", "Title of the track, without its version."),
    _text("track.version", "track version", "What tells this recording from others: 'Live', 'Radio Edit', ..."),
    _text("track.artist", "track artist", "Main artist of the track as it is to be shown."),
    _text("track.isrc", "ISRC", "International Standard Recording Code of the track, without hyphens."),
    FactSpec(
        name="track.writers",
        type="texts",
        label="writers",
        meaning="Everybody who wrote music or words of the track; of a cover, the original writers.",
    ),
    _text("track.language", "language of the words", "Language of the words (BCP 47); 'zxx' for none."),
    _yes_no("track.is_cover", "being a cover", "Whether somebody else's song is played."),
    _yes_no("track.has_samples", "use of samples", "Whether recordings, beats or loops of others are used."),
    _yes_no("track.explicit", "explicit words", "Whether the words need a parental advisory."),
    _yes_no("track.uses_ai", "use of AI", "Whether any part of the recording was made with generative AI."),
    FactSpec(
        name="track.ai_parts",
        type="texts",
        label="parts made with AI",
        meaning="Which parts were made with generative AI: vocals, instrumentation, ...",
        values=AI_PARTS,
    ),
]

RELEASE = [
    _text("delivery.artist", "release artist", "Main artist of the release as it is to be shown."),
    _text("delivery.label", "label", "Label that the release comes out on."),
    _text("delivery.upc", "UPC", "UPC or EAN of the release (GTIN-12 or GTIN-13), digits only."),
    _text("delivery.catalogue_number", "catalogue number", "The label's own number of the release."),
    _text("delivery.p_line", "℗ line", "Who owns the recording: '℗ 2026 Name'."),
    _text("delivery.c_line", "© line", "Who owns artwork and words: '© 2026 Name'."),
    _text("delivery.genre", "genre", "Main genre of the release."),
    FactSpec(
        name="delivery.release_date",
        type="date",
        label="release date",
        meaning="Day on which the release is to come out (ISO 8601).",
    ),
    _yes_no("delivery.has_music", "use of music", "Whether there is music in the work."),
]

DECLARED = [*TRACK, *RELEASE]
