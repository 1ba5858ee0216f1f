"""A slow reference that is right to as many digits as asked for, on the standard library's `decimal`.

Every score is taken as the exact binary number that it is, whatever its size. Results are `Decimal`: one
number for one row of `exact_logsumexp` and `exact_cross_entropy`, else an object array. `digits` are
significant digits of each result, however small it is. Bad scores are refused as everywhere in this package.
"""

from collections.abc import Callable, Sequence
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, getcontext, localcontext
from math import frexp, ldexp
from typing import Any, overload

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._inputs import Array, as_floats, as_labels, as_scores, last_axis_to, refuse_row
from softmax_core._limits import float_limits

DIGITS = 50
_GUARD = 25  # f − m of up to 10^18 eats 18 digits of its exponential (beyond, even Decimal underflows)


def exact_softmax(scores: ArrayLike, axis: int = -1, digits: int = DIGITS) -> Array:
    """Compute the softmax to `digits` significant digits.

    Args:
        scores: any shape, in nats, one class per entry along `axis`.
        axis: the axis that holds the classes.
        digits: significant digits of each result, at least 1.

    Returns:
        An object array of `Decimal`, of the shape of `scores`: from 0 to 1, the sum of a row is 1 up to
        rounding.

    Raises:
        TypeError, ValueError: as `softmax`, or digits is below 1.

    Formula:
        p_j = exp(f_j − m) / Σ_k exp(f_k − m), m = max f.

    >>> print(exact_softmax([123, 456, 789], digits=6)[0])
    5.75274E-290
    """
    return _along(_softmax_row, as_scores(scores, axis), axis, digits)


def exact_log_softmax(scores: ArrayLike, axis: int = -1, digits: int = DIGITS) -> Array:
    """Compute the log-softmax, in nats, to `digits` significant digits.

    Args:
        scores: any shape, in nats, one class per entry along `axis`.
        axis: the axis that holds the classes.
        digits: significant digits of each result, at least 1.

    Returns:
        An object array of `Decimal`, of the shape of `scores`, in nats: at most 0.

    Raises:
        TypeError, ValueError: as `softmax`, or digits is below 1.

    Formula:
        log p_j = f_j − m − log(1 + Σ_{k ≠ top} exp(f_k − m)), m = max f.

    >>> print(exact_log_softmax([10, -100, -100], digits=5)[0])
    -3.3778E-48
    """
    return _along(_log_softmax_row, as_scores(scores, axis), axis, digits)


@overload
def exact_logsumexp(scores: Sequence[float], axis: int = ..., digits: int = ...) -> Decimal: ...  # type: ignore[overload-overlap]
@overload
def exact_logsumexp(scores: ArrayLike, axis: int = ..., digits: int = ...) -> Array: ...
def exact_logsumexp(scores: ArrayLike, axis: int = -1, digits: int = DIGITS) -> Array | Decimal:
    """Compute the log-sum-exp, in nats, to `digits` significant digits, also where it nearly vanishes.

    Args:
        scores: any shape, in nats, one class per entry along `axis`.
        axis: the axis that holds the classes.
        digits: significant digits of each result, at least 1.

    Returns:
        A `Decimal` for one row, else an object array of the shape of `scores` without `axis`, in nats.

    Raises:
        TypeError, ValueError: as `softmax`, or digits is below 1.

    Formula:
        log Σ_k exp(f_k) = m + log(1 + Σ_{k ≠ top} exp(f_k − m)), m = max f.

    >>> ln2 = 0.6931471805599453
    >>> print(exact_logsumexp([-ln2, -ln2], digits=6))
    2.31905E-17
    """
    return _along(_logsumexp_row, as_scores(scores, axis), -1, digits)[..., 0][()]


@overload
def exact_cross_entropy(scores: Sequence[float], labels: ArrayLike, digits: int = ...) -> Decimal: ...  # type: ignore[overload-overlap]
@overload
def exact_cross_entropy(scores: ArrayLike, labels: ArrayLike, digits: int = ...) -> Array: ...
def exact_cross_entropy(scores: ArrayLike, labels: ArrayLike, digits: int = DIGITS) -> Array | Decimal:
    """Compute the loss −log p_y of each row, in nats, to `digits` significant digits.

    Args:
        scores: (..., classes), in nats.
        labels: (...), the true class of each row, integers from 0 to classes − 1.
        digits: significant digits of each result, at least 1.

    Returns:
        A `Decimal` for one row, else an object array of shape (...), in nats: at least 0.

    Raises:
        TypeError, ValueError: as `cross_entropy`, or digits is below 1.

    Formula:
        L = −log p_y.

    >>> print(exact_cross_entropy([123, 456, 789], 0, digits=6))
    666.000
    """
    rows = as_scores(scores)
    index = as_labels(labels, rows).reshape(*rows.shape[:-1], 1)
    logs = np.take_along_axis(exact_log_softmax(rows, digits=digits), index, axis=-1)[..., 0]
    with localcontext(_context(digits)):  # negating rounds, too
        return 0 - logs


