"""A curve that a reader draws: a few heights to drag, joined by a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ui.charts import draw, style
from ui.charts.picture import Handle, Translate
from ui.numerals import numeral

_DECIMALS = 2
_ABOVE = 15  # pixels from the middle of a handle


def read(height: float) -> str:
    """A height as the reader drew it."""
    return numeral(round(height, _DECIMALS))


def written(names: Sequence[str], heights: Sequence[str]) -> str:
    """All heights in one line, each after its place."""
    return " · ".join(f"{name}: {height}" for name, height in zip(names, heights, strict=True))


def is_like(heights: Sequence[float], others: Sequence[float], near: float) -> bool:
    """Whether each height is near that of another curve."""
    return all(abs(height - other) <= near for height, other in zip(heights, others, strict=True))


def yours(xs: Sequence[float], heights: Sequence[float], t: Translate) -> dict[str, Any]:
    """The reader's curve; what runs through it may be known in advance."""
    points = sorted(zip(xs, heights, strict=True))
    return draw.line(
        [x for x, _ in points],
        [y for _, y in points],
        name=t("yours"),
        line={"color": style.INK, "width": 2, "dash": "dot"},
    )


def notes(xs: Sequence[float], heights: Sequence[float]) -> list[dict[str, Any]]:
    """Each height above its handle."""
    return [
        draw.note(f"<b>{read(y)}</b>", x, y, size=14, yanchor="bottom", yshift=_ABOVE, bgcolor=style.PAPER)
        for x, y in zip(xs, heights, strict=True)
    ]


def handles(
    labels: Sequence[str],
    xs: Sequence[float],
    heights: Sequence[float],
    bounds: tuple[float, float],
    step: float,
) -> list[Handle]:
    low, high = bounds
    return [
        Handle(id=at, label=label, text=read(y), x=x, y=y, low=low, high=high, step=step)
        for at, (label, x, y) in enumerate(zip(labels, xs, heights, strict=True))
    ]
