"""Writes the sample deliveries: `python corpus/make.py [KIND...]`, all kinds without an argument.

Each `makers/<kind>.py` with a function `make(folder: Path) -> None` writes its deliveries into `folder/<kind>/`, where
`folder` is this one. The same makers with the same encoders write the same bytes; made-with.json says which encoders
those were. Needs the extra `corpus`.
"""

from __future__ import annotations

import argparse
import importlib
import json
import platform
import sys
import zlib
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
MADE_WITH = HERE / "made-with.json"
_ENCODERS = ("av", "numpy", "pillow", "ebooklib", "openpyxl")


def kinds() -> list[str]:
    """Return the makers that there are; modules without `make` only help others."""
    return sorted(file.stem for file in (HERE / "makers").glob("*.py") if "\ndef make(" in file.read_text("utf-8"))


def encoders() -> dict[str, str]:
    """Return what decides the bytes beside the makers themselves: libraries, zlib and the processor."""
    return {
        **{name: version(name) for name in _ENCODERS},
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "machine": platform.machine(),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description="Write the sample deliveries.")
    parser.add_argument("kind", nargs="*", help=f"one of {', '.join(kinds())}; all where none is named")
    parser.add_argument("--into", type=Path, default=HERE, help="folder to write into (default: this one)")
    arguments = parser.parse_args()
    if unknown := sorted(set(arguments.kind) - set(kinds())):
        parser.error(f"no maker for {', '.join(unknown)}; there are {', '.join(kinds())}")
    sys.path.insert(0, str(HERE))
    for kind in arguments.kind or kinds():
        importlib.import_module(f"makers.{kind}").make(arguments.into)
        print(f"{arguments.into / kind}")
        if arguments.into == HERE:
            _note_encoders(kind)
    return 0


def _note_encoders(kind: str) -> None:
    made_with = json.loads(MADE_WITH.read_text("utf-8")) if MADE_WITH.exists() else {}
    made_with[kind] = encoders()
    MADE_WITH.write_text(json.dumps(made_with, indent=2, sort_keys=True) + "\n", "utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
