"""Checking an analytic gradient by finite differences."""

from dataclasses import dataclass
from math import inf

import numpy as np

from softmax_core._inputs import Array
from softmax_core._margins import checked_rows
from softmax_core.data import Data
from softmax_core.linear import LinearParams, linear_scores, widened
from softmax_core.loss_table import Loss, find_loss
from softmax_core.objective import objective, objective_gradient

STEP = 2e-3  # balances the error of the formula (grows as h⁴) and of rounding (grows as 1/h) in float64
_OFFSETS, _WEIGHTS = (-2, -1, 1, 2), (1 / 12, -8 / 12, 8 / 12, -1 / 12)


@dataclass(frozen=True, slots=True, eq=False)
class GradientCheck:
    """The explicit gradient of an objective beside its numerical one.

    Attributes:
        analytic: what `objective_gradient` computed.
        numeric: what differences of `objective` give.
        relative_error: one number for each parameter.
        largest: the largest of them; below 1e-7 for a right gradient, if `crosses_kink` is False.
        kink_distance: by how much a score may change before the loss of some sample reaches a kink (for a
            gap, the gap); 0 at a kink, inf for a loss without.
        crosses_kink: whether a difference may have reached across a kink; then `largest` proves nothing.
    """

    analytic: LinearParams
    numeric: LinearParams
    relative_error: LinearParams
    largest: float
    kink_distance: float
    crosses_kink: bool


def check_gradient(
    params: LinearParams,
    data: Data,
    loss: str | Loss,
    l2: float = 0.0,
    margin: float = 1.0,
    gradient: LinearParams | None = None,
) -> GradientCheck:
    """Compare a gradient of the objective with five-point central differences, parameter by parameter.

    Args:
        params, data, loss, l2, margin: as in `objective`; all is computed in float64.
        gradient: the gradient to check; by default that of `objective_gradient`.

    Returns:
        A `GradientCheck`.

    Raises:
        ValueError: as `objective`, or the gradient does not have the shapes of the parameters.

    Formula:
        ∂L/∂θ ≈ (L(θ − 2h) − 8 L(θ − h) + 8 L(θ + h) − L(θ + 2h)) / 12h;
        relative error = |analytic − numeric| / max(|analytic|, |numeric|, 10⁸·ε·L/h).

    Why so:
        h is chosen for each parameter so that no score changes by more than 0.002 at a time: five points then
        leave an error of about 10⁻¹³, where two would leave 10⁻⁷. The third entry of the maximum is for a
        derivative so near 0 that the rounding of L alone (ε·L/h) would show in its eighth digit.

    Source:
        CS231n, "Neural networks 3", gradient checks; M. Abramowitz, I. Stegun, formula 25.3.6.

    >>> params, data = LinearParams([[2.0, 0.5]], [0.0, 0.1]), Data([[1.0], [0.25]], [0, 0])
    >>> check = check_gradient(params, data, "cross_entropy", l2=0.1)
    >>> check.largest < 1e-7, check.crosses_kink
    (True, False)
    """
    point, samples = widened(params), Data(data.X.astype(np.float64), data.labels)
    analytic = objective_gradient(point, samples, loss, l2, margin) if gradient is None else widened(gradient)
    if analytic.W.shape != point.W.shape:
        raise ValueError(f"W of shape {point.W.shape} cannot have a gradient of shape {analytic.W.shape}")

    theta = np.vstack([point.W, point.b])
    reach = np.append(np.abs(samples.X).max(axis=0), 1.0)  # by how much a parameter can move a score
    steps = np.where(reach > 0, STEP / np.where(reach > 0, reach, 1.0), STEP)
    numeric = np.empty_like(theta)
    for row, column in np.ndindex(theta.shape):
        numeric[row, column] = 0.0
        for offset, weight in zip(_OFFSETS, _WEIGHTS, strict=True):
            moved = theta.copy()
            moved[row, column] += offset * steps[row]
            total = objective(LinearParams(moved[:-1], moved[-1]), samples, loss, l2, margin).total
            numeric[row, column] += weight * total / steps[row]

    total = objective(point, samples, loss, l2, margin).total
    explicit = np.vstack([analytic.W, analytic.b])
    resolved = 1e8 * np.finfo(np.float64).eps * total / steps[:, None]
    size = np.maximum(np.maximum(np.abs(explicit), np.abs(numeric)), resolved)
    error = np.divide(np.abs(explicit - numeric), size, out=np.zeros_like(size), where=size > 0)
    distance = kink_distance(linear_scores(point, samples.X), samples.labels, loss, margin)
    return GradientCheck(
        analytic=analytic,
        numeric=LinearParams(numeric[:-1], numeric[-1]),
        relative_error=LinearParams(error[:-1], error[-1]),
        largest=float(error.max()),
        kink_distance=distance,
        crosses_kink=distance <= 2 * STEP,
    )


def kink_distance(scores: Array, labels: Array, loss: str | Loss, margin: float = 1.0) -> float:
    """Measure how near a batch of scores is to a kink of the loss.

    Args:
        scores: (..., classes).
        labels: (...), the true class of each row.
        loss: one of `LOSSES`, by name or as itself.
        margin: Δ ≥ 0.

    Returns:
        The smallest distance, over all samples and rivals, of a gap f_j − f_y from −Δ; for "one_vs_all" of a
        score from its own margin; for "crammer_singer" of the worst gap from −Δ, or from the next worst where
        that decides. inf for "cross_entropy". The slope of the squared hinge has its kink where the hinge
        has.

    Raises:
        TypeError, ValueError: as the hinge losses, or the loss is unknown.

    Formula:
        min_{i, j ≠ y} |f_ij − f_iy + Δ|, for the losses that sum over rivals.

    >>> kink_distance([10.0, 8.5, 0.0], 0, "weston_watkins")
    0.5
    """
    name = find_loss(loss).name
    rows = checked_rows(scores, labels, margin)
    if name == "cross_entropy" or rows.scores.size == 0:
        return inf
    if name == "one_vs_all":
        signed = rows.scores.copy()
        signed[rows.own] *= -1
        return float(np.abs(signed + margin).min())
    with np.errstate(over="ignore", invalid="ignore"):
        gaps = rows.scores - rows.scores[rows.own] + margin
        gaps[np.isnan(gaps)] = -inf  # both classes are forbidden
        gaps[rows.own] = -inf
        if name != "crammer_singer":
            return float(np.abs(gaps).min())
        worst, next_worst = np.sort(np.vstack([np.full_like(gaps[:1], -inf), gaps]), axis=0)[:-3:-1]
        lead = np.where(worst > 0, worst - next_worst, inf)
        return float(np.fmin(np.abs(worst), lead).min())
