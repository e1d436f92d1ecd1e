"""The corpus can be made again, and git keeps every byte of it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from corpus import golden, make

KINDS = sorted({name.partition("/")[0] for name in golden.deliveries()})
# What no encoder, compressor or library has a hand in.
PLAIN = {".csv", ".dll", ".exe", ".html", ".md", ".pck", ".pem", ".srt", ".txt", ".vdf", ".vtt", ".x86_64", ".yaml"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    for library in ("av", "numpy", "ebooklib"):
        pytest.importorskip(library, reason="making the corpus needs the extra 'corpus'")
    folder = tmp_path_factory.mktemp("made")
    maker = [sys.executable, str(golden.HERE / "make.py"), "--into", str(folder)]
    subprocess.run(maker, check=True, timeout=300, capture_output=True)
    return folder


def content(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize("kind", KINDS)
def test_the_makers_write_the_files_of_the_corpus_and_no_others(kind: str, made: Path) -> None:
    assert sorted(content(made / kind)) == sorted(content(golden.HERE / kind))


@pytest.mark.parametrize("kind", KINDS)
def test_the_makers_write_the_same_bytes_again(kind: str, made: Path) -> None:
    made_with = json.loads(make.MADE_WITH.read_text("utf-8"))[kind]
    here = make.encoders()
    again, kept = content(made / kind), content(golden.HERE / kind)
    plain = {path for path in kept if Path(path).suffix in PLAIN}
    # Which words a picture has on it decides what an attestation says of its hash.
    plain -= {path for path in plain if Path(path).name == "attestations.yaml"}
    assert [path for path in sorted(plain) if again[path] != kept[path]] == []
    if here != made_with:
        others = {name: (made_with.get(name), here.get(name)) for name in here if here.get(name) != made_with.get(name)}
        pytest.skip(f"the encoders differ from those of the corpus: {others}")
    assert [path for path in sorted(kept) if again[path] != kept[path]] == []


def git(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    # What the person who runs this has told git to ignore everywhere does not count.
    command = ["git", "-c", "core.excludesFile=", *words]
    return subprocess.run(
        command, cwd=golden.ROOT, input=given, capture_output=True, encoding="utf-8", timeout=60, check=False
    )


in_git = pytest.mark.skipif(
    shutil.which("git") is None or git("rev-parse", "--git-dir").returncode != 0, reason="this is no clone"
)


def corpus_files() -> list[str]:
    files = (file for file in golden.HERE.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return sorted(file.relative_to(golden.ROOT).as_posix() for file in files)


@in_git
def test_git_ignores_nothing_of_the_corpus() -> None:
    ran = git("check-ignore", "--no-index", "--verbose", "--stdin", given="\n".join(corpus_files()))
    assert (ran.stdout, ran.returncode) == ("", 1)


@in_git
def test_git_changes_no_line_end_in_the_corpus() -> None:
    told = git("check-attr", "text", "--stdin", given="\n".join(corpus_files())).stdout.splitlines()
    assert len(told) == len(corpus_files())
    assert [line for line in told if not line.endswith(": text: unset")] == []
