"""Formulas carry the numbers they are given, and stay narrow."""

from __future__ import annotations

import math
import re

import pytest

from charts.workings import workings
from ui import formulas

NAMES = ("cat", "dog", "ship")
WORK = workings(NAMES, (-2.85, 0.86, 0.28), focus=1)


@pytest.mark.parametrize(
    ("value", "latex"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (-2.85, "-2.85"),
        (0.0154494, "0.01545"),
        (5.753e-290, r"5.753\times 10^{-290}"),
        (1e13, r"1\times 10^{13}"),
        (12345.0, "12345"),
        (math.inf, r"\infty"),
        (-math.inf, r"-\infty"),
        (math.nan, r"\text{nan}"),
    ],
)
def test_numbers(value: float, latex: str) -> None:
    assert formulas.number(value) == latex


def test_the_powers_of_e() -> None:
    latex = formulas.exponentials(NAMES, WORK.rescaled, 0.0, WORK.steps.exponentials.tolist(), "f", 1)
    assert r"e^{f_{\text{cat}}} &= e^{-2.85} = 0.05784" in latex
    assert r"e^{0.86} = \boxed{2.363}" in latex
    assert latex.count(r"\boxed") == 1


def test_a_shift_is_written_out() -> None:
    work = workings("AB", (100.0, 900.0))
    latex = formulas.exponentials(
        work.names, work.rescaled, work.steps.shift, work.steps.exponentials.tolist(), "f"
    )
    assert r"e^{f_{\text{A}} - m} &= e^{100 - 900} \approx 0" in latex
    assert "e^{900 - 900} = 1" in latex


def test_the_sum_breaks_after_three_terms() -> None:
    assert formulas.total([1.0] * 8, 8.0, None).count("&") == 4
    assert r"\boxed{2}" in formulas.total([1.0, 2.0], 3.0, 1)


def test_shares_are_fractions_of_the_sum() -> None:
    steps = WORK.steps
    given = (steps.exponentials.tolist(), steps.shifted.tolist(), steps.total)
    latex = formulas.shares(NAMES, *given, WORK.log_shares, WORK.shares, 1)
    assert r"\frac{0.05784}{3.744} = 0.01545" in latex
    assert r"\frac{\boxed{2.363}}{3.744} = \boxed{0.6312}" in latex
    assert formulas.share(0.0, -800.0) == "e^{-800}"
    assert formulas.share(1.0, -2.4e-145) == r"1 - 2.4\times 10^{-145}"


def test_what_is_too_small_stays_a_power_of_e_and_is_never_zero() -> None:
    work = workings("AB", (0.0, 2000.0))
    given = (work.steps.exponentials.tolist(), work.steps.shifted.tolist(), work.steps.total)
    latex = formulas.shares(work.names, *given, work.log_shares, work.shares)
    assert r"\frac{e^{-2000}}{1} = e^{-2000}" in latex
    assert r"\frac{1}{1} \approx 1" in latex


def test_constant_and_temperature_stand_in_their_slots() -> None:
    latex = formulas.rescaled_scores(("A",), (1.0,), -2.0, 0.5, (-2.0,))
    assert r"z_{\text{A}} &= \frac{1 - 2}{0.5} = -2" in latex


def test_both_forms_of_the_loss_end_in_the_same_number() -> None:
    first = formulas.loss_from_share("ship", WORK.steps.probs[2], WORK.steps.losses[2])
    second = formulas.loss_from_sum("ship", "f", 0.28, 0.0, WORK.log_total, WORK.losses[2])
    ends = [re.findall(r"= ?([0-9.]+)\\end", latex) for latex in (first, second)]
    assert ends == [["1.04019"], ["1.04019"]]
    assert r"-\log 0.3534" in first
    assert r"-(0.28) + \log 3.744" in second


def test_a_sum_just_above_1_is_not_called_1() -> None:
    latex = formulas.loss_from_sum("C", "f", 789.0, -789.0, 2.4e-145, 2.4e-145)
    assert r"\log (1 + 2.4\times 10^{-145})" in latex


def test_sigmoid_and_softmax_stand_side_by_side() -> None:
    latex = formulas.sigmoid("spam", "mail", "f", 2.0, 0.880797, 0.880797)
    assert latex.count("0.880797") == 2
