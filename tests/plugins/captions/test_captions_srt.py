"""SRT: what a player shows of a file, and each line that departs from the format."""

from __future__ import annotations

from pathlib import Path

import pytest
from cue_files import ALL, SRT, facts_of, messages


def _errors(folder: Path, text: str) -> list[tuple[int, str]]:
    return messages(facts_of(folder, text)["captions.syntax_errors"])


def test_a_sound_file_has_no_errors_and_its_times(tmp_path: Path) -> None:
    found = facts_of(tmp_path, SRT)
    assert found.keys() == ALL
    assert found["captions.cues"] == 2
    assert (found["captions.first_cue"], found["captions.last_cue"]) == (1.0, 5.5)
    for name in ("syntax_errors", "numbering", "unbalanced_tags", "overlaps", "out_of_order", "empty_cues", "garbled"):
        assert found[f"captions.{name}"] == []


def test_windows_line_ends_and_a_byte_order_mark_change_nothing_but_the_encoding(tmp_path: Path) -> None:
    plain = facts_of(tmp_path, SRT)
    other = facts_of(tmp_path, b"\xef\xbb\xbf" + SRT.replace("\n", "\r\n").encode())
    assert other.pop("captions.encoding") == "UTF-8 with BOM"
    assert plain.pop("captions.encoding") == "UTF-8"
    assert other == plain


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (SRT.encode("utf-16"), "UTF-16"),
        ("1\n00:00:01,000 --> 00:00:03,000\nAndré\n".encode("cp1252"), "8-bit code page"),
    ],
)
def test_other_encodings_are_named(tmp_path: Path, data: bytes, encoding: str) -> None:
    assert facts_of(tmp_path, data)["captions.encoding"] == encoding


@pytest.mark.parametrize(
    ("timing", "message"),
    [
        ("00:00:01.000 --> 00:00:03.000", "milliseconds are set off by '.', SRT has a comma"),
        ("00:00:01,00 --> 00:00:03,000", "milliseconds have 2 digits, SRT has 3"),
        ("00:00:01 --> 00:00:03", "the milliseconds are missing"),
        ("00:00:01,000 -> 00:00:03,000", "the arrow is '->', SRT has '-->'"),
        ("00:00:01,000 --> 00:61:03,000", "minutes and seconds go to 59"),
        (
            "0:00:01,000 -->  00:00:03,000",
            "hours, minutes and seconds have two digits each, with one space on either side of the arrow",
        ),
        ("00:00:01,000 --> 00:00:03,000 Hello", "text stands behind the timing"),
        (
            "00:00:01,000 --> 00:00:03,000 X1:10 X2:20 Y1:5 Y2:9",
            "coordinates stand behind the timing; most players ignore them",
        ),
    ],
)
def test_a_timing_that_is_written_oddly_is_read_and_reported(tmp_path: Path, timing: str, message: str) -> None:
    found = facts_of(tmp_path, f"1\n{timing}\nHello\n")
    assert messages(found["captions.syntax_errors"]) == [(2, message)]
    assert found["captions.first_cue"] == 1.0


def test_a_timing_that_cannot_be_read_is_reported_and_the_next_caption_is_not_lost(tmp_path: Path) -> None:
    found = facts_of(tmp_path, SRT.replace("00:00:03,000", "00:00:0x,000"))
    assert messages(found["captions.syntax_errors"]) == [
        (2, "the timing cannot be read, expected 00:00:01,000 --> 00:00:03,000")
    ]
    assert found["captions.cues"] == 1


def test_a_missing_counter_is_reported_where_it_should_stand(tmp_path: Path) -> None:
    assert _errors(tmp_path, SRT.replace("\n\n2\n", "\n\n")) == [(5, "the counter above the timing line is missing")]


def test_a_counter_that_jumps_is_no_syntax_error(tmp_path: Path) -> None:
    found = facts_of(tmp_path, SRT.replace("\n2\n", "\n7\n"))
    assert found["captions.syntax_errors"] == []
    assert messages(found["captions.numbering"]) == [(5, "the counter is 7, expected 2")]


def test_a_missing_empty_line_between_captions_is_reported(tmp_path: Path) -> None:
    assert _errors(tmp_path, SRT.replace("\n\n2\n", "\n2\n")) == [(4, "an empty line between two captions is missing")]


def test_an_empty_line_inside_a_caption_is_reported(tmp_path: Path) -> None:
    assert _errors(tmp_path, SRT.replace("</i>\n", "</i>\n\n")) == [(8, "an empty line cuts the text in two")]


def test_text_before_the_first_caption_is_reported(tmp_path: Path) -> None:
    assert _errors(tmp_path, "Subtitles by me\n\n" + SRT) == [(1, "text stands before the first caption")]


def test_a_caption_that_ends_before_it_begins_is_reported_and_not_measured(tmp_path: Path) -> None:
    found = facts_of(tmp_path, "1\n00:00:05,000 --> 00:00:03,000\nHello\n")
    assert messages(found["captions.syntax_errors"]) == [(2, "the caption ends before it begins")]
    assert found["captions.cue_duration"] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<i>Hello", "<i> is not closed"),
        ("Hello</b>", "</b> closes what was not opened"),
        ("<u><i>Hello</u></i>", "<i> is still open where </u> closes"),
    ],
)
def test_unbalanced_tags_are_reported(tmp_path: Path, text: str, message: str) -> None:
    found = facts_of(tmp_path, f"1\n00:00:01,000 --> 00:00:03,000\n{text}\n")
    assert (3, message) in messages(found["captions.unbalanced_tags"])


def test_tags_are_not_counted_as_text_and_what_is_no_tag_is(tmp_path: Path) -> None:
    text = '<font color="#ffffff">{\\an8}Hi <laughs> 1 < 2</font>'
    found = facts_of(tmp_path, f"1\n00:00:01,000 --> 00:00:03,000\n{text}\n")
    assert found["captions.line_length_max"] == len("Hi <laughs> 1 < 2")
    assert found["captions.unbalanced_tags"] == []


def test_a_caption_of_tags_only_is_empty(tmp_path: Path) -> None:
    found = facts_of(tmp_path, "1\n00:00:01,000 --> 00:00:03,000\n<i></i>\n")
    assert found["captions.empty_cues"] == [{"start": 1.0, "end": 3.0, "cue": 1, "line": 2}]


def test_characters_that_were_read_in_a_wrong_encoding_are_found(tmp_path: Path) -> None:
    garbled = "Café, it’s".encode().decode("cp1252")
    found = facts_of(tmp_path, f"1\n00:00:01,000 --> 00:00:03,000\n{garbled}\n")
    assert [line for line, _ in messages(found["captions.garbled"])] == [3]
    whole = facts_of(tmp_path, "1\n00:00:01,000 --> 00:00:03,000\nCafé, it’s «Ân» ÃO\n")
    assert whole["captions.garbled"] == []


def test_srt_states_no_language(tmp_path: Path) -> None:
    assert facts_of(tmp_path, SRT)["captions.language"] is None
