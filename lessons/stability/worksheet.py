"""Worksheet of the lesson on stability."""

from __future__ import annotations

import numpy as np

from lessons.stability.causes import ends_of_exp
from softmax_core import softmax_steps
from softmax_core.numerics import FormatName, safe_shift_interval
from ui.numerals import inwards, numeral, row
from ui.sheet import Question
from ui.text import Language

_FORMATS: tuple[FormatName, ...] = ("float16", "float32", "float64")


def questions(t: Language, rng: np.random.Generator) -> list[Question]:
    scores = [float(rng.integers(*bounds)) for bounds in ((120, 300), (400, 600), (720, 950))]
    naive, shifted = (softmax_steps(scores, name, "float64") for name in ("naive", "shifted"))
    narrow, summed = (softmax_steps(scores, name, "float32") for name in ("shifted", "logsumexp"))
    safe = safe_shift_interval(scores, "float64")
    low, high = inwards(safe.low_total, safe.high)
    limits = ", ".join(f"{name} {ends_of_exp(name)[1]}" for name in _FORMATS)
    return [
        Question(
            t(
                "From about which score on does exp overflow in {formats}? "
                "(It is the logarithm of the largest number.)",
                formats=", ".join(_FORMATS),
            ),
            limits,
            2,
        ),
        Question(
            t("The scores are {row}. What does the naive softmax give in float64, and why?", row=row(scores)),
            t(
                "{probs}: the exponentials are {weights}, and inf / inf is nan.",
                probs=row(naive.probs.tolist()),
                weights=row(naive.exponentials.tolist()),
            ),
        ),
        Question(
            t("What is the usual log C for them, and what are the shifted scores?"),
            t(
                "log C = {shift}; {shifted}",
                shift=numeral(shifted.shift),
                shifted=row(shifted.shifted.tolist()),
            ),
        ),
        Question(
            t("In which interval may log C lie in float64 so that the sum is neither 0 nor infinite?"),
            t("From {low} to {high}; −max lies within.", low=low, high=high),
        ),
        Question(
            t(
                "Class 0 is the true one. What is −log p after the shifted softmax in float32? "
                "What is the loss really?"
            ),
            t(
                "p becomes {probability}, so −log p = {loss}. From log-sum-exp: {true}.",
                probability=numeral(float(narrow.probs[0])),
                loss=numeral(float(narrow.losses[0])),
                true=numeral(float(summed.losses[0])),
            ),
        ),
    ]
