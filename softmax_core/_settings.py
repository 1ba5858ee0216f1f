"""What is taken as a whole number, a number or a seed, and what is refused at the door."""

from dataclasses import dataclass
from math import inf, isfinite
from numbers import Integral, Real
from typing import Any

import numpy as np


def as_whole(value: Any, name: str, least: float, most: float = inf) -> int:
    """Return a whole number as an int; 3.0, "3" and True are a TypeError; 2.5, NaN and what is out of range
    are a ValueError."""
    ends = f"of at least {least}" if most == inf else f"from {least} to {most}"
    if isinstance(value, Real) and value % 1 != 0:
        raise ValueError(f"{name} must be a whole number {ends}, not {value}")
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(f"{name} must be a whole number {ends}, not {_kind(value)}")
    whole = int(value)
    if not least <= whole <= most:
        raise ValueError(f"{name} must be a whole number {ends}, not {whole}")
    return whole


def as_number(value: Any, name: str) -> float:
    """Return a real number as a float; anything else, True among it, is a TypeError."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a number, not {_kind(value)}")
    try:
        return float(value)
    except OverflowError:
        return inf if value > 0 else -inf  # type: ignore[operator]


def as_generator(seed: Any) -> np.random.Generator:
    """Return a generator as itself, or one that follows from a whole number of at least 0."""
    return seed if isinstance(seed, np.random.Generator) else np.random.default_rng(as_whole(seed, "seed", 0))


def as_choice(value: Any, name: str, choices: tuple[str, ...]) -> str:
    """Return a name that is one of the choices; any other is a ValueError."""
    if not isinstance(value, str) or value not in choices:
        raise ValueError(f"unknown {name} {value!r}; choose one of {choices}")
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a setting may be: one of some names, a whole number or any finite one.

    Attributes:
        choices: the names; () for a number.
        whole: whether it must be a whole number.
        least, most: the bounds that it may reach.
        above, below: those that it may not reach.
        optional: whether it may be None.

    >>> rate = Setting(above=0, most=10)
    >>> rate.take(3, "rate")
    3.0
    >>> rate.take(0, "rate")
    Traceback (most recent call last):
    ValueError: rate must be above 0 and at most 10, not 0.0
    """

    choices: tuple[str, ...] = ()
    whole: bool = False
    least: float = -inf
    most: float = inf
    above: float = -inf
    below: float = inf
    optional: bool = False

    def take(self, value: Any, name: str) -> Any:
        """Return the value as the setting of that name takes it, None, a str, an int or a float.

        Raises:
            TypeError: it is no number, or no whole number where it must be one.
            ValueError: it is out of bounds, or none of the names.
        """
        if value is None and self.optional:
            return None
        if self.choices:
            return as_choice(value, name, self.choices)
        if self.whole:
            return as_whole(value, name, self.least, self.most)
        number = as_number(value, name)
        if not (self.least <= number <= self.most and self.above < number < self.below):
            raise ValueError(f"{name} must be {self._bounds()}, not {number}")
        return number

    def _bounds(self) -> str:
        ends = ("above", self.above), ("at least", self.least), ("below", self.below), ("at most", self.most)
        return " and ".join(f"{word} {end:.10g}" for word, end in ends if isfinite(end)) or "finite"


def _kind(value: Any) -> str:
    shown = repr(value)
    return f"{shown if len(shown) <= 40 else shown[:40] + '…'} ({type(value).__name__})"
