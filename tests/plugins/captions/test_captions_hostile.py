"""Caption files that are damaged, endless or malicious."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path

import pytest
from cue_files import ALL, SCC, SRT, TTML, VTT, facts_of, messages, stl

from deliverlint.values import Json, Unmeasured

_SAMPLES = {"SRT": SRT.encode(), "WebVTT": VTT.encode(), "TTML": TTML.encode(), "SCC": SCC.encode(), "EBU STL": stl()}
_PIECES = (b"", b"-->", b"\0", b"<", b"</i>", b"\xff\xfe", b"99999999", b"\n\n", b"]]>", b"&amp;", b"\r", b"9420 ")


def _damaged(data: bytes, seed: int) -> bytes:
    dice, copy = random.Random(seed), bytearray(data)
    for _ in range(dice.choice((1, 3, 10))):
        at = dice.randrange(len(copy) + 1)
        match dice.randrange(4):
            case 0:
                copy[at : at + 1] = bytes([dice.randrange(256)])
            case 1:
                copy[at:at] = dice.choice(_PIECES)
            case 2:
                del copy[at : at + dice.randrange(1, 30)]
            case _:
                copy[at:at] = copy[max(0, at - 60) : at]
    return bytes(copy)


def _is_whole(found: dict[str, Json | Unmeasured]) -> bool:
    json.dumps({name: value for name, value in found.items() if not isinstance(value, Unmeasured)}, allow_nan=False)
    return found.keys() == ALL


@pytest.mark.parametrize("form", _SAMPLES)
def test_damaged_copies_are_measured_or_said_to_be_unmeasured(tmp_path: Path, form: str) -> None:
    for seed in range(300):
        assert _is_whole(facts_of(tmp_path, _damaged(_SAMPLES[form], seed), form))


@pytest.mark.parametrize("form", _SAMPLES)
def test_random_bytes_give_no_captions(tmp_path: Path, form: str) -> None:
    for seed in range(50):
        found = facts_of(tmp_path, random.Random(seed).randbytes(64), form)
        assert isinstance(found["captions.cues"], Unmeasured) or found["captions.cues"] == 0


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE tt [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE tt [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE tt [<!ENTITY % a SYSTEM "http://127.0.0.1:9/a.dtd">]>',
    ],
)
def test_entity_declarations_are_refused(tmp_path: Path, declaration: str) -> None:
    found = facts_of(tmp_path, TTML.replace("<tt ", f"{declaration}\n<tt ", 1))
    [(_, message)] = messages(found["captions.syntax_errors"])
    assert message.startswith("declares XML entities")
    assert isinstance(found["captions.cues"], Unmeasured)


def test_an_external_document_type_is_not_fetched(tmp_path: Path) -> None:
    found = facts_of(tmp_path, TTML.replace("<tt ", '<!DOCTYPE tt SYSTEM "http://127.0.0.1:9/tt.dtd">\n<tt ', 1))
    assert found["captions.cues"] == 2


def test_xml_that_is_nested_without_end_is_refused(tmp_path: Path) -> None:
    deep = TTML.replace("Qui est", "<span>" * 5000 + "x" + "</span>" * 5000)
    assert "nested" in str(facts_of(tmp_path, deep)["captions.cues"])


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    found = facts_of(tmp_path, SRT + " " * 20_000_001)
    assert found["captions.cues"] == Unmeasured("is larger than 20 MB; no caption file is")


def test_too_many_captions_are_not_blamed_on_the_file(tmp_path: Path) -> None:
    found = facts_of(tmp_path, "\n00:00:01,000 --> 00:00:03,000\nx\n" * 50_001)
    assert found["captions.syntax_errors"] == Unmeasured("holds more than 50000 captions")


@pytest.mark.parametrize(
    "text",
    [
        "1\n00:00:01,000 --> 00:00:02,000\n" + "<i" * 400_000,
        "1\n00:00:01,000 --> 00:00:02,000\n" + "<i>" * 300_000,
        "1\n00:00:01,000 --> 00:00:02,000\n" + "{\\" * 400_000,
        "1\n00:00:01,000 --> 00:00:02,000\n" + "\u0301" * 300_000,
        "WEBVTT\n\n" + "-->\n\n" * 100_000,
        "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "&amp" * 200_000,
    ],
)
def test_text_that_is_made_to_be_slow_is_not(tmp_path: Path, text: str) -> None:
    start = time.process_time()
    assert _is_whole(facts_of(tmp_path, text))
    assert time.process_time() - start < 10


def test_a_file_of_no_known_format_is_said_to_be_damaged_or_misnamed(tmp_path: Path) -> None:
    found = facts_of(tmp_path, bytes(64))
    assert set(found.values()) == {Unmeasured("its first bytes show no known format: it is damaged or misnamed")}
