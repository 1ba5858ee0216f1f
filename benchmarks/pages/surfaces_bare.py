"""The lesson's two loss surfaces and one slider, as Streamlit's documentation would have it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

import plotly.graph_objects as go
import streamlit as st

from benchmarks.pages.surfaces import picture

st.set_page_config(layout="wide")


@st.fragment
def part() -> None:
    margin = st.slider("Margin Δ", 0.0, 4.0, 1.0, 0.1)
    figure = picture(margin).figure
    st.plotly_chart(go.Figure(data=figure["data"], layout=figure["layout"]))


part()
