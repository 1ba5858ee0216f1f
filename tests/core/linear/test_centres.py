"""The directions that a data set suggests."""

from __future__ import annotations

import numpy as np
import pytest

from softmax_core import Data, LinearParams, linear_scores, zero_one_loss
from softmax_core.datasets import small_blobs
from softmax_core.linear import centre_directions


@pytest.mark.parametrize("n_features", [2, 4])
def test_they_are_orthogonal_unit_vectors_without_bias(n_features: int) -> None:
    first, second = centre_directions(small_blobs(seed=3, n_features=n_features))
    for one in (first, second):
        assert np.square(one.W).sum() == pytest.approx(1.0, abs=1e-14)
        assert not one.b.any()
    assert np.vdot(first.W, second.W) == pytest.approx(0.0, abs=1e-14)


def test_the_first_one_classifies_and_the_second_one_turns_away() -> None:
    data = small_blobs(seed=0)
    first, second = centre_directions(data)
    assert zero_one_loss(linear_scores(first, data.X), data.labels).mean() == 0
    back = LinearParams(-first.W, first.b)
    assert zero_one_loss(linear_scores(back, data.X), data.labels).mean() == 1
    assert zero_one_loss(linear_scores(second, data.X), data.labels).mean() > 0.4


@pytest.mark.parametrize(
    ("X", "labels"),
    [([[1.0], [2.0]], [0, 1]), ([[1.0, 0.0], [2.0, 0.0]], [0, 2]), ([[1.0, 1.0], [1.0, 1.0]], [0, 1])],
)
def test_what_has_no_such_directions_is_refused(X: list[list[float]], labels: list[int]) -> None:
    with pytest.raises(ValueError, match="centre"):
        centre_directions(Data(X, labels))
