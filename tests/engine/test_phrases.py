"""Every phrase of the rule language, on values that satisfy it and values that do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from deliverlint.ruleset.errors import RulesetError
from tests.engine import world

# phrase, a value that passes, a value that fails, the fact
PHRASES = [
    ("at most -2 dBTP", "-2.0", "-1.9", "audio.true_peak"),
    ("'<= -2 dBTP'", "-2.04", "-1.95", "audio.true_peak"),
    ("below -2 dBTP", "-2.1", "-2.0", "audio.true_peak"),
    ("above -2 dBTP", "-1.9", "-2.0", "audio.true_peak"),
    ("at least 44.1 kHz", "44100", "44099", "audio.sample_rate"),
    ("'≥ 44,100 Hz'", "44100", "44099", "audio.sample_rate"),
    ("4 to 18 dBFS", "4.0", "18.1", "audio.true_peak_like"),
    ("−27 LUFS ± 2 LU", "-29.0", "-29.1", "audio.loudness.integrated"),
    ("-27 LKFS +/- 2 LU", "-25.0", "-24.9", "audio.loudness.integrated"),
    ("-27 ± 2 LU", "-25.0", "-24.9", "audio.loudness.integrated"),
    ("23.976 fps", "23.976023976", "24", "video.frame_rate"),
    ("29.97 fps", "29.97002997", "30", "video.frame_rate"),
    ("[24 fps, 25 fps]", "25", "23.976", "video.frame_rate"),
    ("'1,920 px'", "1920", "1919", "video.width"),
    ("2", "2", "1", "audio.channels"),
    ("[1, 2]", "2", "3", "audio.channels"),
    ("H.264", "H.264", "HEVC", "video.codec"),
    ("[H.264, HEVC]", "HEVC", "ProRes 422 HQ", "video.codec"),
    ("present", "DEA012600001", "absent", "audio.isrc"),
    ("absent", "absent", "DEA012600001", "audio.isrc"),
    ("'matches [A-Z]{2}[A-Z0-9]{3}[0-9]{7}'", "DEA012600001", "DEA01260000", "audio.isrc"),
    ("contains A01", "DEA012600001", "DEB", "audio.isrc"),
    ("yes", "yes", "no", "track.is_cover"),
    ("no", "no", "yes", "track.is_cover"),
    ("at least 2026-11-01", "2026-11-01", "2026-10-31", "release.date"),
    ("below 2026-11-01", "2026-10-31", "2026-11-01", "release.date"),
    ("contains en", "[de, en]", "[de]", "audio.languages"),
    ("count 1", "[de]", "[de, en]", "audio.languages"),
    ("count at most 2", "[de, en]", "[de, en, fr]", "audio.languages"),
    ("each de", "[de, de]", "[de, fr]", "audio.languages"),
    ("any en", "[de, en]", "[de, fr]", "audio.languages"),
    ("none en", "[de, fr]", "[de, en]", "audio.languages"),
    ("unique", "[de, en]", "[de, de]", "audio.languages"),
    ("all equal", "[de, de]", "[de, en]", "audio.languages"),
    ("present", "[de]", "[]", "audio.languages"),
    ("sum at most -3 dBFS", "[-1, -2]", "[-1, -1]", "audio.levels"),
    ("each at most 2 s", "[{start: 0, end: 2}]", "[{start: 0, end: 2.1}]", "video.black.internal"),
    ("sum at most 2 s", "[{start: 0, end: 1}, {start: 5, end: 6}]", "[{start: 0, end: 2.1}]", "video.black.internal"),
    ("count 0", "[]", "[{start: 0, end: 2}]", "video.black.internal"),
    ("absent", "[]", "[{start: 0, end: 2}]", "video.black.internal"),
    ("'48 000 Hz'", "48000", "48", "audio.sample_rate"),
    ("4 fps to 30 fps", "29.97", "30.001", "video.frame_rate"),
    ("500 ms to 1 s", "1", "1.001", "audio.duration"),
    ("90 s ± 10 %", "99", "99.1", "audio.duration"),
    ("0", "0", "1", "audio.channels"),
    ("2026-11-30", "2026-11-30", "2026-12-01", "release.date"),
    ("2026-01-01 to 2026-12-31", "2026-12-31", "2027-01-01", "release.date"),
    ("'matches A$|^B'", "B", "C", "audio.isrc"),
    ("'matches a  b'", "'a  b'", "'a b'", "audio.isrc"),
    ("'matches \\$[0-9]+'", "$25", "25", "audio.isrc"),
    ("'each matches [a-z]{2}$'", "[de, en]", "[de, eng]", "audio.languages"),
    ("'none contains x'", "[de, en]", "[de, ex]", "audio.languages"),
    ("[count 1, count 3]", "[de, en, fr]", "[de, en]", "audio.languages"),
    ("count 2 to 3", "[de, en]", "[de]", "audio.languages"),
    ("count same as audio.channels", "[de, en]", "[de]", "audio.languages"),
    ("any present", "[de]", "[]", "audio.languages"),
    ("'none'", "none", "DEB", "audio.isrc"),
    (
        "none above 1 %",
        "[{start: 0, end: 9, value: 1}]",
        "[{start: 0, end: 9, value: 1.1}]",
        "video.levels.out_of_range",
    ),
    (
        "each at most 2 s",
        "[{start: 0, end: 2, value: 9}]",
        "[{start: 0, end: 3, value: 0}]",
        "video.levels.out_of_range",
    ),
]


@pytest.mark.parametrize(("phrase", "good", "bad", "name"), PHRASES, ids=[f"{row[3]}: {row[0]}" for row in PHRASES])
def test_a_phrase_passes_what_it_allows_and_fails_what_it_does_not(
    tmp_path: Path, phrase: str, good: str, bad: str, name: str
) -> None:
    if name == "audio.true_peak_like":
        name, phrase = "audio.levels", f"each {phrase}"
        good, bad = f"[{good}]", f"[{bad}]"
    assert world.one(tmp_path, phrase, good, name, more="audio.channels: 2").status == "pass"
    assert world.one(tmp_path, phrase, bad, name, more="audio.channels: 2").status == "fail"


@pytest.mark.parametrize("phrase", ["2026-11-30", "at most 2026-11-30", "2026-11-01 to 2026-11-30"])
def test_of_a_date_with_a_time_the_day_counts(tmp_path: Path, phrase: str) -> None:
    assert world.known(tmp_path, phrase, "2026-11-30T23:59:59Z", "release.date").status == "pass"
    assert world.known(tmp_path, phrase, "2026-12-01T00:00:00Z", "release.date").status == "fail"


def test_a_number_is_judged_at_the_precision_it_is_shown_with(tmp_path: Path) -> None:
    assert world.one(tmp_path, "at most -2 dBTP", "-1.96").status == "pass"
    failing = world.one(tmp_path, "at most -2 dBTP", "-1.94")
    assert (failing.status, failing.message) == ("fail", "true peak is -1.9 dBTP, expected at most -2 dBTP")


def test_a_limit_in_another_unit_is_also_shown_in_the_facts_own(tmp_path: Path) -> None:
    assert world.one(tmp_path, "at least 48 kHz", "44100", "audio.sample_rate").message == (
        "sample rate is 44100 Hz, expected at least 48 kHz (48000 Hz)"
    )


def test_what_is_absent_fails_a_comparison_and_says_so(tmp_path: Path) -> None:
    found = world.one(tmp_path, "at most -2 dBTP", "absent")
    assert (found.status, found.message) == ("fail", "true peak is absent, expected at most -2 dBTP")


def test_what_is_unmeasured_is_never_a_pass(tmp_path: Path) -> None:
    for phrase in ("at most -2 dBTP", "present", "absent"):
        assert world.one(tmp_path, phrase, "unmeasured").status == "unmeasured"


def test_a_frame_is_as_long_as_the_frame_rate_says(tmp_path: Path) -> None:
    rules = "rules: {r: {for: picture, expect: {video.black.head: at least 2 frames}}}\n"
    facts = "assets: [{path: a.mp4, roles: [picture], facts: {video.black.head: %s, video.frame_rate: 25}}]\n"
    assert world.judge(tmp_path, rules, facts % "0.08")[0].status == "pass"
    assert world.judge(tmp_path, rules, facts % "0.079")[0].status == "fail"


# phrase, fact, what the explanation has to contain
MISTAKES = [
    ("at lest 2", "audio.channels", "did you mean 'at least'"),
    ("at most 3", "video.codec", "compares numbers"),
    ("ProRes HQ 422", "video.codec", "did you mean 'ProRes 422 HQ'"),
    ("48 khz", "audio.sample_rate", "did you mean 'kHz'"),
    ("48000", "audio.sample_rate", "48000 Hz"),
    ("at most 3 dB", "audio.sample_rate", "is in Hz"),
    ("maybe", "track.is_cover", "neither yes nor no"),
    ("unique", "audio.isrc", "per:"),
    ("same as picture/video.duratoin", "audio.duration", "did you mean 'video.duration'"),
    ("same as pictur/video.duration", "audio.duration", "did you mean 'picture'"),
    ("same as video.codec", "audio.duration", "type"),
    ("all in shots.generatd", "audio.isrc", "did you mean 'shots.generated'"),
    ("'matches (a'", "audio.isrc", "no regular expression"),
    ("'matches (?=a)b'", "audio.isrc", "look-around"),
    ("18 to 4 LUFS", "audio.loudness.integrated", "larger to the smaller"),
    ("2 frames", "audio.true_peak", "cannot be counted in frames"),
    ("$loudnes", "audio.loudness.integrated", "no parameter"),
    ("yesterday", "release.date", "no date"),
    ("en", "audio.languages", "is a list"),
    ("count many", "audio.languages", "is no number"),
    ("-27 LUFS ± 2 Hz", "audio.loudness.integrated", "tolerance"),
    ("[]", "video.codec", "empty list"),
    ("{a: b}", "video.codec", "no phrase"),
    # the right thing in other words
    ("max -2 dBTP", "audio.true_peak", "write 'at most -2 dBTP'"),
    ("no more than 3", "audio.channels", "write 'at most 3'"),
    ("less than 3", "audio.channels", "write 'below 3'"),
    ("-2 dBTP or less", "audio.true_peak", "write 'at most -2 dBTP'"),
    ("between 1 and 3 s", "audio.duration", "write '1 to 3 s'"),
    ("10–20 s", "audio.duration", "write '10 to 20 s'"),
    ("2+", "audio.channels", "write 'at least 2'"),
    ("'= 2'", "audio.channels", "write '2'"),
    ("At most -2 dBTP", "audio.true_peak", "lower case: 'at most -2 dBTP'"),
    ("before 2026-01-01", "release.date", "write 'below 2026-01-01'"),
    ("H.264 or HEVC", "video.codec", "write a list: [H.264, HEVC]"),
    ("H.264, HEVC", "video.codec", "write a list: [H.264, HEVC]"),
    ("not H.264", "video.codec", "list the values that are allowed"),
    ("required", "audio.isrc", "say `present`"),
    ("none", "audio.isrc", "say `absent`"),
    ("10 % of video.width", "video.width", "write 'at least 10 % of video.width'"),
    # numbers as they are written elsewhere
    ("at most -2,5 dBTP", "audio.true_peak", "with a point: -2.5"),
    ("0,5 s", "audio.duration", "with a point: 0.5"),
    ("23,976 fps", "video.frame_rate", "with a point: 23.976"),
    ("at most 00:10:00", "audio.duration", "one number with its unit"),
    ("1 min 30 s", "audio.duration", "one number with one unit"),
    ("2 px", "audio.channels", "write '2'"),
    ("at most -2 LUFS", "audio.true_peak", "is in dBTP"),
    ("9" * 400, "audio.channels", "is no number"),
    ("NaN", "audio.channels", "is no number"),
    ("at least 2026-02-31", "release.date", "no date"),
    ("2026-12-31 to 2026-01-01", "release.date", "later to the earlier"),
    ("1 s to 500 ms", "audio.duration", "larger to the smaller"),
    # phrases that every value, or none, would satisfy
    ("count present", "audio.languages", "asks for a number"),
    ("sum absent", "audio.levels", "asks for a number"),
    ("count", "audio.isrc", "needs something behind it"),
    ("contains", "audio.isrc", "needs something behind it"),
    ("same as", "audio.isrc", "needs something behind it"),
    ("at most", "audio.channels", "needs a number"),
    ("all in budget.total", "audio.isrc", "is of type number"),
    ("all in provenance.models", "audio.isrc", "is of type records"),
    ("same as video.black.internal", "video.black.internal", "list of events"),
    ("same as picture", "audio.duration", "role/fact"),
    ("at most picture/video.duratoin", "audio.duration", "did you mean 'video.duration'"),
    ("each 2026-01-01", "release.date", "single date"),
    ("each each each each each each x", "audio.languages", "list"),
]


@pytest.mark.parametrize(("phrase", "name", "hint"), MISTAKES, ids=[row[0] for row in MISTAKES])
def test_what_is_no_phrase_for_a_fact_is_explained_with_its_line(
    tmp_path: Path, phrase: str, name: str, hint: str
) -> None:
    with pytest.raises(RulesetError) as caught:
        world.load(tmp_path, f"rules:\n  r:\n    for: track\n    expect:\n      {name}: {phrase}\n")
    problem = caught.value.problems[0]
    assert hint in problem.message
    assert problem.line == 9
