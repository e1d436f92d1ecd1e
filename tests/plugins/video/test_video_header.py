"""Facts of whole files, with PyAV as the second reader."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from clips import ALL, fact, facts_of, reason, write_clip

from deliverlint.values import Unmeasured

NTSC = Fraction(24_000, 1001)


@pytest.mark.parametrize(
    ("name", "codec", "rate", "size", "pixels", "options", "called"),
    [
        ("a.mp4", "libx264", NTSC, (320, 180), "yuv420p", {}, "H.264"),
        ("a.mkv", "libx264", Fraction(30_000, 1001), (322, 180), "yuv420p", {}, "H.264"),
        ("b.mp4", "libx265", 25, (320, 180), "yuv420p10le", {"x265-params": "log-level=0"}, "HEVC"),
        ("a.mov", "prores_ks", 25, (320, 180), "yuv422p10le", {"profile": "3"}, "ProRes 422 HQ"),
        ("b.mov", "prores_ks", 25, (320, 180), "yuv422p10le", {"profile": "0"}, "ProRes 422 Proxy"),
        ("c.mov", "prores_ks", 24, (320, 180), "yuva444p10le", {"profile": "4"}, "ProRes 4444"),
        ("a.mxf", "dnxhd", 25, (1280, 720), "yuv422p", {"profile": "dnxhr_hq"}, "DNxHR HQ"),
        ("d.mov", "dnxhd", 25, (1280, 720), "yuv422p", {"profile": "dnxhr_sq"}, "DNxHR SQ"),
        ("b.mxf", "dnxhd", 25, (1920, 1080), "yuv422p", {"b": "120M"}, "DNxHD"),
        ("c.mxf", "mpeg2video", 25, (720, 576), "yuv420p", {}, "MPEG-2"),
        ("a.mpg", "mpeg1video", 25, (320, 180), "yuv420p", {}, "MPEG-1"),
        ("a.avi", "mpeg4", 15, (320, 180), "yuv420p", {}, "MPEG-4 Part 2"),
        ("a.webm", "libvpx-vp9", 60, (320, 180), "yuv420p", {}, "VP9"),
        ("e.mov", "mjpeg", 25, (320, 180), "yuvj420p", {}, "Motion JPEG"),
        ("b.mkv", "ffv1", 50, (320, 180), "yuv420p", {}, "FFV1"),
    ],
)
def test_codec_size_rate_and_length_are_what_a_second_reader_sees(
    tmp_path: Path,
    name: str,
    codec: str,
    rate: Fraction | int,
    size: tuple[int, int],
    pixels: str,
    options: dict[str, str],
    called: str,
) -> None:
    clip = write_clip(tmp_path / name, codec, size, rate, 6, pixels, options)
    found = facts_of(clip)
    with av.open(str(clip)) as seen:
        stream = seen.streams.video[0]
        assert (found["video.width"], found["video.height"]) == (stream.width, stream.height) == size
        assert found["video.frame_rate"] == pytest.approx(float(stream.average_rate), rel=1e-6)
        assert found["video.duration"] == pytest.approx(6 / float(Fraction(rate)), abs=1 / float(Fraction(rate)))
    assert found["video.codec"] == called
    assert found["container.video_streams"] == 1
    assert found["container.audio_streams"] == 0


def test_every_fact_is_answered(tmp_path: Path) -> None:
    assert facts_of(write_clip(tmp_path / "a.mp4", sound="aac")).keys() == ALL


def test_ntsc_rates_are_exact(tmp_path: Path) -> None:
    assert fact(write_clip(tmp_path / "a.mp4", rate=NTSC), "video.frame_rate") == pytest.approx(
        24_000 / 1001, rel=1e-12
    )


def test_h264_names_its_profile_level_and_entropy_coding(tmp_path: Path) -> None:
    options = {"profile": "main", "x264-params": "cabac=0:level=3.1"}
    found = facts_of(write_clip(tmp_path / "a.mp4", codec_options=options))
    assert (found["video.profile"], found["video.level"], found["video.entropy_coding"]) == ("Main", 3.1, "CAVLC")


def test_ten_bits_and_422_are_seen(tmp_path: Path) -> None:
    found = facts_of(write_clip(tmp_path / "a.mov", pixels="yuv422p10le"))
    assert (found["video.profile"], found["video.bit_depth"], found["video.chroma"]) == ("High 4:2:2", 10, "4:2:2")


def test_the_range_flag_of_prores_is_not_believed(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.mov", "prores_ks", pixels="yuv422p10le", tagged=True)
    assert "ProRes" in reason(clip, "video.color.range")
    assert fact(clip, "video.bit_depth") == 10


def test_colour_tags_are_read_and_their_absence_is_measured(tmp_path: Path) -> None:
    tagged = facts_of(write_clip(tmp_path / "tagged.mp4", tagged=True))
    assert {tagged[f"video.color.{part}"] for part in ("primaries", "transfer", "matrix")} == {"BT.709"}
    assert tagged["video.color.range"] == "limited"
    untagged = facts_of(write_clip(tmp_path / "untagged.mp4"))
    assert {untagged[f"video.color.{part}"] for part in ("primaries", "transfer", "matrix")} == {None}


def test_hdr10_is_named(tmp_path: Path) -> None:
    hdr = (
        "log-level=0:hdr10=1:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:max-cll=1000,400:"
        "master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1)"
    )
    clip = write_clip(tmp_path / "a.mp4", "libx265", pixels="yuv420p10le", codec_options={"x265-params": hdr})
    found = facts_of(clip)
    assert (found["video.hdr"], found["video.color.transfer"]) == ("HDR10", "PQ")


@pytest.mark.parametrize(("flag", "order"), [("tff=1", "top field first"), ("bff=1", "bottom field first")])
def test_interlaced_h264_is_seen_with_its_field_order(tmp_path: Path, flag: str, order: str) -> None:
    found = facts_of(write_clip(tmp_path / "a.mp4", size=(720, 576), codec_options={"x264-params": flag}))
    assert (found["video.scan_type"], found["video.field_order"]) == ("interlaced", order)


def test_a_progressive_picture_has_no_field_order(tmp_path: Path) -> None:
    found = facts_of(write_clip(tmp_path / "a.mp4"))
    assert (found["video.scan_type"], found["video.field_order"]) == ("progressive", None)


def test_a_variable_frame_rate_is_seen(tmp_path: Path) -> None:
    times = [Fraction(number * number, 900) for number in range(20)]
    assert fact(write_clip(tmp_path / "v.mp4", rate=30, times=times), "video.frame_rate_mode") == "variable"
    assert fact(write_clip(tmp_path / "c.mp4", rate=30), "video.frame_rate_mode") == "constant"


@pytest.mark.parametrize(
    ("size", "lines"),
    [((640, 360), "360 lines"), ((1920, 804), "1080 lines"), ((2048, 858), "1080 lines"), ((1080, 1920), "1080 lines")],
)
def test_a_cropped_or_upright_picture_belongs_to_its_standard_size(
    tmp_path: Path, size: tuple[int, int], lines: str
) -> None:
    assert fact(write_clip(tmp_path / "a.mp4", size=size, frames=2), "video.resolution") == lines


def test_what_a_transport_stream_does_not_state_is_unmeasured(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.ts")
    assert "does not state" in reason(clip, "container.truncated")
    assert "frames have to be read" in reason(clip, "video.frame_rate_mode")


def test_box_facts_are_absent_outside_mp4(tmp_path: Path) -> None:
    found = facts_of(write_clip(tmp_path / "a.mkv"))
    assert {found[name] for name in ("container.faststart", "container.edit_lists", "container.fragmented")} == {None}


def test_a_file_without_picture_says_so_once(tmp_path: Path) -> None:
    path = tmp_path / "sound.mp4"
    silence = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
    silence.sample_rate = 48_000
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=48_000, layout="mono")
        container.mux(stream.encode(silence))
        container.mux(stream.encode(None))
    found = facts_of(path)
    assert found["container.video_streams"] == 0
    assert found["video.codec"] == Unmeasured("the file has no picture stream")


def test_a_second_picture_stream_can_be_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "two.mkv"
    with av.open(str(path), "w") as container:
        for width, height in ((320, 180), (640, 360)):
            stream = container.add_stream("mpeg4", rate=25)
            stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for index, stream in enumerate(container.streams.video):
            container.mux(stream.encode(av.VideoFrame(320 + 320 * index, 180 + 180 * index, "yuv420p")))
            container.mux(stream.encode(None))
    assert fact(path, "video.width") == 320
    assert fact(path, "video.width", "video:2") == 640
    assert fact(path, "video.width", "video:3") == Unmeasured("the file has no picture stream 3")
    assert fact(path, "video.width", "audio:1") == Unmeasured("audio:1 is no picture stream")
