"""A loss as a function of score gaps f_j − f_y: along one gap, over two, and downhill from a point.

With two or three classes and a loss that depends on gaps only, this is the whole loss. The label's score is 0
and the rivals' scores are the gaps; all scores are divided by the temperature before the loss is taken.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._inputs import Array, as_floats
from softmax_core.hinge_relatives import zero_one_loss
from softmax_core.loss_table import Loss, find_loss

BLOCK = 8192  # cells computed at a time


@dataclass(frozen=True, slots=True, eq=False)
class GapSlice:
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


def gap_slice(loss: str | Loss, gaps: ArrayLike, margin: float = 1.0, temperature: float = 1.0) -> GapSlice:
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
        L([0, gap] / T) for label 0.

    >>> gap_slice("weston_watkins", [-2.0, -1.0, 0.0, 1.0]).losses.tolist()
    [0.0, 0.0, 1.0, 2.0]
    >>> gap_slice("zero_one", [-2.0, -1.0, 0.0, 1.0]).losses.tolist()
    [0.0, 0.0, 1.0, 1.0]
    """
    line = _axis(gaps, "gaps", temperature)
    scores = np.stack([np.zeros_like(line), line / temperature], axis=1)
    labels = np.zeros(len(line), dtype=np.intp)
    if loss == "zero_one":
        return GapSlice(line, zero_one_loss(scores, labels), np.zeros_like(line), kink=0.0, asymptote=None)
    chosen = _gap_loss(loss)
    return GapSlice(
        gaps=line,
        losses=chosen.losses(scores, labels, margin),
        slopes=chosen.gradient(scores, labels, margin)[:, 1] / temperature,
        kink=-margin * temperature if chosen.uses_margin else None,
        asymptote=None if chosen.uses_margin else np.maximum(line / temperature, 0.0),
    )


def gap_surface(
    loss: str | Loss, gaps_a: ArrayLike, gaps_b: ArrayLike, margin: float = 1.0, temperature: float = 1.0
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
    chosen = _gap_loss(loss)
    a, b = _axis(gaps_a, "gaps_a", temperature), _axis(gaps_b, "gaps_b", temperature)
    surface = np.empty((len(b), len(a)))
    for cells, scores, labels in _blocks(a / temperature, b / temperature):
        surface.reshape(-1)[cells] = chosen.losses(scores, labels, margin)
    return surface


def gap_surface_gradient(
    loss: str | Loss, gaps_a: ArrayLike, gaps_b: ArrayLike, margin: float = 1.0, temperature: float = 1.0
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
    chosen = _gap_loss(loss)
    a, b = _axis(gaps_a, "gaps_a", temperature), _axis(gaps_b, "gaps_b", temperature)
    field = np.empty((2, len(b), len(a)))
    for cells, scores, labels in _blocks(a / temperature, b / temperature):
        field.reshape(2, -1)[:, cells] = chosen.gradient(scores, labels, margin)[:, 1:].T / temperature
    return field


@dataclass(frozen=True, slots=True, eq=False)
class DescentPath:
    """A walk downhill on a `gap_surface`.

    Attributes:
        gaps: (n_points, 2), the points, the start first.
        losses: (n_points,), never rising.
        gradients: (n_points, 2), at each point.
        stopped: the number of steps after which the gradient was exactly 0, so that the walk ended; None if
            it went on to its last step.
    """

    gaps: Array
    losses: Array
    gradients: Array
    stopped: int | None


def steepest_descent_path(
    loss: str | Loss,
    start_gaps: ArrayLike,
    margin: float = 1.0,
    temperature: float = 1.0,
    rate: float = 0.5,
    steps: int = 100,
) -> DescentPath:
    """Walk downhill on a `gap_surface` by steepest descent.

    Args:
        loss, margin, temperature: as in `gap_surface`.
        start_gaps: (2,), finite, where to start.
        rate: the step rule: each step is −rate times the gradient, with the same rate throughout.
        steps: the largest number of steps, at least 0.

    Returns:
        A `DescentPath` of at most steps + 1 points. On its flat floor a hinge stops; the cross-entropy goes
        on, ever more slowly.

    Raises:
        ValueError: the rate is not positive and finite, steps is negative, or as `gap_surface`.

    Formula:
        g ← g − rate·∇L(g).

    Why so:
        No rate is too large: both derivatives are never negative, so every gap only ever falls, and the loss
        with it. The rate is kept, not the length of the steps, so that they show how strongly the loss pulls.

    >>> path = steepest_descent_path("weston_watkins", [0.0, -0.5])
    >>> path.gaps.tolist(), path.stopped
    ([[0.0, -0.5], [-0.5, -1.0], [-1.0, -1.0]], 2)
    """
    chosen = _gap_loss(loss)
    here = _axis(start_gaps, "start_gaps", temperature)
    if here.shape != (2,):
        raise ValueError(f"start_gaps must be two gaps, not of shape {here.shape}")
    if not 0 < rate < inf:
        raise ValueError(f"the rate must be positive and finite, not {rate}")
    if steps < 0:
        raise ValueError(f"steps must not be negative, not {steps}")
    gaps, losses, gradients, stopped = [], [], [], None
    for step in range(steps + 1):
        scores = np.append(0.0, here / temperature)
        gradient = chosen.gradient(scores, 0, margin)[1:] / temperature
        gaps.append(here)
        losses.append(chosen.losses(scores, 0, margin))
        gradients.append(gradient)
        if not gradient.any():
            stopped = step
            break
        here = here - rate * gradient
    return DescentPath(np.array(gaps), np.array(losses), np.array(gradients), stopped)


def _gap_loss(loss: str | Loss) -> Loss:
    chosen = find_loss(loss)
    if not chosen.uses_gaps:
        raise ValueError(f"{chosen.name} depends on the scores themselves, not only on their gaps")
    return chosen


def _axis(values: ArrayLike, name: str, temperature: float) -> Array:
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
