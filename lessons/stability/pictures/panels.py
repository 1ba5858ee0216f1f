"""Bars of numbers that may be infinite, or none at all."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite, isnan, log10
from typing import Any, NamedTuple

from ui.charts import draw
from ui.charts.panels import bar_axes, headline
from ui.charts.style import ALARM, INK
from ui.numerals import numeral

_CROWDED, _SHORT = 5, 7


class Panel(NamedTuple):
    """What one panel adds to a figure."""

    data: list[dict[str, Any]]
    annotations: list[dict[str, Any]]
    shapes: list[dict[str, Any]]
    axes: dict[str, Any]


def panel(
    axis: str,
    title: str,
    names: Sequence[str],
    values: Sequence[float],
    top: float,
    ticks: Sequence[float],
    across: Sequence[float],
    log: bool = False,
) -> Panel:
    """A bar for each finite number; an infinite one fills its column, and nan has only its name.

    On a logarithmic panel `top` is a power of ten, and a bar stands on 1.
    """
    least = -0.3 if log else 0.0
    high = log10(top) if log else top
    axes = bar_axes(axis, names, [least, high * 1.2], ticks, across)
    if log:
        axes[f"yaxis{axis}"]["type"] = "log"
    paint = draw.hatched_classes(len(values))
    classes = list(range(len(values)))
    bars = draw.bars(
        classes,  # also those without a bar: Plotly forgets a panel in which there is nothing
        [value if isfinite(value) else None for value in values],
        xaxis=f"x{axis}",
        yaxis=f"y{axis}",
        customdata=classes,
        marker=paint,
    )
    notes = [_note(axis, index, value, high, log, len(values)) for index, value in enumerate(values)]
    shapes = [_column(axis, index, top) for index, value in enumerate(values) if value == float("inf")]
    return Panel([bars], [headline(title, axis), *notes], shapes, axes)


def _note(axis: str, index: int, value: float, high: float, log: bool, count: int) -> dict[str, Any]:
    """The number above its bar."""
    if isnan(value):
        height = 0.0
    elif isfinite(value):
        height = (log10(value) if value > 1 else 0.0) if log else value
    else:
        height = high
    return draw.note(
        numeral(value) if isfinite(value) else f"<b>{numeral(value)}</b>",
        index,
        height,
        size=14,
        colour=INK if isfinite(value) else ALARM,
        xref=f"x{axis}",
        yref=f"y{axis}",
        yanchor="bottom",
        yshift=2,
        textangle=-90 if isfinite(value) and len(numeral(value)) > (_SHORT if count < _CROWDED else 1) else 0,
    )


def _column(axis: str, index: int, top: float) -> dict[str, Any]:
    return {
        "type": "rect",
        "xref": f"x{axis}",
        "yref": f"y{axis}",
        "x0": index - 0.4,
        "x1": index + 0.4,
        "y0": 1 if top > 1e9 else 0,
        "y1": top,
        "fillcolor": ALARM,
        "opacity": 0.3,
        "line": {"color": ALARM, "width": 3, "dash": "dot"},
    }
