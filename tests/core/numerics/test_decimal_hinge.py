"""The hinge of typed scores: decided without rounding, and else the hinge of the package."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import softmax_core as core

typed = st.integers(-(10**8), 10**8).map(lambda whole: whole / 10**4)


@given(scores=st.lists(typed, min_size=2, max_size=8), margin=st.integers(0, 200).map(lambda n: n / 10))
def test_it_is_the_hinge_but_for_rounding(scores: list[float], margin: float) -> None:
    found = core.numerics.decimal_hinge(scores, 0, margin)
    assert found.terms == pytest.approx(core.losses.hinge_terms(scores, 0, margin).tolist(), abs=1e-10)
    assert found.loss == pytest.approx(float(core.weston_watkins_hinge(scores, 0, margin)), abs=1e-9)
    assert found.gradient == [
        -sum(term > 0 for term in found.terms),
        *(float(t > 0) for t in found.terms[1:]),
    ]


@pytest.mark.parametrize(
    ("scores", "label", "margin"),
    [([1.4, 0.9, -3.0], 0, 0.5), ([0.3, 0.1, 0.2], 0, 0.1), ([10.0, 9.0, 9.0], 0, 1.0), ([1.1, 1.1], 1, 0.0)],
)
def test_a_tie_at_the_margin_is_satisfied(scores: list[float], label: int, margin: float) -> None:
    found = core.numerics.decimal_hinge(scores, label, margin)
    assert found.loss == 0
    assert not any(found.gradient)
    assert -margin in found.gaps
    assert found.kinks == [index for index, gap in enumerate(found.gaps) if gap == -margin and index != label]


def test_a_violation_of_the_last_digit_is_one() -> None:
    found = core.numerics.decimal_hinge([1.4, 0.9000000001, -3.0], 0, 0.5)
    assert found.terms == [0.0, 1e-10, 0.0]
    assert found.gradient == [-1.0, 1.0, 0.0]
    assert found.kinks == []


@given(
    own=st.integers(-30, 30),
    steps=st.lists(st.integers(-30, 30), min_size=1, max_size=7),
    margin=st.integers(0, 30),
)
def test_a_kink_is_where_the_loss_has_no_gradient(own: int, steps: list[int], margin: int) -> None:
    """By whole numbers: where the label's score moves, the loss falls by another amount than it rises."""
    tenths = [own, *steps]

    def loss(moved: int) -> int:
        return sum(max(0, 10 * (step - own + margin) - moved) for step in steps)

    found = core.numerics.decimal_hinge([step / 10 for step in tenths], 0, margin / 10)
    has_gradient = loss(1) - loss(0) == loss(0) - loss(-1)
    assert has_gradient == (not found.kinks)
    assert found.kinks == [index for index, step in enumerate(tenths) if index and step == own - margin]


@pytest.mark.parametrize(
    ("scores", "label", "margin"),
    [([1.0, np.nan], 0, 1.0), ([[1.0, 2.0]], 0, 1.0), ([1.0, 2.0], 2, 1.0), ([1.0, 2.0], 0, -1.0)],
)
def test_bad_input_is_refused(scores: list[float], label: int, margin: float) -> None:
    with pytest.raises(ValueError, match=r"NaN|shape|label|margin"):
        core.numerics.decimal_hinge(scores, label, margin)
