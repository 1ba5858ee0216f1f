"""Entropy, cross-entropy and divergence: the textbook's numbers, scipy's numbers, and the edges at 0."""

from __future__ import annotations

from math import inf, log

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

import softmax_core as core
from softmax_core import (
    cross_entropy,
    distribution_cross_entropy,
    entropy,
    kl_divergence,
    moved_share,
    perplexity,
    smoothed_distribution,
    smoothed_labels,
    soft_cross_entropy,
    softmax,
    surprisal,
)

SHARE = st.one_of(st.just(0.0), st.floats(1e-12, 1.0))


def distribution(size: int) -> st.SearchStrategy[np.ndarray]:
    lists = st.lists(SHARE, min_size=size, max_size=size).filter(lambda shares: sum(shares) > 0)
    return lists.map(lambda shares: np.array(shares) / sum(shares))


PAIRS = st.integers(2, 8).flatmap(lambda size: st.tuples(distribution(size), distribution(size)))


@given(PAIRS)
def test_all_three_agree_with_scipy_in_both_units(pair: tuple[np.ndarray, np.ndarray]) -> None:
    p, q = pair
    for unit, base in (("nats", None), ("bits", 2)):
        own, apart = scipy.stats.entropy(p, base=base), scipy.stats.entropy(p, q, base=base)
        assert entropy(p, unit) == pytest.approx(own, rel=1e-12, abs=1e-15)
        assert kl_divergence(p, q, unit) == pytest.approx(apart, rel=1e-9, abs=2e-15)
        assert distribution_cross_entropy(p, q, unit) == pytest.approx(own + apart, rel=1e-12, abs=1e-14)


@given(PAIRS)
def test_the_bar_is_the_sum_of_its_parts_and_no_part_is_negative(pair: tuple[np.ndarray, np.ndarray]) -> None:
    p, q = pair
    parts = float(entropy(p)), float(kl_divergence(p, q))
    assert min(parts) >= 0
    assert distribution_cross_entropy(p, q) == pytest.approx(sum(parts), rel=1e-12, abs=1e-14)
    assert float(entropy(p)) <= log(len(p)) * (1 + 1e-12)
    assert kl_divergence(p, p) == 0


def test_kl_keeps_its_digits_where_the_two_are_almost_the_same() -> None:
    p, q, wanted = [0.5, 0.5], [0.5 + 1e-9, 0.5 - 1e-9], 2e-18
    assert kl_divergence(p, q) == pytest.approx(wanted, rel=1e-6)
    assert abs(distribution_cross_entropy(p, q) - entropy(p) - wanted) > wanted / 2  # no digit is left


def test_an_impossible_class_costs_infinitely_much_only_if_it_happens() -> None:
    assert distribution_cross_entropy([0.5, 0.5], [1.0, 0.0]) == inf
    assert kl_divergence([0.5, 0.5], [1.0, 0.0]) == inf
    assert distribution_cross_entropy([1.0, 0.0], [1.0, 0.0]) == 0
    assert kl_divergence([1.0, 0.0], [0.5, 0.5]) == pytest.approx(log(2))
    assert surprisal([0.0]).tolist() == [inf]
    assert kl_divergence([1e-310, 1.0], [0.5, 0.5]) == pytest.approx(log(2))


@pytest.mark.parametrize("label", [0, 1, 2])
def test_with_all_mass_on_one_class_it_is_minus_log_q_y_the_classifiers_loss(label: int) -> None:
    scores = np.array([-2.85, 0.86, 0.28])
    one_hot = smoothed_labels(label, 3)
    assert entropy(one_hot) == 0
    for found in (distribution_cross_entropy, kl_divergence):
        assert found(one_hot, softmax(scores)) == pytest.approx(cross_entropy(scores, label), rel=1e-14)
    assert surprisal(softmax(scores))[label] == pytest.approx(cross_entropy(scores, label), rel=1e-14)


def test_the_example_of_the_notes_in_nats_and_bits() -> None:
    q = softmax([-2.85, 0.86, 0.28])
    assert distribution_cross_entropy([0, 0, 1], q) == pytest.approx(1.0401906, rel=1e-7)
    assert distribution_cross_entropy([0, 0, 1], q, "bits") == pytest.approx(1.500678, rel=1e-6)


