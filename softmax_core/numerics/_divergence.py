"""How far the ways to write softmax drift from the truth while the scores grow."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._dtypes import Format, FormatName, find_format, name_of
from softmax_core._exact import exact_softmax, ulp_error
from softmax_core._inputs import Array, as_floats, as_scores, refuse_row
from softmax_core._records import Record
from softmax_core.functions import softmax
from softmax_core.numerics._variants import log_softmax_shifted, softmax_naive, softmax_shifted

_DIGITS = 30  # enough to see a hundredth of a unit in the last place of float64


@dataclass(frozen=True, slots=True, eq=False)
class DivergenceSweep(Record):
    """One row of scores at growing scales, computed in four ways.

    Attributes:
        dtype: the name of the format.
        scales: (scales,), the factors.
        naive, shifted, logsumexp, core: (scales, classes), the probabilities by `softmax_naive`,
            `softmax_shifted`, exp of `log_softmax_shifted`, and `softmax`.
        naive_ulp, shifted_ulp, logsumexp_ulp, core_ulp: (scales,), the largest error of each row in units in
            the last place; inf where a probability is NaN.
        overflow_index: the first scale at which the naive exponentials or their sum are infinite, or None.
    """

    dtype: FormatName
    scales: Array
    naive: Array
    shifted: Array
    logsumexp: Array
    core: Array
    naive_ulp: Array
    shifted_ulp: Array
    logsumexp_ulp: Array
    core_ulp: Array
    overflow_index: int | None

    @property
    def overflow_scale(self) -> float | None:
        """The scale at `overflow_index`, or None."""
        return None if self.overflow_index is None else float(self.scales[self.overflow_index])


@np.errstate(all="ignore")
def divergence_sweep(scores: ArrayLike, scales: ArrayLike, dtype: Format) -> DivergenceSweep:
    """Compute the softmax of scores × scale in four ways and measure each against the decimal reference.

    Args:
        scores: (classes,), one row in nats; −inf is a forbidden class at every scale.
        scales: (scales,), finite factors, usually growing.
        dtype: one of `DTYPES`; scores × scale is rounded to it and then taken as exact.

    Returns:
        A `DivergenceSweep`. Where scores × scale does not fit into the format, all four are NaN and their
        errors inf.

    Raises:
        TypeError: the format is not supported.
        ValueError: the scores are not one row or hold NaN, +inf or only −inf, or the scales are not one row
            of finite factors.

    >>> sweep = divergence_sweep([1.0, 2.0, 3.0], [1.0, 100.0, 300.0], "float64")
    >>> sweep.overflow_scale, bool(sweep.core_ulp.max() <= 4)
    (300.0, True)
    """
    fmt = find_format(dtype)
    row, factors = as_scores(scores).astype(np.float64), as_floats(scales, "scales").astype(np.float64)
    if row.ndim != 1 or factors.ndim != 1:
        raise ValueError(
            f"scores and scales must be one row each, not of shapes {row.shape} and {factors.shape}"
        )
    refuse_row(row)
    if not np.isfinite(factors).all():
        raise ValueError("scales must be finite")
    forbidden = np.isneginf(row)
    with np.errstate(over="ignore"):
        rows = np.multiply.outer(factors, row).astype(fmt)
        rows[:, forbidden] = -np.inf
        fits = np.isfinite(rows[:, ~forbidden]).all(axis=1)
        overflows = np.isinf(np.exp(rows).sum(axis=1))
    truth = exact_softmax(rows[fits], digits=_DIGITS)

    def measured(function: Callable[[Array], Array]) -> tuple[Array, Array]:
        probs = np.full(rows.shape, np.nan, dtype=fmt)
        probs[fits] = function(rows[fits])
        errors = np.full(len(rows), np.inf)
        errors[fits] = ulp_error(probs[fits], truth).max(axis=1)
        return probs, errors

    naive, naive_ulp = measured(softmax_naive)
    shifted, shifted_ulp = measured(softmax_shifted)
    logsumexp, logsumexp_ulp = measured(lambda fitting: np.exp(log_softmax_shifted(fitting)))
    core, core_ulp = measured(softmax)
    return DivergenceSweep(
        dtype=name_of(fmt),
        scales=factors,
        naive=naive,
        shifted=shifted,
        logsumexp=logsumexp,
        core=core,
        naive_ulp=naive_ulp,
        shifted_ulp=shifted_ulp,
        logsumexp_ulp=logsumexp_ulp,
        core_ulp=core_ulp,
        overflow_index=int(np.argmax(overflows)) if overflows.any() else None,
    )
