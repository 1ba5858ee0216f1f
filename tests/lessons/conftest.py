"""Pages run as Streamlit runs them, without a browser."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from app.boot import session_state
from ui.parameters import PARAMETERS, Ladder, Slider
from ui.stage.payload import unpack

ROOT = Path(__file__).parent.parent.parent
# Each new AppTest looks through every installed package, which takes as long as a page does.
session_state.lighten()  # as the server does
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def open_page(slug: str, lang: str = "en", **values: Any) -> AppTest:
    """The lesson of that slug, as a link with these values opens it: one step, or else all of it.

    All of it takes as long as ten steps, and again with every run.
    """
    at = AppTest.from_file(str(ROOT / "app" / "main.py"), default_timeout=120)
    at.query_params["lang"] = lang
    if "step" not in values:
        at.query_params["view"] = "page"
    for name, value in values.items():
        at.query_params[name] = str(value)
    if slug != "home":
        at.switch_page(f"../pages/{slug}.py")
    return at.run()


def spoken(at: AppTest) -> str:
    """Everything the page says in words."""
    kinds = (
        "title",
        "header",
        "subheader",
        "markdown",
        "caption",
        "text",
        "error",
        "warning",
        "success",
        "info",
    )
    return "\n".join(str(element.value) for kind in kinds for element in at.get(kind))


def said(at: AppTest) -> str:
    """What the page says, without its line breaks."""
    return " ".join(spoken(at).split())


def everything(at: AppTest) -> str:
    return said(at) + "\n".join(str(formula.value) for formula in at.get("latex"))


def drawn(at: AppTest, key: str) -> dict[str, Any]:
    """What a stage was given to draw."""
    scenes = [unpack(stage.proto.bytes) for stage in at.get("bidi_component") if stage.proto.bytes]
    return next(scene for scene in scenes if scene["key"] == key)


class Files:
    """A browser's part in files: what it sends, and what it is given to save."""

    def __init__(self) -> None:
        self.sent: dict[str, dict[str, str]] = {}
        self.asked: set[str] = set()
        self.offered: dict[str, dict[str, Any]] = {}

    def mount(self, key: str, data: dict[str, Any], **listeners: Callable[[], None]) -> None:
        """In place of the component; a listener is heard before the page runs, as by Streamlit."""
        if data["kind"] == "offer":
            self.offered[key] = data
        for name, event in (("file", self.sent.pop(key, None)), ("wanted", self._wanted(key))):
            if event is not None:
                st.session_state[key] = {name: event}
                listeners[f"on_{name}_change"]()
                del st.session_state[key]
                st.rerun()

    def _wanted(self, key: str) -> dict[str, int] | None:
        if key not in self.asked:
            return None
        self.asked.discard(key)
        return {"number": 1}

    def upload(self, at: AppTest, key: str, name: str, content: bytes) -> AppTest:
        """A reader chooses a file."""
        self.sent[key] = {"name": name, "data": base64.b64encode(content).decode()}
        return at.run()

    def download(self, at: AppTest, key: str) -> str:
        """A reader takes a file away."""
        self.asked.add(key)
        at.run()
        content: str = self.offered[key]["content"]
        return content


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Files:
    found = Files()
    monkeypatch.setattr("ui.files.files._mount", found.mount)
    return found


def slide(at: AppTest, key: str, value: float | str) -> AppTest:
    """A reader moves a slider: to a number within its bounds, or to one of its row."""
    parameter = PARAMETERS[key]
    if isinstance(parameter, Ladder):
        assert value in parameter.options
    else:
        assert isinstance(parameter, Slider)
        assert parameter.low <= float(value) <= parameter.high
    assert f"{key}-track" in at.session_state, "the page shows it"
    at.session_state[key] = value
    return at.run()


def press(at: AppTest, label: str) -> AppTest:
    return next(button for button in at.button if button.label == label).click().run()
