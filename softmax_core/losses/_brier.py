"""A loss that judges the probabilities themselves."""

from collections.abc import Sequence
from typing import overload

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._distributions import as_rows, float_blocks
from softmax_core._inputs import Array, as_labels


@overload
def brier_score(p: Sequence[float], labels: ArrayLike, axis: int | Sequence[int] = ...) -> np.float64: ...  # type: ignore[overload-overlap]
@overload
def brier_score(p: ArrayLike, labels: ArrayLike, axis: int | Sequence[int] = ...) -> Array: ...
def brier_score(p: ArrayLike, labels: ArrayLike, axis: int | Sequence[int] = -1) -> Array | np.float64:
    """Compute how far each predicted distribution lies from the class that came out, squared.

    Args:
        p: (..., classes), a distribution per row: non-negative, sum 1.
        labels: (...), the true class of each row, integers from 0 to classes − 1.
        axis: the axis that holds the classes, or several that hold them together.

    Returns:
        (...), float64 (a scalar for one row): from 0, all mass on the label, to 2, all of it on another
        class. Take the mean for the score of a classifier; the lower, the better.

    Raises:
        TypeError: p is of no supported format, or the labels are not integers.
        ValueError: a row is no distribution (the message names it), a label is no class, or the shapes do not
            fit.

    Formula:
        Σ_j (p_j − [j = y])² = (Σ_{j ≠ y} p_j)² + Σ_{j ≠ y} p_j².

    Why so:
        It is the sum over all classes, as in the source. With two classes both terms are the same, and many
        count one only: scikit-learn's `brier_score_loss` is half of this there, and this with more classes.

    Source:
        G. W. Brier, "Verification of forecasts expressed in terms of probability" (1950).

    >>> brier_score([[0.75, 0.25], [0.75, 0.25]], [0, 1]).tolist()
    [0.125, 1.125]
    """
    rows = as_rows(p, "p", axis)
    index = as_labels(labels, rows)
    scores = np.empty(len(index))
    with np.errstate(all="ignore"):
        for where, (block,) in float_blocks(rows):
            total = block.sum(axis=0)
            block[index[where], np.arange(block.shape[1])] = 0.0
            block /= total
            scores[where] = np.square(block.sum(axis=0)) + np.square(block).sum(axis=0)
    np.minimum(scores, 2.0, out=scores)  # probabilities that are rounded up may add up to more than one
    found: Array = scores.reshape(rows.shape[:-1])[()]
    return found
