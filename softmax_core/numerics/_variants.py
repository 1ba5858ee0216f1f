# mypy: disable-error-code="no-any-return"
"""Teaching variants: softmax as it is often written, each with its flaw, and the textbook repairs to compare
with.

They do what plain arithmetic does, silently, in the format of the scores, with classes on the last axis. No
result of this package rests on them; a page shows their source, so each body stays a few plain lines. The
formula and its shift by −max are those of CS231n, "Linear classification", practical issues: numeric
stability.
"""

from typing import Any

import numpy as np

from softmax_core._inputs import Array

# Scores are typed as arrays here: nothing is converted, so that an integer array stays the trap it is.


@np.errstate(all="ignore")
def softmax_naive(scores: Array) -> Array:
    """Teaching variant: the formula as it is written; it overflows above the limit of exp.

    Args: scores (..., classes), in nats.
    Returns: (..., classes), probabilities; NaN where exp overflows or a row vanishes, 0 where its sum is ∞.

    >>> softmax_naive(np.array([123.0, 456.0, 789.0])).tolist()
    [0.0, 0.0, nan]
    """
    exponentials = np.exp(scores)
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


@np.errstate(all="ignore")
def softmax_shifted(scores: Array) -> Array:
    """Teaching variant: the textbook repair; its probabilities are safe, their logarithms are not.

    Args: scores (..., classes), in nats.
    Returns: (..., classes), probabilities; finite scores never give NaN.

    >>> softmax_shifted(np.array([123.0, 456.0, 789.0], dtype=np.float32)).tolist()
    [0.0, 0.0, 1.0]
    """
    shifted = scores - scores.max(axis=-1, keepdims=True)
    exponentials = np.exp(shifted)
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


@np.errstate(all="ignore")
def log_softmax_shifted(scores: Array) -> Array:
    """Teaching variant: the textbook log-softmax; finite for all scores, but 0 where the truth is −4e−18.

    Args: scores (..., classes), in nats.
    Returns: (..., classes), log-probabilities in nats, at most 0.

    >>> log_softmax_shifted(np.array([123.0, 456.0, 789.0], dtype=np.float32)).tolist()
    [-666.0, -333.0, 0.0]
    """
    shifted = scores - scores.max(axis=-1, keepdims=True)
    total = np.exp(shifted).sum(axis=-1, keepdims=True)
    return shifted - np.log(total)


@np.errstate(all="ignore")
def softmax_free_shift(scores: Array, log_c: float | Array) -> Array:
    """Teaching variant: a shift log C chosen freely; it works only inside the safe interval.

    Args: scores (..., classes), and log_c, a number or (..., 1), both in nats.
    Returns: (..., classes), what `softmax_naive` makes of scores + log C.

    >>> softmax_free_shift(np.array([1000.0, 1001.0]), -1001.0).round(6).tolist()
    [0.268941, 0.731059]
    """
    shifted = scores + np.asarray(log_c, dtype=scores.dtype)
    exponentials = np.exp(shifted)
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


@np.errstate(all="ignore")
def softmax_wrong_sign(scores: Array) -> Array:
    """Teaching variant: log C = +max, the lost sign of the study note; it overflows even sooner.

    Args: scores (..., classes), in nats.
    Returns: (..., classes), what `softmax_naive` makes of scores + max.

    >>> softmax_wrong_sign(np.array([400.0, 400.0])).tolist()
    [nan, nan]
    """
    shifted = scores + scores.max(axis=-1, keepdims=True)
    exponentials = np.exp(shifted)
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


@np.errstate(all="ignore")
def softmax_global_max(scores: Array) -> Array:
    """Teaching variant: one maximum for the whole batch; rows far below it underflow to 0/0.

    Args: scores (..., classes), in nats.
    Returns: (..., classes), probabilities; NaN in float64 for a row more than 746 below the maximum.

    >>> softmax_global_max(np.array([[1000.0, 1001.0], [0.0, 1.0]])).round(6).tolist()
    [[0.268941, 0.731059], [nan, nan]]
    """
    shifted = scores - scores.max()
    exponentials = np.exp(shifted)
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


