"""Home: a softmax to play with, the map of the lessons with the question of each, and what one has done."""

import streamlit as st

from lessons import LESSONS
from lessons.home.pictures import first_place, playground
from lessons.scores.model import Workings, moved_scores, workings
from lessons.scores.pictures.bars import score_bound
from ui import controls, diary, dragging, signs
from ui.lesson import Lesson
from ui.page import open_page
from ui.stage import stage
from ui.typed import MAX_SCORE, format_scores, parse_names

NAMES = "cat, dog, ship"
A_ROW = 3

page = open_page("home")
t = page.t


@st.fragment
def play() -> None:
    words, picture = st.columns([4, 7], gap="large", vertical_alignment="center")
    with words:
        page.say("play")
        scores = controls.scores("play", t)
        work = workings(parse_names(NAMES, len(scores)), scores)
        top = work.top[0]
        page.say(first_place(work), name=signs.markdown(work.names[top]), share=work.share(top))
        st.page_link(
            LESSONS[0].file,
            label=t("Take these scores into the first lesson"),
            icon=":material/arrow_forward:",
            query_params={"scores": format_scores(scores), "lang": t.code},
        )
    with picture:
        draw(work)


def draw(work: Workings) -> None:
    kept = dragging.axis_end("play", work.scores)

    def moved(index: float, _x: float, y: float) -> None:
        dragging.take("play", moved_scores(work, int(index), y, MAX_SCORE), kept or score_bound(work))

    stage("home-play", playground(work, t, kept), t, on_move=moved)


def card(lesson: Lesson) -> None:
    with st.container(border=True, height="stretch"):
        st.page_link(lesson.file, label=f"**{t(lesson.question)}**", icon=lesson.icon)
        diary.progress(t, lesson)


play()
page.say("intro")
st.header(t("The lessons"), anchor="lessons")
for first in range(0, len(LESSONS), A_ROW):
    for column, lesson in zip(st.columns(A_ROW), LESSONS[first : first + A_ROW], strict=False):
        with column:
            card(lesson)
page.say("how")
diary.log(t)
