"""Judging parameters on samples: losses, accuracy, the confusion matrix, and what pulls at the boundary."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from softmax_core._inputs import BLOCK, Array, row_name
from softmax_core._margins import Rows, rival_terms
from softmax_core._records import Record
from softmax_core._shifted_exps import shifted_exps, sum_below_top
from softmax_core.datasets import Data
from softmax_core.training._config import TrainConfig
from softmax_core.training._models import Layout
from softmax_core.training._state import TrainState

_FEW = 16  # samples; NumPy sums so short rows in another order


@dataclass(frozen=True, slots=True)
class Score:
    """How a classifier does on a data set.

    Attributes:
        data_loss: the mean of the losses; NaN if a score is not finite.
        accuracy: the share of samples whose label has the highest score (in a tie the first of them, as
            numpy.argmax).
    """

    data_loss: float
    accuracy: float


def sample_losses(config: TrainConfig, scores: Array, labels: Array) -> Array:
    """Compute the loss of each sample (n,) from finite float64 scores (n_classes, n), as `LOSSES` does."""
    own = labels, np.arange(len(labels))
    with np.errstate(all="ignore"):
        if config.loss == "cross_entropy":
            part = shifted_exps(scores, scores.T)
            losses: Array = np.log1p(sum_below_top(part.exps)) - part.lost[own] - part.shifted[own]
            return losses
        terms = rival_terms(Rows(scores, own), config.margin)
        if config.loss == "squared_weston_watkins":
            np.square(terms, out=terms)
        total: Array = np.add.reduce(terms, axis=0)
    return total


def judge(config: TrainConfig, scores: Array, labels: Array) -> Score:
    """Compute mean loss and accuracy from float64 scores (n_classes, n)."""
    with np.errstate(all="ignore"):
        finite = bool(np.isfinite(np.add.reduce(scores, axis=None))) or bool(np.isfinite(scores).all())
        loss = float(sample_losses(config, scores, labels).mean()) if finite else np.nan
    return Score(loss, float(np.count_nonzero(scores.argmax(axis=0) == labels) / len(labels)))


def judge_each(config: TrainConfig, scores: Array, labels: Array) -> list[Score]:
    """Judge several states at once, from float64 scores (n_classes, n_states, n).

    Returns:
        For each state what `judge` gives for its scores alone, to the last bit.

    Why so:
        With a few hundred samples the time goes into calling NumPy, so it is called once for all states.
        Four and more classes are summed state by state: how `sum_classes` cuts the terms depends on all rows.
    """
    n_classes, n_states, n = scores.shape
    flat = scores.reshape(n_classes, -1)
    apart = n < _FEW or (n_classes > 3 and config.loss == "cross_entropy")
    with np.errstate(all="ignore"):
        if apart or not np.isfinite(np.add.reduce(flat, axis=None)):
            return [judge(config, np.ascontiguousarray(scores[:, i]), labels) for i in range(n_states)]
        losses = sample_losses(config, flat, np.tile(labels, n_states)).reshape(n_states, n).mean(axis=1)
    hits = np.count_nonzero(flat.argmax(axis=0).reshape(n_states, n) == labels, axis=1)
    return [Score(loss, hit / n) for loss, hit in zip(losses.tolist(), hits.tolist(), strict=True)]


def score_on(state: TrainState, config: TrainConfig, data: Data) -> Score:
    """Judge a state on any data set, for instance the samples kept apart for testing.

    Args:
        state: of a run with this configuration.
        config: names the loss and its margin.
        data: of the same features and classes.

    Returns:
        A `Score`, the mean loss in nats for the cross-entropy.

    Raises:
        ValueError: the features do not fit, or a label is not a class.

    Formula:
        (1/N)·Σ_i L_i, and the share of samples with argmax_k f_k = y.

    >>> from softmax_core import TrainConfig

    >>> from softmax_core.training import advance, initial_state
    >>> data, config = Data([[1.0, 2.0], [-1.0, 0.0]], [0, 1]), TrainConfig(n_classes=2, init_scale=0.0)
    >>> score = score_on(advance(initial_state(config, data), config, data), config, data)
    >>> round(score.data_loss, 4), score.accuracy
    (0.1809, 1.0)
    """
    return scores_of([state], config, data)[0]


def scores_of(states: Sequence[TrainState], config: TrainConfig, data: Data) -> list[Score]:
    """Judge several states of a run on any data set; see `score_on`."""
    if not states:
        return []
    layout = states[0].layout
    inputs = checked_inputs(layout, data)
    return judged(config, layout, [state.theta for state in states], inputs, data.labels)


def judged(
    config: TrainConfig, layout: Layout, thetas: Sequence[Array], inputs: Array, labels: Array
) -> list[Score]:
    """Judge several parameter vectors on the same samples, as many at once as fit into the cache."""
    size = max(BLOCK // (layout.n_classes * len(labels)), 1)
    found: list[Score] = []
    for first in range(0, len(thetas), size):
        block = thetas[first : first + size]
        scores = np.empty((layout.n_classes, len(block), len(labels)))
        with np.errstate(all="ignore"):
            for i, theta in enumerate(block):
                scores[:, i] = layout.scores(theta, inputs)
        found += judge_each(config, scores, labels)
    return found


def scores_on(state: TrainState, data: Data) -> Array:
    """Return the scores (n_classes, n_samples) of a state, checked against the labels of the data."""
    inputs = checked_inputs(state.layout, data)
    with np.errstate(all="ignore"):
        return state.layout.scores(state.theta, inputs)


def checked_inputs(layout: Layout, data: Data) -> Array:
    """Return what a model makes of samples, whose labels are checked."""
    if (wrong := data.labels >= layout.n_classes).any():
        row = int(np.argmax(wrong))
        raise ValueError(
            f"{row_name(row, data.labels.shape)}: label {data.labels[row]} is not one of "
            f"{layout.n_classes} classes"
        )
    return layout.inputs(data.X)


def predictions(state: TrainState, data: Data) -> Array:
    """Name the class with the highest score for each sample.

    Args:
        state: of any run.
        data: of the same features and classes.

    Returns:
        (n_samples,), class indices; in a tie the first of the highest scores, as numpy.argmax.

    Raises:
        ValueError: the features do not fit, or a label is not a class.

    Formula:
        argmax_k f_k.

    >>> from softmax_core import TrainConfig

    >>> from softmax_core.training import advance, initial_state
    >>> data, config = Data([[1.0, 2.0], [-1.0, 0.0]], [0, 1]), TrainConfig(n_classes=2, init_scale=0.0)
    >>> start = initial_state(config, data)
    >>> predictions(start, data).tolist(), predictions(advance(start, config, data), data).tolist()
    ([0, 0], [0, 1])
    """
    classes: Array = scores_on(state, data).argmax(axis=0)
    return classes


def confusion_matrix(state: TrainState, data: Data) -> Array:
    """Count samples by label and by prediction.

    Args:
        state: of any run.
        data: of the same features and classes.

    Returns:
        (n_classes, n_classes) integers: row = label, column = predicted class. The diagonal holds the hits;
        their share of all samples is the accuracy. In a tie the first of the highest scores is
        the prediction, as numpy.argmax takes it.

    Raises:
        ValueError: the features do not fit, or a label is not a class.

    >>> from softmax_core import TrainConfig

    >>> from softmax_core.training import initial_state
    >>> data, config = Data([[1.0, 2.0], [-1.0, 0.0]], [0, 1]), TrainConfig(n_classes=2, init_scale=0.0)
    >>> confusion_matrix(initial_state(config, data), data).tolist()
    [[1, 0], [1, 0]]
    """
    k = state.layout.n_classes
    cells = data.labels * k + predictions(state, data)
    counts: Array = np.bincount(cells, minlength=k * k).reshape(k, k)
    return counts


@dataclass(frozen=True, slots=True, eq=False)
class Pulls(Record):
    """What each sample wants of the classifier.

    Attributes:
        losses: (n_samples,), the loss of each.
        per_score: (n_samples, n_classes), ∂L_i/∂f_k: negative where the score is pulled up.
        per_input: (n_samples, n_features), ∂L_i/∂x: an arrow in the plane. Against it the loss of the sample
            would fall if the sample moved; along it the field is pulled over the sample.
        strength: (n_samples,), the length of the sample's own gradient ∂L_i/∂θ, without the penalty. 0 for a
            sample that is no longer felt.
        felt: (n_samples,), whether it has a gradient at all. For the hinge losses: whether it violates the
            margin.
    """

    losses: Array
    per_score: Array
    per_input: Array
    strength: Array
    felt: Array


def sample_pulls(state: TrainState, config: TrainConfig, data: Data) -> Pulls:
    """Compute what each sample wants: its loss and its gradient by scores, place and parameters.

    Args:
        state: of a run with this configuration, with finite scores.
        config: names the loss and its margin.
        data: the samples.

    Returns:
        `Pulls`; the mean of the samples' gradients plus that of the penalty is `state.gradient`.

    Raises:
        ValueError: the features do not fit, a label is not a class, or the scores of a sample are not finite.

    Formula:
        ∂L_i/∂x = Σ_k ∂L_i/∂f_k·∂f_k/∂x; strength = ‖∂L_i/∂θ‖, for a linear model ‖∂L_i/∂f‖·√(‖x‖² + 1).

    >>> from softmax_core import TrainConfig

    >>> from softmax_core.training import initial_state
    >>> data, config = Data([[2.0, 2.0], [0.0, 0.0]], [0, 1]), TrainConfig(n_classes=2, init_scale=0.0)
    >>> pulls = sample_pulls(initial_state(config, data), config, data)
    >>> pulls.per_score.tolist(), (pulls.strength**2).round(6).tolist()
    ([[-0.5, 0.5], [0.5, -0.5]], [4.5, 0.5])
    """
    layout = state.layout
    scores = np.ascontiguousarray(scores_on(state, data).T)
    loss = config.loss_entry
    losses = loss.losses(scores, data.labels, config.margin)
    per_score = loss.gradient(scores, data.labels, config.margin)
    inputs = layout.inputs(data.X)
    with np.errstate(all="ignore"):
        if layout.model == "hidden":
            hidden, out = layout.hidden_blocks(state.theta.astype(np.float64, copy=False))
            units = np.maximum(hidden.T @ inputs, 0.0)
            back = np.where(units > 0, out[:, :-1].T @ per_score.T, 0.0)  # (n_hidden, n_samples)
            per_place = hidden[:-1] @ back
            squares = np.square(back).sum(axis=0) * np.square(inputs).sum(axis=0)
            squares += np.square(per_score).sum(axis=1) * (np.square(units).sum(axis=0) + 1.0)
        else:
            (block,) = layout.linear_blocks(state.theta)
            per_place = block[:, :-1].T @ per_score.T  # (n_inputs, n_samples)
            squares = np.square(per_score).sum(axis=1) * np.square(inputs).sum(axis=0)
        return Pulls(
            losses,
            per_score,
            _to_features(layout, per_place, data.X),
            np.sqrt(squares),
            np.asarray(per_score.any(axis=1)),
        )


def _to_features(layout: Layout, per_place: Array, X: Array) -> Array:
    """Turn the derivatives by the model's inputs (n_inputs, n_samples) into those by the features."""
    if layout.model != "quadratic":
        return np.ascontiguousarray(per_place.T)
    d = layout.n_features
    slopes = per_place[:d].T.copy()
    for row, (i, j) in enumerate(zip(*np.triu_indices(d), strict=True), start=d):
        slopes[:, i] += per_place[row] * X[:, j]
        slopes[:, j] += per_place[row] * X[:, i]
    return slopes
