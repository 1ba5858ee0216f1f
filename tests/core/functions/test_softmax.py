"""softmax, log_softmax, logsumexp and sigmoid: golden rows, properties, formats, axes and refusals."""

from __future__ import annotations

import ml_dtypes
import numpy as np
import pytest
import scipy
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from softmax_core import DTYPES, log_softmax, logsumexp, sigmoid, softmax
from softmax_core.numerics import exact_softmax, ulp_error

FORMATS = {
    "float16": np.float16,
    "bfloat16": ml_dtypes.bfloat16,
    "float32": np.float32,
    "float64": np.float64,
}
ROWWISE = (softmax, log_softmax, logsumexp)


def rows(limit: float = 1e3) -> st.SearchStrategy[np.ndarray]:
    return hnp.arrays(np.float64, st.integers(1, 40), elements=st.floats(-limit, limit))


@pytest.mark.parametrize(
    ("scores", "probs", "digits"),
    [  # shared golden values of the lessons, recomputed from CS231n's notes
        ([-2.85, 0.86, 0.28], [0.015449, 0.631163, 0.353387], 6),
        ([1, -2, 0], [0.705385, 0.035119, 0.259496], 6),
        ([0.5, -1, 0], [0.546549, 0.121952, 0.331499], 6),
        ([1000, 1001, 1002], [0.090031, 0.244728, 0.665241], 6),
        ([0, 1, 2], [0.090031, 0.244728, 0.665241], 6),
    ],
)
def test_golden_rows(scores: list[float], probs: list[float], digits: int) -> None:
    np.testing.assert_array_equal(softmax(scores).round(digits), probs)


def test_the_cat_dog_ship_scores_of_the_notes() -> None:
    weights = np.array([[0.01, -0.05, 0.1, 0.05], [0.7, 0.2, 0.05, 0.16], [0, -0.45, -0.2, 0.03]])
    scores = weights @ [-15, 22, -44, 56] + [0, 0.2, -0.3]
    np.testing.assert_allclose(scores, [-2.85, 0.86, 0.28], rtol=1e-12)
    np.testing.assert_array_equal(softmax(scores).round(6), [0.015449, 0.631163, 0.353387])


def test_the_illustrative_row_of_the_notes_is_not_a_softmax() -> None:
    np.testing.assert_allclose(softmax([12.5, 0.6, -23]), [0.9999932, 6.79e-6, 3.82e-16], rtol=2e-3)


def test_the_notes_own_scores_in_float64_and_float32() -> None:
    scores = np.array([123, 456, 789])
    np.testing.assert_allclose(softmax(scores), [5.75e-290, 2.40e-145, 1], rtol=1e-3)
    np.testing.assert_array_equal(softmax(scores.astype(np.float32)), [0, 0, 1])
    np.testing.assert_array_equal(log_softmax(scores.astype(np.float32)), [-666, -333, 0])


def test_one_class_is_certain() -> None:
    assert softmax([3.7]).tolist() == [1.0]
    assert str(log_softmax([3.7]).tolist()) == "[0.0]", "no negative zero"
    assert logsumexp([3.7]) == 3.7


@given(rows(), st.floats(-1e3, 1e3))
def test_a_constant_added_to_all_scores_changes_nothing(scores: np.ndarray, constant: float) -> None:
    np.testing.assert_allclose(softmax(scores + constant), softmax(scores), rtol=1e-11, atol=1e-300)


@given(rows(), st.randoms())
def test_reordering_the_classes_reorders_the_probabilities(scores: np.ndarray, random: object) -> None:
    order = np.array(random.sample(range(len(scores)), len(scores)))  # type: ignore[attr-defined]
    np.testing.assert_allclose(softmax(scores[order]), softmax(scores)[order], rtol=2e-15, atol=1e-322)


@given(rows(1e300))
def test_probabilities_lie_between_0_and_1_and_sum_to_1(scores: np.ndarray) -> None:
    probs = softmax(scores)
    assert (probs >= 0).all()
    assert (probs <= 1).all()
    assert probs.sum() == pytest.approx(1, abs=1e-14)


