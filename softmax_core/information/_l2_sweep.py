"""The softmax classifier at its optimum for one strength of the penalty after another, and how sure it is
there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from softmax_core._inputs import Array
from softmax_core.datasets import Data
from softmax_core.functions import softmax
from softmax_core.information._calibration import ReliabilityBin, expected_calibration_error, reliability_bins
from softmax_core.information._measures import entropy
from softmax_core.linear import LinearParams, Objective, linear_scores, objective
from softmax_core.linear._objective import as_l2

MAX_STEPS = 200
_SUFFICIENT = 1e-4  # share of the predicted decrease that a step must bring (Armijo)
_ROUNDING = 1e-14


@dataclass(frozen=True, slots=True, eq=False)
class SoftmaxFit:
    """The linear softmax classifier at the lowest point of its objective.

    Attributes:
        l2: λ.
        params: the weights and biases; every row of W sums to 0, and so do the biases.
        objective: the mean loss and the penalty there.
        gradient: the largest derivative by size that is left.
        steps: how many Newton steps it took.
    """

    l2: float
    params: LinearParams
    objective: Objective
    gradient: float
    steps: int

    @property
    def norm(self) -> float:
        """‖W‖, the root of the sum of the squared weights."""
        return float(np.linalg.norm(self.params.W))


def fit_over_l2(data: Data, l2s: Sequence[float], tolerance: float = 1e-10) -> tuple[SoftmaxFit, ...]:
    """Find the best linear softmax classifier for each strength of the penalty.

    Args:
        data: the samples; every class from 0 to the largest label must have one.
        l2s: values of λ, positive and finite, in any order.
        tolerance: no derivative of the objective may be larger at the end.

    Returns:
        A `SoftmaxFit` for each λ, in the order given.

    Raises:
        ValueError: a λ is out of its range, a class has no sample, or the tolerance was not reached, as with
            features of very different sizes (the message says what to do).

    Formula:
        (1/N)·Σ_i L_i + ½·λ·‖W‖² by Newton's method: θ ← θ − t·H⁻¹g with t = 1, ½, ¼, … until it falls enough.

    Why so:
        The objective is convex, so what Newton finds is the optimum and the same from any start. From the
        largest λ to the smallest each fit starts where the last one ended, a few steps from the next. Adding
        one number to all biases changes nothing: H is singular along that direction, to which g has no part,
        so a rank-one term there makes H invertible and leaves the step as it was.

    Source:
        S. Boyd, L. Vandenberghe, "Convex optimization" (2004), §9.5; D. Böhning (1992) for H.

    >>> fits = fit_over_l2(Data([[-1.0], [1.0]], [0, 1]), [1.0, 0.1])
    >>> [round(fit.norm, 6) for fit in fits], all(fit.gradient <= 1e-10 for fit in fits)
    ([0.477178, 1.504748], True)
    """
    counts = np.bincount(data.labels)
    if (counts == 0).any():
        raise ValueError(f"class {int(np.argmin(counts))} has no sample; its bias would go to −∞")
    l2s = [as_l2(l2) for l2 in l2s]
    if 0 in l2s:
        raise ValueError("l2 must be positive: without it the weights may have no finite optimum")
    inputs = np.hstack([data.X.astype(np.float64), np.ones((data.n_samples, 1))])
    theta = np.zeros((len(counts), inputs.shape[1]))
    found: dict[float, SoftmaxFit] = {}
    for l2 in sorted(set(l2s), reverse=True):
        with np.errstate(all="ignore"):
            theta, gradient, steps = _newton(theta, inputs, data.labels, l2, tolerance)
        params = LinearParams(theta[:, :-1].T, theta[:, -1])
        found[l2] = SoftmaxFit(l2, params, objective(params, data, "cross_entropy", l2), gradient, steps)
    return tuple(found[l2] for l2 in l2s)


@dataclass(frozen=True, slots=True, eq=False)
class Sureness:
    """How sure a classifier is on samples that it has not seen, and how sure it may be.

    Attributes:
        fit: the classifier.
        entropy: mean entropy of its predictions, in nats.
        confidence: mean probability of the class that it predicts.
        accuracy: the share of its predictions that is right.
        calibration_error: the expected calibration error.
        bins: the reliability bins.
    """

    fit: SoftmaxFit
    entropy: float
    confidence: float
    accuracy: float
    calibration_error: float
    bins: tuple[ReliabilityBin, ...]


def sureness_over_l2(
    data: Data, unseen: Data, l2s: Sequence[float], n_bins: int = 10
) -> tuple[Sureness, ...]:
    """Follow λ to the length of the weights, to the entropy of the predictions and to their calibration.

    Args:
        data: the samples to fit.
        unseen: other samples of the same kind, to judge by.
        l2s: values of λ, as in `fit_over_l2`.
        n_bins: bins of the reliability diagram.

    Returns:
        A `Sureness` for each λ, in the order given.

    Raises:
        ValueError: as `fit_over_l2` and `reliability_bins`.

    Source:
        CS231n, "Linear classification": how peaky or diffuse these probabilities are depends on λ.

    >>> line = Data([[-1.0], [1.0]], [0, 1])
    >>> strong, weak = sureness_over_l2(line, line, [1.0, 0.01])
    >>> strong.entropy > weak.entropy, strong.accuracy == weak.accuracy
    (True, True)
    """
    judged = []
    for fit in fit_over_l2(data, l2s):
        probs = softmax(linear_scores(fit.params, unseen.X))
        bins = reliability_bins(probs, unseen.labels, n_bins)
        judged.append(
            Sureness(
                fit=fit,
                entropy=float(np.mean(entropy(probs))),
                confidence=float(probs.max(axis=-1).mean()),
                accuracy=float((probs.argmax(axis=-1) == unseen.labels).mean()),
                calibration_error=expected_calibration_error(probs, unseen.labels, n_bins),
                bins=bins,
            )
        )
    return tuple(judged)


class _Found(NamedTuple):
    theta: Array
    gradient: float
    steps: int


def _newton(theta: Array, inputs: Array, labels: Array, l2: float, tolerance: float) -> _Found:
    """Go down from θ (n_classes, n_features + 1), the biases in the last column."""
    decay = l2 * np.ones_like(theta)
    decay[:, -1] = 0.0
    value, probs = _value(theta, inputs, labels, decay)
    for steps in range(MAX_STEPS):
        slope = _gradient(theta, inputs, labels, decay, probs)
        largest = float(np.abs(slope).max())
        if largest <= tolerance:
            return _Found(theta, largest, steps)
        try:
            turn = np.linalg.solve(_hessian(inputs, decay, probs), slope.reshape(-1)).reshape(theta.shape)
        except np.linalg.LinAlgError:
            break
        fall = float((slope * turn).sum())
        length = 1.0
        while True:
            there = theta - length * turn
            there_value, there_probs = _value(there, inputs, labels, decay)
            if there_value <= value - _SUFFICIENT * length * fall + _ROUNDING * abs(value) or length < 1e-9:
                break
            length /= 2.0
        theta, value, probs = there, there_value, there_probs
    raise ValueError(
        f"no optimum within {tolerance} after {steps} steps for l2 = {l2}; scale the features, for instance "
        "with `standardised`, or take a larger l2"
    )


def _value(theta: Array, inputs: Array, labels: Array, decay: Array) -> tuple[float, Array]:
    """The objective and the probabilities, from the same exponentials."""
    scores = inputs @ theta.T
    top = scores.max(axis=1)
    exps = np.exp(scores - top[:, None])
    totals = exps.sum(axis=1)
    losses = np.log(totals) + top - scores[np.arange(len(labels)), labels]
    return float(losses.mean() + 0.5 * (decay * theta * theta).sum()), exps / totals[:, None]


def _gradient(theta: Array, inputs: Array, labels: Array, decay: Array, probs: Array) -> Array:
    errors = np.array(probs)
    errors[np.arange(len(labels)), labels] -= 1.0
    slope: Array = errors.T @ inputs / len(labels) + decay * theta
    return slope


def _hessian(inputs: Array, decay: Array, probs: Array) -> Array:
    """(1/N)·Σ_i (diag(p_i) − p_i p_iᵀ) ⊗ x_i x_iᵀ + λ on the weights + 1 along the common bias."""
    n, width = inputs.shape
    size = decay.size
    mixed = (probs[:, :, None] * inputs[:, None, :]).reshape(n, size)
    hessian = mixed.T @ mixed / -n
    for label in range(probs.shape[1]):
        own = slice(label * width, (label + 1) * width)
        hessian[own, own] += mixed[:, own].T @ inputs / n
    hessian[np.diag_indices(size)] += decay.reshape(-1)
    hessian[width - 1 :: width, width - 1 :: width] += 1.0
    whole: Array = hessian
    return whole
