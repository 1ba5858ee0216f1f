"""What a classifier says over the plane, fast enough to be drawn sixty times a second."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from softmax_core._inputs import Array, as_floats
from softmax_core.data import Data
from softmax_core.training.config import TrainConfig
from softmax_core.training.judge import score_on
from softmax_core.training.state import TrainState

FieldKind = Literal["probabilities", "gaps"]
_BLOCK = 120_000  # hidden units in a block, 480 kB as float32


@dataclass(frozen=True, slots=True, eq=False)
class FieldGrid:
    """A grid in the plane of two features.

    Attributes:
        x: (n_columns,), of the first feature.
        y: (n_rows,), of the second.
        points: (n_rows·n_columns, 2), row after row, read-only.

    Raises:
        ValueError: x or y is not one row of finite numbers.

    >>> FieldGrid([0, 1, 2], [0, 1]).points.shape
    (6, 2)
    """

    x: Array
    y: Array
    points: Array

    def __init__(self, x: ArrayLike, y: ArrayLike) -> None:
        across, up = (np.array(as_floats(axis, name), np.float64) for axis, name in ((x, "x"), (y, "y")))
        for axis in (across, up):
            if axis.ndim != 1 or axis.size == 0 or not np.isfinite(axis).all():
                raise ValueError("x and y must each be one row of finite numbers")
        points = np.stack([np.tile(across, len(up)), np.repeat(up, len(across))], axis=1)
        across.flags.writeable = up.flags.writeable = points.flags.writeable = False
        object.__setattr__(self, "x", across)
        object.__setattr__(self, "y", up)
        object.__setattr__(self, "points", points)


def decision_field(state: TrainState, grid: FieldGrid, kind: FieldKind = "probabilities") -> Array:
    """Compute what a classifier says at each point of a grid.

    Args:
        state: of a model over two features.
        grid: where.
        kind: "probabilities", or "gaps" for a loss that knows no probabilities.

    Returns:
        (n_classes, n_rows, n_columns), float32. "probabilities": softmax of the scores, the sum over the
        classes is 1. "gaps": by how much each class leads its best rival; positive for the winner alone, and
        0 on the boundary. NaN where the scores are not finite, as after a divergence.

    Raises:
        ValueError: the model has not two features, or the kind is unknown.

    Formula:
        exp(f_k − max f) / Σ_j exp(f_j − max f), or f_k − max_{j ≠ k} f_j.

    Why so:
        In float32, which is finer than any screen; class by class, because NumPy is slow along a short last
        axis.

    >>> from softmax_core.data import small_blobs
    >>> from softmax_core.training.run import initial_state
    >>> state = initial_state(TrainConfig(init_scale=0.0), small_blobs(seed=0))
    >>> decision_field(state, FieldGrid([0.0, 1.0], [0.0])).round(2).reshape(3, 2).tolist()[0]
    [0.33000001311302185, 0.33000001311302185]
    """
    return _field(state, grid_inputs(state, grid), kind).reshape(-1, len(grid.y), len(grid.x))


@dataclass(frozen=True, slots=True, eq=False)
class FrameChunk:
    """Consecutive frames of a run, ready to be sent.

    Attributes:
        kind: what the fields show.
        scale: 1 for float32 fields, and for probabilities in bytes 255: value = byte / scale. For gaps in
            bytes value = (byte − 128)·scale, cut off at ±127·scale.
        fields: (n_frames, n_classes, n_rows, n_columns), uint8 or float32; NaN becomes 0 in bytes.
        steps: (n_frames,), the step of each.
        statuses: of each.
        data_loss, penalty, total, accuracy, gradient_norm: (n_frames,), on the training samples.
        test_loss, test_accuracy: (n_frames,), NaN without test samples.
        theta: (n_frames, n_params), the parameters.
    """

    kind: FieldKind
    scale: float
    fields: Array
    steps: Array
    statuses: tuple[str, ...]
    data_loss: Array
    penalty: Array
    total: Array
    accuracy: Array
    gradient_norm: Array
    test_loss: Array
    test_accuracy: Array
    theta: Array


def field_frames(
    states: Sequence[TrainState],
    config: TrainConfig,
    grid: FieldGrid,
    kind: FieldKind | None = None,
    test: Data | None = None,
    dtype: DTypeLike = np.uint8,
    widest_gap: float = 3.0,
) -> FrameChunk:
    """Turn the states of consecutive frames into their fields and figures.

    Args:
        states: of one model, at least one; for instance from `TrainHistory.advanced_frames`.
        config: names the loss, for the test samples and the kind.
        grid: where.
        kind: of the fields; by default "probabilities" for the cross-entropy and "gaps" for a hinge.
        test: samples to judge each state on, or None.
        dtype: uint8 or float32.
        widest_gap: the gap that the largest byte stands for, in units of the scores.

    Returns:
        A `FrameChunk`.

    Raises:
        ValueError: there is no state, the dtype is another one, or as `decision_field`.
    """
    if not states:
        raise ValueError("a chunk needs at least one state")
    form = np.dtype(dtype)
    if form not in (np.dtype(np.uint8), np.dtype(np.float32)):
        raise ValueError(f"fields come as uint8 or float32, not as {form}")
    if not 0 < widest_gap < np.inf:
        raise ValueError(f"widest_gap must be positive and finite, not {widest_gap}")
    chosen: FieldKind = kind or ("probabilities" if config.loss == "cross_entropy" else "gaps")
    inputs = grid_inputs(states[0], grid)
    fields = np.empty((len(states), states[0].layout.n_classes, inputs.shape[1]), form)
    for frame, state in zip(fields, states, strict=True):
        values = _field(state, inputs, chosen)
        frame[...] = values if form == np.float32 else _bytes(values, chosen, widest_gap)
    scale = 1.0 if form == np.float32 else (255.0 if chosen == "probabilities" else widest_gap / 127)
    judged = [score_on(state, config, test) if test is not None else None for state in states]
    with np.errstate(all="ignore"):
        norms = np.array([state.gradient_norm for state in states])
    return FrameChunk(
        kind=chosen,
        scale=scale,
        fields=fields.reshape(len(states), -1, len(grid.y), len(grid.x)),
        steps=np.array([state.step for state in states]),
        statuses=tuple(state.status for state in states),
        data_loss=np.array([state.data_loss for state in states]),
        penalty=np.array([state.penalty for state in states]),
        total=np.array([state.total for state in states]),
        accuracy=np.array([state.accuracy for state in states]),
        gradient_norm=norms,
        test_loss=np.array([np.nan if score is None else score.data_loss for score in judged]),
        test_accuracy=np.array([np.nan if score is None else score.accuracy for score in judged]),
        theta=np.stack([state.theta for state in states]),
    )


def grid_inputs(state: TrainState, grid: FieldGrid) -> Array:
    """Return what the model makes of the points of a grid, float32; see `Layout.inputs`."""
    if state.layout.n_features != 2:
        raise ValueError(f"a field needs a model over two features, not {state.layout.n_features}")
    return state.layout.inputs(grid.points).astype(np.float32)


def _field(state: TrainState, inputs: Array, kind: FieldKind) -> Array:
    """(n_classes, n_points), float32."""
    if kind not in ("probabilities", "gaps"):
        raise ValueError(f'kind must be "probabilities" or "gaps", not {kind!r}')
    with np.errstate(all="ignore"):
        scores = _scores(state, inputs)
        if kind == "gaps":
            return _gaps(scores)
        scores -= np.maximum.reduce(scores, axis=0)
        np.exp(scores, out=scores)
        scores /= np.add.reduce(scores, axis=0)
        return scores


def _scores(state: TrainState, inputs: Array) -> Array:
    if state.layout.model != "hidden":
        return state.layout.scores(state.theta, inputs)
    size = max(_BLOCK // state.layout.n_hidden, 1)
    theta = state.theta.astype(np.float32)
    blocks = (inputs[:, at : at + size] for at in range(0, inputs.shape[1], size))
    return np.concatenate([state.layout.scores(theta, block) for block in blocks], axis=1)


def _gaps(scores: Array) -> Array:
    winner, points = scores.argmax(axis=0), np.arange(scores.shape[1])
    best = scores[winner, points]
    rest = scores.copy()
    rest[winner, points] = -np.inf
    gaps: Array = scores - best
    gaps[winner, points] = best - rest.max(axis=0)
    return gaps


def _bytes(values: Array, kind: FieldKind, widest_gap: float) -> Array:
    if kind == "probabilities":
        scaled = values * np.float32(255.0)
    else:
        scaled = np.clip(values * np.float32(127 / widest_gap), -127, 127)
        scaled += np.float32(128)
    scaled += np.float32(0.5)
    if np.isnan(np.add.reduce(scaled, axis=None)):
        scaled[np.isnan(scaled)] = 0.0
    return scaled.astype(np.uint8)
