"""What a classifier says over the plane."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._inputs import Array, as_floats
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
    >>> from softmax_core.training import TrainConfig, initial_state
    >>> state = initial_state(TrainConfig(init_scale=0.0), small_blobs(seed=0))
    >>> decision_field(state, FieldGrid([0.0, 1.0], [0.0])).round(2).reshape(3, 2).tolist()[0]
    [0.33000001311302185, 0.33000001311302185]
    """
    return _field(state, grid_inputs(state, grid), kind).reshape(-1, len(grid.y), len(grid.x))


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
