"""Entropy, cross-entropy and divergence: the textbook's numbers, scipy's numbers, and the edges at 0."""

from __future__ import annotations

import tracemalloc
import warnings
from collections.abc import Callable
from math import inf, log

import ml_dtypes
import mpmath
import numpy as np
import pytest
import scipy
from hypothesis import given
from hypothesis import strategies as st

import softmax_core as core
from softmax_core import (
    cross_entropy,
    distribution_cross_entropy,
    entropy,
    kl_divergence,
    perplexity,
    smoothed_labels,
    soft_cross_entropy,
    softmax,
    surprisal,
)
from softmax_core.information import moved_probability, smoothed_distribution

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


def true_cross_entropy(p: np.ndarray, q: np.ndarray, less_that_of_p: bool = False) -> mpmath.mpf:
    """Of the distributions that are p and q, taken as the numbers they are, divided by their exact sums."""
    with mpmath.workdps(60):
        exact_p, exact_q = ([mpmath.mpf(float(share)) for share in shares] for shares in (p, q))
        total_p, total_q = mpmath.fsum(exact_p), mpmath.fsum(exact_q)
        terms = [
            -a / total_p * (mpmath.log(b / total_q) - (mpmath.log(a / total_p) if less_that_of_p else 0))
            for a, b in zip(exact_p, exact_q, strict=True)
            if a
        ]
        return mpmath.fsum(terms)


def units_off(found: object, true: mpmath.mpf) -> float:
    with mpmath.workdps(60):
        return float(abs(mpmath.mpf(float(found)) - true) / abs(true) * 2**53)  # type: ignore[arg-type]


def test_kl_keeps_its_digits_however_close_the_two_are() -> None:
    for exponent in range(2, 52):
        gap = 2.0**-exponent
        for p, q in (
            ([0.5, 0.5], [0.5 + gap, 0.5 - gap]),
            ([0.25, 0.75], [0.25 - gap / 2, 0.75 + gap / 2]),
            ([0.5, 0.25, 0.25], [0.5, 0.25 + gap / 4, 0.25 - gap / 4]),
        ):
            wanted = true_cross_entropy(np.array(p), np.array(q), less_that_of_p=True)
            assert units_off(kl_divergence(p, q), wanted) <= 8, (p, q)
            with mpmath.workdps(60):
                assert units_off(kl_divergence(p, q, "bits"), wanted / mpmath.log(2)) <= 8, (p, q)


@pytest.mark.parametrize("size", [2, 3, 7, 40])
def test_information_is_right_to_a_few_units_for_shares_whose_sum_is_rounded(size: int) -> None:
    rng = np.random.default_rng(size)
    for spread in (0.05, 0.5, 5.0):
        for closeness in (1e-14, 1e-9, 1e-4, 0.03, 0.3, None):
            p = np.maximum(rng.dirichlet(np.full(size, spread)), 1e-30)
            q = np.maximum(rng.dirichlet(np.full(size, spread)), 1e-30)
            if closeness is not None:
                q = p * (1 + closeness * rng.uniform(-1, 1, size))
                q /= q.sum()
            if (p == q).all():
                continue
            assert units_off(kl_divergence(p, q), true_cross_entropy(p, q, less_that_of_p=True)) <= 8
            assert units_off(distribution_cross_entropy(p, q), true_cross_entropy(p, q)) <= 8
            assert units_off(entropy(p), true_cross_entropy(p, p)) <= 8
            with mpmath.workdps(60):
                assert units_off(perplexity(p), mpmath.exp(true_cross_entropy(p, p))) <= 8


def test_a_row_that_is_a_multiple_of_another_has_no_distance_from_it() -> None:
    row = softmax(np.random.default_rng(2).normal(size=9).astype(np.float32))
    assert kl_divergence(row, row) == 0
    assert 0 <= kl_divergence(row, row.astype(np.float64) / row.astype(np.float64).sum()) < 1e-30


def test_powers_of_two_have_whole_bits() -> None:
    powers = np.arange(1075)
    shares = 2.0**-powers
    np.testing.assert_array_equal(surprisal(shares, "bits"), powers)
    beliefs = np.stack([shares, 1 - shares], axis=1)
    np.testing.assert_array_equal(distribution_cross_entropy([1, 0], beliefs, "bits"), powers)
    np.testing.assert_allclose(kl_divergence([1, 0], beliefs, "bits"), powers, rtol=1e-15)


@pytest.mark.parametrize("power", range(14))
def test_alike_powers_of_two_have_whole_bits_and_a_whole_perplexity(power: int) -> None:
    alike = np.full(2**power, 2.0**-power)
    assert entropy(alike, "bits") == power
    assert perplexity(alike) == 2**power
    one = np.zeros(2**power)
    one[-1] = 1
    assert kl_divergence(one, alike, "bits") == power
    assert distribution_cross_entropy(one, alike, "bits") == power


