"""The arithmetic that the margin losses share: scores class by class, and how far each rival reaches past the
margin.

Everything is computed in float64, in blocks of rows that stay in the processor's cache, and rounded once to
the format of the scores.
"""

import operator
from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._inputs import Array, as_labels, as_scores, last_axis_to, refuse_row, row_blocks
from softmax_core._settings import as_number

_FEW_CLASSES = 32  # NumPy is slow in reducing short rows: so few classes are stored class by class


class Rows(NamedTuple):
    """Finite or forbidden scores (classes, rows) as float64, and the index of each row's label in them."""

    scores: Array
    own: tuple[Array, Array]


#: What is computed from rows and a margin: a number for each row (rows,), or for each score (classes, rows).
RowFunction = Callable[[Rows, float], Array]


class _Batch(NamedTuple):
    scores: Array  # (..., classes), as given
    labels: Array  # (rows,)
    margin: float

    def rows(self, where: slice) -> Rows:
        """Return some of the rows; a bad one is refused."""
        some = self.scores.reshape(-1, self.scores.shape[-1])[where]
        order: Literal["C", "F"] = "C" if some.shape[1] <= _FEW_CLASSES else "F"
        scores = np.array(some.T, dtype=np.float64, order=order)
        if not np.isfinite(scores.max(axis=0)).all():  # a score that is NaN or +inf is the top one
            refuse_row(scores.T, where.start, self.scores.shape[:-1])
        return Rows(scores, (self.labels[where], np.arange(scores.shape[1])))


def _checked(scores: ArrayLike, labels: ArrayLike, margin: float, axis: int = -1) -> _Batch:
    batch = as_scores(scores, operator.index(axis))
    index = as_labels(labels, batch)
    width = as_number(margin, "the margin")
    if not 0 <= width < np.inf:
        raise ValueError(f"the margin must be finite and not negative, not {margin}")
    return _Batch(batch, index, width)


def checked_rows(scores: ArrayLike, labels: ArrayLike, margin: float = 1.0) -> Rows:
    """Check a batch, its labels and the margin, and return all its rows."""
    batch = _checked(scores, labels, margin)
    return batch.rows(slice(0, len(batch.labels)))


def per_row(
    function: RowFunction, scores: ArrayLike, labels: ArrayLike, margin: float = 1.0, axis: int = -1
) -> Array:
    """Check a batch and compute a number for each of its rows; a scalar for one row."""
    batch = _checked(scores, labels, margin, axis)
    numbers = np.empty(len(batch.labels), batch.scores.dtype)
    with np.errstate(all="ignore"):
        for where in row_blocks(*_size(batch)):
            numbers[where] = function(batch.rows(where), batch.margin)
    return numbers.reshape(batch.scores.shape[:-1])[()]


def per_score(
    function: RowFunction, scores: ArrayLike, labels: ArrayLike, margin: float = 1.0, axis: int = -1
) -> Array:
    """Check a batch and compute a number for each of its scores."""
    batch = _checked(scores, labels, margin, axis)
    numbers = np.empty(_size(batch), batch.scores.dtype)
    with np.errstate(all="ignore"):
        for where in row_blocks(*_size(batch)):
            numbers[where] = function(batch.rows(where), batch.margin).T
    return last_axis_to(numbers.reshape(batch.scores.shape), axis)


def _size(batch: _Batch) -> tuple[int, int]:
    return len(batch.labels), int(batch.scores.shape[-1])


def rival_terms(rows: Rows, margin: float) -> Array:
    """Compute max(0, f_j − f_y + Δ) for each rival j, shape (classes, rows); 0 at the label itself.

    A forbidden rival (−inf) has the term 0 even where the label is forbidden too: fmax drops the NaN of
    −inf − (−inf).
    """
    with np.errstate(over="ignore", invalid="ignore"):
        terms: Array = np.fmax(rows.scores - rows.scores[rows.own] + margin, 0.0)
    terms[rows.own] = 0.0
    return terms
