"""The mathematics of the softmax classifier in NumPy: accurate, fast, and written to be read."""

from softmax_core._dtypes import DTYPES
from softmax_core.divergence import DivergenceSweep, divergence_sweep
from softmax_core.exact import (
    exact_cross_entropy,
    exact_log_softmax,
    exact_logsumexp,
    exact_softmax,
    ulp_error,
)
from softmax_core.functions import log_softmax, logsumexp, sigmoid, softmax
from softmax_core.limits import FloatLimits, SafeShifts, float_limits, safe_shift_interval
from softmax_core.losses import (
    cross_entropy,
    cross_entropy_gradient,
    soft_cross_entropy,
    soft_cross_entropy_gradient,
)
from softmax_core.rescale import largest_difference, rescale, sharpens, steps_in_range, unscale
from softmax_core.simplex import CORNERS, simplex_point, temperature_path
from softmax_core.steps import ALGORITHMS, Failure, SoftmaxSteps, softmax_steps
from softmax_core.variants import (
    clipped_log_loss,
    log_of_softmax,
    log_softmax_shifted,
    loss_from_logsumexp,
    loss_from_share,
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
    "CORNERS",
    "DTYPES",
    "DivergenceSweep",
    "Failure",
    "FloatLimits",
    "SafeShifts",
    "SoftmaxSteps",
    "clipped_log_loss",
    "cross_entropy",
    "cross_entropy_gradient",
    "divergence_sweep",
    "exact_cross_entropy",
    "exact_log_softmax",
    "exact_logsumexp",
    "exact_softmax",
    "float_limits",
    "largest_difference",
    "log_of_softmax",
    "log_softmax",
    "log_softmax_shifted",
    "logsumexp",
    "loss_from_logsumexp",
    "loss_from_share",
    "rescale",
    "safe_shift_interval",
    "sharpens",
    "sigmoid",
    "simplex_point",
    "soft_cross_entropy",
    "soft_cross_entropy_gradient",
    "softmax",
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
    "temperature_path",
    "ulp_error",
    "unscale",
]
