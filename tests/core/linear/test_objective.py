"""The linear classifier, its data and what it minimises; and the check of every gradient."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import softmax_core as core
from softmax_core import LOSSES, Data, LinearParams

DATA = core.datasets.small_blobs(seed=1, n_per_class=7)
PARAMS = LinearParams(np.random.default_rng(2).normal(size=(2, 3)), [0.3, -0.2, 0.1])


@st.composite
def problems(draw: st.DrawFn) -> tuple[LinearParams, Data, float, float]:
    n_features, n_classes, n_samples = (draw(st.integers(low, 5)) for low in (1, 2, 1))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    reach = 10.0 ** draw(st.floats(-2, 2))
    data = Data(
        rng.normal(scale=reach, size=(n_samples, n_features)), rng.integers(n_classes, size=n_samples)
    )
    weights = rng.normal(scale=10.0 ** draw(st.floats(-3, 1)) / reach, size=(n_features, n_classes))
    l2, margin = draw(st.sampled_from([0.0, 1e-3, 1.0])), draw(st.sampled_from([0.25, 1.0, 10.0]))
    return LinearParams(weights, rng.normal(size=n_classes)), data, l2, margin


@pytest.mark.parametrize("name", LOSSES)
@given(problem=problems())
def test_every_gradient_is_right_away_from_kinks(
    name: str, problem: tuple[LinearParams, Data, float, float]
) -> None:
    params, data, l2, margin = problem
    check = core.check_gradient(params, data, name, l2, margin)
    assume(not check.crosses_kink)
    assert check.largest < 1e-7


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("wrong", ["sign", "penalty", "one entry", "one loss"])
def test_the_check_sees_a_wrong_gradient(name: str, wrong: str) -> None:
    right = core.objective_gradient(PARAMS, DATA, name, l2=0.1)
    W, b = np.array(right.W), np.array(right.b)
    if wrong == "sign":
        W = -W
    elif wrong == "penalty":  # λΣW² instead of ½λΣW²
        W += 0.1 * PARAMS.W
    elif wrong == "one entry":
        b[0] += 1e-6 * np.abs(b).max()
    else:
        W = W * DATA.n_samples
    gradient = LinearParams(W, b)
    assert core.check_gradient(PARAMS, DATA, name, l2=0.1).largest < 1e-7
    assert core.check_gradient(PARAMS, DATA, name, l2=0.1, gradient=gradient).largest > 1e-7


def test_the_check_says_how_near_a_kink_is() -> None:
    data = Data([[1.0]], [0])
    for gap, near in ((0.0, False), (-1.0, True), (-1.003, True), (-1.1, False)):
        check = core.check_gradient(LinearParams([[0.0, gap]], [0.0, 0.0]), data, "weston_watkins")
        assert check.kink_distance == pytest.approx(abs(gap + 1))
        assert check.crosses_kink == near
    at_kink = core.check_gradient(LinearParams([[0.0, -1.0]], [0.0, 0.0]), data, "weston_watkins")
    assert at_kink.largest > 0.1


@pytest.mark.parametrize(
    ("name", "scores", "distance"),
    [
        ("cross_entropy", [0.0, 1.0, 2.0], np.inf),
        ("weston_watkins", [0.0, -0.9, 2.0], 0.1),
        ("squared_weston_watkins", [0.0, -0.9, 2.0], 0.1),
        ("crammer_singer", [0.0, -0.9, 2.0], 2.9),
        ("crammer_singer", [0.0, 1.8, 2.0], 0.2),
        ("crammer_singer", [0.0, -3.8, -4.0], 2.8),
        ("crammer_singer", [0.0, -np.inf, -np.inf], np.inf),
        ("one_vs_all", [0.8, -3.0, 2.0], 0.2),
    ],
)
def test_the_distance_to_the_next_kink(name: str, scores: list[float], distance: float) -> None:
    assert core.linear.kink_distance(scores, 0, name) == pytest.approx(distance)


def test_a_feature_that_is_always_zero_has_no_gradient_but_the_penalty() -> None:
    data = Data([[0.0, 1.0], [0.0, 2.0]], [0, 1])
    check = core.check_gradient(PARAMS, Data(data.X, [0, 2]), "cross_entropy", l2=0.5)
    assert check.largest < 1e-7
    assert check.analytic.W[0] == pytest.approx(0.5 * PARAMS.W[0])


@pytest.mark.parametrize("name", LOSSES)
def test_the_objective_keeps_its_parts_apart(name: str) -> None:
    found = core.objective(PARAMS, DATA, name, l2=0.3, margin=0.5)
    losses = LOSSES[name].losses(DATA.X @ PARAMS.W + PARAMS.b, DATA.labels, 0.5)
    assert found.per_sample == pytest.approx(losses, rel=1e-13)
    assert found.data == pytest.approx(losses.mean())
    assert found.penalty == pytest.approx(0.15 * (PARAMS.W**2).sum())
    assert found.total == found.data + found.penalty
    same = core.objective(PARAMS, DATA, LOSSES[name], l2=0.3, margin=0.5)
    assert same.total == found.total


@pytest.mark.parametrize("name", [name for name in LOSSES if LOSSES[name].degree])
@given(factor=st.floats(0.01, 100), l2=st.floats(0, 10), margin=st.floats(0, 5))
def test_margin_and_penalty_are_one_trade_off(name: str, factor: float, l2: float, margin: float) -> None:
    """L(W, b; Δ, λ) = L(cW, cb; cΔ, λ/c)/c, and with λ and c² for the squared hinge."""
    pair = core.linear.rescale_objective(PARAMS, DATA, name, l2, margin, factor)
    degree = LOSSES[name].degree
    assert pair.margin == factor * margin
    assert pair.l2 == pytest.approx(l2 / factor if degree == 1 else l2)
    assert pair.recovered == pytest.approx(pair.here.total, rel=1e-12)
    there = core.objective(core.linear.scaled_params(PARAMS, factor), DATA, name, pair.l2, pair.margin)
    assert there.total == pair.there.total


def test_the_cross_entropy_has_no_such_trade_off() -> None:
    with pytest.raises(ValueError, match="hinge"):
        core.linear.rescale_objective(PARAMS, DATA, "cross_entropy", 0.1, 1.0, 2.0)
    for factor in (0.0, -1.0, np.inf, np.nan):
        with pytest.raises(ValueError, match="factor"):
            core.linear.rescale_objective(PARAMS, DATA, "weston_watkins", 0.1, 1.0, factor)


def test_doubling_the_weights_of_a_sure_classifier_moves_only_the_cross_entropy() -> None:
    data, params = Data([[1.0], [2.0]], [0, 0]), LinearParams([[5.0, 0.0]], [0.0, 0.0])
    twice = core.linear.scaled_params(params, 2.0)
    assert core.objective(twice, data, "weston_watkins").data == 0
    assert core.objective(params, data, "weston_watkins").data == 0
    assert core.objective(twice, data, "cross_entropy").data > 0
    assert (
        core.objective(twice, data, "cross_entropy").data < core.objective(params, data, "cross_entropy").data
    )


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_formats_are_kept(dtype: str) -> None:
    params = LinearParams(PARAMS.W.astype(dtype), PARAMS.b)
    assert params.b.dtype == dtype
    assert core.linear_scores(params, DATA.X).dtype == dtype
    assert core.objective(params, DATA, "weston_watkins").per_sample.dtype == dtype
    gradient = core.objective_gradient(params, DATA, "cross_entropy", l2=0.1)
    assert gradient.W.dtype == gradient.b.dtype == dtype
    wide = core.objective_gradient(
        LinearParams(params.W.astype(float), params.b.astype(float)), DATA, "cross_entropy", l2=0.1
    )
    assert gradient.W.astype(float) == pytest.approx(wide.W, abs=2e-2 if dtype == "float16" else 1e-6)


def test_parameters_and_data_are_read_only_copies() -> None:
    X, W = np.ones((2, 2)), np.ones((2, 3))
    data, params = Data(X, [0, 1]), LinearParams(W, [0, 0, 0])
    X[:] = W[:] = 7
    assert data.X.max() == params.W.max() == 1
    for array in (data.X, data.labels, params.W, params.b):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


@pytest.mark.parametrize(
    ("X", "labels", "error", "message"),
    [
        ([1.0, 2.0], [0, 1], ValueError, "rows"),
        (np.ones((0, 2)), np.zeros(0, int), ValueError, "rows"),
        ([[1.0], [2.0]], [0], ValueError, r"shape \(2,\)"),
        ([[1.0], [np.nan]], [0, 1], ValueError, "row 1"),
        ([[1.0], [np.inf]], [0, 1], ValueError, "row 1"),
        ([[1.0], [2.0]], [0, -1], ValueError, "row 1"),
        ([[1.0], [2.0]], [0.0, 1.0], TypeError, "integers"),
        ([["a"], ["b"]], [0, 1], TypeError, "X must be"),
    ],
)
def test_bad_data_is_refused(X: object, labels: object, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        Data(X, labels)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("W", "b", "message"),
    [
        ([1.0, 2.0], [0, 0], "column per class"),
        ([[1.0, 2.0]], [0], "needs b"),
        (np.ones((2, 0)), [], "column"),
    ],
)
def test_bad_parameters_are_refused(W: object, b: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        LinearParams(W, b)  # type: ignore[arg-type]


def test_bad_settings_are_refused() -> None:
    for function in (core.objective, core.objective_gradient, core.check_gradient):
        with pytest.raises(ValueError, match="unknown loss"):
            function(PARAMS, DATA, "softmax")
        with pytest.raises(ValueError, match="l2"):
            function(PARAMS, DATA, "cross_entropy", l2=-1.0)
        with pytest.raises(ValueError, match="margin"):
            function(PARAMS, DATA, "weston_watkins", margin=-1.0)
        with pytest.raises(ValueError, match="features"):
            function(LinearParams([[1.0, 2.0]], [0, 0]), DATA, "cross_entropy")
        with pytest.raises(ValueError, match="label 2"):
            function(LinearParams(np.ones((2, 2)), [0, 0]), DATA, "cross_entropy")
        with pytest.raises(ValueError, match="row 0"):
            function(LinearParams(np.full((2, 3), np.nan), [0, 0, 0]), DATA, "cross_entropy")


def test_blobs_follow_their_seed() -> None:
    same, other = (
        core.datasets.small_blobs(seed=1, n_per_class=7),
        core.datasets.small_blobs(seed=2, n_per_class=7),
    )
    assert (same.X == DATA.X).all()
    assert not (other.X == DATA.X).any()
    drawn = core.datasets.small_blobs(np.random.default_rng(1), n_per_class=7)
    assert (drawn.X == DATA.X).all()
    wide = core.datasets.small_blobs(
        seed=0, n_per_class=500, n_classes=5, n_features=4, distance=3.0, spread=0.1
    )
    assert wide.X.shape == (2500, 4)
    centres = [wide.X[wide.labels == k].mean(axis=0) for k in range(5)]
    assert np.linalg.norm(centres, axis=1) == pytest.approx([3.0] * 5, abs=0.05)
    assert wide.X[:, 2:].std() == pytest.approx(0.1, rel=0.05)


@pytest.mark.parametrize("wrong", [{"n_per_class": 0}, {"n_classes": 0}, {"n_features": 1}, {"spread": -1.0}])
def test_impossible_blobs_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"blobs|spread"):
        core.datasets.small_blobs(0, **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sample_weight", "class_weight"),
    [
        ([1e308, 1e308, 2e307], None),
        ([5e-324, 5e-324, 5e-324], None),
        ([1e308, 1.0, 1e-300], [1e308, 1e-308]),
        ([1e-200, 1e-300, 1e-250], [1e-200, 1e-150]),
        ([0.0, 1e-300, 1e-300], [1e308, 1e-300]),
    ],
)
def test_weights_of_any_size_count_in_their_proportions(
    sample_weight: list[float], class_weight: list[float] | None
) -> None:
    params, data = LinearParams([[1.0, -1.0]], [0.0, 0.5]), Data([[1.0], [2.0], [-3.0]], [0, 1, 1])
    exact = [Fraction(weight) for weight in sample_weight]
    if class_weight is not None:
        exact = [w * Fraction(class_weight[label]) for w, label in zip(exact, data.labels, strict=True)]
    parts = np.array([float(weight / sum(exact)) for weight in exact])
    losses = core.cross_entropy(core.linear_scores(params, data.X), data.labels)
    with np.errstate(all="raise"):
        found = core.objective(
            params, data, "cross_entropy", sample_weight=sample_weight, class_weight=class_weight
        )
    assert found.data == pytest.approx(float(parts @ losses), rel=1e-12)


@pytest.mark.parametrize("l2", ["0.1", [0.1, 0.2], None, True])
def test_a_penalty_that_is_no_number_is_named(l2: object) -> None:
    params, data = LinearParams([[1.0, -1.0]], [0.0, 0.5]), Data([[1.0]], [0])
    with pytest.raises(TypeError, match="l2 must be a number"):
        core.objective(params, data, "cross_entropy", l2=l2)  # type: ignore[arg-type]
