"""Worksheet of the lesson on the losses."""

from __future__ import annotations

import numpy as np

from softmax_core import cross_entropy, cross_entropy_gradient
from softmax_core.losses import gap_slice
from softmax_core.numerics import decimal_hinge, rescale
from ui.numerals import numeral, row
from ui.sheet import Question, draw_scores, listed
from ui.text import Language

_CLASS_COUNTS = (5, 10, 20, 100)
_MARGIN = 1.0
_GAPS, _SKETCHED_MARGINS = (-4.0, -2.0, 0.0, 2.0), (1, 4)


def questions(t: Language, rng: np.random.Generator) -> list[Question]:
    scores, true, count = draw_scores(rng), int(rng.integers(3)), int(rng.choice(_CLASS_COUNTS))
    hinge = decimal_hinge(scores, true, _MARGIN)
    while hinge.kinks:  # there the hinge has no gradient to ask for
        scores = draw_scores(rng)
        hinge = decimal_hinge(scores, true, _MARGIN)
    entropy = float(cross_entropy(scores, true))
    terms = [term for index, term in enumerate(hinge.terms) if index != true]
    twice, even = rescale(scores, 0.0, 0.5), [0.0] * count
    return [
        Question(
            t(
                "The scores are {row}, class {label} is the true one (counted from 0), Δ = 1. "
                "Compute the hinge loss: a term for each rival.",
                row=row(scores),
                label=true,
            ),
            t(
                "{terms}, so L = {loss}",
                terms=" + ".join(numeral(term) for term in terms),
                loss=numeral(hinge.loss),
            ),
        ),
        Question(t("Compute the cross-entropy loss of the same example, in nats."), numeral(entropy)),
        Question(
            t("Write the gradient of each of the two losses with respect to the scores."),
            t(
                "Hinge {hinge}; cross-entropy {entropy}, which is p less 1 at the true class.",
                hinge=row(hinge.gradient),
                entropy=row(cross_entropy_gradient(scores, true).tolist()),
            ),
        ),
        Question(
            t("All scores are doubled. What are the two losses now?"),
            t(
                "Hinge {hinge}, cross-entropy {entropy}.",
                hinge=numeral(decimal_hinge(twice.tolist(), true, _MARGIN).loss),
                entropy=numeral(float(cross_entropy(twice, true))),
            ),
        ),
        Question(
            t(
                "A classifier that has learned nothing gives {count} classes the same score. "
                "What are its two losses?",
                count=count,
            ),
            t(
                "Hinge {hinge}, one for each rival; cross-entropy log {count} = {entropy}.",
                hinge=numeral(decimal_hinge(even, 0, _MARGIN).loss),
                count=count,
                entropy=numeral(float(cross_entropy(even, 0))),
            ),
        ),
        _curves(t, float(rng.integers(*_SKETCHED_MARGINS))),
    ]


def _curves(t: Language, margin: float) -> Question:
    """A sketch of both losses over the gap of two classes."""
    hinge, entropy = (
        gap_slice(loss, _GAPS, margin).losses.tolist() for loss in ("weston_watkins", "cross_entropy")
    )
    return Question(
        t(
            "Two classes: sketch both losses over the gap f_j − f_y from −4 to 2, with Δ = {margin}. What "
            "are they at {gaps}?",
            margin=numeral(margin),
            gaps=listed(_GAPS),
        ),
        t("Hinge {hinge}; cross-entropy {entropy}.", hinge=listed(hinge), entropy=listed(entropy)),
        6,
    )
