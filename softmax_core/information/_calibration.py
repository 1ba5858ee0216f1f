"""Whether probabilities mean what they say: of the predictions made with 80 %, are 80 % right?"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._distributions import as_distribution
from softmax_core._inputs import Array, as_labels
from softmax_core._settings import as_whole


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """The predictions whose confidence lies in one interval.

    Attributes:
        low, high: the interval; high belongs to it, low does not (but 0 belongs to the first one).
        count: how many there are, at least 1.
        confidence: their mean confidence.
        accuracy: the share of them that is right.
    """

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float

    @property
    def gap(self) -> float:
        """Confidence less accuracy: above 0 the classifier is too sure."""
        return self.confidence - self.accuracy


def reliability_bins(probs: ArrayLike, labels: ArrayLike, n_bins: int = 10) -> tuple[ReliabilityBin, ...]:
    """Sort predictions by their confidence and count in each interval how many are right.

    Args:
        probs: (n_samples, n_classes), a distribution per row.
        labels: (n_samples,), the true classes.
        n_bins: how many intervals of the same width, at least 1.

    Returns:
        The bins that hold a prediction, from low to high confidence; empty ones are left out.

    Raises:
        TypeError: the probabilities are of no supported format, or the labels or n_bins are not whole.
        ValueError: a row or a label is no good, the shapes do not fit, there is no sample, or n_bins is
            below 1.

    Formula:
        Confidence max_j p_j, prediction argmax_j p_j (in a tie the first, as numpy.argmax); bin m holds the
        confidences in (m/M, (m + 1)/M].

    Source:
        C. Guo and others, "On calibration of modern neural networks" (2017), §2.

    >>> bins = reliability_bins([[0.9, 0.1], [0.9, 0.1], [0.4, 0.6]], [0, 1, 1], n_bins=5)
    >>> [(round(each.confidence, 6), each.accuracy, each.count) for each in bins]
    [(0.6, 1.0, 1), (0.9, 0.5, 2)]
    """
    n_bins = as_whole(n_bins, "n_bins", 1)
    rows, right = _judged(probs, labels)
    confidence = rows.max(axis=-1)
    edges = np.linspace(0.0, 1.0, n_bins + 1)
    places = _places(confidence, n_bins)
    found = []
    for place in np.unique(places):
        inside = places == place
        found.append(
            ReliabilityBin(
                float(edges[place]),
                float(edges[place + 1]),
                int(inside.sum()),
                float(confidence[inside].mean()),
                float(right[inside].mean()),
            )
        )
    return tuple(found)


def expected_calibration_error(probs: ArrayLike, labels: ArrayLike, n_bins: int = 10) -> float:
    """Compute how far confidence and accuracy lie apart on average.

    Args:
        probs, labels, n_bins: as in `reliability_bins`.

    Returns:
        From 0 to 1; 0 where in every bin the accuracy is the mean confidence. It does not say whether the
        predictions are any good: always guessing the commonest class with its true frequency has 0 too.

    Raises:
        TypeError, ValueError: as `reliability_bins`.

    Formula:
        ECE = Σ_m (n_m/N)·|accuracy_m − confidence_m|.

    Source:
        M. P. Naeini, G. Cooper, M. Hauskrecht (2015); C. Guo and others (2017), §2.

    >>> round(expected_calibration_error([[0.9, 0.1], [0.9, 0.1], [0.4, 0.6]], [0, 1, 1], n_bins=5), 6)
    0.4
    """
    bins = reliability_bins(probs, labels, n_bins)
    return sum(each.count * abs(each.gap) for each in bins) / sum(each.count for each in bins)


@dataclass(frozen=True, slots=True)
class CalibrationCheck:
    """Confidence and accuracy beside what chance alone makes of them if every confidence is deserved.

    Attributes:
        gap: mean confidence less accuracy.
        standard_error: of that gap, by chance.
        error: the expected calibration error.
        chance: its mean, by chance.
        limit: what it does not exceed in 99 of 100 draws, by chance.
    """

    gap: float
    standard_error: float
    error: float
    chance: float
    limit: float

    @property
    def errors_off(self) -> float:
        """How many standard errors the gap is; inf where chance has no part in it."""
        if self.standard_error == 0:
            return 0.0 if self.gap == 0 else float(np.copysign(np.inf, self.gap))
        return self.gap / self.standard_error


def check_calibration(
    probs: ArrayLike, labels: ArrayLike, n_bins: int = 10, draws: int = 1000, seed: int = 0
) -> CalibrationCheck:
    """Compare confidence with accuracy, and with what chance makes of perfectly calibrated predictions.

    Args:
        probs, labels, n_bins: as in `reliability_bins`.
        draws: how often to draw by chance which predictions are right, at least 1.
        seed: of those draws.

    Returns:
        A `CalibrationCheck`.

    Raises:
        TypeError, ValueError: as `reliability_bins`; or draws is below 1.

    Formula:
        If a prediction with confidence c is right with probability c, each on its own, the standard error of
        mean confidence less accuracy is √(Σ_i c_i(1 − c_i))/N. The calibration error has no such formula: the
        right ones are drawn again and again.

    Source:
        J. Bröcker, L. A. Smith, "Increasing the reliability of reliability diagrams" (2007).

    >>> check = check_calibration([[0.9, 0.1]] * 100, [0] * 70 + [1] * 30)
    >>> round(check.gap, 6), round(check.errors_off, 3), check.error > check.limit
    (0.2, 6.667, True)
    """
    if draws < 1:
        raise ValueError(f"there must be a draw, not {draws}")
    error = expected_calibration_error(probs, labels, n_bins)
    rows, right = _judged(probs, labels)
    confidence = rows.max(axis=-1).astype(np.float64)
    places = _places(confidence, n_bins)
    rng = np.random.default_rng(seed)
    by_chance = [
        np.abs(np.bincount(places, confidence - (rng.random(len(confidence)) < confidence))).sum()
        for _ in range(draws)
    ]
    errors = np.array(by_chance) / len(confidence)
    spread = np.clip(confidence * (1.0 - confidence), 0.0, None)
    return CalibrationCheck(
        gap=float(confidence.mean() - right.mean()),
        standard_error=sqrt(float(spread.sum())) / len(confidence),
        error=error,
        chance=float(errors.mean()),
        limit=float(np.quantile(errors, 0.99)),
    )


def _judged(probs: ArrayLike, labels: ArrayLike) -> tuple[Array, Array]:
    rows = as_distribution(probs, "probs")
    if rows.ndim != 2 or len(rows) == 0:
        raise ValueError(f"probs must be (n_samples, n_classes) with a sample, not of shape {rows.shape}")
    right: Array = rows.argmax(axis=-1) == as_labels(labels, rows)
    return rows, right


def _places(confidence: Array, n_bins: int) -> Array:
    """The bin of each confidence; one on an edge belongs below it."""
    edges = np.linspace(0.0, 1.0, n_bins + 1)
    places: Array = np.clip(np.searchsorted(edges, confidence, side="left") - 1, 0, n_bins - 1)
    return places