@given(rows())
def test_log_softmax_is_the_score_minus_the_logsumexp(scores: np.ndarray) -> None:
    np.testing.assert_allclose(log_softmax(scores), scores - logsumexp(scores), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(np.exp(log_softmax(scores)), softmax(scores), rtol=1e-12, atol=1e-300)


@given(rows())
def test_logsumexp_is_a_smooth_maximum(scores: np.ndarray) -> None:
    top, slack = scores.max(), 1e-12 * (1 + np.abs(scores).max())
    assert top <= logsumexp(scores) <= top + np.log(len(scores)) + slack


@given(st.floats(-800, 800))
def test_two_classes_are_the_sigmoid(x: float) -> None:
    assert sigmoid(x) == pytest.approx(softmax([x, 0])[0], rel=2e-15, abs=1e-322)
    assert sigmoid(x) + sigmoid(-x) == pytest.approx(1)


@pytest.mark.parametrize("function", ROWWISE)
@pytest.mark.parametrize("n_classes", [1, 2, 3, 4, 10, 32, 33, 200])
def test_a_row_gets_the_same_result_alone_and_in_any_batch(function: object, n_classes: int) -> None:
    batch = np.random.default_rng(0).normal(scale=200, size=(500, n_classes))
    batch[::7] *= 1000
    together = function(batch)  # type: ignore[operator]
    alone = np.array([function(row) for row in batch])  # type: ignore[operator]
    np.testing.assert_array_equal(together, alone)


@pytest.mark.parametrize("shape", [(5,), (300, 3), (20_000, 3), (7, 11, 13), (3, 2000), (2, 40_000)])
@pytest.mark.parametrize("scale", [1, 1e4])
def test_it_agrees_with_scipy(shape: tuple[int, ...], scale: float) -> None:
    scores = np.random.default_rng(1).normal(scale=scale, size=shape)
    np.testing.assert_allclose(
        softmax(scores), scipy.special.softmax(scores, axis=-1), rtol=1e-10, atol=1e-300
    )
    expected = scipy.special.log_softmax(scores, axis=-1)
    np.testing.assert_allclose(log_softmax(scores), expected, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(logsumexp(scores), scipy.special.logsumexp(scores, axis=-1), 1e-14, 1e-15)


@pytest.mark.parametrize("top", [-689.9, 0.0, 689.9, 700.0])
def test_very_many_classes_at_the_edge_of_exp_neither_overflow_nor_warn(top: float) -> None:
    scores = np.full((2, 200_000), top)
    scores[1] -= np.linspace(0, 1000, 200_000)
    probs = softmax(scores)
    np.testing.assert_allclose(probs[0], 1 / 200_000, rtol=1e-15)
    np.testing.assert_allclose(probs.sum(axis=1), 1, rtol=1e-14)


@pytest.mark.parametrize("axis", [0, 1, 2, -1, -2, -3])
def test_any_axis_may_hold_the_classes(axis: int) -> None:
    scores = np.random.default_rng(2).normal(size=(4, 5, 6))
    np.testing.assert_allclose(softmax(scores, axis), scipy.special.softmax(scores, axis=axis))
    np.testing.assert_allclose(log_softmax(scores, axis), scipy.special.log_softmax(scores, axis=axis))
    for keepdims in (False, True):
        expected = scipy.special.logsumexp(scores, axis=axis, keepdims=keepdims)
        np.testing.assert_allclose(logsumexp(scores, axis, keepdims), expected, strict=True)


@pytest.mark.parametrize("view", [np.s_[::2, ::-1], np.s_[::-1, 1:4]])
def test_strided_views_and_read_only_arrays_work_and_stay_as_they_are(view: tuple[slice, slice]) -> None:
    scores = np.random.default_rng(3).normal(size=(50, 6))
    before = scores.copy()
    scores.flags.writeable = False
    for function in ROWWISE:
        np.testing.assert_array_equal(function(scores[view]), function(scores[view].copy()))
    np.testing.assert_array_equal(scores, before)


@pytest.mark.parametrize("function", [log_softmax, logsumexp])
@pytest.mark.parametrize("name", DTYPES)
def test_a_format_is_kept_and_its_result_rounded_once(function: object, name: str) -> None:
    scores = np.random.default_rng(4).normal(scale=3, size=(40, 5)).astype(FORMATS[name])
    result = function(scores)  # type: ignore[operator]
    assert result.dtype == FORMATS[name]
    expected = function(scores.astype(np.float64)).astype(FORMATS[name])  # type: ignore[operator]
    np.testing.assert_array_equal(result.astype(float), expected.astype(float))


@pytest.mark.parametrize(
    ("name", "allowed"), [("float16", 0.501), ("bfloat16", 0.501), ("float32", 4.0), ("float64", 4.0)]
)
@pytest.mark.parametrize("n_classes", [1, 5, 33])
@pytest.mark.parametrize("scale", [3, 30, 300])
def test_softmax_keeps_the_format(name: str, allowed: float, n_classes: int, scale: float) -> None:
    scores = np.random.default_rng(4).normal(scale=scale, size=(40, n_classes)).astype(FORMATS[name])
    probs = softmax(scores)
    assert probs.dtype == FORMATS[name]
    assert ulp_error(probs, exact_softmax(scores)).max() <= allowed


@pytest.mark.parametrize("function", [*ROWWISE, sigmoid])
@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int64])
def test_integers_become_float64(function: object, kind: type) -> None:
    result = function(np.array([1, 2, 3], dtype=kind))  # type: ignore[operator]
    assert result.dtype == np.float64
    np.testing.assert_array_equal(result, function([1.0, 2.0, 3.0]))  # type: ignore[operator]


