"""The gradient of the objective over a batch, in buffers that are made once.

Each maker returns a function of a batch that reads θ and writes g, and makes no array on its way: with a few
hundred samples the time goes into calling NumPy, not into computing. So the calls give `out` by its place,
which is sooner than by its name.
"""

import numpy as np

from softmax_core._inputs import Array
from softmax_core.training._batches import Batch
from softmax_core.training._config import TrainConfig
from softmax_core.training._hidden_layer import hidden_gradient
from softmax_core.training._models import Layout
from softmax_core.training._per_score import Gradient, per_score_function


def gradient_function(
    config: TrainConfig, layout: Layout, theta: Array, g: Array, n_samples: int
) -> Gradient:
    """Make the function that writes into g the gradient at θ of the objective over a batch of so many
    samples."""
    make = hidden_gradient if layout.model == "hidden" else _linear_gradient
    plain = make(config, layout, theta, g, n_samples)
    if config.l2 == 0:
        return plain
    decay, pull = (config.l2 * layout.weight_mask()).astype(g.dtype), np.empty_like(g)
    add, multiply = np.add, np.multiply

    def penalised(batch: Batch) -> None:
        plain(batch)
        multiply(theta, decay, pull)  # the gradient of ½·λ·‖W‖²
        add(g, pull, g)

    return penalised


def _linear_gradient(config: TrainConfig, layout: Layout, theta: Array, g: Array, n_samples: int) -> Gradient:
    """∂/∂(W, b) = (1/N)·Σ_i ∂L_i/∂f_i (x_i, 1)ᵀ."""
    (out,), (g_out,) = layout.linear_blocks(theta), layout.linear_blocks(g)
    scores, dot = np.empty((layout.n_classes, n_samples), theta.dtype), np.dot
    per_score = per_score_function(config, scores)

    def linear(batch: Batch) -> None:
        dot(out, batch.inputs, scores)
        per_score(batch)
        dot(scores, batch.shares_t, g_out)

    return linear
