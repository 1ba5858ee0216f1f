"""How does a classifier learn, step by step? Same data, same steps, two losses, two boundaries; and one
step too large, and it is gone."""

import streamlit as st

from charts import train_idea
from ui import (
    blocks,
    own_points,
    predictions_train,
    takeaway,
    training,
    training_coach,
    training_details,
    training_film,
    training_settings,
)
from ui.stage import stage
from ui.text import N_

page = blocks.open_page("train")
t = page.t


def explain() -> None:
    words, picture = st.columns([6, 7], gap="large", vertical_alignment="center")
    with words:
        page.say("explain")
    with picture:
        stage("train-idea", train_idea.step_sizes(t), t)


def interact() -> training.Training | None:
    page.section(N_("Watch both learn"), "watch")
    training_settings.scenes(page)
    own = training_settings.own_sample()
    picture, fields = st.columns([11, 3], gap="medium")
    with fields:
        wanted = training_settings.settings(t, own)
        looks = training_settings.looks(t)
    with picture:
        if wanted is None:
            training_film.empty(page, own)
            return None
        now = training.current(wanted, looks)
        film(now)
        training_coach.coach(page, now)
    return now


@st.fragment
def film(now: training.Training) -> None:
    training_film.follow()
    training_film.draw(now, t)


def compute(now: training.Training) -> None:
    page.section(N_("At this step, number by number"), "compute")
    page.say("compute", step=now.step)
    training_details.figures(page, now)
    training_details.parameters(page, now)
    training_details.one_step(page, now)
    st.subheader(t("One point on its way"), anchor="point")
    page.say("pick-a-point")
    training_details.worked_point(page, now)
    blocks.code_that_ran(page, *training_details.THE_CODE)


def look_back(now: training.Training) -> None:
    page.section(N_("The way on the loss surface"), "path")
    page.say("path")
    training_details.paths(page, now)
    st.subheader(t("Pinned runs"), anchor="pinned")
    training_details.pinned(page, now)


explain()
now = interact()
st.subheader(t("Your own points"), anchor="points")
own_points.panel(page, training_film.shown(now))
if now is not None:
    compute(now)
    look_back(now)
    page.section(N_("Predict first"), "check")
    predictions_train.learning(page, now.scene)
    st.subheader(t("Take it away"), anchor="take-away")
    takeaway.panel(page, now.scene, now.lock, now.step, training_settings.adopt)
