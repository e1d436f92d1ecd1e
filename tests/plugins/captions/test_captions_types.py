"""What the first bytes of a caption file show."""

from __future__ import annotations

import random

import pytest
from cue_files import SCC, SRT, TTML, VTT, recognised, stl


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (SRT.encode(), "SRT"),
        (b"\xef\xbb\xbf" + SRT.encode(), "SRT"),
        (SRT.encode("utf-16"), "SRT"),
        (b"0:00:01.0 -> 0:00:02.0\nHello\n", "SRT"),
        (VTT.encode(), "WebVTT"),
        (TTML.encode(), "TTML"),
        (TTML.replace("<tt ", "<tt:tt ").encode(), "TTML"),
        (SCC.encode(), "SCC"),
        (stl(), "EBU STL"),
        (b"[Script Info]\nTitle: x\n", "ASS"),
    ],
)
def test_a_format_is_recognised_by_its_content(data: bytes, form: str) -> None:
    assert recognised(data, "no ending") == form


@pytest.mark.parametrize(
    "data",
    [b"", b"An arrow --> points at 12:00", b"<html><!-- 00:00:01,000 --> --></html>", b"<svg xmlns='x'/>", b"WEBVTTX"],
)
def test_other_text_is_no_caption_file(data: bytes) -> None:
    assert recognised(data, "film.srt") == ""


def test_random_bytes_are_no_caption_file() -> None:
    for seed in range(300):
        assert recognised(random.Random(seed).randbytes(64), "film.srt") == ""
