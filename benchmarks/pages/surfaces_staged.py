"""The same page drawn by the stage."""

import streamlit as st

from benchmarks.pages.surfaces import picture
from ui.stage import stage
from ui.text import language

st.set_page_config(layout="wide")


@st.fragment
def part() -> None:
    margin = st.slider("Margin Δ", 0.0, 4.0, 1.0, 0.1)
    stage("surfaces", picture(margin), language("en"))


part()
