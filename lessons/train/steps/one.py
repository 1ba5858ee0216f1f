"""One step, number by number, of one weight in both runs; and the check of a gradient."""

from __future__ import annotations

import streamlit as st

from lessons.train import details, formulas, predictions, stations
from lessons.train.course import Course, course
from lessons.train.pictures import slope
from softmax_core import TrainConfig
from ui.page import Page
from ui.stage import stage
from ui.step import beside

_AT, _CHECKED = "train-one-at", "train-one-checked"


def one_step(page: Page) -> None:
    """The slope at a weight, and the step against it."""
    t, far, step = page.t, course(stations.far()), int(st.session_state.get(_AT, 0))
    left, right = beside()
    with left:
        page.say("one")
        with st.container(horizontal=True):
            st.button(t("One step"), key="train-one-go", type="primary", on_click=_go, args=(1,))
            st.button(t("Ten steps"), key="train-one-leap", on_click=_go, args=(10,))
            st.button(t("Back to the start"), key="train-one-back", on_click=_go, args=(0,))
        st.markdown(page.text("one-at", step=step))
        st.button(
            t("Check these gradients"),
            key="train-one-check",
            icon=":material/rule:",
            on_click=_check,
            args=(step,),
        )
        if st.session_state.get(_CHECKED) == step:
            details.gradient_check(page, far.lock.at(step), _configs(far), far.view.train)
    with right:
        stage("train-slope", slope.picture(far, step, t), t)
        columns = st.columns(2)
        weight = formulas.first_weight(stations.CLASSES[0])
        for column, each, config in zip(columns, slope.slices(far, step), _configs(far), strict=True):
            column.latex(formulas.step(weight, each.now[0], config.rate, each.slope, each.then[0]))


def untrained(page: Page) -> None:
    """What both losses are before the first step."""
    predictions.untrained(page, stations.six())


def _configs(far: Course) -> tuple[TrainConfig, ...]:
    return tuple(run.config for run in far.lock.histories)


def _go(steps: int) -> None:
    here = int(st.session_state.get(_AT, 0)) + steps if steps else 0
    st.session_state[_AT] = min(here, stations.SHORT)


def _check(step: int) -> None:
    st.session_state[_CHECKED] = step
