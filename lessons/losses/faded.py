"""The computation that fades on the lesson: the hinge."""

from __future__ import annotations

from lessons.losses import formulas
from lessons.losses.model import DIGITS, Judged
from ui.formulas import Equation, number
from ui.numerals import numeral, row
from ui.page import Page
from ui.predict.answers import Answer, Miss
from ui.predict.fading import Computation, faded_lines


def hinge(page: Page, case: Judged) -> None:
    """The hinge when the true score is moved, by a point or two."""
    page.say("fade")
    worked, guided, alone = (_hinge(page, case, by) for by in (-1.0, 1.0, 2.0))
    faded_lines(page, "losses-faded", worked, guided, alone)


def _hinge(page: Page, case: Judged, by: float) -> Computation:
    moved = case.moved(by)
    live = {
        "label": case.true,
        "row": row(moved.scores, DIGITS),
        "hinge": moved.hinge_text,
        "margin": numeral(case.margin),
    }
    raw = sum(gap + case.margin for gap in moved.gaps)
    misses = [
        Miss(moved.hinge + case.margin, page.text("fade-own", **live)),
        Miss(raw, page.text("fade-negative", **live)),
        Miss(sum(max(0.0, gap) for gap in moved.gaps), page.text("fade-margin", **live)),
        Miss(max(moved.terms), page.text("fade-largest", **live)),
        Miss(case.hinge, page.text("fade-before", **live)),
    ]
    lines = [_term(moved, rival) for rival in moved.rivals]
    otherwise = "" if moved.hinge else page.text("fade-otherwise")  # no number is so many times a 0
    answer = Answer(moved.hinge, page.text("fade-hinge", **live), misses, otherwise=otherwise)
    total = Equation("L", number(moved.hinge, DIGITS))
    return Computation(page.text("fade-task", **live), [*lines, total], answer)


def _term(case: Judged, rival: int) -> Equation:
    given = (case.scores[rival], case.scores[case.true], case.margin, case.terms[rival])
    inside, sign, result = formulas.hinge_term(*given)
    return Equation(rf"\max(0, {inside})", result, sign)
