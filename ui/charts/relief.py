"""What surfaces and maps of a loss over a plane have in common: what is drawn, its colours, and the frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ui.charts import style
from ui.charts.labels import axis_bound
from ui.charts.picture import Trace

Array = NDArray[Any]
Colours = list[list[float | str]]

HEIGHT, ON_A_PHONE = 430, 380
VIRIDIS: Colours = [
    [0.0, "#440154"],
    [0.25, "#3B528B"],
    [0.5, "#21918C"],
    [0.75, "#5EC962"],
    [1.0, "#FDE725"],
]
DEEP: Colours = [[0.0, "#440154"], [0.5, "#3B528B"], [1.0, "#1F7A8C"]]  # white labels can be read all over it
LOWER, LEVEL, HIGHER = "#6BAED6", "#F7F7F7", "#F28E72"
WHITE, DARK = "#FFFFFF", "#16202C"
_HEIGHT_DIGITS = 5
_STEPS = (1, 1.5, 2, 3, 5, 7)


@dataclass(frozen=True, slots=True)
class Relief:
    """One loss over the plane: its heights, a path on it that starts at a point, and its fall.

    `arrows` is the field of the steepest fall: x, y, the two parts of the arrow, and the slope.
    """

    name: str
    heights: Array
    path: Sequence[Sequence[float]] = ()
    arrows: Array | None = None


@dataclass(frozen=True, slots=True)
class Plane:
    """The grid below the reliefs, and what its two axes and the heights are called."""

    xs: Array
    ys: Array
    names: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Scale:
    """From which height to which the colours go, those of a surface and those of a map, and a map's ink."""

    low: float
    high: float
    solid: Colours
    flat: Colours
    ink: str

    @property
    def step(self) -> float:
        """Between two contours; with signs, one of them is 0."""
        return (-self.low or self.high) / 10


def upwards(reliefs: Sequence[Relief], top: float | None = None) -> Scale:
    """The colours of heights from 0, with an end that changes rarely."""
    highest = [float(relief.heights.max()) for relief in reliefs]
    return Scale(0.0, top or axis_bound(highest, 1.0, _STEPS), VIRIDIS, DEEP, WHITE)


def both_ways(relief: Relief) -> Scale:
    """The colours of heights of either sign, each sign with a scale of its own."""
    below = axis_bound([max(-float(relief.heights.min()), 0.0)], 1.0, _STEPS)
    above = axis_bound([max(float(relief.heights.max()), 0.0)], 0.05, _STEPS)
    colours: Colours = [[0.0, LOWER], [below / (below + above), LEVEL], [1.0, HIGHER]]
    return Scale(-below, above, colours, colours, DARK)


@dataclass(frozen=True, slots=True)
class Panel:
    """One of the pictures that stand side by side."""

    data: list[Trace]
    axes: dict[str, Any]
    narrow: dict[str, Any]
    title: dict[str, Any]
    narrow_title: dict[str, Any] = field(default_factory=dict)


def framed(panels: Sequence[Panel], margin: dict[str, int], on_a_phone: int = ON_A_PHONE) -> dict[str, Any]:
    """The panels as one figure, and how high it is on a phone."""
    layout: dict[str, Any] = {"height": HEIGHT, "showlegend": False, "margin": margin}
    narrow: dict[str, Any] = {"height": on_a_phone}
    for panel in panels:
        layout |= panel.axes
        narrow |= panel.narrow
    layout["annotations"] = [panel.title for panel in panels]
    narrow["annotations"] = [panel.title | panel.narrow_title for panel in panels]
    return {"data": [trace for panel in panels for trace in panel.data], "layout": layout, "narrow": narrow}


def heading(text: str, height: str = "", **place: Any) -> dict[str, Any]:
    """The name of a relief above its panel, and what its height is."""
    return {
        "text": f"<b>{text}</b>  ↑ {height}" if height else f"<b>{text}</b>",
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 17, "color": style.INK},
        **place,
    }


ON_A_GRID: dict[str, Any] = {
    "showscale": False,
    "hovertemplate": "%{x:.2f}, %{y:.2f}: %{z:.4g}<extra></extra>",
}


def grid(relief: Relief, plane: Plane) -> dict[str, Any]:
    """The numbers of a relief, rounded so that a message stays small."""
    return {
        "x": np.round(plane.xs, 4).tolist(),
        "y": np.round(plane.ys, 4).tolist(),
        "z": _significant(relief.heights, _HEIGHT_DIGITS).tolist(),
    }


_MAX_PLACES = 300  # beyond, a power of ten leaves the format


def _significant(values: Array, digits: int) -> Array:
    """Rounded so that what is small does not become 0."""
    sizes = np.where(values == 0, 1.0, np.abs(values))
    unit = 10.0 ** np.minimum(digits - 1 - np.floor(np.log10(sizes)), _MAX_PLACES)
    rounded: Array = np.round(values * unit) / unit
    return rounded
