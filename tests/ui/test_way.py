"""The bar tells the browser of its stops, and what the browser asks for is checked."""

from __future__ import annotations

import sys
from typing import Any

import pytest
import streamlit as st

from ui.text import language
from ui.way import Stop, resume, way

module = sys.modules["ui.way.way"]  # whose name in its package is that of the function
STOPS = (
    Stop("begin", "Where it begins"),
    Stop("more", "More (of it)", is_deeper=True, predictions=("more-key",)),
    Stop("end", "The end"),
)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What was mounted last."""
    found: dict[str, Any] = {}
    monkeypatch.setattr(module, "_mount", lambda **values: found.update(values))
    monkeypatch.setattr(st, "session_state", {})
    return found


def go(_step: str) -> None:
    pytest.fail("went")


def test_each_stop_has_its_number_and_a_label_in_words(sent: dict[str, Any]) -> None:
    way(language("en"), "toy", STOPS, "end", go, ("next", "The next one"))
    data = sent["data"]
    assert [stop["label"] for stop in data["stops"]] == [
        "Step 1 of 2: Where it begins",
        "Go deeper: More (of it)",
        "Step 2 of 2: The end",
    ]
    assert [stop["number"] for stop in data["stops"]] == [1, 1, 2]
    assert data["stops"][1]["predictions"] == ["more-key"]
    assert (data["at"], data["count"], data["heard"]) == ("end", 2, 0)
    assert data["onward"] == {"href": "next?lang=en", "label": "Next lesson: The next one"}


def test_it_speaks_korean_and_so_does_the_next_lesson(sent: dict[str, Any]) -> None:
    way(language("ko"), "toy", STOPS, "begin", go, ("next", "다음 것"))
    assert sent["data"]["stops"][2]["label"] == "2단계 중 2단계: The end"
    assert sent["data"]["onward"] == {"href": "next?lang=ko", "label": "다음 단원: 다음 것"}


def test_after_the_last_lesson_comes_none(sent: dict[str, Any]) -> None:
    way(language("en"), "toy", STOPS, "begin", go, None)
    assert sent["data"]["onward"] is None


def test_a_step_that_is_asked_for_is_gone_to_and_the_request_is_known_as_heard(sent: dict[str, Any]) -> None:
    gone: list[str] = []
    way(language("en"), "toy", STOPS, "begin", gone.append, None)
    st.session_state["way-toy"] = {"go": {"step": "more", "number": 1_700_000_000_000}}
    sent["on_go_change"]()
    way(language("en"), "toy", STOPS, "more", gone.append, None)
    assert gone == ["more"]
    assert sent["data"]["heard"] == 1_700_000_000_000


@pytest.mark.parametrize(
    "message",
    [
        None, "end", 3, [], {}, {"step": "end"}, {"number": 1}, {"step": "elsewhere", "number": 1},
        {"step": ["end"], "number": 1}, {"step": "end", "number": True}, {"step": "end", "number": "1"},
        {"step": "end", "number": 1.5}, {"step": "end", "number": -1}, {"step": "end", "number": 10**400},
        {"step": "END", "number": 1}, {"step": "end\n", "number": 1},
    ],
)  # fmt: skip
def test_nothing_else_that_a_browser_sends_moves_the_reader(sent: dict[str, Any], message: object) -> None:
    way(language("en"), "toy", STOPS, "begin", go, None)
    st.session_state["way-toy"] = {"go": message}
    sent["on_go_change"]()
    assert list(st.session_state) == ["way-toy"]


def test_the_home_page_names_every_lesson_and_leaves_the_step_to_the_browser(sent: dict[str, Any]) -> None:
    resume(language("en"), {"toy": ("toy", "Toys {0}"), "start": ("", "Start")})
    assert sent["data"]["lessons"] == {
        "toy": {"href": "toy?lang=en", "label": "Continue: Toys {0}, step {number}"},
        "start": {"href": "./?lang=en", "label": "Continue: Start, step {number}"},
    }
