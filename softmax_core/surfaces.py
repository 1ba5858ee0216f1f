"""The objective of a linear classifier over a plane in the space of its weights."""

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._inputs import Array, as_floats, as_labels, row_name
from softmax_core.data import Data
from softmax_core.linear import LinearParams, linear_scores, widened
from softmax_core.loss_table import Loss, find_loss
from softmax_core.objective import refuse_l2

BLOCK = 131072  # numbers computed at a time: 1 MB
SHORTEST_SIDE = 64  # of a tile of the grid, so that NumPy's inner loops are long
UNSHIFTED = 690.0  # exp(±690) is a normal float64 number, and so is a sum of 10^8 of them


@dataclass(frozen=True, slots=True, eq=False)
class WeightSurface:
    """The objective over a grid in a plane, in its parts.

    Attributes:
        a, b: (n_a,) and (n_b,), how far along the first and the second direction.
        data: (n_b, n_a), the mean loss; entry [i, k] is at (a[k], b[i]), as a plot of rows wants it.
        penalty: (n_b, n_a), ½·l2·‖W + a·W₁ + b·W₂‖².
    """

    a: Array
    b: Array
    data: Array
    penalty: Array

    @property
    def total(self) -> Array:
        """(n_b, n_a), data + penalty."""
        return self.data + self.penalty


def weight_surface(
    params: LinearParams,
    data: Data,
    loss: str | Loss,
    l2: float,
    direction_1: LinearParams,
    direction_2: LinearParams,
    a: ArrayLike,
    b: ArrayLike,
    margin: float = 1.0,
) -> WeightSurface:
    """Compute the objective over a grid in the plane through some parameters that two directions span.

    Args:
        params: the weights and biases at a = b = 0.
        data: the samples and their labels.
        loss: one of `LOSSES`, by name or as itself.
        l2: λ ≥ 0, the strength of the penalty.
        direction_1, direction_2: of the same shape; biases move along with the weights. See
            `weight_directions`, `random_directions` and `path_directions`.
        a, b: (n_a,) and (n_b,), finite, the grid.
        margin: Δ ≥ 0; the cross-entropy leaves it aside.

    Returns:
        A `WeightSurface`, in float64: at each cell what `objective` gives there, up to rounding.

    Raises:
        ValueError: the shapes do not fit, a or b is not finite, scores are not finite, or as `objective`.

    Formula:
        L(W + a·W₁ + b·W₂), with the biases likewise.

    Why so:
        The scores are affine in (a, b), so S₀ + a·S₁ + b·S₂ gives those of all cells in one product of
        matrices. So are the gaps f_j − f_y, of which there is one less. The grid is computed in tiles of a
        fixed size that stay in the processor's cache, with neighbouring cells side by side in memory, so
        that every sum over classes or samples adds up long runs; only the result grows with the grid.

    >>> from softmax_core.directions import weight_directions
    >>> params, data = LinearParams([[0.0, 0.0]], [0.0, 0.0]), Data([[1.0], [2.0]], [0, 0])
    >>> first, second = weight_directions((1, 2), (0, 0), (0, 1))
    >>> surface = weight_surface(params, data, "weston_watkins", 1.0, first, second, [0, 1], [0, 1])
    >>> surface.data.tolist(), surface.penalty.tolist()
    ([[1.0, 0.0], [2.5, 1.0]], [[0.0, 0.5], [0.5, 1.0]])
    """
    chosen, along_a, along_b = find_loss(loss), _axis(a, "a"), _axis(b, "b")
    refuse_l2(l2)
    if not 0 <= margin < np.inf:
        raise ValueError(f"the margin must be finite and not negative, not {margin}")
    plane = [widened(part) for part in (params, direction_1, direction_2)]
    if len({part.W.shape for part in plane}) != 1:
        raise ValueError(f"the directions need W of shape {params.W.shape}, as the parameters have")
    with np.errstate(over="ignore", under="ignore"):
        slopes = _slopes(plane, data, chosen, margin)
        data_loss = _mean_losses(slopes, chosen, along_a, along_b)
        gram = 0.5 * l2 * np.array([[np.vdot(one.W, other.W) for other in plane] for one in plane])
        penalty = _quadratic(gram, along_a, along_b)
    return WeightSurface(along_a, along_b, data_loss, penalty)


def _mean_losses(slopes: Array, loss: Loss, a: Array, b: Array) -> Array:
    """The mean loss in each cell of the grid, shape (len(b), len(a)), computed tile by tile."""
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


def _slopes(plane: list[LinearParams], data: Data, loss: Loss, margin: float) -> Array:
    """What the loss judges, as coefficients of (1, a, b): shape (rivals, n_samples, 3).

    It judges the gaps f_j − f_y of the rivals; for "one_vs_all" each score, with the label's sign turned. The
    margin, if there is one, is added.
    """
    scores = np.stack([linear_scores(part, data.X) for part in plane])  # (3, n_samples, n_classes)
    finite = np.isfinite(scores).all(axis=(0, 2))
    if not finite.all():
        raise ValueError(f"{row_name(int(np.argmin(finite)), finite.shape)}: a score is not finite")
    index = as_labels(data.labels, scores[0])
    own = np.arange(len(index)), index
    if loss.uses_gaps:
        rivals = np.arange(scores.shape[2] - 1)
        others = rivals + (rivals >= index[:, None])  # (n_samples, n_classes - 1): every class but the label
        slopes = np.take_along_axis(scores, others[None], axis=2) - scores[:, *own][:, :, None]
    else:
        slopes = scores
        slopes[:, *own] *= -1
    if loss.uses_margin:
        slopes[0] += margin
    return np.ascontiguousarray(slopes.transpose(2, 1, 0))


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


def _quadratic(gram: Array, a: Array, b: Array) -> Array:
    """v·gram·v for v = (1, a, b) in each cell of the grid; no rounding takes it below 0."""
    by_column = gram[0, 0] + 2.0 * gram[0, 1] * a + gram[1, 1] * a**2
    by_row = 2.0 * gram[0, 2] * b + gram[2, 2] * b**2
    form: Array = np.multiply.outer(2.0 * gram[1, 2] * b, a)
    form += by_column
    form += by_row[:, None]
    return np.maximum(form, 0.0, out=form)


# Each of these takes what the loss judges, (rivals, samples, cells), may overwrite it, and returns terms,
# (any, cells), whose sums are the losses of all samples together.


def _log_losses(gaps: Array) -> Array:
    """log(1 + Σ exp(gap)); what the largest has beyond UNSHIFTED is taken off before and added after.

    The 1 in the sum needs no such shift: beside exp(690) it does not count. Gaps below −700 are raised
    to it, so that no loss falls below 1e−304: NumPy's exp takes fifteen times as long beyond ±707.
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


def _axis(values: ArrayLike, name: str) -> Array:
    axis = as_floats(values, name).astype(np.float64)
    if axis.ndim != 1 or not np.isfinite(axis).all():
        raise ValueError(f"{name} must be one row of finite numbers")
    return axis
