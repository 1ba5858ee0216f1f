"""softmax_steps: every intermediate in its format, every failing entry with its figures."""

from __future__ import annotations

import dataclasses

import ml_dtypes
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from softmax_core import DTYPES, float_limits, softmax, softmax_steps
from softmax_core.numerics import (
    ALGORITHMS,
    exact_cross_entropy,
    log_softmax_shifted,
    softmax_clamped_max,
    softmax_free_shift,
    softmax_naive,
    softmax_shifted,
    softmax_wrong_sign,
)

NOTES = [123, 456, 789]
KINDS = {"float16": np.float16, "bfloat16": ml_dtypes.bfloat16, "float32": np.float32, "float64": np.float64}
VARIANTS = {
    "naive": softmax_naive,
    "shifted": softmax_shifted,
    "logsumexp": lambda scores: np.exp(log_softmax_shifted(scores)),
    "free_shift": lambda scores: softmax_free_shift(scores, -2.5),
    "wrong_sign": softmax_wrong_sign,
    "clamped_max": softmax_clamped_max,
}


def log_c_for(algorithm: str) -> float | None:
    return -2.5 if algorithm == "free_shift" else None


def test_the_notes_scores_break_the_naive_softmax_in_float64() -> None:
    steps = softmax_steps(NOTES, "naive", "float64")
    assert steps.shift == 0
    np.testing.assert_array_equal(steps.exponentials, [np.exp(123.0), np.exp(456.0), np.inf])
    assert steps.total == np.inf
    np.testing.assert_array_equal(steps.probs, [0, 0, np.nan])
    failure = steps.failure
    assert (failure.quantity, failure.index, failure.kind) == ("exponentials", 2, "overflow")
    assert (failure.operand, failure.result, failure.bound) == (789, np.inf, np.finfo(float).max)
    assert failure.limit == pytest.approx(709.7827, abs=5e-5)
    assert failure.reason == "exp(789) > 1.798e308, the end of float64; exp takes no more than 709.7827 there"


def test_the_shift_repairs_float64() -> None:
    steps = softmax_steps(NOTES, "shifted", "float64")
    np.testing.assert_array_equal(steps.shifted, [-666, -333, 0])
    np.testing.assert_allclose(steps.probs, [5.75e-290, 2.40e-145, 1], rtol=1e-3)
    np.testing.assert_allclose(steps.losses, [666, 333, 0])
    assert steps.failure is not None
    assert steps.failures == (steps.failure,)
    assert (steps.failure.quantity, steps.failure.index, steps.failure.kind) == ("losses", 2, "lost")


def test_in_float32_the_naive_softmax_is_all_nan() -> None:
    steps = softmax_steps(NOTES, "naive", "float32")
    assert np.isnan(steps.probs).all()
    assert (steps.failure.quantity, steps.failure.index) == ("exponentials", 0)
    assert (
        steps.failure.reason
        == "exp(123) > 3.403e38, the end of float32; exp takes no more than 88.7228 there"
    )


def test_in_float32_the_shift_alone_still_ends_in_an_infinite_loss() -> None:
    steps = softmax_steps(NOTES, "shifted", "float32")
    np.testing.assert_array_equal(steps.probs, [0, 0, 1])
    np.testing.assert_array_equal(steps.losses, [np.inf, np.inf, 0])
    assert not np.signbit(steps.losses[2])
    failure = steps.failure
    assert (failure.quantity, failure.index, failure.kind, failure.operand) == (
        "exponentials",
        0,
        "underflow",
        -666,
    )
    assert failure.limit == pytest.approx(-103.972, abs=1e-3)
    assert failure.reason == (
        "exp(-666) < 1.401e-45, the end of float32; exp takes no less than -103.9721 there"
    )
    assert [(f.quantity, f.index, f.kind) for f in steps.failures] == [
        ("exponentials", 0, "underflow"),
        ("exponentials", 1, "underflow"),
        ("probs", 0, "underflow"),
        ("probs", 1, "underflow"),
        ("losses", 0, "overflow"),
        ("losses", 1, "overflow"),
    ]
    assert steps.failures[-1].reason == "-log(0) is infinite: the probability had become 0"


def test_in_float32_log_sum_exp_keeps_the_losses_and_its_underflow_is_harmless() -> None:
    steps = softmax_steps(NOTES, "logsumexp", "float32")
    np.testing.assert_array_equal(steps.losses, [666, 333, 0])
    np.testing.assert_array_equal(steps.probs, [0, 0, 1])
    assert steps.failure is None
    assert [(f.quantity, f.index) for f in steps.failures] == [
        ("exponentials", 0),
        ("exponentials", 1),
        ("probs", 0),
        ("probs", 1),
    ]
    assert all(f.harmless for f in steps.failures)


