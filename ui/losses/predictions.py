"""What a reader predicts about the losses, with answers that the core computes from what is on the screen."""

from __future__ import annotations

from math import inf, log

import streamlit as st

from charts.losses.judged import Judged
from charts.numerals import numeral
from charts.workings import compact
from softmax_core import cross_entropy, weston_watkins_hinge
from ui import blocks
from ui.blocks import Option
from ui.prediction.answers import Answer, Miss

BEYOND = 5.0
_WAYS = {1: "rises", -1: "falls", 0: "stays"}
_CLASSES = 10


def example(page: blocks.Page, case: Judged) -> None:
    """Three questions on the example on the screen, and one on a classifier that has learned nothing."""
    columns = st.columns(3)
    for column, ask in zip(columns, (_doubling, _far_ahead, _trade_off), strict=True):
        with column:
            ask(page, case)
    _chance(page)


def _chance(page: blocks.Page) -> None:
    even = [0.0] * _CLASSES
    loss, hinge = float(cross_entropy(even, 0)), float(weston_watkins_hinge(even, 0, 1.0))
    live = {"count": _CLASSES, "loss": numeral(loss)}
    misses = [
        Miss(1 / _CLASSES, page.text("chance-share")),
        Miss(hinge, page.text("chance-hinge")),
        Miss(loss / log(2), page.text("chance-bits")),
        Miss(loss / log(10), page.text("chance-decimal")),
        Miss(0.0, page.text("chance-none")),
    ]
    answer = Answer(loss, page.text("chance-reason", **live), misses)
    blocks.predict_number(page, "losses-chance", page.text("chance-question", **live), answer)


def _doubling(page: blocks.Page, case: Judged) -> None:
    """Which loss rises when all weights are doubled: two claims in each answer, each judged on its own."""
    t = page.t
    twice = case.doubled()
    ways = ((twice.hinge > case.hinge) - (twice.hinge < case.hinge), case.doubling())
    rises = tuple(way > 0 for way in ways)
    values = [(compact(each.hinge, 5), each.entropy_text(5)) for each in (case, twice)]
    facts = [
        _fact(page, part, way, *texts)
        for part, way, texts in zip(("hinge", "entropy"), ways, zip(*values, strict=True), strict=True)
    ]
    texts = {
        (True, True): t("Both"),
        (True, False): t("Only the hinge"),
        (False, True): t("Only the cross-entropy"),
        (False, False): t("Neither"),
    }
    options = []
    for claim, text in texts.items():
        told = facts if claim == rises else [fact for k, fact in enumerate(facts) if claim[k] != rises[k]]
        options.append(Option(text, " ".join(told), claim == rises))
    key = f"losses-doubling-{case.scores}-{case.true}-{case.margin}"
    blocks.predict(page, key, page.text("doubling-question"), options)


def _fact(page: blocks.Page, part: str, way: int, before: str, after: str) -> str:
    told = page.text(f"doubling-{part}-{_WAYS[way]}", before=before, after=after)
    return f"{told} {page.text('doubling-unseen')}" if way and before == after else told


def _far_ahead(page: blocks.Page, case: Judged) -> None:
    """What the losses still ask for once the true score leads by more than margin and present lead."""
    t = page.t
    is_ahead = case.lead > case.margin
    lead = (case.lead if is_ahead else case.margin) + BEYOND
    ahead = case.leading(lead)
    pull = -ahead.hinge_gradient[case.true]
    live = {
        "label": case.true,
        "lead": numeral(lead),
        "hinge": numeral(pull),
        "entropy": ahead.entropy_wish(case.true).lstrip("↑ "),
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
    blocks.predict(page, key, page.text(question, **live), options)


def _trade_off(page: blocks.Page, case: Judged) -> None:
    """Whether two hinge losses of one example may be compared when the margins differ."""
    t = page.t
    wide = case.doubled().with_margin(2 * case.margin)
    live = {
        "before": numeral(case.hinge, 5),
        "after": numeral(wide.hinge, 5),
        "margin": numeral(case.margin),
        "doubled": numeral(2 * case.margin),
    }
    grows = wide.hinge > case.hinge
    options = [
        Option(t("It stays"), page.text("ruler-stays" if grows else "ruler-zero", **live), not grows),
        Option(t("It doubles"), page.text("ruler-doubles" if grows else "ruler-zero", **live), grows),
        Option(t("It is four times as large"), page.text("ruler-four" if grows else "ruler-zero", **live)),
    ]
    key = f"losses-ruler-{case.scores}-{case.true}-{case.margin}"
    question = "ruler-question" if case.margin else "ruler-question-zero"
    blocks.predict(page, key, page.text(question, **live), options)
