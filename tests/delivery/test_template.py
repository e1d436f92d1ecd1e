"""The template that `init` writes for attestations."""

from __future__ import annotations

from importlib.resources import files

from deliverlint.catalogue import builtin
from deliverlint.strictyaml import parse, to_json


def test_the_template_has_every_field_of_a_line_and_nothing_filled_in() -> None:
    (kind,) = builtin.document_kinds()
    package, _, path = kind.template.partition(":")
    text = (files(package) / path).read_text(encoding="utf-8")
    content = to_json(parse(text, path), kind.fields)
    (line,) = content["lines"]
    assert set(line) == set(kind.fields["properties"]["lines"]["items"]["properties"])
    assert set(line.values()) == {"FILL IN"}
