"""Worksheet of the lesson on information."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from charts.numerals import numeral, row
from softmax_core import distribution_cross_entropy, entropy, kl_divergence
from ui.text import Language
from ui.worksheets.sheet import Question

_NOTICED = 0.005
_DECIMALS, _MOST_DECIMALS = 4, 13


def questions(t: Language, rng: np.random.Generator) -> list[Question]:
    truth, guess = _pair(rng)
    both = {"truth": row(truth), "guess": row(guess)}
    there = float(kl_divergence(truth, guess))
    mixed, own, kl = _adding_up(float(distribution_cross_entropy(truth, guess)), float(entropy(truth)), there)
    return [
        Question(t("Compute the entropy of p = {truth}, in nats.", truth=both["truth"]), own, 4),
        Question(
            t("Compute the cross-entropy H(p, q) with q = {guess}, in nats.", guess=both["guess"]),
            mixed,
            4,
        ),
        Question(
            t("How much of it is KL(p‖q)? Check that the parts add up."),
            t("{mixed} − {own} = {there}", mixed=mixed, own=own, there=kl),
        ),
        Question(
            t("Compute KL(q‖p). Is it the same?"),
            t("{back}; KL(p‖q) was {there}.", back=numeral(float(kl_divergence(guess, truth))), there=kl),
            4,
        ),
        Question(
            t("Give H(p, q) in bits."), numeral(float(distribution_cross_entropy(truth, guess, unit="bits")))
        ),
    ]


def _pair(rng: np.random.Generator) -> tuple[list[float], list[float]]:
    """Two rows of shares between which the divergence differs from one direction to the other."""
    while True:
        truth, guess = _shares(rng), _shares(rng)
        if abs(float(kl_divergence(truth, guess)) - float(kl_divergence(guess, truth))) > _NOTICED:
            return truth, guess


def _adding_up(whole: float, *parts: float) -> list[str]:
    """Numbers with as many decimals as it takes that the parts make up the whole as printed."""
    for places in range(_DECIMALS, _MOST_DECIMALS):
        written = [f"{value:.{places}f}" for value in (whole, *parts)]
        if Decimal(written[0]) == sum(map(Decimal, written[1:])):
            break
    return written


def _shares(rng: np.random.Generator) -> list[float]:
    """Three tenths that add up to 1, none of them 0."""
    first, second = sorted(rng.choice(np.arange(1, 10), 2, replace=False).tolist())
    return [first / 10, (second - first) / 10, (10 - second) / 10]
