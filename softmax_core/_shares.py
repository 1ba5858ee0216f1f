"""The arithmetic that softmax, log-softmax, log-sum-exp and the losses share.

Per row of scores f, with the top score m = max f:

    shifted + lost = f − m      exactly: `lost` is what rounding the difference dropped (Knuth's TwoSum)
    exps = exp(f − m)           exp(shifted)·(1 + lost), for exp(a + b) = exp(a)(1 + b) when b is tiny
    Σ exps = 1 + rest           the top class has exp(0) = 1; log1p(rest) keeps digits that log(1 + rest)
    loses

Everything is computed in float64 and rounded once to the format of the scores. The rows come in blocks that
stay in the processor's cache, as arrays (classes, rows). With few classes a block is stored class by class,
because NumPy is slow in reducing a short last axis; with many it stays row by row.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from softmax_core._inputs import Array, refuse_row

FEW_CLASSES = 32
BLOCK = 8192  # numbers in a block: four float64 arrays of this size fit in a second-level cache of 256 kB


class Shares(NamedTuple):
    """One block: `rows` is its slice of the batch, `top` has shape (rows,), the others (classes, rows)."""

    rows: slice
    top: Array
    shifted: Array
    lost: Array
    exps: Array


def shares(scores: Array) -> Iterator[Shares]:
    """Yield the batch (rows, classes) in blocks; the arrays of a block are overwritten by the next."""
    batch = scores.reshape(-1, scores.shape[-1])
    n_rows, n_classes = batch.shape
    size = min(max(BLOCK // n_classes, 1), n_rows)
    if n_classes <= FEW_CLASSES:
        work = np.empty((4, n_classes, size))
    else:
        work = np.empty((4, size, n_classes)).transpose(0, 2, 1)
    for start in range(0, n_rows, size):
        rows = slice(start, min(start + size, n_rows))
        f, shifted, lost, spare = work[:, :, : rows.stop - start]
        f[...] = batch[rows].T
        top = np.maximum.reduce(f, axis=0)
        np.subtract(f, top, out=shifted)
        np.add(shifted, top, out=spare)
        np.subtract(f, spare, out=lost)
        np.subtract(shifted, spare, out=spare)
        np.add(spare, top, out=spare)
        np.subtract(lost, spare, out=lost)
        if np.isnan(np.add.reduce(lost, axis=None)):  # an infinite difference, or a row to refuse
            refuse_row(scores)
            lost[~np.isfinite(lost)] = 0.0
        exps = np.exp(shifted, out=f)
        np.multiply(exps, lost, out=spare)
        np.add(exps, spare, out=exps)
        yield Shares(rows, top, shifted, lost, exps)


def sum_classes(values: Array) -> Array:
    """Sum over the first axis by halves: each term meets about log2(classes) roundings."""
    while len(values) > 1:
        half = len(values) // 2
        paired = values[:half] + values[half : 2 * half]
        if len(values) % 2:
            paired[0] += values[-1]
        values = paired
    total: Array = values[0]
    return total


def sum_below_top(exps: Array) -> Array:
    """Sum over the first axis all but one largest: of each pair the larger goes on, the smaller is added."""
    rest = np.zeros_like(exps)
    while len(exps) > 1:
        half = len(exps) // 2
        first, second = exps[:half], exps[half : 2 * half]
        larger, sums = np.maximum(first, second), rest[:half] + rest[half : 2 * half]
        sums += np.minimum(first, second)
        if len(exps) % 2:
            sums[0] += np.minimum(larger[0], exps[-1]) + rest[-1]
            larger[0] = np.maximum(larger[0], exps[-1])
        exps, rest = larger, sums
    sums_below: Array = rest[0]
    return sums_below
