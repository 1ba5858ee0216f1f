"""When a slider moves, the browser hears of what follows it, and the page stays whole."""

from __future__ import annotations

from playwright.sync_api import Page, WebSocket, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.conftest import go, settle


def deltas(messages: list[bytes]) -> int:
    return sum(ForwardMsg.FromString(each).HasField("delta") for each in messages)


def is_end(message: str | bytes) -> bool:
    return isinstance(message, bytes) and ForwardMsg.FromString(message).HasField("script_finished")


def test_a_move_in_the_laboratory_brings_the_slider_and_what_follows_it(page: Page, app: str) -> None:
    lines: list[WebSocket] = []
    page.on("websocket", lambda line: lines.append(line))
    page.goto(f"{app}/train?lang=en&step=laboratory")
    settle(page)
    heard: list[bytes] = []
    lines[-1].on("framereceived", lambda message: heard.append(message))
    slider, film = page.get_by_role("slider", name="Step size η"), page.locator("[data-stage=train-film]")
    counts = []
    for _ in range(4):
        heard.clear()
        with lines[-1].expect_event("framereceived", is_end):
            slider.press("ArrowLeft")
        counts.append(deltas(heard))
        settle(page)
    assert counts[-1] == 3  # the slider, the film, and what the browser keeps
    expect(film).to_be_visible()
    expect(page.get_by_role("slider", name="Penalty λ")).to_be_visible()
    page.wait_for_function("() => new URL(location).searchParams.get('rate') !== null")


def test_a_move_brings_what_differs_and_the_next_step_leaves_nothing_behind(page: Page, app: str) -> None:
    lines: list[WebSocket] = []
    page.on("websocket", lambda line: lines.append(line))
    page.goto(f"{app}/scores?lang=en&step=temperatures")
    settle(page)
    heard: list[bytes] = []
    lines[-1].on("framereceived", lambda message: heard.append(message))
    slider, words = page.locator(".track input"), page.locator(".st-key-step .stMarkdown")
    texts, counts = words.all_inner_texts(), list[int]()
    for _ in range(3):
        heard.clear()
        with lines[-1].expect_event("framereceived", is_end):
            slider.press("ArrowRight")
        counts.append(deltas(heard))
    whole, *others = counts  # the first run of this part of the page is told whole
    assert others == [2, 2]  # the slider and the picture
    assert whole > 2
    expect(words).to_have_count(len(texts))
    go(page, "two")
    expect(page.locator(".stage")).to_have_count(1)
    expect(page.get_by_text(texts[0])).to_have_count(0)