def test_a_divergence_of_powers_of_two_is_not_rounded() -> None:
    assert kl_divergence([0.5, 0.25, 0.25], [0.25, 0.25, 0.5], "bits") == 0.25
    assert kl_divergence([0.5, 0.5, 0], [0.25, 0.25, 0.5], "bits") == 1
    assert kl_divergence([0.5, 0.5], [1, 0], "bits") == inf
    nearly = np.array([1, 2.0**-60]), np.array([1, 2.0**-61])
    assert units_off(kl_divergence(*nearly), true_cross_entropy(*nearly, less_that_of_p=True)) <= 8


@pytest.mark.parametrize("sizes", [range(1, 200), [997, 50_257]])
def test_nobody_is_more_unsure_than_the_uniform_distribution(sizes: list[int]) -> None:
    for size in sizes:
        check_the_uniform_distribution(size)


def check_the_uniform_distribution(size: int) -> None:
    alike = np.full(size, 1 / size)
    assert entropy(alike) <= np.log(size)
    assert entropy(alike, "bits") <= np.log2(size)
    assert perplexity(alike) == size
    for seed in range(3):
        nearly = alike * (1 + 1e-15 * np.random.default_rng(seed).normal(size=size))
        assert entropy(nearly) <= np.log(size)
        assert 1 <= perplexity(nearly) <= size


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
def test_a_moved_probability_leaves_a_distribution_with_the_old_proportions(
    pair: tuple[np.ndarray, np.ndarray], share: float, data: st.DataObject
) -> None:
    p, _ = pair
    index = data.draw(st.integers(0, len(p) - 1))
    moved = moved_probability(p, index, share)
    assert moved[index] == share
    assert moved.sum() == pytest.approx(1.0, rel=1e-12)
    assert (moved >= 0).all()
    others = np.delete(p, index)
    if others.sum() > 1e-9:
        np.testing.assert_allclose(np.delete(moved, index) * others.sum(), others * (1 - share), atol=1e-12)


@pytest.mark.parametrize(
    ("p", "moved"),
    [
        ([1.0, 5e-324, 0.0], [0.3, 0.7, 0.0]),
        ([1.0, 1e-309, 1e-309], [0.3, 0.35, 0.35]),
        ([1.0, 0.0, 1e-320], [0.3, 0.0, 0.7]),
        ([1.0, 2e-308, 6e-308], [0.3, 0.175, 0.525]),
        ([1.0, 0.0, 0.0], [0.3, 0.35, 0.35]),
    ],
)
def test_a_rest_that_is_hardly_there_is_shared_out_too(p: list[float], moved: list[float]) -> None:
    np.testing.assert_allclose(moved_probability(p, 0, 0.3), moved, rtol=1e-3)


def test_smoothed_labels_need_no_square_matrix() -> None:
    tracemalloc.start()
    targets = smoothed_labels([3, 50_256], 50_257, 0.1)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 * targets.nbytes
    assert targets.sum(axis=1) == pytest.approx([1, 1])
    assert targets.argmax(axis=1).tolist() == [3, 50_256]
    assert smoothed_labels([], 3).shape == (0, 3)
    assert smoothed_labels(np.zeros((2, 0), int), 3).shape == (2, 0, 3)
    assert smoothed_labels(np.array([2], np.uint8), 3).tolist() == [[0, 0, 1]]


@pytest.mark.parametrize(
    "function",
    [
        entropy,
        perplexity,
        lambda p: kl_divergence(p, p[::-1]),
        lambda p: kl_divergence(p, p[0]),
        lambda p: distribution_cross_entropy(p, p[::-1], "bits"),
    ],
)
def test_hardly_any_memory_is_needed_beside_the_result(function: Callable[[np.ndarray], object]) -> None:
    p = softmax(np.random.default_rng(0).normal(size=(200_000, 10)).astype(np.float32))
    tracemalloc.start()
    function(p)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < p.nbytes


def test_surprise_needs_the_memory_of_its_result() -> None:
    p = softmax(np.random.default_rng(0).normal(size=(100_000, 10)).astype(np.float32))
    tracemalloc.start()
    result = surprisal(p)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1.1 * result.nbytes


HOSTILE = [
    [1.0, 5e-324, 0.0],
    [1e-310, 1.0, 1e-310],
    [1.0, 0.0, 0.0],
    [1e-160, 1.0, 1e-160],
    [1 / 3, 1 / 3, 1 / 3],
    [9.57e-17, 1 - 2e-16, 0.0],
]


