"""Predictions by a sketch and by a number on the lesson on scores."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import permutations
from math import e, exp

from lessons.scores import formulas, words
from lessons.scores.model import Workings, told_apart
from lessons.scores.pictures.sketch import guessed, sketch
from softmax_core.numerics import sharpens
from ui import signs
from ui.claims import first_true
from ui.numerals import plain
from ui.page import Page
from ui.predict import ask
from ui.predict.answers import Answer, Miss

NEAR = 0.1
_LEAD = 2


def scene(work: Workings) -> str:
    """What the questions are about, in any language."""
    return f"{list(work.scores)} {work.focus or 0} {work.temperature}"


def mirrored_probabilities(page: Page, work: Workings) -> None:
    """Draw the probabilities of the scores with their signs changed; the truth is then drawn beside."""
    truth, t = work.mirrored(), page.t
    count = len(work.names)
    ask.sketch(
        page,
        "scores-sketch",
        page.text("sketch-question", scores=words.row(work)),
        ask.Sketch(
            start=[1 / count] * count,
            bounds=(0.0, 1.0),
            draw=lambda values, revealed: sketch(truth, values, revealed, t),
            judge=lambda values: judge_sketch(page, truth, values),
            truth=lambda: true_bars(page, truth),
            labels=truth.names,
            target=truth.probabilities,
            near=NEAR,
        ),
        scene(work),
    )


def judge_sketch(page: Page, truth: Workings, values: Sequence[float]) -> ask.Verdict:
    """Right if every bar is near its probability; else what first is wrong with it as a whole."""
    off = [abs(value - probability) for value, probability in zip(values, truth.probabilities, strict=True)]
    read = [guessed(value) for value in values]
    drawn = " · ".join(
        f"{signs.markdown(name)} {value}" for name, value in zip(truth.names, read, strict=True)
    )
    is_tie, is_near = not sharpens(truth.scores), max(off) <= NEAR
    above, below = _worst_exchange(truth, values)
    more, less = told_apart(truth.part(below), truth.part(above))
    section = first_true(
        {
            "sketch-tie": is_tie and (is_near or abs(sum(values) - 1) <= NEAR),
            "sketch-near": is_near and len(truth.top) == 1,
            "sketch-near-tie": is_near,
            "sketch-sum": abs(sum(values) - 1) > NEAR,
            "sketch-order": values[above] - values[below] > NEAR / 2 and more != less,
            "sketch-bar": _is_in_order(truth, values),
            "sketch-bar-alone": True,
        }
    )
    told = truth.top[0] if section in {"sketch-tie", "sketch-near", "sketch-sum"} else off.index(max(off))
    live = {
        "sum": f"{sum(map(Decimal, read)):f}",
        "names": " · ".join(signs.markdown(truth.names[index]) for index in truth.top),
        "name": signs.markdown(truth.names[told]),
        "drawn": read[told],
        "probability": truth.probability(truth.top[0] if section == "sketch-near-tie" else told),
        "above": signs.markdown(truth.names[above]),
        "below": signs.markdown(truth.names[below]),
        "more": more,
        "less": less,
        "factor": formulas.factor(1, truth),
    }
    return ask.Verdict(drawn, is_near, page.text(section or "sketch-bar-alone", **live))


def true_bars(page: Page, truth: Workings) -> ask.Verdict:
    """The bars as they are, and the highest among them."""
    written = [signs.markdown(name) for name in truth.names]
    probabilities = [truth.probability(index) for index in range(len(written))]
    bars = " · ".join(
        f"{name} {probability}" for name, probability in zip(written, probabilities, strict=True)
    )
    names = " · ".join(written[index] for index in truth.top)
    is_tie = not sharpens(truth.scores)
    section = "sketch-tie" if is_tie else "sketch-truth" if len(truth.top) == 1 else "sketch-truth-tie"
    return ask.Verdict(bars, True, page.text(section, names=names, probability=probabilities[truth.top[0]]))


def _worst_exchange(truth: Workings, values: Sequence[float]) -> tuple[int, int]:
    """Two classes of which the first was drawn higher by the most although its true score is lower.

    Where there are none, the two whose order is drawn by the least.
    """
    scores = truth.scores
    pairs = [(i, j) for i, j in permutations(range(len(values)), 2) if scores[i] < scores[j]]
    return max(pairs, key=lambda pair: values[pair[0]] - values[pair[1]], default=(0, 1))


def _is_in_order(truth: Workings, values: Sequence[float]) -> bool:
    """Whether of any two classes with unequal scores the right one is drawn higher."""
    lower, higher = _worst_exchange(truth, values)
    return values[lower] < values[higher]


def lead(page: Page, work: Workings) -> None:
    """How many times as large the probability is of a class whose score leads by two."""
    factor = exp(_LEAD)
    live = {
        "name": signs.markdown(work.names[0]),
        "rival": signs.markdown(work.names[1]),
        "lead": plain(_LEAD),
        "power": formulas.factor(_LEAD, work),
        "factor": plain(factor),
    }
    misses = [
        Miss(_LEAD, page.text("lead-difference", **live)),
        Miss(e, page.text("lead-one-point", **live)),
    ]
    answer = Answer(factor, page.text("lead-reason", **live), misses)
    ask.number(page, "scores-lead", page.text("lead-question", **live), answer, scene(work))
