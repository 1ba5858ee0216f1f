"""One point on its way through a classifier: from x to scores, loss, and its share of the gradient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lessons.train.view import Array, View
from softmax_core import Data, TrainConfig, TrainState
from softmax_core.losses import hinge_terms
from softmax_core.numerics import steps_in_range
from softmax_core.training import sample_pulls

SOFTMAX = "cross_entropy"


@dataclass(frozen=True, slots=True, eq=False)
class Worked:
    """Every number on the way of a point, as the core computed it.

    `inputs` is what the last layer sees of the point: its coordinates, their squares and product as well,
    or the hidden units. `parts` are its probabilities, or its hinge terms before they are squared.
    """

    number: int
    x: tuple[float, float]
    label: int
    is_test: bool
    names: tuple[str, ...]
    inputs: Array
    weights: Array
    biases: Array
    scores: Array
    parts: Array
    shift: float
    powers: Array
    total: float
    loss: float
    wishes: Array
    share: Array
    n_train: int
    config: TrainConfig

    @property
    def is_softmax(self) -> bool:
        return self.config.loss == SOFTMAX

    @property
    def is_felt(self) -> bool:
        """Whether the loss still asks for anything."""
        return bool(np.any(self.wishes))


def worked(index: int, view: View, state: TrainState, config: TrainConfig) -> Worked:
    """Work out one of the points of the picture; the scores of the state must be finite."""
    data = view.everything
    index = max(0, min(index, data.n_samples - 1))
    one = Data(data.X[index : index + 1], data.labels[index : index + 1])
    pulls = sample_pulls(state, config, one)
    params = {name: values.astype(float) for name, values in state.params.items()}
    layout = state.layout
    inputs = layout.inputs(one.X)[:-1, 0]
    if layout.model == "hidden":
        inputs = np.maximum(0.0, inputs @ params["W1"] + params["b1"])
    weights, biases = (params["W2"], params["b2"]) if layout.model == "hidden" else (params["W"], params["b"])
    scores = layout.scores(state.theta.astype(float), layout.inputs(one.X))[:, 0]
    steps = steps_in_range(scores.tolist())
    label, wishes = int(one.labels[0]), pulls.per_score[0]
    return Worked(
        number=index + 1,
        x=(float(one.X[0, 0]), float(one.X[0, 1])),
        label=label,
        is_test=index >= view.n_train,
        names=view.class_names,
        inputs=inputs,
        weights=weights,
        biases=biases,
        scores=scores,
        parts=np.asarray(steps.probs)
        if config.loss == SOFTMAX
        else hinge_terms(scores, label, config.margin),
        shift=float(steps.shift),
        powers=np.asarray(steps.exponentials),
        total=float(steps.total),
        loss=float(pulls.losses[0]),
        wishes=wishes,
        share=np.multiply.outer(inputs, wishes) / view.n_train,
        n_train=view.n_train,
        config=config,
    )


def numpy_lines(work: Worked, state: TrainState) -> list[str]:
    """The same in NumPy, with every number in full: it runs, and prints the same."""
    lines = ["import numpy as np", "", f"x = np.array([{work.x[0]!r}, {work.x[1]!r}])", f"y = {work.label}"]
    lines += [f"{name} = {_literal(values)}" for name, values in state.params.items()]
    last = "h" if state.layout.model == "hidden" else "z" if state.layout.model == "quadratic" else "x"
    lines.append("")
    if last == "z":
        lines.append("z = np.array([x[0], x[1], x[0] ** 2, x[0] * x[1], x[1] ** 2])")
    if last == "h":
        lines += ["h = np.maximum(0, x @ W1 + b1)", "f = h @ W2 + b2"]
    else:
        lines.append(f"f = {last} @ W + b")
    lines += _softmax_lines() if work.is_softmax else _hinge_lines(work.config)
    lines += [f"share = np.outer({last}, wish) / {work.n_train}", "print(loss)", "print(share)"]
    return lines


def _softmax_lines() -> Sequence[str]:
    return (
        "powers = np.exp(f - f.max())",
        "p = powers / powers.sum()",
        "loss = np.log(powers.sum()) - (f[y] - f.max())",
        "wish = p - (np.arange(len(f)) == y)",
    )


def _hinge_lines(config: TrainConfig) -> Sequence[str]:
    squared = config.loss == "squared_weston_watkins"
    return (
        f"terms = np.maximum(0, f - f[y] + {config.margin!r})",
        "terms[y] = 0",
        "loss = (terms**2).sum()" if squared else "loss = terms.sum()",
        "wish = 2 * terms" if squared else "wish = (terms > 0).astype(float)",
        "wish[y] = -wish.sum()",
    )


def _literal(values: Array) -> str:
    """An array with all its digits; of float32 the shortest text that is the same number."""
    if values.dtype == np.float32:
        return f"np.array({_nested(values)}, np.float32).astype(float)"
    return f"np.array({_nested(values)})"


def _nested(values: Array) -> str:
    if values.ndim > 1:
        return f"[{', '.join(_nested(row) for row in values)}]"
    return f"[{', '.join(str(value) for value in values)}]"
