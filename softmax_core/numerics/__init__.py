"""Where floating-point numbers end and how a formula fails there: the formats and their limits, softmax step
by step, the ways to write it wrongly, and an exact reference to measure them all by."""

from softmax_core._dtypes import DTYPES, Format, FormatName
from softmax_core._exact import (
    exact_cross_entropy,
    exact_log_softmax,
    exact_logsumexp,
    exact_softmax,
    ulp_error,
)
from softmax_core._limits import FloatLimits, float_limits
from softmax_core.numerics._decimal_hinge import DecimalHinge, decimal_hinge
from softmax_core.numerics._divergence import DivergenceSweep, divergence_sweep
from softmax_core.numerics._rescale import (
    largest_difference,
    range_fault,
    rescale,
    sharpens,
    steps_in_range,
    unscale,
)
from softmax_core.numerics._safe_shifts import SafeShifts, safe_shift_interval
from softmax_core.numerics._steps import ALGORITHMS, Algorithm, Failure, SoftmaxSteps, softmax_steps
from softmax_core.numerics._trials import Trial, try_variant
from softmax_core.numerics._variants import (
    clipped_log_loss,
    log_of_softmax,
    log_softmax_shifted,
    loss_from_logsumexp,
    loss_from_probability,
    softmax_clamped_max,
    softmax_free_shift,
    softmax_global_max,
    softmax_integer_inplace,
    softmax_naive,
    softmax_shifted,
    softmax_twice,
    softmax_wrong_sign,
)

__all__ = [
    "ALGORITHMS",
    "DTYPES",
    "Algorithm",
    "DecimalHinge",
    "DivergenceSweep",
    "Failure",
    "FloatLimits",
    "Format",
    "FormatName",
    "SafeShifts",
    "SoftmaxSteps",
    "Trial",
    "clipped_log_loss",
    "decimal_hinge",
    "divergence_sweep",
    "exact_cross_entropy",
    "exact_log_softmax",
    "exact_logsumexp",
    "exact_softmax",
    "float_limits",
    "largest_difference",
    "log_of_softmax",
    "log_softmax_shifted",
    "loss_from_logsumexp",
    "loss_from_probability",
    "range_fault",
    "rescale",
    "safe_shift_interval",
    "sharpens",
    "softmax_clamped_max",
    "softmax_free_shift",
    "softmax_global_max",
    "softmax_integer_inplace",
    "softmax_naive",
    "softmax_shifted",
    "softmax_steps",
    "softmax_twice",
    "softmax_wrong_sign",
    "steps_in_range",
    "try_variant",
    "ulp_error",
    "unscale",
]
