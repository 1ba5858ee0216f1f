"""Worksheet of the lesson on training: one point, one step of each loss, and a valley of one weight."""

from __future__ import annotations

from itertools import accumulate

import numpy as np

from softmax_core import Data, LinearParams, linear_scores, objective, objective_gradient, softmax
from softmax_core.linear import kink_distance, penalty
from ui.numerals import numeral, row
from ui.sheet import Question
from ui.text import Language

_RATE, _CLASSES, _STEPS, _CLEAR = 0.1, 3, 3, 0.05
_STRENGTHS, _VALLEY_RATES = (0.5, 1.0, 2.0), (0.2, 0.4, 0.6, 1.5, 2.5)


def questions(t: Language, rng: np.random.Generator) -> list[Question]:
    point, params, true = _example(rng)
    before = objective(params, point, "cross_entropy").total
    slopes = objective_gradient(params, point, "cross_entropy").W
    moved = LinearParams(params.W - _RATE * slopes, params.b)
    scores = linear_scores(params, point.X)[0]
    return [
        Question(
            t(
                "A point x = {x} of class {label} (counted from 0); the weights are {weights}, "
                "without biases. Compute the scores, the probabilities and the cross-entropy loss.",
                x=row(point.X[0].tolist()),
                label=true,
                weights=_by_class(params.W),
            ),
            t(
                "f = {scores}; p = {shares}; L = −log p{label} = {loss}",
                scores=row(scores.tolist()),
                shares=row(softmax(scores).tolist()),
                label=true,
                loss=numeral(before),
            ),
            4,
        ),
        Question(
            t("Write the gradient of this loss with respect to the weights of each class."),
            t("(p − 1 at the true class) · x: {slopes}", slopes=_by_class(slopes)),
        ),
        Question(
            t("Take one step with η = {rate}, without a penalty. What are the weights now?", rate=_RATE),
            _by_class(moved.W),
        ),
        Question(
            t("What is the loss after this step? Has it fallen?"),
            t(
                "It has: from {before} to {after}.",
                before=numeral(before),
                after=numeral(objective(moved, point, "cross_entropy").total),
            ),
        ),
        _same_step_of_the_hinge(t, point, params),
        _valley(t, rng),
    ]


def _example(rng: np.random.Generator) -> tuple[Data, LinearParams, int]:
    """A point, the weights and the true class, with no gap at the kink of the hinge."""
    while True:
        x, true = rng.choice([-2.0, -1.0, 1.0, 2.0], 2), int(rng.integers(_CLASSES))
        params = LinearParams(rng.integers(-5, 6, (2, _CLASSES)) / 10, np.zeros(_CLASSES))
        if kink_distance(linear_scores(params, [x]), np.array([true]), "weston_watkins") > _CLEAR:
            return Data([x], [true]), params, true


def _same_step_of_the_hinge(t: Language, point: Data, params: LinearParams) -> Question:
    slopes = objective_gradient(params, point, "weston_watkins").W
    still = [f"w{k}" for k in range(_CLASSES) if not slopes[:, k].any()]
    found = _by_class(slopes)
    return Question(
        t(
            "A hinge loss (Δ = 1, no penalty) begins with the same weights. Write its gradient. Which "
            "weights stay?"
        ),
        t("{slopes}. These stay: {still}.", slopes=found, still=", ".join(still))
        if still
        else t("{slopes}. None stays.", slopes=found),
    )


def _valley(t: Language, rng: np.random.Generator) -> Question:
    """½·λ·w² is a parabola, and its slope that of the penalty."""
    strength, rate = float(rng.choice(_STRENGTHS)), float(rng.choice(_VALLEY_RATES))
    walk = accumulate(
        range(_STEPS),
        lambda w, _: w - rate * float(penalty([w], strength, halved=True).gradient[0]),
        initial=1.0,
    )
    return Question(
        t(
            "Only the penalty ½λw² with λ = {strength} is left. Take {steps} steps with η = {rate} "
            "from w = 1. Beyond which η do the steps grow?",
            strength=numeral(strength),
            steps=_STEPS,
            rate=numeral(rate),
        ),
        t(
            "w = {walk}: each step multiplies w by 1 − ηλ = {factor}. They grow beyond η = 2/λ = {limit}.",
            walk=row(list(walk)[1:]),
            factor=numeral(1.0 - rate * strength),
            limit=numeral(2.0 / strength),
        ),
    )


def _by_class(W: np.ndarray) -> str:
    return "; ".join(f"w{k} = {row(column)}" for k, column in enumerate(W.T.tolist()))
