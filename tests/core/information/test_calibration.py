"""Reliability bins and the calibration error: counted by hand, and 0 where the probabilities are true."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from softmax_core import check_calibration, expected_calibration_error, reliability_bins, softmax


def two_classes(*confidences: float) -> np.ndarray:
    return np.array([[share, 1 - share] for share in confidences])


def test_bins_counted_by_hand() -> None:
    probs = two_classes(0.55, 0.6, 0.61, 0.95, 1.0, 0.99)
    first, second, last = reliability_bins(probs, [0, 1, 0, 0, 1, 0])
    assert (first.low, first.high, first.count) == (0.5, pytest.approx(0.6), 2)
    assert (first.confidence, first.accuracy) == (pytest.approx(0.575), 0.5)
    assert (second.count, second.accuracy, second.gap) == (1, 1.0, pytest.approx(-0.39))
    assert (last.high, last.count, last.accuracy) == (1.0, 3, pytest.approx(2 / 3))
    by_hand = (2 * 0.075 + 0.39 + 3 * (0.98 - 2 / 3)) / 6
    assert expected_calibration_error(probs, [0, 1, 0, 0, 1, 0]) == pytest.approx(by_hand)


@pytest.mark.parametrize(("confidence", "n_bins", "low"), [(0.5, 10, 0.4), (0.75, 4, 0.5), (1.0, 4, 0.75)])
def test_a_confidence_on_an_edge_belongs_below_it(confidence: float, n_bins: int, low: float) -> None:
    (found,) = reliability_bins(two_classes(confidence), [0], n_bins)
    assert found.low == pytest.approx(low)


def test_true_probabilities_are_calibrated_and_sharpened_ones_are_not() -> None:
    rng = np.random.default_rng(0)
    scores = 1.5 * rng.standard_normal((20_000, 3))
    probs = softmax(scores)
    labels = (rng.random((20_000, 1)) > probs.cumsum(axis=1)).sum(axis=1)
    assert expected_calibration_error(probs, labels) < 0.02
    too_sure, too_shy = softmax(3 * scores), softmax(scores / 3)
    assert expected_calibration_error(too_sure, labels) > 0.1
    assert all(each.gap > 0 for each in reliability_bins(too_sure, labels)[1:])
    assert expected_calibration_error(too_shy, labels) > 0.1
    assert all(each.gap < 0 for each in reliability_bins(too_shy, labels))


@given(st.integers(1, 60), st.integers(2, 5), st.integers(1, 20), st.integers(0, 2**31))
def test_every_prediction_is_in_one_bin_that_holds_it(n: int, k: int, n_bins: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    probs, labels = softmax(3 * rng.standard_normal((n, k))), rng.integers(0, k, n)
    bins = reliability_bins(probs, labels, n_bins)
    assert sum(each.count for each in bins) == n
    assert all(each.low <= each.confidence <= each.high + 1e-12 and each.count for each in bins)
    right = sum(each.count * each.accuracy for each in bins)
    assert right == pytest.approx((probs.argmax(axis=1) == labels).sum())
    assert 0 <= expected_calibration_error(probs, labels, n_bins) <= 1


@pytest.mark.parametrize("n_bins", [2, 4, 5, 8, 10, 16, 20, 50, 100])
def test_a_confidence_on_an_edge_belongs_to_the_bin_below(n_bins: int) -> None:
    for place in range(-(-n_bins // 2), n_bins + 1):
        (found,) = reliability_bins(two_classes(place / n_bins), [0], n_bins)
        assert (found.low, found.high) == (
            pytest.approx((place - 1) / n_bins),
            pytest.approx(place / n_bins),
        )
    below, above = reliability_bins(two_classes(0.75, np.nextafter(0.75, 1)), [0, 0], 4)
    assert (below.low, below.high, above.low, above.high) == (0.5, 0.75, 0.75, 1.0)


@pytest.mark.parametrize(
    ("probs", "labels", "bins", "part"),
    [
        ([[0.5, 0.6]], [0], 10, "row 0"),
        ([[0.5, 0.5]], [2], 10, "label 2"),
        ([[0.5, 0.5]], [0], 0, "n_bins must be"),
        (np.zeros((0, 2)), [], 10, "with a sample"),
        ([0.5, 0.5], 0, 10, "n_classes"),
    ],
)
def test_what_cannot_be_judged_is_refused(probs: object, labels: object, bins: int, part: str) -> None:
    with pytest.raises(ValueError, match=part):
        reliability_bins(probs, labels, bins)  # type: ignore[arg-type]


def test_what_chance_makes_of_true_probabilities_is_what_it_makes_of_drawn_labels() -> None:
    """Labels drawn from the very probabilities: the error lies below the limit 99 times in 100, and the gap
    within three standard errors."""
    rng = np.random.default_rng(3)
    scores = 2.0 * rng.standard_normal((500, 2))
    probs = softmax(scores)
    drawn = (rng.random((300, 500)) > probs[:, 0]).astype(int)
    checks = [check_calibration(probs, labels, draws=1) for labels in drawn]
    first = check_calibration(probs, drawn[0])
    errors, off = np.array([each.error for each in checks]), np.array([each.errors_off for each in checks])
    assert first.chance == pytest.approx(errors.mean(), rel=0.05)
    assert (errors > first.limit).mean() <= 0.04
    assert off.std() == pytest.approx(1.0, abs=0.15)
    assert (np.abs(off) > 3).mean() <= 0.02
    assert check_calibration(softmax(3 * scores), drawn[0]).errors_off > 3
    assert check_calibration(softmax(scores / 3), drawn[0]).errors_off < -3


def test_the_standard_error_is_that_of_a_sum_of_coins() -> None:
    check = check_calibration(two_classes(0.8, 0.8, 0.8, 0.8), [0, 0, 0, 1], draws=2000)
    assert check.gap == pytest.approx(0.05)
    assert check.standard_error == pytest.approx((0.16 / 4) ** 0.5)
    by_hand = sum(comb(4, k) * 0.8**k * 0.2 ** (4 - k) * abs(0.8 - k / 4) for k in range(5))
    assert check.chance == pytest.approx(by_hand, abs=0.01)
    assert check == check_calibration(two_classes(0.8, 0.8, 0.8, 0.8), [0, 0, 0, 1], draws=2000)


@pytest.mark.parametrize(("labels", "off"), [([0], 0.0), ([1], float("inf"))])
def test_certainty_leaves_nothing_to_chance(labels: list[int], off: float) -> None:
    check = check_calibration([[1.0, 0.0]], labels)
    assert (check.errors_off, check.standard_error, check.chance, check.limit) == (off, 0.0, 0.0, 0.0)


def test_no_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="a draw, not 0"):
        check_calibration([[0.5, 0.5]], [0], draws=0)
