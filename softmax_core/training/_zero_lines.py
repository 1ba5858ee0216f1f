"""Where each class of a linear model scores zero, and which way its score grows."""

from dataclasses import dataclass

import numpy as np

from softmax_core._inputs import Array
from softmax_core._records import Record
from softmax_core.training._state import TrainState


@dataclass(frozen=True, slots=True, eq=False)
class ZeroLines(Record):
    """The lines on which single scores are zero, cut off at the edge of a rectangle.

    Attributes:
        segments: (n_segments, 4) of float64, rows (x0, y0, x1, y1); at most one for each class.
        labels: (n_segments,), the class of each.
        arrows: (n_arrows, 4), rows (x0, y0, x1, y1): from the middle of the class's segment along its column
            of W, which is the direction in which its score grows fastest.
        arrow_labels: (n_arrows,), the class of each; the same as `labels`.
    """

    segments: Array
    labels: Array
    arrows: Array
    arrow_labels: Array


def zero_lines(
    state: TrainState, extent: tuple[float, float, float, float], longest: float | None = None
) -> ZeroLines:
    """Find the line on which each score of a linear model is zero.

    Args:
        state: of a linear model over two features.
        extent: (x0, x1, y0, y1) with x0 < x1 and y0 < y1: the rectangle that is seen.
        longest: how long the arrow of the class with the longest column of W is, in units of the features;
            by default a sixth of the shorter side. The others are shorter as their columns are.

    Returns:
        `ZeroLines`; a class whose line passes beside the rectangle, whose weights are all zero, or whose
        parameters are not finite is left out.

    Raises:
        ValueError: the model is not linear or has not two features, or the extent is empty.

    Formula:
        {x : W_kᵀx + b_k = 0}; its normal is W_k. A point of it is −b_k·W_k/‖W_k‖², its direction
        (−W_k1, W_k0).

    Why so:
        The line is cut by the two pairs of parallel sides one after the other (Liang–Barsky). An arrow begins
        in the middle of what is seen, so that it is seen as well.

    Source:
        CS231n, "Linear classification", interpreting a linear classifier.

    >>> from dataclasses import replace
    >>> from softmax_core.datasets import small_blobs
    >>> from softmax_core import TrainConfig
    >>> from softmax_core.training import initial_state
    >>> start = initial_state(TrainConfig(), small_blobs(seed=0))
    >>> theta = start.layout.theta({"W": [[1.0, 0.0, 0.0], [0.0, 2.0, 0.0]], "b": [-0.5, 8.0, 1.0]})
    >>> found = zero_lines(replace(start, theta=theta), (-1.0, 1.0, -2.0, 2.0), longest=0.5)
    >>> found.segments.tolist(), found.labels.tolist(), found.arrows.tolist()
    ([[0.5, -2.0, 0.5, 2.0]], [0], [[0.5, 0.0, 0.75, 0.0]])
    """
    layout = state.layout
    if layout.model != "linear" or layout.n_features != 2:
        raise ValueError("only a linear model over two features has straight zero lines")
    x0, x1, y0, y1 = extent
    if not (x0 < x1 and y0 < y1):
        raise ValueError(f"the extent {extent} is empty")
    W, b = (state.params[name].astype(np.float64) for name in ("W", "b"))
    with np.errstate(all="ignore"):
        segments = np.array([_cut(W[:, k], float(b[k]), extent) for k in range(layout.n_classes)])
        labels = np.flatnonzero(np.isfinite(segments).all(axis=1))
        lengths = np.hypot(*W)
        most = lengths[np.isfinite(lengths)].max(initial=0.0)
        reach = min(x1 - x0, y1 - y0) / 6 if longest is None else longest
        middles = (segments[labels, :2] + segments[labels, 2:]) / 2
        arrows = np.concatenate([middles, middles + reach / most * W.T[labels]], axis=1)
    return ZeroLines(segments[labels], labels, arrows, labels)


def _cut(w: Array, b: float, extent: tuple[float, float, float, float]) -> tuple[float, ...]:
    """The piece of the line w·x + b = 0 inside a rectangle; NaN if there is none."""
    x0, x1, y0, y1 = extent
    length = float(np.hypot(*w))
    nothing = (np.nan,) * 4
    if not 0 < length < np.inf or not np.isfinite(b):
        return nothing
    normal = w / length
    foot = -b / length * normal
    along = np.array([-normal[1], normal[0]])
    low, high = -np.inf, np.inf
    for place, slope, least, most in ((foot[0], along[0], x0, x1), (foot[1], along[1], y0, y1)):
        if slope == 0:
            if not least <= place <= most:
                return nothing
            continue
        ends = sorted([(least - place) / slope, (most - place) / slope])
        low, high = max(low, ends[0]), min(high, ends[1])
    if not low < high:
        return nothing
    return (*(foot + low * along).tolist(), *(foot + high * along).tolist())
