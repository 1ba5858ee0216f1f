"""Worksheet of the lesson on information."""

from __future__ import annotations

import numpy as np

from charts.numerals import numeral, row
from softmax_core import distribution_cross_entropy, entropy, kl_divergence
from ui.text import Language
from ui.worksheets.sheet import Question


def questions(t: Language, rng: np.random.Generator) -> list[Question]:
    truth, guess = _shares(rng), _shares(rng)
    both = {"truth": row(truth), "guess": row(guess)}
    mixed, own = float(distribution_cross_entropy(truth, guess)), float(entropy(truth))
    there, back = float(kl_divergence(truth, guess)), float(kl_divergence(guess, truth))
    return [
        Question(t("Compute the entropy of p = {truth}, in nats.", truth=both["truth"]), numeral(own), 4),
        Question(
            t("Compute the cross-entropy H(p, q) with q = {guess}, in nats.", guess=both["guess"]),
            numeral(mixed),
            4,
        ),
        Question(
            t("How much of it is KL(p‖q)? Check that the parts add up."),
            t("{mixed} − {own} = {there}", mixed=numeral(mixed), own=numeral(own), there=numeral(there)),
        ),
        Question(
            t("Compute KL(q‖p). Is it the same?"),
            t("{back}; KL(p‖q) was {there}.", back=numeral(back), there=numeral(there)),
            4,
        ),
        Question(
            t("Give H(p, q) in bits."), numeral(float(distribution_cross_entropy(truth, guess, unit="bits")))
        ),
    ]


def _shares(rng: np.random.Generator) -> list[float]:
    """Three tenths that add up to 1, none of them 0."""
    first, second = sorted(rng.choice(np.arange(1, 10), 2, replace=False).tolist())
    return [first / 10, (second - first) / 10, (10 - second) / 10]
