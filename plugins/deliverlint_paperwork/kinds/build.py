"""How the kinds of paperwork are written down: short helpers that spell out globs and JSON Schemas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from deliverlint.spec import DocumentKind
from deliverlint.values import Json

# What a signed letter, a table and structured data come as.
LETTER = ("PDF", "DOCX", "image")
SIGNED = ("PDF", "image")
TABLE = ("CSV", "XLSX", "JSON", "YAML")
TEXT = ("PDF", "DOCX", "Markdown", "text", "HTML", "RTF")
REPORT = (*TEXT, "XML")
DATA = ("YAML", "JSON")

_ENDINGS = {
    "PDF": ("pdf",),
    "DOCX": ("docx",),
    "XLSX": ("xlsx",),
    "CSV": ("csv", "tsv"),
    "JSON": ("json",),
    "YAML": ("yaml", "yml"),
    "Markdown": ("md",),
    "HTML": ("html", "htm"),
    "RTF": ("rtf",),
    "XML": ("xml",),
    "text": ("txt",),
    "image": ("jpg", "jpeg", "png", "tif", "tiff"),
}

FORMS = tuple(_ENDINGS)


def kind(
    id: str,
    title: str,
    why: str,
    forms: tuple[str, ...],
    template: str,
    names: tuple[str, ...] = (),
    fields: Mapping[str, Json] | None = None,
    text_needed: bool = False,
) -> DocumentKind:
    """Return a kind found by its id and by other `names` that its files go by, in the endings of its forms."""
    return DocumentKind(
        id=id,
        title=title,
        why=why,
        forms=forms,
        match=tuple(_globs((id, *names), forms)),
        fields=fields or {},
        text_needed=text_needed,
        template=f"deliverlint_paperwork:templates/{template}",
    )


def _globs(names: tuple[str, ...], forms: tuple[str, ...]) -> Iterable[str]:
    # `?`: a hyphen, a space or an underscore between the words.
    spelt = [name.replace("-", "?") for name in names]
    return [f"**/{name}*.{ending}" for name in spelt for form in forms for ending in _ENDINGS[form]]


def document(required: Iterable[str] = (), /, **properties: Json) -> dict[str, Json]:
    """Return the JSON Schema of a whole document."""
    return {"type": "object", "required": list(required), "properties": properties}


def rows(title: str, meaning: str, required: Iterable[str] = (), /, **columns: Json) -> dict[str, Json]:
    """Return the JSON Schema of a table: one record a row."""
    item = {"type": "object", "required": list(required), "properties": columns}
    return {"type": "array", "title": title, "description": meaning, "minItems": 1, "items": item}


def text(title: str, meaning: str, *enum: str) -> dict[str, Json]:
    """Return the JSON Schema of a text; with `enum` of one of these words."""
    schema: dict[str, Json] = {"type": "string", "title": title, "description": meaning, "minLength": 1}
    return {**schema, "enum": list(enum)} if enum else schema


def texts(title: str, meaning: str) -> dict[str, Json]:
    """Return the JSON Schema of a list of texts; in a cell of a table they are parted by semicolons."""
    item = {"type": "string", "minLength": 1}
    return {"type": "array", "title": title, "description": meaning, "items": item}


def number(title: str, meaning: str, unit: str = "") -> dict[str, Json]:
    """Return the JSON Schema of a number that is not negative."""
    schema: dict[str, Json] = {"type": "number", "title": title, "description": meaning, "minimum": 0}
    return {**schema, "unit": unit} if unit else schema


def date(title: str, meaning: str) -> dict[str, Json]:
    """Return the JSON Schema of a day, ISO 8601."""
    return {"type": "string", "format": "date", "title": title, "description": meaning}


def yes_no(title: str, meaning: str) -> dict[str, Json]:
    """Return the JSON Schema of a yes or no."""
    return {"type": "boolean", "title": title, "description": meaning}


def column(title: str, meaning: str, source: str, fact: str = "", where: Mapping[str, Json] | None = None) -> Json:
    """Return the schema of a list that is not written but read off a table: `shots.id`, of the rows `where`.

    `where` maps a column to the values it may have, or after a leading "not" may not have; None is an empty cell.
    """
    schema = {**texts(title, meaning), "x-column": source}
    return {**schema, **({"x-where": dict(where)} if where else {}), **({"x-fact": fact} if fact else {})}


def total(title: str, meaning: str, source: str, where: Mapping[str, Json] | None = None, same: str = "") -> Json:
    """Return the schema of a number that, where it is not written, is the sum of a column.

    `same` names the column whose rows must agree (a currency), or there is no sum.
    """
    schema = {**number(title, meaning), "x-sum": source}
    return {**schema, **({"x-where": dict(where)} if where else {}), **({"x-same": same} if same else {})}


# The title of the work, which has to be the one that the delivery goes by.
TITLE = {
    "type": "string",
    "minLength": 1,
    "title": "title of the work",
    "description": "Title of the work, as in delivery.yaml.",
    "x-same-as": "delivery.title",
}
