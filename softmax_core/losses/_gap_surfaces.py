"""A loss as a function of score gaps f_j − f_y: along one gap, and over two.

With two or three classes and a loss that depends on gaps only, this is the whole loss. The label's score is 0
and the rivals' scores are the gaps; all scores are divided by the temperature before the loss is taken.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._inputs import Array, as_floats
from softmax_core._records import Record
from softmax_core.losses._hinge_relatives import zero_one_loss
from softmax_core.losses._table import Loss, LossName, find_loss

BLOCK = 8192  # cells computed at a time


@dataclass(frozen=True, slots=True, eq=False)
class GapSlice(Record):
    """A loss of two classes along their gap.

    Attributes:
        gaps: (n,), rival's score minus label's score.
        losses: (n,).
        slopes: (n,), the derivative with respect to the gap, at a kink the one that the loss's own gradient
            chooses; 0 for the 0–1 loss.
        kink: the gap at which the slope jumps (for "squared_weston_watkins": the slope's slope; for
            "zero_one": the loss itself), or None.
        asymptote: (n,), the line max(0, gap/T) that the cross-entropy approaches on both sides; else None.
    """

    gaps: Array
    losses: Array
    slopes: Array
    kink: float | None
    asymptote: Array | None


@np.errstate(all="ignore")
def gap_slice(
    loss: LossName | Literal["zero_one"] | Loss,
    gaps: ArrayLike,
    margin: float = 1.0,
    temperature: float = 1.0,
) -> GapSlice:
    """Compute a loss of two classes along the gap between their scores.

    Args:
        loss: one of `LOSSES` that uses gaps only, or "zero_one".
        gaps: (n,), finite, rival's score minus label's score.
        margin: Δ ≥ 0; only the hinges use it.
        temperature: T > 0; the loss is that of the scores divided by T.

    Returns:
        A `GapSlice`, in float64.

    Raises:
        ValueError: the loss is unknown or needs more than gaps, a gap is not finite, margin or temperature
            are out of range.

    Formula:
        L([0, gap] / T) for label 0. For "zero_one" the rival is the first class, which wins a tie.

    >>> gap_slice("weston_watkins", [-2.0, -1.0, 0.0, 1.0]).losses.tolist()
    [0.0, 0.0, 1.0, 2.0]
    >>> gap_slice("zero_one", [-2.0, -1.0, 0.0, 1.0]).losses.tolist()
    [0.0, 0.0, 1.0, 1.0]
    """
    line = finite_axis(gaps, "gaps", temperature)
    scores = np.stack([np.zeros_like(line), line / temperature], axis=1)
    labels = np.zeros(len(line), dtype=np.intp)
    if loss == "zero_one":
        return GapSlice(
            line, zero_one_loss(scores[:, ::-1], labels + 1), np.zeros_like(line), kink=0.0, asymptote=None
        )
    chosen = gap_loss(loss)
    return GapSlice(
        gaps=line,
        losses=chosen.losses(scores, labels, margin),
        slopes=chosen.gradient(scores, labels, margin)[:, 1] / temperature,
        kink=-margin * temperature if chosen.uses_margin else None,
        asymptote=None if chosen.uses_margin else np.maximum(line / temperature, 0.0),
    )


@np.errstate(all="ignore")
def gap_surface(
    loss: LossName | Loss, gaps_a: ArrayLike, gaps_b: ArrayLike, margin: float = 1.0, temperature: float = 1.0
) -> Array:
    """Compute a loss of three classes over the two gaps between the rivals' scores and the label's.

    Args:
        loss: one of `LOSSES` that uses gaps only.
        gaps_a, gaps_b: (n_a,) and (n_b,), finite, the values of f_1 − f_0 and f_2 − f_0; the label is 0.
        margin: Δ ≥ 0; only the hinges use it.
        temperature: T > 0; the loss is that of the scores divided by T.

    Returns:
        (n_b, n_a), float64: entry [i, k] is the loss at (gaps_a[k], gaps_b[i]), as a plot of rows wants it.

    Raises:
        ValueError: the loss is unknown or needs more than gaps, a gap is not finite, margin or temperature
            are out of range.

    Formula:
        L([0, a, b] / T) for label 0.

    Why so:
        The grid is computed in blocks of a fixed number of cells, so that only the result grows with it.

    >>> gap_surface("weston_watkins", [-2.0, 0.0], [-2.0, 0.0, 3.0]).tolist()
    [[0.0, 1.0], [1.0, 2.0], [4.0, 5.0]]
    """
    chosen = gap_loss(loss)
    a, b = finite_axis(gaps_a, "gaps_a", temperature), finite_axis(gaps_b, "gaps_b", temperature)
    surface = np.empty((len(b), len(a)))
    for cells, scores, labels in _blocks(a / temperature, b / temperature):
        surface.reshape(-1)[cells] = chosen.losses(scores, labels, margin)
    return surface


@np.errstate(all="ignore")
def gap_surface_gradient(
    loss: LossName | Loss, gaps_a: ArrayLike, gaps_b: ArrayLike, margin: float = 1.0, temperature: float = 1.0
) -> Array:
    """Compute the gradient field of `gap_surface`.

    Args:
        loss, gaps_a, gaps_b, margin, temperature: as in `gap_surface`.

    Returns:
        (2, n_b, n_a), float64: the derivatives along gaps_a and along gaps_b; neither is ever negative. At a
        kink it is what the loss's own gradient chooses.

    Raises:
        ValueError: as `gap_surface`.

    Formula:
        ∂L/∂a = (∂L/∂f_1)/T, ∂L/∂b = (∂L/∂f_2)/T.

    >>> gap_surface_gradient("weston_watkins", [-2.0, 0.0], [-1.0])[:, 0].tolist()
    [[0.0, 1.0], [0.0, 0.0]]
    """
    chosen = gap_loss(loss)
    a, b = finite_axis(gaps_a, "gaps_a", temperature), finite_axis(gaps_b, "gaps_b", temperature)
    field = np.empty((2, len(b), len(a)))
    for cells, scores, labels in _blocks(a / temperature, b / temperature):
        field.reshape(2, -1)[:, cells] = chosen.gradient(scores, labels, margin)[:, 1:].T / temperature
    return field


def gap_loss(loss: LossName | Loss) -> Loss:
    """Return a loss given by name or as itself; one that needs more than gaps is a ValueError."""
    chosen = find_loss(loss)
    if not chosen.uses_gaps:
        raise ValueError(f"{chosen.name} depends on the scores themselves, not only on their gaps")
    return chosen


def finite_axis(values: ArrayLike, name: str, temperature: float) -> Array:
    """Return one row of finite gaps as float64, and check the temperature on the way."""
    if not 0 < temperature < inf:
        raise ValueError(f"the temperature must be positive and finite, not {temperature}")
    axis = as_floats(values, name).astype(np.float64)
    if axis.ndim != 1 or not np.isfinite(axis).all():
        raise ValueError(f"{name} must be one row of finite numbers")
    return axis


def _blocks(a: Array, b: Array) -> Iterator[tuple[slice, Array, Array]]:
    """Yield slices of the flattened grid with their scores (cells, 3) and labels."""
    for start in range(0, len(a) * len(b), BLOCK):
        cells = np.arange(start, min(start + BLOCK, len(a) * len(b)))
        row, column = np.divmod(cells, len(a))
        scores = np.stack([np.zeros(len(cells)), a[column], b[row]], axis=1)
        yield slice(start, start + len(cells)), scores, np.zeros(len(cells), dtype=np.intp)
