"""The formulas of the lesson on losses are true as printed, and stay narrow."""

from __future__ import annotations

import random
import re

import mpmath
import pytest

from lessons.losses import formulas
from lessons.losses.model import Judged, judged
from lessons.losses.pictures.scale import rescaled
from tests.ui.calculator import lines_of, numeric, true_as_printed

SCENES = [
    judged((-2.85, 0.86, 0.28), 2),
    judged((10, -2, 3), 0),
    judged((10, 9, 9), 0),
    judged((10, -100, -100), 0),
    judged((13, -7, 11), 0, 10.0),
    judged((-96.8, 437.9, 60.75), 0),
    judged((-1.6094379124, -1.2039728043, -0.6931471806), 1),
    judged((10000, -10000, 9999.5, 0, 1, 2, 3, 4), 0),
    judged((123.45, 67.891, 2), 1, 2.0),
    judged((1.4, 0.9, -3), 0, 0.5),
    judged((1000, 0, 0), 0),
    judged((0, 0), 0, 0.0),
    judged((0, -744.6), 1),
    judged((-740.0, -744.0, -744.5), 0),
    judged((1e-7, -1e-7, 0.3333333333), 2),
    judged((661.0, -73.9, 157.04452), 1),  # the probability is subnormal
    judged((9999.999999, -9999.99999), 1, 19.5),
    judged((1 / 3, 2 / 3, -1 / 7), 0),
]


def chances(count: int) -> list[Judged]:
    """Scores such as readers type, of every size, with every margin of the slider."""
    chance = random.Random(20)  # noqa: S311
    cases = []
    for _ in range(count):
        classes, size = chance.randint(2, 8), chance.choice([1, 10, 100, 1000, 10_000])
        row = [round(chance.uniform(-size, size), chance.randint(0, 7)) for _ in range(classes)]
        cases.append(judged(row, chance.randrange(classes), chance.randint(0, 40) / 2))
    return cases


ALL = [*SCENES, *chances(80)]


def printed(case: Judged) -> dict[str, str]:
    """Every formula of an example, as the page writes it."""
    labels, steps, true = case.labels, case.steps, case.true
    powers = steps.exponentials.tolist()
    own = (powers[true], steps.total, float(steps.probs[true]), case.cross_entropy)
    digits = formulas.shared_digits(powers, steps.total, true, case.cross_entropy)
    given = (labels, case.gaps, case.odds, case.rivals, case.cross_entropy, case.log_loss)
    return {
        "hinge": formulas.hinge(labels, case.scores, true, case.margin, case.terms, case.hinge),
        "powers": formulas.exponentials(labels, case.scores, steps.shift, powers, steps.total, digits),
        "probability": formulas.minus_log_probability(labels[true], *own, digits),
        "gaps": formulas.cross_entropy_by_gaps(*given),
    }


def equations(latex: str) -> list[list[str]]:
    """The chains of a formula, each cut at its signs; a line without a left side goes on with the last."""
    text = " ".join(
        f"; {line}" if re.match(r"[hefLp\\][_^{ ]|\\Sigma", line) else line for line in lines_of(latex)
    )
    text = re.sub(r"\\max\(0,\\, (.*?)\) (=|\\approx)", r"max(0, \1) \2", text.replace(r"\qquad", ""))
    text = text.replace(r"\,/\,", "/")
    chains = [re.split(r"\\approx|\\xrightarrow", chain)[0] for chain in text.split(";")]
    return [[part.strip() for part in chain.split(" = ")] for chain in chains if chain.strip()]


def largest_0(part: str) -> str:
    """What max(0, …) gives, as an exact number."""
    if not part.startswith("max"):
        return part
    inner = part.removeprefix("max(0, ").removesuffix(")")
    powers_of_ten = re.sub(r"\\times 10\^\{(-?\d+)\}", r"e\1", inner)
    total = mpmath.fsum(mpmath.mpf(term) for term in re.sub(r"([+-]) ", r"\1", powers_of_ten).split())
    return mpmath.nstr(max(mpmath.mpf(0), total), 40, min_fixed=-100, max_fixed=100).removesuffix(".0")


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.scores} y={case.true} Δ={case.margin}")
def test_a_calculator_agrees_with_every_equation(case: Judged) -> None:
    for name, latex in printed(case).items():
        checked = 0
        for chain in equations(latex):
            members = [largest_0(part) for part in chain]
            true_as_printed(members)
            checked += sum(map(numeric, members)) > 1
        assert checked or r"\approx" in latex, name


def test_equations_are_rarely_only_close() -> None:
    for case in ALL:
        assert r"\approx" not in printed(case)["hinge"]
        if max(map(abs, case.scores)) < 100 and 1e-8 < case.work.probabilities[case.true] < 0.9999:
            assert r"\approx" not in "".join(printed(case).values())


