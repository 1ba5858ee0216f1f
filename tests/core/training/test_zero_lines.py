"""The zero lines and the arrows of a linear model."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import softmax_core as core
from softmax_core import TrainConfig, TrainState
from softmax_core.training import initial_state, zero_lines

EXTENT = (-3.0, 2.0, -1.0, 4.0)
START = initial_state(TrainConfig(n_classes=4), core.datasets.small_blobs(seed=0, n_classes=4))


def state(W: np.ndarray, b: np.ndarray) -> TrainState:
    return replace(START, theta=START.layout.theta({"W": W, "b": b}))


@given(st.integers(0, 2**32))
def test_the_score_is_zero_along_the_line_and_grows_along_the_arrow(seed: int) -> None:
    rng = np.random.default_rng(seed)
    W, b = rng.standard_normal((2, 4)), rng.standard_normal(4)
    found = zero_lines(state(W, b), EXTENT)
    for segment, arrow, k in zip(found.segments, found.arrows, found.labels, strict=True):
        ends, steps = segment.reshape(2, 2), arrow.reshape(2, 2)
        assert ends @ W[:, k] + b[k] == pytest.approx(0.0, abs=1e-12)
        for axis, low, high in ((0, -3.0, 2.0), (1, -1.0, 4.0)):
            assert (ends[:, axis] > low - 1e-9).all()
            assert (ends[:, axis] < high + 1e-9).all()
        on_side = np.isclose(ends[:, :1], [-3, 2]).any(axis=1) | np.isclose(ends[:, 1:], [-1, 4]).any(axis=1)
        assert on_side.all()
        assert steps[0] == pytest.approx(ends.mean(axis=0))
        turn = steps[1] - steps[0]
        assert turn == pytest.approx(W[:, k] / np.hypot(*W).max() * 5 / 6)
    corners = np.array([[x, y] for x in EXTENT[:2] for y in EXTENT[2:]]) @ W + b
    crossed = np.flatnonzero((corners.min(axis=0) < -1e-9) & (corners.max(axis=0) > 1e-9))
    assert set(crossed) <= set(found.labels.tolist())
    missed = (corners > 1e-9).all(axis=0) | (corners < -1e-9).all(axis=0)
    assert not missed[found.labels].any()
    assert found.arrow_labels.tolist() == found.labels.tolist()


def test_upright_and_level_lines_and_classes_without_a_line() -> None:
    W = np.array([[1.0, 0.0, 0.0, 2.0], [0.0, -1.0, 0.0, 0.0]])
    found = zero_lines(state(W, np.array([1.0, 3.0, 1.0, 50.0])), EXTENT, longest=1.0)
    assert found.labels.tolist() == [0, 1]
    assert np.sort(found.segments.reshape(2, 2, 2), axis=1).tolist() == [
        [[-1, -1], [-1, 4]],
        [[-3, 3], [2, 3]],
    ]
    assert (found.arrows[:, 2:] - found.arrows[:, :2]).tolist() == [[0.5, 0.0], [0.0, -0.5]]


def test_parameters_that_are_no_numbers_draw_nothing() -> None:
    W, b = np.ones((2, 4)), np.zeros(4)
    W[0, 1], b[2] = np.nan, np.inf
    found = zero_lines(state(W, b), EXTENT)
    assert found.labels.tolist() == [0, 3]
    assert np.isfinite(found.arrows).all()
    nothing = zero_lines(state(W * np.nan, b), EXTENT)
    assert nothing.segments.shape == nothing.arrows.shape == (0, 4)
    assert zero_lines(state(0 * np.ones((2, 4)), b), EXTENT).segments.shape == (0, 4)


def test_only_a_linear_model_has_straight_lines() -> None:
    data = core.datasets.small_blobs(seed=0)
    for model in ("quadratic", "hidden"):
        with pytest.raises(ValueError, match="linear"):
            zero_lines(initial_state(TrainConfig(model=model), data), EXTENT)
    with pytest.raises(ValueError, match="empty"):
        zero_lines(START, (1.0, 1.0, 0.0, 1.0))
