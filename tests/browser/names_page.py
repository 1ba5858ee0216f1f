"""Every hostile name as only a browser shows it: Markdown, buttons, tables, formulas, a figure."""

from __future__ import annotations

import streamlit as st

from tests.hostile_names import NAMES
from ui import blocks, signs
from ui.charts.picture import Picture, Table
from ui.stage import stage
from ui.text import fill, language

FEW = range(0, len(NAMES), 4)  # a legend of all takes a browser long


def show() -> None:
    written = [signs.markdown(name) for name in NAMES]
    paragraphs = {
        "plain": written,
        "strong": [fill("클래스 **[[name]]**의 확률", name=name) for name in written],
        "formula": [f"${signs.latex(name)}$" for name in NAMES],
    }
    for key, lines in paragraphs.items():
        with st.container(key=key):
            st.markdown("\n\n".join(lines))
    with st.container(key="buttons"):
        st.pills("names", range(len(NAMES)), format_func=lambda index: written[index], wrap=True)
    with st.container(key="cells"):
        blocks.table(Table(["name", "again"], [[one, one] for one in written]), "names")
    stage("names", _picture(), language("en"))
    st.text("all names are shown")


def _picture() -> Picture:
    places = list(range(len(NAMES)))
    plotly = [signs.plotly(name) for name in NAMES]
    notes = [{"x": 0, "y": place, "text": f"<b>{plotly[place]}</b>", "showarrow": False} for place in places]
    figure = {
        "data": [
            {"type": "scatter", "x": [1], "y": [place], "name": plotly[place], "showlegend": True}
            for place in FEW
        ],
        "layout": {
            "height": 24 * len(NAMES),
            "annotations": notes,
            "xaxis": {"range": [-1, 2]},
            "yaxis": {"tickvals": places, "ticktext": plotly, "range": [-1, len(NAMES)]},
        },
    }
    return Picture("Names", "All names", figure, Table(["name"], [[signs.text(name)] for name in NAMES]))
