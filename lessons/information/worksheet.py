"""Worksheet of the lesson on information: surprise, likelihood, the prior behind λ, and how sure it looks."""

from __future__ import annotations

from decimal import Decimal
from math import sqrt

import numpy as np

from softmax_core import (
    Data,
    LinearParams,
    distribution_cross_entropy,
    entropy,
    expected_calibration_error,
    float_limits,
    kl_divergence,
    log_likelihood,
    softmax,
)
from softmax_core.information import prior_variance, running_likelihood
from softmax_core.numerics import rescale
from ui.numerals import numeral, row
from ui.sheet import Question
from ui.text import Language

_NOTICED = 0.005
_DECIMALS, _MAX_DECIMALS = 4, 13
_CLASS_COUNTS, _LABEL_COUNTS = (3, 5, 10, 20), (1000, 2000, 5000)
_STRENGTHS, _SAMPLE_COUNTS = (0.01, 0.02, 0.05, 0.1, 0.2), (50, 100, 200, 500)
_LARGEST, _GROUP = 3, 20


def questions(t: Language, rng: np.random.Generator) -> list[Question]:
    return [*_surprise(t, rng), _likelihood(t, rng), *_prior(t, rng), _halving(t, rng), _calibration(t, rng)]


def _surprise(t: Language, rng: np.random.Generator) -> list[Question]:
    truth, guess = _pair(rng)
    there = float(kl_divergence(truth, guess))
    mixed, own, kl = _adding_up(float(distribution_cross_entropy(truth, guess)), float(entropy(truth)), there)
    return [
        Question(
            t(
                "The truth is p = {truth}, the estimate q = {guess}. Compute the entropy H(p) and the "
                "cross-entropy H(p, q) in nats, and H(p, q) in bits.",
                truth=row(truth),
                guess=row(guess),
            ),
            t(
                "H(p) = {own}; H(p, q) = {mixed} nats = {bits} bits",
                own=own,
                mixed=mixed,
                bits=numeral(float(distribution_cross_entropy(truth, guess, unit="bits"))),
            ),
        ),
        Question(
            t("How much of H(p, q) is KL(p‖q)? Check that the parts add up. Is KL(q‖p) the same?"),
            t(
                "{mixed} − {own} = {there}. KL(q‖p) is {back}, not the same.",
                mixed=mixed,
                own=own,
                there=kl,
                back=numeral(float(kl_divergence(guess, truth))),
            ),
            2,
        ),
    ]


def _likelihood(t: Language, rng: np.random.Generator) -> Question:
    """Every count of labels is beyond what a product in float64 can hold."""
    classes, count = int(rng.choice(_CLASS_COUNTS)), int(rng.choice(_LABEL_COUNTS))
    flat = LinearParams(np.zeros((1, classes)), np.zeros(classes))
    labels = Data(np.zeros((count, 1)), np.zeros(count, dtype=int))
    run = running_likelihood(flat, labels)
    return Question(
        t(
            "A classifier with W = 0 gives each of {count} labels the probability 1/{classes}. Give the "
            "product of these in float64 and the sum of their logarithms. From which sample on is the "
            "product 0? (What is smaller than e^{least} becomes 0.)",
            count=count,
            classes=classes,
            least=numeral(float_limits("float64").exp_min),
        ),
        t(
            "Product {product}, from sample {first} on; sum −{count} · log {classes} = {sum} nats.",
            product=numeral(float(run.products[-1])),
            first=run.first_zero,
            count=count,
            classes=classes,
            sum=numeral(log_likelihood(flat, labels), 6),
        ),
        2,
    )


def _prior(t: Language, rng: np.random.Generator) -> list[Question]:
    strength, count = float(rng.choice(_STRENGTHS)), int(rng.choice(_SAMPLE_COUNTS))
    variance = prior_variance(strength, count)
    return [
        Question(
            t(
                "The penalty ½λ‖W‖² with λ = {strength} is added to the mean loss of N = {count} samples. "
                "The best W is then the MAP estimate for a Gaussian prior. Give its variance σ² and width σ.",
                strength=numeral(strength),
                count=count,
            ),
            t(
                "σ² = 1/(λN) = {variance}; σ = {width}",
                variance=numeral(variance),
                width=numeral(sqrt(variance)),
            ),
            1,
        ),
        Question(
            t("Now there are four times as many samples, λ stays. What is σ? Which λ would keep the prior?"),
            t(
                "σ = {width}, half as wide; λ = {strength} would keep it.",
                width=numeral(sqrt(prior_variance(strength, 4 * count))),
                strength=numeral(strength / 4),
            ),
            1,
        ),
    ]


