"""Formulas carry the numbers they are given, and stay narrow."""

from __future__ import annotations

import math

import pytest

from ui import formulas


@pytest.mark.parametrize(
    ("value", "latex"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (-2.85, "-2.85"),
        (0.0154494, "0.01545"),
        (0.0005, "0.0005"),
        (0.0001, "0.0001"),
        (-0.00099, "-0.00099"),
        (0.0000999, r"9.99\times 10^{-5}"),
        (5.753e-290, r"5.753\times 10^{-290}"),
        (1e13, r"1\times 10^{13}"),
        (12345.0, "12345"),
        (9999.5, "9999.5"),
        (10000.0, "10000"),
        (99999.7, "99999.7"),
        (-9999.96, "-10000"),
        (math.inf, r"\infty"),
        (-math.inf, r"-\infty"),
        (math.nan, r"\text{nan}"),
    ],
)
def test_numbers(value: float, latex: str) -> None:
    assert formulas.number(value) == latex


@pytest.mark.parametrize("digits", [3, 4, 6])
def test_a_printed_number_is_the_one_that_is_read(digits: int) -> None:
    for value in (
        0.0,
        -2.85,
        0.0154494,
        5.753e-290,
        12345.678,
        -98765.4,
        9999.5,
        99999.7,
        123456.7,
        9.9999e-5,
        1 / 3,
    ):
        text = formulas.number(value, digits).replace(r"\times 10^{", "e").replace("}", "")
        assert formulas.printed(value, digits) == float(text)


def test_as_many_digits_are_printed_as_the_result_needs() -> None:
    probability = 0.35338726
    digits, sign = formulas.least_digits(
        lambda many: -math.log(formulas.printed(probability, many)), 1.0401909, 6
    )
    assert (digits, sign) == (6, "=")
    assert formulas.least_digits(lambda _: 0.0, 1.0, 6) == (6, r"\approx")
