"""What scores cost: the cross-entropies and the hinge losses with their gradients, the Brier score, and each
loss over the gaps between scores."""

from softmax_core.losses._brier import brier_score
from softmax_core.losses._cross_entropy import (
    cross_entropy,
    cross_entropy_gradient,
    soft_cross_entropy,
    soft_cross_entropy_gradient,
)
from softmax_core.losses._gap_descent import DescentPath, steepest_descent_path
from softmax_core.losses._gap_surfaces import GapSlice, gap_slice, gap_surface, gap_surface_gradient
from softmax_core.losses._hinge import (
    hinge_terms,
    squared_weston_watkins_hinge,
    squared_weston_watkins_hinge_gradient,
    weston_watkins_hinge,
    weston_watkins_hinge_gradient,
)
from softmax_core.losses._hinge_relatives import (
    crammer_singer_hinge,
    crammer_singer_hinge_gradient,
    one_vs_all_hinge,
    one_vs_all_hinge_gradient,
    zero_one_loss,
)
from softmax_core.losses._table import LOSSES, Loss, LossName

__all__ = [
    "LOSSES",
    "DescentPath",
    "GapSlice",
    "Loss",
    "LossName",
    "brier_score",
    "crammer_singer_hinge",
    "crammer_singer_hinge_gradient",
    "cross_entropy",
    "cross_entropy_gradient",
    "gap_slice",
    "gap_surface",
    "gap_surface_gradient",
    "hinge_terms",
    "one_vs_all_hinge",
    "one_vs_all_hinge_gradient",
    "soft_cross_entropy",
    "soft_cross_entropy_gradient",
    "squared_weston_watkins_hinge",
    "squared_weston_watkins_hinge_gradient",
    "steepest_descent_path",
    "weston_watkins_hinge",
    "weston_watkins_hinge_gradient",
    "zero_one_loss",
]
