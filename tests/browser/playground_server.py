"""Serves the playground as the app itself is served."""

from pathlib import Path

import streamlit as st

from app import server

app = st.App(Path(__file__).parent / "playground.py", lifespan=server.warm_up, middleware=server.MIDDLEWARE)
