"""The text report says what to mend, in an order and in words for people who are no engineers."""

from __future__ import annotations

import re

import pytest

from deliverlint.judge.model import DocumentResult, Result
from deliverlint.report.layout import display_width
from deliverlint.report.text import render
from deliverlint.report.view import View
from deliverlint.values import Fact, Json
from tests.report.checklists import (
    ACME,
    CHAIN,
    CODEC,
    COVER,
    FRAME_RATE,
    ISRC,
    LOUDNESS,
    SUSPEND,
    checklist,
    fail,
    missing,
    passed,
    rule,
    unmeasured,
    waived,
)

LINKS = rule("links", "Links lead somewhere")


def fact(value: Json) -> Fact:
    return Fact("ebook.links.broken", value)


def lines_about(text: str, start: str) -> list[str]:
    """Return the lines from the one that holds `start` to the next empty one."""
    lines = text.splitlines()
    first = next(number for number, line in enumerate(lines) if start in line)
    rest = lines[first:]
    return rest[: rest.index("")] if "" in rest else rest


def words(text: str) -> str:
    return " ".join(text.split())


def test_a_finding_says_what_is_why_it_matters_what_to_do_and_who_asks() -> None:
    text = render(checklist([fail(FRAME_RATE, "egg.mov", "frame rate is 29.97 fps, expected 24 fps")]), View())
    told = lines_about(text, "✗ error")
    assert "Picture runs at a native cinema rate" in told[0]
    assert [line.split(None, 1) for line in told[1:2]] == [["found", "frame rate is 29.97 fps, expected 24 fps"]]
    assert any(line.split(None, 1) == ["why", "Viewers notice picture-frame-rate."] for line in told)
    assert any("to do" in line and "Mend picture-frame-rate first." in line for line in told)
    assert told[-2].split(None, 1) == ["see", "Acme Delivery Specification 9.2 §3.1"]
    assert told[-1].split(None, 1) == ["rule", "acme/feature:picture-frame-rate"]


def test_findings_stand_under_the_file_they_speak_of() -> None:
    text = render(
        checklist(
            [
                fail(FRAME_RATE, "egg.mov", "m1", role="picture"),
                fail(COVER, "c.jpg", "m2"),
                fail(CODEC, "egg.mov", "m3"),
            ]
        ),
        View(),
    )
    of_film = text[text.index("egg.mov  picture") : text.index("c.jpg")]
    assert "native cinema rate" in of_film
    assert "encoded in ProRes" in of_film
    assert "billboard" not in of_film


def test_what_concerns_the_whole_delivery_comes_first() -> None:
    captions = rule("role.captions", "Captions are delivered", needs="captions")
    text = render(checklist([fail(CODEC, "egg.mov", "m"), fail(captions, "", "there is no captions")]), View())
    assert text.index("The delivery as a whole") < text.index("egg.mov")


def test_errors_stand_before_warnings_and_advice_after_everything_that_must_be_mended() -> None:
    text = render(
        checklist([fail(COVER, "a.wav", "m1"), fail(LOUDNESS, "a.wav", "m2"), fail(ISRC, "a.wav", "m3")]), View()
    )
    assert text.index("✗ error") < text.index("▲ warning") < text.index("── Advice (1)") < text.index("• advice")


def test_the_same_finding_on_many_files_is_told_once() -> None:
    tracks = [fail(ISRC, f"audio/{n:02}.wav", "ISRC is absent, expected present", role="track") for n in range(1, 13)]
    text = render(checklist(tracks), View())
    assert text.count("Every track carries its ISRC") == 1
    assert "12 tracks\n" in text
    assert "audio/01.wav, audio/02.wav, audio/03.wav, audio/04.wav, audio/05.wav and 7 more" in text


def test_values_that_differ_are_listed_and_what_was_expected_is_told_once() -> None:
    mixes = [
        fail(LOUDNESS, f"{n}.wav", f"integrated loudness is -2{n} LUFS, expected -14 LUFS", role="track")
        for n in range(7)
    ]
    told = lines_about(render(checklist(mixes), View()), "▲ warning")
    assert "· 0.wav: integrated loudness is -20 LUFS" in told[2]
    assert sum("-14 LUFS" in line for line in told) == 1
    assert any("and 2 more" in line for line in told)