@np.errstate(all="ignore")
def softmax_clamped_max(scores: Array) -> Array:
    """Teaching variant: max(0, max) as the shift; a row of very negative scores underflows to 0/0.

    Args: scores (..., classes), in nats.
    Returns: (..., classes), probabilities; NaN in float64 for a row whose scores are all below −746.

    >>> softmax_clamped_max(np.array([-1000.0, -1001.0])).tolist()
    [nan, nan]
    """
    shifted = scores - np.maximum(scores.max(axis=-1, keepdims=True), 0)
    exponentials = np.exp(shifted)
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


@np.errstate(all="ignore")
def log_of_softmax(scores: Array) -> Array:
    """Teaching variant: the logarithm of the finished softmax; −inf as soon as a probability underflows.

    Args: scores (..., classes), in nats.
    Returns: (..., classes), log-probabilities in nats, at most 0.

    >>> log_of_softmax(np.array([0.0, 1000.0])).tolist()
    [-inf, 0.0]
    """
    return np.log(softmax_shifted(scores))


def softmax_twice(scores: Array) -> Array:
    """Teaching variant: a softmax of the probabilities; it never gets sure, so the loss never gets near 0.

    Args: scores (..., classes), in nats.
    Returns: (..., classes), probabilities with sum 1, none more than e times as large as another.

    >>> softmax_twice(np.array([10.0, 0.0, 0.0])).round(6).tolist()
    [0.576084, 0.211958, 0.211958]
    """
    probs = softmax_shifted(scores)
    return softmax_shifted(probs)


def softmax_integer_inplace(scores: Any) -> Array:
    """Teaching variant: every step in place; whole-number scores cut each probability to 0 or 1.

    Args: scores (..., classes), in nats.
    Returns: (..., classes), probabilities in the format of the scores, whole numbers too.

    >>> softmax_integer_inplace([3, 2, 3]).tolist()
    [0, 0, 0]
    """
    values = np.array(scores, subok=True)
    values -= values.max(axis=-1, keepdims=True)
    values[...] = np.exp(values)
    values[...] = values / values.sum(axis=-1, keepdims=True)
    return values


def clipped_log_loss(scores: Array, smallest: float = 1e-12) -> Array:
    """Teaching variant: −log p of every class with p clipped; an infinite loss is shown as 27.6.

    Args: scores (..., classes), in nats, and the smallest probability that is let through.
    Returns: (..., classes), losses in nats, at most −log of the smallest as the format holds it.

    >>> clipped_log_loss(np.array([0.0, 1000.0])).round(2).tolist()
    [27.63, -0.0]
    """
    probs = np.clip(softmax_shifted(scores), smallest, 1)
    return -np.log(probs)


@np.errstate(all="ignore")
def loss_from_probability(scores: Array, label: int) -> Array:
    """Teaching variant: the loss of one row in its first written form, −log(exp(f_y) / Σ exp(f_j)).

    Args: scores (..., classes), in nats, and the label of every row.
    Returns: (...), losses in nats; NaN or ∞ where exp(f_y) or the sum over- or underflows.

    >>> print(loss_from_probability(np.array([0.0, 0.0]), 1).round(6))
    0.693147
    """
    exponentials = np.exp(scores)
    return -np.log(exponentials[..., label] / exponentials.sum(axis=-1))


@np.errstate(all="ignore")
def loss_from_logsumexp(scores: Array, label: int) -> Array:
    """Teaching variant: the loss of one row in its second written form, −f_y + log Σ exp(f_j).

    Args: scores (..., classes), in nats, and the label of every row.
    Returns: (...), losses in nats; ∞ where the sum overflows, −∞ where it underflows.

    >>> print(loss_from_logsumexp(np.array([0.0, 0.0]), 1).round(6))
    0.693147
    """
    exponentials = np.exp(scores)
    return -scores[..., label] + np.log(exponentials.sum(axis=-1))
