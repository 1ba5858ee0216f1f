"""The sweep over λ ends at the optimum of scikit-learn, and shows what λ does to the probabilities."""

from __future__ import annotations

import numpy as np
import pytest

from softmax_core import Data, entropy, linear_scores, make_dataset, objective, objective_gradient, softmax
from softmax_core.datasets import small_blobs
from softmax_core.information import fit_over_l2, sureness_over_l2

L2S = (1e-5, 1e-3, 0.1, 10.0)
OVERLAPPING = make_dataset("blobs", 300, noise=1.2, seed=1)
SEPARABLE = small_blobs(seed=0, spread=0.2)
SETS = [OVERLAPPING, SEPARABLE, make_dataset("iris"), make_dataset("moons"), make_dataset("blobs", 6)]


@pytest.mark.parametrize("data", SETS)
def test_nothing_is_left_of_the_gradient(data: Data) -> None:
    for l2, fit in zip(L2S, fit_over_l2(data, L2S), strict=True):
        slope = objective_gradient(fit.params, data, "cross_entropy", l2)
        assert fit.l2 == l2
        assert max(np.abs(slope.W).max(), np.abs(slope.b).max()) < 1e-8
        assert fit.gradient <= 1e-10
        assert fit.objective.total == objective(fit.params, data, "cross_entropy", l2).total
        np.testing.assert_allclose(fit.params.W.sum(axis=1), 0, atol=1e-7)


@pytest.mark.parametrize("l2", [1e-3, 0.1])
def test_it_is_the_optimum_of_scikit_learn(l2: float) -> None:
    from sklearn.linear_model import LogisticRegression  # takes a second, and every worker imports every test

    (fit,) = fit_over_l2(OVERLAPPING, [l2])
    known = LogisticRegression(C=1 / (300 * l2), tol=1e-10, max_iter=100_000)
    known.fit(OVERLAPPING.X, OVERLAPPING.labels)
    np.testing.assert_allclose(fit.params.W, known.coef_.T, atol=1e-5)
    np.testing.assert_allclose(
        fit.params.b - fit.params.b.mean(), known.intercept_ - known.intercept_.mean(), atol=1e-5
    )


def test_the_order_of_the_penalties_does_not_matter() -> None:
    forwards, backwards = fit_over_l2(OVERLAPPING, L2S), fit_over_l2(OVERLAPPING, L2S[::-1])[::-1]
    for one, other in zip(forwards, backwards, strict=True):
        np.testing.assert_array_equal(one.params.W, other.params.W)
    (alone,) = fit_over_l2(OVERLAPPING, [1e-3])
    np.testing.assert_allclose(alone.params.W, forwards[1].params.W, atol=1e-7)


def test_a_smaller_penalty_gives_longer_weights_and_surer_predictions() -> None:
    l2s = [10.0**-exponent for exponent in range(-1, 6)]
    found = sureness_over_l2(OVERLAPPING, make_dataset("blobs", 3000, 1.2, seed=2), l2s)
    norms, unsure = [each.fit.norm for each in found], [each.entropy for each in found]
    assert norms == sorted(norms)
    assert unsure == sorted(unsure, reverse=True)
    assert [each.confidence for each in found] == sorted(each.confidence for each in found)
    accuracies = [each.accuracy for each in found]
    assert max(accuracies) - min(accuracies) < 0.01
    assert found[0].calibration_error > 0.4 > 0.05 > found[-1].calibration_error


def test_with_few_samples_too_small_a_penalty_is_too_sure_and_too_large_a_one_too_shy() -> None:
    few, fresh = make_dataset("blobs", 30, 1.2, seed=1), make_dataset("blobs", 3000, 1.2, seed=99)
    shy, fair, sure = sureness_over_l2(few, fresh, [1.0, 0.03, 1e-5])
    assert shy.confidence < shy.accuracy - 0.1
    assert sure.confidence > sure.accuracy + 0.05
    assert fair.calibration_error < min(shy.calibration_error, sure.calibration_error)


def test_what_is_reported_is_what_the_classifier_says() -> None:
    (found,) = sureness_over_l2(OVERLAPPING, OVERLAPPING, [0.01])
    probs = softmax(linear_scores(found.fit.params, OVERLAPPING.X))
    assert found.entropy == pytest.approx(entropy(probs).mean())
    assert found.confidence == pytest.approx(probs.max(axis=1).mean())
    assert sum(each.count for each in found.bins) == 300
    assert found.fit.norm == pytest.approx(np.sqrt((found.fit.params.W**2).sum()))


@pytest.mark.parametrize(
    ("data", "l2", "part"),
    [
        (OVERLAPPING, 0.0, "positive"),
        (OVERLAPPING, -1.0, "not negative"),
        (OVERLAPPING, float("nan"), "finite"),
        (Data([[1.0], [2.0]], [0, 2]), 1.0, "class 1 has no sample"),
    ],
)
def test_what_has_no_optimum_is_refused(data: Data, l2: float, part: str) -> None:
    with pytest.raises(ValueError, match=part):
        fit_over_l2(data, [l2])
