"""A plan goes in, facts come out: what is not worth asking a probe is not asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from facts_helpers import CATALOGUE, file_at, measured, probe, task, the_fact

from deliverlint.delivery.model import File
from deliverlint.facts.answers import Answer
from deliverlint.facts.measure import Progress, measure, wrong_medium
from deliverlint.facts.model import Plan, Task
from deliverlint.facts.workers import Workers
from deliverlint.spec import Probe
from deliverlint.values import Fact, Unmeasured


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.mov"
    path.write_bytes(b"film")
    return path


class FakeWorkers(Workers):
    """Answers every task in this process, and notes what it was asked."""

    def __init__(self, **values: object) -> None:
        super().__init__(1)
        self.asked: list[Task] = []
        self.values = values

    def run(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Answer | None]]:
        for one in tasks:
            self.asked.append(one)
            yield one, None
            yield one, Answer({name: self.values[name.rpartition(".")[2]] for name in one.wanted})


def test_a_number_comes_with_the_unit_of_its_fact(workers: Workers, film: Path) -> None:
    found = measured(workers, task(file_at(film), "size", "test.number"))
    assert found == {"film.mov": {"test.number": Fact("test.number", 4, "s", "measured")}}


def test_what_is_known_already_is_passed_on(workers: Workers) -> None:
    known = {"": {"delivery.title": Fact("delivery.title", "The Egg Farmers", "", "declared")}}
    assert measure(Plan(known), workers, None, CATALOGUE) == known


def test_known_and_measured_facts_of_one_subject_stand_together(workers: Workers, film: Path) -> None:
    known = {"film.mov": {"file.size": Fact("file.size", 4, "B")}}
    plan = Plan(known, (task(file_at(film), "size", "test.number"), task(file_at(film), "reason", "test.text")))
    assert measure(plan, workers, None, CATALOGUE)["film.mov"] == {
        "file.size": Fact("file.size", 4, "B"),
        "test.number": Fact("test.number", 4, "s"),
        "test.text": Unmeasured("is cut short: the mp4 has no moov box"),
    }
    assert list(known["film.mov"]) == ["file.size"]


def test_none_is_a_fact_a_thing_that_is_measurably_not_there(film: Path) -> None:
    found = measured(FakeWorkers(number=None), task(file_at(film), "size", "test.number"))
    assert found["film.mov"] == {"test.number": Fact("test.number", None, "s")}


@pytest.mark.parametrize("obstacle", ["is empty", "is a Git LFS pointer: run `git lfs pull`"])
def test_a_file_with_an_obstacle_is_not_opened(film: Path, obstacle: str) -> None:
    workers = FakeWorkers()
    found = measured(workers, task(file_at(film, obstacle=obstacle), "size", "test.number", "test.text"))
    assert found["film.mov"] == {"test.number": Unmeasured(obstacle), "test.text": Unmeasured(obstacle)}
    assert workers.asked == []


def test_a_file_of_another_medium_is_not_shown_to_the_probe(film: Path) -> None:
    workers = FakeWorkers()
    cover = file_at(film, media="image", format="PNG")
    found = measured(workers, task(cover, probe("size", media=("video",)), "test.number"))
    assert found["film.mov"] == {"test.number": Unmeasured("is a PNG image, not video")}
    assert workers.asked == []


@pytest.mark.parametrize(
    ("media", "readable"), [("video", ("audio", "video")), ("image", ()), ("", ("video",))], ids=str
)
def test_a_file_that_the_probe_may_be_able_to_read_is_shown_to_it(
    workers: Workers, film: Path, media: str, readable: tuple[str, ...]
) -> None:
    file = file_at(film, media=media)
    assert the_fact(workers, task(file, probe("size", media=readable), "test.number")) == 4


@pytest.mark.parametrize(
    ("media", "format_", "readable", "message"),
    [
        ("image", "PNG", ("video",), "is a PNG image, not video"),
        ("audio", "MP3", ("video", "image"), "is an MP3 audio, not video or image"),
        ("ebook", "EPUB", ("audio", "video", "image"), "is an EPUB ebook, not audio, video or image"),
        ("image", "", ("video",), "is an image, not video"),
        ("audio", "FLAC", ("ebook",), "is a FLAC audio, not ebook"),
        ("game", "Unity", ("ebook",), "is a Unity game, not ebook"),
        ("captions", "SubRip", ("ebook",), "is a SubRip captions, not ebook"),
        ("video", "\x1b[31m", ("ebook",), "is a \\x1b[31m video, not ebook"),
    ],
)
def test_the_message_about_the_medium_is_a_sentence(
    media: str, format_: str, readable: tuple[str, ...], message: str
) -> None:
    file = File("film.mov", "film.mov", 1, media=media, format=format_)
    assert wrong_medium(file, Probe(id="x", version="1", run="x:y", media=readable)) == message


def test_what_a_ruleset_s_own_schema_finds_needs_no_entry_in_the_catalogue(workers: Workers, film: Path) -> None:
    name = "schema:shots-logged"
    assert measured(workers, task(file_at(film), "size", name))["film.mov"] == {name: Fact(name, 4)}


@pytest.mark.parametrize(
    ("name", "value", "fits"),
    [
        ("number", 1, True),
        ("number", 1.5, True),
        ("number", True, False),
        ("number", "1", False),
        ("text", "x", True),
        ("text", 1, False),
        ("flag", False, True),
        ("flag", 0, False),
        ("set", ["a", "b"], True),
        ("set", [], True),
        ("set", "ab", False),
        ("set", ["a", 1], False),
        ("events", [{"start": 0, "end": 1.5, "value": -60, "timecode": "00:00:00:00"}], True),
        ("events", [{"start": 0}], False),
        ("events", {"start": 0, "end": 1}, False),
        ("keys", [{"a": 1}], True),
        ("keys", [1], False),
    ],
)
def test_a_value_of_the_wrong_type_is_the_plugin_s_mistake(film: Path, name: str, value: object, fits: bool) -> None:
    found = measured(FakeWorkers(**{name: value}), task(file_at(film), "size", f"test.{name}"))
    (answer,) = found["film.mov"].values()
    if fits:
        assert isinstance(answer, Fact) and answer.value == value
    else:
        assert isinstance(answer, Unmeasured)
        assert answer.reason.startswith("the reader 'test.probe' answered ")
        assert answer.reason.endswith(" belongs; this is a mistake in its plugin")


def test_progress_counts_up_to_every_task_and_names_what_is_at_hand(film: Path) -> None:
    seen: list[Progress] = []
    files = [file_at(film, path=name) for name in ("a", "b")]
    empty = file_at(film, path="c", obstacle="is empty")
    plan = Plan({}, tuple(task(file, "size", "test.number") for file in (*files, empty)))
    measure(plan, FakeWorkers(number=1), None, CATALOGUE, seen.append)
    assert [(step.done, step.total, step.subject) for step in seen] == [
        (1, 3, "a"),
        (2, 3, "a"),
        (2, 3, "b"),
        (3, 3, "b"),
    ]


def test_the_longest_work_begins_first(film: Path) -> None:
    workers = FakeWorkers(header="x", scan="x", decode="x")
    small, large = file_at(film, path="small", size=1), file_at(film, path="large", size=1000)
    tasks = [
        task(file, "size", name) for name in ("test.header", "test.scan", "test.decode") for file in (small, large)
    ]
    measured(workers, *tasks)
    assert [(one.file.path, *one.wanted) for one in workers.asked] == [
        ("large", "test.decode"),
        ("small", "test.decode"),
        ("large", "test.scan"),
        ("small", "test.scan"),
        ("large", "test.header"),
        ("small", "test.header"),
    ]


def test_two_measurings_one_after_the_other_share_the_workers(film: Path) -> None:
    with Workers(1) as workers:
        asking = task(file_at(film), "process_id", "test.number")
        assert the_fact(workers, asking) == the_fact(workers, replace(asking, subject="again"))


def test_a_stream_s_facts_stand_under_its_own_name(workers: Workers, film: Path) -> None:
    stream = task(file_at(film), "size", "test.number", subject="film.mov#audio:1", stream="audio:1")
    assert list(measured(workers, stream)) == ["film.mov#audio:1"]
