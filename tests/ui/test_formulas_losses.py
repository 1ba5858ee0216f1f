"""The formulas of the lesson on losses hold the numbers they are given."""

from __future__ import annotations

from ui import formulas_losses as formulas


def test_a_score_is_written_out_product_by_product() -> None:
    latex = formulas.linear_score("0", [0.01, -0.05, 0.1, 0.05], [-15, 22, -44, 56], -0.3, -2.85)
    assert r"f_0 &= 0.01 \cdot (-15) - 0.05 \cdot (22)" in latex
    assert r"&\quad + 0.1 \cdot (-44) + 0.05 \cdot (56) - 0.3" in latex
    assert "&= -2.85" in latex


def test_the_hinge_has_a_term_for_each_rival_and_none_for_the_label() -> None:
    latex = formulas.hinge("012", [-2.85, 0.86, 0.28], 2, 1.0, [0.0, 1.58, 0.0], 1.58)
    assert r"h_0 &= \max(0,\, -2.85 - 0.28 + 1) = 0" in latex
    assert r"h_1 &= \max(0,\, 0.86 - 0.28 + 1) = 1.58" in latex
    assert "h_2" not in latex
    assert "L &= 0 + 1.58" in latex


def test_a_negative_label_score_is_added() -> None:
    assert r"\max(0,\, 1 + 2 + 1) = 4" in formulas.hinge("01", [-2.0, 1.0], 0, 1.0, [0.0, 4.0], 4.0)


def test_long_terms_and_long_sums_are_broken_into_lines() -> None:
    scores = [-1e4 + 0.5, *[9999.5] * 7]
    latex = formulas.hinge("01234567", scores, 0, 20.0, [0.0, *[20019.0] * 7], 140133.0)
    assert all(len(line) < 70 for line in latex.split(r"\\"))


def test_what_is_too_small_stays_a_power_of_e() -> None:
    latex = formulas.cross_entropy_by_gaps("01", [-2000.0], [0.0, 0.0], [1], 0.0, -2000.0)
    assert r"\log (1 + e^{-2000})" in latex
    assert r"\approx e^{-2000}" in latex
    latex = formulas.gradient([0.0, 0.0], "g", formulas.powers([-2000.0, -2000.0], 0))
    assert r"[-e^{-2000},\; e^{-2000}]" in latex


def test_what_is_too_large_stays_a_power_of_e() -> None:
    latex = formulas.cross_entropy_by_gaps("01", [2000.0], [1.0, float("inf")], [1], 2000.0, 7.6)
    assert r"\log (1 + e^{2000})" in latex
    assert "infty" not in latex


def test_a_gradient_of_exactly_zero_is_called_so() -> None:
    assert r"= [0,\; 0,\; 0]" in formulas.gradient([0.0, 0.0, 0.0], r"\nabla L")


def test_shifted_exponentials_say_so_and_leave_zeros_out_of_the_sum() -> None:
    latex = formulas.exponentials("012", [123, 456, 789], -789, [5.75e-290, 2.4e-145, 1.0], 1.0)
    assert "e^{f_0 - m} &= e^{123 - 789} = 5.75" in latex
    assert r"\approx 0" in formulas.exponentials("01", [0, 2000], -2000, [0.0, 1.0], 1.0)
    assert r"\Sigma &= 1 \\" in formulas.exponentials("01", [0, 2000], -2000, [0.0, 1.0], 1.0)
