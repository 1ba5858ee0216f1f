"""How does a classifier learn, step by step? Same data, same steps, two losses, two boundaries."""

import streamlit as st

from ui import blocks, training, training_film, training_settings
from ui.text import N_

page = blocks.open_page("train")
t = page.t


def explain() -> None:
    page.say("explain")


@st.fragment
def film(now: training.Training) -> None:
    training_film.follow()
    training_film.draw(now, t)


def interact() -> training.Training:
    page.section(N_("Watch both learn"), "watch")
    training_settings.scenes(page)
    fields, picture = st.columns([1, 4], gap="medium")
    with fields:
        wanted, looks = training_settings.settings(t, training_settings.own_sample())
        now = training.current(wanted, looks)
    with picture:
        film(now)
    return now


explain()
now = interact()
