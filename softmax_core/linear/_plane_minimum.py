"""The lowest point of an objective in a plane of weights, to more digits than a grid has."""

from dataclasses import dataclass

import numpy as np

from softmax_core._inputs import Array
from softmax_core.datasets import Data
from softmax_core.linear._params import LinearParams
from softmax_core.linear._surfaces import WeightSurface, loss_plane
from softmax_core.losses import Loss, LossName

_SIDE = 4  # cells of the window on each side of its middle
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class PlaneMinimum:
    """The lowest point of a plane; of a whole floor, the point of it next to a = b = 0.

    Attributes:
        a, b: where it is.
        data, penalty: the parts of the objective there.
        at_edge: whether it lies on the edge of the searched rectangle.
        is_floor: whether the objective, without a penalty, is 0 there up to rounding.
    """

    a: float
    b: float
    data: float
    penalty: float
    at_edge: bool
    is_floor: bool


@np.errstate(all="ignore")
def plane_minimum(
    surface: WeightSurface,
    params: LinearParams,
    data: Data,
    loss: LossName | Loss,
    l2: float,
    direction_1: LinearParams,
    direction_2: LinearParams,
    margin: float = 1.0,
    tolerance: float = 1e-5,
) -> PlaneMinimum:
    """Refine the lowest point of a `weight_surface` until its place is known to the tolerance.

    Args:
        surface: over the rectangle to be searched, its axes ascending.
        params, data, loss, l2, direction_1, direction_2, margin: those that the surface was made of.
        tolerance: the last step of the search.

    Returns:
        A `PlaneMinimum`.

    Raises:
        ValueError: as `weight_surface`.

    Why so:
        The objective is convex in the plane, so a window of a few cells that follows its lowest point, and
        has smaller cells whenever that point is inside, ends at the minimum, kinks or not. Where the
        objective is 0 up to rounding, the shorter vector wins.

    >>> from softmax_core.linear import weight_directions, weight_surface
    >>> params, data = LinearParams([[0.0, 0.0]], [0.0, 0.0]), Data([[1.0], [2.0]], [0, 1])
    >>> given = params, data, "cross_entropy", 0.5, *weight_directions((1, 2), (0, 0), (0, 1))
    >>> surface = weight_surface(*given, np.linspace(-2, 2, 9), np.linspace(-2, 2, 9))
    >>> found = plane_minimum(surface, *given)
    >>> round(found.a, 3), round(found.b, 3), found.at_edge
    (-0.145, 0.145, False)
    """
    plane = loss_plane(params, data, loss, l2, direction_1, direction_2, margin)
    row, column = _lowest(surface)
    a, b = surface.a[column], surface.b[row]
    step = max(_cell(surface.a), _cell(surface.b))
    found = surface
    while step > tolerance:
        around = step * np.arange(-_SIDE, _SIDE + 1) / 2
        window = (_within(surface.a, a + around), _within(surface.b, b + around))
        found = plane.over(*window)
        row, column = _lowest(found)
        is_inside = all(
            place not in (axis[0], axis[-1]) or place in (whole[0], whole[-1])
            for place, axis, whole in (
                (found.a[column], found.a, surface.a),
                (found.b[row], found.b, surface.b),
            )
        )
        a, b = found.a[column], found.b[row]
        step = step / _SIDE if is_inside else step
    return PlaneMinimum(
        a=float(a),
        b=float(b),
        data=float(found.data[row, column]),
        penalty=float(found.penalty[row, column]),
        at_edge=bool(a in surface.a[[0, -1]] or b in surface.b[[0, -1]]),
        is_floor=bool(l2 == 0 and found.total[row, column] <= _ROUNDING),
    )


def _lowest(surface: WeightSurface) -> tuple[int, int]:
    lengths = np.hypot(*np.meshgrid(surface.a, surface.b))
    floor = surface.total <= surface.total.min() + _ROUNDING
    row, column = np.unravel_index(int(np.where(floor, lengths, np.inf).argmin()), surface.total.shape)
    return int(row), int(column)


def _cell(axis: Array) -> float:
    return float(np.diff(axis).max())


def _within(axis: Array, places: Array) -> Array:
    return np.unique(np.clip(places, axis[0], axis[-1]))
