"""What deliverlint costs, each figure against its budget: `python benchmarks/run.py [NAME...]`.

Everything is compared with something that runs beside it, so that the figures hold on any machine: a bare Python,
`find | head`, or the first run of the same thing. Processor time of all processes counts, not the clock.
Needs `find`, `head` and an installed deliverlint. Names: start-up small-check game-build judging loading unchanged.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from material import build, empty_delivery, hash_rule, image_rules, large_texts
from timing import Cost, run, side_by_side, typical

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent / "corpus" / "console" / "arcade"
PYTHON = sys.executable
FINISHED = (0, 1, 3)  # of `check`: whatever was found
FILES = 50_000


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: what was measured, in which unit, and how much it may be."""

    name: str
    what: str
    measured: float
    budget: float
    unit: str
    note: str = ""

    def line(self) -> str:
        share = self.measured / self.budget
        verdict = "ok" if share <= 1 else "OVER"
        shown = f"{self.measured:9.2f} {self.unit:3} of {self.budget:6.2f}"
        return f"{self.name:12} {self.what:58} {shown}  {share:6.2f}  {verdict:4} {self.note}"


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"no benchmark is called {unknown[0]}; there are {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    print(f"{'benchmark':12} {'what':58} {'measured':>13} of budget   share")
    with tempfile.TemporaryDirectory(prefix="deliverlint-bench-") as folder:
        for name in names or BENCHMARKS:
            place = Path(folder) / name
            place.mkdir()
            for figure in BENCHMARKS[name](place):
                print(figure.line(), flush=True)
            shutil.rmtree(place)
    return 0


def check(delivery: Path, ruleset: str | Path, cache: Path, *more: str) -> Cost:
    """Run `deliverlint check` once, with its own cache folder."""
    command = [PYTHON, "-m", "deliverlint", "check", delivery, "-r", ruleset, "--quiet", *more]
    return run(command, {"DELIVERLINT_CACHE_DIR": str(cache)}, FINISHED)


def bare_python() -> Cost:
    return run([PYTHON, "-c", "pass"])


def start_up(place: Path) -> Iterator[Figure]:
    ours, bare = side_by_side(lambda: run([PYTHON, "-m", "deliverlint", "--version"]), bare_python, 15)
    extra = (ours.cpu - bare.cpu) * 1000
    yield Figure("start-up", "--version, above a bare Python", extra, 15, "ms", f"({bare.cpu * 1000:.0f} ms bare)")


def small_check(place: Path) -> Iterator[Figure]:
    cache = place / "cache"
    ours, bare = side_by_side(lambda: check(CORPUS, "console/steam", cache), bare_python, 11)
    extra = (ours.cpu - bare.cpu) * 1000
    yield Figure("small-check", "a warm check of a small delivery, above a bare Python", extra, 120, "ms")


def game_build(place: Path) -> Iterator[Figure]:
    content = build(place, FILES)
    ours, heads = side_by_side(
        lambda: check(place, "console/base", place / "cache", "--no-cache"),
        lambda: run(["find", content, "-type", "f", "-exec", "head", "-qc64", "{}", "+"]),
        5,
    )
    note = f"({ours.cpu:.2f} s against {heads.cpu:.2f} s)"
    ratio = ours.cpu / heads.cpu
    yield Figure("game-build", f"a build of {FILES:,} files, to `find | head -c64`", ratio, 4, "×", note)


def judging(place: Path) -> Iterator[Figure]:
    ruleset = image_rules(place, 200)
    script = HERE / "judging.py"
    judged, ready = side_by_side(
        lambda: run([PYTHON, script, ruleset, "1000", "1"]), lambda: run([PYTHON, script, ruleset, "1000", "0"]), 5
    )
    yield Figure("judging", "200 rules against 1,000 assets, facts known", judged.cpu - ready.cpu, 1, "s")


def loading(place: Path) -> Iterator[Figure]:
    delivery = empty_delivery(place)
    many, one = image_rules(place, 1000, "many"), image_rules(place, 1, "one")
    new = (place / f"cache-{number}" for number in range(10_000))
    cold, least = side_by_side(lambda: check(delivery, many, next(new)), lambda: check(delivery, one, next(new)), 7)
    yield Figure("loading", "1,000 rules, cold", cold.cpu - least.cpu, 0.3, "s")
    warm = place / "warm"
    again, least = side_by_side(lambda: check(delivery, many, warm), lambda: check(delivery, one, warm), 7)
    yield Figure("loading", "1,000 rules, compiled", (again.cpu - least.cpu) * 1000, 50, "ms")


def unchanged(place: Path) -> Iterator[Figure]:
    delivery, ruleset = large_texts(place / "delivery", 8, 1000), hash_rule(place)
    first = check(delivery, ruleset, place / "cache")
    again = typical(lambda: check(delivery, ruleset, place / "cache"), 5)
    note = f"({again.cpu:.2f} s after {first.cpu:.2f} s)"
    yield Figure("unchanged", "8 GB read in full, checked again", again.cpu / first.cpu * 100, 2, "%", note)


BENCHMARKS: dict[str, Callable[[Path], Iterator[Figure]]] = {
    "start-up": start_up,
    "small-check": small_check,
    "game-build": game_build,
    "judging": judging,
    "loading": loading,
    "unchanged": unchanged,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
