"""What log-sum-exp makes of the loss of the surest class, and what log1p keeps of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import expm1

from softmax_core import cross_entropy, softmax_steps
from softmax_core.numerics import FormatName
from ui.claims import first_true
from ui.numerals import numeral


def surest(scores: Sequence[float], dtype: FormatName) -> tuple[str, Mapping[str, str]]:
    """The section that is true of the class with the highest score, and its figures.

    x is what the other exponentials add to the 1 of that class.
    """
    steps = softmax_steps(scores, "logsumexp", dtype)
    label = steps.scores.tolist().index(max(steps.scores.tolist()))
    computed, loss = float(steps.losses[label]), float(cross_entropy(steps.scores, label))
    figures = {
        "label": str(label),
        "dtype": dtype,
        "rest": numeral(expm1(loss)),
        "computed": numeral(computed),
        "truth": numeral(loss),
    }
    said = first_true(
        {
            "sure-too-small": loss == 0,
            "sure-lost": computed == 0,
            "sure-worn": figures["computed"] != figures["truth"],
        }
    )
    return said or "sure-kept", figures
