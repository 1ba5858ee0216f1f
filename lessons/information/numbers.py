"""The numbers of the lesson on information in formulas and words."""

from __future__ import annotations

from dataclasses import asdict
from math import ceil

import streamlit as st

from lessons.information import fits, formulas, reference
from lessons.information.beliefs import Beliefs, shown
from lessons.information.pictures import halving, likelihood, prior
from lessons.information.pictures.likelihood import Run
from softmax_core import float_limits
from softmax_core.information import Sureness
from ui import blocks
from ui.numerals import numeral, plain
from ui.page import Page


def story(page: Page, case: Beliefs) -> None:
    """What the bar says, in words."""
    page.say(case.story, **asdict(case.printed))


def average(page: Page, case: Beliefs) -> None:
    """Entropy and cross-entropy term by term, and the divergence between them."""
    first, second, third = st.columns(3)
    there, terms = case.printed, formulas.average_length
    shares = case.shares_printed[0]
    log = r"\log_2" if case.symbol == "bit" else r"\log"
    lengths, best = case.lengths_printed
    first.latex(terms("H(p)", rf"-\sum_j p_j {log} p_j", shares, best, there.entropy))
    second.latex(terms("H(p, q)", rf"-\sum_j p_j {log} q_j", shares, lengths, there.cross))
    third.latex(formulas.parts(there, case.reversed.printed))
    blocks.code_that_ran(page, reference.BAR)


def products(page: Page, pair: tuple[Run, Run], n: int) -> None:
    """Product, sum and mean of both classifiers."""
    lost, least = pair[0].product == pair[1].product, -float_limits("float64").exp_min
    mean = likelihood.MEAN_DIGITS
    page.say(
        "likelihood-lost" if lost else "likelihood-kept",
        n=n,
        mean=shown(pair[1].mean_loss, mean),
        count=plain(ceil(least / pair[1].mean_loss)),
        least=shown(least),
    )
    st.markdown(likelihood.in_words(pair, page.t))
    for column, run, name in zip(st.columns(2), pair, ("W = 0", r"W = \hat W"), strict=True):
        given = (run.first_factors, run.product, run.log_likelihood, n, run.mean_loss)
        column.latex(formulas.likelihood(name, *given))


def posterior(page: Page, n: int, l2: float) -> None:
    """The prior's width, and both sides of the identity."""
    t, found = page.t, fits.posteriors(n, l2)["Ŵ"]
    formula, check = st.columns([2, 5], gap="medium")
    formula.latex(formulas.prior(l2, n, found.variance, found.width))
    with check:
        name = t("Log-posterior and objective of four classifiers")
        blocks.table(prior.identity(n, l2, t), name)
        page.say("identity", constant=prior.decimals(found.constant))


def halves() -> None:
    """The notes' scores and their probabilities, and those of half the scores."""
    for column, half in zip(st.columns(2), halving.halves(), strict=True):
        column.latex(formulas.softened(*half))


def sureness(page: Page, n: int, l2: float) -> None:
    """Whether the classifier is as sure as it may be, and which one has half the weights."""
    here, check = fits.at(n, l2), fits.checked(n, l2)
    page.say(
        f"sure-{fits.verdict(check)}",
        **_in_words(here),
        times=shown(abs(check.errors_off), 2),
        chance=fits.part(check.chance),
        limit=fits.part(check.limit),
    )
    if half := fits.halved(n, l2):
        page.say("half-norm", **_in_words(half), times=shown(half.fit.norm / here.fit.norm, 2))
    confidence, accuracy = map(fits.part, fits.moved(n))
    page.say("moves", n=n, more=confidence, less=accuracy)


def _in_words(here: Sureness) -> dict[str, str]:
    return {
        "penalty": fits.written(here.fit.l2),
        "norm": shown(here.fit.norm),
        "entropy": shown(here.entropy),
        "confidence": fits.part(here.confidence),
        "accuracy": fits.part(here.accuracy),
        "error": fits.part(here.calibration_error),
        "gradient": numeral(here.fit.gradient, 2),
    }
