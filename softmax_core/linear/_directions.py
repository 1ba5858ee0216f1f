"""Two directions in the space of weights and biases, to look at an objective in the plane that they span."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from softmax_core._inputs import Array, row_name
from softmax_core._records import Record
from softmax_core._settings import as_generator
from softmax_core.linear._params import LinearParams


def params_on_plane(
    params: LinearParams, direction_1: LinearParams, direction_2: LinearParams, a: float, b: float
) -> LinearParams:
    """Move parameters by a along the first direction and by b along the second.

    Args:
        params: the weights and biases at a = b = 0.
        direction_1, direction_2: of the same shape; see `weight_directions` and `random_directions`.
        a, b: how far along each.

    Returns:
        New `LinearParams`.

    Raises:
        ValueError: the shapes cannot be added.

    Formula:
        W + a·W₁ + b·W₂, with the biases likewise.

    Source:
        CS231n, "Optimization", visualizing the loss function.

    >>> first, second = weight_directions((1, 2), (0, 0), (1, 1))
    >>> moved = params_on_plane(LinearParams([[1.0, 2.0]], [0.0, 0.0]), first, second, 0.5, -3.0)
    >>> moved.W.tolist(), moved.b.tolist()
    ([[1.5, 2.0]], [0.0, -3.0])
    """
    return LinearParams(
        params.W + a * direction_1.W + b * direction_2.W, params.b + a * direction_1.b + b * direction_2.b
    )


def weight_directions(
    shape: tuple[int, int], first: tuple[int, int], second: tuple[int, int]
) -> tuple[LinearParams, LinearParams]:
    """Choose two single weights as the directions.

    Args:
        shape: (n_features, n_classes) of W.
        first, second: the (feature, class) of a weight; feature n_features means the bias.

    Returns:
        Two unit vectors: one entry is 1, the others 0.

    Raises:
        ValueError: a weight is not in W, or both are the same.

    >>> weight_directions((2, 2), (0, 1), (2, 0))[1].b.tolist()
    [1.0, 0.0]
    """
    n_features, n_classes = shape
    for feature, label in (first, second):
        if not (0 <= feature <= n_features and 0 <= label < n_classes):
            raise ValueError(f"W of shape {shape} has no weight {(feature, label)}")
    if tuple(first) == tuple(second):
        raise ValueError(f"the two weights must differ, not both be {first}")
    vectors = np.zeros((2, n_features + 1, n_classes))
    vectors[0][first] = vectors[1][second] = 1.0
    return _as_params(vectors[0].ravel(), shape), _as_params(vectors[1].ravel(), shape)


def random_directions(
    shape: tuple[int, int], seed: int | np.random.Generator
) -> tuple[LinearParams, LinearParams]:
    """Draw two random directions of the weights; the biases stay.

    Args:
        shape: (n_features, n_classes) of W, with at least two weights.
        seed: an integer or a generator; an integer gives the same directions every time.

    Returns:
        Two orthogonal unit vectors (in the sense of Σ W²), evenly distributed over all such pairs.

    Raises:
        ValueError: W has fewer than two weights.

    Source:
        CS231n, "Optimization", visualizing the loss function.

    >>> first, second = random_directions((2, 3), seed=0)
    >>> bool(abs((first.W * second.W).sum()) < 1e-15)
    True
    """
    n_features, n_classes = shape
    if min(shape) < 1 or n_features * n_classes < 2:
        raise ValueError(f"W of shape {shape} has no two directions")
    drawn = as_generator(seed).standard_normal((2, n_features * n_classes))
    first = _unit(drawn[0])
    second = _unit(_without(_without(drawn[1], first), first))
    no_bias = np.zeros(n_classes)
    return _as_params(np.append(first, no_bias), shape), _as_params(np.append(second, no_bias), shape)


@dataclass(frozen=True, slots=True, eq=False)
class PathPlane(Record):
    """A plane through a path of parameters.

    Attributes:
        origin: the last point of the path.
        direction_1, direction_2: two orthogonal unit vectors in the space of weights and biases.
        coordinates: (n_points, 2), (a, b) of each point, or of its foot on the plane.
        distances: (n_points,), how far each point lies off the plane; 0 for the first and the last one.
        captured: which share of the path's movement (its squared distances from the origin) the plane shows,
            from 0 to 1.
    """

    origin: LinearParams
    direction_1: LinearParams
    direction_2: LinearParams
    coordinates: Array
    distances: Array
    captured: float


@np.errstate(all="ignore")
def path_directions(path: Sequence[LinearParams]) -> PathPlane:
    """Lay a plane through the first and last point of a training path, as near as may be to the others.

    Args:
        path: the parameters at successive steps, all of one shape; at least two that differ.

    Returns:
        A `PathPlane`. The first direction leads from the first point to the last one (to the most distant
        points, if these two are the same); along it the path ends at (0, 0).

    Raises:
        ValueError: the path does not move, its shapes differ, or a point is not finite.

    Formula:
        direction 1 = (θ_last − θ_first)/‖·‖; direction 2 = the first principal component of what is left of
        θ − θ_last without direction 1.

    Why so:
        Two principal components would show a little more of the path, but then its start and end would hover
        off the surface drawn in the plane; here both lie on it.

    Source:
        H. Li et al., "Visualizing the loss landscape of neural nets", NeurIPS 2018, §7 (with principal
        components only).

    >>> points = [LinearParams([[x, y]], [0.0, 0.0]) for x, y in ((0, 0), (1, 2), (4, 0))]
    >>> path_directions(points).coordinates.tolist()
    [[-4.0, 0.0], [-3.0, 2.0], [0.0, 0.0]]
    """
    if len({params.W.shape for params in path}) != 1:
        raise ValueError("a path needs points, all with parameters of one shape")
    shape = path[0].W.shape
    points = np.array([np.append(params.W, params.b) for params in path], dtype=np.float64)
    finite = np.isfinite(points).all(axis=1)
    if not finite.all():
        raise ValueError(f"{row_name(int(np.argmin(finite)), finite.shape)} of the path is not finite")
    moves = points - points[-1]
    size = np.abs(moves).max()
    if size == 0:
        raise ValueError("the path does not move: it has no direction")
    moves /= size  # so that no square overflows or vanishes
    first = _principal(moves) if not moves[0].any() else _unit(-moves[0])
    rest = moves - np.multiply.outer(moves @ first, first)
    if np.linalg.norm(rest) > 1e-12 * np.linalg.norm(moves):
        second = _principal(rest)
    else:  # a straight path: any direction across it will do
        second = np.zeros_like(first)
        second[np.argmin(np.abs(first))] = 1.0
    second = _unit(_without(_without(second, first), first))
    coordinates = moves @ np.stack([first, second], axis=1)
    off = np.linalg.norm(moves - coordinates @ np.stack([first, second]), axis=1)
    off[[0, -1]] = 0.0
    return PathPlane(
        origin=_as_params(points[-1], shape),
        direction_1=_as_params(first, shape),
        direction_2=_as_params(second, shape),
        coordinates=coordinates * size,
        distances=off * size,
        captured=float(1.0 - (off**2).sum() / (moves**2).sum()),
    )


def _as_params(vector: Array, shape: tuple[int, ...]) -> LinearParams:
    n_weights = shape[0] * shape[1]
    return LinearParams(vector[:n_weights].reshape(shape), vector[n_weights:])


def _unit(vector: Array) -> Array:
    unit: Array = vector / np.linalg.norm(vector)
    return unit


def _without(vector: Array, unit: Array) -> Array:
    rest: Array = vector - (vector @ unit) * unit
    return rest


def _principal(moves: Array) -> Array:
    """The direction in which the rows are longest; its largest entry is positive."""
    direction: Array = np.linalg.svd(moves, full_matrices=False)[2][0]
    direction *= np.sign(direction[np.argmax(np.abs(direction))])
    return direction
