"""Softmax, log-softmax, log-sum-exp and the sigmoid, each within a few units in the last place."""

from collections.abc import Sequence
from typing import Literal, overload

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._inputs import BLOCK, Array, as_floats, as_scores, classes_back
from softmax_core._near_one import logs_of_sums
from softmax_core._probs import write_probs
from softmax_core._shifted_exps import blocks, exps_below_top, shifted_exps, sum_below_top, tops


def softmax(scores: ArrayLike, axis: int | Sequence[int] = -1, *, where: ArrayLike | None = None) -> Array:
    """Turn scores into class probabilities.

    Args:
        scores: unnormalised log-probabilities in nats, any shape, one class per entry along `axis`.
        axis: the axis that holds the classes, or several that hold them together.
        where: booleans that broadcast to `scores`, False for a class that is forbidden: as if its score,
            which is not looked at, were −inf. None allows all.

    Returns:
        Probabilities of the shape and format of `scores` (integers give float64): between 0 and 1, and each
        row sums to 1 up to rounding.

    Raises:
        TypeError: the scores are not numbers of a supported format, `axis` is None, or `where` does not hold
            booleans.
        ValueError: there is no class, `where` does not fit, or a row holds NaN, +inf or only −inf.

    Formula:
        p_j = exp(f_j) / Σ_k exp(f_k) = exp(f_j − m) / Σ_k exp(f_k − m) for every m; here m = max f.

    Why so:
        In float64 a row within ±690 is left as it is: exp neither over- nor underflows, and no shift means no
        rounding of the scores. Any other row has its top score shifted to 0, so that no exponential overflows
        and the sum is at least 1. The difference f_j − m is then itself rounded, which alone costs up to
        |f_j − m| units in the last place; so its rounding error is kept and multiplied back in.
        The narrower formats are computed in float32 as p_j = √(exp(2f_j)·(Σ_k exp(f_k))⁻²), because the root
        halves the error of exp; and in float64 where the scores of a row are too far from 0 or apart.

    Source:
        P. Blanchard, D. J. Higham, N. J. Higham, "Accurately computing the log-sum-exp and softmax
        functions", IMA J. Numer. Anal. 41 (2021), doi:10.1093/imanum/draa038; D. E. Knuth, TAOCP vol. 2,
        §4.2.2 (TwoSum).

    >>> softmax([1.0, -2.0, 0.0]).round(6).tolist()
    [0.705385, 0.035119, 0.259496]
    >>> softmax([123, 456, 789]).tolist()[2]
    1.0
    """
    given = as_floats(scores)
    classes_last = as_scores(given, axis, where)
    probs = np.empty_like(classes_last, order="C")
    batch = probs.reshape(-1, probs.shape[-1])
    with np.errstate(all="ignore"):
        for rows, block in blocks(classes_last):
            write_probs(block, tops(block, classes_last), out=batch[rows].T)
    return classes_back(probs, given.shape, axis)


def log_softmax(
    scores: ArrayLike, axis: int | Sequence[int] = -1, *, where: ArrayLike | None = None
) -> Array:
    """Turn scores into the natural logarithms of the class probabilities.

    Args:
        scores: unnormalised log-probabilities in nats, any shape, one class per entry along `axis`.
        axis: the axis that holds the classes, or several that hold them together.
        where: booleans that broadcast to `scores`, False for a class that is forbidden: as if its score,
            which is not looked at, were −inf. None allows all.

    Returns:
        Log-probabilities in nats, of the shape and format of `scores`: none above 0, −inf for a forbidden
        class; their exponentials sum to 1 up to rounding.

    Raises:
        TypeError: the scores are not numbers of a supported format, `axis` is None, or `where` does not hold
            booleans.
        ValueError: there is no class, `where` does not fit, or a row holds NaN, +inf or only −inf.

    Formula:
        log p_j = f_j − log Σ_k exp(f_k) = (f_j − m) − log(1 + Σ_{k ≠ top} exp(f_k − m)), m = max f.

    Why so:
        log(softmax) is −inf as soon as the probability underflows. Here both terms have the same sign, so
        nothing cancels; and log1p over the terms below the top keeps −4e−18 apart from 0.

    Source:
        P. Blanchard, D. J. Higham, N. J. Higham (2021), doi:10.1093/imanum/draa038.

    >>> log_softmax([123, 456, 789]).tolist()
    [-666.0, -333.0, -2.398487868841356e-145]
    """
    given = as_floats(scores)
    classes_last = as_scores(given, axis, where)
    logs = np.empty_like(classes_last, order="C")
    batch = logs.reshape(-1, classes_last.shape[-1])
    with np.errstate(all="ignore"):
        for rows, block in blocks(classes_last):
            _, shifted, lost, exps = shifted_exps(block, classes_last)
            log_total = np.log1p(sum_below_top(exps, block.dtype == np.float64))
            np.add(shifted, lost - log_total, out=batch[rows].T, casting="same_kind")
    return classes_back(logs, given.shape, axis)


