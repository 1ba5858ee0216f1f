"""Checking an analytic gradient by finite differences."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

import numpy as np

from softmax_core._inputs import Array
from softmax_core._margins import checked_rows
from softmax_core.datasets import Data
from softmax_core.linear._objective import objective, objective_gradient
from softmax_core.linear._params import LinearParams, linear_scores, widened
from softmax_core.losses import Loss, LossName
from softmax_core.losses._table import find_loss

STEP = 2e-3  # balances the error of the formula (grows as h⁴) and of rounding (grows as 1/h) in float64


@dataclass(frozen=True, slots=True, eq=False)
class GradientCheck:
    """The explicit gradient of an objective beside its numerical one.

    Attributes:
        analytic: what `objective_gradient` computed.
        numeric: what differences of the mean loss give, plus the derivative of the penalty.
        relative_error: one number for each parameter; inf where a number is not finite, or where the scores
            are so large that their rounding swallows the differences.
        largest: the largest of them. Below 1e-7 the gradient agrees with the loss on the smooth piece around
            the parameters, if `crosses_kink` is False; whether it is the right loss, no difference can tell.
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
    loss: LossName | Loss,
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
        ∂L/∂θ ≈ (L(θ − 2h) − 8 L(θ − h) + 8 L(θ + h) − L(θ + 2h)) / 12h + λ·θ (no λ·θ for a bias), where L is
        the mean loss; relative error = |analytic − numeric| / max(|analytic|, |numeric|, 10⁹·ε·M/h), where M
        is the largest |L| that was subtracted or the largest Σ|x_i·W_ik| + |b_k|, whichever is larger.

    Why so:
        h is chosen for each parameter so that no score changes by more than 0.002 at a time: five points then
        leave an error of about 10⁻¹³, where two would leave 10⁻⁷. It is at most max(1, |θ|). The third entry
        of the maximum is for a derivative so near 0 that rounding alone (ε·M/h) would show in its ninth
        digit. The penalty is a square; its derivative needs no differences, in which it could drown the loss.

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

    theta, explicit = np.vstack([point.W, point.b]), np.vstack([analytic.W, analytic.b])
    largest = np.append(np.abs(samples.X).max(axis=0), 1.0)

    def mean_loss(moved: Array) -> float:
        return objective(LinearParams(moved[:-1], moved[-1]), samples, loss, margin=margin).data

    def size(moved: Array) -> float:
        return float((np.abs(samples.X) @ moved[:-1] + moved[-1]).max())

    numeric, noise = differences(mean_loss, size, theta, np.broadcast_to(largest[:, None], theta.shape))
    with np.errstate(all="ignore"):
        numeric[:-1] += l2 * point.W
    error = relative_errors(explicit, numeric, noise)
    distance = kink_distance(linear_scores(point, samples.X), samples.labels, loss, margin)
    return GradientCheck(
        analytic=analytic,
        numeric=LinearParams(numeric[:-1], numeric[-1]),
        relative_error=LinearParams(error[:-1], error[-1]),
        largest=float(error.max()),
        kink_distance=distance,
        crosses_kink=distance <= 2 * STEP,
    )


def differences(
    mean_loss: Callable[[Array], float], score_size: Callable[[Array], float], theta: Array, reach: Array
) -> tuple[Array, Array]:
    """Return the derivative of a mean loss by each parameter, and the least size at which it can be judged.

    Args:
        mean_loss: of parameters like theta.
        score_size: of the absolute parameters: the largest sum of absolute terms that a score is made of.
        theta: where to differentiate; any shape.
        reach: in the same shape, by how much a parameter can move a score.

    Returns:
        Two arrays in the shape of theta. The second one is infinite where rounding of the scores is as large
        as the steps: nothing can be judged there.
    """
    moved, numeric, largest = theta.copy(), np.empty_like(theta), np.empty_like(theta)
    with np.errstate(all="ignore"):
        steps = np.minimum(STEP / reach, np.maximum(1.0, np.abs(theta)))
        for place in np.ndindex(theta.shape):
            here, step = theta[place], steps[place]
            losses = []
            for offset in (-2, -1, 1, 2):
                moved[place] = here + offset * step
                losses.append(mean_loss(moved))
            moved[place] = here
            far_below, below, above, far_above = losses
            numeric[place] = (8 * (above - below) - (far_above - far_below)) / (12 * step)
            largest[place] = max(map(abs, losses))
        size = score_size(np.abs(theta))
        rounding = np.finfo(np.float64).eps * np.maximum(largest, size)
        return numeric, np.where(rounding < STEP, 1e9 * rounding / steps, inf)


def relative_errors(analytic: Array, numeric: Array, least: Array) -> Array:
    """Return |analytic − numeric| / max(|analytic|, |numeric|, least), and inf where one of them is no finite
    number: what cannot be compared is not right."""
    with np.errstate(all="ignore"):
        size = np.maximum(np.maximum(np.abs(analytic), np.abs(numeric)), least)
        error: Array = np.divide(np.abs(analytic - numeric), size, out=np.zeros_like(size), where=size > 0)
    error[~np.isfinite(size)] = inf
    return error


def kink_distance(scores: Array, labels: Array, loss: LossName | Loss, margin: float = 1.0) -> float:
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
