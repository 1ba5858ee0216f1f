"""The arithmetic that softmax, log-softmax, log-sum-exp and the losses share.

The batch comes in blocks that stay in the processor's cache, in float64 or, for the three narrower formats,
in float32, with the classes on the first axis, shape (classes, rows). In memory a block of few classes is
stored class by class, because NumPy is slow in reducing a short run of numbers; a wide one stays row by row.
Everything here may meet −inf and may underflow: callers switch NumPy's warnings off.
"""

from collections.abc import Iterator
from math import isfinite
from typing import Literal, NamedTuple

import numpy as np

from softmax_core._inputs import BLOCK, Array, refuse_row

FEW_CLASSES = 32
DEEP = -652.0  # exp(−652) is within 3e−20 of a float64 number, relatively
# exp is 0 from here on down; in float32 even a sum of 10^8 of them
MIN = {np.dtype(np.float32): -125.0, np.dtype(np.float64): -746.0}


class ShiftedExps(NamedTuple):
    """The exponentials of a block relative to the top score of each row, all in float64.

    top (rows,) is m = max f; shifted + lost (classes, rows) is exactly f − m, where `lost` is what rounding
    the difference dropped; exps (classes, rows) is exp(f − m).
    """

    top: Array
    shifted: Array
    lost: Array
    exps: Array


def blocks(scores: Array) -> Iterator[tuple[slice, Array]]:
    """Yield slices of the rows with their scores (classes, rows)."""
    batch = scores.reshape(-1, scores.shape[-1])
    kind = np.float64 if scores.dtype == np.float64 else np.float32
    order: Literal["C", "F"] = "C" if batch.shape[1] <= FEW_CLASSES else "F"
    size = max(BLOCK // batch.shape[1], 1)
    for start in range(0, len(batch), size):
        rows = slice(start, start + size)
        yield rows, batch[rows].T.astype(kind, order=order, copy=False)


def tops(block: Array, scores: Array) -> Array:
    """The top score of each row of a block; a bad row is refused under its name in all the scores."""
    top: Array = np.maximum.reduce(block, axis=0)
    if not isfinite(np.add.reduce(top, axis=None)) and not np.isfinite(top).all():
        refuse_row(scores)
    return top


def shifted_exps(block: Array, scores: Array) -> ShiftedExps:
    """Compute the exponentials of a block, and all differences with them."""
    top = tops(block, scores)
    shifted, lost = difference(block, top)
    return ShiftedExps(top, shifted, lost, exp_of(shifted, lost))


def difference(scores: Array, top: Array) -> tuple[Array, Array]:
    """Compute scores − top in float64, and what rounding dropped.

    Of float64 scores that is the rounding error by Knuth's TwoSum (TAOCP vol. 2, §4.2.2). float32 scores lose
    nothing that counts: `lost` is then a single 0.
    """
    if scores.dtype != np.float64:
        return np.subtract(scores, top, dtype=np.float64), np.zeros(())
    shifted = scores - top
    seen = shifted + top
    lost = scores - seen
    np.subtract(shifted, seen, out=seen)
    seen += top
    lost -= seen
    if np.isneginf(shifted.min(initial=0.0)):
        np.fmax(lost, -1e300, out=lost)  # NaN where the difference is infinite
    return shifted, lost


def exp_of(shifted: Array, lost: Array) -> Array:
    """Compute exp(shifted + lost) = exp(shifted)·(1 + lost), which holds to within lost², for shifted ≤ 0.

    The few differences below `DEEP` are exp(DEEP)·exp(shifted − DEEP): processors are slow with numbers that
    are not normal, and those below `MIN` are 0 anyway.
    """
    exps: Array = np.exp(np.maximum(shifted, DEEP))
    if lost.ndim:
        exps += exps * lost
    if shifted.min(initial=0.0) < DEEP:
        deep = shifted < DEEP
        np.copyto(exps, 0.0, where=deep)
        deep &= shifted > MIN[shifted.dtype]
        if deep.any():
            kept = 1.0 + lost[deep] if lost.ndim else 1.0
            exps[deep] = np.exp(DEEP) * (np.exp(shifted[deep] - DEEP) * kept)
    return exps


def exps_below_top(block: Array, top: Array) -> Array:
    """Compute exp(f − m) of a block in float64. Where most are 0, only the others are computed."""
    live = (block - top > MIN[block.dtype]).ravel(order="K")
    if 2 * np.count_nonzero(live) > live.size:
        return exp_of(*difference(block, top))
    at, exps = np.flatnonzero(live), np.zeros(live.size)
    by_class = block.flags.c_contiguous
    row = at % len(top) if by_class else at // len(block)
    exps[at] = exp_of(*difference(block.ravel(order="K")[at], top[row]))
    return exps.reshape(block.shape, order="C" if by_class else "F")


def sum_classes(values: Array, careful: bool = True) -> Array:
    """Sum terms that are not negative over the first axis, with at most two roundings of the sum.

    Four and more terms are summed in two parts that lose nothing: adding and subtracting `anchor` cuts all
    terms of a row at the same binary digit, so that the upper parts add up exactly, and the lower parts are
    too small for their rounding errors to matter (S. M. Rump, T. Ogita, S. Oishi, "Accurate floating-point
    summation", 2008, doi:10.1137/050645671). A sum that is to be rounded to a narrower format (not `careful`)
    needs no such care.
    """
    if len(values) < 4 or not careful:
        plain: Array = np.add.reduce(values, axis=0)
        return plain
    highest = np.maximum.reduce(values, axis=0)
    anchor = 4.0 * len(values) * highest
    part = values + anchor
    part -= anchor
    total: Array = np.add.reduce(part, axis=0)
    np.subtract(values, part, out=part)
    total += np.add.reduce(part, axis=0)
    return total


def sum_below_top(exps: Array, careful: bool = True) -> Array:
    """Sum over the first axis all but one largest term of each row."""
    below = exps.copy(order="K")
    below[exps.argmax(axis=0), np.arange(exps.shape[1])] = 0.0
    return sum_classes(below, careful)
