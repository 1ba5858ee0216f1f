"""What is done in two parts of a page in the same moment is done in both."""

from __future__ import annotations

import inspect
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.state.common import WidgetMetadata
from streamlit.runtime.state.session_state import SessionState

from app.boot import joint_messages
from tests.app.test_inside_streamlit import scripts

WHERE = {"slider": "film", "inner": "part of the film", "bar": None, "language": None, "other": "another"}
PRESS = '[{"event": "go", "value": 1}]'


class Session:
    """As much of a session as is asked: whose widgets stand where, and what is passed on."""

    def __init__(self) -> None:
        self.session_state = SessionState()
        for widget, fragment in WHERE.items():
            self.session_state._set_widget_metadata(
                WidgetMetadata(
                    widget, lambda value: value, lambda value: value, "int_value", fragment_id=fragment
                )
            )
        self._fragment_storage = SimpleNamespace(
            has_ancestor_in=lambda inner, outer: inner == "part of the film" and "film" in outer
        )
        self.heard: list[Any] = []

    def say(self, fragment: str, *presses: str, **values: int) -> Any:
        asked = ClientState(fragment_id=fragment)
        asked.widget_states.widgets.extend(
            [WidgetState(id=widget, int_value=value) for widget, value in values.items()]
            + [WidgetState(id=widget, json_trigger_value=PRESS) for widget in presses]
        )
        request: Any = joint_messages._divided(lambda session, asked: session.heard.append(asked.fragment_id))
        request(self, asked)
        return self.heard[-1]


@pytest.fixture
def session() -> Session:
    return Session()


def test_what_happens_in_a_fragment_alone_draws_it_alone(session: Session) -> None:
    assert session.say("film", slider=1, language=0) == "film"
    assert session.say("film", "slider", language=0) == "film"
    assert session.say("film", "inner", slider=2, language=0) == "film"


@pytest.mark.parametrize("press", ["bar", "other"])
def test_a_press_elsewhere_draws_the_page(session: Session, press: str) -> None:
    assert session.say("film", "slider", press) == ""
    assert session.say("film", "slider") == "film"
    assert session.say("film", press) == ""


def test_a_choice_made_elsewhere_draws_the_page_once(session: Session) -> None:
    session.say("", language=0)
    assert session.say("film", "slider", language=1) == ""
    assert session.say("film", "slider", language=1) == "film"


def test_what_a_widget_began_with_is_no_change(session: Session) -> None:
    assert session.say("film", "slider", language=0) == "film"


def test_a_widget_that_nobody_knows_changes_nothing(session: Session) -> None:
    assert session.say("film", "a widget that has left the page") == "film"


def test_that_there_is_no_message_is_passed_on(session: Session) -> None:
    request: Any = joint_messages._divided(lambda session, asked: session.heard.append(asked))
    request(session, None)
    assert session.heard == [None]


def test_it_is_watched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AppSession, "request_rerun", lambda _session, _asked: None)
    joint_messages.divide()
    once = AppSession.request_rerun
    joint_messages.divide()
    assert AppSession.request_rerun is once


def test_streamlit_still_asks_for_runs_there_and_its_browser_still_names_one_fragment() -> None:
    assert "self.request_rerun(client_state)" in inspect.getsource(AppSession._handle_rerun_script_request)
    assert "this.scheduledFragmentId??=" in scripts()
