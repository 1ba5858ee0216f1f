"""Scores whose bars are dragged: meanwhile the axis may grow but not shrink, or it would run away."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ui import controls
from ui.typed import format_scores


def axis_end(key: str, scores: Sequence[float]) -> float | None:
    """Where the axis ends that these scores were dragged on; None if they were not."""
    end: float | None = st.session_state.get(f"{key}-axis", {}).get(format_scores(scores))
    return end


def take(key: str, scores: Sequence[float], end: float) -> None:
    """Set the field of that key to the scores that a drag has come to, on an axis that ends there."""
    line = format_scores(scores)
    st.session_state[f"{key}-axis"] = {line: end}
    controls.set_values({key: line})
