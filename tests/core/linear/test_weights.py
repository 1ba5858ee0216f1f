"""Weights of samples and classes in the objective: scikit-learn's mean, torch's two, and repeated samples."""

from __future__ import annotations

import numpy as np
import pytest

from softmax_core import (
    LOSSES,
    Data,
    LinearParams,
    cross_entropy,
    linear_scores,
    objective,
    objective_gradient,
    softmax,
)

RNG = np.random.default_rng(0)
DATA = Data(RNG.normal(size=(30, 2)), RNG.integers(3, size=30))
PARAMS = LinearParams(RNG.normal(size=(2, 3)), RNG.normal(size=3))
WHOLE = RNG.integers(0, 4, size=30)
CLASSES = np.array([0.5, 2.0, 1.0])


@pytest.mark.parametrize("loss", LOSSES)
def test_a_whole_weight_is_a_sample_that_many_times(loss: str) -> None:
    repeated = Data(np.repeat(DATA.X, WHOLE, axis=0), np.repeat(DATA.labels, WHOLE))
    weighted = objective(PARAMS, DATA, loss, l2=0.1, sample_weight=WHOLE)
    plain = objective(PARAMS, repeated, loss, l2=0.1)
    assert weighted.total == pytest.approx(plain.total, rel=1e-13)
    assert weighted.penalty == plain.penalty
    slopes = objective_gradient(PARAMS, DATA, loss, l2=0.1, sample_weight=WHOLE)
    wanted = objective_gradient(PARAMS, repeated, loss, l2=0.1)
    np.testing.assert_allclose(slopes.W, wanted.W, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(slopes.b, wanted.b, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("loss", LOSSES)
def test_a_class_weight_is_a_weight_for_each_of_its_samples(loss: str) -> None:
    by_class = objective(PARAMS, DATA, loss, sample_weight=WHOLE, class_weight=CLASSES)
    by_sample = objective(PARAMS, DATA, loss, sample_weight=WHOLE * CLASSES[DATA.labels])
    assert by_class.data == pytest.approx(by_sample.data, rel=1e-14)
    np.testing.assert_array_equal(by_class.per_sample, objective(PARAMS, DATA, loss).per_sample)
    alike = objective_gradient(PARAMS, DATA, loss, class_weight=[7, 7, 7])
    np.testing.assert_allclose(alike.W, objective_gradient(PARAMS, DATA, loss).W, rtol=1e-12, atol=1e-15)


def test_scikit_learn_takes_the_same_mean() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    p = softmax(linear_scores(PARAMS, DATA.X))
    theirs = metrics.log_loss(DATA.labels, p, labels=[0, 1, 2], sample_weight=WHOLE)
    assert objective(PARAMS, DATA, "cross_entropy", sample_weight=WHOLE).data == pytest.approx(theirs)


def test_torch_takes_the_same_mean_of_the_cross_entropy_and_another_of_the_hinge() -> None:
    torch = pytest.importorskip("torch")
    scores, labels = torch.tensor(linear_scores(PARAMS, DATA.X)), torch.tensor(DATA.labels)
    weight = torch.tensor(CLASSES)
    theirs = torch.nn.functional.cross_entropy(scores, labels, weight=weight).item()
    assert objective(PARAMS, DATA, "cross_entropy", class_weight=CLASSES).data == pytest.approx(theirs)
    theirs = torch.nn.functional.multi_margin_loss(scores, labels, weight=weight).item()
    ours = objective(PARAMS, DATA, "weston_watkins", class_weight=CLASSES).data
    assert theirs * 3 * 30 / CLASSES[DATA.labels].sum() == pytest.approx(ours)


def test_the_gradient_is_the_slope_of_the_weighted_objective() -> None:
    weights = RNG.uniform(size=30)
    slopes = objective_gradient(
        PARAMS, DATA, "cross_entropy", 0.1, sample_weight=weights, class_weight=CLASSES
    )
    step = 1e-6
    for place in np.ndindex(2, 3):
        ends = []
        for sign in (1, -1):
            W = PARAMS.W.copy()
            W[place] += sign * step
            moved = LinearParams(W, PARAMS.b)
            ends.append(
                objective(
                    moved, DATA, "cross_entropy", 0.1, sample_weight=weights, class_weight=CLASSES
                ).total
            )
        assert slopes.W[place] == pytest.approx((ends[0] - ends[1]) / (2 * step), rel=1e-7)


def test_a_sample_without_weight_does_not_count_however_bad_it_is() -> None:
    params = LinearParams([[1e308, -1e308]], [0.0, 0.0])
    data = Data([[1.0], [-1.0]], [1, 1])
    assert objective(params, data, "squared_weston_watkins").data == np.inf
    assert objective(params, data, "squared_weston_watkins", sample_weight=[0, 1]).data == 0
    assert objective_gradient(params, data, "squared_weston_watkins", sample_weight=[0, 1]).W.tolist() == [
        [0, 0]
    ]
    narrow = LinearParams(PARAMS.W.astype(np.float16), PARAMS.b)
    weighted = objective(narrow, DATA, "cross_entropy", sample_weight=WHOLE.astype(np.float16))
    scores = linear_scores(narrow, DATA.X)
    wanted = np.average(cross_entropy(scores, DATA.labels).astype(float), weights=WHOLE)
    assert weighted.data == pytest.approx(wanted, rel=1e-12)


@pytest.mark.parametrize(
    ("weights", "part"),
    [
        ({"sample_weight": [1.0]}, r"sample_weight must be of shape \(30,\)"),
        ({"class_weight": np.ones((3, 1))}, r"class_weight must be of shape \(3,\)"),
        ({"class_weight": [1.0, -1.0, 1.0]}, "not negative"),
        ({"class_weight": [1.0, np.nan, 1.0]}, "finite"),
        ({"sample_weight": np.zeros(30)}, "positive"),
        ({"sample_weight": np.full(30, np.inf)}, "finite"),
    ],
)
def test_bad_weights_are_refused_in_words(weights: dict[str, object], part: str) -> None:
    for function in (objective, objective_gradient):
        with np.errstate(all="ignore"), pytest.raises(ValueError, match=part):
            function(PARAMS, DATA, "cross_entropy", **weights)  # type: ignore[operator]
    with pytest.raises(TypeError, match="masked"):
        objective(PARAMS, DATA, "cross_entropy", sample_weight=np.ma.array(np.ones(30)))
    with pytest.raises(ValueError, match="label 2 is not a class"):
        objective(LinearParams(np.ones((2, 2)), [0, 0]), DATA, "cross_entropy", class_weight=[1.0, 1.0])
