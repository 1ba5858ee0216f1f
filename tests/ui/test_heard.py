"""A component's last word, also where the component has gone."""

from __future__ import annotations

import pytest
import streamlit as st

from ui.heard import last_heard


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    values: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", values)
    return values


def test_a_word_is_heard_and_one_that_was_never_said_is_none(session: dict[str, object]) -> None:
    session["film"] = {"need": {"start": 3}}
    assert last_heard("film", "need") == {"start": 3}
    assert last_heard("film", "rest") is None


@pytest.mark.parametrize("left", [{}, {"film": None}, {"film": {}}])
def test_a_component_that_left_says_nothing(session: dict[str, object], left: dict[str, object]) -> None:
    session.update(left)
    assert last_heard("film", "need") is None
