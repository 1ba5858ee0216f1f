"""Both runs at the step where the reader has stopped, number by number."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lessons.train import formulas, own_points, point
from lessons.train.pictures import numbers, path
from lessons.train.point import Worked
from lessons.train.session import Training
from lessons.train.view import run_names
from softmax_core import Data, TrainConfig, TrainState
from softmax_core.training import advance, check_train_gradient
from ui import blocks, controls, signs
from ui.numerals import numeral
from ui.page import Page
from ui.stage import stage

_CHECK = "train-gradient-check"


def figures(page: Page, now: Training) -> None:
    """How both runs do, and what they confuse."""
    t, view = page.t, now.view
    left, right = st.columns([1, 1], gap="large")
    with left:
        found = numbers.figures(view, now.lock, now.step, now.states, now.configs, t)
        blocks.table(found, t("Both runs at this step"))
    with right:
        for run, state in enumerate(now.states):
            blocks.table(numbers.confusion(state, view, run_names(t)[run], t), t("Confusion matrix"))


def parameters(page: Page, now: Training) -> None:
    """W and b with their gradients, checked if the reader asks for it, and one step of one weight."""
    t, view = page.t, now.view
    for run, state in enumerate(now.states):
        name = t("Parameters of {run}", run=run_names(t)[run])
        blocks.table(numbers.parameters(state, view, run_names(t)[run], t), name)
    st.button(t("Check these gradients"), key="train-check", icon=":material/rule:", on_click=_ask_for_check)
    if st.session_state.get(_CHECK) == (now.number, now.step):
        gradient_check(page, now.states, now.configs, view.train)


def gradient_check(
    page: Page, states: Sequence[TrainState], configs: Sequence[TrainConfig], data: Data
) -> None:
    """Every explicit gradient of both runs against differences of the loss."""
    checks = [
        check_train_gradient(state.params, config, data)
        for state, config in zip(states, configs, strict=True)
    ]
    worst = {run: numeral(check.largest, 2) for run, check in zip(("softmax", "svm"), checks, strict=True)}
    page.say("gradient-check", **worst)


def _ask_for_check() -> None:
    now: Training = st.session_state["train-session"]
    st.session_state[_CHECK] = (now.number, now.step)


def one_step(page: Page, now: Training) -> None:
    """The objective of both runs, and the next step of one weight."""
    hidden = now.scene.model == "hidden"
    columns = st.columns(2, gap="large")
    for column, run, state, config in zip(columns, run_names(page.t), now.states, now.configs, strict=True):
        with column:
            st.markdown(f"**{run}**")
            squares = 2 * state.penalty / config.l2 if config.l2 else 0.0
            st.latex(formulas.objective(state.data_loss, config.l2, squares, state.total))
            after = advance(state, config, now.view.train, 1)
            if state.final:
                page.say("no-next-step")
                continue
            page.say("weight-hidden" if hidden else "weight", name=signs.markdown(now.view.class_names[0]))
            before, slope, moved = _first_weight(state, after)
            if config.full_batch and config.optimiser == "gradient_descent":
                weight = formulas.first_weight(matrix="(W_1)" if hidden else "W")
                st.latex(formulas.step(weight, before, config.rate, slope, moved))
            else:
                page.say("other-step", before=numeral(before), slope=numeral(slope), after=numeral(moved))


def _first_weight(state: TrainState, after: TrainState) -> tuple[float, float, float]:
    """Where it is, its gradient, and where it goes."""
    name = next(iter(state.params))
    now, slope, then = (float(part[name][0, 0]) for part in (state.params, state.gradients, after.params))
    return now, slope, then


def worked_point(page: Page, now: Training) -> None:
    """The line of the clicked point in both runs, and the same in NumPy."""
    t, view = page.t, now.view
    field, button, _ = st.columns([1, 1, 2], vertical_alignment="bottom")
    with field:
        index = controls.whole("point", t, view.everything.n_samples) - 1
    with button:
        st.button(
            t("Delete this point"),
            key="train-delete",
            icon=":material/delete:",
            on_click=own_points.remove,
            args=(now.points, now.drawn_point(index)),
        )
    columns = st.columns(2, gap="large")
    for column, run, state, config in zip(columns, run_names(page.t), now.states, now.configs, strict=True):
        work = point.worked(index, view, state, config)
        with column:
            _one_run(page, run, work)
    with st.expander(
        t("The same in NumPy"), icon=":material/code:", on_change="rerun", key="train-numpy"
    ) as box:
        if box.open:
            for run, state, config in zip(run_names(page.t), now.states, now.configs, strict=True):
                st.markdown(f"**{run}**")
                work = point.worked(index, view, state, config)
                st.code("\n".join(point.numpy_lines(work, state)), language="python")


def _one_run(page: Page, run: str, work: Worked) -> None:
    live = {
        "run": run,
        "number": work.number,
        "x": f"({', '.join(map(numbers.coordinate, work.x))})",
        "name": signs.markdown(work.names[work.label]),
        "loss": numbers.loss_text(work.loss, int(not work.is_softmax), formulas.DIGITS),
    }
    page.say("point-test" if work.is_test else "point", **live)
    st.latex(formulas.scores(work))
    st.latex(formulas.loss(work))
    st.latex(formulas.wishes(work))
    if work.is_test:
        return
    if work.is_felt:
        st.latex(formulas.share(work))
    else:
        page.say("not-felt-softmax" if work.is_softmax else "not-felt")


def paths(page: Page, now: Training) -> None:
    """The way of both runs on their loss surfaces, where that can be drawn."""
    if now.scene.model == "hidden":
        page.say("path-hidden")
        return
    if now.step == 0:
        page.say("path-start")
        return
    columns = st.columns(2, gap="medium")
    for column, run, history, config, state in zip(
        columns, range(2), now.lock.histories, now.configs, now.states, strict=True
    ):
        way = path.path(history, config, now.view, state)
        with column:
            if isinstance(way, str):
                page.say(way)
            else:
                stage(f"train-path-{run}", path.picture(way, run, page.t), page.t)
                if way.has_left:
                    page.say("path-left", step=way.steps[-1])


def pinned(page: Page, now: Training) -> None:
    """The pinned runs beside the present one."""
    if now.pins:
        found = numbers.pinned(now.scene, now.states, [pin.kept(now.step) for pin in now.pins], page.t)
        blocks.table(found, page.t("Pinned runs"))
    else:
        page.say("pin-hint")