def ulp_error(computed: ArrayLike, exact: ArrayLike) -> Any:
    """Measure an error in units in the last place of the format of `computed`.

    Args:
        computed: results in one of the four formats, any shape.
        exact: the true values, `Decimal` or numbers, of the same shape.

    Returns:
        |computed − exact| / ulp as float64, a scalar for a scalar. One ulp is the distance of the format's
        numbers around `exact`; below the smallest normal number it is the smallest subnormal one. A result
        that is infinite or NaN has the error inf, unless `exact` lies beyond the format's range on that side:
        then infinity is right.

    Raises:
        TypeError: `computed` is not of a supported format.
        ValueError: `exact` does not fit the shape of `computed`.

    Formula:
        |computed − exact| / (2^e·ε) with 2^e ≤ |exact| < 2^(e+1); ε is the format's `eps`.

    Source:
        J.-M. Muller, "On the definition of ulp(x)", INRIA RR-5504 (2005), for the exact value.

    >>> float(ulp_error(1.0 + 2**-52, 1))
    1.0
    """
    array = as_floats(computed, "computed")
    limits = float_limits(array.dtype)
    beyond = Decimal(limits.max) * (1 + Decimal(limits.eps) / 4)  # from here on, infinity is the nearest

    def error(value: float, truth: Decimal) -> float:
        if not abs(value) < float("inf"):
            return 0.0 if abs(truth) >= beyond and (truth > 0) == (value > 0) else float("inf")
        if not truth.is_finite():
            return float("inf")
        binade = limits.smallest_normal
        if abs(truth) > Decimal(binade):
            _, exponent = frexp(min(abs(float(truth)), limits.max))
            binade = ldexp(1.0, exponent - 1)
            if Decimal(binade) > abs(truth):  # float(truth) had rounded up to a power of two
                binade /= 2
        ulp = binade * limits.eps
        return float(abs(Decimal(value) - truth) / Decimal(ulp))

    truths = np.broadcast_to(np.asarray(exact, dtype=object), array.shape)
    with localcontext(_context(DIGITS)):
        errors = [
            error(value, Decimal(truth))
            for value, truth in zip(
                array.astype(np.float64).ravel().tolist(), truths.ravel().tolist(), strict=True
            )
        ]
    return np.array(errors, dtype=np.float64).reshape(array.shape)[()]


def _context(digits: int) -> Context:
    return Context(prec=digits + _GUARD, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])


def _along(
    function: Callable[[Sequence[Decimal]], list[Decimal]], scores: Array, axis: int, digits: int
) -> Array:
    """Apply a function of one row of decimals to all rows; the results are along `axis`."""
    refuse_row(scores)
    rows = scores.reshape(-1, scores.shape[-1]).astype(np.float64).tolist()
    with localcontext(_context(digits)):
        results = [function([Decimal(score) for score in row]) for row in rows]
    shape = (*scores.shape[:-1], len(results[0]) if results else scores.shape[-1])
    array = np.empty(shape, dtype=object)
    with localcontext(_context(digits - _GUARD)):
        array.reshape(-1)[:] = [+value for result in results for value in result]  # + rounds
    return last_axis_to(array, axis)


def _softmax_row(row: Sequence[Decimal]) -> list[Decimal]:
    _, _, exps, rest = _shifted(row)
    total = 1 + rest
    return [value / total for value in exps]


def _log_softmax_row(row: Sequence[Decimal]) -> list[Decimal]:
    _, differences, _, rest = _shifted(row)
    log_total = _log1p(rest)
    return [difference - log_total for difference in differences]


def _logsumexp_row(row: Sequence[Decimal]) -> list[Decimal]:
    """Top + log1p(rest), with more digits as long as the two cancel more than is to spare."""
    context = getcontext()
    wanted = context.prec
    while True:
        top, _, _, rest = _shifted(row)
        log_total = _log1p(rest)
        result = top + log_total
        cancelled = log_total.adjusted() - result.adjusted() if result else context.prec
        if not log_total or wanted + cancelled <= context.prec + _GUARD - 7:
            return [result]
        context.prec = wanted + cancelled


def _shifted(row: Sequence[Decimal]) -> tuple[Decimal, list[Decimal], list[Decimal], Decimal]:
    """The top score, each score minus the top, its exponential, and the sum of all of these but the top's."""
    top = max(row)
    differences = [score - top for score in row]
    exps = [difference.exp() for difference in differences]
    highest = row.index(top)
    return top, differences, exps, sum(exps[:highest] + exps[highest + 1 :], Decimal(0))


def _log1p(x: Decimal) -> Decimal:
    """log(1 + x) for x ≥ 0; if small, by 2·artanh(t) = 2(t + t³/3 + t⁵/5 + …) with t = x / (2 + x)."""
    if x > Decimal("0.01"):
        return (1 + x).ln()
    power = t = x / (2 + x)
    total, before, odd = t, None, 1
    while total != before:
        power, odd, before = power * t * t, odd + 2, total
        total += power / odd
    return 2 * total
