"""What the core computes about sentences of the notes that are not quite right."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np

from softmax_core import cross_entropy, weston_watkins_hinge
from softmax_core.numerics import divergence_sweep
from ui.numerals import numeral, row

TENTH = (12.3, 45.6, 78.9)  # of the notes' scores: so small that nothing overflows
CLASSES = 10


@cache
def division() -> Mapping[str, str]:
    """The largest error of the naive softmax, which divides huge numbers, and of the shifted one, in ulp."""
    sweep = divergence_sweep(TENTH, [1.0], "float64")
    return {
        "scores": row(TENTH),
        "total": numeral(float(np.exp(TENTH).sum())),
        "naive": numeral(float(sweep.naive_ulp[0])),
        "shifted": numeral(float(sweep.shifted_ulp[0])),
    }


@cache
def at_zero() -> Mapping[str, str]:
    """What an example costs at W = 0, where all its scores are equal."""
    scores = np.zeros(CLASSES)
    return {
        "classes": str(CLASSES),
        "hinge": numeral(float(weston_watkins_hinge(scores, 0)), 7),
        "entropy": numeral(float(cross_entropy(scores, 0)), 7),
    }
