"""Labels and axes of pictures: names cut to their room, what is set apart, round ends of axes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

import numpy as np

_FADED = 0.45


def short(name: str, room: int) -> str:
    """A name cut to the room of so many narrow letters; a Korean one takes two."""
    if width(name) <= room:
        return name
    kept = 0
    while width(name[: kept + 1]) < room:
        kept += 1
    return name[:kept] + "…"


def width(text: str) -> int:
    """Of so many narrow letters; a Korean one counts as two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def axis_bound(values: Iterable[float], least: float = 5.0, steps: Sequence[float] = (1, 2, 5)) -> float:
    """The smallest round number that holds all the values, so that an axis changes rarely."""
    largest = max(least, *(abs(value) for value in values))
    decade = 10.0 ** np.floor(np.log10(largest))
    return next(
        float(step * decade) for step in (*steps, 10 * steps[0]) if largest <= step * decade * (1 + 1e-9)
    )


def opacity(focus: int | None, index: int) -> float:
    """How strongly a class is drawn while one is highlighted."""
    return 1.0 if focus is None or focus == index else _FADED


def bold(text: str, yes: bool) -> str:
    """A label, set apart if it belongs to the highlighted class."""
    return f"<b>{text}</b>" if yes else text
