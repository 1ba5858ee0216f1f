"""The further steps of the lesson on losses: all numbers, other questions, the landscape of the weights."""

from __future__ import annotations

import streamlit as st

from lessons.losses import formulas, numbers, predictions, reference, words
from lessons.losses.pictures import scale, weights
from lessons.losses.pictures.jacobian import jacobian
from lessons.losses.steps import example
from ui import blocks, controls
from ui.page import Page
from ui.stage import stage
from ui.step import beside
from ui.text import N_

PENALTIES = {N_("λ = 0"): {"l2": 0.0}, N_("λ = 0.01"): {"l2": 0.01}, N_("λ = 0.5"): {"l2": 0.5}}


def compute(page: Page) -> None:
    numbers.example(page, example(page))


def code(page: Page) -> None:
    blocks.code_that_ran(page, reference.EXAMPLE)


def more(page: Page) -> None:
    """All weights twice as large; and a classifier that has learned nothing."""
    first, second = st.columns(2, gap="large")
    with first:
        predictions.doubling(page, example(page))
    with second:
        predictions.chance(page)


def of_weights(page: Page) -> None:
    """The objective over two directions of weights."""
    t = page.t
    left, right = beside()
    with left:
        view = controls.view("plane", t)
        l2, margin = controls.slider("l2", t), controls.slider("margin", t)
        found = weights.bowls(l2, margin)
        for section, live in weights.lowest_stories(found, margin, t).items():
            page.say(section, **live)
        page.say("weights")
    with right:
        stage("losses-weights", weights.weights(found, l2, view, t), t)
        controls.scenes(PENALTIES, t, "losses-l2")


def one_valley(page: Page) -> None:
    """Why the objective has one valley: its Hessian has no negative eigenvalue."""
    case = example(page)
    left, right = beside()
    with left:
        page.say("valley")
        st.markdown(words.curvature(page, case))
    with right:
        stage("losses-curvature", jacobian(case, case.true, page.t), page.t)


def trade_off(page: Page) -> None:
    """Margin and penalty are one trade-off."""
    t, margin = page.t, controls.coming("margin")
    left, right = beside()
    with left:
        factor, l2 = controls.slider("c", t), controls.slider("l2", t)
        page.say("trade-off")
    pair = scale.rescaled(factor, l2, margin)
    with right:
        stage("losses-scale", scale.trade_off(pair, l2, margin, t), t)
        here, there = pair.here.total, pair.there.total
        st.latex(formulas.rescaling(factor, pair.margin, pair.l2, there, pair.recovered, here))
