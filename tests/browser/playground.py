"""A page that shows what the stage can do, for the browser tests alone."""

import streamlit as st

from charts.picture import Handle, Picture, Table
from ui.stage import Frames, stage
from ui.text import language

t = language("en")
EMPTY = Table(["x", "y"], [["1", "2"]])


@st.fragment
def flat() -> None:
    height = st.slider("height", 1.0, 10.0, 2.0, 0.5)
    values = st.session_state.setdefault("values", [1.0, 2.0, 3.0])

    def moved(index: int, x: float, y: float) -> None:
        st.session_state["values"][int(index)] = y

    def clicked(x: float, y: float) -> None:
        st.session_state["clicked"] = f"clicked {x:.3f} {y:.3f}"

    figure = {
        "data": [{"type": "bar", "x": [0, 1, 2], "y": values}],
        "layout": {
            "height": 300,
            "xaxis": {"range": [-0.5, 2.5]},
            "yaxis": {"range": [-10, 10]},
            "title": {"text": f"{height:g}"},
        },
    }
    handles = [Handle(i, f"bar {i}", f"{v:g}", i, v, -10, 10, 0.5) for i, v in enumerate(values)]
    stage("flat", Picture("Flat", "Three bars", figure, EMPTY, handles), t, on_move=moved, on_click=clicked)
    st.text(st.session_state.get("clicked", "not clicked"))
    st.text(f"values {values}")


@st.fragment
def solid() -> None:
    depth = st.slider("depth", 1.0, 10.0, 2.0, 0.5)
    z = [[depth * x * y for x in range(5)] for y in range(5)]
    layout = {"height": 300, "scene": {"zaxis": {"range": [0, 200]}}}
    stage(
        "solid",
        Picture("Solid", "A surface", {"data": [{"type": "surface", "z": z}], "layout": layout}, EMPTY),
        t,
    )


@st.fragment
def film() -> None:
    st.session_state["asked"] = st.session_state.get("asked", 0) + 1

    def chunk(start: int, stop: int) -> list[dict]:
        return [{"data": [{"y": [k / 100, 1 - k / 100]}], "label": f"frame {k}"} for k in range(start, stop)]

    figure = {
        "data": [{"type": "bar", "x": ["a", "b"], "y": [0, 1]}],
        "layout": {"height": 250, "xaxis": {}, "yaxis": {"range": [0, 1]}},
    }
    stage(
        "film",
        Picture("Film", "Two bars", figure, EMPTY),
        t,
        frames=Frames("film", 300, [0], chunk, size=40, rate=60),
    )
    st.text(f"runs {st.session_state['asked']}")


flat()
solid()
film()
