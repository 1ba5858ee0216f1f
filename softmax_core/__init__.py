"""The mathematics of the softmax classifier in NumPy: accurate, fast, and written to be read."""

from softmax_core._dtypes import DTYPES
from softmax_core.data import Data, small_blobs
from softmax_core.directions import (
    PathPlane,
    params_on_plane,
    path_directions,
    random_directions,
    weight_directions,
)
from softmax_core.divergence import DivergenceSweep, divergence_sweep
from softmax_core.exact import (
    exact_cross_entropy,
    exact_log_softmax,
    exact_logsumexp,
    exact_softmax,
    ulp_error,
)
from softmax_core.functions import log_softmax, logsumexp, sigmoid, softmax
from softmax_core.gap_descent import DescentPath, steepest_descent_path
from softmax_core.gap_surfaces import GapSlice, gap_slice, gap_surface, gap_surface_gradient
from softmax_core.gradients import GradientCheck, check_gradient, kink_distance
from softmax_core.hinge import (
    hinge_terms,
    squared_weston_watkins_hinge,
    squared_weston_watkins_hinge_gradient,
    weston_watkins_hinge,
    weston_watkins_hinge_gradient,
)
from softmax_core.hinge_relatives import (
    crammer_singer_hinge,
    crammer_singer_hinge_gradient,
    one_vs_all_hinge,
    one_vs_all_hinge_gradient,
    zero_one_loss,
)
from softmax_core.limits import FloatLimits, SafeShifts, float_limits, safe_shift_interval
from softmax_core.linear import LinearParams, linear_scores, scaled_params
from softmax_core.loss_table import LOSSES, Loss
from softmax_core.losses import (
    cross_entropy,
    cross_entropy_gradient,
    soft_cross_entropy,
    soft_cross_entropy_gradient,
)
from softmax_core.objective import Objective, Rescaling, objective, objective_gradient, rescale_objective
from softmax_core.rescale import largest_difference, rescale, sharpens, steps_in_range, unscale
from softmax_core.simplex import CORNERS, simplex_point, temperature_path
from softmax_core.steps import ALGORITHMS, Failure, SoftmaxSteps, softmax_steps
from softmax_core.surfaces import WeightSurface, weight_surface
from softmax_core.trials import Trial, try_variant
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
    "LOSSES",
    "Data",
    "DescentPath",
    "DivergenceSweep",
    "Failure",
    "FloatLimits",
    "GapSlice",
    "GradientCheck",
    "LinearParams",
    "Loss",
    "Objective",
    "PathPlane",
    "Rescaling",
    "SafeShifts",
    "SoftmaxSteps",
    "Trial",
    "WeightSurface",
    "check_gradient",
    "clipped_log_loss",
    "crammer_singer_hinge",
    "crammer_singer_hinge_gradient",
    "cross_entropy",
    "cross_entropy_gradient",
    "divergence_sweep",
    "exact_cross_entropy",
    "exact_log_softmax",
    "exact_logsumexp",
    "exact_softmax",
    "float_limits",
    "gap_slice",
    "gap_surface",
    "gap_surface_gradient",
    "hinge_terms",
    "kink_distance",
    "largest_difference",
    "linear_scores",
    "log_of_softmax",
    "log_softmax",
    "log_softmax_shifted",
    "logsumexp",
    "loss_from_logsumexp",
    "loss_from_share",
    "objective",
    "objective_gradient",
    "one_vs_all_hinge",
    "one_vs_all_hinge_gradient",
    "params_on_plane",
    "path_directions",
    "random_directions",
    "rescale",
    "rescale_objective",
    "safe_shift_interval",
    "scaled_params",
    "sharpens",
    "sigmoid",
    "simplex_point",
    "small_blobs",
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
    "squared_weston_watkins_hinge",
    "squared_weston_watkins_hinge_gradient",
    "steepest_descent_path",
    "steps_in_range",
    "temperature_path",
    "try_variant",
    "ulp_error",
    "unscale",
    "weight_directions",
    "weight_surface",
    "weston_watkins_hinge",
    "weston_watkins_hinge_gradient",
    "zero_one_loss",
]
