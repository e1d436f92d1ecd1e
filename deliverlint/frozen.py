"""Frozen values: what `@dataclass(frozen=True, slots=True)` makes, but quick to define.

A start defines seventy of them. The standard decorator writes and compiles six functions for each, which was a fifth
of a small check; here each class gets an `__init__` of its own and shares the five that only need the names of its
fields. Everything in `dataclasses` knows such a class: `fields`, `replace`, `FrozenInstanceError`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from typing import Any, TypeVar, dataclass_transform, overload

T = TypeVar("T")


@overload
def frozen(cls: type[T]) -> type[T]: ...
@overload
def frozen(*, kw_only: bool) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T] | None = None, *, kw_only: bool = False) -> Any:
    """Make a frozen dataclass with slots; with `kw_only` its values have to be named."""
    return _frozen(cls, kw_only) if cls else lambda cls: _frozen(cls, kw_only)


def _frozen(cls: type, kw_only: bool) -> type:
    made: Any = dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(cls)
    own = fields(made)
    made.__init__ = _init(own)
    made.__compared__ = tuple(each.name for each in own if each.compare)
    for name, method in _SHARED.items():
        if name not in vars(cls):
            setattr(made, name, method)
    return made  # type: ignore[no-any-return]


def _init(own: Iterable[Field[Any]]) -> Callable[..., None]:
    """Write and compile the `__init__` of a class with these fields."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_MISSING": MISSING}
    parameters, body = ["self"], []
    for each in own:
        name = value = each.name
        if each.kw_only and "*" not in parameters:
            parameters.append("*")
        if each.default is not MISSING:
            known[f"_default_{name}"] = each.default
            parameters.append(f"{name}=_default_{name}")
        elif each.default_factory is not MISSING:
            known[f"_make_{name}"] = each.default_factory
            parameters.append(f"{name}=_MISSING")
            value = f"_make_{name}() if {name} is _MISSING else {name}"
        else:
            parameters.append(name)
        body.append(f"\n    _set(self, {name!r}, {value})")
    exec(f"def __init__({', '.join(parameters)}):{''.join(body)}", known)
    init: Callable[..., None] = known["__init__"]
    return init


def _refuse(self: Any, name: str, *_value: Any) -> None:
    raise FrozenInstanceError(f"'{name}' of a {type(self).__name__} cannot be changed")


def _equal(self: Any, other: object) -> bool:
    return _compared(self) == _compared(other) if type(self) is type(other) else NotImplemented


def _hash(self: Any) -> int:
    return hash(_compared(self))


def _compared(self: Any) -> tuple[Any, ...]:
    return tuple([getattr(self, name) for name in self.__compared__])


def _shown(self: Any) -> str:
    shown = [f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr]
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _state(self: Any) -> list[Any]:
    """What is pickled; a class with slots and without `__dict__` has to say so."""
    return [getattr(self, name) for name in self.__dataclass_fields__]


def _restore(self: Any, state: list[Any]) -> None:
    for name, value in zip(self.__dataclass_fields__, state, strict=True):
        object.__setattr__(self, name, value)


_SHARED: Mapping[str, Callable[..., Any]] = {
    "__setattr__": _refuse,
    "__delattr__": _refuse,
    "__eq__": _equal,
    "__hash__": _hash,
    "__repr__": _shown,
    "__getstate__": _state,
    "__setstate__": _restore,
}
