"""The Python side: hands over a text and what it belongs to, and hears it again in a session that is new."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable
from uuid import uuid4

import streamlit as st

from ui import assets
from ui.heard import last_heard
from ui.text import Language

MAX_BYTES = 4_000_000  # of a text; what comes from a browser may be anything
_SESSION = "kept-session"
_mount = st.components.v2.component("softmax_lab_keep", js=assets.loader("keep.js"), isolate_styles=False)


def hold(name: str, text: str, about: str, on_back: Callable[[str], None], t: Language) -> None:
    """Have the browser keep a text for its tab; an empty one is forgotten.

    Where a later session, of a page with the same `about`, does not have it, `on_back` gets it back, in a
    callback. If it cannot be kept, the browser says so.
    """
    key = f"keep-{name}"
    _mount(
        key=key,
        data={
            "name": name,
            "session": st.session_state.setdefault(_SESSION, uuid4().hex),
            "about": about,
            "text": _packed(text),
            "words": {
                "lost": t(
                    "This browser cannot keep what is too much for a link: without a connection for a minute "
                    "it would be lost. Take the scene file along."
                )
            },
        },
        on_back_change=lambda: _take(last_heard(key, "back"), on_back),
    )


def _packed(text: str) -> str:
    return base64.b64encode(zlib.compress(text.encode(), 6)).decode() if text else ""


def _take(sent: object, on_back: Callable[[str], None]) -> None:
    if not isinstance(sent, str) or not sent:
        return
    try:
        reader = zlib.decompressobj()
        text = reader.decompress(base64.b64decode(sent, validate=True), MAX_BYTES).decode()
    except (ValueError, zlib.error):
        return
    if reader.eof:
        on_back(text)
