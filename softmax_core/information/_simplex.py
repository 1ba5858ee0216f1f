"""Three classes drawn in the plane: all their probability distributions fill an equilateral triangle."""

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._inputs import Array, as_floats
from softmax_core._products import two_product
from softmax_core.functions import softmax

_HOTTEST, _COLDEST = 1e3, 1 / 16  # in units of a gap between scores: e^(1/T) is 1.001 and e^16
_MIN_GAP = 1e-9
_DEEPEST = 800.0  # e^−800 is 0 in float64

#: The corners of the triangle, one per class: all probability on class 0 (left), 1 (right) and 2 (top).
CORNERS: tuple[tuple[float, float], ...] = ((0.0, 0.0), (1.0, 0.0), (0.5, 3**0.5 / 2))


def simplex_point(probs: ArrayLike) -> Array:
    """Place distributions over three classes in an equilateral triangle of side 1.

    Args:
        probs: (..., 3), probabilities; each row sums to 1.

    Returns:
        (..., 2), x and y: the mean of `CORNERS` weighted by the probabilities.

    Raises:
        ValueError: the last axis does not hold three classes.

    Formula:
        point = Σ_j p_j·corner_j (barycentric coordinates).

    >>> simplex_point([1.0, 0.0, 0.0]).tolist()
    [0.0, 0.0]
    >>> simplex_point([0.5, 0.5, 0.0]).tolist()
    [0.5, 0.0]
    """
    weights = as_floats(probs, "probs")
    if weights.shape[-1:] != (3,):
        raise ValueError(f"the triangle needs three classes, not probabilities of shape {weights.shape}")
    with np.errstate(under="ignore"):
        point: Array = weights @ np.asarray(CORNERS, weights.dtype)
    return point


def temperature_path(scores: ArrayLike, temperatures: ArrayLike) -> Array:
    """Compute the class probabilities of one row of scores at each of many temperatures.

    Args:
        scores: (classes,), in nats.
        temperatures: (n,), positive.

    Returns:
        (n, classes), probabilities: near 1/classes in each entry where the temperature is high, near 1 on the
        top class (shared by a tie) where it is low.

    Raises:
        ValueError: a temperature is not positive and finite, or the scores are not one row.

    Formula:
        p_j(T) = exp(f_j / T) / Σ_k exp(f_k / T).

    Why so:
        (f_j − max f) / T is computed in float64 with the part that rounding takes from it: at a low
        temperature e^z would multiply that a thousandfold.

    Source:
        G. Hinton, O. Vinyals, J. Dean, "Distilling the knowledge in a neural network" (2015), §2.

    >>> temperature_path([1.0, -2.0, 0.0], [0.01, 1e6]).round(3).tolist()
    [[1.0, 0.0, 0.0], [0.333, 0.333, 0.333]]
    """
    row, steps = as_floats(scores), as_floats(temperatures, "temperatures")
    if row.ndim != 1:
        raise ValueError(f"scores must be one row, shape (classes,), not {row.shape}")
    if not (np.isfinite(steps) & (steps > 0)).all():
        raise ValueError("temperatures must be positive and finite")
    with np.errstate(all="ignore"):
        quotients, rests = _divided(row.astype(np.float64), steps.astype(np.float64)[..., None])
        probs = softmax(quotients)
        probs += probs * rests
        probs /= probs.sum(axis=-1, keepdims=True)
        return probs.astype(np.result_type(row, steps))


def _divided(row: Array, steps: Array) -> tuple[Array, Array]:
    """(f − max f) / T in two parts, the second one what the first one is rounded by.

    e^z takes over each rounding of z a thousandfold where z is a thousand.
    """
    if np.isinf(row.min() - row.max()) and np.isfinite(row).all():
        row, steps = row / 2, np.maximum(steps / 2, 5e-324)
    top = row.max()
    depths = row - top
    back = depths + top
    lost = (row - back) - (top - (back - depths))  # of the difference
    quotients = depths / steps
    product, error = two_product(quotients, steps)
    rests = ((depths - product) - error + lost) / steps
    return quotients, np.where(np.isfinite(rests) & (quotients > -_DEEPEST), rests, 0.0)


def whole_temperature_path(scores: ArrayLike, points: int = 60) -> Array:
    """Compute the class probabilities of one row of scores on the whole way from T → ∞ to T → 0.

    Args:
        scores: (classes,), in nats.
        points: how many temperatures are passed for each gap between the top score and a lower one, at least
            2.

    Returns:
        (n, classes), probabilities: first 1/classes each, last 1 on the top class (shared by a tie); for
        equal scores the first alone, as no temperature moves them.

    Raises:
        ValueError: the scores are not one row.

    Formula:
        p(T) at temperatures from 1000 gaps to a sixteenth of a gap, for each gap max f − f_k > 0.

    Why so:
        Probabilities move where the temperature is about as large as a gap. A fixed range of temperatures
        would miss them: scores of 10 000 are still certain at T = 1000.

    >>> path = whole_temperature_path([1e4, -1e4, 0.0])
    >>> path[0].round(3).tolist(), path[-1].tolist()
    ([0.333, 0.333, 0.333], [1.0, 0.0, 0.0])
    >>> len(whole_temperature_path([7.0, 7.0, 7.0]))
    1
    """
    row = as_floats(scores)
    if row.ndim != 1:
        raise ValueError(f"scores must be one row, shape (classes,), not {row.shape}")
    with np.errstate(all="ignore"):
        return _whole_path(row.astype(np.float64), points)


def _whole_path(row: Array, points: int) -> Array:
    depths = row.max() - row
    if np.isinf(depths).any():
        depths = row.max() / 2 - row / 2
    hot = np.full((1, len(row)), 1 / len(row))
    if not depths.any():
        return hot
    cold = (depths == 0) / np.count_nonzero(depths == 0)
    depths = depths / depths.max()
    gaps = np.unique(depths[depths > _MIN_GAP])
    temperatures = np.sort(np.geomspace(gaps * _HOTTEST, gaps * _COLDEST, points), axis=None)[::-1]
    return np.concatenate([hot, temperature_path(-depths, temperatures), cold[None]])
