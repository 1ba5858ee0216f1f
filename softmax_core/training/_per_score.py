"""The gradient of a loss with respect to the scores of a batch, in buffers that are made once."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from softmax_core._inputs import Array
from softmax_core.training._batches import Batch
from softmax_core.training._config import TrainConfig

Gradient: TypeAlias = Callable[[Batch], None]


def per_score_function(config: TrainConfig, scores: Array) -> Gradient:
    """Make the function that turns the scores of a batch, in place, into the gradients of its losses.

    Args:
        config: names the loss and its margin.
        scores: (classes, samples); where a batch's scores stand when the function is called.

    Returns:
        A function that takes the batch and leaves ∂L_i/∂f in `scores`, its constant factor left out.

    Formula:
        Cross-entropy: p_k − [k = y]. Hinge: [z_k > 0] for a rival, minus the number of such rivals at the
        label, where z_k = f_k − f_y + Δ. Its square: max(0, z_k), minus their sum, times the factor 2 that
        `Batch.scaled` carries.

    >>> from softmax_core.datasets import small_blobs
    >>> from softmax_core.training._batches import prepare
    >>> config, scores = TrainConfig(n_classes=2), np.zeros((2, 2))
    >>> batch = prepare(config, small_blobs(seed=0, n_per_class=1, n_classes=2)).everything
    >>> per_score_function(config, scores)(batch)
    >>> scores.T.tolist()
    [[-0.5, 0.5], [0.5, -0.5]]
    """
    per_sample, spare = np.empty_like(scores[0]), np.empty_like(scores)
    reaching, zeros, flat = np.empty(scores.shape, bool), np.zeros_like(scores), scores.reshape(-1)
    largest, total = folded(np.maximum, scores, per_sample), folded(np.add, scores, per_sample)
    add, subtract, multiply, divide, exp = np.add, np.subtract, np.multiply, np.divide, np.exp
    greater, maximum, copyto = np.greater, np.maximum, np.copyto

    def cross_entropy(batch: Batch) -> None:
        largest()
        subtract(scores, per_sample, scores)
        exp(scores, scores)
        total()
        divide(scores, per_sample, scores)
        subtract(scores, batch.one_hot, scores)

    def reach(batch: Batch) -> None:
        flat.take(batch.own, out=per_sample, mode="clip")
        subtract(scores, per_sample, scores)
        add(scores, batch.margins, scores)  # −∞ at the label, which is no rival of itself

    def less_their_sum(batch: Batch) -> None:
        total()
        multiply(batch.one_hot, per_sample, spare)
        subtract(scores, spare, scores)

    def hinge(batch: Batch) -> None:
        reach(batch)
        greater(scores, zeros, reaching)
        copyto(scores, reaching)
        less_their_sum(batch)

    def squared_hinge(batch: Batch) -> None:
        reach(batch)
        maximum(scores, zeros, out=scores)
        less_their_sum(batch)

    choices: dict[str, Gradient] = {
        "cross_entropy": cross_entropy,
        "weston_watkins": hinge,
        "squared_weston_watkins": squared_hinge,
    }
    return choices[config.loss]


def folded(operation: np.ufunc, rows: Array, out: Array) -> Callable[[], None]:
    """Make the function that writes `operation.reduce(rows)` into out; for a few rows it takes half the
    time."""
    first, *others = rows
    if not others:
        return lambda: np.copyto(out, first)
    second, *rest = others

    def fold() -> None:
        operation(first, second, out=out)
        for row in rest:
            operation(out, row, out=out)

    return fold
