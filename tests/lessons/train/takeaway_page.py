"""A page that has the panel of what a reader takes away alone."""

import streamlit as st

from lessons import PAGES
from lessons.train import takeaway
from lessons.train.replay import replay
from lessons.train.scene import Scene, SceneRecipe, SceneSegment
from ui.page import Page
from ui.text import language

t = language(st.session_state.setdefault("lang", st.query_params.get("lang", "en")))
scene = st.session_state.get("scene")
if scene is None:
    changes = (SceneSegment(rate=0.5), SceneSegment(step=5, rate=0.1))
    many = tuple((k % 60 - 30.0 + k / 1000, k / 100, k % 2) for k in range(1_500))
    scene = {
        "branched": Scene(recipe=SceneRecipe(n_samples=30), segments=changes, n_steps=10),
        "many": Scene(points=many, class_names=("A", "B"), n_steps=10),
    }.get(st.query_params.get("which"), Scene(recipe=SceneRecipe(n_samples=30), n_steps=10))
st.text(str(scene.model))
takeaway.panel(Page(PAGES[0], t, {}), scene, replay(scene), 7, lambda new: st.session_state.update(scene=new))