@pytest.mark.parametrize("c", [0.1, 0.3, 0.7, 2.0, 3.3, 10.0])
@pytest.mark.parametrize("l2", [0.0, 0.07, 0.55, 1.0])
def test_the_rescaled_objective_divided_is_the_first_one(c: float, l2: float) -> None:
    pair = rescaled(c, l2)
    latex = formulas.rescaling(c, pair.margin, pair.l2, pair.there.total, pair.recovered, pair.here.total)
    _, _, quotient, result, here = lines_of(latex)
    assert r"\approx" not in latex
    true_as_printed(
        [quotient.replace(r"\quad = ", "").replace(r"\,/\,", "/"), result.replace(r"\quad = ", "")]
    )
    assert result.endswith(f"= {here.split(' = ')[1]}")


def test_a_score_is_written_out_product_by_product() -> None:
    latex = formulas.linear_score("0", [0.01, -0.05, 0.1, 0.05], [-15, 22, -44, 56], -0.3, -2.85)
    assert r"f_0 &= 0.01 \cdot (-15) - 0.05 \cdot 22" in latex
    assert r"&\quad + 0.1 \cdot (-44) + 0.05 \cdot 56 - 0.3" in latex
    assert "&= -2.85" in latex


def test_the_hinge_has_a_term_for_each_rival_and_none_for_the_label() -> None:
    latex = formulas.hinge("012", [-2.85, 0.86, 0.28], 2, 1.0, [0.0, 1.58, 0.0], 1.58)
    assert r"h_0 &= \max(0,\, -2.85 - 0.28 + 1) = 0" in latex
    assert r"h_1 &= \max(0,\, 0.86 - 0.28 + 1) = 1.58" in latex
    assert "h_2" not in latex
    assert "L &= 0 + 1.58" in latex


def test_scores_stand_there_as_they_were_typed() -> None:
    latex = printed(judged((10000, -10000, 9999.5, 0, 1, 2, 3, 4), 0))["hinge"]
    assert r"\max(0,\, 9999.5 - 10000 + 1) = 0.5" in latex
    assert "e+" not in latex
    latex = printed(judged((123.45, 67.891, 2), 1, 2.0))["hinge"]
    assert r"\max(0,\, 123.45 - 67.891 + 2) \\[0.5em] &= 57.559" in latex


def test_a_negative_label_score_is_added() -> None:
    assert r"\max(0,\, 1 + 2 + 1) = 4" in formulas.hinge("01", [-2.0, 1.0], 0, 1.0, [0.0, 4.0], 4.0)


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.scores}")
def test_no_line_is_too_long_for_a_phone(case: Judged) -> None:
    for latex in printed(case).values():
        for line in lines_of(latex):
            seen = re.sub(r"\\times 10\^\{(-?\d+)\}", r"×1\1", line)
            most = 35 if "max" in line else 45  # in brackets and of full height
            assert len(re.sub(r"\\[a-z]+|[\\{}^_,;]", "", seen)) <= most, line


def test_a_probability_that_rounds_to_1_is_not_called_1_and_its_lost_loss_not_the_loss() -> None:
    latex = printed(judged((10, -100, -100), 0))["probability"]
    assert r"22026.5 \,/\, 22026.5 \approx 1" in latex
    assert r"\xrightarrow{\text{float64}} 0" in latex
    assert "= 1" not in latex
    assert "= 0" not in latex


def test_a_probability_that_became_0_breaks_the_loss() -> None:
    latex = printed(judged((0, 1000), 0))["probability"]
    assert r"\approx 0" in latex
    assert r"\xrightarrow{\text{float64}} \infty" in latex


def test_what_is_too_small_stays_a_power_of_e() -> None:
    latex = formulas.cross_entropy_by_gaps("01", [-2000.0], [0.0], [1], 0.0, -2000.0)
    assert r"\log (1 + e^{-2000})" in latex
    assert r"\approx e^{-2000}" in latex
    latex = formulas.gradient([0.0, 0.0], "g", formulas.powers([-2000.0, -2000.0], 0))
    assert r"[-e^{-2000},\; e^{-2000}]" in latex


def test_what_is_too_large_stays_a_power_of_e() -> None:
    latex = formulas.cross_entropy_by_gaps("01", [2000.0], [float("inf")], [1], 2000.0, 7.6)
    assert r"\log (1 + e^{2000})" in latex
    assert "infty" not in latex


def test_a_gradient_of_exactly_zero_is_called_so_and_one_close_to_1_only_close() -> None:
    assert r"= [0,\; 0,\; 0]" in formulas.gradient([0.0, 0.0, 0.0], r"\nabla L")
    assert r"= [0,\; 1,\; -1]" in formulas.gradient([0.0, 1.0, -1.0], r"\nabla L")
    far = judged((-96.8, 437.9, 60.75), 0)
    latex = formulas.gradient(far.cross_entropy_gradient, "g", formulas.powers(far.log_wishes, 0))
    assert r"\approx [-1,\; 1," in latex


def test_shifted_exponentials_say_so_and_leave_zeros_out_of_the_sum() -> None:
    latex = formulas.exponentials("012", [123, 456, 789], -789, [5.75e-290, 2.4e-145, 1.0], 1.0)
    assert "e^{f_0 - m} &= e^{123 - 789}" in latex
    assert r"\approx 0" in formulas.exponentials("01", [0, 2000], -2000, [0.0, 1.0], 1.0)
    assert r"\Sigma &= 1 \\" in formulas.exponentials("01", [0, 2000], -2000, [0.0, 1.0], 1.0)
