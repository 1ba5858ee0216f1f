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
        "losses?step=pull&pulls=12",
        "losses?step=weights&weights=2D",
        "losses?step=trade-off",
        "information?step=calibration",
    ],
)
def test_a_picture_that_follows_a_slider_is_the_one_that_is_drawn_at_once(
    page: Page, app: str, address: str
) -> None:
    page.goto(f"{app}/{address}&lang=en")
    settle(page)
    for asked in page.get_by_role("button", name="Show me", exact=True).all():
        asked.click()
    mover = page.locator(".st-key-step .track input, .stage-handle").first
    expect(mover).to_be_visible()
    settle(page)
    page.evaluate(MARKED)
    before = page.evaluate(LOOK, {"again": False})
    stage = page.locator(".stage").first
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft"):
        drawn = stage.get_attribute("data-frames")
        mover.press(key)
        expect(stage).not_to_have_attribute("data-frames", str(drawn))
        settle(page)
    assert page.evaluate(MARK) == "kept", "the axes stay as they are"
    followed = page.evaluate(LOOK, {"again": False})
    assert followed != before
    assert followed == page.evaluate(LOOK, {"again": True})


SOLIDS = """async ({ again }) => {
    const plot = document.querySelector(".stage-plot");
    if (again) await window.Plotly.redraw(plot);
    return ["scene", "scene2"].map((name) =>
        plot._fullLayout[name]._scene.glplot.objects.map(({ bounds, pointCount, vertexCount }) =>
            [bounds.map((ends) => [...ends]), pointCount, vertexCount]));
}"""
WATCHED = """() => {
    const plot = document.querySelector(".stage-plot");
    const { gl } = plot._fullLayout.scene._scene.glplot;
    const own = Object.getPrototypeOf(gl);
    const { readPixels } = own;
    Object.assign(window, { reads: 0, waited: [] });
    own.readPixels = function (...all) {
        window.reads += 1;
        return readPixels.apply(this, all);
    };
    new MutationObserver(() => {
        window.waited.push(gl.readPixels !== own.readPixels);
        window.reads = 0;
    }).observe(plot.closest(".stage"), { attributes: true, attributeFilter: ["data-frames"] });
}"""


@pytest.mark.parametrize("step", ["surfaces", "landscapes"])
def test_surfaces_that_follow_a_slider_are_those_that_are_drawn_at_once(
    page: Page, app: str, step: str
) -> None:
    page.goto(f"{app}/losses?step={step}&lang=en")
    settle(page)
    before = page.evaluate(SOLIDS, {"again": False})
    stage = page.locator(".stage").first
    for key in ("ArrowRight", "End", "ArrowLeft"):
        drawn = stage.get_attribute("data-frames")
        page.locator(".st-key-step .track input").first.press(key)
        expect(stage).not_to_have_attribute("data-frames", str(drawn))
        settle(page)
    followed = page.evaluate(SOLIDS, {"again": False})
    assert followed != before
    assert followed == page.evaluate(SOLIDS, {"again": True})


def test_what_a_pointer_asks_of_surfaces_is_read_once_they_rest(page: Page, app: str) -> None:
    page.goto(f"{app}/losses?step=surfaces&lang=en")
    settle(page)
    page.evaluate(WATCHED)
    page.locator(".st-key-step .track input").first.press("ArrowRight")
    page.wait_for_function("() => window.waited.length > 0")
    assert page.evaluate("window.waited[0]"), "nothing is read back while it moves"
    page.wait_for_function("() => window.reads > 0")
