"""The steps of the lesson on the notes: each draws its question, its controls and its picture."""

from __future__ import annotations

import streamlit as st

from lessons.notes import formulas, gold, predictions, reference
from lessons.notes.pictures import asked, deviations, penalties
from softmax_core.notes import GOLD
from ui import blocks, controls
from ui.numerals import numeral
from ui.page import Page
from ui.stage import stage
from ui.step import beside, by_itself
from ui.text import N_

TWICE = 0.2
ERRATA = {
    N_("61.95"): {"row": 1},
    N_("0.016"): {"row": 6},
    N_("[.9, .09, .01]"): {"row": 8},
    N_("2.71"): {"row": 9},
    N_("log C = max"): {"row": 16},
    N_("2.302"): {"row": 17},
    N_("1.1 = np.log(1.0/3)"): {"row": 19},
}


def which(page: Page) -> None:
    """Predict which of four printed numbers is wrong."""
    left, right = beside()
    with left:
        page.say("begin")
        verdict = predictions.which(page)
    with right:
        stage("notes-asked", asked.four(page.t, bool(verdict)), page.t)


def rows(page: Page) -> None:
    """Every printed number, how far it is off, and one row worked out."""
    t = page.t
    left, right = st.columns(2, gap="large")
    with left:
        page.say("explain")
        gold.card(page, int(controls.coming("row")))
    with right:
        stage("notes-off", deviations.deviations(int(controls.coming("row")) - 1, t), t, on_pick=_choose)
        controls.scenes(ERRATA, t, "notes-row")
        controls.whole("row", t)


def table(page: Page) -> None:
    page.say("table")
    gold.table(page)


def spiral(page: Page) -> None:
    gold.run_on_the_spiral(page)


def bias(page: Page) -> None:
    """One more question: which score leaves out its bias."""
    predictions.bias(page)


def sentences(page: Page) -> None:
    gold.not_quite_right(page)


def two_penalties(page: Page) -> None:
    """Predict which λ makes the two penalties one; then any two."""
    left, right = beside()
    with left:
        page.say("penalties")
        verdict = predictions.same_lambda(page)
        if verdict:
            controls.once("notes-lambda-told", {"halved": TWICE})
    with right:
        _compared(page, bool(verdict))


@by_itself("notes-compared")
def _compared(page: Page, is_told: bool) -> None:
    plain, halved = _known_penalties()
    stage("notes-penalties", penalties.penalties(plain, halved, page.t), page.t)
    if is_told:
        first, second = st.columns(2, gap="medium")
        with first:
            controls.slider("plain", page.t)
        with second:
            controls.slider("halved", page.t)
        page.say(penalties.verdict(plain, halved))


def slopes(page: Page) -> None:
    """Their derivatives, asked and in numbers."""
    left, right = st.columns(2, gap="large")
    with left:
        verdict = predictions.slope(page)
    if not verdict:
        return
    with right:
        plain, halved = _known_penalties()
        found = [penalties.of_the_example(plain, False), penalties.of_the_example(halved, True)]
        values, along = [each.value for each, _ in found], [slope for _, slope in found]
        page.say("sums")
        st.latex(formulas.penalties(plain, halved, values, along, penalties.WEIGHT))
        page.say("checked", error=numeral(max(each.largest for each, _ in found), 2))


def index(page: Page) -> None:
    gold.index(page)


def code(page: Page) -> None:
    blocks.code_that_ran(page, reference.NUMBERS)


def _known_penalties() -> tuple[float, float]:
    return float(controls.coming("plain")), float(controls.coming("halved"))


def _choose(index: float) -> None:
    controls.set_values({"row": int(index) % len(GOLD) + 1})
