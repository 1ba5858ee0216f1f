"""What a reader predicts: the questions, and answers that the core computes for the reader's own scores."""

from __future__ import annotations

from math import exp

from lessons.scores import formulas
from lessons.scores.model import Workings, told_apart
from lessons.scores.sketch import scene
from softmax_core.numerics import sharpens
from ui import signs
from ui.claims import first_true
from ui.numerals import plain
from ui.page import Page
from ui.predict import ask
from ui.predict.ask import Option, Verdict


def constant(page: Page, work: Workings) -> Verdict | None:
    """What 100 more on every score does to a probability."""
    t, own = page.t, work.focus or 0
    live = {
        "name": signs.markdown(work.names[own]),
        "before": work.probability(own),
        "after": work.lifted(100.0).probability(own),
        "factor": formulas.factor(100, work),
    }
    answers = [
        Option(t("It rises"), lambda: page.text("constant-rises", **live)),
        Option(t("It falls"), lambda: page.text("constant-falls", **live)),
        Option(t("It stays"), lambda: page.text("constant-stays", **live), right=True),
    ]
    return ask.choice(page, "scores-constant", page.text("constant-question", **live), answers, scene(work))


def doubling(page: Page, work: Workings) -> Verdict | None:
    """What twice the scores do to the largest probability."""
    t, top, twice = page.t, work.top[0], work.doubled()
    tie = not sharpens(work.scores)
    before, after = told_apart(work.part(top), twice.part(top))
    if tie:
        before, after = work.probability(top), twice.probability(top)
    live = {"name": signs.markdown(work.names[top]), "before": before, "after": after}

    def reason(answer: str) -> str:
        section = first_true({"doubling-tie": tie, "doubling-faint": before == after, answer: True})
        masks = [page.text("doubling-forbidden")] if work.forbidden else []
        return " ".join([page.text(section or answer, **live), *masks])

    answers = [
        Option(t("It grows"), reason("doubling-grows"), right=not tie),
        Option(t("It shrinks"), reason("doubling-shrinks")),
        Option(t("It does not move"), reason("doubling-still"), right=tie),
    ]
    question = "doubling-question" if len(work.top) == 1 else "doubling-question-tie"
    key = "scores-doubling-tie" if tie else "scores-doubling"
    return ask.choice(page, key, page.text(question, **live), answers, scene(work))


def raising(page: Page, work: Workings) -> Verdict | None:
    """What one point more does to the probability of a class."""
    own = work.focus or 0
    t, grown, power = page.t, work.growth(own), formulas.factor(1, work)
    live = {
        "name": signs.markdown(work.names[own]),
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
        ),
        Option(
            t("Less than {factor} times as large", factor=factor),
            page.text("raise-less", **live),
            right=True,
        ),
        Option(t("More than {factor} times as large", factor=factor), page.text("raise-more", **live)),
    ]
    return ask.choice(page, "scores-raise", page.text("raise-question", **live), answers, scene(work))
