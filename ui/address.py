"""What a reader has set, in the address: read when a link is opened, written when a control is let go.

The session holds the value of every setting under its key, whether its control is on the screen or not; the
address holds those of the lesson that differ from their defaults. So a link carries all steps of a lesson,
and nothing is lost on the way to another one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ui.parameters import PARAMETERS, Name

_KEYS = "settings-of-the-page"
_FOUND = "names-in-the-address"
Written = str | list[str]


def is_going_back() -> bool:
    """Whether this run shows what the browser's history has kept: then the address alone counts."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def adopt(keys: Collection[str], lang: str) -> None:
    """Take these settings from the address: those that the session does not know, or all on the way back.

    Then the address holds them as they are, with the language, and the settings of no other lesson.
    """
    afresh = is_going_back()
    st.session_state[_KEYS] = tuple(keys)
    for key in keys:
        if afresh or key not in st.session_state:
            st.session_state[key] = asked(key)
            if isinstance(PARAMETERS[key], Name):
                st.session_state[f"{key}-asked"] = st.session_state[key]
    old = {name for key in keys for name in _old_names(key)}
    st.session_state[_FOUND] = tuple(query())
    kept = {key: values for key, values in query().items() if key not in PARAMETERS and key not in old}
    _replace(kept | {"lang": lang} | _written(keys))


def asked(key: str) -> Any:
    """What the address gives a setting, or else its default."""
    parameter = PARAMETERS[key]
    given = parameter.read(st.query_params.get_all(key) or _of_old(key))
    return parameter.default if given is None else given


def named() -> Collection[str]:
    """The names of all that the address held when this run began, also those of old."""
    return tuple(st.session_state.get(_FOUND, ()))


def _of_old(key: str) -> Sequence[str]:
    """What the address says under a name that the setting had once."""
    return next((st.query_params.get_all(name) for name in _old_names(key)), [])


def _old_names(key: str) -> Sequence[str]:
    """Those of a setting's former names under which the address gives a value that it accepts."""
    names = getattr(PARAMETERS[key], "was", ())
    given = {name: st.query_params.get_all(name) for name in names}
    return [name for name, values in given.items() if values and PARAMETERS[key].accepts(values[-1])]


def write() -> None:
    """Let the address follow what has been set.

    All of the page's settings: a message of the browser may hold an address from before its last answer.
    """
    keys = st.session_state.get(_KEYS, ())
    kept = {key: values for key, values in query().items() if key not in keys}
    _replace(kept | _written(keys))


def put(key: str, value: str | None) -> None:
    """Put into the address what is no setting, such as the place in a lesson; None takes it out."""
    kept = {other: values for other, values in query().items() if other != key}
    _replace(kept | ({} if value is None else {key: value}))


def _written(keys: Collection[str]) -> dict[str, Written]:
    """Those that differ from their defaults, in the order in which the lesson names them."""
    state, found = st.session_state, {}
    for key in keys:
        is_usual = key not in state or state[key] == state.get(usual(key), PARAMETERS[key].default)
        if not is_usual and (text := PARAMETERS[key].written(state[key])) is not None:
            found[key] = text
    return found


def usual(key: str) -> str:
    """Where the session has the value that a setting has by itself, if its page alone knows that."""
    return f"{key}-usual"


def query() -> dict[str, Sequence[str]]:
    """The address of this run, with every value of every key."""
    return {key: st.query_params.get_all(key) for key in st.query_params}


def _replace(by: Mapping[str, Sequence[str] | str]) -> None:
    """Set the address at once: each change by itself would be a message, and an entry in the history."""
    wanted = {key: [values] if isinstance(values, str) else list(values) for key, values in by.items()}
    if wanted != query():
        st.query_params.from_dict(
            {key: values[0] if len(values) == 1 else values for key, values in wanted.items()}
        )
