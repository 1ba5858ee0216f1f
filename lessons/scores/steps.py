"""The steps of the lesson on scores: each draws its question, its controls and its picture."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lessons.scores import faded, formulas, predictions, reference, sketch, words
from lessons.scores.model import Workings, moved_scores, workings
from lessons.scores.pictures.bars import linked_bars, score_bound
from lessons.scores.pictures.curves import loss_curve, sigmoid_curve, simplex, temperature_curves
from ui import blocks, controls, dragging
from ui.page import Page
from ui.stage import stage
from ui.step import beside, by_itself
from ui.text import N_
from ui.typed import MAX_SCORE, parse_names

ADDED = 100.0
HALVED = 0.5
CAT_DOG_SHIP = {"scores": "-2.85, 0.86, 0.28", "names": "cat, dog, ship", "focus": None}
THREE_LETTERS = {"names": "A, B, C", "focus": None}
SCENES = {
    N_("Cat, dog, ship"): CAT_DOG_SHIP,
    N_("Large scores: 123, 456, 789"): {"scores": "123, 456, 789", **THREE_LETTERS},
    N_("A tie"): {"scores": "2, 2, -1", **THREE_LETTERS},
    N_("One dominates"): {"scores": "9, 1, 0, -1, 2", "names": "A, B, C, D, E", "focus": None},
    N_("Two classes"): {"scores": "1.5, -0.5", "names": "spam, mail", "focus": None},
}
NOTES = workings(("cat", "dog", "ship"), (-2.85, 0.86, 0.28))


def shift(page: Page) -> None:
    """Predict what a constant does to the probabilities; then the bars do it."""
    row = _comparable(page)
    left, right = beside()
    with left:
        page.say("begin")
        verdict = predictions.constant(page, row.unmasked())
    if verdict:
        controls.once("scores-added", {"constant": ADDED})
    _shifted(page, row, left if verdict else None, right)


@by_itself("scores-shifted-bars", {"focus"})
def _shifted(page: Page, row: Workings, left: DeltaGenerator | None, right: DeltaGenerator) -> None:
    if left is not None:
        with left:
            row = row.lifted(controls.slider("constant", page.t))
            st.markdown(words.constant(page, row))
    with right:
        _bars("scores-shift", page, row)


def probabilities(page: Page) -> None:
    """Scores, exponentials, probabilities, side by side."""
    t = page.t
    left, right = beside()
    with left:
        page.say("explain")
        row = _typed(page)
        st.markdown(words.reads(page, row))
    with right:
        _bars("scores-bars", page, row, drag=True)
        st.latex(formulas.quotients(row))
        controls.scenes(SCENES, t, "scores-scene")


def temperature(page: Page) -> None:
    """Predict what twice the scores do; then any temperature."""
    row = _comparable(page)
    left, right = beside()
    with left:
        verdict = predictions.doubling(page, row.unmasked())
    if verdict:
        controls.once("scores-warmed", {"temperature": HALVED})
    _warmed(page, row, left if verdict else None, right)


@by_itself("scores-warmed-bars", {"focus"})
def _warmed(page: Page, row: Workings, left: DeltaGenerator | None, right: DeltaGenerator) -> None:
    if left is not None:
        with left:
            row = row.at(controls.slider("temperature", page.t))
            st.markdown(words.temperature(page, row))
    with right:
        _bars("scores-warm", page, row)


def every_temperature(page: Page) -> None:
    left, right = beside()
    with left:
        page.say("every-temperature")
        row = _row(page).at(controls.slider("temperature", page.t))
        st.markdown(words.temperature(page, row))
    with right:
        stage("scores-temperatures", temperature_curves(row, page.t), page.t)


def two_classes(page: Page) -> None:
    """The sigmoid of one difference."""
    t = page.t
    left, right = beside()
    with left:
        page.say("two")
        ahead = controls.slider("ahead", t)
        pair = workings((t("first"), t("second")), (ahead, 0.0))
        st.latex(formulas.sigmoid(pair))
        page.say("logistic")
    with right:
        stage("scores-sigmoid", sigmoid_curve(pair, t), t)


def three_classes(page: Page) -> None:
    """The triangle of all distributions."""
    row = _asked(page)
    if len(row.names) != len(NOTES.names):
        row = NOTES
    left, right = beside()
    with left:
        row = row.at(controls.slider("temperature", page.t))
        st.markdown(words.triangle(page, row))
    with right:
        stage("scores-simplex", simplex(row, page.t), page.t)


def loss(page: Page) -> None:
    """What the true class costs, and both ways to write it."""
    t, row = page.t, _row(page)
    left, right = beside()
    with left:
        page.say("loss")
        last = len(row.names) - 1
        chosen = controls.pick_class("truth", row.names, t, default=last)
        true = last if chosen is None else chosen
        st.markdown(words.loss(page, row, true))
    with right:
        stage("scores-loss", loss_curve(row, true, t), t)
        first, second = st.columns(2)
        first.latex(formulas.loss_from_division(row, true))
        second.latex(formulas.loss_from_sum(row, true))


def now_you(page: Page) -> None:
    faded.probabilities(page, _asked(page))


def more(page: Page) -> None:
    """One point more, and a lead of two: what becomes of a probability."""
    row = _asked(page)
    first, second = st.columns(2, gap="large")
    with first:
        predictions.raising(page, row)
    with second:
        sketch.lead(page, row)


def other_signs(page: Page) -> None:
    sketch.mirrored_probabilities(page, _asked(page))


def numbers(page: Page) -> None:
    """The whole computation, with a constant and a temperature."""
    _computed(page, _row(page), *st.columns(3, gap="large"))
    page.say("printed")


@by_itself("scores-computed")
def _computed(
    page: Page, row: Workings, first: DeltaGenerator, second: DeltaGenerator, third: DeltaGenerator
) -> None:
    with first:
        constant = controls.slider("constant", page.t)
    with second:
        warmth = controls.slider("temperature", page.t)
    row = workings(row.names, row.scores, constant, warmth, row.focus)
    with third:
        st.markdown(words.exponentials(page, row))
    _write_the_formulas(row)
    st.markdown(words.rounding(page, row))


def code(page: Page) -> None:
    blocks.code_that_ran(page, reference.SCORES)


def _write_the_formulas(row: Workings) -> None:
    lines = [formulas.exponentials(row), formulas.total(row), formulas.probabilities(row)]
    with st.container(horizontal=True, gap="medium", horizontal_alignment="distribute"):
        for line in [formulas.rescaled_scores(row), *lines] if row.is_rescaled else lines:
            st.latex(line, width="content")


def _row(page: Page) -> Workings:
    """The reader's scores and names, for which another step has the fields."""
    values = controls.known_scores("scores", page.t)
    names = parse_names(controls.coming("names"), len(values))
    focus = controls.coming("focus")
    return workings(names, values, focus=names.index(focus) if focus in names else None)


def _comparable(page: Page) -> Workings:
    """The reader's row, or that of the notes if it allows a single class only."""
    row = _row(page)
    return row if len(row.names) - len(row.forbidden) > 1 else NOTES


def _asked(page: Page) -> Workings:
    """The same without forbidden classes, of which there is nothing to ask."""
    return _comparable(page).unmasked()


def _typed(page: Page) -> Workings:
    t = page.t
    values = controls.scores("scores", t)
    names = controls.names("names", len(values), t)
    return workings(names, values, focus=controls.pick_class("focus", names, t))


def _bars(key: str, page: Page, row: Workings, drag: bool = False) -> None:
    kept = dragging.axis_end("scores", row.scores) if drag else None

    def moved(index: float, _x: float, y: float) -> None:
        dragging.take("scores", moved_scores(row, int(index), y, MAX_SCORE), kept or score_bound(row))

    def picked(index: float) -> None:
        name = row.names[int(index)]
        controls.set_values({"focus": None if row.focus == index else name})

    bars = linked_bars(row, page.t, kept, movable=drag)
    stage(key, bars, page.t, on_move=moved if drag else None, on_pick=picked)
