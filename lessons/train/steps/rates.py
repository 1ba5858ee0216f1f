"""The step size: ten times as large, any other, and why there is a limit."""

from __future__ import annotations

import streamlit as st

from lessons.train import coach, predictions, stations
from lessons.train.course import Course, course
from lessons.train.pictures import idea, rates
from lessons.train.session import Looks, Training
from ui import controls
from ui.numerals import numeral
from ui.page import Page
from ui.stage import stage
from ui.step import beside

_KEY, _RATE = "train-eta", "eta"


def ten_times(page: Page) -> None:
    """Predict what ten times the step size does; then any step size, and what the coach says of it."""
    given = course(stations.irises(float(stations.RATE)))
    left, right = beside()
    with left:
        page.say("ten")
        verdict = predictions.ten_times(page, given.scene)
    if verdict:
        controls.once("train-tenfold", {_RATE: numeral(stations.TENTH * float(stations.RATE))})
    other = course(stations.irises(float(controls.coming(_RATE)))) if verdict else None
    with right:
        stage("train-rates", rates.picture(given.lock, other.lock if other else None, page.t), page.t)
        if other:
            controls.ladder(_RATE, page.t)
            coach.coach(page, _at_its_end(other), ways_out=False)


def _at_its_end(run: Course) -> Training:
    st.session_state[f"{_KEY}-at"] = run.scene.n_steps
    return Training(run.scene, run.scene, Looks(log=True), run.lock, run.view, key=_KEY)


def valley(page: Page) -> None:
    """What the step size decides, on a loss of one weight."""
    left, right = beside()
    with left:
        page.say("valley")
        page.say("rule")
    with right:
        stage("train-idea", idea.step_sizes(page.t), page.t)
