"""When a slider moves, the browser hears of what follows it, and the page stays whole."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, WebSocket, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.conftest import go, settle


def deltas(messages: list[bytes]) -> int:
    return sum(ForwardMsg.FromString(each).HasField("delta") for each in messages)


def is_end(message: str | bytes) -> bool:
    return isinstance(message, bytes) and ForwardMsg.FromString(message).HasField("script_finished")


class Line:
    """What the browser is sent for a page."""

    def __init__(self, page: Page, address: str) -> None:
        lines = list[WebSocket]()
        page.on("websocket", lambda line: lines.append(line))
        page.goto(address)
        settle(page)
        self.line, self.heard = lines[-1], list[bytes]()
        self.line.on("framereceived", lambda message: self.heard.append(message))

    def deltas_of(self, slider: Locator, key: str) -> int:
        """How many elements one press of a key brings."""
        self.heard.clear()
        with self.line.expect_event("framereceived", is_end):
            slider.press(key)
        return deltas(self.heard)


def test_a_move_in_the_laboratory_brings_the_slider_and_what_follows_it(page: Page, app: str) -> None:
    line = Line(page, f"{app}/train?lang=en&step=laboratory")
    slider, film = page.get_by_role("slider", name="Step size η"), page.locator("[data-stage=train-film]")
    counts = []
    for _ in range(4):
        counts.append(line.deltas_of(slider, "ArrowLeft"))
        settle(page)
    assert counts[-1] == 3  # the slider, the film, and what the browser keeps
    expect(film).to_be_visible()
    expect(page.get_by_role("slider", name="Penalty λ")).to_be_visible()
    page.wait_for_function("() => new URL(location).searchParams.get('rate') !== null")


def test_a_move_brings_what_differs_and_the_next_step_leaves_nothing_behind(page: Page, app: str) -> None:
    line = Line(page, f"{app}/scores?lang=en&step=temperatures")
    slider, words = page.locator(".track input"), page.locator(".st-key-step .stMarkdown")
    texts = words.all_inner_texts()
    whole, *others = (line.deltas_of(slider, "ArrowRight") for _ in range(3))
    assert others == [2, 2]  # the slider and the picture
    assert whole > 2  # the first run of this part of the page is told whole
    expect(words).to_have_count(len(texts))
    go(page, "two")
    expect(page.locator(".stage")).to_have_count(1)
    expect(page.get_by_text(texts[0])).to_have_count(0)
