"""The computations that fade on the lesson: shares and their loss."""

from __future__ import annotations

from math import log

from charts.numerals import numeral
from charts.workings import Workings, plain, workings
from ui import blocks
from ui.formulas import name, number
from ui.prediction.answers import Answer, Miss
from ui.prediction.fading import Computation, Line, faded_lines

_HALF = 0.5


def shares(page: blocks.Page, work: Workings) -> None:
    """The shares of the reader's scores at twice the temperature, which stand nowhere on the page."""
    halved = workings(work.names, work.scores, work.constant, work.temperature / _HALF)
    last = len(work.names) - 1
    page.say("fade")
    faded_lines(
        page,
        "scores-faded",
        _share(page, work, halved, 0),
        _share(page, work, halved, 1),
        _loss(page, halved, last),
    )


def _share(page: blocks.Page, work: Workings, halved: Workings, index: int) -> Computation:
    weight, total = float(halved.steps.exponentials[index]), float(halved.steps.total)
    share = halved.shares[index]
    live = {
        "name": work.names[index],
        "weight": numeral(weight),
        "total": numeral(total),
        "share": halved.share(index),
    }
    misses = [
        Miss(weight, page.text("fade-undivided", **live)),
        Miss(work.shares[index], page.text("fade-full", **live)),
        Miss(1 / len(work.names), page.text("fade-even", **live)),
    ]
    answer = Answer(share, page.text("fade-share", **live), misses)
    own = name(work.names[index])
    result = Line(rf"p_{{{own}}} = \tfrac{{{number(weight)}}}{{{number(total)}}}", share)
    return Computation(
        page.text("fade-share-task", **live), [*_exponentials(halved, index, total), result], answer
    )


def _exponentials(work: Workings, index: int, total: float) -> list[Line]:
    power = Line(f"e^{{{number(float(work.steps.shifted[index]))}}}", float(work.steps.exponentials[index]))
    return [power, Line(r"\Sigma", total)]


def _loss(page: blocks.Page, work: Workings, true: int) -> Computation:
    share, loss, total = work.shares[true], work.losses[true], float(work.steps.total)
    live = {"name": work.names[true], "share": work.share(true), "loss": plain(loss)}
    misses = [
        Miss(share, page.text("fade-loss-share", **live)),
        Miss(loss / log(10), page.text("fade-loss-decimal", **live)),
        Miss(loss / log(2), page.text("fade-loss-bits", **live)),
    ]
    answer = Answer(loss, page.text("fade-loss", **live), misses)
    own = name(work.names[true])
    lines = [
        *_exponentials(work, true, total),
        Line(f"p_{{{own}}}", share),
        Line(rf"-\log p_{{{own}}}", loss),
    ]
    return Computation(page.text("fade-loss-task", **live), lines, answer)