def test_halving_all_weights_makes_the_notes_probabilities_more_diffuse() -> None:
    sure, diffuse = softmax([[1.0, -2.0, 0.0], [0.5, -1.0, 0.0]])
    assert sure == pytest.approx([0.705385, 0.035119, 0.259496], abs=5e-7)
    assert diffuse == pytest.approx([0.546549, 0.121952, 0.331499], abs=5e-7)
    assert entropy(diffuse) > entropy(sure)


@given(PAIRS, st.floats(0, 1))
def test_a_batch_is_its_rows(pair: tuple[np.ndarray, np.ndarray], smoothing: float) -> None:
    p, q = np.stack(pair), np.stack(pair[::-1])
    for found in (distribution_cross_entropy, kl_divergence):
        np.testing.assert_allclose(found(p, q), [found(*pair), found(*pair[::-1])], rtol=1e-14)
    np.testing.assert_array_equal(
        smoothed_distribution(p, smoothing), [smoothed_distribution(row, smoothing) for row in p]
    )


def test_the_unit_of_perplexity_does_not_matter() -> None:
    p = [0.5, 0.25, 0.25]
    assert perplexity(p) == pytest.approx(2 ** float(entropy(p, "bits")), rel=1e-14)
    assert perplexity(np.full(8, 1 / 8)) == pytest.approx(8)
    assert perplexity([0, 1, 0]) == 1


def test_smoothed_labels_are_distributions_and_their_cross_entropy_is_the_soft_one() -> None:
    targets = smoothed_labels([2, 0], 3, 0.1)
    np.testing.assert_allclose(targets, [[1 / 30, 1 / 30, 28 / 30], [28 / 30, 1 / 30, 1 / 30]])
    scores = np.array([[1.0, -2.0, 0.0], [-2.85, 0.86, 0.28]])
    soft = soft_cross_entropy(scores, targets)
    np.testing.assert_allclose(distribution_cross_entropy(targets, softmax(scores)), soft, rtol=1e-14)
    np.testing.assert_array_equal(smoothed_labels([1], 2), [[0, 1]])
    np.testing.assert_array_equal(smoothed_labels([1], 2, 1.0), [[0.5, 0.5]])


@given(PAIRS, st.floats(0, 1), st.data())
def test_a_moved_share_leaves_a_distribution_with_the_old_proportions(
    pair: tuple[np.ndarray, np.ndarray], share: float, data: st.DataObject
) -> None:
    p, _ = pair
    index = data.draw(st.integers(0, len(p) - 1))
    moved = moved_share(p, index, share)
    assert moved[index] == share
    assert moved.sum() == pytest.approx(1.0, rel=1e-12)
    assert (moved >= 0).all()
    others = np.delete(p, index)
    if others.sum() > 1e-9:
        np.testing.assert_allclose(np.delete(moved, index) * others.sum(), others * (1 - share), atol=1e-12)


@pytest.mark.parametrize(
    ("call", "part"),
    [
        (lambda: entropy([0.5, 0.6]), "row 0"),
        (lambda: entropy([[0.5, 0.5], [-0.5, 1.5]]), "row 1"),
        (lambda: entropy([np.nan, 1.0]), "row 0"),
        (lambda: entropy([]), "shape"),
        (lambda: entropy([0.5, 0.5], unit="hartleys"), "hartleys"),
        (lambda: kl_divergence([1.0], [0.5, 0.5]), "1 classes and q 2"),
        (lambda: surprisal([1.5]), "from 0 to 1"),
        (lambda: surprisal([np.nan]), "from 0 to 1"),
        (lambda: smoothed_distribution([1.0, 0.0], 1.5), "smoothing"),
        (lambda: smoothed_labels([3], 3), "use 0 to 2"),
        (lambda: moved_share([1.0], 0, 0.5), "two classes"),
        (lambda: moved_share([0.5, 0.5], 0, -0.1), "from 0 to 1"),
    ],
)
def test_what_is_no_distribution_is_refused_in_words(call: object, part: str) -> None:
    with pytest.raises(ValueError, match=part):
        call()  # type: ignore[operator]


def test_labels_must_be_integers_and_shares_numbers() -> None:
    with pytest.raises(TypeError, match="integers"):
        smoothed_labels([0.5], 2)
    with pytest.raises(TypeError, match="convert"):
        core.entropy(["a"])
