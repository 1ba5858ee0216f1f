"""How many pictures a second a reader sees while a slider is dragged, on every step of every lesson.

    python -m benchmarks.dragging [lesson ...]     # exit status 1 if a promise is broken

In headless Chromium without a graphics card, on the machine that serves, otherwise idle.
A picture is one that the stage has drawn; each comes from a run of the step on the server. Promised: 20 a
second, 10 of a surface, or one for each position that the pointer passes, where those are fewer; and the
last position always arrives.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from typing import NamedTuple

from playwright.sync_api import Locator, Page, sync_playwright

from benchmarks.browser import quiet_browser
from benchmarks.servers import app_server
from lessons import LESSONS
from ui.lesson import Lesson

SECONDS, PACE, REACH = 3.0, 0.016, 0.95  # to and fro, over this part of the slider
ON_THEIR_WAY = 2  # positions when the clock stops: one is drawn, the next one computed
PROMISED, OF_SURFACES = 20.0, 10.0
READY = """() => document.querySelector('[data-testid=stApp][data-test-script-state=notRunning]')
  && [...document.querySelectorAll('.stage')].every((stage) => Number(stage.dataset.frames) > 0)"""
DRAWN = """() => [...document.querySelectorAll('.stage')].map((stage) => {
  const plot = stage.querySelector('.stage-plot');
  const isSurface = plot?._fullLayout?.scene || plot?._fullData?.some(({ type }) => type === 'contour');
  return [Number(stage.dataset.frames), Boolean(isSurface)];
})"""
POSITIONS = "({ min, max, step }) => (max - min) / step"
STEPS = "all => all.map((link) => link.dataset.step)"


def settled(page: Page) -> None:
    page.wait_for_timeout(300)
    page.wait_for_function(READY)
    page.wait_for_timeout(300)


def steps(page: Page) -> Iterator[str]:
    """Each step of the lesson, opened and with its answers shown."""
    for step in page.locator(".way-steps a[data-step]").evaluate_all(STEPS):
        page.locator(f".way-steps a[data-step={step}]").evaluate("link => link.click()")
        settled(page)
        while (asks := page.get_by_role("button", name="Show me", exact=True)).count():
            asks.first.evaluate("button => button.click()")
            settled(page)
        yield step


class Drag(NamedTuple):
    """What the stage that follows most has drawn."""

    pictures: float  # a second
    due: float  # by the positions that the pointer passes
    is_surface: bool
    arrived: bool  # the last position


def dragged(page: Page, slider: Locator) -> Drag:
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box is not None
    y, low, width = box["y"] + box["height"] / 2, box["x"] + 8, box["width"] - 16
    page.mouse.move(low, y)
    page.mouse.down()
    settled(page)
    before, began = page.evaluate(DRAWN), time.perf_counter()
    while (passed := time.perf_counter() - began) < SECONDS:
        part = abs(2 * (passed / SECONDS) - 1)
        page.mouse.move(low + (1 - part) * width * REACH, y)
        time.sleep(PACE)
    after = page.evaluate(DRAWN)
    passed = time.perf_counter() - began
    page.mouse.move(low + width / 3, y)
    page.mouse.up()
    settled(page)
    counts = [(new - old, is_surface) for (new, is_surface), (old, _) in zip(after, before, strict=False)]
    most, is_surface = max(counts, default=(0, False))
    due = (2 * REACH * slider.evaluate(POSITIONS) - ON_THEIR_WAY) / passed
    return Drag(most / passed, due, is_surface, page.evaluate(DRAWN) != after)


def measure(page: Page, address: str, lesson: Lesson) -> bool:
    page.goto(f"{address}/{lesson.path}?lang=en")
    settled(page)
    kept = True
    for step in steps(page):
        sliders = page.locator(".st-key-step .track input:visible:enabled")
        for place in range(sliders.count()):
            slider = sliders.nth(place)
            drag = dragged(page, slider)
            if not drag.pictures:  # it moves none
                continue
            goal = min(OF_SURFACES if drag.is_surface else PROMISED, drag.due)
            is_kept = drag.pictures >= goal and drag.arrived
            verdict = "" if is_kept else f"  (goal {goal:.1f}; the last position arrived: {drag.arrived})"
            kept = kept and is_kept
            name = slider.get_attribute("aria-label")
            print(f"{lesson.path:12} {step:14} {drag.pictures:5.1f} pictures/s  {name}{verdict}", flush=True)
    return kept


def main() -> None:
    asked = sys.argv[1:]
    with sync_playwright() as playwright, app_server() as address:
        page = quiet_browser(playwright).new_page(viewport={"width": 1400, "height": 900})
        page.set_default_timeout(60_000)
        kept = [measure(page, address, each) for each in LESSONS if each.path in (asked or [each.path])]
    sys.exit(not all(kept))


if __name__ == "__main__":
    main()
