"""What a prediction costs: surprise, entropy, cross-entropy and the divergence between distributions."""

from math import log
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._inputs import Array, as_floats, row_name

Unit = Literal["nats", "bits"]
#: How many nats each unit of information has.
UNITS: dict[str, float] = {"nats": 1.0, "bits": log(2.0)}
_TOLERANCE = 1e-6


def surprisal(probs: ArrayLike, unit: Unit = "nats") -> Array:
    """Compute the surprise of each outcome, which is also the length of its code word in the best code.

    Args:
        probs: any shape, probabilities from 0 to 1.
        unit: "nats" or "bits".

    Returns:
        The shape of `probs`, float64: at least 0, inf for what was held to be impossible.

    Raises:
        TypeError: the probabilities are of no supported format.
        ValueError: one of them is not from 0 to 1, or the unit is unknown.

    Formula:
        −log p.

    Source:
        C. E. Shannon, "A mathematical theory of communication" (1948).

    >>> surprisal([1.0, 0.5, 0.125], unit="bits").tolist()
    [0.0, 1.0, 3.0]
    """
    shares = as_floats(probs, "probs").astype(np.float64)
    if not ((shares >= 0) & (shares <= 1)).all():
        raise ValueError("probabilities must be from 0 to 1")
    with np.errstate(divide="ignore"):
        bits: Array = (0.0 - np.log(shares)) / _nats(unit)
    return bits


def entropy(p: ArrayLike, unit: Unit = "nats") -> Array:
    """Compute the entropy of a distribution: the average surprise where the truth itself is known.

    Args:
        p: (..., classes), a distribution per row: non-negative, sum 1.
        unit: "nats" or "bits".

    Returns:
        (...), float64 (a scalar for one row): from 0, all mass on one class, to log(classes), all alike.

    Raises:
        TypeError: p is of no supported format.
        ValueError: a row is no distribution (the message names it), or the unit is unknown.

    Formula:
        H(p) = −Σ_j p_j log p_j, with 0·log 0 = 0.

    Source:
        C. E. Shannon, "A mathematical theory of communication" (1948).

    >>> entropy([0.5, 0.25, 0.25], unit="bits").item()
    1.5
    >>> entropy([0.0, 1.0, 0.0]).item()
    0.0
    """
    truth = as_distribution(p, "p")
    return _weighed(truth, truth, unit)


def distribution_cross_entropy(p: ArrayLike, q: ArrayLike, unit: Unit = "nats") -> Array:
    """Compute the cross-entropy of an estimate q under the truth p: the average surprise of one who
    believes q.

    Args:
        p: (..., classes), the true distribution of each row.
        q: (..., classes), the estimate; the leading axes broadcast with those of p.
        unit: "nats" or "bits".

    Returns:
        (...), float64 (a scalar for one row): at least H(p), and inf where q = 0 < p.

    Raises:
        TypeError: p or q is of no supported format.
        ValueError: a row is no distribution (the message names it), the shapes do not fit, or the unit is
            unknown.

    Formula:
        H(p, q) = −Σ_j p_j log q_j = H(p) + KL(p‖q), with 0·log 0 = 0. With all mass of p on the class y it is
        −log q_y, the loss of the softmax classifier.

    Source:
        CS231n, "Linear classification", softmax classifier: information theory view.

    >>> distribution_cross_entropy([0, 0, 1], [0.25, 0.5, 0.25], unit="bits").item()
    2.0
    >>> distribution_cross_entropy([0.5, 0.5], [1, 0]).item()
    inf
    """
    truth, estimate = _pair(p, q)
    return _weighed(truth, estimate, unit)


