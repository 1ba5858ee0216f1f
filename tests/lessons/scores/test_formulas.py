"""The formulas of the lesson on scores are true as printed: whoever recomputes them gets what they say."""

from __future__ import annotations

import math
import random
import re

import pytest

from lessons.scores import formulas
from lessons.scores.model import Workings, workings
from tests.ui.calculator import lines_of, numeric, true_as_printed, uncoloured
from ui.formulas import Equation

NAMES = ("cat", "dog", "ship")
CS231N = (-2.85, 0.86, 0.28)
WORK = workings(NAMES, CS231N, focus=1)
SCENES = [
    workings("ABC", (123.0, 456.0, 789.0)),
    workings("AB", (20.0, 0.0)),
    workings("AB", (0.0, 20.0), 0.0, 0.3),
    workings("ABC", (1e4, -1e4, 0.0)),
    workings("ABC", (709.0, 709.5, 709.7)),
    workings("ABC", (-740.0, -744.0, -744.5)),
    workings("AB", (0.0, -744.5)),
    workings("ABCDEFGH", (1e4,) * 8, 20.0, 0.1),
    workings("ABC", (-1e-5, 1e-5, 0.0)),
    workings("AB", (1.23456789, -1.0), -2.5, 0.7),
]


def chances(count: int) -> list[Workings]:
    """Rows of scores such as readers type, of every size."""
    chance = random.Random(20)  # noqa: S311
    rows = []
    for _ in range(count):
        classes = chance.randint(2, 8)
        (size,) = chance.choices(
            [1, 10, 100, 1000, 10_000], [5, 5, 5, 5, 1]
        )  # large ones take thousands of bits
        row = [round(chance.uniform(-size, size), chance.randint(0, 6)) for _ in range(classes)]
        constant, temperature = chance.randint(-40, 40) / 2, chance.randint(1, 100) / 10
        given = (constant, temperature) if chance.random() < 0.5 else (0.0, 1.0)
        rows.append(workings("ABCDEFGH"[:classes], row, *given, focus=chance.choice([None, 0])))
    return rows


ALL = [WORK, *SCENES, *chances(60)]


def equations(work: Workings) -> list[str]:
    """Each chain of equations of the page, as a = b = c."""
    found = []
    if work.is_rescaled:
        found += lines_of(formulas.rescaled_scores(work))
    found += [*lines_of(formulas.exponentials(work)), " ".join(lines_of(formulas.total(work)))]
    found += [*lines_of(formulas.probabilities(work)), *lines_of(formulas.quotients(work))]
    for true in range(len(work.names)):
        found.append(" ".join(lines_of(formulas.loss_from_probability(work, true))))
        found.append(" ".join(lines_of(formulas.loss_from_division(work, true))))
        found.append(" ".join(lines_of(formulas.loss_from_sum(work, true))))
    for index in range(len(work.names)):
        found += [_read(step) for step in formulas.steps_to_probability(work, index)]
        found.append(" ".join(map(_read, formulas.steps_to_loss(work, index))))
    if len(work.names) == 2:
        first, second, third = lines_of(formulas.sigmoid(work))
        found += [first + second, third]
    return found


def _read(step: Equation) -> str:
    return step.written().replace("&", "").strip()


@pytest.mark.parametrize(
    "work", ALL, ids=lambda work: f"{list(work.scores)}+{work.constant}÷{work.temperature}"
)
def test_a_calculator_agrees_with_every_equation(work: Workings) -> None:
    checked = 0
    for equation in equations(work):
        exact = re.split(r"\\approx|\\xrightarrow", equation)[0]
        members = [member.strip() for member in exact.split(" = ")]
        true_as_printed(members)
        checked += sum(map(numeric, members)) > 1
    assert checked > len(work.names)


def test_equations_are_rarely_only_close() -> None:
    """≈ stands where digits were lost on the way to a probability near 1 or 0, else only under rare loss."""
    usual = [
        work
        for work in ALL
        if all(1e-8 < probability < 0.9999 for probability in work.probabilities)
        and max(map(abs, work.rescaled)) < 100
    ]
    lines = [line for work in usual for line in equations(work)]
    close = [line for line in lines if r"\approx" in line]
    assert all(r"\log" in line for line in close)
    assert len(close) < 0.03 * len(lines)


def test_the_powers_of_e() -> None:
    latex = uncoloured(formulas.exponentials(WORK))
    assert r"e^{f_{\text{cat}}} &= e^{-2.85} = 0.057844" in latex
    assert r"e^{0.86} = \boxed{2.3632}" in latex
    assert latex.count(r"\boxed") == 1


def test_a_shift_is_written_out() -> None:
    latex = uncoloured(formulas.exponentials(workings("AB", (100.0, 900.0))))
    assert r"e^{f_{\text{A}} - m} &= e^{100 - 900} = 3.67" not in latex
    assert r"e^{f_{\text{A}} - m} &= e^{100 - 900} \approx 0" in latex
    assert "e^{900 - 900} = 1" in latex


def test_the_sum_breaks_after_three_terms() -> None:
    assert formulas.total(workings("ABCDEFGH", (0.0,) * 8)).count("&") == 4
    assert r"\boxed{1}" in uncoloured(formulas.total(workings("AB", (0.0, 1.0), focus=0)))


