"""A message that is not of its widget's kind is not heard, and does no harm."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.state.common import WidgetMetadata
from streamlit.runtime.state.session_state import WStates

from app.boot import widget_states


def read(said: WidgetState, kind: Any) -> object:
    """What a number of at most 3 hears, which is 1 where nothing is said."""
    states = WStates()
    states.set_widget_from_proto(said)

    def deserialise(value: Any) -> float:
        return 1.0 if value is None else min(float(value if kind != "json_value" else value["x"]), 3.0)

    states.set_widget_metadata(WidgetMetadata("slider", deserialise, lambda value: value, kind))
    heard = states["slider"]
    assert states.get_serialized("slider") is not None
    assert states.widget_metadata["slider"].value_type == kind
    return heard


@pytest.fixture(autouse=True)
def watched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WStates, "__getitem__", WStates.__getitem__)
    widget_states.watch_all()


def test_what_is_of_the_kind_is_heard() -> None:
    assert read(WidgetState(id="slider", double_value=2.0), "double_value") == 2.0
    assert read(WidgetState(id="slider", json_value='{"x": 2.0}'), "json_value") == 2.0
    assert read(WidgetState(id="slider"), "double_value") == 1.0


@pytest.mark.parametrize(
    "said",
    [
        WidgetState(id="slider", string_value="two"),
        WidgetState(id="slider", int_value=2),
        WidgetState(id="slider", bool_value=True),
        WidgetState(id="slider", json_value="2"),
    ],
)
def test_another_kind_is_not(said: WidgetState) -> None:
    assert read(said, "double_value") == 1.0


@pytest.mark.parametrize("text", ["", "{", "[" * 50_000, "1" * 5000, "{}", "2", "null", '{"x": []}'])
def test_what_cannot_be_read_is_not(text: str) -> None:
    assert read(WidgetState(id="slider", json_value=text), "json_value") == 1.0


def test_streamlit_still_trips_over_it_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(widget_states, "_is_sense", lambda *_: True)
    with pytest.raises(ValueError, match="could not convert"):
        read(WidgetState(id="slider", string_value="two"), "double_value")
