"""What a browser is told of theme and settings is written once, not for every run of a script.

Streamlit says both with each run, and looks through all its options for each part of the theme: a tenth of
what a short run costs. `tests/app/test_themes.py` notices a release that does it in another way.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from google.protobuf.message import Message
from streamlit.runtime import app_session


def remember() -> None:
    """From now on the options stay as they were read first: nothing changes them while the server runs."""
    for name in ("_populate_theme_msg", "_populate_config_msg"):
        write = getattr(app_session, name)
        if not hasattr(write, "is_remembered"):
            setattr(app_session, name, _remembered(write))


def _remembered(write: Callable[..., None]) -> Callable[..., None]:
    written: dict[tuple[Any, ...], Message] = {}

    def copy(message: Message, *section: str) -> None:
        if section not in written:
            first = type(message)()
            write(first, *section)
            written[section] = first
        if written[section].ByteSize():  # to merge nothing into a part would say that it is there
            message.MergeFrom(written[section])

    copy.is_remembered = True  # type: ignore[attr-defined]
    return copy
