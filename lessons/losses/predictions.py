"""What a reader predicts about the losses, with answers that the core computes from what is on the screen."""

from __future__ import annotations

from math import inf, log

import streamlit as st

from lessons.losses.model import DIGITS, Judged, plus
from softmax_core import cross_entropy, weston_watkins_hinge
from ui.numerals import numeral
from ui.page import Page
from ui.predict import ask
from ui.predict.answers import Answer, Miss
from ui.predict.ask import Option

BEYOND = 5.0
_CLASSES = 10


def example(page: Page, case: Judged) -> None:
    """Three questions on the example on the screen, and one on a classifier that has learned nothing."""
    columns = st.columns(3)
    for column, question in zip(columns, (_doubling, _far_ahead, _trade_off), strict=True):
        with column:
            question(page, case)
    _chance(page)


def _chance(page: Page) -> None:
    even = [0.0] * _CLASSES
    loss, hinge = float(cross_entropy(even, 0)), float(weston_watkins_hinge(even, 0, 1.0))
    live = {"count": _CLASSES, "loss": numeral(loss, DIGITS)}
    misses = [
        Miss(1 / _CLASSES, page.text("chance-share")),
        Miss(hinge, page.text("chance-hinge")),
        Miss(loss / log(2), page.text("chance-bits")),
        Miss(loss / log(10), page.text("chance-decimal")),
        Miss(0.0, page.text("chance-none")),
    ]
    answer = Answer(loss, page.text("chance-reason", **live), misses, digits=DIGITS)
    ask.number(page, "losses-chance", page.text("chance-question", **live), answer)


def _doubling(page: Page, case: Judged) -> None:
    """Which loss rises when all weights are doubled: two claims in each answer, each judged on its own."""
    t = page.t
    twice = case.doubled()
    told = (case.doubled_hinge(), case.doubled_entropy())
    rises = tuple(way > 0 for way, _ in told)
    values = ((case.hinge_text, twice.hinge_text), (case.entropy_text, twice.entropy_text))
    facts = [_fact(page, *story, *texts) for story, texts in zip(told, values, strict=True)]
    texts = {
        (True, True): t("Both"),
        (True, False): t("Only the hinge"),
        (False, True): t("Only the cross-entropy"),
        (False, False): t("Neither"),
    }
    options = []
    for claim, text in texts.items():
        because = facts if claim == rises else [fact for k, fact in enumerate(facts) if claim[k] != rises[k]]
        options.append(Option(text, " ".join(because), claim == rises))
    key = f"losses-doubling-{case.scores}-{case.true}-{case.margin}"
    ask.choice(page, key, page.text("doubling-question"), options)


def _fact(page: Page, way: int, story: str, before: str, after: str) -> str:
    told = page.text(story, before=before, after=after)
    return f"{told} {page.text('doubling-unseen')}" if way and before == after else told


def _far_ahead(page: Page, case: Judged) -> None:
    """What the losses still ask for once the true score leads by more than margin and present lead."""
    t = page.t
    is_ahead = case.lead > case.margin
    lead = plus(case.lead if is_ahead else case.margin, BEYOND)
    ahead = case.leading(lead)
    pull = -ahead.hinge_gradient[case.true]
    live = {
        "label": case.true,
        "lead": numeral(lead, DIGITS),
        "hinge": numeral(pull),
        "entropy": ahead.entropy_pull(case.true),
    }
    truth = (pull > 0, ahead.log_loss > -inf)
    claims = {
        (False, False): (t("Neither: both are satisfied"), "ahead-neither"),
        (False, True): (t("Only the cross-entropy"), "ahead-entropy"),
        (True, False): (t("Only the hinge"), "ahead-hinge"),
        (True, True): (t("Both"), "ahead-both"),
    }
    options = [
        Option(text, page.text(section, **live), claim == truth) for claim, (text, section) in claims.items()
    ]
    key = f"losses-ahead-{case.scores}-{case.true}-{case.margin}"
    question = "ahead-question-further" if is_ahead else "ahead-question"
    ask.choice(page, key, page.text(question, **live), options)


def _trade_off(page: Page, case: Judged) -> None:
    """Whether two hinge losses of one example may be compared when the margins differ."""
    t = page.t
    wide = case.doubled().with_margin(2 * case.margin)
    live = {
        "before": case.hinge_text,
        "after": wide.hinge_text,
        "margin": numeral(case.margin),
        "doubled": numeral(2 * case.margin),
    }
    grows = wide.hinge > case.hinge
    claims = {
        t("It stays"): ("ruler-stays", not grows),
        t("It rises: twice as large"): ("ruler-doubles", grows),
        t("It rises: four times as large"): ("ruler-four", False),
    }
    options = [
        Option(text, page.text(section if grows else "ruler-zero", **live), right)
        for text, (section, right) in claims.items()
    ]
    key = f"losses-ruler-{case.scores}-{case.true}-{case.margin}"
    question = "ruler-question" if case.margin else "ruler-question-zero"
    ask.choice(page, key, page.text(question, **live), options)
