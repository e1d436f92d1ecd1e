"""What is measured of captions, whatever their format."""

from __future__ import annotations

from pathlib import Path

import pytest
from cue_files import facts_of
from deliverlint_captions.text import length


def _srt(*cues: tuple[str, str, str]) -> str:
    return "\n".join(f"{number}\n{start} --> {end}\n{text}\n" for number, (start, end, text) in enumerate(cues, 1))


def test_reading_speed_counts_spaces_and_punctuation_of_all_lines(tmp_path: Path) -> None:
    found = facts_of(tmp_path, _srt(("00:00:01,000", "00:00:03,000", "Is it on?\nYes, it is.")))
    assert found["captions.reading_speed_max"] == 10  # 9 and 11 characters in 2 seconds
    assert found["captions.line_length_max"] == 11
    assert found["captions.lines_max"] == 2


@pytest.mark.parametrize(
    ("text", "characters"),
    [("café", 4), ("cafe\u0301", 4), ("👩\u200d👩", 2), ("字幕", 2), ("字幕 A", 3), ("ｶﾅ字", 2), ("한국어.", 3.5)],
)
def test_characters_are_counted_as_they_are_seen(text: str, characters: float) -> None:
    assert length(text) == characters


def test_overlaps_and_gaps_are_the_times_between_captions(tmp_path: Path) -> None:
    found = facts_of(
        tmp_path,
        _srt(
            ("00:00:01,000", "00:00:03,000", "One"),
            ("00:00:02,500", "00:00:04,000", "Two"),
            ("00:00:04,000", "00:00:05,000", "Three"),
            ("00:00:05,080", "00:00:06,000", "Four"),
        ),
    )
    assert found["captions.overlaps"] == [{"start": 2.5, "end": 3.0, "cue": 2, "line": 6}]
    assert [(gap["start"], gap["end"]) for gap in found["captions.gaps"]] == [(4.0, 4.0), (5.0, 5.08)]
    assert found["captions.gap_min"] == 0


def test_captions_in_different_places_do_not_overlap(tmp_path: Path) -> None:
    found = facts_of(
        tmp_path,
        _srt(("00:00:01,000", "00:00:03,000", "Speech"), ("00:00:02,000", "00:00:03,000", "{\\an8}SIGN ON A DOOR")),
    )
    assert found["captions.overlaps"] == []


def test_captions_out_of_order_are_found_where_they_stand(tmp_path: Path) -> None:
    found = facts_of(tmp_path, _srt(("00:00:05,000", "00:00:06,000", "Two"), ("00:00:01,000", "00:00:02,000", "One")))
    assert found["captions.out_of_order"] == [{"start": 1.0, "end": 2.0, "cue": 2, "line": 6}]
    assert found["captions.overlaps"] == []


def test_the_shortest_and_longest_times_on_screen(tmp_path: Path) -> None:
    found = facts_of(tmp_path, _srt(("00:00:01,000", "00:00:01,834", "Hm"), ("00:00:02,000", "00:00:09,100", "Well")))
    assert (found["captions.cue_duration_min"], found["captions.cue_duration_max"]) == (0.834, 7.1)
