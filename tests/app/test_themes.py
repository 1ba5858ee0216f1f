"""The theme's options are looked through once, and Streamlit asks for them nowhere else."""

from __future__ import annotations

import inspect

import pytest
from streamlit import config
from streamlit.runtime import app_session

from app.boot import themes


def test_streamlit_reads_the_theme_by_the_function_that_is_remembered() -> None:
    source = inspect.getsource(app_session._populate_theme_msg)
    assert "config.get_options_for_section(section)" in source


def test_what_is_remembered_is_what_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read = config.get_options_for_section
    monkeypatch.setattr(config, "get_options_for_section", read)
    themes.remember()
    for section in ("theme", "theme.light", "theme.dark", "theme.sidebar"):
        assert config.get_options_for_section(section) == read(section)
    assert config.get_options_for_section("theme") is config.get_options_for_section("theme")
