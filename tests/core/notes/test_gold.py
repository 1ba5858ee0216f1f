"""The notes' own numbers against this package, and the errors that were made in them."""

from __future__ import annotations

from decimal import Decimal
from math import inf, isnan

import numpy as np
import pytest

from softmax_core import LinearParams, check_gradient, objective
from softmax_core.datasets import small_blobs
from softmax_core.linear import penalty, same_penalty
from softmax_core.notes import BLOWUP, ERRATA, GOLD, GoldRow, recompute, spiral_band

ROWS = {row.key: row for row in GOLD}

# To six digits, from lessons.md, computed there without this package.
COMPUTED = {
    "cat": [-96.8, 437.9, 60.75],
    "hinge": [8.0],
    "scores": [-2.85, 0.86, 0.28],
    "hinge-example": [1.58],
    "exponentials": [0.0578443, 2.363161, 1.323130],
    "probabilities": [0.0154493, 0.631163, 0.353387],
    "entropy": [1.0401906],
    "illustration": [0.9999932, 6.79036e-6, 3.82422e-16],
    "diffuse": [2.718282, 0.1353353, 1.0, 0.705385, 0.0351190, 0.259496],
    "halved": [1.648721, 0.3678794, 1.0, 0.546549, 0.121952, 0.331499],
    "ahead": [0.0],
    "kink": [0.0],
    "far-ahead": [0.0],
    "naive": [0.0, 0.0, np.nan],
    "shift": [-666.0, -333.0, 0.0],
    "log-c": [-789.0],
    "chance": [2.302585],
    "chance-hinge": [9.0],
    "start": [-1.098612],
    "gradient": [0.2, -0.7, 0.5],
    "single": [inf, inf, 0.0],
    "single-logs": [666.0, 333.0, 0.0],
    "limit": [709.7827],
    "one-maximum": [0.0900306, 0.244728, 0.665241, np.nan, np.nan, np.nan],
    "twice": [0.576084, 0.211958, 0.211958],
}
WRONG = {
    "cat": ("leaves-out-b", [False, False, True]),
    "probabilities": ("rounded-too-early", [True, False, False]),
    "illustration": ("illustration", [True, True, True]),
    "diffuse": ("cut-off", [True, False, False, False, False, False]),
    "log-c": ("lost-sign", [True]),
    "chance": ("cut-off", [True]),
    "start": ("lost-minus", [True]),
}


@pytest.mark.parametrize("key", ROWS)
def test_every_row_comes_out_as_it_does_elsewhere(key: str) -> None:
    assert recompute(ROWS[key]).values == pytest.approx(COMPUTED[key], rel=3e-6, nan_ok=True)


@pytest.mark.parametrize("key", ROWS)
def test_right_is_right_and_every_wrong_number_is_found(key: str) -> None:
    found = recompute(ROWS[key])
    reason, wrong = WRONG.get(key, (None, [False] * len(found.agrees)))
    assert ROWS[key].erratum == reason
    assert [not right for right in found.agrees] == wrong
    assert found.is_right == (not any(wrong))
    assert len(found.off) == len(found.agrees) == len(ROWS[key].printed)


@pytest.mark.parametrize("key", ["cat", "probabilities", "diffuse", "log-c", "chance", "start"])
def test_making_the_error_on_purpose_gives_the_printed_number(key: str) -> None:
    found = recompute(ROWS[key])
    for printed, value, right in zip(ROWS[key].printed, found.with_the_slip, found.agrees, strict=True):
        unit = Decimal(1).scaleb(int(Decimal(printed).as_tuple().exponent))
        if not right:
            assert abs(Decimal(value) - Decimal(printed)) <= unit / 2
    assert recompute(ROWS["illustration"]).with_the_slip == ()


