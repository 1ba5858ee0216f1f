"""The steps of the lesson on names: each draws its words, its controls and its picture."""

from __future__ import annotations

import streamlit as st

from lessons.names import model as terms
from lessons.names import quiz as questions
from lessons.names import reference
from lessons.names.pictures import network
from lessons.names.terms import card, choose, every_name, libraries, pick
from lessons.scores import formulas
from lessons.scores.model import workings
from ui import blocks, controls
from ui.numerals import numeral, row
from ui.page import Page
from ui.predict import ask
from ui.stage import stage
from ui.step import beside

_JUDGED = "names-quiz-judged"  # of each question that was answered: whether rightly


def the_map(page: Page) -> None:
    """Eleven names, and what leads from one to another."""
    t, chosen = page.t, controls.coming("term")
    left, right = beside()
    with left:
        page.say("map")
        card(page, chosen)
    with right:
        stage("names-map", network.term_map(chosen, t), t, on_pick=pick)
        choose(page)


def quiz(page: Page) -> None:
    """Ten questions, one at a time, with what became of each."""
    t = page.t
    judged = dict(st.session_state.get(_JUDGED, {}))
    number = round(controls.coming("quiz"))
    place = st.container(horizontal=True, gap="small", key="names-quiz")
    progress = st.container()
    question, options = questions.ask(page, number)
    verdict = ask.choice(page, question_key(number), question, options)
    if verdict and not verdict.shown:
        judged[number] = judged.get(number, False) or verdict.right
        st.session_state[_JUDGED] = judged
    with progress:
        right = sum(judged.values())
        st.caption(t("Right: {right} of {all}", right=right, all=questions.COUNT))
    with place:
        for other in range(1, questions.COUNT + 1):
            _way_to(other, number, judged.get(other))
    if verdict and number < questions.COUNT:
        values = {"quiz": number + 1}
        st.button(t("Another one"), key="names-another", on_click=controls.set_values, args=(values,))


def question_key(number: int) -> str:
    """What the diary keeps an answer under."""
    return f"names-quiz-{number}"


def _way_to(number: int, here: int, right: bool | None) -> None:
    sign = {None: "", True: " ✓", False: " ✗"}[right]
    st.button(
        f"{number}{sign}",
        key=f"names-quiz-to-{number}",
        type="primary" if number == here else "secondary",
        on_click=controls.set_values,
        args=({"quiz": number},),
    )


def neighbours(page: Page) -> None:
    """Logistic regression, which it generalises, and the SVM, beside which it stands."""
    pair = terms.two_of_them()
    left, right = st.columns(2, gap="large")
    with left:
        page.say("two-classes")
        work = workings(("A", "B"), pair.scores)
        st.latex(formulas.probabilities(work))
        st.latex(formulas.sigmoid(work))
        page.say("two-weights")
    with right:
        page.say("explain")
        page.say("beside-svm", hinge=numeral(pair.hinge), entropy=numeral(pair.cross_entropy, 5))


def example(page: Page) -> None:
    """What every name comes to."""
    case = terms.example()
    page.say("every-name", scores=row(case.scores), true=case.true)
    every_name(page)


def in_libraries(page: Page) -> None:
    """The names that libraries have for it."""
    page.say("libraries")
    libraries(page)


def code(page: Page) -> None:
    blocks.code_that_ran(page, reference.NAMES)
