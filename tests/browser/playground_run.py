"""A toy run for the browser tests: two fields that turn, their curves, and points to click and drag."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from ui.charts.picture import Layer, Picture, Table
from ui.charts.style import COLOURS, INK

CELLS = 60
GRID = np.linspace(-3.0, 3.0, CELLS)
X, Y = (axis.ravel() for axis in np.meshgrid(GRID, GRID))
POINTS = np.random.default_rng(7).uniform(-2.8, 2.8, (250, 2)).round(3)
PALETTE = [[COLOURS[k % 8 % 3], 0.15 + 0.6 * level / 31] for k in range(8) for level in range(32)]
FIELDS = (("xaxis", "yaxis"), ("xaxis2", "yaxis2"))
CURVES = (("xaxis3", "yaxis3"), ("xaxis4", "yaxis4"))
STEPS = np.arange(2001, dtype=np.float32)


def _turned(step: int, run: int) -> np.ndarray[Any, Any]:
    angles = step / 150 * (1 + run) + 2 * np.pi * np.arange(3) / 3
    return np.stack([np.cos(angles), np.sin(angles)])


def frame(step: int) -> dict[str, Any]:
    """The two fields, their boundaries and their errors at one step."""
    layers: list[Any] = []
    for run in (0, 1):
        W = _turned(step, run)
        scores = W[0][:, None] * X + W[1][:, None] * Y
        winner, height = scores.argmax(axis=0), scores.max(axis=0)
        cells = (winner * 32 + np.clip(8 * height, 0, 31).astype(int)).astype(np.uint8)
        normals = (W + np.roll(W, 1, axis=1)).T
        pieces = [np.linspace(0, 4, 60)[:, None] * normal for normal in normals]
        edges = np.concatenate([np.hstack([piece[:-1], piece[1:]]) for piece in pieces])
        wrong = POINTS[(np.arange(len(POINTS)) * 7 + step + run) % 9 == 0]
        layers += [cells, edges.astype(np.float32), wrong.astype(np.float32)]
    return {"step": step, "label": f"step {step}", "layers": [*layers, *[None] * 8]}


def picture(reached: int = 2000) -> Picture:
    """Two fields above two panels of curves."""
    box = [-3.0, 3.0, -3.0, 3.0]
    layers = []
    for run, axes in enumerate(FIELDS):
        style = {"columns": CELLS, "rows": CELLS, "extent": box, "palette": PALETTE}
        wide_only = run == 1
        layers += [
            Layer("raster", style, *axes, wide_only),
            Layer("segments", {"colour": INK, "width": 2.5, "halo": True}, *axes, wide_only),
            Layer("rings", {"colour": INK, "radius": 8, "width": 1.5, "mark": "ring"}, *axes, wide_only),
        ]
    for panel, axes in enumerate(CURVES):
        for run in range(3):
            wave = np.exp(-STEPS / (300 + 200 * run)) + 0.02 * np.sin(STEPS * (run + 1 + panel))
            known = {"x": STEPS[: reached + 1], "y": wave.astype(np.float32)[: reached + 1]}
            layers.append(Layer("line", {"colour": COLOURS[run], "width": 2}, *axes, panel == 1, known))
        layers.append(
            Layer("cursor", {"colour": INK, "width": 1, "dash": "dot"}, *axes, wide_only=panel == 1)
        )
    return Picture(
        "A run", "Two turning fields", _figure(), _table(), layers=layers, points=POINTS, point_axes=FIELDS
    )


def _table() -> Table:
    return Table(["x", "y"], [["1", "2"]])


def _trace(axes: tuple[str, str], x: list[float], y: list[float], **looks: Any) -> dict[str, Any]:
    xaxis, yaxis = (name.replace("axis", "") for name in axes)
    look = {"type": "scatter", "mode": "markers", "showlegend": False, **looks}
    return {**look, "x": x, "y": y, "xaxis": xaxis, "yaxis": yaxis}


def _figure() -> dict[str, Any]:
    marker = {"size": 8, "color": INK, "symbol": "square"}
    fields = [_trace(axes, POINTS[:, 0].tolist(), POINTS[:, 1].tolist(), marker=marker) for axes in FIELDS]
    fields += [_trace(axes, [0], [0], opacity=0) for axes in CURVES]
    layout: dict[str, Any] = {"height": 620, "title": {"text": "A run"}}
    narrow: dict[str, Any] = {}
    for number, (xaxis, yaxis) in enumerate((*FIELDS, *CURVES)):
        column, row = number % 2, number // 2
        left, low = 0.53 * column, 0.34 * (1 - row)
        across = {"range": [-3, 3] if row == 0 else [0, 2000], "domain": [left, left + 0.47]}
        up = {"range": [-3, 3] if row == 0 else [0, 1.1], "domain": [low, 1 if row == 0 else 0.26]}
        layout[xaxis] = {**across, "anchor": yaxis.replace("axis", ""), "showgrid": False, "zeroline": False}
        layout[yaxis] = {**up, "anchor": xaxis.replace("axis", ""), "showgrid": False, "zeroline": False}
        narrow[xaxis] = {"domain": [0, 1]} if column == 0 else {"visible": False}
        narrow[yaxis] = {} if column == 0 else {"visible": False}
    return {"data": fields, "layout": layout, "narrow": narrow, "narrow_hides": [1, 3]}


def slow_chunks(pace: int) -> Callable[[range], Sequence[Mapping[str, Any]]]:
    """Frames of a run that comes no further than `pace` steps in one answer, and takes its time for that."""
    head = [0]

    def chunk(steps: range) -> list[dict[str, Any]]:
        if len(steps) == 0:
            return []
        if steps[0] > head[0] + pace:
            time.sleep(0.1)
        head[0] = max(head[0], min(steps[-1], head[0] + pace))
        return [frame(step) for step in [step for step in steps if step <= head[0]] or [head[0]]]

    return chunk
