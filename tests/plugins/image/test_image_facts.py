"""What the header of an image says."""

from __future__ import annotations

from pathlib import Path

import pytest
from pictures_made import LAB, SRGB, exif, facts_of, image, png, png_chunk, sniffed
from PIL import Image

from deliverlint.values import Unmeasured


@pytest.mark.parametrize(
    ("mode", "form", "space", "depth", "per_pixel", "alpha"),
    [
        ("RGB", "JPEG", "RGB", 8, 24, False),
        ("L", "JPEG", "Greyscale", 8, 8, False),
        ("CMYK", "JPEG", "CMYK", 8, 32, False),
        ("RGB", "PNG", "RGB", 8, 24, False),
        ("RGBA", "PNG", "RGB", 8, 32, True),
        ("LA", "PNG", "Greyscale", 8, 16, True),
        ("I;16", "PNG", "Greyscale", 16, 16, False),
        ("1", "PNG", "Bilevel", 1, 1, False),
        ("RGB", "TIFF", "RGB", 8, 24, False),
        ("RGBA", "TIFF", "RGB", 8, 32, True),
        ("CMYK", "TIFF", "CMYK", 8, 32, False),
        ("LAB", "TIFF", "Lab", 8, 24, False),
        ("1", "TIFF", "Bilevel", 1, 1, False),
        ("RGB", "WEBP", "RGB", 8, 24, False),
        ("RGBA", "WEBP", "RGB", 8, 32, True),
        ("RGB", "AVIF", "RGB", 8, 24, False),
        ("RGB", "BMP", "RGB", 8, 24, False),
        ("RGB", "JPEG2000", "RGB", 8, 24, False),
        ("P", "GIF", "RGB", 8, 8, False),
    ],
)
def test_colours_and_depth_are_those_that_were_saved(
    tmp_path: Path, mode: str, form: str, space: str, depth: int, per_pixel: int, alpha: bool
) -> None:
    facts = facts_of(tmp_path, image(mode, form))
    assert facts["image.color_space"] == space
    assert (facts["image.bit_depth"], facts["image.bits_per_pixel"]) == (depth, per_pixel)
    assert facts["image.alpha"] is alpha
    assert (facts["image.width"], facts["image.height"]) == (48, 32)
    assert facts["image.complete"] is not False


def test_sixteen_bits_a_channel_are_seen_though_pillow_reads_eight(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, png(2, 2, depth=16, color_type=2, pixels=bytes(26)))
    assert (facts["image.bit_depth"], facts["image.bits_per_pixel"]) == (16, 48)


def test_a_palette_of_colours_counts_as_rgb(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, png(2, 2, png_chunk(b"PLTE", bytes(48)), depth=4, color_type=3, pixels=bytes(4)))
    assert (facts["image.color_space"], facts["image.bits_per_pixel"]) == ("RGB", 4)


def test_sides_area_and_ratio_follow_from_the_size(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, image("L", "PNG", size=(2000, 3000)))
    assert (facts["image.short_side"], facts["image.long_side"]) == (2000, 3000)
    assert facts["image.megapixels"] == 6
    assert facts["image.aspect_ratio"] == pytest.approx(2 / 3)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "WEBP", "AVIF"])
def test_an_embedded_profile_is_named_and_its_absence_is_absent(tmp_path: Path, form: str) -> None:
    with_profile, without = image("RGB", form, icc_profile=SRGB), image("RGB", form)
    assert facts_of(tmp_path, with_profile)["image.icc_profile"] == "sRGB built-in"
    assert facts_of(tmp_path, without)["image.icc_profile"] is None


@pytest.mark.parametrize(
    ("mode", "profile", "srgb"), [("RGB", None, True), ("RGB", SRGB, True), ("RGB", LAB, False), ("L", None, False)]
)
def test_rgb_without_a_profile_or_with_an_srgb_one_is_srgb(
    tmp_path: Path, mode: str, profile: bytes | None, srgb: bool
) -> None:
    assert facts_of(tmp_path, image(mode, "JPEG", icc_profile=profile))["image.srgb"] is srgb


