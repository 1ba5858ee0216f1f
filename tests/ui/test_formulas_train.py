"""The formulas of the lesson on training hold the numbers of the run, in lines that a phone can show."""

from __future__ import annotations

import re

import numpy as np
import pytest

from charts.train import point
from charts.train.view import View
from softmax_core import Scene, SceneRecipe, SceneSegment, TrainState, build_configs, build_data, replay
from ui.formulas import number
from ui.train import formulas

WIDEST = 34


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
        assert max(map(seen, lines(latex))) <= WIDEST, latex


def test_a_hidden_layer_is_cut_short_and_says_so() -> None:
    work, _ = worked(model="hidden", n_hidden=50)
    assert r"\vdots" in formulas.share(work)
    assert len(lines(formulas.share(work))) < 20


def test_one_step_is_written_with_its_numbers() -> None:
    latex = formulas.step(False, 0.5, 0.1, -2.0, 0.7)
    assert r"W_{x_1,0} &\leftarrow" in latex
    assert r"(W_1)_{x_1,0}" in formulas.step(True, 0.5, 0.1, -2.0, 0.7)
    assert r"0.5 - 0.1 \cdot (-2)" in latex
    assert "&= 0.7" in latex
    assert "0.25" in formulas.objective(0.2, 0.1, 1.0, 0.25)
