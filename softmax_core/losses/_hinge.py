"""The hinge losses over all rivals of the label: Weston and Watkins' sum, and its squared form.

Shapes, formats, labels and non-finite scores are treated as in `cross_entropy`. A forbidden class (−inf) is a
rival that asks for nothing; a forbidden label has an infinite loss. The margin Δ is in units of the scores.
"""

from collections.abc import Sequence
from typing import overload

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._inputs import Array
from softmax_core._margins import Rows, per_row, per_score, rival_terms


def hinge_terms(scores: ArrayLike, labels: ArrayLike, margin: float = 1.0, axis: int = -1) -> Array:
    """Compute by how much each rival reaches past the margin.

    Args:
        scores: (..., classes).
        labels: (...), the true class of each row, integers from 0 to classes − 1.
        margin: Δ ≥ 0, the lead that the label's score shall have.
        axis: the axis that holds the classes, where it is not the last one.

    Returns:
        (..., classes), in the format of the scores: never negative, 0 for the label itself. Their sum is
        `weston_watkins_hinge`, the sum of their squares `squared_weston_watkins_hinge`, the largest of them
        `crammer_singer_hinge`.

    Raises:
        TypeError: the scores are of no supported format, the labels are not integers, or the margin is no
            number.
        ValueError: a row or a label is no good (the message names the row), the shapes do not fit, or the
            margin is negative or not finite.

    Formula:
        max(0, f_j − f_y + Δ) for j ≠ y.

    Source:
        CS231n, "Linear classification", multiclass support vector machine loss.

    >>> hinge_terms([13.0, -7.0, 11.0], 0, margin=10.0).tolist()
    [0.0, 0.0, 8.0]
    """
    return per_score(rival_terms, scores, labels, margin, axis)


@overload
def weston_watkins_hinge(  # type: ignore[overload-overlap]
    scores: Sequence[float], labels: ArrayLike, margin: float = ..., axis: int = ...
) -> np.float64: ...
@overload
def weston_watkins_hinge(
    scores: ArrayLike, labels: ArrayLike, margin: float = ..., axis: int = ...
) -> Array: ...
def weston_watkins_hinge(
    scores: ArrayLike, labels: ArrayLike, margin: float = 1.0, axis: int = -1
) -> Array | np.float64:
    """Compute the multiclass hinge loss of each sample, summed over all rivals of its label.

    Args:
        scores: (..., classes).
        labels: (...), the true class of each row, integers from 0 to classes − 1.
        margin: Δ ≥ 0, the lead that the label's score shall have.
        axis: the axis that holds the classes, where it is not the last one.

    Returns:
        (...), one loss per row in the format of the scores (a scalar for one row): 0 as soon as the label
        leads every rival by the margin; inf only for a forbidden label or beyond the format's range.

    Raises:
        TypeError: the scores are of no supported format, the labels are not integers, or the margin is no
            number.
        ValueError: a row or a label is no good (the message names the row), the shapes do not fit, or the
            margin is negative or not finite.

    Formula:
        L = Σ_{j ≠ y} max(0, f_j − f_y + Δ).

    Why so:
        The label itself is left out of the sum; with it, every loss would be larger by Δ. It is the sum:
        torch's `multi_margin_loss` divides it by the number of classes.

    Source:
        J. Weston, C. Watkins, "Support vector machines for multi-class pattern recognition", ESANN 1999;
        CS231n, "Linear classification".

    >>> print(weston_watkins_hinge([13.0, -7.0, 11.0], 0, margin=10.0))
    8.0
    >>> weston_watkins_hinge([[10, -2, 3], [10, 9, 9], [10, -100, -100]], [0, 0, 0]).tolist()
    [0.0, 0.0, 0.0]
    """
    return per_row(_sums, scores, labels, margin, axis)


