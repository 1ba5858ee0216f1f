"""A page that shows what the stage can do, for the browser tests alone."""

from functools import partial

import streamlit as st

from tests.browser import names_page, playground_run, track_page, way_page
from ui.charts.picture import Handle, Picture, Table
from ui.stage import Frames, stage
from ui.text import language

st.set_page_config(layout="wide")
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

    def chunk(steps: range) -> list[dict]:
        return [{"step": k, "data": [{"y": [k / 100, 1 - k / 100]}], "label": f"frame {k}"} for k in steps]

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


@st.fragment
def run() -> None:
    st.session_state["run-runs"] = st.session_state.get("run-runs", 0) + 1
    heard = st.session_state.setdefault("heard", [])
    total = st.session_state.setdefault("total", 2001)
    branch = st.session_state.setdefault("branch", (1, 0))
    if st.button("Branch"):
        branch = st.session_state["branch"] = (branch[0] + 1, st.session_state["run-at"])
    if st.button("Answer late"):
        branch = st.session_state["branch"] = (branch[0] + 1, 100)
    if st.button("End early"):
        total = st.session_state["total"] = 301
    if st.toggle("Away"):
        return
    if "chunk" not in st.session_state:
        st.session_state["chunk"] = playground_run.slow_chunks(200)
    say = [partial(lambda name, *values: heard.append((name, *values)), name) for name in WORDS]
    stage(
        "run",
        st.session_state.setdefault("picture", playground_run.picture()),
        t,
        frames=Frames(
            f"run {branch[0]}",
            total,
            (),
            st.session_state["chunk"],
            at=branch[1],
            follows=(f"run {branch[0] - 1}",),
            speeds=(("10", 1, 10), ("60", 1, 60), ("300", 5, 60)),
            player="full",
            step_words="step {step} …",
        ),
        **dict(zip(("on_point", "on_click", "on_drag", "on_rest"), say, strict=True)),
    )
    st.text(f"run-runs {st.session_state['run-runs']}")
    st.text(f"heard {heard[-1:]} of {len(heard)}, at {st.session_state.get('run-at')}")


WORDS = ("point", "click", "drag", "rest")
if "names" in st.query_params:
    names_page.show()
elif "way" in st.query_params:
    way_page.show()
elif "track" in st.query_params:
    track_page.show()
else:
    for part in (flat, solid, film, run):
        if st.query_params.get("only", "") in ("", part.__name__):
            part()
