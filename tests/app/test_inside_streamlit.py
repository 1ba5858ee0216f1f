"""What the app relies on inside the installed Streamlit, read in its files: docs/internals.md says why."""

from __future__ import annotations

import inspect
import re
from functools import cache
from pathlib import Path
from unittest.mock import Mock

import pytest
import streamlit
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import runtime
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.state.session_state import SessionState
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from app.boot import first_page, pace, slow_clients, words
from tests.internals import KATEX_CLASSES, TEST_IDS, THEME_COLOURS

STATIC = Path(streamlit.__file__).parent / "static"


@cache
def scripts() -> str:
    """All of Streamlit's scripts, as one text."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("static/js/*.js")))


def quotes(words: str) -> bool:
    """Whether this is a string in one of the scripts."""
    return any(f"{mark}{words}{mark}" in scripts() for mark in "`'\"")


@pytest.mark.parametrize("name", sorted(TEST_IDS))
def test_a_part_of_the_page_still_has_its_test_id(name: str) -> None:
    assert quotes(name)


@pytest.mark.parametrize("name", sorted(KATEX_CLASSES))
def test_formulas_still_have_their_classes(name: str) -> None:
    assert name in scripts()


@pytest.mark.parametrize("name", sorted(THEME_COLOURS))
def test_the_theme_still_has_what_our_styles_name(name: str) -> None:
    first, *others = name.removeprefix("--st-").split("-")
    assert first + "".join(map(str.title, others)) in scripts()


@pytest.mark.parametrize("said", words.WORDS)
def test_streamlit_still_says_what_is_translated(said: str) -> None:
    """What is pressed “to apply” is put together from the key and what it does."""
    for part in re.split("…|Press (?:Ctrl|⌘)|apply", said):
        assert part in scripts(), part


def test_streamlit_still_hears_where_its_server_is() -> None:
    script = (Path(first_page.__file__).parent / "connect.js").read_text(encoding="utf-8")
    for name in ("__streamlit", "BACKEND_BASE_URL", "HOST_CONFIG", "allowedOrigins", "useExternalAuthToken"):
        assert name in script
        assert name in scripts()


def test_addresses_are_still_pushed_by_the_two_that_we_know() -> None:
    assert scripts().count("history.pushState(") == 2
    for name in ("handlePageInfoChanged", "maybeUpdatePageUrl"):
        assert f"this.{name}=" in scripts()


def test_messages_still_come_through_a_websocket_as_bytes_that_name_the_component() -> None:
    assert "new WebSocket(" in scripts()
    assert re.search(r"binaryType=[`'\"]arraybuffer", scripts())
    message = ForwardMsg()
    message.delta.new_element.bidi_component.component_name = "softmax_lab_stage"
    assert b"softmax_lab_stage" in message.SerializeToString()


def test_columns_still_stand_below_each_other_on_the_same_windows() -> None:
    assert re.search(r"columns:[`'\"]640px", scripts())
    assert re.search(r"md:[`'\"]768px", scripts())


def test_the_first_page_has_what_is_changed_in_it() -> None:
    page = first_page.html("ko", "A title", "A summary")
    assert page.count('<html lang="ko">') == page.count("<title>A title</title>") == 1
    assert page.count("<head>") == page.count("<body>") == 1
    assert "SourceSans" not in page
    assert page.index("__streamlit") < page.index('<script type="module"')
    assert "<body>A notice" in first_page.with_notice(page, "A notice", "?lang=ko")
    page = first_page.with_ways_out(page, "No scripts", "No line")
    assert page.count("<noscript>No scripts</noscript>") == page.count("<noscript>") == 1
    assert page.count(">No line</template>") == 1


def test_what_is_announced_is_there() -> None:
    names = [name for name in first_page._NEEDED_SOON for found in first_page._SOON if found.startswith(name)]
    assert names == list(first_page._NEEDED_SOON)
    assert len(first_page._FONTS) == 2


def test_a_script_still_ends_where_it_writes_to_its_session() -> None:
    ends = Mock()
    state = SafeSessionState(SessionState(), ends)
    state["key"] = 1
    ends.assert_called()


def test_a_components_events_still_have_their_key() -> None:
    assert _make_trigger_id("stage", "events") == "$$STREAMLIT_INTERNAL_KEY_stage__events"


def test_uvicorn_speaks_a_protocol_that_is_watched() -> None:
    assert AutoHTTPProtocol.__name__ in slow_clients._PROTOCOLS.values()


def test_the_loop_still_sleeps_by_the_name_that_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "MESSAGE_FLUSH_INTERVAL_SECS", 1.0)
    pace.quicken()
    assert runtime.MESSAGE_FLUSH_INTERVAL_SECS == pace.PAUSE
    source = inspect.getsource(runtime.Runtime._loop_coroutine)
    assert source.count("asyncio.sleep(MESSAGE_FLUSH_INTERVAL_SECS)") == 1
