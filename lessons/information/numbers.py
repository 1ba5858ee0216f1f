"""The numbers of the lesson on information in formulas and words."""

from __future__ import annotations

from dataclasses import asdict
from math import ceil, isinf

import streamlit as st

from lessons.information import fits, formulas
from lessons.information.beliefs import Beliefs, shown
from lessons.information.pictures import bars, halving, likelihood, prior
from lessons.information.pictures.likelihood import Run
from softmax_core import float_limits, surprisal
from softmax_core.information import Sureness
from ui import blocks
from ui.claims import first_true
from ui.numerals import plain
from ui.page import Page


def surprise(page: Page, q: float) -> None:
    """The reader's probability and its surprise in both units."""
    bits, nats = (shown(float(surprisal([q], unit)[0])) for unit in ("bits", "nats"))
    page.say("coin-told", probability=shown(q), bits=bits, nats=nats)


def lengths(page: Page, case: Beliefs) -> None:
    """The area of the code lengths beside the least that there can be."""
    said = first_true({"codes-infinite": isinf(case.cross_entropy), "codes-least": case.p == case.q})
    page.say(
        said or "codes-more",
        cross=case.printed.cross,
        entropy=case.printed.entropy,
        unit=bars.unit_name(case, page.t),
    )


def story(page: Page, case: Beliefs) -> None:
    """What the bar says, in words."""
    page.say(case.story, **asdict(case.printed))


def average(case: Beliefs) -> None:
    """Entropy and cross-entropy term by term, and the divergence between them."""
    there, terms = case.printed, formulas.average_length
    probabilities = case.probabilities_printed[0]
    log = r"\log_2" if case.symbol == "bit" else r"\log"
    lengths, best = case.lengths_printed
    st.latex(terms("H(p)", rf"-\sum_j p_j {log} p_j", probabilities, best, there.entropy))
    st.latex(terms("H(p, q)", rf"-\sum_j p_j {log} q_j", probabilities, lengths, there.cross))
    st.latex(formulas.parts(there, case.reversed.printed))


def vanished(page: Page, pair: tuple[Run, Run], n: int) -> None:
    """Whether the products still tell the better weights from the worse."""
    lost, least = pair[0].product == pair[1].product, -float_limits("float64").exp_min
    mean = likelihood.MEAN_DIGITS
    page.say(
        "likelihood-lost" if lost else "likelihood-kept",
        n=n,
        mean=shown(pair[1].mean_loss, mean),
        count=plain(ceil(least / pair[1].mean_loss)),
        least=shown(least),
    )


def products(page: Page, pair: tuple[Run, Run], n: int) -> None:
    """Product, sum and mean of both classifiers."""
    st.markdown(likelihood.in_words(pair, page.t))
    for column, run, name in zip(st.columns(2), pair, ("W = 0", r"W = \hat W"), strict=True):
        given = (run.first_factors, run.product, run.log_likelihood, n, run.mean_loss)
        column.latex(formulas.likelihood(name, *given))


def posterior(page: Page, n: int, l2: float) -> None:
    """The prior's width, and both sides of the identity."""
    t, found = page.t, fits.posteriors(n, l2)["Ŵ"]
    st.latex(formulas.prior(l2, n, found.variance, found.width))
    blocks.table(prior.identity(n, l2, t), t("Log-posterior and objective of four classifiers"))
    page.say("identity", constant=prior.decimals(found.constant))


def halves() -> None:
    """The notes' scores and their probabilities, and those of half the scores."""
    for column, half in zip(st.columns(2), halving.halves(), strict=True):
        column.latex(formulas.softened(*half))


def calibration(page: Page, n: int, l2: float) -> None:
    """Whether the classifier is as sure as it may be."""
    here, check = fits.at(n, l2), fits.checked(n, l2)
    page.say(
        f"sure-{fits.verdict(check)}",
        **_in_words(here),
        times=shown(abs(check.errors_off), 2),
        chance=fits.part(check.chance),
        limit=fits.part(check.limit),
    )


def half_the_weights(page: Page, n: int, l2: float) -> None:
    """The larger λ whose weights are about half as long."""
    here = fits.at(n, l2)
    if half := fits.halved(n, l2):
        times = shown(half.fit.norm / here.fit.norm, 2)
        page.say("half-norm", now=fits.written(here.fit.l2), **_in_words(half), times=times)


def moves(page: Page, n: int) -> None:
    """How much λ moves the confidence, and how much the accuracy."""
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
    }