def test_verbose_cuts_no_list_short() -> None:
    mixes = [fail(LOUDNESS, f"{n}.wav", f"loudness is -1{n} LUFS, expected -14 LUFS") for n in range(7)]
    text = render(checklist(mixes), View(verbose=True))
    assert all(f"· {n}.wav: loudness is -1{n} LUFS" in text for n in range(7))
    assert "more" not in text


def test_a_list_of_what_should_not_be_there_is_told_line_by_line() -> None:
    links = [f"a.xhtml:{line} leads to '{'b' * 130}.xhtml', which is not in the book" for line in range(1, 8)]
    broken = fail(LINKS, "book.epub", f"broken links: {links[0][:120]}…; expected none", facts=(fact(links),))
    text = render(checklist([broken]), View())
    told = [line.strip() for line in lines_about(text, "✗ error")]
    assert "found     broken links, expected none" in told
    assert f"'{'b' * 130}.xhtml', which is not in the" in " ".join(told)
    assert "and 2 more (--verbose lists them)" in text
    assert "more" not in render(checklist([broken]), View(verbose=True))


def test_a_single_short_entry_stays_in_its_sentence() -> None:
    broken = fail(LINKS, "book.epub", "broken links: a.xhtml:1; expected none", facts=(fact(["a.xhtml:1"]),))
    assert "found     broken links: a.xhtml:1; expected none" in render(checklist([broken]), View())


def test_messages_stand_beside_their_places() -> None:
    errors = [{"line": 2, "cue": 1, "message": "no (real) end"}, {"line": 9, "cue": 3, "message": "no text"}]
    sentence = "syntax errors: there are 2 (no (real) end and no text), expected 0"
    broken = fail(LINKS, "en.srt", sentence, facts=(fact(errors),), at=tuple(errors))
    text = render(checklist([broken]), View())
    assert "found     syntax errors: there are 2, expected 0\n" in text
    assert "· line 2, cue 1: no (real) end\n" in text
    assert "    at  " not in text


def test_hostile_entries_cannot_change_the_page() -> None:
    names = ["\x1b[2Jgone", "b\u202egpj.exe"]
    broken = fail(LINKS, "build", "junk: a and b; expected none", facts=(fact([{"path": name} for name in names]),))
    text = render(checklist([broken]), View())
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_two_files_are_told_one_by_one() -> None:
    text = render(checklist([fail(ISRC, "1.wav", "m"), fail(ISRC, "2.wav", "m")]), View())
    assert text.count("Every track carries its ISRC") == 2


def test_a_requirement_that_two_buyers_share_is_told_once_with_both_names() -> None:
    both = [fail(CODEC, "egg.mov", "m", ruleset) for ruleset in ("acme/base", "acme/feature")]
    text = render(checklist(both), View())
    assert text.count("Picture is encoded in ProRes") == 1
    assert "acme/base:picture-codec acme/feature:picture-codec" in text


def test_buyers_that_want_different_values_are_told_apart() -> None:
    text = render(
        checklist(
            [
                fail(LOUDNESS, "1.wav", "loudness is -9 LUFS, expected -14 LUFS", "label/one"),
                fail(LOUDNESS, "1.wav", "loudness is -9 LUFS, expected -16 LUFS", "label/two"),
            ]
        ),
        View(),
    )
    assert "expected -14 LUFS" in text
    assert "expected -16 LUFS" in text


def test_places_are_shown_as_timecode_and_as_players_show_time() -> None:
    places = ({"start": 62.48, "end": 65.68, "timecode": "00:01:02:12"}, {"start": 3605.0, "end": 3606.5})
    text = render(checklist([fail(CODEC, "egg.mov", "black lasts too long", at=places)]), View())
    assert "00:01:02:12 (1:02.48 to 1:05.68); 1:00:05 to 1:00:06.5" in words(text)