@pytest.mark.parametrize("kind", [np.float16, ml_dtypes.bfloat16, np.float32, np.float64])
def test_nothing_is_raised_or_warned_of_for_tiny_shares(kind: type) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rows = np.array(HOSTILE, kind)
    with np.errstate(all="raise"):
        for unit in ("nats", "bits"):
            assert (entropy(rows, unit) >= 0).all()
            assert (surprisal(rows, unit) >= 0).all()
            for p in rows:
                assert (kl_divergence(p, rows, unit) >= 0).all()
                assert (distribution_cross_entropy(rows, p, unit) >= 0).all()
        assert ((perplexity(rows) >= 1) & (perplexity(rows) <= 3)).all()
        for p in rows:
            assert moved_probability(p, 1, 5e-324).sum() == pytest.approx(1)
            assert smoothed_distribution(p, 5e-324).sum() == pytest.approx(1)
        assert smoothed_labels([0, 1], 3, 5e-324).tolist() == [[1, 0, 0], [0, 1, 0]]


def test_kl_of_a_huge_ratio_is_finite() -> None:
    assert kl_divergence([1.0, 5e-324], [5e-324, 1.0]) == pytest.approx(1074 * log(2))
    assert kl_divergence([1e-310, 1.0], [1.0, 1e-310]) == pytest.approx(310 * log(10))


@pytest.mark.parametrize("found", [entropy, perplexity])
def test_the_classes_can_be_on_any_axis_or_on_several(found: Callable[..., np.ndarray]) -> None:
    p = np.random.default_rng(3).dirichlet(np.ones(6), size=(4, 5)).reshape(4, 5, 2, 3)
    wanted = found(p.reshape(4, 5, 6))
    np.testing.assert_array_equal(found(p, axis=(2, 3)), wanted)
    np.testing.assert_array_equal(found(np.moveaxis(p, (2, 3), (1, 0)), axis=(1, 0)), wanted)
    np.testing.assert_array_equal(found(np.moveaxis(p.reshape(4, 5, 6), 2, 0), axis=0), wanted)
    assert found(p[0, 0], axis=(0, 1)).shape == ()
    with pytest.raises(ValueError, match="only once"):
        found(p, axis=(2, -2))
    with pytest.raises(TypeError, match="axis must be an integer"):
        found(p, axis=None)


@pytest.mark.parametrize("found", [kl_divergence, distribution_cross_entropy])
def test_two_batches_broadcast_along_any_axis(found: Callable[..., np.ndarray]) -> None:
    rng = np.random.default_rng(4)
    p, q = rng.dirichlet(np.ones(5), size=(3, 1, 4)), rng.dirichlet(np.ones(5), size=(7, 1))
    wanted = np.array([[[found(row, other) for row in p[i, 0]] for (other,) in q] for i in range(3)])
    np.testing.assert_allclose(found(p, q), wanted, rtol=1e-14)
    np.testing.assert_array_equal(
        found(np.moveaxis(p, -1, 0), np.moveaxis(q, -1, 0)[:, None], axis=0), found(p, q)
    )
    np.testing.assert_allclose(found(p, q), scipy_cross(p, q, found is kl_divergence), rtol=1e-12)


def scipy_cross(p: np.ndarray, q: np.ndarray, divergence: bool) -> np.ndarray:
    own = 0 if divergence else scipy.stats.entropy(p, axis=-1)
    return np.asarray(own + scipy.stats.entropy(p, q, axis=-1))


@pytest.mark.parametrize("kind", [np.float16, ml_dtypes.bfloat16, np.float32, np.float64])
def test_empty_batches_and_single_classes(kind: type) -> None:
    empty, sure = np.zeros((0, 3), kind), np.ones((2, 1), kind)
    for found in (entropy, perplexity, lambda p: kl_divergence(p, p)):
        assert found(empty).shape == (0,)
        assert found(empty).dtype == np.float64
        assert found(sure).tolist() == ([1, 1] if found is perplexity else [0, 0])
    assert surprisal(empty).shape == (0, 3)


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
        (lambda: moved_probability([1.0], 0, 0.5), "two classes"),
        (lambda: moved_probability([0.5, 0.5], 0, -0.1), "from 0 to 1"),
        (lambda: moved_probability([0.5, 0.5], 2, 0.1), "from 0 to 1"),
        (lambda: smoothed_labels([], 0), "n_classes must be a whole number of at least 1"),
        (lambda: entropy(np.ones((2, 0))), "no class"),
        (lambda: entropy([0.5, 0.5], axis=1), "no axis 1"),
        (lambda: entropy(np.full((4, 20_000, 2), 0.5) - (np.arange(4) == 2)[:, None, None]), r"row \(2, 0\)"),
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
    for call in (
        lambda: smoothed_distribution([0.5, 0.5], [0.1, 0.2]),  # type: ignore[arg-type]
        lambda: smoothed_labels([0], 2, None),  # type: ignore[arg-type]
        lambda: moved_probability([0.5, 0.5], 0, np.array([0.5])),  # type: ignore[arg-type]
    ):
        with pytest.raises(TypeError, match="must be a number"):
            call()
