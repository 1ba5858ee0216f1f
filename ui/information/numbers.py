"""The numbers of the lesson on information in formulas and words, and the code that computed them."""

from __future__ import annotations

from math import inf

import streamlit as st

from charts.information import fits, halving, likelihood, prior
from charts.information.beliefs import ONE_HOT, Beliefs, shown
from charts.information.likelihood import Run
from charts.numerals import numeral
from softmax_core import (
    Sureness,
    cross_entropy,
    distribution_cross_entropy,
    entropy,
    expected_calibration_error,
    fit_over_l2,
    gaussian_log_prior,
    kl_divergence,
    log_likelihood,
    log_posterior,
    prior_variance,
    reliability_bins,
    running_likelihood,
    smoothed_distribution,
    sureness_over_l2,
    surprisal,
)
from ui import blocks
from ui.information import formulas

BAR_CODE = (surprisal, entropy, distribution_cross_entropy, kl_divergence, smoothed_distribution)
LIKELIHOOD_CODE = (running_likelihood, log_likelihood, cross_entropy)
PRIOR_CODE = (log_posterior, prior_variance, gaussian_log_prior)
SWEEP_CODE = (fit_over_l2, sureness_over_l2, reliability_bins, expected_calibration_error)


def story(page: blocks.Page, case: Beliefs) -> None:
    """What the bar says, in words."""
    parts = {"entropy": case.entropy, "kl": case.kl, "cross": case.cross_entropy}
    page.say(_story(case), **{name: shown(value, 6) for name, value in parts.items()})


def _story(case: Beliefs) -> str:
    if case.cross_entropy == inf:
        return "story-infinite"
    if case.is_one_hot:
        return "story-one-hot"
    return "story-free" if case.kl > ONE_HOT else "story-equal"


def average(page: blocks.Page, case: Beliefs) -> None:
    """Entropy and cross-entropy term by term, and the divergence between them."""
    first, second, third = st.columns(3)
    terms = formulas.average_length
    log = r"\log_2" if case.symbol == "bit" else r"\log"
    first.latex(terms("H(p)", rf"-\sum_j p_j {log} p_j", case.p, case.best_lengths, case.entropy))
    second.latex(terms("H(p, q)", rf"-\sum_j p_j {log} q_j", case.p, case.lengths, case.cross_entropy))
    third.latex(formulas.parts(case.entropy, case.kl, case.cross_entropy, case.reversed.kl))
    blocks.code_that_ran(page, *BAR_CODE)


def products(page: blocks.Page, pair: tuple[Run, Run], n: int) -> None:
    """Product, sum and mean of both classifiers."""
    lost = pair[0].product == pair[1].product
    page.say("likelihood-lost" if lost else "likelihood-kept", n=n)
    st.markdown(likelihood.in_words(pair, page.t))
    for column, run, name in zip(st.columns(2), pair, ("W = 0", r"W = \hat W"), strict=True):
        given = (run.first_factors, run.product, run.log_likelihood, n, run.mean_loss)
        column.latex(formulas.likelihood(name, *given))


def posterior(page: blocks.Page, n: int, l2: float) -> None:
    """The prior's width, and both sides of the identity."""
    t, found = page.t, fits.posteriors(n, l2)["Ŵ"]
    formula, check = st.columns([2, 5], gap="medium")
    formula.latex(formulas.prior(l2, n, found.variance, found.width))
    with check:
        name = t("Log-posterior and objective of four classifiers")
        blocks.table(prior.identity(n, l2, t), name)
        page.say("identity", constant=shown(found.constant, 6))


def halves() -> None:
    """The notes' scores and their probabilities, and those of half the scores."""
    for column, half in zip(st.columns(2), halving.halves(), strict=True):
        column.latex(formulas.softened(*half))


def sureness(page: blocks.Page, n: int, l2: float) -> None:
    """Whether the classifier is as sure as it may be, and which one has half the weights."""
    here = fits.at(n, l2)
    page.say(f"sure-{fits.verdict(here)}", **_in_words(here))
    if half := fits.halved(n, l2):
        page.say("half-norm", **_in_words(half))


def _in_words(here: Sureness) -> dict[str, str]:
    return {
        "penalty": fits.written(here.fit.l2),
        "norm": shown(here.fit.norm, 3),
        "entropy": shown(here.entropy, 3),
        "confidence": f"{here.confidence:.3f}",
        "accuracy": f"{here.accuracy:.3f}",
        "error": f"{here.calibration_error:.3f}",
        "gradient": numeral(here.fit.gradient, 2),
    }
