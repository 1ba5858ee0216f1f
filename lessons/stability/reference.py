"""What the lesson on stability computes, to read."""

from __future__ import annotations

from softmax_core import reference
from ui.reference import Reference
from ui.text import N_

STEPS = Reference(
    functions=(
        reference.softmax_by_steps,
        reference.losses_by_logs,
        reference.loss_from_sum,
        reference.softmax,
        reference.cross_entropy,
        reference.ends_of_exp,
    ),
    kernels=("softmax_core.numerics", "softmax_core.functions", "softmax_core.losses"),
    agreement=N_(
        "The tests hold each step equal to the last bit in every number format, and the float64 results of "
        "softmax_core to within {error} of their size."
    ),
    within={"error": reference.AGREEMENT},
)
