"""The steps of the lesson on information: each draws its question, its controls and its picture."""

from __future__ import annotations

import streamlit as st

from lessons.information import distributions, fits, numbers, predictions, reference, sketch
from lessons.information.beliefs import Beliefs, beliefs, probability_of
from lessons.information.pictures import codes, halving, likelihood, prior, reliability, sweep
from lessons.information.pictures.bars import stacked
from lessons.information.settings import HALVES, L2_LADDER
from ui import blocks, controls
from ui.page import Page
from ui.stage import stage
from ui.step import beside
from ui.text import N_

RARE = 0.25
FEW = 30  # samples that no product loses
FREE = {"p": "0.6, 0.3, 0.1", "q": "0.2, 0.3, 0.5", "eps": 0.0}
CODES = {
    N_("Made for another truth"): {**HALVES, "eps": 0.0, "unit": "bit"},
    N_("A word of 2 bits for each"): {**HALVES, "q": "0.25, 0.25, 0.25, 0.25", "eps": 0.0, "unit": "bit"},
    N_("Made for p"): {**HALVES, "q": HALVES["p"], "eps": 0.0, "unit": "bit"},
}
TRUTHS = {
    N_("One-hot: CS231n’s example"): {**distributions.OF_OLD, "eps": 0.0, "unit": "nat"},
    N_("A truth that is itself uncertain"): FREE,
    N_("q = p"): {**FREE, "q": FREE["p"]},
    N_("q rules out what happens"): {**FREE, "q": "0.7, 0.3, 0"},
}
SWEEPS = {
    f"λ = {l2}, N = {n}": {"samples": n, "lambda": l2}
    for l2, n in (("0.00001", "30"), ("0.01", "300"), ("1", "30"))
}


def surprise(page: Page) -> None:
    """Sketch the surprise of a few probabilities; then of any."""
    left, right = beside()
    with left:
        page.say("begin")
        verdict = sketch.coin(page, _told_of_the_coin, right)
    with right:
        if verdict:
            controls.slider("coin", page.t)
            numbers.surprise(page, controls.coming("coin"))


def _told_of_the_coin() -> float:
    """The reader's q, which first is one of those that were asked about."""
    controls.once("information-coin-told", {"coin": RARE})
    return float(controls.coming("coin"))


def lengths(page: Page) -> None:
    """Code lengths as areas: the top of each block can be dragged."""
    t = page.t
    left, right = beside()
    with left:
        page.say("codes")
        case = _case()
        numbers.lengths(page, case)
        page.say("words")
    with right:
        stage("information-codes", codes.code_lengths(case, t), t, on_move=lambda *move: _cut(case, *move))
        controls.scenes(CODES, t, "information-code")


def parts(page: Page) -> None:
    """H(p, q) = H(p) + KL(p‖q) as one bar."""
    t = page.t
    left, right = beside()
    with left:
        page.say("parts")
        distributions.known_pair("p", "q", t)
        controls.choice("unit", t)
        case = _case()
        numbers.story(page, case)
        page.say("hard")
    with right:
        stage("information-bar", stacked(case, t, both=False), t, on_move=lambda *move: _drag(case, *move))
        controls.scenes(TRUTHS, t, "information-scene")


def typed(page: Page) -> None:
    """p and q typed, p smoothed, and every term."""
    t = page.t
    left, right = st.columns(2, gap="large")
    with left:
        p, q = distributions.pair("p", "q", t)
        smoothing = controls.slider("eps", t)
        case = beliefs(p, q, smoothing, controls.choice("unit", t))
    with right:
        numbers.average(case)


def exchange(page: Page) -> None:
    """Predict what an exchange of p and q does to the divergence; then for any pair."""
    t, case = page.t, _case()
    asked = _asked_about(case)
    left, right = beside()
    with left:
        verdict = predictions.exchanged(page, asked)
        if not verdict:
            case = asked
        elif case != asked:
            st.markdown(predictions.exchange_in_words(page, case))
    with right:
        picture = stacked(case, t, both=bool(verdict), movable=bool(verdict))
        stage("information-exchange", picture, t, on_move=lambda *move: _drag(case, *move))
        if verdict:
            controls.scenes(TRUTHS, t, "information-exchanged")


