"""What a component's script in the browser has said."""

from __future__ import annotations

from typing import Any

import streamlit as st


def last_heard(key: str, name: str) -> Any:
    """The last word of that name, None where there is none.

    A word may arrive after its component has left the page: then the session knows nothing of it any more.
    """
    said = st.session_state.get(key)
    return said.get(name) if said else None
