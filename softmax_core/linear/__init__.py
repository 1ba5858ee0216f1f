"""The linear classifier: its parameters and its scores, the objective that it minimises, and how that looks:
its gradient and the check of it, its penalties, and planes through the space of the weights."""

from softmax_core.linear._centres import centre_directions
from softmax_core.linear._directions import (
    PathPlane,
    params_on_plane,
    path_directions,
    random_directions,
    weight_directions,
)
from softmax_core.linear._doubling import doubling_direction
from softmax_core.linear._gradient_check import GradientCheck, check_gradient, kink_distance
from softmax_core.linear._objective import (
    Objective,
    Rescaling,
    objective,
    objective_gradient,
    rescale_objective,
)
from softmax_core.linear._params import LinearParams, linear_scores, scaled_params
from softmax_core.linear._penalties import Penalty, penalty, same_penalty
from softmax_core.linear._plane_minimum import PlaneMinimum, plane_minimum
from softmax_core.linear._surfaces import WeightSurface, weight_surface

__all__ = [
    "GradientCheck",
    "LinearParams",
    "Objective",
    "PathPlane",
    "Penalty",
    "PlaneMinimum",
    "Rescaling",
    "WeightSurface",
    "centre_directions",
    "check_gradient",
    "doubling_direction",
    "kink_distance",
    "linear_scores",
    "objective",
    "objective_gradient",
    "params_on_plane",
    "path_directions",
    "penalty",
    "plane_minimum",
    "random_directions",
    "rescale_objective",
    "same_penalty",
    "scaled_params",
    "weight_directions",
    "weight_surface",
]
