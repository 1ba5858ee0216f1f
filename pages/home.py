"""Home: what this is, a softmax to play with, where to start, and the path of the lessons."""

import streamlit as st

from lessons import LESSONS
from lessons.home import thumbnails
from lessons.home.pictures import first_place, playground
from lessons.scores.model import Workings, moved_scores, workings
from lessons.scores.pictures.bars import score_bound
from ui import controls, diary, dragging, signs
from ui.lesson import Lesson
from ui.page import open_page
from ui.stage import stage
from ui.typed import MAX_SCORE, parse_names
from ui.way import resume

NAMES = "cat, dog, ship"
A_ROW = 4

page = open_page("home")
t = page.t


@st.fragment
def play() -> None:
    with st.container(key="home-hero"):
        words, picture = st.columns([5, 8], gap="large")
    with words:
        page.say("play")
        scores = controls.known_scores("play", t)
        work = workings(parse_names(NAMES, len(scores)), scores)
        top = work.top[0]
        page.say(first_place(work), name=signs.markdown(work.names[top]), probability=work.probability(top))
    with picture:
        draw(work)


def start() -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="home-start"):
        st.page_link(
            LESSONS[0].file, label=t("Start"), icon=":material/arrow_forward:", query_params={"lang": t.code}
        )
        resume(t, {lesson.slug: (lesson.path, t(lesson.title)) for lesson in LESSONS})


def draw(work: Workings) -> None:
    kept = dragging.axis_end("play", work.scores)

    def moved(index: float, _x: float, y: float) -> None:
        dragging.take("play", moved_scores(work, int(index), y, MAX_SCORE), kept or score_bound(work))

    stage("home-play", playground(work, t, kept), t, on_move=moved)


def card(number: int, lesson: Lesson) -> None:
    """A card is one link: to its lesson."""
    with st.container(border=True, height="stretch", key=f"card-{lesson.slug}"):
        st.html(thumbnails.image(lesson.slug))
        st.page_link(
            lesson.file,
            label=f"{number} · {t(lesson.title)}",
            icon=lesson.icon,
            query_params={"lang": t.code},
        )
        st.markdown(t(lesson.question))
        diary.progress(t, lesson)


page.say("promise")
start()
play()
st.header(t("The lessons"), anchor="lessons")
for first in range(0, len(LESSONS), A_ROW):
    row = LESSONS[first : first + A_ROW]
    for place, (column, lesson) in enumerate(zip(st.columns(A_ROW), row, strict=False), start=first + 1):
        with column:
            card(place, lesson)
page.say("how")
diary.log(t)
