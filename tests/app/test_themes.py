"""What a browser is told of theme and settings is what Streamlit would tell it, and is written once."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import pytest
from streamlit.proto.NewSession_pb2 import NewSession
from streamlit.runtime import app_session

from app.boot import themes

SECTIONS = ("light", "dark", "sidebar", "light.sidebar", "dark.sidebar")


def told() -> NewSession:
    """What Streamlit says of both, part by part, in the order in which it does."""
    message = NewSession()
    app_session._populate_config_msg(message.config)
    app_session._populate_theme_msg(message.custom_theme)
    for section in SECTIONS:
        part = message.custom_theme
        for name in section.split("."):
            part = getattr(part, name)
        app_session._populate_theme_msg(part, f"theme.{section}")
    return message


@pytest.fixture
def plain() -> Iterator[NewSession]:
    """What is told without our help, in a process in which nothing is remembered yet."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("_populate_theme_msg", "_populate_config_msg"):
            write = getattr(app_session, name)
            patch.setattr(app_session, name, inspect.getclosurevars(write).nonlocals.get("write", write))
        yield told()


def test_what_is_remembered_is_what_is_told_again_and_again(plain: NewSession) -> None:
    assert plain.custom_theme.light.ByteSize() or plain.custom_theme.ByteSize()
    themes.remember()
    assert told() == plain
    assert told() == plain
    assert told().SerializeToString(deterministic=True) == plain.SerializeToString(deterministic=True)


def test_who_is_given_a_copy_may_change_it(plain: NewSession) -> None:
    themes.remember()
    told().custom_theme.primary_color = "#123456"
    assert told() == plain


def test_streamlit_writes_both_by_the_functions_that_are_remembered() -> None:
    source = inspect.getsource(app_session.AppSession._create_new_session_message)
    assert source.count("_populate_theme_msg(") == 1 + len(SECTIONS)
    assert "_populate_config_msg(msg.new_session.config)" in source
