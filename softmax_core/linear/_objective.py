"""What a linear classifier minimises: the mean loss over the data plus a penalty on the weights."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._inputs import Array, as_floats
from softmax_core._records import Record
from softmax_core._settings import as_number
from softmax_core.datasets import Data
from softmax_core.linear._params import LinearParams, linear_scores, scaled_params
from softmax_core.losses import Loss, LossName
from softmax_core.losses._table import find_loss


@dataclass(frozen=True, slots=True, eq=False)
class Objective(Record):
    """The objective at one point, in its parts.

    Attributes:
        data: the mean of the losses, weighted where there are weights.
        penalty: ½·l2·‖W‖²; the bias is not penalised.
        total: data + penalty.
        per_sample: (n_samples,), the loss of each sample without its weight, in the format of the parameters.
    """

    data: float
    penalty: float
    total: float
    per_sample: Array


def objective(
    params: LinearParams,
    data: Data,
    loss: LossName | Loss,
    l2: float = 0.0,
    margin: float = 1.0,
    *,
    sample_weight: ArrayLike | None = None,
    class_weight: ArrayLike | None = None,
) -> Objective:
    """Compute the mean loss of a linear classifier over a data set, the penalty, and their sum.

    Args:
        params: the weights and biases.
        data: the samples and their labels.
        loss: one of `LOSSES`, by name or as itself.
        l2: λ ≥ 0, the strength of the penalty.
        margin: Δ ≥ 0, in units of the scores; the cross-entropy leaves it aside.
        sample_weight: (n_samples,), how often each sample counts, not negative; None counts each once.
        class_weight: (n_classes,), a factor for all samples of a class, not negative; None is 1 for all.

    Returns:
        An `Objective`; nothing in it is negative.

    Raises:
        TypeError: the weights are of no supported format.
        ValueError: the loss is unknown, λ or Δ is negative or not finite, the shapes do not fit, a label is
            not a class, the scores of a sample are not finite (the message names the row), or weights are
            negative, not finite or all 0.

    Formula:
        (1/N)·Σ_i L_i + ½·λ·Σ W², or with weights w_i = sample_weight_i·class_weight_{y_i}:
        Σ_i w_i L_i / Σ_i w_i + ½·λ·Σ W².

    Why so:
        The ½ makes the gradient of the penalty λ·W. CS231n's notes write λ·Σ W² in one place and ½·λ·Σ W² in
        another: halve this λ to get their first. The weighted mean is that of scikit-learn's `log_loss`, and
        of torch's `cross_entropy` with weights for the classes; torch's `multi_margin_loss` divides the
        weighted sum by N instead (and by the number of classes), so that heavier weights make it larger.

    Source:
        CS231n, "Linear classification" and "Neural networks case study".

    >>> params, data = LinearParams([[2.0, 0.0]], [0.0, 0.0]), Data([[1.0], [0.25]], [0, 0])
    >>> found = objective(params, data, "weston_watkins", l2=0.5)
    >>> found.data, found.penalty, found.total
    (0.25, 1.0, 1.25)
    >>> objective(params, data, "weston_watkins", sample_weight=[1.0, 3.0]).data
    0.375
    """
    l2 = as_l2(l2)
    parts = _parts(data, params.n_classes, sample_weight, class_weight)
    losses = find_loss(loss).losses(linear_scores(params, data.X), data.labels, margin)
    with np.errstate(all="ignore"):
        mean = _mean(losses, parts)
        penalty = 0.5 * l2 * float(np.square(params.W, dtype=np.float64).sum()) if l2 else 0.0
    return Objective(mean, penalty, mean + penalty, losses)


def objective_gradient(
    params: LinearParams,
    data: Data,
    loss: LossName | Loss,
    l2: float = 0.0,
    margin: float = 1.0,
    *,
    sample_weight: ArrayLike | None = None,
    class_weight: ArrayLike | None = None,
) -> LinearParams:
    """Compute the gradient of the objective with respect to the weights and biases.

    Args:
        params, data, loss, l2, margin, sample_weight, class_weight: as in `objective`.

    Returns:
        One derivative per parameter, in the shapes and the format of `params`. Where a loss has a kink it is
        the subgradient that the loss's own gradient chooses.

    Raises:
        TypeError, ValueError: as `objective`.

    Formula:
        G = (1/N)·∂L_i/∂f_ik (n_samples, n_classes), with weights w_i/Σw in place of 1/N;
        ∂/∂W = Xᵀ G + λ W; ∂/∂b = Σ_i G_i.

    Source:
        CS231n, "Neural networks case study", computing the analytic gradient with backpropagation.

    >>> params, data = LinearParams([[2.0, 0.0]], [0.0, 0.0]), Data([[1.0], [0.25]], [0, 0])
    >>> gradient = objective_gradient(params, data, "weston_watkins", l2=0.5)
    >>> gradient.W.tolist(), gradient.b.tolist()
    ([[0.875, 0.125]], [-0.5, 0.5])
    """
    l2 = as_l2(l2)
    parts = _parts(data, params.n_classes, sample_weight, class_weight)
    per_score = find_loss(loss).gradient(linear_scores(params, data.X), data.labels, margin)
    with np.errstate(all="ignore"):
        per_sample = (
            per_score.astype(np.float64) / data.n_samples if parts is None else _weighed(per_score, parts)
        )
        W = data.X.astype(np.float64, copy=False).T @ per_sample + l2 * params.W.astype(
            np.float64, copy=False
        )
        b = per_sample.sum(axis=0)
        return LinearParams(W.astype(params.W.dtype), b.astype(params.W.dtype))


def _parts(
    data: Data, n_classes: int, sample_weight: ArrayLike | None, class_weight: ArrayLike | None
) -> Array | None:
    """The part that each sample has in the mean, w_i/Σw; None where all have the same."""
    if sample_weight is None and class_weight is None:
        return None
    factors = []
    if sample_weight is not None:
        factors.append(_as_weights(sample_weight, "sample_weight", data.n_samples))
    if class_weight is not None:
        by_class = _as_weights(class_weight, "class_weight", n_classes)
        if data.labels.max() >= n_classes:
            raise ValueError(f"label {data.labels.max()} is not a class; use 0 to {n_classes - 1}")
        factors.append(by_class[data.labels])
    with np.errstate(all="ignore"):
        weights = _product(factors)
        total = weights.sum()
        if not total > 0:
            raise ValueError("the weights of the samples must add up to a positive number, not 0.0")
        parts: Array = weights / total
    return parts


def _product(factors: list[Array]) -> Array:
    """The product of weights times a power of two, which keeps it within the range of float64."""
    mantissas, exponents = np.frexp(factors)
    mantissa, exponent = mantissas.prod(axis=0), exponents.sum(axis=0)
    highest = exponent.max(where=mantissa > 0, initial=-5000)
    product: Array = np.ldexp(mantissa, exponent - highest)
    return product


def _as_weights(weights: ArrayLike, name: str, count: int) -> Array:
    array = as_floats(weights, name).astype(np.float64)
    if array.shape != (count,):
        raise ValueError(f"{name} must be of shape {(count,)}, not {array.shape}")
    if not ((array >= 0) & (array < np.inf)).all():
        raise ValueError(f"{name} must be finite and not negative")
    return array


def _mean(losses: Array, parts: Array | None) -> float:
    """The mean of the losses, with the part that each has in it if they are not alike."""
    if parts is not None:
        return float(_weighed(losses, parts).sum())
    mean = float(losses.mean(dtype=np.float64))
    if np.isinf(mean):  # the sum was out of range
        mean = float((losses.astype(np.float64) / len(losses)).sum())
    return mean


def _weighed(values: Array, parts: Array) -> Array:
    """Each row times its part; a sample without weight counts 0 whatever its loss."""
    factors = parts.reshape(-1, *(1,) * (values.ndim - 1))
    return np.where(factors > 0, values.astype(np.float64) * factors, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Rescaling:
    """One classifier at two scales, whose objectives are the same but for a factor.

    Attributes:
        factor: c.
        params, margin, l2: the setting at the second scale.
        here, there: the objective as given, and at the second scale.
        recovered: the total of `there` divided by c to the power of the loss's degree; equal to here.total up
            to rounding.
    """

    factor: float
    params: LinearParams
    margin: float
    l2: float
    here: Objective
    there: Objective
    recovered: float


@np.errstate(all="ignore")
def rescale_objective(
    params: LinearParams, data: Data, loss: LossName | Loss, l2: float, margin: float, factor: float
) -> Rescaling:
    """Multiply all scores by a factor and change margin and penalty so that nothing else changes.

    Args:
        params, data, loss, l2, margin: as in `objective`; the loss is one with a degree (a hinge).
        factor: c > 0.

    Returns:
        A `Rescaling`.

    Raises:
        ValueError: the loss has no degree (the cross-entropy), the factor is not positive and finite, or as
            `objective`.

    Formula:
        L(W, b; Δ, λ) = L(cW, cb; cΔ, λ/c) / c for a hinge: its terms are multiplied by c, and the penalty
        ½·(λ/c)·‖cW‖² = c·½·λ·‖W‖². For the squared hinge L(W, b; Δ, λ) = L(cW, cb; cΔ, λ) / c².

    Why so:
        So Δ and λ are one trade-off: only how large the weights may get beside the margin counts.

    Source:
        CS231n, "Linear classification", setting Δ.

    >>> params, data = LinearParams([[2.0, 0.0]], [0.0, 0.0]), Data([[1.0], [0.25]], [0, 0])
    >>> pair = rescale_objective(params, data, "weston_watkins", l2=0.5, margin=1.0, factor=4.0)
    >>> pair.margin, pair.l2, pair.there.total, pair.recovered, pair.here.total
    (4.0, 0.125, 5.0, 1.25, 1.25)
    """
    chosen = find_loss(loss)
    if chosen.degree is None:
        raise ValueError(f"{chosen.name} has no scale that a margin could make up for; choose a hinge")
    if not 0 < factor < np.inf:
        raise ValueError(f"the factor must be positive and finite, not {factor}")
    degree, wide = chosen.degree, np.float64(factor)  # powers of it are infinite where a float's raise
    there_params = scaled_params(params, factor)
    there_margin, there_l2 = float(wide * margin), float(l2 * wide ** (degree - 2))
    here = objective(params, data, chosen, l2, margin)
    there = objective(there_params, data, chosen, there_l2, there_margin)
    recovered = float(there.total / wide**degree)
    return Rescaling(factor, there_params, there_margin, there_l2, here, there, recovered)


def as_l2(l2: float) -> float:
    """Return a penalty as a float; one that is no number, negative or not finite is an error."""
    number = as_number(l2, "l2")
    if not 0 <= number < np.inf:
        raise ValueError(f"l2 must be finite and not negative, not {l2}")
    return number