def test_a_score_too_large_for_the_format_fails_at_the_scores() -> None:
    steps = softmax_steps([70000.0, 1.0], "shifted", "float16")
    failure = steps.failure
    assert (failure.quantity, failure.index, failure.kind, failure.operand) == (
        "scores",
        0,
        "overflow",
        70000,
    )
    assert failure.reason == "7e04 > 6.55e04, the end of float16"
    assert steps.failures[1].quantity == "shifted"
    assert steps.failures[1].kind == "invalid"


def test_a_total_may_overflow_alone() -> None:
    steps = softmax_steps([709.5, 709.5], "naive", "float64")
    assert (steps.failure.quantity, steps.failure.index, steps.failure.kind) == ("total", None, "overflow")
    assert "the sum with 1.355e308 > 1.798e308" in steps.failure.reason


def test_a_shift_too_low_loses_every_exponential_and_then_the_quotient() -> None:
    steps = softmax_steps([0.0, 1.0], "free_shift", "float64", log_c=-800.0)
    assert steps.total == 0
    assert np.isnan(steps.probs).all()
    assert steps.failure.kind == "underflow"
    assert not steps.failure.harmless
    assert [f.kind for f in steps.failures if f.quantity == "probs"] == ["invalid", "invalid"]
    assert "0 / 0 has no value" in next(f.reason for f in steps.failures if f.quantity == "probs")


def test_the_lost_sign_and_the_clamp_fail_where_they_must() -> None:
    assert not np.isnan(softmax_steps([400.0, 0.0], "naive", "float64").probs).any()
    assert softmax_steps([400.0, 0.0], "wrong_sign", "float64").shift == 400
    assert softmax_steps([400.0, 0.0], "wrong_sign", "float64").failure.operand == 800
    clamped = softmax_steps([-1000.0, -1001.0], "clamped_max", "float64")
    assert clamped.shift == 0
    assert clamped.total == 0
    assert clamped.failure.kind == "underflow"


def test_a_forbidden_class_is_no_failure() -> None:
    for algorithm in ("naive", "shifted", "logsumexp"):
        steps = softmax_steps([1.0, -np.inf], algorithm, "float32")
        assert steps.failures == ()
        np.testing.assert_array_equal(steps.probs, [1, 0])
        np.testing.assert_array_equal(steps.losses, [0, np.inf])


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("name", DTYPES)
def test_every_intermediate_is_in_the_chosen_format(algorithm: str, name: str) -> None:
    steps = softmax_steps([1, 2, 3], algorithm, name, log_c_for(algorithm))
    assert (steps.algorithm, steps.dtype) == (algorithm, name)
    for array in (steps.scores, steps.shifted, steps.exponentials, steps.probs, steps.losses):
        assert array.dtype == KINDS[name]
        assert array.shape == (3,)
    for number in (steps.shift, steps.total):
        assert type(number) is float
        assert float(KINDS[name](number)) == number
    np.testing.assert_allclose(steps.probs.astype(float), softmax([1.0, 2.0, 3.0]), rtol=0.03)
    np.testing.assert_allclose(steps.losses.astype(float), -np.log(softmax([1.0, 2.0, 3.0])), rtol=0.03)


@pytest.mark.parametrize("name", ["float16", "float32", "float64"])
@given(scores=st.lists(st.floats(-2000, 2000), min_size=1, max_size=8))
def test_the_steps_are_those_of_the_variant_on_screen(name: str, scores: list[float]) -> None:
    row = np.array(scores, dtype=name)
    for algorithm in ALGORITHMS:
        steps = softmax_steps(row, algorithm, name, log_c_for(algorithm))
        np.testing.assert_array_equal(steps.probs, VARIANTS[algorithm](row), algorithm)


@pytest.mark.parametrize("name", DTYPES)
@given(scores=st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=8))
def test_every_bad_entry_is_reported_with_a_reason(name: str, scores: list[float]) -> None:
    for algorithm in ALGORITHMS:
        steps = softmax_steps(scores, algorithm, name, log_c_for(algorithm))
        reported = {(f.quantity, f.index) for f in steps.failures}
        for quantity in ("scores", "shifted", "exponentials", "probs", "losses"):
            values = getattr(steps, quantity).astype(float)
            for index in np.flatnonzero(~np.isfinite(values)):
                assert (quantity, index) in reported, algorithm
        assert all(f.reason and f.dtype == name for f in steps.failures), algorithm
        if np.isfinite(steps.losses.astype(float)).all():  # no other harm was done
            assert all(f.harmless or f.kind == "lost" for f in steps.failures), algorithm


