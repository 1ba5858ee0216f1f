"""What a reader does in two parts of a page in the same moment is done in both.

Streamlit's browser gathers what happens within a moment into one message, which names one fragment: the first
that had something to say. A press outside of it was heard, but its part of the page was not drawn; and if the
fragment had just left the page, all of the message was dropped. So who pressed Next while a film asked for
its frames stayed where he was. There is no setting for it; such a message is made one for the whole page.
`tests/app/test_joint_messages.py` notices a release that needs it no longer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from weakref import WeakKeyDictionary

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession

from app.turns import is_press

_said: WeakKeyDictionary[AppSession, Mapping[str, bytes]] = WeakKeyDictionary()


def divide() -> None:
    """From now on a message that speaks of more than its fragment is one for the whole page."""
    if not hasattr(AppSession.request_rerun, "divides"):
        AppSession.request_rerun = _divided(AppSession.request_rerun)  # type: ignore[method-assign]


def _divided(request_rerun: Callable[..., Any]) -> Callable[..., Any]:
    def request(session: AppSession, asked: ClientState | None) -> None:
        if asked is not None and _speaks_of_others(session, asked):
            asked.fragment_id = ""
        request_rerun(session, asked)

    request.divides = True  # type: ignore[attr-defined]
    return request


def _speaks_of_others(session: AppSession, asked: ClientState) -> bool:
    """Whether something has happened outside of the fragment that the message names, and the parts in it.

    A value that is said for the first time is what its widget began with.
    """
    said = {each.id: each.SerializeToString() for each in asked.widget_states.widgets}
    presses = {each.id for each in asked.widget_states.widgets if is_press(each)}
    before = _said.get(session, {})
    _said[session] = {widget: value for widget, value in said.items() if widget not in presses}
    changed = {widget for widget, value in before.items() if said.get(widget, value) != value}
    return bool(asked.fragment_id) and not all(
        _is_within(session, widget, asked.fragment_id) for widget in presses | changed
    )


def _is_within(session: AppSession, widget: str, fragment: str) -> bool:
    """Whether the widget stands in the fragment; one that nobody knows is of no interest."""
    metadata = session.session_state.get_widget_metadata(widget)
    if metadata is None or metadata.fragment_id == fragment:
        return True
    parts = session._fragment_storage
    return metadata.fragment_id is not None and parts.has_ancestor_in(metadata.fragment_id, {fragment})
