"""Cut, damaged and forged images: each fact is a value or a reason, and no pixel is decoded for it."""

from __future__ import annotations

import random
import time
import zlib
from pathlib import Path

import pytest
from pictures_made import NAMES, exif, facts_of, image, png, png_chunk, sniffed
from PIL import Image, ImageFile

from deliverlint.values import Unmeasured

MUTATIONS = 250
FORMS = ["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF", "JPEG2000", "ICO"]
MARKED = ["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF"]


def noisy(form: str, size: tuple[int, int] = (160, 120)) -> bytes:
    """Return an image with something to cut off."""
    import io

    out = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(out, form)
    return out.getvalue()


def mutated(chance: random.Random, content: bytes) -> bytes:
    data = bytearray(content)
    for _ in range(chance.choice([1, 2, 8])):
        at = (
            min(int(chance.expovariate(1 / 80)), len(data) - 1)
            if chance.random() < 0.8
            else chance.randrange(len(data))
        )
        kind = chance.randrange(4)
        if kind == 0:
            data[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            data[at : at + 4] = chance.choice([b"\xff\xff\xff\xff", bytes(4), b"\x7f\xff\xff\xff", b"\x01\0\0\0"])
        elif kind == 2:
            data[at:at] = chance.randbytes(chance.randrange(1, 9))
        else:
            del data[at : at + chance.randrange(1, 40)]
        if len(data) < 2:
            break
    return bytes(data[: chance.randrange(1, len(data) + 1)] if chance.random() < 0.2 else data)


@pytest.mark.parametrize("form", FORMS)
def test_a_damaged_image_is_measured_or_unmeasured_and_never_breaks_the_probe(tmp_path: Path, form: str) -> None:
    whole = image("RGB", form, exif=exif(6)) if form in ("JPEG", "PNG", "WEBP") else image("RGB", form)
    sort, chance = sniffed(whole[:4096]), random.Random(f"image {form}")
    for number in range(MUTATIONS):
        started = time.process_time()
        facts = facts_of(tmp_path, mutated(chance, whole), sort)
        assert set(facts) == NAMES
        for value in facts.values():
            assert value is None or isinstance(value, bool | int | float | str | Unmeasured), f"mutation {number}"
        assert time.process_time() - started < 5, f"mutation {number} of {form} took too long"


@pytest.mark.parametrize("form", MARKED)
def test_an_image_is_complete_until_it_is_cut_short(tmp_path: Path, form: str) -> None:
    whole = noisy(form)
    sort = sniffed(whole[:4096])
    assert facts_of(tmp_path, whole, sort)["image.complete"] is True
    for share in (0.9, 0.6, 0.5):
        facts = facts_of(tmp_path, whole[: int(len(whole) * share)], sort)
        assert facts["image.complete"] is False, f"{form} cut to {share:.0%}"


def test_a_thumbnail_inside_a_cut_jpeg_does_not_make_it_whole(tmp_path: Path) -> None:
    whole = noisy("JPEG")
    thumbnail = b"Exif\0\0" + image("RGB", "JPEG")
    segment = b"\xff\xe1" + (len(thumbnail) + 2).to_bytes(2) + thumbnail
    assert facts_of(tmp_path, (whole[:2] + segment + whole[2:])[: len(whole) // 2])["image.complete"] is False


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("content", [b"", b"\0", b"<html></html>", bytes(64), b"\xff" * 64])
def test_a_file_that_is_something_else_has_no_size(tmp_path: Path, form: str, content: bytes) -> None:
    sort = sniffed(image("RGB", form)[:4096])
    facts = facts_of(tmp_path, content, sort)
    for name in NAMES - {"image.format", "image.complete"}:
        assert isinstance(facts[name], Unmeasured), f"{name} of {content!r} as {sort}"
    assert facts["image.complete"] is not True


def test_the_size_of_a_huge_image_is_told_without_decoding_it(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, png(100_000, 90_000))
    assert (facts["image.width"], facts["image.height"], facts["image.megapixels"]) == (100_000, 90_000, 9000)


@pytest.mark.parametrize("form", FORMS)
def test_no_pixel_is_decoded(tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = [Image.new("RGB", (48, 32), (n * 80, 0, 0)) for n in range(3)]
    path = tmp_path / "moving"
    moving = {"save_all": True, "append_images": pictures[1:]} if form in ("GIF", "PNG", "WEBP", "TIFF", "AVIF") else {}
    pictures[0].save(path, form, **moving)
    content = path.read_bytes()

    def refuse(*arguments: object) -> None:
        raise AssertionError("a pixel was asked for")

    monkeypatch.setattr(ImageFile.ImageFile, "load", refuse)
    monkeypatch.setattr(Image.Image, "load", refuse)
    assert facts_of(tmp_path, content)["image.width"] == (32 if form == "ICO" else 48)  # an icon is square


def test_pillows_own_bound_is_as_it_was(tmp_path: Path) -> None:
    before = Image.MAX_IMAGE_PIXELS
    facts_of(tmp_path, png(100_000, 90_000))
    facts_of(tmp_path, b"nothing", "PNG")
    assert before == Image.MAX_IMAGE_PIXELS is not None


def test_metadata_that_unpacks_to_a_gigabyte_is_refused(tmp_path: Path) -> None:
    text = png_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(50_000_000), 9))
    facts = facts_of(tmp_path, png(8, 8, text))
    assert facts["image.width"] == Unmeasured("hides more compressed metadata than an honest image has")


def test_an_image_of_no_width_is_damaged(tmp_path: Path) -> None:
    assert isinstance(facts_of(tmp_path, png(0, 8))["image.width"], Unmeasured)
