"""The frame around every page: language, navigation, a teacher's wishes, and the reader's diary."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = str(Path(__file__).parent.parent)
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

import streamlit as st  # noqa: E402

from app import share  # noqa: E402
from app.boot import reconnecting  # noqa: E402
from app.rooms import collecting, teacher  # noqa: E402
from lessons import HOME, PAGES  # noqa: E402
from ui import address, asked, controls, teaching  # noqa: E402
from ui.page import shows_a_step  # noqa: E402
from ui.parameters import KEYS  # noqa: E402
from ui.typed import quoted  # noqa: E402

t = controls.spoken()

# Before the navigation, which would otherwise show its page's icon from another host as the tab's.
st.set_page_config(page_icon=f"{ROOT}/ui/icon.svg", layout="wide")
reconnecting.ask_for_a_run()
wishes = teaching.begin()
teacher.register()
collecting.register()

page = st.navigation(
    [
        st.Page(
            lesson.file,
            title=t(lesson.title),
            icon=lesson.icon,
            url_path=lesson.path,
            default=lesson is HOME,
            help=t(lesson.question),
        )
        for lesson in PAGES
    ],
    position="hidden" if wishes.presents else "top",
)
lesson = next(lesson for lesson in PAGES if lesson.path == page.url_path)
asked.settle(lesson.slug)
query = address.query()  # before it is corrected
st.set_page_config(page_title=f"{page.title} · Softmax Lab")
teaching.apply(wishes)
frame = st.container(key="frame-step" if shows_a_step(lesson) else "frame-page")
bar = frame.container(
    horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="frame-bar"
)
bar.container(key="frame-place").empty()  # a bar without a part would take its place later
answers, leaving = frame.container(key="frame-answers"), st.container()
complaints = asked.complaints(asked.still_refused(query, lesson.slug), t)
address.adopt(KEYS[lesson.slug], t.code)
try:
    page.run()
finally:  # what surrounds the page is sent after it: its first picture need not wait
    with bar:
        teacher.box(t, lesson)
        share.box(t, lesson)
        controls.language_switch(t)
    if wishes.presents:
        with leaving.container(horizontal=True, horizontal_alignment="right", key="present-bar"):
            if st.button(t("QR code"), icon=":material/qr_code_2:", key="present-code", shortcut="q"):
                share.fill_the_screen(t)
            st.button(
                t("Leave"), icon=":material/close:", key="leave", shortcut="Esc", on_click=teaching.leave
            )
with answers:
    for complaint in [*complaints, *asked.repeated(lesson.slug, t), *teaching.complaints(wishes, t, quoted)]:
        st.warning(complaint, icon=":material/link_off:")