def test_a_profile_that_cannot_be_read_is_there_all_the_same(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, image("RGB", "JPEG", icc_profile=b"no profile at all" * 20))
    assert facts["image.icc_profile"] == "unnamed profile"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("turn", [3, 6, 8])
def test_the_orientation_tag_is_read(tmp_path: Path, form: str, turn: int) -> None:
    facts = facts_of(tmp_path, image("RGB", form, exif=exif(turn)))
    assert (facts["image.orientation"], facts["image.exif"]) == (turn, True)


def test_an_orientation_tag_that_says_upright_is_a_tag_all_the_same(tmp_path: Path) -> None:
    assert facts_of(tmp_path, image("RGB", "JPEG", exif=exif(1)))["image.orientation"] == 1


def test_an_icon_has_the_size_of_its_largest_picture(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, image("RGBA", "ICO", size=(256, 256), sizes=[(16, 16), (256, 256), (32, 32)]))
    assert (facts["image.width"], facts["image.frames"]) == (256, 3)
    assert isinstance(facts["image.color_space"], Unmeasured)


def test_the_orientation_of_a_tiff_is_a_tag_of_its_own(tmp_path: Path) -> None:
    assert facts_of(tmp_path, image("RGB", "TIFF", tiffinfo={274: 3}))["image.orientation"] == 3


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_without_a_tag_there_is_no_orientation(tmp_path: Path, form: str) -> None:
    assert facts_of(tmp_path, image("RGB", form))["image.orientation"] is None


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP", "TIFF"])
def test_frames_and_pages_are_counted(tmp_path: Path, form: str) -> None:
    pictures = [Image.new("RGB", (48, 32), (n * 80, 0, 0)) for n in range(3)]
    path = tmp_path / "moving"
    pictures[0].save(path, form, save_all=True, append_images=pictures[1:])
    facts = facts_of(tmp_path, path.read_bytes())
    assert (facts["image.frames"], facts["image.animated"]) == (3, True)
    assert facts_of(tmp_path, image("RGB", form))["image.animated"] is False


def test_a_stated_resolution_is_read_in_dots_per_inch(tmp_path: Path) -> None:
    assert facts_of(tmp_path, image("RGB", "JPEG", dpi=(300, 300)))["image.dpi"] == 300
    assert facts_of(tmp_path, image("RGB", "JPEG"))["image.dpi"] is None


def test_progressive_coding_is_seen(tmp_path: Path) -> None:
    assert facts_of(tmp_path, image("RGB", "JPEG", progressive=True))["image.progressive"] is True
    assert facts_of(tmp_path, image("RGB", "JPEG"))["image.progressive"] is False


@pytest.mark.parametrize("lossless", [True, False])
@pytest.mark.parametrize("size", [(1, 1), (17, 3), (1000, 700)])
def test_a_webp_header_is_read_as_pillow_reads_it(tmp_path: Path, lossless: bool, size: tuple[int, int]) -> None:
    facts = facts_of(tmp_path, image("RGB", "WEBP", size=size, lossless=lossless))
    assert (facts["image.width"], facts["image.height"]) == size


@pytest.mark.parametrize(
    ("head", "form"),
    [
        (b"8BPS\0\1" + bytes(20), "PSD"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", "AVIF"),
        (b"\0\0\0\x20ftypavif\0\0\0\0avifmif1miaf", "AVIF"),
        (image("RGB", "ICO"), "ICO"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "WebP"),
        (b"BM is how this letter begins, and it goes on", ""),
        (b"RIFF\0\0\0\0WAVEfmt ", ""),
        (b"\0\0\0\x1cftypisom\0\0\2\0isomiso2", ""),
        (b"\0\0\1\0", ""),
        (b"", ""),
    ],
)
def test_formats_are_recognised_by_their_heads(head: bytes, form: str) -> None:
    assert sniffed(head) == form


@pytest.mark.parametrize("form", ["PSD", "HEIC", "JPEG XL"])
def test_a_format_that_is_only_recognised_says_so(tmp_path: Path, form: str) -> None:
    facts = facts_of(tmp_path, bytes(100), form)
    assert facts["image.format"] == form
    reason = f"is {form}, which is recognised but not read; hand over a flat JPEG, PNG or TIFF"
    assert facts["image.width"] == Unmeasured(reason)
