"""The cross-entropy loss of the softmax classifier and its gradients, from the scores and never through
log(softmax)."""

import operator
from collections.abc import Sequence
from typing import overload

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._distributions import as_targets
from softmax_core._inputs import Array, as_floats, as_labels, as_part, as_scores, last_axis_to
from softmax_core._shifted_exps import FEW_CLASSES, blocks, exps_below_top, shifted_exps, tops
from softmax_core.losses._log_losses import label_losses, target_losses, target_pulls, write_label_pulls


@overload
def cross_entropy(  # type: ignore[overload-overlap]
    scores: Sequence[float],
    labels: ArrayLike,
    axis: int = ...,
    *,
    smoothing: float = ...,
    ignore_index: int | None = ...,
) -> np.float64: ...
@overload
def cross_entropy(
    scores: ArrayLike,
    labels: ArrayLike,
    axis: int = ...,
    *,
    smoothing: float = ...,
    ignore_index: int | None = ...,
) -> Array: ...
def cross_entropy(
    scores: ArrayLike,
    labels: ArrayLike,
    axis: int = -1,
    *,
    smoothing: float = 0.0,
    ignore_index: int | None = None,
) -> Array | np.float64:
    """Compute the cross-entropy loss of each sample, the −log of the probability given to its label.

    Args:
        scores: (..., classes), unnormalised log-probabilities in nats.
        labels: (...), the true class of each row, integers from 0 to classes − 1.
        axis: the axis that holds the classes, where it is not the last one.
        smoothing: ε from 0 to 1, the part of the target that goes to all classes alike.
        ignore_index: a label whose rows do not count, such as −100 for padding; None for no such label.

    Returns:
        (...), one loss per row in nats, in the format of the scores (a scalar for one row): at least 0, and
        inf only for a forbidden class or beyond the format's range. A row to be ignored has the loss 0: for
        the mean divide the sum by the number of rows that count.

    Raises:
        TypeError: the scores are of no supported format, the labels are not integers, or ε is not one number.
        ValueError: a row or a label is no good (the message names the row; a row to be ignored must be good
            as well), the shapes do not fit, or ε is out of its range.

    Formula:
        L = −log(exp(f_y) / Σ_k exp(f_k)) = −f_y + log Σ_k exp(f_k); with smoothing
        L = −(1 − ε)·log p_y − (ε/K)·Σ_j log p_j, which a forbidden class makes infinite.

    Why so:
        The second form is finite where the probability underflows. It is arranged as log1p(rest) + (m − f_y),
        two terms that are not negative, so that nothing cancels and a loss of 1e−48 is not rounded to 0.

    Source:
        CS231n, "Linear classification", softmax classifier; Blanchard, Higham & Higham (2021),
        doi:10.1093/imanum/draa038.

    >>> cross_entropy([[123.0, 456.0, 789.0]] * 2, [0, 1]).tolist()
    [666.0, 333.0]
    >>> print(cross_entropy([10.0, -100.0, -100.0], 0))
    3.377823760449065e-48
    >>> cross_entropy([[1.0, 1.0], [1.0, 1.0]], [0, -100], ignore_index=-100).round(6).tolist()
    [0.693147, 0.0]
    """
    batch = as_scores(scores, operator.index(axis))
    index = as_labels(labels, batch, ignore_index)
    part = as_part(smoothing, "smoothing")
    losses = np.empty(index.shape, batch.dtype)
    with np.errstate(all="ignore"):
        for rows, block in blocks(batch):
            if part:
                mass = _smoothed(index[rows], len(block), part)
                losses[rows] = target_losses(block, shifted_exps(block, batch), mass)
            else:
                losses[rows] = label_losses(block, tops(block, batch), index[rows])
    if ignore_index is not None:
        losses[index < 0] = 0.0
    return losses.reshape(batch.shape[:-1])[()]


def cross_entropy_gradient(
    scores: ArrayLike,
    labels: ArrayLike,
    axis: int = -1,
    *,
    smoothing: float = 0.0,
    ignore_index: int | None = None,
) -> Array:
    """Compute the gradient of each sample's cross-entropy loss with respect to its scores.

    Args:
        scores: (..., classes), unnormalised log-probabilities in nats.
        labels: (...), the true class of each row, integers from 0 to classes − 1.
        axis: the axis that holds the classes, where it is not the last one.
        smoothing: ε from 0 to 1, the part of the target that goes to all classes alike.
        ignore_index: a label whose rows do not count, such as −100 for padding; None for no such label.

    Returns:
        (..., classes), the probabilities with 1 taken off at the label, in the format of the scores; each row
        sums to 0 up to rounding, and a row to be ignored is 0. Divide by the number of samples that count for
        the gradient of the mean loss.

    Raises:
        TypeError: the scores are of no supported format, the labels are not integers, or ε is not one number.
        ValueError: a row or a label is no good (the message names the row; a row to be ignored must be good
            as well), the shapes do not fit, or ε is out of its range.

    Formula:
        ∂L/∂f_j = p_j − [j = y]; with smoothing p_j − (1 − ε)·[j = y] − ε/K.

    Why so:
        p_y − 1 cancels when the classifier is sure; it is computed as −Σ_{k ≠ y} p_k, which does not.

    Source:
        CS231n, "Neural networks case study": dscores.

    >>> cross_entropy_gradient(np.log([0.2, 0.3, 0.5]), 1).round(12).tolist()
    [0.2, -0.7, 0.5]
    """
    batch = as_scores(scores, operator.index(axis))
    index = as_labels(labels, batch, ignore_index)
    part = as_part(smoothing, "smoothing")
    gradient = np.empty((len(index), batch.shape[-1]), batch.dtype)
    with np.errstate(all="ignore"):
        for rows, block in blocks(batch):
            top = tops(block, batch)
            if part:
                mass = _smoothed(index[rows], len(block), part)
                gradient[rows] = target_pulls(exps_below_top(block, top), mass).T
            else:
                write_label_pulls(block, top, index[rows], out=gradient[rows].T)
    if ignore_index is not None:
        gradient[index < 0] = 0.0
    return last_axis_to(gradient.reshape(batch.shape), axis)