@pytest.mark.parametrize("name", DTYPES)
@given(scores=st.lists(st.floats(-60, 60), min_size=1, max_size=8))
def test_a_loss_of_0_is_lost_where_the_format_holds_the_true_one(name: str, scores: list[float]) -> None:
    truths: dict[int, float] = {}
    for algorithm in ALGORITHMS:
        steps = softmax_steps(scores, algorithm, name, log_c_for(algorithm))
        lost = {f.index: f for f in steps.failures if f.kind == "lost"}
        assert all(f.quantity == "losses" and f.result == 0 and not f.harmless for f in lost.values())
        for index in map(int, np.flatnonzero(steps.losses == 0)):
            if index not in truths:
                truths[index] = float(exact_cross_entropy(steps.scores.astype(float), index))
            truth = truths[index]
            assert (index in lost) == (KINDS[name](truth) > 0), algorithm
            if index in lost:
                near = pytest.approx(truth, rel=2 * float_limits(name).eps, abs=1e-7)
                assert lost[index].truth == near, algorithm
        assert all(steps.losses[index] == 0 for index in lost), algorithm


@pytest.mark.parametrize("algorithm", ["naive", "shifted", "logsumexp"])
def test_the_sure_class_loses_every_digit_of_its_loss(algorithm: str) -> None:
    failure = softmax_steps([10.0, -100.0, -100.0], algorithm, "float64").failure
    assert failure is not None
    assert (failure.quantity, failure.index, failure.kind, failure.harmless) == ("losses", 0, "lost", False)
    assert failure.truth == pytest.approx(2 * np.exp(-110.0))
    assert failure.bound == np.finfo(float).eps
    assert failure.reason.startswith("every digit of the loss 3.378e-48 is lost: ")


def test_a_loss_that_no_number_of_the_format_is_near_is_not_lost() -> None:
    for scores, name in (([0.0, -1000.0], "float64"), (NOTES, "float32"), ([7.0], "float16")):
        assert softmax_steps(scores, "logsumexp", name).failure is None


def test_steps_and_failures_are_frozen_and_slotted() -> None:
    steps = softmax_steps(NOTES, "naive", "float64")
    for record in (steps, steps.failure):
        with pytest.raises(dataclasses.FrozenInstanceError):
            record.dtype = "float16"  # type: ignore[misc]
        assert not hasattr(record, "__dict__")


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (([1.0], "fast", "float64"), ValueError, "unknown algorithm 'fast'; choose one of"),
        (([1.0], "naive", "int8"), TypeError, "not a floating-point format"),
        (([1.0], "free_shift", "float64"), ValueError, "log_c goes with"),
        (([1.0], "naive", "float64", 1.0), ValueError, "log_c goes with"),
        (([1.0], "free_shift", "float64", np.inf), ValueError, "finite"),
        (([[1.0]], "naive", "float64"), ValueError, "one row"),
        (([], "naive", "float64"), ValueError, "no class"),
        (([np.nan], "naive", "float64"), ValueError, "NaN"),
        (([np.inf], "naive", "float64"), ValueError, r"\+inf"),
        (([-np.inf], "naive", "float64"), ValueError, "every score"),
        ((["a"], "naive", "float64"), TypeError, "scores must be"),
    ],
)
def test_bad_arguments_are_refused(arguments: tuple[object, ...], error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        softmax_steps(*arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("score", "dtype", "reason"),
    [
        (
            11.09375,
            "float16",
            "exp(11.09) > 6.55e04, the end of float16; exp takes no more than 11.0899 there",
        ),
        (
            88.7232,
            "float32",
            "exp(88.723) > 3.403e38, the end of float32; exp takes no more than 88.7228 there",
        ),
        (
            -17.34,
            "float16",
            "exp(-17.34) < 5.96e-08, the end of float16; exp takes no less than -17.3287 there",
        ),
        (
            709.783,
            "float64",
            "exp(709.8) > 1.798e308, the end of float64; exp takes no more than 709.7827 there",
        ),
    ],
)
def test_the_figures_tell_the_operand_from_the_limit(score: float, dtype: str, reason: str) -> None:
    failure = softmax_steps([score, 0.0], "naive", dtype).failure
    assert failure is not None
    assert failure.reason == reason
