"""The theme is read from the configuration once, not six times for every run of a script.

Streamlit tells the browser its theme with each run, and looks through all its options for each part of it: a
tenth of what a short run costs. `tests/app/test_themes.py` notices a release that does it in another way.
"""

from __future__ import annotations

from functools import cache

from streamlit import config


def remember() -> None:
    """From now on the options stay as they were read first: nothing changes them while the server runs."""
    config.get_options_for_section = cache(config.get_options_for_section)
