"""Checking the gradient that a run follows, for every model and loss, by finite differences."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._inputs import Array
from softmax_core.data import Data
from softmax_core.gradients import STEP
from softmax_core.training.backprop import gradient_function
from softmax_core.training.batches import prepare
from softmax_core.training.config import TrainConfig
from softmax_core.training.judge import sample_losses
from softmax_core.training.models import Layout

_OFFSETS, _WEIGHTS = (-2, -1, 1, 2), (1 / 12, -8 / 12, 8 / 12, -1 / 12)


@dataclass(frozen=True, slots=True, eq=False)
class TrainGradientCheck:
    """The gradient of a run beside its numerical one; each mapping holds one array per parameter, by name.

    Attributes:
        analytic: what a step of training follows.
        numeric: what differences of the objective give.
        relative_error: one number for each parameter.
        largest: the largest of them; below 1e-7 for a right gradient.
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
        As in `check_gradient`: ∂L/∂θ ≈ (L(θ − 2h) − 8 L(θ − h) + 8 L(θ + h) − L(θ + 2h)) / 12h;
        relative error = |analytic − numeric| / max(|analytic|, |numeric|, 10⁸·ε·L/h).

    Why so:
        Among hundreds of units and samples some are always so near a kink that a difference would reach
        across. So the numerical derivative is that of the smooth piece on which the parameters lie: the
        units that are switched on and the rivals that reach past the margin are those at the parameters,
        whatever the difference. At a kink that is the piece the gradient belongs to.

    Source:
        CS231n, "Neural networks 3", gradient checks, kinks in the objective; M. Abramowitz, I. Stegun,
        25.3.6.

    >>> from softmax_core.data import small_blobs
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
    steps = STEP / piece.reach()
    numeric = np.zeros(layout.size)
    for place in range(layout.size):
        here = theta[place]
        for offset, weight in zip(_OFFSETS, _WEIGHTS, strict=True):
            theta[place] = here + offset * steps[place]
            numeric[place] += weight * piece.objective(theta) / steps[place]
        theta[place] = here
    resolved = 1e8 * np.finfo(np.float64).eps * piece.objective(theta) / steps
    size = np.maximum(np.maximum(np.abs(analytic), np.abs(numeric)), resolved)
    error = np.divide(np.abs(analytic - numeric), size, out=np.zeros_like(size), where=size > 0)
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
    """The objective with every switch left where it was at some parameters: a smooth function."""

    def __init__(
        self, config: TrainConfig, layout: Layout, theta: Array, inputs: Array, labels: Array
    ) -> None:
        self.config, self.layout, self.inputs, self.labels = config, layout, inputs, labels
        self.own = labels, np.arange(len(labels))
        self.weights = layout.weight_mask()
        self.theta = theta.copy()
        if layout.model == "hidden":
            self.on = layout.hidden_blocks(theta).hidden.T @ inputs > 0
        self.reaching = self._past_margin(self._scores(theta)) > 0
        self.reaching[self.own] = False

    def _scores(self, theta: Array) -> Array:
        if self.layout.model != "hidden":
            return self.layout.scores(theta, self.inputs)
        hidden, out = self.layout.hidden_blocks(theta)
        units = np.where(self.on, hidden.T @ self.inputs, 0.0)
        scores: Array = out[:, :-1] @ units + out[:, -1:]
        return scores

    def _past_margin(self, scores: Array) -> Array:
        past: Array = scores - scores[self.own] + self.config.margin
        return past

    def objective(self, theta: Array) -> float:
        scores = self._scores(theta)
        if self.config.loss == "cross_entropy":
            mean = float(sample_losses(self.config, scores, self.labels).mean())
        else:
            past = np.where(self.reaching, self._past_margin(scores), 0.0)
            power = 2 if self.config.loss == "squared_weston_watkins" else 1
            mean = float((past**power).sum() / len(self.labels))
        return mean + 0.5 * self.config.l2 * float((self.weights * theta**2).sum())

    def reach(self) -> Array:
        """By how much each parameter can move a score, so that its difference moves none by more than
        0.004."""
        largest = np.abs(self.inputs).max(axis=1)
        reach = np.empty(self.layout.size)
        if self.layout.model == "hidden":
            hidden, out = self.layout.hidden_blocks(reach)
            first, second = self.layout.hidden_blocks(self.theta)
            hidden[...] = np.multiply.outer(largest, np.abs(second[:, :-1]).max(axis=0))
            out[:, :-1] = np.where(self.on, first.T @ self.inputs, 0.0).max(axis=1)
            out[:, -1] = 1.0
        else:
            self.layout.linear_blocks(reach).out[...] = largest
        return np.where(reach > 0, reach, 1.0)