def _halving(t: Language, rng: np.random.Generator) -> Question:
    sure = rng.choice(np.arange(-_LARGEST, _LARGEST + 1.0), 3, replace=False)
    diffuse = rescale(sure, temperature=2.0)
    return Question(
        t(
            "A stronger λ halves W, and let b be halved with it: then the scores are halved, as [1, −2, 0] "
            "became [0.5, −1, 0] in CS231n’s notes. Here {sure} become {diffuse}. Compute the probabilities "
            "and their entropy before and after.",
            sure=row(sure.tolist()),
            diffuse=row(diffuse.tolist()),
        ),
        t(
            "{before}; then {after}: less sure, in the same order.",
            before=_looks(t, sure),
            after=_looks(t, diffuse),
        ),
    )


def _looks(t: Language, scores: np.ndarray) -> str:
    probabilities = softmax(scores)
    return t(
        "{probabilities}, H = {entropy} nats",
        probabilities=row(probabilities.tolist()),
        entropy=numeral(float(entropy(probabilities))),
    )


def _calibration(t: Language, rng: np.random.Generator) -> Question:
    """Two groups of predictions, in twentieths: too sure by one to four of them, then less sure by two."""
    sure = np.array([rng.choice([13, 15]), rng.choice([17, 19])])
    right = sure - rng.choice(np.arange(1, 5), 2, replace=False)
    shy = sure - 2
    return Question(
        t(
            "On unseen samples the classifier with the weaker λ makes {size} predictions with a confidence "
            "of {low}, {few} of them right, and {size} with {high}, {many} right. The one with the stronger "
            "λ makes the same ones with {lower} and {less}. Compute both calibration errors, "
            "Σ(n/N)·|confidence − accuracy|. Which of the two is better calibrated?",
            size=_GROUP,
            low=numeral(sure[0] / _GROUP),
            few=right[0],
            high=numeral(sure[1] / _GROUP),
            many=right[1],
            lower=numeral(shy[0] / _GROUP),
            less=numeral(shy[1] / _GROUP),
        ),
        t(
            "Weaker λ {before}: too sure. Stronger λ {after}: better, with as many right. "
            "λ changed the confidence alone.",
            before=_calibration_error(sure, right),
            after=_calibration_error(shy, right),
        ),
        2,
    )


def _calibration_error(confidences: np.ndarray, right: np.ndarray) -> str:
    first = np.repeat(confidences / _GROUP, _GROUP)
    labels = [label for many in right for label in [0] * many + [1] * (_GROUP - many)]
    return numeral(expected_calibration_error(np.stack([first, 1.0 - first], axis=-1), labels))


def _pair(rng: np.random.Generator) -> tuple[list[float], list[float]]:
    """Two rows of probabilities between which the divergence differs from one direction to the other."""
    while True:
        truth, guess = _probabilities(rng), _probabilities(rng)
        if abs(float(kl_divergence(truth, guess)) - float(kl_divergence(guess, truth))) > _NOTICED:
            return truth, guess


def _adding_up(whole: float, *parts: float) -> list[str]:
    """Numbers with as many decimals as it takes that the parts make up the whole as printed."""
    for places in range(_DECIMALS, _MAX_DECIMALS):
        written = [f"{value:.{places}f}" for value in (whole, *parts)]
        if Decimal(written[0]) == sum(map(Decimal, written[1:])):
            break
    return written


def _probabilities(rng: np.random.Generator) -> list[float]:
    """Three tenths that add up to 1, none of them 0."""
    first, second = sorted(rng.choice(np.arange(1, 10), 2, replace=False).tolist())
    return [first / 10, (second - first) / 10, (10 - second) / 10]
