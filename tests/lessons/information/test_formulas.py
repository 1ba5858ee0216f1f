"""The formulas of the lesson on information are true as printed."""

from __future__ import annotations

import random
import re

import mpmath
import pytest

from lessons.information import formulas
from lessons.information.beliefs import Beliefs, beliefs
from lessons.information.pictures import likelihood
from lessons.information.settings import L2_LADDER
from tests.ui.calculator import lines_of, numeric, read, true_as_printed

SCENES = [
    beliefs([0, 0, 1], [0.015449, 0.631163, 0.353387], 0.0, "nat"),
    beliefs([0, 0, 1], [0.015449, 0.631163, 0.353387], 0.1, "nat"),
    beliefs([0.6, 0.3, 0.1], [0.2, 0.3, 0.5], 0.0, "nat"),
    beliefs([0.6, 0.3, 0.1], [0.6, 0.3, 0.1], 0.0, "nat"),
    beliefs([0.6, 0.3, 0.1], [0.7, 0.3, 0.0], 0.0, "nat"),
    beliefs([0.5, 0.25, 0.125, 0.125], [0.25] * 4, 0.0, "bit"),
    beliefs([1 / 3] * 3, [1 / 7, 2 / 7, 4 / 7], 0.0, "bit"),
    beliefs([0.125] * 8, [0.3, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1], 0.05, "nat"),
    beliefs([0.5, 0.5], [0.5 + 1e-5, 0.5 - 1e-5], 0.0, "nat"),
]


def chances(count: int) -> list[Beliefs]:
    chance = random.Random(4)  # noqa: S311
    cases = []
    for _ in range(count):
        classes = chance.randint(2, 8)
        p, q = ([round(chance.random(), 3) + 0.001 for _ in range(classes)] for _ in "pq")
        if chance.random() < 0.3:
            p[0] = 0.0
        smoothing, unit = chance.choice([0.0, 0.05, 0.3]), chance.choice(["nat", "bit"])
        cases.append(beliefs([x / sum(p) for x in p], [x / sum(q) for x in q], smoothing, unit))
    return cases


ALL = [*SCENES, *chances(200)]


def chains(latex: str) -> list[list[str]]:
    """The equations of a formula, each cut at its signs; what is only about equal is no equation."""
    text = " ".join(
        f"; {line}" if line[0] not in r"=+" and not line.startswith(r"\approx") else line
        for line in lines_of(latex)
    )
    text = re.sub(r"\\tfrac\{(-?)1\}\{([^{}]*)\} ?(\(([^()]*)\))?", _divided, text)
    text = text.replace(r"\cdot", "*").replace(r"\sqrt", "")
    cut = [re.split(r"\\approx", chain)[0] for chain in text.split(";")]
    return [
        [part.strip() for part in chain.split("=")] for chain in cut if chain.strip() and "infty" not in chain
    ]


def _divided(match: re.Match[str]) -> str:
    below, inner = match[2], match[4]
    return f"{match[1]}({inner or 1}) / ({below})"


def averages(case: Beliefs) -> list[str]:
    """Both averages as the page prints them."""
    probabilities, there, (lengths, best) = case.probabilities_printed[0], case.printed, case.lengths_printed
    return [
        formulas.average_length("H", "x", probabilities, lengths, total)
        for lengths, total in ((best, there.entropy), (lengths, there.cross))
    ]


@pytest.mark.parametrize("case", ALL)
def test_a_calculator_agrees_with_the_averages_and_the_divergence(case: Beliefs) -> None:
    for latex in [*averages(case), formulas.parts(case.printed, case.reversed.printed)]:
        for chain in chains(latex):
            true_as_printed(chain)


@pytest.mark.parametrize("case", ALL)
def test_about_equal_is_close(case: Beliefs) -> None:
    for latex, total in zip(averages(case), (case.printed.entropy, case.printed.cross), strict=True):
        if r"\approx" in latex:
            *_, terms = chains(latex)[-1]
            assert abs(read(terms) / read(total) - 1) < 5e-3


def test_the_scenes_of_the_page_are_equations_and_not_about_equal() -> None:
    for case in SCENES[:6]:
        assert case.printed.sign == "="
        assert not any(r"\approx" in latex for latex in averages(case))


def test_no_line_is_wider_than_a_phone() -> None:
    for latex in (latex for case in ALL for latex in averages(case)):
        assert max(len(line.replace(r"\cdot", "·")) for line in lines_of(latex)) <= 36


@pytest.mark.parametrize("n", [30, 100, 1000, 10_000])
def test_a_calculator_agrees_with_the_mean_of_the_losses(n: int) -> None:
    for run in likelihood.runs(n):
        latex = formulas.likelihood("W", [], run.product, run.log_likelihood, n, run.mean_loss)
        mean = chains(latex)[-1]
        assert len([part for part in mean if numeric(part)]) == 2
        true_as_printed(mean)


@pytest.mark.parametrize("l2", L2_LADDER)
@pytest.mark.parametrize("n", [3, 7, 30, 1000])
def test_a_calculator_agrees_with_the_prior(l2: str, n: int) -> None:
    variance = 1 / (float(l2) * n)
    first, second = chains(formulas.prior(float(l2), n, variance, variance**0.5))
    true_as_printed(first)
    if len(second) > 1:
        assert abs(mpmath.sqrt(read(first[-1])) / read(second[-1]) - 1) < 6e-4
