"""Home: what this is, and the map of the lessons with the question of each."""

import streamlit as st

from ui import blocks
from ui.lessons import LESSONS

page = blocks.open_page("home")
page.say("intro")

for lesson in LESSONS:
    with st.container(border=True):
        st.page_link(lesson.file, label=f"**{page.t(lesson.question)}**", icon=lesson.icon)
        st.markdown(page.t(lesson.surprise))

page.say("how")
