"""The gradient of the objective over a batch, in buffers that are made once.

Each maker returns a function of a batch that reads θ and writes g, and makes no array on its way: with a few
hundred samples the time goes into calling NumPy, not into computing.
"""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from softmax_core._inputs import Array
from softmax_core.training.batches import Batch
from softmax_core.training.config import TrainConfig
from softmax_core.training.models import Layout

Gradient: TypeAlias = Callable[[Batch], None]
PerScore: TypeAlias = Callable[[Array, Batch], None]


def gradient_function(
    config: TrainConfig, layout: Layout, theta: Array, g: Array, n_samples: int
) -> Gradient:
    """Make the function that writes into g the gradient at θ of the objective over a batch of so many
    samples."""
    per_score = per_score_function(config, layout.n_classes, n_samples)
    plain = (_hidden if layout.model == "hidden" else _linear)(layout, theta, g, n_samples, per_score)
    if config.l2 == 0:
        return plain
    decay, pull = (config.l2 * layout.weight_mask()).astype(g.dtype), np.empty_like(g)
    add, multiply = np.add, np.multiply

    def penalised(batch: Batch) -> None:
        plain(batch)
        multiply(theta, decay, out=pull)  # the gradient of ½·λ·‖W‖²
        add(g, pull, out=g)

    return penalised


def per_score_function(config: TrainConfig, n_classes: int, n_samples: int) -> PerScore:
    """Make the function that turns scores (classes, samples) in place into ∂L_i/∂f (its constant factor left
    out).

    Cross-entropy: p_k − [k = y]. Hinge: [z_k > 0] for a rival, minus the number of such rivals at the label,
    where z_k = f_k − f_y + Δ. Its square: max(0, z_k), minus their sum, times the factor 2 that
    `Batch.shares` carries.
    """
    per_sample = np.empty(n_samples, config.dtype)
    spare = np.empty((n_classes, n_samples), config.dtype)
    zero = np.zeros((), config.dtype)  # an array even of one number saves NumPy a conversion
    largest, total = np.maximum.reduce, np.add.reduce
    add, subtract, multiply, divide = np.add, np.subtract, np.multiply, np.divide
    maximum, greater, exp = np.maximum, np.greater, np.exp

    def cross_entropy(scores: Array, batch: Batch) -> None:
        largest(scores, axis=0, out=per_sample)
        subtract(scores, per_sample, out=scores)
        exp(scores, out=scores)
        total(scores, axis=0, out=per_sample)
        divide(scores, per_sample, out=scores)
        subtract(scores, batch.one_hot, out=scores)

    def reach(scores: Array, batch: Batch) -> None:
        scores.reshape(-1).take(batch.own, out=per_sample, mode="clip")
        subtract(scores, per_sample, out=scores)
        add(scores, batch.margins, out=scores)  # −∞ at the label, which is no rival of itself

    def hinge(scores: Array, batch: Batch) -> None:
        reach(scores, batch)
        greater(scores, zero, out=scores)
        total(scores, axis=0, out=per_sample)
        multiply(batch.one_hot, per_sample, out=spare)
        subtract(scores, spare, out=scores)

    def squared_hinge(scores: Array, batch: Batch) -> None:
        reach(scores, batch)
        maximum(scores, zero, out=scores)
        total(scores, axis=0, out=per_sample)
        multiply(batch.one_hot, per_sample, out=spare)
        subtract(scores, spare, out=scores)

    choices: dict[str, PerScore] = {
        "cross_entropy": cross_entropy,
        "weston_watkins": hinge,
        "squared_weston_watkins": squared_hinge,
    }
    return choices[config.loss]


def _linear(layout: Layout, theta: Array, g: Array, n_samples: int, per_score: PerScore) -> Gradient:
    """∂/∂(W, b) = (1/N)·Σ_i ∂L_i/∂f_i (x_i, 1)ᵀ."""
    (out,), (g_out,) = layout.linear_blocks(theta), layout.linear_blocks(g)
    scores, dot = np.empty((layout.n_classes, n_samples), theta.dtype), np.dot

    def linear(batch: Batch) -> None:
        dot(out, batch.inputs, scores)
        per_score(scores, batch)
        dot(scores, batch.shares_t, g_out)

    return linear


def _hidden(layout: Layout, theta: Array, g: Array, n_samples: int, per_score: PerScore) -> Gradient:
    """The gradient of a hidden layer of rectified units, by one product of matrices for both layers.

    With m_ji = [unit j is above 0 on sample i] a unit is m_ji·(w_j·x_i), so both gradients are sums over the
    same R[k, d, j] = Σ_i m_ji·(∂L_i/∂f_k)·x_id / N: ∂/∂W2[j, k] = Σ_d w_jd·R[k, d, j] and ∂/∂W1[d, j] = Σ_k
    W2[j, k]·R[k, d, j]. With few features and classes this takes half the time of going back through the
    layer.
    """
    hidden, out, bias = layout.hidden_blocks(theta)
    g_hidden, g_out, g_bias = layout.hidden_blocks(g)
    n_rows, n_hidden, n_classes = len(hidden), layout.n_hidden, layout.n_classes

    def buffer(*shape: int) -> Array:
        return np.zeros(shape, theta.dtype)

    units, active = buffer(n_hidden, n_samples), buffer(n_hidden, n_samples)
    above, zero = np.empty(units.shape, bool), buffer()
    # BLAS takes longer for 3 rows than for 4, and in float32 for 9 than for 12: rows of zeros fill up
    out_whole = buffer(-(-n_classes // 4) * 4, n_hidden)
    scores_whole = buffer(len(out_whole), n_samples)
    out_copy, scores = out_whole[:n_classes], scores_whole[:n_classes]
    n_pairs = n_classes * n_rows
    filled = -(-n_pairs // 4) * 4 if theta.dtype == np.float32 else n_pairs
    pair_rows, sum_rows = buffer(filled, n_samples), buffer(filled, n_hidden)
    pairs = pair_rows[:n_pairs].reshape(n_classes, n_rows, n_samples)
    sums = sum_rows[:n_pairs].reshape(n_classes, n_rows, n_hidden)
    spare = np.empty_like(sums)
    per_class = scores[:, None, :]
    hidden_t, active_t, column, out_rows = hidden.T, active.T, bias[:, None], out[:, None, :]
    dot, copyto, add = np.dot, np.copyto, np.add
    greater, multiply, total = np.greater, np.multiply, np.add.reduce

    def through_hidden(batch: Batch) -> None:
        dot(hidden_t, batch.inputs, units)
        greater(units, zero, out=above)
        copyto(active, above)  # sooner than a comparison that writes numbers
        multiply(units, active, out=units)
        copyto(out_copy, out)
        dot(out_whole, units, scores_whole)
        add(scores, column, out=scores)
        per_score(scores, batch)
        multiply(per_class, batch.shares, out=pairs)
        dot(pair_rows, active_t, sum_rows)
        multiply(sums, hidden, out=spare)
        total(spare, axis=1, out=g_out)
        multiply(sums, out_rows, out=spare)
        total(spare, axis=0, out=g_hidden)
        total(pairs[:, -1], axis=1, out=g_bias)

    return through_hidden
