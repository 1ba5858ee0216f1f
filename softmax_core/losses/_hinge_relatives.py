"""Other ways to judge scores by a margin: Crammer and Singer's worst rival, one class against all others, and
the plain count of errors.

Shapes, formats, labels and non-finite scores are treated as in `cross_entropy`.
"""

from collections.abc import Sequence
from typing import overload

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._inputs import Array
from softmax_core._margins import Rows, per_row, per_score, rival_terms


@overload
def crammer_singer_hinge(  # type: ignore[overload-overlap]
    scores: Sequence[float], labels: ArrayLike, margin: float = ..., axis: int = ...
) -> np.float64: ...
@overload
def crammer_singer_hinge(
    scores: ArrayLike, labels: ArrayLike, margin: float = ..., axis: int = ...
) -> Array: ...
def crammer_singer_hinge(
    scores: ArrayLike, labels: ArrayLike, margin: float = 1.0, axis: int = -1
) -> Array | np.float64:
    """Compute the multiclass hinge loss of each sample against the worst rival of its label only.

    Args:
        scores: (..., classes).
        labels: (...), the true class of each row, integers from 0 to classes − 1.
        margin: Δ ≥ 0, the lead that the label's score shall have.
        axis: the axis that holds the classes, where it is not the last one.

    Returns:
        (...), one loss per row in the format of the scores (a scalar for one row): 0 as soon as the label
        leads every rival by the margin; never above `weston_watkins_hinge`, and the same for two classes.

    Raises:
        TypeError: the scores are of no supported format, the labels are not integers, or the margin is no
            number.
        ValueError: a row or a label is no good (the message names the row), the shapes do not fit, or the
            margin is negative or not finite.

    Formula:
        L = max(0, max_{j ≠ y} f_j − f_y + Δ).

    Source:
        K. Crammer, Y. Singer, "On the algorithmic implementation of multiclass kernel-based vector machines",
        JMLR 2 (2001); scikit-learn's `hinge_loss` for several classes.

    >>> crammer_singer_hinge([[1.0, 2.0, 3.0], [3.0, 2.0, 1.0]], [0, 0]).tolist()
    [3.0, 0.0]
    """
    return per_row(_worst, scores, labels, margin, axis)


def crammer_singer_hinge_gradient(
    scores: ArrayLike, labels: ArrayLike, margin: float = 1.0, axis: int = -1
) -> Array:
    """Compute a subgradient of each sample's Crammer–Singer hinge with respect to its scores.

    Args:
        scores: (..., classes).
        labels: (...), the true class of each row, integers from 0 to classes − 1.
        margin: Δ ≥ 0, the lead that the label's score shall have.
        axis: the axis that holds the classes, where it is not the last one.

    Returns:
        (..., classes), in the format of the scores: 1 for the worst rival and −1 for the label, or all 0
        where the label leads by the margin. It is the gradient wherever there is one. At a kink: of several
        worst rivals the first one gets the 1, and a rival exactly at the margin counts as satisfied.

    Raises:
        TypeError, ValueError: as `crammer_singer_hinge`.

    Formula:
        ∂L/∂f_j = [L > 0]·([j = worst] − [j = y]), worst = argmax_{j ≠ y} f_j.

    Source:
        As `crammer_singer_hinge`.

    >>> crammer_singer_hinge_gradient([1.0, 2.0, 2.0], 0).tolist()
    [-1.0, 1.0, 0.0]
    """
    return per_score(_worst_pulls, scores, labels, margin, axis)


def _worst(rows: Rows, margin: float) -> Array:
    worst: Array = rival_terms(rows, margin).max(axis=0)
    return worst


def _worst_pulls(rows: Rows, margin: float) -> Array:
    terms = rival_terms(rows, margin)
    late = np.flatnonzero(terms.max(axis=0) > 0)
    pulls = np.zeros_like(terms)
    pulls[terms.argmax(axis=0)[late], late] = 1.0
    pulls[rows.own[0][late], late] = -1.0
    return pulls


