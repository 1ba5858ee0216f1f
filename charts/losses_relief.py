"""A loss over a plane, as a surface to turn or as a map of contours; two of them stand side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from charts import style
from charts.workings import axis_bound

Trace = dict[str, Any]
Array = NDArray[Any]

HEIGHT, TALL = 470, 900
SCALE = "Viridis"
DIVERGING = "RdBu"
EYE = (-1.55, -1.65, 1.0)
_POINTS = 16  # about as many of a path are drawn in space
_FARTHER = 1.2  # on a phone
_BESIDE = ([0.0, 0.49], [0.51, 1.0])
_BELOW = ([0.52, 1.0], [0.0, 0.48])


@dataclass(frozen=True, slots=True)
class Relief:
    """One loss over the plane: its heights, and lines and points that lie on it.

    `marks` are ready traces in the plane (x, y and customdata for the height), `arrows` the field of
    the steepest fall: x, y, the two parts of the arrow, and its length.
    """

    name: str
    heights: Array
    path: Sequence[Sequence[float]] = ()
    arrows: Array | None = None


def round_top(reliefs: Sequence[Relief]) -> float:
    """Where the axis of the loss ends, so that it changes rarely."""
    return axis_bound([float(np.abs(relief.heights).max()) for relief in reliefs], 1.0, (1, 1.5, 2, 3, 5, 7))


def solid(
    reliefs: Sequence[Relief],
    xs: Array,
    ys: Array,
    axes: tuple[str, str, str],
    signed: bool = False,
    top: float | None = None,
    eye: tuple[float, float, float] = EYE,
) -> dict[str, Any]:
    """The reliefs as surfaces, each in a scene of its own that can be turned."""
    top = top or round_top(reliefs)
    above = axis_bound([float(max(relief.heights.max(), 0.0)) for relief in reliefs], 1.0)
    bottom = -top if signed else 0.0
    data: list[Trace] = []
    layout: dict[str, Any] = {
        "height": HEIGHT,
        "showlegend": False,
        "margin": {"l": 0, "r": 0, "t": 40, "b": 0},
    }
    narrow: dict[str, Any] = {"height": TALL if len(reliefs) > 1 else HEIGHT}
    titles = []
    for index, relief in enumerate(reliefs):
        scene = f"scene{index + 1}" if index else "scene"
        data.append(_surface(relief, xs, ys, scene, top, signed))
        data += _path_in_space(relief, scene, top)
        across = _BESIDE[index] if len(reliefs) > 1 else [0.0, 1.0]
        layout[scene] = _scene(axes, xs, ys, [bottom, top if not signed else above], across, eye)
        # beside a phone's edge the axis has no room for its name; the heading says what is drawn
        narrow[scene] = {"camera": _camera(eye, _FARTHER), "zaxis": {"title": {"text": ""}}}
        if len(reliefs) > 1:
            narrow[scene]["domain"] = {"x": [0.0, 1.0], "y": _BELOW[index]}
        titles.append(_title(relief.name, across[0], 1.0))
    layout["annotations"] = titles
    if len(reliefs) > 1:
        narrow["annotations"] = [
            _title(relief.name, 0.0, _BELOW[index][1]) for index, relief in enumerate(reliefs)
        ]
    return {"data": data, "layout": layout, "narrow": narrow}


def _surface(relief: Relief, xs: Array, ys: Array, scene: str, top: float, signed: bool) -> Trace:
    return {
        "type": "surface",
        "scene": scene,
        "x": np.round(xs, 4).tolist(),
        "y": np.round(ys, 4).tolist(),
        "z": np.round(relief.heights, 4).tolist(),
        "colorscale": DIVERGING if signed else SCALE,
        "cmin": -top if signed else 0.0,
        "cmax": top,
        "showscale": False,
        "hovertemplate": "%{x:.2f}, %{y:.2f}: %{z:.4g}<extra></extra>",
        "lighting": {"ambient": 0.75, "diffuse": 0.5, "specular": 0.05},
        "contours": {"x": {"highlight": False}, "y": {"highlight": False}, "z": {"highlight": False}},
    }


def _path_in_space(relief: Relief, scene: str, top: float) -> list[Trace]:
    if not relief.path:
        return []
    fewer = [*relief.path[: -1 : 1 + len(relief.path) // _POINTS], relief.path[-1]]
    xs, ys, zs = (list(values) for values in zip(*fewer, strict=True))
    lifted = [height + 0.025 * top for height in zs]
    return [
        {
            "type": "scatter3d",
            "scene": scene,
            "mode": "lines+markers",
            "x": xs,
            "y": ys,
            "z": lifted,
            "hoverinfo": "skip",
            "line": {"color": style.COLOURS[1], "width": 7},
            "marker": {
                "size": [10.0] + [3.5] * (len(xs) - 1),
                "color": style.COLOURS[1],
                "symbol": "diamond",
                "line": {"width": 0},
            },
        }
    ]


def _scene(
    axes: tuple[str, str, str],
    xs: Array,
    ys: Array,
    heights: list[float],
    across: list[float],
    eye: tuple[float, float, float],
) -> dict[str, Any]:
    ranges = ([float(xs[0]), float(xs[-1])], [float(ys[0]), float(ys[-1])], heights)
    return {
        "domain": {"x": across, "y": [0.0, 1.0]},
        "aspectmode": "cube",
        "camera": _camera(eye),
        **{
            f"{axis}axis": {"title": {"text": name}, "range": ends, "nticks": 5}
            for axis, name, ends in zip("xyz", axes, ranges, strict=True)
        },
    }


def _camera(eye: tuple[float, float, float], farther: float = 1.0) -> dict[str, Any]:
    return {
        "eye": {axis: round(farther * place, 3) for axis, place in zip("xyz", eye, strict=True)},
        "center": {"x": 0, "y": 0, "z": -0.12},
    }


def _title(text: str, x: float, y: float) -> dict[str, Any]:
    return {
        "text": f"<b>{text}</b>",
        "xref": "paper",
        "yref": "paper",
        "x": x + 0.02,
        "y": y,
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 17, "color": style.INK},
    }


def flat(
    reliefs: Sequence[Relief],
    xs: Array,
    ys: Array,
    axes: tuple[str, str, str],
    signed: bool = False,
    top: float | None = None,
) -> dict[str, Any]:
    """The reliefs as maps with labelled contours, the fall of the loss as arrows."""
    top = top or round_top(reliefs)
    data: list[Trace] = []
    layout: dict[str, Any] = {
        "height": HEIGHT,
        "showlegend": False,
        "margin": {"l": 52, "r": 12, "t": 40, "b": 52},
    }
    narrow: dict[str, Any] = {"height": TALL if len(reliefs) > 1 else HEIGHT}
    titles = []
    for index, relief in enumerate(reliefs):
        axis = str(index + 1) if index else ""
        data.append(_contours(relief, xs, ys, axis, top, signed))
        data += _arrows(relief, axis)
        data += _path_on_map(relief, axis)
        across = [[0.0, 0.46], [0.54, 1.0]][index] if len(reliefs) > 1 else [0.0, 1.0]
        for name, ends, own, other in (("x", xs, across, "y"), ("y", ys, [0.0, 1.0], "x")):
            layout[f"{name}axis{axis}"] = {
                "range": [float(ends[0]), float(ends[-1])],
                "domain": own,
                "anchor": f"{other}{axis}",
                "title": {"text": axes[0] if name == "x" else axes[1], "standoff": 4},
                "showgrid": False,
                "zeroline": True,
                "fixedrange": True,
                "automargin": False,
                "nticks": 7,
            }
        if len(reliefs) > 1:
            narrow[f"xaxis{axis}"] = {"domain": [0.0, 1.0]}
            narrow[f"yaxis{axis}"] = {"domain": [[0.56, 1.0], [0.0, 0.44]][index]}
        titles.append(_map_title(relief.name, axis))
    layout["annotations"] = titles
    return {"data": data, "layout": layout, "narrow": narrow}


def _contours(relief: Relief, xs: Array, ys: Array, axis: str, top: float, signed: bool) -> Trace:
    size = top / 10
    return {
        "type": "contour",
        "xaxis": f"x{axis}",
        "yaxis": f"y{axis}",
        "x": np.round(xs, 4).tolist(),
        "y": np.round(ys, 4).tolist(),
        "z": np.round(relief.heights, 4).tolist(),
        "colorscale": DIVERGING if signed else SCALE,
        "zmin": -top if signed else 0.0,
        "zmax": top,
        "showscale": False,
        "hovertemplate": "%{x:.2f}, %{y:.2f}: %{z:.4g}<extra></extra>",
        "contours": {
            "start": -top if signed else size / 2,
            "end": top,
            "size": size,
            "showlabels": True,
            "labelfont": {"size": 13, "color": "#FFFFFF" if not signed else "#16202C"},
        },
        "line": {"color": "#FFFFFF" if not signed else "#16202C", "width": 1},
    }


def _arrows(relief: Relief, axis: str) -> list[Trace]:
    """Arrows as lines with turned heads; where the loss asks for nothing there is a ring instead."""
    if relief.arrows is None:
        return []
    moving = relief.arrows[relief.arrows[:, 4] > 0]
    still = relief.arrows[relief.arrows[:, 4] == 0]
    x, y, across, up, _length = moving.T
    gaps = np.full_like(x, np.nan)
    line_x = np.round(np.stack([x, x + across, gaps], axis=1).ravel(), 3)
    line_y = np.round(np.stack([y, y + up, gaps], axis=1).ravel(), 3)
    common = {"xaxis": f"x{axis}", "yaxis": f"y{axis}", "hoverinfo": "skip"}
    return [
        {
            **common,
            "type": "scatter",
            "mode": "lines",
            "x": [None if np.isnan(value) else value for value in line_x.tolist()],
            "y": [None if np.isnan(value) else value for value in line_y.tolist()],
            "line": {"color": "#FFFFFF", "width": 2},
        },
        {
            **common,
            "type": "scatter",
            "mode": "markers",
            "x": np.round(x + across, 3).tolist(),
            "y": np.round(y + up, 3).tolist(),
            "marker": {
                "symbol": "triangle-up",
                "size": 8,
                "color": "#FFFFFF",
                "angle": np.round(np.degrees(np.arctan2(across, up)), 1).tolist(),
            },
        },
        {
            **common,
            "type": "scatter",
            "mode": "markers",
            "x": np.round(still[:, 0], 3).tolist(),
            "y": np.round(still[:, 1], 3).tolist(),
            "marker": {"symbol": "circle-open", "size": 6, "color": "#FFFFFF"},
        },
    ]


def _path_on_map(relief: Relief, axis: str) -> list[Trace]:
    if not relief.path:
        return []
    xs, ys, _ = (list(values) for values in zip(*relief.path, strict=True))
    return [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "xaxis": f"x{axis}",
            "yaxis": f"y{axis}",
            "x": xs,
            "y": ys,
            "hoverinfo": "skip",
            "line": {"color": style.COLOURS[1], "width": 4},
            "marker": {
                "size": [17.0] + [8.0] * (len(xs) - 1),
                "color": style.COLOURS[1],
                "symbol": "diamond",
                "opacity": 1,
                "line": {"color": "#FFFFFF", "width": [2.0] + [0.0] * (len(xs) - 1)},
            },
        }
    ]


def _map_title(text: str, axis: str) -> dict[str, Any]:
    return {
        **_title(text, 0.0, 1.0),
        "xref": f"x{axis} domain",
        "yref": f"y{axis} domain",
        "x": 0,
        "yshift": 6,
    }
