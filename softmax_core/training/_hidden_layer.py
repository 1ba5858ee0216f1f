"""The gradient of a model with a hidden layer of rectified units, in buffers that are made once."""

import numpy as np

from softmax_core._inputs import Array
from softmax_core.training._batches import Batch
from softmax_core.training._config import TrainConfig
from softmax_core.training._models import Layout
from softmax_core.training._per_score import Gradient, folded, per_score_function


def hidden_gradient(config: TrainConfig, layout: Layout, theta: Array, g: Array, n_samples: int) -> Gradient:
    """Make the function that writes the gradient by one product of matrices for both layers.

    With m_ji = [unit j is above 0 on sample i] a unit is m_ji·(w_j·x_i), so both gradients are sums over the
    same R[k, d, j] = Σ_i m_ji·(∂L_i/∂f_k)·x_id / N: ∂/∂W2[j, k] = Σ_d w_jd·R[k, d, j] and ∂/∂W1[d, j] = Σ_k
    W2[j, k]·R[k, d, j]. With few features and classes this takes half the time of going back through the
    layer. A unit that is always 1 stands for the biases of the scores.

    Every loss here depends on differences of scores alone. So the weights of the last class are taken off
    those of the others, and ∂L_i/∂f sums to 0 over the classes: the last class needs no R.
    """
    forward = Forward(layout, theta, n_samples)
    to_scores, per_score = forward.function(), per_score_function(config, forward.scores)
    back = _backward(layout, theta, g, forward)

    def through_hidden(batch: Batch) -> None:
        to_scores(batch)
        per_score(batch)
        back(batch)

    return through_hidden


class Forward:
    """From the inputs of a batch to its scores, and what of it the way back needs.

    Attributes:
        active: (n_hidden + 1, n_samples), 1 where a unit is above 0; the last row is the unit that is always
            1.
        relative: (n_classes − 1, n_hidden + 1), W2 and b2 of all classes but the last, less those of the
            last.
        scores: (n_classes, n_samples), less those of the last class.
    """

    def __init__(self, layout: Layout, theta: Array, n_samples: int) -> None:
        self._hidden, self._out = layout.hidden_blocks(theta)
        units, n_classes = layout.n_hidden + 1, layout.n_classes
        self._units, self.active = np.ones((2, units, n_samples), theta.dtype)
        self.relative = np.zeros((n_classes - 1, units), theta.dtype)
        self.scores = np.zeros((n_classes, n_samples), theta.dtype)

    def function(self) -> Gradient:
        """Return the function that computes it for a batch."""
        hidden_t, units, last, last_scores = self._hidden.T, self._units, self._out[-1], self.scores[-1]
        by_class = list(zip(self._out[:-1], self.relative, self.scores[:-1], strict=True))
        rectified, active = units[:-1], self.active[:-1]
        above, zero = np.empty(active.shape, bool), np.zeros((), units.dtype)
        dot, copyto, greater, multiply, subtract = np.dot, np.copyto, np.greater, np.multiply, np.subtract

        def to_scores(batch: Batch) -> None:
            dot(hidden_t, batch.inputs, rectified)
            greater(rectified, zero, above)
            copyto(active, above)  # sooner than a comparison that writes numbers
            multiply(rectified, active, rectified)
            for weights, relative, scores in by_class:  # sooner than one product for all classes
                subtract(weights, last, relative)
                dot(relative, units, scores)
            copyto(last_scores, zero)

        return to_scores


def _backward(layout: Layout, theta: Array, g: Array, forward: Forward) -> Gradient:
    """From the gradients at the scores, which are in forward.scores, to those of the parameters."""
    hidden, _ = layout.hidden_blocks(theta)
    g_hidden, g_out = layout.hidden_blocks(g)
    n_rows, rivals = len(hidden), layout.n_classes - 1
    n_pairs, active = n_rows * rivals, forward.active
    filled = -(-n_pairs // 8) * 8  # BLAS takes longer for 6 rows than for 8
    all_pairs = np.zeros((filled, active.shape[1]), theta.dtype)
    all_sums = np.zeros((len(active), filled), theta.dtype)
    sums, products = np.zeros((2, rivals, n_rows, layout.n_hidden), theta.dtype)
    pairs, pairs_t = all_pairs[:n_pairs].reshape(rivals, n_rows, -1), all_pairs.T
    rows, rows_of_all = sums.reshape(n_pairs, -1), all_sums[:-1, :n_pairs].T
    g_weights, g_biases, g_last = g_out[:-1, :-1], g_out[:-1, -1], g_out[-1]
    sums_of_1 = all_sums[-1, n_rows - 1 : n_pairs : n_rows]
    per_class, relative = forward.scores[:-1, None, :], forward.relative[:, None, :-1]
    by_class = list(zip(sums, products, strict=True))
    to_hidden, to_last = folded(np.add, products, g_hidden), folded(np.add, g_out[:-1], g_last)
    dot, copyto, multiply, total, negative = np.dot, np.copyto, np.multiply, np.add.reduce, np.negative

    def back(batch: Batch) -> None:
        multiply(per_class, batch.scaled, pairs)
        dot(active, pairs_t, all_sums)
        copyto(rows, rows_of_all)
        for of_class, product in by_class:
            multiply(of_class, hidden, product)
        total(products, axis=1, out=g_weights)
        copyto(g_biases, sums_of_1)
        to_last()
        negative(g_last, g_last)
        multiply(sums, relative, products)
        to_hidden()

    return back
