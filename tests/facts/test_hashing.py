"""`file.sha256`, held against what `sha256sum` prints."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deliverlint.facts.hashing import measure
from deliverlint.spec import Source
from deliverlint.values import Json, Unmeasured


def sha256(path: Path) -> Json | Unmeasured:
    (digest,) = measure(Source(path=path, name=path.name), frozenset({"file.sha256"})).values()
    return digest


def test_the_empty_file_and_abc_have_their_published_digests(tmp_path: Path) -> None:
    # FIPS 180-4, examples of SHA-256
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "abc").write_bytes(b"abc")
    assert sha256(tmp_path / "empty") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert sha256(tmp_path / "abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize("size", [1, 2**20 - 1, 2**20, 2**20 + 1, 3 * 2**20 + 17])
def test_files_of_any_size_around_the_buffer(tmp_path: Path, size: int) -> None:
    content = bytes(range(251)) * (size // 251 + 1)
    (tmp_path / "file").write_bytes(content[:size])
    assert sha256(tmp_path / "file") == hashlib.sha256(content[:size]).hexdigest()


@pytest.mark.skipif(sys.platform == "win32" or not shutil.which("sha256sum"), reason="needs sha256sum")
def test_a_tree_has_the_digest_of_what_sha256sum_prints(tmp_path: Path) -> None:
    build = tmp_path / "build"
    for name in ("b.txt", "a/b.txt", "a.txt", "a-z", "ü/émoji 🎬", "new\nline", "back\\slash", "return\r", "Z", " "):
        path = build / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    names = sorted(os.fsencode(path.relative_to(build)) for path in build.rglob("*") if path.is_file())
    printed = subprocess.run(["sha256sum", "--", *names], cwd=build, capture_output=True, check=True).stdout
    assert sha256(build) == hashlib.sha256(printed).hexdigest()


def test_a_tree_changes_with_a_byte_a_name_and_a_new_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("b")
    seen = {sha256(tmp_path)}
    (tmp_path / "b").write_text("c")
    seen.add(sha256(tmp_path))
    (tmp_path / "b").rename(tmp_path / "c")
    seen.add(sha256(tmp_path))
    (tmp_path / "d").write_text("")
    seen.add(sha256(tmp_path))
    assert len(seen) == 4
    (tmp_path / "d").unlink()
    assert sha256(tmp_path) in seen


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs POSIX file types")
def test_links_are_not_followed_and_pipes_not_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("one")
    build = tmp_path / "build"
    (build / "inner").mkdir(parents=True)
    (build / "link").symlink_to(secret)
    (build / "inner" / "loop").symlink_to("..")
    os.mkfifo(build / "pipe")
    before = sha256(build)
    secret.write_text("two")
    assert sha256(build) == before
    (build / "link").unlink()
    (build / "link").symlink_to("elsewhere")
    assert sha256(build) != before


def test_a_file_in_a_tree_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "good").write_text("x")
    (tmp_path / "locked").write_text("x")
    opened = os.open

    def refuse(path: object, *rest: int) -> int:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return opened(path, *rest)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr(os, "open", refuse)
    assert sha256(tmp_path) == Unmeasured("'locked' in it cannot be read: Permission denied")
