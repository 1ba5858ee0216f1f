"""What a reader predicts: the questions, and answers that the core computes for the reader's own scores."""

from __future__ import annotations

from math import exp

import streamlit as st

from charts.workings import Workings, plain
from softmax_core import sharpens
from ui import blocks
from ui.blocks import Option
from ui.scores import sketch
from ui.scores.sketch import scene


def scores(page: blocks.Page, work: Workings) -> None:
    """What a constant, twice the scores, one point more, other signs and a lead of two do to the shares."""
    own = work.focus or 0
    left, middle, right = st.columns(3)
    with left:
        _constant(page, work, own)
    with middle:
        _doubling(page, work)
    with right:
        _raise(page, work, own)
    drawing, number = st.columns([2, 1])
    with drawing:
        sketch.mirrored_shares(page, work)
    with number:
        sketch.lead(page, work)


def _constant(page: blocks.Page, work: Workings, own: int) -> None:
    t = page.t
    live = {
        "name": work.names[own],
        "before": work.share(own),
        "after": work.lifted(100.0).share(own),
        "factor": _power(100, work),
    }
    answers = [
        Option(t("It rises"), page.text("constant-rises", **live)),
        Option(t("It falls"), page.text("constant-falls", **live)),
        Option(t("It stays"), page.text("constant-stays", **live), right=True),
    ]
    blocks.predict(page, "scores-constant", page.text("constant-question", **live), answers, scene(work))


def _power(rise: int, work: Workings) -> str:
    """What multiplies an exponential when so much is added to its score, which T then divides."""
    if work.temperature != 1:
        return f"e^{{{rise}/{plain(work.temperature)}}}"
    return "e" if rise == 1 else f"e^{{{rise}}}"


def _doubling(page: blocks.Page, work: Workings) -> None:
    t = page.t
    top, tie = work.top[0], not sharpens(work.scores)
    live = {"name": work.names[top], "before": work.share(top), "after": work.doubled().share(top)}
    answers = [
        Option(t("It grows"), page.text("doubling-tie" if tie else "doubling-grows", **live), right=not tie),
        Option(t("It shrinks"), page.text("doubling-shrinks", **live)),
        Option(
            t("It does not move"), page.text("doubling-tie" if tie else "doubling-still", **live), right=tie
        ),
    ]
    blocks.predict(
        page,
        "scores-doubling-tie" if tie else "scores-doubling",
        page.text("doubling-question", **live),
        answers,
        scene(work),
    )


def _raise(page: blocks.Page, work: Workings, own: int) -> None:
    t, grown, power = page.t, work.growth(own), _power(1, work)
    live = {
        "name": work.names[own],
        "before": grown.before,
        "after": grown.after,
        "kept": grown.kept,
        "factor": power,
        "size": plain(exp(1 / work.temperature)),
    }
    factor = f"${power}$"
    answers = [
        Option(
            t("Exactly {factor} times as large", factor=factor),
            page.text("raise-exactly", **live),
            right=not grown.is_less,
        ),
        Option(
            t("Less than {factor} times as large", factor=factor),
            page.text("raise-less", **live),
            right=grown.is_less,
        ),
        Option(t("More than {factor} times as large", factor=factor), page.text("raise-more", **live)),
    ]
    blocks.predict(page, "scores-raise", page.text("raise-question", **live), answers, scene(work))