def product(page: Page) -> None:
    """Predict when a product of probabilities becomes 0; then multiply any number of them."""
    t = page.t
    left, right = beside()
    with left:
        page.say("likelihood")
        verdict = predictions.underflow(page)
    with right:
        pair = likelihood.runs(int(controls.coming("many")) if verdict else FEW)
        stage("information-likelihood", likelihood.falling(pair, t), t)
        if verdict:
            numbers.vanished(page, pair, int(controls.ladder("many", t)))


def products(page: Page) -> None:
    """Both products and both sums, with their numbers."""
    n = int(controls.ladder("many", page.t))
    page.say("maximum")
    numbers.products(page, likelihood.runs(n), n)


def prior_of_weights(page: Page) -> None:
    """Predict what more samples do to the prior behind λ; then any λ and N."""
    t = page.t
    left, right = beside()
    with left:
        page.say("prior")
        verdict = predictions.narrower(page)
    with right:
        stage("information-prior", prior.prior(*_known_fit(), t, fourfold=bool(verdict)), t)
        if verdict:
            _fitted(page)


def posterior(page: Page) -> None:
    """Why the penalty is a prior, and both sides of the identity in numbers."""
    left, right = st.columns([4, 7], gap="large")
    with left:
        page.say("posterior")
    with right:
        numbers.posterior(page, *_known_fit())
        _fitted(page)


def sureness(page: Page) -> None:
    """Predict what a stronger penalty changes; then every λ."""
    t, (n, l2) = page.t, _known_fit()
    left, right = beside()
    with left:
        verdict = predictions.stronger(page)
    with right:
        stage("information-sweep", sweep.chain(n, l2, t, bool(verdict)), t, on_click=_choose)
        if verdict:
            _fitted(page)
            numbers.moves(page, n)


def halves(page: Page) -> None:
    """Half the weights: the same order, less sure."""
    left, right = beside()
    with left:
        page.say("halving")
        numbers.half_the_weights(page, *_known_fit())
    with right:
        stage("information-halving", halving.halving(page.t), page.t)
        numbers.halves()


def calibration(page: Page) -> None:
    """Whether the confidence is deserved."""
    t, (n, l2) = page.t, _known_fit()
    left, right = beside()
    with left:
        page.say("calibration", count=fits.UNSEEN)
        numbers.calibration(page, n, l2)
    with right:
        stage("information-reliability", reliability.reliability(n, l2, t), t)
        _fitted(page)
        controls.scenes(SWEEPS, t, "information-sweep")


def code(page: Page) -> None:
    for part in (reference.BAR, reference.LIKELIHOOD, reference.PRIOR, reference.SURENESS):
        blocks.code_that_ran(page, part)


def _case() -> Beliefs:
    """The reader's p and q, for which another step has the fields."""
    return beliefs(*distributions.good_pair("p", "q"), controls.coming("eps"), controls.coming("unit"))


def _asked_about(case: Beliefs) -> Beliefs:
    """The pair that was answered about; until then the reader's own."""
    place = "information-exchange-pair"
    if st.session_state.get("information-exchange-checked") is None:
        st.session_state[place] = (case.p, case.q)
    p, q = st.session_state[place]
    return Beliefs(p, q, case.symbol)


def _cut(case: Beliefs, handle: float, _x: float, y: float) -> None:
    """A word cut short or made longer: the others pay for it or gain."""
    label = int(handle) % len(case.q)
    _, probabilities = case.moved(len(case.p) + label, probability_of(max(y, 0.0), case))
    controls.set_values({"q": distributions.format_probabilities(probabilities)})


def _drag(case: Beliefs, handle: float, _x: float, y: float) -> None:
    """A dragged p is the truth as it stands: it is not smoothed once more."""
    name, probabilities = case.moved(int(handle) % (2 * len(case.p)), y)
    controls.set_values(
        {name: distributions.format_probabilities(probabilities)} | ({"eps": 0.0} if name == "p" else {})
    )


def _fitted(page: Page) -> None:
    """λ and N of the classifiers that all pictures share."""
    first, second = st.columns(2, gap="medium")
    with first:
        controls.ladder("lambda", page.t)
    with second:
        controls.ladder("samples", page.t)


def _known_fit() -> tuple[int, float]:
    return int(controls.coming("samples")), float(controls.coming("lambda"))


def _choose(exponent: float, _y: float) -> None:
    controls.set_values({"lambda": L2_LADDER[fits.nearest(exponent)]})
