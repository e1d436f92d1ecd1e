"""The kinds of paperwork: each explains itself, has a template, and is found under the names people use."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from importlib.util import find_spec
from pathlib import Path

import jsonschema
import pytest
from deliverlint_paperwork import file, shares
from deliverlint_paperwork.kinds.build import FORMS
from papers import EVERY_FACT, KINDS, options

from deliverlint.catalogue import load_catalogue
from deliverlint.catalogue.fields import facts_of_kind
from deliverlint.spec import DocumentKind, Source

CATALOGUE = load_catalogue()
ALL = [kind for kind in CATALOGUE.document_kinds.values() if kind.template.startswith("deliverlint_")]


def template(kind: DocumentKind) -> Path:
    package, _, path = kind.template.partition(":")
    spec = find_spec(package)
    assert spec is not None and spec.submodule_search_locations is not None
    return Path(next(iter(spec.submodule_search_locations))) / path


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.id)
def test_a_kind_says_what_it_is_why_and_in_which_forms(kind: DocumentKind) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9-]*", kind.id)
    assert kind.title and kind.why.endswith((".", "?"))
    assert kind.forms and set(kind.forms) <= set(FORMS)
    assert kind.match


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.id)
def test_the_fields_of_a_kind_are_a_json_schema_with_words_for_people(kind: DocumentKind) -> None:
    jsonschema.Draft202012Validator.check_schema(dict(kind.fields))
    for spec in facts_of_kind(kind):
        assert spec.label and spec.meaning
        assert all(field.label and field.meaning for field in spec.fields)


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.id)
def test_the_template_of_a_kind_is_unfilled_until_somebody_fills_it_in(kind: DocumentKind) -> None:
    path = template(kind)
    found = file.measure(Source(path=path, name=path.name, options=options(kind)), EVERY_FACT)
    assert found["document.state"] == "unfilled", found["document.problems"]


def test_no_two_kinds_claim_the_same_name_of_a_file() -> None:
    seen: dict[str, str] = {}
    for kind in ALL:
        for pattern in kind.match:
            assert seen.setdefault(pattern, kind.id) == kind.id


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Chain of Title.pdf", "chain-of-title"),
        ("chain_of_title_signed.pdf", "chain-of-title"),
        ("E-and-O-Certificate 2026.pdf", "e-and-o-certificate"),
        ("prompt-log.csv", "prompt-log"),
        ("Budget v3.xlsx", "budget"),
        ("model-license-hens.txt", "model-licence"),
        ("split sheet.pdf", "split-sheet"),
        ("sbom.json", "sbom"),
    ],
)
def test_papers_are_found_under_the_names_people_give_them(name: str, kind: str) -> None:
    assert any(fnmatchcase(name.lower(), pattern.removeprefix("**/")) for pattern in KINDS[kind].match)


def test_a_picture_or_film_of_the_same_name_is_no_paper() -> None:
    names = ("budget.mov", "credits.mov", "tos.wav", "shots.png", "notices.exe")
    patterns = [pattern.removeprefix("**/") for kind in ALL for pattern in kind.match if kind.id != "shot-list"]
    assert not [name for name in names for pattern in patterns if fnmatchcase(name, pattern)]


def test_shares_of_each_cue_have_to_make_a_whole() -> None:
    cue = {"cue": "1", "share": 50, "capacity": "composer"}
    whole = [cue, {**cue, "capacity": "publisher"}]
    assert shares.cue_sheet({"cue-sheet.cues": whole}) is None
    message = shares.cue_sheet({"cue-sheet.cues": [*whole, {**cue, "cue": "2"}]})
    assert message == "shares of cue 2 add up to 50 %; each has to make 100 %"


def test_shares_in_a_work_and_in_its_recording_are_counted_apart() -> None:
    third = {"work": "Song", "capacity": "composer", "share": 33.33}
    splits = [third, third, {**third, "share": 33.34}, {"work": "Song", "capacity": "producer", "share": 100}]
    assert shares.split_sheet({"split-sheet.splits": splits}) is None
    assert "add up to 66.67 %" in str(shares.split_sheet({"split-sheet.splits": splits[1:]}))
