"""The Python side: a file is read in the browser and comes with the page's own messages, and what is taken
away is made when it is asked for and saved by the browser.

Streamlit's uploads and downloads are requests of their own, which only the process that holds the session can
answer: with several processes behind one address most are refused.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from ui import assets
from ui.heard import last_heard
from ui.text import Language

MAX_BYTES = 1_000_000
_MAX_NAME = 200
_LARGEST = 2**53  # what a browser counts; a whole number of JSON has no bound
_mount = st.components.v2.component("softmax_lab_files", js=assets.loader("files.js"), isolate_styles=False)


def receive(
    key: str, label: str, t: Language, endings: Sequence[str], on_file: Callable[[str, bytes], None]
) -> None:
    """A field that takes a file, by pointer, keyboard or drop; `on_file` gets its name and its bytes.

    What is too large is told by the browser and not sent.
    """
    _mount(
        key=key,
        data={
            "kind": "receive",
            "label": label,
            "accept": ",".join(f".{ending}" for ending in endings),
            "most": MAX_BYTES,
            "words": {
                "drop": t("or drop it here"),
                "large": t(
                    "{name} is longer than {limit:,} bytes, so it was not read.",
                    name="{name}",
                    limit=MAX_BYTES,
                ),
                "unread": t("{name} cannot be read. Is it still there, and is it a file?", name="{name}"),
                "taken": t("Read: {name}", name="{name}"),
            },
        },
        on_file_change=lambda: _take(last_heard(key, "file"), on_file),
    )


def _take(sent: object, on_file: Callable[[str, bytes], None]) -> None:
    """What a browser has sent, if it is a file that may be sent: a browser may send anything."""
    if not isinstance(sent, Mapping):
        return
    name, data = sent.get("name"), sent.get("data")
    if not isinstance(name, str) or not isinstance(data, str) or len(data) > 4 * MAX_BYTES // 3 + 4:
        return
    try:
        content = base64.b64decode(data, validate=True)
    except ValueError:  # also where letters are not of ASCII
        return
    on_file(name[:_MAX_NAME], content)


def offer(key: str, label: str, name: str, mime: str, make: Callable[[], str]) -> None:
    """A button that saves a file; it is made once somebody presses it."""
    wanted = f"{key}-wanted"
    number = st.session_state.pop(wanted, None)
    _mount(
        key=key,
        data={
            "kind": "offer",
            "label": label,
            "name": name,
            "mime": mime,
            "number": number,
            "content": None if number is None else make(),
        },
        on_wanted_change=lambda: _note(wanted, last_heard(key, "wanted")),
    )


def _note(wanted: str, sent: object) -> None:
    number = sent.get("number") if isinstance(sent, Mapping) else None
    if isinstance(number, int) and not isinstance(number, bool) and abs(number) <= _LARGEST:
        st.session_state[wanted] = number
