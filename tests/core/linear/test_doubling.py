"""Which way the cross-entropy goes when scores double, against a reference of many digits."""

from __future__ import annotations

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

import softmax_core as core


@given(gaps=st.lists(st.integers(-4000, 4000).map(lambda n: n / 4), min_size=1, max_size=7))
def test_the_direction_is_that_of_the_exact_loss(gaps: list[float]) -> None:
    with mpmath.workprec(6000):
        before, after = (mpmath.fsum(mpmath.exp(times * gap) for gap in gaps) for times in (1, 2))
        assert core.linear.doubling_direction(gaps) == mpmath.sign(after - before)


@pytest.mark.parametrize(
    ("gaps", "way"),
    [([-1000.0, -1000.0], -1), ([0.0, -1000.0], -1), ([0.0, 0.0], 0), ([2e4, -2e4], 1), ([0.0, 1e-9], 1)],
)
def test_no_change_is_too_small(gaps: list[float], way: int) -> None:
    assert core.linear.doubling_direction(gaps) == way


def test_a_gap_whose_double_is_beyond_float64_raises_the_loss() -> None:
    assert core.linear.doubling_direction([1.7e308, -1.7e308]) == 1
    assert core.linear.doubling_direction([-1.7e308, -1e308]) == -1