def test_how_far_off_the_errata_are() -> None:
    assert recompute(ROWS["cat"]).off[2] == pytest.approx(-120.0)
    assert recompute(ROWS["probabilities"]).off[0] == pytest.approx(-0.55068, abs=1e-4)
    assert recompute(ROWS["chance"]).off[0] == pytest.approx(0.585093, abs=1e-5)
    assert recompute(ROWS["illustration"]).off == pytest.approx([0.99993, -8.99932, -1.0], abs=1e-4)


@pytest.mark.parametrize(
    ("printed", "right"), [("0.7", True), ("0.71", True), ("0.70", False), ("0.705", True), ("0.706", False)]
)
def test_only_the_digits_printed_count(printed: str, right: bool) -> None:
    row = GoldRow("own", "probabilities", {"scores": (1.0, -2.0, 0.0)}, (printed,))
    assert recompute(row).agrees == (right,)


def test_a_tie_is_a_right_rounding_both_ways() -> None:
    for printed in ("0.2", "0.3"):
        assert recompute(GoldRow("tie", "probabilities", {"scores": [0.0] * 4}, (printed,))).agrees == (True,)


def test_a_blowup_is_right_only_where_something_blew_up() -> None:
    for dtype, scores, right in (("float64", (123.0, 456.0, 789.0), True), ("float64", (1.0, 2.0), False)):
        found = recompute(GoldRow("own", "naive", {"scores": scores, "dtype": dtype}, (BLOWUP,)))
        assert found.agrees == (right,)
        assert isnan(found.off[0])


def test_an_impossible_row_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="unknown quantity 'entropy'"):
        recompute(GoldRow("own", "entropy", {}))
    with pytest.raises(ValueError, match="own: 3 numbers are printed, 2 computed"):
        recompute(GoldRow("own", "probabilities", {"scores": (0.0, 0.0)}, ("1", "2", "3")))


def test_keys_and_errata_are_one_to_one() -> None:
    assert len(ROWS) == len(GOLD)
    assert {row.erratum for row in GOLD} - {None} == set(ERRATA)


def test_the_printed_run_on_the_spiral_ends_just_above_a_hundred_others() -> None:
    band = spiral_band(draws=100, steps=190)
    assert band.last[0] < 0.7855 < band.last[1] < 0.786302
    assert band.first[0] < 1.097 < band.first[1]
    assert band.accuracy[0] < 0.49 < band.accuracy[1]
    assert band.last[1] - band.last[0] > 0.04


def test_the_two_penalties_are_one_with_twice_the_lambda() -> None:
    W = np.random.default_rng(3).standard_normal((4, 3))
    plain, halved = penalty(W, 0.3, halved=False), penalty(W, same_penalty(0.3, halved=False), halved=True)
    assert plain.value == pytest.approx(0.3 * (W**2).sum())
    assert halved.value == pytest.approx(plain.value)
    assert halved.gradient == pytest.approx(plain.gradient)
    assert penalty(W, 0.3, halved=True).gradient == pytest.approx(0.3 * W)
    assert max(plain.largest, halved.largest) < 1e-10
    assert same_penalty(same_penalty(0.3, halved=False), halved=True) == 0.3


def test_the_halved_penalty_is_that_of_the_objective() -> None:
    data, params = small_blobs(1), LinearParams([[0.5, -1.0, 2.0], [0.1, 0.2, -0.3]], [0.0, 1.0, 0.0])
    assert penalty(params.W, 0.7, halved=True).value == pytest.approx(
        objective(params, data, "cross_entropy", 0.7).penalty
    )
    assert check_gradient(params, data, "cross_entropy", 0.7).largest < 1e-7


@pytest.mark.parametrize("l2", [-0.1, inf, np.nan])
def test_a_lambda_that_cannot_be_is_refused(l2: float) -> None:
    with pytest.raises(ValueError, match="l2 must be finite and not negative"):
        penalty([1.0], l2, halved=True)
    with pytest.raises(ValueError, match="l2 must be finite and not negative"):
        same_penalty(l2, halved=True)
