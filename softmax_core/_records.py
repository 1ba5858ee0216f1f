"""Results and tables that cannot be changed, not even after they were pickled or copied."""

import importlib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, Generic, TypeVar

import numpy as np

Value = TypeVar("Value")


class Record:
    """Base of the frozen dataclasses that hold arrays: what is read-only stays so in every copy."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Any, ...]:
        named = {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]
        return _record, (type(self), named, _locked(named))


class FrozenMap(Mapping[str, Value], Generic[Value]):
    """A mapping that cannot be changed; it may hold arrays.

    Two of them are equal if their keys and values are, arrays entry by entry.
    """

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, Value]) -> None:
        self._items = dict(items)

    def __getitem__(self, key: str) -> Value:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._items})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Mapping):
            return NotImplemented
        return self.keys() == other.keys() and all(_same(self[key], other[key]) for key in self)

    def __hash__(self) -> int:
        return hash(frozenset(self._items))

    def __reduce__(self) -> tuple[Any, ...]:
        return _map, (self._items, _locked(self._items))


class Table(FrozenMap[Value]):
    """A constant of a module. Pickled or copied it stays the very same, as a function does."""

    __slots__ = ("_place",)

    def __init__(self, module: str, name: str, items: Mapping[str, Value]) -> None:
        super().__init__(items)
        self._place = module, name

    def __reduce__(self) -> tuple[Any, ...]:
        return _constant, self._place


def _record(kind: type, named: Mapping[str, Any], locked: tuple[str, ...]) -> Any:
    record: Any = object.__new__(kind)
    _lock(named, locked)
    for name, value in named.items():
        object.__setattr__(record, name, value)
    return record


def _map(items: Mapping[str, Any], locked: tuple[str, ...]) -> FrozenMap[Any]:
    _lock(items, locked)
    return FrozenMap(items)


def _constant(module: str, name: str) -> Any:
    return getattr(importlib.import_module(module), name)


def _locked(named: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(
        name for name, value in named.items() if isinstance(value, np.ndarray) and not value.flags.writeable
    )


def _lock(named: Mapping[str, Any], locked: tuple[str, ...]) -> None:
    for name in locked:
        named[name].flags.writeable = False


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        return np.array_equal(one, other)
    return bool(one is other or one == other)
