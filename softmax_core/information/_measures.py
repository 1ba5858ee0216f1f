"""What a prediction costs: surprise, entropy, cross-entropy and the divergence between distributions."""

from collections.abc import Sequence
from typing import overload

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._distributions import (
    Unit,
    as_distribution,
    as_pair,
    as_rows,
    divergences,
    find_log,
    mean_surprise,
    per_row,
    row_entropies,
    surprises,
)
from softmax_core._inputs import Array, as_floats, as_indices, as_part
from softmax_core._settings import as_whole


@overload
def surprisal(probs: float, unit: Unit = ...) -> np.float64: ...
@overload
def surprisal(probs: ArrayLike, unit: Unit = ...) -> Array: ...
def surprisal(probs: ArrayLike, unit: Unit = "nats") -> Array | np.float64:
    """Compute the surprise of each outcome, which is also the ideal length of its code word.

    Args:
        probs: any shape, probabilities from 0 to 1.
        unit: "nats" or "bits".

    Returns:
        The shape of `probs`, float64: at least 0, inf for what was held to be impossible; a whole number of
        bits for each power of ½.

    Raises:
        TypeError: the probabilities are of no supported format.
        ValueError: one of them is not from 0 to 1, or the unit is unknown.

    Formula:
        −log p.

    Why so:
        A code word has a whole number of bits, so that only powers of ½ have a word of the ideal length; for
        other probabilities it is reached per symbol when long blocks of symbols get one word together.

    Source:
        C. E. Shannon, "A mathematical theory of communication" (1948).

    >>> surprisal([1.0, 0.5, 0.125], unit="bits").tolist()
    [0.0, 1.0, 3.0]
    """
    values = as_floats(probs, "probs")
    if values.size and not (values.min() >= 0 and values.max() <= 1):
        raise ValueError("probabilities must be from 0 to 1")
    surprise = np.empty(values.shape)
    with np.errstate(all="ignore"):
        find_log(unit)(values, out=surprise, dtype=np.float64)
    np.subtract(0.0, surprise, out=surprise)
    return surprise[()]


@overload
def entropy(p: Sequence[float], unit: Unit = ..., axis: int | Sequence[int] = ...) -> np.float64: ...  # type: ignore[overload-overlap]
@overload
def entropy(p: ArrayLike, unit: Unit = ..., axis: int | Sequence[int] = ...) -> Array: ...
def entropy(p: ArrayLike, unit: Unit = "nats", axis: int | Sequence[int] = -1) -> Array | np.float64:
    """Compute the entropy of a distribution: the average surprise where the truth itself is known.

    Args:
        p: (..., classes), a distribution per row: non-negative, sum 1.
        unit: "nats" or "bits".
        axis: the axis that holds the classes, or several that hold them together.

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
    rows = as_rows(p, "p", axis)
    find_log(unit)
    return per_row(lambda block: row_entropies(block, unit), rows)


@overload
def distribution_cross_entropy(  # type: ignore[overload-overlap]
    p: Sequence[float], q: Sequence[float], unit: Unit = ..., axis: int | Sequence[int] = ...
) -> np.float64: ...
@overload
def distribution_cross_entropy(
    p: ArrayLike, q: ArrayLike, unit: Unit = ..., axis: int | Sequence[int] = ...
) -> Array: ...
def distribution_cross_entropy(
    p: ArrayLike, q: ArrayLike, unit: Unit = "nats", axis: int | Sequence[int] = -1
) -> Array | np.float64:
    """Compute the cross-entropy of an estimate q under the truth p: the average surprise of one who
    believes q.

    Args:
        p: (..., classes), the true distribution of each row.
        q: (..., classes), the estimate; the other axes broadcast with those of p.
        unit: "nats" or "bits".
        axis: the axis that holds the classes, or several that hold them together.

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
    pair = as_pair(p, q, axis)
    find_log(unit)
    return per_row(lambda truth, estimate: mean_surprise(truth, surprises(estimate, unit)), *pair)


@overload
def kl_divergence(  # type: ignore[overload-overlap]
    p: Sequence[float], q: Sequence[float], unit: Unit = ..., axis: int | Sequence[int] = ...
) -> np.float64: ...
@overload
def kl_divergence(p: ArrayLike, q: ArrayLike, unit: Unit = ..., axis: int | Sequence[int] = ...) -> Array: ...
def kl_divergence(
    p: ArrayLike, q: ArrayLike, unit: Unit = "nats", axis: int | Sequence[int] = -1
) -> Array | np.float64:
    """Compute the Kullback–Leibler divergence: what believing q costs beyond knowing the truth p.

    Args:
        p: (..., classes), the true distribution of each row.
        q: (..., classes), the estimate; the other axes broadcast with those of p.
        unit: "nats" or "bits".
        axis: the axis that holds the classes, or several that hold them together.

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
        p·log(p/q) − p + q, which is not negative; the additions sum to 0. Where q is close to p that is about
        (q − p)²/2p, and it is found from q − p by a series: to a few units in the last place, however close.

    Source:
        S. Kullback, R. A. Leibler, "On information and sufficiency" (1951).

    >>> round(kl_divergence([0.5, 0.5], [0.25, 0.75], unit="bits").item(), 6)
    0.207519
    >>> round(kl_divergence([0.25, 0.75], [0.5, 0.5], unit="bits").item(), 6)
    0.188722
    """
    pair = as_pair(p, q, axis)
    find_log(unit)
    return per_row(lambda truth, estimate: divergences(truth, estimate, unit), *pair)


