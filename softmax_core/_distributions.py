"""The arithmetic of entropy and its relatives, on distributions that were checked.

The rows are worked through in blocks that stay in the processor's cache, so that besides the result hardly
any memory is needed. A row counts as divided by its sum, which must be 1 up to the rounding of its format; in
a block the classes are on the first axis, shape (classes, rows).
"""

from collections.abc import Callable, Iterator, Sequence
from math import log
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._inputs import Array, as_floats, classes_last, row_blocks, row_name

Unit = Literal["nats", "bits"]
#: How many nats each unit of information has.
UNITS: dict[Unit, float] = {"nats": 1.0, "bits": log(2.0)}
_LOGS: dict[Unit, np.ufunc] = {"nats": np.log, "bits": np.log2}
_TOLERANCE = 1e-6
_FEW_CLASSES = 32  # NumPy is slow in summing short rows: so few classes are stored class by class
#: 1/3, 1/5, 1/7, …: for |s| ≤ 1/3 what these leave out of the logarithm's series is below 2^−53 of it.
_SERIES = tuple(1.0 / odd for odd in range(3, 37, 2))


def find_log(unit: Unit) -> np.ufunc:
    """Return the logarithm that counts in a unit; an unknown unit is a ValueError."""
    if unit not in tuple(UNITS):
        raise ValueError(f"unknown unit {unit!r}; choose one of {tuple(UNITS)}")
    return _LOGS[unit]


def as_rows(p: ArrayLike, name: str, axis: int | Sequence[int] = -1) -> Array:
    """Return (..., classes) in the format that was given, each row checked to be a distribution."""
    given = as_floats(p, name)
    if given.ndim == 0:
        raise ValueError(f"{name} must hold a distribution in each row, not shape {given.shape}")
    rows = classes_last(given, axis, name)
    tolerance = max(_TOLERANCE, float(np.spacing(given.dtype.type(1))))
    with np.errstate(all="ignore"):
        for where, (block,) in float_blocks(rows):
            good = (block.min(axis=0) >= 0) & (np.abs(block.sum(axis=0) - 1.0) <= tolerance)
            if not good.all():
                row = row_name(where.start + int(np.argmin(good)), rows.shape[:-1])
                raise ValueError(
                    f"{row}: {name} must be non-negative and sum to 1; divide each row by its sum"
                )
    return rows


def as_distribution(p: ArrayLike, name: str) -> Array:
    """Return (..., classes) as float64, each row checked and divided by its sum."""
    probs = as_rows(p, name).astype(np.float64)
    with np.errstate(under="ignore"):
        probs /= probs.sum(axis=-1, keepdims=True)
    return probs


def as_targets(targets: ArrayLike, scores: Array, axis: int) -> Array:
    """Return a checked distribution for each row of scores, (rows, classes), in the format that was given.

    One row (classes,) is for all rows of scores; else axes of length 1 broadcast.
    """
    array = as_floats(targets, "targets")
    one = array.ndim == 1
    rows = as_rows(array, "targets", -1 if one or not array.ndim else axis)
    wanted = np.moveaxis(scores, axis, -1).shape
    if rows.shape[-1] != wanted[-1] or not (one or _stretches(rows.shape, wanted)):
        raise ValueError(
            f"scores of shape {scores.shape} need targets of the same shape, or one row of {wanted[-1]}, "
            f"not {array.shape}"
        )
    return np.broadcast_to(rows, wanted).reshape(-1, wanted[-1])


