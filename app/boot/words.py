"""What Streamlit itself says to a reader, in English only: the words that `words.js` exchanges."""

from __future__ import annotations

import json

from ui.text import CODES, DEFAULT, N_, language

WORDS = (
    N_("App pages"),
    N_("Clear all"),
    N_("Clear value"),
    N_("Close"),
    N_("Connection error"),
    N_("Connection failed with status …, and response:"),
    N_("Connection failed with status …."),
    N_("Connection timed out."),
    N_("Copied"),
    N_("Copy to clipboard"),
    N_("Decrement"),
    N_("Dismiss"),
    N_("Help"),
    N_("Help for …"),
    N_("Increment"),
    N_(
        "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:"
    ),
    N_("Link to heading"),
    N_("Open"),
    N_("Press Ctrl+Enter to apply"),
    N_("Press Enter to apply"),
    N_("Press ⌘+Enter to apply"),
    N_("Remove …"),
    N_("Scrollable table"),
    N_("Skip to main content"),
    N_("Streamlit server is not responding. Are you connected to the internet?"),
    N_("Upload"),
    N_("… per file"),
)


def table() -> str:
    """JSON of the words in each language but English."""
    others = [language(code) for code in CODES if code != DEFAULT]
    return json.dumps({t.code: {words: t(words) for words in WORDS} for t in others}, ensure_ascii=False)
