"""The decimal reference against mpmath, and the measure of an error in ulp."""

from __future__ import annotations

from decimal import Decimal

import ml_dtypes
import mpmath
import numpy as np
import pytest

from softmax_core.numerics import (
    exact_cross_entropy,
    exact_log_softmax,
    exact_logsumexp,
    exact_softmax,
    ulp_error,
)

LN2 = float(np.log(2.0))
SCORES = [
    [-2.85, 0.86, 0.28],
    [123.0, 456.0, 789.0],
    [10.0, -100.0, -100.0],
    [0.0, -1e-300, 5e-324],
    [1e308, 1e308, -1e308],
    [1e6, 0.0, -1e6],
    [1e300, 1.0],
    [-LN2, -LN2],
    [-1e-20, -46.05170185988092],
    [0.0, -40.0, -1e5],
    [3.0],
]


def mp_row(scores: list[float]) -> tuple[list[mpmath.mpf], mpmath.mpf, list[mpmath.mpf]]:
    row = [mpmath.mpf(score) for score in scores]
    top = max(row)
    exps = [mpmath.exp(score - top) if score - top > -1e12 else mpmath.mpf(0) for score in row]
    total = mpmath.fsum(exps)
    log_total = mpmath.log(total)
    return [e / total for e in exps], top + log_total, [score - top - log_total for score in row]


def assert_equal(decimals: np.ndarray, numbers: list[mpmath.mpf], digits: int) -> None:
    for decimal, number in zip(np.ravel(decimals), numbers, strict=True):
        difference = abs(mpmath.mpf(str(decimal)) - number)
        assert difference <= abs(number) * mpmath.mpf(10) ** (1 - digits), (decimal, number)


@pytest.mark.parametrize("scores", SCORES, ids=str)
@pytest.mark.parametrize("digits", [10, 50])
def test_the_reference_agrees_with_mpmath_in_every_digit(scores: list[float], digits: int) -> None:
    with mpmath.workdps(1100):
        probs, total, logs = mp_row(scores)
        assert_equal(exact_softmax(scores, digits=digits), probs, digits)
        assert_equal(exact_logsumexp(scores, digits=digits), [total], digits)
        representable = [
            k for k, log in enumerate(logs) if abs(log) > mpmath.mpf(10) ** -1000 or len(scores) == 1
        ]
        exact = exact_log_softmax(scores, digits=digits)
        assert_equal(exact[representable], [logs[k] for k in representable], digits)


def test_a_loss_far_below_every_float_is_still_exact() -> None:
    tiny = exact_cross_entropy([1e6, 0.0], 0, digits=20)
    assert_equal(np.array([tiny]), [mpmath.exp(-(10**6))], 15)
    assert float(exact_cross_entropy([1e300, 0.0], 1)) == 1e300


def test_results_have_the_digits_asked_for_and_the_shape_of_the_scores() -> None:
    scores = np.random.default_rng(0).normal(size=(2, 3, 4))
    assert exact_softmax(scores).shape == (2, 3, 4)
    assert exact_logsumexp(scores, axis=1).shape == (2, 4)
    assert exact_softmax(scores, axis=0)[1, 2, 3] == exact_softmax(scores[:, 2, 3])[1]
    assert exact_cross_entropy(scores, np.zeros((2, 3), dtype=int)).shape == (2, 3)
    assert isinstance(exact_logsumexp([1.0, 2.0]), Decimal)
    assert len(exact_softmax([1.0, 2.0], digits=30)[0].as_tuple().digits) == 30
    assert exact_softmax(np.empty((0, 3))).shape == (0, 3)
    assert exact_softmax([0.0, -np.inf]).tolist() == [1, 0]


@pytest.mark.parametrize("function", [exact_softmax, exact_log_softmax, exact_logsumexp])
@pytest.mark.parametrize("bad", [[np.nan], [np.inf], [-np.inf], []])
def test_bad_rows_are_refused(function: object, bad: list[float]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        function(bad)  # type: ignore[operator]


@pytest.mark.parametrize("kind", [np.float16, ml_dtypes.bfloat16, np.float32, np.float64])
def test_neighbours_are_one_ulp_apart(kind: type) -> None:
    one, tiny = kind(1), np.nextafter(kind(0), kind(1))
    above, below = np.nextafter(one, kind(2)), np.nextafter(one, kind(0))
    assert ulp_error(above, Decimal(1)) == 1
    assert ulp_error(one, Decimal(float(below))) == 1, "below 1 an ulp is half as large"
    assert ulp_error(tiny, 0) == 1
    assert ulp_error(kind(0), 3 * Decimal(float(tiny))) == 3
    assert ulp_error(one, 1) == 0


def test_what_is_not_finite_is_infinitely_wrong_unless_the_truth_is() -> None:
    assert ulp_error([np.inf, -np.inf, np.nan], [1, 1, 1]).tolist() == [np.inf] * 3
    assert ulp_error(np.inf, Decimal("2e308")) == 0
    assert ulp_error(np.inf, Decimal("-2e308")) == np.inf
    assert ulp_error(-np.inf, Decimal("-Infinity")) == 0
    assert ulp_error(1.0, Decimal("Infinity")) == np.inf
    assert ulp_error(np.nan, Decimal("Infinity")) == np.inf
    assert ulp_error(np.finfo(np.float64).max, 2**1024) == 1


def test_a_half_ulp_is_half() -> None:
    assert ulp_error(0.1, Decimal("0.1")) == pytest.approx(0.4, abs=1e-9)
    assert ulp_error(np.float32(0.1), Decimal("0.1")) == pytest.approx(0.2, abs=1e-6)
