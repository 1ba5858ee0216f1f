"""The formulas of the lesson on training hold the numbers of the run, in lines that a phone can show."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from lessons.train import formulas, point
from lessons.train.replay import build_configs, build_data, replay
from lessons.train.scene import Scene, SceneRecipe, SceneSegment
from lessons.train.view import View
from softmax_core import TrainState
from ui.formulas import number

MAX_WIDTH = 34


def worked(
    index: int = 0, run: int = 0, steps: int = 20, **values: object
) -> tuple[point.Worked, TrainState]:
    segment = SceneSegment(rate=float(str(values.pop("rate", 0.1))))
    scene = Scene(recipe=SceneRecipe(n_samples=30), segments=(segment,), **values)  # type: ignore[arg-type]
    train, test, names = build_data(scene)
    state = replay(scene, steps).last_good(steps)[run]
    config = build_configs(scene, segment)[run]
    return point.worked(index, View(train, test, names, steps), state, config), state


def lines(latex: str) -> list[str]:
    inner = latex.removeprefix(r"\begin{aligned}").split(r"\end{aligned}")[0]
    return inner.split(r" \\[0.5em] ")


def seen(line: str) -> int:
    """About how many signs wide a line is."""
    return len(re.sub(r"\\[a-z]+|[\\{}^_&,; ]", "", line))


@pytest.mark.parametrize("model", ["linear", "quadratic", "hidden"])
@pytest.mark.parametrize("run", [0, 1])
def test_the_scores_and_the_loss_are_those_of_the_core(model: str, run: int) -> None:
    work, state = worked(3, run, model=model, n_hidden=6)
    latex = formulas.scores(work)
    for score in work.scores:
        assert re.search(rf"(=|approx) {re.escape(number(float(score), formulas.DIGITS))}", latex)
    assert number(work.loss, formulas.DIGITS) in formulas.loss(work)
    assert np.isfinite(state.theta).all()
    for wish in work.wishes:
        assert number(float(wish)) in formulas.wishes(work)


@pytest.mark.parametrize("run", [0, 1])
@pytest.mark.parametrize("hinge", ["weston_watkins", "squared_weston_watkins"])
@pytest.mark.parametrize("rate", [0.1, 5.0])
def test_every_line_fits_on_a_phone_even_when_the_run_blows_up(run: int, hinge: str, rate: float) -> None:
    work, _ = worked(7, run, 60, hinge=hinge, rate=rate)
    for latex in (
        formulas.scores(work),
        formulas.loss(work),
        formulas.wishes(work),
        formulas.share(work),
    ):
        assert max(map(seen, lines(latex))) <= MAX_WIDTH, latex


def test_a_hidden_layer_is_cut_short_and_says_so() -> None:
    work, _ = worked(model="hidden", n_hidden=50)
    assert r"\vdots" in formulas.share(work)
    assert len(lines(formulas.share(work))) < 20


def test_one_step_is_written_with_its_numbers() -> None:
    latex = formulas.step(formulas.first_weight(), 0.5, 0.1, -2.0, 0.7)
    assert r"W_{x_1,0} &\leftarrow" in latex
    assert formulas.first_weight(matrix="(W_1)") == r"(W_1)_{x_1,0}"
    assert formulas.first_weight("A") == r"W_{x_1,A}"
    assert r"0.5 - 0.1 \cdot (-2)" in latex
    assert "&= 0.7" in latex
    assert "0.25" in formulas.objective(0.2, 0.1, 1.0, 0.25)


def plainly(latex: str) -> str:
    """A sum or product of numbers in LaTeX, as Python reads it."""
    text = re.sub(r"\\times 10\^\{(-?\d+)\}", r"e\1", latex.replace(r"\quad", "").replace(r"\,", ""))
    text = re.sub(r"\\tfrac\{1\}\{2\}", "0.5", text)
    return text.replace(r"\cdot", "*").replace("&", "")


@pytest.mark.parametrize("run", [0, 1])
@pytest.mark.parametrize("model", ["linear", "quadratic"])
@pytest.mark.parametrize("index", range(5))
def test_equals_stands_only_where_the_printed_numbers_come_to_it(index: int, model: str, run: int) -> None:
    work, state = worked(index, run, model=model)
    for k, equation in enumerate(re.split(r"f_\d &= ", formulas.scores(work))[1:]):
        sum_of, relation, result = re.split(r" (=|\\approx) ", equation.split(r" \\[0.5em] f_")[0])
        come_to = eval(plainly(sum_of.replace(r" \\[0.5em] ", " ")))  # noqa: S307 - numbers and signs
        printed = re.match(r"[-\d.]+(\\times 10\^\{-?\d+\})?", result)
        assert printed
        assert (number(come_to, formulas.DIGITS) == printed[0]) is (relation == "="), k
        assert printed[0] in formulas.loss(work), "the score is printed there with the same digits"
    assert np.isfinite(state.theta).all()


@pytest.mark.parametrize(
    ("data", "l2", "squares", "relation"), [(0.2, 0.1, 1.0, "="), (0.12344, 0.1, 0.00052, r"\\approx")]
)
def test_an_objective_says_about_where_its_printed_parts_miss_it(
    data: float, l2: float, squares: float, relation: str
) -> None:
    total = data + l2 * squares / 2
    assert f"&{relation.replace(chr(92) * 2, chr(92))} {number(total)}" in formulas.objective(
        data, l2, squares, total
    )
    moved = formulas.step("w", 0.12344, 0.1, 0.00052, 0.12344 - 0.000052)
    assert rf"&\approx {number(0.123388)}" in moved


def test_a_probability_that_a_float64_makes_0_or_1_of_is_no_plain_equation() -> None:
    work, _ = worked(0, 0)
    sure = replace(
        work, scores=np.array([900.0, 0.0, -5.0]), shift=-900.0, powers=np.array([1.0, 0.0, 0.0]), total=1.0,
        parts=np.array([1.0, 0.0, 0.0]), label=0, loss=0.0,
    )  # fmt: skip
    assert r"\xrightarrow{\text{float64}} 0" in formulas.loss(sure)
    assert r"e^{f_1 - m} &= e^{0 - 900} \approx 0" in formulas.loss(sure)
    lost = replace(sure, label=1, loss=900.0)
    assert r"\xrightarrow{\text{float64}} \infty" in formulas.loss(lost)