@pytest.mark.parametrize("function", [*ROWWISE, sigmoid])
@pytest.mark.parametrize("scores", [[True, False], [1j], ["a"], [None], np.longdouble([1])], ids=repr)
def test_anything_else_is_a_type_error(function: object, scores: object) -> None:
    with pytest.raises(TypeError, match="must be integers or one of"):
        function(scores)  # type: ignore[operator]


@pytest.mark.parametrize("function", ROWWISE)
def test_the_class_axis_must_be_one_that_exists_and_holds_a_class(function: object) -> None:
    with pytest.raises(TypeError, match="axis must be an integer"):
        function([1.0], axis=None)  # type: ignore[operator]
    with pytest.raises(TypeError):
        function([1.0], axis=0.5)  # type: ignore[operator]
    with pytest.raises(ValueError, match="no axis 1"):
        function([1.0], axis=1)  # type: ignore[operator]
    with pytest.raises(ValueError, match="no axis -1"):
        function(1.0)  # type: ignore[operator]
    with pytest.raises(ValueError, match="hold no class"):
        function(np.empty((3, 0)))  # type: ignore[operator]


@pytest.mark.parametrize("n_classes", [3, 50])
def test_no_rows_are_fine(n_classes: int) -> None:
    assert softmax(np.empty((0, n_classes))).shape == (0, n_classes)
    assert log_softmax(np.empty((2, 0, n_classes))).shape == (2, 0, n_classes)
    assert logsumexp(np.empty((0, n_classes))).shape == (0,)


@pytest.mark.parametrize("kind", [np.float16, ml_dtypes.bfloat16, np.float32, np.float64])
def test_minus_infinity_forbids_a_class(kind: type) -> None:
    scores = np.array([[1, -np.inf, 0], [-np.inf, -np.inf, 5]], dtype=kind)
    np.testing.assert_array_equal(softmax(scores)[:, 1].astype(float), [0, 0])
    np.testing.assert_array_equal(softmax(scores)[1].astype(float), [0, 0, 1])
    np.testing.assert_array_equal(log_softmax(scores)[1].astype(float), [-np.inf, -np.inf, 0])
    np.testing.assert_array_equal(
        softmax(scores)[0, ::2].astype(float), softmax(scores[0, ::2]).astype(float)
    )
    assert logsumexp(scores)[1] == 5


@pytest.mark.parametrize("function", ROWWISE)
@pytest.mark.parametrize("n_classes", [3, 100])
@pytest.mark.parametrize("spread", [1, 1e4])
@pytest.mark.parametrize(
    ("bad", "fault"), [(np.nan, "NaN"), (np.inf, r"\+inf"), (-np.inf, "every score is −inf")]
)
def test_a_bad_row_is_named(function: object, n_classes: int, spread: float, bad: float, fault: str) -> None:
    n = 30_000 if n_classes == 3 else 3_000
    scores = np.random.default_rng(5).normal(scale=spread, size=(n, n_classes))
    scores[n - 7, slice(None) if bad == -np.inf else 1] = bad
    with pytest.raises(ValueError, match=rf"row {n - 7}: .*{fault}"):
        function(scores)  # type: ignore[operator]
    with pytest.raises(ValueError, match=rf"row \(1, {n // 2 - 7}\)"):
        function(scores.reshape(2, n // 2, n_classes))  # type: ignore[operator]


def test_infinities_are_the_ends_of_the_sigmoid_and_nan_is_refused() -> None:
    assert sigmoid([-np.inf, np.inf]).tolist() == [0, 1]
    with pytest.raises(ValueError, match="NaN"):
        sigmoid([0.0, np.nan])


@pytest.mark.parametrize("name", DTYPES)
def test_the_sigmoid_keeps_the_format(name: str) -> None:
    x = np.linspace(-10, 10, 9).astype(FORMATS[name])
    assert sigmoid(x).dtype == FORMATS[name]
    np.testing.assert_array_equal(
        sigmoid(x).astype(float), sigmoid(x.astype(float)).astype(FORMATS[name]).astype(float)
    )
    np.testing.assert_allclose(sigmoid(x.astype(float)), scipy.special.expit(x.astype(float)))
