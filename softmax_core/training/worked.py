"""One sample all the way through: from its features to its share of the gradient, every number by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from softmax_core._inputs import Array
from softmax_core.data import Data
from softmax_core.functions import softmax
from softmax_core.hinge import hinge_terms
from softmax_core.training.config import TrainConfig
from softmax_core.training.judge import scores_on
from softmax_core.training.state import TrainState


@dataclass(frozen=True, slots=True, eq=False)
class WorkedSample:
    """A sample's way through a model and its loss.

    K classes, d inputs of the last layer. All in float64.

    Attributes:
        index: which sample.
        x: (n_features,), as given.
        label: its class.
        inputs: (d,), what the last layer sees: x ("linear"), x, squares and products ("quadratic"), the
            rectified units ("hidden").
        weights: the name of the last layer's weights in `TrainState.params`: "W" or "W2".
        biases: the name of its biases: "b" or "b2".
        terms: (K, d + 1), the summands of each score: inputs_j·W_jk, and last the bias b_k.
        scores: (K,), their sums.
        winner: the class with the highest score; of equal ones, the first.
        probs: (K,), softmax of the scores; None for a hinge loss.
        margins: (K,), max(0, f_k − f_y + Δ), 0 for the label; None for the cross-entropy.
        loss: of this sample alone.
        per_score: (K,), ∂L/∂f_k. The sum over the classes is 0.
        share: the sample's part of the gradient of the data loss by the last layer's weights and biases, by
            name; divided by n_samples already, so that those of all samples add up to the gradient.
        n_samples: of the data.
    """

    index: int
    x: Array
    label: int
    inputs: Array
    weights: str
    biases: str
    terms: Array
    scores: Array
    winner: int
    probs: Array | None
    margins: Array | None
    loss: float
    per_score: Array
    share: Mapping[str, Array]
    n_samples: int


def worked_sample(state: TrainState, config: TrainConfig, data: Data, index: int) -> WorkedSample:
    """Work out one sample: x ↦ Wx + b ↦ probabilities or margins ↦ loss ↦ share of the gradient.

    Args:
        state: of a run with this configuration.
        config: names the loss and its margin.
        data: the samples.
        index: which of them, from 0.

    Returns:
        A `WorkedSample`.

    Raises:
        ValueError: there is no such sample, the features do not fit, a label is not a class, or a score is
            not finite.

    Formula:
        f_k = Σ_j x_j·W_jk + b_k; L = −ln p_y with p = softmax(f), or Σ_{k ≠ y} max(0, f_k − f_y + Δ), or its
        squares; ∂L/∂f_k = p_k − [k = y], or [z_k > 0] (2·max(0, z_k)) for a rival with z_k = f_k − f_y + Δ
        and minus their sum at the label; share of W_jk: x_j·∂L/∂f_k / N, of b_k: ∂L/∂f_k / N.

    Source:
        CS231n, "Linear classification"; "Neural networks case study".

    >>> from softmax_core.training import TrainConfig, initial_state
    >>> data, config = Data([[1.0, 2.0], [0.0, 1.0]], [0, 1]), TrainConfig(n_classes=2, init_scale=0.0)
    >>> found = worked_sample(initial_state(config, data), config, data, 0)
    >>> found.probs.tolist(), round(found.loss, 4), found.share["W"].tolist()
    ([0.5, 0.5], 0.6931, [[-0.25, 0.25], [-0.5, 0.5]])
    """
    if not 0 <= index < data.n_samples:
        raise ValueError(f"the samples have the numbers 0 to {data.n_samples - 1}, not {index}")
    one = Data(data.X[index : index + 1], data.labels[index : index + 1])
    scores, label = scores_on(state, one)[:, 0].astype(np.float64), int(one.labels[0])
    if not np.isfinite(scores).all():
        raise ValueError(f"sample {index}: a score is not finite")
    names, inputs = _last_layer(state, one)
    W, b = (state.params[name].astype(np.float64) for name in names)
    loss, entropy = config.loss_entry, config.loss == "cross_entropy"
    per_score = loss.gradient(scores[None], one.labels, config.margin)[0]
    part = per_score / data.n_samples
    return WorkedSample(
        index=index,
        x=one.X[0].astype(np.float64),
        label=label,
        inputs=inputs,
        weights=names[0],
        biases=names[1],
        terms=np.concatenate([W.T * inputs, b[:, None]], axis=1),
        scores=scores,
        winner=int(scores.argmax()),
        probs=softmax(scores) if entropy else None,
        margins=None if entropy else hinge_terms(scores[None], one.labels, config.margin)[0],
        loss=float(loss.losses(scores[None], one.labels, config.margin)[0]),
        per_score=per_score,
        share=MappingProxyType({names[0]: np.multiply.outer(inputs, part), names[1]: part}),
        n_samples=data.n_samples,
    )


def _last_layer(state: TrainState, one: Data) -> tuple[tuple[str, str], Array]:
    """The names of its weights and biases, and what it sees of a sample."""
    layout = state.layout
    inputs = layout.inputs(one.X)[:, 0]
    if layout.model != "hidden":
        return ("W", "b"), inputs[:-1]
    hidden = layout.hidden_blocks(state.theta.astype(np.float64)).hidden
    return ("W2", "b2"), np.maximum(hidden.T @ inputs, 0.0)
