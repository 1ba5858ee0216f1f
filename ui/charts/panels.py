"""What panels share: a headline; and those of bars, one bar a class, their axes and paint."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ui.charts import draw
from ui.numerals import numeral


def bar_axes(
    axis: str,
    names: Sequence[str],
    values: Sequence[float],
    ticks: Sequence[float],
    across: Sequence[float],
    title: str = "",
) -> dict[str, Any]:
    """Both axes of the panel of that name ("" is the first): the names below, the values upwards."""
    return {
        f"xaxis{axis}": draw.axis(
            range=[-0.6, len(names) - 0.4],
            tickvals=list(range(len(names))),
            ticktext=list(names),
            tickangle=0,
            showgrid=False,
            zeroline=False,
            domain=list(across),
            anchor=f"y{axis}",
        ),
        f"yaxis{axis}": draw.axis(
            title,
            standoff=2,
            range=list(values),
            tickvals=list(ticks),
            ticktext=[numeral(tick) for tick in ticks],
            domain=[0.0, 1.0],
            anchor=f"x{axis}",
        ),
    }


def headline(text: str, axis: str, size: int = 15, shift: int = 8) -> dict[str, Any]:
    """What stands in bold above the panel of that name, at its left."""
    return above(f"<b>{text}</b>", axis, size, shift)


def above(text: str, axis: str, size: int = 15, shift: int = 8) -> dict[str, Any]:
    """The same as it is written."""
    return draw.note(
        text,
        0,
        1,
        size=size,
        xref=f"x{axis} domain",
        yref=f"y{axis} domain",
        xanchor="left",
        yanchor="bottom",
        yshift=shift,
    )
