"""What a chart function returns: the figure, what it says in words, and what it holds as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

Translate = Callable[..., str]
Trace = dict[str, Any]  # of Plotly


@dataclass(frozen=True, slots=True)
class Table:
    """What is drawn, as text: the first cell of each row names the row."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Handle:
    """A place in a chart that a reader can drag up and down, by pointer or by arrow keys.

    From `low` to `high` it is on the axis; arrow keys may go on to `least` and `most`: the axis grows.
    A pointer may not: the axis would run away beneath it.
    """

    id: int
    label: str
    text: str
    x: float
    y: float
    low: float
    high: float
    step: float
    xaxis: str = "xaxis"
    yaxis: str = "yaxis"
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Layer:
    """What is drawn on a canvas beneath the figure, in the coordinates of its axes, sixty times a second.

    `style` and `data` by kind (every colour may be "var(--st-…)"; `width` and `radius` are pixels):

    - raster: columns, rows, extent [x0, x1, y0, y1] (the middles of the first and last cells), palette of
      up to 256 [colour, opacity]; data: uint8, rows·columns, the lowest row first.
    - segments: colour, width, and if wanted dash, arrow, halo, colours (then a fifth column is the index of
      the colour); data: (n, 4) or (n, 5), x0 y0 x1 y1.
    - rings: colour, width, radius, mark "ring", "cross" or "dot", and if wanted halo; data: (n, 2).
    - line: colour, width, and if wanted dash, whole; data: {"x": …, "y": …}, x ascending. It is drawn as far
      as the reader has come, or in full if `whole`; NaN breaks it.
    - cursor: colour, width, and if wanted dash; a vertical line at the step that is shown.

    `data` may be a function without arguments, called once the frames of a film have been made.
    """

    kind: Literal["raster", "segments", "rings", "line", "cursor"]
    style: Mapping[str, Any]
    xaxis: str = "xaxis"
    yaxis: str = "yaxis"
    wide_only: bool = False
    data: Any = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure with everything that makes it readable without seeing it.

    `figure` has Plotly's `data` and `layout` and may have `narrow`, the layout's changes on a phone, and
    `narrow_hides`, the numbers of the traces that a phone leaves out; one in space has `flat`, such a figure
    whose contours lie on the grids of its surfaces, in their order. `points` are what a reader may click
    or drag in each of the subplots `point_axes`; clicks elsewhere are then no clicks. `caption`
    stands at the foot of a downloaded picture, with the label of its frame: whence it is.
    """

    title: str
    description: str
    figure: dict[str, Any]
    table: Table
    handles: Sequence[Handle] = field(default=())
    layers: Sequence[Layer] = field(default=())
    points: Sequence[tuple[float, float]] | np.ndarray[Any, Any] = field(default=())
    point_axes: Sequence[tuple[str, str]] = field(default=())
    caption: str = ""
