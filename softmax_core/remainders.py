"""What a share leaves to all others, in logarithms: so that no share is called 1 that is only close to it."""

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._inputs import Array, as_floats
from softmax_core.functions import logsumexp


def log_remainders(scores: ArrayLike) -> Array:
    """Compute log(1 − p) for every class probability p.

    Args:
        scores: (..., classes), at least two classes, in nats.

    Returns:
        (..., classes), below 0: the logarithm of what the class leaves to the others.

    Raises:
        ValueError: there are fewer than two classes.

    Formula:
        log(1 − p_j) = log Σ_{k ≠ j} exp(f_k) − log Σ_k exp(f_k).

    Why so:
        1 − p is 0 in a float as soon as p rounds to 1; here nothing is subtracted that has been rounded.

    >>> log_remainders([0.0, 0.0]).round(6).tolist()
    [-0.693147, -0.693147]
    >>> log_remainders([10000.0, -10000.0, 0.0]).tolist()
    [-10000.0, 0.0, 0.0]
    """
    row = as_floats(scores)
    classes = row.shape[-1] if row.ndim else 0
    if classes < 2:
        raise ValueError(f"a remainder needs two classes or more, not scores of shape {row.shape}")
    others = np.where(np.eye(classes, dtype=bool), -np.inf, row[..., None, :])
    logs: Array = logsumexp(others) - logsumexp(row)[..., None]
    return np.minimum(logs, 0.0)
