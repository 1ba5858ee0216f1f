"""A prediction by a sketch on the lesson on information: the surprise over the probability."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

from streamlit.delta_generator import DeltaGenerator

from lessons.information.beliefs import shown
from lessons.information.pictures.coin import BOUNDS, FAIR, SKETCHED, bits, surprise
from ui.charts.sketched import is_like, read, written
from ui.claims import first_true
from ui.page import Page
from ui.predict import ask
from ui.predict.ask import Verdict

NEAR = 0.3
_PLACES, _NAMES = tuple(SKETCHED), tuple(SKETCHED.values())
_TRUE = tuple(map(bits, _PLACES))
_STRAIGHT = tuple(2 * (1 - q) for q in _PLACES)  # through 1 bit at ½ and none at 1
_RECIPROCAL = tuple(FAIR / q for q in _PLACES)


def coin(page: Page, told_of: Callable[[], float], beside: DeltaGenerator) -> Verdict | None:
    """How surprised one is by an outcome that was held to be rarer, or certain.

    Once it is told, the picture shows the surprise of the q that `told_of` returns.
    """
    sketch = ask.Sketch(
        start=[bits(FAIR)] * len(_PLACES),
        bounds=BOUNDS,
        draw=lambda heights, told: surprise(told_of() if told else FAIR, heights, page.t, told),
        judge=lambda heights: judge(page, heights),
        truth=lambda: Verdict(written(_NAMES, list(map(shown, _TRUE))), True, page.text("coin-right")),
        labels=_NAMES,
        target=_TRUE,
        near=NEAR,
    )
    return ask.sketch(page, "information-coin", page.text("coin-question"), sketch, beside=beside)


def judge(page: Page, heights: Sequence[float]) -> Verdict:
    """Right if every height is near its surprise; else what the sketch as a whole looks like."""
    off = [abs(height - true) for height, true in zip(heights, _TRUE, strict=True)]
    *rarer, certain = (each <= NEAR for each in off)
    section = first_true(
        {
            "coin-right": max(off) <= NEAR,
            "coin-less": _falls(heights),
            "coin-straight": is_like(heights, _STRAIGHT, NEAR),
            "coin-reciprocal": is_like(heights, _RECIPROCAL, NEAR),
            "coin-certain": all(rarer) and not certain,
            "coin-some": any((*rarer, certain)),
        }
    )
    far = off.index(max(off))
    live = {
        "q": _NAMES[far],
        "drawn": read(heights[far]),
        "bits": shown(_TRUE[far]),
        "close": sum((*rarer, certain)),
        "count": len(off),
    }
    reason = page.text(section or "coin-far", **live)
    return Verdict(written(_NAMES, list(map(read, heights))), max(off) <= NEAR, reason)


def _falls(heights: Sequence[float]) -> bool:
    """Whether of two probabilities the smaller was drawn to surprise less."""
    in_order = sorted([*zip(_PLACES, heights, strict=True), (FAIR, bits(FAIR))])
    return any(rarer < likelier for (_, rarer), (_, likelier) in combinations(in_order, 2))
