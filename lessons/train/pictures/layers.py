"""What changes from frame to frame in the pictures of a training run, as layers of the stage's canvas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from lessons.train.view import CELLS, KINDS, PULLS, SATISFIED, ZERO_LINES, Array, View
from softmax_core import TrainConfig, TrainState
from softmax_core.training import REGION_LEVELS, region_frames, sample_pulls, zero_lines
from ui.charts import style
from ui.charts.picture import Layer
from ui.pieces import let_pass

FIELD_AXES = (("xaxis", "yaxis"), ("xaxis2", "yaxis2"))
MAX_GAP = 3.0
_PALE, _FULL = 0.06, 0.62
_MAX_LENGTH = 0.16  # of the height of the plane
_NO_LINES = np.zeros((0, 4), np.float32)
_NO_POINTS = np.zeros((0, 2), np.float32)


def palette() -> list[tuple[str, float]]:
    """A colour and an opacity for each byte of a field: the class, and how far it leads."""
    shades = np.linspace(_PALE, _FULL, REGION_LEVELS).round(3).tolist()
    return [(colour, shade) for colour in style.COLOURS for shade in shades]


def layers(view: View) -> list[Layer]:
    """The layers of both fields, in the order that `field_frames` fills them."""
    found: list[Layer] = []
    for axes in FIELD_AXES:
        found += [Layer(kind, look, *axes, wide_only=axes != FIELD_AXES[0]) for kind, look in _looks(view)]
    return found


def _looks(view: View) -> list[tuple[Any, Mapping[str, Any]]]:
    raster = {"columns": CELLS, "rows": CELLS, "extent": list(view.extent), "palette": palette()}
    looks: list[tuple[Any, Mapping[str, Any]]] = [("raster", raster)]
    colours = list(style.COLOURS[: view.n_classes])
    if ZERO_LINES in view.shown:
        looks.append(("segments", {"colour": style.INK, "colours": colours, "width": 2, "dash": "dash"}))
        arrow = {"colour": style.INK, "colours": colours, "width": 3, "arrow": True, "halo": True}
        looks.append(("segments", arrow))
    looks.append(("segments", {"colour": style.INK, "width": 2.4, "halo": True}))
    if PULLS in view.shown:
        looks.append(("segments", {"colour": style.INK, "width": 1.4, "arrow": True}))
    looks.append(("rings", {"colour": style.ALARM, "width": 1.8, "radius": 8.5, "mark": "ring"}))
    if SATISFIED in view.shown:
        looks.append(("rings", {"colour": style.INK, "width": 2, "radius": 7, "mark": "cross", "halo": True}))
    return looks


def field_frames(
    view: View, runs: Sequence[Sequence[TrainState]], configs: Sequence[TrainConfig]
) -> list[list[Array]]:
    """For each frame the data of `layers`; `runs` holds a state for each frame, run by run."""
    sides = [_side(view, runs[run], configs[run], run) for run in view.order]
    let_pass()
    return [[data for side in sides for data in side[frame]] for frame in range(len(runs[0]))]


def _side(view: View, states: Sequence[TrainState], config: TrainConfig, run: int) -> list[list[Array]]:
    regions = region_frames(states, view.grid, KINDS[run], MAX_GAP)
    let_pass()
    wrong = _wrong(view, states)
    samples = view.everything.X.astype(np.float32)
    frames = []
    for index, state in enumerate(states):
        frame: list[Array] = [regions.cells[index].reshape(-1)]
        if ZERO_LINES in view.shown:
            frame += _zeros(state, view)
        frame.append(regions.boundaries[index])
        if view.shown:
            pulls = _pulls(state, config, view)
            if PULLS in view.shown:
                frame.append(pulls[0])
            frame.append(samples[wrong[index]])
            if SATISFIED in view.shown:
                frame.append(pulls[1])
        else:
            frame.append(samples[wrong[index]])
        frames.append(frame)
    return frames


def _wrong(view: View, states: Sequence[TrainState]) -> Array:
    """(n_frames, n_samples): whose highest score is not that of the label."""
    layout = states[0].layout
    inputs = layout.inputs(view.everything.X).astype(states[0].theta.dtype)
    with np.errstate(all="ignore"):
        winners = np.stack([layout.scores(state.theta, inputs).argmax(axis=0) for state in states])
    wrong: Array = winners != view.everything.labels
    return wrong


def _zeros(state: TrainState, view: View) -> list[Array]:
    found = zero_lines(state, view.extent) if state.layout.model == "linear" else None
    if found is None:
        return [np.zeros((0, 5), np.float32)] * 2
    return [_indexed(found.segments, found.labels), _indexed(found.arrows, found.arrow_labels)]


def _indexed(segments: Array, labels: Array) -> Array:
    return np.column_stack([segments, labels]).astype(np.float32)


def _pulls(state: TrainState, config: TrainConfig, view: View) -> tuple[Array, Array]:
    """Arrows along which the field is pulled over each training sample, and the samples no longer felt."""
    try:
        pulls = sample_pulls(state, config, view.train)
    except ValueError:  # scores that are not finite pull nowhere
        return _NO_LINES, _NO_POINTS
    X, x1 = view.train.X, -pulls.per_input
    longest = float(np.hypot(*x1.T).max())
    if not 0 < longest < np.inf:
        return _NO_LINES, X[~pulls.felt].astype(np.float32)
    arrows = x1 * (2 * _MAX_LENGTH * view.frame[3] / longest)
    kept = pulls.felt
    return np.column_stack([X, X + arrows])[kept].astype(np.float32), X[~kept].astype(np.float32)
