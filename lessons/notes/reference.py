"""What the lesson on the notes’ numbers computes, to read."""

from __future__ import annotations

from softmax_core import reference
from ui.reference import CLOSE, Reference

NUMBERS = Reference(
    functions=(
        reference.agrees,
        reference.linear_scores,
        reference.hinge_terms,
        reference.hinge,
        reference.softmax,
        reference.cross_entropy,
        reference.cross_entropy_gradient,
        reference.penalty,
    ),
    kernels=("softmax_core.notes", "softmax_core.linear"),
    agreement=CLOSE,
    within={"error": reference.AGREEMENT},
)
