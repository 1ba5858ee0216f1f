"""The plane that is drawn around samples: fitted to them, or kept while a reader puts points on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

#: Centre, half width and half height, and the half width on a phone.
Frame: TypeAlias = tuple[float, float, float, float, float]

WIDE = 1.0  # how much wider than high the fields beside each other are
EMPTY: Frame = (0.0, 0.0, 4.0 * WIDE, 4.0, 4.0)
_ROOM = 1.12
_UNLIKE = 2.0


def fitted(X: NDArray[Any]) -> Frame:
    """The plane around some samples (n_samples, 2), with a little room."""
    return _around(X.min(axis=0), X.max(axis=0), _ROOM)


def kept(before: Frame, X: NDArray[Any]) -> Frame:
    """The plane as it was, if all samples lie in it; else a wider one."""
    x, y, across, up, _ = before
    low, high = np.array([x - across, y - up]), np.array([x + across, y + up])
    if (low <= X).all() and (high >= X).all():
        return before
    return _around(np.minimum(low, X.min(axis=0)), np.maximum(high, X.max(axis=0)), 1.0)


def extent(frame: Frame) -> tuple[float, float, float, float]:
    """The ends of both axes."""
    x, y, across, up, _ = frame
    return x - across, x + across, y - up, y + up


def _around(low: NDArray[Any], high: NDArray[Any], room: float) -> Frame:
    x, y = (round_place(float(value)) for value in (low + high) / 2)
    half = np.maximum(room * np.maximum(high - [x, y], [x, y] - low), 0.5)
    if max(half) < _UNLIKE * min(half):
        reach = round_up(float(max(half)))
        return x, y, WIDE * reach, reach, reach
    across, up = (round_up(float(value)) for value in half)
    return x, y, across, up, across


def round_up(value: float, steps: Sequence[float] = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)) -> float:
    """The next round number, so that the plane does not twitch when a point moves."""
    power = 10.0 ** np.floor(np.log10(value))
    return float(power * next(step for step in steps if step * power >= value * (1 - 1e-9)))


def round_place(value: float) -> float:
    return round(2 * value) / 2
