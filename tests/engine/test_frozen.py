"""`@frozen` makes what `@dataclass(frozen=True, slots=True)` makes."""

from __future__ import annotations

import copy
import inspect
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace
from typing import Any

import pytest

from deliverlint.frozen import frozen


@frozen
class Ours:
    """A point with a name."""

    x: int
    y: int = 2
    names: list[str] = field(default_factory=list)
    seen: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Standard:
    """A point with a name."""

    x: int
    y: int = 2
    names: list[str] = field(default_factory=list)
    seen: int = field(default=0, compare=False, repr=False)


@frozen
class Twin:
    """Has the fields of `Pair` but is none."""

    one: str
    two: str = ""


@frozen
class Pair:
    """Two words."""

    one: str
    two: str = ""


@frozen(kw_only=True)
class Named:
    """Its values have to be named; one without a default may follow one with."""

    a: int = 1
    b: int


both = pytest.mark.parametrize("made", [Ours, Standard])


@both
def test_values_are_given_by_place_or_by_name_or_by_default(made: Any) -> None:
    value = made(1, names=["a"])
    assert (value.x, value.y, value.names, value.seen) == (1, 2, ["a"], 0)


@both
def test_a_value_that_is_missing_or_unknown_is_an_error(made: Any) -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'x'"):
        made()
    with pytest.raises(TypeError, match="unexpected keyword argument 'z'"):
        made(1, z=3)


@both
def test_each_value_gets_a_default_of_its_own(made: Any) -> None:
    one, other = made(1), made(1)
    one.names.append("a")
    assert other.names == []


@both
def test_nothing_can_be_changed_added_or_deleted(made: Any) -> None:
    value = made(1)
    with pytest.raises(FrozenInstanceError):
        value.x = 2
    with pytest.raises(FrozenInstanceError):
        del value.x
    with pytest.raises((FrozenInstanceError, TypeError)):
        value.z = 3
    assert not hasattr(value, "__dict__")
    assert value.x == 1


@both
def test_equal_are_those_whose_compared_fields_are(made: Any) -> None:
    assert made(1, seen=1) == made(1, seen=2)
    assert made(1) != made(2)
    assert made(1) != (1, 2, [], 0)


@both
def test_shown_are_class_and_fields(made: Any) -> None:
    assert repr(made(1, names=["a"])) == f"{made.__name__}(x=1, y=2, names=['a'])"


@both
def test_the_tools_of_dataclasses_know_it(made: Any) -> None:
    assert [each.name for each in fields(made)] == ["x", "y", "names", "seen"]
    assert replace(made(1), y=5) == made(1, 5)
    assert list(inspect.signature(made).parameters) == ["x", "y", "names", "seen"]
    match made(1, 7):
        case made(x, y):
            assert (x, y) == (1, 7)


@both
def test_a_pickled_or_copied_value_is_the_same(made: Any) -> None:
    value = made(1, names=["a"], seen=3)
    for again in (pickle.loads(pickle.dumps(value, protocol=5)), copy.deepcopy(value)):
        assert (again, again.seen) == (value, 3)


def test_values_of_two_classes_are_never_equal() -> None:
    assert Pair("a", "b") != Twin("a", "b")
    assert len({Pair("a", "b"), Pair("a", "b"), Twin("a", "b")}) == 2


def test_a_value_with_something_changeable_in_it_has_no_hash() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(Ours(1))


def test_values_that_have_to_be_named_cannot_be_given_by_place() -> None:
    value: Any = Named
    assert (value(b=2).a, value(b=2).b) == (1, 2)
    with pytest.raises(TypeError, match="positional"):
        value(1, 2)
