"""Serves the staged surfaces exactly as the app is served."""

from pathlib import Path

import streamlit as st

from app import server

app = st.App(
    Path(__file__).parent / "surfaces_staged.py", lifespan=server.warm_up, middleware=server.MIDDLEWARE
)