def weston_watkins_hinge_gradient(
    scores: ArrayLike, labels: ArrayLike, margin: float = 1.0, axis: int = -1
) -> Array:
    """Compute a subgradient of each sample's Weston–Watkins hinge with respect to its scores.

    Args:
        scores: (..., classes).
        labels: (...), the true class of each row, integers from 0 to classes − 1.
        margin: Δ ≥ 0, the lead that the label's score shall have.
        axis: the axis that holds the classes, where it is not the last one.

    Returns:
        (..., classes), in the format of the scores: 1 for each rival past the margin, minus their number at
        the label; each row sums to 0. It is the gradient wherever there is one. At a kink, where a rival is
        exactly at the margin, that rival counts as satisfied and gets 0.

    Raises:
        TypeError, ValueError: as `weston_watkins_hinge`.

    Formula:
        ∂L/∂f_j = [f_j − f_y + Δ > 0] for j ≠ y; ∂L/∂f_y = −Σ_{j ≠ y} [f_j − f_y + Δ > 0].

    Why so:
        At a kink every number from 0 to 1 is a subgradient; 0 makes a satisfied sample stop for good.

    Source:
        CS231n, "Optimization", computing the gradient analytically.

    >>> weston_watkins_hinge_gradient([-2.85, 0.86, 0.28], 2).tolist()
    [0.0, 1.0, -1.0]
    """
    return per_score(_pulls, scores, labels, margin, axis)


@overload
def squared_weston_watkins_hinge(  # type: ignore[overload-overlap]
    scores: Sequence[float], labels: ArrayLike, margin: float = ..., axis: int = ...
) -> np.float64: ...
@overload
def squared_weston_watkins_hinge(
    scores: ArrayLike, labels: ArrayLike, margin: float = ..., axis: int = ...
) -> Array: ...
def squared_weston_watkins_hinge(
    scores: ArrayLike, labels: ArrayLike, margin: float = 1.0, axis: int = -1
) -> Array | np.float64:
    """Compute the squared multiclass hinge loss of each sample, the sum of the squared terms.

    Args:
        scores: (..., classes).
        labels: (...), the true class of each row, integers from 0 to classes − 1.
        margin: Δ ≥ 0, the lead that the label's score shall have.
        axis: the axis that holds the classes, where it is not the last one.

    Returns:
        (...), one loss per row in the format of the scores (a scalar for one row): 0 as soon as the label
        leads every rival by the margin.

    Raises:
        TypeError, ValueError: as `weston_watkins_hinge`.

    Formula:
        L = Σ_{j ≠ y} max(0, f_j − f_y + Δ)².

    Why so:
        Each term is squared, not the sum: large violations weigh more, and there is a gradient everywhere.

    Source:
        CS231n, "Linear classification", squared hinge loss (L2-SVM).

    >>> print(squared_weston_watkins_hinge([13.0, -7.0, 11.0], 0, margin=10.0))
    64.0
    """
    return per_row(_sums_of_squares, scores, labels, margin, axis)


def squared_weston_watkins_hinge_gradient(
    scores: ArrayLike, labels: ArrayLike, margin: float = 1.0, axis: int = -1
) -> Array:
    """Compute the gradient of each sample's squared Weston–Watkins hinge with respect to its scores.

    Args:
        scores: (..., classes).
        labels: (...), the true class of each row, integers from 0 to classes − 1.
        margin: Δ ≥ 0, the lead that the label's score shall have.
        axis: the axis that holds the classes, where it is not the last one.

    Returns:
        (..., classes), in the format of the scores; each row sums to 0 up to rounding. It is the gradient
        everywhere; only its slope has a kink at the margin. For a forbidden label it is infinite.

    Raises:
        TypeError, ValueError: as `weston_watkins_hinge`.

    Formula:
        ∂L/∂f_j = 2 max(0, f_j − f_y + Δ) for j ≠ y; ∂L/∂f_y = −Σ_{j ≠ y} 2 max(0, f_j − f_y + Δ).

    Source:
        As `squared_weston_watkins_hinge`.

    >>> squared_weston_watkins_hinge_gradient([13.0, -7.0, 11.0], 0, margin=10.0).tolist()
    [-16.0, 0.0, 16.0]
    """
    return per_score(_squared_pulls, scores, labels, margin, axis)


def _sums(rows: Rows, margin: float) -> Array:
    total: Array = rival_terms(rows, margin).sum(axis=0)
    return total


def _sums_of_squares(rows: Rows, margin: float) -> Array:
    total: Array = np.square(rival_terms(rows, margin)).sum(axis=0)
    return total


def _pulls(rows: Rows, margin: float) -> Array:
    pulls = (rival_terms(rows, margin) > 0).astype(np.float64)
    pulls[rows.own] = 0.0 - pulls.sum(axis=0)
    return pulls


def _squared_pulls(rows: Rows, margin: float) -> Array:
    pulls = 2.0 * rival_terms(rows, margin)
    pulls[rows.own] = 0.0 - pulls.sum(axis=0)
    return pulls
