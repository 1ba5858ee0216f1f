"""What is taken as a whole number, a number or a seed, and what is refused at the door."""

from math import inf
from numbers import Integral, Real
from typing import Any

import numpy as np


def as_whole(value: Any, name: str, least: int, most: int | None = None) -> int:
    """Return a whole number as an int; 3.0, "3" and True are a TypeError; 2.5, NaN and what is out of range
    are a ValueError."""
    ends = f"of at least {least}" if most is None else f"from {least} to {most}"
    if isinstance(value, Real) and value % 1 != 0:
        raise ValueError(f"{name} must be a whole number {ends}, not {value}")
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(f"{name} must be a whole number {ends}, not {_kind(value)}")
    whole = int(value)
    if whole < least or (most is not None and whole > most):
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


def as_choice(value: Any, name: str, choices: tuple[Any, ...]) -> None:
    """Raise the ValueError of a name that is none of the choices."""
    if not isinstance(value, str) or value not in choices:
        raise ValueError(f"unknown {name} {value!r}; choose one of {choices}")


def _kind(value: Any) -> str:
    shown = repr(value)
    return f"{shown if len(shown) <= 40 else shown[:40] + '…'} ({type(value).__name__})"
