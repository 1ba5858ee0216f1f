"""The state of a session, looked up and not copied whenever a field asks whether one key is in it.

Each text, number and radio field of Streamlit makes a dictionary of the whole state to look up its own key: a
fifth of the time that a page of ours takes. And what a component has said is handed out each time as a class
made for it, so that a script could write into it; ours only read.
`tests/app/test_session_state.py` notices a release that no longer does so, or wants more of the dictionary.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from streamlit.components.v2.bidi_component import main
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.state.session_state import SessionState


def lighten() -> None:
    """Hand out views of a session's state, and of components what they have said, from now on."""
    SafeSessionState.filtered_state = property(_View)  # type: ignore[assignment, method-assign]
    main.make_bidi_component_presenter = _said_of  # type: ignore[assignment, attr-defined]


def _said_of(events: str, *_of_what: object) -> Callable[[object, SessionState], object]:
    """Joins what a component holds with its events, which are told under a name of their own."""

    def said(held: object, state: SessionState) -> object:
        widgets = state._new_widget_state
        if not isinstance(held, dict) or events not in widgets.widget_metadata:
            return held
        told = [each for each in widgets.get(events) or () if isinstance(each, dict)]  # from a browser
        named = {each["event"]: each.get("value") for each in told if isinstance(each.get("event"), str)}
        return named | held

    return said


class _View(Mapping[str, Any]):
    """What the dictionary would hold."""

    __slots__ = ("_state",)

    def __init__(self, state: SafeSessionState) -> None:
        self._state = state

    def __contains__(self, key: object) -> bool:
        with self._state._lock:
            return key in self._state._state

    def __getitem__(self, key: str) -> Any:
        with self._state._lock:
            return self._state._state[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole())

    def __len__(self) -> int:
        return len(self._whole())

    def __repr__(self) -> str:
        return repr(self._whole())

    def _whole(self) -> dict[str, Any]:
        with self._state._lock:
            return self._state._state.filtered_state
