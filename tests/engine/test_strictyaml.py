"""YAML as people write it: words stay words, and what would be lost or misread is refused at its line."""

from __future__ import annotations

import random

import pytest

from deliverlint.strictyaml import YamlError, parse, scalar_to_json, to_json

SAMPLE = """\
ruleset: acme/feature
roles:
  picture: {media: video, match: ["video/*.mov"], count: 1}
rules:
  - title: 'Picture runs at a native rate'   # a comment
    expect: [24 fps, "25 fps"]
"""


@pytest.mark.parametrize(
    ("text", "schema", "value"),
    [
        ("NO", {"type": "string"}, "NO"),
        ("NO", {}, "NO"),
        ("no", {}, False),
        ("3.10", {"type": "string"}, "3.10"),
        ("3.10", {}, 3.1),
        ("007", {"type": "string"}, "007"),
        ("10:00:00", {}, "10:00:00"),
        ("-5", {"type": "integer"}, -5),
        ("yes", {"type": "boolean"}, True),
        ("1e999", {"type": "number"}, "1e999"),
        ("9" * 5000, {"type": "integer"}, "9" * 5000),
    ],
)
def test_a_scalar_becomes_what_its_schema_asks_for(text: str, schema: dict[str, str], value: object) -> None:
    assert scalar_to_json(text, schema) == value


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("a: 1\na: 2\n", 2, "written twice"),
        ("a: [1, 2\n", 1, "never closed"),
        ("a:\nb: 1\n", 1, "no value"),
        ("a: ~\n", 1, "no value"),
        ("<<: {a: 1}\n", 1, "merges"),
        ("a: see #3\n", 1, "lost as a comment"),
        ("a: Picture #1 of two\n", 1, "lost as a comment"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("[a]: b\n", 1, "single word"),
    ],
)
def test_what_would_be_lost_or_misread_is_refused_at_its_line(text: str, line: int, hint: str) -> None:
    with pytest.raises(YamlError) as caught:
        parse(text, "file.yaml")
    assert caught.value.problem.line == line
    assert hint in caught.value.problem.message


def test_comments_two_spaces_apart_and_hashes_in_quotes_are_fine() -> None:
    node = parse("a: one sentence here  # a comment\nb: 'track #3'\nc: C# minor\n# whole line\n", "f")
    assert to_json(node) == {"a": "one sentence here", "b": "track #3", "c": "C# minor"}


def test_mutated_text_is_read_or_refused_and_nothing_else() -> None:
    generator = random.Random(7)
    alphabet = "{}[]:,#&*!|>'\"%@` \n\t-?~\x00\u202eé\u2028ab1"
    for _ in range(3000):
        text = list(SAMPLE)
        for _ in range(generator.randint(1, 5)):
            place = generator.randrange(len(text))
            text[place : place + generator.randint(0, 3)] = generator.choices(alphabet, k=generator.randint(0, 3))
        try:
            to_json(parse("".join(text), "f"))
        except YamlError as error:
            assert error.problem.message
