"""What a browser says of a widget is heard only if it is of that widget's kind.

Streamlit takes it as it comes: where a slider says a text, or a component what is no JSON, the script's
thread ends in the middle of its bookkeeping, and the page waits for ever. There is no setting for it, so the
one place where such a message is read is watched from outside; `tests/app/test_widget_states.py` notices a
release that has changed it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from streamlit.runtime.state.common import WidgetMetadata, unpack_widget_state_value
from streamlit.runtime.state.session_state import Serialized, Value, WStates


def watch_all() -> None:
    """Have everything checked that is read from now on."""
    if not hasattr(WStates.__getitem__, "is_watched"):
        WStates.__getitem__ = _watched(WStates.__getitem__)  # type: ignore[method-assign]


def _watched(read: Callable[[WStates, str], Any]) -> Callable[[WStates, str], Any]:
    def get(states: WStates, widget: str) -> Any:
        said, metadata = states.states.get(widget), states.widget_metadata.get(widget)
        if isinstance(said, Serialized) and metadata is not None and not _is_sense(said, metadata):
            states.states[widget] = Value(metadata.deserializer(None))
        return read(states, widget)

    get.is_watched = True  # type: ignore[attr-defined]
    return get


def _is_sense(said: Serialized, metadata: WidgetMetadata[Any]) -> bool:
    """Whether a message is of its widget's kind and can be read; to say nothing is to clear the widget."""
    kind = said.value.WhichOneof("value")
    if kind != metadata.value_type:
        return False
    try:
        value = unpack_widget_state_value(said.value)
        if kind == "json_trigger_value":
            json.loads(value)
        elif kind == "json_value" and not isinstance(value, dict):  # our components say objects
            return False
        metadata.deserializer(value)
    except Exception:  # whatever a widget's own reader trips over
        return False
    return True
