"""What the lesson on names computes, to read."""

from __future__ import annotations

from softmax_core import reference
from ui.reference import CLOSE, Reference

NAMES = Reference(
    functions=(
        reference.softmax,
        reference.cross_entropy,
        reference.hinge_terms,
        reference.hinge,
        reference.sigmoid,
    ),
    kernels=("softmax_core.functions", "softmax_core.losses", "softmax_core.numerics"),
    agreement=CLOSE,
    within={"error": reference.AGREEMENT},
)
