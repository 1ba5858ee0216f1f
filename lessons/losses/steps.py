"""The steps of the lesson on losses: each draws its question, its controls and its picture."""

from __future__ import annotations

from functools import partial

import streamlit as st

from lessons.losses import faded, formulas, predictions, sketch, words
from lessons.losses.model import Judged, judged
from lessons.losses.pictures import bars, pieces, pull, scale, surfaces
from lessons.losses.pictures.jacobian import jacobian
from lessons.losses.pull import MAX_STEPS, walks
from ui import blocks, controls, dragging
from ui.page import Page
from ui.stage import stage
from ui.step import beside, by_itself
from ui.text import N_
from ui.typed import MAX_SCORE

SCENES = {
    N_("CS231n’s example"): {"s": "-2.85, 0.86, 0.28", "target": "2", "margin": 1.0},
    N_("Clearly ahead [10, −2, 3]"): {"s": "10, -2, 3", "target": "0", "margin": 1.0},
    N_("Just ahead [10, 9, 9]"): {"s": "10, 9, 9", "target": "0", "margin": 1.0},
    N_("Far ahead [10, −100, −100]"): {"s": "10, -100, -100", "target": "0", "margin": 1.0},
    N_("A wide margin, Δ = 10"): {"s": "13, -7, 11", "target": "0", "margin": 10.0},
    N_("A cat far off"): {"s": "-96.8, 437.9, 60.75", "target": "0", "margin": 1.0},
    N_("Probabilities .2, .3, .5"): {
        "s": "-1.6094379124, -1.2039728043, -0.6931471806",
        "target": "1",
        "margin": 1.0,
    },
}
MARGINS = {N_("Δ = 0"): {"margin": 0.0}, N_("Δ = 1"): {"margin": 1.0}, N_("Δ = 3"): {"margin": 3.0}}


def judges(page: Page) -> None:
    """Predict which judge is content with an example; then both say their losses."""
    case = example(page)
    left, right = beside()
    with left:
        page.say("judges")
        verdict = predictions.content(page, case)
        if verdict:
            page.say("arrows")
    with right:
        _tug("losses-judges", page, case, told=verdict is not None)
        if verdict:
            _both_losses(page, case)


def _both_losses(page: Page, case: Judged) -> None:
    columns, written = st.columns(2, gap="medium"), (formulas.HINGE, formulas.CROSS_ENTROPY)
    for column, formula, told in zip(columns, written, words.what_each_asks(page, case), strict=True):
        column.latex(formula)
        column.markdown(told)


def any_scores(page: Page) -> None:
    """Any scores before both judges."""
    t = page.t
    left, right = beside()
    with left:
        scores = controls.scores("s", t)
        true = _true_class(page, len(scores))
        case = judged(scores, true, controls.slider("margin", t))
        page.say("interact")
        st.markdown("\n\n".join(words.what_each_asks(page, case)))
    with right:
        _tug("losses-example", page, case)
    controls.scenes(SCENES, t, "losses-scene")


def pulling(page: Page) -> None:
    """Predict who stops; then both pull, step by step."""
    case = example(page)
    left, right = beside()
    with left:
        page.say("pull")
        verdict = predictions.pulling(page, case)
    with right:
        _pulled(page, case, verdict is not None)


@by_itself("losses-pulled")
def _pulled(page: Page, case: Judged, is_told: bool) -> None:
    picture = st.container()
    step = _steps_taken(page) if is_told else 0
    ways = walks(tuple(case.scores), case.true, case.margin)
    rows = (ways.hinge.scores[step], ways.entropy.scores[step])
    hinge, entropy = (judged(row, case.true, case.margin) for row in rows)
    if is_told:
        st.markdown(words.pulling(page, hinge, entropy, ways, step))
    with picture:
        stage("losses-pull", pull.pull(hinge, entropy, ways, step, page.t, told=is_told), page.t)


def _steps_taken(page: Page) -> int:
    t = page.t
    first, second = st.columns([3, 2], gap="medium", vertical_alignment="center")
    with first:
        step = round(controls.slider("pulls", t))
    with second.container(horizontal=True, gap="small"):
        st.button(t("One step"), key="losses-pull-on", on_click=_pull_on, type="primary")
        st.button(t("From the start"), key="losses-pull-back", on_click=_pull_on, args=(-step,))
    return step


def one_gap(page: Page) -> None:
    """Sketch the cross-entropy over one gap; then the losses along it, for any margin."""
    t = page.t
    left, right = beside()
    with left:
        page.say("gap")
        verdict = sketch.cross_entropy(page, right)
        if verdict:
            page.say("slices")
    with right:
        if verdict:
            controls.slider("margin", t)
            controls.scenes(MARGINS, t, "losses-kink")


