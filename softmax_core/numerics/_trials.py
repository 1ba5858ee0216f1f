"""A teaching variant on trial: run it beside the function it wants to be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._inputs import Array
from softmax_core._limits import float_limits
from softmax_core._records import Record
from softmax_core.functions import log_softmax, softmax
from softmax_core.numerics import _variants as variants


@dataclass(frozen=True, slots=True, eq=False)
class Trial(Record):
    """What a variant computed, beside the truth.

    Attributes:
        computed: the result of the variant.
        expected: the result of this package's own function for the same quantity, of the same shape.
        agrees: whether every entry agrees in at least half of the format's digits; NaN never does.
    """

    computed: Array
    expected: Array
    agrees: bool


def _losses(scores: ArrayLike) -> Array:
    losses: Array = 0 - log_softmax(scores)  # not -log_softmax, which makes -0.0 of a sure class
    return losses


_WANTED: Mapping[Callable[..., Array], Callable[[ArrayLike], Array]] = {
    variants.log_of_softmax: log_softmax,
    variants.log_softmax_shifted: log_softmax,
    variants.clipped_log_loss: _losses,
}


@np.errstate(all="ignore")
def try_variant(variant: Callable[..., Array], scores: ArrayLike) -> Trial:
    """Run a teaching variant on scores and compare it with the truth.

    Args:
        variant: a teaching variant of this chapter that takes nothing but scores.
        scores: (..., classes), finite scores in nats; integers are handed to the variant as integers.

    Returns:
        A `Trial`. The truth is `log_softmax` for a variant of it, its negative for `clipped_log_loss`, and
        `softmax` for all others.

    Raises:
        TypeError, ValueError: as `softmax`.

    Formula:
        |computed − expected| ≤ ε + √ε·|expected| in every entry.

    >>> try_variant(variants.softmax_naive, [1.0, 2.0, 3.0]).agrees
    True
    >>> try_variant(variants.softmax_naive, [123.0, 456.0, 789.0]).agrees
    False
    """
    given = np.asarray(scores)
    expected = _WANTED.get(variant, softmax)(given)
    computed = variant(given)
    eps = float_limits(expected.dtype).eps
    return Trial(computed, expected, bool(np.allclose(computed, expected, rtol=eps**0.5, atol=eps)))