def kl_divergence(p: ArrayLike, q: ArrayLike, unit: Unit = "nats") -> Array:
    """Compute the Kullback–Leibler divergence: what believing q costs beyond knowing the truth p.

    Args:
        p: (..., classes), the true distribution of each row.
        q: (..., classes), the estimate; the leading axes broadcast with those of p.
        unit: "nats" or "bits".

    Returns:
        (...), float64 (a scalar for one row): at least 0, 0 only for q = p, and inf where q = 0 < p.

    Raises:
        TypeError: p or q is of no supported format.
        ValueError: a row is no distribution (the message names it), the shapes do not fit, or the unit is
            unknown.

    Formula:
        KL(p‖q) = Σ_j p_j log(p_j / q_j) = H(p, q) − H(p), with 0·log 0 = 0. It is not symmetric.

    Why so:
        The difference of two entropies loses all digits where q is close to p. Each term is computed as
        p·log(p/q) − p + q, which is not negative; the additions sum to 0.

    Source:
        S. Kullback, R. A. Leibler, "On information and sufficiency" (1951).

    >>> round(kl_divergence([0.5, 0.5], [0.25, 0.75], unit="bits").item(), 6)
    0.207519
    >>> round(kl_divergence([0.25, 0.75], [0.5, 0.5], unit="bits").item(), 6)
    0.188722
    """
    truth, estimate = _pair(p, q)
    known = np.where(truth > 0, truth, 1.0)
    with np.errstate(divide="ignore", over="ignore"):
        apart = (estimate - known) / known
        near = known * (apart - np.log1p(np.clip(apart, -0.5, 0.5)))
        far = estimate - known - known * (_log(estimate) - np.log(known))
        terms = np.where(truth > 0, np.where(np.abs(apart) < 0.5, near, far), estimate)
    nats: Array = np.maximum(terms, 0.0).sum(axis=-1) / _nats(unit)
    return nats[()]


def perplexity(p: ArrayLike) -> Array:
    """Compute how many equally likely classes would be as uncertain as a distribution.

    Args:
        p: (..., classes), a distribution per row.

    Returns:
        (...), float64 (a scalar for one row): from 1 to the number of classes.

    Raises:
        TypeError, ValueError: as `entropy`.

    Formula:
        exp H(p) with H in nats, or 2 to the power of H in bits: the unit does not matter.

    >>> round(perplexity([0.25, 0.25, 0.25, 0.25]).item(), 12)
    4.0
    """
    classes: Array = np.exp(entropy(p))
    return classes


def smoothed_distribution(p: ArrayLike, smoothing: float) -> Array:
    """Move a part of the mass of a distribution to all classes alike.

    Args:
        p: (..., classes), a distribution per row.
        smoothing: ε, from 0 (p itself) to 1 (every class the same).

    Returns:
        (..., classes), float64, rows that sum to 1 up to rounding.

    Raises:
        TypeError: p is of no supported format.
        ValueError: a row is no distribution, or ε is out of its range.

    Formula:
        (1 − ε)·p_j + ε/K.

    Source:
        C. Szegedy and others, "Rethinking the Inception architecture" (2016), §7.

    >>> smoothed_distribution([0.0, 1.0], 0.25).tolist()
    [0.125, 0.875]
    """
    shares = as_distribution(p, "p")
    if not 0 <= smoothing <= 1:
        raise ValueError(f"smoothing must be from 0 to 1, not {smoothing}")
    mixed: Array = (1.0 - smoothing) * shares + smoothing / shares.shape[-1]
    return mixed


def smoothed_labels(labels: ArrayLike, n_classes: int, smoothing: float = 0.0) -> Array:
    """Turn class indices into target distributions: one-hot, or with label smoothing.

    Args:
        labels: (...), integers from 0 to n_classes − 1.
        n_classes: K.
        smoothing: ε, from 0 (one-hot) to 1.

    Returns:
        (..., n_classes), float64: 1 − ε + ε/K at the label, ε/K elsewhere.

    Raises:
        TypeError: the labels are not integers.
        ValueError: a label is no class, or ε is out of its range.

    Formula:
        t_j = (1 − ε)·[j = y] + ε/K.

    Source:
        C. Szegedy and others, "Rethinking the Inception architecture" (2016), §7.

    >>> smoothed_labels([2, 0], 4, 0.5).tolist()
    [[0.125, 0.125, 0.625, 0.125], [0.625, 0.125, 0.125, 0.125]]
    """
    classes = np.asarray(labels)
    if classes.dtype.kind not in "iu":
        raise TypeError(f"labels must be integers (class indices), not {classes.dtype}")
    if not ((classes >= 0) & (classes < n_classes)).all():
        raise ValueError(f"a label is not a class; use 0 to {n_classes - 1}")
    return smoothed_distribution(np.eye(n_classes)[classes], smoothing)


