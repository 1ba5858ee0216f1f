"""Predictions by a sketch and by a number on the lesson on scores."""

from __future__ import annotations

from collections.abc import Sequence
from math import e, exp

from charts.numerals import numeral
from charts.scores.sketch import sketch
from charts.workings import Workings, plain
from softmax_core import sharpens
from ui import blocks
from ui.prediction.answers import Answer, Miss

NEAR = 0.1
_LEAD = 2.0


def scene(work: Workings) -> str:
    """What the questions are about, in any language."""
    return f"{list(work.scores)} {work.focus or 0} {work.temperature}"


def mirrored_shares(page: blocks.Page, work: Workings) -> None:
    """Draw the shares of the scores with their signs changed; the truth is then drawn beside."""
    truth, t = work.mirrored(), page.t
    count = len(work.names)
    blocks.predict_sketch(
        page,
        "scores-sketch",
        page.text("sketch-question"),
        blocks.Sketch(
            start=[1 / count] * count,
            bounds=(0.0, 1.0),
            draw=lambda values, revealed: sketch(truth, values, revealed, t),
            judge=lambda values: judge_sketch(page, truth, values),
        ),
        scene(work),
    )


def judge_sketch(page: blocks.Page, truth: Workings, values: Sequence[float]) -> blocks.Verdict:
    """Right if every bar is near its share; else the first thing that is wrong with the sketch as a whole."""
    off = [value - share for value, share in zip(values, truth.shares, strict=True)]
    drawn = " · ".join(f"{name} {numeral(value, 2)}" for name, value in zip(truth.names, values, strict=True))
    top, highest = truth.top[0], max(range(len(values)), key=lambda index: values[index])
    live = {
        "sum": numeral(sum(values), 3),
        "name": truth.names[top],
        "drawn": truth.names[highest],
        "share": truth.share(top),
    }
    if max(map(abs, off)) <= NEAR:
        near = "sketch-near" if sharpens(truth.scores) else "sketch-tie"
        return blocks.Verdict(drawn, True, page.text(near, **live))
    if abs(sum(values) - 1) > NEAR:
        kind = "sketch-sum"
    elif not sharpens(truth.scores):
        kind = "sketch-tie"
    elif highest not in truth.top and max(values) - values[top] > NEAR / 2:
        kind = "sketch-order"
    else:
        kind = "sketch-flat" if off[top] < 0 else "sketch-sharp"
    return blocks.Verdict(drawn, False, page.text(kind, **live))


def lead(page: blocks.Page, work: Workings) -> None:
    """How many times as large the share is of a class whose score leads by two."""
    temperature = work.temperature
    factor = exp(_LEAD / temperature)
    live = {
        "name": work.names[0],
        "rival": work.names[1],
        "lead": plain(_LEAD),
        "temperature": plain(temperature),
        "factor": plain(factor),
    }
    misses = [
        Miss(_LEAD, page.text("lead-difference", **live)),
        Miss(e, page.text("lead-one-point", **live)),
        *([Miss(exp(_LEAD), page.text("lead-no-temperature", **live))] if temperature != 1 else []),
    ]
    answer = Answer(factor, page.text("lead-reason", **live), misses)
    question = page.text("lead-question" if temperature == 1 else "lead-question-warm", **live)
    blocks.predict_number(page, "scores-lead", question, answer, scene(work))
