"""Each teaching variant does what it should where it works, and fails where it must."""

from __future__ import annotations

import inspect

import numpy as np
import pytest

import softmax_core
from softmax_core import log_softmax, softmax
from softmax_core.numerics import _variants as variants
from softmax_core.numerics import (
    clipped_log_loss,
    log_of_softmax,
    log_softmax_shifted,
    softmax_clamped_max,
    softmax_free_shift,
    softmax_global_max,
    softmax_integer_inplace,
    softmax_naive,
    softmax_shifted,
    softmax_twice,
    softmax_wrong_sign,
)

NOTES = np.array([123.0, 456.0, 789.0])
ALL = [
    function
    for name, function in vars(variants).items()
    if getattr(function, "__module__", "") == variants.__name__
]


def test_every_variant_says_so_first_and_is_short_enough_to_read() -> None:
    assert len(ALL) == 13
    for function in ALL:
        assert function.__doc__.startswith("Teaching variant: "), function
        assert function.__name__ in softmax_core.numerics.__all__
        assert function.__name__ not in softmax_core.__all__
        body = inspect.getsource(function).split('"""')[2].strip().splitlines()
        assert len(body) <= 6, function


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize(
    "variant",
    [
        softmax_naive,
        softmax_shifted,
        softmax_global_max,
        softmax_clamped_max,
        softmax_wrong_sign,
        softmax_integer_inplace,
        lambda scores: softmax_free_shift(scores, 0.5),
        lambda scores: np.exp(log_of_softmax(scores)),
        lambda scores: np.exp(log_softmax_shifted(scores)),
        lambda scores: np.exp(-clipped_log_loss(scores)),
    ],
)
def test_on_small_scores_they_agree_with_softmax_and_keep_the_format(variant: object, kind: type) -> None:
    scores = np.array([[0, 1, 2], [-1, 0.5, 0]], dtype=kind)
    result = variant(scores)  # type: ignore[operator]
    assert result.dtype == kind
    np.testing.assert_allclose(result, softmax(scores), rtol=10 * float(np.finfo(kind).eps))


def test_naive_overflows_above_the_limit_of_exp() -> None:
    np.testing.assert_array_equal(softmax_naive(NOTES), [0, 0, np.nan])
    np.testing.assert_array_equal(softmax_naive(NOTES.astype(np.float32)), [np.nan] * 3)
    assert np.isnan(softmax_naive(np.array([709.8]))).all()
    assert softmax_naive(np.array([709.7])).tolist() == [1]


def test_the_textbook_shift_saves_the_probabilities_but_not_their_logarithm() -> None:
    np.testing.assert_allclose(softmax_shifted(NOTES), [5.75e-290, 2.40e-145, 1], rtol=1e-3)
    with np.errstate(divide="ignore"):
        losses = -np.log(softmax_shifted(NOTES.astype(np.float32)))
    np.testing.assert_array_equal(losses, [np.inf, np.inf, 0])


def test_the_textbook_log_softmax_rounds_a_small_loss_to_0() -> None:
    assert log_softmax_shifted(np.array([10.0, -100.0, -100.0]))[0] == 0
    assert log_softmax([10.0, -100.0, -100.0])[0] == pytest.approx(-3.3778e-48, rel=1e-4)


def test_a_free_shift_works_only_in_the_safe_interval() -> None:
    np.testing.assert_allclose(softmax_free_shift(NOTES, -789.0), softmax(NOTES))
    assert np.isnan(softmax_free_shift(NOTES, 0.0)).any(), "too high"
    assert np.isnan(softmax_free_shift(NOTES, -1600.0)).all(), "too low: 0/0"


def test_the_lost_sign_overflows_at_half_the_score() -> None:
    assert np.isfinite(softmax_naive(np.array([400.0, 0.0]))).all()
    assert np.isnan(softmax_wrong_sign(np.array([400.0, 0.0]))).any()
    assert np.isnan(softmax_wrong_sign(NOTES)).any()


def test_one_global_maximum_ruins_a_low_row() -> None:
    scores = np.array([[1000.0, 1001.0, 1002.0], [0.0, 1.0, 2.0]])
    result = softmax_global_max(scores)
    np.testing.assert_allclose(result[0], softmax(scores)[0])
    assert np.isnan(result[1]).all()
    np.testing.assert_array_equal(softmax(scores).round(6), [[0.090031, 0.244728, 0.665241]] * 2)


def test_a_maximum_clamped_at_0_ruins_a_negative_row() -> None:
    scores = np.array([[-1000.0, -1001.0], [1000.0, 1001.0]])
    result = softmax_clamped_max(scores)
    assert np.isnan(result[0]).all()
    np.testing.assert_allclose(result[1], softmax(scores)[1])


def test_the_log_of_the_finished_softmax_is_infinite_when_a_share_underflows() -> None:
    scores = np.array([0.0, 800.0])
    assert log_of_softmax(scores).tolist() == [-np.inf, 0]
    np.testing.assert_allclose(log_softmax(scores)[0], -800)


def test_softmax_twice_never_gets_sure() -> None:
    np.testing.assert_array_equal(
        softmax_twice(np.array([10.0, 0.0, 0.0])).round(6), [0.576084, 0.211958, 0.211958]
    )
    surest = softmax_twice(np.array([1e6, 0.0, 0.0]))[0]
    assert -np.log(surest) == pytest.approx(0.551445, abs=5e-7)


def test_an_integer_array_cuts_every_exponential() -> None:
    assert softmax_integer_inplace(np.array([13, -7, 11])).tolist() == [1, 0, 0]
    assert softmax_integer_inplace(np.array([5, 5])).tolist() == [0, 0]
    np.testing.assert_allclose(softmax_integer_inplace(np.array([5.0, 5.0])), [0.5, 0.5])
    with pytest.raises(TypeError):  # the other way to write the bug is at least loud
        np.array([1, 2]).__itruediv__(3)


def test_clipping_hides_the_infinite_loss() -> None:
    assert clipped_log_loss(np.array([0.0, 1000.0]))[0] == pytest.approx(27.631, abs=1e-3)
    assert clipped_log_loss(np.array([0.0, 2000.0]))[0] == pytest.approx(27.631, abs=1e-3), (
        "no gradient either"
    )
    assert -log_softmax([0.0, 2000.0])[0] == 2000


@pytest.mark.parametrize("name", ["softmax_naive", "softmax_shifted", "softmax_integer_inplace"])
def test_a_masked_class_keeps_its_mask(name: str) -> None:
    shares = getattr(variants, name)(np.ma.masked_array([1.0, 2.0, 3.0], [False, True, False]))
    assert np.ma.getmaskarray(shares).tolist() == [False, True, False]
    np.testing.assert_allclose(shares.compressed(), softmax([1.0, 3.0]))
