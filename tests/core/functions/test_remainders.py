"""What a share leaves to the others, where the share itself has long been rounded to 1."""

import tracemalloc
from decimal import Decimal

import ml_dtypes
import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from softmax_core import softmax
from softmax_core.functions import log_remainders
from softmax_core.numerics import ulp_error

FORMATS = [np.float16, ml_dtypes.bfloat16, np.float32, np.float64]


def exact_remainders(scores: np.ndarray) -> list[object]:
    """In 400 bits, where a share below 1e−60 is its own remainder's logarithm, up to the sign."""
    with mpmath.workprec(400):
        powers = [mpmath.exp(mpmath.mpf(score)) for score in scores.astype(float).tolist()]
        total, logs = mpmath.fsum(powers), []
        for label, power in enumerate(powers):
            share = power / total
            others = mpmath.fsum(powers[:label] + powers[label + 1 :]) / total
            logs.append(-share - share**2 / 2 if share < 1e-60 else mpmath.log(others))
        return [mpmath.nstr(log, 50) for log in logs]


def worst_error(scores: np.ndarray) -> float:
    logs = log_remainders(scores)
    assert logs.dtype == scores.dtype
    finite = np.isfinite(logs.astype(float))
    exact = np.array([Decimal(log) for log in exact_remainders(scores)], dtype=object)
    assert all(log == Decimal("-Infinity") for log in exact[~finite])
    return float(ulp_error(logs[finite], exact[finite]).max(initial=0.0))


def test_a_share_and_its_remainder_make_one() -> None:
    scores = np.array([[-2.85, 0.86, 0.28], [3.0, 3.0, -1.0]])
    assert softmax(scores) + np.exp(log_remainders(scores)) == pytest.approx(np.ones((2, 3)), rel=1e-14)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(
    "scores",
    [
        [20.0, 0.0],
        [5.0, -35.0],  # the second is −4.248e−18, not 0
        [123.0, 456.0, 789.0],
        [1e4, -1e4, 0.0],
        [1e4, 1e4 - 9.8, 1e4 - 12.0],
        [9.0, 9.0, -500.0],
        [45.06, 197.8, -0.52, -1.1],
        [0.0, -700.0, -701.0],
        [0.0, -744.0, -745.5, -760.0, -1e4],
        [0.0, -np.inf],
        [-np.inf, 3.0, -np.inf, 1.0, 2.0],
        [0.0, 0.0, 0.0],
    ],
)
def test_a_remainder_is_that_of_exact_arithmetic(scores: list[float], kind: type) -> None:
    assert worst_error(np.array(scores).astype(kind)) <= (4 if kind is np.float64 else 0.501)


@given(
    hnp.arrays(np.float64, st.integers(2, 20), elements=st.floats(-800, 800)),
    st.sampled_from(FORMATS),
)
def test_any_remainder_keeps_its_digits(scores: np.ndarray, kind: type) -> None:
    assert worst_error(scores.astype(kind)) <= (4 if kind is np.float64 else 0.501)


def test_fifty_thousand_classes_need_no_square_of_memory() -> None:
    scores = np.random.default_rng(0).normal(size=(2, 50_257))
    tracemalloc.start()
    logs = log_remainders(scores)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 6 * scores.nbytes
    np.testing.assert_allclose(logs, np.log1p(-softmax(scores)), rtol=1e-14)


def test_a_bad_row_is_named() -> None:
    with pytest.raises(ValueError, match="row 1: a score is NaN"):
        log_remainders([[0.0, 1.0], [np.nan, 0.0]])


@pytest.mark.parametrize("scores", [[1.0], 1.0, []])
def test_one_class_leaves_nothing(scores: object) -> None:
    with pytest.raises(ValueError, match="two classes"):
        log_remainders(scores)


@pytest.mark.parametrize("kind", [np.float16, ml_dtypes.bfloat16, np.float32, np.float64])
def test_a_remainder_that_underflows_is_a_plain_0(kind: type) -> None:
    logs = log_remainders(np.array([0.0, -20.0, -90.0, -600.0, -800.0]).astype(kind))
    assert float(logs[-1]) == 0.0
    assert not np.signbit(logs[logs == 0].astype(np.float64)).any()