def moved_share(p: ArrayLike, index: int, share: float) -> Array:
    """Give one class another share; the others keep their proportions and make up the sum.

    Args:
        p: (classes,), a distribution over two classes at least.
        index: the class.
        share: what it gets, from 0 to 1.

    Returns:
        (classes,), float64, sum 1 up to rounding. Where the others had nothing they share evenly.

    Raises:
        TypeError: p is of no supported format.
        ValueError: p is no distribution over several classes, or the share is out of its range.

    Formula:
        q_i = s, q_j = p_j·(1 − s)/(1 − p_i) for j ≠ i.

    >>> moved_share([0.5, 0.25, 0.25], 0, 0.8).round(12).tolist()
    [0.8, 0.1, 0.1]
    >>> moved_share([1.0, 0.0, 0.0], 0, 0.5).tolist()
    [0.5, 0.25, 0.25]
    """
    shares = as_distribution(p, "p")
    if shares.ndim != 1 or len(shares) < 2:
        raise ValueError("p must be one distribution over two classes at least")
    if not 0 <= share <= 1:
        raise ValueError(f"the share must be from 0 to 1, not {share}")
    others = np.array(shares)
    others[index] = 0.0
    rest = others.sum()
    if rest == 0:
        others = np.ones_like(shares)
        others[index] = 0.0
        rest = others.sum()
    moved: Array = others * ((1.0 - share) / rest)
    moved[index] = share
    return moved


def as_distribution(p: ArrayLike, name: str) -> Array:
    """Return (..., classes) as float64, each row divided by its sum, which must be 1 up to rounding."""
    shares = as_floats(p, name)
    if shares.ndim == 0 or shares.shape[-1] == 0:
        raise ValueError(f"{name} must hold a distribution in each row, not shape {shares.shape}")
    tolerance = max(_TOLERANCE, float(np.spacing(shares.dtype.type(1))))
    wide = shares.astype(np.float64)
    totals = wide.sum(axis=-1, keepdims=True)
    good = (wide >= 0).all(axis=-1) & (np.abs(totals[..., 0] - 1.0) <= tolerance)
    if not good.all():
        row = row_name(int(np.argmin(good)), good.shape)
        raise ValueError(
            f"{name}, {row}: shares must be non-negative and sum to 1; divide each row by its sum"
        )
    divided: Array = wide / totals
    return divided


def _pair(p: ArrayLike, q: ArrayLike) -> tuple[Array, Array]:
    truth, estimate = as_distribution(p, "p"), as_distribution(q, "q")
    if truth.shape[-1] != estimate.shape[-1]:
        raise ValueError(f"p has {truth.shape[-1]} classes and q {estimate.shape[-1]}; they must be the same")
    return truth, estimate


def _weighed(weights: Array, shares: Array, unit: Unit) -> Array:
    """Σ_j w_j·(−log q_j), where a class without weight counts 0 whatever its share."""
    with np.errstate(invalid="ignore"):
        terms = np.where(weights > 0, weights * (0.0 - _log(shares)), 0.0)
    total: Array = terms.sum(axis=-1) / _nats(unit)
    return total[()]


def _log(shares: Array) -> Array:
    with np.errstate(divide="ignore"):
        logs: Array = np.log(shares)
    return logs


def _nats(unit: str) -> float:
    if unit not in UNITS:
        raise ValueError(f"unknown unit {unit!r}; choose one of {tuple(UNITS)}")
    return UNITS[unit]
