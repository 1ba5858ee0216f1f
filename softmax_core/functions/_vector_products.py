"""Vector–Jacobian products of softmax and log-softmax: one step of backpropagation through them."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._distributions import float_blocks
from softmax_core._inputs import Array, as_checked_scores, as_floats, classes_back, classes_last
from softmax_core.functions._softmax import softmax

_LARGE = 2.0**1000  # beyond, differences and sums of numbers may overflow


def softmax_vjp(scores: ArrayLike, cotangent: ArrayLike, axis: int | Sequence[int] = -1) -> Array:
    """Turn the derivatives of anything by the probabilities into its derivatives by the scores.

    Args:
        scores: any shape, unnormalised log-probabilities in nats, one class per entry along `axis`.
        cotangent: v, the shape of `scores`: the derivatives by the probabilities, finite.
        axis: the axis that holds the classes, or several that hold them together.

    Returns:
        vᵀJ of the shape and format of `scores`, where J is the Jacobian of the softmax; each row sums to 0 up
        to rounding.

    Raises:
        TypeError: scores or cotangent are of no supported format.
        ValueError: a row of scores is no good (the message names it), the cotangent is not finite, or the
            shapes differ.

    Formula:
        J = diag(p) − p·pᵀ, which is symmetric: (vᵀJ)_j = p_j·(v_j − Σ_k p_k v_k).

    Why so:
        All v are counted from that of the top class, so that for a sure row, where the mean is about v_top,
        nothing cancels: its derivative is −p_top·Σ_{k ≠ top} p_k·(v_k − v_top).

    Source:
        CS231n, "Backpropagation, intuitions".

    >>> softmax_vjp([0.0, 0.0], [1.0, 0.0]).tolist()
    [0.25, -0.25]
    """
    return _product(_through_softmax, scores, cotangent, axis)


def log_softmax_vjp(scores: ArrayLike, cotangent: ArrayLike, axis: int | Sequence[int] = -1) -> Array:
    """Turn the derivatives of anything by the log-probabilities into its derivatives by the scores.

    Args:
        scores: any shape, unnormalised log-probabilities in nats, one class per entry along `axis`.
        cotangent: v, the shape of `scores`: the derivatives by the log-probabilities, finite.
        axis: the axis that holds the classes, or several that hold them together.

    Returns:
        vᵀJ of the shape and format of `scores`, where J is the Jacobian of the log-softmax; each row sums to
        0 up to rounding. For v = −t it is the gradient of the cross-entropy with the target t.

    Raises:
        TypeError: scores or cotangent are of no supported format.
        ValueError: a row of scores is no good (the message names it), the cotangent is not finite, or the
            shapes differ.

    Formula:
        J = I − 1·pᵀ: (vᵀJ)_j = v_j − p_j·Σ_k v_k = v_j·Σ_{k ≠ j} p_k − p_j·Σ_{k ≠ j} v_k.

    Why so:
        The last form keeps its digits where the top class is nearly sure and has nearly all of v.

    Source:
        CS231n, "Backpropagation, intuitions".

    >>> log_softmax_vjp([0.0, 0.0], [1.0, 0.0]).tolist()
    [0.5, -0.5]
    """
    return _product(_through_log_softmax, scores, cotangent, axis)


def _product(
    function: Callable[[Array, Array], Array],
    scores: ArrayLike,
    cotangent: ArrayLike,
    axis: int | Sequence[int],
) -> Array:
    given, other = as_floats(scores), as_floats(cotangent, "the cotangent")
    if other.shape != given.shape:
        raise ValueError(f"scores of shape {given.shape} need a cotangent of that shape, not {other.shape}")
    batch, vectors = as_checked_scores(given, axis), classes_last(other, axis, "the cotangent")
    if not np.isfinite(vectors).all():
        raise ValueError("the cotangent is not finite; look where it was computed")
    products = np.empty_like(batch, order="C")
    rows = products.reshape(-1, batch.shape[-1])
    with np.errstate(all="ignore"):
        for where, (block, v) in float_blocks(batch, vectors):
            unit = np.where(np.abs(v).max(axis=0) < _LARGE, 1.0, 2.0**-64)
            rows[where] = (function(softmax(block, axis=0), v * unit) / unit).T
    return classes_back(products, given.shape, axis)


def _through_softmax(p: Array, v: Array) -> Array:
    above = v - v[p.argmax(axis=0), np.arange(p.shape[1])]
    product: Array = p * (above - (p * above).sum(axis=0))
    return product


def _through_log_softmax(p: Array, v: Array) -> Array:
    top = p.argmax(axis=0), np.arange(p.shape[1])
    p_top, v_top = p[top], v[top]
    p_others, v_others = p.copy(order="K"), v.copy(order="K")
    p_others[top] = v_others[top] = 0.0
    v_of_others = v_others.sum(axis=0)
    product: Array = v * (1.0 - p) - p * (v_of_others + v_top - v)
    product[top] = v_top * p_others.sum(axis=0) - p_top * v_of_others
    return product
