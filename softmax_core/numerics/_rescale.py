"""What may be done to scores before the softmax: adding a constant, which changes nothing, and dividing by a
temperature, which changes everything."""

from math import inf
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._inputs import Array, as_floats
from softmax_core._limits import float_limits
from softmax_core.numerics._steps import SoftmaxSteps, softmax_steps

RangeFault = Literal["overflow", "sum", "underflow", "subnormal"]


def rescale(scores: ArrayLike, constant: float = 0.0, temperature: float = 1.0) -> Array:
    """Add a constant to scores and divide them by a temperature.

    Args:
        scores: any shape, in nats.
        constant: added to every score; it changes no probability.
        temperature: positive; below 1 it sharpens the probabilities, above 1 it evens them out.

    Returns:
        (scores + constant) / temperature, in the shape and format of `scores`: computed in float64, rounded
        once, and infinite where the format does not reach so far.

    Raises:
        TypeError: the scores are of no supported format.
        ValueError: the temperature is not positive and finite.

    Formula:
        (f_j + c) / T; softmax(f + c) = softmax(f).

    Source:
        G. Hinton, O. Vinyals, J. Dean, "Distilling the knowledge in a neural network" (2015), §2.

    >>> rescale([1.0, -2.0, 0.0], constant=2.0, temperature=0.5).tolist()
    [6.0, 0.0, 4.0]
    """
    _refuse_temperature(temperature)
    given = as_floats(scores)
    with np.errstate(all="ignore"):
        wide = given.astype(np.float64)
        total = wide + constant
        halves = (0.5 * wide + 0.5 * constant) / (0.5 * temperature)
        return np.where(np.isfinite(total), total / temperature, halves).astype(given.dtype)


def unscale(values: ArrayLike, constant: float = 0.0, temperature: float = 1.0) -> Array:
    """Recover the scores that `rescale` turned into these values.

    Args:
        values: any shape, what `rescale` returned.
        constant, temperature: as they were given to it.

    Returns:
        The scores in nats, up to rounding, in the shape and format of `values`.

    Raises:
        TypeError: the values are of no supported format.
        ValueError: the temperature is not positive and finite.

    Formula:
        f_j = T·v_j − c.

    >>> unscale([6.0, 0.0, 4.0], constant=2.0, temperature=0.5).tolist()
    [1.0, -2.0, 0.0]
    """
    _refuse_temperature(temperature)
    given = as_floats(values)
    with np.errstate(all="ignore"):
        return (given.astype(np.float64) * temperature - constant).astype(given.dtype)


def steps_in_range(scores: ArrayLike) -> SoftmaxSteps:
    """Run a float64 softmax with plain exponentials while they can be written down, else with shifted ones.

    Args:
        scores: (classes,), one row in nats.

    Returns:
        The steps of the algorithm "naive" where their sum is finite and the top score's exponential is an
        ordinary float64 number, else those of "shifted"; `shift` tells which (0, or −max).

    Raises:
        TypeError, ValueError: as `softmax_steps`.

    Formula:
        exp(f_j + log C) / Σ_k exp(f_k + log C) with log C = 0 or −max f.

    >>> steps_in_range([-2.85, 0.86, 0.28]).exponentials.round(6).tolist()
    [0.057844, 2.363161, 1.32313]
    >>> steps_in_range([123, 456, 789]).shift
    -789.0
    """
    steps = softmax_steps(scores, "naive", "float64")
    return softmax_steps(scores, "shifted", "float64") if _fault(steps) else steps


def range_fault(scores: ArrayLike) -> RangeFault | None:
    """Tell why plain float64 exponentials of one row of scores cannot be used, if they cannot.

    Args:
        scores: (classes,), in nats.

    Returns:
        "overflow" where an exponential is above the largest float64, "sum" where only their sum is,
        "underflow" where all become 0, "subnormal" where all are so small that a float64 holds only a few of
        their digits, else None.

    Raises:
        TypeError, ValueError: as `softmax_steps`.

    >>> [range_fault([top, -800.0]) for top in (789.0, -742.0, -790.0, 0.0)]
    ['overflow', 'subnormal', 'underflow', None]
    >>> range_fault([709.0, 709.5, 709.7])
    'sum'
    """
    return _fault(softmax_steps(scores, "naive", "float64"))


def sharpens(scores: ArrayLike) -> bool:
    """Tell whether a lower temperature raises the largest probability of one row of scores.

    Args:
        scores: (classes,), in nats.

    Returns:
        True unless all scores but −inf are equal: then no temperature changes a probability.

    Raises:
        TypeError: the scores are of no supported format.
        ValueError: there is no score, or only −inf.

    Formula:
        1 / p_top = Σ_k exp((f_k − max f) / T); each term below the top shrinks as T falls, equal ones stay 1.

    >>> sharpens([2.0, 2.0, -1.0]), sharpens([2.0, 2.0])
    (True, False)
    """
    row = as_floats(scores)
    allowed = row[row != -np.inf]
    return bool(allowed.min() < allowed.max())


def largest_difference(first: ArrayLike, second: ArrayLike) -> float:
    """Measure how far two arrays of one shape are apart at most.

    Args:
        first, second: numbers of one shape, at least one each.

    Returns:
        At least 0; NaN if a number is.

    Raises:
        TypeError: the numbers are of no supported format.
        ValueError: there are none, or the shapes cannot be subtracted.

    Formula:
        max_i |a_i − b_i|.

    >>> largest_difference([0.25, 0.75], [0.5, 0.5])
    0.25
    """
    one, other = (
        as_floats(values, name).astype(np.float64) for values, name in ((first, "first"), (second, "second"))
    )
    with np.errstate(all="ignore"):
        return float(np.max(np.abs(one - other)))


def _fault(naive: SoftmaxSteps) -> RangeFault | None:
    largest = naive.exponentials.max()
    if not np.isfinite(naive.total):
        return "sum" if np.isfinite(largest) else "overflow"
    if largest >= float_limits(naive.dtype).smallest_normal:
        return None
    return "subnormal" if largest > 0 else "underflow"


def _refuse_temperature(temperature: float) -> None:
    if not 0 < temperature < inf:
        raise ValueError(f"the temperature must be positive and finite, not {temperature}")