def test_what_could_not_be_measured_is_not_shown_as_failed_and_has_its_reason_once() -> None:
    reason = "is cut short: the mp4 has no moov box"
    open_ones = [unmeasured(what, "egg.mp4", f"{what.id} is unmeasured: {reason}") for what in (FRAME_RATE, CODEC)]
    text = render(checklist(open_ones, verdict="incomplete"), View())
    assert "✗" not in text
    assert text.count(reason) == 1
    assert "? unknown" in text
    assert "2 requirements: is cut short" in text
    assert "Picture is encoded in ProRes" in text
    assert "2 requirements could not be measured" in words(text)


def test_what_a_person_must_decide_is_listed_apart() -> None:
    waiting = Result(SUSPEND, ACME, "to-review", "error", "build", "build", message="a person has to vouch for this")
    text = render(checklist([waiting], verdict="incomplete"), View())
    assert "── For a person to look at (1)" in text
    assert "attestations" in text
    assert "1 waits for a person" in words(text)


def test_a_waived_finding_stays_in_the_report_with_who_approved_it() -> None:
    text = render(checklist([waived(CODEC, "egg.mov", "codec is H.264")], verdict="pass"), View())
    assert "archive footage, approved by Acme QC, until 2027-01-31" in text
    assert "codec is H.264" in text


def test_a_missing_document_is_told_once_with_what_it_is_and_where_to_get_it() -> None:
    text = render(
        checklist([fail(CHAIN, "", "the document is missing")], [missing("chain-of-title", "Chain of title")]), View()
    )
    section = text[text.index("Missing documents (1)") :]
    assert "Chain of title" in section
    assert "It proves who owns the work." in section
    assert "Ask your lawyer." in section
    assert "the document is missing" not in text
    assert "The delivery as a whole" not in text


def test_a_missing_document_names_the_files_that_need_it() -> None:
    licence = rule("mechanical", "Covers are licensed", needs="mechanical-licence")
    text = render(
        checklist(
            [fail(licence, asset, f"the document is missing for {asset}") for asset in ("3.wav", "7.wav")],
            [missing("mechanical-licence", "Mechanical licence")],
        ),
        View(),
    )
    assert re.search(r"for +3\.wav, 7\.wav", text)


def test_a_document_that_is_there_but_not_in_order_says_what_is_wrong_with_it() -> None:
    log = rule("prompts", "Every shot is logged", needs="prompt-log")
    state = DocumentResult("prompt-log", "Prompt log", "unfilled", ACME, ("prompts.csv",), ("line 4 has no prompt",))
    text = render(checklist([fail(log, "", "prompts.csv is a template")], [state]), View())
    section = text[text.index("Documents that need work (1)") :]
    assert "Prompt log is not filled in" in section
    assert "prompts.csv" in section
    assert "line 4 has no prompt" in section


def test_a_waived_document_is_not_called_missing() -> None:
    text = render(
        checklist(
            [waived(CHAIN, "", "the document is missing")], [missing("chain-of-title", "Chain of title")], "pass"
        ),
        View(),
    )
    assert "Missing documents" not in text


def test_a_document_that_is_in_order_is_not_mentioned() -> None:
    fine = DocumentResult("chain-of-title", "Chain of title", "present", ACME, ("cot.pdf",))
    assert "Chain of title" not in render(checklist([passed(CHAIN, "")], [fine], "pass"), View())


def test_each_ruleset_has_a_verdict_line_with_counts_and_the_last_sentence_sums_up() -> None:
    text = render(
        checklist([fail(CODEC, "a.mov", "m"), fail(LOUDNESS, "a.mov", "m"), passed(FRAME_RATE, "a.mov")]), View()
    )
    verdict = text[text.index("── Verdict") :]
    assert re.search(r"✗ fail +acme/feature 2026\.11\.0 +2 failed, 1 passed", verdict)
    assert "Not ready to hand over: 1 error and 1 warning." in verdict


def test_a_delivery_without_findings_is_ready() -> None:
    text = render(checklist([passed(CODEC, "a.mov")], verdict="pass"), View())
    assert "Ready to hand over." in text
    assert "✗" not in text


