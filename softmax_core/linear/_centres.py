"""Two directions of weights that a data set suggests: towards the centres of its classes, and across."""

import numpy as np

from softmax_core.datasets import Data
from softmax_core.linear._params import LinearParams


def centre_directions(data: Data) -> tuple[LinearParams, LinearParams]:
    """Point the weights of each class at its centre, and turn them all by a right angle.

    Args:
        data: samples with at least two features, of at least two classes whose means are not all the same.

    Returns:
        Two orthogonal unit vectors (in the sense of Σ W²) without biases. Along the first one a classifier
        gets surer of what it says; along the second one it turns away from the classes in the plane of the
        first two features.

    Raises:
        ValueError: there is only one feature, a class without samples, or the means are all the same.

    Formula:
        W₁ ∝ μ_k − mean of all μ_k in column k; W₂: the first two rows (r₀, r₁) of W₁ become (−r₁, r₀), the
        others 0.

    >>> first, second = centre_directions(Data([[1.0, 0.0], [-1.0, 0.0]], [0, 1]))
    >>> first.W.round(3).tolist(), second.W.round(3).tolist()
    ([[0.707, -0.707], [0.0, 0.0]], [[0.0, 0.0], [0.707, -0.707]])
    """
    n_classes = int(data.labels.max()) + 1
    counts = np.bincount(data.labels, minlength=n_classes)
    if data.X.shape[1] < 2 or (counts == 0).any():
        raise ValueError("centre directions need two features, and samples of every class")
    X = data.X.astype(np.float64, copy=False)
    centres = np.stack([X[data.labels == label].mean(axis=0) for label in range(n_classes)], axis=1)
    outward = centres - centres.mean(axis=1, keepdims=True)
    across = np.zeros_like(outward)
    across[0], across[1] = 0.0 - outward[1], outward[0]
    lengths = np.linalg.norm(outward), np.linalg.norm(across)
    if not min(lengths) > 0:
        raise ValueError("the centres of all classes are the same in the first two features")
    no_bias = np.zeros(n_classes)
    return LinearParams(outward / lengths[0], no_bias), LinearParams(across / lengths[1], no_bias)
