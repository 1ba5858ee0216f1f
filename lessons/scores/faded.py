"""The computations that fade on the lesson: probabilities and their loss."""

from __future__ import annotations

from math import log

from lessons.scores import formulas, words
from lessons.scores.model import Workings, workings
from ui import signs
from ui.page import Page
from ui.predict.answers import Answer, Miss
from ui.predict.fading import Computation, faded_lines

_HALF = 0.5


def probabilities(page: Page, work: Workings) -> None:
    """The probabilities of the reader's scores at twice the temperature, which stand nowhere on the page."""
    halved = workings(work.names, work.scores, work.constant, work.temperature / _HALF)
    last = len(work.names) - 1
    page.say("fade")
    faded_lines(
        page,
        "scores-faded",
        _probability(page, work, halved, 0),
        _probability(page, work, halved, 1),
        _loss(page, work, halved, last),
    )


def _probability(page: Page, work: Workings, halved: Workings, index: int) -> Computation:
    lines = formulas.steps_to_probability(halved, index)
    _, total, result = lines
    live = {
        "name": signs.markdown(work.names[index]),
        "total": f"${total.right}$",
        "division": f"${result.left} {result.sign} {{{result.right}}}$",
    }
    misses = [
        Miss(float(halved.steps.exponentials[index]), page.text("fade-undivided", **live)),
        Miss(work.probabilities[index], page.text("fade-full", **live)),
        Miss(1 / len(work.names), page.text("fade-even", **live)),
    ]
    answer = Answer(halved.probabilities[index], page.text("fade-share", **live), misses)
    return Computation(page.text("fade-share-task", **live), lines, answer)


def _loss(page: Page, work: Workings, halved: Workings, true: int) -> Computation:
    probability, loss = halved.probabilities[true], halved.losses[true]
    lines = formulas.steps_to_loss(halved, true)
    slot, result = lines
    live = {
        "scores": words.row(halved),
        "name": signs.markdown(work.names[true]),
        "log": f"${slot.left} = {slot.right} {result.sign} {result.right}$",
    }
    misses = [
        Miss(probability, page.text("fade-loss-share", **live)),
        Miss(loss / log(10), page.text("fade-loss-decimal", **live)),
        Miss(loss / log(2), page.text("fade-loss-bits", **live)),
        Miss(work.losses[true], page.text("fade-loss-full", **live)),
        Miss(work.probabilities[true], page.text("fade-loss-share-full", **live)),
    ]
    answer = Answer(loss, page.text("fade-loss", **live), misses)
    task = page.text("fade-loss-task", **live)
    return Computation(task, [*formulas.steps_to_probability(halved, true), *lines], answer)
