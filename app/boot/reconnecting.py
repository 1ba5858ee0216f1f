"""A page that stays open while its server restarts goes on with the new server."""

from datetime import timedelta

import streamlit as st


@st.fragment(run_every=timedelta(days=1))
def ask_for_a_run() -> None:
    """Make the browser ask for a run as soon as it is connected again.

    A server that has been restarted knows nothing of an open page, and without a run it would pass over the
    first thing done there: any control in a fragment, any button, any drag. Streamlit asks for one only where
    a fragment runs by the clock, so here is one that has nothing to do.
    (Seen in Streamlit 1.67, App.handleConnectionStateChanged.)
    """
