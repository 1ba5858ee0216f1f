"""The models that can be trained, and their parameters in one vector.

Inside a run everything is stored class by class: inputs (n_inputs + 1, n_samples) with a last row of ones for
the biases, scores (n_classes, n_samples), and all parameters one after another in the vector θ. To the
outside `Layout.params` shows views of θ in the shapes that the formulas have.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._inputs import Array, as_floats
from softmax_core._records import FrozenMap
from softmax_core.linear import LinearParams
from softmax_core.training._config import Model, TrainConfig


class LinearBlocks(NamedTuple):
    """θ of a model without a hidden layer: out (n_classes, n_inputs + 1), weights and then the bias."""

    out: Array


class HiddenBlocks(NamedTuple):
    """θ of the hidden layer, (n_inputs + 1, n_hidden) with its biases in the last row, and of the output
    layer, out (n_classes, n_hidden + 1), weights and then the bias."""

    hidden: Array
    out: Array


@dataclass(frozen=True, slots=True)
class Layout:
    """Which parameters a model has, and where they are in θ.

    Attributes:
        model: one of `MODELS`.
        n_features: of the data.
        n_classes: of the scores.
        n_hidden: units of the hidden layer; 0 without one.
    """

    model: Model
    n_features: int
    n_classes: int
    n_hidden: int = 0

    @property
    def n_inputs(self) -> int:
        """How many numbers the model makes of the features of a sample."""
        return self.n_features * (self.n_features + 3) // 2 if self.model == "quadratic" else self.n_features

    @property
    def size(self) -> int:
        """The length of θ."""
        if self.model == "hidden":
            return (self.n_inputs + 1) * self.n_hidden + self.n_classes * (self.n_hidden + 1)
        return self.n_classes * (self.n_inputs + 1)

    def linear_blocks(self, theta: Array) -> LinearBlocks:
        """Return views of θ; the model has no hidden layer."""
        return LinearBlocks(theta.reshape(self.n_classes, self.n_inputs + 1))

    def hidden_blocks(self, theta: Array) -> HiddenBlocks:
        """Return views of θ; the model has a hidden layer."""
        first = (self.n_inputs + 1) * self.n_hidden
        return HiddenBlocks(
            theta[:first].reshape(self.n_inputs + 1, self.n_hidden),
            theta[first:].reshape(self.n_classes, self.n_hidden + 1),
        )

    def params(self, theta: Array) -> Mapping[str, Array]:
        """Return the parameters by name, as views of a vector θ (or of a gradient, or a velocity).

        "W" (n_inputs, n_classes) and "b" (n_classes,); with a hidden layer "W1" (n_inputs, n_hidden), "b1"
        (n_hidden,), "W2" (n_hidden, n_classes) and "b2" (n_classes,).
        """
        if self.model == "hidden":
            hidden, out = self.hidden_blocks(theta)
            return FrozenMap({"W1": hidden[:-1], "b1": hidden[-1], "W2": out[:, :-1].T, "b2": out[:, -1]})
        (block,) = self.linear_blocks(theta)
        return FrozenMap({"W": block[:, :-1].T, "b": block[:, -1]})

    def theta(self, params: Mapping[str, ArrayLike]) -> Array:
        """Put parameters, by name and in the shapes of `params`, into a new vector θ."""
        vector = np.empty(self.size)
        views = self.params(vector)
        if views.keys() != params.keys():
            raise ValueError(f"the {self.model} model has the parameters {tuple(views)}, not {tuple(params)}")
        for name, view in views.items():
            values = as_floats(params[name], name)
            if values.shape != view.shape:
                raise ValueError(f"{name} must have the shape {view.shape}, not {values.shape}")
            view[...] = values
        return vector

    def weight_mask(self) -> Array:
        """Return a vector like θ with 1 for every weight and 0 for every bias."""
        mask = np.zeros(self.size)
        for name, view in self.params(mask).items():
            view[...] = name.startswith("W")
        return mask

    def as_linear(self, theta: Array) -> LinearParams:
        """Return the parameters of a model without hidden layer; for "quadratic", of its inputs."""
        if self.model == "hidden":
            raise ValueError("a model with a hidden layer is not linear in its inputs")
        params = self.params(theta)
        return LinearParams(params["W"], params["b"])

    def inputs(self, X: ArrayLike) -> Array:
        """Return (n_inputs + 1, n_samples), float64: what the model makes of X (n_samples, n_features), and
        ones.

        "quadratic" takes x_i, then x_i·x_j for i ≤ j: (x₁, x₂, x₁², x₁x₂, x₂²).
        """
        samples = as_floats(X, "X").astype(np.float64, copy=False)
        if samples.ndim != 2 or samples.shape[1] != self.n_features:
            raise ValueError(f"X must be (n_samples, {self.n_features}), not of shape {samples.shape}")
        rows = np.ones((self.n_inputs + 1, len(samples)))
        rows[: self.n_features] = samples.T
        if self.model == "quadratic":
            i, j = np.triu_indices(self.n_features)
            with np.errstate(over="ignore", under="ignore"):
                np.multiply(rows[i], rows[j], out=rows[self.n_features : -1])
        return rows

    def scores(self, theta: Array, inputs: Array) -> Array:
        """Return the scores (n_classes, n_samples) of the rows that `inputs` made, in their format."""
        theta = theta.astype(inputs.dtype, copy=False)
        if self.model != "hidden":
            scores: Array = np.dot(self.linear_blocks(theta).out, inputs)
            return scores
        hidden, out = self.hidden_blocks(theta)
        units = np.dot(hidden.T, inputs)
        np.maximum(units, np.zeros_like(units[:1]), out=units)  # sooner than with a lone 0
        scores = np.empty((len(out), inputs.shape[1]), inputs.dtype)
        for weights, of_class in zip(out[:, :-1], scores, strict=True):  # sooner than one product for all
            np.dot(weights, units, of_class)
        scores += out[:, -1:]
        return scores


def find_layout(config: TrainConfig, n_features: int) -> Layout:
    """Return the layout of a configured model for data of so many features."""
    n_hidden = config.n_hidden if config.model == "hidden" else 0
    return Layout(config.model, n_features, config.n_classes, n_hidden)


def first_theta(config: TrainConfig, layout: Layout) -> Array:
    """Draw the first parameters: weights init_scale·z with z standard normal, biases 0.

    The weights are drawn from `default_rng(seed)` matrix by matrix in the shapes of `Layout.params`, as
    CS231n's case study draws them (`0.01 * randn(D, K)`).
    """
    theta = np.zeros(layout.size)
    rng = np.random.default_rng(config.seed)
    for name, view in layout.params(theta).items():
        if name.startswith("W"):
            with np.errstate(over="ignore", under="ignore"):
                view[...] = config.init_scale * rng.standard_normal(view.shape)
    return theta
