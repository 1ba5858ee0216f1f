"""How many pictures a second a reader sees while a slider is dragged, on every step of every lesson.

    python -m benchmarks.dragging [lesson ...]     # exit status 1 if a promise is broken

In headless Chromium without a graphics card, on the machine that serves, otherwise idle. The pointer moves
sixty times a second, as a hand does, whether the page keeps up or not.
A picture is one that the stage has drawn; each comes from a run of the step on the server. Promised: 20 a
second, 10 of a surface, or one for each position that the pointer passes, where those are fewer; and the
last position always arrives.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from typing import NamedTuple

from playwright.async_api import Locator, Page, async_playwright

from benchmarks.browser import QUIET, browser_path
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


async def settled(page: Page) -> None:
    await page.wait_for_timeout(300)
    await page.wait_for_function(READY)
    await page.wait_for_timeout(300)


async def steps(page: Page) -> AsyncIterator[str]:
    """Each step of the lesson, opened and with its answers shown."""
    for step in await page.locator(".way-steps a[data-step]").evaluate_all(STEPS):
        await page.locator(f".way-steps a[data-step={step}]").evaluate("link => link.click()")
        await settled(page)
        while await (asks := page.get_by_role("button", name="Show me", exact=True)).count():
            await asks.first.evaluate("button => button.click()")
            await settled(page)
        yield step


class Drag(NamedTuple):
    """What the stage that follows most has drawn."""

    pictures: float  # a second
    due: float  # by the positions that the pointer passes
    is_surface: bool
    arrived: bool  # the last position


async def dragged(page: Page, slider: Locator) -> Drag:
    await slider.scroll_into_view_if_needed()
    box = await slider.bounding_box()
    assert box is not None
    y, low, width = box["y"] + box["height"] / 2, box["x"] + 8, box["width"] - 16
    await page.mouse.move(low, y)
    await page.mouse.down()
    await settled(page)
    before, began, moves = await page.evaluate(DRAWN), time.perf_counter(), []
    while (passed := time.perf_counter() - began) < SECONDS:
        part = abs(2 * (passed / SECONDS) - 1)
        moves.append(asyncio.create_task(page.mouse.move(low + (1 - part) * width * REACH, y)))
        await asyncio.sleep(PACE)
    after = await page.evaluate(DRAWN)
    passed = time.perf_counter() - began
    await asyncio.gather(*moves)
    await page.mouse.move(low + width / 3, y)
    await page.mouse.up()
    await settled(page)
    counts = [(new - old, is_surface) for (new, is_surface), (old, _) in zip(after, before, strict=False)]
    most, is_surface = max(counts, default=(0, False))
    due = (2 * int(REACH * await slider.evaluate(POSITIONS)) - ON_THEIR_WAY) / passed
    return Drag(most / passed, due, is_surface, await page.evaluate(DRAWN) != after)


async def measure(page: Page, address: str, lesson: Lesson) -> bool:
    await page.goto(f"{address}/{lesson.path}?lang=en")
    await settled(page)
    kept = True
    async for step in steps(page):
        sliders = page.locator(".st-key-step .track input:visible:enabled")
        for place in range(await sliders.count()):
            slider = sliders.nth(place)
            drag = await dragged(page, slider)
            if not drag.pictures:  # it moves none
                continue
            goal = min(OF_SURFACES if drag.is_surface else PROMISED, drag.due)
            is_kept = drag.pictures >= goal and drag.arrived
            verdict = "" if is_kept else f"  (goal {goal:.1f}; the last position arrived: {drag.arrived})"
            kept = kept and is_kept
            name = await slider.get_attribute("aria-label")
            print(f"{lesson.path:12} {step:14} {drag.pictures:5.1f} pictures/s  {name}{verdict}", flush=True)
    return kept


async def measure_all(address: str, asked: list[str]) -> bool:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_path(), args=QUIET)
        page = await browser.new_page(viewport={"width": 1400, "height": 900})
        page.set_default_timeout(60_000)
        kept = [await measure(page, address, each) for each in LESSONS if each.path in (asked or [each.path])]
        await browser.close()
    return all(kept)


def main() -> None:
    with app_server() as address:
        kept = asyncio.run(measure_all(address, sys.argv[1:]))
    sys.exit(not kept)


if __name__ == "__main__":
    main()
