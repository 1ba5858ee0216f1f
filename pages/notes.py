"""Are the notes' own numbers right? Some are not."""

import streamlit as st

from lessons.notes import formulas, gold, predictions, reference
from lessons.notes.pictures import deviations, penalties
from softmax_core.notes import GOLD
from ui import blocks, controls
from ui.numerals import numeral
from ui.page import open_page
from ui.stage import stage
from ui.text import N_

SAME = {
    N_("λ = 0.1 in both"): {"plain": 0.1, "halved": 0.1},
    N_("λ = 0.4 in both"): {"plain": 0.4, "halved": 0.4},
}
ERRATA = {
    N_("61.95"): {"row": 1},
    N_("0.016"): {"row": 6},
    N_("[.9, .09, .01]"): {"row": 8},
    N_("2.71"): {"row": 9},
    N_("log C = max"): {"row": 16},
    N_("2.302"): {"row": 17},
    N_("1.1 = np.log(1.0/3)"): {"row": 19},
}

page = open_page("notes")
t = page.t


@st.fragment
def rows() -> None:
    words, picture = st.columns([5, 6], gap="large")
    with picture:
        stage("notes-off", deviations.deviations(controls.coming("row") - 1, t), t, on_pick=choose)
    with words:
        page.say("explain")
        controls.scenes(ERRATA, t, "notes-row")
        gold.card(page, controls.whole("row", t))


def choose(index: float) -> None:
    controls.set_values({"row": int(index) % len(GOLD) + 1})


def every_row() -> None:
    page.say("table")
    gold.table(page)
    gold.run_on_the_spiral(page)


@st.fragment
def two_penalties() -> None:
    words, picture = st.columns(2, gap="large")
    with words:
        page.say("penalties")
        controls.scenes(SAME, t, "notes-penalty")
        plain, halved = controls.slider("plain", t), controls.slider("halved", t)
        found = [penalties.of_the_example(plain, False), penalties.of_the_example(halved, True)]
        values, slopes = [each.value for each, _ in found], [slope for _, slope in found]
        st.latex(formulas.penalties(plain, halved, values, slopes, penalties.WEIGHT))
        page.say(penalties.verdict(plain, halved))
        page.say("checked", error=numeral(max(each.largest for each, _ in found), 2))
    with picture:
        stage("notes-penalties", penalties.penalties(plain, halved, t), t)
    predictions.penalties(page, plain)


rows()
page.section(N_("Every row, computed again"), "table")
every_row()
page.section(N_("Sentences that are not quite right"), "sentences")
gold.not_quite_right(page)
page.section(N_("Two penalties under one name"), "penalties")
two_penalties()
page.section(N_("What the study note says, and where it is taught"), "index")
gold.index(page)
page.section(N_("Check yourself"), "check")
st.fragment(predictions.numbers)(page)
st.fragment(blocks.code_that_ran)(page, reference.NUMBERS)
