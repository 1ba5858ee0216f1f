"""The ends of the formats, and the shifts that stay inside them."""

from __future__ import annotations

import ml_dtypes
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from softmax_core import DTYPES, SoftmaxSteps, float_limits, softmax_steps
from softmax_core.numerics import safe_shift_interval

FINFO = {
    "float16": np.finfo(np.float16),
    "bfloat16": ml_dtypes.finfo(ml_dtypes.bfloat16),
    "float32": np.finfo(np.float32),
    "float64": np.finfo(np.float64),
}
ROWS = st.lists(st.floats(-1500, 1500), min_size=1, max_size=30)


@pytest.mark.parametrize("name", DTYPES)
def test_the_limits_are_those_of_finfo(name: str) -> None:
    limits, info = float_limits(name), FINFO[name]
    assert limits == float_limits(info.dtype) == float_limits(info.dtype.type)
    assert (limits.name, limits.bits) == (name, info.bits)
    assert limits.max == float(info.max)
    assert limits.smallest_normal == float(info.smallest_normal)
    assert limits.smallest_subnormal == float(info.smallest_subnormal)
    assert limits.eps == float(info.eps)


@pytest.mark.parametrize(
    ("name", "golden"), [("float16", 11.0899), ("float32", 88.7228), ("float64", 709.7827)]
)
def test_golden_limits_of_exp(name: str, golden: float) -> None:
    assert round(float_limits(name).exp_max, 4) == golden


@pytest.mark.parametrize("name", DTYPES)
def test_exp_leaves_the_format_at_its_limits(name: str) -> None:
    limits, kind = float_limits(name), FINFO[name].dtype.type
    step = 4 * limits.eps * abs(limits.exp_min)  # a few numbers of the format
    with np.errstate(all="ignore"):
        assert np.isfinite(np.exp(kind(limits.exp_max - step)))
        assert np.isinf(np.exp(kind(limits.exp_max + step)))
        assert np.exp(kind(limits.exp_min + step)) > 0
        assert np.exp(kind(limits.exp_min - step)) == 0
        assert np.exp(kind(limits.exp_min_normal + step)) >= limits.smallest_normal
        assert np.exp(kind(limits.exp_min_normal - step)) < limits.smallest_normal


@pytest.mark.parametrize("bad", ["float128", "int64", np.int32, "text"])
def test_other_formats_are_refused(bad: object) -> None:
    with pytest.raises(TypeError, match="choose one of"):
        float_limits(bad)  # type: ignore[arg-type]


def closer(scores: list[float], spread: float, name: str) -> list[float]:
    """Numbers of the format, mostly so close together that some shift serves them all."""
    kind = FINFO[name].dtype.type
    return [float(kind(scores[0] + (score - scores[0]) * spread**8)) for score in scores]


@pytest.mark.parametrize("name", DTYPES)
@given(ROWS, st.floats(0, 1), st.floats(0, 1))
def test_a_shift_inside_the_interval_breaks_nothing(
    name: str, scores: list[float], spread: float, part: float
) -> None:
    kind = FINFO[name].dtype.type
    scores = closer(scores, spread, name)
    safe = safe_shift_interval(scores, name)
    assume(not safe.is_empty)
    log_c = float(kind(safe.low + part * (safe.high - safe.low)))
    assume(log_c in safe)
    steps = softmax_steps(scores, "free_shift", name, log_c)
    assert not [f for f in steps.failures if f.quantity in ("shifted", "exponentials", "total")]


@pytest.mark.parametrize("name", DTYPES)
@given(ROWS, st.floats(0, 1))
def test_a_shift_well_outside_the_interval_breaks_something(
    name: str, scores: list[float], spread: float
) -> None:
    scores = closer(scores, spread, name)
    safe, limits = safe_shift_interval(scores, name), float_limits(name)
    assume(not safe.is_empty)
    margin = 1 + 2 * limits.eps * 3000
    for log_c in (safe.low - margin, safe.high + margin + limits.eps * len(scores)):
        steps = softmax_steps(scores, "free_shift", name, log_c)
        assert [f for f in steps.failures if f.quantity in ("exponentials", "total")]


@pytest.mark.parametrize("name", DTYPES)
@given(st.lists(st.floats(-10_000, 10_000), min_size=1, max_size=8), st.floats(0, 1))
def test_each_end_is_a_number_of_the_format_and_keeps_its_promise(
    name: str, scores: list[float], spread: float
) -> None:
    kind = FINFO[name].dtype.type
    limits = float_limits(name)
    scores = [scores[0] + (score - scores[0]) * spread**8 for score in scores]  # also rows close together
    safe = safe_shift_interval(scores, name)

    def at(log_c: float) -> SoftmaxSteps:
        assert float(kind(log_c)) == log_c
        return softmax_steps(scores, "free_shift", name, log_c)

    for end in (safe.low_total, safe.high):
        assert 0 < at(end).total < np.inf
    assert limits.smallest_normal <= at(safe.low_total_normal).total < np.inf
    if not safe.is_empty:
        assert (at(safe.low).exponentials > 0).all()
        assert (at(safe.high).exponentials > 0).all()
    if not safe.loses_digits:
        assert (at(safe.low_normal).exponentials.astype(float) >= limits.smallest_normal).all()
        assert (at(safe.high).exponentials.astype(float) >= limits.smallest_normal).all()
        assert np.isfinite(at(safe.low_normal).total)


