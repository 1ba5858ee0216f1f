"""The way down from a point on the surface of a loss over two score gaps."""

from dataclasses import dataclass
from math import inf, nextafter

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._inputs import Array
from softmax_core._records import Record
from softmax_core._settings import as_whole
from softmax_core.losses._gap_surfaces import finite_axis, gap_loss
from softmax_core.losses._table import Loss, LossName


@dataclass(frozen=True, slots=True, eq=False)
class DescentPath(Record):
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


@np.errstate(all="ignore")
def steepest_descent_path(
    loss: LossName | Loss,
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
        A gap that lies above the kink at −Δ·T by no more than the rounding of the whole walk is put at the
        kink: 0.4 − 0.5 is 3e−17 above −0.1, and that alone must not ask for another step.

    >>> path = steepest_descent_path("weston_watkins", [0.0, -0.5])
    >>> path.gaps.tolist(), path.stopped
    ([[0.0, -0.5], [-0.5, -1.0], [-1.0, -1.0]], 2)
    """
    chosen = gap_loss(loss)
    here = finite_axis(start_gaps, "start_gaps", temperature)
    if here.shape != (2,):
        raise ValueError(f"start_gaps must be two gaps, not of shape {here.shape}")
    if not 0 < rate < inf:
        raise ValueError(f"the rate must be positive and finite, not {rate}")
    steps = as_whole(steps, "steps", 0)
    gaps, gradients, stopped = [], [], None
    kink = _kink(margin, temperature) if chosen.uses_margin else None
    scores = np.zeros(3)
    rounding = (steps + 4) * np.finfo(np.float64).eps * max(np.abs(here).max(), abs(kink or 0.0))
    for step in range(steps + 1):
        if kink is not None:
            here = np.where((here > kink) & (here <= kink + rounding), kink, here)
        scores[1:] = here / temperature
        gradient = chosen.gradient(scores, 0, margin)[1:] / temperature
        gaps.append(here)
        gradients.append(gradient)
        if not gradient.any():
            stopped = step
            break
        here = here - rate * gradient
    passed = np.array(gaps)
    all_scores = np.column_stack([np.zeros(len(passed)), passed / temperature])
    losses = chosen.losses(all_scores, np.zeros(len(passed), np.int64), margin)
    return DescentPath(passed, losses, np.array(gradients), stopped)


def _kink(margin: float, temperature: float) -> float:
    """The largest gap that is not past the margin."""
    kink = -margin * temperature
    return kink if kink / temperature + margin <= 0 else nextafter(kink, -inf)
