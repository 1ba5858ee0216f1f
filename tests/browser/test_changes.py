"""When a slider moves, the browser hears of what follows it, and the page stays whole."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, WebSocket, expect

from tests.browser.conftest import go, settle
from tests.browser.test_scores import arrived

MOVES = 4
MOST = 4  # messages of one move: the sentence, the picture, the address and the end


@pytest.fixture
def heard(page: Page) -> list[str | bytes]:
    """What comes over the page's line."""
    messages: list[str | bytes] = []

    def keep(message: str | bytes) -> None:
        messages.append(message)

    def listen(line: WebSocket) -> None:
        line.on("framereceived", keep)

    page.on("websocket", listen)
    return messages


def test_a_move_brings_what_differs_and_the_next_step_leaves_nothing_behind(
    page: Page, app: str, heard: list[str | bytes]
) -> None:
    page.goto(f"{app}/scores?lang=en&step=temperatures")
    settle(page)
    slider, words = page.locator(".track input"), page.locator(".st-key-step .stMarkdown")
    before, stands = words.last.inner_text(), words.first.inner_text()
    slider.press("ArrowRight")  # the first run of this part of the page is told whole
    settle(page)
    for _ in range(MOVES):
        heard.clear()
        slider.press("ArrowRight")
        expect(words.last).not_to_have_text(before)
        settle(page)
        before = words.last.inner_text()
        assert 0 < len(heard) <= MOST
        assert words.first.inner_text() == stands
    go(page, "two")
    arrived(page, "two")
    expect(page.locator(".stage")).to_have_count(1)
    expect(page.get_by_text(stands)).to_have_count(0)
