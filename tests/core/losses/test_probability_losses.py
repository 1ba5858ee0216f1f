"""The Brier score: Brier's own convention, scikit-learn's, and the edges."""

from __future__ import annotations

import ml_dtypes
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from softmax_core import brier_score, softmax


@given(st.lists(st.floats(-20, 20), min_size=2, max_size=8), st.data())
def test_it_is_the_squared_distance_from_the_corner(scores: list[float], data: st.DataObject) -> None:
    p = softmax(scores)
    label = data.draw(st.integers(0, len(p) - 1))
    assert brier_score(p, label) == pytest.approx(
        ((p - np.eye(len(p))[label]) ** 2).sum(), rel=1e-14, abs=1e-15
    )
    assert 0 <= brier_score(p, label) <= 2


def test_scikit_learn_takes_half_of_it_for_two_classes_and_all_of_it_for_more() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    rng = np.random.default_rng(0)
    p, labels = rng.dirichlet(np.ones(2), size=50), rng.integers(2, size=50)
    assert brier_score(p, labels).mean() == pytest.approx(2 * metrics.brier_score_loss(labels, p[:, 1]))
    p, labels = rng.dirichlet(np.ones(4), size=50), rng.integers(4, size=50)
    theirs = metrics.brier_score_loss(labels, p, labels=np.arange(4))
    assert brier_score(p, labels).mean() == pytest.approx(theirs)


def test_a_nearly_sure_row_keeps_its_digits() -> None:
    p = softmax([40.0, 0.0])
    assert brier_score(p, 0) == pytest.approx(2 * np.exp(-80), rel=1e-14, abs=0)


@pytest.mark.parametrize("kind", [np.float16, ml_dtypes.bfloat16, np.float32, np.float64])
def test_formats_edges_and_axes(kind: type) -> None:
    p = softmax(np.random.default_rng(1).normal(size=(3, 4, 5)).astype(kind))
    labels = np.arange(12).reshape(3, 4) % 5
    found = brier_score(p, labels)
    assert (found.dtype, found.shape) == (np.dtype(np.float64), (3, 4))
    assert found[1, 2] == brier_score(p[1, 2], labels[1, 2])
    np.testing.assert_array_equal(brier_score(np.moveaxis(p, -1, 0), labels, axis=0), found)
    with np.errstate(all="raise"):
        assert brier_score(p[:0], labels[:0]).shape == (0, 4)
        assert brier_score(np.ones((2, 1), kind), [0, 0]).tolist() == [0, 0]
        assert brier_score(np.array([0, 1, 0], kind), 0) == 2
        assert brier_score(np.array([1, 5e-324, 0]), 1) == 2


@pytest.mark.parametrize(
    ("p", "labels", "part"),
    [
        ([[0.5, 0.5], [0.5, 0.6]], [0, 0], "row 1"),
        ([0.5, 0.5], 2, "use 0 to 1"),
        ([0.5, 0.5], [0], "labels of shape"),
        (np.ones((2, 0)), [0, 0], "no class"),
    ],
)
def test_bad_input_is_refused_in_words(p: object, labels: object, part: str) -> None:
    with pytest.raises(ValueError, match=part):
        brier_score(p, labels)  # type: ignore[arg-type]
