"""The numbers of one example in the formulas of both losses, side by side."""

from __future__ import annotations

import streamlit as st

from lessons.losses import formulas, model
from lessons.losses.model import DIGITS, Judged
from lessons.losses.pictures import scale
from ui.formulas import of_class
from ui.numerals import numeral
from ui.page import Page


def example(page: Page, case: Judged) -> None:
    """From x, W and b to the scores, where these are the notes' own, and from the scores to both losses."""
    if model.is_the_notes(case):
        _scores(page)
    left, right = st.columns(2, gap="large")
    with left:
        _hinge(page, case)
    with right:
        _cross_entropy(page, case)
    checks = scale.example_checks()
    page.say("gradient-check", **{loss: numeral(check.largest, 2) for loss, check in checks.items()})


def _scores(page: Page) -> None:
    page.say("scores-from")
    given = zip(model.W_ROWS, model.BIASES, model.example_scores(), strict=True)
    for index, (column, (row, bias, score)) in enumerate(zip(st.columns(3), given, strict=True)):
        column.latex(formulas.linear_score(str(index), row, model.X, bias, score))


def _hinge(page: Page, case: Judged) -> None:
    page.say("compute-hinge", label=case.true)
    given = (_labels(case), case.scores, case.true, case.margin)
    st.latex(formulas.hinge(*given, case.terms, case.hinge))
    st.latex(formulas.gradient(case.hinge_gradient, r"\partial L \ni g" if case.is_at_kink else r"\nabla L"))


def _cross_entropy(page: Page, case: Judged) -> None:
    labels, steps, true = _labels(case), case.steps, case.true
    page.say("compute-entropy", label=true)
    powers = steps.exponentials.tolist()
    digits = formulas.shared_digits(powers, steps.total, true, case.cross_entropy)
    st.latex(formulas.exponentials(labels, case.scores, steps.shift, powers, steps.total, digits))
    own = (powers[true], steps.total, float(steps.probs[true]), case.cross_entropy)
    st.latex(formulas.minus_log_probability(labels[true], *own, digits))
    page.say(f"by-gaps-{case.work.loss_story(true)}", label=true)
    given = (labels, case.gaps, case.odds, case.rivals, case.cross_entropy, case.log_loss)
    st.latex(formulas.cross_entropy_by_gaps(*given))
    tiny = formulas.powers(case.log_wishes, true)
    st.latex(formulas.gradient(case.cross_entropy_gradient, formulas.GRADIENT, tiny, DIGITS))


def _labels(case: Judged) -> list[str]:
    """The numbers of the classes, each in the colour of its class."""
    return [f"{{{of_class(label, index)}}}" for index, label in enumerate(case.labels)]
