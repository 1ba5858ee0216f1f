"""A typed number is read generously, and a wrong one is told what kind of error it is."""

from __future__ import annotations

from math import inf

import pytest

from ui.predict.answers import Answer, Miss, read_number
from ui.text import language

EN, KO = language("en"), language("ko")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.63", 0.63), (" −2 ", -2), ("63 %", 0.63), ("1/4", 0.25), ("5.75e-290", 5.75e-290), ("∞", inf),
        ("-inf", -inf), ("", None), ("nan", None), ("1/0", None), ("two", None), ("1_0", None),
        ("9" * 99, 1e40), ("０．６３", 0.63), ("－６３％", -0.63), ("１／４", 0.25), ("٣", None), ("²", None),
        ("0,525", 0.525), ("–0,5", -0.5), ("12,5 %", 0.125), ("= 0.5", 0.5), ("1 / 3", 1 / 3),
        ("1,234", None), ("1,234.5", None), ("1.234,5", None), ("1 234", None), ("−∞", -inf), ("1,25", 1.25),
    ],
)  # fmt: skip
def test_a_number_is_read_as_people_write_it(text: str, number: float | None) -> None:
    assert read_number(text) == (None if number is None else pytest.approx(number))


RIGHT = Answer(0.25, "It is a quarter.", (Miss(4.0, "That is the number of classes."),), 0.02)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (4.0, "number of classes"),
        (-0.25, "the sign is not"),
        (-3.0, "other sign"),
        (25.0, "off by 2"),
        (0.025, "off by 1"),
        (0.5, "2 times as large"),
        (0.125, "Only 1/2"),
        (0.27, "Close"),
        (0.274, "Close"),
        (0.276, "Too large, by a factor of about 1.1"),
        (0.2285, "Close"),
        (0.226, "Too small, by a factor of about 1.1"),
        (0.35, "Too large, by a factor of about 1.4"),
        (1.7, "Too large, by a factor of about 6.8"),
        (0.04, "Too small, by a factor of about 6.2"),
        (0.0, "Not 0, but 0.25"),
        (1e300, "Too large"),
        (5e-324, "Too small"),
        (inf, "Not inf, but 0.25"),
    ],
)
def test_each_kind_of_error_has_its_reason(number: float, kind: str) -> None:
    assert not RIGHT.accepts(number)
    said = RIGHT.verdict(number, EN)
    assert kind in said
    assert said.endswith("It is a quarter.")
    assert kind == "number of classes" or RIGHT.verdict(number, KO) != said


@pytest.mark.parametrize("number", [0.25, 0.2549, 0.2451])
def test_what_is_close_enough_is_right_and_has_no_reproach(number: float) -> None:
    assert RIGHT.accepts(number)
    assert RIGHT.verdict(number, EN) == "It is a quarter."


def test_infinity_and_zero_can_be_right() -> None:
    assert Answer(inf, "").accepts(inf)
    assert not Answer(inf, "").accepts(1e300)
    assert Answer(0.0, "").accepts(0.0)
    assert "Not 3, but 0" in Answer(0.0, "").verdict(3.0, EN)
    assert "1 divided by" in Answer(7.389, "").verdict(1 / 7.389, EN)