def test_passing_rules_are_only_counted_unless_asked_for() -> None:
    one = checklist([passed(CODEC, "a.mov")], verdict="pass")
    assert CODEC.title not in render(one, View())
    assert re.search(rf"✓ pass +{CODEC.title}", render(one, View(verbose=True)))


def test_quiet_is_one_line_for_each_finding_and_the_verdict() -> None:
    text = render(checklist([fail(CODEC, "a.mov", "codec is H.264"), passed(FRAME_RATE, "a.mov")]), View(quiet=True))
    assert text.splitlines() == [
        "error a.mov: codec is H.264 [acme/feature:picture-codec]",
        "Not ready to hand over: 1 error.",
    ]


def test_statistics_count_findings_by_rule() -> None:
    results = [fail(ISRC, f"{n}.wav", "m") for n in range(4)] + [fail(CODEC, "a.mov", "m")]
    text = render(checklist(results), View(statistics=True))
    section = text[text.index("── Findings by rule") : text.index("── Verdict")]
    assert re.search(r"4 +Every track carries its ISRC \(track-isrc\)", section)
    assert section.index("track-isrc") < section.index("picture-codec")


def test_findings_of_the_baseline_are_counted_and_not_told() -> None:
    text = render(
        checklist([fail(CODEC, "a.mov", "old one"), fail(FRAME_RATE, "a.mov", "new one")]), View(known=frozenset({0}))
    )
    assert "old one" not in text
    assert "new one" in text
    assert "1 finding stands in the baseline" in words(text)


def test_a_run_with_nothing_but_the_baselines_findings_says_so() -> None:
    text = render(checklist([fail(CODEC, "a.mov", "old one")], verdict="pass"), View(known=frozenset({0})))
    assert "Nothing new to mend. (1 finding stands in the baseline, not shown.)" in words(text)
    assert "Not ready" not in text


@pytest.mark.parametrize("width", [50, 60, 72, 100, 300])
def test_no_line_is_wider_than_the_terminal_nor_than_a_page(width: int) -> None:
    long = " ".join(["the picture has frames that were blended from two others"] * 8)
    results = [fail(FRAME_RATE, "egg.mov", long), waived(CODEC, "a.mov", long), unmeasured(ISRC, "b.wav", long)]
    documents = [missing("chain-of-title", "Chain of title")]
    text = render(checklist([*results, fail(CHAIN, "", long)], documents), View(width=width))
    assert max(map(display_width, text.splitlines())) <= min(width, 100)


def test_colour_is_only_where_it_is_welcome() -> None:
    one = checklist([fail(CODEC, "a.mov", "m")])
    plain, coloured = render(one, View()), render(one, View(colour=True))
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain
    assert coloured != plain


def test_where_only_ascii_can_be_shown_nothing_else_is() -> None:
    results = [fail(CODEC, "Zoë – 映画.mov", "loudness is −9 LUFS, expected −14 LUFS ± 1 LU"), passed(ISRC, "a.wav")]
    text = render(checklist(results, [missing("x", "Überschrift")]), View(ascii=True, verbose=True))
    assert text.isascii()
    assert "x error" in text
    assert "-9 LUFS, expected -14 LUFS +/- 1 LU" in text


@pytest.mark.parametrize(
    "hostile",
    ["a\x1b[31mred.mov", "a\u202egpj.mov", "a\nfake line.mov", "a\r.mov", "caf\udce9.mov", "a\x07\x00.mov", "🥚" * 300],
)
def test_hostile_names_cannot_change_the_page(hostile: str) -> None:
    results = [fail(CODEC, hostile, f"{hostile} is wrong", role=hostile), unmeasured(ISRC, hostile, hostile)]
    for view in (View(), View(quiet=True), View(verbose=True), View(ascii=True)):
        text = render(checklist(results, path=hostile, title=hostile), view)
        text.encode("utf-8")
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
        assert not any(line.strip().startswith("fake line") for line in text.splitlines())


def test_wide_signs_count_as_two_columns() -> None:
    assert display_width("映画") == 4
    assert display_width("e\u0301") == 1
    assert display_width("abc") == 3