def two_gaps(page: Page) -> None:
    """Both losses as landscapes, and the way down from a point."""
    t = page.t
    left, right = beside()
    with left:
        view = controls.view("gaps", t)
        point = controls.slider("ga", t), controls.slider("gb", t)
        at = surfaces.gaps(point, controls.coming("margin"), controls.coming("heat"))
        page.say("surfaces")
        st.markdown(surfaces.walk_words(at, t))
        page.say("surfaces-shape")
    with right:
        stage("losses-surfaces", surfaces.surfaces(at, "H,CE", view, t), t, on_click=_move_the_point)


def landscapes(page: Page) -> None:
    """One landscape, both, or their difference, for any margin and temperature."""
    t = page.t
    left, right = beside()
    with left:
        which = controls.choice("which", t)
        margin, heat = controls.slider("margin", t), controls.slider("heat", t)
        at = surfaces.gaps((controls.coming("ga"), controls.coming("gb")), margin, heat)
        if which == surfaces.DIFFERENCE:
            told = surfaces.difference_stories(at).items()
            st.markdown(" ".join(page.text(section, **live) for section, live in told))
        else:
            st.markdown(surfaces.walk_words(at, t))
    with right:
        picture = surfaces.surfaces(at, which, controls.coming("gaps"), t)
        stage("losses-landscapes", picture, t, on_click=_move_the_point)


def gradient(page: Page) -> None:
    """Predict what one score does to the probabilities; from that the gradient follows."""
    t, case = page.t, example(page)
    raised = case.true
    left, right = beside()
    with left:
        page.say("gradient")
        verdict = predictions.raising(page, case)
    with right:
        picture = st.container()
        if verdict:
            first, second = st.columns(2, gap="medium")
            with first:
                raised = _raised(page, case)
                page.say("column")
            second.latex(formulas.DERIVATION)
        with picture:
            drawn = jacobian(case, raised, t, told=verdict is not None)
            stage("losses-jacobian", drawn, t, on_pick=partial(_raise, case) if verdict else None)


def units(page: Page) -> None:
    """Predict what another unit does to the hinge: values of the two losses are not to be compared."""
    t, case = page.t, example(page)
    left, right = beside()
    with left:
        verdict = predictions.ruler(page, case)
    with right:
        title = t("CS231n’s example in several units, and ten classes with equal scores")
        blocks.table(scale.rulers(t, told=verdict is not None), title)
        if verdict:
            page.say("rulers", **scale.both_losses())


def now_you(page: Page) -> None:
    faded.hinge(page, example(page))


def example(page: Page) -> Judged:
    """The reader's example, for which another step has the fields."""
    scores = controls.known_scores("s", page.t)
    labels, label = [str(index) for index in range(len(scores))], controls.coming("target")
    true = labels.index(label) if label in labels else _usual(len(scores))
    return judged(scores, true, controls.coming("margin"))


def _usual(count: int) -> int:
    return min(2, count - 1)


def _true_class(page: Page, count: int) -> int:
    labels = [str(index) for index in range(count)]
    chosen = controls.pick_class("target", labels, page.t, default=_usual(count))
    return _usual(count) if chosen is None else chosen


def _tug(key: str, page: Page, case: Judged, told: bool = True) -> None:
    kept, count = dragging.axis_end("s", case.scores), len(case.scores)

    def moved(handle: float, _x: float, y: float) -> None:
        scores = list(case.scores)
        scores[int(handle) % count] = max(-MAX_SCORE, min(y, MAX_SCORE))
        dragging.take("s", scores, kept or pieces.score_bound(case))

    def picked(index: float) -> None:
        controls.set_values({"target": case.labels[int(index) % count]})

    picture = bars.tug(case, page.t, kept, told)
    stage(key, picture, page.t, on_move=moved if told else None, on_pick=picked if told else None)


def _pull_on(by: int = 1) -> None:
    controls.set_values({"pulls": max(0, min(controls.coming("pulls") + by, MAX_STEPS))})


def _move_the_point(x: float, y: float) -> None:
    controls.set_values({"ga": round(x, 2), "gb": round(y, 2)})


def _raised(page: Page, case: Judged) -> int:
    chosen = controls.pick_class("raised", case.labels, page.t, default=case.true)
    return case.true if chosen is None else chosen


def _raise(case: Judged, index: float) -> None:
    controls.set_values({"raised": case.labels[int(index) % len(case.labels)]})
