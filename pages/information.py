"""What does −log p measure? Likelihood, ideal code length and penalty are one story, and λN against the data
decides how sure the "probabilities" look."""

import streamlit as st

from lessons.information import distributions, fits, predictions, reference
from lessons.information import numbers as numbers_information
from lessons.information.beliefs import Beliefs, beliefs
from lessons.information.pictures import bars as information_bars
from lessons.information.pictures import codes, reliability, sweep
from lessons.information.pictures import halving as information_halving
from lessons.information.pictures import likelihood as information_likelihood
from lessons.information.pictures import prior as information_prior
from lessons.information.settings import L2_LADDER
from ui import blocks, controls
from ui.page import open_page
from ui.stage import stage
from ui.text import N_

NOTES = {"p": "0, 0, 1", "q": "0.015449, 0.631163, 0.353387"}
FREE = {"p": "0.6, 0.3, 0.1", "q": "0.2, 0.3, 0.5", "eps": 0.0}
SCENES = {
    N_("One-hot: CS231n’s example"): {**NOTES, "eps": 0.0},
    N_("Smoothed label, ε = 0.1"): {**NOTES, "eps": 0.1},
    N_("A truth that is itself uncertain"): FREE,
    N_("q = p"): {**FREE, "q": "0.6, 0.3, 0.1"},
    N_("q rules out what happens"): {**FREE, "q": "0.7, 0.3, 0"},
    N_("Halves and quarters, in bits"): {
        "p": "0.5, 0.25, 0.125, 0.125",
        "q": "0.25, 0.25, 0.25, 0.25",
        "eps": 0.0,
        "unit": "bit",
    },
}
SIZES = {
    N_("30 samples"): {"many": "30"},
    N_("1000 samples"): {"many": "1000"},
    N_("10000 samples"): {"many": "10000"},
}
PRIORS = {
    N_("Narrow: λ = 1"): {"pl2": "1"},
    N_("Medium: λ = 0.01"): {"pl2": "0.01"},
    N_("Wide: λ = 0.0001"): {"pl2": "0.0001"},
}
SWEEPS = {
    N_("Too sure: 30 samples, λ = 0.00001"): {"sn": "30", "sl2": "0.00001"},
    N_("Right on average: 30 samples, λ = 0.02"): {"sn": "30", "sl2": "0.02"},
    N_("Nothing against it: 300 samples, λ = 0.01"): {"sn": "300", "sl2": "0.01"},
    N_("Too shy: 30 samples, λ = 1"): {"sn": "30", "sl2": "1"},
    N_("Many samples, hardly a prior"): {"sn": "1000", "sl2": "0.00001"},
}


page = open_page("information")
t = page.t


@st.fragment
def surprise() -> None:
    words, picture = st.columns([4, 7], gap="large", vertical_alignment="center")
    task = st.container()
    fields, bars = st.columns([3, 8], gap="large")
    with picture:
        soon = beliefs(*distributions.coming_pair("p", "q"), controls.coming("eps"), controls.coming("unit"))
        stage("information-codes", codes.code_lengths(soon, t), t)
    with fields:
        p, q = distributions.pair("p", "q", t)
        smoothing = controls.slider("eps", t)
        case = beliefs(p, q, smoothing, controls.choice("unit", t))
    with bars:
        stage(
            "information-bar", information_bars.stacked(case, t), t, on_move=lambda *move: drag(case, *move)
        )
    with words:
        page.say("explain")
    with fields:
        numbers_information.story(page, case)
    with task:
        page.say("drag")
        controls.scenes(SCENES, t, "information-scene")
    numbers_information.average(page, case)
    first, second = st.columns(2)
    with first:
        predictions.halved_share(page, case)
    with second:
        predictions.exchanged(page, case)


def drag(case: Beliefs, handle: float, _x: float, y: float) -> None:
    """A dragged p is the truth as it stands: it is not smoothed once more."""
    name, shares = case.moved(int(handle) % (2 * len(case.p)), y)
    controls.set_values({name: distributions.format_shares(shares)} | ({"eps": 0.0} if name == "p" else {}))


@st.fragment
def likelihood() -> None:
    words, picture = st.columns([4, 7], gap="large", vertical_alignment="center")
    with words:
        page.say("likelihood")
        n = int(controls.ladder("many", t))
        controls.scenes(SIZES, t, "information-many")
    pair = information_likelihood.runs(n)
    with picture:
        stage("information-likelihood", information_likelihood.falling(pair, t), t)
    numbers, ask = st.columns([6, 4], gap="large")
    with numbers:
        numbers_information.products(page, pair, n)
    with ask:
        predictions.underflow(page)
    blocks.code_that_ran(page, reference.LIKELIHOOD)


@st.fragment
def prior() -> None:
    words, picture = st.columns([4, 7], gap="large", vertical_alignment="center")
    with words:
        page.say("prior")
        l2, n = controls.ladder("pl2", t), int(controls.ladder("pn", t))
        controls.scenes(PRIORS, t, "information-prior")
    with picture:
        stage("information-prior", information_prior.prior(n, l2, t), t)
    numbers, ask = st.columns([7, 4], gap="large")
    with numbers:
        numbers_information.posterior(page, n, l2)
    with ask:
        predictions.narrower(page, n, l2)
    blocks.code_that_ran(page, reference.PRIOR)


def halving() -> None:
    words, picture = st.columns([6, 5], gap="large", vertical_alignment="center")
    with words:
        page.say("halving")
        numbers_information.halves()
    with picture:
        stage("information-halving", information_halving.halving(t), t)


@st.fragment
def sureness() -> None:
    page.say("sweep", count=fits.UNSEEN)
    controls.scenes(SWEEPS, t, "information-sweep")
    fields, curves, diagram = st.columns([3, 5, 4], gap="large")
    with fields:
        l2, n = controls.ladder("sl2", t), int(controls.ladder("sn", t))
        numbers_information.sureness(page, n, l2)
    with curves:
        stage("information-sweep", sweep.chain(n, l2, t), t, on_click=choose)
    with diagram:
        stage("information-reliability", reliability.reliability(n, l2, t), t)
    predictions.stronger(page, n, l2)
    blocks.code_that_ran(page, reference.SURENESS)


def choose(exponent: float, _y: float) -> None:
    controls.set_values({"sl2": L2_LADDER[fits.nearest(exponent)]})


page.section(N_("Surprise, and what it costs on average"), "surprise")
surprise()
page.section(N_("Likelihood: the product and the sum"), "likelihood")
likelihood()
page.section(N_("λN is the precision of a prior"), "prior")
prior()
page.section(N_("How sure the “probabilities” look"), "sureness")
halving()
sureness()
