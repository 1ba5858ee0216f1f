"""Of a picture that changes, what differs is drawn, and it looks as if all of it had been drawn anew."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import settle

LOOK = """async ({ again }) => {
    const plot = document.querySelector(".stage-plot");
    if (again) await window.Plotly.redraw(plot);
    const seen = ["class", "d", "x", "y", "width", "height", "transform", "style"];
    return [...plot.querySelectorAll(".main-svg :is(path, text, rect, tspan)")].map((node) =>
        [node.tagName, node.textContent, ...seen.map((name) => node.getAttribute(name))].join(" | ")).sort();
}"""
MARKED = "() => { document.querySelector('.xtick').mark = 'kept'; }"
MARK = "() => document.querySelector('.xtick').mark"


@pytest.mark.parametrize(
    "address",
    [
        "scores?step=softmax&scores=1,2,3&focus=A",
        "scores?step=two&ahead=2",
        "scores?step=temperatures",
        "stability?step=subtract",
        "losses?step=interact",
        "information?step=calibration",
    ],
)
def test_a_picture_that_follows_a_slider_is_the_one_that_is_drawn_at_once(
    page: Page, app: str, address: str
) -> None:
    page.goto(f"{app}/{address}&lang=en")
    settle(page)
    page.evaluate(MARKED)
    before = page.evaluate(LOOK, {"again": False})
    stage = page.locator(".stage").first
    mover = page.locator(".st-key-step .track input, .stage-handle").first
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft"):
        drawn = stage.get_attribute("data-frames")
        mover.press(key)
        expect(stage).not_to_have_attribute("data-frames", str(drawn))
        settle(page)
    assert page.evaluate(MARK) == "kept", "the axes stay as they are"
    followed = page.evaluate(LOOK, {"again": False})
    assert followed != before
    assert followed == page.evaluate(LOOK, {"again": True})
