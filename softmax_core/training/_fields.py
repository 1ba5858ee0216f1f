"""A grid over the plane, on which a classifier is asked."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._inputs import Array, as_floats
from softmax_core._records import Record
from softmax_core.training._state import TrainState

FieldKind = Literal["probabilities", "gaps"]


@dataclass(frozen=True, slots=True, eq=False)
class FieldGrid(Record):
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


def grid_inputs(state: TrainState, grid: FieldGrid) -> Array:
    """Return what the model makes of the points of a grid, float32; see `Layout.inputs`."""
    if state.layout.n_features != 2:
        raise ValueError(f"a field needs a model over two features, not {state.layout.n_features}")
    return state.layout.inputs(grid.points).astype(np.float32)
