"""Which name belongs to what? "Softmax loss" is, strictly, a wrong name."""

import streamlit as st

from lessons.names import model as terms
from lessons.names import quiz as quiz_names
from lessons.names import reference
from lessons.names.pictures import network
from lessons.names.terms import card, choose, every_name, pick
from lessons.scores import formulas
from lessons.scores.model import workings
from ui import blocks, controls
from ui.numerals import numeral, row
from ui.page import open_page
from ui.predict import ask
from ui.stage import stage
from ui.text import N_

QUESTIONS = 99

page = open_page("names")
t = page.t


@st.fragment
def the_map() -> None:
    picture, words = st.columns([6, 5], gap="large")
    with words:
        above = st.container()
        chosen = choose(page)
    with picture:
        stage("names-map", network.term_map(chosen, t), t, on_pick=pick)
        page.say("signs")
    with above:
        page.say("map")
    with words:
        card(page, chosen)


def two_classes() -> None:
    pair = terms.two_of_them()
    words, lines = st.columns(2, gap="large", vertical_alignment="center")
    with words:
        page.say("two-classes")
        page.say("beside-svm", hinge=numeral(pair.hinge), entropy=numeral(pair.cross_entropy, 5))
    with lines:
        work = workings(("A", "B"), pair.scores)
        st.latex(formulas.shares(work))
        st.latex(formulas.sigmoid(work))


def compute() -> None:
    case = terms.example()
    page.say("every-name", scores=row(case.scores), true=case.true)
    every_name(page)
    st.fragment(blocks.code_that_ran)(page, reference.NAMES)


@st.fragment
def quiz() -> None:
    counting, drawing, _ = st.columns([2, 2, 5], vertical_alignment="bottom")
    with counting:
        number = controls.whole("quiz", t)
    another = {"quiz": number % QUESTIONS + 1}
    drawing.button(t("Another one"), key="names-another", on_click=controls.set_values, args=(another,))
    question, options = quiz_names.ask(page, number)
    ask.choice(page, f"names-quiz-{number}", question, options)


explanation, verdict = st.columns(2, gap="large", vertical_alignment="center")
with explanation:
    page.say("explain")
with verdict:
    page.say("wrong-name")
page.section(N_("A map of eleven names"), "map")
the_map()
page.section(N_("Two neighbours: logistic regression and SVM"), "two-classes")
two_classes()
page.section(N_("One example, every name"), "compute")
compute()
page.section(N_("Check yourself"), "check")
quiz()
