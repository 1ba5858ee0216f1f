"""How does a classifier learn, step by step? Same data, same steps, two losses, two boundaries; and one
step too large, and it is gone."""

import streamlit as st

from lessons.train import coach, details, own_points, predictions, reference, session, takeaway
from lessons.train import experiment as settings
from lessons.train import film as training_film
from lessons.train.pictures import idea
from ui import blocks
from ui.page import open_page
from ui.stage import stage
from ui.text import N_

page = open_page("train")
t = page.t


def explain() -> None:
    words, rule, picture = st.columns([6, 4, 6], gap="medium", vertical_alignment="center")
    with picture:
        stage("train-idea", idea.step_sizes(t), t)
    with words:
        page.say("explain")
    with rule:
        page.say("rule")


def interact() -> session.Training | None:
    page.section(N_("Watch both learn"), "watch")
    settings.scenes(page)
    own = settings.own_sample()
    picture, fields = st.columns([11, 3], gap="medium")
    with fields:
        wanted, below_rate = settings.settings(t, own)
        looks = settings.looks(t)
    with picture:
        if wanted is None:
            training_film.empty(page, own)
            return None
        now = session.current(wanted, looks)
        settings.true_values(below_rate, now, t)
        film(now)
        coach.coach(page, now)
        coach.penalty(page, now)
    return now


@st.fragment
def film(now: session.Training) -> None:
    training_film.follow()
    training_film.draw(now, t)


def compute(now: session.Training) -> None:
    page.section(N_("At this step, number by number"), "compute")
    page.say("compute", step=now.step)
    details.figures(page, now)
    details.parameters(page, now)
    details.one_step(page, now)
    st.subheader(t("One point on its way"), anchor="point")
    page.say("pick-a-point")
    details.worked_point(page, now)
    blocks.code_that_ran(page, reference.learning(now.configs))


def look_back(now: session.Training) -> None:
    page.section(N_("The way on the loss surface"), "path")
    page.say("path")
    details.paths(page, now)
    st.subheader(t("Pinned runs"), anchor="pinned")
    details.pinned(page, now)


explain()
now = interact()
st.subheader(t("Your own points"), anchor="points")
own_points.panel(page, training_film.shown(now))
if now is not None:
    compute(now)
    look_back(now)
    page.section(N_("Predict first"), "check")
    st.fragment(predictions.learning)(page, now.scene)
    st.subheader(t("Take it away"), anchor="take-away")
    takeaway.panel(page, now.scene, now.lock, now.step, settings.adopt, now.wanted)
