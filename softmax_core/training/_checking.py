"""Checking the gradient that a run follows, for every model and loss, by finite differences."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import nan

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._inputs import Array
from softmax_core.datasets import Data
from softmax_core.linear._gradient_check import differences, relative_errors
from softmax_core.training._backprop import gradient_function
from softmax_core.training._batches import prepare
from softmax_core.training._config import TrainConfig
from softmax_core.training._judge import sample_losses
from softmax_core.training._models import Layout


@dataclass(frozen=True, slots=True, eq=False)
class TrainGradientCheck:
    """The gradient of a run beside its numerical one; each mapping holds one array per parameter, by name.

    Attributes:
        analytic: what a step of training follows.
        numeric: what differences of the mean loss give, plus the derivative of the penalty.
        relative_error: one number for each parameter; inf where a number is not finite, or where the scores
            are so large that their rounding swallows the differences.
        largest: the largest of them. Below 1e-7 the gradient agrees with the loss on the smooth piece around
            the parameters; whether it is the right loss, no difference can tell.
        worst: the name and index of the parameter that has it.
    """

    analytic: Mapping[str, Array]
    numeric: Mapping[str, Array]
    relative_error: Mapping[str, Array]
    largest: float
    worst: tuple[str, tuple[int, ...]]


def check_train_gradient(
    params: Mapping[str, ArrayLike],
    config: TrainConfig,
    data: Data,
    gradient: Mapping[str, ArrayLike] | None = None,
) -> TrainGradientCheck:
    """Compare the gradient of the objective over all samples with five-point central differences.

    Args:
        params: the parameters by name, for instance `TrainState.params`.
        config: the model, the loss and its margin, and the penalty; all is computed in float64.
        data: the samples.
        gradient: the gradient to check; by default the one that `advance` follows.

    Returns:
        A `TrainGradientCheck`.

    Raises:
        ValueError: the parameters or the gradient do not fit the model, or as `advance`.

    Formula:
        As in `check_gradient`: ∂L/∂θ ≈ (L(θ − 2h) − 8 L(θ − h) + 8 L(θ + h) − L(θ + 2h)) / 12h + λ·θ, where
        L is the mean loss; relative error = |analytic − numeric| / max(|analytic|, |numeric|, 10⁹·ε·M/h).

    Why so:
        Among hundreds of units and samples some are always so near a kink that a difference would reach
        across. So the numerical derivative is that of the smooth piece on which the parameters lie: the
        units that are switched on and the rivals that reach past the margin are those at the parameters,
        whatever the difference. At a kink that is the piece the gradient belongs to.

    Source:
        CS231n, "Neural networks 3", gradient checks, kinks in the objective; M. Abramowitz, I. Stegun,
        25.3.6.

    >>> from softmax_core.datasets import small_blobs
    >>> params = {"W": [[1.0, 0.0, -1.0], [0.5, -2.0, 0.0]], "b": [0.0, 0.1, 0.0]}
    >>> check_train_gradient(params, TrainConfig(loss="weston_watkins"), small_blobs(seed=0)).largest < 1e-7
    True
    """
    config = replace(config, dtype="float64")
    prepared = prepare(config, data)
    layout, batch = prepared.layout, prepared.everything
    theta, analytic = layout.theta(params), np.empty(layout.size)
    if gradient is None:
        with np.errstate(all="ignore"):
            gradient_function(config, layout, theta, analytic, data.n_samples)(batch)
    else:
        analytic = layout.theta(gradient)
    piece = _Piece(config, layout, theta, batch.inputs, prepared.labels)
    numeric, least = differences(piece.mean_loss, piece.score_size, theta, piece.reach())
    with np.errstate(all="ignore"):
        numeric += config.l2 * layout.weight_mask() * theta
    error = relative_errors(analytic, numeric, least)
    errors = layout.params(error)
    name = max(errors, key=lambda key: float(errors[key].max()))
    index = np.unravel_index(int(errors[name].argmax()), errors[name].shape)
    return TrainGradientCheck(
        analytic=layout.params(analytic),
        numeric=layout.params(numeric),
        relative_error=errors,
        largest=float(error.max()),
        worst=(name, tuple(int(i) for i in index)),
    )


class _Piece:
    """The mean loss with every switch left where it was at some parameters: a smooth function."""

    def __init__(
        self, config: TrainConfig, layout: Layout, theta: Array, inputs: Array, labels: Array
    ) -> None:
        self.config, self.layout, self.inputs, self.labels = config, layout, inputs, labels
        self.own = labels, np.arange(len(labels))
        self.theta = theta.copy()
        with np.errstate(all="ignore"):
            if layout.model == "hidden":
                self.on = layout.hidden_blocks(theta).hidden.T @ inputs > 0
            self.reaching = self._past_margin(self._scores(theta, inputs)) > 0
        self.reaching[self.own] = False

    def _scores(self, theta: Array, inputs: Array) -> Array:
        if self.layout.model != "hidden":
            return self.layout.scores(theta, inputs)
        hidden, out = self.layout.hidden_blocks(theta)
        scores: Array = out[:, :-1] @ self._units(hidden, inputs) + out[:, -1:]
        return scores

    def _units(self, hidden: Array, inputs: Array) -> Array:
        return np.where(self.on, hidden.T @ inputs, 0.0)

    def _past_margin(self, scores: Array) -> Array:
        past: Array = scores - scores[self.own] + self.config.margin
        return past

    def mean_loss(self, theta: Array) -> float:
        scores = self._scores(theta, self.inputs)
        if not np.isfinite(scores).all():
            return nan
        if self.config.loss == "cross_entropy":
            return float(sample_losses(self.config, scores, self.labels).mean())
        past = np.where(self.reaching, self._past_margin(scores), 0.0)
        power = 2 if self.config.loss == "squared_weston_watkins" else 1
        return float((past**power).sum() / len(self.labels))

    def score_size(self, theta: Array) -> float:
        return float(self._scores(theta, np.abs(self.inputs)).max())

    def reach(self) -> Array:
        """By how much each parameter can move a score."""
        largest = np.abs(self.inputs).max(axis=1)
        reach = np.empty(self.layout.size)
        with np.errstate(all="ignore"):
            if self.layout.model == "hidden":
                hidden, out = self.layout.hidden_blocks(reach)
                first, second = self.layout.hidden_blocks(self.theta)
                hidden[...] = np.multiply.outer(largest, np.abs(second[:, :-1]).max(axis=0))
                out[:, :-1] = self._units(first, self.inputs).max(axis=1)
                out[:, -1] = 1.0
            else:
                self.layout.linear_blocks(reach).out[...] = largest
        return reach
