"""The arithmetic that the margin losses share: scores class by class, and how far each rival reaches past the
margin."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._inputs import Array, as_labels, as_scores, refuse_row


class Rows(NamedTuple):
    """A checked batch with the classes on the first axis, where NumPy is quick with few classes.

    scores (classes, rows) are float64; own is the index of each row's label in them; shape and dtype are
    those of the batch that was given, and of every result.
    """

    scores: Array
    own: tuple[Array, Array]
    shape: tuple[int, ...]
    dtype: np.dtype

    def per_row(self, values: Array) -> Array:
        """Return one number per row, rounded to the format of the batch; a scalar for one row."""
        with np.errstate(over="ignore", under="ignore"):
            return values.astype(self.dtype).reshape(self.shape[:-1])[()]

    def per_score(self, values: Array) -> Array:
        """Return one number per score, rounded to the format of the batch."""
        with np.errstate(over="ignore", under="ignore"):
            return values.T.astype(self.dtype, order="C").reshape(self.shape)


def checked_rows(scores: ArrayLike, labels: ArrayLike, margin: float = 1.0) -> Rows:
    """Check a batch, its labels and the margin."""
    batch = as_scores(scores)
    index = as_labels(labels, batch)
    if not 0 <= margin < np.inf:
        raise ValueError(f"the margin must be finite and not negative, not {margin}")
    classes_first = np.array(batch.reshape(-1, batch.shape[-1]).T, dtype=np.float64, order="C")
    if not np.isfinite(classes_first).all():
        refuse_row(batch)
    return Rows(classes_first, (index, np.arange(len(index))), batch.shape, batch.dtype)


def rival_terms(rows: Rows, margin: float) -> Array:
    """Compute max(0, f_j − f_y + Δ) for each rival j, shape (classes, rows); 0 at the label itself.

    A forbidden rival (−inf) has the term 0 even where the label is forbidden too: fmax drops the NaN of
    −inf − (−inf).
    """
    with np.errstate(over="ignore", invalid="ignore"):
        terms: Array = np.fmax(rows.scores - rows.scores[rows.own] + margin, 0.0)
    terms[rows.own] = 0.0
    return terms
