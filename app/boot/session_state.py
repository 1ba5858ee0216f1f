"""The state of a session, looked up and not copied whenever a field asks whether one key is in it.

Each text, number and radio field of Streamlit makes a dictionary of the whole state to look up its own key,
with a new class for each component in it: a fifth of the time that a page of ours takes.
`tests/app/test_session_state.py` notices a release that no longer does so, or wants more of the dictionary.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from streamlit.runtime.state.safe_session_state import SafeSessionState


def lighten() -> None:
    """Hand out views of a session's state from now on."""
    SafeSessionState.filtered_state = property(_View)  # type: ignore[assignment, method-assign]


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
