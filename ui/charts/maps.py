"""Losses over a plane as maps with labelled contours, the fall of the loss as arrows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ui.charts import draw, style
from ui.charts.picture import Trace
from ui.charts.relief import (
    DARK,
    ON_A_GRID,
    ON_A_PHONE,
    WHITE,
    Array,
    Panel,
    Plane,
    Relief,
    Scale,
    framed,
    grid,
    heading,
)

_BESIDE = ([0.0, 0.46], [0.54, 1.0])
_BELOW = ([0.56, 1.0], [0.0, 0.44])
_TWO_ON_A_PHONE = 600
_HEAD = 8


def flat(reliefs: Sequence[Relief], plane: Plane, scale: Scale) -> dict[str, Any]:
    """The reliefs as maps."""
    made = without_grids(reliefs, plane, scale)
    grids = (grid(relief, plane) for relief in reliefs)
    data = [next(grids) | trace if trace.get("type") == "contour" else trace for trace in made["data"]]
    return made | {"data": data}


def without_grids(reliefs: Sequence[Relief], plane: Plane, scale: Scale) -> dict[str, Any]:
    """The maps without the numbers that surfaces of the same reliefs have too: the stage adds them."""
    panels = [_panel(reliefs, index, plane, scale) for index in range(len(reliefs))]
    return framed(
        panels, {"l": 52, "r": 12, "t": 40, "b": 52}, _TWO_ON_A_PHONE if len(panels) > 1 else ON_A_PHONE
    )


def _panel(reliefs: Sequence[Relief], index: int, plane: Plane, scale: Scale) -> Panel:
    relief, several = reliefs[index], len(reliefs) > 1
    axis = str(index + 1) if index else ""
    across = _BESIDE[index] if several else [0.0, 1.0]
    narrow = {
        f"xaxis{axis}": {"domain": [0.0, 1.0]} | ({"title": {"text": ""}} if several and not index else {}),
        f"yaxis{axis}": {"domain": _BELOW[index] if several else [0.0, 1.0]},
    }
    on_axes = {"xaxis": f"x{axis}", "yaxis": f"y{axis}"}
    marks = [*_arrows(relief), *_path(relief, DARK if scale.ink == DARK else WHITE)]
    return Panel(
        data=[trace | on_axes for trace in (_contours(scale), *marks)],
        axes={
            f"xaxis{axis}": _axis(plane.xs, plane.names[0], across, f"y{axis}"),
            f"yaxis{axis}": _axis(plane.ys, plane.names[1], [0.0, 1.0], f"x{axis}"),
        },
        narrow=narrow,
        title=heading(relief.name, xref=f"x{axis} domain", yref=f"y{axis} domain", x=0, y=1.0, yshift=6),
    )


def _axis(values: Any, name: str, domain: list[float], anchor: str) -> dict[str, Any]:
    return draw.axis(
        name,
        standoff=4,
        range=[float(values[0]), float(values[-1])],
        domain=domain,
        anchor=anchor,
        showgrid=False,
        zeroline=True,
        nticks=7,
    )


def _contours(scale: Scale) -> Trace:
    return {
        **ON_A_GRID,
        "type": "contour",
        "colorscale": scale.flat,
        "zmin": scale.low,
        "zmax": scale.high,
        "contours": {
            "coloring": "heatmap" if scale.low else "fill",  # one sign may be smaller than a step
            "start": scale.low or scale.step / 2,
            "end": scale.high,
            "size": scale.step,
            "showlabels": True,
            "labelfont": {"size": 13, "color": scale.ink},
        },
        # A browser takes five times as long to find the places of labels on curves.
        "line": {"color": scale.ink, "width": 1, "smoothing": 0},
    }


def _arrows(relief: Relief) -> list[Trace]:
    """An arrow from each place of the field; where the loss asks for nothing there is a ring instead."""
    if relief.arrows is None:
        return []
    x, y, across, up, slope = relief.arrows.T
    moving, still = slope > 0, slope == 0
    shafts = [
        _broken(np.round(np.stack([place, place + part], axis=1)[moving], 3))
        for place, part in ((x, across), (y, up))
    ]
    return [
        draw.line(
            *shafts,
            mode="lines+markers",
            line={"color": WHITE, "width": 2},
            marker={
                "symbol": ["circle", "arrow", "circle"] * int(moving.sum()),
                "size": [0, _HEAD, 0] * int(moving.sum()),
                "color": WHITE,
                "opacity": 1,
                "angleref": "previous",  # along the shaft as it is on the screen
                "line": {"width": 0},
            },
        ),
        draw.dots(
            np.round(x[still], 3).tolist(),
            np.round(y[still], 3).tolist(),
            marker={"symbol": "circle-open", "size": 6, "color": WHITE},
        ),
    ]


def _broken(lines: Array) -> list[float | None]:
    """The ends of each line, with a break behind them."""
    return [end for line in lines.tolist() for end in (*line, None)]


def _path(relief: Relief, edge: str) -> list[Trace]:
    if not relief.path:
        return []
    xs, ys, _ = (list(values) for values in zip(*relief.path, strict=True))
    return [
        draw.dots(
            xs,
            ys,
            mode="lines+markers",
            line={"color": style.ALARM, "width": 4},
            marker={
                "size": [17.0] + [8.0] * (len(xs) - 1),
                "color": style.ALARM,
                "symbol": "diamond",
                "opacity": 1,
                "line": {"color": edge, "width": [2.0] + [0.0] * (len(xs) - 1)},
            },
        )
    ]
