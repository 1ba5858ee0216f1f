"""Worksheet of the lesson on scores."""

from __future__ import annotations

import math

import numpy as np

from softmax_core import SoftmaxSteps, cross_entropy, sigmoid, softmax, softmax_steps
from softmax_core.numerics import rescale
from ui.numerals import numeral
from ui.sheet import Question, draw_scores, listed
from ui.text import Language

_MAX_ADDED = 9
_DIGITS, _MAX_DIGITS = 4, 12


def questions(t: Language, rng: np.random.Generator) -> list[Question]:
    row, pair = draw_scores(rng), draw_scores(rng, 2)
    steps, true, added = (
        softmax_steps(row, "naive", "float64"),
        int(rng.integers(3)),
        int(rng.integers(2, _MAX_ADDED)),
    )
    doubled = softmax(rescale(row, 0.0, 0.5))
    loss = numeral(float(cross_entropy(row, true)))
    weights, total, parts = _printed(steps, true, loss)
    probabilities = ", ".join(parts)
    first = float(sigmoid(pair[0] - pair[1]))
    top = int(np.argmax(row))
    return [
        Question(
            t(
                "Compute the softmax probabilities of the scores {row}: exponentials, sum, probabilities.",
                row=listed(row),
            ),
            t(
                "Exponentials {weights}; sum {total}; probabilities {probabilities}.",
                weights=", ".join(weights),
                total=total,
                probabilities=probabilities,
            ),
            6,
        ),
        Question(
            t("Add {added} to each of these scores. What are the probabilities now, and why?", added=added),
            t(
                "Still {probabilities}: every exponential and the sum grow by the same factor.",
                probabilities=probabilities,
            ),
        ),
        Question(
            t(
                "Double all of them instead. Class {label} has the highest score: does its probability grow?",
                label=top,
            ),
            t(
                "Yes, from {before} to {after}.",
                before=parts[top],
                after=numeral(float(doubled[top])),
            ),
        ),
        Question(
            t(
                "Back to the scores as they were at first: class {label} is the true one (counted from 0). "
                "What is the cross-entropy loss, in nats?",
                label=true,
            ),
            t(
                "−log {probability} = {loss}",
                probability=parts[true],
                loss=loss,
            ),
        ),
        Question(
            t(
                "Two classes have the scores {row}. Use the sigmoid for the probability of the first.",
                row=listed(pair),
            ),
            t(
                "1 / (1 + e^−({gap})) = {probability}",
                gap=numeral(pair[0] - pair[1]),
                probability=numeral(first),
            ),
        ),
    ]


def _printed(steps: SoftmaxSteps, true: int, loss: str) -> tuple[list[str], str, list[str]]:
    """Exponentials, their sum and the probabilities, in so many digits that one follows from another."""
    for digits in range(_DIGITS, _MAX_DIGITS):
        probabilities = [numeral(probability, digits) for probability in steps.probs.tolist()]
        if numeral(-math.log(float(probabilities[true]))) == loss:
            break
    for places in range(digits, _MAX_DIGITS):
        weights = [f"{weight:.{places}g}" for weight in steps.exponentials.tolist()]
        total = numeral(steps.total, places)
        added = math.fsum(map(float, weights))
        divided = [numeral(float(weight) / float(total), digits) for weight in weights]
        if numeral(added, places) == total and divided == probabilities:
            break
    return weights, total, probabilities
