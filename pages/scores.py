"""How do scores become probabilities? Only differences count; and with two classes it is the sigmoid."""

import streamlit as st

from lessons import LESSONS
from lessons.scores import faded, formulas, predictions, reference, words
from lessons.scores.model import Workings, moved_scores, workings
from lessons.scores.pictures.bars import linked_bars, score_bound
from lessons.scores.pictures.curves import exponential_curve, sigmoid_curve, simplex, temperature_curves
from ui import blocks, controls, dragging
from ui.page import open_page
from ui.stage import stage
from ui.text import N_
from ui.typed import MAX_SCORE, format_scores

AS_THEY_COME = {"constant": 0.0, "temperature": 1.0, "focus": None}
CAT_DOG_SHIP = {"scores": "-2.85, 0.86, 0.28", "names": "cat, dog, ship", "truth": "ship", **AS_THEY_COME}
TWO = {"scores": "1.5, -0.5", "names": "spam, mail", "truth": "mail", **AS_THEY_COME}
THREE_LETTERS = {"names": "A, B, C", "truth": "C", **AS_THEY_COME}
SCENES = {
    N_("Cat, dog, ship (CS231n)"): CAT_DOG_SHIP,
    N_("The note’s scores 123, 456, 789"): {"scores": "123, 456, 789", **THREE_LETTERS},
    N_("A tie"): {"scores": "2, 2, -1", **THREE_LETTERS},
    N_("One dominates"): {"scores": "9, 1, 0, -1, 2", "names": "A, B, C, D, E", "truth": "E", **AS_THEY_COME},
    N_("Two classes"): TWO,
}

NOTES = workings(("cat", "dog", "ship"), (-2.85, 0.86, 0.28))
STABILITY = next(lesson for lesson in LESSONS if lesson.slug == "stability")

page = open_page("scores")
t = page.t


def explain() -> None:
    page.section(N_("From scores to probabilities"), "explain")
    text, picture = st.columns(2, gap="large", vertical_alignment="center")
    with picture:
        stage("scores-exponential", exponential_curve(NOTES, t), t)
        page.say("opening", scores=words.row(NOTES))
    with text:
        page.say("explain")


def interact() -> Workings:
    page.section(N_("Move the scores"), "interact")
    controls.scenes(SCENES, t, "scores-scene")
    fields, picture = st.columns([1, 3], gap="large")
    with fields:
        work = read_the_controls()
    with picture:
        draw_the_bars(work)
        st.markdown(words.constant(page, work))
        st.markdown(words.temperature(page, work))
    special_cases(work)
    return work


def read_the_controls() -> Workings:
    values = controls.scores("scores", t)
    names = controls.names("names", len(values), t)
    focus = controls.pick_class("focus", names, t)
    constant = controls.slider("constant", t)
    return workings(names, values, constant, controls.slider("temperature", t), focus)


def draw_the_bars(work: Workings) -> None:
    kept = dragging.axis_end("scores", work.scores)

    def moved(index: float, _x: float, y: float) -> None:
        dragging.take("scores", moved_scores(work, int(index), y, MAX_SCORE), kept or score_bound(work))

    def picked(index: float) -> None:
        name = work.names[int(index)]
        controls.set_values({"focus": None if work.focus == index else name})

    stage("scores-bars", linked_bars(work, t, kept), t, on_move=moved, on_pick=picked)


def special_cases(work: Workings) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(t("Every temperature at once"), anchor=False)
        stage("scores-temperatures", temperature_curves(work, t), t)
    with right:
        if len(work.names) == 2:
            st.subheader(t("Two classes: the sigmoid"), anchor=False)
            stage("scores-sigmoid", sigmoid_curve(work, t), t)
            st.markdown(words.sigmoid(page, work))
        elif len(work.names) == 3:
            st.subheader(t("Three classes: the triangle"), anchor=False)
            stage("scores-simplex", simplex(work, t), t)
            st.markdown(words.triangle(page, work))
        else:
            st.subheader(t("Fewer classes, more pictures"), anchor=False)
            page.say("more-pictures")
            fewer = {N_("Show two classes"): TWO, N_("Show three classes"): CAT_DOG_SHIP}
            controls.scenes(fewer, t, "scores-fewer")


def compute(work: Workings) -> None:
    page.section(N_("The same with numbers"), "compute")
    st.markdown(words.exponentials(page, work))
    write_the_formulas(work)
    st.markdown(words.rounding(page, work))
    page.say("printed" if is_as_in_the_notes(work) else "printed-elsewhere", share=NOTES.share(0))
    if len(work.names) == 2:
        page.say("logistic")
        st.latex(formulas.sigmoid(work))
    loss(work)
    faded.shares(page, work)
    blocks.code_that_ran(page, reference.SCORES)


def is_as_in_the_notes(work: Workings) -> bool:
    return format_scores(work.scores) == CAT_DOG_SHIP["scores"] and not work.is_rescaled


def write_the_formulas(work: Workings) -> None:
    columns = st.columns([10, 11, 11, 13] if work.is_rescaled else 3)
    if work.is_rescaled:
        columns[0].latex(formulas.rescaled_scores(work))
    columns[-3].latex(formulas.exponentials(work))
    columns[-2].latex(formulas.total(work))
    columns[-1].latex(formulas.shares(work))


def loss(work: Workings) -> None:
    st.subheader(t("The loss to come"), anchor="loss")
    page.say("loss")
    last = len(work.names) - 1
    chosen = controls.pick_class("truth", work.names, t, default=last)
    true = last if chosen is None else chosen
    first, second = st.columns(2)
    first.latex(formulas.loss_from_division(work, true))
    second.latex(formulas.loss_from_sum(work, true))
    st.markdown(words.loss(page, work, true))
    st.page_link(STABILITY.file, label=t("Why the second form is the safe one"), icon=STABILITY.icon)


def check(work: Workings) -> None:
    page.section(N_("Predict first"), "check")
    predictions.scores(page, work)


@st.fragment
def hands_on() -> None:
    work = interact()
    compute(work)
    check(work)


explain()
hands_on()
