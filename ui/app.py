"""The frame around every page: language, navigation, and a word about a link that could not be read."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = str(Path(__file__).parent.parent)
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

import streamlit as st  # noqa: E402

from ui import controls  # noqa: E402
from ui.lessons import HOME, PAGES  # noqa: E402
from ui.text import language, negotiate  # noqa: E402

t = language(
    st.session_state.get("lang") or negotiate(st.query_params.get("lang", ""), st.context.locale or "").code
)

# Before the navigation, which would otherwise show its page's icon from another host as the tab's.
st.set_page_config(page_icon=f"{ROOT}/ui/icon.svg", layout="wide")
complaints = controls.complaints(dict(st.query_params), t)

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
    position="top",
)
st.set_page_config(page_title=f"{page.title} · Softmax Lab")
controls.language_switch(t)
for complaint in complaints:
    st.warning(complaint, icon=":material/link_off:")
page.run()
