"""The server: `streamlit run streamlit_app.py`, or `uvicorn streamlit_app:app`."""

from pathlib import Path

import streamlit as st

from app import server

app = st.App(
    Path(__file__).parent / "app" / "main.py",
    lifespan=server.warm_up,
    routes=server.ROUTES,
    middleware=server.MIDDLEWARE,
    on_script_error=server.apologise,
)