@overload
def perplexity(p: Sequence[float], axis: int | Sequence[int] = ...) -> np.float64: ...  # type: ignore[overload-overlap]
@overload
def perplexity(p: ArrayLike, axis: int | Sequence[int] = ...) -> Array: ...
def perplexity(p: ArrayLike, axis: int | Sequence[int] = -1) -> Array | np.float64:
    """Compute how many equally likely classes would be as uncertain as a distribution.

    Args:
        p: (..., classes), a distribution per row.
        axis: the axis that holds the classes, or several that hold them together.

    Returns:
        (...), float64 (a scalar for one row): from 1 to the number of classes.

    Raises:
        TypeError, ValueError: as `entropy`.

    Formula:
        exp H(p) with H in nats, or 2 to the power of H in bits: the unit does not matter.

    Why so:
        Where most classes are about alike it is computed as K·exp(−KL(p‖uniform)), which is exactly K where
        all are alike: an exponential makes an absolute error of its argument a relative one.

    >>> perplexity([0.25, 0.25, 0.25, 0.25]).item()
    4.0
    """
    rows = as_rows(p, "p", axis)
    n_classes = rows.shape[-1]

    def perplexities(block: Array) -> Array:
        bits = row_entropies(block, "bits")
        missing = divergences(block, np.full_like(block, 1.0 / n_classes), "bits")
        found: Array = np.where(missing < bits, n_classes * np.exp2(-missing), np.exp2(bits))
        return found

    return per_row(perplexities, rows)


def smoothed_distribution(p: ArrayLike, smoothing: float) -> Array:
    """Move a part of the mass of a distribution to all classes alike.

    Args:
        p: (..., classes), a distribution per row.
        smoothing: ε, from 0 (p itself) to 1 (every class the same).

    Returns:
        (..., classes), float64, rows that sum to 1 up to rounding.

    Raises:
        TypeError: p is of no supported format, or ε is not one number.
        ValueError: a row is no distribution, or ε is out of its range.

    Formula:
        (1 − ε)·p_j + ε/K.

    Source:
        C. Szegedy and others, "Rethinking the Inception architecture" (2016), §7.

    >>> smoothed_distribution([0.0, 1.0], 0.25).tolist()
    [0.125, 0.875]
    """
    part = as_part(smoothing, "smoothing")
    mixed = as_distribution(p, "p")
    with np.errstate(under="ignore"):
        mixed *= 1.0 - part
    mixed += part / mixed.shape[-1]
    return mixed


def smoothed_labels(labels: ArrayLike, n_classes: int, smoothing: float = 0.0) -> Array:
    """Turn class indices into target distributions: one-hot, or with label smoothing.

    Args:
        labels: (...), integers from 0 to n_classes − 1.
        n_classes: K ≥ 1.
        smoothing: ε, from 0 (one-hot) to 1.

    Returns:
        (..., n_classes), float64: 1 − ε + ε/K at the label, ε/K elsewhere.

    Raises:
        TypeError: the labels are not integers, or n_classes or ε is not one number.
        ValueError: a label is no class, there is no class, or ε is out of its range.

    Formula:
        t_j = (1 − ε)·[j = y] + ε/K.

    Source:
        C. Szegedy and others, "Rethinking the Inception architecture" (2016), §7.

    >>> smoothed_labels([2, 0], 4, 0.5).tolist()
    [[0.125, 0.125, 0.625, 0.125], [0.625, 0.125, 0.125, 0.125]]
    """
    classes, part = as_indices(labels), as_part(smoothing, "smoothing")
    n_classes = as_whole(n_classes, "n_classes", 1)
    if not ((classes >= 0) & (classes < n_classes)).all():
        raise ValueError(f"a label is not a class; use 0 to {n_classes - 1}")
    targets = np.full((*classes.shape, n_classes), part / n_classes)
    np.put_along_axis(targets, classes.astype(np.intp)[..., None], 1.0 - part + part / n_classes, axis=-1)
    return targets


def moved_probability(p: ArrayLike, index: int, probability: float) -> Array:
    """Give one class another probability; the others keep their proportions and make up the sum.

    Args:
        p: (classes,), a distribution over two classes at least.
        index: the class, from 0.
        probability: what it gets, from 0 to 1.

    Returns:
        (classes,), float64, sum 1 up to rounding. Where the others had nothing they share evenly.

    Raises:
        TypeError: p is of no supported format, or the probability is not one number.
        ValueError: p is no distribution over several classes, index is no class, or the probability is out of
            its range.

    Formula:
        q_i = s, q_j = p_j·(1 − s)/(1 − p_i) for j ≠ i.

    >>> moved_probability([0.5, 0.25, 0.25], 0, 0.8).round(12).tolist()
    [0.8, 0.1, 0.1]
    >>> moved_probability([1.0, 0.0, 0.0], 0, 0.5).tolist()
    [0.5, 0.25, 0.25]
    """
    probs = as_distribution(p, "p")
    if probs.ndim != 1 or len(probs) < 2:
        raise ValueError("p must be one distribution over two classes at least")
    part = as_part(probability, "the probability")
    index = as_whole(index, "index", 0, len(probs) - 1)
    others = np.array(probs)
    others[index] = 0.0
    if not others.any():
        others[:] = 1.0
        others[index] = 0.0
    with np.errstate(under="ignore"):
        moved: Array = others / others.sum() * (1.0 - part)
    moved[index] = part
    return moved
