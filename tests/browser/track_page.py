"""A slider that tells what it hears, at the pace that the address asks for; for the browser tests alone."""

import time
from pathlib import Path

import streamlit as st

import ui
from ui.text import language
from ui.track.track import Grid, track

STYLE = (Path(ui.__file__).parent / "frame.css").read_text(encoding="utf-8")
WORDS = ("0", "0.1", "1")
GRID = Grid(0.0, 10.0, 0.1)
t = language("en")


@st.fragment
def show() -> None:
    now = st.session_state
    told = now.setdefault("told", {"moves": 0, "rests": 0})
    now.setdefault("speed", 2.0)
    now.setdefault("rung", 1)

    def hear(key: str, event: str, value: float) -> None:
        now[key] = value
        told[event] += 1

    def set_it() -> None:
        now["speed"] = 7.0

    st.html(f"<style>{STYLE}</style>")
    st.button("Seven", on_click=set_it)
    away = st.toggle("Away")
    time.sleep(float(st.query_params["track"]))
    if not away:
        track(
            "speed", "Speed", now["speed"], low=GRID.low, high=GRID.high, step=GRID.step,
            said=f"{GRID.written(now['speed'])} m/s", t=t, help="How fast it goes.",
            on_move=lambda value: hear("speed", "moves", value),
            on_rest=lambda value: hear("speed", "rests", value),
        )  # fmt: skip
        track(
            "rung", "Rung", now["rung"], low=0, high=2, step=1, t=t, texts=WORDS,
            said=WORDS[int(now["rung"])],
            on_move=lambda value: hear("rung", "moves", value),
            on_rest=lambda value: hear("rung", "rests", value),
        )  # fmt: skip
    st.text(f"speed {now['speed']!r}, rung {now['rung']!r}, {told['moves'] > 0}, {told['rests']} rests")
    st.text(f"moves {told['moves']}")
    st.container(height=2000, border=False).text("far below")
