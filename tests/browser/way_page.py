"""A lesson of four steps and one that goes deeper, for the browser tests alone."""

from __future__ import annotations

import streamlit as st

from ui import assets, diary, teaching
from ui.text import language
from ui.way import Stop, resume, way

STOPS = (
    Stop("begin", "Where it begins"),
    Stop("guess", "A guess", predictions=("toy",)),
    Stop("more", "More of it", is_deeper=True),
    Stop("long", "A long step"),
    Stop("end", "The end"),
)
ENTRY = diary.Entry("Which?", "This", "Because.", True, 1)
TITLE = "A rather long title of the lesson"


def show() -> None:
    """One step, its heading first; the home page instead with `way=home`."""
    st.html(f"<style>{assets.FILES['way.css']().decode()}</style>")  # as the app's own first page brings it
    t = language(st.query_params.get("lang", "en"))
    if st.query_params["way"] == "home":
        resume(t, {"toy": ("", TITLE)})
        return
    wishes = teaching.begin()
    teaching.apply(wishes)
    if wishes.presents:
        with st.container(horizontal=True, horizontal_alignment="right", key="present-bar"):
            st.button("QR 코드" if t.code == "ko" else "QR code", icon=":material/qr_code_2:", shortcut="q")
            st.button(t("Leave"), icon=":material/close:", shortcut="Esc", on_click=teaching.leave)
    asked = st.query_params.get("step", "")
    at = next((stop for stop in STOPS if stop.slug == asked), STOPS[0])
    st.header(at.title, anchor="step-heading")
    st.text_input("field")
    st.slider("slider", 0, 10, 5)
    st.segmented_control("choice", ["a", "b"])
    if at.slug == "guess" and st.button("Answer"):
        diary.write(t, "toy", "toy at 2", ENTRY)
    if at.slug == "long":
        for number in range(60):
            st.text(f"line {number}")
    way(t, "toy", STOPS, at.slug, lambda step: st.query_params.update(step=step), ("stability", TITLE))
