"""The worked numbers of CS231n's notes, each recomputed and compared, and how far the drawing of the data
decides the run that they print."""

from softmax_core.notes._gold import BLOWUP, ERRATA, GOLD, QUANTITIES, GoldRow, Recomputed, recompute
from softmax_core.notes._spiral_band import SpiralBand, spiral_band

__all__ = [
    "BLOWUP",
    "ERRATA",
    "GOLD",
    "QUANTITIES",
    "GoldRow",
    "Recomputed",
    "SpiralBand",
    "recompute",
    "spiral_band",
]
