"""The cross-entropy, hard and soft, and its gradients."""

from __future__ import annotations

import ml_dtypes
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from softmax_core import (
    cross_entropy,
    cross_entropy_gradient,
    log_softmax,
    logsumexp,
    soft_cross_entropy,
    soft_cross_entropy_gradient,
    softmax,
)
from softmax_core.numerics import exact_softmax, loss_from_logsumexp, loss_from_probability, ulp_error

LOSSES = (cross_entropy, cross_entropy_gradient)
SOFT_LOSSES = (soft_cross_entropy, soft_cross_entropy_gradient)
BATCH = hnp.arrays(
    np.float64, st.tuples(st.integers(1, 8), st.integers(2, 40)), elements=st.floats(-500, 500)
)


def some_labels(scores: np.ndarray) -> np.ndarray:
    return np.arange(len(scores)) % scores.shape[-1]


@pytest.mark.parametrize(
    ("scores", "label", "loss", "relative"),
    [  # golden values of the lessons
        ([-2.85, 0.86, 0.28], 2, 1.0401906, 1e-7),
        ([10, -2, 3], 0, 9.176e-4, 1e-3),
        ([10, 9, 9], 0, 0.551445, 1e-6),
        ([10, -100, -100], 0, 3.3778e-48, 1e-4),
        ([123, 456, 789], 0, 666, 0),
        ([123, 456, 789], 1, 333, 0),
        ([123, 456, 789], 2, 0, None),
        (np.zeros(10), 4, 2.302585, 1e-6),  # chance
    ],
)
def test_golden_losses(scores: object, label: int, loss: float, relative: float | None) -> None:
    computed = cross_entropy(scores, label)  # type: ignore[arg-type]
    assert np.ndim(computed) == 0
    assert computed == pytest.approx(loss, rel=relative or 0, abs=1e-140 if relative is None else 0)


def test_the_cat_dog_ship_loss_in_bits_and_in_decimal_digits() -> None:
    loss = cross_entropy([-2.85, 0.86, 0.28], 2)
    assert loss / np.log(2) == pytest.approx(1.500678, abs=5e-7)
    assert loss / np.log(10) == pytest.approx(0.451749, abs=5e-7)


def test_float32_keeps_the_losses_that_its_probabilities_lose() -> None:
    scores = np.array([[123, 456, 789]] * 3, dtype=np.float32)
    losses = cross_entropy(scores, [0, 1, 2])
    assert losses.dtype == np.float32
    np.testing.assert_array_equal(losses, [666, 333, 0])


def test_the_gradient_of_the_notes() -> None:
    gradient = cross_entropy_gradient(np.log([0.2, 0.3, 0.5]), 1)
    np.testing.assert_allclose(gradient, [0.2, -0.7, 0.5], rtol=1e-15)


@given(hnp.arrays(np.float64, st.integers(1, 10), elements=st.floats(-600, 600)))
def test_both_written_forms_of_the_loss_are_equal_where_both_are_finite(scores: np.ndarray) -> None:
    for label in range(len(scores)):
        share, logs = loss_from_probability(scores, label), loss_from_logsumexp(scores, label)
        if np.isfinite(logs) and share < 700:  # a share below e^−708 is subnormal and has few digits
            assert share == pytest.approx(logs, rel=1e-10, abs=1e-10)
            assert cross_entropy(scores, label) == pytest.approx(logs, rel=1e-10, abs=1e-10)
        assert cross_entropy(scores, label) == pytest.approx(logsumexp(scores) - scores[label], abs=1e-10)


@given(BATCH)
def test_the_loss_is_minus_the_log_softmax_at_the_label_and_not_negative(scores: np.ndarray) -> None:
    labels = some_labels(scores)
    losses = cross_entropy(scores, labels)
    np.testing.assert_array_equal(losses, 0 - log_softmax(scores)[np.arange(len(scores)), labels])
    assert (losses >= 0).all()


@given(BATCH)
def test_each_gradient_row_sums_to_0(scores: np.ndarray) -> None:
    labels = some_labels(scores)
    np.testing.assert_allclose(cross_entropy_gradient(scores, labels).sum(axis=1), 0, atol=1e-15)
    soft = soft_cross_entropy_gradient(scores, softmax(np.roll(scores, 1, axis=1)))
    np.testing.assert_allclose(soft.sum(axis=1), 0, atol=1e-14)