@overload
def logsumexp(  # type: ignore[overload-overlap]
    scores: Sequence[float],
    axis: int | Sequence[int] = ...,
    keepdims: Literal[False] = ...,
    *,
    where: ArrayLike | None = ...,
) -> np.float64: ...
@overload
def logsumexp(
    scores: ArrayLike,
    axis: int | Sequence[int] = ...,
    keepdims: bool = ...,
    *,
    where: ArrayLike | None = ...,
) -> Array: ...
def logsumexp(
    scores: ArrayLike,
    axis: int | Sequence[int] = -1,
    keepdims: bool = False,
    *,
    where: ArrayLike | None = None,
) -> Array | np.float64:
    """Compute the logarithm of the sum of the exponentials, the smooth maximum of the scores.

    Args:
        scores: unnormalised log-probabilities in nats, any shape, one class per entry along `axis`.
        axis: the axis that holds the classes, or several that hold them together.
        keepdims: whether the class axis stays, with length 1.
        where: booleans that broadcast to `scores`, False for a class that is forbidden: as if its score,
            which is not looked at, were −inf. None allows all.

    Returns:
        One number in nats per row, in the format of `scores` (a scalar for one row): at least the row's
        maximum, and at most the maximum plus log(classes).

    Raises:
        TypeError: the scores are not numbers of a supported format, `axis` is None, or `where` does not hold
            booleans.
        ValueError: there is no class, `where` does not fit, or a row holds NaN, +inf or only −inf.

    Formula:
        log Σ_k exp(f_k) = m + log(1 + Σ_{k ≠ top} exp(f_k − m)), m = max f.

    Why so:
        The exponentials cannot overflow after the shift. Where m and the logarithm nearly cancel, no digit of
        their float64 sum may be right: the scores of a normalised row sum to 1 up to about 1e−17, and that
        difference is the result. For those rows the sum is computed to 115 bits.

    Source:
        P. Blanchard, D. J. Higham, N. J. Higham (2021), doi:10.1093/imanum/draa038.

    >>> float(logsumexp([1000.0, 1000.0]))
    1000.6931471805599
    >>> ln2 = 0.6931471805599453
    >>> float(logsumexp([-ln2, -ln2]))
    2.3190468138462996e-17
    """
    given = as_floats(scores)
    classes_last = as_scores(given, axis, where)
    shaped = np.empty(classes_last.shape[:-1], classes_last.dtype)
    sums = shaped.reshape(-1)
    careful = sums.dtype == np.float64
    cancelled = 2.0 if careful else 2.0**-24
    with np.errstate(all="ignore"):
        for rows, block in blocks(classes_last):
            top = tops(block, classes_last)
            log_total = np.log1p(sum_below_top(exps_below_top(block, top), careful))
            total = top + log_total
            close = (top < 0) & (np.abs(total) < cancelled * log_total)
            if close.any():
                total[close] = logs_of_sums(block[:, close])
            sums[rows] = total
    if not keepdims:
        return shaped[()]
    return np.expand_dims(shaped, tuple(axis) if isinstance(axis, Sequence) else axis)


@overload
def sigmoid(x: float) -> np.float64: ...
@overload
def sigmoid(x: ArrayLike) -> Array: ...
def sigmoid(x: ArrayLike) -> Array | np.float64:
    """Turn a score into the probability of its class beside a class with score 0.

    Args:
        x: the score of a class minus the score of the only other class, in nats, any shape; ±inf forbids one
            of the two.

    Returns:
        The probability of the first of the two, of the shape and format of `x` (integers give float64),
        between 0 and 1; sigmoid(x) and sigmoid(−x) sum to 1 up to rounding.

    Raises:
        TypeError: `x` is not of a supported format.
        ValueError: an entry is NaN.

    Formula:
        σ(x) = 1 / (1 + exp(−x)) = softmax([x, 0])[0].

    Why so:
        Only exp(−|x|) is taken, which cannot overflow: σ(x) = 1/(1 + exp(−x)) for x ≥ 0, exp(x)/(1 + exp(x))
        below.

    Source:
        CS231n, "Linear classification": the softmax classifier generalises binary logistic regression.

    >>> sigmoid([-1000, 0, 1000]).tolist()
    [0.0, 0.5, 1.0]
    """
    values = as_floats(x, "x")
    probs = np.empty(values.shape, values.dtype)
    flat, into = values.reshape(-1), probs.reshape(-1)
    with np.errstate(all="ignore"):
        for start in range(0, flat.size, BLOCK):
            part = flat[start : start + BLOCK].astype(np.float64)
            if np.isnan(part).any():
                raise ValueError("x holds NaN; look where it was computed (inf − inf, 0/0)")
            small = np.exp(-np.abs(part))
            into[start : start + BLOCK] = np.where(part >= 0, 1.0, small) / (1.0 + small)
    return probs[()]
