"""Which way the cross-entropy goes when all weights, and with them all scores, are doubled."""

from math import expm1, inf, log

from numpy.typing import ArrayLike

from softmax_core._inputs import as_floats
from softmax_core.functions import logsumexp

_LARGE = 40.0  # from here on expm1(g) is e^g
_HUGE = 1e300  # beyond, twice a gap may not be finite; its exponential exceeds the sum of all others


def doubling_direction(gaps: ArrayLike) -> int:
    """Tell whether doubled gaps make the cross-entropy larger or smaller, however small the change.

    Args:
        gaps: (rivals,), finite, f_j − f_y of each rival of the label.

    Returns:
        1 if it rises, −1 if it falls, 0 if it stays; also where the loss itself is too small for a float64,
        or the change too small to show in it.

    Raises:
        TypeError: the gaps are of no supported format.

    Formula:
        The sign of Σ e^{2g} − Σ e^{g} = Σ e^{g}(e^{g} − 1), by the logarithms of its positive and negative
        parts.

    >>> doubling_direction([-1000.0, -1000.0]), doubling_direction([0.0, -1000.0]), doubling_direction([0.0])
    (-1, -1, 0)
    >>> doubling_direction([0.58, -3.13])
    1
    """
    row = as_floats(gaps, "gaps").ravel().tolist()
    if max(row, default=0.0) > _HUGE:
        return 1
    up = _log_total([2 * gap if gap > _LARGE else gap + log(expm1(gap)) for gap in row if gap > 0])
    down = _log_total([gap + log(-expm1(gap)) for gap in row if gap < 0])
    return (up > down) - (up < down)


def _log_total(logs: list[float]) -> float:
    return float(logsumexp(logs)) if logs else -inf
