"""The way of a linear run over its own objective."""

from dataclasses import dataclass

import numpy as np

from softmax_core._inputs import Array
from softmax_core.data import Data
from softmax_core.directions import PathPlane, params_on_plane, path_directions
from softmax_core.linear import LinearParams
from softmax_core.objective import objective
from softmax_core.surfaces import WeightSurface, weight_surface
from softmax_core.training.config import TrainConfig
from softmax_core.training.history import TrainHistory

PATH_POINTS = 64
_ROOM = 0.25  # of the path's extent, left free on every side
_FLATTEST = 0.35  # the surface is at least so wide across the path, as a share of the path's length


@dataclass(frozen=True, slots=True, eq=False)
class PathSurface:
    """A run and the objective around it.

    Attributes:
        plane: the plane through the first and the last point of the path, and where each point is in it.
        surface: the objective over a rectangle of the plane that holds the path.
        steps: (n_points,), the step of each point.
        heights: (n_points,), the objective at each point itself, which the run had there.
        feet: (n_points,), the objective at its foot on the plane: where the drawn surface has it. The two
            differ by what `plane.distances` leaves out; at the first and the last point they are the same.
    """

    plane: PathPlane
    surface: WeightSurface
    steps: Array
    heights: Array
    feet: Array


def path_on_surface(
    history: TrainHistory,
    config: TrainConfig | None = None,
    data: Data | None = None,
    a_points: int = 41,
    b_points: int = 41,
    step: int | None = None,
) -> PathSurface:
    """Lay a plane through the path of a run and compute the objective over it.

    Args:
        history: of a model without a hidden layer.
        config: names the loss, its margin and the penalty of the surface; by default the newest settings.
        data: the samples of the surface; by default the newest.
        a_points, b_points: how many columns and rows the surface has, each at least 2.
        step: up to where the path goes; by default the newest step.

    Returns:
        A `PathSurface` with at most 64 points, evenly over the steps, the first and the last one
        among them. A point whose parameters are not finite, or whose objective is not, ends the path.

    Raises:
        ValueError: the model has a hidden layer, the path does not move, or there are too few rows.

    Formula:
        heights = L(θ_t); feet = L(θ_last + a_t·d₁ + b_t·d₂); see `path_directions`.

    Why so:
        For "quadratic" the plane lies in the space of its weights, and the samples are what the model makes
        of them. Points far below or above the surface would be puzzling: `feet` is what to draw on it.

    >>> from softmax_core.data import small_blobs
    >>> from softmax_core.training import TrainConfig, run_training
    >>> found = path_on_surface(run_training(TrainConfig(), small_blobs(seed=0), 30), a_points=5, b_points=4)
    >>> found.surface.total.shape, len(found.steps), bool(found.heights[-1] == found.feet[-1])
    ((4, 5), 31, True)
    """
    if min(a_points, b_points) < 2:
        raise ValueError("a surface needs at least two rows and two columns")
    settings = history.config if config is None else config
    samples = history.data if data is None else data
    layout = history.head.layout
    if layout.model == "hidden":
        raise ValueError("only a model without a hidden layer has a plane of weights and biases")
    last = history.head.step if step is None else step
    wanted = np.unique(np.linspace(0, last, min(PATH_POINTS, last + 1)).round().astype(np.intp)).tolist()
    seen = Data(layout.inputs(samples.X)[:-1].T, samples.labels)
    path, heights = list[LinearParams](), list[float]()
    for state in history.states(wanted):
        params = layout.as_linear(state.theta.astype(np.float64))
        height = _height(params, seen, settings)
        if not np.isfinite(height):
            break
        path.append(params)
        heights.append(height)
    plane = path_directions(path)
    across = plane.direction_1, plane.direction_2
    a, b = _axes(plane.coordinates, a_points, b_points)
    surface = weight_surface(plane.origin, seen, settings.loss, settings.l2, *across, a, b, settings.margin)
    feet = [
        _height(params_on_plane(plane.origin, *across, *spot), seen, settings) for spot in plane.coordinates
    ]
    feet[0], feet[-1] = heights[0], heights[-1]
    return PathSurface(plane, surface, np.array(wanted[: len(path)]), np.array(heights), np.array(feet))


def _height(params: LinearParams, data: Data, config: TrainConfig) -> float:
    try:
        return objective(params, data, config.loss, config.l2, config.margin).total
    except ValueError:  # a score is not finite
        return float("nan")


def _axes(places: Array, a_points: int, b_points: int) -> tuple[Array, Array]:
    """Over the places (n_points, 2) and some room on every side."""
    low, high = places.min(axis=0), places.max(axis=0)
    middle, half = (low + high) / 2, (high - low) * (0.5 + _ROOM)
    half = np.maximum(half, _FLATTEST / 2 * (high - low).max())
    a, b = (
        np.linspace(middle[k] - half[k], middle[k] + half[k], n) for k, n in ((0, a_points), (1, b_points))
    )
    return a, b
