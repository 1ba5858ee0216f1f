"""What the lesson on losses computes for its example, to read."""

from __future__ import annotations

from softmax_core import reference
from ui.reference import CLOSE, Reference

EXAMPLE = Reference(
    functions=(
        reference.linear_scores,
        reference.hinge_terms,
        reference.hinge,
        reference.hinge_gradient,
        reference.softmax,
        reference.cross_entropy,
        reference.cross_entropy_gradient,
    ),
    kernels=("softmax_core.numerics", "softmax_core.losses", "softmax_core.linear"),
    agreement=CLOSE,
    within={"error": reference.AGREEMENT},
)
