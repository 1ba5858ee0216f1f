"""The two penalties of CS231n's notes, with and without the factor ½."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._inputs import Array, as_floats
from softmax_core._records import Record
from softmax_core.linear._gradient_check import relative_errors
from softmax_core.linear._objective import as_l2

_STEP = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class Penalty(Record):
    """A penalty on weights, and its gradient in two ways.

    Attributes:
        value: λ·ΣW², or half of it.
        gradient: in the shape of the weights, by the formula.
        numeric: the same by central differences of the value.
        largest: the largest relative error between the two; about 1e-12 for a right formula, and inf where a
            number is not finite.
    """

    value: float
    gradient: Array
    numeric: Array
    largest: float


def penalty(W: ArrayLike, l2: float, halved: bool) -> Penalty:
    """Compute a penalty on weights, its gradient, and the check of that gradient.

    Args:
        W: weights, any shape; one that is not finite, or whose square is not, is an error of inf.
        l2: λ, finite and not negative.
        halved: whether the penalty is ½·λ·ΣW² (as in `objective`) or λ·ΣW².

    Returns:
        A `Penalty` in float64.

    Raises:
        TypeError: W is of no supported format.
        ValueError: λ is negative or not finite.

    Formula:
        R = λ·ΣW², ∂R/∂W = 2·λ·W; halved R = ½·λ·ΣW², ∂R/∂W = λ·W.

    Why so:
        Central differences of a square are exact but for rounding, whatever the step; it is 0.001, or
        0.001·|W| for a large weight, beside which 0.001 would be rounded off.

    Source:
        CS231n, "Linear classification" (without ½) and "Neural networks case study" (with ½).

    >>> penalty([1.0, -2.0], 0.1, halved=False).value, penalty([1.0, -2.0], 0.2, halved=True).value
    (0.5, 0.5)
    >>> penalty([1.0, -2.0], 0.2, halved=True).gradient.tolist()
    [0.2, -0.4]
    """
    l2 = as_l2(l2)
    weights = as_floats(W, "W").astype(np.float64)
    factor = 0.5 * l2 if halved else l2
    with np.errstate(all="ignore"):
        gradient = 2.0 * factor * weights
        steps = _STEP * np.maximum(1.0, np.abs(weights))
        ahead, behind = weights + steps, weights - steps
        numeric = factor * (np.square(ahead) - np.square(behind)) / (ahead - behind)
        error = relative_errors(gradient, numeric, 2.0 * factor * steps)
        value = float(factor * np.square(weights).sum())
    return Penalty(value, gradient, numeric, float(error.max(initial=0.0)))


def same_penalty(l2: float, halved: bool) -> float:
    """Compute the λ of the other convention that gives the same penalty.

    Args:
        l2: λ, finite and not negative.
        halved: whether this λ goes with the factor ½.

    Returns:
        λ without the ½ if `halved`, else λ with it.

    Raises:
        ValueError: λ is negative or not finite.

    Formula:
        ½·(2λ)·ΣW² = λ·ΣW².

    Source:
        CS231n, "Linear classification" (without ½) and "Neural networks case study" (with ½).

    >>> same_penalty(0.1, halved=False), same_penalty(0.2, halved=True)
    (0.2, 0.1)
    """
    l2 = as_l2(l2)
    return 0.5 * l2 if halved else 2.0 * l2
