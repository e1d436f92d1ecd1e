"""WebVTT, TTML, SCC and EBU STL."""

from __future__ import annotations

from pathlib import Path

import pytest
from cue_files import ALL, SCC, TTML, VTT, facts_of, messages, stl

from deliverlint.values import Unmeasured


def test_webvtt_is_read_with_its_language(tmp_path: Path) -> None:
    found = facts_of(tmp_path, VTT)
    assert found.keys() == ALL
    assert (found["captions.cues"], found["captions.language"]) == (2, "en-GB")
    assert (found["captions.first_cue"], found["captions.last_cue"]) == (1.0, 3605.5)
    assert found["captions.syntax_errors"] == found["captions.unbalanced_tags"] == []
    assert found["captions.line_length"][1]["value"] == len("Tom & Jerry")


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("00:03.000", "00:03,000", 8, "milliseconds are set off by a comma, WebVTT has a dot"),
        ("00:01.000 -->", "00:1.000 -->", 8, "the timing is not written as 00:01.000 --> 00:03.000"),
        ("00:03.000", "soon", 8, "the timing cannot be read, expected 00:01.000 --> 00:03.000"),
        ("early.\n\n", "early.\n", 9, "an empty line between two captions is missing"),
        ("00:01.000 -->", "00:04.000 -->", 8, "the caption ends before it begins"),
        ("NOTE ", "Remark: ", 5, "a block is neither a caption nor NOTE, STYLE or REGION"),
    ],
)
def test_departures_from_webvtt_are_reported(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    assert old in VTT
    found = facts_of(tmp_path, VTT.replace(old, new, 1))
    assert (line, message) in messages(found["captions.syntax_errors"])


def test_webvtt_has_to_be_utf_8(tmp_path: Path) -> None:
    found = facts_of(tmp_path, VTT.replace("early", "é").encode("cp1252"))
    assert messages(found["captions.syntax_errors"]) == [(1, "is 8-bit code page; WebVTT is always UTF-8")]


def test_ttml_times_add_up_through_their_parents(tmp_path: Path) -> None:
    found = facts_of(tmp_path, TTML)
    assert found.keys() == ALL
    assert (found["captions.cues"], found["captions.language"], found["captions.encoding"]) == (2, "fr", "UTF-8")
    first, second = found["captions.cue_duration"]
    assert (first["start"], first["end"], first["line"]) == (11.0, 13.0, 5)
    assert (second["start"], second["end"], second["line"]) == (13.5, 15.48, 6)
    assert found["captions.line_length"][0]["value"] == len("sont en avance.")
    assert found["captions.syntax_errors"] == []


def test_ttml_containers_that_begin_late_do_not_cut_their_captions(tmp_path: Path) -> None:
    nested = TTML.replace("<body>", '<body begin="60s">').replace('end="3s" region', 'end="300s" region')
    found = facts_of(tmp_path, nested)
    assert (found["captions.first_cue"], found["captions.last_cue"]) == (71.0, 370.0)
    assert found["captions.syntax_errors"] == []


def test_ttml_sequences_follow_each_other(tmp_path: Path) -> None:
    in_turn = TTML.replace('<div begin="10s">', '<div begin="10s" timeContainer="seq">')
    in_turn = in_turn.replace('begin="1s" end="3s"', 'dur="3s"').replace(
        'begin="00:00:03.500" end="00:00:05:12"', 'dur="2s"'
    )
    first, second = facts_of(tmp_path, in_turn)["captions.cue_duration"]
    assert (first["start"], first["end"], second["start"], second["end"]) == (10.0, 13.0, 13.0, 15.0)


def test_ttml_words_that_appear_one_by_one_are_one_caption(tmp_path: Path) -> None:
    words = '<p begin="1s"><span begin="0s" end="1s">Les </span><span begin="1s" end="2.5s">poules</span></p>'
    found = facts_of(tmp_path, TTML[: TTML.index("<p ")] + words + TTML[TTML.index("</div>") :])
    assert [(cue["start"], cue["end"]) for cue in found["captions.cue_duration"]] == [(11.0, 13.5)]


def test_the_lines_of_a_ttml_file_are_no_lines_on_the_screen(tmp_path: Path) -> None:
    wrapped = """<p begin="1s" end="3s">
      <span>Les</span>
      <span>poules qui
        courent</span><br/>sont en avance.
    </p>"""
    text = TTML[: TTML.index("<p ")] + wrapped + TTML[TTML.index("</div>") :]
    found = facts_of(tmp_path, text)
    assert [cue["value"] for cue in found["captions.lines"]] == [2]
    assert [cue["value"] for cue in found["captions.line_length"]] == [len("Les poules qui courent")]
    kept = facts_of(tmp_path, text.replace("<p ", '<p xml:space="preserve" '))
    assert [cue["value"] for cue in kept["captions.lines"]] == [4]


def test_ttml_captions_overlap_only_in_one_region(tmp_path: Path) -> None:
    crossing = TTML.replace('begin="00:00:03.500"', 'begin="2s"')
    assert len(facts_of(tmp_path, crossing)["captions.overlaps"]) == 1
    apart = crossing.replace('end="00:00:05:12" region="bottom"', 'end="00:00:05:12" region="top"')
    assert facts_of(tmp_path, apart)["captions.overlaps"] == []


def test_a_ttml_paragraph_that_is_never_shown_is_reported(tmp_path: Path) -> None:
    found = facts_of(tmp_path, TTML.replace('begin="1s" end="3s"', 'begin="3s" end="3s"'))
    assert messages(found["captions.syntax_errors"]) == [(0, "1 of 2 paragraphs have no time at which they are shown")]


def test_a_ttml_paragraph_without_an_end_is_reported(tmp_path: Path) -> None:
    found = facts_of(tmp_path, TTML.replace(' end="00:00:05:12"', ""))
    assert messages(found["captions.syntax_errors"]) == [(6, "the caption has no end")]


def test_broken_xml_is_a_finding_with_its_line_and_everything_else_unmeasured(tmp_path: Path) -> None:
    found = facts_of(tmp_path, TTML.replace("</span>", ""))
    assert messages(found["captions.syntax_errors"]) == [(5, "is not well-formed XML: mismatched tag")]
    assert found["captions.cues"] == Unmeasured("is not well-formed XML: mismatched tag")


def test_scc_is_read(tmp_path: Path) -> None:
    found = facts_of(tmp_path, SCC)
    assert found.keys() == ALL
    assert (found["captions.cues"], found["captions.encoding"]) == (1, "ASCII")
    assert found["captions.line_length_max"] == len("Test")
    assert found["captions.last_cue"] == pytest.approx(3 * 1001 / 1000)
    assert found["captions.syntax_errors"] == []


def test_a_line_that_is_no_scc_is_reported(tmp_path: Path) -> None:
    found = facts_of(tmp_path, SCC + "\n00:00:04:00\t94zz\n")
    assert messages(found["captions.syntax_errors"]) == [
        (7, "the line is not a timecode and groups of four hexadecimal digits")
    ]


def test_ebu_stl_is_read(tmp_path: Path) -> None:
    found = facts_of(tmp_path, stl())
    assert found.keys() == ALL
    assert (found["captions.cues"], found["captions.language"], found["captions.encoding"]) == (2, "en", "ISO 6937")
    assert (found["captions.first_cue"], found["captions.last_cue"]) == (1.0, 6.0)
    assert found["captions.line_length_max"] == len("Hens")
    assert found["captions.syntax_errors"] == []


def test_an_ebu_stl_file_that_is_cut_short_says_so(tmp_path: Path) -> None:
    found = facts_of(tmp_path, stl(3)[:-28])
    said = [message for _, message in messages(found["captions.syntax_errors"])]
    assert "is cut short: the last subtitle block has 100 of 128 bytes" in said
    assert "states 3 subtitle blocks and holds 2" in said
    assert found["captions.cues"] == 2


def test_a_format_that_is_recognised_but_not_read_says_so(tmp_path: Path) -> None:
    found = facts_of(tmp_path, "[Script Info]\n")
    assert found["captions.format"] == "ASS"
    assert found["captions.cues"] == Unmeasured("is ASS, a caption format that is recognised but not read")