def test_long_numbers_and_long_names_leave_the_formulas_narrow() -> None:
    work = workings(["airplane number", *"BCDEFGH"], (1.0, 2.0, 3.0, 4.0, 5.0, 6.5, -7.0, 8.0), 0.0, 0.3)
    assert all(line.count(r"\times") <= 2 for line in lines_of(formulas.total(work)))
    for written in (
        formulas.rescaled_scores(work),
        formulas.probabilities(work),
        formulas.loss_from_sum(work, 0),
    ):
        latex = uncoloured(written)
        assert "airplane number" not in latex
        assert not re.search(r"\d\.\d{7}\d*\}|\d\.\d{8}", latex)


def test_probabilities_are_fractions_of_the_sum() -> None:
    latex = uncoloured(formulas.probabilities(WORK))
    assert r"\frac{0.057844}{3.7441} = 0.01545" in latex
    assert r"\frac{\boxed{2.3632}}{3.7441} = \boxed{0.6312}" in latex


def test_what_is_too_small_stays_a_power_of_e_and_what_is_close_to_1_is_not_called_1() -> None:
    latex = uncoloured(formulas.probabilities(workings("AB", (0.0, 2000.0))))
    assert r"\frac{e^{-2000}}{1} = e^{-2000}" in latex
    assert r"\frac{1}{1} \approx 1 - e^{-2000}" in latex
    assert r"\approx 1 - 2.061\times 10^{-9}" in uncoloured(
        formulas.probabilities(workings("AB", (20.0, 0.0)))
    )


def test_constant_and_temperature_stand_in_their_slots() -> None:
    latex = uncoloured(formulas.rescaled_scores(workings("AB", (1.0, 0.0), -2.0, 0.5)))
    assert r"z_{\text{A}} &= \frac{1 - 2}{0.5} = -2" in latex


def test_both_forms_of_the_loss_end_in_the_same_number() -> None:
    first, second = formulas.loss_from_division(WORK, 2), formulas.loss_from_sum(WORK, 2)
    ends = [re.findall(r"= ?([0-9.]+)\\end", latex) for latex in (first, second)]
    assert ends == [["1.0402"], ["1.0402"]]
    assert r"-\log \frac{1.3231}{3.7441}" in first
    assert r"-(0.28) + \log 3.7441" in second
    assert r"-\log 0.353387 \\[0.5em] &= 1.04019" in formulas.loss_from_probability(WORK, 2)


def test_a_loss_close_to_0_is_that_of_a_probability_close_to_1() -> None:
    work = workings(("cat", "dog"), (20.0, 0.0))
    first, second = formulas.loss_from_division(work, 0), formulas.loss_from_sum(work, 0)
    assert r"-\log (1 - 2.061\times 10^{-9})" in first
    assert r"\log (1 + 2.061\times 10^{-9})" in second
    assert r"\log 1 " not in first + second
    assert "20" not in second


def test_a_probability_that_float64_has_lost_is_said_to_be_lost_in_the_same_line() -> None:
    work = workings(NAMES, (1e4, -1e4, 0.0))
    latex = formulas.loss_from_probability(work, 2)
    assert r"-\log e^{-10000}" in latex
    assert r"\xrightarrow{\text{float64}} -\log 0 = \infty" in latex
    assert r"= \infty" not in lines_of(latex)[1]
    sure = formulas.loss_from_sum(work, 0)
    assert r"\log (1 + e^{-10000})" in sure
    assert r"\approx e^{-10000}" in sure


def test_a_probability_of_few_digits_shows_what_float64_makes_of_it() -> None:
    latex = formulas.loss_from_probability(workings("AB", (0.0, -744.6)), 1)
    assert r"-\log e^{-744.6}" in latex
    assert latex.count("744.6") == 1
    assert r"\xrightarrow{\text{float64}} -\log 4.940656\times 10^{-324} = 744.44" in latex


def test_a_sum_just_above_1_is_not_called_1() -> None:
    latex = formulas.loss_from_sum(workings("ABC", (123.0, 456.0, 789.0)), 0)
    assert r"\log (1 + 2.398\times 10^{-145})" in latex


def test_sigmoid_and_softmax_stand_side_by_side() -> None:
    assert formulas.sigmoid(workings(("spam", "mail"), (1.5, -0.5))).count("0.8808") == 2
    for row, probability in (((20.0, 0.0), r"1 - 2.061\times 10^{-9}"), ((-1e4, 1e4), "e^{-20000}")):
        latex = formulas.sigmoid(workings("AB", row))
        assert latex.count(f"= {probability}") == 2
        assert not re.search(r"= [01](\\\\| \\\\|\\end)", latex)


def test_no_formula_says_nan() -> None:
    for work in ALL:
        text = " ".join(equations(work))
        assert "nan" not in text
        assert math.isfinite(work.losses[0])


def test_the_formulas_of_forbidden_classes_say_0_and_infinity() -> None:
    for row in ((-math.inf, 0.86, 0.28), (3.0, -math.inf), (-math.inf, -800.0, -math.inf, 3000.0)):
        for given in ((0.0, 1.0), (20.0, 0.5)):
            work = workings("ABCD"[: len(row)], row, *given)
            assert not [each for each in equations(work) if "nan" in each or "inf " in each]
            for index in work.forbidden:
                assert lines_of(formulas.quotients(work))[index].endswith("= 0")
                for form in (formulas.loss_from_division, formulas.loss_from_sum):
                    assert lines_of(form(work, index))[-1].endswith(r"= \infty")


def test_the_only_class_that_is_allowed_is_certain() -> None:
    work = workings("AB", (3.0, -math.inf))
    assert work.probability(0) == "1"
    assert work.loss(0) == "0"
    assert lines_of(formulas.quotients(work))[0].endswith("= 1")
    assert lines_of(formulas.loss_from_sum(work, 0))[-1].endswith("= 0")