def test_an_end_takes_into_account_that_log_c_is_rounded() -> None:
    safe = safe_shift_interval([123, 456, 789], "float16")
    lone = safe_shift_interval([789], "float16")
    assert safe.is_empty
    assert (lone.low, lone.low_total) == (-806.0, -806.0)
    assert softmax_steps([789], "free_shift", "float16", -806.3).total == 0  # −806.3 is −806.5 there


@pytest.mark.parametrize("name", DTYPES)
def test_bits_left_are_those_of_the_significand(name: str) -> None:
    limits = float_limits(name)
    least, normal = limits.smallest_subnormal, limits.smallest_normal
    assert limits.precision == 1 - int(np.log2(limits.eps))
    assert [limits.bits_left(n) for n in (0.0, least, 2 * least, 3 * least, 4 * least)] == [0, 1, 2, 2, 3]
    assert limits.bits_left(normal - least) == limits.precision - 1
    assert {limits.bits_left(n) for n in (normal, 1.0, limits.max)} == {limits.precision}


@pytest.mark.parametrize("name", DTYPES)
@given(ROWS)
def test_minus_the_maximum_never_overflows_nor_loses_the_sum(name: str, scores: list[float]) -> None:
    safe = safe_shift_interval(scores, name)
    assert safe.low_total <= safe.low_total_normal <= safe.minus_max <= safe.high
    steps = softmax_steps(scores, "shifted", name)
    assert 1 <= steps.total <= len(scores)
    assert np.isfinite(steps.probs.astype(float)).all()


@pytest.mark.parametrize("name", DTYPES)
@given(ROWS)
def test_minus_the_maximum_is_safe_exactly_when_the_spread_is_below_exp_min(
    name: str, scores: list[float]
) -> None:
    kind = FINFO[name].dtype.type
    scores = [float(kind(score)) for score in scores]
    safe, spread = safe_shift_interval(scores, name), max(scores) - min(scores)
    limit = -float_limits(name).exp_min
    assume(abs(spread - limit) > 2 * limit * float_limits(name).eps)
    assert (safe.minus_max in safe) == (spread < limit)


def test_a_safe_shift_may_exist_where_minus_the_maximum_is_too_low() -> None:
    scores = [0.0, 1000.0]
    safe = safe_shift_interval(scores, "float64")
    assert not safe.is_empty
    assert safe.minus_max not in safe
    assert -500 in safe
    assert softmax_steps(scores, "free_shift", "float64", -500.0).exponentials.all()
    assert not softmax_steps(scores, "shifted", "float64").exponentials.all()


def test_the_notes_scores_have_a_safe_shift_in_float64_but_none_in_float32() -> None:
    safe = safe_shift_interval([123, 456, 789], "float64")
    assert (round(safe.low, 3), round(safe.high, 3)) == (-868.133, -79.217)
    assert -789 in safe
    assert 0 not in safe
    assert safe.low < safe.low_normal < safe.minus_max
    assert safe_shift_interval([123, 456, 789], "float32").is_empty


def test_many_classes_lower_the_upper_end_by_their_logarithm() -> None:
    one, many = (safe_shift_interval(np.zeros(n), "float64").high for n in (1, 1000))
    assert one - many == pytest.approx(np.log(1000), abs=1e-3)


def test_forbidden_classes_do_not_count_and_scores_beyond_the_format_leave_nothing() -> None:
    forbidden, alone = safe_shift_interval([1.0, -np.inf], "float32"), safe_shift_interval([1.0], "float32")
    assert (forbidden.low, forbidden.minus_max) == (alone.low, alone.minus_max)
    assert forbidden.high == pytest.approx(alone.high, abs=1e-5)
    assert safe_shift_interval([70000.0, 0.0], "float16").is_empty
    assert safe_shift_interval([-70000.0, 0.0], "float16").is_empty


@pytest.mark.parametrize("score", [1e20, -1e300, 1.7e308])
def test_huge_scores_leave_at_least_minus_the_maximum(score: float) -> None:
    safe = safe_shift_interval([score], "float64")
    assert safe.minus_max in safe


def test_bad_rows_are_refused() -> None:
    for bad in ([np.nan], [np.inf], [-np.inf, -np.inf], [[1.0]], []):
        with pytest.raises(ValueError):  # noqa: PT011
            safe_shift_interval(bad, "float64")