def _stretches(shape: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return len(shape) == len(wanted) and all(
        own in (1, other) for own, other in zip(shape, wanted, strict=True)
    )


def as_pair(p: ArrayLike, q: ArrayLike, axis: int | Sequence[int]) -> tuple[Array, Array]:
    """Return two arrays of checked rows over the same classes."""
    truth, estimate = as_rows(p, "p", axis), as_rows(q, "q", axis)
    if truth.shape[-1] != estimate.shape[-1]:
        raise ValueError(f"p has {truth.shape[-1]} classes and q {estimate.shape[-1]}; they must be the same")
    return truth, estimate


def per_row(function: Callable[..., Array], *arrays: Array) -> Array:
    """Compute one float64 number for each row; the leading axes broadcast. A scalar for one row."""
    shape = np.broadcast_shapes(*(array.shape[:-1] for array in arrays))
    result = np.empty(shape)
    flat = result.reshape(-1)
    with np.errstate(all="ignore"):
        for where, block in float_blocks(*arrays):
            flat[where] = function(*block)
    numbers: Array = result[()]
    return numbers


def float_blocks(*arrays: Array) -> Iterator[tuple[slice, list[Array]]]:
    """Yield slices of the rows of arrays that broadcast, with the rows of each as float64 (classes, rows)."""
    n_classes = arrays[0].shape[-1]
    shape = np.broadcast_shapes(*(array.shape[:-1] for array in arrays))
    order: Literal["C", "F"] = "C" if n_classes <= _FEW_CLASSES else "F"
    whole = [array.reshape(-1, n_classes) if array.shape[:-1] == shape else None for array in arrays]
    for where in row_blocks(int(np.prod(shape, dtype=np.intp)), n_classes):
        block = []
        for array, rows in zip(arrays, whole, strict=True):
            if rows is None:
                places = np.unravel_index(np.arange(where.start, where.stop), shape)
                some = np.broadcast_to(array, (*shape, n_classes))[places]
            else:
                some = rows[where]
            block.append(np.array(some.T, dtype=np.float64, order=order))
        yield where, block


def surprises(block: Array, unit: Unit) -> Array:
    """Compute −log of each probability, (classes, rows).

    A probability p above one half is x = rest/p away from being sure, and −log p = log(1 + x): it keeps the
    digits that its distance from 1 has lost.
    """
    top = block.argmax(axis=0), np.arange(block.shape[1])
    highest = block[top]
    others = block.copy(order="K")
    others[top] = 0.0
    rest = others.sum(axis=0)
    found: Array = 0.0 - find_log(unit)(block / (rest + highest))
    found[top] = np.where(rest < highest, np.log1p(rest / highest) / UNITS[unit], found[top])
    return found


def row_entropies(block: Array, unit: Unit) -> Array:
    """Compute the entropy of each row, never above that of the uniform distribution."""
    found: Array = np.minimum(mean_surprise(block, surprises(block, unit)), find_log(unit)(float(len(block))))
    return found


def mean_surprise(weights: Array, surprise: Array) -> Array:
    """Σ_j w_j·s_j / Σ_j w_j, where a class without weight counts 0 whatever its surprise."""
    terms = weights * surprise
    np.copyto(terms, 0.0, where=weights == 0)
    mean: Array = terms.sum(axis=0) / weights.sum(axis=0)
    return mean


def divergences(p: Array, q: Array, unit: Unit) -> Array:
    """Compute the Kullback–Leibler divergence of each row.

    With q' = q·Σp/Σq the terms p·log(p/q') − p + q' are not negative, and what is added to them sums to 0.
    The gap d = q' − p is found before anything is rounded; with x = d/p and s = x/(2 + x) near terms are
    p·(x − log(1 + x)) = d/(2 + x)·(x − 2s²·(1/3 + s²/5 + …)), in which nothing cancels.
    """
    total = p.sum(axis=0)
    gap, lost = difference(q, p)
    excess = _sum_of_both_signs(gap) + lost.sum(axis=0)  # Σq − Σp
    shift = excess / q.sum(axis=0)
    gap += lost - q * shift
    known = np.where(p > 0, p, 1.0)
    x = gap / known
    terms = gap_terms(gap, x, gap - p * _log_ratio(q - q * shift, known))
    np.copyto(terms, q, where=p == 0)
    found = np.maximum(terms.sum(axis=0), 0.0) / total / UNITS[unit]
    return found if unit == "nats" else np.where(*_whole_bits(p, q, excess), found)


def gap_terms(gap: Array, x: Array, far: Array) -> Array:
    """Compute p·(x − log(1 + x)) from gap = p·x, for x from −½ to 1; elsewhere take what is given."""
    near = (x >= -0.5) & (x <= 1.0)
    s = np.where(near, x, 0.0)
    twice, s = 2.0 + s, s / (2.0 + s)
    s *= s
    series = np.full_like(s, _SERIES[-1])
    for coefficient in _SERIES[-2::-1]:
        series *= s
        series += coefficient
    return np.where(near, gap / twice * (x - 2.0 * s * series), far)


def difference(a: Array, b: Array) -> tuple[Array, Array]:
    """a − b, and what rounding it drops (Knuth's TwoSum, TAOCP vol. 2, §4.2.2)."""
    gap = a - b
    seen = gap - a
    return gap, (a - (gap - seen)) - (b + seen)


def _sum_of_both_signs(values: Array) -> Array:
    """Sum over the first axis so accurately that a sum of 0 is found to be 0.

    Adding and subtracting a large anchor cuts all terms of a row at the same binary digit: the upper parts
    add up exactly, and the lower parts are too small for their rounding to matter (S. M. Rump, T. Ogita,
    S. Oishi, "Accurate floating-point summation", 2008, doi:10.1137/050645671).
    """
    anchor = 4.0 * len(values) * np.abs(values).max(axis=0)
    upper = (values + anchor) - anchor
    total: Array = upper.sum(axis=0) + (values - upper).sum(axis=0)
    return total


def _log_ratio(a: Array, b: Array) -> Array:
    """log(a/b), also where the ratio is beyond the range of its format."""
    ratio = a / b
    safe = (ratio > 1e-300) & (ratio < 1e300)
    found: Array = np.log(np.where(safe, ratio, 1.0))
    if not safe.all():
        np.copyto(found, np.log(a) - np.log(b), where=~safe)
    return found


def _whole_bits(p: Array, q: Array, excess: Array) -> tuple[Array, Array]:
    """Where all probabilities of a row are powers of ½, and its divergence in bits: nothing is rounded."""
    (part_p, power_p), (part_q, power_q) = np.frexp(p), np.frexp(q)
    powers = ((part_p == 0.5) | (p == 0)) & ((part_q == 0.5) | (q == 0))
    whole = powers.all(axis=0) & (p.sum(axis=0) == 1.0) & (excess == 0)
    terms = np.where(p > 0, p * np.where(q > 0, power_p - power_q, np.inf), 0.0)
    return whole, terms.sum(axis=0)
