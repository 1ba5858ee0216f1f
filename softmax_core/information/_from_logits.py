"""Entropy and divergence straight from scores, with the digits that probabilities have lost already."""

from collections.abc import Sequence
from typing import overload

import numpy as np
from numpy.typing import ArrayLike

from softmax_core._distributions import UNITS, Unit, difference, find_log, gap_terms, per_row, row_entropies
from softmax_core._inputs import Array, as_checked_scores
from softmax_core.functions import log_softmax, softmax


@overload
def entropy_from_logits(  # type: ignore[overload-overlap]
    scores: Sequence[float], unit: Unit = ..., axis: int | Sequence[int] = ...
) -> np.float64: ...
@overload
def entropy_from_logits(scores: ArrayLike, unit: Unit = ..., axis: int | Sequence[int] = ...) -> Array: ...
def entropy_from_logits(
    scores: ArrayLike, unit: Unit = "nats", axis: int | Sequence[int] = -1
) -> Array | np.float64:
    """Compute the entropy of the softmax of scores: how unsure the classifier is.

    Args:
        scores: (..., classes), unnormalised log-probabilities in nats.
        unit: "nats" or "bits".
        axis: the axis that holds the classes, or several that hold them together.

    Returns:
        (...), float64 (a scalar for one row): from 0, where it is about to underflow, to log(classes).

    Raises:
        TypeError: the scores are of no supported format.
        ValueError: a row is no good (the message names it), there is no class, or the unit is unknown.

    Formula:
        H = −Σ_j p_j log p_j, p = softmax(f).

    Why so:
        In a narrow format the probabilities of a nearly sure row are rounded to 0 and 1, whose entropy is 0.
        Here they stay float64, and what the top class lacks is summed from the others.

    >>> entropy_from_logits([0.0, 0.0, 0.0, 0.0], unit="bits").item()
    2.0
    >>> entropy_from_logits([40.0, 0.0]).item()
    1.7418252446695514e-16
    """
    batch = as_checked_scores(scores, axis)
    find_log(unit)
    return per_row(lambda block: row_entropies(softmax(block, axis=0), unit), batch)


@overload
def kl_from_logits(  # type: ignore[overload-overlap]
    p_scores: Sequence[float], q_scores: Sequence[float], unit: Unit = ..., axis: int | Sequence[int] = ...
) -> np.float64: ...
@overload
def kl_from_logits(
    p_scores: ArrayLike, q_scores: ArrayLike, unit: Unit = ..., axis: int | Sequence[int] = ...
) -> Array: ...
def kl_from_logits(
    p_scores: ArrayLike, q_scores: ArrayLike, unit: Unit = "nats", axis: int | Sequence[int] = -1
) -> Array | np.float64:
    """Compute the Kullback–Leibler divergence of two softmaxes: what believing the second costs where the
    first is true.

    Args:
        p_scores: (..., classes), scores of the truth, in nats.
        q_scores: (..., classes), scores of the estimate; the other axes broadcast with those of p_scores.
        unit: "nats" or "bits".
        axis: the axis that holds the classes, or several that hold them together.

    Returns:
        (...), float64 (a scalar for one row): at least 0, 0 where the scores differ by a constant, and inf
        where a class that p allows is forbidden to q.

    Raises:
        TypeError: scores are of no supported format.
        ValueError: a row is no good (the message names it), the shapes do not fit, or the unit is unknown.

    Formula:
        KL = Σ_j p_j·(log p_j − log q_j) = Σ_j p_j·(exp(y_j) − 1 − y_j), y_j = log q_j − log p_j.

    Why so:
        The logarithms of two nearly equal probabilities leave no digit of their difference. y_j is the
        difference of the scores less a constant, and no term of the last sum is negative.

    Source:
        S. Kullback, R. A. Leibler, "On information and sufficiency" (1951).

    >>> kl_from_logits([1.0, 0.0], [8.0, 7.0]).item()
    0.0
    >>> round(kl_from_logits([0.0, 0.0], [0.0, 1e-9]).item() / 1e-18, 12)
    0.125
    """
    truth, estimate = as_checked_scores(p_scores, axis), as_checked_scores(q_scores, axis)
    if truth.shape[-1] != estimate.shape[-1]:
        raise ValueError(
            f"p_scores have {truth.shape[-1]} classes and q_scores {estimate.shape[-1]}; "
            "they must be the same"
        )
    find_log(unit)
    return per_row(lambda *pair: _divergences(*pair) / UNITS[unit], truth, estimate)


def _divergences(a: Array, b: Array) -> Array:
    """Compute KL(softmax(a)‖softmax(b)) of each row in nats, from (classes, rows)."""
    p, q = softmax(a, axis=0), softmax(b, axis=0)
    y = _log_ratios(a, b, p)
    gap = p * np.expm1(y)
    terms = gap_terms(gap, np.expm1(y), q - p - p * y)
    np.copyto(terms, q, where=p == 0)
    if np.isposinf(terms.max(initial=0.0)):  # y_j may be beyond float64's range, and p_j·y_j not
        far = 2.0 * (p * (0.5 * b.max(axis=0) - 0.5 * b))
        np.copyto(terms, far, where=np.isposinf(terms))
    found: Array = np.maximum(terms.sum(axis=0), 0.0)
    return found


def _log_ratios(a: Array, b: Array, p: Array) -> Array:
    """Compute log q − log p = e − log Σ_j p_j exp(e_j), where e is b − a less its value at p's top class."""
    top = p.argmax(axis=0), np.arange(p.shape[1])
    apart, lost = difference(b, a)
    e, lost_again = difference(apart, apart[top])
    lost += lost_again - lost[top]
    e += np.where(np.isfinite(lost), lost, 0.0)
    far = np.exp(b - b[top] + np.log(p[top])) - p
    constant = np.log1p(np.where(np.abs(e) <= 1.0, p * np.expm1(e), far).sum(axis=0))
    y: Array = e - constant
    beyond = ~np.isfinite(constant)
    if beyond.any():
        np.copyto(y, log_softmax(b, axis=0) - log_softmax(a, axis=0), where=beyond)
    return y