@overload
def one_vs_all_hinge(  # type: ignore[overload-overlap]
    scores: Sequence[float], labels: ArrayLike, margin: float = ..., axis: int = ...
) -> np.float64: ...
@overload
def one_vs_all_hinge(scores: ArrayLike, labels: ArrayLike, margin: float = ..., axis: int = ...) -> Array: ...
def one_vs_all_hinge(
    scores: ArrayLike, labels: ArrayLike, margin: float = 1.0, axis: int = -1
) -> Array | np.float64:
    """Compute the sum of the binary hinge losses of each sample, one per class: this class, or any other?

    Args:
        scores: (..., classes); a positive score says yes.
        labels: (...), the true class of each row, integers from 0 to classes − 1.
        margin: Δ ≥ 0, how far on its side of 0 each score shall be.
        axis: the axis that holds the classes, where it is not the last one.

    Returns:
        (...), one loss per row in the format of the scores (a scalar for one row): 0 when the label's score
        is at least Δ and every other at most −Δ. Unlike the other losses it changes when a constant is added
        to all scores.

    Raises:
        TypeError: the scores are of no supported format, the labels are not integers, or the margin is no
            number.
        ValueError: a row or a label is no good (the message names the row), the shapes do not fit, or the
            margin is negative or not finite.

    Formula:
        L = max(0, Δ − f_y) + Σ_{j ≠ y} max(0, Δ + f_j).

    Source:
        R. Rifkin, A. Klautau, "In defense of one-vs-all classification", JMLR 5 (2004); CS231n, "Linear
        classification", other multiclass SVM formulations.

    >>> print(one_vs_all_hinge([0.5, -2.0, 0.25], 0))
    1.75
    """
    return per_row(_one_vs_all_sums, scores, labels, margin, axis)


def one_vs_all_hinge_gradient(
    scores: ArrayLike, labels: ArrayLike, margin: float = 1.0, axis: int = -1
) -> Array:
    """Compute a subgradient of each sample's one-vs-all hinge with respect to its scores.

    Args:
        scores: (..., classes); a positive score says yes.
        labels: (...), the true class of each row, integers from 0 to classes − 1.
        margin: Δ ≥ 0, how far on its side of 0 each score shall be.
        axis: the axis that holds the classes, where it is not the last one.

    Returns:
        (..., classes), in the format of the scores: −1 for a label below Δ, 1 for every other class above −Δ,
        else 0. It is the gradient wherever there is one; a score exactly at its margin counts as satisfied.

    Raises:
        TypeError, ValueError: as `one_vs_all_hinge`.

    Formula:
        ∂L/∂f_y = −[Δ − f_y > 0]; ∂L/∂f_j = [Δ + f_j > 0] for j ≠ y.

    Source:
        As `one_vs_all_hinge`.

    >>> one_vs_all_hinge_gradient([0.5, -2.0, 0.25], 0).tolist()
    [-1.0, 0.0, 1.0]
    """
    return per_score(_one_vs_all_pulls, scores, labels, margin, axis)


def _one_vs_all_terms(rows: Rows, margin: float) -> Array:
    """One binary hinge per class, shape (classes, rows)."""
    terms: Array = np.maximum(rows.scores + margin, 0.0)
    terms[rows.own] = np.maximum(margin - rows.scores[rows.own], 0.0)
    return terms


def _one_vs_all_sums(rows: Rows, margin: float) -> Array:
    total: Array = _one_vs_all_terms(rows, margin).sum(axis=0)
    return total


def _one_vs_all_pulls(rows: Rows, margin: float) -> Array:
    pulls = (_one_vs_all_terms(rows, margin) > 0).astype(np.float64)
    pulls[rows.own] = 0.0 - pulls[rows.own]
    return pulls


@overload
def zero_one_loss(scores: Sequence[float], labels: ArrayLike, axis: int = ...) -> np.float64: ...  # type: ignore[overload-overlap]
@overload
def zero_one_loss(scores: ArrayLike, labels: ArrayLike, axis: int = ...) -> Array: ...
def zero_one_loss(scores: ArrayLike, labels: ArrayLike, axis: int = -1) -> Array | np.float64:
    """Tell whether each sample is misclassified.

    Args:
        scores: (..., classes).
        labels: (...), the true class of each row, integers from 0 to classes − 1.
        axis: the axis that holds the classes, where it is not the last one.

    Returns:
        (...), 1 for an error and 0 for a correct sample, in the format of the scores (a scalar for one row).
        The prediction is the first of the highest scores, as numpy.argmax and the accuracies of this package
        take it.

    Raises:
        TypeError: the scores are of no supported format, or the labels are not integers.
        ValueError: a row or a label is no good (the message names the row), or the shapes do not fit.

    Formula:
        L = [argmax_j f_j ≠ y].

    Why so:
        The hinges with Δ = 1 and the cross-entropy in bits lie above this loss everywhere: where the label is
        not predicted, some score is at least as high as its own.

    >>> zero_one_loss([[2.0, 1.0], [1.0, 1.0], [0.0, 1.0]], [0, 0, 0]).tolist()
    [0.0, 0.0, 1.0]
    """
    return per_row(_errors, scores, labels, axis=axis)


def _errors(rows: Rows, _: float) -> Array:
    wrong: Array = rows.scores.argmax(axis=0) != rows.own[0]
    return wrong