@overload
def soft_cross_entropy(scores: Sequence[float], targets: ArrayLike, axis: int = ...) -> np.float64: ...  # type: ignore[overload-overlap]
@overload
def soft_cross_entropy(scores: ArrayLike, targets: ArrayLike, axis: int = ...) -> Array: ...
def soft_cross_entropy(scores: ArrayLike, targets: ArrayLike, axis: int = -1) -> Array | np.float64:
    """Compute the cross-entropy H(target, softmax(scores)) of each sample for a target distribution.

    Args:
        scores: (..., classes), unnormalised log-probabilities in nats.
        targets: (..., classes), the true distribution of each row: non-negative, sum 1. One row (classes,) is
            for all; axes of length 1 broadcast.
        axis: the axis that holds the classes, where it is not the last one.

    Returns:
        (...), one loss per row in nats, in the format of the scores (a scalar for one row): at least the
        entropy of the target; with all mass on one class it is `cross_entropy`.

    Raises:
        TypeError: scores or targets are of no supported format.
        ValueError: a row of scores or targets is no good (the message names the row), or the shapes differ.

    Formula:
        H(t, p) = −Σ_j t_j log p_j.

    Why so:
        A class without mass (t_j = 0) adds 0 even when it is forbidden (log p_j = −inf): the limit of t·log
        t.

    Source:
        CS231n, "Linear classification", information theory view.

    >>> print(soft_cross_entropy([1.0, 1.0], [0.5, 0.5]))
    0.6931471805599453
    """
    given = as_floats(scores)
    batch = as_scores(given, operator.index(axis))
    wanted = as_targets(targets, given, axis)
    losses = np.empty(len(wanted), batch.dtype)
    with np.errstate(all="ignore"):
        for rows, block in blocks(batch):
            losses[rows] = target_losses(block, shifted_exps(block, batch), _mass(wanted[rows]))
    return losses.reshape(batch.shape[:-1])[()]


def soft_cross_entropy_gradient(scores: ArrayLike, targets: ArrayLike, axis: int = -1) -> Array:
    """Compute the gradient of each sample's soft cross-entropy with respect to its scores.

    Args:
        scores: (..., classes), unnormalised log-probabilities in nats.
        targets: (..., classes), the true distribution of each row: non-negative, sum 1. One row (classes,) is
            for all; axes of length 1 broadcast.
        axis: the axis that holds the classes, where it is not the last one.

    Returns:
        (..., classes), probabilities minus targets, in the format of the scores; each row sums to 0 up to
        rounding.

    Raises:
        TypeError: scores or targets are of no supported format.
        ValueError: a row of scores or targets is no good (the message names the row), or the shapes differ.

    Formula:
        ∂H/∂f_j = p_j·Σ_k t_k − t_j = p_j·Σ_{k ≠ j} t_k − t_j·Σ_{k ≠ j} p_k.

    Why so:
        The last form keeps its digits when target and probability are both close to 1. (Where they are close
        to each other elsewhere, the difference carries the rounding error of p_j.)

    Source:
        CS231n, "Neural networks case study": dscores.

    >>> soft_cross_entropy_gradient(np.log([0.2, 0.3, 0.5]), [0.0, 0.5, 0.5]).round(12).tolist()
    [0.2, -0.2, 0.0]
    """
    given = as_floats(scores)
    batch = as_scores(given, operator.index(axis))
    wanted = as_targets(targets, given, axis)
    gradient = np.empty(wanted.shape, batch.dtype)
    with np.errstate(all="ignore"):
        for rows, block in blocks(batch):
            exps = exps_below_top(block, tops(block, batch))
            gradient[rows] = target_pulls(exps, _mass(wanted[rows])).T
    return last_axis_to(gradient.reshape(batch.shape), axis)


def _smoothed(labels: Array, n_classes: int, part: float) -> Array:
    """The targets (classes, rows) of labels after smoothing."""
    mass = np.full((len(labels), n_classes), part / n_classes)
    mass[np.arange(len(labels)), labels] += 1.0 - part
    return _mass(mass)


def _mass(targets: Array) -> Array:
    """A block of targets (rows, classes), as float64 (classes, rows), stored as a block of scores is."""
    return np.array(targets.T, dtype=np.float64, order="C" if targets.shape[1] <= FEW_CLASSES else "F")
