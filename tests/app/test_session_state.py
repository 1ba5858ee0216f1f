"""A view of a session's state is what the dictionary was, and Streamlit's fields ask nothing else of it."""

from __future__ import annotations

import inspect
import re

import pytest
from streamlit.components.v2 import presentation
from streamlit.components.v2.bidi_component import main, serialization
from streamlit.elements.widgets import number_input, radio, slider, text_widgets
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.state.common import WidgetMetadata
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.state.session_state import SessionState

from app.boot import session_state
from tests.lessons.conftest import open_page


@pytest.mark.parametrize("module", [number_input, radio, slider, text_widgets])
def test_a_field_looks_up_its_own_key_and_nothing_else(module: object) -> None:
    source = inspect.getsource(module)  # type: ignore[arg-type]
    assert "session_state = get_session_state().filtered_state" in source
    uses = re.findall(r"(?:in )?(?<![\w.])session_state(?:\[key\])?", source.replace("\n", " "))
    assert {"in session_state", "session_state[key]"} <= set(uses)
    assert not re.search(r"(?<![\w.])session_state\.(?!filtered_state)\w+\(", source)


def test_a_view_holds_what_the_dictionary_held() -> None:
    at = open_page("scores", scores="1,2,3", focus="dog")
    whole = at._session_state._state.filtered_state
    assert "scores" in whole
    session_state.lighten()
    view = at._session_state.filtered_state
    assert isinstance(view, session_state._View)
    assert dict(view) == whole
    assert len(view) == len(whole)
    assert repr(view) == repr(whole)
    assert all(key in view and view[key] == value for key, value in whole.items())
    assert "no such key" not in view
    with pytest.raises(KeyError):
        view["no such key"]


def test_a_page_is_drawn_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    session_state.lighten()
    light = open_page("information", p="0.5,0.5", q="0.9,0.1")
    monkeypatch.setattr(
        SafeSessionState, "filtered_state", property(lambda state: state._state.filtered_state)
    )
    heavy = open_page("information", p="0.5,0.5", q="0.9,0.1")
    assert [each.value for each in light.markdown] == [each.value for each in heavy.markdown]
    assert [each.value for each in light.text_input] == [each.value for each in heavy.text_input]


def test_streamlit_still_makes_a_class_for_each_look_at_what_a_component_has_said() -> None:
    assert "class _WriteThrough(" in inspect.getsource(presentation.make_bidi_component_presenter)
    assert "make_bidi_component_presenter(\n" in inspect.getsource(main)


@pytest.mark.parametrize("held", [{}, {"value": 3}, {"move": "kept"}, None, "no dictionary"])
@pytest.mark.parametrize(
    "told",
    [
        None,
        "[]",
        '[{"event": "move", "value": [1, 2]}]',
        '[{"event": "move", "value": 1}, {"event": "rest"}, {"event": "move", "value": 2}]',
        '{"event": "move", "value": 1}',
        '[7, "move", {"event": 3, "value": 1}, {"value": 1}]',
    ],
)
def test_what_a_component_has_said_is_told_as_streamlit_tells_it(told: str | None, held: object) -> None:
    state = SessionState()
    state._set_widget_metadata(
        WidgetMetadata(
            id="events",
            deserializer=serialization.deserialize_trigger_list,
            serializer=str,
            value_type="json_trigger_value",
        )
    )
    if told is not None:
        state._new_widget_state.set_widget_from_proto(WidgetState(id="events", json_trigger_value=told))
    theirs = presentation.make_bidi_component_presenter("events", "component", {"move"})(held, state)
    ours = session_state._said_of("events", "component", {"move"})(held, state)
    assert ours == theirs
    assert session_state._said_of("other", "component")(held, state) == held
