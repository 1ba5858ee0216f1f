"""A prediction by a sketch on the lesson on losses: the cross-entropy over the gap of two classes."""

from __future__ import annotations

from collections.abc import Sequence

from streamlit.delta_generator import DeltaGenerator

from lessons.losses.model import DIGITS
from lessons.losses.pictures.slices import BOUNDS, SKETCHED, cross_entropies, slices
from softmax_core import sigmoid
from softmax_core.losses import gap_slice
from ui import controls
from ui.charts.sketched import is_like, read, written
from ui.claims import first_true
from ui.numerals import numeral
from ui.page import Page
from ui.predict import ask
from ui.predict.ask import Verdict

NEAR = 0.3
MARGIN = 1.0
_START = 1.0
_GAPS = tuple(map(numeral, SKETCHED))
_TRUE = tuple(cross_entropies(SKETCHED))
_HINGE = tuple(map(float, gap_slice("weston_watkins", SKETCHED, MARGIN).losses))
_RIVAL = tuple(float(sigmoid(gap)) for gap in SKETCHED)
_LEFT, _EVEN, _RIGHT = 0, SKETCHED.index(0.0), len(SKETCHED) - 1
_KNOWN = {
    "left": numeral(_TRUE[_LEFT], DIGITS),
    "even": numeral(_TRUE[_EVEN], DIGITS),
    "right": numeral(_TRUE[_RIGHT], DIGITS),
}


def cross_entropy(page: Page, beside: DeltaGenerator) -> Verdict | None:
    """Where the cross-entropy of two classes lies, given the hinge."""
    sketch = ask.Sketch(
        start=[_START] * len(SKETCHED),
        bounds=BOUNDS,
        draw=lambda heights, told: slices(
            controls.coming("margin") if told else MARGIN, heights, page.t, told
        ),
        judge=lambda heights: judge(page, heights),
        truth=lambda: Verdict(
            written(_GAPS, [numeral(loss) for loss in _TRUE]), True, page.text("gap-truth", **_KNOWN)
        ),
        labels=_GAPS,
        target=_TRUE,
        near=NEAR,
    )
    return ask.sketch(page, "losses-gap", page.text("gap-question"), sketch, beside=beside)


def judge(page: Page, heights: Sequence[float]) -> Verdict:
    """Right if every height is near the loss; else what the sketch as a whole looks like."""
    off = [abs(height - true) for height, true in zip(heights, _TRUE, strict=True)]
    close = [each <= NEAR for each in off]
    section = first_true(
        {
            "gap-near": all(close),
            "gap-reversed": heights[_LEFT] > heights[_RIGHT],
            "gap-hinge": is_like(heights, _HINGE, NEAR),
            "gap-bounded": is_like(heights, _RIVAL, NEAR),
            "gap-even": sum(close) == len(close) - 1 and not close[_EVEN],
            "gap-some": any(close),
        }
    )
    far = off.index(max(off))
    live = {
        "gap": _GAPS[far],
        "drawn": read(heights[far]),
        "loss": numeral(_TRUE[far], DIGITS),
        "close": sum(close),
        "count": len(close),
        **_KNOWN,
    }
    reason = page.text(section or "gap-far", **live)
    return Verdict(written(_GAPS, list(map(read, heights))), all(close), reason)
