"""The linear classifier: its parameters and its scores."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._inputs import Array, as_floats
from softmax_core._records import Record


@dataclass(frozen=True, slots=True, eq=False)
class LinearParams(Record):
    """The weights and biases of a linear classifier, or a number for each of them (a gradient, a direction).

    Attributes:
        W: (n_features, n_classes), one column per class, in one of the formats of this package (integers
            become float64). It may hold NaN or infinities, as after a training that diverged; the losses
            refuse them.
        b: (n_classes,), in the format of W.

    Raises:
        TypeError: W or b is of no supported format.
        ValueError: the shapes do not fit, or there is no feature or class.

    >>> LinearParams([[1, 2, 3], [4, 5, 6]], [0, 0, 0]).n_classes
    3
    """

    W: Array
    b: Array

    def __init__(self, W: ArrayLike, b: ArrayLike) -> None:
        weights, biases = np.array(as_floats(W, "W")), as_floats(b, "b")
        if weights.ndim != 2 or 0 in weights.shape:
            raise ValueError(
                f"W must have a row per feature and a column per class, not shape {weights.shape}"
            )
        if biases.shape != weights.shape[1:]:
            raise ValueError(
                f"W of shape {weights.shape} needs b of shape {weights.shape[1:]}, not {biases.shape}"
            )
        with np.errstate(over="ignore", under="ignore"):
            biases = biases.astype(weights.dtype)
        weights.flags.writeable = biases.flags.writeable = False
        object.__setattr__(self, "W", weights)
        object.__setattr__(self, "b", biases)

    @property
    def n_features(self) -> int:
        """The number of rows of W."""
        return int(self.W.shape[0])

    @property
    def n_classes(self) -> int:
        """The number of columns of W."""
        return int(self.W.shape[1])


def linear_scores(params: LinearParams, X: ArrayLike) -> Array:
    """Compute the score of every class for each sample.

    Args:
        params: the weights and biases.
        X: (..., n_features), finite.

    Returns:
        (..., n_classes), in the format of the parameters.

    Raises:
        TypeError: X is of no supported format.
        ValueError: X has another number of features than W.

    Formula:
        f_k = Σ_i x_i·W_ik + b_k, scores = X @ W + b.

    Why so:
        The sums are taken in float64 and rounded once to the format of the parameters.

    Source:
        CS231n, "Linear classification" (which writes f = W x + b with a row of W per class).

    >>> W = [[0.01, 0.7, 0.0], [-0.05, 0.2, -0.45], [0.1, 0.05, -0.2], [0.05, 0.16, 0.03]]
    >>> linear_scores(LinearParams(W, [0, 0.2, -0.3]), [-15, 22, -44, 56]).round(2).tolist()
    [-2.85, 0.86, 0.28]
    """
    samples = as_floats(X, "X")
    if samples.ndim == 0 or samples.shape[-1] != params.n_features:
        raise ValueError(
            f"W of shape {params.W.shape} needs {params.n_features} features, not X of {samples.shape}"
        )
    with np.errstate(all="ignore"):
        wide = samples.astype(np.float64, copy=False) @ params.W.astype(np.float64, copy=False)
        wide += params.b
        return wide.astype(params.W.dtype, copy=False)


def scaled_params(params: LinearParams, factor: float) -> LinearParams:
    """Multiply all weights and biases, and so all scores, by a factor.

    Args:
        params: the weights and biases.
        factor: finite; it is rounded to the format of the weights.

    Returns:
        New `LinearParams` in that format, infinite where the product is beyond its range.

    Formula:
        (c·W)ᵀx + c·b = c·(Wᵀx + b).

    >>> scaled_params(LinearParams([[1.0, -2.0]], [0.5, 0.0]), 2.0).W.tolist()
    [[2.0, -4.0]]
    """
    with np.errstate(over="ignore", under="ignore"):
        return LinearParams(params.W * params.W.dtype.type(factor), params.b * params.W.dtype.type(factor))


def widened(params: LinearParams) -> LinearParams:
    """Return the parameters as float64."""
    return LinearParams(params.W.astype(np.float64), params.b.astype(np.float64))
