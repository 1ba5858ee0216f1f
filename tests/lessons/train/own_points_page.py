"""A page that has the panel of the reader's own points alone."""

import streamlit as st

from lessons import PAGES
from lessons.train import own_points
from lessons.train.points import from_scene
from lessons.train.scene import Scene, SceneRecipe
from ui import address
from ui.page import Page
from ui.parameters import KEYS
from ui.text import language

address.adopt(KEYS["train"], st.query_params.get("lang", "en"))
t = language(st.session_state.setdefault("lang", st.query_params.get("lang", "en")))
page = Page(PAGES[0], t, {})
mine = own_points.current()
shown = from_scene(Scene(recipe=SceneRecipe(n_samples=30))) if mine is None else mine
st.text(f"{len(shown.rows)} {shown.names} {shown.rows if len(shown.rows) < 9 else shown.rows[-3:]}")
st.button("on the plane", key="plane", on_click=own_points.add, args=(shown, 1.23456, -2))
if shown.rows:
    st.button("drag", key="drag", on_click=own_points.move, args=(shown, shown.rows[0], 5.0, 99.0))
    st.button("delete", key="delete", on_click=own_points.remove, args=(shown, shown.rows[0]))
own_points.panel(page, shown)
