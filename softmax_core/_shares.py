"""The arithmetic that softmax, log-softmax, log-sum-exp and the losses share.

Everything is computed in float64 and rounded once to the format of the scores. The batch comes in blocks that
stay in the processor's cache, with the classes on the first axis, shape (classes, rows). In memory a block of
few classes is stored class by class, because NumPy is slow in reducing a short run of numbers; a wide one
stays row by row.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

import numpy as np

from softmax_core._inputs import Array, refuse_row

BLOCK = 34_000  # numbers in a block, 270 kB as float64: a few such arrays fit in a 1 MB cache
FEW_CLASSES = 32


class Shares(NamedTuple):
    """The exponentials of a block relative to the top score of each row.

    top (rows,) is m = max f; shifted + lost (classes, rows) is exactly f − m, where `lost` is what rounding
    the difference dropped; exps (classes, rows) is exp(f − m).
    """

    top: Array
    shifted: Array
    lost: Array
    exps: Array


def blocks(scores: Array) -> Iterator[tuple[slice, Array]]:
    """Yield slices of the rows, with their scores as float64 (classes, rows)."""
    batch = scores.reshape(-1, scores.shape[-1])
    size = max(BLOCK // batch.shape[1], 1)
    for start in range(0, len(batch), size):
        rows = slice(start, start + size)
        yield rows, batch[rows].astype(np.float64, copy=False).T


def layout(block: Array) -> Literal["C", "F"]:
    """How to store a block: class by class if it has few classes, else row by row."""
    return "C" if len(block) <= FEW_CLASSES else "F"


def shares(block: Array, scores: Array) -> Shares:
    """Compute the exponentials of a block; a bad row is refused under its name in all the scores.

    `lost` is the rounding error of a difference by Knuth's TwoSum (TAOCP vol. 2, §4.2.2); it comes back in
    through exp(a + b) = exp(a)·(1 + b), which holds to within b².
    """
    block = np.asarray(block, order=layout(block))
    top: Array = np.maximum.reduce(block, axis=0)
    shifted = block - top
    seen = shifted + top
    lost = (block - seen) - ((shifted - seen) + top)
    if np.isnan(np.add.reduce(lost, axis=None)):  # an infinite difference, or a row to refuse
        refuse_row(scores)
        lost[~np.isfinite(lost)] = 0.0
    exps = exp_below_zero(shifted)
    exps += exps * lost
    return Shares(top, shifted, lost, exps)


def exp_below_zero(x: Array) -> Array:
    """Compute exp(x) for x ≤ 0, below −698 as exp(−698)·exp(x + 698): NumPy is slow where exp underflows.

    (exp(−698) is so close to a float64 number that the first factor adds no error.)
    """
    exps: Array = np.exp(np.maximum(x, -698.0))
    if x.min() < -698.0:
        exps *= np.exp(np.maximum(np.minimum(x + 698.0, 0.0), -60.0))
    return exps


def sum_classes(values: Array) -> Array:
    """Sum terms that are not negative over the first axis, with at most two roundings of the sum.

    Four and more terms are summed in two parts that lose nothing: adding and subtracting `anchor` cuts all
    terms of a row at the same binary digit, so that the upper parts add up exactly, and the lower parts are
    too small for their rounding errors to matter (S. M. Rump, T. Ogita, S. Oishi, "Accurate floating-point
    summation", 2008, doi:10.1137/050645671).
    """
    if len(values) < 4:
        total: Array = np.add.reduce(values, axis=0)
    else:
        highest = np.maximum.reduce(values, axis=0)
        # Rows that are enough alike share an anchor: NumPy adds one number to all faster than one to each.
        if highest.max() < 2.0**40 / len(values) ** 2 * highest.min():
            highest = highest.max()
        anchor = 4.0 * len(values) * highest
        part = values + anchor
        part -= anchor
        total = np.add.reduce(part, axis=0)
        np.subtract(values, part, out=part)
        total += np.add.reduce(part, axis=0)
    return total


def sum_below_top(exps: Array) -> Array:
    """Sum over the first axis all but one largest term of each row."""
    below = exps.copy(order="K")
    below[exps.argmax(axis=0), np.arange(exps.shape[1])] = 0.0
    return sum_classes(below)
