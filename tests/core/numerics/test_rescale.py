"""A constant changes no share, a temperature changes them all, and what is shown can be written down."""

import numpy as np
import pytest

from softmax_core import softmax, softmax_steps
from softmax_core.numerics import largest_difference, range_fault, rescale, sharpens, steps_in_range, unscale

SCORES = np.array([-2.85, 0.86, 0.28])


@pytest.mark.parametrize("constant", [-20.0, 0.5, 100.0])
def test_a_constant_changes_no_share(constant: float) -> None:
    assert largest_difference(softmax(rescale(SCORES, constant)), softmax(SCORES)) < 1e-13


def test_a_low_temperature_sharpens() -> None:
    assert softmax(rescale(SCORES, temperature=0.1))[1] > softmax(SCORES)[1] + 0.3


@pytest.mark.parametrize(("constant", "temperature"), [(0.0, 1.0), (-20.0, 0.1), (7.5, 10.0)])
def test_unscaling_undoes_rescaling(constant: float, temperature: float) -> None:
    there = rescale(SCORES, constant, temperature)
    assert unscale(there, constant, temperature) == pytest.approx(SCORES)


@pytest.mark.parametrize("temperature", [0.0, -1.0, float("nan"), float("inf")])
def test_a_temperature_is_positive(temperature: float) -> None:
    with pytest.raises(ValueError, match="positive"):
        rescale(SCORES, temperature=temperature)
    with pytest.raises(ValueError, match="positive"):
        unscale(SCORES, temperature=temperature)


@pytest.mark.parametrize(
    ("scores", "shift"),
    [
        ([-2.85, 0.86, 0.28], 0),
        ([0, 700], 0),
        ([700] * 8, 0),
        ([709.5, -5, -5], 0),
        ([709, 709.5, 709.7], -709.7),
        ([-740, -744, -744.5], 740),
        ([709.7] * 8, -709.7),
        ([123, 456, 789], -789),
        ([-745, -746], 745),
        ([1e4, -1e4], -1e4),
    ],
)
def test_exponentials_are_plain_as_long_as_they_can_be_written(scores: list[float], shift: float) -> None:
    steps = steps_in_range(scores)
    assert steps.shift == shift
    assert np.isfinite(steps.exponentials).all()
    assert 0 < steps.total < np.inf
    assert steps.probs == pytest.approx(softmax(np.array(scores, dtype=float)), rel=1e-12)


@pytest.mark.parametrize(
    "scores", [[1.0, 2.0], [2.0, 2.0, -1.0], [5.0, 5.0, 5.0], [2.0, -np.inf], [-np.inf, 2.0, 1.0]]
)
def test_sharpening_is_what_the_shares_do(scores: list[float]) -> None:
    rises = softmax(rescale(scores, temperature=0.5)).max() > softmax(np.array(scores)).max() + 1e-12
    assert sharpens(scores) == rises


@pytest.mark.parametrize(
    ("scores", "fault"),
    [
        ([789, 0], "overflow"),
        ([709, 709.5, 709.7], "sum"),
        ([709.5, -5, -5], None),
        ([-2.85, 0.86, 0.28], None),
        ([-708, -9000], None),
        ([-740, -744, -744.5], "subnormal"),
        ([-746, -1e4], "underflow"),
    ],
)
def test_what_keeps_plain_exponentials_from_use_is_named(scores: list[float], fault: str | None) -> None:
    powers = [float(power) for power in softmax_steps(scores, "naive", "float64").exponentials]
    assert range_fault(scores) == fault
    assert (fault == "overflow") == (max(powers) == np.inf)
    assert (fault in {"overflow", "sum"}) == (sum(powers) == np.inf)
    assert (fault == "underflow") == (max(powers) == 0)
    assert (fault is None) == (steps_in_range(scores).shift == 0)


def test_rescaled_scores_beyond_every_range_have_the_right_sign() -> None:
    biggest = float(np.finfo(np.float64).max)
    scores = [biggest, -biggest, -np.inf, 0.0]
    assert rescale(scores, 1e300, 1e-300).tolist() == [np.inf, -np.inf, -np.inf, np.inf]
    assert rescale([biggest, -biggest], biggest, 4.0).tolist() == [0.5 * biggest, 0.0]
