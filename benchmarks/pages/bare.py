"""The probe page as Streamlit's documentation would have it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

import plotly.graph_objects as go
import streamlit as st

from benchmarks.pages import probe


@st.fragment
def part() -> None:
    scale = st.slider("scale", 0.0, 10.0, 1.0, 0.01)
    st.plotly_chart(go.Figure(probe.figure(scale)))


st.title("Probe")
part()
