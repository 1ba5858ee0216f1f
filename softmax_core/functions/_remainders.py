"""log(1 − p): what a probability leaves to all others, so that none is called 1 that is only close to it."""

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._inputs import Array, as_floats, as_scores
from softmax_core._shifted_exps import blocks, difference, exp_of, sum_classes, tops


def log_remainders(scores: ArrayLike) -> Array:
    """Compute log(1 − p) for every class probability p.

    Args:
        scores: (..., classes), at least two classes, unnormalised log-probabilities in nats.

    Returns:
        (..., classes), in nats and in the format of the scores: the logarithm of what the class leaves to the
        others. It is below 0 unless it underflows; −inf where all others are forbidden.

    Raises:
        TypeError: the scores are not numbers of a supported format.
        ValueError: there are fewer than two classes, or a row holds NaN, +inf or only −inf.

    Formula:
        log(1 − p_j) = log1p(−p_j) where p_j ≤ 1/2, else log r − log1p(r) with r = Σ_{k ≠ j} exp(f_k − f_j).

    Why so:
        1 − p is 0 in a float as soon as p rounds to 1, and 1 as soon as p is below 1e−16: so p itself is
        kept where it is small, and what is beside it where it is large. Nothing cancels in either form.

    >>> log_remainders([0.0, 0.0]).round(6).tolist()
    [-0.693147, -0.693147]
    >>> log_remainders([5.0, -35.0]).tolist()
    [-40.0, -4.248354255291589e-18]
    """
    row = as_floats(scores)
    if not row.ndim or row.shape[-1] < 2:
        raise ValueError(f"a remainder needs two classes or more, not scores of shape {row.shape}")
    batch = as_scores(row)
    logs = np.empty(batch.shape, batch.dtype)
    by_row = logs.reshape(-1, batch.shape[-1])
    with np.errstate(all="ignore"):
        for rows, block in blocks(batch):
            by_row[rows] = _log_remainders(block, tops(block, batch)).T
        logs += 0  # no −0
    return logs


def _log_remainders(block: Array, top: Array) -> Array:
    """Compute the remainders of a block (classes, rows) in float64."""
    shifted, lost = difference(block, top)
    exps = exp_of(shifted, lost)
    best = exps.argmax(axis=0), np.arange(block.shape[1])
    exps[best] = 0.0
    rest = sum_classes(exps)
    exps[best] = 1.0
    exps /= 1.0 + rest
    logs: Array = np.log1p(np.negative(exps, out=exps), out=exps)
    logs[best] = np.where(rest < 1.0, _log_rest(block, top, best, rest) - np.log1p(rest), logs[best])
    return logs


def _log_rest(block: Array, top: Array, best: tuple[Array, Array], rest: Array) -> Array:
    """Compute log(rest); where rest is about to underflow, relative to the second-best score."""
    logs: Array = np.log(rest)
    if rest.min(initial=1.0) < 1e-280:
        others = block.copy(order="K")
        others[best] = -np.inf
        second = np.maximum.reduce(others, axis=0)
        shifted, lost = difference(second, top)
        far = shifted + (lost + np.log(sum_classes(exp_of(*difference(others, second)))))
        logs = np.where(rest < 1e-280, far, logs)
    return np.where(np.isnan(logs), -np.inf, logs)