def numeric_gradient(loss: object, scores: np.ndarray, step: float = 1e-3) -> np.ndarray:
    """Five-point central differences, error of order step⁴."""
    gradient = np.empty_like(scores)
    for j in range(len(scores)):
        e = step * np.eye(len(scores))[j]
        f = [float(loss(scores + k * e)) for k in (-2, -1, 1, 2)]  # type: ignore[operator]
        gradient[j] = (f[0] - 8 * f[1] + 8 * f[2] - f[3]) / (12 * step)
    return gradient


@pytest.mark.parametrize("n_classes", [2, 3, 10, 40])
@pytest.mark.parametrize("scale", [0.1, 3])
def test_the_gradients_pass_the_gradient_check(n_classes: int, scale: float) -> None:
    rng = np.random.default_rng(n_classes)
    scores, targets = rng.normal(scale=scale, size=n_classes), rng.dirichlet(np.ones(n_classes))
    hard = numeric_gradient(lambda f: cross_entropy(f, 1), scores)
    soft = numeric_gradient(lambda f: soft_cross_entropy(f, targets), scores)
    for analytic, numeric in (
        (cross_entropy_gradient(scores, 1), hard),
        (soft_cross_entropy_gradient(scores, targets), soft),
    ):
        relative = np.abs(analytic - numeric).max() / max(np.abs(analytic).max(), np.abs(numeric).max())
        assert relative < 1e-7


@pytest.mark.parametrize("gap", [0.0, 1.0, 20.0, 37.0, 50.0, 700.0])
def test_the_gradient_keeps_its_digits_when_the_classifier_is_sure(gap: float) -> None:
    scores = np.array([gap, 0.0, -1.0])
    truth = exact_softmax(scores) - np.array([1, 0, 0], dtype=object)
    truth[0] = -(truth[1] + truth[2])  # the decimal 1 − p cancels too
    assert ulp_error(cross_entropy_gradient(scores, 0), truth).max() <= 4
    assert ulp_error(soft_cross_entropy_gradient(scores, [1.0, 0.0, 0.0]), truth).max() <= 4


@given(BATCH)
def test_a_one_hot_target_is_a_label(scores: np.ndarray) -> None:
    labels = some_labels(scores)
    targets = np.eye(scores.shape[1])[labels]
    np.testing.assert_array_equal(soft_cross_entropy(scores, targets), cross_entropy(scores, labels))
    np.testing.assert_allclose(
        soft_cross_entropy_gradient(scores, targets), cross_entropy_gradient(scores, labels), 1e-14, 1e-300
    )


@given(BATCH)
def test_the_soft_loss_is_least_where_the_target_is_met(scores: np.ndarray) -> None:
    targets = softmax(scores)
    entropy = -np.sum(targets * np.log(np.maximum(targets, 1e-320)), axis=1)
    np.testing.assert_allclose(soft_cross_entropy(scores, targets), entropy, rtol=1e-9, atol=1e-12)
    other = soft_cross_entropy(np.roll(scores, 1, axis=1), targets)
    assert (other >= entropy * (1 - 1e-9) - 1e-12).all()


def test_a_forbidden_class_costs_infinitely_much_and_has_no_gradient() -> None:
    scores = [0.0, -np.inf, 1.0]
    assert cross_entropy(scores, 1) == np.inf
    assert cross_entropy_gradient(scores, 0)[1] == 0
    np.testing.assert_allclose(cross_entropy_gradient(scores, 1), [0.268941, -1, 0.731059], rtol=1e-5)
    assert soft_cross_entropy(scores, [0.5, 0.0, 0.5]) == pytest.approx(0.813262, abs=1e-6)
    assert soft_cross_entropy(scores, [0.5, 0.5, 0.0]) == np.inf
    assert np.isfinite(soft_cross_entropy_gradient(scores, [0.5, 0.0, 0.5])).all()


@pytest.mark.parametrize("kind", [np.float16, ml_dtypes.bfloat16, np.float32, np.float64])
def test_the_format_of_the_scores_is_kept(kind: type) -> None:
    scores = np.array([[1, 2, 3], [3, 2, 0]], dtype=kind)
    targets = np.full((2, 3), 1 / 3)
    for function in LOSSES:
        assert function(scores, [0, 1]).dtype == kind
    for function in SOFT_LOSSES:
        assert function(scores, targets).dtype == kind
        function(scores, targets.astype(kind))


def test_shapes_follow_the_scores() -> None:
    scores = np.random.default_rng(0).normal(size=(4, 5, 6))
    labels = np.zeros((4, 5), dtype=np.uint8)
    assert cross_entropy(scores, labels).shape == (4, 5)
    assert cross_entropy_gradient(scores, labels).shape == (4, 5, 6)
    assert soft_cross_entropy(scores, softmax(scores)).shape == (4, 5)
    assert soft_cross_entropy_gradient(scores, softmax(scores)).shape == (4, 5, 6)
    assert cross_entropy_gradient([1.0, 2.0], 0).shape == (2,)
    assert np.ndim(soft_cross_entropy([1.0, 2.0], [0.5, 0.5])) == 0
    assert cross_entropy(np.empty((0, 3)), []).shape == (0,)
    assert cross_entropy_gradient(np.empty((0, 3)), []).shape == (0, 3)


