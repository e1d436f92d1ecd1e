"""What is, what was expected: in words that a person understands who has never seen the ruleset."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine import world

# phrase, value, fact, other facts of the file, the sentence
MESSAGES = [
    ("at most -2 dBTP", "-1.9", "audio.true_peak", "", "true peak is -1.9 dBTP, expected at most -2 dBTP"),
    ("[H.264, HEVC]", "ProRes 422 HQ", "video.codec", "", "video codec is 'ProRes 422 HQ', expected H.264 or HEVC"),
    ("no", "yes", "track.is_cover", "", "cover version: yes, expected no"),
    ("present", "absent", "audio.isrc", "", "ISRC is missing"),
    ("absent", "X1", "audio.isrc", "", "ISRC is X1, expected none"),
    ("absent", "[en, de]", "audio.languages", "", "languages: en and de; expected none"),
    ("1000000", "1000001", "audio.channels", "", "channels is 1000001, expected 1000000"),
    ("count 1", "[en, de]", "audio.languages", "", "languages: there are 2 (en and de), expected 1"),
    ("count at least 1", "[]", "audio.languages", "", "languages: there are none, expected at least 1"),
    ("each de", "[de, fr, en]", "audio.languages", "", "languages: 2 of 3 are fr and en, expected de"),
    ("none en", "[de, en]", "audio.languages", "", "languages: 1 of 2 is en, expected none en"),
    ("any fr", "[de, en]", "audio.languages", "", "languages: de and en; expected at least one that is fr"),
    ("any fr", "[]", "audio.languages", "", "languages: none; expected at least one that is fr"),
    ("unique", "[a, b, a]", "audio.languages", "", "languages is not unique: a used more than once"),
    (
        "each at most 2 s", "[{start: 0, end: 3}, {start: 5, end: 6}]", "video.black.internal", "",
        "black inside: 1 of 2 is 3 s, expected at most 2 s",
    ),
    (
        "same as video.duration ± 1 frame", "3", "video.black.head", "video.duration: 2, video.frame_rate: 25",
        "black at the head is 3 s, expected the same as picture length ± 1 frame (2 s)",
    ),
    (
        "at most 10 % of video.duration", "3", "video.black.head", "video.duration: 20",
        "black at the head is 3 s, expected at most 10 % of picture length (2 s)",
    ),
    (
        "below video.duration", "3", "video.black.head", "video.duration: 2",
        "black at the head is 3 s, expected below picture length (2 s)",
    ),
    ("2026-01-01 to 2026-12-31", "2027-01-01", "release.date", "", "release date is 2027-01-01, expected 2026-01-01 to 2026-12-31"),
]  # fmt: skip


@pytest.mark.parametrize(("phrase", "value", "name", "more", "sentence"), MESSAGES, ids=[row[4] for row in MESSAGES])
def test_a_finding_says_what_is_and_what_was_expected(
    tmp_path: Path, phrase: str, value: str, name: str, more: str, sentence: str
) -> None:
    found = world.one(tmp_path, phrase, value, name, more)
    assert (found.status, found.message) == ("fail", sentence)


def test_what_is_not_in_the_other_list_is_named_with_where_it_was_looked_for(tmp_path: Path) -> None:
    rules = "rules: {r: {for: shot-list, expect: {shots.generated: all in prompt-log/prompts.shots}}}\n"
    papers = (
        "documents: [{kind: shot-list, path: s.csv, facts: {shots.generated: [s1, s9]}}, "
        "{kind: prompt-log, path: p.csv, facts: {prompts.shots: [s1]}}]\n"
    )
    assert world.judge(tmp_path, rules, papers)[0].message == (
        "generated shots: s9 is not found in logged shots (prompt-log)"
    )


def test_a_long_list_is_cut_and_counted(tmp_path: Path) -> None:
    values = ", ".join(f"v{number}" for number in range(1000))
    found = world.one(tmp_path, "each x", f"[{values}]", "audio.languages")
    assert found.message == "languages: 1000 of 1000 are v0, v1, v2, v3, v4 and 995 more, expected x"


def test_a_text_that_turns_the_line_around_is_shown_escaped(tmp_path: Path) -> None:
    found = world.one(tmp_path, "'X'", '"\\u202egpj.exe\\e[31m"', "audio.isrc")
    assert found.message == "ISRC is \\u202egpj.exe\\x1b[31m, expected X"


def test_a_file_name_that_is_no_text_can_be_matched(tmp_path: Path) -> None:
    rules = "rules: {r: {for: track, expect: {file.name: 'matches [a-z]+'}}}\n"
    assert world.judge(tmp_path, rules, 'assets: [{path: "a b.wav", roles: [track]}]\n')[0].status == "fail"
    from deliverlint.ruleset.regex import matches

    assert matches("[a-z]+", "caf\udce9.wav") is False
