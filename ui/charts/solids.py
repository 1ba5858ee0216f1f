"""Losses over a plane as surfaces that can be turned, each in a scene of its own."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor
from typing import Any

from ui.charts import maps, style
from ui.charts.labels import axis_bound
from ui.charts.picture import Trace
from ui.charts.relief import ON_A_GRID, Panel, Plane, Relief, Scale, framed, grid, heading

EYE = (-1.55, -1.65, 1.0)
_POINTS = 16  # about as many of a path are drawn in space
_LOW, _STACKED_LOW = -0.12, -0.2  # the middle of what is seen, below that of the box
_FARTHER, _STACKED_FARTHER = 1.2, 0.95  # on a phone
_BESIDE = ([0.0, 0.49], [0.51, 1.0])
_STACKED = ([0.53, 1.0], [0.0, 0.47])  # on a phone
_ON_A_PHONE, _STACKED_HEIGHT, _SMALL = 260, 460, 10
_MIN_COUNT = 3
_AWAY = 0.12  # of an axis: nearer to its ends, the labels of two axes meet
_LIFTED, _START_LIFTED = 0.025, 0.04  # of the height: what lies on a surface would sink into it


def solid(
    reliefs: Sequence[Relief], plane: Plane, scale: Scale, eye: tuple[float, float, float] = EYE
) -> dict[str, Any]:
    """The reliefs as surfaces; in `flat` as maps, for paper and where there is no WebGL."""
    panels = [_panel(reliefs, index, plane, scale, eye) for index in range(len(reliefs))]
    height = _STACKED_HEIGHT if len(panels) > 1 else _ON_A_PHONE
    figure = framed(panels, {"l": 0, "r": 0, "t": 40, "b": 0}, height)
    return figure | {"flat": maps.without_grids(reliefs, plane, scale)}


def _panel(
    reliefs: Sequence[Relief], index: int, plane: Plane, scale: Scale, eye: tuple[float, float, float]
) -> Panel:
    relief, several = reliefs[index], len(reliefs) > 1
    scene = f"scene{index + 1}" if index else "scene"
    above = axis_bound([float(max(each.heights.max(), 0.0)) for each in reliefs], 1.0)
    heights = [scale.low, scale.high if scale.low else above]
    ends = (plane.xs[[0, -1]].tolist(), plane.ys[[0, -1]].tolist(), heights)
    across, up = (_BESIDE[index], _STACKED[index]) if several else ([0.0, 1.0], [0.0, 1.0])
    small = {"tickfont": {"size": _SMALL}, "title": {"font": {"size": _SMALL}}}
    domain = {"x": [0.0, 1.0], "y": up}
    camera = _camera(eye, _STACKED_FARTHER, _STACKED_LOW) if several else _camera(eye, _FARTHER)
    narrow = {"domain": domain, "camera": camera, **{f"{axis}axis": small for axis in "xyz"}}
    return Panel(
        data=[
            _surface(relief, plane, scene, scale),
            *_path(relief, scene, heights[1] - heights[0]),
            _box(scene, ends),
        ],
        axes={scene: _scene(plane, ends, across, eye)},
        narrow={scene: narrow},
        title=heading(relief.name, plane.names[2], x=across[0] + 0.02, y=1.0),
        narrow_title={"x": 0.02, "y": up[1], "font": {"size": 14, "color": style.INK}},
    )


def _surface(relief: Relief, plane: Plane, scene: str, scale: Scale) -> Trace:
    return {
        **grid(relief, plane),
        **ON_A_GRID,
        "type": "surface",
        "scene": scene,
        "colorscale": scale.solid,
        "cmin": scale.low,
        "cmax": scale.high,
        "lighting": {"ambient": 0.75, "diffuse": 0.5, "specular": 0.05},
        "contours": {"x": {"highlight": False}, "y": {"highlight": False}, "z": {"highlight": False}},
    }


def _box(scene: str, ends: Sequence[list[float]]) -> Trace:
    """What cannot be seen: with it Plotly's scale, and so all ticks, stay while the surface moves."""
    corners = dict(zip("xyz", ends, strict=True))
    return {"type": "scatter3d", "scene": scene, "mode": "none", "hoverinfo": "skip", **corners}


def _path(relief: Relief, scene: str, height: float) -> list[Trace]:
    if not relief.path:
        return []
    fewer = [*relief.path[: -1 : 1 + len(relief.path) // _POINTS], relief.path[-1]]
    xs, ys, zs = (list(values) for values in zip(*fewer, strict=True))
    lifts = [_START_LIFTED] + [_LIFTED] * (len(zs) - 1)
    return [
        {
            "type": "scatter3d",
            "scene": scene,
            "mode": "lines+markers",
            "x": xs,
            "y": ys,
            "z": [z + lift * height for z, lift in zip(zs, lifts, strict=True)],
            "hoverinfo": "skip",
            "line": {"color": style.ALARM, "width": 7},
            "marker": {
                "size": [10.0] + [3.5] * (len(xs) - 1),
                "opacity": 1,  # a mark that is seen through has all drawn twice
                "color": style.ALARM,
                "symbol": "diamond",
                "line": {"width": 0},
            },
        }
    ]


def _scene(
    plane: Plane, ends: Sequence[list[float]], across: list[float], eye: tuple[float, float, float]
) -> dict[str, Any]:
    names = (*plane.names[:2], "")  # at a panel's edge the name of the heights would be cut: see the heading
    return {
        "domain": {"x": across, "y": [0.0, 1.0]},
        "aspectmode": "cube",
        "camera": _camera(eye),
        **{
            f"{axis}axis": {"title": {"text": name}, "range": span, "tickvals": inner_ticks(*span)}
            for axis, name, span in zip("xyz", names, ends, strict=True)
        },
    }


def inner_ticks(low: float, high: float) -> list[float]:
    """Round numbers well inside an axis: at a corner of the box, the labels of two axes would meet."""
    away = _AWAY * (high - low)
    fine = axis_bound([(high - low) / 10], 1e-9)
    for step in (5 * fine, 4 * fine, 2 * fine, fine):
        first, last = ceil((low + away) / step), floor((high - away) / step)
        if last - first >= _MIN_COUNT - 1:
            break
    return [round(step * index, 9) for index in range(first, last + 1)]


def _camera(eye: tuple[float, float, float], farther: float = 1.0, low: float = _LOW) -> dict[str, Any]:
    return {
        "eye": {axis: round(farther * place, 3) for axis, place in zip("xyz", eye, strict=True)},
        "center": {"x": 0, "y": 0, "z": low},
    }
