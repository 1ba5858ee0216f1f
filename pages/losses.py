"""What do hinge and cross-entropy each want? The hinge stops caring; cross-entropy never does."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lessons.losses import faded, formulas, numbers, predictions
from lessons.losses.example import interact
from lessons.losses.pictures import scale
from lessons.losses.pictures import slices as losses_slices
from lessons.losses.pictures import surfaces as losses_surfaces
from lessons.losses.pictures import weights as losses_weights
from ui import blocks, controls
from ui.page import open_page
from ui.stage import stage
from ui.text import N_

SCENES = {
    N_("CS231n’s example"): {"s": "-2.85, 0.86, 0.28", "target": "2", "margin": 1.0},
    N_("Clearly ahead [10, −2, 3]"): {"s": "10, -2, 3", "target": "0", "margin": 1.0},
    N_("Just ahead [10, 9, 9]"): {"s": "10, 9, 9", "target": "0", "margin": 1.0},
    N_("Far ahead [10, −100, −100]"): {"s": "10, -100, -100", "target": "0", "margin": 1.0},
    N_("A wide margin, Δ = 10"): {"s": "13, -7, 11", "target": "0", "margin": 10.0},
    N_("A cat far off"): {"s": "-96.8, 437.9, 60.75", "target": "0", "margin": 1.0},
    N_("Probabilities .2, .3, .5"): {
        "s": "-1.6094379124, -1.2039728043, -0.6931471806",
        "target": "1",
        "margin": 1.0,
    },
}
SLICES = {N_("Δ = 0"): {"kink": 0.0}, N_("Δ = 1"): {"kink": 1.0}, N_("Δ = 3"): {"kink": 3.0}}
PENALTIES = {N_("λ = 0"): {"l2": 0.0}, N_("λ = 0.01"): {"l2": 0.01}, N_("λ = 0.5"): {"l2": 0.5}}

page = open_page("losses")
t = page.t


def explain() -> None:
    words, picture = st.columns([5, 6], gap="large", vertical_alignment="center")
    with picture:
        stage("losses-two", losses_slices.two_wishes(t), t)
    with words:
        page.say("explain")


@st.fragment
def example() -> None:
    with interacting:
        case = interact(page, SCENES)
    with computing:
        numbers.example(page, case)
        faded.hinge(page, case)
    with checking:
        predictions.example(page, case)


@st.fragment
def slices() -> None:
    words, picture = st.columns([4, 7], gap="large")
    with words:
        page.say("slices")
        margin = controls.slider("kink", t)
        controls.scenes(SLICES, t, "losses-kink")
    with picture:
        stage("losses-slices", losses_slices.slices(margin, t), t)


@st.fragment
def surfaces() -> None:
    """What is shown is chosen outside the part that a slider draws again."""
    fields, picture = st.columns([1, 3], gap="large")
    with fields:
        which, view = controls.choice("which", t), controls.choice("gaps", t)
        sliders = st.container()
        st.button(t("Take the scores from above"), key="losses-take", on_click=take_the_example)
        st.caption(t("As far as ±6, and against the two strongest rivals alone; Δ and T stay as set here."))
    landscape(sliders, picture, which, view)


@st.fragment
def landscape(sliders: DeltaGenerator, picture: DeltaGenerator, which: str, view: str) -> None:
    with sliders:
        margin, temperature = controls.slider("lead", t), controls.slider("heat", t)
        point = controls.slider("ga", t), controls.slider("gb", t)
    at = losses_surfaces.gaps(point, margin, temperature)
    with picture:
        stage("losses-surfaces", losses_surfaces.surfaces(at, which, view, t), t, on_click=move_the_point)
        if which == losses_surfaces.DIFFERENCE:
            told = losses_surfaces.difference_stories(at).items()
            st.markdown(" ".join(page.text(section, **live) for section, live in told))
        else:
            st.markdown(losses_surfaces.walk_words(at, t))


def move_the_point(x: float, y: float) -> None:
    controls.set_values({"ga": round(x, 2), "gb": round(y, 2)})


def take_the_example() -> None:
    ga, gb = losses_surfaces.point_of(st.session_state["losses-now"])
    controls.set_values({"ga": round(ga, 2), "gb": round(gb, 2)})


@st.fragment
def weights() -> None:
    fields, picture = st.columns([1, 3], gap="large")
    with fields:
        view = controls.choice("plane", t)
        l2, margin = controls.slider("l2", t), controls.slider("width", t)
        controls.scenes(PENALTIES, t, "losses-l2")
    found = losses_weights.bowls(l2, margin)
    with picture:
        stage("losses-weights", losses_weights.weights(found, l2, view, t), t)
        for section, live in losses_weights.lowest_stories(found, margin, t).items():
            page.say(section, **live)


@st.fragment
def trade_off() -> None:
    fields, picture = st.columns([4, 7], gap="large")
    with fields:
        page.say("trade-off")
        factor, l2 = controls.slider("c", t), controls.slider("tl2", t)
    pair = scale.rescaled(factor, l2)
    with picture:
        stage("losses-scale", scale.trade_off(pair, l2, t), t)
        here, there = pair.here.total, pair.there.total
        st.latex(formulas.rescaling(factor, pair.margin, pair.l2, there, pair.recovered, here))


explain()
page.section(N_("One example, two judges"), "interact")
interacting = st.container()
page.section(N_("The loss along one gap"), "slices")
slices()
page.section(N_("The losses as landscapes"), "surfaces")
page.say("surfaces")
surfaces()
page.section(N_("The landscape of the weights"), "weights")
page.say("weights")
weights()
page.section(N_("Not to be compared"), "scale")
words, table = st.columns([4, 7], gap="large")
with words:
    page.say("rulers", **scale.both_losses())
with table:
    blocks.table(scale.rulers(t), t("CS231n’s example in several units, and ten classes with equal scores"))
trade_off()
page.section(N_("The computation, number by number"), "compute")
computing = st.container()
page.section(N_("Predict first"), "check")
checking = st.container()
example()
