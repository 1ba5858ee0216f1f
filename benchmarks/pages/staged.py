"""The probe page drawn by the stage."""

import streamlit as st

from benchmarks.pages import probe
from ui.charts.picture import Picture, Table
from ui.stage import stage
from ui.text import language


@st.fragment
def part() -> None:
    scale = st.slider("scale", 0.0, 10.0, 1.0, 0.01)
    stage("probe", Picture("Probe", "Sixty bars", probe.figure(scale), Table([], [])), language("en"))


st.title("Probe")
part()
