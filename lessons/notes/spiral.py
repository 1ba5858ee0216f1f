"""The notes' training run beside a hundred like it."""

from __future__ import annotations

from functools import cache

from softmax_core.notes import SpiralBand, spiral_band
from ui.claims import first_true

PRINTED = 0.786302  # CS231n, "Neural networks case study", iteration 190
DRAWS, STEPS = 100, 190


@cache
def band() -> SpiralBand:
    """The run on a hundred drawings of its data."""
    return spiral_band(draws=DRAWS, steps=STEPS)


def beside(found: SpiralBand, printed: float = PRINTED) -> str | None:
    """The section that says where the printed end lies among those that were computed."""
    low, high = found.last
    return first_true(
        {
            "spiral-above": printed > high,
            "spiral-below": printed < low,
            "spiral-within": low <= printed <= high,
        }
    )
