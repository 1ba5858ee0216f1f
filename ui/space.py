"""Pictures in space need WebGL: a browser that has none says so, and is shown maps instead."""

from __future__ import annotations

import streamlit as st

from ui.text import Language

IN_SPACE, FLAT = "3D", "2D"
_FORBIDDEN = "draws-no-space"


def forbid() -> None:
    """This browser cannot draw in space. For callbacks."""
    st.session_state[_FORBIDDEN] = True


def shown(view: str, t: Language) -> str:
    """The view that is drawn where this one is asked for; another one is told."""
    if view != IN_SPACE or not st.session_state.get(_FORBIDDEN):
        return view
    st.caption(
        t("This browser cannot draw in three dimensions (WebGL is missing or off), so here is the flat view.")
    )
    return FLAT
