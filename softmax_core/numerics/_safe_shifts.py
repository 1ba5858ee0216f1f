"""Which shifts of the scores stay inside a floating-point format."""

from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._dtypes import Format, find_format
from softmax_core._inputs import Array, as_scores, refuse_row
from softmax_core._limits import FloatLimits, float_limits


@dataclass(frozen=True, slots=True)
class SafeShifts:
    """The constants log C that may be added to one row of scores.

    Every end is a number of the format, so that it is safe itself when log C is rounded to the format, and so
    is every log C between two ends.

    Attributes:
        low, high: between them no exponential becomes 0 or infinite, and neither does the sum. low > high
            means that there is no such log C (see `is_empty`).
        low_normal: between it and `high` all exponentials also keep their full precision; between `low` and
            it some are subnormal and lose digits. May lie above `high` (see `loses_digits`).
        low_total: between it and `high` the sum is neither 0 nor infinite. Never above `high`.
        low_total_normal: between it and `high` the sum also keeps its full precision. Never above `high`.
        minus_max: the usual choice −max.
    """

    low: float
    high: float
    low_normal: float
    low_total: float
    low_total_normal: float
    minus_max: float

    @property
    def is_empty(self) -> bool:
        """Whether every log C makes some exponential or the sum 0 or infinite."""
        return not self.low <= self.high

    @property
    def loses_digits(self) -> bool:
        """Whether every log C makes some exponential subnormal, 0 or infinite, or the sum infinite."""
        return not self.low_normal <= self.high

    def __contains__(self, log_c: float) -> bool:
        return self.low <= log_c <= self.high


def safe_shift_interval(scores: ArrayLike, dtype: Format) -> SafeShifts:
    """Find the constants log C for which exp(f + log C) and its sum neither over- nor underflow.

    Args:
        scores: (classes,), one row in nats; it is rounded to `dtype` first. Forbidden classes (−inf) do not
            count.
        dtype: one of `DTYPES`.

    Returns:
        A `SafeShifts`. −max lies in [low_total_normal, high] for every row of up to 1000 classes. It lies in
        [low, high] exactly when the scores spread over no more than |exp_min| (745 in float64). For a spread
        of up to about twice as much there are still safe shifts, but −max is too low for them: [0, 1000]
        needs log C near −500. Then only probabilities that are too small for the format are lost, and −max
        gives the same probabilities. For a larger spread the interval is empty. All of it is empty when a
        score does not fit into the format.

    Raises:
        TypeError: the format is not supported.
        ValueError: the scores are not one row, or hold NaN, +inf or only −inf.

    Formula:
        low = exp_min − min f, high = min(exp_max − max f, log(max) − logsumexp(f)).

    Why so:
        log C and f + log C are rounded to the format before exp: exp_min and exp_max are taken as the
        outermost numbers of the format that are safe, the ends as numbers of the format whose rounded sum
        with the score still reaches them, and the bound of the sum is lowered by the rounding errors that can
        add up in it.

    Source:
        CS231n, "Linear classification", practical issues: numeric stability.

    >>> safe = safe_shift_interval([123, 456, 789], "float64")
    >>> round(safe.low, 1), round(safe.high, 1), safe.minus_max in safe
    (-868.1, -79.2, True)
    >>> safe_shift_interval([123, 456, 789], "float32").is_empty
    True
    """
    fmt, limits = find_format(dtype), float_limits(dtype)
    row = as_scores(scores)
    if row.ndim != 1:
        raise ValueError(f"scores must be one row, shape (classes,), not {row.shape}")
    refuse_row(row)
    with np.errstate(all="ignore"):
        return _safe_shifts(row, fmt, limits)


def _safe_shifts(row: Array, fmt: np.dtype, limits: FloatLimits) -> SafeShifts:
    rounded = row.astype(fmt).astype(np.float64)
    allowed = rounded[np.isfinite(rounded)]
    top = float(allowed.max()) if allowed.size else inf
    if np.isposinf(rounded).any() or allowed.size < np.isfinite(row.astype(np.float64)).sum():
        return SafeShifts(inf, -inf, inf, inf, inf, minus_max=-float(rounded.max()))
    least, least_normal = _inside(limits.exp_min, fmt), _inside(limits.exp_min_normal, fmt)
    rounding = (limits.exp_max + len(row)) * limits.eps
    most_in_sum = limits.exp_max - float(np.log(np.exp(allowed - top).sum())) - rounding
    most, bottom = min(_inside(limits.exp_max, fmt), _inside(most_in_sum, fmt)), float(allowed.min())
    return SafeShifts(
        low=_at_least(least, bottom, fmt),
        high=-_at_least(-most, -top, fmt),
        low_normal=_at_least(least_normal, bottom, fmt),
        low_total=_at_least(least, top, fmt),
        low_total_normal=_at_least(least_normal, top, fmt),
        minus_max=-top,
    )


def _inside(limit: float, fmt: np.dtype) -> float:
    """The last number of the format before `limit`, seen from 0."""
    rounded = np.asarray(limit).astype(fmt)
    if abs(float(rounded)) > abs(limit) * (1 - 1e-15):  # the limit itself is only known to float64
        rounded = np.nextafter(rounded, fmt.type(0))
    return float(rounded)


def _at_least(bound: float, score: float, fmt: np.dtype) -> float:
    """The least log C of the format, or one next to it, whose rounded sum with the score reaches `bound`."""
    log_c, least = np.asarray(bound - score).astype(fmt), fmt.type(bound)
    while fmt.type(score) + log_c < least:  # a few steps at most: where the format is fine, it is exact
        log_c = np.nextafter(log_c, fmt.type(inf))
    return float(log_c)
