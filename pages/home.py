"""Home: the map of the lessons, with the question of each."""
import streamlit as st

from ui import blocks

page = blocks.open_page("home")
page.say("intro")
from charts.picture import Picture, Table, Handle
from ui.stage import stage, Frames
from ui import controls
@st.fragment
def live():
    values = controls.scores("scores", page.t)
    def moved(i, x, y):
        new = list(values); new[int(i)] = y
        controls.set_values({"scores": controls.format_scores(new)})
    fig = {"data": [{"type": "bar", "x": list(range(len(values))), "y": values, "customdata": list(range(len(values)))}], "layout": {"height": 300, "xaxis": {}, "yaxis": {"range": [-10, 10], "title":{"text":"score"}}}}
    handles = [Handle(i, f"score {i}", f"{v:g}", i, v, -10, 10, 0.1) for i, v in enumerate(values)]
    def chunk(a, b): return [{"data": [{"y": [v * (k / 100) for v in values]}], "label": f"{k}"} for k in range(a, b)]
    stage("draft", Picture("Draft", "desc", fig, Table(["class", "score"], [[str(i), f"{v:g}"] for i, v in enumerate(values)]), handles), page.t, on_move=moved, frames=Frames(f"f{values}", 101, [0], chunk, at=100), on_click=lambda x, y: print("CLICK", x, y))
live()
