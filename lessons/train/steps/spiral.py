"""A spiral that no linear model can follow, and one hidden layer that can."""

from __future__ import annotations

import streamlit as st

from lessons.train import film as training_film
from lessons.train import session, stations
from lessons.train.pictures.numbers import percent
from ui import controls
from ui.page import Page
from ui.step import beside

_WIDE = 4, 11


def spiral(page: Page) -> None:
    """The same points for a linear model, or for one with a hidden layer."""
    left, right = beside(*_WIDE)
    with left:
        page.say("spiral")
        model = controls.choice("layers", page.t)
    with right:
        _playing(page, model)


@st.fragment
def _playing(page: Page, model: str) -> None:
    training_film.follow()
    now = session.station(f"train-spiral-{model}", stations.spiral(model))
    training_film.draw(now, page.t, edits=False)
    right = [percent(state.accuracy) for state in now.states]
    if now.step:
        st.markdown(page.text("spiral-right", step=now.step, softmax=right[0], svm=right[1]))
