"""The mean loss of many samples over a fine grid, where the numbers that the loss judges are affine.

The grid is computed in tiles that stay in the processor's cache, so that only the result grows with it. In
memory neighbouring cells lie side by side: every sum over classes or samples adds up long runs.
"""

import itertools
import math
from collections.abc import Callable

import numpy as np

from softmax_core._inputs import Array
from softmax_core.losses import Loss

BLOCK = 131072  # numbers computed at a time: 1 MB
SHORTEST_SIDE = 64  # of a tile of the grid, so that NumPy's inner loops are long
UNSHIFTED = 690.0  # exp(±690) is a normal float64 number, and so is a sum of 10^8 of them


def mean_losses(slopes: Array, loss: Loss, a: Array, b: Array) -> Array:
    """Compute the mean loss in each cell of a grid.

    `slopes` (rivals, samples, 3) are the coefficients of (1, a, b) in the numbers that the loss judges, the
    margin included. Returned is (len(b), len(a)).
    """
    n_rivals, n_samples, _ = slopes.shape
    farthest = np.array([1.0, np.abs(a).max(initial=0.0), np.abs(b).max(initial=0.0)])
    near = not loss.uses_margin and bool((np.abs(slopes) @ farthest <= UNSHIFTED).all())
    side = max(BLOCK // max(n_rivals * n_samples, 1), SHORTEST_SIDE)
    n_at_once = max(BLOCK // max(n_rivals * side, 1), 1)
    sums = np.zeros((len(b), len(a)))
    for start in range(0, n_samples, n_at_once):
        some = slopes[:, start : start + n_at_once]
        for rows, columns in itertools.product(_cuts(len(b), side), _cuts(len(a), side)):
            if near:
                _add_log_losses(sums[rows, columns], some, a[columns], b[rows])
            else:
                _add_losses(sums[rows, columns], some, a[columns], b[rows], _TERMS[loss.name])
    sums /= n_samples
    return sums


def _cuts(length: int, size: int) -> list[slice]:
    return [slice(start, start + size) for start in range(0, length, size)]


def _add_log_losses(sums: Array, slopes: Array, a: Array, b: Array) -> None:
    """Add each sample's cross-entropy log(1 + Σ exp(gap)) in a tile, where no gap is beyond ±UNSHIFTED.

    The exponential of g₀ + a·g₁ + b·g₂ is a factor of the row times a factor of the column: one matrix
    product for each sample takes the place of an exponential for each cell, and sums over the rivals as well.
    """
    constant, by_a, by_b = np.moveaxis(slopes, 2, 0)[..., None]  # each (rivals, samples, 1)
    of_rows = np.exp(constant + by_b * b).transpose(1, 2, 0)  # (samples, len(b), rivals)
    of_columns = np.exp(by_a * a).transpose(1, 0, 2)  # (samples, rivals, len(a))
    for rows in _cuts(len(b), max(BLOCK // (slopes.shape[1] * len(a)), 1)):
        total = of_rows[:, rows] @ of_columns
        sums[rows] += _column_sums(np.log1p(total, out=total))


def _add_losses(sums: Array, slopes: Array, a: Array, b: Array, terms_of: Callable[[Array], Array]) -> None:
    """Add each sample's loss in a tile, in terms that one of the functions below makes."""
    for rows in _cuts(len(b), max(BLOCK // (max(slopes.shape[0], 1) * slopes.shape[1] * len(a)), 1)):
        column, row = np.meshgrid(a, b[rows])
        cells = np.stack([np.ones(row.size), column.ravel(), row.ravel()])
        judged = slopes.reshape(-1, 3) @ cells
        terms = terms_of(judged.reshape(*slopes.shape[:2], row.size))
        sums[rows] += _column_sums(terms).reshape(row.shape)


def _column_sums(terms: Array) -> Array:
    """The sums over the first axis, as a product with ones, which is three times as fast as NumPy's sum."""
    shape = terms.shape[1:]
    sums: Array = np.ones(len(terms)) @ terms.reshape(len(terms), math.prod(shape))
    return sums.reshape(shape)


# Each of these takes what the loss judges, (rivals, samples, cells), may overwrite it, and returns terms,
# (any, cells), whose sums are the losses of all samples together.


def _log_losses(gaps: Array) -> Array:
    """log(1 + Σ exp(gap)); what the largest has beyond UNSHIFTED is taken off before and added after.

    The 1 in the sum needs no such shift: beside exp(690) it does not count. Gaps below −700 are raised
    to it, so that no loss falls below 1e−304: NumPy's exp takes fifteen times as long below −707.
    """
    excess: Array = np.maximum.reduce(gaps, axis=0, initial=UNSHIFTED)
    excess -= UNSHIFTED
    gaps -= excess
    np.maximum(gaps, -700.0, out=gaps)
    total = np.add.reduce(np.exp(gaps, out=gaps), axis=0)
    excess += np.log1p(total, out=total)
    return excess


def _hinges(gaps: Array) -> Array:
    terms = gaps.reshape(-1, gaps.shape[-1])
    np.maximum(terms, 0.0, out=terms)
    return terms


def _squared_hinges(gaps: Array) -> Array:
    terms = _hinges(gaps)
    terms *= terms
    return terms


def _worst_hinges(gaps: Array) -> Array:
    worst: Array = np.maximum.reduce(gaps, axis=0, initial=0.0)
    return worst


_TERMS: dict[str, Callable[[Array], Array]] = {
    "cross_entropy": _log_losses,
    "weston_watkins": _hinges,
    "squared_weston_watkins": _squared_hinges,
    "crammer_singer": _worst_hinges,
    "one_vs_all": _hinges,
}