@pytest.mark.parametrize("function", LOSSES)
def test_bad_labels_are_refused_with_the_cure(function: object) -> None:
    scores = np.zeros((4, 3))
    for labels, error, message in (
        ([0, 1, 2, 3], ValueError, "row 3: label 3 is not a class; use 0 to 2"),
        ([0, -1, 2, 1], ValueError, "row 1: label -1"),
        ([0.0, 1.0, 2.0, 1.0], TypeError, "astype"),
        ([True, False, True, True], TypeError, "integers"),
        ([0, 1], ValueError, r"need labels of shape \(4,\)"),
        (0, ValueError, r"need labels of shape \(4,\)"),
    ):
        with pytest.raises(error, match=message):
            function(scores, labels)  # type: ignore[operator]


@pytest.mark.parametrize("function", SOFT_LOSSES)
def test_bad_targets_are_refused_with_the_cure(function: object) -> None:
    scores = np.zeros((3, 2))
    good = [0.5, 0.5]
    for targets, error, message in (
        ([good, good, [0.7, 0.7]], ValueError, "row 2: targets must be non-negative and sum to 1"),
        ([good, [1.5, -0.5], good], ValueError, "row 1: targets"),
        ([[np.nan, 1.0], good, good], ValueError, "row 0: targets"),
        ([good, good], ValueError, "same shape"),
        ([["a", "b"]] * 3, TypeError, "targets must be"),
    ):
        with pytest.raises(error, match=message):
            function(scores, targets)  # type: ignore[operator]


@pytest.mark.parametrize("function", [*LOSSES, *SOFT_LOSSES])
@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_bad_scores_are_refused_by_row(function: object, bad: float) -> None:
    scores = np.zeros((3, 2))
    scores[2, 0] = bad
    second = [0, 0, 0] if function in LOSSES else np.full((3, 2), 0.5)
    with pytest.raises(ValueError, match="row 2"):
        function(scores, second)  # type: ignore[operator]


@pytest.mark.parametrize("kind", [np.float16, ml_dtypes.bfloat16, np.float32, np.float64])
@pytest.mark.parametrize("n_classes", [2, 3, 4, 5, 40])
def test_a_soft_loss_of_any_size_is_a_number(kind: type, n_classes: int) -> None:
    scores, even = np.zeros((2, n_classes), kind), np.full((2, n_classes), 1 / n_classes)
    scores[0, -1] = -np.inf
    huge = float(ml_dtypes.finfo(kind).max) / 2
    scores[1, 0] = huge
    losses = soft_cross_entropy(scores, even).astype(float)
    assert losses[0] == np.inf
    assert losses[1] == pytest.approx((n_classes - 1) / n_classes * huge, rel=1e-2)
    one_more = soft_cross_entropy(
        np.array([1, -1] + [0] * n_classes, kind) * huge, [0.5, 0.5] + [0] * n_classes
    )
    assert float(one_more) == pytest.approx(huge, rel=1e-2)


@pytest.mark.parametrize("n_classes", [4, 40])
def test_a_huge_soft_loss_is_as_accurate_as_any(n_classes: int) -> None:
    scores = np.r_[1e308, np.zeros(n_classes - 1)]
    even = np.full(n_classes, 1 / n_classes)
    assert soft_cross_entropy(scores, even) == pytest.approx(1e308 * ((n_classes - 1) / n_classes), rel=1e-15)


def test_a_difference_beyond_the_format_may_cost_less_than_its_range() -> None:
    far = [1.7e308, -1.7e308]
    assert soft_cross_entropy(far, [0.5, 0.5]) == 1.7e308
    assert soft_cross_entropy([1e308, -1e308, 0.0, 0.0], [0.25] * 4) == 1e308
    assert soft_cross_entropy([*far, -np.inf], [0.5, 0.5, 0.0]) == 1.7e308
    assert cross_entropy(far, 0, smoothing=0.1) == pytest.approx(1.7e307, rel=1e-15)
    assert soft_cross_entropy([*far, -np.inf], [0.5, 0.25, 0.25]) == np.inf
    assert soft_cross_entropy([far, [0.0, 0.0]], [[0.0, 1.0], [0.5, 0.5]]).tolist() == [np.inf, np.log(2.0)]
