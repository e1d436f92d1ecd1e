"""What is known of any document."""

from __future__ import annotations

from deliverlint.spec import FactSpec
from deliverlint_paperwork.kinds.build import FORMS

FILE_PROBE = "document.file"
STATES = ("present", "unfilled", "expired", "mismatched", "unreadable")


def _fact(name: str, type: str, label: str, meaning: str, values: tuple[str, ...] = ()) -> FactSpec:
    return FactSpec(
        name=f"document.{name}",
        type=type,  # type: ignore[arg-type]
        label=label,
        meaning=meaning,
        values=values,
        cost="scan",
        probe=FILE_PROBE,
    )


ALL = [
    _fact("form", "text", "form", "What the file really is inside, whatever its name says.", FORMS),
    _fact("pages", "number", "number of pages", "Pages of a PDF; absent in forms without pages."),
    _fact(
        "encrypted",
        "yes/no",
        "encryption",
        "Whether a password keeps the file from being read, or only from being changed.",
    ),
    _fact("readable", "yes/no", "readability", "Whether the whole file can be opened and read as its form."),
    _fact(
        "text_layer",
        "text",
        "text layer",
        "Whether the words are text that can be searched, or a scan: a picture of paper; none where there is neither.",
        ("text", "scan", "none"),
    ),
    _fact(
        "signed",
        "yes/no",
        "signature",
        "Whether a PDF has a signature field with a signature in it; the signature itself is not verified.",
    ),
    _fact("text", "text", "text", "Words of the document, the first 100,000 characters."),
    _fact("words", "number", "number of words", "Words of the document, as far as it is read."),
    _fact("state", "text", "state", "Whether the paper is all that it has to be; see the problems.", STATES),
    _fact("problems", "texts", "document", "What keeps the paper from being accepted, in sentences."),
]
