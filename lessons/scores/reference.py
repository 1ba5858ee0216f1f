"""What the lesson on scores computes, to read."""

from __future__ import annotations

from softmax_core import reference
from ui.reference import CLOSE, Reference

SCORES = Reference(
    functions=(
        reference.rescaled,
        reference.exponentials,
        reference.softmax,
        reference.cross_entropy,
        reference.sigmoid,
    ),
    kernels=("softmax_core.functions", "softmax_core.losses"),
    agreement=CLOSE,
    within={"error": reference.AGREEMENT},
)
